"""The paragraphs of a page: in order, in runs, or one alone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chancery.core.dates import Day
from chancery.core.templatetags.chancery import day_words, plain, text

from .. import words
from ..models import Proposal
from ..queries.negotiation import WHOLE, Column, Negotiation
from ..queries.proposals import place
from ..rules.blocks import NEGOTIATED, Block, BlockKind
from ..rules.positions import ParagraphStatus
from ..rules.proposals import CHAIR
from ..rules.rolling import Place, Rolled, RollingText
from .brackets import Brackets
from .cells import Cells
from .pieces import PROPOSED, Pieces, spoken_in
from .proposals import Tabled
from .tools import Tools
from .voices import Heard

THE_WHOLE = gettext_lazy("The text as a whole")  # gettext does not look into f-strings
SQUARES = 40  # paragraphs drawn as squares in the head of the page
_SQUARE = {
    ParagraphStatus.OPEN: ("o", gettext_lazy("Paragraph %(number)s: open")),
    ParagraphStatus.AD_REFERENDUM: ("r", gettext_lazy("Paragraph %(number)s: agreed ad referendum")),
    ParagraphStatus.AGREED: ("a", gettext_lazy("Paragraph %(number)s: agreed")),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph, ready to be shown; `kind` is `paragraph`, `heading` or `whole`."""

    block: str
    kind: str
    number: str
    label: str
    state: SafeString = SafeString("")
    status: ParagraphStatus = ParagraphStatus.OPEN
    cells: SafeString = SafeString("")
    said: SafeString = SafeString("")
    tools: SafeString = SafeString("")

    @property
    def html(self) -> SafeString:
        """As it stands among the others."""
        if self.kind == "heading":
            return mark_safe(
                f'<div class="para para--heading" id="{self.block}"><span class="para__n">{self.number}</span>'
                f"{self.cells}</div>"
            )
        return mark_safe(f"{self._opening('')}{self.said}{self.tools}</div></article>")

    @property
    def opening(self) -> SafeString:
        """Everything before the positions."""
        return mark_safe(self._opening(""))

    @property
    def alone(self) -> SafeString:
        """The same where it takes the place of the paragraph on the page: then it is what the reader is at."""
        return mark_safe(self._opening(' tabindex="-1" autofocus'))

    def _opening(self, attributes: str) -> str:
        kind = " para--whole" if self.kind == "whole" else ""
        number = f'<div class="para__n"><bdi>{self.number}</bdi>{self.state}</div>' if self.kind == "paragraph" else ""
        return (
            f'<article class="para{kind}" id="{self.block}" aria-label="{escape(self.label)}"{attributes}>{number}'
            f'{self.cells}<div class="para__side">'
        )


@dataclass(frozen=True, slots=True)
class Run:
    """Paragraphs one after the other that are shown alike: single rows, or agreed ones folded into one line."""

    rows: list[Row]
    folded: bool = False

    @property
    def span(self) -> str:
        """`1–3`"""
        return f"{self.rows[0].number}–{self.rows[-1].number}"

    @property
    def html(self) -> SafeString:
        return mark_safe("".join([one.html for one in self.rows]))


