"""The rules of belonging, as tables."""

import datetime as dt

import pytest

from chancery.core.dates import Day, Period
from chancery.parties.rules import (
    Capacity,
    EndsBeforeItBegins,
    Kind,
    OnlyStatesAreMembers,
    check_capacity,
    check_end,
    clash,
)  # fmt: skip

D = Day.parse


@pytest.mark.parametrize(
    ("kind", "capacity", "allowed"),
    [
        (Kind.STATE, Capacity.MEMBER, True),
        (Kind.STATE, Capacity.OBSERVER, True),
        (Kind.ORGANISATION, Capacity.OBSERVER, True),
        (Kind.ORGANISATION, Capacity.MEMBER, False),
    ],
)
def test_only_states_are_members(kind, capacity, allowed):
    if allowed:
        check_capacity(kind, capacity)
    else:
        with pytest.raises(OnlyStatesAreMembers):
            check_capacity(kind, capacity)


def test_an_end_is_not_before_the_beginning():
    check_end(D("2002-06-04"), dt.date(2002, 6, 4))
    check_end(None, dt.date(1900, 1, 1))
    with pytest.raises(EndsBeforeItBegins):
        check_end(D("2002-06-04"), dt.date(2002, 6, 3))


def test_the_first_clash_is_found():
    first, second = Period(D("2000"), D("2005-01-01")), Period(D("2005-01-01"), None)
    assert clash(Period(D("2004-01-01"), None), [first, second]) is first
    assert clash(Period(D("1990-01-01"), D("1999-01-01")), [first, second]) is None
