"""What is asked of somebody, and the sessions ahead, as an iCalendar file (RFC 5545)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from chancery import __version__
from chancery.core import asof
from chancery.meetings import calendar
from chancery.meetings.models import Meeting

from . import asks
from .asked import ahead
from .asks import Ask

MONTHS = dt.timedelta(days=183)


def personal(owner: Any) -> bytes:
    """The calendar of a person, as the person may see it now: what is asked, and the sessions of half a year."""
    today = asof.today()
    return written(asks.of(owner, today), ahead(today, today + MONTHS))


def written(found: Iterable[Ask], meetings: Iterable[Meeting]) -> bytes:
    """Asks with a day, and meetings. It leaves the house: what is not public is named by its symbol alone."""
    language, now = get_language() or settings.LANGUAGE_CODE, asof.now().replace(microsecond=0)
    made = Calendar()
    made.add("prodid", f"-//Chancery {__version__}//{settings.CHARTER.symbol}//{language.upper()}")
    made.add("version", "2.0")
    desk = _("Desk")
    made.add("x-wr-calname", f"{settings.CHARTER.short}: {desk}")
    made.add("refresh-interval", dt.timedelta(hours=1), parameters={"value": "DURATION"})
    for ask in found:
        if ask.due and not ask.subject.startswith("meetings:"):
            made.add_component(_event(ask, now))
    for meeting in meetings:
        made.add_component(calendar.event(meeting, asof.today(), now))
    made.add_missing_timezones()
    return made.to_ical()


def _event(ask: Ask, now: dt.datetime) -> Event:
    """A deadline: its instant, or its whole day; it keeps nobody's time occupied."""
    made = Event()
    made.add("uid", f"{ask.subject}@{settings.CHARTER.ref}")
    made.add("dtstamp", now)
    if ask.at:
        made.add("dtstart", ask.at)
        made.add("dtend", ask.at)
    else:
        made.add("dtstart", ask.due)
        made.add("dtend", ask.due + dt.timedelta(days=1))  # type: ignore[operator]
    made.add("transp", "TRANSPARENT")
    made.add("summary", f"{ask.kind}: {ask.title}" if ask.open else f"{ask.kind}: {ask.hint}".rstrip(": "))
    made.add("url", settings.ORIGIN + ask.url)
    return made
