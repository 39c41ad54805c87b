"""What people are told of silences and candidatures, in their language. A template's first line is the title."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import timezone

from chancery.core.templatetags.chancery import offset, plain
from chancery.documents.models import Document
from chancery.documents.queries import access
from chancery.notices.queries import Recipient, everybody
from chancery.notices.telling import Words, tell
from chancery.people.letters import write
from chancery.people.rules import Unit

from .models import Candidature, Silence


def of_silence(event: str, silence: Silence, at: dt.datetime, **context: Any) -> None:
    """Tells everybody whom a silence concerns: the delegations that the text goes to (members decide, observers are
    informed), the presidency and the Secretariat. What happens under silence is for them, also on a text that is
    public; what was decided may be for everybody."""
    document, decision = silence.version.document, context.get("decision")
    shown = {
        "event": event, "silence": silence, "document": document, "body": silence.body,
        "expires": moment(silence.expires), "opens": moment(silence.opens), **context,
    }  # fmt: skip

    def say(language: str) -> Words:
        return Words(*write("decisions/letters/silence.txt", shown))

    tell(
        subject=f"silences:{silence.ref}", event=event, to=concerned(document, silence.body_id, at), say=say,
        link=("silence", [silence.ref]), at=at, open=bool(decision and decision.is_public), hint=document.symbol,
    )  # fmt: skip


def concerned(document: Document, body: str, at: dt.datetime) -> list[Recipient]:
    """The voices of the delegations that a document goes to, the presidency of a body and the documents unit."""
    day = settings.CHARTER.today(at)
    goes_to = access.audience(document, access.on(day)).delegations
    return everybody(goes_to, body, Unit.DOCUMENTS, day)


def moment(at: dt.datetime) -> str:
    """An instant at the seat as a letter writes it: `2026-12-13 17:00 (Selmar, UTC+5)`."""
    local = timezone.localtime(at, settings.CHARTER.zone)
    return f"{local:%Y-%m-%d %H:%M} ({plain(settings.CHARTER.seat_place)}, UTC{offset(local)})"


def of_candidature(event: str, candidature: Candidature, party: Any, at: dt.datetime) -> None:
    """The members are informed through the Secretariat that a state wishes to chair."""
    day = settings.CHARTER.today(at)
    shown = {"event": event, "candidature": candidature, "party": party}

    def say(language: str) -> Words:
        return Words(*write("decisions/letters/candidature.txt", shown))

    tell(
        subject=f"candidatures:{candidature.ref}", event=event,
        to=everybody(access.on(day).members, "", Unit.PROTOCOL, day), say=say, link=("candidatures", []), at=at,
        open=False,
    )  # fmt: skip
