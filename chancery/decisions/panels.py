"""What pages of lower areas show of this one: to the public what is public, to each reader what that reader may see."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Q

from chancery.bodies.models import Body
from chancery.core.dates import Day
from chancery.documents.models import Document
from chancery.documents.queries import access
from chancery.meetings.models import Meeting
from chancery.meetings.words import short_day
from chancery.parties.models import Party
from chancery.parties.queries import naming

from .queries import followup, reading, route
from .queries import register as queries

FEW = 5


def of_meeting(meeting: Meeting, *, day: dt.date, reader: Any = None, **asked: Any) -> dict[str, Any] | None:
    """The decisions taken at a meeting and noted there, and those taken by silence that it has still to note."""
    concern_it = Q(session=meeting) | Q(noted=meeting)
    if meeting.body_id:
        concern_it |= queries.to_be_noted(meeting)
    found = queries.shown(queries.listed(concern_it, reader=reader))
    if not found and not meeting.body_id:
        return None
    noted = [one for one in found if one.decision.noted_id == meeting.ref]
    taken = [one for one in found if one.decision.session_id == meeting.ref and one not in noted]
    waiting = [one for one in found if one not in noted and one not in taken]
    return {"rows": taken, "noted": noted, "waiting": waiting, "meeting": meeting}


def of_document(document: Document, *, day: dt.date, **asked: Any) -> dict[str, Any] | None:
    """What bodies decided on a text, each with its audience, and the objections that were made in rooms."""
    taken = route.decisions(document)
    objections = [] if document.is_public else route.objections(document)
    if not taken and not objections:
        return None
    audiences = [(one, reading.audience(one.decision)) for one in queries.shown(taken)]
    days = [settings.CHARTER.today(one.at) for one in objections]
    dated = [(one, short_day(Day(on)), on) for one, on in zip(objections, days, strict=True)]
    return {"rows": audiences, "objections": dated, "names": naming(day) if objections else {}}


def owed_by_party(party: Party, *, day: dt.date, reader: Any = None, **asked: Any) -> dict[str, Any] | None:
    """What a State undertook by decisions, what is still owed first."""
    rows = list(followup.listed(Q(addressee=f"parties:{party.ref}", decision__taken__lte=day), reader=reader))
    if not rows:
        return None
    owed = followup.shown(rows, naming(day, [party.ref]), {}, day)
    return {"rows": sorted(owed, key=lambda one: not one.owed), "party": party.ref}


def of_body(body: Body, *, day: dt.date, reader: Any = None, **asked: Any) -> dict[str, Any] | None:
    """The latest decisions of a body."""
    return _panel(queries.latest(day, FEW, Q(body=body), reader=reader), body=body.ref)


def of_party(party: Party, *, day: dt.date, reader: Any = None, **asked: Any) -> dict[str, Any] | None:
    """The latest decisions that concern a party."""
    about = queries.concerning(party.ref, party.memberships.all())
    return _panel(queries.latest(day, FEW, about, reader=reader), party=party.ref)


def _panel(decisions: Any, **more: str) -> dict[str, Any] | None:
    rows = queries.shown(decisions)
    return {"rows": rows, **more} if rows else None


def of_chair(chair: Any, *, day: dt.date) -> dict[str, Any]:
    """The way to candidatures and handover files, for whoever may see them."""
    return {"members": access.on(day).members}
