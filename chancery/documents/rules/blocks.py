"""A text is an ordered list of blocks whose ids never change, so that a position, a translation and a comparison
speak of the same paragraph in every version and every language."""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from chancery.core.canonical import canonical
from chancery.core.refusals import Refusal, sentence

LONGEST = 20_000  # characters of one block
MOST = 2_000  # blocks of one text


class BlockKind(StrEnum):
    TITLE = "title"
    HEADING = "heading"
    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    PARAGRAPH = "paragraph"  # of a text that neither recalls nor decides: a report, a note
    ANNEX = "annex"  # the heading under which an annex begins
    TABLE = "table"  # a line for each row, its cells divided by " | "


NEGOTIATED = frozenset({BlockKind.PREAMBULAR, BlockKind.OPERATIVE, BlockKind.PARAGRAPH, BlockKind.TABLE})
"""The kinds on which delegations take positions one by one."""


class EmptyText(Refusal):
    sentence = sentence("The text has no paragraph yet. Write or import one first.")
    field = "blocks"


class NoTitle(Refusal):
    sentence = sentence("A text begins with its title. Add one as the first paragraph.")
    field = "blocks"


class BlockTwice(Refusal):
    sentence = sentence("The paragraph {block} stands in the text twice.")
    field = "blocks"


class BlockTooLong(Refusal):
    sentence = sentence("The paragraph that begins “{start}…” has {found} characters; at most {limit} are kept.")
    field = "blocks"


class TooManyBlocks(Refusal):
    sentence = sentence("The text has {found} paragraphs; at most {limit} are kept. Table it in parts.")
    field = "blocks"


BETWEEN_CELLS = re.compile(r"(?:^|(?<=\s))\|(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or table. `id` (`b12`) is unique in its document and never used again for another."""

    id: str
    kind: BlockKind
    text: str

    def kept(self) -> dict[str, str]:
        """As a version keeps it."""
        return {"id": self.id, "kind": self.kind.value, "text": self.text}

    @property
    def rows(self) -> list[list[str]]:
        """The cells of a table, row by row."""
        lines = (line for line in self.text.splitlines() if line.strip())
        return [[cell.strip() for cell in BETWEEN_CELLS.split(line)] for line in lines]


def read(kept: Iterable[Mapping[str, Any]]) -> list[Block]:
    """The blocks of a version as it keeps them."""
    return [Block(one["id"], BlockKind(one["kind"]), one["text"]) for one in kept]


def keep(blocks: Iterable[Block]) -> list[dict[str, str]]:
    return [one.kept() for one in blocks]


def digest(blocks: Iterable[Block], language: str) -> str:
    """The SHA-256, in hexadecimal, of a text in its language: what an adoption names and a bundle carries."""
    return hashlib.sha256(canonical({"language": language, "blocks": keep(blocks)})).hexdigest()


def text_digest(text: str) -> str:
    """The SHA-256 of the words of one block."""
    return hashlib.sha256(text.encode()).hexdigest()


def new_ids(used: Iterable[str]) -> Iterator[str]:
    """Ids that no block of a document had before: `b1`, `b2`, … after the highest used."""
    highest = max((int(found[1]) for one in used if (found := re.fullmatch(r"b(\d+)", one))), default=0)
    while True:
        highest += 1
        yield f"b{highest}"


def check(blocks: Sequence[Block]) -> None:
    """Whether a text can be circulated. Raises `EmptyText`, `NoTitle`, `BlockTwice`, `BlockTooLong`,
    `TooManyBlocks`."""
    if not any(one.text.strip() for one in blocks):
        raise EmptyText
    if blocks[0].kind is not BlockKind.TITLE:
        raise NoTitle
    if len(blocks) > MOST:
        raise TooManyBlocks(found=len(blocks), limit=MOST)
    seen: set[str] = set()
    for one in blocks:
        if one.id in seen:
            raise BlockTwice(block=one.id)
        if len(one.text) > LONGEST:
            raise BlockTooLong(start=one.text[:40], found=len(one.text), limit=LONGEST)
        seen.add(one.id)


def numbers(blocks: Iterable[Block]) -> dict[str, str]:
    """What each paragraph is called: operative ones `1`, `2`, …, preambular ones `PP1`, …; an annex begins anew
    (`I.1`). Headings and the title have no number."""
    found: dict[str, str] = {}
    annex, preambular, operative = 0, 0, 0
    for one in blocks:
        before = f"{_roman(annex)}." if annex else ""
        if one.kind is BlockKind.ANNEX:
            annex, preambular, operative = annex + 1, 0, 0
            found[one.id] = _roman(annex)
        elif one.kind is BlockKind.PREAMBULAR:
            preambular += 1
            found[one.id] = f"{before}PP{preambular}"
        elif one.kind in NEGOTIATED:
            operative += 1
            found[one.id] = f"{before}{operative}"
    return found


def called(text: Sequence[Block], some: Collection[str]) -> list[str]:
    """What some paragraphs are called, in their order: by their number, else by the words with which they begin."""
    numbered = numbers(text)
    return [numbered.get(one.id) or f"“{one.text[:40]}”" for one in text if one.id in some]


def _roman(number: int) -> str:
    parts = [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    written = ""
    for value, letters in parts:
        while number >= value:
            written, number = written + letters, number - value
    return written
