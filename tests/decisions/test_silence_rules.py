"""The silence procedure, as tables that can be read beside the Rules of Procedure."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chancery.decisions.rules import silence as rules
from chancery.decisions.rules.silence import Course, Effect, Outcome, ReplyKind, Shape, Stage

SEAT = ZoneInfo("Asia/Tashkent")  # UTC+5, no summer time
SUMMER = ZoneInfo("Europe/Vienna")  # forward on 29 March 2026 at 02:00, back on 25 October 2026 at 03:00
WEEK = {1, 2, 3, 4, 5}
NEW_YEAR = {dt.date(2027, 1, 1)}
MS = dt.timedelta(milliseconds=1)
HOUR = dt.timedelta(hours=1)


def seat(text: str) -> dt.datetime:
    """An instant by the clock at the seat: `2026-12-11 17:00`."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=SEAT)


PROPOSED, OPENS, EXPIRES = seat("2026-12-01 10:00"), seat("2026-12-02 10:00"), seat("2026-12-11 17:00")
RUNS = Course(OPENS, EXPIRES)


def said(kind: str, at: dt.datetime, *, course: Course = RUNS, words: str = "Because", who: str = "member") -> Effect:
    return rules.effect(
        ReplyKind(kind), words, course, at, member=who == "member", observer=who == "observer", party="Maravel"
    )


# ---------------------------------------------------------------- where a silence stands
@pytest.mark.parametrize(
    ("at", "stage"),
    [
        (PROPOSED, "proposed"),
        (OPENS - MS, "proposed"),
        (OPENS, "running"),
        (EXPIRES - HOUR, "running"),
        (EXPIRES - MS, "running"),  # the last millisecond belongs to the members
        (EXPIRES, "ended"),
        (EXPIRES + MS, "ended"),
        (EXPIRES + dt.timedelta(days=30), "ended"),  # the clock was away; nothing is decided by that
    ],
)
def test_where_it_stands_by_its_clock(at, stage):
    assert rules.stage(RUNS, at) == stage


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("at", [PROPOSED, OPENS, EXPIRES - MS, EXPIRES, EXPIRES + HOUR])
def test_what_was_recorded_stays_whatever_the_clock_says(outcome, at):
    assert rules.stage(Course(OPENS, EXPIRES, outcome), at) == outcome.value


# ---------------------------------------------------------------- what a reply does
@pytest.mark.parametrize(
    ("kind", "at", "effect"),
    [
        # kind             when             what it does
        ("objection",       PROPOSED,        "stops-proposal"),  # one objects to using silence at all
        ("amendment",       OPENS - MS,      "stops-proposal"),
        ("objection",       OPENS,           "breaks"),
        ("amendment",       OPENS + HOUR,    "breaks"),
        ("objection",       EXPIRES - MS,    "breaks"),          # one millisecond before
        ("amendment",       EXPIRES - MS,    "breaks"),
        ("objection",       EXPIRES,         "late"),            # at the instant itself
        ("objection",       EXPIRES + MS,    "late"),            # one millisecond after
        ("amendment",       EXPIRES + MS,    "late"),
        ("acknowledgement", PROPOSED,        "noted"),
        ("acknowledgement", EXPIRES - MS,    "noted"),
        ("comment",         OPENS,           "noted"),
        ("statement",       OPENS,           "noted"),
        ("reservation",     EXPIRES - MS,    "noted"),
    ],
)  # fmt: skip
def test_what_a_member_says(kind, at, effect):
    assert said(kind, at) == effect


@pytest.mark.parametrize("kind", ["acknowledgement", "comment", "statement", "reservation"])
@pytest.mark.parametrize("at", [EXPIRES, EXPIRES + MS])
def test_after_the_end_only_an_objection_is_still_recorded(kind, at):
    with pytest.raises(rules.SilenceOver):
        said(kind, at)


@pytest.mark.parametrize(
    ("outcome", "kind", "effect"),
    [
        ("adopted", "objection", "late"),
        ("adopted", "amendment", "late"),
        ("adopted", "reservation", None),
        ("broken", "objection", None),  # it is stopped already
        ("broken", "acknowledgement", None),
        ("refused", "objection", None),
        ("withdrawn", "objection", None),
        ("withdrawn", "comment", None),
    ],
)
def test_what_is_said_once_the_result_is_recorded(outcome, kind, effect):
    over = Course(OPENS, EXPIRES, Outcome(outcome))
    if effect:
        assert said(kind, EXPIRES + HOUR, course=over) == effect
    else:
        with pytest.raises(rules.SilenceOver, match=outcome):
            said(kind, OPENS + HOUR, course=over)


