"""What people are told of decisions in the room and of what follows from them, in their language. A template's first
line is the title."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings

from chancery.documents.queries import access
from chancery.documents.rules.access import Audience
from chancery.notices.queries import Recipient, officers, presidency, voices
from chancery.notices.telling import Words, tell
from chancery.parties.queries import naming
from chancery.people.letters import write
from chancery.people.rules import Unit

from . import words
from .models import Decision, Objection, Undertaking
from .queries import reading


def of_decision(event: str, decision: Decision, at: dt.datetime) -> None:
    """Tells everybody whom a decision concerns that it was taken, published, noted, or that a statement was
    attached."""
    _tell(
        event, f"decisions:{decision.ref}", _concerned(_audience(decision, at), decision.body_id, at), at,
        link=("decision", [decision.ref]), open=decision.is_public, hint=decision.number or _symbol(decision),
        decision=decision, verb=words.VERB[decision.verb],
    )  # fmt: skip


def of_objection(objection: Objection, at: dt.datetime) -> None:
    """Tells everybody whom a text concerns that a member objected in the room."""
    document, day = objection.version.document, settings.CHARTER.today(at)
    goes_to = access.audience(document, access.on(day))
    _tell(
        "objection-in-room", f"documents:{document.ref}", _concerned(goes_to, objection.body_id, at), at,
        link=("document", [document.ref]), open=False, hint=document.symbol, document=document,
        objection=objection, party=naming(day, [objection.party_id])[objection.party_id],
    )  # fmt: skip


def of_undertaking(event: str, undertaking: Undertaking, at: dt.datetime) -> None:
    """Tells whoever is to do something, and may read the decision, that it is owed; and the Secretariat what became
    of it."""
    decision, day = undertaking.decision, settings.CHARTER.today(at)
    kind, _, ref = undertaking.addressee.partition(":")
    reads = decision.is_public or ref in _audience(decision, at).delegations
    asked = voices([ref], day) if kind == "parties" and reads else presidency(ref, day) if kind == "bodies" else []
    _tell(
        event, f"undertakings:{undertaking.ref}", [*asked, *officers(Unit.DOCUMENTS, day)], at,
        link=("decision", [decision.ref]), open=decision.is_public, hint=decision.number or _symbol(decision),
        decision=decision, undertaking=undertaking,
    )  # fmt: skip


def _tell(
    event: str, subject: str, to: Iterable[Recipient], at: dt.datetime, *, link: tuple[str, list[Any]], open: bool,
    hint: str, **shown: Any,
) -> None:  # fmt: skip
    def say(language: str) -> Words:
        return Words(*write("decisions/letters/room.txt", {"event": event, **shown}))

    tell(subject=subject, event=event, to=to, say=say, link=link, at=at, open=open, hint=hint)


def _audience(decision: Decision, at: dt.datetime) -> Audience:
    """To whom a decision goes on the day of an instant."""
    belongs = access.on(settings.CHARTER.today(at))
    return Audience(reading.reach(decision), belongs.members, belongs.parties)


def _concerned(audience: Audience, body: str, at: dt.datetime) -> list[Recipient]:
    """The voices of the delegations that something goes to, the presidency of a body and the documents unit."""
    day = settings.CHARTER.today(at)
    return [*voices(audience.delegations, day), *presidency(body, day), *officers(Unit.DOCUMENTS, day)]


def _symbol(decision: Decision) -> str:
    return decision.document.symbol if decision.document else ""
