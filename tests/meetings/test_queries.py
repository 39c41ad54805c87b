"""Which meetings are found."""

import datetime as dt

import pytest

from chancery.core.dates import Day
from chancery.meetings import queries
from chancery.meetings.models import Meeting, Participation

from .stage import body, meeting, text

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 6, 15)


def found(**asked) -> set[str]:
    parts = queries.parts(asked, DAY)
    return set(Meeting.objects.filter(*parts.values()).values_list("ref", flat=True))


@pytest.fixture
def some(states):
    meeting("held", "2024-06-01", kind="seminar", dimension="ec", hosts="xa xm", title=text("100% trade", "Торговля"))
    meeting("today", "2024-06-15", kind="forum", body=body(), title=text("Rivers_and lakes"), country=states["xa"])
    meeting("under-way", "2024-06-14", "2024-06-20", presiding=states["xb"], title=text("Ёлка", "Ёлка"))
    meeting("quarter", "2024-Q2", hosts="xb", title=text("Some day"))
    meeting("called-off", "2024-05-01", called_off="cancelled")
    meeting("far", "2030", place=text("Selmar"))
    Participation.objects.create(ref="p", meeting_id="today", party=states["xm"], role="delegation", source="practice")


@pytest.mark.parametrize(
    ("asked", "refs"),
    [
        ({}, {"held", "today", "under-way", "quarter", "called-off", "far"}),
        ({"status": "held"}, {"held", "today"}),
        ({"status": "planned"}, {"under-way", "quarter", "far"}),
        ({"status": "called-off"}, {"called-off"}),
        ({"kind": "seminar"}, {"held"}),
        ({"dimension": "ec"}, {"held"}),
        ({"dimension": "in", "kind": "forum"}, {"today"}),
        ({"body": "mc"}, {"today"}),
        ({"country": "xa"}, {"today"}),
        ({"party": "xm"}, {"held", "today"}),
        ({"party": "xa"}, {"held"}),
        ({"party": "x"}, set()),
        ({"party": "xb"}, {"under-way", "quarter"}),
        ({"since": Day.parse("2024-06-16")}, {"under-way", "quarter", "far"}),
        ({"to": Day.parse("2024-05")}, {"quarter", "called-off"}),
        ({"since": Day.parse("2030"), "to": Day.parse("2030")}, {"far"}),
        ({"q": "SELMAR"}, {"far"}),
        ({"q": "trade торговля"}, {"held"}),
        ({"q": "ТОРГОВ"}, {"held"}),
        ({"q": "ёЛКА"}, {"under-way"}),
        ({"q": "%"}, {"held"}),
        ({"q": "_"}, {"today"}),
        ({"q": "\\"}, set()),
        ({"q": "' OR 1=1 --"}, set()),
    ],
)
def test_a_filter_finds(some, asked, refs):
    assert found(**asked) == refs


def test_what_comes_is_in_order_the_surest_first(some):
    assert [one.ref for one in queries.coming(DAY)] == ["under-way", "quarter", "far"]
    assert [one.ref for one in queries.coming(DAY, 1)] == ["under-way"]
    assert [one.ref for one in queries.latest(DAY, 5)] == ["today", "held"]


def test_months_of_a_list(source):
    for ref, starts, ends in (("a", "2024-12-02", ""), ("b", "2024-11-25", "2024-12-01"), ("c", "2024-11-30", ""),
                              ("d", "2024", ""), ("e", "2024-11", "")):  # fmt: skip
        meeting(ref, starts, ends)
    rows = list(queries.listed().order_by(*queries.NEWEST))
    months = [(str(month), [one.meeting.ref for one in listed]) for month, listed in queries.by_month(rows, DAY)]
    assert months == [("2024", ["d"]), ("2024-12", ["a", "b"]), ("2024-11", ["c", "e"])]


def test_the_part_that_keeps_most_away_is_named(some):
    parts = queries.parts({"kind": "seminar", "dimension": "ec", "q": "rivers"}, DAY)
    assert queries.narrowest(Meeting, parts) == ("q", 1)
    hopeless = queries.parts({"kind": "sport", "q": "nothing"}, DAY)
    assert queries.narrowest(Meeting, hopeless) is None
    assert queries.narrowest(Meeting, {}) is None


def test_a_long_list_is_not_counted_to_its_end(source, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 2)
    for ref in "abc":
        meeting(ref)
    listing = queries.Listing(queries.listed().order_by(*queries.NEWEST))
    assert (listing.count, listing.is_cut) == (2, True)


def test_a_calendar_has_the_future_first(some, monkeypatch):
    monkeypatch.setattr(queries, "CALENDAR", 4)
    refs = [one.ref for one in queries.for_calendar({}, DAY)]
    assert refs == ["under-way", "quarter", "far", "today"]
