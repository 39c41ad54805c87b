"""Single facts of the record by table and reference, and what refers to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.conf import settings

from chancery.core import tables
from chancery.core.tables import Column, Table

from . import checks, files, store
from .rules import BY_ACT, TEXTS, Fixed, NoSuchColumn, NoSuchFact, OnlyByCorrigendum


def fact(table: str, ref: str) -> tuple[Table, Any]:
    """A fact of the public record with its table. Raises `NoSuchFact`."""
    described = next((one for one in tables.all_tables() if one.name == table), None)
    found = described.model._base_manager.filter(pk=ref).first() if described else None
    if described is None or found is None or not described.public(found):
        raise NoSuchFact(table=table, ref=ref)
    return described, found


def correctable(table: Table, column: str = "") -> Column | None:
    """A column that an erratum may change. Raises `NoSuchColumn`, `OnlyByCorrigendum` for the text of a document, or
    `Fixed` for an edition of the Digest (what was published is corrected by a further edition) and for what only an
    act sets."""
    if table.name in TEXTS:
        raise OnlyByCorrigendum
    if _fixed(table, column):
        raise Fixed(table=table.name, column=column or "content")
    found = next((one for one in table.columns if one.name == column), None)
    if column and found is None:
        raise NoSuchColumn(table=table.name, column=column)
    return found


def _fixed(table: Table, column: str) -> bool:
    return table.layout == "json" or column in BY_ACT.get(table.name, ())


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of a fact with its cells, by name; `fixed` where no erratum changes it."""

    column: Column
    cells: list[tuple[str, str]]
    fixed: bool


def cells(table: Table, found: Any) -> list[Cell]:
    """All that a fact says."""
    languages = settings.CHARTER.languages
    row = table.cells(found, languages)
    return [
        Cell(column, list(zip(parts, row[place], strict=True)), _fixed(table, column.name))
        for column, place, parts in table.places(languages)
        if column.kind != "json"
    ]


def values(found: Any) -> dict[str, Any]:
    """The values of a fact's fields, as a row that was read has them."""
    return {field.attname: getattr(found, field.attname) for field in found._meta.concrete_fields}


def problem(table: Table, column: Column, cells: Sequence[str], values: dict[str, Any]) -> str:
    """Why the cells of a column cannot stand, beyond their form; empty if they can."""
    allowed, reason = checks.words(settings.CHARTER).get(column.name, (None, ""))
    if allowed is not None and cells[0] and cells[0] not in allowed:
        return f"“{cells[0]}” {reason}"
    for pointer in cells[0].split() if column.table else ():
        if not _stands(column.table, pointer):
            return f"“{pointer}” is not in the record"
    if column.name == "file" and table.name in files.NAMING:
        reason = checks.of_kind(cells[0], picture=table.name == "pictures")
        if reason or not files.place(cells[0]).is_file():
            return reason or f"there is no file {cells[0]}"
    return next(checks.Limits(table).problems(values), ("", ""))[1]


def _stands(table: str, pointer: str) -> bool:
    name, _, ref = pointer.rpartition(":") if table == "*" else (table, "", pointer)
    known = {one.name for one in tables.all_tables()}
    return name in known and tables.table(name).model._base_manager.filter(pk=ref).exists()


def referring(table: Table, ref: str) -> list[str]:
    """The facts that name a fact by its reference alone, which the database does not watch."""
    return [f"{name}:{one}" for name, one in around(table, ref)]


def around(table: Table, ref: str, *, limit: int = 60) -> list[tuple[str, str]]:
    """The facts that name a fact (its memberships, names, figures …) as (table, reference), for whoever corrects."""
    found = ((other.name, one) for other in tables.all_tables() for one in _naming(other, table.name, ref))
    return list(islice(found, limit))


def _naming(other: Table, table: str, ref: str) -> Iterator[str]:
    for column in other.columns:
        if column.table not in (table, "*") or column.kind not in ("ref", "refs"):
            continue
        pointer = f"{table}:{ref}" if column.table == "*" else ref
        found = (
            other.model._base_manager.filter(**{f"{column.name}__contains": pointer})
            if column.kind == "refs"
            else (other.model._base_manager.filter(**{column.name: pointer}))
        )
        for one, cell in found.values_list("ref", column.name):
            if pointer in str(cell).split():
                yield one


def counts() -> list[tuple[Table, int]]:
    """The tables of the record with the number of their public rows."""
    return [(table, store.count(table)) for table in tables.all_tables()]
