"""What was understood of a column of a file so far, author by author, beside what is known of the text."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from chancery.core.text import tidy

from ..reading.remarks import Remark, Severity
from ..rules.blocks import LONGEST, Block, BlockKind, BlockTooLong
from ..rules.proposals import ProposalKind
from .changes import alike
from .expected import Expected, Shown, memory
from .returned import Found, KnownText, Understood

LONGEST_QUOTED = 300  # characters of the words of somebody in a remark


@dataclass(slots=True)
class Entry:
    """Something understood, and whether the file says that the words were moved."""

    one: Understood
    moved: bool = False


class Ledger:
    """`authors` has what each changes, in the order of the file; `seen` the open proposals that were met, as they were
    or changed; `file` the text of the file where nothing is accepted, what is not known of it with ids that begin with
    a question mark; `last` is the paragraph after which something new stands, and `arrived` has the moves that were
    accepted: the proposal, how much of `file` stands before it, and the paragraph."""

    def __init__(self, language: str, known: KnownText) -> None:
        self.language, self.known, self.memory = language, known, memory(known)
        self.places = {id: place for place, id in enumerate(self.memory.standing, 1)}
        self.authors: dict[str, list[Entry]] = defaultdict(list)
        self.seen: set[str] = set()
        self.remarks: list[Remark] = []
        self.file: list[Block] = []
        self.last = ""
        self.arrived: list[tuple[str, int, Block]] = []

    def block(self, id: str) -> Block:
        return self.memory.blocks.get(id) or Block(id, BlockKind.OPERATIVE, "")

    def tell(self, sentence: str, author: str, at: str = "", **values: str) -> None:
        values = {name: text[:LONGEST_QUOTED] for name, text in values.items()}
        place = self.places.get(at or self.last, 0)
        self.remarks.append(Remark(Severity.UNSURE, sentence, place, {"author": author, **values}))

    def add(self, author: str, one: Understood, *, moved: bool = False) -> None:
        if len(one.text) > LONGEST:
            raise BlockTooLong(start=one.text[:40], found=len(one.text), limit=LONGEST)
        if one.proposal:
            self.seen.add(one.proposal)
        self.authors[author].append(Entry(one, moved))

    def changed(self, author: str, block: str, text: str, at: dt.datetime | None) -> None:
        """Other words for a paragraph, new to what is known."""
        known = self.block(block)
        if not alike(text, known.text):
            self.add(author, Understood(
                self.language, ProposalKind.WORDS, block, Found.NEW, block_kind=known.kind, before=known.text,
                text=tidy(text), at=at,
            ))  # fmt: skip

    def of(self, it: Expected, at: dt.datetime | None, status: Found = Found.KNOWN, text: str = "") -> Understood:
        """An open proposal, with other words if it was changed."""
        one = it.one
        worded = it.shown in (Shown.WITHIN, Shown.ADDED, Shown.BESIDE)
        words = tidy(text or it.text) if worded else ""
        return Understood(
            self.language, one.kind, one.block, status, one.ref, one.after, self.block(one.block).kind,
            "" if one.kind is ProposalKind.INSERT else self.block(one.block).text, words, at=at,
        )  # fmt: skip

    def open_ones(self, block: str, author: str, *shown: Shown) -> list[Expected]:
        """The open proposals of an author on a paragraph that were not met yet."""
        return [
            it for it in self.memory.by_block.get(block, ())
            if it.shown in shown and it.one.ref not in self.seen
            and self.known.voices[it.one.ref].author.strip() == author
        ]  # fmt: skip
