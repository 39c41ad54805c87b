"""What the ledger of a text counts, as tables and as properties."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.documents.rules import ledger
from chancery.documents.rules.ledger import BRACKETS, ENDS, MOVED, SETTLED, Line, answers, course, open_by, rounds
from chancery.documents.rules.proposals import ProposalKind, ProposalStatus

SEAT = dt.timezone(dt.timedelta(hours=5))
NOON = dt.datetime(2026, 12, 1, 12, tzinfo=SEAT)
HOUR = dt.timedelta(hours=1)


def line(number: int = 1, status: str = "tabled", **more) -> Line:
    """A proposal of `xa` on `b4`, tabled in the first round at noon; settled an hour later, where it is."""
    ends = {} if status == "tabled" else {"ended": 1, "settled": NOON + HOUR}
    made = Line(
        str(number), number, ProposalKind.WORDS, "b4", ("xa",), (), ProposalStatus(status), "swg", 1, NOON, **ends
    )  # fmt: skip
    return replace(made, **more)


@st.composite
def some(draw) -> list[Line]:
    """Proposals of three rounds, whatever became of them; what ended, ended after it was tabled."""
    made = []
    for number in range(draw(st.integers(0, 6))):
        status, tabled = draw(st.sampled_from(ProposalStatus)), draw(st.integers(1, 3))
        at = NOON + draw(st.integers(0, 200)) * HOUR
        ends = {"ended": None, "settled": None}
        if status is not ProposalStatus.TABLED:
            ends = {"ended": draw(st.integers(tabled, 3)), "settled": at + draw(st.integers(0, 100)) * HOUR}
        parties = tuple(draw(st.lists(st.sampled_from(["xa", "xb", "chair"]), min_size=1, unique=True)))
        block, body = draw(st.sampled_from(["b4", "b5"])), draw(st.sampled_from(["swg", "soc"]))
        made.append(line(number, status, parties=parties, block=block, body=body, round=tabled, at=at, **ends))
    return made


# --------------------------------------------------------------------------------------------------------- rounds
def test_a_round_ends_with_what_was_left_open():
    lines = [
        line(1), line(2, "agreed", ended=1), line(3, "not-retained", ended=2), line(4, "ad-referendum", ended=2),
        line(5, round=2), line(6, "merged", round=2, ended=2),
    ]  # fmt: skip
    first, second = rounds(lines, 2)
    assert (first.tabled, first.ended["agreed"], first.ended["not-retained"], first.left) == (4, 1, 0, 3)
    assert (second.tabled, second.ended["not-retained"], second.ended["merged"], second.left) == (2, 1, 1, 3)


@given(some())
def test_rounds_lose_nothing(lines):
    found = rounds(lines, 3)
    assert sum(one.tabled for one in found) == len(lines)
    assert sum(sum(one.ended.values()) for one in found) == sum(not one.open for one in lines)
    assert found[-1].left == sum(one.open for one in lines)
    before = 0
    for one in found:
        assert one.left == before + one.tabled - sum(one.ended.values())
        before = one.left


@given(some())
def test_every_open_proposal_is_counted_under_each_of_its_keys(lines):
    open_ones = [one for one in lines if one.open]
    assert sum(map(len, open_by(lines, lambda one: (one.block,)).values())) == len(open_ones)
    by_party = open_by(lines, lambda one: one.parties)
    assert sum(map(len, by_party.values())) == sum(len(one.parties) for one in open_ones)
    assert all(one.open and party in one.parties for party, each in by_party.items() for one in each)


# ------------------------------------------------------------------------------------------------- what is asked for
@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, [1, 2, 3, 4]),
        ({"paragraph": "b5"}, [2]),
        ({"party": "xb"}, [3]),
        ({"status": BRACKETS}, [1, 3]),
        ({"status": MOVED}, [1, 3]),
        ({"status": SETTLED}, [2, 4]),
        ({"status": "ad-referendum"}, [3]),
        ({"round": "2"}, [4]),
        ({"ended": "1"}, [2]),
        ({"left": "1"}, [1, 3]),
        ({"body": "soc"}, [4]),
        ({"status": BRACKETS, "party": "xa"}, [1, 3]),
        ({"paragraph": "", "party": "", "status": "", "round": "", "ended": "", "left": "", "body": ""}, [1, 2, 3, 4]),
    ],
)
def test_what_answers_to_a_filter(asked, numbers):
    lines = [
        line(1), line(2, "withdrawn", block="b5"), line(3, "ad-referendum", parties=("xa", "xb")),
        line(4, "agreed", round=2, ended=2, body="soc"),
    ]  # fmt: skip
    assert [one.number for one in lines if answers(one, asked)] == numbers


@given(some(), st.integers(1, 3))
def test_what_a_number_counts_is_what_its_list_has(lines, place):
    found = rounds(lines, 3)[place - 1]
    asked = {"tabled": {"round": str(place)}, "left": {"left": str(place)}}
    asked |= {status: {"status": status, "ended": str(place)} for status in ENDS}
    counted = {"tabled": found.tabled, "left": found.left, **found.ended}
    assert {key: sum(answers(one, part) for one in lines) for key, part in asked.items()} == counted


# ------------------------------------------------------------------------------------------------------- over time
def test_within_two_days_it_is_drawn_by_the_hour():
    lines = [line(1), line(2, at=NOON + HOUR / 2), line(3, "agreed", at=NOON + HOUR, settled=NOON + 5 * HOUR)]
    found = course(lines, SEAT, NOON + 6 * HOUR)
    assert found.hourly
    assert found.points == ((NOON, 2), (NOON + HOUR, 3), (NOON + 5 * HOUR, 2))
    assert (found.most, found.until) == (3, NOON + 6 * HOUR)


def test_beyond_that_by_the_day_at_the_seat():
    late = dt.datetime(2026, 12, 3, 20, tzinfo=dt.UTC)  # the fourth at the seat
    found = course([line(1), line(2, "agreed", settled=late)], SEAT, NOON + dt.timedelta(days=9))
    days = [(at.date().isoformat(), number) for at, number in found.points]
    assert (found.hourly, days) == (False, [("2026-12-01", 2), ("2026-12-04", 1)])


def test_when_all_is_settled_it_ends_with_the_last_of_them():
    assert course([line(1, "agreed")], SEAT, NOON + dt.timedelta(days=90)).until == NOON + HOUR
    assert course([], SEAT, NOON).points == ()


@given(some())
def test_the_line_ends_at_what_is_open_and_never_falls_below_zero(lines):
    found = course(lines, SEAT, NOON + 400 * HOUR)
    numbers = [number for _, number in found.points]
    assert (numbers[-1] if numbers else 0) == sum(one.open for one in lines)
    assert all(number >= 0 for number in numbers)
    assert all(one != other for one, other in zip(numbers, numbers[1:], strict=False))
    assert [at for at, _ in found.points] == sorted(at for at, _ in found.points)


# ---------------------------------------------------------------------------------------------- who has not spoken
@pytest.mark.parametrize(
    ("words", "lines", "silent"),
    [
        ([], [], {"xa", "xb", "xc"}),
        ([("b4", "xb")], [], {"xa", "xc"}),
        ([("", "xb")], [], {"xa", "xc"}),  # a word on the text as a whole is a word
        ([("b9", "xb")], [], {"xa", "xb", "xc"}),  # b9 is agreed
        ([], [line(round=2)], {"xb", "xc"}),
        ([], [line(supporters=("xc",))], {"xb"}),  # of an earlier round, but it stands in the brackets of now
        ([], [line(status="withdrawn", round=2)], {"xb", "xc"}),
        ([], [line(status="withdrawn", supporters=("xc",))], {"xa", "xb", "xc"}),
    ],
)
def test_who_has_not_spoken(words, lines, silent):
    said = ledger.spoken(lines, words, 2, ["b4", "b5"])
    assert ledger.silent(["xa", "xb", "xc"], said) == silent
    assert set(said) == {"", "b4", "b5"}
