"""A column of a file understood as proposals: for each author, what the text would be if that author's tracked changes
were taken and nobody else's; and what is changed without an author."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from chancery.core.text import tidy

from ..reading.pieces import Lost
from ..rules.blocks import Block, BlockKind
from ..rules.edits import applied, carried, fine
from ..rules.proposals import ProposalKind
from . import grids, moves, passages, returned, untracked
from .changes import Changes, Worded, alike
from .comments import Remarked
from .expected import Expected, Shown
from .ledger import Ledger
from .lines import Grid, Item, Line, Stamp
from .marks import block_mark, proposal_mark, whole_seconds
from .passages import Added, Cluster, Left, New, Reading, Rewritten, Table, Words
from .returned import Found, KnownText, Understood

FEW = 1 / 3  # of its paragraphs: with fewer it is hardly the same text
_NEW_KIND = {BlockKind.TITLE: BlockKind.HEADING}  # a text has one title


class Column(Ledger):
    """What one language of a file says."""

    def __init__(
        self, language: str, known: KnownText, items: Sequence[Item], commented: Mapping[str, Remarked]
    ) -> None:  # fmt: skip
        super().__init__(language, known)
        self.commented = commented
        self.losses: list[tuple[int, Lost, int]] = []
        self.told: set[str] = set()  # the comments that were read
        self.sent: dict[tuple[str, dt.datetime | None], list[str]] = defaultdict(list)  # by author and instant
        for ref, voice in known.voices.items():
            self.sent[voice.author.strip(), whole_seconds(voice.at)].append(ref)
        self._read(items)

    # ----------------------------------------------------------------------------------------- all of it
    def _read(self, items: Sequence[Item]) -> None:
        of_block = {block_mark(id, self.language): id for id in self.memory.blocks}
        of_proposal = {proposal_mark(ref, self.language): ref for ref in self.memory.by_ref}
        for passage in passages.passages(items, of_block, of_proposal, self.known.blocks):
            before = {author: len(found) for author, found in self.authors.items()}
            if isinstance(passage, Cluster):
                self._cluster(passage)
                lines = passage.lines
            elif isinstance(passage, Table):
                self._table(passage)
                lines = passage.grid.lines
            else:
                self._added(passage)
                lines = [passage.item] if isinstance(passage.item, Line) else passage.item.lines
            self._around(lines, before)
        untracked.gather(self)
        moves.gather(self)

    @property
    def absent(self) -> list[str]:
        return [ref for ref in self.memory.by_ref if ref not in self.seen]

    @property
    def met(self) -> int:
        """How many paragraphs of the text the file has."""
        return sum(one.id in self.places for one in self.file)

    def _around(self, lines: Iterable[Line], before: Mapping[str, int]) -> None:
        """What was lost there, and the comments: reasons of what their authors changed there, else told."""
        place = self.places.get(self.last, 0)
        for line in lines:
            self.losses += [(place, kind, count) for kind, count in line.lost.items()]
            for id in line.comments:
                if id in self.commented and id not in self.told:
                    self.told.add(id)
                    self._comment(self.commented[id], before)

    def _comment(self, one: Remarked, before: Mapping[str, int]) -> None:
        if refs := self.sent.get((one.author, one.at)):  # it went out with a proposal
            for ref in refs:
                it = self.memory.by_ref.get(ref)
                if it and it.shown is Shown.SAID and ref not in self.seen:
                    self.add(one.author, self.of(it, one.at))
            return
        for entry in self.authors.get(one.author, [])[before.get(one.author, 0) :]:
            if entry.one.status is not Found.KNOWN:
                reason = "\n".join(filter(None, (entry.one.reason, one.text)))
                entry.one = replace(entry.one, reason=reason)
                return
        self.tell(returned.COMMENTED, one.author, words=one.text)

    # -------------------------------------------------------------------------------- paragraphs of the text
    def _cluster(self, cluster: Cluster) -> None:
        before = self.last
        for group in cluster.groups:
            base = tidy(group.base)
            if base or (group.block and not self.block(group.block).text):  # emptied, it is not there
                id = group.block or f"?{len(self.file)}"
                kind = self.block(group.block).kind if group.block else self._kind_of_new(group.lines[-1].style)
                self.file.append(Block(id, kind, self._as_known(id, base)))
            self.last = group.block or self.last
        for author in self._authors(stamp for line in cluster.lines for stamp in grids.of_line(line)):
            for event in Reading(cluster, author).events():
                self._event(author, event, cluster, before)

    def _as_known(self, id: str, base: str) -> str:
        return self.block(id).text if alike(base, self.block(id).text) else base

    def _authors(self, stamps: Iterable[Stamp]) -> list[str]:
        return list(dict.fromkeys(one.author for one in stamps))

    def _kind_of_new(self, style: str) -> BlockKind:
        kind = passages.kind_of(style, self.block(self.last).kind)
        return _NEW_KIND.get(kind, BlockKind.OPERATIVE if kind is BlockKind.TABLE else kind)

    def _event(
        self, author: str, event: Words | Rewritten | Left | New, cluster: Cluster, before: str
    ) -> None:  # fmt: skip
        if isinstance(event, New):
            blocks = [before, *(group.block for group in cluster.groups[: event.after + 1])]
            self._new(author, event, next(filter(None, reversed(blocks)), ""))
        elif not event.group.block:
            self.tell(returned.NOT_CARRIED, author)
        elif isinstance(event, Words):
            self._words(author, event.group.block, event.changes, event.own, event.amid)
        elif isinstance(event, Left):
            self._left(author, event.group.block, event.at, moved=event.moved)
        else:
            self.tell(returned.JOINED if event.joins else returned.DIVIDED, author, event.group.block)
            self.changed(author, event.group.block, event.text, event.at)

    def _words(self, author: str, block: str, changes: Changes, own: Sequence[int], amid: Sequence[int]) -> None:
        if amid:
            self._nested(author, changes, amid)
        known = self.block(block).text
        expected = self.open_ones(block, author, Shown.WITHIN)
        same = changes.base == known
        for one in changes.worded(own, expected if same else [], self.known.voices):
            if one.expected:
                status = Found.CHANGED if one.changed else Found.KNOWN
                self.add(author, self.of(one.expected, one.at, status, one.text))
            elif same:
                self.changed(author, block, one.text, one.at)
            else:
                self._carried(author, block, changes, own, one, expected)

    def _carried(
        self, author: str, block: str, changes: Changes, own: Sequence[int], one: Worded, expected: Sequence[Expected]
    ) -> None:  # fmt: skip
        """Changes of words that are not those that are known: somebody typed over them, or accepted a change."""
        known = self.block(block).text
        theirs = fine(changes.base, known)
        rest = list(own)
        for it in expected:
            dated = changes.dated(rest, self.known.voices[it.one.ref].at)
            found = carried(changes.edits(dated), changes.base, known, theirs)
            if dated and alike(applied(known, found.edits), it.text):
                rest = [i for i in rest if i not in dated]
                self.add(author, self.of(it, changes.latest(dated)))
        if rest:
            found = carried(changes.edits(rest), changes.base, known, theirs)
            if found.lost:
                self.tell(returned.NOT_CARRIED, author, block)
            text = changes.said(set(rest)) if found.lost else applied(known, found.edits)
            self.changed(author, block, text, one.at)

    def _nested(self, author: str, changes: Changes, amid: Sequence[int]) -> None:
        """What somebody does to the words of somebody else's proposal."""
        others = [changes.atoms[i].inserted for i in amid if changes.atoms[i].struck]
        near = [changes.atoms[j].inserted for i in amid for j in (i - 1, i + 1) if 0 <= j < len(changes.atoms)]
        other = next((it.author for it in [*others, *near] if it and it.author != author), "")
        words = " … ".join(changes.atoms[i].text.strip() for i in amid if changes.atoms[i].text.strip())
        self.tell(returned.NESTED, author, other=other, words=words)

    def _left(self, author: str, block: str, at: dt.datetime | None, *, moved: bool = False) -> None:
        known = self.block(block)
        if found := self.open_ones(block, author, Shown.WHOLE):
            self.add(author, self.of(found[0], at))
            return
        self.add(author, Understood(
            self.language, ProposalKind.DELETE, block, Found.NEW, block_kind=known.kind, before=known.text, at=at,
        ), moved=moved)  # fmt: skip

    def _new(self, author: str, event: New, after: str) -> None:
        text = tidy(event.text)
        for it in self.memory.by_ref.values():  # its bookmark was lost
            if alike(it.text, text) and it in self.open_ones(it.block, author, Shown.ADDED, Shown.BESIDE):
                self.add(author, self.of(it, event.at))
                return
        self.add(author, Understood(
            self.language, ProposalKind.INSERT, "", Found.NEW, after=after, block_kind=self._kind_of_new(event.style),
            text=text, at=event.at,
        ), moved=event.moved)  # fmt: skip

    # -------------------------------------------------------------------------------------------- tables
    def _table(self, table: Table) -> None:
        grid, known = table.grid, self.block(table.block)
        base = grids.base(grid)
        stamps = grids.stamps(grid)
        if not base:
            for author in self._authors(stamps):
                if text := grids.of(grid, author):
                    self.add(author, Understood(
                        self.language, ProposalKind.INSERT, "", Found.NEW, after=self.last, block_kind=BlockKind.TABLE,
                        text=text, at=_latest(stamps, author),
                    ))  # fmt: skip
            return
        id = table.block or f"?{len(self.file)}"
        same = Block(id, BlockKind.TABLE, base).rows == known.rows
        self.file.append(Block(id, BlockKind.TABLE, known.text if same else base))
        self.last = table.block or self.last
        atoms = grids.linear(grid, known.text)
        for author in self._authors(stamps):
            rows = any(one and one.author == author for row in grid.rows for one in (row.inserted, row.struck))
            text = grids.of(grid, author)
            if not table.block:
                self.tell(returned.NOT_CARRIED, author)
            elif not text:
                self._left(author, table.block, _latest(stamps, author))
            elif atoms is not None and not rows:
                changes = Changes(atoms)
                self._words(author, table.block, changes, *changes.of(author))
            elif text != base:
                if not same:
                    self.tell(returned.NOT_CARRIED, author)
                self.changed(author, table.block, text, _latest(stamps, author))

    # --------------------------------------------------------------------- what stands there for a proposal alone
    def _added(self, added: Added) -> None:
        it, item = self.memory.by_ref[added.ref], added.item
        stamp = _owner(item)
        stamps = grids.stamps(item) if isinstance(item, Grid) else grids.of_line(item)
        if it.shown is Shown.ADDED:
            self.last = it.block
        if isinstance(item, Grid):
            owned = grids.owned(item, stamp) if stamp else item
            atoms = grids.linear(owned, it.text)
            text = grids.of(item, stamp.author if stamp else "")
        else:
            line = grids.own(item, stamp) if stamp else item
            atoms = line.atoms
            text = "".join(one.text for one in item.atoms if grids.of_author(stamp.author if stamp else "")(one))
        changes = Changes(atoms) if atoms is not None else None
        author = stamp.author if stamp else ""
        if it.shown is Shown.ARRIVES and not stamp:  # the move was accepted: the paragraph stands here now
            here = Block(it.block, self.block(it.block).kind, self._as_known(it.block, tidy(text)))
            self.arrived.append((added.ref, len(self.file), here))
            return
        intact = changes is not None and alike(changes.base, it.text)
        if intact and changes and it.shown is Shown.ADDED:
            self.add(author, self.of(it, stamp.at if stamp else None))
            for other in self._authors(stamps):
                self._within_added(other, author, it, changes)
            return
        if not text.strip():
            return
        own = changes.of(author)[0] if changes else []
        if it.shown is Shown.ARRIVES:
            self.add(author, self.of(it, stamp.at if stamp else None))
            if not alike(text, it.text):
                self.changed(author, it.block, text, _latest(stamps, author))
        else:
            status = Found.KNOWN if intact and not own else Found.CHANGED
            self.add(author, self.of(it, _latest(stamps, author), status, text if status is Found.CHANGED else ""))
        for other in self._authors(stamps):
            if other != author:
                self.tell(returned.NESTED, other, it.block, other=author, words=it.text)

    def _within_added(self, author: str, owner: str, it: Expected, changes: Changes) -> None:
        """Changes of a paragraph that an open proposal inserts; those of its own author change the proposal."""
        own, amid = changes.of(author)
        if not own and not amid:
            return
        if not any(changes.atoms[i].inserted for i in own) and not changes.said(set(own)).strip():
            self._left(author, it.block, changes.latest(own))
            return
        before = len(self.authors[author])
        self._words(author, it.block, changes, own, amid)
        for entry in self.authors[author][before:]:
            if author == owner and entry.one.status is Found.NEW:
                entry.one = self.of(it, entry.one.at, Found.CHANGED, entry.one.text)
                self.authors[author] = [
                    one for one in self.authors[author]
                    if one is entry or (one.one.proposal, one.one.status) != (it.one.ref, Found.KNOWN)
                ]  # fmt: skip

def _owner(item: Item) -> Stamp | None:
    """Who added a paragraph or a table."""
    if isinstance(item, Grid):
        return next((one for row in item.rows if (one := row.inserted)), None)
    return item.inserted or next((one.inserted for one in item.atoms if one.inserted), None)


def _latest(stamps: Iterable[Stamp], author: str) -> dt.datetime | None:
    return max((one.at for one in stamps if one.author == author and one.at), default=None)
