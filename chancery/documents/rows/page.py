"""The paragraphs of a page: in order, in runs, or one alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chancery.core.dates import Day
from chancery.core.templatetags.chancery import day_words, text

from ..queries.negotiation import WHOLE, Column, Negotiation
from ..rules.blocks import NEGOTIATED, BlockKind
from ..rules.positions import ParagraphStatus
from .cells import Cells
from .pieces import Pieces
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
        number = f'<div class="para__n">{self.number}{self.state}</div>' if self.kind == "paragraph" else ""
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

    @cached_property
    def _cells(self) -> list[Cells]:
        return [Cells(one) for one in self.columns]

    @cached_property
    def _tools(self) -> Tools:
        return Tools(self.seen, self.pieces)

    # ------------------------------------------------------------------------------------------ the list
    def all(self, *, open_only: bool = False) -> Iterator[Run]:
        """The whole text in runs; two agreed paragraphs or more in a row are folded."""
        agreed: list[Row] = []
        for block in self.seen.text.blocks:
            if block.kind is BlockKind.TITLE:
                continue  # stands above as the title of the page
            if block.kind not in NEGOTIATED:
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

    def heading(self, block: str) -> Row:
        cells = "".join([one.heading(block) for one in self._cells])
        return Row(block, "heading", self.seen.text.numbers.get(block, ""), "", cells=mark_safe(cells))

    def row(self, block: str) -> Row:
        """A paragraph with everything beside it; the text as a whole if `block` is empty."""
        if not block:
            title = f'<p class="para__t para__t--all">{THE_WHOLE}</p>'
            return Row(
                WHOLE, "whole", "", _("The text as a whole"), cells=mark_safe(title), said=self.heard.said(""),
                tools=self._tools.of(""),
            )  # fmt: skip
        status, number = self.seen.status(block), self.seen.text.numbers.get(block, "")
        label = self._label % {"number": number, "status": self.pieces.names[status]}
        return Row(
            block, "paragraph", number, label, status=status,
            state=mark_safe(self.pieces.statuses[status] + self._small(block, status)),
            cells=mark_safe("".join([one.cell(block) for one in self._cells])),
            said=self.heard.said(block) if status is not ParagraphStatus.AGREED else self.closed(block),
            tools=self._tools.of(block),
        )  # fmt: skip

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
            told = _("Your position is due") if block in self._due else ""
        return f"<small>{told}</small>" if told else ""

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
        number, (kind, told) = self.seen.text.numbers[block], _SQUARE[status]
        label = escape(told % {"number": number})
        return f'<a class="{kind}" href="#{block}" aria-label="{label}">{number}</a>'


def _folded(agreed: list[Row]) -> list[Run]:
    if len(agreed) > 1:
        return [Run(agreed, folded=True)]
    return [Run([one]) for one in agreed]
