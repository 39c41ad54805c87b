"""Rows of the record in the database, many at a time."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, models
from django.db.models import QuerySet

from chancery.core.tables import Table

_BATCH = 1000


def public(table: Table) -> Iterator[Any]:
    """The facts of a table that belong to the public record, by reference, a few in memory at a time."""
    rows: QuerySet[Any] = table.model._base_manager.order_by("ref")
    owners = [f.name for f in table.model._meta.concrete_fields if f.remote_field and f.name in ("news",)]
    return (fact for fact in rows.select_related(*owners).iterator(_BATCH) if table.public(fact))


def insert(table: Table, rows: Iterable[dict[str, Any]]) -> Iterator[int]:
    """Writes the values of new rows, their computed columns with them; yields how many after each batch.

    The database's own statement is used, because making a model of each of a hundred thousand rows only to
    write it costs more than all the checks before."""
    fields = table.model._meta.concrete_fields
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(table.model._meta.db_table)} ({names}) VALUES ({places})"
    to_row = _to_row(fields)
    derive = table.derive or (lambda values: {})
    rows = iter(rows)
    with connection.cursor() as cursor:
        while batch := [to_row({**values, **derive(values)}) for values in islice(rows, _BATCH)]:
            cursor.executemany(statement, batch)
            yield len(batch)


def delete(table: Table, refs: Iterable[str]) -> None:
    """Takes rows away; what still refers to them is found when the constraints are checked."""
    refs = iter(refs)
    while batch := list(islice(refs, 500)):
        table.model._base_manager.filter(pk__in=batch)._raw_delete(using=connection.alias)


def _to_row(fields: Iterable[models.Field]) -> Callable[[dict[str, Any]], list[Any]]:
    """How the values of a row become what the database is given, in the order of the fields."""
    plain = (models.CharField, models.TextField, models.ForeignKey, models.PositiveIntegerField, models.BooleanField)
    steps = [(f.attname, f.get_default, None if isinstance(f, plain) else f.get_db_prep_save) for f in fields]

    def to_row(values: dict[str, Any]) -> list[Any]:
        row = []
        for name, default, prepare in steps:
            value = values[name] if name in values else default()
            row.append(value if prepare is None or value is None else prepare(value, connection))
        return row

    return to_row
