"""What no single cell of a record shows: references, words of the charter, lengths, files, and the rules of
each table over all its rows."""

import hashlib
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from PIL import Image

from chancery.core import tables
from chancery.core.charter import Charter
from chancery.core.dates import Period
from chancery.core.tables import Table
from chancery.core.zones import time_zones
from chancery.documents.rules.access import Classification
from chancery.parties.tables import span

from . import edition, works
from .files import EDITIONS, NAMING
from .folder import FILES
from .rules import ATTACHMENTS, PICTURES, PIXEL_LIMIT

if TYPE_CHECKING:
    from .record import Record, Row, Watch

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):(?!\s)")


def check(record: "Record", watch: "Watch") -> None:
    """All checks over a record whose cells were read."""
    for table in tables.all_tables():
        rows = record.rows[table.name]
        words = _words(record, table)
        pointers = _pointers(record, table)
        for row in rows.values():
            _row(record, row, words, pointers)
        if table.check and rows:
            for ref, column, reason in table.check({ref: row.values for ref, row in rows.items()}):
                record.fault(rows[ref], column, reason)
        for row, column, reason in _twice(table, rows.values()):
            record.fault(row, column, reason)
        watch("checking", len(rows))
    for row, column, reason in works.faults(record.rows, record.charter):
        record.fault(row, column, reason)
    _names(record)
    _editions(record)
    _files(record)


