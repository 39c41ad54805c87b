"""A whole record read from a folder and checked, before anything is written."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from chancery.core import tables
from chancery.core.charter import Charter, CharterFaults, parse
from chancery.core.refusals import Refusal
from chancery.core.tables import Table
from chancery.journal.rows import row_hash

from . import checks, texts
from .folder import CHARTER, FILES, Folder, csv_name, inner
from .rules import Fault

Watch = Callable[[str, int], None]
"""Told at every stage how many more rows are done."""


def unwatched(stage: str, rows: int) -> None:
    pass


@dataclass(slots=True)
class Row:
    """A row of a table as it was read: where it stands, its cells, the values they mean, and its hash."""

    file: str
    number: int
    cells: list[str]
    values: dict[str, Any]
    digest: bytes = b""


@dataclass
class Record:
    """What a folder holds: the rows of every table by reference, the SHA-256 of each file. `faults` is empty
    for a record that can be loaded."""

    folder: Folder
    charter: Charter
    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)  # tables that could not be read at all

    @property
    def faults(self) -> list[Fault]:
        return self.folder.faults

    @property
    def counts(self) -> dict[str, int]:
        return {name: len(rows) for name, rows in self.rows.items()}

    @property
    def digest(self) -> str:
        """The SHA-256 that names the whole record: of a line for each row and file with its hash, sorted."""
        lines = [f"{name} {ref} {row.digest.hex()}\n" for name, held in self.rows.items() for ref, row in held.items()]
        lines += [f"{FILES} {name} {digest}\n" for name, digest in self.files.items()]
        return sha256("".join(sorted(lines)).encode()).hexdigest()

    def fault(self, row: Row, column: str, reason: str) -> None:
        self.folder.fault(row.file, row.number, column, reason)


def read(root: Path, charter: Charter, watch: Watch = unwatched) -> Record:
    """Reads a folder and checks all that can be wrong with it; each fault is told, none is raised."""
    every = list(tables.all_tables())
    record = Record(Folder(root, every), charter)
    _charter(record)
    for table in every:
        record.rows[table.name] = _table(record, table, watch)
    checks.check(record, watch)
    return record


def named_rows(record: Record, table: Table) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a table as they are written, unchecked: reference, and the cells that are not empty by name."""
    header = table.header(record.charter.languages)
    for _file, _number, cells in _LAYOUTS[table.layout](record, table):
        yield cells[0], {name: cell for name, cell in zip(header, cells, strict=True) if cell}


def _charter(record: Record) -> None:
    """The folder is a record of the organisation that runs here."""
    text = record.folder.text(CHARTER) if CHARTER in record.folder.sizes else None
    if text is None:
        return record.folder.fault(CHARTER, 0, "", "is missing or cannot be read")
    try:
        found = parse(text)
    except CharterFaults as problem:
        for line, reason in problem.faults:
            record.folder.fault(CHARTER, 0, f"line {line}" if line else "", reason)
        return None
    ours = record.charter
    if found.ref != ours.ref:
        how = "start with CHANCERY_CHARTER naming this file and a CHANCERY_HOME of its own"
        record.folder.fault(CHARTER, 0, "identity.ref", f"is of {found.ref}, but {ours.ref} is kept here; {how}")
    elif found.digest != ours.digest:
        reason = "differs from the charter in force here; start with CHANCERY_CHARTER naming this file"
        record.folder.fault(CHARTER, 0, "", reason)
    return None


def _table(record: Record, table: Table, watch: Watch) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    languages = record.charter.languages
    header = table.header(languages)
    limits = checks.Limits(table)
    done = 0
    for file, number, cells in _LAYOUTS[table.layout](record, table):
        row = Row(file, number, cells, {})
        told = len(record.faults)
        row.values = table.values(cells, languages, lambda column, reason, row=row: record.fault(row, column, reason))
        checks.fits(record, row, limits)
        if cells[0] in rows:
            other = rows[cells[0]]
            record.fault(row, "ref", f"“{cells[0]}” stands in row {other.number} already")
        elif told == len(record.faults):
            named = {name: cell for name, cell in zip(header, cells, strict=True) if cell}
            row.digest = row_hash(table.name, cells[0], named)
        rows[cells[0]] = row
        done += 1
        if done % 500 == 0:
            watch("reading", 500)
    watch("reading", done % 500)
    return rows


def _csv(record: Record, table: Table, header: list[str] | None = None) -> Iterator[tuple[str, int, list[str]]]:
    name = csv_name(table)
    header = header or table.header(record.charter.languages)
    if name not in record.folder.sizes:
        record.unread.add(table.name)
        if not any(fault.file == name for fault in record.faults):
            record.folder.fault(name, 0, "", "is missing")
        return
    told, read = len(record.faults), record.folder.rows(name)
    for reason in _header_faults(header, next(read, (1, []))[1]):
        record.folder.fault(name, 1, "", reason)
    if len(record.faults) > told:
        record.unread.add(table.name)
        return
    for number, cells in read:
        if len(cells) == len(header):
            yield name, number, cells
        else:
            record.folder.fault(name, number, "", f"has {len(cells)} cells, the header {len(header)}")


def _header_faults(expected: Sequence[str], found: Sequence[str]) -> Iterator[str]:
    for column in expected:
        if column not in found:
            yield f"the column {column} is missing"
    for column, times in Counter(found).items():
        if column not in expected:
            yield f"the column {column or '(without name)'} is not known"
        elif times > 1:
            yield f"the column {column} stands there {times} times"
    if sorted(found) == sorted(expected) and list(found) != list(expected):
        wrong = next(one for one, other in zip(expected, found, strict=True) if one != other)
        yield f"the columns stand in another order than the format has them; first at {wrong}"


def _markdown(record: Record, table: Table) -> Iterator[tuple[str, int, list[str]]]:
    """One file a text: its reference and language are its name."""
    folder, ending = inner(table)
    for name in record.folder.names(folder):
        file, stem = f"{folder}/{name}", name.removesuffix(ending)
        text = record.folder.text(file)
        if text is None:
            continue
        try:
            head, body = texts.read(text)
        except Refusal as refusal:
            record.folder.fault(file, 0, "", refusal.english)
            continue
        news, _, language = stem.rpartition(".")
        yield file, 0, [stem, news, language, head["title"], head["lede"], head["status"], body]


def _json(record: Record, table: Table) -> Iterator[tuple[str, int, list[str]]]:
    """A row of CSV and a file of content for each."""
    folder, ending = inner(table)
    contents = {name.removesuffix(ending) for name in record.folder.names(folder)}
    for file, number, cells in _csv(record, table, table.header(record.charter.languages)[:-1]):
        name = f"{folder}/{cells[0]}{ending}"
        text = record.folder.text(name) if cells[0] in contents else None
        if cells[0] not in contents:
            record.folder.fault(file, number, "ref", f"there is no file {name}")
        contents.discard(cells[0])
        yield file, number, [*cells, text or "{}\n"]
    for stem in sorted(contents):
        record.folder.fault(f"{folder}/{stem}{ending}", 0, "", f"no row of {csv_name(table)} has this ref")


_LAYOUTS = {"csv": _csv, "markdown": _markdown, "json": _json}
