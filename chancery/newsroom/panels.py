"""What pages of lower areas show of this one."""

import datetime as dt
from typing import Any

from chancery.meetings.models import Meeting

from . import queries


def of_meeting(meeting: Meeting, *, day: dt.date, **asked: Any) -> dict[str, Any] | None:
    """The news that report on a meeting."""
    found = queries.news_about(meeting.ref, day)
    return {"items": found} if found else None
