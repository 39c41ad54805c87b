"""What a file has of each open proposal when it goes out, so that it is known again when it comes back."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ..rules.blocks import Block
from ..rules.edits import Edit, Edits, applied
from ..rules.proposals import Amendment
from ..rules.readings import standing
from ..rules.rolling import Place, compiled
from .placing import placed
from .returned import KnownText


class Shown(StrEnum):
    """How a proposal stands in a file."""

    WITHIN = "within"  # within the words of its paragraph
    WHOLE = "whole"  # its paragraph goes
    ADDED = "added"  # as a paragraph that it inserts
    BESIDE = "beside"  # as a paragraph beside another
    ARRIVES = "arrives"  # as a paragraph that comes from elsewhere
    SAID = "said"  # in a comment alone


@dataclass(frozen=True, slots=True)
class Expected:
    """A proposal as the file has it: the paragraph it is about, its changes within the words, or its whole words.
    `departs` if a move strikes the paragraph where it was."""

    one: Amendment
    shown: Shown
    block: str
    edits: Edits = ()
    text: str = ""
    departs: bool = False


@dataclass(slots=True)
class Memory:
    """A text as it is known, by paragraph. `blocks` has those too that open proposals insert."""

    blocks: dict[str, Block] = field(default_factory=dict)
    standing: tuple[str, ...] = ()
    by_ref: dict[str, Expected] = field(default_factory=dict)
    by_block: Mapping[str, list[Expected]] = field(default_factory=dict)


def memory(known: KnownText) -> Memory:
    order = [one.id for one in known.blocks]
    orders = {one.made_on: order for one in known.proposals}
    text = compiled(standing(known.blocks, [], {}), known.proposals, orders)
    amendments = {one.ref: one for one in known.proposals}
    made = Memory(standing=tuple(order))
    gone: set[str] = set()
    for rolled in text.paragraphs:
        one = placed(rolled, known.voices)
        block = rolled.block
        if rolled.place is Place.ARRIVES:
            ref = rolled.proposal
            made.by_ref[ref] = Expected(amendments[ref], Shown.ARRIVES, block.id, text=block.text)
            continue
        made.blocks[block.id] = block
        if rolled.place is Place.INSERTED:
            ref = rolled.proposal
            made.by_ref[ref] = Expected(amendments[ref], Shown.ADDED, block.id, text=block.text)
        edits: dict[str, list[Edit]] = defaultdict(list)
        for edit, ref in one.edits:
            edits[ref].append(edit)
        for ref, its in edits.items():
            said = applied(block.text, its)
            made.by_ref[ref] = Expected(amendments[ref], Shown.WITHIN, block.id, tuple(its), said)
        for it in one.beside:
            made.by_ref[it.ref] = Expected(amendments[it.ref], Shown.BESIDE, block.id, text=it.text)
        for ref in one.said:
            made.by_ref.setdefault(ref, Expected(amendments[ref], Shown.SAID, block.id))
        if one.whole:
            gone.add(one.whole)
            if one.whole in rolled.deletions:
                made.by_ref[one.whole] = Expected(amendments[one.whole], Shown.WHOLE, block.id)
    by_block: dict[str, list[Expected]] = defaultdict(list)
    for ref, it in made.by_ref.items():
        if ref in gone and it.shown is Shown.ARRIVES:
            made.by_ref[ref] = it = Expected(it.one, it.shown, it.block, text=it.text, departs=True)
        by_block[it.block].append(it)
    made.by_block = by_block
    return made
