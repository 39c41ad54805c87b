"""Periods that must not overlap, kept by the database itself: an exclusion constraint on PostgreSQL, triggers
on SQLite. A bound known only to a month or a year is taken at its last possible day, as `Period.overlaps` does."""

from typing import Any

from django.db.migrations.operations.base import Operation


class NoOverlap(Operation):
    """Migration operation: rows of `model` that agree in `columns` (database names of
    text columns; two empty ones agree) never overlap in time."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model: str, columns: list[str]) -> None:
        self.model, self.columns = model, columns

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.model, self.columns], {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        pass

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = to_state.apps.get_model(app_label, self.model)._meta.db_table
        make = _postgresql if schema_editor.connection.vendor == "postgresql" else _sqlite
        for statement in make(table, self.columns):
            schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = from_state.apps.get_model(app_label, self.model)._meta.db_table
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_no_overlap")
        else:
            for verb in ("insert", "update"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_overlap_{verb}")

    def describe(self) -> str:
        return f"Periods of {self.model} never overlap"


def _postgresql(table: str, columns: list[str]) -> list[str]:
    keys = ", ".join(f"COALESCE({column}, '') WITH =" for column in columns)
    length = "CASE since_as WHEN 'month' THEN 1 WHEN 'quarter' THEN 3 WHEN 'year' THEN 12 END"
    last = f"(since::timestamp + make_interval(months => {length}) - interval '1 day')::date"
    start = f"LEAST(COALESCE({last}, since), COALESCE(until, 'infinity'::date))"
    return [
        "CREATE EXTENSION IF NOT EXISTS btree_gist",
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_no_overlap"
        f" EXCLUDE USING gist ({keys}, daterange({start}, until) WITH &&)",
    ]


def _sqlite(table: str, columns: list[str]) -> list[str]:
    def last(row: str) -> str:
        moved = "".join(
            f" WHEN '{word}' THEN date({row}.since, '+{months} months', '-1 day')"
            for word, months in (("month", 1), ("quarter", 3), ("year", 12))
        )
        return f"COALESCE(CASE {row}.since_as{moved} ELSE {row}.since END, '0000-01-01')"

    same = " AND ".join(f"other.{column} IS NEW.{column}" for column in columns)
    clash = (
        f"SELECT 1 FROM {table} other WHERE other.ref <> NEW.ref AND {same}"
        f" AND {last('other')} < COALESCE(NEW.until, '9999-12-31')"
        f" AND {last('NEW')} < COALESCE(other.until, '9999-12-31')"
    )
    return [
        f"CREATE TRIGGER {table}_no_overlap_{verb} BEFORE {verb.upper()} ON {table} WHEN EXISTS ({clash})"
        f" BEGIN SELECT RAISE(ABORT, '{table}_no_overlap'); END"
        for verb in ("insert", "update")
    ]
