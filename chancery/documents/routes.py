"""The way of a text through the bodies, as the area above knows it: `routes.way(document, person)` gives the steps for
the strip above a text, `routes.add(provider)` is called once in an `AppConfig.ready`."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from chancery.core.dates import Day
from chancery.core.text import LocalizedText
from chancery.meetings.models import Meeting

from .models import Document


class Place(StrEnum):
    """Where a step lies, seen from where the text is."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Step:
    """A body on the way of a text, and what it did with it, in words of the page's language.

    `decision` is the reference of its decision, empty where there is none that the reader may see; `by_silence` says
    that it was taken between sessions; `silence` is the instant at which silence ends, where one runs there now."""

    body: str
    name: LocalizedText
    status: Place
    verb: Any = ""
    day: Day | None = None
    session: Meeting | None = None
    decision: str = ""
    by_silence: bool = False
    silence: dt.datetime | None = None


Provider = Callable[[Document, Any], list[Step]]
_providers: list[Provider] = []


def add(provider: Provider) -> None:
    """The area that knows what bodies decided introduces itself."""
    _providers.append(provider)


def way(document: Document, person: Any = None) -> list[Step]:
    """The steps of a document as a person may see them, lowest body first; nothing for a paper that does not climb
    and that no body has dealt with."""
    return [step for provider in _providers for step in provider(document, person)]
