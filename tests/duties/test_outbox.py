"""Letters: queued with their act, sent once, tried again, given up, called back, forgotten."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction

from chancery.duties import clock, delivery, outbox, queries, registry
from chancery.duties.models import Attempt, Letter
from chancery.duties.registry import NotNow
from chancery.duties.rules import AlreadySent, Classification, CountNotSeen, Letters, NothingToRetry
from chancery.journal.models import Entry

from .conftest import smtp
from .postbox import Postbox, open_at

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def queued(to: str = "mission@example.org", **more) -> Letter:
    return outbox.post(to=to, subject="Silence opened", body="Слова · words", language="en", **more)


def tick(lane: clock.Lane | None = None) -> clock.Lane:
    """What a running clock does once, now."""
    lane = lane or clock.lanes(registry.all_duties())["post"]
    lane.tick(outbox.now())
    return lane


def fresh(letter: Letter) -> Letter:
    return queries.letter(letter.ref)


# ------------------------------------------------------------------------------------------------ queueing
def test_a_letter_belongs_to_the_transaction_of_its_act():
    def act() -> None:
        with transaction.atomic():
            queued()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert not Letter.objects.exists()


def test_outside_a_transaction_it_is_a_mistake(monkeypatch):
    monkeypatch.setattr("chancery.duties.outbox.connection", type("C", (), {"in_atomic_block": False})())
    with pytest.raises(RuntimeError):
        queued()


@pytest.mark.parametrize("to", ["", "nobody", "a@b@c", "a@example.org\nBcc: all@example.org"])
def test_an_address_that_is_none_is_refused(to):
    with pytest.raises(ValidationError):
        queued(to)
    assert not Letter.objects.exists()


def test_a_subject_of_several_lines_cannot_become_headers(post):
    outbox.post(
        to="mission@example.org", subject="Notice\r\nBcc: all@example.org", body="", language="en"
    )
    tick()
    assert post.taken[0]["Subject"] == "Notice Bcc: all@example.org"
    assert post.taken[0]["Bcc"] is None


def test_many_letters_go_out_only_after_somebody_saw_how_many():
    drafts = [outbox.Draft(f"d{n}@example.org", f"Letter {n}", "Words", "en") for n in range(25)]
    shown = outbox.preview(drafts)
    assert (shown.count, shown.first.subject) == (25, "Letter 0")
    for seen in (None, 24, 26):
        with pytest.raises(CountNotSeen):
            outbox.post_all(drafts, batch="notice-7", seen=seen)
    assert not Letter.objects.exists()
    assert len(outbox.post_all(drafts, batch="notice-7", seen=shown.count)) == 25
    assert Letter.objects.filter(batch="notice-7").count() == 25


def test_a_preview_of_nothing_says_so():
    assert outbox.preview([]) == outbox.Preview(0, None)


# ------------------------------------------------------------------------------------------------- sending
def test_sent_over_smtp_with_its_words_and_a_stable_message_id(post):
    letter = queued()
    tick()
    taken = post.taken[0]
    assert taken["To"] == "mission@example.org"
    assert taken["Subject"] == "Silence opened"
    assert taken["Message-ID"] == delivery.message_id(letter) == f"<{letter.ref}@localhost>"
    assert taken["Auto-Submitted"] == "auto-generated"
    assert taken["Content-Language"] == "en"
    assert taken.get_content().strip() == "Слова · words"
    assert fresh(letter).state is Letters.SENT


def test_sent_once_however_often_it_is_asked(post):
    letter = queued()
    for _ in range(3):
        tick()
        delivery.deliver(letter.ref)
    assert len(post.taken) == 1
    assert Attempt.objects.count() == 1


def test_a_letter_that_another_clock_has_is_left_to_it(post):
    letter = queued()
    assert delivery._claim(letter.ref)
    delivery.deliver(letter.ref)
    assert post.taken == []


def test_a_clock_that_died_loses_its_letter_after_the_lease(post):
    with time_machine.travel(START, tick=False) as time:
        letter = queued()
        delivery._claim(letter.ref)
        time.shift(dt.timedelta(minutes=9, seconds=59))
        tick()
        assert post.taken == []
        time.shift(dt.timedelta(seconds=1))
        tick()
    assert post.ids == [delivery.message_id(letter)]
    assert [bool(one.ended) for one in fresh(letter).attempts.all()] == [False, True]


def test_a_secret_is_erased_when_it_is_sent_and_never_readable(post):
    letter = queued(classification=Classification.PERSONAL)
    assert not letter.readable
    tick()
    assert "Слова" in post.taken[0].get_content()
    assert fresh(letter).body == ""


def test_a_server_that_is_down_and_comes_up_gets_the_letter(settings, port):
    smtp(settings, port)
    with time_machine.travel(START, tick=False) as time:
        first, second = queued("a@example.org"), queued("b@example.org")
        lane = tick()
        assert fresh(first).due == START + dt.timedelta(minutes=1)
        assert "refused" in fresh(first).attempts.get().answer.lower()
        assert not fresh(second).attempts.exists()  # the server is down for it too; it is not tried in vain
        with open_at(port, Postbox()) as box:
            time.shift(dt.timedelta(seconds=16))
            tick(lane)
            assert box.ids == [delivery.message_id(second)]
            time.shift(dt.timedelta(seconds=44))
            tick(lane)
            assert box.ids == [delivery.message_id(second), delivery.message_id(first)]
    assert fresh(first).state is fresh(second).state is Letters.SENT


def test_a_server_that_stays_down_is_given_up_after_three_days_and_may_be_asked_again(settings, port):
    smtp(settings, port)
    with time_machine.travel(START, tick=False) as time:
        letter = queued()
        while fresh(letter).due:
            time.move_to(fresh(letter).due)
            with pytest.raises(NotNow):
                delivery.deliver(letter.ref)
        assert fresh(letter).state is Letters.GIVEN_UP
        assert START + dt.timedelta(days=2) < outbox.now() < START + dt.timedelta(days=3)
        time.shift(dt.timedelta(days=10))
        outbox.retry(fresh(letter))
        assert fresh(letter).due == outbox.now()
        with open_at(port, Postbox()) as box:
            tick()
            assert len(box.taken) == 1


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("450 Later please", Letters.WAITING),
        ("552 Too large", Letters.GIVEN_UP),
        ("554 Not this", Letters.GIVEN_UP),
    ],
)
def test_what_the_server_answers_decides(post, answer, state):
    post.answer = lambda letter: answer
    letter = queued()
    tick()
    assert fresh(letter).state is state
    assert fresh(letter).attempts.get().answer == answer


def test_an_unknown_address_does_not_hold_up_the_others(post):
    post.unknown.add("gone@example.org")
    gone, other = queued("gone@example.org"), queued("here@example.org")
    tick()
    assert fresh(gone).state is Letters.GIVEN_UP
    assert fresh(gone).attempts.get().answer == "550 No such address here"
    assert fresh(other).state is Letters.SENT


# ---------------------------------------------------------------------------------------- officers and time
def test_called_back_before_it_is_sent(post):
    letter = queued()
    outbox.cancel(letter)
    outbox.cancel(letter)
    tick()
    assert post.taken == []
    assert fresh(letter).state is Letters.CANCELLED
    with pytest.raises(NothingToRetry):
        outbox.retry(letter)


def test_not_called_back_once_it_is_on_its_way(post):
    letter = queued()
    delivery._claim(letter.ref)
    with pytest.raises(AlreadySent):
        outbox.cancel(letter)
    other = queued()
    tick()
    with pytest.raises(AlreadySent):
        outbox.cancel(other)
    with pytest.raises(NothingToRetry):
        outbox.retry(other)


def test_a_given_up_letter_may_be_cancelled(post):
    post.unknown.add("mission@example.org")
    letter = queued()
    tick()
    outbox.cancel(letter)
    assert fresh(letter).state is Letters.CANCELLED


def test_counts_add_up(post):
    post.unknown.add("gone@example.org")
    queued("gone@example.org"), queued("here@example.org")
    tick()
    outbox.cancel(queued())
    queued()
    assert queries.counts() == dict.fromkeys(Letters, 1)
    for state in Letters:
        assert [letter.state for letter in queries.letters(state)] == [state]


def test_forgotten_after_the_time_of_the_charter(post):
    with time_machine.travel(START, tick=False) as time:
        sent, waiting = queued(), queued()
        Letter.objects.filter(pk=waiting.pk).update(due=START + dt.timedelta(days=900))
        tick()
        time.shift(dt.timedelta(days=364))
        assert clock.once(registry.all_duties()) == 0
        time.shift(dt.timedelta(days=2))
        assert clock.once(registry.all_duties()) == 1
    assert list(Letter.objects.all()) == [waiting]
    entry = Entry.objects.get(act="duties.forget-letters")
    assert not entry.is_public
    assert '"letters":1' in entry.private
    assert sent.to not in entry.private


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three_as_for_one(django_assert_num_queries, count):
    for _ in range(count):
        delivery._claim(queued().ref)
    with django_assert_num_queries(2):
        assert [len(letter.attempts.all()) for letter in queries.letters()] == [1] * count
