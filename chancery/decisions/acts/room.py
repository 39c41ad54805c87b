"""Deciding in the room: the presiding officer hears no objection, or hears one."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.conf import settings

from chancery.bodies.models import Body
from chancery.documents.models import Version
from chancery.documents.queries import access
from chancery.journal.acts import recording, seal
from chancery.meetings.models import Meeting
from chancery.meetings.rules import last_day
from chancery.parties.models import Party
from chancery.parties.queries import naming
from chancery.people import policy
from chancery.people.policy import Person as Actor

from .. import announcements
from ..models import Decision, Objection
from ..queries import route as queries
from ..rules import Manner, Verb, check_session
from ..rules.consensus import (
    AlreadyDecided,
    check_consensus,
    check_objector,
    check_paragraphs,
    check_quorum,
    check_sitting,
    check_verb,
)
from ..rules.register import LinkKind, check_statement
from .adoption import Said, enter, text_of
from .entries import enter_links, seal_about
from .text import check_before


def adopt(
    *, version: Version, body: Body, session: Meeting, verb: Verb, present: Collection[str],
    lifted: Collection[str] = (), statements: Iterable[Said] = (), links: Iterable[tuple[LinkKind, Decision]] = (),
    by: Actor,
) -> Decision:  # fmt: skip
    """The presiding officer asks for objections, hears none, and the body has decided, in one of its verbs. Whether
    the text goes on to a higher body or is settled and numbered follows from its route. `present` are the parties in
    the room, of which the members count against the quorum; `lifted` those whose objection on record was withdrawn
    there. Statements and reservations are attached for ever. The members are those of the day of the decision.

    Raises `SessionOfAnotherBody`, `SessionNotSitting`, `TextWithdrawn`, `TextReplaced`, `AlreadyRunning`,
    `VerbOfAnotherLevel`, `NotItsTurn`, `AlreadyDecided`, `ParagraphsOpen`, `AgreedNotInText`, `NoQuorum`, `Objected`,
    `NotAMemberSpeaks`, `WordsOfStatementMissing`, `LinkedToLater`.
    Source: the Rules of Procedure, articles 1.1 and 1.2 (see `rules.consensus`)."""
    policy.require(by, "decisions.adopt", body.ref)
    statements = list(statements)
    with recording() as at:
        version = _current(version)
        policy.require(by, "documents.read", access.audience(version.document))
        taken = _day_of(session, body, at)
        check_before(version, body)
        _check_once(version, body, session)
        check_verb(verb, settings.CHARTER.verbs.get(body.ref, ()), body.name)
        check_paragraphs(verb, queries.open_paragraphs(version), queries.unwritten_paragraphs(version))
        belongs = access.on(taken)
        check_quorum(present, belongs.members, queries.fraction(body))
        if queries.by_consensus(body):
            check_consensus(set(queries.objecting(version, body, belongs)) - set(lifted), belongs.members)
        for one in statements:
            check_statement(one.parties.split(), bool(one.text), belongs.members, naming(taken, one.parties.split()))
        entered = enter(
            version=version, body=body, verb=verb, manner=Manner.SESSION, taken=taken, session=session, said=statements
        )
        decision = entered.decision
        made = enter_links(decision, links)
        announcements.of_decision("decision-taken", decision, at)
        said = {"body": body.ref, "verb": verb.value, "present": sorted(present), **text_of(version)}
        seal_about(
            act="decisions.adopt", decision=decision, facts=[*entered.facts, *made], said=said, speaking="chair",
            hidden={"lifted": sorted(lifted)} if lifted else None,  # who objected is not for the public
            subjects=[*_about(version, session), *(f"decisions:{one.other_id}" for one in made)], by=by,
        )  # fmt: skip
    return decision


def object_in_room(
    *, version: Version, body: Body, session: Meeting, party: Party, reason: str = "", by: Actor
) -> Objection:
    """A member objects: what was put to the session is not decided, and the text stays before the body until the
    objection is lifted. Delegations are told. To object twice to one text in one session is to object once.

    Raises what `adopt` raises of session and text, and `NotAMemberObjects`."""
    policy.require(by, "decisions.object-in-room", body.ref)
    with recording() as at:
        version = _current(version)
        policy.require(by, "documents.read", access.audience(version.document))
        day = _day_of(session, body, at)
        check_before(version, body)
        _check_once(version, body, session)
        check_objector(party.ref, access.on(day).members, naming(day, [party.ref])[party.ref])
        known = Objection.objects.filter(version=version, body=body, session=session, party=party).first()
        if known:
            return known
        objection = Objection.objects.create(
            version=version, body=body, session=session, party=party, reason=reason, at=at
        )
        announcements.of_objection(objection, at)
        said = {"party": party.ref, "reason": reason, **text_of(version)}
        subjects = [*_about(version, session), f"bodies:{body.ref}", f"parties:{party.ref}"]
        seal(
            "decisions.object-in-room", subjects=subjects, said=said, public=False,
            **policy.signed(by, speaking="chair"),
        )  # fmt: skip
    return objection


def _current(version: Version) -> Version:
    return Version.objects.select_related("document").get(pk=version.pk)


def _day_of(session: Meeting, body: Body, at: dt.datetime) -> dt.date:
    """The day on which a session decided: today while it sits, its last day afterwards. Raises `SessionOfAnotherBody`,
    `SessionNotSitting`."""
    session = Meeting.objects.get(pk=session.pk)
    today = settings.CHARTER.today(at)
    check_session(body.ref, session.body_id, session.title)
    check_sitting(session.status_on(today), session.title)
    return min(today, last_day(session.began, session.ended))


def _check_once(version: Version, body: Body, session: Meeting) -> None:
    """A session decides on a version once. Raises `AlreadyDecided`."""
    if Decision.objects.filter(version=version, body=body, session=session).exists():
        raise AlreadyDecided(body=body.name)


def _about(version: Version, session: Meeting) -> list[str]:
    return [f"documents:{version.document_id}", f"versions:{version.ref}", f"meetings:{session.ref}"]
