"""What a desk shows besides the asks: for whom one acts, the days ahead, and which doors are open."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chancery.core.dates import Day
from chancery.core.navigation import Entry, in_order
from chancery.parties.queries import naming
from chancery.people import policy
from chancery.people.rules import OF_A_PARTY, Right, Role

from . import asks, queries, words
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


@dataclass(frozen=True, slots=True)
class Acting:
    """For whom somebody acts: a delegation, the Secretariat, the Chair, or nobody but oneself.

    `code` is that of the state, `asked` ends the sentence "What is asked of …"."""

    name: Any
    asked: Any
    code: str = ""
    role: str = ""
    url: str = ""


def standing(person: Any, day: dt.date) -> Acting:
    """For whom a person acts on a day; of several rights the one for a party comes first."""
    rights = policy.standing_of(person, day).rights
    account = reverse("account")
    if party := next((right.scope for right in _sorted(rights) if right.role in OF_A_PARTY), None):
        name = naming(day, [party])[party]
        return Acting(_("Delegation of %(state)s") % {"state": name}, name, party, str(person), account)
    held = {right.role for right in rights}
    if Role.OFFICER in held:
        return Acting(_("Secretariat"), _("the Secretariat"), "", str(person), account)
    if Role.PRESIDENCY in held:
        return Acting(_("The Chair"), _("the Chair"), "", str(person), account)
    return Acting(str(person), _("you"), "", _("Signed in"), account)


def _sorted(rights: Iterable[Right]) -> list[Right]:
    return sorted(rights, key=lambda right: (right.scope, right.role))


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
        if ask.due in cells:
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
    Entry(gettext_lazy("Record a decision"), "decision-recording", 50, act="decisions.record"),
    Entry(gettext_lazy("Draft news"), "news-drafting", 55, act="newsroom.draft"),
    Entry(gettext_lazy("Receive a note verbale"), "note-receipt", 60, act="people.receive-note"),
    Entry(gettext_lazy("Invite somebody"), "invitation-making", 70, act="people.see-inviting"),
]
"""What can be begun from the desk. Whatever begins at one fact (an admission, a correction) is on its page."""


def doors(person: Any) -> list[Entry]:
    """The doors that the policy opens to a person."""
    return [entry for entry in in_order(DOORS) if policy.may(person, entry.act)]
