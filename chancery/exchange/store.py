"""Rows of the record in the database, many at a time."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Collate

from chancery.core.models import LocalizedField
from chancery.core.tables import Table, always
from chancery.core.text import LocalizedText

_BATCH = 1000


def public(table: Table) -> Iterator[Any]:
    """The facts of a table that belong to the public record, by reference, a few in memory at a time."""
    by_bytes = Collate(F("ref"), "C") if connection.vendor == "postgresql" else F("ref")
    return (fact for fact in facts(table).order_by(by_bytes).iterator(_BATCH) if table.public(fact))


def facts(table: Table) -> QuerySet[Any]:
    """All facts of a table, each with those on which it depends whether it is public."""
    found: QuerySet[Any] = table.model._base_manager.all()
    return found.select_related(*table.rests_on) if table.rests_on else found


def count(table: Table) -> int:
    """How many facts of a table are public."""
    return table.model._base_manager.count() if table.public is always else sum(1 for _ in public(table))


@contextmanager
def snapshot() -> Iterator[None]:
    """Reads of one moment, whatever is written meanwhile, which nobody is kept from."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:  # a transaction of Django's would take the write lock
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


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
    database = connections[DEFAULT_DB_ALIAS]  # itself, not the proxy that looks for it each time
    steps = [(f.attname, f.get_default, None if isinstance(f, plain) else f.get_db_prep_save) for f in fields]
    nothing = LocalizedField().get_db_prep_save(LocalizedText(), database)

    def to_row(values: dict[str, Any]) -> list[Any]:
        row = []
        for name, default, prepare in steps:
            value = values[name] if name in values else default()
            if prepare and value is not None:
                empty = isinstance(value, LocalizedText) and not value.texts
                value = nothing if empty else prepare(value, database)
            row.append(value)
        return row

    return to_row