@pytest.mark.parametrize(
    ("kind", "words", "refused"),
    [
        ("objection", "", rules.ReasonMissing),
        ("objection", " \n\t", rules.ReasonMissing),
        ("amendment", "", rules.ReasonMissing),
        ("comment", "", rules.WordsMissing),
        ("statement", " ", rules.WordsMissing),
        ("reservation", "", rules.WordsMissing),
        ("acknowledgement", "", None),  # receipt needs no words
    ],
)
def test_what_needs_words(kind, words, refused):
    if refused is None:
        assert said(kind, OPENS, words=words) is Effect.NOTED
    else:
        with pytest.raises(refused):
            said(kind, OPENS, words=words)


@pytest.mark.parametrize("kind", list(ReplyKind))
def test_an_observer_is_informed_and_cannot_break_silence(kind):
    if kind in ("acknowledgement", "comment"):
        assert said(kind, OPENS, who="observer") is Effect.NOTED
    else:
        with pytest.raises(rules.ObserverCannotBreak, match="Maravel is an observer"):
            said(kind, OPENS, who="observer")


@pytest.mark.parametrize("kind", list(ReplyKind))
def test_whoever_is_neither_has_no_voice(kind):
    """A member that was withdrawn yesterday, a state that is to be admitted tomorrow."""
    with pytest.raises(rules.NotAParty, match="Maravel"):
        said(kind, OPENS, who="nobody")


# ---------------------------------------------------------------- the seat's calendar
@pytest.mark.parametrize(
    ("day", "works", "next_one"),
    [
        ("2026-12-31", True, "2026-12-31"),  # Thursday
        ("2027-01-01", False, "2027-01-04"),  # the holiday is a Friday: Monday follows
        ("2027-01-02", False, "2027-01-04"),
        ("2027-01-04", True, "2027-01-04"),
    ],
)
def test_working_days(day, works, next_one):
    day, next_one = dt.date.fromisoformat(day), dt.date.fromisoformat(next_one)
    assert rules.is_working(day, WEEK, NEW_YEAR) is works
    assert rules.working_day(day, WEEK, NEW_YEAR) == next_one


@pytest.mark.parametrize(
    ("day", "number", "found"),
    [
        ("2026-12-28", 0, "2026-12-28"),  # Monday
        ("2026-12-28", 1, "2026-12-29"),
        ("2026-12-28", 3, "2026-12-31"),
        ("2026-12-28", 4, "2027-01-04"),  # over the holiday and the weekend
        ("2026-12-26", 1, "2026-12-28"),  # from a Saturday
        ("2026-12-31", 10, "2027-01-15"),
    ],
)
def test_working_days_from_a_day(day, number, found):
    got = rules.working_days_after(dt.date.fromisoformat(day), number, WEEK, NEW_YEAR)
    assert got == dt.date.fromisoformat(found)


def test_a_seat_that_works_from_sunday_to_thursday():
    friday = dt.date(2026, 12, 11)
    assert rules.working_day(friday, {7, 1, 2, 3, 4}, ()) == dt.date(2026, 12, 13)


# ---------------------------------------------------------------- the instant of expiry
@pytest.mark.parametrize(
    ("day", "time", "zone", "utc"),
    [
        ("2026-12-11", "17:00", SEAT, "2026-12-11T12:00"),
        ("2026-12-14", "00:00", SEAT, "2026-12-13T19:00"),
        ("2026-03-27", "17:00", SUMMER, "2026-03-27T16:00"),  # winter time
        ("2026-03-30", "17:00", SUMMER, "2026-03-30T15:00"),  # summer time
        ("2026-10-26", "17:00", SUMMER, "2026-10-26T16:00"),
    ],
)
def test_a_time_at_the_seat_is_one_instant(day, time, zone, utc):
    found = rules.expiry(dt.date.fromisoformat(day), dt.time.fromisoformat(time), zone, WEEK, ())
    assert found == dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)
    assert found.tzinfo is dt.UTC


