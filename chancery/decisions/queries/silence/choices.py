"""What whoever proposes a silence, or answers, chooses from; and whom a proposal would reach."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery

from chancery.bodies.models import Body
from chancery.core.asof import today
from chancery.core.text import LocalizedText
from chancery.documents.models import Document, Version
from chancery.documents.queries import access
from chancery.documents.rules.access import Classification
from chancery.meetings.models import Meeting
from chancery.parties.queries import naming
from chancery.people import policy
from chancery.people.models import NoteVerbale

from ... import letters
from ...models import Decision, Silence
from ...rules.silence import working_days_after


def led_by(person: Any) -> list[Body]:
    """The bodies in whose name a person may propose silence today."""
    bodies = Body.objects.on(today()).order_by("position", "ref")
    return [one for one in bodies if policy.may(person, "decisions.propose-silence", one.ref)]


def proposable(person: Any) -> QuerySet[Version]:
    """The latest version of each text that a person may read, goes to delegations, stands and is not under silence;
    last first."""
    frozen = Silence.objects.filter(outcome="").values("version__document")
    texts = Document.objects.filter(access.readable(person), withdrawn=None).exclude(pk__in=frozen)
    texts = texts.exclude(classification=Classification.SECRETARIAT)
    latest = Version.objects.filter(document=OuterRef("document")).order_by("-position").values("pk")[:1]
    found = Version.objects.filter(document__in=texts, pk=Subquery(latest)).select_related("document")
    return found.defer("blocks").order_by("-circulated", "-ref")


def version_page(person: Any, ref: str) -> Version | None:
    """A version of a text that a person may read."""
    readable = access.readable(person, prefix="document__")
    return Version.objects.filter(readable, ref=ref).select_related("document").first()


def latest(document: Document) -> Version:
    """The version on which silence is proposed."""
    return document.versions.select_related("document").order_by("-position")[0]


def sessions(body: Body) -> QuerySet[Meeting]:
    """The sessions of a body that have begun, last first."""
    found = Meeting.objects.filter(body=body, kind="session", starts__lte=today(), called_off="")
    return found.order_by("-starts", "-ref")


def recommendations(version: Version, body: Body) -> QuerySet[Decision]:
    """What other bodies decided on a text, last first."""
    return Decision.objects.filter(document=version.document_id).exclude(body=body).order_by("-taken", "-ref")


def notes() -> QuerySet[NoteVerbale]:
    """The notes verbales that were received, last first."""
    return NoteVerbale.objects.order_by("-dated", "-pk")


@dataclass(frozen=True, slots=True)
class Addressees:
    """To whom a proposal would go: how many people, of how many delegations, and the delegations that nobody reads
    for, who have to be told by note verbale."""

    people: int
    delegations: int
    unread: list[LocalizedText]


def addressees(document: Document, body: Body, at: dt.datetime) -> Addressees:
    """Whom the act would tell of a silence on a text."""
    told = list(letters.concerned(document, body.ref, at))
    reached = {one.party for one in told if one.party}
    names = naming(today())
    belongs = access.on(settings.CHARTER.today(at))
    goes_to = access.audience(document, belongs).delegations or belongs.parties
    unread = [names[one] for one in sorted(goes_to - reached, key=names.order)]
    return Addressees(len({one.account.pk for one in told}), len(reached), unread)


def soon(at: dt.datetime, days: Sequence[int] = (3, 5, 10, 15)) -> list[tuple[int, dt.date]]:
    """The day at the seat that lies so many working days ahead."""
    charter = settings.CHARTER
    day = charter.today(at)
    return [(n, working_days_after(day, n, charter.working_days, charter.holidays)) for n in days]
