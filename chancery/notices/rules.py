"""How people are told. Pure."""

import datetime as dt
from enum import StrEnum
from zoneinfo import ZoneInfo

from chancery.core.refusals import Refusal, sentence


class Mail(StrEnum):
    """When a letter is posted besides the line on the desk."""

    AT_ONCE = "once"
    DAILY = "daily"
    NEVER = "never"


class FeedKind(StrEnum):
    CALENDAR = "calendar"
    ATOM = "atom"


DAILY_AT = dt.time(7)
"""When the letter of the day is posted, on the clock of the seat (product default)."""


def last_daily(now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The latest instant, up to now, at which letters of the day were due: what was told before it goes into them."""
    local = now.astimezone(zone)
    day = local.date() if local.time() >= DAILY_AT else local.date() - dt.timedelta(days=1)
    return dt.datetime.combine(day, DAILY_AT, zone).astimezone(dt.UTC)


def mail_for(wished: str | None, *, legal: bool, usual: Mail = Mail.AT_ONCE) -> Mail:
    """How somebody is told of an event by letter: as wished, as is `usual` where nothing was; of what has an effect in
    law always at once."""
    return Mail.AT_ONCE if legal else Mail(wished or usual)


class NobodyToRemind(Refusal):
    """Once a day for the same thing is enough."""

    sentence = sentence("Nobody is left to remind: those concerned have answered, or were reminded today.")
    status = 409
