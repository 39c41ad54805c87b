"""What is asked of people: the answers to which deadlines run. Each kind of thing costs a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chancery.core import navigation
from chancery.core.asof import now
from chancery.decisions.models import Reply, Silence, Undertaking
from chancery.decisions.queries import reading
from chancery.decisions.rules.followup import CLOSED, SECRETARIAT
from chancery.documents.models import Call, Document, Paragraph, Position
from chancery.documents.queries import access
from chancery.documents.queries.access import Belonging
from chancery.documents.queries.negotiation import dues
from chancery.documents.rules.blocks import NEGOTIATED
from chancery.documents.rules.positions import CallKind, ParagraphStatus
from chancery.meetings.models import Meeting
from chancery.meetings.queries import naming_one
from chancery.people import policy
from chancery.people.rules import Role, Standing

from .asks import Action, Ask

AHEAD = dt.timedelta(weeks=4)
"""How far ahead sessions stand on a desk."""


def silences(person: Any, day: dt.date) -> Iterator[Ask]:
    """Silences that run and to which the person's delegation has not said anything yet."""
    parties = access.delegations(policy.standing_of(person))
    if not parties:
        return
    answered = Reply.objects.filter(silence=OuterRef("pk"), party__in=parties)
    decides = bool(parties & belonging(person, day).members)
    about = _("No reply counts as consent.") if decides else _("For information; your delegation may comment.")
    for one in running(person, day).exclude(Exists(answered)):
        document, url = one.version.document, reverse("silence", args=[one.ref])
        yield Ask(
            _("Silence procedure"), document.title, url, settings.CHARTER.today(one.expires), one.expires, about,
            _acknowledge(person, parties, one) + (Action(_("Open"), url),),
            f"silences:{one.ref}", document.is_public, document.symbol,
        )  # fmt: skip


def running(person: Any, day: dt.date) -> QuerySet[Silence]:
    """The silences, proposed or running, on texts that a person may read, with those texts."""
    seen = access.readable(person, belonging(person, day), prefix="version__document__")
    rows = Silence.objects.filter(seen, outcome="", expires__gt=now()).select_related("version__document", "body")
    return rows.defer("version__blocks").order_by("expires", "ref")


def belonging(person: Any, day: dt.date) -> Belonging:
    """Who belongs on a day, asked once for a request."""
    kept = getattr(person, "_belonging", None)
    if kept is None or kept[0] != day:
        kept = person._belonging = (day, access.on(day))
    return kept[1]


def _acknowledge(person: Any, parties: frozenset[str], silence: Silence) -> tuple[Action, ...]:
    if not any(policy.may(person, "decisions.reply", party) for party in parties):
        return ()
    return (Action(_("Acknowledge"), reverse("desk-acknowledgement", args=[silence.ref]), post=True),)


def positions(person: Any, day: dt.date) -> Iterator[Ask]:
    """Open paragraphs on which the person's delegation is asked to speak and has not: four queries."""
    parties = access.delegations(policy.standing_of(person))
    own = sorted(parties & belonging(person, day).members) if parties else []
    if not own:
        return
    party, seen = own[0], access.readable(person, belonging(person, day), prefix="version__document__")
    calls = list(Call.objects.filter(seen, closed=None).select_related("version__document").order_by("due", "ref"))
    closed, spoken = _closed(calls), _spoken(calls, party)
    for call in calls:
        version = call.version
        open_ = [
            one.id for one in version.text if one.kind in NEGOTIATED and (version.document_id, one.id) not in closed
        ]
        for due in dues([call], open_, lambda sounding, version=version: spoken[version.pk, sounding]):
            yield _position(person, party, call, len(due.blocks))


def _closed(calls: list[Call]) -> set[tuple[str, str]]:
    """The paragraphs of the texts that are not open any more."""
    texts = {one.version.document_id for one in calls}
    rows = Paragraph.objects.filter(document__in=texts).exclude(status=ParagraphStatus.OPEN)
    return set(rows.values_list("document", "block"))


def _spoken(calls: list[Call], party: str) -> dict[tuple[str, bool], set[str]]:
    """On which paragraphs of which version a party has spoken, in soundings and otherwise."""
    found: dict[tuple[str, bool], set[str]] = defaultdict(set)
    rows = Position.objects.filter(version__in={one.version_id for one in calls}, party=party)
    for version, sounding, block in rows.values_list("version", "sounding", "block"):
        found[version, sounding].add(block)
    return found


