"""Facts as plain rows: how each model of the record is written as text cells and read back.

Every area describes its tables once (`tables.py`). The same description serves the journal (what an entry
decided), load and dump, the data package, verification and the erratum. See docs/record-format.md.
"""

import datetime as dt
import json as jsonlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models

from . import refs
from .dates import Day, Precision
from .refusals import Refusal, sentence
from .text import LocalizedText

Cells = dict[str, str]


_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # all but line feed; lone surrogates too
_NOTHING = LocalizedText()  # shared, since most localized cells of a large record are empty
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


class BadCell(Refusal):
    """A cell of a record that cannot be read."""

    sentence = sentence("{problem}")


@dataclass(frozen=True)
class Column:
    """One named value of a fact; it may need several cells (a localized text has one for each language).

    `write` turns the model's value(s) into cells, `read` the cells into values of the model's fields."""

    name: str
    kind: str
    required: bool = False
    choices: tuple[str, ...] = ()
    table: str = ""  # of a ref: the table it points into, checked on load
    parts: Callable[[Sequence[str]], list[str]] = field(kw_only=True, repr=False)
    write: Callable[[Any, Sequence[str]], list[str]] = field(kw_only=True, repr=False)
    read: Callable[[Sequence[str], Sequence[str]], dict[str, Any]] = field(kw_only=True, repr=False)


def clean(text: str) -> str:
    """The text as the record keeps it. Raises `BadCell` for control characters, stray blanks or another form."""
    if _CONTROL.search(text):
        raise BadCell(problem="text must not contain control characters")
    if text != text.strip() or not unicodedata.is_normalized("NFC", text):
        raise BadCell(problem="text must be in Unicode NFC, without blanks at its ends")
    return text


def _one(name: str, kind: str, to_value: Callable[[str], Any], to_cell: Callable[[Any], str], **options: Any) -> Column:
    attribute = options.pop("attribute", name)

    def read(cells: Sequence[str], languages: Sequence[str]) -> dict[str, Any]:
        return {attribute: to_value(cells[0])}

    def write(fact: Any, languages: Sequence[str]) -> list[str]:
        return [to_cell(getattr(fact, attribute))]

    return Column(name, kind, parts=lambda languages: [name], write=write, read=read, **options)


def text(name: str, *, required: bool = False) -> Column:
    return _one(name, "text", lambda cell: clean(cell) if cell else "", lambda value: value, required=required)


def ref(name: str, table: str = "", *, required: bool = False, foreign: bool = True) -> Column:
    """A reference; `foreign` when the model keeps it as a foreign key rather than as a plain reference."""
    attribute = f"{name}_id" if foreign else name

    def to_value(cell: str) -> str | None:
        return refs.check(cell) if cell else (None if foreign else "")

    return _one(
        name, "ref", to_value, lambda value: value or "", required=required, table=table, attribute=attribute
    )


def refs_of(name: str, table: str = "") -> Column:
    """Several references in order, kept as one text with blanks between."""

    def to_value(cell: str) -> str:
        for part in cell.split(" ") if cell else ():
            refs.check(part.rpartition(":")[2])
        return cell

    return _one(name, "refs", to_value, lambda value: value, table=table)


def choice(name: str, choices: Iterable[str], *, required: bool = True) -> Column:
    allowed = tuple(choices)

    def to_value(cell: str) -> str:
        if cell and cell not in allowed:
            raise BadCell(problem=f"“{cell}” is not one of: {', '.join(allowed)}")
        return cell

    return _one(name, "choice", to_value, lambda value: value, choices=allowed, required=required)


def number(name: str) -> Column:
    def to_value(cell: str) -> int | None:
        if not cell:
            return None
        if not (cell.isascii() and cell.isdigit() and len(cell) <= 9 and str(int(cell)) == cell):
            raise BadCell(problem=f"“{cell}” is not a whole number")
        return int(cell)

    return _one(name, "number", to_value, lambda value: "" if value is None else str(value))


