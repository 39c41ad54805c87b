"""Two texts beside each other, word by word, in any script; and paragraphs known again in a text that was read anew.

Paragraphs are the same by their id, or by what they say. Their words are compared by diff-match-patch, each word
standing as one character (E. Myers, An O(ND) Difference Algorithm and Its Variations, 1986)."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache

from diff_match_patch import diff_match_patch

from .blocks import Block, BlockKind, new_ids, numbers

ALIKE = 0.5  # the part of their words that two paragraphs share at least, if one continues the other
REACH = 24  # paragraphs that are looked past for the one that is alike
PATIENCE = 1_000_000  # steps of one comparison, about a second; what is then not yet compared is shown as replaced


class SpanKind(StrEnum):
    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"


class Change(StrEnum):
    """What became of a paragraph."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    MOVED_AND_CHANGED = "moved-and-changed"


@dataclass(frozen=True, slots=True)
class Span:
    """Words that stand in both texts, in the new one alone, or in the old one alone."""

    kind: SpanKind
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands in a text, from 1, and what it is called there (`3`, `PP2`, `I.4`, or nothing)."""

    position: int
    number: str
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of either text. What was removed stands after what it followed; what moved, at its new place.

    The spans without insertions are exactly the old words, those without deletions exactly the new ones."""

    id: str
    kind: BlockKind
    change: Change
    old: Place | None
    new: Place | None
    spans: tuple[Span, ...]


def compare(old: Sequence[Block], new: Sequence[Block]) -> list[Row]:
    """Two versions, paragraph by paragraph in the order of the new one."""
    partners = _partners(old, new, _by_id(old, new))
    staying = _staying(partners)
    was, now = _places(old), _places(new)
    words = dict(zip(partners, _compared([(old[i].text, new[j].text) for j, i in partners.items()]), strict=True))
    gone = _gone(old, was, set(partners.values()), {partners[j] for j in staying})
    rows = gone[-1]
    for j, block in enumerate(new):
        if j in partners:
            change = _change(old[partners[j]], block, moved=j not in staying)
            rows.append(Row(block.id, block.kind, change, was[partners[j]], now[j], tuple(words[j])))
        else:
            added = tuple(_whole(SpanKind.INSERT, block.text))
            rows.append(Row(block.id, block.kind, Change.ADDED, None, now[j], added))
        if j in staying:
            rows += gone[partners[j]]
    return rows


def spans(old: str, new: str, *, tidy: bool = True) -> list[Span]:
    """The words of one paragraph: what stayed, went and came. Tidy, changes that stand close are drawn together, as a
    reader wants to see them; else what stayed stays, be it one word."""
    return _compared([(old, new)], tidy=tidy)[0]


def recognise(known: Sequence[Block], read: Sequence[Block], used: Iterable[str] = ()) -> list[Block]:
    """A text that was read anew, its paragraphs bearing the ids of those of `known` that they continue, so that
    positions and translations stay with them. The others get ids that neither `known` nor `used` has."""
    partners = _partners(known, read, {})
    fresh = new_ids([*used, *(one.id for one in known)])
    return [replace(one, id=known[partners[j]].id if j in partners else next(fresh)) for j, one in enumerate(read)]


# ---------------------------------------------------------------- paragraphs: place in the new text → in the old one
def _by_id(old: Sequence[Block], new: Sequence[Block]) -> dict[int, int]:
    places = {one.id: i for i, one in enumerate(old)}
    return {j: places[one.id] for j, one in enumerate(new) if one.id in places}


def _partners(old: Sequence[Block], new: Sequence[Block], found: dict[int, int]) -> dict[int, int]:
    """Those found, then of the others those with the same words in order, then the most alike first."""
    partners = dict(found)
    taken = set(found.values())
    same: dict[str, list[int]] = {}
    for i in reversed([i for i in range(len(old)) if i not in taken]):
        same.setdefault(old[i].text, []).append(i)
    for j, block in enumerate(new):
        if j not in partners and same.get(block.text):
            partners[j] = same[block.text].pop()
            taken.add(partners[j])
    for _, _, i, j in _alike(old, new, [i for i in range(len(old)) if i not in taken], partners):
        if i not in taken and j not in partners:
            partners[j] = i
            taken.add(i)
    return partners


