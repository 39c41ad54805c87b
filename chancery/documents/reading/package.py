"""The parts of a Word file (Office Open XML, ECMA-376), taken out with care: nothing is loaded from outside, and
nothing unpacks without bound."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from .pieces import FileDamaged, FileEncrypted, ForbiddenXml, HasMacros, NotAWordFile, OldWordFile, UnpacksTooLarge

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = b"http://purl.oclc.org/ooxml/"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
MAIN = "word/document.xml"
LARGEST_PART = 10 * 1024 * 1024  # bytes of one part that is read, unpacked
LARGEST_WHOLE = 200 * 1024 * 1024  # bytes that all parts say they unpack to; pictures are large
MOST_PARTS = 5_000
MOST_MORE = 20  # headers and the like
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the format of Word before 2007, and of an encrypted .docx


@dataclass(frozen=True, slots=True)
class Package:
    """The parts that are read of a Word file, as trees; `outside` counts what it refers to beyond itself, links of
    its text aside."""

    document: etree._Element
    styles: etree._Element | None = None
    numbering: etree._Element | None = None
    outside: int = 0
    links: frozenset[str] = field(default_factory=frozenset)
    more: Mapping[str, etree._Element] = field(default_factory=dict)


def opened(content: bytes, more: re.Pattern[str] | None = None) -> Package:
    """With the parts besides whose names match `more`, at most `MOST_MORE`.

    Raises `OldWordFile`, `FileEncrypted`, `NotAWordFile`, `HasMacros`, `UnpacksTooLarge`, `ForbiddenXml` and
    `FileDamaged`."""
    if content.startswith(_COMPOUND):
        raise FileEncrypted if "EncryptedPackage".encode("utf-16-le") in content else OldWordFile
    if not content.startswith(b"PK"):
        raise NotAWordFile
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(archive)
            document = _part(archive, MAIN)
            outside, links = _relations(_part(archive, "word/_rels/document.xml.rels"))
            if document is None:
                raise NotAWordFile
            return Package(
                document, _part(archive, "word/styles.xml"), _part(archive, "word/numbering.xml"), outside, links,
                _more(archive, more) if more else {},
            )  # fmt: skip
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as fault:
        raise FileDamaged from fault


def _more(archive: zipfile.ZipFile, wanted: re.Pattern[str]) -> dict[str, etree._Element]:
    names = [one for one in archive.NameToInfo if wanted.fullmatch(one)][:MOST_MORE]
    return {name: part for name in names if (part := _part(archive, name)) is not None}


def _check(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {one.filename.casefold() for one in parts}
    if MAIN not in names or "[content_types].xml" not in names:
        raise NotAWordFile
    if any(one.flag_bits & 0x1 for one in parts):
        raise FileEncrypted
    if any(one.rpartition("/")[2] in ("vbaproject.bin", "vbadata.xml") for one in names):
        raise HasMacros
    if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > LARGEST_WHOLE:
        raise UnpacksTooLarge(limit=LARGEST_WHOLE // 1024**2)
    if b"macroenabled" in (_bytes(archive, "[Content_Types].xml") or b"").lower():
        raise HasMacros


def _bytes(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """A part, read no further than it may be long, whatever it says of itself."""
    if name not in archive.NameToInfo:
        return None
    with archive.open(name) as file:
        data = file.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        raise UnpacksTooLarge(limit=LARGEST_PART // 1024**2)
    return data


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """As a tree. Markup outside elements names the DTD, so no `<!DOCTYPE` gets past a look at the bytes; the encoding
    is held to UTF-8, so that it cannot hide in another one. The strict form of the format is read like the usual."""
    data = _bytes(archive, name)
    if data is None:
        return None
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ForbiddenXml
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(_usual(data), parser)
    except etree.XMLSyntaxError as fault:
        raise FileDamaged from fault


def _usual(data: bytes) -> bytes:
    if _STRICT not in data:
        return data
    return data.replace(
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ).replace(
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    )


def _relations(part: etree._Element | None) -> tuple[int, frozenset[str]]:
    """How many relations lead outside, and the ids of those that are links of the text."""
    outside = [one for one in part.iter(_RELATIONS) if one.get("TargetMode") == "External"] if part is not None else []
    links = frozenset(one.get("Id", "") for one in outside if one.get("Type", "").endswith("/hyperlink"))
    return len(outside) - len(links), links
