"""Whom to tell, who was told, and what somebody still has to look at."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from chancery.core.models import held_on
from chancery.duties.rules import Letters
from chancery.people import policy
from chancery.people.models import Account, Grant
from chancery.people.queries import digest_of
from chancery.people.rules import OF_A_PARTY, Role, Unit

from . import kinds
from .models import Feed, Notice, Preference
from .rules import FeedKind, Mail, last_daily


# ---------------------------------------------------------------- whom to tell
@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who is told, and for which party."""

    account: Account
    party: str = ""


def voices(parties: Iterable[str], day: dt.date) -> list[Recipient]:
    """Everybody who holds a role for one of the parties on a day: one query."""
    return _holders(day, role__in=OF_A_PARTY, scope__in=list(parties))


def presidency(body: str, day: dt.date) -> list[Recipient]:
    """Who presides over a body on a day, or over the whole organisation: one query."""
    return [Recipient(one.account) for one in _holders(day, role=Role.PRESIDENCY, scope__in=["", body])]


def officers(unit: Unit, day: dt.date) -> list[Recipient]:
    """The officers of a unit on a day: one query."""
    return [Recipient(one.account) for one in _holders(day, role=Role.OFFICER, scope=unit)]


def everybody(parties: Iterable[str], body: str, unit: Unit, day: dt.date) -> list[Recipient]:
    """The voices of the parties, the presidency of a body and the officers of a unit: one query."""
    right = Q(role__in=OF_A_PARTY, scope__in=list(parties)) | Q(role=Role.OFFICER, scope=unit)
    right |= Q(role=Role.PRESIDENCY, scope__in=["", body])
    return [Recipient(one.account, one.scope if one.role in OF_A_PARTY else "") for one in _held(day, right)]


def _holders(day: dt.date, **right: object) -> list[Recipient]:
    """Whoever holds such a right on a day, once for each scope."""
    return [Recipient(one.account, one.scope) for one in _held(day, Q(**right))]


def _held(day: dt.date, right: Q) -> list[Grant]:
    """The grants of such rights on a day, one for each person and scope. A deputy's holds only while the principal's
    does."""
    principal_holds = held_on(day, "deputises__") & Q(deputises__account__is_active=True)
    held = Grant.objects.on(day).filter(Q(deputises=None) | principal_holds, right, account__is_active=True)
    found = {(one.account_id, one.scope): one for one in held.select_related("account").order_by("scope", "account")}
    return list(found.values())


# ---------------------------------------------------------------- what a person was told
def readable(person: Any) -> Q:
    """Which notices a person may still read: those of public matters, and those told for whom it still acts."""
    standing = policy.standing_of(person)
    found = Q(open=True)
    if standing.is_officer() or standing.has(Role.PRESIDENCY):
        found |= Q(parties="")
    for party in sorted({right.scope for right in standing.rights if right.role in OF_A_PARTY}):
        found |= Q(parties__regex=rf"(^| ){re.escape(party)}( |$)")
    return found


def of(person: Account) -> QuerySet[Notice]:
    """What a person was told and may read: what was not seen first, the latest first."""
    found = Notice.objects.filter(readable(person), account=person)
    return found.order_by(F("seen").desc(nulls_first=True), "-at", "-id")


def latest(person: Account, *, limit: int = 40) -> QuerySet[Notice]:
    """The last that a person was told and may read."""
    return Notice.objects.filter(readable(person), account=person).order_by("-at", "-id")[:limit]


def unseen(person: Account) -> int:
    """How many of them were not seen yet."""
    return Notice.objects.filter(readable(person), account=person, seen=None).count()


# ---------------------------------------------------------------- the record of service
class Service(StrEnum):
    """What has become of the letter to somebody who was told."""

    NONE = "none"  # the person is told on the desk alone
    DAILY = "daily"  # it goes with the letter of the day
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Told:
    """That somebody was told, for a party (empty for the Secretariat and the chair), when, and how."""

    name: str
    party: str
    event: str
    at: dt.datetime
    how: Mail
    letter: Service
    sent: dt.datetime | None
    seen: dt.datetime | None