def _alike(
    old: Sequence[Block], new: Sequence[Block], left: Sequence[int], partners: dict[int, int]
) -> list[tuple[float, int, int, int]]:
    """Pairs of paragraphs that may be one, the most alike and the nearest first."""
    words = {i: _words(old[i].text) for i in left}
    pairs = []
    for rank, j in enumerate(j for j in range(len(new)) if j not in partners):
        mine = _words(new[j].text)
        for other in range(max(0, rank - REACH), min(len(left), rank + REACH + 1)):
            i = left[other]
            likeness = _likeness(mine, words[i], titles=new[j].kind is old[i].kind is BlockKind.TITLE)
            if likeness >= ALIKE:
                pairs.append((-likeness, abs(rank - other), i, j))
    return sorted(pairs)


def _likeness(one: frozenset[str], other: frozenset[str], *, titles: bool) -> float:
    """The part of their words that they share, from 0 to 1. A text has one title, however it changes."""
    if titles or not one and not other:
        return 1.0
    return 2 * len(one & other) / (len(one) + len(other))


def _words(text: str) -> frozenset[str]:
    return frozenset(one.casefold() for one in tokens(text) if not one.isspace())


def _staying(partners: dict[int, int]) -> set[int]:
    """The most paragraphs that kept their order: a longest increasing subsequence. The others moved."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for j, i in sorted(partners.items()):
        at = bisect_left(tails, i)
        before[j] = ends[at - 1] if at else None
        tails[at:at + 1], ends[at:at + 1] = [i], [j]
    staying, last = set(), ends[-1] if ends else None
    while last is not None:
        staying.add(last)
        last = before[last]
    return staying


def _gone(old: Sequence[Block], was: Sequence[Place], found: set[int], staying: set[int]) -> dict[int, list[Row]]:
    """What was removed, by the place of the staying paragraph that it followed; by -1 at the beginning."""
    gone: dict[int, list[Row]] = {-1: []}
    after = -1
    for i, block in enumerate(old):
        if i in staying:
            gone[after := i] = []
        elif i not in found:
            removed = tuple(_whole(SpanKind.DELETE, block.text))
            gone[after].append(Row(block.id, block.kind, Change.REMOVED, was[i], None, removed))
    return gone


def _places(blocks: Sequence[Block]) -> list[Place]:
    called = numbers(blocks)
    return [Place(i, called.get(one.id, ""), one.kind) for i, one in enumerate(blocks, 1)]


def _change(old: Block, new: Block, *, moved: bool) -> Change:
    if (old.text, old.kind) == (new.text, new.kind):
        return Change.MOVED if moved else Change.SAME
    return Change.MOVED_AND_CHANGED if moved else Change.CHANGED


# -------------------------------------------------------------------------------------------------------- words
def _compared(pairs: Sequence[tuple[str, str]], *, tidy: bool = True) -> list[list[Span]]:
    """Each pair has patience by its length; a rewritten paragraph does not take it from those that follow."""
    size = sum(len(old) + len(new) for old, new in pairs if old != new)
    comparer = _Comparer(tidy)
    return [comparer.spans(old, new, PATIENCE * (len(old) + len(new)) // max(1, size)) for old, new in pairs]


def _whole(kind: SpanKind, text: str) -> list[Span]:
    return [Span(kind, text)] if text else []


@cache
def _token() -> re.Pattern[str]:
    """A word, a number as it is written, blanks, or a sign; in scripts without blanks, a character. Marks, and what
    joins, belong to what they follow."""
    places = [0xAD, *range(0x300, 0x1F000), *range(0x1F3FB, 0x1F400), *range(0xE0000, 0xE01F0)]
    joining = "".join(map(chr, (one for one in places if _joins(chr(one)))))
    marks = f"[{re.escape(joining)}]"
    unspaced = (
        "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff"
        "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
    )
    word = rf"[^\W{unspaced}]+"
    return re.compile(
        rf"\d+(?:[.,\u066b\u066c]\d+)+"
        rf"|{word}(?:{marks}+(?:{word})?)*"
        rf"|\s+"
        rf"|[\U0001f1e6-\U0001f1ff]{{2}}"
        rf"|.{marks}*(?:(?<=\u200d)[^\w\s]{marks}*)*",
        re.DOTALL,
    )


def _joins(character: str) -> bool:
    """Marks, what is not seen (Unicode's Mn, Mc, Me, Cf), and the colours of skin of emoji."""
    return unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf") or character >= "\U0001f3fb"


def tokens(text: str) -> list[str]:
    """What is compared as one. Joined they are the text."""
    return _token().findall(text)


@dataclass
class _Letters:
    """One character for each token: a letter for a word, a sign for a sign, a blank or line feed for itself, which
    is how diff-match-patch knows where words begin when it tidies."""

    given: dict[str, str] = field(default_factory=lambda: {" ": " ", "\n": "\n"})
    words: int = 0x20000
    signs: int = 0xF0000

    def write(self, text: str) -> str:
        return "".join(self.given.get(one) or self._give(one) for one in tokens(text))

    def _give(self, token: str) -> str:
        if token[0].isalnum():
            letter, self.words = chr(self.words), self.words + 1
        else:
            letter, self.signs = chr(self.signs), self.signs + 1
        self.given[token] = letter
        return letter

    def read(self) -> dict[str, str]:
        return {letter: token for token, letter in self.given.items()}


class _Runs(dict[str, str]):
    """Letters that the other text lacks, and blanks between them, written as one: they cannot be found in it, and a
    paragraph that was rewritten is compared thirty times as fast."""

    def write(self, text: str, other: str) -> str:
        alone = set(text) - set(other)
        seen = "".join("1" if one in alone else " " if one == " " else "0" for one in text)
        parts, at = [], 0
        for run in re.finditer("1(?: ?1)+", seen):
            sign = chr(0xE000 + len(self))
            self[sign] = text[run.start():run.end()]
            parts += [text[at:run.start()], sign]
            at = run.end()
        return "".join([*parts, text[at:]])

    def read(self, text: str) -> str:
        return "".join(self.get(one, one) for one in text)


class _Comparer(diff_match_patch):
    """Counts steps where the original looks at the clock, so that the same two texts always give the same page."""

    def __init__(self, tidy: bool) -> None:
        super().__init__()
        self.Diff_Timeout = 0
        self.patience = 0
        self.tidy = tidy

    def spans(self, old: str, new: str, patience: int) -> list[Span]:
        """With as many steps, and those that earlier paragraphs left."""
        if old == new:
            return _whole(SpanKind.EQUAL, old)
        self.patience = max(0, self.patience) + patience
        letters, runs = _Letters(), _Runs()
        before, after = letters.write(old), letters.write(new)
        rough = self.diff_main(runs.write(before, after), runs.write(after, before), False)
        found = [(kind, runs.read(written)) for kind, written in rough]
        if self.tidy:
            self.diff_cleanupSemantic(found)
        read = letters.read()
        return [Span(_KIND[kind], "".join(map(read.__getitem__, written))) for kind, written in found]

    def diff_bisect(self, old: str, new: str, deadline: object) -> list[tuple[int, str]]:
        return super().diff_bisect(old, new, _Deadline(self))


_KIND = {
    diff_match_patch.DIFF_EQUAL: SpanKind.EQUAL,
    diff_match_patch.DIFF_INSERT: SpanKind.INSERT,
    diff_match_patch.DIFF_DELETE: SpanKind.DELETE,
}


@dataclass
class _Deadline:
    """Past once the comparer's patience is used up; each round of a search takes one step more than the last."""

    comparer: _Comparer
    round: int = 0

    def __lt__(self, now: float) -> bool:
        self.round += 1
        self.comparer.patience -= self.round
        return self.comparer.patience < 0