@pytest.mark.parametrize(
    ("day", "time", "refused", "sentence"),
    [
        ("2026-12-12", "17:00", rules.NotAWorkingDay, "2026-12-12 is not a working day at the seat. .* 2026-12-14"),
        ("2027-01-01", "17:00", rules.NotAWorkingDay, "The next one is 2027-01-04"),
    ],
)
def test_silence_ends_on_a_working_day(day, time, refused, sentence):
    with pytest.raises(refused, match=sentence):
        rules.expiry(dt.date.fromisoformat(day), dt.time.fromisoformat(time), SEAT, WEEK, NEW_YEAR)


@pytest.mark.parametrize(
    ("day", "time", "refused"),
    [
        ("2026-03-29", "01:59", None),
        ("2026-03-29", "02:00", rules.NoSuchTime),  # the clock goes from 02:00 to 03:00
        ("2026-03-29", "02:59", rules.NoSuchTime),
        ("2026-03-29", "03:00", None),
        ("2026-10-25", "01:59", None),
        ("2026-10-25", "02:00", rules.TimeTwice),  # the clock goes from 03:00 to 02:00
        ("2026-10-25", "02:59", rules.TimeTwice),
        ("2026-10-25", "03:00", None),
    ],
)
def test_a_seat_that_changes_its_clocks(day, time, refused):
    every_day = set(range(1, 8))
    asked = dt.date.fromisoformat(day), dt.time.fromisoformat(time), SUMMER, every_day, ()
    if refused is None:
        rules.expiry(*asked)
    else:
        with pytest.raises(refused, match=time):
            rules.expiry(*asked)


# ---------------------------------------------------------------- how long
@pytest.mark.parametrize(
    ("length", "minimum", "refused"),
    [
        (dt.timedelta(hours=1), None, None),  # no rule: whoever proposes sets the length
        (dt.timedelta(0), None, rules.ExpiryPassed),
        (-HOUR, None, rules.ExpiryPassed),
        (dt.timedelta(hours=72), 72, None),
        (dt.timedelta(hours=72) - MS, 72, rules.TooShort),
        (dt.timedelta(hours=71), 72, rules.TooShort),
    ],
)
def test_the_length_is_set_by_who_proposes_and_a_charter_may_state_a_minimum(length, minimum, refused):
    if refused is None:
        rules.check_length(OPENS, OPENS + length, PROPOSED, minimum, "Rule 12")
    else:
        with pytest.raises(refused, match="Choose a later instant"):
            rules.check_length(OPENS, OPENS + length, PROPOSED, minimum, "Rule 12")


def test_the_minimum_names_its_rule():
    with pytest.raises(rules.TooShort, match=r"72 hours at least \(Rule 12\)"):
        rules.check_length(OPENS, OPENS + HOUR, PROPOSED, 72, "Rule 12")


def test_silence_does_not_end_in_the_past():
    with pytest.raises(rules.ExpiryPassed):
        rules.check_length(OPENS, EXPIRES, EXPIRES + MS, None, "")


# ---------------------------------------------------------------- what it rests on
@pytest.mark.parametrize(
    ("shape", "session", "recommendation", "basis", "refused"),
    [
        ("subject-to-silence", True, False, "", None),
        ("subject-to-silence", False, True, "Article 9", rules.SessionMissing),
        ("recommended", False, True, "", None),
        ("recommended", True, False, "Article 9", rules.RecommendationMissing),
        ("regulation", False, False, "Article 9", None),
        ("regulation", True, True, " ", rules.RegulationMissing),
    ],
)
def test_each_shape_names_what_it_rests_on(shape, session, recommendation, basis, refused):
    asked = {"session": session, "recommendation": recommendation, "basis": basis}
    if refused is None:
        rules.check_basis(Shape(shape), **asked)
    else:
        with pytest.raises(refused):
            rules.check_basis(Shape(shape), **asked)


# ---------------------------------------------------------------- extension, withdrawal, restart
@pytest.mark.parametrize(
    ("at", "later", "refused"),
    [
        (OPENS, EXPIRES + HOUR, None),
        (EXPIRES - MS, EXPIRES + HOUR, None),
        (OPENS, EXPIRES, rules.NotLater),
        (OPENS, EXPIRES - HOUR, rules.NotLater),
        (EXPIRES, EXPIRES + HOUR, rules.SilenceOver),  # the end is the end, recorded or not
        (EXPIRES + MS, EXPIRES + HOUR, rules.SilenceOver),
        (PROPOSED, EXPIRES + HOUR, rules.NotYetRunning),
    ],
)
def test_an_extension_comes_before_the_end_and_ends_later(at, later, refused):
    if refused is None:
        rules.check_extension(RUNS, later, at)
    else:
        with pytest.raises(refused):
            rules.check_extension(RUNS, later, at)


