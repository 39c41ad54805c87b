"""Decisions of a body, a session or a period, and what they concern."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from chancery.core import navigation, tables
from chancery.core.text import LocalizedText
from chancery.meetings.queries import containing, naming_one
from chancery.meetings.words import short_day
from chancery.parties.models import Membership
from chancery.parties.queries import Naming

from .. import words
from ..models import Decision

_NEWEST = ("-taken", "-ref")
_PARTS: dict[str, Callable[[Any], Q]] = {
    "q": lambda text: containing("words", text),
    "body": lambda body: Q(body=body),
    "verb": lambda verb: Q(verb=verb),
    "manner": lambda manner: Q(manner=manner),
    "party": lambda party: concerning(party),
    "since": lambda since: Q(taken__gte=since.date),
    "to": lambda last: Q(taken__lte=last.last),
}


def parts(asked: Mapping[str, Any]) -> dict[str, Q]:
    """The conditions of a filter, by the name of its field; fields left empty ask for nothing."""
    return {name: _PARTS[name](asked[name]) for name in _PARTS if asked.get(name)}


def concerning(party: str, memberships: Iterable[Membership] | None = None) -> Q:
    """Decisions about a party, or about its belonging; the memberships are read where they are not given."""
    found = naming_one("concerns", f"parties:{party}")
    for membership in Membership.objects.filter(party=party) if memberships is None else memberships:
        found |= naming_one("concerns", f"memberships:{membership.ref}")
    return found


@dataclass(frozen=True, slots=True)
class Listed:
    """A decision as a list shows it."""

    decision: Decision

    @property
    def when(self) -> str:
        return short_day(self.decision.day)

    @property
    def verb(self) -> Any:
        return words.VERB[self.decision.verb]

    @property
    def manner(self) -> Any:
        return words.MANNER[self.decision.manner]


def listed(*conditions: Q) -> QuerySet[Decision]:
    """Decisions with what lists show, newest first."""
    return Decision.objects.filter(*conditions).defer("summary", "words").select_related("body").order_by(*_NEWEST)


def taken_by(day: dt.date) -> Q:
    """What had been decided at the end of a day."""
    return Q(taken__lte=day)


def latest(day: dt.date, n: int, *conditions: Q) -> list[Decision]:
    """The last decisions up to a day, newest first."""
    return list(listed(taken_by(day), *conditions)[:n])


def shown(decisions: Iterable[Decision]) -> list[Listed]:
    return [Listed(one) for one in decisions]


def by_year(decisions: Iterable[Decision]) -> list[tuple[dt.date, list[Listed]]]:
    """Decisions in the order given, under the year in which they were taken."""
    years: dict[dt.date, list[Listed]] = defaultdict(list)
    for one in decisions:
        years[dt.date(one.taken.year, 1, 1)].append(Listed(one))
    return list(years.items())


def decision_page(ref: str) -> Decision | None:
    return Decision.objects.select_related("body", "session").filter(ref=ref).first()


def concerned(decision: Decision, names: Naming) -> list[tuple[LocalizedText | str, str]]:
    """What a decision is about: words and address, in the order kept; one query for each kind of thing."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for subject in decision.concerns.split():
        table, _, ref = subject.partition(":")
        wanted[table].append(ref)
    found = {
        f"{table}:{ref}": fact
        for table, refs in wanted.items()
        for ref, fact in tables.table(table).model._default_manager.in_bulk(refs).items()
    }
    return [
        (_called(found.get(subject), subject, names), navigation.address(subject) or "")
        for subject in decision.concerns.split()
    ]


def _called(fact: Any, subject: str, names: Naming) -> LocalizedText | str:
    """The name or title of a fact; of one that has none, the party it belongs to."""
    if subject.startswith("parties:"):
        return names[subject.removeprefix("parties:")]
    for attribute in ("name", "title"):
        if text := getattr(fact, attribute, None):
            return text
    party = getattr(fact, "party_id", None)
    return names[party] if party else subject.partition(":")[2]
