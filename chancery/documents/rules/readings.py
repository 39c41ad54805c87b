"""Clean readings: the text with what was agreed, and with whatever proposals one chooses; and the proposals that
cannot both be taken."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .blocks import Block
from .edits import Carried, Edit, Edits, applied, carried, clash
from .proposals import Amendment, ProposalKind

Orders = Mapping[str, Sequence[str]]
"""The ids of the paragraphs of each version, in order, by its reference."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two proposals that cannot both be taken, and the paragraph about which they differ. With itself a proposal is in
    conflict whose words, or whose paragraph, are not there."""

    one: str
    other: str
    block: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A clean text: the words that stand, with some proposals taken up. Those in conflict are left out."""

    blocks: list[Block]
    conflicts: tuple[Conflict, ...] = ()
    taken: tuple[str, ...] = ()


class Anchors:
    """Where something stands that was to follow a paragraph: after it, or after the nearest one before it that is
    still there; at the very beginning (an empty id) where none is."""

    def __init__(self, there: Iterable[str], orders: Orders) -> None:
        self.there, self.orders = frozenset(there), orders
        self.places: dict[str, dict[str, int]] = {}

    def find(self, one: Amendment) -> str:
        at = one.after
        while at and at not in self.there:  # only then the order of the version is asked for
            place = self._places(one.made_on).get(at)
            at = self.orders[one.made_on][place - 1] if place else ""
        return at

    def _places(self, version: str) -> dict[str, int]:
        if version not in self.places:
            self.places[version] = {block: place for place, block in enumerate(self.orders.get(version, ()))}
        return self.places[version]


# ----------------------------------------------------------------------------------------------- what was agreed
@dataclass(frozen=True, slots=True)
class Standing:
    """The text as it stands. `known` gives the changes that led from the words of the version to those that stand, so
    that they need not be found again; `ends` the last paragraph that was added or moved after each one, after which
    what is proposed there stands. `undone` names what was agreed and cannot be carried out."""

    blocks: list[Block]
    known: Mapping[tuple[str, str], Edits]
    undone: tuple[str, ...] = ()
    ends: Mapping[str, str] = field(default_factory=dict)


def standing(blocks: Sequence[Block], agreed: Sequence[Amendment], orders: Orders) -> Standing:
    """The words of a version with what was agreed on it, in the order of agreement. Changes of the same paragraph are
    all taken on the words of the version, so that it does not matter which was agreed first; what changes words that
    were agreed is taken on those."""
    order, undone, ends = list(blocks), [], dict[str, str]()
    words = {one.id: one.text for one in blocks}
    changes: dict[str, list[Edit]] = defaultdict(list)
    for one in agreed:
        if one.kind is ProposalKind.WORDS:
            if one.block not in words:
                undone.append(one.ref)
            elif (moved := _beside(one, words[one.block], changes[one.block])) is not None:
                changes[one.block] += moved
            elif (now := _upon(one, applied(words[one.block], changes[one.block]))) is not None:
                words[one.block] = now
                changes[one.block].clear()
            else:
                undone.append(one.ref)
        elif (made := enacted(order, one, orders, ends)) is None:
            undone.append(one.ref)
        else:
            order = made
            if one.kind in (ProposalKind.INSERT, ProposalKind.ALTERNATIVE):
                words[one.block] = next(it.text for it in order if it.id == one.block)
                changes.pop(one.block, None)
    known = {(words[block], applied(words[block], made)): tuple(sorted(set(made))) for block, made in changes.items()}
    stands = [
        replace(one, text=applied(words[one.id], changes[one.id])) if one.id in changes else one for one in order
    ]  # fmt: skip
    return Standing(stands, known, tuple(undone), ends)


def _beside(one: Amendment, words: str, others: Sequence[Edit]) -> Edits | None:
    """A change beside others of the same words; None where it is none of these words, or differs with one of them."""
    moved = carried(one.edits, one.before, words)
    return None if moved.lost or clash(moved.edits, others) else moved.edits


def _upon(one: Amendment, now: str) -> str | None:
    """The words after a change of those that were agreed; None where these are others."""
    moved = carried(one.edits, one.before, now)
    return None if moved.lost else applied(now, moved.edits)


def enacted(blocks: list[Block], one: Amendment, orders: Orders, ends: dict[str, str]) -> list[Block] | None:
    """The text with a paragraph inserted, left out, moved or replaced; None where that cannot be. What comes after one
    paragraph stands in the order in which it came; `ends` keeps the last one."""
    at = next((place for place, block in enumerate(blocks) if block.id == one.block), None)
    if one.kind is ProposalKind.INSERT:
        if at is not None:
            return blocks
        new = Block(one.block, one.block_kind, one.text)
        return _inserted(blocks, new, Anchors((it.id for it in blocks), orders).find(one), ends)
    if at is None:
        return blocks if one.kind is ProposalKind.DELETE else None
    rest = [*blocks[:at], *blocks[at + 1 :]]
    if one.kind is ProposalKind.MOVE:
        for place in [place for place, last in ends.items() if one.block in (place, last)]:
            del ends[place]
        return _inserted(rest, blocks[at], Anchors((it.id for it in rest), orders).find(one), ends)
    if one.kind is ProposalKind.ALTERNATIVE:
        return [*blocks[:at], replace(blocks[at], text=one.text), *blocks[at + 1 :]]
    return rest