@pytest.mark.parametrize(
    ("outcome", "at", "extends", "withdraws", "restarts"),
    [
        # outcome   at                may be extended, withdrawn, restarted
        (None,        PROPOSED,       False, True,  False),
        (None,        OPENS,          True,  True,  False),
        (None,        EXPIRES - MS,   True,  True,  False),
        (None,        EXPIRES,        False, False, False),
        ("adopted",   EXPIRES + MS,   False, False, False),
        ("broken",    OPENS + HOUR,   False, False, True),
        ("refused",   PROPOSED,       False, False, True),
        ("withdrawn", OPENS + HOUR,   False, False, True),
    ],
)  # fmt: skip
def test_what_may_still_be_done(outcome, at, extends, withdraws, restarts):
    course = Course(OPENS, EXPIRES, Outcome(outcome) if outcome else None)
    assert _allowed(rules.check_extension, course, EXPIRES + HOUR, at) is extends
    assert _allowed(rules.check_withdrawal, course, at) is withdraws
    assert _allowed(rules.check_restart, course, at) is restarts


def _allowed(check, *asked) -> bool:
    try:
        check(*asked)
    except rules.Refusal:
        return False
    return True


# ---------------------------------------------------------------- what always holds
instants = some.integers(0, 4_000_000_000).map(lambda n: seat("2020-01-01") + dt.timedelta(milliseconds=n * 100))
lengths = some.timedeltas(dt.timedelta(milliseconds=1), dt.timedelta(days=60))
courses = some.builds(lambda opens, length: Course(opens, opens + length), instants, lengths)
kinds = some.sampled_from(ReplyKind)


@given(courses, instants, instants)
def test_a_silence_never_goes_back(course, one, other):
    order = [Stage.PROPOSED, Stage.RUNNING, Stage.ENDED]
    earlier, later = sorted([one, other])
    assert order.index(rules.stage(course, earlier)) <= order.index(rules.stage(course, later))


@given(courses, instants, some.sampled_from(sorted(rules.BREAKING)))
def test_an_objection_of_a_member_counts_if_and_only_if_it_comes_before_the_expiry(course, at, kind):
    counts = said(kind, at, course=course) in (Effect.BREAKS, Effect.STOPS_PROPOSAL)
    assert counts is (at < course.expires)


@given(courses, instants, kinds, some.sampled_from(["observer", "nobody"]))
def test_nobody_but_a_member_ends_a_silence(course, at, kind, who):
    try:
        found = said(kind, at, course=course, who=who)
    except rules.Refusal:
        return
    assert found is Effect.NOTED


@given(courses, instants, some.sampled_from(sorted(set(ReplyKind) - rules.BREAKING)))
def test_what_does_not_break_changes_nothing(course, at, kind):
    try:
        found = said(kind, at, course=course)
    except rules.SilenceOver:
        assert at >= course.expires
    else:
        assert found is Effect.NOTED


@given(some.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), some.integers(0, 40), some.sets(some.integers(1, 7)))
def test_so_many_working_days_lie_between(day, number, weekdays):
    weekdays = weekdays or WEEK
    found = rules.working_days_after(day, number, weekdays, NEW_YEAR)
    days = [day + dt.timedelta(days=n) for n in range(1, (found - day).days + 1)]
    assert sum(rules.is_working(one, weekdays, NEW_YEAR) for one in days) == number


@given(
    some.dates(dt.date(2025, 1, 1), dt.date(2028, 1, 1)), some.times(),
    some.sampled_from(["Asia/Tashkent", "Europe/Vienna", "America/St_Johns", "Pacific/Apia", "Asia/Kathmandu"]),
)  # fmt: skip
def test_an_expiry_reads_at_the_seat_as_it_was_set(day, time, name):
    zone = ZoneInfo(name)
    try:
        found = rules.expiry(day, time, zone, set(range(1, 8)), ())
    except (rules.NoSuchTime, rules.TimeTwice):
        return
    assert found.astimezone(zone).replace(tzinfo=None) == dt.datetime.combine(day, time)
