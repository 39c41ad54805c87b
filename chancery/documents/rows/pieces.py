"""Small pieces of which the paragraphs of one page are made; what is the same on all of them is made once."""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from html import escape

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from chancery.core.charter import RIGHT_TO_LEFT
from chancery.core.templatetags.chancery import plain

from .. import words
from ..queries.negotiation import WHOLE, Negotiation
from ..rules.positions import ParagraphStatus, Stance
from ..rules.proposals import CHAIR, ProposalStatus

PROPOSED = "proposed"  # of a paragraph that is not in the text
_SIGN = {
    Stance.CAN_JOIN: ("ok", "ok"),
    Stance.AWAITING_CAPITAL: ("wait", "wait"),
    Stance.COMMENT: ("", "open"),
    Stance.RESERVATION: ("wait", "half"),
    Stance.OBJECTION: ("stop", "stop"),
    ParagraphStatus.OPEN: ("stop", "open"),
    ParagraphStatus.AD_REFERENDUM: ("wait", "half"),
    ParagraphStatus.AGREED: ("ok", "ok"),
    ProposalStatus.TABLED: ("stop", "open"),
    ProposalStatus.AD_REFERENDUM: ("wait", "half"),
    ProposalStatus.AGREED: ("ok", "ok"),
    ProposalStatus.NOT_RETAINED: ("", "stop"),
    ProposalStatus.WITHDRAWN: ("", "wait"),
    ProposalStatus.MERGED: ("", "half"),
    PROPOSED: ("", "open"),
}


class Pieces:
    """Those of one text for one reader, in the language of the page."""

    def __init__(self, seen: Negotiation) -> None:
        self.seen = seen
        self.base = reverse("negotiation", args=[seen.document.ref])
        self.icons = static("core/icons.svg")
        self.language = get_language() or ""
        self._codes: dict[str, str] = {}
        self._days: dict[dt.date, str] = {}

    @cached_property
    def stances(self) -> dict[Stance, str]:
        return {one: self.state(one, str(words.STANCE[one])) for one in Stance}

    @cached_property
    def names(self) -> dict[ParagraphStatus, str]:
        """Where a paragraph stands, in words."""
        return {one: str(words.PARAGRAPH[one]) for one in ParagraphStatus}

    @cached_property
    def statuses(self) -> dict[ParagraphStatus, str]:
        return {one: self.state(one, name) for one, name in self.names.items()}

    def state(self, of: str, word: str) -> str:
        kind, icon = _SIGN[of]
        mark = f" st--{kind}" if kind else ""
        return f'<span class="st{mark}"><svg aria-hidden="true"><use href="{self.icons}#i-{icon}"/></svg>{word}</span>'

    def codes(self, parties: Iterable[str]) -> str:
        return f'<span class="mini">{"".join(map(self.code, parties))}</span>'

    def code(self, party: str) -> str:
        """A party by its code; whoever chairs as the Chair."""
        if party not in self._codes:
            you = " code--you" if party == self.seen.reader.party else ""
            if party == CHAIR:
                self._codes[party] = f'<span class="code">{self.who(party)}</span>'
            else:
                name = escape(plain(self.seen.names[party]))
                self._codes[party] = f'<abbr class="code{you}" title="{name}">{escape(party.upper())}</abbr>'
        return self._codes[party]

    def who(self, party: str) -> str:
        """The same in plain words, as a bracket names its authors."""
        return _("Chair") if party == CHAIR else escape(party.upper())

    def more(self, block: str, told: str) -> str:
        return f' <a class="more" href="{self.base}paragraphs/{block or WHOLE}/">{told}</a>'

    def button(self, href: str, told: str, *, main: bool = False) -> str:
        """A button that leads to a form; with scripts the form opens in its place."""
        kind = " btn--main" if main else ""
        return f'<a class="btn btn--small{kind}" href="{href}" hx-get="{href}">{told}</a>'

    def link(self, href: str, told: str) -> str:
        return f'<a href="{href}" hx-get="{href}">{told}</a>'

    def short_day(self, day: dt.date) -> str:
        return date_format(day, pgettext("short date format", "j M"))

    def moment(self, at: dt.datetime) -> str:
        """`6 Dec, 11:20` at the seat."""
        local = at.astimezone(settings.CHARTER.zone)
        day = local.date()
        if day not in self._days:
            self._days[day] = self.short_day(day)
        return f"{self._days[day]}, {local.hour:02}:{local.minute:02}"


def spoken_in(language: str) -> str:
    """The attributes of words in a language."""
    return f'lang="{escape(language)}" dir="{"rtl" if language in RIGHT_TO_LEFT else "ltr"}"'
