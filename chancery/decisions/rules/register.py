"""What bodies decided, in the verbs they used."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any

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


IN_FORCE = frozenset(
    {
        Verb.ADOPT, Verb.APPROVE, Verb.AGREE, Verb.ENDORSE, Verb.FINALISE, Verb.ESTABLISH, Verb.ELECT, Verb.ADMIT,
        Verb.LAUNCH,
    }
)  # fmt: skip
"""The verbs that put something into force; the others speak of a text and leave it as it is."""


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


class NotAMemberSpeaks(Refusal):
    """Statements and reservations are made by members; an observer may comment, which is not attached."""

    sentence = sentence("{party} is not a Member State on that day; its words are not attached to a decision.")
    field = "parties"


class WordsOfStatementMissing(Refusal):
    sentence = sentence("Write what was stated, and name who stated it.")
    field = "text"


class LinkedToLater(Refusal):
    """A decision does something to an earlier one, never to a later one or to itself."""

    sentence = sentence("“{other}” was not decided before. A decision amends, supersedes or implements an earlier one.")


class AlreadyPublic(Refusal):
    sentence = sentence("This decision is public already.")
    status = 409


class NotTakenBySilence(Refusal):
    """What was decided between sessions is noted at the next one."""

    sentence = sentence("This was decided at a session; there is nothing to note at another one.")
    status = 409


class AlreadyNoted(Refusal):
    sentence = sentence("This was noted at {session} already.")
    status = 409


class NotedBeforeDecision(Refusal):
    sentence = sentence("{session} was over before this was decided.")
    field = "session"


def check_statement(speaking: Sequence[str], worded: bool, members: Collection[str], names: Mapping[str, Any]) -> None:
    """Statements are made by members, in words. Raises `WordsOfStatementMissing`, `NotAMemberSpeaks`."""
    if not speaking or not worded:
        raise WordsOfStatementMissing
    for party in speaking:
        if party not in members:
            raise NotAMemberSpeaks(party=names[party])


def check_link(decision: str, taken: dt.date, other: str, other_taken: dt.date, called: object) -> None:
    """What one decision does to another. Raises `LinkedToLater`."""
    if decision == other or other_taken > taken:
        raise LinkedToLater(other=called)


def check_noting(manner: Manner, taken: dt.date, noted: object | None, last: dt.date, session: object) -> None:
    """Whether a decision can be noted at a session, whose last day is given. Raises `NotTakenBySilence`,
    `AlreadyNoted`, `NotedBeforeDecision`."""
    if manner is not Manner.SILENCE:
        raise NotTakenBySilence
    if noted is not None:
        raise AlreadyNoted(session=noted)
    if last < taken:
        raise NotedBeforeDecision(session=session)


def exists(period: Period, day: Day) -> bool:
    """Whether a body may have existed on a day; where one is known to the month or the year only, the benefit of the
    doubt is given."""
    too_early = period.since is not None and day.last < period.since.date
    too_late = period.until is not None and period.until.last <= day.date
    return not too_early and not too_late


def check_body(period: Period, taken: Day, body: object) -> None:
    """A body decides while it exists. Raises `BodyDidNotExist`."""
    if not exists(period, taken):
        raise BodyDidNotExist(body=body, day=taken)


def check_session(body: str, session_body: str | None, session: object) -> None:
    """A decision is taken at a meeting of the body that takes it. Raises `SessionOfAnotherBody`."""
    if session_body != body:
        raise SessionOfAnotherBody(meeting=session)
