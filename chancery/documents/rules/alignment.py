"""A translation that was read from a file, beside the original: which of its paragraphs translates which.

Where both have as many paragraphs of the same shapes in the same order, each belongs to its counterpart. Else they are
matched in their order by what a language does not change: the shape of a paragraph, the figures in it, and how long it
is beside the others. A person looks at what came of it before anything is kept."""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from .blocks import NEGOTIATED, Block, BlockKind

REACH = 40  # paragraphs by which a match may lie off its place
_LEAST = 0.25  # what speaks for a match at least, so that it is one


@dataclass(frozen=True, slots=True)
class Alignment:
    """The words of a file by the id of the paragraph that they translate, and the paragraphs of the file that belong
    to none. It is `exact` where both texts have the same shapes in the same order."""

    texts: dict[str, str]
    left: list[str]
    exact: bool


def align(text: Sequence[Block], read: Sequence[Block]) -> Alignment:
    """Puts what was read beside a text. Each paragraph of either is used once, and their order stays."""
    exact = [_shape(one) for one in text] == [_shape(one) for one in read]
    pairs = [(at, at) for at in range(len(text))] if exact else _matched(text, read)
    used = {j for _i, j in pairs}
    left = [one.text for j, one in enumerate(read) if j not in used]
    return Alignment({text[i].id: read[j].text for i, j in pairs}, left, exact)


def _shape(one: Block) -> str:
    """Its kind, as far as a reader of any language tells it from the file: paragraphs with words are alike."""
    return "words" if one.kind in NEGOTIATED and one.kind is not BlockKind.TABLE else one.kind.value


@dataclass(frozen=True, slots=True)
class _Trait:
    """What of a paragraph is the same in every language."""

    shape: str
    kind: BlockKind
    figures: frozenset[str]
    length: float  # the logarithm of its characters


def _trait(one: Block) -> _Trait:
    return _Trait(_shape(one), one.kind, _figures(one.text), math.log(len(one.text) + 1))


def _figures(text: str) -> frozenset[str]:
    """The numbers of a text, whatever its digits: `2024`, also of `٢٠٢٤`."""
    plain = "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text)
    return frozenset(re.findall(r"\d+", plain))


def _likeness(one: _Trait, other: _Trait, usual: float) -> float:
    """What speaks for two paragraphs being one; `usual` is how much longer the other language is as a whole."""
    if one.shape != other.shape:
        return 0.0
    if one.kind is BlockKind.TITLE:
        return 1.0  # a text has one, whatever it is called
    found = 1.0 - min(abs(other.length - one.length - usual), 1.5)
    if either := one.figures | other.figures:
        found += 3 * len(one.figures & other.figures) / len(either) - 1
    return found + (_LEAST if one.kind is other.kind else 0.0)


def _matched(text: Sequence[Block], read: Sequence[Block]) -> list[tuple[int, int]]:
    """The pairs, in order, for which most speaks together (as two texts are aligned by dynamic programming)."""
    ours, theirs = [_trait(one) for one in text], [_trait(one) for one in read]
    usual = math.log((sum(len(one.text) for one in read) + 1) / (sum(len(one.text) for one in text) + 1))
    reach = abs(len(ours) - len(theirs)) + REACH
    best = [0.0] * (len(theirs) + 1)
    ways: list[bytearray] = []
    for i, one in enumerate(ours):
        row, way = list(best), bytearray(len(theirs) + 1)  # 0: ours is left out, 1: theirs is, 2: they belong together
        middle = i * len(theirs) // len(ours)
        for j in range(max(0, middle - reach), len(theirs)):
            likeness = _likeness(one, theirs[j], usual) if j <= middle + reach else 0.0
            together = best[j] + likeness if likeness >= _LEAST else -1.0
            row[j + 1], way[j + 1] = max((best[j + 1], 0), (row[j], 1), (together, 2))
        ways.append(way)
        best = row
    return _way_back(ways, len(theirs))


def _way_back(ways: Sequence[bytearray], j: int) -> list[tuple[int, int]]:
    pairs, i = [], len(ways)
    while i and j:
        step = ways[i - 1][j]
        if step == 2:
            pairs.append((i - 1, j - 1))
        i, j = (i if step == 1 else i - 1), (j - 1 if step else j)
    return pairs[::-1]
