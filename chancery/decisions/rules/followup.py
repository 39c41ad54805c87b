"""What is owed after a decision: undertakings of its operative paragraphs."""

import datetime as dt
import re

from chancery.core.refusals import Refusal, sentence
from chancery.people.rules import OF_A_PARTY, Role, Standing, Unit

from .register import FollowUp

SECRETARIAT = "secretariat"
CLOSED = frozenset({FollowUp.DONE, FollowUp.LAPSED})
"""Where nothing is owed any more."""

_ADDRESSEE = re.compile(r"(parties|bodies):[a-z0-9.-]+|secretariat")


class NotAnAddressee(Refusal):
    sentence = sentence("Choose who is to do it: a party, a body or the Secretariat.")
    field = "addressee"


class NotInTheText(Refusal):
    """An undertaking rests on a paragraph of the text that was decided upon."""

    sentence = sentence("The text that was decided upon has no paragraph “{block}”.")
    field = "block"


class DueBeforeDecision(Refusal):
    sentence = sentence("The decision was taken on {taken}; what follows from it is due on that day or later.")
    field = "due"


class NothingOwed(Refusal):
    """What was done, or lapsed, is not owed any more; another decision may ask for it again."""

    sentence = sentence("Nothing is owed here any more: it was done, or it lapsed.")
    status = 409


class EvidenceMissing(Refusal):
    sentence = sentence("Say what was done: an address, a reference, or a sentence.")
    field = "evidence"


class NotAReport(Refusal):
    """What is open becomes under way, then done. That it lapsed is recorded by the Secretariat, with the reason."""

    sentence = sentence("A report says that the work is under way or done.")
    field = "status"


class ReasonMissing(Refusal):
    sentence = sentence("Say why nothing is owed any more; everybody who may read the decision reads it.")
    field = "reason"


def check_undertaking(addressee: str, due: dt.date | None, taken: dt.date) -> None:
    """Whether something can be owed from a decision. Raises `NotAnAddressee`, `DueBeforeDecision`."""
    if not _ADDRESSEE.fullmatch(addressee):
        raise NotAnAddressee
    if due and due < taken:
        raise DueBeforeDecision(taken=taken)


def check_report(now: FollowUp, status: FollowUp, evidence: str) -> None:
    """Whether progress can be reported. Raises `NothingOwed`, `NotAReport`, `EvidenceMissing`."""
    if now in CLOSED:
        raise NothingOwed
    if status not in (FollowUp.UNDER_WAY, FollowUp.DONE):
        raise NotAReport
    if status is FollowUp.DONE and not evidence.strip():
        raise EvidenceMissing


def check_lapse(now: FollowUp, reason: str) -> None:
    """Whether something can lapse. Raises `NothingOwed`, `ReasonMissing`."""
    if now in CLOSED:
        raise NothingOwed
    if not reason.strip():
        raise ReasonMissing


def is_late(due: dt.date | None, status: FollowUp, day: dt.date) -> bool:
    """Whether something is still owed after the day by which it was due."""
    return due is not None and due < day and status not in CLOSED


def reports(standing: Standing, addressee: str) -> bool:
    """Who reports on an undertaking: whoever holds a role for the party addressed, the presidency of the body
    addressed, and the Secretariat's documents unit for all."""
    if standing.is_officer(Unit.DOCUMENTS):
        return True
    kind, _, ref = addressee.partition(":")
    if kind == "parties":
        return any(standing.has(role, ref) for role in OF_A_PARTY)
    if kind == "bodies":
        return any(standing.has(Role.PRESIDENCY, one) for one in (ref, ""))
    return False
