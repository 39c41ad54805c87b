"""Who is told of an act, in which language, by which way; and what is on record of it."""

import datetime as dt
import json
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext_lazy as _

from chancery.core.refusals import NotAllowed
from chancery.duties import clock, outbox, registry
from chancery.duties.models import Letter
from chancery.journal.acts import recording
from chancery.journal.models import Entry
from chancery.notices import acts, kinds, queries
from chancery.notices.models import Notice
from chancery.notices.queries import Service, officers, presidency, voices
from chancery.notices.rules import Mail, last_daily, mail_for
from chancery.notices.telling import Recipient, Words, tell
from chancery.people import policy
from chancery.people.models import Account, Grant
from chancery.people.rules import Unit
from tests.cast import account
from tests.duties.conftest import port, smtp  # noqa: F401
from tests.duties.postbox import Postbox, open_at

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)  # 14:00 in Selmar
DAY = START.date()


@pytest.fixture(autouse=True)
def _kinds(monkeypatch) -> Iterator[None]:
    """Two kinds of the tests: one with an effect in law."""
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.add("tested", _("A test"))
    kinds.add("ended", _("An end"), legal=True)
    with time_machine.travel(START, tick=False):
        yield


def say(language: str) -> Words:
    return Words({"ru": "Молчание начато"}.get(language, "Silence began"), f"Body in {language}")


def told(to: list[Recipient], event: str = "tested", *, open: bool = True, **more) -> list[Notice]:
    with recording() as at:
        return tell(
            event=event, to=to, say=say, link=("chair", []), at=at, open=open,
            **{"subject": "silences:s1", "hint": "PRA/MC/7/DOC.1", **more},
        )  # fmt: skip


def people(*names: str, party: str = "xa") -> list[Recipient]:
    return [Recipient(account(name, ("delegate", party)), party) for name in names]


# ---------------------------------------------------------------- whom
def test_voices_are_all_who_hold_a_role_for_a_party_that_day(states):
    delegate, focal = account("Del", ("delegate", "xa")), account("Foc", ("focal-point", "xb"))
    account("Other", ("delegate", "xm"))
    account("Officer", ("officer", "documents"))
    Grant.objects.create(account=account("Former"), role="delegate", scope="xa", since=DAY, until=DAY)
    closed = account("Closed", ("delegate", "xa"))
    Account.objects.filter(pk=closed.pk).update(is_active=False)
    assert [(one.account, one.party) for one in voices(["xa", "xb"], DAY)] == [(delegate, "xa"), (focal, "xb")]


def test_a_deputy_is_told_only_while_the_principal_holds(states):
    principal, deputy = account("Principal", ("delegate", "xa")), account("Deputy")
    held = principal.grants.get()
    Grant.objects.create(account=deputy, role="delegate", scope="xa", since=DAY, deputises=held)
    assert [one.account for one in voices(["xa"], DAY)] == [principal, deputy]
    Grant.objects.filter(pk=held.pk).update(until=DAY)
    assert voices(["xa"], DAY) == []


def test_who_presides_and_who_is_an_officer(states):
    chair, of_body = account("Chair", ("presidency", "")), account("Body", ("presidency", "soc"))
    account("Another", ("presidency", "mc"))
    clerk = account("Clerk", ("officer", "documents"))
    assert {one.account for one in presidency("soc", DAY)} == {chair, of_body}
    assert [one.account for one in officers(Unit.DOCUMENTS, DAY)] == [clerk]


# ---------------------------------------------------------------- by letter
def test_each_is_told_once_in_the_own_language(states):
    ann, boris = people("Ann", "Boris")
    Account.objects.filter(pk=boris.account.pk).update(language="ru")
    boris.account.refresh_from_db()
    made = told([ann, boris, ann])
    assert [one.account_id for one in made] == [ann.account.pk, boris.account.pk]
    letters = {one.to: one for one in Letter.objects.all()}
    assert letters["ann@practice.example"].body.count("Body in en") == 1
    assert "Молчание начато" in letters["boris@practice.example"].subject
    assert "/ru/chair/" in letters["boris@practice.example"].body
    assert made[0].words["title"].items() >= {"en": "Silence began", "ru": "Молчание начато"}.items()


def test_whoever_acts_for_two_parties_is_told_once_for_both(states):
    ann = account("Ann", ("delegate", "xa"), ("delegate", "xb"))
    (notice,) = told([Recipient(ann, "xa"), Recipient(ann, "xb")])
    assert notice.parties == "xa xb"
    assert Letter.objects.count() == 1
    assert [one.party for one in queries.service("silences:s1")] == ["xa", "xb"]


def test_a_letter_says_nothing_that_is_not_public(states):
    told(people("Ann"), open=False)
    letter = Letter.objects.get()
    assert "Silence began" not in letter.subject + letter.body
    assert "Body in" not in letter.body
    assert letter.subject.endswith(": PRA/MC/7/DOC.1")
    assert "/en/chair/" in letter.body


