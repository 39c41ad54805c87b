"""How the organisation is governed: kinds of body, and the chair. Source of the rules of the chair: the Rules of
Procedure as far as they are public (a chair is bound to events, exactly one holds at any instant since the first)."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from chancery.core.dates import Period
from chancery.core.refusals import Refusal, sentence
from chancery.people.rules import Role, Standing


class BodyKind(StrEnum):
    GOVERNING = "governing"
    WORKING = "working"
    ADVISORY = "advisory"
    STANDING = "standing"
    FINANCING = "financing"
    NETWORK = "network"
    EXECUTIVE = "executive"


class Presided(StrEnum):
    """Who presides over a body's sessions."""

    CHAIR = "chair"  # the chairing state
    OWN = "own"  # a chair of its own
    NONE = "none"


class NoChair(Refusal):
    """A hand-over needs a chair who hands over."""

    sentence = sentence("Nobody is in the chair on {day}. Open a first term instead.")
    field = "day"


class ChairIsHeld(Refusal):
    """From the first chair on there is exactly one at any instant."""

    sentence = sentence("{party} is in the chair from {since}. Hand the chair over instead.")
    field = "since"


class SameChair(Refusal):
    sentence = sentence("{party} is in the chair already; a second term of the same State needs no hand-over.")
    field = "party"


class HandOverTooEarly(Refusal):
    sentence = sentence("The chair was taken on {since}; it can be handed over after that day at the earliest.")
    field = "day"


class NotAMember(Refusal):
    """Only a Member State can chair (Rule 14)."""

    sentence = sentence("{party} is not a Member State on {day}.")
    field = "party"


class ParentIsBelow(Refusal):
    """Bodies form a tree."""

    sentence = sentence("{body} stands below this body; it cannot be its parent.")
    field = "parent"


class HasBodiesBelow(Refusal):
    sentence = sentence("{bodies} report to this body on {day}. Dissolve them or place them elsewhere first.")
    field = "until"


@dataclass(frozen=True, slots=True)
class Term:
    """A term in the chair as the rules see it."""

    party: str
    period: Period


def chair_on(terms: Sequence[Term], day: dt.date) -> Term | None:
    """Who is in the chair at the end of a day; None before the first chair."""
    return next((term for term in terms if term.period.holds_on(day)), None)


@dataclass(frozen=True, slots=True)
class Troika:
    """Outgoing, current and incoming chair: derived, never stored (settled)."""

    outgoing: Term | None
    current: Term | None
    incoming: Term | None


def troika_on(terms: Sequence[Term], day: dt.date) -> Troika:
    """The chair of a day with its neighbours, terms given in order of time. A state that follows itself counts once."""
    index = next((i for i, term in enumerate(terms) if term.period.holds_on(day)), None)
    if index is None:
        return Troika(None, None, None)
    here = terms[index]
    before = [term for term in terms[:index] if term.party != here.party]
    after = [term for term in terms[index + 1 :] if term.party != here.party]
    return Troika(before[-1] if before else None, here, after[0] if after else None)


def quorum(members: int, fraction: Fraction) -> int:
    """How many members a meeting needs: two thirds of 28 are 19."""
    return math.ceil(members * fraction)


def gaps(terms: Sequence[Term]) -> list[tuple[Term, Term | None]]:
    """Places where the chair stands empty after the first term: (the term before, the term after)."""
    faults: list[tuple[Term, Term | None]] = []
    for term, following in zip(terms, [*terms[1:], None], strict=False):
        end = term.period.until
        if end and (following is None or following.period.since is None or following.period.since.date > end.date):
            faults.append((term, following))
    return faults


def presides(standing: Standing, term: Any) -> bool:
    """The presidency of the chair that a term is in, while the term lasts: what an earlier Chair said stays."""
    lasts = standing.day is None or term.until is None or standing.day < term.until
    return lasts and standing.has(Role.PRESIDENCY, term.body_id or "")
