"""Who may give what to whom, and for how long."""

import datetime as dt

import pytest

from chancery.people import rules
from chancery.people.rules import Entitlement, Held, Right, Role, Standing, Unit

TODAY = dt.date(2026, 3, 2)


def day(offset: int) -> dt.date:
    return TODAY + dt.timedelta(days=offset)


def right(words: str) -> Right:
    """`delegate xp`"""
    role, _, scope = words.partition(" ")
    return Right(Role(role), scope)


def standing(*words: str, account: str = "me", **more) -> Standing:
    return Standing(frozenset(map(right, words)), second_factor=True, signed_in=True, account=account, **more)


PROTOCOL = standing("officer protocol")
DOCUMENTS = standing("officer documents")
ADMINISTRATOR = standing("administrator xp")
DELEGATE = standing("delegate xp")
AUDITOR = standing("auditor")
PUBLIC = Standing()
OPERATOR = Standing(machine="operator")
CLOCK = Standing(machine="clock")


@pytest.mark.parametrize(
    ("who", "what", "may"),
    [
        (PROTOCOL, "officer finance", True),
        (PROTOCOL, "delegate xp", True),
        (PROTOCOL, "auditor", True),
        (OPERATOR, "officer protocol", True),
        (CLOCK, "officer protocol", False),
        (DOCUMENTS, "delegate xp", False),
        (ADMINISTRATOR, "delegate xp", True),
        (ADMINISTRATOR, "focal-point xp", True),
        (ADMINISTRATOR, "administrator xp", False),
        (ADMINISTRATOR, "delegate xu", False),
        (ADMINISTRATOR, "officer xp", False),
        (ADMINISTRATOR, "presidency xp", False),
        (DELEGATE, "delegate xp", False),
        (AUDITOR, "delegate xp", False),
        (PUBLIC, "delegate xp", False),
    ],
)
def test_who_gives_a_right(who, what, may):
    assert rules.gives(who, right(what)) is may


@pytest.mark.parametrize(
    ("who", "what", "may"),
    [
        (PROTOCOL, [], True),
        (OPERATOR, [], True),
        (ADMINISTRATOR, [], False),
        (ADMINISTRATOR, ["delegate xp", "focal-point xp"], True),
        (ADMINISTRATOR, ["delegate xp", "delegate xu"], False),
        (PUBLIC, [], False),
    ],
)
def test_who_invites_somebody_to_hold_several(who, what, may):
    assert rules.gives_all(who, map(right, what)) is may


@pytest.mark.parametrize(
    ("who", "holder", "may"),
    [
        (standing("delegate xp", account="ann"), "ann", True),
        (standing("delegate xp", account="ben"), "ann", False),
        (ADMINISTRATOR, "ann", True),
        (standing("administrator xu"), "ann", False),
        (PROTOCOL, "ann", True),
        (PUBLIC, "", False),
    ],
)
def test_who_names_a_deputy(who, holder, may):
    assert rules.names_deputy(who, Held(right("delegate xp"), holder)) is may


@pytest.mark.parametrize(
    ("who", "of", "may"),
    [
        (PROTOCOL, [], True),
        (AUDITOR, ["officer press"], True),
        (DOCUMENTS, ["delegate xp"], False),
        (ADMINISTRATOR, ["delegate xp"], True),
        (ADMINISTRATOR, ["delegate xu"], False),
        (ADMINISTRATOR, ["delegate xu", "focal-point xp"], True),
        (ADMINISTRATOR, ["presidency xp"], False),
        (ADMINISTRATOR, [], False),
        (PUBLIC, ["delegate xp"], False),
    ],
)
def test_who_sees_an_account(who, of, may):
    assert rules.sees_account(who, map(right, of)) is may


@pytest.mark.parametrize(
    ("who", "of", "asks", "alone"),
    [
        (PROTOCOL, ["delegate xp"], True, False),
        (DOCUMENTS, ["officer press"], True, False),
        (ADMINISTRATOR, ["delegate xp", "focal-point xp"], True, True),
        (ADMINISTRATOR, ["delegate xp", "officer press"], False, False),
        (ADMINISTRATOR, ["administrator xp"], False, False),
        (ADMINISTRATOR, [], False, False),
        (DELEGATE, ["delegate xp"], False, False),
        (AUDITOR, ["delegate xp"], False, False),
    ],
)
def test_who_restores_a_second_factor(who, of, asks, alone):
    of = list(map(right, of))
    assert (rules.restores(who, of), rules.restores_alone(who, of)) == (asks, alone)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (DOCUMENTS, True),
        (AUDITOR, True),
        (DELEGATE, True),
        (ADMINISTRATOR, True),
        (standing("delegate xu"), False),
        (standing("presidency xp"), False),
        (PUBLIC, False),
    ],
)
def test_who_opens_a_note_of_a_party(who, may):
    assert rules.sees_note(who, "xp") is may