def test_without_a_hint_it_says_even_less(states):
    told(people("Ann"), open=False, hint="")
    assert Letter.objects.get().subject.endswith(": News on your desk")


def test_a_deadline_is_told_at_the_seat_and_on_the_readers_clock(states):
    ann, bea = people("Ann", "Bea")
    Account.objects.filter(pk=bea.account.pk).update(zone="Europe/Brussels")
    bea.account.refresh_from_db()
    told([ann, bea], deadline=dt.datetime(2026, 3, 6, 12, 0, tzinfo=dt.UTC))
    bodies = {one.to: one.body for one in Letter.objects.all()}
    assert "By: 6 March 2026, 17:00 (Selmar, UTC+5)\n" in bodies["ann@practice.example"]
    seat = "6 March 2026, 17:00 (Selmar, UTC+5); for you: 13:00 (Europe/Brussels)"
    assert seat in bodies["bea@practice.example"]


def test_nobody_whose_account_is_closed(states):
    (ann,) = people("Ann")
    ann.account.is_active = False
    assert told([ann]) == []
    assert not Letter.objects.exists()


def test_who_is_told_is_forgotten_with_the_act(states):
    def act() -> None:
        with recording():
            told(people("Ann"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert not Notice.objects.exists()
    assert not Letter.objects.exists()


def test_more_people_cost_no_more_queries(states):
    few = people("A")
    many = people(*(f"Delegate {number}" for number in range(56)))

    def cost(to: list[Recipient]) -> int:
        with recording(), CaptureQueriesContext(connection) as found:
            told(to)
        return len(found)

    assert cost(few) == cost(many)
    assert Letter.objects.count() == 57


# ---------------------------------------------------------------- as each wishes
@pytest.mark.parametrize(
    ("wished", "legal", "how"),
    [
        (None, False, Mail.AT_ONCE),
        ("daily", False, Mail.DAILY),
        ("never", False, Mail.NEVER),
        ("never", True, Mail.AT_ONCE),
        ("daily", True, Mail.AT_ONCE),
    ],
)
def test_how_somebody_is_told(wished, legal, how):
    assert mail_for(wished, legal=legal) is how


def test_whoever_wants_no_letter_finds_it_on_the_desk(states):
    (ann,) = people("Ann")
    acts.prefer(account=ann.account, mail={"tested": Mail.NEVER}, by=ann.account)
    (notice,) = told([ann])
    assert not Letter.objects.exists()
    assert list(queries.of(ann.account)) == [notice]
    assert queries.service("silences:s1")[0].letter is Service.NONE


def test_what_has_an_effect_in_law_is_always_mailed(states):
    (ann,) = people("Ann")
    acts.prefer(account=ann.account, mail={"ended": Mail.NEVER}, by=ann.account)
    assert queries.wishes(ann.account) == {}
    told([ann], "ended")
    assert Letter.objects.count() == 1


# ---------------------------------------------------------------- the letter of the day
@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-02T01:59:59", "2026-03-01T02:00:00"),  # 06:59:59 in Selmar
        ("2026-03-02T02:00:00", "2026-03-02T02:00:00"),
        ("2026-03-02T18:59:59", "2026-03-02T02:00:00"),  # 23:59:59
        ("2026-03-02T19:00:00", "2026-03-02T02:00:00"),  # the next day there
    ],
)
def test_when_the_letter_of_the_day_is_due(now, due, settings):
    at = dt.datetime.fromisoformat(now).replace(tzinfo=dt.UTC)
    assert last_daily(at, settings.CHARTER.zone) == dt.datetime.fromisoformat(due).replace(tzinfo=dt.UTC)


def daily(at: dt.datetime, *, clocks: int = 2) -> None:
    """What clocks do that look at the same instant: both find what is due, then both do it."""
    with time_machine.travel(at, tick=False):
        keys = [key for _clock in range(clocks) for key in queries.due_letters(at)]
        for key in keys:
            acts.post_daily(account=key, by=policy.CLOCK)


def test_one_letter_a_day_tells_all_that_was_told(states):
    (ann,) = people("Ann")
    acts.prefer(account=ann.account, mail={"tested": Mail.DAILY}, by=ann.account)
    told([ann])
    told([ann], open=False)
    assert queries.service("silences:s1")[0].letter is Service.DAILY
    daily(START.replace(hour=20))  # 01:00 in Selmar: not yet
    assert not Letter.objects.exists()
    morning = START + dt.timedelta(hours=18)  # 08:00 there
    daily(morning)
    letter = Letter.objects.get()
    assert letter.subject == "Practice: 2 notices" or letter.subject.endswith(": 2 notices")
    assert letter.body.count("Silence began") == 1
    assert "PRA/MC/7/DOC.1" in letter.body
    with time_machine.travel(morning, tick=False):
        told([ann])
    daily(morning + dt.timedelta(hours=2))
    assert Letter.objects.count() == 1
    daily(morning + dt.timedelta(days=1))
    assert Letter.objects.count() == 2


