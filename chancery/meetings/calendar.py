"""Meetings as an iCalendar file (RFC 5545): the same bytes for the same record."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from chancery import __version__
from chancery.core import navigation
from chancery.journal.queries import public

from . import words
from .models import Meeting
from .rules import CalledOff, Status, day_after, last_day

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def calendar(meetings: Iterable[Meeting], day: dt.date) -> bytes:
    """A calendar of meetings as they stand on a day. Each is stamped with the latest change of the record."""
    language = get_language() or settings.LANGUAGE_CODE
    made = Calendar()
    made.add("prodid", f"-//Chancery {__version__}//{settings.CHARTER.symbol}//{language.upper()}")
    made.add("version", "2.0")
    made.add("x-wr-calname", str(settings.CHARTER.short))
    made.add("refresh-interval", dt.timedelta(hours=12), parameters={"value": "DURATION"})
    stamp = public().values_list("at", flat=True).first() or _EPOCH
    for meeting in meetings:
        made.add_component(event(meeting, day, stamp))
    made.add_missing_timezones()
    return made.to_ical()


def event(meeting: Meeting, day: dt.date, stamp: dt.datetime) -> Event:
    """A meeting as an event: with its times where they are known, else as whole days; the whole month, quarter
    or year where no day is known, tentative until it is over."""
    now = meeting.status_on(day)
    made = Event()
    made.add("uid", f"{meeting.ref}@{settings.CHARTER.ref}")
    made.add("dtstamp", stamp.replace(microsecond=0))
    for name, value in _when(meeting):
        made.add(name, value)
    made.add("summary", _title(meeting, now))
    made.add("status", _status(meeting, now))
    if place := str(meeting.place):
        made.add("location", place)
    if about := "\n\n".join(_about(meeting, now)):
        made.add("description", about)
    made.add("categories", [str(words.KIND[meeting.kind])])
    made.add("url", settings.ORIGIN + (navigation.address(f"meetings:{meeting.ref}") or "/"))
    return made


def _when(meeting: Meeting) -> list[tuple[str, dt.date | str]]:
    opening, closing = meeting.opening, meeting.closing
    if opening and closing:
        return [("dtstart", opening), ("dtend", closing)]
    if opening and meeting.ended is None:
        return [("dtstart", opening)]
    after = day_after(last_day(meeting.began, meeting.ended))
    return [("dtstart", meeting.starts), ("dtend", after), ("transp", "TRANSPARENT")]


def _title(meeting: Meeting, now: Status) -> str:
    title = str(meeting.title)
    if now in (Status.POSTPONED, Status.CANCELLED):
        return f"{title} ({words.CALLED_OFF[meeting.called_off]})"
    if now is Status.PLANNED and not meeting.is_exact:
        unknown = _("date to be set")
        return f"{title} ({unknown})"
    return title


def _status(meeting: Meeting, now: Status) -> str:
    if meeting.called_off == CalledOff.CANCELLED:
        return "CANCELLED"
    open_date = now is Status.POSTPONED or (now is Status.PLANNED and not meeting.is_exact)
    return "TENTATIVE" if open_date else "CONFIRMED"


def _about(meeting: Meeting, now: Status) -> list[str]:
    """The description: the summary, and what is to be known about the date."""
    lines = [str(meeting.summary)]
    if now is Status.HELD and not meeting.is_exact:
        lines.append(_("The exact day is not known."))
    return [line for line in lines if line]