def flag(name: str) -> Column:
    def to_value(cell: str) -> bool:
        if cell not in ("yes", "no"):
            raise BadCell(problem=f"“{cell}” is neither yes nor no")
        return cell == "yes"

    return _one(name, "flag", to_value, lambda value: "yes" if value else "no", required=True)


def date(name: str, *, required: bool = False) -> Column:
    def to_value(cell: str) -> dt.date | None:
        day = Day.parse(cell) if cell else None
        if day and day.precision is not Precision.DAY:
            raise BadCell(problem=f"“{cell}” must be an exact date such as 2024-12-17")
        return day.date if day else None

    return _one(name, "date", to_value, lambda value: value.isoformat() if value else "", required=required)


def time(name: str) -> Column:
    def to_value(cell: str) -> dt.time | None:
        if cell and not _CLOCK.fullmatch(cell):
            raise BadCell(problem=f"“{cell}” is not a time such as 10:00")
        return dt.time.fromisoformat(cell) if cell else None

    return _one(name, "time", to_value, lambda value: value.isoformat("minutes") if value else "")


def instant(name: str) -> Column:
    """An instant to the second, in UTC: `2024-12-13T12:00:00Z`."""

    def to_value(cell: str) -> dt.datetime | None:
        if not cell:
            return None
        if not _INSTANT.fullmatch(cell):
            raise BadCell(problem=f"“{cell}” is not an instant such as 2024-12-13T12:00:00Z")
        try:
            return dt.datetime.fromisoformat(cell)
        except ValueError:
            raise BadCell(problem=f"“{cell}” is not an instant such as 2024-12-13T12:00:00Z") from None

    def to_cell(value: dt.datetime | None) -> str:
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if value else ""

    return _one(name, "instant", to_value, to_cell)


def day(name: str, *, required: bool = False) -> Column:
    """An imprecise day, kept as `<name>` and `<name>_as`."""
    precision_name = f"{name}_as"

    def read(cells: Sequence[str], languages: Sequence[str]) -> dict[str, Any]:
        if not cells[0]:
            return {name: None, precision_name: Precision.DAY.value}
        day = Day.parse(cells[0])
        if str(day) != cells[0]:  # one way to write a day, so that a row has one hash
            raise BadCell(problem=f"“{cells[0]}” is written “{day}”")
        return {name: day.date, precision_name: day.precision.value}

    def write(fact: Any, languages: Sequence[str]) -> list[str]:
        value, precision = getattr(fact, name), getattr(fact, precision_name)
        if not value:
            return [""]
        return [value.isoformat() if precision == Precision.DAY else str(Day(value, Precision(precision)))]

    return Column(name, "day", required=required, parts=lambda languages: [name], read=read, write=write)


def json(name: str) -> Column:
    """A value that is kept as JSON; its cell is the file that the record holds for it."""

    def to_value(cell: str) -> Any:
        try:
            value = jsonlib.loads(cell)
        except (ValueError, RecursionError) as problem:
            raise BadCell(problem=f"not JSON: {problem}") from None
        if to_cell(value) != cell:
            raise BadCell(problem="JSON is written with sorted keys, two blanks of indent and a final line feed")
        return value

    def to_cell(value: Any) -> str:
        return jsonlib.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"

    return _one(name, "json", to_value, to_cell, required=True)


def localized(name: str, *, required: bool = False) -> Column:
    """One cell for each language of the charter, and which of them are working translations."""

    def parts(languages: Sequence[str]) -> list[str]:
        return [*(f"{name}.{code}" for code in languages), f"{name}.working"]

    def read(cells: Sequence[str], languages: Sequence[str]) -> dict[str, Any]:
        if not any(cells):
            return {name: _NOTHING}
        texts = {code: clean(cell) for code, cell in zip(languages, cells, strict=False) if cell}
        if not cells[-1]:
            return {name: LocalizedText(texts)}
        working = cells[-1].split(" ")
        for code in working:
            if code not in texts:
                raise BadCell(problem=f"“{code}” in {name}.working is not a language of a text beside it")
        if working != sorted(set(working)):
            raise BadCell(problem=f"{name}.working is written “{' '.join(sorted(set(working)))}”")
        return {name: LocalizedText(texts, frozenset(working))}

    def write(fact: Any, languages: Sequence[str]) -> list[str]:
        value: LocalizedText = getattr(fact, name)
        return [*(value.texts.get(code, "") for code in languages), " ".join(sorted(value.working))]

    return Column(name, "localized", required=required, parts=parts, read=read, write=write)