@pytest.mark.parametrize(
    ("units", "asked", "is_one"),
    [
        (["protocol"], [], True),
        (["protocol"], [Unit.PROTOCOL], True),
        (["press"], [Unit.PROTOCOL], False),
        (["press"], [Unit.PROTOCOL, Unit.PRESS], True),
        ([], [], False),
    ],
)
def test_officer_of_a_unit_or_of_any(units, asked, is_one):
    assert standing(*(f"officer {unit}" for unit in units)).is_officer(*asked) is is_one


# ---------------------------------------------------------------------------------------- periods
@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ((0, 10), (10, 20), False),
        ((0, 11), (10, 20), True),
        ((0, None), (10, 20), True),
        ((20, None), (10, 20), False),
        ((0, None), (5, None), True),
        ((12, 13), (10, 20), True),
        ((12, 12), (10, 20), False),
        ((10, 10), (10, None), False),
    ],
)
def test_the_same_right_is_not_held_twice_at_once(one, other, overlap):
    def entitlement(since, until):
        return Entitlement(right("delegate xp"), day(since), None if until is None else day(until))

    assert entitlement(*one).overlaps(entitlement(*other)) is overlap
    assert entitlement(*other).overlaps(entitlement(*one)) is overlap
    if overlap:
        with pytest.raises(rules.AlreadyGranted):
            rules.check_free(entitlement(*one), [entitlement(*other)], "Ann")


def test_another_right_may_be_held_at_the_same_time():
    rules.check_free(
        Entitlement(right("delegate xp"), TODAY), [Entitlement(right("focal-point xp"), TODAY)], "Ann"
    )


@pytest.mark.parametrize(
    ("since", "until", "refusal"),
    [
        (0, 10, None),
        (2, 9, None),
        (-1, 5, rules.BeyondPrincipal),
        (0, 11, rules.BeyondPrincipal),
        (0, None, rules.BeyondPrincipal),
    ],
)
def test_a_deputy_stands_in_within_the_period_of_the_right(since, until, refusal):
    principal = Entitlement(right("delegate xp"), day(0), day(10))
    wanted = (day(since), None if until is None else day(until))
    if refusal:
        with pytest.raises(refusal):
            rules.check_deputy(principal, False, *wanted)
    else:
        rules.check_deputy(principal, False, *wanted)


def test_a_right_without_end_may_have_a_deputy_without_end():
    rules.check_deputy(Entitlement(right("delegate xp"), TODAY), False, TODAY, None)


def test_a_deputy_has_no_deputy():
    with pytest.raises(rules.DeputyOfDeputy):
        rules.check_deputy(Entitlement(right("delegate xp"), TODAY), True, TODAY, None)


@pytest.mark.parametrize(
    ("since", "until", "asked", "ends"),
    [
        (-10, None, 0, 0),
        (-10, None, 5, 5),
        (-10, 7, 5, 5),
        (3, None, 0, 3),  # one that has not begun never begins
        (-10, None, -1, rules.NotInThePast),
        (-10, 7, 8, rules.NotInThePast),
        (-10, 0, 0, rules.AlreadyEnded),
        (-10, -2, 0, rules.AlreadyEnded),
    ],
)
def test_a_right_ends_today_or_later(since, until, asked, ends):
    held = Entitlement(right("delegate xp"), day(since), None if until is None else day(until))
    if isinstance(ends, int):
        assert rules.last_day(held, day(asked), TODAY) == day(ends)
    else:
        with pytest.raises(ends):
            rules.last_day(held, day(asked), TODAY)


@pytest.mark.parametrize(("until", "turned"), [(None, False), (1, False), (0, True), (-1, True)])
def test_a_period_runs_forward(until, turned):
    given = None if until is None else day(until)
    if turned:
        with pytest.raises(rules.PeriodTurned):
            rules.check_period(TODAY, given)
    else:
        rules.check_period(TODAY, given)


@pytest.mark.parametrize(
    ("hours", "over", "opens"), [(0, False, True), (719, False, True), (720, False, False), (1, True, False)]
)
def test_an_invitation_runs_out(hours, over, opens):
    made = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    assert rules.is_open(made, over, 30, made + dt.timedelta(hours=hours)) is opens
