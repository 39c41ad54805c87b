"""What a chair hands over."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from chancery.bodies.models import ChairTerm
from chancery.bodies.rules import NoChair
from chancery.core.dates import Day
from chancery.core.text import LocalizedText
from chancery.documents.models import Document
from chancery.documents.queries import access
from chancery.documents.rules.access import Classification
from chancery.meetings.models import Meeting
from chancery.parties.models import FocalPoint, Party
from chancery.people import policy
from chancery.people.rules import Role

from ..models import Handover, Silence, Undertaking
from ..rules.register import FollowUp


def in_chair(body: str, day: dt.date) -> Party:
    """The party in the chair of a body, or of the organisation. Raises `NoChair`."""
    term = ChairTerm.objects.on(day).filter(body=body or None).select_related("party").first()
    if term is None:
        raise NoChair(day=day)
    return term.party


def handovers() -> QuerySet[Handover]:
    """The files drawn up, the latest first."""
    return Handover.objects.select_related("outgoing", "incoming").prefetch_related("signatures").order_by("-drawn_up")


def seen_by(person: Any) -> QuerySet[Handover]:
    """The files that somebody may see: of the two states, and all of them for the Secretariat, its auditor and the
    presidency."""
    standing = policy.standing_of(person)
    if standing.is_officer() or standing.has(Role.AUDITOR) or standing.has(Role.PRESIDENCY):
        return handovers()
    own = access.delegations(standing)
    return handovers().filter(Q(outgoing__in=own) | Q(incoming__in=own))


def contents(body: str, at: dt.datetime) -> dict[str, list[dict[str, Any]]]:
    """What a handover file holds at an instant, as JSON: texts that are open, silence that runs, undertakings, contacts
    and the calendar. Of the organisation's chair everything; of a body's, what is before that body."""
    day = settings.CHARTER.today(at)
    return {
        "texts": [_text(one) for one in _texts(body)],
        "silences": [_silence(one) for one in _silences(body)],
        "undertakings": [_undertaking(one) for one in _undertakings(body)],
        "contacts": [_contact(one) for one in FocalPoint.objects.on(day).order_by("party", "ref")],
        "calendar": [_meeting(one) for one in _meetings(body, day)],
    }


def _texts(body: str) -> QuerySet[Document]:
    """Texts on their way that no body at its end has decided on, and candidatures; but for papers of the Secretariat,
    which no chair reads."""
    found = Document.objects.filter(withdrawn=None, versions__isnull=False).exclude(decisions__number__gt="")
    found = found.exclude(classification=Classification.SECRETARIAT)
    found = found.filter(body=body) if body else found
    found = found.filter(Q(route__gt="") | Q(candidatures__isnull=False) | Q(versions__silences__outcome=""))
    return found.distinct().order_by("tabled", "ref")


def _silences(body: str) -> QuerySet[Silence]:
    found = Silence.objects.filter(outcome="").select_related("version__document")
    return (found.filter(body=body) if body else found).order_by("expires", "ref")


def _undertakings(body: str) -> QuerySet[Undertaking]:
    found = Undertaking.objects.filter(status__in=[FollowUp.OPEN, FollowUp.UNDER_WAY]).select_related("decision")
    found = found.exclude(decision__classification=Classification.SECRETARIAT)
    return (found.filter(decision__body=body) if body else found).order_by("due", "ref")


def _meetings(body: str, day: dt.date) -> QuerySet[Meeting]:
    found = Meeting.objects.filter(starts__gte=day, called_off="")
    return (found.filter(body=body) if body else found.exclude(body=None)).order_by("starts", "ref")


def _text(document: Document) -> dict[str, Any]:
    return {
        "document": document.ref, "symbol": document.symbol, "title": _kept(document.title), "body": document.body_id,
    }  # fmt: skip


def _silence(silence: Silence) -> dict[str, Any]:
    document = silence.version.document
    return {
        "silence": silence.ref, "symbol": document.symbol, "title": _kept(document.title), "body": silence.body_id,
        "expires": silence.expires.isoformat(),
    }  # fmt: skip


def _undertaking(undertaking: Undertaking) -> dict[str, Any]:
    return {
        "undertaking": undertaking.ref, "decision": undertaking.decision_id, "number": undertaking.decision.number,
        "task": _kept(undertaking.task), "addressee": undertaking.addressee,
        "due": undertaking.due.isoformat() if undertaking.due else "",
    }  # fmt: skip


def _contact(point: FocalPoint) -> dict[str, Any]:
    return {"party": point.party_id, "office": _kept(point.office), "email": point.email, "telephone": point.telephone}


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting": meeting.ref, "title": _kept(meeting.title), "starts": str(meeting.began), "body": meeting.body_id,
    }  # fmt: skip


def _kept(text: LocalizedText) -> Any:
    return text.kept()


def shown(handover: Handover) -> dict[str, list[dict[str, Any]]]:
    """A file's content as a page shows it: texts in the reader's language, days and instants as such."""
    return {part: [_read(row) for row in rows] for part, rows in handover.content.items()}


def _read(row: dict[str, Any]) -> dict[str, Any]:
    read = {key: LocalizedText.of(value) if isinstance(value, dict) else value for key, value in row.items()}
    if "expires" in read:
        read["expires"] = dt.datetime.fromisoformat(read["expires"])
    for key in ("due", "starts"):
        if read.get(key):
            read[key] = Day.parse(read[key])
    return read
