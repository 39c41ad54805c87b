"""The file with which one chair hands over to the next."""

from collections.abc import Collection
from enum import StrEnum

from chancery.core.refusals import Refusal, sentence
from chancery.people.rules import Role, Standing, Unit


class Hand(StrEnum):
    """For whom a handover file is countersigned."""

    OUTGOING = "outgoing"
    INCOMING = "incoming"
    SECRETARIAT = "secretariat"


class AlreadySigned(Refusal):
    sentence = sentence("It is countersigned for this side already, by {name}.")
    status = 409


class ToOneself(Refusal):
    sentence = sentence("{party} is in the chair; a chair hands over to another state.")
    field = "incoming"


def may_sign(standing: Standing, hand: Hand, outgoing: str, incoming: str) -> bool:
    """Who signs for whom: delegates of the two states, and the Secretariat's protocol."""
    if hand is Hand.SECRETARIAT:
        return standing.is_officer(Unit.PROTOCOL)
    return standing.has(Role.DELEGATE, outgoing if hand is Hand.OUTGOING else incoming)


def is_complete(signed: Collection[str]) -> bool:
    """Whether all three have countersigned."""
    return set(Hand) <= {Hand(one) for one in signed}


def hands_over(standing: Standing, subject: object) -> bool:
    """Who sees the list of files (each file is asked for by itself): presidencies and delegates."""
    return standing.has(Role.PRESIDENCY) or standing.has(Role.DELEGATE)
