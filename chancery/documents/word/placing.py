"""Where each proposal stands in a Word file. Word holds one author for words that are struck, so of proposals that
touch the same words the first that was tabled stands within them, and each other beside them with its whole wording;
what has no words of its own is then said in a comment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..rules.blocks import BETWEEN_CELLS, Block, BlockKind
from ..rules.comparison import tokens
from ..rules.edits import Edit, applied, overlap
from ..rules.rolling import Option, Part, Place, Rolled
from .marks import whole_seconds
from .paper import Voice


@dataclass(frozen=True, slots=True)
class Beside:
    """A paragraph that a proposal would put in the place of another; `label` is what it is called (`3 alt`)."""

    ref: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph with its proposals. `edits` are changes within its words, in order and apart; `whole` is the proposal
    that leaves it out or moves it away; `said` are those that only a comment tells."""

    rolled: Rolled
    edits: tuple[tuple[Edit, str], ...] = ()
    whole: str = ""
    beside: tuple[Beside, ...] = ()
    said: tuple[str, ...] = ()


def placed(one: Rolled, voices: Mapping[str, Voice]) -> Placed:
    if one.place is Place.ARRIVES:
        return Placed(one)
    worded = _worded(one.parts)
    turns = sorted([*worded, *one.deletions, *one.departures], key=lambda ref: voices[ref].at)
    taken: list[tuple[Edit, str]] = []
    whole, beside, said = "", [], list(one.pending)
    stands = one.place is Place.STANDS
    for ref in turns:
        if ref in worded:
            if one.proposal and _alike(voices[ref], voices[one.proposal]):
                beside.append((ref, applied(one.block.text, worded[ref])))
            elif not whole and _fits(worded[ref], taken, one.block, ref, voices):
                taken += [(edit, ref) for edit in worded[ref]]
            else:
                beside.append((ref, applied(one.block.text, worded[ref])))
        elif stands and not whole and not taken:
            whole = ref
        elif ref in one.deletions or not stands:
            said.append(ref)
    return Placed(one, tuple(sorted(taken)), whole, tuple(_beside(one, beside)), tuple(dict.fromkeys(said)))


def _worded(parts: Sequence[Part]) -> dict[str, list[Edit]]:
    """The changes of each proposal, found again in the brackets."""
    found: dict[str, list[Edit]] = {}
    at = 0
    for part in parts:
        for option in part.options:
            edit = _narrow(at, part.text, option, alone=len(part.options) == 1)
            for ref in option.proposals:
                found.setdefault(ref, []).append(edit)
        at += len(part.text)
    return found


def _narrow(at: int, before: str, option: Option, *, alone: bool) -> Edit:
    """Without the words that an option leaves as they are: others may have changed those."""
    if alone:
        return Edit(at, at + len(before), option.text)
    was, now = tokens(before), tokens(option.text)
    head = next((i for i, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))
    rest = min(len(was), len(now)) - head
    pairs = zip(reversed(was), reversed(now), strict=False)
    tail = min(rest, next((i for i, (a, b) in enumerate(pairs) if a != b), rest))
    start, end = len("".join(was[:head])), len("".join(was[: len(was) - tail]))
    return Edit(at + start, at + end, "".join(now[head : len(now) - tail]))


def _fits(
    edits: Sequence[Edit], taken: Sequence[tuple[Edit, str]], block: Block, ref: str, voices: Mapping[str, Voice]
) -> bool:  # fmt: skip
    """Whether changes stand apart from those that are there. What one author tabled at one instant must not even
    touch, or nobody could tell the two proposals apart again."""
    for other, its in taken:
        alike = _alike(voices[ref], voices[its])
        if any(overlap(one, other) or (alike and _touch(one, other)) for one in edits):
            return False
    return block.kind is not BlockKind.TABLE or all(_within_a_cell(one, block) for one in edits)


def _alike(one: Voice, other: Voice) -> bool:
    """Whether nobody could tell the changes of two proposals apart."""
    return one.author == other.author and whole_seconds(one.at) == whole_seconds(other.at)


def _touch(one: Edit, other: Edit) -> bool:
    return one.start <= other.end and other.start <= one.end


def _within_a_cell(one: Edit, table: Block) -> bool:
    if "\n" in one.text or BETWEEN_CELLS.search(one.text):
        return False
    return any(start <= one.start and one.end <= end for row in cells(table.text) for start, end in row)


def cells(text: str) -> list[list[tuple[int, int]]]:
    """Where each cell of a table begins and ends in its text, blanks around it aside, row by row."""
    rows, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            bounds = [0, *(place for sign in BETWEEN_CELLS.finditer(line) for place in sign.span()), len(line)]
            rows.append([_trimmed(line, at, start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True)])
        at += len(line) + 1
    return rows


def _trimmed(line: str, at: int, start: int, end: int) -> tuple[int, int]:
    said = line[start:end]
    if not said.strip():
        return at + start, at + start
    return at + start + len(said) - len(said.lstrip()), at + start + len(said.rstrip())


def _beside(one: Rolled, worded: Sequence[tuple[str, str]]) -> list[Beside]:
    """Alternatives by the number that they have, then the changes of words that found no place."""
    found = [Beside(ref, it.number, it.text) for it in one.alternatives for ref in it.proposals]
    several = len(one.alternatives) + len(worded) > 1
    for place, (ref, text) in enumerate(worded, len(one.alternatives) + 1):
        found.append(Beside(ref, (f"{one.number} alt {place}" if several else f"{one.number} alt").strip(), text))
    return found
