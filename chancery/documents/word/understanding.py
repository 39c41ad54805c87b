"""A column of a file understood as proposals: for each author, what the text would be if that author's tracked changes
were taken and nobody else's; and what is changed without an author."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chancery.core.text import tidy

from ..reading.pieces import Lost
from ..reading.remarks import Remark, Severity
from ..rules.blocks import LONGEST, Block, BlockKind, BlockTooLong
from ..rules.comparison import Change, compare
from ..rules.edits import Edits, applied, carried, fine
from ..rules.proposals import ProposalKind
from . import comments, grids, passages, returned
from .changes import Changes, Worded, alike
from .comments import Remarked
from .expected import Expected, Shown, memory
from .lines import Grid, Item, Line, Stamp
from .marks import block_mark, proposal_mark
from .passages import Added, Cluster, Left, New, Reading, Rewritten, Table, Words
from .returned import Found, KnownText, Understood

FEW = 1 / 3  # of its paragraphs: with fewer it is hardly the same text
LONGEST_QUOTED = 300  # characters of the words of somebody in a remark
_NEW_KIND = {BlockKind.TITLE: BlockKind.HEADING}  # a text has one title


@dataclass(slots=True)
class Entry:
    """Something understood, and whether the file says that the words were moved."""

    one: Understood
    moved: bool = False


class Column:
    """What one language of a file says."""

    def __init__(
        self, language: str, known: KnownText, items: Sequence[Item], commented: Mapping[str, Remarked]
    ) -> None:  # fmt: skip
        self.language, self.known, self.commented = language, known, commented
        self.memory = memory(known)
        self.places = {id: place for place, id in enumerate(self.memory.standing, 1)}
        self.authors: dict[str, list[Entry]] = defaultdict(list)
        self.seen: set[str] = set()  # the open proposals that were met, as they were or changed
        self.departed: set[str] = set()  # the moves whose paragraph is struck where it was
        self.remarks: list[Remark] = []
        self.losses: list[tuple[int, Lost, int]] = []
        self.file: list[Block] = []  # the text of the file where nothing is accepted
        self.last = ""  # the paragraph after which something new stands
        self.told: set[str] = set()  # the comments that were read
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
        self._untracked()
        for author, found in self.authors.items():
            self.authors[author] = list(self._with_moves(author, found))

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
        if comments.is_of(one, self.known.voices.values()):
            self._said(one)
            return
        for entry in self.authors.get(one.author, [])[before.get(one.author, 0) :]:
            if entry.one.status is not Found.KNOWN:
                reason = "\n".join(filter(None, (entry.one.reason, one.text)))
                entry.one = replace(entry.one, reason=reason)
                return
        self._tell(returned.COMMENTED, one.author, words=one.text)

    def _said(self, one: Remarked) -> None:
        """A proposal that went out as a comment alone."""
        for ref, it in self.memory.by_ref.items():
            if it.shown is Shown.SAID and ref not in self.seen and comments.is_of(one, [self.known.voices[ref]]):
                self._add(one.author, self._of(it, one.at))

    def _tell(self, sentence: str, author: str, block: str = "", **values: str) -> None:
        values = {name: text[:LONGEST_QUOTED] for name, text in values.items()}
        place = self.places.get(block or self.last, 0)
        self.remarks.append(Remark(Severity.UNSURE, sentence, place, {"author": author, **values}))

    def _add(self, author: str, one: Understood, *, moved: bool = False) -> None:
        if len(one.text) > LONGEST:
            raise BlockTooLong(start=one.text[:40], found=len(one.text), limit=LONGEST)
        if one.proposal:
            self.seen.add(one.proposal)
        self.authors[author].append(Entry(one, moved))

    def _of(self, it: Expected, at: dt.datetime | None, status: Found = Found.KNOWN, text: str = "") -> Understood:
        """An open proposal, with other words if it was changed."""
        one = it.one
        worded = it.shown in (Shown.WITHIN, Shown.ADDED, Shown.BESIDE)
        words = tidy(text or it.text) if worded else ""
        return Understood(
            self.language, one.kind, one.block, status, one.ref, one.after, self._block(one.block).kind,
            "" if one.kind is ProposalKind.INSERT else self._block(one.block).text, words, at=at,
        )  # fmt: skip

    def _block(self, id: str) -> Block:
        return self.memory.blocks.get(id) or Block(id, BlockKind.OPERATIVE, "")

    def _open(self, block: str, author: str, *shown: Shown) -> list[Expected]:
        """The open proposals of an author on a paragraph that were not met yet."""
        return [
            it for it in self.memory.by_block.get(block, ())
            if it.shown in shown and it.one.ref not in self.seen
            and self.known.voices[it.one.ref].author.strip() == author
        ]  # fmt: skip

    # -------------------------------------------------------------------------------- paragraphs of the text
    def _cluster(self, cluster: Cluster) -> None:
        before = self.last
        for group in cluster.groups:
            base = tidy(group.base)
            if group.block or base:
                id = group.block or f"?{len(self.file)}"
                kind = self._block(group.block).kind if group.block else self._kind_of_new(group.lines[-1].style)
                self.file.append(Block(id, kind, self._as_known(id, base)))
            self.last = group.block or self.last
        for author in self._authors(stamp for line in cluster.lines for stamp in grids.of_line(line)):
            for event in Reading(cluster, author).events():
                self._event(author, event, cluster, before)

    def _as_known(self, id: str, base: str) -> str:
        return self._block(id).text if alike(base, self._block(id).text) else base

    def _authors(self, stamps: Iterable[Stamp]) -> list[str]:
        return list(dict.fromkeys(one.author for one in stamps))

    def _kind_of_new(self, style: str) -> BlockKind:
        kind = passages.kind_of(style, self._block(self.last).kind)
        return _NEW_KIND.get(kind, BlockKind.OPERATIVE if kind is BlockKind.TABLE else kind)

    def _event(
        self, author: str, event: Words | Rewritten | Left | New, cluster: Cluster, before: str
    ) -> None:  # fmt: skip
        if isinstance(event, New):
            blocks = [before, *(group.block for group in cluster.groups[: event.after + 1])]
            self._new(author, event, next(filter(None, reversed(blocks)), ""))
        elif not event.group.block:
            self._tell(returned.NOT_CARRIED, author)
        elif isinstance(event, Words):
            self._words(author, event.group.block, event.changes, event.own, event.amid)
        elif isinstance(event, Left):
            self._left(author, event.group.block, event.at, moved=event.moved)
        else:
            self._tell(returned.JOINED if event.joins else returned.DIVIDED, author, event.group.block)
            self._changed(author, event.group.block, event.text, event.at)

    def _words(self, author: str, block: str, changes: Changes, own: Sequence[int], amid: Sequence[int]) -> None:
        if amid:
            self._nested(author, changes, amid)
        known = self._block(block).text
        expected = self._open(block, author, Shown.WITHIN)
        same = changes.base == known
        for one in changes.worded(own, expected if same else [], self.known.voices):
            if one.expected:
                status = Found.CHANGED if one.changed else Found.KNOWN
                self._add(author, self._of(one.expected, one.at, status, one.text))
            elif same:
                self._changed(author, block, one.text, one.at)
            else:
                self._carried(author, block, changes, own, one, expected)

    def _changed(self, author: str, block: str, text: str, at: dt.datetime | None) -> None:
        known = self._block(block)
        if not alike(text, known.text):
            self._add(author, Understood(
                self.language, ProposalKind.WORDS, block, Found.NEW, block_kind=known.kind, before=known.text,
                text=tidy(text), at=at,
            ))  # fmt: skip

    def _carried(
        self, author: str, block: str, changes: Changes, own: Sequence[int], one: Worded, expected: Sequence[Expected]
    ) -> None:  # fmt: skip
        """Changes of words that are not those that are known: somebody typed over them, or accepted a change."""
        known = self._block(block).text
        theirs = fine(changes.base, known)
        rest = list(own)
        for it in expected:
            dated = changes.dated(rest, self.known.voices[it.one.ref].at)
            found = carried(changes.edits(dated), changes.base, known, theirs)
            if dated and alike(applied(known, found.edits), it.text):
                rest = [i for i in rest if i not in dated]
                self._add(author, self._of(it, changes.latest(dated)))
        if rest:
            found = carried(changes.edits(rest), changes.base, known, theirs)
            if found.lost:
                self._tell(returned.NOT_CARRIED, author, block)
            text = changes.said(set(rest)) if found.lost else applied(known, found.edits)
            self._changed(author, block, text, one.at)

    def _nested(self, author: str, changes: Changes, amid: Sequence[int]) -> None:
        """What somebody does to the words of somebody else's proposal."""
        others = [changes.atoms[i].inserted for i in amid if changes.atoms[i].struck]
        near = [changes.atoms[j].inserted for i in amid for j in (i - 1, i + 1) if 0 <= j < len(changes.atoms)]
        other = next((it.author for it in [*others, *near] if it and it.author != author), "")
        words = " … ".join(changes.atoms[i].text.strip() for i in amid if changes.atoms[i].text.strip())
        self._tell(returned.NESTED, author, other=other, words=words)

    def _left(self, author: str, block: str, at: dt.datetime | None, *, moved: bool = False) -> None:
        known = self._block(block)
        if found := self._open(block, author, Shown.WHOLE):
            self._add(author, self._of(found[0], at))
            return
        self._add(author, Understood(
            self.language, ProposalKind.DELETE, block, Found.NEW, block_kind=known.kind, before=known.text, at=at,
        ), moved=moved)  # fmt: skip

    def _new(self, author: str, event: New, after: str) -> None:
        text = tidy(event.text)
        for it in self.memory.by_ref.values():  # its bookmark was lost
            if alike(it.text, text) and it in self._open(it.block, author, Shown.ADDED, Shown.BESIDE):
                self._add(author, self._of(it, event.at))
                return
        self._add(author, Understood(
            self.language, ProposalKind.INSERT, "", Found.NEW, after=after, block_kind=self._kind_of_new(event.style),
            text=text, at=event.at,
        ), moved=event.moved)  # fmt: skip

    # -------------------------------------------------------------------------------------------- tables
    def _table(self, table: Table) -> None:
        grid, known = table.grid, self._block(table.block)
        base = grids.base(grid)
        stamps = grids.stamps(grid)
        if not base:
            for author in self._authors(stamps):
                if text := grids.of(grid, author):
                    self._add(author, Understood(
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
                self._tell(returned.NOT_CARRIED, author)
            elif not text:
                self._left(author, table.block, _latest(stamps, author))
            elif atoms is not None and not rows:
                changes = Changes(atoms)
                self._words(author, table.block, changes, *changes.of(author))
            elif text != base:
                if not same:
                    self._tell(returned.NOT_CARRIED, author)
                self._changed(author, table.block, text, _latest(stamps, author))

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
        intact = changes is not None and alike(changes.base, it.text)
        if intact and changes and it.shown is Shown.ADDED:
            self._add(author, self._of(it, stamp.at if stamp else None))
            for other in self._authors(stamps):
                self._within_added(other, author, it, changes)
            return
        if not text.strip():
            return
        own = changes.of(author)[0] if changes else []
        if it.shown is Shown.ARRIVES:
            self._add(author, self._of(it, stamp.at if stamp else None))
            if not alike(text, it.text):
                self._changed(author, it.block, text, _latest(stamps, author))
        else:
            status = Found.KNOWN if intact and not own else Found.CHANGED
            self._add(author, self._of(it, _latest(stamps, author), status, text if status is Found.CHANGED else ""))
        for other in self._authors(stamps):
            if other != author:
                self._tell(returned.NESTED, other, it.block, other=author, words=it.text)

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
                entry.one = self._of(it, entry.one.at, Found.CHANGED, entry.one.text)
                self.authors[author] = [
                    one for one in self.authors[author]
                    if one is entry or (one.one.proposal, one.one.status) != (it.one.ref, Found.KNOWN)
                ]  # fmt: skip

    # ------------------------------------------------------------------------------- moves, and the untracked
    def _with_moves(self, author: str, found: Sequence[Entry]) -> Iterator[Entry]:
        """What an author leaves out in one place and adds in another has moved."""
        left_out = [one for one in found if one.one.kind is ProposalKind.DELETE and not one.one.proposal]
        gone = {one.one.block: one for one in left_out}
        for ref, it in self.memory.by_ref.items():
            if it.departs and it.block in gone and self.known.voices[ref].author.strip() == author:
                if ref not in self.seen:  # it left, and arrives nowhere
                    gone[it.block].one = replace(gone[it.block].one, status=Found.CHANGED, proposal=ref)
                    self.seen.add(ref)
                else:
                    self.departed.add(it.block)
                gone.pop(it.block)
        moves: dict[int, Entry] = {}
        for entry in found:
            if entry.one.kind is ProposalKind.INSERT and not entry.one.proposal and (origin := _origin(entry, gone)):
                gone.pop(origin.one.block)
                moves[id(entry)] = origin
        left = {id(origin) for origin in moves.values()}
        for entry in found:
            if id(entry) in left or (entry.one.kind is ProposalKind.DELETE and not entry.one.proposal and (
                entry.one.block in self.departed
            )):  # fmt: skip
                continue
            if origin := moves.get(id(entry)):
                yield from self._move(author, entry.one, origin.one)
            else:
                yield entry

    def _move(self, author: str, there: Understood, here: Understood) -> Iterator[Entry]:
        one = replace(here, kind=ProposalKind.MOVE, after=there.after, reason=there.reason or here.reason, at=there.at)
        if found := self._open(here.block, author, Shown.ARRIVES):
            status = Found.KNOWN if found[0].one.after == there.after else Found.CHANGED
            one = replace(one, status=status, proposal=found[0].one.ref)
            self.seen.add(one.proposal)
        yield Entry(one)
        if not alike(there.text, here.before):
            yield Entry(replace(here, kind=ProposalKind.WORDS, text=there.text))

    def _untracked(self) -> None:
        """Where the text of the file without its tracked changes is not the one that is known."""
        after = ""
        rows = compare(self.known.blocks, [one for one in self.file if one.id in self.places or one.id[0] == "?"])
        for row in rows:
            known = self._block(row.id)
            one = Understood(
                self.language, ProposalKind.WORDS, row.id, Found.NEW, block_kind=row.kind, before=known.text
            )  # fmt: skip
            if row.change is Change.REMOVED:
                self._accepted(replace(one, kind=ProposalKind.DELETE), Shown.WHOLE)
                continue
            if row.change is Change.ADDED:
                text = next(it.text for it in self.file if it.id == row.id)
                self._add("", replace(one, kind=ProposalKind.INSERT, block="", before="", after=after, text=text))
                continue
            if row.change in (Change.MOVED, Change.MOVED_AND_CHANGED):
                self._accepted(replace(one, kind=ProposalKind.MOVE, after=after), Shown.ARRIVES)
            if row.change in (Change.CHANGED, Change.MOVED_AND_CHANGED):
                self._typed_over(one, next(it.text for it in self.file if it.id == row.id))
            after = row.id
        if self.authors.get(""):
            self.remarks.insert(0, Remark(Severity.UNSURE, returned.UNTRACKED, 0))

    def _accepted(self, one: Understood, shown: Shown) -> None:
        """As an open proposal, where it is just what one says."""
        for it in self.memory.by_block.get(one.block, ()):
            if it.shown is shown and it.one.ref not in self.seen:
                self._add("", self._of(it, None))
                return
        self._add("", one)

    def _typed_over(self, one: Understood, text: str) -> None:
        """Words without an author. Those that an open proposal says are that proposal, accepted."""
        edits: Edits = ()
        for it in self.memory.by_block.get(one.block, ()):
            if it.shown is Shown.WITHIN and it.one.ref not in self.seen:
                lying = carried(it.edits, one.before, text)
                if lying.held and not lying.edits and not lying.lost:
                    edits += it.edits
                    self._add("", self._of(it, None))
        said = applied(one.before, edits)
        if not alike(said, text):
            found = carried(fine(said, text), said, one.before)
            self._add("", replace(one, text=tidy(text if found.lost else applied(one.before, found.edits))))


def _owner(item: Item) -> Stamp | None:
    """Who added a paragraph or a table."""
    if isinstance(item, Grid):
        return next((one for row in item.rows if (one := row.inserted)), None)
    return item.inserted or next((one.inserted for one in item.atoms if one.inserted), None)


def _origin(entry: Entry, gone: Mapping[str, Entry]) -> Entry | None:
    """Where something that was added stood before: the same words, or what was moved and is most alike."""
    for one in gone.values():
        if alike(one.one.before, entry.one.text):
            return one
    words = Counter(entry.one.text.split())
    moved = [one for one in gone.values() if one.moved and entry.moved]
    likeness = {id(one): (words & Counter(one.one.before.split())).total() for one in moved}
    best = max(moved, key=lambda one: likeness[id(one)], default=None)
    return best if best and 2 * likeness[id(best)] >= words.total() else None


def _latest(stamps: Iterable[Stamp], author: str) -> dt.datetime | None:
    return max((one.at for one in stamps if one.author == author and one.at), default=None)
