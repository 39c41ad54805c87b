"""The way of a text: which bodies it passes, what they did, and what stands in its way."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from chancery.bodies.models import Body
from chancery.documents.models import Call, Document, Paragraph, Position, Version
from chancery.documents.queries import proposals
from chancery.documents.queries.access import Belonging
from chancery.documents.routes import Place, Step
from chancery.documents.rules import blocks
from chancery.documents.rules.access import Classification
from chancery.documents.rules.positions import ParagraphStatus, Stance
from chancery.documents.rules.symbols import VersionKind
from chancery.people import policy

from .. import words
from ..models import Decision, Objection, Silence
from ..rules import Manner, Verb
from ..rules.consensus import FIRM, next_body, settles
from .procedure import dealt
from .reading import classes, reach, readable


def bodies_of(document: Document) -> tuple[str, ...]:
    """The bodies that a document climbs, lowest first; none for one without a route."""
    route = settings.CHARTER.routes.get(document.route)
    return route.bodies if route else ()


def is_settled(document: Document) -> bool:
    """Whether a text was adopted for good: one query."""
    route = bodies_of(document)
    taken = Decision.objects.filter(document=document).values_list("body", "verb")
    return any(settles(route, body, Verb(verb)) for body, verb in taken)


def settled() -> QuerySet:
    """The references of the texts that were adopted for good, as `is_settled` says of one; for lists."""
    return _settling().values("document")


def adopted(reader: Any) -> QuerySet:
    """The versions that were adopted for good and the corrigenda that mend them, where the reader may read the
    decision: that a body decided is told to nobody else."""
    taken = _settling().filter(readable(reader))
    mended = Q(kind=VersionKind.CORRIGENDUM, document__in=taken.values("document"))
    return Version.objects.filter(Q(ref__in=taken.filter(version__isnull=False).values("version")) | mended)


def _settling() -> QuerySet:
    """The decisions by which texts were adopted for good."""
    routes = settings.CHARTER.routes
    last = ~Q(document__route__in=list(routes))
    for key, route in routes.items():
        last |= Q(document__route=key, body=route.bodies[-1])
    return Decision.objects.filter(last, document__isnull=False, verb__in=FIRM)


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


def fraction(body: Body) -> Fraction | None:
    """The part of the members that a body's quorum needs; None where the charter has no rule for it."""
    rule = settings.CHARTER.rules.get(body.quorum)
    return rule.fraction if rule else None


def by_consensus(body: Body) -> bool:
    """Whether one member's objection prevents a decision: everywhere, but where the charter says otherwise."""
    rule = settings.CHARTER.rules.get(body.decision_rule)
    return rule is None or rule.kind == "consensus"


def called(body: str | None) -> Any:
    """A body's name, for a sentence."""
    return Body.objects.filter(ref=body).values_list("name", flat=True).first() or "—"


# ---------------------------------------------------------------- what stands in its way
def open_paragraphs(version: Version) -> list[str]:
    """The paragraphs of a text that are open, by their numbers: those not agreed, where it is negotiated one by one,
    and those on which proposals stand in brackets."""
    document, text = version.document_id, version.text
    bracketed = {block for block, _ref in proposals.open_on(version.document)}
    closed = dict(Paragraph.objects.filter(document=document).values_list("block", "status"))
    one_by_one = closed or Call.objects.filter(version__document=document).exists()
    open_ones = {
        one.id for one in text
        if one_by_one and one.kind in blocks.NEGOTIATED and closed.get(one.id, "open") == ParagraphStatus.OPEN
    }  # fmt: skip
    return blocks.called(text, open_ones | bracketed)


def unwritten_paragraphs(version: Version) -> list[str]:
    """The paragraphs on which something was agreed that is not in the words of the text yet, by their numbers."""
    return blocks.called(version.text, {proposals.place(one) for one in proposals.agreed(version)})


def objecting(version: Version, body: Body, belongs: Belonging) -> list[str]:
    """The members whose objection to a text stands: in the room, before this body, or in their last word on the text
    or on a paragraph that is still in it. Answers to a sounding are between them and the chair."""
    there = {one["id"] for one in version.blocks} | {""}
    last = Position.objects.filter(document=version.document_id, sounding=False, stance=Stance.OBJECTION)
    found = {party for party, block in last.values_list("party", "block") if block in there}
    found |= set(Objection.objects.filter(version=version, body=body).values_list("party", flat=True))
    return sorted(found & belongs.members)


def decisions(document: Document) -> list[Decision]:
    """What bodies decided on a text, in order of time."""
    rows = Decision.objects.filter(document=document).select_related("body", "session", "document", "recommendation")
    return list(rows.order_by("taken", "ref"))


def objections(document: Document) -> list[Objection]:
    """What was objected in rooms to any version of a text, in order of time."""
    rows = Objection.objects.filter(version__document=document)
    return list(rows.select_related("version", "body", "session", "party").order_by("at", "id"))


# ---------------------------------------------------------------- the way as a page shows it
def way(document: Document, person: Any = None) -> list[Step]:
    """What each body on the way of a text did, before whom it is, and who comes after. What a decision says that the
    person may not read is left out."""
    taken = decisions(document)
    open_to = classes(person) if any(not one.is_public for one in taken) else [Classification.PUBLIC]
    done = [_done(one, open=reach(one) in open_to) for one in taken]
    return done if document.withdrawn else done + _ahead(document, {one.body_id for one in taken}, person)


def _done(decision: Decision, *, open: bool) -> Step:
    name = decision.body.short or decision.body.name
    if not open:
        return Step(decision.body_id, name, Place.DONE)
    return Step(
        decision.body_id, name, Place.DONE, words.VERB[decision.verb], decision.day, decision.session, decision.ref,
        by_silence=decision.manner == Manner.SILENCE,
    )  # fmt: skip


def _ahead(document: Document, done: set[str], person: Any) -> list[Step]:
    """The body that a text is before, and those above it. One without a route is before nobody, but for a silence;
    that one runs is told to those who may follow silences."""
    route = bodies_of(document)
    follows = policy.may(person, "decisions.follow-silences")
    running = Silence.objects.filter(version__document=document, outcome="").first() if follows else None
    now = running.body_id if running else next_body(route, done)
    if now is None:
        return []
    above = route[route.index(now) + 1 :] if now in route else ()
    names = {one.ref: one.short or one.name for one in Body.objects.filter(ref__in=[now, *above])}
    silence = running.expires if running else None
    here = [Step(now, names[now], Place.NOW, silence=silence)] if now in names else []
    return here + [Step(one, names[one], Place.AHEAD) for one in above if one in names]