def service(subject: str) -> list[Told]:
    """Who was told of a subject, when and how, in the order of time and then of party: one query. A person who acts
    for two parties stands there for each. What became of a letter stays known when the outbox has forgotten it."""
    found = Notice.objects.filter(subject=subject).select_related("account", "letter")
    told = [
        Told(
            one.account.name, party, one.event, one.at, Mail(one.mail), became(one),
            one.letter.sent if one.letter else one.sent, one.seen,
        )
        for one in found
        for party in one.parties.split() or [""]
    ]  # fmt: skip
    return sorted(told, key=lambda one: (one.at, one.party, one.name))


def became(notice: Notice) -> Service:
    """What has become of the letter. One that was taken back, or given up, has failed to tell anybody."""
    if notice.mail == Mail.NEVER:
        return Service.NONE
    if notice.posted is None:
        return Service.DAILY
    if notice.letter is None:
        return Service.SENT if notice.sent else Service.FAILED
    return {Letters.SENT: Service.SENT, Letters.WAITING: Service.WAITING}.get(notice.letter.state, Service.FAILED)


# ---------------------------------------------------------------- the letter of the day
def awaiting_letter(at: dt.datetime) -> QuerySet[Notice]:
    """What is to go into letters of the day that are due at an instant."""
    due = last_daily(at, settings.CHARTER.zone)
    had_one = Notice.objects.filter(mail=Mail.DAILY, posted__gte=due).values("account")
    return Notice.objects.filter(mail=Mail.DAILY, posted=None, at__lt=due).exclude(account__in=had_one)


def due_letters(at: dt.datetime) -> list[int]:
    """The keys of the accounts to which a letter of the day is due."""
    return list(awaiting_letter(at).order_by("account").values_list("account", flat=True).distinct())


# ---------------------------------------------------------------- retention
def forgettable(at: dt.datetime) -> QuerySet[Notice]:
    """What is older at an instant than the charter lets notices be. The record of service of a subject of which
    anybody was told something with an effect in law is none of it."""
    before = at - dt.timedelta(days=settings.CHARTER.retention["notices"])
    legal = [one.event for one in kinds.all_kinds() if one.legal]
    free = [one.event for one in kinds.all_kinds() if not one.legal]
    served = Notice.objects.filter(subject=OuterRef("subject"), event__in=legal)
    return Notice.objects.filter(~Exists(served), event__in=free, at__lt=before)


# ---------------------------------------------------------------- wishes and feeds
def wishes(account: Account) -> dict[str, Mail]:
    """How an account wishes to be told, by kind of event, where it said so."""
    rows = Preference.objects.filter(account=account).values_list("event", "mail")
    return {event: Mail(mail) for event, mail in rows}


def feeds(account: Account) -> QuerySet[Feed]:
    """The personal addresses of an account that are open, latest first."""
    return Feed.objects.filter(account=account, revoked=None).order_by("-made", "-id")


def feed(token: str, kind: FeedKind) -> Feed:
    """The open address with this secret, of an account that is not closed. Raises `Feed.DoesNotExist`."""
    return Feed.objects.select_related("account").get(
        digest=digest_of(token), kind=kind, revoked=None, account__is_active=True
    )


# ---------------------------------------------------------------- reminders
REMINDER = "reminder"

def reminded(subjects: Iterable[str], at: dt.datetime) -> set[tuple[str, str]]:
    """Which parties were reminded of which of some things on the day of an instant at the seat: one query."""
    charter = settings.CHARTER
    began = dt.datetime.combine(charter.today(at), dt.time(), charter.zone)
    rows = Notice.objects.filter(subject__in=list(subjects), event=REMINDER, at__gte=began)
    told = rows.values_list("subject", "parties").distinct()
    return {(subject, party) for subject, parties in told for party in parties.split()}
