"""Interpretative statements and reservations: they do not stand in the way of a decision, and stay with it for ever."""

from collections.abc import Sequence

from django.conf import settings

from chancery.core.text import LocalizedText
from chancery.documents.queries import access
from chancery.journal.acts import recording
from chancery.parties.acts import free_ref
from chancery.parties.models import Party
from chancery.parties.queries import naming
from chancery.people import policy
from chancery.people.policy import Person as Actor

from .. import announcements
from ..models import Decision, Statement
from ..rules.register import StatementKind, check_statement
from .entries import seal_about


def attach(
    *, decision: Decision, kind: StatementKind, parties: Sequence[Party], text: LocalizedText, by: Actor
) -> Statement:
    """A statement or reservation that one or several members made on a decision is attached to it, for ever.

    Raises `NotAMemberSpeaks`, `WordsOfStatementMissing`."""
    policy.require(by, "decisions.attach-statement", decision.body_id)
    with recording() as at:
        decision = Decision.objects.select_related("document", "body").get(pk=decision.pk)
        day = settings.CHARTER.today(at)
        speaking = [one.ref for one in parties]
        check_statement(speaking, bool(text), access.on(day).members, naming(day, speaking))
        place = decision.statements.count() + 1
        statement = Statement.objects.create(
            ref=free_ref(Statement, f"{decision.ref}-s{place}"), decision=decision, kind=kind,
            parties=" ".join(speaking), text=text, made=day, position=place, source=decision.source,
        )  # fmt: skip
        announcements.of_decision("statement-attached", decision, at)
        seal_about(
            act="decisions.attach-statement", decision=decision, facts=[statement], speaking="chair", by=by,
            subjects=[f"parties:{one}" for one in speaking],
        )  # fmt: skip
    return statement
