"""What a party may say of a text, and what becomes of a paragraph: tables to be read beside the rules of procedure."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.documents.rules.positions import (
    LONGEST,
    Agreement,
    DueTooEarly,
    NothingToConfirm,
    NotOfTheParties,
    ObjectionStands,
    ObserverHasNoPosition,
    ParagraphStatus,
    ReopeningRefused,
    Stance,
    WordsMissing,
    WordsTooLong,
    agree,
    check_due,
    check_reopening,
    check_stance,
    confirm,
    decline,
    owed,
)  # fmt: skip

JOIN, CAPITAL, COMMENT = Stance.CAN_JOIN, Stance.AWAITING_CAPITAL, Stance.COMMENT
RESERVE, OBJECT = Stance.RESERVATION, Stance.OBJECTION
OPEN, AD_REFERENDUM, AGREED = ParagraphStatus.OPEN, ParagraphStatus.AD_REFERENDUM, ParagraphStatus.AGREED


@pytest.mark.parametrize(
    ("who", "stance", "words", "refusal"),
    [
        ("member", JOIN, "", None),
        ("member", CAPITAL, "", None),
        ("member", COMMENT, "Rather in spring", None),
        ("member", COMMENT, "  \n", WordsMissing),
        ("member", RESERVE, "", WordsMissing),
        ("member", OBJECT, "", WordsMissing),
        ("member", OBJECT, "It goes too far", None),
        ("member", JOIN, "x" * LONGEST, None),
        ("member", JOIN, "x" * (LONGEST + 1), WordsTooLong),
        ("observer", COMMENT, "We could help", None),
        ("observer", COMMENT, "", WordsMissing),
        ("observer", JOIN, "", ObserverHasNoPosition),
        ("observer", OBJECT, "It goes too far", ObserverHasNoPosition),
        ("neither", COMMENT, "Hello", NotOfTheParties),
        ("neither", JOIN, "", NotOfTheParties),
    ],
)
def test_what_a_party_may_say(who, stance, words, refusal):
    def say():
        check_stance(stance, words, member=who == "member", observer=who == "observer", party="Maravel")

    if refusal is None:
        say()
    else:
        with pytest.raises(refusal):
            say()


MEMBERS = frozenset({"xa", "xb", "xc"})


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ({}, Agreement(AGREED)),  # silence in the room is consent
        ({"xa": JOIN, "xb": COMMENT}, Agreement(AGREED)),
        ({"xa": RESERVE}, Agreement(AGREED)),  # a reservation is recorded and prevents nothing
        ({"xb": CAPITAL}, Agreement(AD_REFERENDUM, ("xb",))),
        ({"xc": CAPITAL, "xa": CAPITAL}, Agreement(AD_REFERENDUM, ("xa", "xc"))),
        ({"xa": OBJECT}, "XA"),
        ({"xc": OBJECT, "xa": OBJECT, "xb": CAPITAL}, "XA, XC"),
        ({"qo": OBJECT}, Agreement(AGREED)),  # who is no member prevents nothing
        ({"qo": CAPITAL}, Agreement(AGREED)),
    ],
)
def test_what_becomes_of_a_paragraph_that_the_chair_gavels(last, expected):
    if isinstance(expected, Agreement):
        assert agree(last, MEMBERS) == expected
    else:
        with pytest.raises(ObjectionStands) as refused:
            agree(last, MEMBERS)
        assert refused.value.values["parties"] == expected


@pytest.mark.parametrize(
    ("awaiting", "party", "confirmed", "declined"),
    [
        (("xa", "xb"), "xa", Agreement(AD_REFERENDUM, ("xb",)), Agreement(OPEN)),
        (("xb",), "xb", Agreement(AGREED), Agreement(OPEN)),
        (("xa",), "xb", NothingToConfirm, NothingToConfirm),
        ((), "xa", NothingToConfirm, NothingToConfirm),
    ],
)
def test_a_capital_answers(awaiting, party, confirmed, declined):
    stood = Agreement(AD_REFERENDUM if awaiting else AGREED, awaiting)
    for answer, expected in ((confirm, confirmed), (decline, declined)):
        if isinstance(expected, Agreement):
            assert answer(stood, party) == expected
        else:
            with pytest.raises(expected):
                answer(stood, party)


ROUTE = ("swg", "soc", "mc")


@pytest.mark.parametrize(
    ("closed_by", "session_of", "allowed"),
    [
        ("soc", "soc", True),
        ("soc", "mc", True),  # one above
        ("soc", "swg", False),  # one below
        ("mc", "soc", False),
        ("soc", None, False),  # at no session
        ("other", "other", True),  # a body that is not on the route reopens its own
        ("other", "mc", False),
    ],
)
def test_who_may_reopen(closed_by, session_of, allowed):
    if allowed:
        check_reopening(closed_by, session_of, ROUTE, "the body")
    else:
        with pytest.raises(ReopeningRefused):
            check_reopening(closed_by, session_of, ROUTE, "the body")


def test_a_call_ends_in_the_future():
    at = dt.datetime(2025, 3, 30, 1, 0, tzinfo=dt.UTC)
    check_due(at + dt.timedelta(microseconds=1), at)
    for due in (at, at - dt.timedelta(days=1)):
        with pytest.raises(DueTooEarly):
            check_due(due, at)


@pytest.mark.parametrize(
    ("asked", "answered", "expected"),
    [
        ((), (), ("b2", "b3")),
        ((), ("b2",), ("b3",)),
        ((), ("",), ()),  # a word on the whole answers for all
        (("b2",), (), ("b2",)),
        (("b2",), ("",), ("b2",)),  # asked about one paragraph, a word on the whole does not answer
        (("b2", "b9"), ("b2",), ()),  # b9 is closed
    ],
)
def test_what_a_party_still_owes(asked, answered, expected):
    assert owed(asked, ("b2", "b3"), answered) == expected


STANCES = st.dictionaries(st.sampled_from(["xa", "xb", "xc", "qo"]), st.sampled_from(Stance))


@given(STANCES)
def test_capitals_confirm_in_any_order_until_all_is_agreed(last):
    try:
        stands = agree(last, MEMBERS)
    except ObjectionStands:
        assert any(last[one] is OBJECT for one in last.keys() & MEMBERS)
        return
    assert not any(last[one] is OBJECT for one in last.keys() & MEMBERS)
    for party in reversed(stands.awaiting):
        assert stands.status is AD_REFERENDUM
        stands = confirm(stands, party)
    assert stands == Agreement(AGREED)
