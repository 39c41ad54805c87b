"""Rows of the record as the journal hashes them, and the manifest of a load."""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from chancery.core.canonical import canonical

Row = tuple[str, str, bytes | None]
"""A row by table and ref, with its hash; None for a row that was taken away."""

_GONE = "-"


class BadManifest(ValueError):
    """A manifest that cannot be read, or is not the one its entry names."""


def row_hash(table: str, ref: str, row: Mapping[str, str]) -> bytes:
    """The hash of a row, given as its cells by name without the empty ones (`Table.row`)."""
    return sha256(canonical({"table": table, "ref": ref, "row": dict(row)})).digest()


def pack(rows: Iterable[Row]) -> bytes:
    """The manifest of rows: `table ref sha256` or `table ref -`, one a line, sorted, compressed with zlib.

    Raises BadManifest for a row that is named twice or a name that does not fit on the line."""
    lines = {}
    for table, ref, digest in rows:
        key = f"{table} {ref}"
        if key in lines or len(key.split()) != 2:
            raise BadManifest(f"not a row of a manifest, or named twice: {key!r}")
        lines[key] = f"{key} {digest.hex() if digest else _GONE}\n"
    return zlib.compress("".join(lines[key] for key in sorted(lines)).encode(), 9)


def unpack(blob: bytes) -> Iterator[Row]:
    """The rows of a manifest. Raises BadManifest."""
    for line in _text(blob).splitlines():
        try:
            table, ref, digest = line.split(" ")
            yield table, ref, None if digest == _GONE else bytes.fromhex(digest)
        except ValueError:
            raise BadManifest(f"not a line of a manifest: {line!r}") from None


def digest(blob: bytes) -> str:
    """The hash by which an entry names a manifest: that of its lines, in hexadecimal. Raises BadManifest."""
    return sha256(_text(blob).encode()).hexdigest()


def _text(blob: bytes) -> str:
    try:
        return zlib.decompress(blob).decode()
    except (zlib.error, UnicodeDecodeError) as problem:
        raise BadManifest(f"the manifest cannot be read: {problem}") from None
