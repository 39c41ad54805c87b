"""The silence procedure: adopted unless a member objects before the instant at which silence ends.

Sources: Annex 1 (A) of the OSCE Rules of Procedure of 2006 for the course of a silence; decision 74/544 of the General
Assembly for written announcement of the result; practice of the organisation for the shapes (docs/terms.md)."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from chancery.core.refusals import Refusal, sentence


class Shape(StrEnum):
    """How a body comes to decide by silence. (The fourth shape of a decision, in the room, needs none.)"""

    SUBJECT_TO_SILENCE = "subject-to-silence"  # approved in the room, subject to silence
    RECOMMENDED = "recommended"  # one body recommends that a higher one decide between its meetings
    REGULATION = "regulation"  # a regulation names silence as the alternative to a meeting


class Outcome(StrEnum):
    """How a silence ended."""

    ADOPTED = "adopted"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"  # a member objected to using silence at all
    LAPSED = "lapsed"  # the body did not exist any more when it ended


class Stage(StrEnum):
    """Where a silence stands at an instant."""

    PROPOSED = "proposed"  # the use of silence may still be objected to
    RUNNING = "running"
    ENDED = "ended"  # its time is over, and the clock is about to record the result
    ADOPTED = "adopted"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    LAPSED = "lapsed"


class ReplyKind(StrEnum):
    """What a delegation may say while silence runs."""

    ACKNOWLEDGEMENT = "acknowledgement"
    COMMENT = "comment"
    STATEMENT = "statement"  # interpretative
    RESERVATION = "reservation"
    OBJECTION = "objection"
    AMENDMENT = "amendment"


BREAKING = frozenset({ReplyKind.OBJECTION, ReplyKind.AMENDMENT})
ATTACHED = frozenset({ReplyKind.STATEMENT, ReplyKind.RESERVATION})
"""What does not break silence and is attached to the decision and to the record of the next meeting."""

FOR_OBSERVERS = frozenset({ReplyKind.ACKNOWLEDGEMENT, ReplyKind.COMMENT})


class Effect(StrEnum):
    """What a reply does."""

    NOTED = "noted"
    BREAKS = "breaks"
    STOPS_PROPOSAL = "stops-proposal"
    LATE = "late"  # recorded, and changes nothing


class NotAWorkingDay(Refusal):
    sentence = sentence("{day} is not a working day at the seat. The next one is {next}.")
    field = "expires"


class NoSuchTime(Refusal):
    sentence = sentence("At the seat the clocks are put forward that day: there is no {time}. Choose another time.")
    field = "expires"


class TimeTwice(Refusal):
    sentence = sentence("At the seat the clocks are put back that day: {time} comes twice. Choose another time.")
    field = "expires"


class ExpiryPassed(Refusal):
    sentence = sentence("Silence would have ended already. Choose a later instant.")
    field = "expires"


class TooShort(Refusal):
    """The charter states a minimum, and cites the rule it comes from."""

    sentence = sentence("A silence lasts {hours} hours at least ({rule}). Choose a later instant.")
    field = "expires"


class SilenceOver(Refusal):
    sentence = sentence("This silence is over ({outcome}).")
    status = 409


class NotYetRunning(Refusal):
    sentence = sentence("This silence has only been proposed; it can be withdrawn, not extended.")
    status = 409


class NotLater(Refusal):
    sentence = sentence("Silence ends {expires} as it is. An extension must end later.")
    field = "expires"


class ReasonMissing(Refusal):
    """Breaking silence needs a reason, which all members read."""

    sentence = sentence("Give the reason. All members will read it under the name of your delegation.")
    field = "words"


class WordsMissing(Refusal):
    sentence = sentence("Write what your delegation says.")
    field = "words"


class ObserverCannotBreak(Refusal):
    """Observers are informed and cannot break silence."""

    sentence = sentence("{party} is an observer: it is informed, and may comment. Only a Member State breaks silence.")
    field = "kind"
    status = 403


class NotAParty(Refusal):
    sentence = sentence("{party} is neither a member nor an observer today, and has no voice in this silence.")
    status = 403


class AlreadyBroken(Refusal):
    sentence = sentence("Silence is broken already, by {party}. Nothing more is needed to stop this text.")
    status = 409


class CannotRestart(Refusal):
    sentence = sentence("Only a silence that ended without a decision is restarted. This one is {stage}.")
    status = 409


class AlreadyRunning(Refusal):
    """One text is under one silence at a time."""

    sentence = sentence("A silence on this text has begun already and ends {expires}.")
    status = 409


class TextFrozen(Refusal):
    """A change restarts the procedure."""

    sentence = sentence("This text is under silence until {expires} and frozen. Withdraw the silence to change it.")
    status = 409


class SilenceRunsInBody(Refusal):
    """Nothing is adopted in the name of a body that does not exist any more."""

    sentence = sentence("Silence runs in this body until {expires}. Choose a day after it, or have it withdrawn first.")
    field = "until"
    status = 409


class SessionMissing(Refusal):
    """Each shape of a silence rests on something that can be named."""

    sentence = sentence("Name the session that approved the text subject to silence.")
    field = "session"


class RecommendationMissing(Refusal):
    sentence = sentence("Name the decision by which a lower body recommends to decide by silence.")
    field = "recommendation"


class RegulationMissing(Refusal):
    sentence = sentence("Name the regulation, and its article, that allows silence instead of a meeting.")
    field = "basis"


class WordingMissing(Refusal):
    """An amendment says which words its author could accept."""

    sentence = sentence("Write the wording that your delegation could accept, or object instead.")
    field = "wording"


class RecommendsSomethingElse(Refusal):
    sentence = sentence("That decision does not recommend this text to this body. Choose the one that does.")
    field = "recommendation"
    status = 409


class NotForMembers(Refusal):
    """Members decide on what they can read."""

    sentence = sentence("This text is for the Secretariat only. Open it to the members first.")
    field = "version"
    status = 409


@dataclass(frozen=True, slots=True)
class Course:
    """The instants of a silence: proposed, begins to run unless somebody objects to the proposal, ends."""

    opens: dt.datetime
    expires: dt.datetime
    outcome: Outcome | None = None


def stage(course: Course, at: dt.datetime) -> Stage:
    """Where a silence stands at an instant. Its last instant is the one before it expires."""
    if course.outcome:
        return Stage(course.outcome)
    if at < course.opens:
        return Stage.PROPOSED
    return Stage.RUNNING if at < course.expires else Stage.ENDED


def effect(
    kind: ReplyKind, words: str, course: Course, at: dt.datetime, *, member: bool, observer: bool, party: object
) -> Effect:
    """What a reply does, whose entry bears the instant `at`.

    An objection counts if, and only if, that instant is before the expiry; after it, also when the result is not
    recorded yet, it is late. While silence is only proposed, an objection is one to the use of silence.

    Raises `NotAParty`, `ObserverCannotBreak`, `ReasonMissing`, `WordsMissing`, and `SilenceOver` for whatever else
    than an objection comes after the end."""
    if not member and not observer:
        raise NotAParty(party=party)
    if observer and kind not in FOR_OBSERVERS:
        raise ObserverCannotBreak(party=party)
    if kind in BREAKING and not words.strip():
        raise ReasonMissing
    if kind is not ReplyKind.ACKNOWLEDGEMENT and not words.strip():
        raise WordsMissing
    now = stage(course, at)
    if now is Stage.PROPOSED:
        return Effect.STOPS_PROPOSAL if kind in BREAKING else Effect.NOTED
    if now is Stage.RUNNING:
        return Effect.BREAKS if kind in BREAKING else Effect.NOTED
    if kind in BREAKING and now in (Stage.ENDED, Stage.ADOPTED):
        return Effect.LATE
    raise SilenceOver(outcome=now)


# -------------------------------------------------------------------------------------------------- time
def is_working(day: dt.date, weekdays: Collection[int], holidays: Collection[dt.date]) -> bool:
    """Whether the seat works on a day; `weekdays` as ISO numbers them (1 is Monday)."""
    return day.isoweekday() in weekdays and day not in holidays


def working_day(day: dt.date, weekdays: Collection[int], holidays: Collection[dt.date]) -> dt.date:
    """The day itself if the seat works on it, or the next on which it does."""
    while not is_working(day, weekdays, holidays):
        day += dt.timedelta(days=1)
    return day


def working_days_after(
    day: dt.date, number: int, weekdays: Collection[int], holidays: Collection[dt.date]
) -> dt.date:
    """The `number`th working day after a day."""
    for _each in range(number):
        day = working_day(day + dt.timedelta(days=1), weekdays, holidays)
    return day


def check_working(day: dt.date, weekdays: Collection[int], holidays: Collection[dt.date]) -> None:
    """Silence ends on a day on which the seat works. Raises `NotAWorkingDay`."""
    if not is_working(day, weekdays, holidays):
        raise NotAWorkingDay(day=day, next=working_day(day, weekdays, holidays))


def expiry(
    day: dt.date, time: dt.time, zone: ZoneInfo, weekdays: Collection[int], holidays: Collection[dt.date]
) -> dt.datetime:
    """The instant at which silence ends: a clock's time at the seat, on a working day.

    Raises `NotAWorkingDay`; `NoSuchTime` or `TimeTwice` where the seat's clocks change."""
    check_working(day, weekdays, holidays)
    local = dt.datetime.combine(day, time, zone)
    if local.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(time=time.isoformat("minutes"))
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise TimeTwice(time=time.isoformat("minutes"))
    return local.astimezone(dt.UTC)


