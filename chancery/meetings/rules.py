"""Everything that takes place."""

import datetime as dt
from enum import StrEnum

from chancery.core.dates import Day, Precision
from chancery.core.refusals import Refusal, sentence


class MeetingKind(StrEnum):
    SESSION = "session"
    EXPERT_MEETING = "expert-meeting"
    CONFERENCE = "conference"
    WORKSHOP = "workshop"
    SEMINAR = "seminar"
    WEBINAR = "webinar"
    FORUM = "forum"
    SIDE_EVENT = "side-event"
    EXTERNAL = "external"  # somebody else's, where the organisation took part
    VISIT = "visit"
    COURTESY_CALL = "courtesy-call"
    RECEPTION = "reception"
    CEREMONY = "ceremony"
    SIGNING = "signing"
    SPORT = "sport"
    MILESTONE = "milestone"  # something happened, and nobody gathered


class Format(StrEnum):
    IN_PERSON = "in-person"
    ONLINE = "online"
    HYBRID = "hybrid"


class CalledOff(StrEnum):
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class ParticipationRole(StrEnum):
    HOST = "host"
    PRESIDING = "presiding"
    DELEGATION = "delegation"
    SPEAKER = "speaker"
    OBSERVER = "observer"
    GUEST = "guest"


class Qualifier(StrEnum):
    """How a stated number is to be read."""

    OVER = "over"
    ABOUT = "about"
    STATED = "stated"


class Status(StrEnum):
    """Where a meeting stands on a day: computed, never stored."""

    PLANNED = "planned"
    UNDER_WAY = "under-way"
    HELD = "held"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class EndsBeforeItStarts(Refusal):
    sentence = sentence("It starts on {starts}; the last day cannot be earlier.")
    field = "ends"


class ClosesBeforeItOpens(Refusal):
    sentence = sentence("On one day, the closing time must be after the opening time.")
    field = "closes"


class SessionWithoutBody(Refusal):
    """A session is a session of a body."""

    sentence = sentence("Name the body whose session this is.")
    field = "body"


class SessionNumberTaken(Refusal):
    sentence = sentence("{meeting} is session {ordinal} of this body already.")
    field = "ordinal"


class AlreadyHeld(Refusal):
    """What has taken place cannot be called off."""

    sentence = sentence("It took place on {day}; correct the fact instead.")
    field = "called_off"


def last_day(starts: Day, ends: Day | None) -> dt.date:
    """The last possible day of a meeting."""
    return ends.last if ends else starts.last


def status(starts: Day, ends: Day | None, called_off: str, day: dt.date) -> Status:
    """Where a meeting stands at the end of a day. One whose date is known to the month only counts as planned
    until the month is over."""
    if called_off:
        return Status(called_off)
    if last_day(starts, ends) <= day:
        return Status.HELD
    exact = starts.precision in (Precision.DAY, Precision.BY, Precision.ATTESTED)
    return Status.UNDER_WAY if exact and starts.date <= day else Status.PLANNED


def check_times(starts: Day, ends: Day | None, opens: dt.time | None, closes: dt.time | None) -> None:
    """Raises `EndsBeforeItStarts` or `ClosesBeforeItOpens`."""
    if ends and ends.last < starts.date:
        raise EndsBeforeItStarts(starts=starts)
    one_day = ends is None or ends == starts
    if one_day and opens and closes and closes <= opens:
        raise ClosesBeforeItOpens
