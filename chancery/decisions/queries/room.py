"""What lies before a session: the texts that its body can decide on, and what stands in their way."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q

from chancery.bodies.queries import called
from chancery.core.refusals import Refusal
from chancery.core.text import LocalizedText
from chancery.documents.models import Document, Version
from chancery.documents.queries import access
from chancery.meetings.models import Meeting
from chancery.meetings.rules import last_day

from ..models import Decision, Objection, Silence
from ..rules import Verb
from ..rules.consensus import FIRM, check_turn, next_body
from ..rules.silence import AlreadyRunning
from .register import taking
from .route import bodies_of


@dataclass(frozen=True, slots=True)
class Before:
    """A text before a session. `decision` is the last one of its body on the text, `refused` why it cannot decide on
    it now, `objections` those that were made to this version in the body."""

    document: Document
    version: Version
    decision: Decision | None
    refused: Refusal | None
    objections: list[Objection]

    @property
    def open(self) -> bool:
        """Whether the body can decide on it now."""
        return self.refused is None


def session(ref: str) -> Meeting | None:
    """A session of a body."""
    return Meeting.objects.select_related("body").filter(ref=ref).exclude(body=None).first()


def day_of(session: Meeting, today: dt.date) -> dt.date:
    """The day whose members count: today while a session sits, its last day afterwards."""
    return min(today, last_day(session.began, session.ended))


def before(session: Meeting, reader: Any) -> list[Before]:
    """The texts before a session that somebody may read: those on its agenda or tabled for it, and those that have
    climbed to its body and wait there. The same queries, however many there are."""
    body = session.body_id
    placed = Document.objects.filter(Q(papers__item__meeting=session) | Q(session=session)).values("ref")
    wanted = Q(ref__in=placed) | _climbing(body)
    versions = Prefetch("versions", Version.objects.defer("blocks").order_by("position"))
    found = Document.objects.filter(access.readable(reader), wanted, withdrawn=None).prefetch_related(versions)
    documents = [one for one in found.order_by("symbol", "ref") if one.versions.all()]
    here = set(Document.objects.filter(ref__in=placed).values_list("ref", flat=True))
    taken = _grouped("document_id", Decision.objects.filter(document__in=documents).order_by("taken", "ref"))
    running = Silence.objects.filter(version__document__in=documents, outcome="").select_related("version")
    silent = {one.version.document_id: one for one in running}
    made = Objection.objects.filter(version__document__in=documents, body=body).select_related("party")
    objections = _grouped("version_id", made.order_by("at", "id"))
    names = called()
    shown = []
    for one in documents:
        dealt = {row.body_id for row in taken[one.ref]}
        if one.ref not in here and next_body(bodies_of(one), dealt) != body:
            continue
        version = list(one.versions.all())[-1]
        mine = [row for row in taken[one.ref] if row.body_id == body]
        refused = _refused(one, body, taken[one.ref], silent.get(one.ref), names)
        shown.append(Before(one, version, mine[-1] if mine else None, refused, objections[version.ref]))
    return shown


def _climbing(body: str) -> Q:
    """The texts whose route leads through a body, with which neither it nor a body above it has dealt."""
    found = Q(pk__in=[])
    for key, route in settings.CHARTER.routes.items():
        if body in route.bodies:
            above = route.bodies[route.bodies.index(body) :]
            found |= Q(route=key) & ~Q(Exists(Decision.objects.filter(document=OuterRef("pk"), body__in=above)))
    return found


def _refused(
    document: Document, body: str, taken: Iterable[Decision], silence: Silence | None, names: dict[str, LocalizedText]
) -> Refusal | None:
    """What the rules say against deciding on a text now."""
    dealt: dict[str, bool] = {}
    for one in taken:
        dealt[one.body_id] = dealt.get(one.body_id, False) or Verb(one.verb) in FIRM
    route = bodies_of(document)
    ahead = names.get(next_body(route, dealt) or "", "—")
    try:
        check_turn(route, dealt, body, name=names[body], next_name=ahead)
    except Refusal as refusal:
        return refusal
    return AlreadyRunning(expires=silence.expires) if silence else None


def _grouped(key: str, rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for one in rows:
        found[getattr(one, key)].append(one)
    return found


def latest(ref: str, reader: Any) -> Version | None:
    """The latest version of a document that somebody may read."""
    rows = Version.objects.filter(access.readable(reader, prefix="document__"), document=ref)
    return rows.select_related("document").order_by("-position").first()


def present_before(session: Meeting) -> list[str]:
    """Who was present when the session last decided: the room seldom changes between two texts."""
    last = Decision.objects.filter(session=session).order_by("-taken", "-ref").first()
    return taking(last).get("present", []) if last else []


def sessions_to_note(decision: Decision, today: dt.date) -> list[Meeting]:
    """The sessions of a decision's body at which it can be noted, latest first."""
    rows = Meeting.objects.filter(body=decision.body_id, starts__lte=today, until__gt=decision.taken, called_off="")
    return list(rows.order_by("-starts", "-ref")[:20])