class Rows:
    """Writes the paragraphs of one text for one reader, in the language of the page; `asked` is the language in which
    the reader wants the text, empty for the usual two."""

    def __init__(self, seen: Negotiation, asked: str = "") -> None:
        self.seen, self.reader, self.asked = seen, seen.reader, asked
        self.pieces = Pieces(seen)
        self.heard = Heard(seen, self.pieces)

    @cached_property
    def columns(self) -> list[Column]:
        return self.seen.languages.columns(self.asked)

    # ------------------------------------------------------------------------------------- what is proposed
    @cached_property
    def rolling(self) -> RollingText | None:
        """The text in its own language with its brackets; None where nothing is proposed and nothing was agreed."""
        if not self.seen.proposed.rows:
            return None
        return self.seen.proposed.rolling(self.seen.version.language, self.seen.text.blocks)

    def _rolled(self, column: Column) -> dict[str, Rolled]:
        """The paragraphs of a column that are not simply its words."""
        if self.rolling is None:
            return {}
        text = self.rolling
        if column.language != self.seen.version.language:
            said = [Block(one.id, one.kind, one.text) for one in column.texts.values()]
            text = self.seen.proposed.rolling(column.language, said, alone=bool(self.seen.only))
        return {one.block.id: one for one in text.paragraphs if one.place is not Place.ARRIVES}

    @cached_property
    def _numbers(self) -> Mapping[str, str]:
        """What each paragraph is called, those proposed too."""
        if self.rolling is None:
            return self.seen.numbers
        return {one.block.id: one.number for one in self.rolling.paragraphs}

    @cached_property
    def _brackets(self) -> Brackets:
        return Brackets(self.pieces, self.seen.proposed.rows, lambda block: self._numbers.get(block, ""))

    @cached_property
    def _tabled(self) -> Tabled:
        return Tabled(self.seen, self.pieces, dict(self.rolling.fits) if self.rolling else {})

    @cached_property
    def _cells(self) -> list[Cells]:
        return [
            Cells(one, self._rolled(one), self._brackets, self.seen.proposed.behind(one.language))
            for one in self.columns
        ]  # fmt: skip

    @cached_property
    def _tools(self) -> Tools:
        return Tools(self.seen, self.pieces)

    def called(self, block: str) -> str:
        """What a paragraph is called; one without a number by the words with which it begins."""
        found = self.seen.text.by_id.get(block)
        return self._numbers.get(block) or (f"“{found.text[:40]}”" if found else "")

    def party(self, ref: str) -> str:
        """A party in words, and whoever chairs."""
        return _("The Chair") if ref == CHAIR else plain(self.seen.names[ref])

    def named(self, row: Proposal) -> str:
        """A proposal in one line: number, paragraph, what it does, and whose it is."""
        what = f"{row.number} · {self.called(place(row))} · {words.PROPOSAL_KIND[row.kind]}"
        return f"{what} · {', '.join(map(self.pieces.who, row.parties.split()))}"

    def alone_in_brackets(self, rolled: Rolled, author: str, language: str, *, after: str) -> SafeString:
        """A paragraph with one proposal that is not tabled yet; `after` is the paragraph after which it would stand."""
        row = Proposal(ref="new", parties=author, after=after)
        brackets = Brackets(self.pieces, {"new": row}, self.called)
        attributes = spoken_in(language)
        said = f'<p class="para__t" {attributes}>{brackets.words(rolled)}</p>'
        return mark_safe(said + brackets.alternatives(rolled, attributes))

    # ------------------------------------------------------------------------------------------ the list
    def all(self, *, open_only: bool = False) -> Iterator[Run]:
        """The whole text in runs; two agreed paragraphs or more in a row are folded."""
        agreed: list[Row] = []
        for block, arrives in self._order():
            if block.kind is BlockKind.TITLE and not self._tabled.count(block.id):
                continue  # stands above as the title of the page
            if arrives:
                yield from _folded(agreed)
                agreed = []
                yield Run([self.arriving(arrives)])
            elif block.kind not in NEGOTIATED and not self._tabled.count(block.id):
                yield from _folded(agreed)
                agreed = []
                if not open_only:
                    yield Run([self.heading(block.id)])
            elif self.seen.status(block.id) is ParagraphStatus.AGREED:
                if not open_only:
                    agreed.append(self.row(block.id))
            else:
                yield from _folded(agreed)
                agreed = []
                yield Run([self.row(block.id)])
        yield from _folded(agreed)

    def _order(self) -> Iterator[tuple[Block, Rolled | None]]:
        """The paragraphs as they stand, with those proposed among them; and what would be moved to a place."""
        if self.rolling is None:
            yield from ((one, None) for one in self.seen.text.blocks)
        else:
            for one in self.rolling.paragraphs:
                yield one.block, (one if one.place is Place.ARRIVES else None)

    def arriving(self, rolled: Rolled) -> Row:
        """The place to which a proposal would move a paragraph."""
        cell = f'<p class="para__t">{self._brackets.words(rolled)}</p>'
        return Row(f"to-{rolled.proposal}", "heading", "", "", cells=mark_safe(cell))

    def heading(self, block: str) -> Row:
        cells = "".join([one.heading(block) for one in self._cells])
        return Row(block, "heading", self._numbers.get(block, ""), "", cells=mark_safe(cells))

    def row(self, block: str) -> Row:
        """A paragraph with everything beside it; the text as a whole if `block` is empty."""
        if not block:
            title = f'<p class="para__t para__t--all">{THE_WHOLE}</p>'
            return Row(
                WHOLE, "whole", "", _("The text as a whole"), cells=mark_safe(title), said=self.heard.said(""),
                tools=self._tools.of(""),
            )  # fmt: skip
        status, number = self.seen.status(block), self._numbers.get(block, "")
        new = block not in self.seen.text.by_id
        name, sign = (self._new, self._new_sign) if new else (self.pieces.names[status], self.pieces.statuses[status])
        said = self.closed(block) if status is ParagraphStatus.AGREED else self._tabled.of(block) + self._heard(block)
        return Row(
            block, "paragraph", number, self._label % {"number": number, "status": name}, status=status,
            state=mark_safe(sign + self._small(block, status)),
            cells=mark_safe("".join([one.cell(block) for one in self._cells])),
            said=mark_safe(said), tools=self._tools.of(block),
        )  # fmt: skip

    def everything(self, block: str) -> SafeString:
        """All that is proposed and said of a paragraph."""
        proposed = self._tabled.of(block, all_of_them=True) if block else ""
        heard = self.heard.said(block, all_of_it=True, silent=bool(proposed))
        return mark_safe(proposed + heard)

    def _heard(self, block: str) -> str:
        """The positions on a paragraph of the text; that there is none yet is said where nothing else is."""
        if block not in self.seen.text.negotiated:
            return ""
        return self.heard.said(block, silent=bool(self._tabled.count(block)))

    @cached_property
    def _new(self) -> str:
        return _("Proposed")

    @cached_property
    def _new_sign(self) -> str:
        return self.pieces.state(PROPOSED, self._new)

    @cached_property
    def _label(self) -> str:
        return _("Paragraph %(number)s: %(status)s")

    # ---------------------------------------------------------------------------------------- its status
    def _small(self, block: str, status: ParagraphStatus) -> str:
        if status is ParagraphStatus.AD_REFERENDUM:
            number = len(self.seen.awaited(block))
            told = ngettext("%(n)d capital to confirm", "%(n)d capitals to confirm", number) % {"n": number}
        elif status is ParagraphStatus.AGREED:
            found = self.seen.paragraphs[block]
            told = _("Closed %(day)s") % {"day": self.pieces.short_day(found.closed)} if found.closed else ""
        else:
            told = self._tabled_words(self._tabled.count(block)) if self._tabled.count(block) else ""
            if block in self._due:
                told = f"{told}<br>{self._position_due}" if told else self._position_due
        return f"<small>{told}</small>" if told else ""

    @cached_property
    def _position_due(self) -> str:
        return _("Your position is due")

    @cached_property
    def _tabled_words(self) -> Callable[[int], str]:
        return cache(lambda n: ngettext("%(n)d proposal", "%(n)d proposals", n) % {"n": n})

    @cached_property
    def _due(self) -> set[str]:
        return {block for due in self.seen.due if not due.sounding for block in due.blocks}

    def closed(self, block: str) -> SafeString:
        """By whom and when a paragraph was agreed."""
        found = self.seen.paragraphs[block]
        by = text(found.body.short or found.body.name)
        day = day_words(Day(found.closed)) if found.closed else ""
        told = _("Agreed by %(body)s on %(day)s. Reopening needs the consent of all.") % {"body": by, "day": day}
        return mark_safe(f'<p class="meta">{told}</p>')

    # -------------------------------------------------------------------------------------- the head of the page
    @property
    def squares(self) -> SafeString:
        """Where the paragraphs stand, as squares; of a long text those that hold it back."""
        shown = self.seen.text.negotiated
        if len(shown) > SQUARES:
            shown = self.seen.holding[:SQUARES]
        return mark_safe("".join([self._square(block, self.seen.status(block)) for block in shown]))

    def _square(self, block: str, status: ParagraphStatus) -> str:
        number, (kind, told) = self.seen.numbers[block], _SQUARE[status]
        label = escape(told % {"number": number})
        return f'<a class="{kind}" href="#{block}" aria-label="{label}">{number}</a>'


def _folded(agreed: list[Row]) -> list[Run]:
    if len(agreed) > 1:
        return [Run(agreed, folded=True)]
    return [Run([one]) for one in agreed]
