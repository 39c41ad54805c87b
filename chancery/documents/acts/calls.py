"""Delegations are asked for their positions."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from chancery.core.templatetags.chancery import plain
from chancery.journal.acts import recording, seal
from chancery.notices.queries import presidency, voices
from chancery.notices.telling import Words, tell
from chancery.people import policy
from chancery.people.policy import Machine
from chancery.people.policy import Person as Actor

from .. import words
from ..models import Call, Document, Version
from ..queries import access, negotiation
from ..rules.positions import CallKind, CallOver, check_due


def call(
    *, version: Version, kind: CallKind, due: dt.datetime, paragraphs: Iterable[str] = (), by: Actor
) -> Call:
    """The Chair asks delegations for their positions on a text, or on some of its paragraphs, by an instant; openly,
    or in a sounding whose answers only the Chair reads. Everybody who has a position is told: on a text that goes to
    observers they may comment, but they are not sounded.

    Raises `NotAskedFor`, `UnknownParagraph`, `ParagraphClosed`, `DueTooEarly`."""
    policy.require(by, "documents.call", version.document.body_id)
    asked = list(dict.fromkeys(paragraphs))
    with recording() as at:
        check_due(due, at)
        latest = negotiation.latest(version)
        negotiation.check_open(latest, asked)
        document, day = latest.document, settings.CHARTER.today(at)
        made = Call.objects.create(version=latest, kind=kind, paragraphs=" ".join(asked), opened=at, due=due)
        seal(
            "documents.call",
            subjects=negotiation.subjects(document.ref, asked),
            said=_said(made, document),
            public=False,
            **policy.signed(by, speaking="chair"),
        )
        belongs = access.on(day)
        parties = access.audience(document, belongs).delegations & belongs.parties
        if made.kind == CallKind.SOUNDING:
            parties &= belongs.members
        tell(
            subject=f"documents:{document.ref}", event="positions-asked", to=voices(sorted(parties), day),
            say=lambda language: _asked(made, document), link=("negotiation", [document.ref]), at=at,
            open=False, hint=document.symbol, deadline=due,
        )  # fmt: skip
    return made


def close_call(*, call: Call, by: Actor) -> Call:
    """The Chair closes a call, or the clock when its time is over; the presidency is told how many answered.
    Positions may still be taken afterwards, answers to a sounding not. Raises `CallOver`."""
    policy.require(by, "documents.close-call", call.version.document.body_id)
    with recording() as at:
        call = Call.objects.select_related("version__document").get(pk=call.pk)
        if call.closed:
            raise CallOver
        call.closed = at
        call.save(update_fields=["closed"])
        document, day = call.version.document, settings.CHARTER.today(at)
        seal(
            "documents.close-call",
            subjects=negotiation.subjects(document.ref, call.paragraphs.split()),
            said=_said(call, document),
            public=False,
            **policy.signed(by, speaking="" if isinstance(by, Machine) else "chair"),
        )
        answered = negotiation.answered(call)
        tell(
            subject=f"documents:{document.ref}", event="positions-in", to=presidency(document.body_id, day),
            say=lambda language: _in(document, answered), link=("negotiation", [document.ref]), at=at,
            open=False, hint=document.symbol,
        )  # fmt: skip
    return call


def _said(call: Call, document: Document) -> dict[str, object]:
    return {
        "call": call.ref, "kind": CallKind(call.kind).value, "due": call.due.astimezone(dt.UTC).isoformat(),
        "blocks": call.paragraphs.split(), "version": call.version.ref, "symbol": document.symbol,
    }  # fmt: skip


def _asked(call: Call, document: Document) -> Words:
    """What delegations are told, in the language of now."""
    about = {"title": plain(document.title)}
    if call.kind == CallKind.SOUNDING:
        return Words(
            _("The Chair sounds delegations on: %(title)s") % about,
            str(words.SOUNDED.get(negotiation.sounded(document), "")),
        )
    return Words(
        _("Positions are asked on: %(title)s") % about,
        _("Please state the position of your delegation. Silence is not read as support."),
    )


def _in(document: Document, answered: int) -> Words:
    return Words(
        _("The time for positions ended: %(title)s") % {"title": plain(document.title)},
        _("Delegations that answered: %(number)d") % {"number": answered},
    )
