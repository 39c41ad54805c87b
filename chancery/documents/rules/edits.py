"""What somebody changed in a paragraph, found by comparing it word by word; and the same change found again where the
paragraph has moved on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from .comparison import Span, SpanKind, spans


class Edit(NamedTuple):
    """Characters `start` to `end` (excluded) of the words before, and what stands in their place; an insertion where
    the two are equal, a deletion where `text` is empty."""

    start: int
    end: int
    text: str


Edits = tuple[Edit, ...]


def edits(before: str, after: str) -> Edits:
    """The changes that lead from one wording to another, in order and apart from each other. Applied to the words
    before they give exactly the words after."""
    return _gathered(spans(before, after))


def _gathered(found: Iterable[Span]) -> Edits:
    made: list[Edit] = []
    start = end = 0
    text = ""
    for span in [*found, Span(SpanKind.EQUAL, "")]:
        if span.kind is SpanKind.DELETE:
            end += len(span.text)
        elif span.kind is SpanKind.INSERT:
            text += span.text
        else:
            if end > start or text:
                made.append(Edit(start, end, text))
            start = end = end + len(span.text)
            text = ""
    return tuple(made)


def applied(words: str, changes: Iterable[Edit]) -> str:
    """The words after changes that do not overlap; what two of them say alike is done once."""
    parts, at = [], 0
    for one in sorted(set(changes)):
        parts += [words[at:one.start], one.text]
        at = one.end
    return "".join([*parts, words[at:]])


def overlap(one: Edit, other: Edit) -> bool:
    """Whether two changes touch the same words, or say something at the same place. What stands beside each other
    does not overlap: then both can be taken."""
    if one.start == one.end == other.start == other.end:
        return True
    return one.start < other.end and other.start < one.end


def clash(some: Sequence[Edit], others: Sequence[Edit]) -> bool:
    """Whether two sets of changes of the same words cannot both be taken."""
    return any(overlap(one, other) and one != other for one in some for other in others)


# ------------------------------------------------------------------------------------- where the words have moved on
@dataclass(frozen=True, slots=True)
class Carried:
    """Changes of earlier words as changes of the words of now. `held` are those that are said there already, `lost`
    those whose words have become others."""

    edits: Edits
    held: int = 0
    lost: int = 0


def carried(mine: Sequence[Edit], before: str, now: str, theirs: Edits | None = None) -> Carried:
    """My changes of the words `before`, carried over to the words of now. `theirs` leads from the one to the other
    where that is known; else it is found word for word.

    Each change is looked at with all that others did to the same words: where they did nothing it is kept, where they
    did the same it is held, and where they did something else it is lost."""
    if before == now:
        return Carried(tuple(mine))
    if applied(before, mine) == now:
        return Carried((), held=len(mine))
    theirs = fine(before, now) if theirs is None else theirs
    made: list[Edit] = []
    held = lost = 0
    for one in mine:
        start, end, touching = _region(one, theirs)
        moved = sum(_growth(it) for it in theirs if it not in touching and it.end <= start)
        there = now[start + moved:end + moved + sum(map(_growth, touching))]
        if there == before[start:one.start] + one.text + before[one.end:end]:
            held += 1
        elif not touching:
            _add(made, Edit(one.start + moved, one.end + moved, one.text))
        else:
            lost += 1
    return Carried(tuple(made), held, lost)


def _add(made: list[Edit], one: Edit) -> None:
    """Two insertions between which others left everything out stand at one place, and are one."""
    if made and made[-1].start == made[-1].end == one.start == one.end:
        one = Edit(one.start, one.end, made.pop().text + one.text)
    made.append(one)


@lru_cache(maxsize=1024)  # a revised text is asked about on every page, and its words never change
def fine(before: str, after: str) -> Edits:
    """The changes word for word, none drawn together with its neighbour for the reader's sake."""
    return _gathered(spans(before, after, tidy=False))


def _region(one: Edit, theirs: Edits) -> tuple[int, int, list[Edit]]:
    """The words that I changed, and with them all that others changed across their bounds."""
    start, end = one.start, one.end
    touching = [it for it in theirs if overlap(one, it)]
    while touching:
        grown = Edit(min(start, *(it.start for it in touching)), max(end, *(it.end for it in touching)), "")
        if (grown.start, grown.end) == (start, end):
            break
        start, end = grown.start, grown.end
        touching = [it for it in theirs if overlap(grown, it)]
    return start, end, touching


def _growth(one: Edit) -> int:
    return len(one.text) - (one.end - one.start)


# ----------------------------------------------------------------------------------------------- changes of several
@dataclass(frozen=True, slots=True)
class Cluster:
    """Words that one or several change, `start` to `end`; `by` names whose changes, with their place in the order."""

    start: int
    end: int
    changes: tuple[tuple[int, Edit], ...]


def clusters(changes: Sequence[Sequence[Edit]]) -> list[Cluster]:
    """What several change in the same words, drawn together where it overlaps; the clusters are in order and never
    cross."""
    waiting = sorted((edit.start, edit.end, place, edit) for place, each in enumerate(changes) for edit in each)
    found: list[list[tuple[int, Edit]]] = []
    reach = Edit(-1, -1, "")
    for start, end, place, edit in waiting:
        if found and overlap(reach, edit):
            found[-1].append((place, edit))
            reach = Edit(reach.start, max(reach.end, end), "")
        else:
            found.append([(place, edit)])
            reach = Edit(start, end, "")
    return [Cluster(each[0][1].start, max(edit.end for _, edit in each), tuple(each)) for each in found]
