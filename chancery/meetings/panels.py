"""What pages of lower areas show of this one."""

import datetime as dt
from typing import Any

from django.db.models import Q

from chancery.bodies.models import Body
from chancery.parties.models import Party

from . import queries

FEW = 5


def of_party(party: Party, *, day: dt.date, **asked: Any) -> dict[str, Any] | None:
    """The latest meetings that a party hosted, presided over or took part in."""
    found = queries.latest(day, FEW, queries.involving(party.ref))
    return {"meetings": queries.with_status(found, day), "party": party.ref} if found else None


def of_body(body: Body, *, day: dt.date, **asked: Any) -> dict[str, Any] | None:
    """The next and the latest sessions of a body, and whatever else met under its name."""
    mine = Q(body=body)
    coming, held = queries.coming(day, FEW, mine), queries.latest(day, FEW, mine)
    if not coming and not held:
        return None
    shown = queries.with_status([*reversed(coming), *held], day)
    return {"meetings": shown, "body": body.ref}
