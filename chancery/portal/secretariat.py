"""The Secretariat's desk: what falls due, who has not answered, what blocks, what is about to be opened."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chancery.core import navigation
from chancery.core.dates import Day
from chancery.core.text import LocalizedText
from chancery.decisions.models import Undertaking
from chancery.decisions.queries import reading
from chancery.decisions.rules.followup import CLOSED
from chancery.documents.models import Document
from chancery.documents.queries import access
from chancery.parties.queries import Naming

from . import words
from .agreeing import Question, Text
from .asked import AHEAD, ahead, belonging

COLUMNS = 5  # questions beside each other; those due later stand among the deadlines only
WEEK = dt.timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that falls due on a day at the seat, at an instant where it has one."""

    due: dt.date
    at: dt.datetime | None
    title: LocalizedText
    url: str
    about: str
    late: bool
    today: dt.date

    @property
    def when(self) -> str:
        return _("Today") if self.due == self.today else words.short_day(Day(self.due), self.today)

    @property
    def clock(self) -> str:
        """The time at the seat."""
        return f"{self.at.astimezone(settings.CHARTER.zone):%H:%M}" if self.at else ""


def deadlines(person: Any, day: dt.date, asked: Sequence[Question]) -> list[Deadline]:
    """What falls due in the next weeks, and what is late: three queries besides the questions."""

    def made(due: dt.date, at: dt.datetime | None, title: LocalizedText, url: str, about: str) -> Deadline:
        return Deadline(due, at, title, url, about, due < day, day)

    charter = settings.CHARTER
    found = [made(charter.today(one.due), one.due, one.title, one.url, _answered(one)) for one in asked]
    for one in ahead(day, day + AHEAD):
        url = navigation.address(f"meetings:{one.ref}") or ""
        found.append(made(one.starts, one.opening, one.title, url, str(one.place) or _("Session")))
    for one in embargoes(person, day):
        url = navigation.address(f"documents:{one.ref}") or ""
        found.append(made(charter.today(one.embargo), one.embargo, one.title, url, _("The embargo ends.")))
    for one in _owed(person, day):
        url = navigation.address(f"decisions:{one.decision_id}") or ""
        found.append(made(one.due, None, one.task, url, _("Follow-up: %(who)s") % {"who": _addressee(one.addressee)}))
    return sorted((one for one in found if one.due <= day + AHEAD), key=lambda one: (one.due, one.clock or "~"))


def _answered(question: Question) -> str:
    given = {"answered": question.heard, "asked": len(question.asked)}
    if question.silence:
        return _("Silence: %(answered)d of %(asked)d have answered, none has objected.") % given
    return _("Positions: %(answered)d of %(asked)d have answered.") % given


def embargoes(person: Any, day: dt.date) -> list[Document]:
    """The texts under embargo, the next to be opened first: one query."""
    rows = Document.objects.filter(access.readable(person, belonging(person, day)), embargo__isnull=False)
    return list(rows.filter(withdrawn=None).order_by("embargo", "ref").defer("words")[:20])


def _owed(person: Any, day: dt.date) -> list[Undertaking]:
    rows = Undertaking.objects.filter(Q(due__lte=day + AHEAD), reading.readable(person, prefix="decision__"))
    return list(rows.exclude(status__in=CLOSED).order_by("due", "ref")[:40])


def _addressee(text: str) -> str:
    """Whom a follow-up is addressed to, in short: the code of a party or body."""
    return text.partition(":")[2].upper() or _("Secretariat")


@dataclass(frozen=True, slots=True)
class Row:
    """A delegation that has not answered everything: for each question whether it has, or None if it is not asked."""

    party: str
    name: LocalizedText
    cells: list[bool | None]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Delegations against what they are asked."""

    questions: list[Question]
    rows: list[Row]
    complete: int
    later: int

    @property
    def missing(self) -> int:
        """How many answers are missing."""
        return sum(len(one.missing) for one in self.questions)


def matrix(asked: Sequence[Question], names: Naming) -> Matrix:
    """Who has not answered, in the order of the page's language; the most urgent questions."""
    shown = list(asked[:COLUMNS])
    parties = sorted({party for one in shown for party in one.asked}, key=names.order)
    rows = [Row(one, names[one], [_cell(question, one) for question in shown]) for one in parties]
    behind = [one for one in rows if False in one.cells]
    return Matrix(shown, behind, len(rows) - len(behind), len(asked) - len(shown))


def _cell(question: Question, party: str) -> bool | None:
    return party in question.answered if party in question.asked else None


@dataclass(frozen=True, slots=True)
class Figure:
    number: int
    label: str


def figures(due: Sequence[Deadline], asked: Matrix, texts: Sequence[Text], day: dt.date) -> list[Figure]:
    """The desk in numbers."""
    week = sum(one.due <= day + WEEK for one in due)
    open_, stale = sum(one.open for one in texts), sum(one.to_translate for one in texts)
    return [
        Figure(week, ngettext("deadline this week", "deadlines this week", week)),
        Figure(asked.missing, ngettext("reply missing", "replies missing", asked.missing)),
        Figure(open_, ngettext("paragraph open", "paragraphs open", open_)),
        Figure(stale, ngettext("paragraph to translate", "paragraphs to translate", stale)),
    ]
