"""Everything that takes place."""

import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

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


class BodyStillMeets(Refusal):
    """A body does not end before its sessions."""

    sentence = sentence("This body meets on {day} ({meeting}). Choose a later day, or call that session off first.")
    field = "until"
    status = 409


class SessionNumberTaken(Refusal):
    sentence = sentence("{meeting} is session {ordinal} of this body already.")
    field = "ordinal"


class AlreadyHeld(Refusal):
    """What has taken place is neither moved nor called off."""

    sentence = sentence("It took place already ({day}); correct the fact instead.")
    field = "called_off"


class AlreadyPostponed(Refusal):
    sentence = sentence("It is postponed already. Give it a new date, or cancel it.")
    field = "called_off"


class IsCancelled(Refusal):
    """A meeting that was cancelled stays cancelled; another one may be convened."""

    sentence = sentence("It was cancelled. Convene another meeting instead.")
    field = "called_off"


class NotYetHeld(Refusal):
    """An outcome is recorded of what has at least begun."""

    sentence = sentence("It is still to take place ({day}). Its outcome can be recorded once it has begun.")
    field = "outcome"


class PartOfItself(Refusal):
    sentence = sentence("A meeting cannot be a part of itself or of its own parts.")
    field = "part_of"


class NotAFigure(Refusal):
    sentence = sentence("“{line}” has no number. Write it like: over 450 | delegates")
    field = "figures"


class FileTooLarge(Refusal):
    sentence = sentence("The file is larger than {limit} MB.")
    field = "file"


class FileOfUnknownKind(Refusal):
    """Files are known by what is in them, whatever they are called."""

    sentence = sentence("This file is neither PDF, Word (DOCX without macros), JPEG nor PNG, or it is damaged.")
    field = "file"


def last_day(starts: Day, ends: Day | None) -> dt.date:
    """The last possible day of a meeting."""
    return ends.last if ends else starts.last


def day_after(day: dt.date) -> dt.date:
    """The next day; the calendar's last day has none and stands for itself."""
    return day if day == dt.date.max else day + dt.timedelta(days=1)


def status(starts: Day, ends: Day | None, called_off: str, day: dt.date) -> Status:
    """Where a meeting stands at the end of a day. One whose date is known to the month only counts as planned
    until the month is over."""
    if called_off:
        return Status(called_off)
    if last_day(starts, ends) <= day:
        return Status.HELD
    return Status.UNDER_WAY if is_exact(starts) and starts.date <= day else Status.PLANNED


def is_exact(day: Day) -> bool:
    """Whether a day is known as one day, not as a month, a quarter or a year."""
    return day.precision in (Precision.DAY, Precision.BY, Precision.ATTESTED)


def check_amendable(now: Status, starts: Day) -> None:
    """Only what is still to take place is amended, or what was postponed. Raises `AlreadyHeld`, `IsCancelled`."""
    if now is Status.HELD:
        raise AlreadyHeld(day=starts)
    if now is Status.CANCELLED:
        raise IsCancelled


def check_call_off(now: Status, starts: Day, how: CalledOff) -> None:
    """Raises `AlreadyHeld`, `IsCancelled`, or `AlreadyPostponed` where it would be postponed once more."""
    check_amendable(now, starts)
    if now is Status.POSTPONED and how is CalledOff.POSTPONED:
        raise AlreadyPostponed


def check_outcome(now: Status, starts: Day) -> None:
    """Raises `NotYetHeld`, `AlreadyPostponed`, `IsCancelled`."""
    if now is Status.PLANNED:
        raise NotYetHeld(day=starts)
    if now is Status.POSTPONED:
        raise AlreadyPostponed(field="outcome")
    if now is Status.CANCELLED:
        raise IsCancelled(field="outcome")


def check_times(starts: Day, ends: Day | None, opens: dt.time | None, closes: dt.time | None) -> None:
    """Raises `EndsBeforeItStarts` or `ClosesBeforeItOpens`."""
    if ends and ends.last < starts.date:
        raise EndsBeforeItStarts(starts=starts)
    one_day = ends is None or ends == starts
    if one_day and opens and closes and closes <= opens:
        raise ClosesBeforeItOpens


def at(day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    """The instant of a clock's time on a day in a zone."""
    return dt.datetime.combine(day, time, zone)


@dataclass(frozen=True, slots=True)
class Stated:
    """A number as it was stated, with what is counted in the languages of the charter."""

    value: str
    qualifier: Qualifier | None
    labels: tuple[str, ...]


_FIGURE = re.compile(r"(?:(?P<qualifier>[^\W\d]+)\s+)?(?P<value>\d[\d\s.,]*)")


def figures(text: str, words: dict[str, Qualifier]) -> list[Stated]:
    """Figures written one on each line, the labels in the order of the languages: `over 450 | delegates`.
    `words` are the qualifiers by the word that is written for them. Raises `NotAFigure`."""
    made = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        number, *labels = (part.strip() for part in line.split("|"))
        found = _FIGURE.fullmatch(number)
        said = (found["qualifier"] or "").casefold() if found else ""
        if not found or not labels or not labels[0] or (said and said not in words):
            raise NotAFigure(line=line[:60])
        made.append(Stated(re.sub(r"\D", "", found["value"]), words.get(said), tuple(labels)))
    return made


def kind_of_file(content: bytes) -> str:
    """The ending that a file's content deserves: pdf, docx, jpg or png. Raises `FileOfUnknownKind`."""
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return "pdf"
    if content.startswith(b"\xff\xd8\xff") and content.rstrip(b"\0").endswith(b"\xff\xd9"):
        return "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content.endswith(b"IEND\xaeB`\x82"):
        return "png"
    if content.startswith(b"PK\x03\x04") and _is_word(content):
        return "docx"
    raise FileOfUnknownKind


def _is_word(content: bytes) -> bool:
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    macros = any(name.casefold().endswith("vbaproject.bin") for name in names)
    return {"[Content_Types].xml", "word/document.xml"} <= set(names) and not macros
