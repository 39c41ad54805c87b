"""Which silences there are, for somebody: as a list, and one of them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, QuerySet, When

from chancery.core.asof import now
from chancery.documents.queries import access
from chancery.people import policy
from chancery.people.rules import Role, Standing

from ... import words
from ...models import Reply, Silence
from ...rules.silence import BREAKING, ReplyKind, Stage, stage
from ..procedure import course

_ANSWERS = [*sorted(BREAKING), ReplyKind.RESERVATION, ReplyKind.STATEMENT, ReplyKind.ACKNOWLEDGEMENT, ReplyKind.COMMENT]


def seen_by(person: Any) -> QuerySet[Silence]:
    """The silences that a person may see: those on texts that the person may read."""
    if not policy.may(person, "decisions.follow-silences"):
        return Silence.objects.none()
    return Silence.objects.filter(access.readable(person, prefix="version__document__"))


def in_order(found: QuerySet[Silence]) -> QuerySet[Silence]:
    """Those that are open by their end, then those that are over, the last first."""
    over = Case(When(outcome="", then=0), default=1)
    soonest = Case(When(outcome="", then=F("expires")))
    return found.select_related("version__document", "body", "decision").order_by(over, soonest, "-ended", "ref")


def silence_page(person: Any, ref: str) -> Silence | None:
    """A silence that a person may see."""
    related = ("version__document", "body", "session", "recommendation", "decision", "broken_by", "replaces")
    return seen_by(person).select_related(*related).filter(ref=ref).first()


def awaiting(person: Any) -> int:
    """How many silences await an answer of the person's delegation."""
    voices = spoken_for(policy.standing_of(person))
    if not voices:
        return 0
    answered = Reply.objects.filter(party__in=voices).values("silence")
    return seen_by(person).filter(outcome="", expires__gt=now()).exclude(pk__in=answered).count()


@dataclass(frozen=True, slots=True)
class Listed:
    """A silence as the list shows it, with what the reader's delegation said."""

    silence: Silence
    stage: Stage
    left: str
    answer: Any = ""

    @property
    def sign(self) -> tuple[str, str]:
        return words.SIGN[self.stage]

    @property
    def word(self) -> Any:
        return words.STAGE[self.stage]

    @property
    def verb(self) -> Any:
        return words.VERB[self.silence.verb]


def listed(silences: Iterable[Silence], person: Any, at: dt.datetime) -> list[Listed]:
    """Silences as rows: one query for what the reader's delegation said."""
    rows = list(silences)
    voices = spoken_for(policy.standing_of(person))
    said: dict[int, set[str]] = {}
    if voices:
        replies = Reply.objects.filter(silence__in=rows, party__in=voices).values_list("silence", "kind")
        for silence, kind in replies:
            said.setdefault(silence, set()).add(kind)
    return [
        Listed(
            one, stage(course(one), at), words.left(one.expires - at),
            words.ANSWER[weightiest(said.get(one.pk, ()))] if voices else "",
        )
        for one in rows
    ]  # fmt: skip


def weightiest(kinds: Iterable[str]) -> str:
    """Of several things that a party said, the one that counts most; empty where it said nothing."""
    found = set(kinds)
    return next((kind.value for kind in _ANSWERS if kind in found), "")


def spoken_for(standing: Standing) -> frozenset[str]:
    """The parties whose accredited voice somebody is."""
    return frozenset(right.scope for right in standing.rights if right.role is Role.DELEGATE)