def check_basis(shape: Shape, *, session: bool, recommendation: bool, basis: str) -> None:
    """What each shape rests on: the session that approved subject to silence, the recommendation of a lower body, the
    regulation that names silence. Raises `SessionMissing`, `RecommendationMissing`, `RegulationMissing`."""
    if shape is Shape.SUBJECT_TO_SILENCE and not session:
        raise SessionMissing
    if shape is Shape.RECOMMENDED and not recommendation:
        raise RecommendationMissing
    if shape is Shape.REGULATION and not basis.strip():
        raise RegulationMissing


def check_recommendation(same_text: bool, recommended_by: str, body: str) -> None:
    """A silence rests on what another body recommended of the same text. Raises `RecommendsSomethingElse`."""
    if not same_text or recommended_by == body:
        raise RecommendsSomethingElse


def check_length(opens: dt.datetime, expires: dt.datetime, at: dt.datetime, minimum: int | None, rule: str) -> None:
    """The length of a silence is set by who proposes it; a charter may state a minimum in hours, with its `rule`.

    Raises `ExpiryPassed`, `TooShort`."""
    if expires <= max(opens, at):
        raise ExpiryPassed
    if minimum and expires - opens < dt.timedelta(hours=minimum):
        raise TooShort(hours=minimum, rule=rule)