def _position(person: Any, party: str, call: Call, number: int) -> Ask:
    document, url = call.version.document, negotiation(call.version.document)
    about = ngettext("%(n)d paragraph waits for your position.", "%(n)d paragraphs wait for your position.", number)
    sounding = call.kind == CallKind.SOUNDING
    label = _("Answer") if sounding else _("Give a position")
    speaks = policy.may(person, "documents.take-position", party)
    return Ask(
        _("Sounding of the Chair") if sounding else _("Positions"), document.title, url,
        settings.CHARTER.today(call.due), call.due, about % {"n": number},
        (Action(label, url),) if speaks else (Action(_("Open"), url),),
        f"calls:{call.ref}", document.is_public, document.symbol,
    )  # fmt: skip


def negotiation(document: Document) -> str:
    """The page on which delegations speak of a text."""
    return reverse("negotiation", args=[document.ref])


def capitals(person: Any, day: dt.date) -> Iterator[Ask]:
    """Paragraphs agreed ad referendum that the capital of the person's delegation is still to confirm."""
    parties = access.delegations(policy.standing_of(person))
    if not parties:
        return
    awaited = reduce(or_, (naming_one("awaiting", party) for party in sorted(parties)))
    rows = Paragraph.objects.filter(
        access.readable(person, belonging(person, day), prefix="document__"), awaited,
        status=ParagraphStatus.AD_REFERENDUM, document__withdrawn=None,
    )  # fmt: skip
    texts: dict[str, list[Paragraph]] = defaultdict(list)
    for one in rows.select_related("document").order_by("document", "block"):
        texts[one.document_id].append(one)
    for found in texts.values():
        document, url = found[0].document, negotiation(found[0].document)
        about = ngettext(
            "%(n)d paragraph is agreed ad referendum.", "%(n)d paragraphs are agreed ad referendum.", len(found)
        )
        confirms = any(policy.may(person, "documents.confirm-capital", party) for party in parties)
        label = _("Confirm") if confirms else _("Open")
        yield Ask(
            _("Capital to confirm"), document.title, url, about=about % {"n": len(found)},
            actions=(Action(label, url),), subject=f"documents:{document.ref}", open=document.is_public,
            hint=document.symbol,
        )  # fmt: skip


def follow_up(person: Any, day: dt.date) -> Iterator[Ask]:
    """What is still owed from decisions by those for whom the person acts."""
    owed = _addressed(policy.standing_of(person))
    if owed is None:
        return
    rows = Undertaking.objects.filter(owed, reading.readable(person, prefix="decision__"))
    for one in rows.exclude(status__in=CLOSED).select_related("decision").order_by("due", "ref"):
        decision = one.decision
        url = navigation.address(f"decisions:{decision.ref}") or ""
        yield Ask(
            _("Follow-up"), one.task, url, one.due, about=decision.number or str(decision.title),
            actions=(*_report(person, one), Action(_("Open"), url)),
            subject=f"undertakings:{one.ref}", open=decision.is_public, hint=decision.number,
        )  # fmt: skip


def _report(person: Any, owed: Undertaking) -> tuple[Action, ...]:
    if not policy.may(person, "decisions.report-progress", owed.addressee):
        return ()
    return (Action(_("Report"), reverse("undertaking-progress", args=[owed.ref])),)


def _addressed(standing: Standing) -> Q | None:
    """The condition that an undertaking is owed by those for whom somebody acts."""
    mine = [Q(addressee=f"parties:{party}") for party in sorted(access.delegations(standing))]
    if standing.is_officer():
        mine.append(Q(addressee=SECRETARIAT))
    for right in standing.rights:
        if right.role is Role.PRESIDENCY:
            mine.append(Q(addressee=f"bodies:{right.scope}") if right.scope else Q(addressee__startswith="bodies:"))
    return reduce(or_, mine) if mine else None


def sessions(person: Any, day: dt.date) -> Iterator[Ask]:
    """The sessions of the next weeks that a delegation attends, or a presidency presides over."""
    standing = policy.standing_of(person)
    chaired = {right.scope for right in standing.rights if right.role is Role.PRESIDENCY}
    delegation = bool(access.delegations(standing))
    if not (chaired or delegation):
        return
    rows = ahead(day, day + AHEAD)
    if not delegation and "" not in chaired:
        rows = rows.filter(body__in=chaired)
    for one in rows:
        url = navigation.address(f"meetings:{one.ref}") or ""
        place = str(one.place) or (_("online") if one.format == "online" else "")
        yield Ask(
            _("Session"), one.title, url, one.starts, one.opening, place,
            (Action(_("Open"), url),), f"meetings:{one.ref}", open=True,
        )  # fmt: skip


def ahead(first: dt.date, last: dt.date) -> QuerySet[Meeting]:
    """The sessions of bodies whose first day is known and lies between two days, both included."""
    rows = Meeting.objects.filter(kind="session", starts__range=(first, last), starts_as="day", called_off="")
    return rows.exclude(body=None).select_related("body").order_by("starts", "opens", "ref")


PROVIDERS = (silences, positions, capitals, follow_up, sessions)
