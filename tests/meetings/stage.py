"""What the tests of meetings begin with."""

import datetime as dt
from typing import Any

from chancery.bodies.models import Body
from chancery.core.dates import Day
from chancery.core.text import LocalizedText
from chancery.meetings.models import Meeting
from chancery.meetings.tables import prepare


def text(english: str, russian: str = "") -> LocalizedText:
    return LocalizedText({"en": english, **({"ru": russian} if russian else {})})


def body(ref: str = "mc", name: str = "Council of Ministers", since: str = "2002-01-01") -> Body:
    first = dt.date.fromisoformat(since)
    return Body.objects.create(ref=ref, kind="governing", name=text(name), since=first, source="practice")


def meeting(ref: str, starts: str = "2024-11-20", ends: str = "", **more: Any) -> Meeting:
    """A meeting that stands in the record, however it came there."""
    first, last = Day.parse(starts), Day.parse(ends) if ends else None
    title = more.pop("title", text(ref.capitalize()))
    values = {"kind": "conference", "source": "practice", **more}
    days = {"starts": first.date, "starts_as": first.precision.value}
    if last:
        days |= {"ends": last.date, "ends_as": last.precision.value}
    made = prepare(Meeting(ref=ref, title=title, **days, **values))
    made.save()
    return made
