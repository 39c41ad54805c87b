"""What pages of lower areas show of this one."""

import datetime as dt
from typing import Any

from django.db.models import Q

from chancery.bodies.models import Body
from chancery.meetings.models import Meeting

from .queries import agenda
from .queries import documents as queries

FEW = 5


def of_meeting(meeting: Meeting, *, day: dt.date, **asked: Any) -> dict[str, Any] | None:
    """The agenda of a meeting with the documents before it; the page leaves out what its reader may not read. Where
    there is none yet, the page still offers a session's agenda to whoever plans it."""
    items = agenda.of_meeting(meeting)
    return {"meeting": meeting, "items": items} if items or meeting.body_id else None


def of_body(body: Body, *, day: dt.date, reader: Any = None, **asked: Any) -> dict[str, Any] | None:
    """The latest documents of a body that the reader may read."""
    rows = queries.latest(day, FEW, Q(body=body), reader=reader)
    return {"rows": rows, "body": body.ref} if rows else None
