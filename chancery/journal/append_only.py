"""That the database itself refuses to change or remove what the journal holds.

Triggers on each of the journal's tables refuse UPDATE, DELETE and TRUNCATE. On SQLite, `INSERT OR REPLACE`
onto a key that exists would remove a row without asking the trigger of DELETE, so a guard before INSERT
refuses it. Whoever owns the database can still remove the triggers; what they change then is found by
verification.

SQLite drops a table's triggers when a migration remakes the table: such a migration arms it again at its end.
"""

from typing import Any

from django.core.checks import CheckMessage, Critical
from django.db import connection

TABLES = {
    "journal_entry": [["seq"]],
    "journal_mention": [["id"], ["subject", "entry_id"]],
    "journal_manifest": [["entry_id"]],
    "journal_checkpoint": [["id"], ["size"]],
}
"""The tables, with every key by which `INSERT OR REPLACE` would find a row to remove."""

_SAYS = "the journal is append-only"
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN RAISE EXCEPTION '{_SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
)


def arm(connection: Any) -> None:
    """Sets the triggers that are missing. For migrations; calling it again changes nothing."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for table, name in missing(connection):
            for statement in _statements(connection.vendor, table)[name]:
                cursor.execute(statement)


def disarm(connection: Any) -> None:
    """Takes the triggers away, for a migration that is undone."""
    on_table = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for table in TABLES:
            for name in _statements(connection.vendor, table):
                cursor.execute(f"DROP TRIGGER {name} ON {table}" if on_table else f"DROP TRIGGER {name}")
        if on_table:
            cursor.execute("DROP FUNCTION journal_append_only")


def missing_triggers() -> list[str]:
    """The names of the triggers that should stand on the journal's tables and do not, or were put out of
    force."""
    return [name for _, name in missing(connection)]


def missing(connection: Any) -> list[tuple[str, str]]:
    """The same with their tables, in the database of a connection."""
    found = _standing(connection)
    expected = {table: _statements(connection.vendor, table) for table in TABLES}
    return [
        (table, name)
        for table, triggers in expected.items()
        for name, statements in triggers.items()
        if found.get(name) != _identity(connection.vendor, statements)
    ]


def _statements(vendor: str, table: str) -> dict[str, list[str]]:
    """The triggers of a table by name, each as the statements that set it."""
    return _postgresql(table) if vendor == "postgresql" else _sqlite(table)


def _postgresql(table: str) -> dict[str, list[str]]:
    name = f"{table}_append_only"
    return {
        name: [
            f"CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION journal_append_only()",
            # Otherwise a session that calls itself a replica would not be asked.
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
        ]
    }


def _sqlite(table: str) -> dict[str, list[str]]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    # The row's own number is a key too: a row may be replaced by naming it.
    keys = [["rowid"], *TABLES[table]]
    same = " OR ".join(" AND ".join(f"{column} = NEW.{column}" for column in key) for key in keys)
    exists = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"
    conditions = {"update": "", "delete": "", "insert": f"WHEN {exists} "}
    return {
        f"{table}_no_{verb}": [
            f"DROP TRIGGER IF EXISTS {table}_no_{verb}",
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} {condition}{refuse}",
        ]
        for verb, condition in conditions.items()
    }


def _standing(connection: Any) -> dict[str, str]:
    """The triggers that stand, by name, with what identifies them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname, tgenabled::text FROM pg_trigger"
                " WHERE NOT tgisinternal AND tgrelid IN (SELECT oid FROM pg_class WHERE relname = ANY(%s))",
                [list(TABLES)],
            )
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def _identity(vendor: str, statements: list[str]) -> str:
    """What tells the trigger from one that only has its name: that it is always in force, or its whole
    text."""
    return "A" if vendor == "postgresql" else statements[-1]


def check(app_configs: Any, databases: list[str] | None = None, **options: Any) -> list[CheckMessage]:
    """Django's check of the database (`migrate`, `check --database default`): that the triggers stand."""
    if not databases or "journal_checkpoint" not in connection.introspection.table_names():
        return []  # not asked, or not migrated yet
    if names := missing_triggers():
        return [Critical(f"The journal is not protected: {', '.join(names)} missing.", id="journal.E001")]
    return []