# -- one row
class Limits:
    """What the database can keep of a table's row, by the name of the model's field."""

    def __init__(self, table: Table) -> None:
        fields = [field for field in table.model._meta.concrete_fields if not field.primary_key]
        self.lengths = {f.attname: f.max_length for f in fields if f.max_length and isinstance(f, models.CharField)}
        self.needed = [f.attname for f in fields if not f.null and not f.has_default() and not f.empty_strings_allowed]
        self.emails = [f for f in fields if isinstance(f, models.EmailField)]

    def problems(self, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """What cannot be kept of the values of a row: column and reason."""
        for name, length in self.lengths.items():
            value = values.get(name)
            if value and len(value) > length:
                yield name.removesuffix("_id"), f"has {len(value)} characters; at most {length} are kept"
        for name in self.needed:
            if name in values and values[name] is None:
                yield name.removesuffix("_id"), "must not be empty"
        for field in self.emails:
            try:
                field.run_validators(values.get(field.attname) or "")
            except ValidationError:
                yield field.attname, "is not an e-mail address"


def fits(record: "Record", row: "Row", limits: Limits) -> None:
    """A row that was read can be kept."""
    for column, reason in limits.problems(row.values):
        record.fault(row, column, reason)


def _row(record: "Record", row: "Row", words: "Words", pointers: "Pointers") -> None:
    for at, column, allowed, reason in words:
        if (cell := row.cells[at]) and cell not in allowed:
            record.fault(row, column, f"“{cell}” {reason}")
    for at, column, known in pointers:
        if (cell := row.cells[at]) and cell not in known:
            for one in cell.split(" "):
                if one not in known:
                    record.fault(row, column, f"“{one}” is not in the record")


def _twice(table: Table, rows: "Iterable[Row]") -> Iterator[tuple["Row", str, str]]:
    """The rows that say of the same thing what is said once."""
    for constraint in table.model._meta.constraints:
        if not isinstance(constraint, models.UniqueConstraint) or constraint.condition:
            continue
        names = [table.model._meta.get_field(name).attname for name in constraint.fields]
        seen: dict[tuple[Any, ...], Row] = {}
        for row in rows:
            key = tuple(row.values.get(name) for name in names)
            other = seen.setdefault(key, row) if None not in key else row
            if other is not row:
                together = ", ".join(name.removesuffix("_id") for name in names)
                yield row, together, f"the same stands in row {other.number}, “{other.cells[0]}”"


Words = list[tuple[int, str, Any, str]]
Pointers = list[tuple[int, str, Any]]


class _WebAddresses:
    """Text that is no address of a scheme a page must not link to."""

    def __contains__(self, cell: str) -> bool:
        scheme = _SCHEME.match(cell)
        return not scheme or scheme[1].lower() in ("http", "https")


def words(charter: Charter) -> dict[str, tuple[Any, str]]:
    """The columns whose cells hold a word of the charter or of the world: what is allowed, and why not."""
    return {
        "dimension": ({one.code for one in charter.dimensions}, "is not a dimension of the charter"),
        "language": (set(charter.languages), "is not a language of the charter"),
        "zone": (time_zones(), "is not a time zone"),
        "decision_rule": (charter.rules.keys(), "is not a rule of the charter"),
        "quorum": (charter.rules.keys(), "is not a rule of the charter"),
        "website": (_WebAddresses(), "is not an address of the web"),
        "address": (_WebAddresses(), "is not an address of the web"),
        "classification": ({Classification.PUBLIC.value}, "is not “public”: a record as files holds what is public"),
    }


def _words(record: "Record", table: Table) -> Words:
    """The cells of such columns by their place."""
    known = words(record.charter)
    places = ((place.start, column.name) for column, place, _ in table.places(record.charter.languages))
    return [(at, name, *known[name]) for at, name in places if name in known]


class _Anything:
    """The references of all tables, each with its table (`parties:kz`)."""

    def __init__(self, record: "Record") -> None:
        self.record = record

    def __contains__(self, pointer: str) -> bool:
        table, _, ref = pointer.partition(":")
        return table in self.record.unread or ref in self.record.rows.get(table, {})


def _pointers(record: "Record", table: Table) -> Pointers:
    """The cells that name rows: place, column, the references they may name."""
    return [
        (place.start, column.name, _Anything(record) if column.table == "*" else record.rows[column.table])
        for column, place, _ in table.places(record.charter.languages)
        if column.table and column.table not in record.unread
    ]


# -- names of parties
def _names(record: "Record") -> None:
    """Whoever belongs has a short name in the first language of the charter on each of its days."""
    language = record.charter.reference_language
    names: dict[str, list[Period]] = {}
    for row in record.rows["party_names"].values():
        if (row.values.get("form"), row.values.get("language")) == ("short", language):
            names.setdefault(row.values.get("party_id", ""), []).append(span(row.values))
    for row in record.rows["memberships"].values():
        party, belongs = row.values.get("party_id"), span(row.values)
        if "party_names" in record.unread or party not in record.rows["parties"]:
            continue
        spans = names.get(party, [])
        for day in sorted(
            {belongs.since.date if belongs.since else None, *(s.until.date for s in spans if s.until)} - {None}
        ):
            if belongs.holds_on(day) and not any(one.holds_on(day) for one in spans):
                record.fault(row, "party", f"“{party}” has no short name in {language} on {day}")
                break
        else:
            if not spans:
                record.fault(row, "party", f"“{party}” has no short name in {language}")


# -- the Digest
def _editions(record: "Record") -> None:
    for row in record.rows["digests"].values():
        content = row.values.get("content")
        if content is None or not row.digest:
            continue
        for path, reason in edition.faults(content, record.charter.languages):
            record.folder.fault(f"digests/{row.cells[0]}.json", 0, path, reason)
        if isinstance(content, dict):
            for name in ("quarter", "edition", "published"):
                if str(content.get(name)) != str(row.values[name]):
                    record.fault(row, name, f"differs from that of digests/{row.cells[0]}.json")


# -- files
def _files(record: "Record") -> None:
    """Each file is named by a row and is what its name says; each name has its file."""
    named = {name: (row, column, picture) for row, column, name, picture in reversed(list(named_files(record.rows)))}
    held = set(record.folder.names(FILES))
    refused = {fault.file for fault in record.faults}
    for name in sorted(held - named.keys()):
        record.folder.fault(f"{FILES}/{name}", 0, "", "no row names this file")
    for name, (row, column, picture) in named.items():
        if not _FILE_NAME.fullmatch(name):
            record.fault(row, column, f"“{name}” is not a file's name: letters, digits, dots, hyphens, underscores")
        elif name in held:
            _file(record, name, picture)
        elif f"{FILES}/{name}" not in refused:
            record.fault(row, column, f"there is no file {FILES}/{name}")


def named_files(rows: "Mapping[str, Mapping[str, Row]]") -> Iterator[tuple["Row", str, str, bool]]:
    """The files that rows name: row, column, name, and whether a picture is expected."""
    for table in NAMING:
        for row in rows[table].values():
            if name := row.values.get("file"):
                yield row, "file", name, table == "pictures"
    for row in rows[EDITIONS].values():
        for name in edition.files(row.values.get("content")):
            yield row, "content", name, True


def of_kind(name: str, picture: bool) -> str:
    """Why a file of this name is not kept; empty if it is."""
    if not _FILE_NAME.fullmatch(name):
        return f"“{name}” is not a file's name: letters, digits, dots, hyphens, underscores"
    allowed = PICTURES if picture else ATTACHMENTS
    ending = "." + name.rpartition(".")[2].lower()
    return "" if ending in allowed else f"is not of a kind that is kept: {', '.join(sorted(allowed))}"


def _file(record: "Record", name: str, picture: bool) -> None:
    path = f"{FILES}/{name}"
    ending = "." + name.rpartition(".")[2].lower()
    if reason := of_kind(name, picture):
        return record.folder.fault(path, 0, "", reason)
    if ending in PICTURES and (reason := _not_a_picture(record, path, PICTURES[ending])):
        return record.folder.fault(path, 0, "", reason)
    try:
        with record.folder.open(path) as file:
            record.files[name] = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as problem:
        record.folder.fault(path, 0, "", f"cannot be read: {problem.strerror}")
    return None


def _not_a_picture(record: "Record", path: str, kind: str) -> str:
    """Why a file is not the picture that its name says; empty if it is."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for look in (lambda image: image.verify(), lambda image: image.load()):
                with record.folder.open(path) as file, Image.open(file, formats=[kind]) as image:
                    if image.width * image.height > PIXEL_LIMIT:
                        return f"has more than {PIXEL_LIMIT // 1_000_000} million pixels"
                    look(image)
    except Exception as problem:  # decoders of pictures fail in every way there is
        return f"is not a picture of the kind {kind}: {problem}"
    return ""
