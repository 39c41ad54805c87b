"""Meetings as iCalendar files, read back by a parser."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from chancery.meetings.calendar import calendar

from .stage import meeting, text

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 6, 15)


def read(*meetings, day=DAY) -> list:
    return list(Calendar.from_ical(calendar(meetings, day)).walk("VEVENT"))


@pytest.mark.parametrize(
    ("starts", "ends", "more", "begins", "after", "status", "title"),
    [
        ("2024-11-20", "", {}, (2024, 11, 20), (2024, 11, 21), "CONFIRMED", "Talk"),
        ("2024-11-20", "2024-11-22", {}, (2024, 11, 20), (2024, 11, 23), "CONFIRMED", "Talk"),
        ("2024-11", "", {}, (2024, 11, 1), (2024, 12, 1), "TENTATIVE", "Talk (date to be set)"),
        ("2024-Q4", "", {}, (2024, 10, 1), (2025, 1, 1), "TENTATIVE", "Talk (date to be set)"),
        ("2023-Q4", "", {}, (2023, 10, 1), (2024, 1, 1), "CONFIRMED", "Talk"),
        ("2024-11-20", "", {"called_off": "cancelled"}, (2024, 11, 20), (2024, 11, 21), "CANCELLED",
         "Talk (cancelled)"),
        ("2024-11-20", "", {"called_off": "postponed"}, (2024, 11, 20), (2024, 11, 21), "TENTATIVE",
         "Talk (postponed)"),
    ],
)  # fmt: skip
def test_whole_days(source, starts, ends, more, begins, after, status, title):
    (event,) = read(meeting("talk", starts, ends, title=text("Talk"), **more))
    assert event.decoded("dtstart") == dt.date(*begins)
    assert event.decoded("dtend") == dt.date(*after)
    assert (str(event["status"]), str(event["summary"])) == (status, title)
    assert str(event["uid"]) == "talk@practice"


def test_times_in_the_zone_of_the_meeting(source):
    made = meeting("talk", "2024-11-20", opens=dt.time(10), closes=dt.time(18), zone="Europe/Vienna")
    content = calendar([made], DAY)
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event.decoded("dtstart") == dt.datetime(2024, 11, 20, 10, tzinfo=ZoneInfo("Europe/Vienna"))
    assert event.decoded("dtend") == dt.datetime(2024, 11, 20, 18, tzinfo=ZoneInfo("Europe/Vienna"))
    (zone,) = Calendar.from_ical(content).walk("VTIMEZONE")
    assert str(zone["tzid"]) == "Europe/Vienna"
    assert zone.walk("DAYLIGHT")
    assert zone.walk("STANDARD")


def test_times_without_a_zone_are_the_seats(source):
    (event,) = read(meeting("talk", "2024-11-20", opens=dt.time(10)))
    assert event.decoded("dtstart").astimezone(dt.UTC) == dt.datetime(2024, 11, 20, 5, tzinfo=dt.UTC)
    assert "dtend" not in event


def test_what_is_typed_stays_text(source):
    nasty = "One\r\nEND:VEVENT\nBEGIN:VALARM, two; three\\n"
    (event,) = read(meeting("talk", title=text("A, b; c"), summary=text(nasty), place=text("Hall\nX-EVIL:1")))
    assert str(event["summary"]) == "A, b; c"
    assert "X-EVIL" not in event
    assert "END:VEVENT" in str(event["description"])


def test_the_same_record_gives_the_same_bytes(source):
    made = [meeting(ref, opens=dt.time(10), closes=dt.time(11)) for ref in ("a", "b")]
    assert calendar(made, DAY) == calendar(made, DAY)
