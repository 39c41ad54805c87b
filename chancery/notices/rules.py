"""How people are told."""

from enum import StrEnum


class Mail(StrEnum):
    """When a letter is posted besides the line on the desk."""

    AT_ONCE = "once"
    DAILY = "daily"
    NEVER = "never"


class FeedKind(StrEnum):
    CALENDAR = "calendar"
    ATOM = "atom"
