"""Which bodies decide, and where."""

import pytest

from chancery.core.dates import Day, Period
from chancery.decisions.rules import BodyDidNotExist, SessionOfAnotherBody, check_body, check_session


@pytest.mark.parametrize(
    ("since", "until", "taken", "exists"),
    [
        ("2002-06-04", None, "2002-06-03", False),
        ("2002-06-04", None, "2002-06-04", True),
        ("2002-06-04", None, "2002", True),  # some day of that year
        ("2002-06-04", None, "2002-05", False),
        ("2002", None, "2002-01-01", True),
        ("2002", "2010-01-01", "2009-12-31", True),
        ("2002", "2010-01-01", "2010-01-01", False),
        ("2002", "2010", "2010-06-01", True),  # it ended on some day of that year
        (None, None, "1990", True),
    ],
)
def test_a_body_decides_while_it_exists(since, until, taken, exists):
    period = Period(Day.parse(since) if since else None, Day.parse(until) if until else None)
    if exists:
        check_body(period, Day.parse(taken), "The Council")
    else:
        with pytest.raises(BodyDidNotExist, match="The Council did not exist"):
            check_body(period, Day.parse(taken), "The Council")


def test_a_session_is_one_of_the_body_that_decides():
    check_session("mc", "mc", "Seventh")
    for other in ("soc", None):
        with pytest.raises(SessionOfAnotherBody, match="Seventh"):
            check_session("mc", other, "Seventh")
