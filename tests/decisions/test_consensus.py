"""The rules of deciding in the room, as tables: who must be there, in which words, and whose turn it is."""

from fractions import Fraction

import pytest

from chancery.decisions.rules import Verb
from chancery.decisions.rules.consensus import (
    AgreedNotInText,
    AlreadyDecided,
    NoQuorum,
    NotAMemberObjects,
    NotItsTurn,
    Objected,
    ParagraphsOpen,
    SessionNotSitting,
    VerbOfAnotherLevel,
    check_consensus,
    check_objector,
    check_paragraphs,
    check_quorum,
    check_sitting,
    check_turn,
    check_verb,
    is_last,
    next_body,
    quorum,
    settles,
)
from chancery.meetings.rules import Status

TWO_THIRDS, HALF, ALL = Fraction(2, 3), Fraction(1, 2), Fraction(1)


# ---------------------------------------------------------------- quorum
@pytest.mark.parametrize(
    ("members", "fraction", "needed"),
    [
        (28, TWO_THIRDS, 19),  # 18⅔ states cannot be present
        (27, TWO_THIRDS, 18),
        (3, TWO_THIRDS, 2),
        (1, TWO_THIRDS, 1),
        (28, HALF, 14),
        (28, ALL, 28),
        (0, TWO_THIRDS, 0),
    ],
)
def test_how_many_members_must_be_present(members, fraction, needed):
    assert quorum(members, fraction) == needed


MEMBERS = [f"m{number}" for number in range(28)]


@pytest.mark.parametrize(
    ("present", "fraction", "quorate"),
    [
        (MEMBERS[:19], TWO_THIRDS, True),
        (MEMBERS[:18], TWO_THIRDS, False),
        ([*MEMBERS[:18], "observer"], TWO_THIRDS, False),  # only members count
        ([*MEMBERS[:18], MEMBERS[0]], TWO_THIRDS, False),  # and each of them once
        ([], TWO_THIRDS, False),
        ([], None, True),  # a body without a rule of quorum
    ],
)
def test_whether_a_body_can_decide(present, fraction, quorate):
    if quorate:
        check_quorum(present, MEMBERS, fraction)
    else:
        with pytest.raises(NoQuorum, match=r"members are present; a decision needs 19 of 28"):
            check_quorum(present, MEMBERS, fraction)


# ---------------------------------------------------------------- consensus
@pytest.mark.parametrize(
    ("objections", "stopped_by"),
    [
        ([], None),
        (["m1"], "M1"),
        (["m2", "m1"], "M1, M2"),
        (["observer"], None),  # has a voice and no objection
        (["left-last-year", "m3"], "M3"),
    ],
)
def test_consensus_is_that_no_member_objects(objections, stopped_by):
    if stopped_by is None:
        check_consensus(objections, MEMBERS)
    else:
        with pytest.raises(Objected, match=f"^{stopped_by} object"):
            check_consensus(objections, MEMBERS)


def test_only_members_object():
    check_objector("m1", MEMBERS, "Aldora")
    with pytest.raises(NotAMemberObjects, match="Orlend is not a Member State"):
        check_objector("observer", MEMBERS, "Orlend")


# ---------------------------------------------------------------- verbs
MINISTERS = ["adopt", "endorse", "take-note"]
OFFICIALS = ["approve", "recommend", "take-note", "finalise"]
EXPERTS = ["consider", "support-in-principle", "recommend"]


@pytest.mark.parametrize(
    ("body", "verbs", "verb", "uses_it"),
    [
        ("Ministers", MINISTERS, Verb.ADOPT, True),
        ("Ministers", MINISTERS, Verb.APPROVE, False),
        ("Officials", OFFICIALS, Verb.APPROVE, True),
        ("Officials", OFFICIALS, Verb.ADOPT, False),
        ("Experts", EXPERTS, Verb.SUPPORT_IN_PRINCIPLE, True),
        ("Experts", EXPERTS, Verb.ADOPT, False),
        ("A body that the charter does not name", [], Verb.ADOPT, True),
    ],
)
def test_each_level_has_its_own_verbs(body, verbs, verb, uses_it):
    if uses_it:
        check_verb(verb, verbs, body)
    else:
        with pytest.raises(VerbOfAnotherLevel, match=f"{body} does not “{verb.value}”"):
            check_verb(verb, verbs, body)


