"""Who belongs on a day, and what a person may read."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from chancery.core.asof import today
from chancery.parties.queries import belonging
from chancery.parties.rules import Capacity
from chancery.people import policy
from chancery.people.rules import OF_A_PARTY, Role, Standing

from ..models import Document
from ..rules.access import Audience, Classification


@dataclass(frozen=True, slots=True)
class Belonging:
    """The members and observers of a day, by reference."""

    members: frozenset[str]
    observers: frozenset[str]

    @property
    def parties(self) -> frozenset[str]:
        return self.members | self.observers


def on(day: dt.date) -> Belonging:
    """Who belongs on a day: one query."""
    rows = list(belonging(day).values_list("party", "capacity"))
    return Belonging(
        frozenset(party for party, capacity in rows if capacity == Capacity.MEMBER),
        frozenset(party for party, capacity in rows if capacity == Capacity.OBSERVER),
    )


def audience(document: Document, belongs: Belonging | None = None) -> Audience:
    """To whom a document goes today: the subject of `documents.read`."""
    kind = Classification(document.classification)
    if kind is Classification.PUBLIC and belongs is None:  # everybody reads it, so nobody need be counted
        return Audience(kind)
    belongs = belongs or on(today())
    return Audience(kind, belongs.members, belongs.parties, frozenset(document.sponsors.split()))


def readable(person: Any, belongs: Belonging | None = None, *, prefix: str = "") -> Q:
    """The condition that a person may read a document (of the relation `prefix`, such as `document__`): what
    `documents.read` says of one, for lists."""
    standing = policy.standing_of(person)
    if standing.is_officer() or standing.has(Role.AUDITOR):
        return Q()
    classes = [Classification.PUBLIC.value]
    if standing.has(Role.PRESIDENCY):
        classes += [Classification.PARTIES.value, Classification.BODY.value]
    parties = delegations(standing)
    sponsored = Q()
    if parties:
        belongs = belongs or on(today())
        classes += [Classification.PARTIES.value] if parties & belongs.parties else []
        classes += [Classification.BODY.value] if parties & belongs.members else []
        for party in parties:
            sponsored |= Q(**{f"{prefix}sponsors__regex": rf"(^| ){party}( |$)"})
    found = Q(**{f"{prefix}classification__in": classes})
    return found | sponsored if sponsored else found


def delegations(standing: Standing) -> frozenset[str]:
    """The parties for which somebody holds a role."""
    return frozenset(right.scope for right in standing.rights if right.role in OF_A_PARTY)
