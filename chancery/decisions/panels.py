"""What pages of lower areas show of this one."""

import datetime as dt
from typing import Any

from django.db.models import Q

from chancery.bodies.models import Body
from chancery.documents.models import Document
from chancery.documents.queries import access
from chancery.meetings.models import Meeting
from chancery.parties.models import Party
from chancery.parties.queries import naming

from .queries import followup, reading, route
from .queries import register as queries

FEW = 5


def of_meeting(meeting: Meeting, *, day: dt.date, **asked: Any) -> dict[str, Any] | None:
    """The decisions taken at a meeting and noted there, and those taken by silence that it has still to note."""
    taken = queries.shown(queries.listed(Q(session=meeting)))
    noted = queries.shown(queries.listed(Q(noted=meeting)))
    waiting = queries.shown(queries.listed(queries.to_be_noted(meeting))) if meeting.body_id else []
    if not (taken or noted or waiting or meeting.body_id):
        return None
    return {"rows": taken, "noted": noted, "waiting": waiting, "meeting": meeting}


def of_document(document: Document, *, day: dt.date, **asked: Any) -> dict[str, Any] | None:
    """What bodies decided on a text, each with its audience, and the objections that were made in rooms."""
    taken = route.decisions(document)
    objections = [] if document.is_public else route.objections(document)
    if not taken and not objections:
        return None
    audiences = [(one, reading.audience(one.decision)) for one in queries.shown(taken)]
    return {"rows": audiences, "objections": objections, "names": naming(day) if objections else {}}


def owed_by_party(party: Party, *, day: dt.date, **asked: Any) -> dict[str, Any] | None:
    """What a State undertook by public decisions, what is still owed first."""
    rows = list(followup.listed(Q(addressee=f"parties:{party.ref}", decision__taken__lte=day)))
    if not rows:
        return None
    owed = followup.shown(rows, naming(day, [party.ref]), {}, day)
    return {"rows": sorted(owed, key=lambda one: not one.owed), "party": party.ref}


def of_body(body: Body, *, day: dt.date, **asked: Any) -> dict[str, Any] | None:
    """The latest decisions of a body."""
    return _panel(queries.latest(day, FEW, Q(body=body)), body=body.ref)


def of_party(party: Party, *, day: dt.date, **asked: Any) -> dict[str, Any] | None:
    """The latest decisions that concern a party."""
    return _panel(queries.latest(day, FEW, queries.concerning(party.ref, party.memberships.all())), party=party.ref)


def _panel(decisions: Any, **more: str) -> dict[str, Any] | None:
    rows = queries.shown(decisions)
    return {"rows": rows, **more} if rows else None


def of_chair(chair: Any, *, day: dt.date) -> dict[str, Any]:
    """The way to candidatures and handover files, for whoever may see them."""
    return {"members": access.on(day).members}
