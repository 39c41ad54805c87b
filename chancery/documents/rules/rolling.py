"""The rolling text: a version with every open proposal in brackets. It is compiled, never edited.

What was agreed is in the words already; what is open stands in brackets with its authors, word by word; what cannot
stand in the same brackets stands beside the paragraph as an alternative. Nothing accepted, the text is that of the
version with what was agreed; everything accepted of proposals that do not conflict, it says what each of them says."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from .blocks import Block, BlockKind, numbers
from .edits import Carried, Cluster, Edit, Edits, applied, carried, clusters, fine
from .proposals import Amendment, Fit, ProposalKind
from .readings import Anchors, Orders, Standing, end_of

TIMES = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies")


class Place(StrEnum):
    """Why a paragraph stands where it stands."""

    STANDS = "stands"
    INSERTED = "inserted"  # a proposal would add it
    ARRIVES = "arrives"  # a proposal would move it here


@dataclass(frozen=True, slots=True)
class Option:
    """One wording in a bracket, and the proposals (references) that want it; empty words leave out what is there."""

    text: str
    proposals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words: `text` as it stands, and what is proposed in its place; without `options` it is undisputed."""

    text: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another paragraph in the place of one. `number` is what it is called (`3 alt`); with `conflict` its author meant
    a change of words that have become others meanwhile."""

    number: str
    text: str
    proposals: tuple[str, ...]
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Rolled:
    """A paragraph of the rolling text. `block` has the words that stand; `proposal` is the one that inserts or moves
    it here. `deletions` and `departures` are the proposals to leave it out, and to move it away."""

    block: Block
    number: str
    parts: tuple[Part, ...]
    place: Place = Place.STANDS
    proposal: str = ""
    alternatives: tuple[Alternative, ...] = ()
    deletions: tuple[str, ...] = ()
    departures: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()

    @property
    def proposals(self) -> Iterator[str]:
        """The proposals that show on it, in the order in which they are read."""
        found = [self.proposal] if self.proposal else []
        found += self.deletions + self.departures
        found += [ref for part in self.parts for option in part.options for ref in option.proposals]
        found += [ref for one in self.alternatives for ref in one.proposals]
        yield from dict.fromkeys([*found, *self.pending])


@dataclass(frozen=True, slots=True)
class RollingText:
    """The paragraphs in order, and how each open proposal lies on the text. `astray` are those that show on no
    paragraph, because theirs is gone or says it already."""

    paragraphs: tuple[Rolled, ...]
    fits: Mapping[str, Fit]
    astray: tuple[str, ...]

    @property
    def order(self) -> list[str]:
        """The proposals in the order in which a reader meets them: the order of the footnotes."""
        return list(dict.fromkeys(ref for one in self.paragraphs for ref in one.proposals))


# --------------------------------------------------------------------------------------------------- compilation
def compiled(text: Standing, open_ones: Sequence[Amendment], orders: Orders) -> RollingText:
    """The rolling text from the words that stand and the open proposals, in the order in which they were tabled."""
    return _Compilation(text.blocks, open_ones, orders, dict(text.known), text.ends).text()


@dataclass
class _Compilation:
    blocks: Sequence[Block]
    open_ones: Sequence[Amendment]
    orders: Orders
    known: dict[tuple[str, str], Edits]
    ends: Mapping[str, str]
    fits: dict[str, Fit] = field(default_factory=dict)

    def text(self) -> RollingText:
        called, times, followers = numbers(self.blocks), _Times(), self._followers()
        paragraphs = list(self._following("", followers, called, times))
        for block in self.blocks:
            number = called.get(block.id, "")
            times.passed(block, number)
            paragraphs.append(self._rolled(block, number))
            paragraphs += self._following(block.id, followers, called, times)
        shown = {ref for one in paragraphs for ref in one.proposals}
        for one in self.open_ones:
            self.fits.setdefault(one.ref, Fit.GONE)
        astray = tuple(one.ref for one in self.open_ones if one.ref not in shown)
        return RollingText(tuple(paragraphs), self.fits, astray)

    @cached_property
    def _standing(self) -> dict[str, Block]:
        return {one.id: one for one in self.blocks}

    @cached_property
    def _insertions(self) -> dict[str, Amendment]:
        return {
            one.block: one
            for one in self.open_ones
            if one.kind is ProposalKind.INSERT and one.block not in self._standing
        }  # fmt: skip

    @cached_property
    def _about(self) -> dict[str, list[Amendment]]:
        """The proposals on each paragraph that is there, or would be."""
        found: dict[str, list[Amendment]] = defaultdict(list)
        for one in self.open_ones:
            if one.kind is ProposalKind.INSERT:
                if one.block in self._standing:
                    self.fits[one.ref] = Fit.IN_TEXT
            elif one.block in self._standing or one.block in self._insertions:
                found[one.block].append(one)
            elif one.kind is ProposalKind.DELETE:
                self.fits[one.ref] = Fit.IN_TEXT
        return found

    def _followers(self) -> dict[str, list[Amendment]]:
        """What is inserted or moved, by the paragraph after which it stands."""
        anchors = Anchors([*self._standing, *self._insertions], self.orders)
        found: dict[str, list[Amendment]] = defaultdict(list)
        for one in self.open_ones:
            inserts = self._insertions.get(one.block) is one
            if inserts or (one.kind is ProposalKind.MOVE and one.block in self._standing):
                at = anchors.find(one)
                self.fits[one.ref] = Fit.FITS if at == one.after else Fit.CARRIED
                found[end_of(at, self.ends, self._standing)].append(one)
        return found

    def _following(
        self, after: str, followers: Mapping[str, list[Amendment]], called: Mapping[str, str], times: "_Times"
    ) -> Iterator[Rolled]:
        """What stands after a paragraph, and what stands after that."""
        waiting = list(reversed(followers.get(after, ())))
        while waiting:
            one = waiting.pop()
            if one.kind is ProposalKind.MOVE:
                yield Rolled(self._standing[one.block], called.get(one.block, ""), (), Place.ARRIVES, one.ref)
                continue
            block = Block(one.block, one.block_kind, one.text)
            yield self._rolled(block, times.number(block), one)
            waiting += reversed(followers.get(one.block, ()))

    # ------------------------------------------------------------------------------------------ one paragraph
    def _rolled(self, block: Block, number: str, inserting: Amendment | None = None) -> Rolled:
        about = self._about.get(block.id, ())
        if not about:
            plain = (Part(block.text),) if block.text else ()
            place = Place.INSERTED if inserting else Place.STANDS
            pending = (inserting.ref,) if inserting and inserting.pending else ()
            return Rolled(block, number, plain, place, inserting.ref if inserting else "", pending=pending)
        worded = [(one, self._lying(one, block)) for one in about if one.kind is ProposalKind.WORDS and not one.pending]
        inline = [(one, lying.edits) for one, lying in worded if lying.edits and not lying.lost]
        return Rolled(
            block, number, tuple(_parts(block.text, inline)),
            Place.INSERTED if inserting else Place.STANDS, inserting.ref if inserting else "",
            alternatives=tuple(self._alternatives(about, block, number)),
            deletions=self._of(about, ProposalKind.DELETE), departures=self._of(about, ProposalKind.MOVE),
            pending=tuple(one.ref for one in [*about, *([inserting] if inserting else [])] if one.pending),
        )  # fmt: skip

    def _lying(self, one: Amendment, block: Block) -> Carried:
        """The changes of a proposal on the words that stand."""
        between = (one.before, block.text)
        if one.before != block.text and between not in self.known:
            self.known[between] = fine(*between)
        found = carried(one.edits, *between, self.known.get(between))
        if found.lost:
            self.fits[one.ref] = Fit.CONFLICT
        elif not found.edits:
            self.fits[one.ref] = Fit.IN_TEXT
        else:
            self.fits[one.ref] = Fit.FITS if one.before == block.text else Fit.CARRIED
        return found

    def _of(self, about: Iterable[Amendment], kind: ProposalKind) -> tuple[str, ...]:
        found = [one.ref for one in about if one.kind is kind]
        for ref in found:
            self.fits.setdefault(ref, Fit.FITS)
        return tuple(found)

    def _alternatives(self, about: Iterable[Amendment], block: Block, number: str) -> Iterator[Alternative]:
        """The same words of several authors are one alternative."""
        wordings: dict[tuple[str, bool], list[str]] = defaultdict(list)
        for one in about:
            lost = self.fits.get(one.ref) is Fit.CONFLICT
            if one.pending:
                self.fits.setdefault(one.ref, Fit.FITS)
            elif one.kind is ProposalKind.ALTERNATIVE and one.text == block.text:
                self.fits[one.ref] = Fit.IN_TEXT
            elif one.kind is ProposalKind.ALTERNATIVE or lost:
                self.fits.setdefault(one.ref, Fit.FITS if one.before == block.text else Fit.CARRIED)
                wordings[one.text, lost].append(one.ref)
        for place, ((text, lost), refs) in enumerate(wordings.items(), 1):
            called = f"{number} alt" if len(wordings) == 1 else f"{number} alt {place}"
            yield Alternative(called.strip(), text, tuple(refs), lost)


class _Times:
    """What inserted paragraphs are called: `3 bis` after 3, then `3 ter`; the numbers of the others stay."""

    def __init__(self) -> None:
        self.annex = ""
        self.last = {"PP": "PP0", "": "0"}
        self.given: Counter[str] = Counter()

    def passed(self, block: Block, number: str) -> None:
        """A paragraph that stands."""
        if block.kind is BlockKind.ANNEX:
            self.annex = number
            self.last = {"PP": f"{number}.PP0", "": f"{number}.0"}
        elif number:
            self.last[self._series(block)] = number

    def number(self, block: Block) -> str:
        if block.kind in (BlockKind.TITLE, BlockKind.HEADING):
            return ""
        base = self.annex if block.kind is BlockKind.ANNEX else self.last[self._series(block)]
        self.given[base] += 1
        times = self.given[base]
        return f"{base} {TIMES[times - 1] if times <= len(TIMES) else f'({times + 1})'}".strip()

    def _series(self, block: Block) -> str:
        return "PP" if block.kind is BlockKind.PREAMBULAR else ""


def _parts(text: str, changes: Sequence[tuple[Amendment, Edits]]) -> Iterator[Part]:
    """The words of a paragraph, undisputed and in brackets; the brackets never cross."""
    at = 0
    for cluster in clusters([edits for _, edits in changes]):
        if cluster.start > at:
            yield Part(text[at:cluster.start])
        yield Part(text[cluster.start:cluster.end], tuple(_options(text, cluster, [one.ref for one, _ in changes])))
        at = cluster.end
    if at < len(text):
        yield Part(text[at:])


def _options(text: str, cluster: Cluster, refs: Sequence[str]) -> Iterator[Option]:
    """The wordings of a bracket, each once, with all who want it, in the order in which they were tabled."""
    by_author: dict[int, list[Edit]] = defaultdict(list)
    for place, edit in cluster.changes:
        by_author[place].append(edit)
    wordings: dict[str, list[str]] = defaultdict(list)
    for place in sorted(by_author):
        shifted = [Edit(a - cluster.start, b - cluster.start, said) for a, b, said in by_author[place]]
        wordings[applied(text[cluster.start:cluster.end], shifted)].append(refs[place])
    for said, authors in wordings.items():
        yield Option(said, tuple(authors))
