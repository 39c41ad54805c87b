"""How paragraphs under negotiation are shown. A text may have hundreds of them, each with the positions of every
delegation, so a paragraph is written here at once rather than by a template's nodes."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from chancery.core.charter import RIGHT_TO_LEFT
from chancery.core.dates import Day
from chancery.core.templatetags.chancery import day_words, plain, text
from chancery.journal.words import capacity

from . import words
from .queries.negotiation import COUNTED, WHOLE, Column, Negotiation, Word
from .rules.blocks import NEGOTIATED, BlockKind
from .rules.positions import ParagraphStatus, Stance
from .rules.translation import Freshness, Rendered

# gettext does not look into f-strings, so the words that stand in one are named here
THE_WHOLE = gettext_lazy("The text as a whole")
UNTRANSLATED = gettext_lazy("Not translated yet.")
STALE = gettext_lazy("The original changed since this was translated.")
IN_THE_SOUNDING = gettext_lazy("In the sounding")
EARLIER = gettext_lazy("on the earlier words")
SOUNDING = gettext_lazy("in the sounding")
YOURS = gettext_lazy("Your delegation:")
CHANGE = gettext_lazy("Change")
DRAFT = gettext_lazy("Draft")
OPEN = gettext_lazy("Open")

BADGES = 4
REMARKS = 3
_SIGN = {
    Stance.CAN_JOIN: ("ok", "ok"),
    Stance.AWAITING_CAPITAL: ("wait", "wait"),
    Stance.COMMENT: ("", "open"),
    Stance.RESERVATION: ("wait", "half"),
    Stance.OBJECTION: ("stop", "stop"),
    ParagraphStatus.OPEN: ("stop", "open"),
    ParagraphStatus.AD_REFERENDUM: ("wait", "half"),
    ParagraphStatus.AGREED: ("ok", "ok"),
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
    def opening(self) -> SafeString:
        """Everything before the positions."""
        return self._opening("")

    @property
    def alone(self) -> SafeString:
        """The same where it takes the place of the paragraph on the page: then it is what the reader is at."""
        return self._opening(' tabindex="-1" autofocus')

    def _opening(self, attributes: str) -> SafeString:
        kind = " para--whole" if self.kind == "whole" else ""
        number = f'<div class="para__n">{self.number}{self.state}</div>' if self.kind == "paragraph" else ""
        return mark_safe(
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


class Rows:
    """Writes the paragraphs of one text for one reader, in the language of the page."""

    def __init__(self, seen: Negotiation, columns: list[Column]) -> None:
        self.seen, self.columns, self.reader = seen, columns, seen.reader
        self.base = reverse("negotiation", args=[seen.document.ref])
        self.icons = static("core/icons.svg")
        self.language = get_language() or ""
        self.stances = {one: self._state(one, str(words.STANCE[one])) for one in Stance}
        self.takes = {one: str(words.TAKE[one]) for one in Stance}

    # ------------------------------------------------------------------------------------------ the list
    def all(self, *, open_only: bool = False) -> Iterator[Run]:
        """The whole text in runs; two agreed paragraphs or more in a row are folded."""
        agreed: list[Row] = []
        for block in self.seen.text:
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
        cells = "".join(self._heading(one, block) for one in self.columns)
        return Row(block, "heading", self.seen.numbers.get(block, ""), "", cells=mark_safe(cells))

    def row(self, block: str) -> Row:
        """A paragraph with everything beside it; the text as a whole if `block` is empty."""
        if not block:
            title = f'<p class="para__t para__t--all">{THE_WHOLE}</p>'
            return Row(
                WHOLE, "whole", "", _("The text as a whole"), cells=mark_safe(title), said=self.said(""),
                tools=self.tools(""),
            )  # fmt: skip
        status, number = self.seen.status(block), self.seen.numbers.get(block, "")
        label = _("Paragraph %(number)s: %(status)s") % {"number": number, "status": str(words.PARAGRAPH[status])}
        return Row(
            block, "paragraph", number, label, status=status,
            state=mark_safe(self._state(status, str(words.PARAGRAPH[status])) + self._small(block, status)),
            cells=mark_safe("".join(self._cell(one, block) for one in self.columns)),
            said=self.said(block) if status is not ParagraphStatus.AGREED else self.closed(block),
            tools=self.tools(block),
        )  # fmt: skip

    # ------------------------------------------------------------------------------------------ the text
    def _heading(self, column: Column, block: str) -> str:
        return f"<h2 {_of(column.language)}>{escape(column.texts[block].text)}</h2>"

    def _cell(self, column: Column, block: str) -> str:
        rendered: Rendered = column.texts[block]
        mark = ""
        if rendered.freshness is Freshness.MISSING:
            return f'<p class="para__t quiet">{UNTRANSLATED}</p>'
        if rendered.freshness is Freshness.STALE:
            mark = f'<small class="stale">{STALE}</small>'
        if rendered.kind is BlockKind.TABLE:
            return f'<div class="para__t tscroll" {_of(column.language)}>{_table(rendered.text)}{mark}</div>'
        return f'<p class="para__t" {_of(column.language)}>{escape(rendered.text)}{mark}</p>'

    # ---------------------------------------------------------------------------------------- its status
    def _small(self, block: str, status: ParagraphStatus) -> str:
        if status is ParagraphStatus.AD_REFERENDUM:
            number = len(self.seen.awaited(block))
            told = ngettext("%(n)d capital to confirm", "%(n)d capitals to confirm", number) % {"n": number}
        elif status is ParagraphStatus.AGREED:
            found = self.seen.paragraphs[block]
            told = _("Closed %(day)s") % {"day": self.short_day(found.closed)} if found.closed else ""
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

    # ------------------------------------------------------------------------------------- what was said
    def said(self, block: str, *, all_of_it: bool = False) -> SafeString:
        """The positions on a paragraph: tallies with a few badges, then the sharpest words."""
        parts = [self._awaited(block), self._voices(self.seen.words(block), block, all_of_it)]
        if soundings := self._voices(self.seen.soundings(block), block, all_of_it):
            parts.append(f'<p class="meta sounding">{IN_THE_SOUNDING}</p>{soundings}')
        return mark_safe("".join(parts)) or self._nothing

    @cached_property
    def _nothing(self) -> SafeString:
        shown = _("No position yet.") if self.reader.positions else _("Positions are for the Chair to read.")
        return mark_safe(f'<p class="meta">{shown}</p>')

    def _awaited(self, block: str) -> str:
        if not (parties := self.seen.awaited(block)):
            return ""
        label = _("To be confirmed by")  # collected only outside an f-string
        return f'<p class="voices"><b>{label}</b> {self._codes(parties)}</p>'

    def _voices(self, said: list[Word], block: str, all_of_it: bool) -> str:
        awaited = set(self.seen.awaited(block))  # named above already
        counted = [one for one in said if not (one.stance is Stance.AWAITING_CAPITAL and one.party in awaited)]
        tallies = "".join(self._tally(stance, counted, block, all_of_it) for stance in COUNTED)
        spoken = [one for one in said if one.stance not in COUNTED or one.words]
        shown = spoken if all_of_it else spoken[:REMARKS]
        left = len(spoken) - len(shown)
        more = ngettext("and %(n)d more position", "and %(n)d more positions", left) % {"n": left} if left else ""
        return tallies + "".join(map(self.remark, shown)) + (self._more(block, more) if more else "")

    def _tally(self, stance: Stance, said: list[Word], block: str, all_of_it: bool) -> str:
        parties = [one.party for one in said if one.stance is stance]
        if not parties:
            return ""
        own = self.reader.party
        parties.sort(key=lambda party: party != own)
        shown = parties if all_of_it else parties[:BADGES]
        left = len(parties) - len(shown)
        more = self._more(block, _("and %(n)d more") % {"n": left}) if left else ""
        return (
            f'<p class="voices"><b>{self.stances[stance]} {len(parties)}</b> '
            f"{self._codes(shown)}{more}</p>"
        )

    def _more(self, block: str, told: str) -> str:
        return f' <a class="more" href="{self.base}paragraphs/{block or WHOLE}/">{told}</a>'

    def remark(self, word: Word) -> str:
        """What a party said, with its words."""
        earlier = f' <span>{EARLIER}</span>' if word.earlier else ""
        cut = self._more(word.block, _("in full")) if word.cut else ""
        language = f" {_of(word.language)}" if word.language != self.language else ""
        ellipsis = "…" if word.cut else ""
        return (
            f'<div class="cmt"><header>{self._code(word.party)}{self.stances[word.stance]}'
            f"<span>{self.moment(word.at)}</span>{earlier}</header>"
            + (f"<p{language}><bdi>{escape(word.words)}{ellipsis}</bdi>{cut}</p>" if word.words else "")
            + "</div>"
        )

    def history(self, block: str) -> list[tuple[dt.datetime, SafeString, str, str]]:
        """What happened, the latest first: when, who and what, in which words, and in which language."""
        found = []
        for told in self.seen.history(block):
            said = told["said"]
            if "party" in said:
                who = f'{self._code(said["party"])} {self.stances[Stance(said["stance"])]}'
                who += f' {SOUNDING}' if said["sounding"] else ""
            else:
                status = ParagraphStatus(said["paragraphs"][block]["status"])
                who = f"{escape(capacity(told))} {self._state(status, str(words.PARAGRAPH[status]))}"
            spoken = said.get("words") or said.get("reason", "")
            found.append((told["at"], mark_safe(who), spoken, said.get("language", self.language)))
        return found

    # ---------------------------------------------------------------------------------- what one can do
    def tools(self, block: str) -> SafeString:
        """What the reader may do about a paragraph: the delegation's own word and buttons, its private note, and what
        the Chair does. Each works as a link or a form; with scripts they change this paragraph only."""
        parts = [self._own(block), self._note(block), self._chair(block)]
        return mark_safe("".join(parts))

    def _own(self, block: str) -> str:
        if not self.reader.party:
            return ""
        own, status = self.seen.own(block), self.seen.status(block)
        told = ""
        if own:
            word = self.stances[own.stance]
            told = f'{YOURS} {word} <span class="quiet">{self.moment(own.at)}</span>'
            if own.earlier:
                told += f' <span class="quiet">{EARLIER}</span>'
            told = f'<p class="own">{told}</p>'
        if self.reader.speaks and self.reader.party in self.seen.awaited(block):
            href = f"{self.base}paragraphs/{block}/capital/"
            return told + f'<p class="tools">{self._link(href, _("Answer of the capital"), main=True)}</p>'
        if not self.reader.speaks or self.seen.closed or status is not ParagraphStatus.OPEN:
            return told
        buttons = f'<div class="tools">{self._buttons(block, own)}</div>'
        if own and not own.earlier:
            return f'{told}<details class="change"><summary>{CHANGE}</summary>{buttons}</details>'
        return told + buttons

    def _buttons(self, block: str, own: Word | None) -> str:
        # Proposals in brackets, where they are worked with, get their place between these.
        said = own.stance if own and not own.earlier else None
        if not self.reader.member:
            return self._worded(block, Stance.COMMENT)
        quick = "".join(self._quick(block, one) for one in COUNTED if one is not said)
        worded = "".join(self._worded(block, one) for one in Stance if one not in COUNTED)
        return quick + worded

    def _quick(self, block: str, stance: Stance) -> str:
        main = " btn--main" if stance is Stance.CAN_JOIN else ""
        return (
            f'<button class="btn btn--small{main}" form="take" name="take" value="{stance} {block or WHOLE}" '
            f'hx-post="{self.base}positions/">{self.takes[stance]}</button>'
        )

    def _worded(self, block: str, stance: Stance) -> str:
        href = f"{self.base}paragraphs/{block or WHOLE}/position/?stance={stance}"
        return self._link(href, self.takes[stance])

    def _note(self, block: str) -> str:
        if not self.reader.party:
            return ""
        href = f"{self.base}paragraphs/{block or WHOLE}/note/"
        note, draft = self.seen.note(block), self.seen.draft(block)
        lock = f'<svg class="ico" aria-hidden="true"><use href="{self.icons}#i-lock"/></svg>'
        parts = []
        if draft:
            word = words.STANCE[draft.stance] if draft.stance else ""
            to = f"{self.base}paragraphs/{block or WHOLE}/position/"
            parts.append(f'<p>{lock}<b>{DRAFT}</b> {word} {self._link_to(to, OPEN)}</p>')
        if note:
            shown = escape(note.words[:240]) + ("…" if len(note.words) > 240 else "")
            parts.append(f'<p>{lock}<bdi>{shown}</bdi> {self._link_to(href, _("Edit"))}</p>')
        else:
            parts.append(f'<p>{lock}{self._link_to(href, _("Private note"))}</p>')
        return f'<div class="private">{"".join(parts)}</div>'

    def _chair(self, block: str) -> str:
        if not self.reader.leads or self.seen.closed or not block:
            return ""
        if self.seen.status(block) is ParagraphStatus.AGREED:
            href, told = f"{self.base}paragraphs/{block}/reopening/", _("Reopen")
        else:
            href, told = f"{self.base}agreement/?block={block}", _("Agree")
        return f'<p class="tools"><a class="btn btn--small" href="{href}">{told}</a></p>'

    def _link(self, href: str, told: str, *, main: bool = False) -> str:
        """A button that leads to a form; with scripts the form opens in its place."""
        kind = " btn--main" if main else ""
        return f'<a class="btn btn--small{kind}" href="{href}" hx-get="{href}">{told}</a>'

    def _link_to(self, href: str, told: str) -> str:
        return f'<a href="{href}" hx-get="{href}">{told}</a>'

    # ------------------------------------------------------------------------------------- small pieces
    def _state(self, of: Stance | ParagraphStatus, word: str) -> str:
        kind, icon = _SIGN[of]
        mark = f" st--{kind}" if kind else ""
        return f'<span class="st{mark}"><svg aria-hidden="true"><use href="{self.icons}#i-{icon}"/></svg>{word}</span>'

    def _codes(self, parties: Iterable[str]) -> str:
        return f'<span class="mini">{"".join(map(self._code, parties))}</span>'

    def _code(self, party: str) -> str:
        if party not in self._known:
            you = " code--you" if party == self.reader.party else ""
            name = escape(plain(self.seen.names[party]))
            self._known[party] = f'<abbr class="code{you}" title="{name}">{escape(party.upper())}</abbr>'
        return self._known[party]

    @cached_property
    def _known(self) -> dict[str, str]:
        return {}

    def short_day(self, day: dt.date) -> str:
        return date_format(day, pgettext("short date format", "j M"))

    def moment(self, at: dt.datetime) -> str:
        """`6 Dec, 11:20` at the seat."""
        local = timezone.localtime(at, settings.CHARTER.zone)
        day = local.date()
        if day not in self._days:
            self._days[day] = self.short_day(day)
        return f"{self._days[day]}, {local:%H:%M}"

    @cached_property
    def _days(self) -> dict[dt.date, str]:
        return {}


def _folded(agreed: list[Row]) -> list[Run]:
    if len(agreed) > 1:
        return [Run(agreed, folded=True)]
    return [Run([one]) for one in agreed]


def _of(language: str) -> str:
    """The attributes of words in a language."""
    return f'lang="{escape(language)}" dir="{"rtl" if language in RIGHT_TO_LEFT else "ltr"}"'


def _table(lines: str) -> str:
    rows = [[cell.strip() for cell in line.split(" | ")] for line in lines.splitlines() if line.strip()]
    cells = ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    return f'<table class="tbl">{"".join(cells)}</table>'
