"""When a letter is tried again, and what may be done with it. Pure."""

import datetime as dt
from enum import StrEnum

from chancery.core.refusals import Refusal, sentence

DELAYS = (
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=12),
)
"""How long the post waits after the first, second, … failed try; the last one holds for all that follow."""

PATIENCE = dt.timedelta(days=3)
"""How long the post goes on trying, counted from when it was last asked to."""

LEASE = dt.timedelta(minutes=10)
"""How long one clock keeps a letter to itself; longer than any conversation with a mail server."""

CONFIRM_FROM = 20
"""From how many letters on somebody must have seen how many they are and what the first one says."""


class Letters(StrEnum):
    """What has become of a letter."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given-up"
    CANCELLED = "cancelled"


class Classification(StrEnum):
    """Who may read a letter in the outbox. A personal one holds a secret of its addressee: nobody may, and
    its words are erased as soon as it is sent."""

    OPEN = "open"
    PERSONAL = "personal"


class AlreadySent(Refusal):
    """A letter that was sent, or is being sent at this moment, cannot be called back."""

    sentence = sentence("This letter is already on its way; it cannot be called back.")
    status = 409


class NothingToRetry(Refusal):
    sentence = sentence("This letter was sent or cancelled; there is nothing to try again.")
    status = 409


class CountNotSeen(Refusal):
    """Many letters go out at once only after somebody saw how many."""

    sentence = sentence("{count} letters would be sent. Look at the preview again and confirm this number.")
    status = 409


def next_try(asked: dt.datetime, failed: int, now: dt.datetime) -> dt.datetime | None:
    """When a letter that has failed `failed` times (at least once) is tried again; None when it is given
    up."""
    at = now + DELAYS[min(failed, len(DELAYS)) - 1]
    return at if at < asked + PATIENCE else None
