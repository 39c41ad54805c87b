"""What pages of lower areas show of this one."""

import datetime as dt
from typing import Any

from django.db.models import Q

from chancery.bodies.models import Body
from chancery.meetings.models import Meeting
from chancery.parties.models import Party

from .queries import register as queries

FEW = 5


def of_meeting(meeting: Meeting, *, day: dt.date) -> dict[str, Any] | None:
    """The decisions taken at a meeting."""
    return _panel(queries.listed(Q(session=meeting)))


def of_body(body: Body, *, day: dt.date) -> dict[str, Any] | None:
    """The latest decisions of a body."""
    return _panel(queries.latest(day, FEW, Q(body=body)), body=body.ref)


def of_party(party: Party, *, day: dt.date) -> dict[str, Any] | None:
    """The latest decisions that concern a party."""
    return _panel(queries.latest(day, FEW, queries.concerning(party.ref, party.memberships.all())), party=party.ref)


def _panel(decisions: Any, **more: str) -> dict[str, Any] | None:
    rows = queries.shown(decisions)
    return {"rows": rows, **more} if rows else None
