"""What one author changes in the words of one paragraph, and which open proposals that is."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from chancery.core.text import tidy

from ..formal.text import sound
from ..rules.edits import Edit, Edits
from .expected import Expected
from .lines import Atom, Stamp
from .marks import whole_seconds
from .paper import Voice


@dataclass(frozen=True, slots=True)
class Worded:
    """Other words for a paragraph: those of an open proposal (`expected`), as they were or `changed` since; or new.
    `edits` are the changes of the words that stand in the file."""

    text: str
    edits: Edits
    at: dt.datetime | None
    expected: Expected | None = None
    changed: bool = False


def alike(one: str, other: str) -> bool:
    """Whether two texts say the same, signs aside that no file can hold."""
    return tidy(sound(one)) == tidy(sound(other))


class Changes:
    """The words of a paragraph as a file has them. Its atoms are those that stand, and what anybody inserted."""

    def __init__(self, atoms: Sequence[Atom]) -> None:
        self.atoms = atoms
        self.places: list[int] = []
        at = 0
        for one in atoms:
            self.places.append(at)
            at += 0 if one.inserted else len(one.text)
        self.base = "".join(one.text for one in atoms if not one.inserted)

    def said(self, chosen: Collection[int]) -> str:
        """The words with some of the changes."""
        return "".join(one.text for i, one in enumerate(self.atoms) if bool(one.inserted) == (i in chosen))

    def edits(self, chosen: Collection[int]) -> Edits:
        made: list[Edit] = []
        for i in sorted(chosen):
            one, at = self.atoms[i], self.places[i]
            new = Edit(at, at, one.text) if one.inserted else Edit(at, at + len(one.text), "")
            if made and made[-1].end == new.start:
                new = Edit(made[-1].start, new.end, made.pop().text + new.text)
            made.append(new)
        return tuple(made)

    def of(self, author: str) -> tuple[list[int], list[int]]:
        """What an author changes, and what of it stands amid the insertion of another."""
        own, amid = [], []
        for i, one in enumerate(self.atoms):
            strikes = one.struck is not None and one.struck.author == author
            if one.inserted is None:
                own += [i] if strikes else []
            elif one.inserted.author != author:
                amid += [i] if strikes else []
            elif not strikes:
                (amid if self._is_amid(i) else own).append(i)
        return own, amid

    def _is_amid(self, i: int) -> bool:
        """Whether one insertion of somebody else goes on at both sides."""
        mine = self.atoms[i].inserted
        before, after = self._around[i]
        return bool(before and before == after and mine and before.author != mine.author)

    @cached_property
    def _around(self) -> list[tuple[Stamp | None, Stamp | None]]:
        """Who inserted what stands before and after each run of words that somebody inserted."""
        runs = [(stamp, len(list(run))) for stamp, run in groupby(self.atoms, key=lambda one: one.inserted)]
        ends = [None, *(stamp for stamp, _ in runs), None]
        return [(ends[at], ends[at + 2]) for at, (_, count) in enumerate(runs) for _ in range(count)]

    def latest(self, chosen: Iterable[int]) -> dt.datetime | None:
        stamps = (one.inserted or one.struck for one in (self.atoms[i] for i in chosen))
        return max((one.at for one in stamps if one and one.at), default=None)

    def worded(
        self, own: Sequence[int], expected: Sequence[Expected], voices: Mapping[str, Voice]
    ) -> Iterator[Worded]:  # fmt: skip
        """An author's changes as proposals. `expected` are the open ones of the same author within these words."""
        rest = list(own)
        met: list[tuple[Expected, list[int]]] = []
        open_ones = []
        for one in expected:
            if found := self._found(one, rest, voices[one.one.ref].at):
                rest = [i for i in rest if i not in found]
                met.append((one, found))
            else:
                open_ones.append(one)
        for one, found in met:
            more = self._touching(found, rest)
            rest = [i for i in rest if i not in more]
            whole = sorted([*found, *more])
            yield Worded(self.said(set(whole)), self.edits(whole), self.latest(whole), one, changed=bool(more))
        for one in open_ones:
            if found := self._left(one, rest, voices[one.one.ref].at):
                found = sorted([*found, *self._touching(found, [i for i in rest if i not in found])])
                rest = [i for i in rest if i not in found]
                yield Worded(self.said(set(found)), self.edits(found), self.latest(found), one, changed=True)
        if rest:
            yield Worded(self.said(set(rest)), self.edits(rest), self.latest(rest))

    def _found(self, one: Expected, rest: Sequence[int], at: dt.datetime) -> list[int]:
        """The changes that are a proposal, word for word: those of its instant, else any at its place."""
        within = [i for i in rest if self._is_within(i, one.edits)]
        for found in (self.dated(within, at), within):
            if found and alike(self.said(set(found)), one.text):
                return found
        return []

    def _left(self, one: Expected, rest: Sequence[int], at: dt.datetime) -> list[int]:
        """What is left of a proposal that was changed."""
        return [i for i in self.dated(rest, at) if self._is_within(i, one.edits)]

    def dated(self, chosen: Iterable[int], at: dt.datetime) -> list[int]:
        """Those of an instant."""
        stamps = ((i, self.atoms[i].inserted or self.atoms[i].struck) for i in chosen)
        return [i for i, stamp in stamps if stamp and stamp.at == whole_seconds(at)]

    def _is_within(self, i: int, edits: Edits) -> bool:
        start = self.places[i]
        end = start if self.atoms[i].inserted else start + len(self.atoms[i].text)
        return any(one.start <= start and end <= one.end for one in edits)

    def _touching(self, found: Sequence[int], rest: Sequence[int]) -> list[int]:
        """Changes that go on right where a proposal ends or begins, with nothing between."""
        reached, waiting = set(found), list(found)
        free = set(rest)
        while waiting:
            i = waiting.pop()
            for near in (i - 1, i + 1):
                if near in free and near not in reached:
                    reached.add(near)
                    waiting.append(near)
        return sorted(reached - set(found))
