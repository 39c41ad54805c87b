"""The way of a text: which bodies it passes, what they did, and what stands in its way."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from chancery.bodies.models import Body
from chancery.documents.models import Call, Document, Paragraph, Position, Version
from chancery.documents.queries.access import Belonging
from chancery.documents.routes import Place, Step
from chancery.documents.rules import blocks
from chancery.documents.rules.positions import ParagraphStatus, Stance

from .. import words
from ..models import Decision, Objection, Silence
from ..rules import Verb
from ..rules.consensus import next_body, settles
from .procedure import dealt
from .reading import may_read


def bodies_of(document: Document) -> tuple[str, ...]:
    """The bodies that a document climbs, lowest first; none for one without a route."""
    route = settings.CHARTER.routes.get(document.route)
    return route.bodies if route else ()


def is_settled(document: Document) -> bool:
    """Whether a text was adopted for good: one query."""
    route = bodies_of(document)
    taken = Decision.objects.filter(document=document).values_list("body", "verb")
    return any(settles(route, body, Verb(verb)) for body, verb in taken)


@dataclass(frozen=True, slots=True)
class Before:
    """Where a text is: the bodies of its route, those that dealt with it (and whether for good), and the next one."""

    route: tuple[str, ...]
    dealt: dict[str, bool]

    @property
    def next(self) -> str | None:
        return next_body(self.route, self.dealt)


def before(document: Document) -> Before:
    return Before(bodies_of(document), dealt(document))


# ---------------------------------------------------------------- what stands in its way
def open_paragraphs(version: Version) -> list[str]:
    """The paragraphs of a text that are open, by their numbers; none where it is not negotiated one by one."""
    closed = dict(Paragraph.objects.filter(document=version.document_id).values_list("block", "status"))
    if not closed and not Call.objects.filter(version__document=version.document_id).exists():
        return []
    text = version.text
    numbers = blocks.numbers(text)
    asked = (one for one in text if one.kind in blocks.NEGOTIATED)
    return [numbers[one.id] for one in asked if closed.get(one.id, ParagraphStatus.OPEN) == ParagraphStatus.OPEN]


def objecting(version: Version, body: Body, belongs: Belonging) -> list[str]:
    """The members whose objection to a text stands: in the room, before this body, or in their last word on the text
    or on a paragraph that is still in it. Answers to a sounding are between them and the chair."""
    there = {one["id"] for one in version.blocks} | {""}
    last = Position.objects.filter(document=version.document_id, sounding=False, stance=Stance.OBJECTION)
    found = {party for party, block in last.values_list("party", "block") if block in there}
    found |= set(Objection.objects.filter(version=version, body=body).values_list("party", flat=True))
    return sorted(found & belongs.members)


# ---------------------------------------------------------------- the way as a page shows it
def way(document: Document, person: Any = None) -> list[Step]:
    """What each body on the way of a text did, before whom it is, and who comes after. What a decision says that the
    person may not read is left out."""
    taken = list(
        Decision.objects.filter(document=document).select_related("body", "session").order_by("taken", "ref")
    )
    running = Silence.objects.filter(version__document=document, outcome="").select_related("body").first()
    names = _names(document, taken)
    steps = [_done(one, person) for one in taken]
    if document.withdrawn:
        return steps
    return steps + _ahead(document, taken, running, names)


def _done(decision: Decision, person: Any) -> Step:
    name = decision.body.short or decision.body.name
    if not may_read(person, decision):
        return Step(decision.body_id, name, Place.DONE)
    return Step(
        decision.body_id, name, Place.DONE, words.VERB[decision.verb], decision.day, decision.session, decision.ref,
        by_silence=decision.manner == "silence",
    )  # fmt: skip


def _ahead(document: Document, taken: Iterable[Decision], running: Silence | None, names: dict[str, Any]) -> list[Step]:
    """The body that a text is before, and those above it. One without a route is before nobody, but for a silence."""
    route = bodies_of(document)
    done = {one.body_id for one in taken}
    now = running.body_id if running else next_body(route, done)
    if now is None:
        return []
    silence = running.expires if running else None
    above = route[route.index(now) + 1 :] if now in route else ()
    return [
        Step(now, names.get(now, now), Place.NOW, silence=silence),
        *(Step(one, names.get(one, one), Place.AHEAD) for one in above),
    ]


def _names(document: Document, taken: Iterable[Decision]) -> dict[str, Any]:
    """The short names of the bodies still ahead: one query, none where there are none."""
    ahead = set(bodies_of(document)) - {one.body_id for one in taken}
    rows = Body.objects.filter(ref__in=ahead) if ahead else ()
    return {one.ref: one.short or one.name for one in rows}
