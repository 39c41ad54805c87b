"""How a decision on a text enters the record, whichever way it was taken."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models.functions import Length

from chancery.bodies.models import Body
from chancery.core.refs import slug
from chancery.core.text import LocalizedText
from chancery.documents.models import Version
from chancery.meetings.models import Meeting
from chancery.parties.acts import free_ref

from ..models import Decision, Statement
from ..rules import Manner, Verb
from ..rules.consensus import is_last
from ..rules.numbers import following, series_of
from ..rules.register import StatementKind
from ..tables import prepare


@dataclass(frozen=True, slots=True)
class Said:
    """A statement that is to be attached: its kind, the parties that make it (`xa xb`), its text."""

    kind: StatementKind
    parties: str
    text: LocalizedText


@dataclass(frozen=True, slots=True)
class Entered:
    """A decision and the statements attached to it, as rows."""

    decision: Decision
    statements: list[Statement]

    @property
    def facts(self) -> list[Any]:
        return [self.decision, *self.statements]


def enter(
    *, version: Version, body: Body, verb: Verb, manner: Manner, taken: dt.date, session: Meeting | None = None,
    expired: dt.datetime | None = None, recommendation: Decision | None = None, said: Iterable[Said] = (),
) -> Entered:  # fmt: skip
    """The rows of a decision on a text, inside the act that took it. It goes as far as its document. The number is
    given here and only here, to what settles a document: the decision of the last body on its route."""
    document = version.document
    settles = is_last(_route(document.route), body.ref)
    number = _number(body, session, taken) if settles else ""
    first = next(iter(document.title.texts.values()), "")
    decision = Decision(
        ref=free_ref(Decision, slug(number) if number else f"{taken.isoformat()}-{slug(first, limit=60)}"),
        number=number, body=body, session=session, manner=manner, verb=verb, taken=taken, title=document.title,
        document=document, version=version, expired=expired, recommendation=recommendation, text_held=True,
        classification=document.classification, source=document.source,
    )  # fmt: skip
    prepare(decision).save(force_insert=True)
    return Entered(decision, [_attach(decision, place, one) for place, one in enumerate(said, start=1)])


def text_of(version: Version) -> dict[str, str]:
    """How an entry names the text that was decided upon, so that a bundle can be compared with it."""
    return {"version": version.ref, "language": version.language, "digest": version.digest}


def _attach(decision: Decision, place: int, said: Said) -> Statement:
    return Statement.objects.create(
        ref=f"{decision.ref}-s{place}", decision=decision, kind=said.kind, parties=said.parties, text=said.text,
        made=decision.taken, position=place, source=decision.source,
    )  # fmt: skip


def _route(key: str) -> tuple[str, ...]:
    route = settings.CHARTER.routes.get(key)
    return route.bodies if route else ()


def _number(body: Body, session: Meeting | None, taken: dt.date) -> str:
    """The next number in the series of a session or, between sessions, of a year."""
    term = str(session.ordinal) if session and session.ordinal else str(taken.year)
    series = series_of(
        settings.CHARTER.decision_symbol, organisation=settings.CHARTER.symbol, body=body.ref, session=term
    )
    given = Decision.objects.filter(number__startswith=series.before, number__endswith=series.after)
    latest = given.order_by(-Length("number"), "-number").values_list("number", flat=True)
    return following(series, latest.iterator(chunk_size=10))
