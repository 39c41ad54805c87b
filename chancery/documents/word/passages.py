"""The lines of a file put together to the paragraphs of the text, as they were before anybody divided or joined them,
and what an author makes of them."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..rules.blocks import Block, BlockKind
from ..rules.comparison import recognise
from . import grids
from .changes import Changes
from .lines import Atom, Grid, Item, Line
from .marks import KINDS


@dataclass(slots=True)
class Group:
    """Lines that are one paragraph where nothing is accepted. `block` is the one of the text that it is."""

    lines: list[Line]
    block: str = ""

    @property
    def base(self) -> str:
        return "".join(line.base for line in self.lines)


@dataclass(slots=True)
class Cluster:
    """Paragraphs that somebody joins or divides, or just one."""

    groups: list[Group]

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]


@dataclass(slots=True)
class Added:
    """A paragraph or table that stands there for an open proposal alone."""

    item: Item
    ref: str


@dataclass(slots=True)
class Table:
    grid: Grid
    block: str = ""


Passage = Cluster | Added | Table


def passages(
    items: Sequence[Item], of_block: Mapping[str, str], of_proposal: Mapping[str, str], standing: Sequence[Block]
) -> list[Passage]:  # fmt: skip
    """By their bookmarks; what has none is known again by its words."""
    found = list(_passages(items, of_block, of_proposal))
    _recognise(found, standing)
    return found


def _passages(
    items: Sequence[Item], of_block: Mapping[str, str], of_proposal: Mapping[str, str]
) -> Iterator[Passage]:  # fmt: skip
    met: set[str] = set()
    waiting: list[Line] = []

    def named(marks: Sequence[str], names: Mapping[str, str]) -> str:
        name = next((names[one] for one in marks if one in names and names[one] not in met), "")
        met.add(name)
        return name

    def cluster() -> Iterator[Cluster]:
        if waiting:
            groups = [Group(one) for one in _groups(waiting)]
            for group in groups:
                group.block = named([mark for line in group.lines for mark in line.marks], of_block)
            yield Cluster(groups)
            waiting.clear()

    for item in items:
        if ref := named(item.marks, of_proposal):
            yield from cluster()
            yield Added(item, ref)
        elif isinstance(item, Grid):
            yield from cluster()
            yield Table(item, named(item.marks, of_block))
        else:
            waiting.append(item)
            if item.last or not (item.inserted or item.struck):
                yield from cluster()
    yield from cluster()


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        group.append(line)
        if not line.inserted:
            yield group
            group = []
    if group:
        yield group


def kind_of(style: str, otherwise: BlockKind) -> BlockKind:
    return KINDS.get(style, otherwise)


def _recognise(found: Sequence[Passage], standing: Sequence[Block]) -> None:
    """Paragraphs that lost their bookmark."""
    groups = [group for one in found if isinstance(one, Cluster) for group in one.groups]
    named = {one.block for one in [*groups, *(one for one in found if isinstance(one, Table))]}
    missing = [one for one in standing if one.id not in named]
    nameless: list[tuple[Group | Table, Block]] = []
    for one in found:
        if isinstance(one, Table) and not one.block:
            nameless.append((one, Block(f"?{len(nameless)}", BlockKind.TABLE, grids.base(one.grid))))
        elif isinstance(one, Cluster):
            for group in one.groups:
                if not group.block and (base := group.base.strip()):
                    kind = kind_of(group.lines[-1].style, BlockKind.PARAGRAPH)
                    nameless.append((group, Block(f"?{len(nameless)}", kind, base)))
    if not missing or not nameless:
        return
    wanted = {one.id for one in missing}
    for (part, _), block in zip(nameless, recognise(missing, [block for _, block in nameless]), strict=True):
        if block.id in wanted:
            part.block = block.id


# ------------------------------------------------------------------------------------------------- of one author
@dataclass(frozen=True, slots=True)
class Words:
    """An author's changes of the words of a paragraph: `own`, and those `amid` the insertion of somebody else."""

    group: Group
    changes: Changes
    own: list[int]
    amid: list[int]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A paragraph that an author joins with others, or divides."""

    group: Group
    text: str
    joins: bool
    at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Left:
    """A paragraph that an author leaves out; `moved` if the file says that it stands elsewhere."""

    group: Group
    moved: bool
    at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class New:
    """A paragraph that an author adds, `after` the group at this place among those of the cluster, or before all."""

    after: int
    text: str
    style: str
    moved: bool
    at: dt.datetime | None


@dataclass(slots=True)
class _Segment:
    """A paragraph as an author wants it."""

    atoms: list[tuple[int, Atom]] = field(default_factory=list)  # with the line each is from
    lines: set[int] = field(default_factory=set)

    @property
    def text(self) -> str:
        return "".join(one.text for _, one in self.atoms)


class Reading:
    """What an author makes of a cluster."""

    def __init__(self, cluster: Cluster, author: str) -> None:
        self.author, self.groups, self.lines = author, cluster.groups, cluster.lines
        self.group_of = [place for place, group in enumerate(cluster.groups) for _ in group.lines]
        self.worded: dict[int, tuple[int, int]] = {}  # the first and the last line of a group that has words of it
        self.before = [-1]  # the group whose words stand last before each line
        for i, line in enumerate(self.lines):
            place = self.group_of[i]
            worded = bool(line.base.strip())
            if worded:
                self.worded[place] = (self.worded.get(place, (i, i))[0], i)
            self.before.append(place if worded else self.before[-1])
        self.segments = list(self._segments())
        self.used: set[int] = set()

    def events(self) -> Iterator[Words | Rewritten | Left | New]:
        shown = [self._shown(one) for one in self.segments]
        for place, group in enumerate(self.groups):
            if group.base.strip():
                yield from self._of_group(place, group, [at for at, one in enumerate(shown) if place in one], shown)
        for at, one in enumerate(self.segments):
            if at not in self.used and one.text.strip():
                yield self._new(one)

    def _segments(self) -> Iterator[_Segment]:
        visible = grids.of_author(self.author)
        now = _Segment()
        for i, line in enumerate(self.lines):
            now.lines.add(i)
            now.atoms += [(i, one) for one in line.atoms if visible(one)]
            if self._ends(i):
                yield now
                now = _Segment()
        yield now

    def _ends(self, i: int) -> bool:
        """Whether a paragraph ends with a line, for the author. An end that somebody else inserted beside the words of
        a paragraph, not amid them, divides nothing, and what stands beyond it is a paragraph for everybody."""
        line = self.lines[i]
        if line.struck and line.struck.author == self.author:
            return False
        if not line.inserted or line.inserted.author == self.author:
            return True
        first, last = self.worded.get(self.group_of[i], (i, i))
        return not first <= i < last

    def _shown(self, one: _Segment) -> list[int]:
        """The paragraphs of the text of which a segment has words."""
        standing = [self.group_of[i] for i, atom in one.atoms if not atom.inserted and atom.text.strip()]
        return list(dict.fromkeys(standing))

    def _of_group(
        self, place: int, group: Group, at: Sequence[int], shown: Sequence[Sequence[int]]
    ) -> Iterator[Words | Rewritten | Left]:  # fmt: skip
        self.used.update(at[:1])
        if not at:
            replaced = self._replaced(place)
            if replaced is None:
                struck = [a.struck for line in group.lines for a in line.atoms if a.struck and self._mine(a)]
                moved = any(a.moved and self._mine(a) for line in group.lines for a in line.atoms)
                yield Left(group, moved, max((one.at for one in struck if one and one.at), default=None))
            else:
                self.used.add(replaced)
                yield self._words(place, group, self.segments[replaced])
            return
        first = self.segments[at[0]]
        if len(at) == 1 and len(shown[at[0]]) == 1:
            yield self._words(place, group, first)
        elif shown[at[0]][0] == place:
            yield Rewritten(group, first.text, len(shown[at[0]]) > 1, self._latest(first))
        else:
            yield Left(group, False, self._latest(first))

    def _mine(self, atom: Atom) -> bool:
        return bool(atom.struck and atom.struck.author == self.author and not atom.inserted)

    def _replaced(self, place: int) -> int | None:
        """The segment that stands in the place of a paragraph of which every word was struck."""
        lines = {i for i, line in enumerate(self.lines) if self.group_of[i] == place and line.base.strip()}
        for at, one in enumerate(self.segments):
            said = {i for i, atom in one.atoms if atom.text.strip()}
            if said and said <= lines and at not in self.used:
                return at
        return None

    def _words(self, place: int, group: Group, segment: _Segment) -> Words:
        atoms = [
            one
            for i, line in enumerate(self.lines)
            for one in line.atoms
            if (i in segment.lines if one.inserted else self.group_of[i] == place)
        ]
        changes = Changes(atoms)
        return Words(group, changes, *changes.of(self.author))

    def _new(self, one: _Segment) -> New:
        first = min((i for i, atom in one.atoms if atom.text.strip()), default=min(one.lines))
        own = [atom for _, atom in one.atoms if atom.inserted]
        moved = any(atom.moved for atom in own)
        return New(self.before[first], one.text, self.lines[first].style, moved, self._latest(one))

    def _latest(self, one: _Segment) -> dt.datetime | None:
        stamps = [atom.inserted for _, atom in one.atoms] + [self.lines[i].struck for i in one.lines]
        stamps += [self.lines[i].inserted for i in one.lines]
        return max((it.at for it in stamps if it and it.author == self.author and it.at), default=None)
