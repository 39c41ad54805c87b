"""The clock: what is due is done, once, in time, whatever fails or dies."""

import datetime as dt
import signal
import threading
import time
from collections import Counter

import pytest

from chancery.duties import clock
from chancery.duties.registry import Duty, NotNow

from .postbox import House, Postbox, open_at, wait_for

AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def after(seconds: float) -> dt.datetime:
    return AT + dt.timedelta(seconds=seconds)


@pytest.fixture
def done() -> list[str]:
    return []


def test_everything_due_is_done_in_order(done):
    two = [Duty("one", due=lambda now: "ab", do=done.append), Duty("two", lambda now: "c", done.append)]
    lane = clock.Lane(two)
    assert lane.tick(AT) == 3
    assert done == ["a", "b", "c"]


def test_a_duty_that_is_looked_at_now_and_then(done):
    lane = clock.Lane([Duty("hourly", due=lambda now: ["x"], do=done.append, every=3600)])
    for seconds in (0, 1, 3599, 3600, 3601):
        lane.tick(after(seconds))
    assert len(done) == 2


def test_a_key_that_fails_is_left_alone_longer_each_time_and_the_others_go_on(done, caplog):
    def do(key: str) -> None:
        done.append(key)
        if key == "bad":
            raise ValueError("no")

    lane = clock.Lane([Duty("mixed", due=lambda now: ["bad", "good"], do=do)])
    for seconds in range(8):
        lane.tick(after(seconds))
    assert Counter(done) == {"good": 8, "bad": 4}  # at 0, 1, 3 and 7 seconds
    assert "mixed: bad failed" in caplog.text


def test_a_key_that_failed_and_recovers_is_not_punished_later(done):
    fails = iter([True, False, True, False])

    def do(key: str) -> None:
        done.append(key)
        if next(fails):
            raise ValueError

    lane = clock.Lane([Duty("shaky", due=lambda now: ["x"], do=do)])
    for seconds in (0, 1, 2, 3):
        lane.tick(after(seconds))
    assert len(done) == 4


def test_a_duty_whose_question_fails_does_not_stop_the_others(done, caplog):
    def broken(now):
        raise RuntimeError("no table")

    lane = clock.Lane([Duty("broken", broken, done.append), Duty("whole", lambda now: "x", done.append)])
    assert lane.tick(AT) == 1
    assert "broken: cannot tell what is due" in caplog.text


def test_a_duty_may_ask_for_a_pause_of_the_rest(done):
    def do(key: str) -> None:
        done.append(key)
        raise NotNow(seconds=15)

    lane = clock.Lane([Duty("post", due=lambda now: "abc", do=do)])
    for seconds in (0, 14, 15):
        lane.tick(after(seconds))
    assert done == ["a", "a"]


@pytest.mark.parametrize(
    ("coming", "low", "high"),
    [(None, 1, 1), (0.3, 0.2, 0.3), (0.001, 0.02, 0.02), (500, 1, 1), (-5, 1, 1)],
)
def test_sleeps_until_the_next_one_but_a_second_at_most(coming, low, high):
    now = clock.now()
    instant = None if coming is None else now + dt.timedelta(seconds=coming)
    lane = clock.Lane([Duty("x", due=lambda now: [], do=print, coming=lambda: instant)])
    assert low <= lane.pause(now) <= high


def test_a_deadline_is_met_to_the_moment_while_a_letter_is_being_sent_slowly(done):
    deadline = clock.now() + dt.timedelta(seconds=0.4)
    met: list[dt.datetime] = []
    stop = threading.Event()

    def close(key: str) -> None:
        met.append(clock.now())
        stop.set()

    duties = [
        Duty("post", due=lambda now: ["x"], do=lambda key: time.sleep(1.2), lane="post"),
        Duty(
            "silence",
            due=lambda now: ["s"] if now >= deadline and not met else [],
            do=close,
            coming=lambda: None if met else deadline,
        ),
    ]
    clock.run(duties, stop)
    assert len(met) == 1
    assert dt.timedelta(0) <= met[0] - deadline < dt.timedelta(seconds=0.3)


def test_stops_between_two_acts(done):
    stop = threading.Event()

    def do(key: str) -> None:
        done.append(key)
        stop.set()

    clock.run([Duty("many", due=lambda now: "abcdef", do=do)], stop)
    assert done == ["a"]


# --------------------------------------------------------------------------------------- as real processes
@pytest.mark.kill
def test_two_clocks_send_each_letter_exactly_once(own_house: House, port: int):
    box = Postbox()
    box.seconds = 0.01
    with open_at(port, box):
        clocks = [own_house.clock(), own_house.clock()]
        for one in clocks:
            assert "the clock runs" in one.stderr.readline()
        own_house.queue(60)
        wait_for(lambda: own_house.sent() == 60)
        time.sleep(0.3)
        for one in clocks:
            one.send_signal(signal.SIGTERM)
        said = [one.communicate(timeout=60)[1] for one in clocks]
    assert [one.returncode for one in clocks] == [0, 0]
    assert sorted(Counter(box.ids).values()) == [1] * 60
    assert all("the clock stopped" in words for words in said)
    assert all("letter letter-" in words for words in said), "both clocks had their share"
    assert own_house.rows("SELECT count(*) FROM duties_attempt") == [(60,)]


@pytest.mark.kill
def test_a_clock_killed_in_the_middle_loses_no_letter_and_repeats_at_most_the_one_in_its_hand(
    own_house: House, port: int
):
    own_house.queue(30)
    box = Postbox()
    box.seconds = 0.05
    with open_at(port, box):
        first = own_house.clock()
        wait_for(lambda: len(box.taken) >= 8)
        first.kill()
        first.communicate(timeout=60)
        assert own_house.sent() < 30
        # what the dead clock had in its hand is free again when its claim has run out
        own_house.rows("UPDATE duties_letter SET due = asked WHERE sent IS NULL")
        second = own_house.clock()
        wait_for(lambda: own_house.sent() == 30)
        second.send_signal(signal.SIGTERM)
        second.communicate(timeout=60)
    times = Counter(box.ids)
    assert len(times) == 30
    assert sum(times.values()) <= 31


@pytest.mark.kill
def test_once_does_what_is_due_and_ends(own_house: House, port: int):
    own_house.queue(3)
    with open_at(port, Postbox()) as box:
        assert own_house.run("clock", "--once").strip() == "3"
        assert own_house.run("clock", "--once").strip() == "0"
    assert len(box.taken) == 3
