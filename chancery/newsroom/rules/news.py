"""News: when it may be published, and how it is corrected."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from chancery.core.refusals import Refusal, sentence
from chancery.people.rules import Role, Standing


class NewsKind(StrEnum):
    ARTICLE = "article"
    FLASH = "flash"


class Layout(StrEnum):
    """How a picture stands on a printed page."""

    COLUMN = "column"
    WIDE = "wide"
    PAGE = "page"


class NothingToPublish(Refusal):
    sentence = sentence("Write a title and a text in {language} first.")
    field = "title"


class AlreadyPublished(Refusal):
    """What is published changes by a correction that says so, never silently."""

    sentence = sentence("This was published on {day}. Correct it instead.")
    status = 409


class ReleaseInThePast(Refusal):
    """The clock publishes what is still to come; what is due now, one publishes."""

    sentence = sentence("This instant has passed. Choose a later one, or publish now.")
    field = "day"


class UnknownMeeting(Refusal):
    sentence = sentence("“{ref}” is not the reference of a meeting.")
    field = "meetings"


class NothingToTell(Refusal):
    """A correction changes something."""

    sentence = sentence("Nothing was changed, so there is nothing to correct.")


class ReasonMissing(Refusal):
    """Whoever corrects says what was wrong."""

    sentence = sentence("Say what is corrected: the reader will see it.")
    field = "reason"


class NotAPicture(Refusal):
    sentence = sentence("{file} is not a picture that can be read. Use JPEG or PNG of at most {limit} MB.")
    field = "file"


class PictureWithoutWords(Refusal):
    """Whoever cannot see a picture is told what it shows."""

    sentence = sentence("Describe in words what the picture shows.")
    field = "alt"


def check_words(title: str, text: str, language: str) -> None:
    """What is published has a title and a text in a language, whose name is given. Raises `NothingToPublish`."""
    if not title.strip() or not text.strip():
        raise NothingToPublish(language=language)


def check_release(at: dt.datetime, now: dt.datetime) -> None:
    """Raises `ReleaseInThePast`."""
    if at <= now:
        raise ReleaseInThePast


_CORRECTED = re.compile(r"Corrected (\d{4}-\d\d-\d\d): (.+)")


@dataclass(frozen=True, slots=True)
class Correction:
    """That an item was corrected after it was published: on which day, and what."""

    day: dt.date
    reason: str


def with_correction(note: str, day: dt.date, reason: str) -> str:
    """The note of an item with one more correction, a line of its own, so that it travels with the record.
    Raises `ReasonMissing`."""
    words = " ".join(reason.split())
    if not words:
        raise ReasonMissing
    return f"{note}\n" * bool(note) + f"Corrected {day.isoformat()}: {words}"


def corrections(note: str) -> tuple[str, list[Correction]]:
    """What a note says besides, and the corrections in it, latest first."""
    rest, found = [], []
    for line in note.split("\n"):
        if match := _CORRECTED.fullmatch(line):
            found.append(Correction(dt.date.fromisoformat(match[1]), match[2]))
        else:
            rest.append(line)
    return "\n".join(rest).strip(), found[::-1]


def clock(standing: Standing, subject: Any) -> bool:
    """The clock alone releases what was scheduled."""
    return standing.machine == "clock"


def auditor(standing: Standing, subject: Any) -> bool:
    return standing.has(Role.AUDITOR)
