"""Who wishes to chair, and for which term.

Source: Rules of Procedure, article 14.1, as far as public: a state declares in writing its wish to chair either of the
next two terms; the Senior Officials recommend acceptance by silence; in principle a year before the term ends."""

from collections.abc import Collection
from enum import StrEnum

from chancery.core.refusals import Refusal, sentence
from chancery.people.rules import OF_A_PARTY, Role, Standing, Unit


class Term(StrEnum):
    NEXT = "next"
    AFTER_NEXT = "after-next"


class OnlyMembersChair(Refusal):
    sentence = sentence("{party} is not a Member State; only members chair.")
    field = "party"


class AlreadyACandidate(Refusal):
    sentence = sentence("{party} has declared its candidature for this term already.")
    field = "term"
    status = 409


class CandidatureOver(Refusal):
    sentence = sentence("This candidature was withdrawn.")
    status = 409


class NotADraftDecision(Refusal):
    """A candidature is decided upon in a text of its own."""

    sentence = sentence("This text was withdrawn, or is the draft decision on another candidature. Choose another one.")
    field = "document"
    status = 409


def check_candidate(party: str, members: Collection[str], declared: Collection[str], name: object) -> None:
    """Whether a party may declare for a term. Raises `OnlyMembersChair`, `AlreadyACandidate`."""
    if party not in members:
        raise OnlyMembersChair(party=name)
    if party in declared:
        raise AlreadyACandidate(party=name)


def declares(standing: Standing, party: str) -> bool:
    """Who declares a candidature: a delegate of the state, or an officer who received its letter."""
    return standing.has(Role.DELEGATE, party) or standing.is_officer(Unit.PROTOCOL, Unit.DOCUMENTS)


def follows(standing: Standing, members: Collection[str]) -> bool:
    """Who sees candidatures besides the Secretariat: the presidency, and the delegations of members."""
    own = any(right.role in OF_A_PARTY and right.scope in members for right in standing.rights)
    return own or standing.has(Role.PRESIDENCY)
