"""What may happen to decisions once taken: they are recorded, published, noted. What was decided changes by another
decision."""

from collections.abc import Iterable

from django.conf import settings

from chancery.bodies.models import Body
from chancery.core.dates import Day
from chancery.core.refs import slug
from chancery.core.text import LocalizedText
from chancery.documents.acts.register import classify
from chancery.documents.models import Document
from chancery.documents.queries import access
from chancery.documents.rules.access import Classification
from chancery.journal.acts import recording, seal
from chancery.meetings.models import Meeting
from chancery.meetings.rules import last_day
from chancery.parties.acts import days, free_ref
from chancery.parties.models import Party
from chancery.people import policy
from chancery.people.policy import Person as Actor

from .. import announcements
from ..models import Decision, Link
from ..queries import register as queries
from ..rules import Manner, Verb, check_body, check_session
from ..rules.consensus import check_sitting
from ..rules.register import AlreadyPublic, LinkKind, check_noting
from ..tables import prepare
from .entries import enter_links, seal_about

Links = Iterable[tuple[LinkKind, Decision]]


def record_decision(
    *, body: Body, verb: Verb, manner: Manner, session: Meeting | None = None, taken: Day, title: LocalizedText,
    summary: LocalizedText | None = None, number: str = "", parties: Iterable[Party] = (),
    bodies: Iterable[Body] = (), text_held: bool = False, document: Document | None = None, links: Links = (),
    source: str, note: str = "", by: Actor,
) -> Decision:  # fmt: skip
    """A past decision of a body enters the record as a fact, in the verb that the body used, with the parties and
    bodies that it concerns. Its reference is made of its date and title; a number is kept only where the organisation
    gave one. The text decided upon is the latest of the `document`, if one is named; it goes as far as that document.

    Raises `BodyDidNotExist`, `SessionOfAnotherBody`, `LinkedToLater`."""
    policy.require(by, "decisions.record", body)
    if document:
        policy.require(by, "documents.read", access.audience(document))
    with recording():
        check_body(body.period, taken, body.name)
        if session:
            check_session(body.ref, session.body_id, session.title)
        concerns = [*(f"parties:{one.ref}" for one in parties), *(f"bodies:{one.ref}" for one in bodies)]
        first = next(iter(title.texts.values()), "")
        version = document.versions.order_by("-position").first() if document else None
        decision = Decision(
            ref=free_ref(Decision, f"{taken.date.isoformat()}-{slug(first, limit=60)}"), number=number, body=body,
            session=session, manner=manner, verb=verb, **days("taken", taken), title=title,
            summary=summary or LocalizedText(), concerns=" ".join(concerns), text_held=text_held or bool(version),
            document=document, version=version, source=source, note=note,
            classification=document.classification if document else Classification.PUBLIC,
        )  # fmt: skip
        prepare(decision).save(force_insert=True)
        made = enter_links(decision, links)
        met = [f"meetings:{session.ref}"] if session else []
        about = [*concerns, *met, *(f"decisions:{one.other_id}" for one in made)]
        seal_about(act="decisions.record", decision=decision, facts=[decision, *made], subjects=about, by=by)
    return decision


def relate(*, decision: Decision, links: Links, by: Actor) -> list[Link]:
    """It is recorded what a decision does to earlier ones: it amends, supersedes or implements them. What was recorded
    before stays. Raises `LinkedToLater`."""
    policy.require(by, "decisions.relate", decision.body_id)
    with recording():
        made = enter_links(decision, links)
        if made:
            subjects = [f"decisions:{one.other_id}" for one in made]
            seal_about(act="decisions.relate", decision=decision, facts=made, subjects=subjects, by=by)
    return made


def publish(*, decision: Decision, by: Actor) -> Decision:
    """A decision and its text become public: one public entry tells the decision with what belongs to it (statements,
    links to public decisions, undertakings, the recommendation on which it rests, and what waited for it in turn),
    another the document.

    Raises `AlreadyPublic`, `UnderEmbargo`."""
    policy.require(by, "decisions.publish", decision.body_id)
    with recording() as at:
        decision = _current(decision)
        if decision.is_public:
            raise AlreadyPublic
        taken = queries.taking(decision)
        opened = _with_recommendations(decision)
        closed = {one.document_id: one.document for one in opened if one.document and not one.document.is_public}
        for document in closed.values():  # each once: the levels mostly decide on one and the same text
            classify(document=document, classification=Classification.PUBLIC, by=by)
        Decision.objects.filter(pk__in=[one.pk for one in opened]).update(classification=Classification.PUBLIC)
        decision = _current(decision)
        announcements.of_decision("decision-published", decision, at)
        said = {"present": taken["present"]} if "present" in taken else None
        subjects = [f"bodies:{one.body_id}" for one in opened]
        facts = [fact for one in [*opened, *queries.waiting_for(opened)] for fact in queries.whole(one.pk)]
        seal("decisions.publish", facts=facts, subjects=subjects, said=said, **policy.signed(by))
    return decision


def note_taken(*, decision: Decision, session: Meeting, by: Actor) -> Decision:
    """What was decided by silence is noted at the next meeting of the body, with what was attached to it.

    Raises `SessionOfAnotherBody`, `SessionNotSitting`, `NotTakenBySilence`, `AlreadyNoted`, `NotedBeforeDecision`."""
    policy.require(by, "decisions.note-taken", decision.body_id)
    with recording() as at:
        decision, session = _current(decision), Meeting.objects.get(pk=session.pk)
        check_session(decision.body_id, session.body_id, session.title)
        check_sitting(session.status_on(settings.CHARTER.today(at)), session.title)
        noted, last = decision.noted.title if decision.noted else None, last_day(session.began, session.ended)
        check_noting(Manner(decision.manner), decision.taken, noted, last, session.title)
        decision.noted = session
        decision.save()
        announcements.of_decision("decision-noted", decision, at)
        seal_about(
            act="decisions.note-taken", decision=decision, facts=[decision], subjects=[f"meetings:{session.ref}"],
            speaking="chair", by=by,
        )  # fmt: skip
    return decision


def _current(decision: Decision) -> Decision:
    """The decision as it is now that nobody else can change it."""
    return Decision.objects.select_related("body", "session", "document", "noted").get(pk=decision.pk)


def _with_recommendations(decision: Decision) -> list[Decision]:
    """A decision, and what it rests on that is not public yet: the record never points at what it does not hold."""
    found = [decision]
    while (lower := found[-1].recommendation) and not lower.is_public:
        found.append(_current(lower))
    return found
