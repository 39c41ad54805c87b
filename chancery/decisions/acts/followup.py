"""What follows from a decision: what is owed, what was done, what lapsed."""

import datetime as dt

from django.conf import settings
from django.db.models import Max

from chancery.core.text import LocalizedText, tidy
from chancery.journal.acts import recording
from chancery.parties.acts import free_ref
from chancery.people import policy
from chancery.people.policy import Person as Actor

from .. import announcements
from ..models import Decision, Undertaking
from ..queries import followup as queries
from ..rules.followup import NotAnAddressee, NotInTheText, check_lapse, check_report, check_undertaking
from ..rules.register import FollowUp
from .entries import seal_about


def undertake(
    *, decision: Decision, block: str = "", task: LocalizedText, addressee: str, due: dt.date | None = None, by: Actor
) -> Undertaking:
    """An operative paragraph asks something of somebody: of a party (`parties:xa`), a body (`bodies:soc`) or the
    `secretariat`, by a day if one is set. Whoever is asked is told. `block` is the paragraph's id in the text.

    Raises `NotAnAddressee`, `NotInTheText`, `DueBeforeDecision`."""
    policy.require(by, "decisions.undertake", decision.body_id)
    with recording() as at:
        decision = Decision.objects.select_related("version", "document").get(pk=decision.pk)
        check_undertaking(addressee, due, decision.taken)
        if not queries.exists(addressee):
            raise NotAnAddressee
        if block and block not in queries.paragraphs(decision):
            raise NotInTheText(block=block)
        last = decision.undertakings.aggregate(last=Max("position"))["last"] or 0
        undertaking = Undertaking.objects.create(
            ref=free_ref(Undertaking, f"{decision.ref}-u{last + 1}"), decision=decision, block=block,
            task=task, addressee=addressee, due=due, position=last + 1, source=decision.source,
        )  # fmt: skip
        announcements.of_undertaking("undertaking-given", undertaking, at)
        _seal("decisions.undertake", undertaking, by)
    return undertaking


def report_progress(*, undertaking: Undertaking, status: FollowUp, evidence: str = "", by: Actor) -> Undertaking:
    """Whoever is to do something, or the Secretariat, says that it is under way, or done and how one can see it.

    Raises `NothingOwed`, `NotAReport`, `EvidenceMissing`."""
    policy.require(by, "decisions.report-progress", undertaking.addressee)
    with recording() as at:
        undertaking = _current(undertaking)
        check_report(FollowUp(undertaking.status), FollowUp(status), evidence)
        _close(undertaking, FollowUp(status), evidence or undertaking.evidence, settings.CHARTER.today(at))
        announcements.of_undertaking("undertaking-reported", undertaking, at)
        _seal("decisions.report-progress", undertaking, by, speaking=_speaker(undertaking, by))
    return undertaking


def lapse(*, undertaking: Undertaking, reason: str, by: Actor) -> Undertaking:
    """Nothing is owed any more, though it was not done: the Secretariat records why. Raises `NothingOwed`,
    `ReasonMissing`."""
    policy.require(by, "decisions.lapse", undertaking.decision.body_id)
    with recording() as at:
        undertaking = _current(undertaking)
        check_lapse(FollowUp(undertaking.status), reason)
        _close(undertaking, FollowUp.LAPSED, reason, settings.CHARTER.today(at))
        announcements.of_undertaking("undertaking-reported", undertaking, at)
        _seal("decisions.lapse", undertaking, by)
    return undertaking


def _current(undertaking: Undertaking) -> Undertaking:
    return Undertaking.objects.select_related("decision__document").get(pk=undertaking.pk)


def _close(undertaking: Undertaking, status: FollowUp, evidence: str, day: dt.date) -> None:
    undertaking.status, undertaking.evidence, undertaking.reported = status, tidy(evidence), day
    undertaking.save()


def _speaker(undertaking: Undertaking, by: Actor) -> str:
    """For whom progress is reported: the party addressed, unless the Secretariat does."""
    kind, _, ref = undertaking.addressee.partition(":")
    return ref if kind == "parties" and not policy.standing_of(by).is_officer() else ""


def _seal(act: str, undertaking: Undertaking, by: Actor, speaking: str = "") -> None:
    addressee = [undertaking.addressee] if ":" in undertaking.addressee else []
    seal_about(
        act=act, decision=undertaking.decision, facts=[undertaking], subjects=addressee, speaking=speaking, by=by
    )
