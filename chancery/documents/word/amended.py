"""Word files that come back: what they are, and what their authors propose."""

import re
from collections import Counter
from collections.abc import Sequence

from lxml import etree

from ..reading import remarks
from ..reading.package import Package, W, opened
from ..reading.pieces import Lost
from ..reading.remarks import Remark, Severity
from ..rules.blocks import MOST, TooManyBlocks, digest
from . import comments, returned
from .ledger import LONGEST_QUOTED
from .lines import CHANGES, FORMATTING, Grid, Item, Lines
from .marks import PREFIX, block_mark, instant
from .returned import (
    MOST_AUTHORS,
    MOST_CHANGES,
    Contribution,
    Known,
    Origin,
    Returned,
    TooManyAuthors,
    TooManyChanges,
)  # fmt: skip
from .understanding import FEW, Column

MOST_LINES = 5 * MOST
_MORE = re.compile(r"word/(?:comments|footnotes|endnotes|header\d{0,2}|footer\d{0,2})\.xml|docProps/custom\.xml")
_ELSEWHERE = re.compile(r"word/(?:footnotes|endnotes|header\d*|footer\d*)\.xml")
_PROPERTY = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"
_TEXT_BOX = f"{W}txbxContent"


def identify(content: bytes) -> Origin | None:
    """What a file says of itself; None where it is none of ours, or what was edited it dropped its properties. Raises
    what `package.opened` raises."""
    return _origin(opened(content, _MORE))


def _origin(package: Package) -> Origin | None:
    part = package.more.get("docProps/custom.xml")
    found = {
        one.get("name", "").removeprefix(PREFIX): "".join(one.itertext()).strip()
        for one in (part.iter(_PROPERTY) if part is not None else ())
        if one.get("name", "").startswith(PREFIX)
    }
    if "document" not in found:
        return None
    return Origin(
        found["document"], found.get("version", ""), tuple(found.get("languages", "").split()),
        instant(found.get("exported", "")),
        {name.removeprefix("text_"): value for name, value in found.items() if name.startswith("text_")},
    )  # fmt: skip


def read_amended(content: bytes, known: Known) -> Returned:
    """A file that was edited in Word or LibreOffice, understood as proposals beside the text that is known.

    Raises what `package.opened` raises, and `TooManyChanges`, `TooManyAuthors`, `TooManyBlocks`, `BlockTooLong`."""
    package = opened(content, _MORE)
    _check(package)
    columns, notes = _columns(package, known)
    commented = comments.read(package.more.get("word/comments.xml"))
    origin = _origin(package)
    made = [Column(language, known.texts[language], items, commented) for language, items in columns]
    if origin:
        moved = [it for it in made if origin.digests.get(it.language, "") not in ("", _digest(it))]
        notes += [Remark(Severity.UNSURE, returned.TEXT_MOVED_ON)] if moved else []
    if sum(one.met for one in made) < FEW * sum(len(one.known.blocks) for one in made):
        notes.append(Remark(Severity.UNSURE, returned.OTHER_TEXT))
    elsewhere = _elsewhere(package)
    if elsewhere:
        notes.append(Remark(Severity.LOST, returned.ELSEWHERE, 0, {"count": elsewhere}))
    losses = [loss for one in made for loss in one.losses]
    losses += [(0, Lost.OUTSIDE, package.outside)] if package.outside else []
    notes += [note for one in made for note in one.remarks]
    told = {id for one in made for id in one.told}
    notes += [
        Remark(Severity.UNSURE, returned.COMMENTED, 0, {"author": one.author, "words": one.text[:LONGEST_QUOTED]})
        for id, one in commented.items()
        if id not in told and one.text
    ]
    return Returned(
        origin, _contributions(made), tuple((one.language, ref) for one in made for ref in one.absent),
        (*notes, *remarks.lost(losses)),
        sum(1 for _ in package.document.iter(*FORMATTING)),
    )  # fmt: skip


def _check(package: Package) -> None:
    authors = [one.get(f"{W}author", "") for one in package.document.iter(*CHANGES)]
    if len(authors) > MOST_CHANGES:
        raise TooManyChanges(found=len(authors), limit=MOST_CHANGES)
    if (found := len(set(authors))) > MOST_AUTHORS:
        raise TooManyAuthors(found=found, limit=MOST_AUTHORS)


def _columns(package: Package, known: Known) -> tuple[list[tuple[str, list[Item]]], list[Remark]]:
    """The columns of a file by their language, as its bookmarks say, else in the order in which they are known."""
    names = {
        block_mark(one.id, language): (language, one.id)
        for language, text in known.texts.items()
        for one in text.blocks
    }  # fmt: skip
    marked = any(one.get(f"{W}name") in names for one in package.document.iter(f"{W}bookmarkStart"))

    def parallel(table: etree._Element) -> bool:
        if marked:
            return len({one.get(f"{W}name") for one in table.iter(f"{W}bookmarkStart")} & set(names)) > 1
        rows = len(table.findall(f"{W}tr"))
        return len(known.texts) > 1 and 2 * rows > max(len(text.blocks) for text in known.texts.values())

    columns = Lines(package, parallel).read()
    if (found := sum(map(len, columns.values()))) > MOST_LINES:
        raise TooManyBlocks(found=found, limit=MOST)
    if not marked:
        return list(zip(known.texts, columns.values(), strict=False)), []
    by_language: dict[str, list[Item]] = {}
    notes = []
    for items in columns.values():
        votes = Counter(names[mark][0] for item in items for mark in item.marks if mark in names)
        if votes:
            by_language.setdefault(votes.most_common(1)[0][0], []).extend(items)
        elif any(isinstance(one, Grid) or one.atoms for one in items):
            notes.append(Remark(Severity.LOST, returned.OTHER_COLUMN))
    return list(by_language.items()), notes


def _digest(one: Column) -> str:
    return digest(one.known.blocks, one.language)


def _contributions(columns: Sequence[Column]) -> tuple[Contribution, ...]:
    authors = dict.fromkeys(["", *(author for one in columns for author in one.authors)])
    found = {
        author: tuple(entry.one for one in columns for entry in one.authors.get(author, ())) for author in authors
    }  # fmt: skip
    return tuple(Contribution(author, its) for author, its in found.items() if its)


def _elsewhere(package: Package) -> int:
    """Changes that stand in no paragraph of the text."""
    parts = [part for name, part in package.more.items() if _ELSEWHERE.fullmatch(name)]
    parts += list(package.document.iter(_TEXT_BOX))
    return sum(1 for part in parts for _ in part.iter(*CHANGES))
