"""Whether the record is what its entries decided: the tree, the signatures, and every row and file."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from django.conf import settings

from chancery.core import charter, tables
from chancery.journal import queries, rows, verify
from chancery.journal.note import MalformedKey, Signer
from chancery.journal.verify import Fault, Report, Told

from . import copies, files, store
from .folder import CHARTER, FILES, Folder
from .record import Record, named_rows

_HASH = re.compile(r"[0-9a-f]{64}(?=\.)")
Found = Iterator[tuple[str, str, bytes]]
"""Rows and files as they are: table, ref, hash."""


def here(vkeys: list[str]) -> Report:
    """Verifies the database: its journal, and each row of the record against what was decided of it."""
    with store.snapshot():
        return _verified(queries.log, queries.checkpoints(), queries.manifests(), _kept(), vkeys)


def own_key() -> list[str]:
    """The public half of the signing key, which lies outside the database; none before it was made."""
    try:
        return [Signer.parse(settings.KEY_FILE.read_text(encoding="utf-8").strip()).verifier.vkey]
    except (OSError, UnicodeDecodeError, MalformedKey):
        return []


def copy(folder: Path, vkeys: list[str]) -> Report:
    """Verifies a copy, with nothing but itself and the keys that are trusted."""
    found = _held(folder / copies.RECORD)
    return _verified(lambda: copies.entries(folder), copies.checkpoints(folder), copies.manifests(folder), found, vkeys)


def _verified(
    entries: Callable[[], Iterable[Told]],
    checkpoints: list[str],
    manifests: Mapping[int, bytes],
    found: Found,
    vkeys: list[str],
) -> Report:
    report = Report()
    try:
        report = verify.verify_log(entries(), checkpoints, vkeys)
        if report.sound:
            report.faults += compare(verify.expected_rows(entries(), manifests), found)
    except ValueError as problem:  # a line, a manifest or a file that is none
        report.faults.append(Fault(0, str(problem)))
    return report


def compare(expected: dict[tuple[str, str], bytes | None], found: Found) -> Iterator[Fault]:
    """Each row that is not as the entries left it. Files are compared as far as an entry tells of them."""
    seen = set()
    for table, ref, digest in found:
        seen.add((table, ref))
        decided = expected.get((table, ref))
        if decided is None and table != FILES:
            told = (table, ref) in expected
            yield Fault(0, f"{table}:{ref} is there, but {'was taken away' if told else 'no entry tells of it'}")
        elif decided is None and not _is_as_named(ref, digest):
            yield Fault(0, f"{FILES}/{ref} is not the file that its name tells of")
        elif decided is not None and decided != digest:
            yield Fault(0, f"{table}:{ref} is not what was decided")
    for (table, ref), digest in sorted(expected.items()):
        if digest is not None and (table, ref) not in seen:
            yield Fault(0, f"{table}:{ref} is missing")


def _is_as_named(name: str, digest: bytes) -> bool:
    """Of a file that somebody brought: its name is the hash of its content, and an entry tells of its name."""
    named = _HASH.match(name)
    return named is None or named[0] == digest.hex()


def _kept() -> Found:
    """The public rows of the database, and the files."""
    languages = settings.CHARTER.languages
    for table in tables.all_tables():
        for fact in store.public(table):
            yield table.name, fact.ref, rows.row_hash(table.name, fact.ref, table.row(fact, languages))
    for name in sorted(files.named()):
        if digest := files.digest(name):
            yield FILES, name, bytes.fromhex(digest)


def _held(root: Path) -> Found:
    """The rows and files of a folder, as they are written there. Raises ValueError for one that is no record."""
    folder = Folder(root, list(tables.all_tables()))
    try:
        record = Record(folder, charter.parse(folder.text(CHARTER) or ""))
    except charter.CharterFaults as problem:
        raise ValueError(str(problem)) from None
    for table in tables.all_tables():
        for ref, named in named_rows(record, table):
            yield table.name, ref, rows.row_hash(table.name, ref, named)
    for name in folder.names(FILES):
        with folder.open(f"{FILES}/{name}") as file:
            yield FILES, name, hashlib.file_digest(file, "sha256").digest()
    if record.faults:
        raise ValueError("; ".join(str(fault) for fault in sorted(record.faults)[:20]))
