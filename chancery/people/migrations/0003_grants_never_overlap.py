"""One right is never held twice at once: an exclusion constraint on PostgreSQL, triggers on SQLite."""

from django.db import migrations

_HOLDS = "({row}.until IS NULL OR {row}.until > {row}.since)"
_CLASH = (
    "SELECT 1 FROM people_grant other WHERE other.id <> NEW.id AND other.account_id = NEW.account_id"
    " AND other.role = NEW.role AND other.scope = NEW.scope"
    " AND other.since < COALESCE(NEW.until, '9999-12-31') AND NEW.since < COALESCE(other.until, '9999-12-31')"
    f" AND {_HOLDS.format(row='other')} AND {_HOLDS.format(row='NEW')}"
)
_SQLITE = [
    f"CREATE TRIGGER people_grant_no_overlap_{verb} {moment} {verb.upper()} ON people_grant"
    f" WHEN EXISTS ({_CLASH}) BEGIN SELECT RAISE(ABORT, 'people_grant_no_overlap'); END"
    for verb, moment in (("insert", "AFTER"), ("update", "BEFORE"))  # an inserted row has its id only afterwards
]
_POSTGRESQL = [
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    "ALTER TABLE people_grant ADD CONSTRAINT people_grant_no_overlap EXCLUDE USING gist"
    " (account_id WITH =, role WITH =, scope WITH =, daterange(since, until) WITH &&)",
]


def make(apps, schema_editor):
    for statement in _POSTGRESQL if schema_editor.connection.vendor == "postgresql" else _SQLITE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE people_grant DROP CONSTRAINT people_grant_no_overlap")
    else:
        for verb in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER people_grant_no_overlap_{verb}")


class Migration(migrations.Migration):
    dependencies = [("people", "0002_invitations_restorations")]
    operations = [migrations.RunPython(make, drop)]
