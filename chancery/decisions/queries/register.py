"""Decisions of a body, a session or a period, and what they concern."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from chancery.core import navigation, tables
from chancery.core.models import BY_POSITION
from chancery.core.text import LocalizedText
from chancery.documents.rules.access import Classification
from chancery.documents.words import CLASSIFICATION
from chancery.journal.models import Entry
from chancery.meetings.models import Meeting
from chancery.meetings.queries import containing, naming_one
from chancery.meetings.rules import last_day
from chancery.meetings.words import short_day
from chancery.parties.models import Membership
from chancery.parties.queries import Naming

from .. import words
from ..models import Decision, Link, Statement, Undertaking
from ..rules import Manner
from ..rules.register import IN_FORCE, LinkKind
from .reading import readable

_NEWEST = ("-taken", "-ref")
_PARTS: dict[str, Callable[[Any, Any], Q]] = {
    "q": lambda text, reader: containing("words", text),
    "body": lambda body, reader: Q(body=body),
    "verb": lambda verb, reader: Q(verb=verb),
    "manner": lambda manner, reader: Q(manner=manner),
    "party": lambda party, reader: concerning(party),
    "since": lambda since, reader: Q(taken__gte=since.date),
    "to": lambda last, reader: Q(taken__lte=last.last),
    "force": lambda day, reader: in_force(day.last, reader),
}


def parts(asked: Mapping[str, Any], reader: Any = None) -> dict[str, Q]:
    """The conditions of a filter, by the name of its field; fields left empty ask for nothing."""
    return {name: _PARTS[name](asked[name], reader) for name in _PARTS if asked.get(name)}


def concerning(party: str, memberships: Iterable[Membership] | None = None) -> Q:
    """Decisions about a party, or about its belonging; the memberships are read where they are not given."""
    found = naming_one("concerns", f"parties:{party}")
    for membership in Membership.objects.filter(party=party) if memberships is None else memberships:
        found |= naming_one("concerns", f"memberships:{membership.ref}")
    return found


def in_force(day: dt.date, reader: Any = None) -> Q:
    """Decisions whose text holds at the end of a day: taken with a verb that puts a text into force, by the last body
    on its way, and not superseded by then. What the reader may not see supersedes nothing for him."""
    settled = Q(document=None) | ~Q(number="")
    later = Link.objects.filter(
        readable(reader, prefix="decision__"), kind=LinkKind.SUPERSEDES, other=OuterRef("pk"), decision__taken__lte=day
    )
    return Q(taken__lte=day, verb__in=[one.value for one in IN_FORCE]) & settled & ~Q(Exists(later))


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

    @property
    def classification(self) -> Any:
        """Said only where it is not for everybody."""
        kind = self.decision.classification
        return "" if kind == Classification.PUBLIC else CLASSIFICATION[kind]


def listed(*conditions: Q, reader: Any = None) -> QuerySet[Decision]:
    """The decisions that a reader may see, with what lists show, newest first; without a reader, the public ones."""
    rows = Decision.objects.filter(readable(reader), *conditions).defer("summary", "words")
    return rows.select_related("body").order_by(*_NEWEST)


def taken_by(day: dt.date) -> Q:
    """What had been decided at the end of a day."""
    return Q(taken__lte=day)


def latest(day: dt.date, n: int, *conditions: Q, reader: Any = None) -> list[Decision]:
    """The last decisions up to a day that a reader may see, newest first; without a reader, the public ones."""
    return list(listed(taken_by(day), *conditions, reader=reader)[:n])


def shown(decisions: Iterable[Decision]) -> list[Listed]:
    return [Listed(one) for one in decisions]


def by_year(decisions: Iterable[Decision]) -> list[tuple[dt.date, list[Listed]]]:
    """Decisions in the order given, under the year in which they were taken."""
    years: dict[dt.date, list[Listed]] = defaultdict(list)
    for one in decisions:
        years[dt.date(one.taken.year, 1, 1)].append(Listed(one))
    return list(years.items())


# ---------------------------------------------------------------- one decision
def decision_page(ref: str, reader: Any = None) -> Decision | None:
    """A decision with what its page shows, for somebody who may read it."""
    wanted = ("body", "session", "document", "version", "recommendation__body", "recommendation__document", "noted")
    return Decision.objects.select_related(*wanted).filter(readable(reader), ref=ref).first()


@dataclass(frozen=True, slots=True)
class Linked:
    """What a decision does to another one, in words seen from the page's side."""

    words: Any
    kind: LinkKind
    decision: Decision
    outgoing: bool


def linked(decision: Decision, day: dt.date, reader: Any = None) -> list[Linked]:
    """What a decision did to earlier ones, and what was done to it up to a day: one query."""
    reach = readable(reader, prefix="decision__") & readable(reader, prefix="other__")
    rows = Link.objects.filter(Q(decision=decision) | Q(other=decision, decision__taken__lte=day), reach)
    found = []
    for one in rows.select_related("decision__body", "other__body").order_by("kind", "decision__taken", "ref"):
        out = one.decision_id == decision.pk
        said = words.LINK if out else words.LINKED
        found.append(Linked(said[one.kind], LinkKind(one.kind), one.other if out else one.decision, out))
    return found


def statements(decision: Decision) -> list[Statement]:
    """What parties attached to a decision, in the order in which it was attached."""
    return list(decision.statements.order_by(BY_POSITION, "ref"))


def whole(ref: str) -> list[Model]:
    """A decision and everything that belongs to it, as the record keeps it."""
    of_it = {"decision": ref}
    return [
        Decision.objects.get(pk=ref),
        *Statement.objects.filter(**of_it).select_related("decision").order_by("ref"),
        *Undertaking.objects.filter(**of_it).select_related("decision").order_by("ref"),
        *Link.objects.filter(Q(**of_it) | Q(other=ref)).select_related("decision", "other").order_by("ref"),
    ]


def waiting_for(opened: Iterable[Decision]) -> list[Decision]:
    """Decisions that were kept back only because they rest on some that are public now."""
    found: list[Decision] = []
    latest = list(opened)
    known = {one.pk for one in latest}
    while latest:
        rows = Decision.objects.filter(recommendation__in=latest, classification=Classification.PUBLIC)
        latest = [one for one in rows.exclude(pk__in=known) if one.is_public]
        known |= {one.pk for one in latest}
        found += latest
    return found


def taking(decision: Decision) -> dict[str, Any]:
    """What the journal says of how a decision was taken: who was present, which objections were lifted. Of a public
    decision, what is told to everybody; an empty object where no entry says it."""
    if decision.version_id is None:  # recorded as a fact of the past
        return {}
    told = Entry.objects.filter(mentions__subject=f"decisions:{decision.ref}", act__in=_TAKING).order_by("-seq")
    for entry in told:
        said = json.loads(entry.public if decision.is_public else entry.private or "{}").get("said", {})
        if said:
            return said
    return {}


_TAKING = ("decisions.adopt", "decisions.publish")


# ---------------------------------------------------------------- a session
def to_be_noted(session: Meeting) -> Q:
    """Of what a session's body decided by silence before its end: what no session has noted yet. What was only
    recorded as a fact of the past is not waited for."""
    last = last_day(session.began, session.ended)
    return Q(
        body=session.body_id, manner=Manner.SILENCE, expired__isnull=False, noted=None, taken__lte=last
    )


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