def _inserted(blocks: list[Block], new: Block, after: str, ends: dict[str, str]) -> list[Block]:
    places = {one.id: place for place, one in enumerate(blocks)}
    at = places.get(end_of(after, ends, places), -1)
    ends[after] = new.id
    return [*blocks[: at + 1], new, *blocks[at + 1 :]]


def end_of(block: str, ends: Mapping[str, str], there: Collection[str]) -> str:
    """The last of what came after a paragraph, and after that; the paragraph itself where nothing did."""
    while (last := ends.get(block)) is not None and last in there:
        block = last
    return block


# ------------------------------------------------------------------------------------------------ clean readings
def reading(
    text: Standing, open_ones: Sequence[Amendment], chosen: Collection[str], orders: Orders
) -> Reading:  # fmt: skip
    """The text that stands with the chosen proposals taken up, those in conflict with one another left out and named.
    None chosen, it is the text that stands."""
    some = [one for one in open_ones if one.ref in chosen]
    lying = _lying(text, some)
    found = list(_conflicts(text.blocks, some, lying))
    out = {ref for one in found for ref in (one.one, one.other)}
    taken = [one for one in some if one.ref not in out]
    there = {it.id for it in text.blocks} | {one.block for one in taken if one.kind is ProposalKind.INSERT}
    astray = [one for one in taken if one.block not in there and one.kind is not ProposalKind.DELETE]
    found += [Conflict(one.ref, one.ref, one.block) for one in astray]
    taken = [one for one in taken if one not in astray]
    return Reading(_with(text, taken, lying, orders), tuple(found), tuple(one.ref for one in taken))


def of_party(open_ones: Iterable[Amendment], party: str) -> frozenset[str]:
    """Everything that a party proposes."""
    return frozenset(one.ref for one in open_ones if party in one.parties)


def _lying(text: Standing, some: Sequence[Amendment]) -> dict[str, Carried]:
    """The changes of words on the text that stands, or on the paragraph that another of them inserts."""
    words = {one.block: one.text for one in some if one.kind is ProposalKind.INSERT}
    words |= {one.id: one.text for one in text.blocks}
    return {
        one.ref: carried(one.edits, one.before, now, text.known.get((one.before, now)))
        for one in some
        if one.kind is ProposalKind.WORDS and (now := words.get(one.block)) is not None
    }  # fmt: skip


def _conflicts(
    blocks: Sequence[Block], some: Sequence[Amendment], lying: Mapping[str, Carried]
) -> Iterator[Conflict]:  # fmt: skip
    there = {one.id for one in blocks} | {one.block for one in some if one.kind is ProposalKind.INSERT}
    about: dict[str, list[Amendment]] = defaultdict(list)
    for one in some:
        lost = one.ref in lying and lying[one.ref].lost
        if one.pending or lost or (one.block not in there and one.kind is not ProposalKind.DELETE):
            yield Conflict(one.ref, one.ref, one.block)
        else:
            about[one.block].append(one)
    for each in about.values():
        for place, one in enumerate(each):
            for other in each[:place]:
                if _differ(one, other, lying):
                    yield Conflict(other.ref, one.ref, one.block)


def _differ(one: Amendment, other: Amendment, lying: Mapping[str, Carried]) -> bool:
    """Whether two proposals on a paragraph cannot both be taken."""
    kinds = {one.kind, other.kind}
    if ProposalKind.DELETE in kinds:
        return kinds != {ProposalKind.DELETE}
    if ProposalKind.MOVE in kinds:
        return kinds == {ProposalKind.MOVE} and one.after != other.after
    if kinds == {ProposalKind.WORDS}:
        return clash(lying[one.ref].edits, lying[other.ref].edits)
    if ProposalKind.INSERT in kinds:
        return ProposalKind.ALTERNATIVE not in kinds and ProposalKind.WORDS not in kinds
    return kinds != {ProposalKind.ALTERNATIVE} or one.text != other.text


def _with(
    text: Standing, taken: Sequence[Amendment], lying: Mapping[str, Carried], orders: Orders
) -> list[Block]:  # fmt: skip
    """The text with proposals that do not conflict: paragraphs inserted and moved, then their words, then those left
    out."""
    order, ends = list(text.blocks), dict(text.ends)
    for one in taken:
        if one.kind in (ProposalKind.INSERT, ProposalKind.MOVE):
            order = enacted(order, one, orders, ends) or order
    changes: dict[str, list[Edit]] = defaultdict(list)
    whole: dict[str, str] = {}
    gone: set[str] = set()
    for one in taken:
        if one.kind is ProposalKind.WORDS:
            changes[one.block] += lying[one.ref].edits
        elif one.kind is ProposalKind.ALTERNATIVE:
            whole[one.block] = one.text
        elif one.kind is ProposalKind.DELETE:
            gone.add(one.block)
    return [
        replace(one, text=whole.get(one.id) or applied(one.text, changes[one.id]))
        if one.id in whole or one.id in changes
        else one
        for one in order
        if one.id not in gone
    ]  # fmt: skip
