"""When a letter is tried again."""

import datetime as dt

import pytest

from chancery.duties.rules import LEASE, PATIENCE, next_try

ASKED = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("failed", "pause"),
    [(1, 1 * MINUTE), (2, 5 * MINUTE), (3, 30 * MINUTE), (4, 2 * HOUR), (5, 12 * HOUR), (6, 12 * HOUR)],
)
def test_pauses_grow(failed, pause):
    now = ASKED + dt.timedelta(hours=1)
    assert next_try(ASKED, failed, now) == now + pause


@pytest.mark.parametrize(
    ("hours_since", "again"),
    [(59.9, True), (60, False), (72, False), (200, False)],
)
def test_given_up_when_the_next_try_would_come_after_three_days(hours_since, again):
    now = ASKED + hours_since * HOUR
    assert (next_try(ASKED, 7, now) is not None) is again


def test_a_server_that_stays_down_is_tried_nine_times_in_all():
    now, tries = ASKED, 0
    while now is not None:
        tries += 1
        now = next_try(ASKED, tries, now)
    assert tries == 10


def test_a_claim_outlasts_any_conversation_with_a_server_but_not_the_patience():
    from django.conf import settings

    assert dt.timedelta(seconds=settings.EMAIL_TIMEOUT) * 10 < LEASE < PATIENCE
