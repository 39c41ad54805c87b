"""What a desk shows besides the asks: for whom one acts, the days ahead, and which doors are open."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chancery.core.asof import now
from chancery.core.dates import Day
from chancery.core.navigation import Entry, in_order
from chancery.decisions.models import Reply
from chancery.documents.models import Position
from chancery.documents.queries import access
from chancery.parties.queries import naming
from chancery.people import policy
from chancery.people.models import Grant
from chancery.people.rules import OF_A_PARTY, Role

from . import asks, queries, words
from .asked import belonging, negotiation
from .asks import Ask

DAYS = 14


@dataclass(frozen=True, slots=True)
class Row:
    """An ask as the desk words it: by when, and how far that is."""

    ask: Ask
    when: str
    away: str


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    rows: list[Row]


def groups(found: Iterable[Ask], today: dt.date) -> list[Group]:
    """The asks that are late, due within a week, and later, in words."""
    return [
        Group(one.code, [_row(ask, today) for ask in one.asks]) for one in asks.groups(found, today)
    ]


def _row(ask: Ask, today: dt.date) -> Row:
    if ask.due is None:
        return Row(ask, "", "")
    return Row(ask, words.short_day(Day(ask.due), today), words.distance(ask.due, today))


SECRETARIAT, CHAIR = "secretariat", "chair"


@dataclass(frozen=True, slots=True)
class Acting:
    """For whom somebody acts: a delegation, the Secretariat, the Chair, or nobody but oneself.

    `key` names the desk (a party, `secretariat`, `chair`, or nothing), `code` is that of the state, `asked` ends the
    sentence "What is asked of …"."""

    key: str
    name: Any
    asked: Any
    code: str = ""
    role: str = ""
    url: str = ""


def standings(person: Any, day: dt.date) -> list[Acting]:
    """For whom a person acts on a day: parties first, then the Secretariat and the Chair; at least for oneself."""
    rights = policy.standing_of(person, day).rights
    account, role = reverse("account"), str(person)
    parties = sorted({right.scope for right in rights if right.role in OF_A_PARTY})
    names = naming(day, parties) if parties else {}
    found = [
        Acting(one, _("Delegation of %(state)s") % {"state": names[one]}, names[one], one, role, account)
        for one in parties
    ]
    held = {right.role for right in rights}
    if held & {Role.OFFICER, Role.AUDITOR}:
        asked = _("the Secretariat") if Role.OFFICER in held else _("you")
        found.append(Acting(SECRETARIAT, _("Secretariat"), asked, "", role, account))
    if Role.PRESIDENCY in held:
        found.append(Acting(CHAIR, _("The Chair"), _("the Chair"), "", role, account))
    return found or [Acting("", str(person), _("you"), "", _("Signed in"), account)]


# ---------------------------------------------------------------- what was done, and by whom it may be
@dataclass(frozen=True, slots=True)
class Done:
    """Something that a delegation said."""

    words: Any
    title: Any
    url: str
    at: dt.datetime

    @property
    def when(self) -> str:
        """The day at the seat."""
        charter = settings.CHARTER
        return words.short_day(Day(charter.today(self.at)), charter.today(now()))


def done(person: Any, party: str, day: dt.date, *, limit: int = 5) -> list[Done]:
    """The last things that a delegation said of texts and under silence: two queries."""
    seen = partial(access.readable, person, belonging(person, day))
    said = Position.objects.filter(seen(prefix="document__"), party=party).select_related("document")
    found = [
        Done(words.STANCE[one.stance], one.document.title, negotiation(one.document), one.at)
        for one in said.order_by("-at", "-id")[:limit]
    ]
    replies = Reply.objects.filter(seen(prefix="silence__version__document__"), party=party).order_by("-at", "-id")
    related = replies.select_related("silence__version__document").defer("silence__version__blocks")
    for one in related[:limit]:
        url, title = reverse("silence", args=[one.silence.ref]), one.silence.version.document.title
        found.append(Done(words.REPLY[one.kind], title, url, one.at))
    return sorted(found, key=lambda one: one.at, reverse=True)[:limit]


def speakers(party: str, day: dt.date) -> list[str]:
    """The names of those who may speak for a delegation on a day: one query."""
    held = Grant.objects.on(day).filter(role=Role.DELEGATE, scope=party, account__is_active=True)
    return sorted(set(held.values_list("account__name", flat=True)))


# ---------------------------------------------------------------- the days ahead
@dataclass(slots=True)
class Cell:
    """A day of the calendar, with what falls on it."""

    day: dt.date
    where: str  # "past", "today" or nothing
    meetings: list[Any] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    late: bool = False


def fortnight(asks: Iterable[Ask], today: dt.date) -> list[Cell]:
    """Fourteen days from the Monday of this week on: meetings, and deadlines; those late or due today apart."""
    first = today - dt.timedelta(days=today.weekday())
    cells = {}
    for number in range(DAYS):
        day = first + dt.timedelta(days=number)
        where = "past" if day < today else "today" if day == today else ""
        cells[day] = Cell(day, where, late=day <= today)
    for meeting in queries.between(first, first + dt.timedelta(days=DAYS - 1)):
        cells[meeting.starts].meetings.append(meeting)
    for ask in asks:
        if ask.due in cells and not ask.subject.startswith("meetings:"):
            cells[ask.due].asks.append(ask)
    return list(cells.values())


# ---------------------------------------------------------------- doors
DOORS: list[Entry] = [
    Entry(gettext_lazy("Enter a State or organisation"), "party-registration", 10, act="parties.register"),
    Entry(gettext_lazy("Establish a post"), "post-establishment", 11, act="parties.establish-post"),
    Entry(gettext_lazy("Establish a body"), "body-establishment", 20, act="bodies.establish"),
    Entry(gettext_lazy("Hand the chair over"), "chair-hand-over", 21, act="bodies.hand-over"),
    Entry(gettext_lazy("A new edition of the catalogue"), "catalogue-edition", 30, act="catalogue.adopt-edition"),
    Entry(gettext_lazy("A new priority area"), "area-definition", 31, act="catalogue.define-area"),
    Entry(gettext_lazy("Convene a meeting"), "meeting-convening", 40, act="meetings.convene"),
    Entry(gettext_lazy("Table a document"), "document-tabling", 45, act="documents.table"),
    Entry(gettext_lazy("Propose a silence procedure"), "silence-proposal", 46, act="decisions.propose-silence"),
    Entry(gettext_lazy("Record a decision"), "decision-recording", 50, act="decisions.record"),
    Entry(gettext_lazy("Draft news"), "news-drafting", 55, act="newsroom.draft"),
    Entry(gettext_lazy("Receive a note verbale"), "note-receipt", 60, act="people.receive-note"),
    Entry(gettext_lazy("Invite somebody"), "invitation-making", 70, act="people.see-inviting"),
]
"""What can be begun from the desk. Whatever begins at one fact (an admission, a correction) is on its page."""


def doors(person: Any) -> list[Entry]:
    """The doors that the policy opens to a person."""
    return [entry for entry in in_order(DOORS) if policy.may(person, entry.act)]
