"""Who comes too late, has no voice any more, or types what cannot be: a sentence, the right status, and what was typed
is still there."""

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine

from chancery.decisions.acts import silence as acts
from chancery.decisions.models import Extension, Reply, Silence
from chancery.decisions.rules.silence import ReplyKind
from chancery.documents.models import PrivateNote
from chancery.duties import outbox, registry
from chancery.duties.clock import lanes
from chancery.duties.models import Letter
from chancery.journal.models import Entry
from chancery.notices.models import Notice
from chancery.parties.models import Membership
from chancery.people.models import Grant
from chancery.people.rules import Role
from tests.cast import state
from tests.decisions import texts
from tests.decisions.quiet import BETWEEN, EXPIRES, closed, now, opened, presidency, says, voice
from tests.decisions.test_silence_pages import OBJECTION, TYPED, at, proposal_of, sent, shown, words_of
from tests.duties.conftest import port, smtp  # noqa: F401 - a fixture
from tests.duties.postbox import Postbox, open_at
from tests.people.cast import code

pytestmark = pytest.mark.django_db
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
MOMENT = dt.timedelta(milliseconds=1)


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(BETWEEN, tick=False):
        yield


@pytest.fixture
def chair(states):
    return presidency()


@pytest.fixture
def silence(chair):
    return opened(chair)


@pytest.fixture
def mine(states):
    return voice("xp")


def broken_by(silence: Silence, who) -> object:
    """The second look at an objection, confirmed."""
    return sent(who, at(silence, "reply"), **OBJECTION, code=code())


# ------------------------------------------------------------------------------------------------ who has a voice
def test_a_delegate_whose_accreditation_ended_yesterday(silence, mine):
    until = EXPIRES.date()
    Grant.objects.filter(account=mine).update(until=until)
    with time_machine.travel(dt.datetime.combine(until, dt.time(), dt.UTC) - 6 * HOUR, tick=False):
        assert sent(mine, at(silence, "reply"), **OBJECTION).status_code == 200
    with time_machine.travel(dt.datetime.combine(until, dt.time(), dt.UTC), tick=False):
        answer = broken_by(silence, mine)
        assert answer.status_code == 404  # a text for members has no page for whoever speaks for none
        assert "Not in the record" in words_of(answer)
        assert sent(mine, at(silence, "reply"), **OBJECTION, draft="yes").status_code == 404
    assert not Reply.objects.exists()
    assert not PrivateNote.objects.exists()
    assert now(silence).outcome == ""


def test_who_still_reads_for_the_delegation_and_speaks_for_it_no_more(silence, mine):
    """Yesterday the accreditation as a delegate ended; what was being written can be left to a colleague."""
    Grant.objects.create(account=mine, role=Role.FOCAL_POINT, scope="xp", since=dt.date(2020, 1, 1))
    Grant.objects.filter(account=mine, role=Role.DELEGATE).update(until=BETWEEN.date())
    answer = broken_by(silence, mine)
    assert answer.status_code == 403
    assert "You may not do this." in words_of(answer)
    page = shown(mine, at(silence))
    assert "Review and break silence" not in page
    assert "Save draft" in page
    assert sent(mine, at(silence, "reply"), **OBJECTION, draft="yes").status_code == 302
    assert OBJECTION["words"] in shown(voice("xp", Role.ADMINISTRATOR), at(silence))
    assert not Reply.objects.exists()


def test_a_delegate_whose_accreditation_ended_reads_what_is_public_and_does_not_break_it(chair, mine):
    silence = opened(chair, texts.version(texts.document(classification="public")))
    Grant.objects.filter(account=mine).update(until=BETWEEN.date())
    assert broken_by(silence, mine).status_code in (403, 404)
    assert now(silence).outcome == ""


def test_a_member_admitted_while_silence_runs_breaks_it_from_that_day_on(silence):
    state("xu", "Rosmere", since=dt.date(2024, 12, 10))
    admitted = dt.datetime(2024, 12, 9, 19, tzinfo=dt.UTC)  # midnight at the seat
    new = voice("xu")
    with time_machine.travel(admitted - MOMENT, tick=False):
        assert broken_by(silence, new).status_code == 404
    with time_machine.travel(admitted, tick=False):
        assert "Rosmere (you)" in shown(new, at(silence))
        assert "all 5 Member States" in words_of(sent(new, at(silence, "reply"), **OBJECTION))
        assert broken_by(silence, new).status_code == 302
    assert now(silence).broken_by_id == "xu"


def test_a_member_that_withdrew_while_silence_runs_has_no_voice_and_what_it_said_stays(silence, mine):
    says(silence, mine, "xp", ReplyKind.RESERVATION, "Subject to our law.")
    Membership.objects.filter(party="xp").update(until=dt.date(2024, 12, 10))
    with time_machine.travel(dt.datetime(2024, 12, 9, 19, tzinfo=dt.UTC), tick=False):
        assert broken_by(silence, mine).status_code == 404
        assert "Maravel" in shown(voice("xa"), at(silence))
    decision = closed(silence).decision
    assert [one.parties for one in decision.statements.all()] == ["xp"]