def check_extension(course: Course, later: dt.datetime, at: dt.datetime) -> None:
    """A silence that runs may be made to end later. Raises `SilenceOver`, `NotYetRunning`, `NotLater`."""
    now = stage(course, at)
    if now is Stage.PROPOSED:
        raise NotYetRunning
    if now is not Stage.RUNNING:
        raise SilenceOver(outcome=now)
    if later <= course.expires:
        raise NotLater(expires=course.expires)


def check_withdrawal(course: Course, at: dt.datetime) -> None:
    """A silence may be withdrawn until its end. Raises `SilenceOver`."""
    now = stage(course, at)
    if now not in (Stage.PROPOSED, Stage.RUNNING):
        raise SilenceOver(outcome=now)


def check_wording(kind: ReplyKind, wording: str) -> None:
    """Raises `WordingMissing` for an amendment without the words that are proposed."""
    if kind is ReplyKind.AMENDMENT and not wording.strip():
        raise WordingMissing


def check_restart(course: Course, at: dt.datetime) -> None:
    """What failed may be tried again, on the same text or a changed one. Raises `CannotRestart`."""
    now = stage(course, at)
    if now not in (Stage.BROKEN, Stage.REFUSED, Stage.WITHDRAWN, Stage.LAPSED):
        raise CannotRestart(stage=now)
