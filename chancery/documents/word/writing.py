"""A text in a Word file: paragraphs with their proposals as tracked changes of their authors."""

from collections.abc import Callable

from ..reading.order import opening
from ..rules.blocks import NEGOTIATED, BlockKind
from ..rules.rolling import Place, Rolled
from . import phrases
from .ink import OPERATIVE, PREAMBULAR, Comment, Ink
from .marks import BESIDE, STYLES, block_mark, proposal_mark, stamp
from .markup import END, cell, paragraph, row_properties, table
from .paper import Column
from .placing import Placed, cells, placed
from .runs import LEFT_TO_RIGHT, Look


class Text:
    """One language of a paper."""

    def __init__(self, ink: Ink, column: Column, *, plain: bool) -> None:
        self.ink, self.column, self.voices = ink, column, column.voices
        self.look = Look(column.language, column.rtl, plain)
        self.placed = [placed(one, column.voices) for one in column.text.paragraphs]
        self.moved = set() if len(ink.paper.columns) > 1 else {
            one.whole
            for one in self.placed
            if one.whole in one.rolled.departures and one.rolled.block.kind is not BlockKind.TABLE
        }  # fmt: skip
        self.lists = {kind: ink.new_list(kind) for kind in (OPERATIVE, PREAMBULAR)}

    def head(self) -> str:
        look, note = self.look, f" · {self.column.note}" if self.column.note else ""
        return self._paragraph("ColumnHead", look.runs(self.column.name + note))

    def whole(self, one: Placed) -> str:
        """A paragraph, and the paragraphs that others would put in its place."""
        rolled = one.rolled
        if rolled.block.kind is BlockKind.ANNEX and rolled.place is Place.STANDS:
            self.lists = {kind: self.ink.new_list(kind) for kind in (OPERATIVE, PREAMBULAR)}
        write = self._table if rolled.block.kind is BlockKind.TABLE else self._block
        conflicts = {ref for it in rolled.alternatives if it.conflict for ref in it.proposals}
        beside = (
            self._added(rolled.block.kind, it.text, it.label, it.ref, phrases.MOVED_ON if it.ref in conflicts else "")
            for it in one.beside
        )
        return write(one) + "".join(beside)

    def end(self, one: Placed) -> str:
        """What ends a cell: Word cannot track the end of its last paragraph."""
        return END if one.beside or one.rolled.block.kind is BlockKind.TABLE else ""

    def whole_row(self, one: Placed) -> str:
        """How a row of the two languages is tracked, where all of it comes or goes."""
        if one.rolled.place is not Place.STANDS:
            return f"<w:ins {self._hand(one.rolled.proposal)}/>"
        return f"<w:del {self._hand(one.whole)}/>" if one.whole and not one.beside else ""

    def _hand(self, ref: str) -> str:
        return self.ink.hand(self.voices[ref])

    # ---------------------------------------------------------------------------------------- paragraphs
    def _block(self, one: Placed) -> str:
        rolled = one.rolled
        if rolled.place is Place.ARRIVES:
            return self._arrives(rolled)
        if rolled.place is Place.INSERTED:
            return self._inserted(one)
        kind = rolled.block.kind
        words = self._words(one)
        if one.whole:
            words = self._commented(one.whole, words)
        inside = self._marked(block_mark(rolled.block.id, self.column.language), self._said(one) + words)
        made = self._paragraph(
            STYLES[kind][0], inside, counted=self._list(rolled), mark=self._mark("moveFrom", "del", one.whole)
        )
        return self._range("moveFrom", one.whole, made) if one.whole in self.moved else made

    def _list(self, rolled: Rolled) -> int:
        """Paragraphs of the preamble have numbers as long as one negotiates them."""
        kind = rolled.block.kind
        if kind not in NEGOTIATED or (kind is BlockKind.PREAMBULAR and self.ink.clean):
            return 0
        return self.lists[PREAMBULAR if rolled.block.kind is BlockKind.PREAMBULAR else OPERATIVE]

    def _mark(self, moved: str, otherwise: str, ref: str) -> str:
        """The end of a paragraph that comes or goes with it."""
        return f"<w:{moved if ref in self.moved else otherwise} {self._hand(ref)}/>" if ref else ""

    def _words(self, one: Placed) -> str:
        return self._span(one, 0, len(one.rolled.block.text))

    def _span(self, one: Placed, first: int, last: int) -> str:
        """Some of the words of a paragraph, with the changes within them."""
        text, parts, at = one.rolled.block.text, [], first
        inserting, italic = one.rolled.proposal, self._italic(one.rolled.block.kind, text)

        def runs(start: int, end: int, tag: str) -> str:
            return self.look.runs(text[start:end], tag, italic=min(max(0, italic - start), end - start))

        def stands(start: int, end: int) -> str:
            if start == end:
                return ""
            if one.whole in self.moved:
                return self._by(one.whole, "moveFrom", runs(start, end, "t"))
            if one.whole:
                return self._by(one.whole, "del", runs(start, end, "delText"))
            return self._by(inserting, "ins", runs(start, end, "t"))

        for edit, ref in one.edits:
            if first <= edit.start and edit.end <= last:
                struck = self._by(inserting, "ins", self._by(ref, "del", runs(edit.start, edit.end, "delText")))
                opens = self._italic(one.rolled.block.kind, edit.text) if italic and not edit.start else 0
                added = self._by(ref, "ins", self.look.runs(edit.text, italic=opens))
                parts += [stands(at, edit.start), self._commented(ref, struck + added)]
                at = edit.end
        return "".join([*parts, stands(at, last)])

    def _by(self, ref: str, name: str, inside: str) -> str:
        """Tracked as a change of a proposal, if of one."""
        return f"<w:{name} {self._hand(ref)}>{inside}</w:{name}>" if ref and inside else inside

    def _italic(self, kind: BlockKind, text: str) -> int:
        return opening(text) if kind is BlockKind.PREAMBULAR else 0

    def _inserted(self, one: Placed) -> str:
        rolled = one.rolled
        ref = rolled.proposal
        inside = self._said(one) + self._label(rolled.number, ref) + self._commented(ref, self._words(one))
        return self._paragraph(
            STYLES[rolled.block.kind][0], self._marked(proposal_mark(ref, self.column.language), inside),
            mark=f"<w:ins {self._hand(ref)}/>", labelled=True,
        )  # fmt: skip

    def _arrives(self, rolled: Rolled) -> str:
        ref, block = rolled.proposal, rolled.block
        if ref not in self.moved:
            return self._added(block.kind, block.text, rolled.number, ref, phrases.MOVED_HERE)
        words = self.look.runs(block.text, italic=self._italic(block.kind, block.text))
        inside = self._label(rolled.number, ref) + self._by(ref, "moveTo", words)
        made = self._paragraph(
            STYLES[block.kind][0], self._marked(proposal_mark(ref, self.column.language), inside),
            mark=f"<w:moveTo {self._hand(ref)}/>", labelled=True,
        )  # fmt: skip
        return self._range("moveTo", ref, made)

    def _range(self, name: str, ref: str, inside: str) -> str:
        """Word pairs the two ends of a move by the name of their ranges."""
        hand = self._hand(ref)
        id = hand.partition(" ")[0]
        called = f"{proposal_mark(ref, self.column.language)}_move"[:40]
        return f'<w:{name}RangeStart {hand} w:name="{called}"/>{inside}<w:{name}RangeEnd {id}/>'

    def _added(self, kind: BlockKind, text: str, number: str, ref: str, phrase: str = "") -> str:
        """A paragraph that stands there for a proposal alone."""
        if kind is BlockKind.TABLE:
            return self._added_table(text, number, ref, phrase)
        words = self.look.runs(text, italic=self._italic(kind, text))
        words = self._commented(ref, self._by(ref, "ins", words), phrase and phrases.said(phrase))
        inside = self._label(number, ref) + words
        return self._paragraph(
            STYLES[kind][0], self._marked(proposal_mark(ref, self.column.language), inside),
            mark=f"<w:ins {self._hand(ref)}/>", labelled=True,
        )  # fmt: skip

    def _label(self, number: str, ref: str) -> str:
        if not number:
            return ""
        start = LEFT_TO_RIGHT if self.column.rtl else ""
        run = Look(self.column.language, rtl=False).runs(start + number, style="label")
        return self._by(ref, "ins", f"{run}<w:r><w:tab/></w:r>")

    def _paragraph(
        self, style: str, inside: str, *, counted: int = 0, mark: str = "", labelled: bool = False
    ) -> str:  # fmt: skip
        hanging = self.ink.hanging if labelled else 0
        return paragraph(style, inside, rtl=self.column.rtl, counted=counted, mark=mark, hanging=hanging)

    def _marked(self, name: str, inside: str) -> str:
        id = next(self.ink.ids)
        return f'<w:bookmarkStart w:id="{id}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{id}"/>'

    # ------------------------------------------------------------------------------------------ comments
    def _commented(self, ref: str, inside: str, phrase: str = "") -> str:
        """Words of a proposal with what its authors say of it, once."""
        voice = self.voices[ref]
        lines = tuple(line for line in (phrase, voice.reason, voice.supporters, voice.status) if line)
        if not lines or (not phrase and self.ink.told.get(ref) == voice):
            return inside
        self.ink.told[ref] = voice
        id = len(self.ink.comments)
        self.ink.comments.append(Comment(voice.author, stamp(voice.at), lines, self.look))
        return (
            f'<w:commentRangeStart w:id="{id}"/>{inside}<w:commentRangeEnd w:id="{id}"/>'
            f'<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{id}"/></w:r>'
        )

    def _said(self, one: Placed) -> str:
        """The proposals on a paragraph that have no words in it."""
        return "".join(self._commented(ref, "", phrases.said(self._phrase(one.rolled, ref))) for ref in one.said)

    def _phrase(self, rolled: Rolled, ref: str) -> str:
        if ref in rolled.pending:
            return phrases.NOT_TRANSLATED
        return phrases.LEAVE_OUT if ref in rolled.deletions else phrases.MOVE

    # -------------------------------------------------------------------------------------------- tables
    def _table(self, one: Placed) -> str:
        """After a line that bears its number: a table itself has none in Word."""
        rolled, language = one.rolled, self.column.language
        if rolled.place is Place.ARRIVES:
            return self._added_table(rolled.block.text, rolled.number, rolled.proposal, phrases.MOVED_HERE)
        text, ref = rolled.block.text, rolled.proposal
        if ref:
            return self._caption(rolled.number, ref, self._said(one)) + self._grid(
                text, proposal_mark(ref, language), lambda start, end: self._span(one, start, end), ("ins", ref)
            )
        inside = self._commented(one.whole, self._said(one)) if one.whole else self._said(one)
        line = self._paragraph(BESIDE, inside, counted=self._list(rolled))
        return line + self._grid(
            text, block_mark(rolled.block.id, language), lambda start, end: self._span(one, start, end),
            ("del", one.whole) if one.whole else None,
        )  # fmt: skip

    def _added_table(self, text: str, number: str, ref: str, phrase: str) -> str:
        def words(start: int, end: int) -> str:
            made = self.look.runs(text[start:end])
            return f"<w:ins {self._hand(ref)}>{made}</w:ins>" if made else ""

        name = proposal_mark(ref, self.column.language)
        return self._caption(number, ref, phrase=phrase) + self._grid(text, name, words, ("ins", ref))

    def _caption(self, number: str, ref: str, before: str = "", phrase: str = "") -> str:
        inside = before + self._commented(ref, self._label(number, ref), phrase and phrases.said(phrase))
        return self._paragraph(BESIDE, inside, mark=f"<w:ins {self._hand(ref)}/>")

    def _grid(
        self, text: str, name: str, words: Callable[[int, int], str], tracked: tuple[str, str] | None
    ) -> str:  # fmt: skip
        """`words` writes what stands in a cell, given where its text begins and ends; `tracked` tells whether the
        whole table comes or goes, and by whom."""
        places = cells(text) or [[(0, 0)]]
        most = max(map(len, places))
        width = self.ink.width // most
        lines = []
        for y, line in enumerate(places):
            made = []
            for x in range(most):
                inside = words(*line[x]) if x < len(line) else ""
                mark = f"<w:{tracked[0]} {self._hand(tracked[1])}/>" if tracked and tracked[0] == "ins" else ""
                inside = self._marked(name, inside) if x == y == 0 else inside
                made.append(cell(width, self._paragraph(STYLES[BlockKind.TABLE][0], inside, mark=mark)))
            row = f"<w:{tracked[0]} {self._hand(tracked[1])}/>" if tracked else ""
            lines.append(f"<w:tr>{row_properties(row, head=y == 0)}{''.join(made)}</w:tr>")
        return table("PaperTable", [width] * most, "".join(lines), rtl=self.column.rtl)
