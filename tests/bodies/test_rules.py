"""The chair and the bodies: the rules as tables a diplomat could read."""

import datetime as dt
from fractions import Fraction

import pytest

from chancery.bodies.rules import Term, Troika, chair_on, gaps, quorum, troika_on
from chancery.core.dates import Day, Period

D = Day.parse


def term(party: str, since: str, until: str = "") -> Term:
    return Term(party, Period(D(since), D(until) if until else None))


TERMS = [
    term("jorvania", "2002-06-04", "2010-06-08"),
    term("verdania", "2010-06-08", "2014-05-21"),
    term("corvane", "2014-05-21", "2018-09-24"),
    term("tamoria", "2018-09-24", "2020-09-24"),
    term("jorvania", "2020-09-24", "2022-10-13"),
    term("jorvania", "2022-10-13", "2024-12-17"),
    term("arvessa", "2024-12-17"),
]


@pytest.mark.parametrize(
    ("day", "chair"),
    [
        ("2002-06-03", None),  # before the first chair there was none
        ("2002-06-04", "jorvania"),
        ("2010-06-07", "jorvania"),
        ("2010-06-08", "verdania"),  # the day of the hand-over belongs to the successor
        ("2024-12-16", "jorvania"),
        ("2024-12-17", "arvessa"),
        ("2030-01-01", "arvessa"),  # a term is bound to an event: until it takes place, it lasts
    ],
)
def test_exactly_one_chair_at_any_instant_since_the_first(day, chair):
    found = chair_on(TERMS, dt.date.fromisoformat(day))
    assert (found.party if found else None) == chair


@pytest.mark.parametrize(
    ("day", "outgoing", "current", "incoming"),
    [
        ("2002-01-01", None, None, None),
        ("2005-01-01", None, "jorvania", "verdania"),
        ("2021-01-01", "tamoria", "jorvania", "arvessa"),  # two terms of one state count as one
        ("2024-01-01", "tamoria", "jorvania", "arvessa"),
        ("2025-01-01", "jorvania", "arvessa", None),
    ],
)
def test_the_troika_is_derived(day, outgoing, current, incoming):
    found: Troika = troika_on(TERMS, dt.date.fromisoformat(day))
    names = [one.party if one else None for one in (found.outgoing, found.current, found.incoming)]
    assert names == [outgoing, current, incoming]


@pytest.mark.parametrize(("members", "needed"), [(28, 19), (27, 18), (16, 11), (3, 2), (1, 1), (0, 0)])
def test_two_thirds_of_the_members_are_a_quorum(members, needed):
    assert quorum(members, Fraction(2, 3)) == needed


def test_a_chair_that_stands_empty_is_found():
    assert gaps([]) == gaps(TERMS) == []
    broken = [TERMS[0], TERMS[2], TERMS[3]]
    assert [(a.party, b.party if b else None) for a, b in gaps(broken)] == [
        ("jorvania", "corvane"),
        ("tamoria", None),
    ]
