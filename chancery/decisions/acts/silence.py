"""The silence procedure as acts: proposed, answered, extended, withdrawn, closed by the clock."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings

from chancery.bodies.models import Body
from chancery.core.dates import Day
from chancery.core.text import LocalizedText, tidy
from chancery.documents.models import Version
from chancery.documents.queries import access
from chancery.journal.acts import recording, seal
from chancery.meetings.models import Meeting
from chancery.parties.models import Party
from chancery.parties.queries import naming
from chancery.people import policy
from chancery.people.policy import Person as Actor

from .. import letters
from ..models import Decision, Extension, Reply, Silence
from ..queries import procedure as queries
from ..queries.procedure import course
from ..queries.route import open_paragraphs, unwritten_paragraphs
from ..rules import Manner, Verb, check_body, check_session
from ..rules.consensus import check_paragraphs, check_verb
from ..rules.register import StatementKind, exists
from ..rules.silence import (
    BREAKING,
    AlreadyBroken,
    Effect,
    Outcome,
    ReasonMissing,
    ReplyKind,
    Shape,
    check_basis,
    check_extension,
    check_length,
    check_recommendation,
    check_restart,
    check_withdrawal,
    check_wording,
    check_working,
    effect,
)
from .adoption import Said, enter, text_of
from .text import check_before


def propose(
    *, version: Version, body: Body, shape: Shape, verb: Verb, expires: dt.datetime,
    opens: dt.datetime | None = None, session: Meeting | None = None, basis: str = "",
    recommendation: Decision | None = None, replaces: Silence | None = None, by: Actor,
) -> Silence:  # fmt: skip
    """The chair proposes that a body decide by silence on the latest version of a text, which is frozen from now on.
    It runs from `opens` (at once, if none is given), unless a member objects to the proposal before, and ends at
    `expires`, a working day at the seat. `replaces` is a silence that failed and is restarted.

    Raises `SessionMissing`, `RecommendationMissing`, `RegulationMissing`, `RecommendsSomethingElse`, what
    `check_before` raises, `BodyDidNotExist`, `VerbOfAnotherLevel`, `ParagraphsOpen`, `AgreedNotInText`,
    `NotAWorkingDay`, `ExpiryPassed`, `TooShort`, `CannotRestart`, `SessionOfAnotherBody`."""
    policy.require(by, "decisions.propose-silence", body.ref)
    charter = settings.CHARTER
    with recording() as at:
        version = Version.objects.select_related("document").get(pk=version.pk)
        body = Body.objects.get(pk=body.pk)
        check_body(body.period, Day(charter.today(expires)), body.name)
        _check_text(version, body, verb)
        check_basis(shape, session=bool(session), recommendation=bool(recommendation), basis=basis)
        if recommendation:
            check_recommendation(recommendation.document_id == version.document_id, recommendation.body_id, body.ref)
        if session:
            check_session(body.ref, session.body_id, session.title)
        begins = max(opens, at) if opens else at
        check_working(charter.today(expires), charter.working_days, charter.holidays)
        check_length(begins, expires, at, charter.silence_minimum_hours, charter.silence_source)
        if replaces:
            check_restart(course(_held(replaces.ref)), at)
        silence = Silence.objects.create(
            version=version, body=body, shape=shape, verb=verb, session=session, basis=basis,
            recommendation=recommendation, proposed=at, opens=begins, expires=expires, replaces=replaces,
        )  # fmt: skip
        letters.of_silence("silence-opened", silence, at)
        said = {
            "body": body.ref, "shape": shape.value, "verb": verb.value, "opens": _written(begins),
            "expires": _written(expires), **text_of(version), **({"basis": basis} if basis else {}),
            **({"replaces": replaces.ref} if replaces else {}),
        }  # fmt: skip
        _seal("decisions.propose-silence", silence, said, by, "chair")
    return silence


def reply(
    *, silence: Silence, party: Party, kind: ReplyKind, words: str = "", wording: str = "", language: str = "",
    by: Actor,
) -> Reply:  # fmt: skip
    """A delegation answers. An objection or an amendment of a member before the expiry ends the silence at once, and
    everybody is told; after it, it is recorded as late. What else is said is kept and, if it is a statement or a
    reservation, attached to the decision. To acknowledge twice is to acknowledge once.

    Raises `NotAParty`, `ObserverCannotBreak`, `ReasonMissing`, `WordsMissing`, `WordingMissing`, `AlreadyBroken`,
    `SilenceOver`."""
    policy.require(by, "decisions.reply", party.ref)
    words, wording = tidy(words), tidy(wording)
    with recording() as at:
        silence = _held(silence.ref)
        belongs = access.on(settings.CHARTER.today(at))
        policy.require(by, "documents.read", access.audience(silence.version.document, belongs))
        if silence.broken_by_id and kind in BREAKING:
            raise AlreadyBroken(party=_name(silence.broken_by_id, at))
        found = effect(
            kind, words, course(silence), at, party=_name(party.ref, at),
            member=party.ref in belongs.members, observer=party.ref in belongs.observers,
        )  # fmt: skip
        check_wording(kind, wording)
        known = silence.replies.filter(party=party, kind=kind).first() if kind is ReplyKind.ACKNOWLEDGEMENT else None
        if known:
            return known
        signed = policy.signed(by, speaking=party.ref)
        made = Reply.objects.create(
            silence=silence, party=party, kind=kind, words=words, wording=wording, language=language,
            late=found is Effect.LATE, at=at, account=signed["private"]["account"], capacity=signed["by"],
        )  # fmt: skip
        if found in _ENDS:
            _end(silence, _ENDS[found], at, broken_by=party)
            letters.of_silence(
                f"silence-{silence.outcome}", silence, at, party=_name(party.ref, at), reason=words, wording=wording,
                moment=letters.moment(at),
            )  # fmt: skip
        said = {"kind": kind.value, **{k: v for k, v in {"words": words, "wording": wording}.items() if v}}
        entry = _seal(_ACTS[found], silence, {**said, "party": party.ref}, by, party.ref, f"parties:{party.ref}")
        made.seq = entry.seq
        made.save(update_fields=["seq"])
    return made


_ENDS = {Effect.BREAKS: Outcome.BROKEN, Effect.STOPS_PROPOSAL: Outcome.REFUSED}
_ACTS = {
    Effect.NOTED: "decisions.reply",
    Effect.BREAKS: "decisions.break-silence",
    Effect.STOPS_PROPOSAL: "decisions.refuse-silence",
    Effect.LATE: "decisions.object-late",
}


def extend(*, silence: Silence, expires: dt.datetime, reason: str, by: Actor) -> Extension:
    """A silence that runs ends later, for a reason that all are told; answers given so far stay.

    Raises `SilenceOver`, `NotYetRunning`, `NotLater`, `BodyDidNotExist`, `NotAWorkingDay`, `ReasonMissing`."""
    policy.require(by, "decisions.extend-silence", silence.body_id)
    charter = settings.CHARTER
    with recording() as at:
        silence = _held(silence.ref)
        check_extension(course(silence), expires, at)
        check_body(silence.body.period, Day(charter.today(expires)), silence.body.name)
        check_working(charter.today(expires), charter.working_days, charter.holidays)
        _check_reason(reason)
        earlier, silence.expires = silence.expires, expires
        silence.save(update_fields=["expires"])
        made = Extension.objects.create(silence=silence, earlier=earlier, later=expires, reason=reason, at=at)
        letters.of_silence("silence-extended", silence, at, earlier=letters.moment(earlier), reason=reason)
        said = {"earlier": _written(earlier), "expires": _written(expires), "reason": reason}
        _seal("decisions.extend-silence", silence, said, by, "chair")
    return made


def withdraw(*, silence: Silence, reason: str, by: Actor) -> Silence:
    """The chair takes a silence back before it ends; the text is free again. Raises `SilenceOver`, `ReasonMissing`."""
    policy.require(by, "decisions.withdraw-silence", silence.body_id)
    with recording() as at:
        silence = _held(silence.ref)
        check_withdrawal(course(silence), at)
        _check_reason(reason)
        _end(silence, Outcome.WITHDRAWN, at)
        letters.of_silence("silence-withdrawn", silence, at, reason=reason, moment=letters.moment(at))
        _seal("decisions.withdraw-silence", silence, {"reason": reason}, by, "chair")
    return silence


def close(*, ref: str, by: Actor) -> Decision | None:
    """The clock records the result of a silence whose time is over: the text is adopted, and numbered if that settles
    it. None where another clock was quicker, or its end was put off; and where the body was dissolved meanwhile (by a
    correction of the record, since the act is refused): then the silence lapses and nothing is adopted. A member's
    objection before the expiry has ended the silence already, by its own entry; so whatever is open here is unbroken.
    Everybody is told by `announce`, which the clock does right after, so that a thousand letters do not hold up the
    next result."""
    policy.require(by, "decisions.close-silence")
    with recording() as at:
        silence = queries.held().filter(ref=ref, outcome="", expires__lte=at).first()
        if silence is None:
            return None
        if not exists(silence.body.period, Day(settings.CHARTER.today(silence.expires))):
            return _lapse(silence, at, by)
        entered = enter(
            version=silence.version, body=silence.body, verb=Verb(silence.verb), manner=Manner.SILENCE,
            taken=settings.CHARTER.today(silence.expires), session=silence.session, expired=silence.expires,
            recommendation=silence.recommendation, said=_attached(silence),
        )  # fmt: skip
        _end(silence, Outcome.ADOPTED, at, decision=entered.decision)
        said = {
            "outcome": Outcome.ADOPTED.value, "body": silence.body_id, "verb": silence.verb,
            "expired": _written(silence.expires), **text_of(silence.version),
            **({"number": entered.decision.number} if entered.decision.number else {}),
        }  # fmt: skip
        seal(
            "decisions.close-silence", facts=entered.facts, subjects=_subjects(silence), said=said,
            public=entered.decision.is_public, **policy.signed(by),
        )  # fmt: skip
    return entered.decision


def _lapse(silence: Silence, at: dt.datetime, by: Actor) -> None:
    """Nobody is left to decide: the silence ends, and nothing is adopted."""
    _end(silence, Outcome.LAPSED, at)
    letters.of_silence("silence-lapsed", silence, at)
    _seal("decisions.lapse-silence", silence, {"outcome": Outcome.LAPSED.value, "body": silence.body_id}, by, "")


def announce(*, ref: str, by: Actor) -> bool:
    """Everybody is told that a text was adopted by silence, once. False where another clock was quicker."""
    policy.require(by, "decisions.close-silence")
    with recording() as at:
        silence = queries.held().select_related("decision").filter(ref=ref, outcome=Outcome.ADOPTED, told=None).first()
        if silence is None:
            return False
        letters.of_silence("silence-adopted", silence, at, decision=silence.decision)
        silence.told = at
        silence.save(update_fields=["told"])
    return True


def _check_text(version: Version, body: Body, verb: Verb) -> None:
    check_before(version, body)
    check_verb(verb, settings.CHARTER.verbs.get(body.ref, ()), body.name)
    check_paragraphs(verb, open_paragraphs(version), unwritten_paragraphs(version))


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(field="reason")


def _held(ref: str) -> Silence:
    """A silence as it is under the lock."""
    return queries.held().get(ref=ref)


def _end(silence: Silence, outcome: Outcome, at: dt.datetime, **how: Any) -> None:
    silence.outcome, silence.ended = outcome, at
    for name, value in how.items():
        setattr(silence, name, value)
    silence.save(update_fields=["outcome", "ended", *how])


def _attached(silence: Silence) -> Iterable[Said]:
    """What does not break silence and belongs to the decision."""
    for one in silence.replies.filter(kind__in=[kind.value for kind in _STATEMENTS]):
        language = one.language or settings.CHARTER.reference_language
        yield Said(_STATEMENTS[ReplyKind(one.kind)], one.party_id, LocalizedText({language: one.words}))


_STATEMENTS = {
    ReplyKind.STATEMENT: StatementKind.INTERPRETATIVE,
    ReplyKind.RESERVATION: StatementKind.RESERVATION,
}


def _seal(act: str, silence: Silence, said: dict[str, Any], by: Actor, speaking: str, *about: str) -> Any:
    """What happens while silence runs is for the parties, not for the public."""
    subjects = [*_subjects(silence), *about]
    return seal(act, subjects=subjects, said=said, public=False, **policy.signed(by, speaking=speaking))


def _subjects(silence: Silence) -> list[str]:
    found = [f"silences:{silence.ref}", f"bodies:{silence.body_id}"]
    return [*found, f"versions:{silence.version_id}", f"documents:{silence.version.document_id}"]


def _name(party: str, at: dt.datetime) -> Any:
    return naming(settings.CHARTER.today(at), [party])[party]


def _written(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