def period() -> list[Column]:
    return [day("since"), day("until")]


def sources() -> list[Column]:
    return [
        Column(**{**refs_of("source", "sources").__dict__, "required": True}),
        text("note"),
    ]


def always(fact: Any) -> bool:
    """Of tables all of whose facts are public."""
    return True


@dataclass(frozen=True)
class Table:
    """A table of the record. `layout` says how its rows lie in the folder: in one CSV file, as one Markdown
    file or as one JSON file for each row. `rows` are those that belong to the public record.

    `check` looks at all rows of a record at once and yields (ref, column, sentence) for each fault that no
    single cell shows: overlapping periods, two chairs, an unknown party.

    `public` says of a fact whether it belongs to the public record; `rests_on` names the relations it looks at."""

    name: str
    model: type[models.Model]
    columns: list[Column]
    layout: str = "csv"
    check: Callable[[Mapping[str, Mapping[str, Any]]], Iterable[tuple[str, str, str]]] | None = None
    derive: Callable[[dict[str, Any]], dict[str, Any]] | None = None  # columns computed from the others
    public: Callable[[Any], bool] = field(default=always, repr=False)
    rests_on: tuple[str, ...] = ()

    def header(self, languages: Sequence[str]) -> list[str]:
        return ["ref", *(part for _column, _cells, parts in self.places(languages) for part in parts)]

    def places(self, languages: Sequence[str]) -> list[tuple[Column, slice, list[str]]]:
        """Where each column stands in a row, and the names of its cells."""
        key = tuple(languages)
        if key not in self._places:
            places, at = [], 1
            for column in self.columns:
                parts = column.parts(languages)
                places.append((column, slice(at, at + len(parts)), parts))
                at += len(parts)
            self._places[key] = places
        return self._places[key]

    @cached_property
    def _places(self) -> dict[tuple[str, ...], list[tuple[Column, slice, list[str]]]]:
        return {}

    def cells(self, fact: Any, languages: Sequence[str]) -> list[str]:
        """The fact as a row, in the order of the header."""
        row = [fact.ref]
        for column in self.columns:
            row += column.write(fact, languages)
        return row

    def row(self, fact: Any, languages: Sequence[str]) -> Cells:
        """The fact as named cells, the empty ones left out; what the journal keeps and hashes."""
        return {k: v for k, v in zip(self.header(languages), self.cells(fact, languages), strict=True) if v}

    def values(
        self, cells: Sequence[str], languages: Sequence[str], problem: Callable[[str, str], None]
    ) -> dict[str, Any]:
        """The model's values of a row; each cell that cannot be read is told to `problem(column, sentence)`."""
        values: dict[str, Any] = {}
        try:
            values["ref"] = refs.check(cells[0])
        except Refusal as refusal:
            problem("ref", refusal.english)
        for column, place, parts in self.places(languages):
            part = cells[place]
            if column.required and not part[0]:
                problem(parts[0], "must not be empty")
                continue
            try:
                values |= column.read(part, languages)
            except Refusal as refusal:
                problem(column.name, refusal.english)
        return values


_tables: dict[str, Table] = {}
_order: list[str] = []


def register(*tables: Table) -> None:
    """Areas register their tables, lowest first, when they are ready."""
    for table in tables:
        _tables[table.name] = table
        if table.name not in _order:
            _order.append(table.name)


def all_tables() -> Iterator[Table]:
    """The tables of the record; a table comes after those it refers to by foreign key."""
    return (_tables[name] for name in _order)


def table(name: str) -> Table:
    return _tables[name]


def table_of(model: type[models.Model]) -> Table:
    """The table in which facts of a model are kept. `LookupError` where the model is not of the record."""
    for table in _tables.values():
        if table.model is model:
            return table
    raise LookupError(f"{model.__name__} is not in the record")
