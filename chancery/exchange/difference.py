"""What a load would change: nothing is taken into a kept record that somebody has not looked at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from chancery.core import tables
from chancery.core.tables import Table
from chancery.journal import rows

from . import files, store
from .folder import FILES
from .record import Record, Watch
from .rules import TEXTS, Fault, FaultyRecord

Change = tuple[str, str, str]
"""A cell that changes: its name, what it says, what it will say."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that is there, in the folder or in the database; `cells` are those that differ where it is in both."""

    table: str
    ref: str
    before: bytes | None
    after: bytes | None
    cells: list[Change] = field(default_factory=list)

    @property
    def sign(self) -> str:
        return "+" if self.before is None else "−" if self.after is None else "~"


@dataclass(frozen=True, slots=True)
class Difference:
    """All that a load would change. Its `digest` names exactly this difference: what stands and what comes."""

    changes: list[Changed]
    files: list[str]
    into_empty: bool

    def __bool__(self) -> bool:
        return bool(self.changes or self.files)

    @property
    def digest(self) -> str:
        lines = [f"{c.table} {c.ref} {_hex(c.before)} {_hex(c.after)}\n" for c in self.changes]
        lines += [f"{FILES} {name}\n" for name in self.files]
        return sha256("".join(lines).encode()).hexdigest()[:16]

    def lines(self) -> Iterator[str]:
        """The difference as a person reads it, cell by cell."""
        for change in self.changes:
            yield f"{change.sign} {change.table}:{change.ref}"
            for name, before, after in change.cells:
                yield f"    {name}: {before or '(empty)'} → {after or '(empty)'}"
        for name in self.files:
            yield f"+ {FILES}/{name}"


def compare(record: Record, watch: Watch) -> Difference:
    """What of a record that was read is not in the database, and the other way round. Raises `FaultyRecord`
    where the two cannot both be: a file or a text changed under its name, a reference taken by a draft."""
    every = list(tables.all_tables())
    into_empty = not any(table.model._base_manager.exists() for table in every)
    changes = [change for table in every for change in _compare(record, table, into_empty, watch)]
    placed = sorted(name for name, digest in record.files.items() if files.digest(name) != digest)
    faults = [
        Fault(f"{FILES}/{name}", 0, "", "is kept with another content; give the new one a new name")
        for name in files.changed(record.files)
    ]
    faults += [] if into_empty else [*_taken(record, changes), *_rewritten(record, changes)]
    if faults:
        raise FaultyRecord(faults)
    return Difference(changes, placed, into_empty)


def _compare(record: Record, table: Table, into_empty: bool, watch: Watch) -> Iterator[Changed]:
    coming = record.rows[table.name]
    if into_empty:
        yield from (Changed(table.name, ref, None, row.digest) for ref, row in coming.items())
        return
    languages = record.charter.languages
    header = table.header(languages)
    seen = set()
    for fact in store.public(table):
        cells, row = table.cells(fact, languages), coming.get(fact.ref)
        seen.add(fact.ref)
        watch("comparing", 1)
        if row is None or cells != row.cells:
            named = {name: cell for name, cell in zip(header, cells, strict=True) if cell}
            before = rows.row_hash(table.name, fact.ref, named)
            pairs = zip(header, cells, row.cells, strict=True) if row else ()
            differing = [(name, old, new) for name, old, new in pairs if old != new]
            yield Changed(table.name, fact.ref, before, row.digest if row else None, differing)
    for ref in sorted(coming.keys() - seen):
        yield Changed(table.name, ref, None, coming[ref].digest)


def _taken(record: Record, changes: Iterable[Changed]) -> list[Fault]:
    """New rows whose reference is that of a draft, or of something of another classification."""
    faults = []
    for change in changes:
        if change.before is None and _exists(change):
            row = record.rows[change.table][change.ref]
            faults.append(Fault(row.file, row.number, "ref", f"“{change.ref}” is taken here, by something not public"))
    return faults


def _rewritten(record: Record, changes: Iterable[Changed]) -> Iterator[Fault]:
    """Texts that would not be what was circulated any more."""
    for change in changes:
        if change.table in TEXTS and {name for name, _before, _after in change.cells} & {"blocks", "texts"}:
            reason = "differs from what was circulated; a text never changes: add a version"
            yield Fault(f"{change.table}/{change.ref}.json", 0, "", reason)


def _exists(change: Changed) -> bool:
    return tables.table(change.table).model._base_manager.filter(pk=change.ref).exists()


def _hex(digest: bytes | None) -> str:
    return digest.hex() if digest else "-"