def test_an_observer_who_objects_is_told_what_it_may_do_and_keeps_the_words(chair):
    texts.observer()
    silence = opened(chair, texts.version(texts.document(classification="parties")))
    observer = voice("qo")
    for more in ({}, {"code": code()}):
        answer = sent(observer, at(silence, "reply"), **OBJECTION, **more)
        assert answer.status_code == 403
        page = words_of(answer)
        assert "Orlend is an observer: it is informed, and may comment." in page
        assert OBJECTION["words"] in page
    reservation = sent(observer, at(silence, "reply"), **{**OBJECTION, "kind": "reservation"})
    assert reservation.status_code == 403
    assert OBJECTION["words"] in words_of(reservation)
    assert not Reply.objects.exists()
    assert not Entry.objects.filter(act__in=["decisions.reply", "decisions.break-silence"]).exists()


# ------------------------------------------------------------------------------------------------ too late
@pytest.mark.parametrize("kind", ["acknowledgement", "comment", "statement", "reservation"])
@pytest.mark.parametrize("recorded", [False, True])
def test_what_does_not_break_and_comes_after_the_end(silence, mine, kind, recorded):
    """The page was open since before the end."""
    if recorded:
        closed(silence)
    with time_machine.travel(EXPIRES, tick=False):
        answer = sent(mine, at(silence, "reply"), kind=kind, words="We note it.", wording="", language="en")
    assert answer.status_code == 409
    assert "This silence is over" in words_of(answer)
    assert "We note it." in words_of(answer)
    assert not Reply.objects.exists()


def test_a_second_objection_is_told_by_whom_silence_was_broken(silence, mine):
    says(silence, voice("xa"), "xa", ReplyKind.OBJECTION, "Not yet.")
    for more in ({}, {"code": code()}):
        answer = sent(mine, at(silence, "reply"), **OBJECTION, **more)
        assert answer.status_code == 409
        assert "Silence is broken already, by Aldora." in words_of(answer)
        assert OBJECTION["words"] in words_of(answer)
    assert Reply.objects.count() == 1


def test_what_comes_to_a_silence_that_was_withdrawn(silence, chair, mine):
    acts.withdraw(silence=silence, reason="A page is missing.", by=chair)
    answer = sent(mine, at(silence, "reply"), **OBJECTION)
    assert answer.status_code == 409
    assert "This silence is over (withdrawn)." in words_of(answer)
    assert OBJECTION["words"] in words_of(answer)


@pytest.mark.parametrize("after", [dt.timedelta(0), MOMENT, DAY])
@pytest.mark.parametrize("recorded", [False, True])
def test_an_extension_after_the_end(silence, chair, after, recorded):
    if recorded:
        closed(silence)
    typed = {"expires_day": "17 December 2024", "expires_time": "16:30", "reason": "Two capitals asked for time."}
    with time_machine.travel(EXPIRES + after, tick=False):
        answer = sent(chair, at(silence, "extension"), **typed)
        page = words_of(answer)
    assert answer.status_code == 409
    assert "This silence is over" in page
    for value in ('value="17 December 2024"', 'value="16:30"', typed["reason"]):
        assert value in page
    assert not Extension.objects.exists()
    assert now(silence).expires == EXPIRES
    assert not Entry.objects.filter(act="decisions.extend-silence").exists()


# ------------------------------------------------------------------------------------------------ days and clocks
def kept(page: str, day: str, time: str) -> bool:
    return f'value="{day}"' in page and f'value="{time}"' in page


@pytest.fixture
def berlin(settings):
    """A seat with summer time, that works on Sundays, since its clocks change on one."""
    settings.CHARTER = dataclasses.replace(
        settings.CHARTER, zone=ZoneInfo("Europe/Berlin"), working_days=frozenset(range(1, 8)), holidays=frozenset()
    )


@pytest.mark.parametrize(
    ("day", "time", "sentence"),
    [
        ("30 March 2025", "02:00", "the clocks are put forward that day: there is no 02:00. Choose another time."),
        ("30 March 2025", "02:59", "the clocks are put forward that day: there is no 02:59. Choose another time."),
        ("26 October 2025", "02:00", "the clocks are put back that day: 02:00 comes twice. Choose another time."),
        ("26 October 2025", "02:59", "the clocks are put back that day: 02:59 comes twice. Choose another time."),
    ],
)
def test_a_seat_that_changes_to_summer_time(berlin, chair, silence, day, time, sentence):
    version = texts.version(texts.document("pra-soc-2024-l.2"))
    typed = {"expires_day": day, "expires_time": time}
    for answer in (
        sent(chair, proposal_of(version), **{**TYPED, **typed}),
        sent(chair, proposal_of(version), **{**TYPED, **typed}, confirmed="yes"),
        sent(chair, at(silence, "extension"), **typed, reason="More time."),
    ):
        assert answer.status_code == 422
        page = words_of(answer)
        assert sentence in page
        assert kept(page, day, time)
    assert Silence.objects.get() == silence
    assert now(silence).expires == EXPIRES