def test_a_clock_that_was_off_for_days_sends_one_letter(states):
    (ann,) = people("Ann")
    acts.prefer(account=ann.account, mail={"tested": Mail.DAILY}, by=ann.account)
    told([ann])
    daily(START + dt.timedelta(days=5))
    daily(START + dt.timedelta(days=5, hours=1))
    assert Letter.objects.count() == 1


def test_who_does_not_act_for_the_party_any_more_is_not_written_to(states):
    (ann,) = people("Ann")
    acts.prefer(account=ann.account, mail={"tested": Mail.DAILY}, by=ann.account)
    told([ann], open=False)
    ann.account.grants.update(until=DAY)
    daily(START + dt.timedelta(days=1))
    assert not Letter.objects.exists()
    assert queries.due_letters(START + dt.timedelta(days=2)) == []


def test_the_clock_has_the_duty(states):
    (ann,) = people("Ann")
    acts.prefer(account=ann.account, mail={"tested": Mail.DAILY}, by=ann.account)
    told([ann])
    with time_machine.travel(START + dt.timedelta(days=1), tick=False):
        lane = clock.lanes([one for one in registry.all_duties() if one.name == "daily-letters"])["acts"]
        assert lane.tick(outbox.now()) == 1
    assert Letter.objects.count() == 1


# ---------------------------------------------------------------- the record of service
def test_a_mail_server_that_is_down_for_a_day(states, settings, port):  # noqa: F811
    smtp(settings, port)
    told(people("Ann", "Bea"), "ended")
    lane = clock.lanes([one for one in registry.all_duties() if one.name == "letters"])["post"]
    for hour in range(0, 24, 4):
        with time_machine.travel(START + dt.timedelta(hours=hour), tick=False):
            lane.tick(outbox.now())
    assert {one.letter for one in queries.service("silences:s1")} == {Service.WAITING}
    back = START + dt.timedelta(hours=37)
    with open_at(port, Postbox()) as box, time_machine.travel(back, tick=False):
        lane.tick(outbox.now())
        lane.tick(outbox.now())
    assert sorted(str(one["To"]) for one in box.taken) == ["ann@practice.example", "bea@practice.example"]
    record = queries.service("silences:s1")
    assert [(one.name, one.party, one.at, one.how, one.letter, one.sent) for one in record] == [
        ("Ann", "xa", START, Mail.AT_ONCE, Service.SENT, back),
        ("Bea", "xa", START, Mail.AT_ONCE, Service.SENT, back),
    ]


def test_the_record_outlives_the_letter(states, settings):
    ann, bea = people("Ann", "Bea")
    told([ann, bea])
    sent = START + dt.timedelta(minutes=3)
    Letter.objects.filter(to="ann@practice.example").update(due=None, sent=sent)
    Letter.objects.filter(to="bea@practice.example").update(due=None)  # given up
    with time_machine.travel(START + dt.timedelta(days=settings.CHARTER.retention["outbox"] + 1), tick=False):
        assert outbox.forget() == 2
    record = {one.name: (one.letter, one.sent) for one in queries.service("silences:s1")}
    assert record == {"Ann": (Service.SENT, sent), "Bea": (Service.FAILED, None)}


def test_the_record_costs_one_query(states, django_assert_num_queries):
    told(people("Ann", "Bea", "Cy"))
    with django_assert_num_queries(1):
        assert len(queries.service("silences:s1")) == 3


# ---------------------------------------------------------------- retention
def test_old_notices_are_erased_and_the_record_of_service_stays(states, settings):
    told(people("Ann"), subject="documents:d1")
    told(people("Bea"), "ended")
    told(people("Cy"))  # of the same silence, and without an effect in law
    days = dt.timedelta(days=settings.CHARTER.retention["notices"])
    with time_machine.travel(START + days, tick=False):
        assert acts.forget(by=policy.CLOCK) == 0
    with time_machine.travel(START + days + dt.timedelta(seconds=1), tick=False):
        told(people("Dee"), subject="documents:d2")
        duty = next(one for one in registry.all_duties() if one.name == "forget-notices")
        for _again in range(2):
            for key in duty.due(dt.datetime.now(dt.UTC)):
                duty.do(key)
    assert {one.subject for one in Notice.objects.all()} == {"silences:s1", "documents:d2"}
    assert [one.name for one in queries.service("silences:s1")] == ["Bea", "Cy"]
    entry = Entry.objects.get(act="notices.forget")
    assert (entry.is_public, json.loads(entry.private)["said"]) == (False, {"notices": 1})


def test_only_the_clock_forgets(states):
    with pytest.raises(NotAllowed):
        acts.forget(by=account("Officer", ("officer", "documents")))