@pytest.mark.parametrize(
    ("verb", "open_ones", "goes_on"),
    [
        (Verb.ADOPT, [], True),
        (Verb.ADOPT, ["5"], False),
        (Verb.APPROVE, ["PP1", "5"], False),
        (Verb.CONSIDER, ["5"], True),  # a text goes on while paragraphs are open
        (Verb.RECOMMEND, ["5"], True),
        (Verb.TAKE_NOTE, ["5"], True),
    ],
)
def test_a_text_is_settled_once_no_paragraph_is_open(verb, open_ones, goes_on):
    if goes_on:
        check_paragraphs(verb, open_ones)
    else:
        with pytest.raises(ParagraphsOpen, match=f"Paragraphs {', '.join(open_ones)} are still open"):
            check_paragraphs(verb, open_ones)


def test_a_text_is_settled_once_it_says_what_was_agreed():
    check_paragraphs(Verb.RECOMMEND, [], ["3"])
    with pytest.raises(AgreedNotInText, match="agreed on 3 is not in the text yet"):
        check_paragraphs(Verb.ADOPT, [], ["3"])


# ---------------------------------------------------------------- sessions
@pytest.mark.parametrize(
    ("status", "decides"),
    [
        (Status.PLANNED, False),
        (Status.UNDER_WAY, True),
        (Status.HELD, True),  # and is recorded afterwards
        (Status.POSTPONED, False),
        (Status.CANCELLED, False),
    ],
)
def test_a_body_decides_while_it_sits(status, decides):
    if decides:
        check_sitting(status, "Seventh session")
    else:
        with pytest.raises(SessionNotSitting, match="Seventh session has not begun"):
            check_sitting(status, "Seventh session")


# ---------------------------------------------------------------- the route
CLIMB = ["swg", "soc", "mc"]
FIRMLY, LOOSELY = True, False


@pytest.mark.parametrize(
    ("route", "dealt", "body", "refused"),
    [
        # a new text is before the lowest body on its route
        (CLIMB, {}, "swg", None),
        (CLIMB, {}, "soc", NotItsTurn),
        (CLIMB, {}, "mc", NotItsTurn),
        # what the experts only considered they may come back to; the officials may take it up
        (CLIMB, {"swg": LOOSELY}, "swg", None),
        (CLIMB, {"swg": LOOSELY}, "soc", None),
        (CLIMB, {"swg": LOOSELY}, "mc", NotItsTurn),
        # once a higher body has taken it up, it does not come back
        (CLIMB, {"swg": LOOSELY, "soc": LOOSELY}, "swg", NotItsTurn),
        (CLIMB, {"swg": LOOSELY, "soc": LOOSELY}, "soc", None),
        (CLIMB, {"swg": LOOSELY, "soc": FIRMLY}, "soc", AlreadyDecided),
        (CLIMB, {"swg": LOOSELY, "soc": FIRMLY}, "mc", None),
        # the top decides once
        (CLIMB, {"swg": LOOSELY, "soc": FIRMLY, "mc": FIRMLY}, "mc", AlreadyDecided),
        (CLIMB, {"swg": LOOSELY, "soc": FIRMLY, "mc": LOOSELY}, "mc", None),
        # a body that is not on the way
        (CLIMB, {}, "summit", NotItsTurn),
        # no route: whichever body takes it, once
        ([], {}, "fund", None),
        ([], {"fund": LOOSELY}, "fund", None),
        ([], {"fund": FIRMLY}, "fund", AlreadyDecided),
        ([], {"fund": FIRMLY}, "mc", None),
    ],
)
def test_whose_turn_it_is(route, dealt, body, refused):
    def ask():
        check_turn(route, dealt, body, name=body.upper(), next_name="the next one")

    if refused is None:
        ask()
    else:
        with pytest.raises(refused, match=body.upper()):
            ask()


@pytest.mark.parametrize(
    ("dealt", "next_one"),
    [
        ([], "swg"),
        (["swg"], "soc"),
        (["soc"], "mc"),  # the experts were passed over
        (["swg", "mc"], None),
        (["mc"], None),
    ],
)
def test_before_whom_a_text_is(dealt, next_one):
    assert next_body(CLIMB, dealt) == next_one


@pytest.mark.parametrize(
    ("route", "body", "verb", "last", "closes"),
    [
        (CLIMB, "mc", Verb.ADOPT, True, True),
        (CLIMB, "mc", Verb.TAKE_NOTE, True, False),  # bears a number, and leaves the text as it was
        (CLIMB, "soc", Verb.APPROVE, False, False),  # the ministers may still change it
        ([], "fund", Verb.APPROVE, True, True),
        ([], "fund", Verb.REVIEW, True, False),
    ],
)
def test_what_closes_a_text_for_good(route, body, verb, last, closes):
    assert is_last(route, body) is last
    assert settles(route, body, verb) is closes