@pytest.mark.parametrize(
    ("day", "time", "instant"),
    [
        ("30 March 2025", "01:59", "2025-03-30T00:59+00:00"),
        ("30 March 2025", "03:00", "2025-03-30T01:00+00:00"),
        ("26 October 2025", "01:59", "2025-10-25T23:59+00:00"),
        ("26 October 2025", "03:00", "2025-10-26T02:00+00:00"),
    ],
)
def test_beside_the_change_silence_ends_as_the_clocks_of_the_seat_say(berlin, chair, day, time, instant):
    version = texts.version()
    typed = {**TYPED, "expires_day": day, "expires_time": time}
    review = words_of(sent(chair, proposal_of(version), **typed))
    assert f"{day}, {time}" in review
    assert sent(chair, proposal_of(version), **typed, confirmed="yes").status_code == 302
    assert Silence.objects.get().expires == dt.datetime.fromisoformat(instant)


def test_silence_that_runs_over_the_change_says_how_long_it_really_lasts(berlin, chair):
    """From Saturday noon to Monday noon at the seat lie forty-seven hours."""
    version = texts.version()
    typed = {**TYPED, "expires_day": "31 March 2025", "expires_time": "12:00"}
    with time_machine.travel(dt.datetime(2025, 3, 29, 11, tzinfo=dt.UTC), tick=False):
        assert "1 day 23 hours" in words_of(sent(chair, proposal_of(version), **typed))


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("16 December 2026", "16 December 2026 is not a working day at the seat. The next one is 17 December 2026."),
        ("14 December 2024", "14 December 2024 is not a working day at the seat. The next one is 16 December 2024."),
    ],
)
def test_an_end_on_a_holiday_names_the_next_working_day(chair, silence, day, sentence):
    version = texts.version(texts.document("pra-soc-2024-l.2"))
    for answer in (
        sent(chair, proposal_of(version), **{**TYPED, "expires_day": day}),
        sent(chair, proposal_of(version), **{**TYPED, "expires_day": day}, confirmed="yes"),
        sent(chair, at(silence, "extension"), expires_day=day, expires_time="17:00", reason="More time."),
    ):
        assert answer.status_code == 422
        page = words_of(answer)
        assert sentence in page
        assert kept(page, day, "17:00")
    assert Silence.objects.get() == silence
    assert now(silence).expires == EXPIRES


# ------------------------------------------------------------------------------------------------ mail
def test_a_mail_server_that_is_down_for_a_day(chair, mine, settings, port):  # noqa: F811
    """Three silences, of which one is broken, one adopted and one withdrawn while nothing can be sent."""
    smtp(settings, port)
    other, start = voice("xa"), EXPIRES - 12 * HOUR
    versions = [texts.version(texts.document(f"pra-soc-2024-l.{number}")) for number in range(3)]
    acting = lanes([one for one in registry.all_duties() if "silence" in one.name])
    post = lanes([one for one in registry.all_duties() if one.name == "letters"])["post"]
    running = [opened(chair, one, at=start) for one in versions]
    for hour in range(24):
        with time_machine.travel(start + hour * HOUR, tick=False):
            if hour == 3:
                says(running[0], mine, "xp", ReplyKind.OBJECTION, "Not now.", at=outbox.now())
            if hour == 5:
                acts.withdraw(silence=running[1], reason="A page is missing.", by=chair)
            for lane in (*acting.values(), post):
                lane.tick(outbox.now())
    assert [now(one).outcome for one in running] == ["broken", "withdrawn", "adopted"]
    up = start + 36 * HOUR
    assert Letter.objects.filter(sent=None).count() == Letter.objects.count() == Notice.objects.count() == 18
    with time_machine.travel(up, tick=False):
        page = shown(chair, at(running[2], "service"))
    assert (page.count("handed over"), page.count("waiting to be sent")) == (0, 6)
    with open_at(port, Postbox()) as box:
        for minute in range(0, 24 * 60, 30):
            with time_machine.travel(up + dt.timedelta(minutes=minute), tick=False):
                post.tick(outbox.now())
    assert len(box.ids) == len(set(box.ids)) == 18
    assert not Letter.objects.filter(sent=None).exists()
    with time_machine.travel(up + DAY, tick=False):
        page = shown(chair, at(running[2], "service"))
    assert (page.count("handed over"), page.count("waiting to be sent")) == (6, 0)
    assert {str(letter["To"]) for letter in box.taken} == {one.email for one in (chair, mine, other)}


def test_a_letter_that_is_given_up_is_not_told_as_sent(chair, mine):
    silence = opened(chair)
    Letter.objects.update(due=None)
    assert "could not be delivered" in shown(chair, at(silence, "service"))
