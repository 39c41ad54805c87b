"""What bodies decided, in the verbs they used."""

from enum import StrEnum

from chancery.core.dates import Day, Period
from chancery.core.refusals import Refusal, sentence


class Verb(StrEnum):
    """The verbs of the levels; the record keeps the one that was used."""

    CONSIDER = "consider"
    POSITIVELY_CONSIDER = "positively-consider"
    SUPPORT_IN_PRINCIPLE = "support-in-principle"
    AGREE = "agree"
    FINALISE = "finalise"
    APPROVE = "approve"
    RECOMMEND = "recommend"
    TAKE_NOTE = "take-note"
    REVIEW = "review"
    ENDORSE = "endorse"
    ADOPT = "adopt"
    WELCOME = "welcome"
    ESTABLISH = "establish"
    ELECT = "elect"
    ADMIT = "admit"
    LAUNCH = "launch"


class Manner(StrEnum):
    """How a decision was taken. Informal meetings take formal decisions too."""

    SESSION = "session"
    SILENCE = "silence"
    UNKNOWN = "unknown"


class LinkKind(StrEnum):
    """What a decision does to an earlier one."""

    AMENDS = "amends"
    SUPERSEDES = "supersedes"
    IMPLEMENTS = "implements"


class StatementKind(StrEnum):
    """What a party attaches to a decision without standing in its way."""

    INTERPRETATIVE = "interpretative"
    RESERVATION = "reservation"


class FollowUp(StrEnum):
    """Where an undertaking stands."""

    OPEN = "open"
    UNDER_WAY = "under-way"
    DONE = "done"
    LAPSED = "lapsed"


class BodyDidNotExist(Refusal):
    sentence = sentence("{body} did not exist at that time ({day}).")
    field = "body"


class SessionOfAnotherBody(Refusal):
    sentence = sentence("{meeting} was not a session of this body.")
    field = "session"


def check_body(period: Period, taken: Day, body: object) -> None:
    """A body decides while it exists; where a day is known to the month or the year only, the benefit of the doubt
    is given. Raises `BodyDidNotExist`."""
    too_early = period.since is not None and taken.last < period.since.date
    too_late = period.until is not None and period.until.last <= taken.date
    if too_early or too_late:
        raise BodyDidNotExist(body=body, day=taken)


def check_session(body: str, session_body: str | None, session: object) -> None:
    """A decision is taken at a meeting of the body that takes it. Raises `SessionOfAnotherBody`."""
    if session_body != body:
        raise SessionOfAnotherBody(meeting=session)
