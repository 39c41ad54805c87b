"""Days and periods, as a diplomat would read them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.core.dates import Day, Period, Precision, quarter_bounds, quarter_of
from chancery.core.refusals import UnclearDay

D = Day.parse


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-12-17", "2024-12-17", "2024-12-17"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-Q4", "2024-10-01", "2024-12-31"),
        ("2011", "2011-01-01", "2011-12-31"),  # a year counts from 1 January
        ("by 2002-06-04", "2002-06-04", "2002-06-04"),
        ("attested 2014-05-20", "2014-05-20", "2014-05-20"),
    ],
)
def test_a_day_knows_its_first_and_last_possible_day(text, first, last):
    day = D(text)
    assert (str(day), day.date.isoformat(), day.last.isoformat()) == (text, first, last)


@pytest.mark.parametrize("text", ["", "2024-02-31", "31 February 2024", "2024-13", "2024-Q5", "0000", "by", "20244"])
def test_what_is_no_day_is_refused_with_the_words_typed(text):
    with pytest.raises(UnclearDay) as refusal:
        D(text)
    assert refusal.value.status == 400
    assert text in refusal.value.english


@given(st.dates(dt.date(1000, 1, 1)), st.sampled_from(list(Precision)))
def test_a_day_reads_what_it_writes(date, precision):
    day = Day(date, precision)
    again = D(str(day))
    assert D(str(again)) == again
    assert again.date <= date <= again.last or precision in (Precision.BY, Precision.ATTESTED)


def period(since: str, until: str = "") -> Period:
    return Period(D(since) if since else None, D(until) if until else None)


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (("2020-01-01", "2022-01-01"), ("2021-01-01", ""), True),
        (("2020-01-01", "2022-01-01"), ("2022-01-01", ""), False),  # half-open: the day of the hand-over
        (("", "2022-01-01"), ("2021-12-31", ""), True),
        (("", ""), ("2021", ""), True),
        (("2010", "2014-05-20"), ("2014-05", ""), False),  # judged at the coarser precision
        (("2010", "2014-05-20"), ("2014", ""), False),
        (("2010", "2014-06-20"), ("2014-05", ""), True),
    ],
)
def test_periods_overlap_only_where_both_surely_held(one, other, overlap):
    assert period(*one).overlaps(period(*other)) is overlap
    assert period(*other).overlaps(period(*one)) is overlap


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2002-06-03", False), ("2002-06-04", True), ("2010-06-07", True), ("2010-06-08", False)],
)
def test_a_period_includes_its_first_day_and_excludes_its_last(day, holds):
    assert period("2002-06-04", "2010-06-08").holds_on(dt.date.fromisoformat(day)) is holds


def test_quarters():
    assert quarter_of(dt.date(2024, 12, 31)) == "2024-Q4"
    assert quarter_bounds("2024-Q4") == (dt.date(2024, 10, 1), dt.date(2024, 12, 31))
    with pytest.raises(UnclearDay):
        quarter_bounds("2024-12")
