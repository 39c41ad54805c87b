"""Fourteen days on one sheet, for a small mission: what is due, what ends by silence, which meetings clash, and what
each body decided last."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from chancery.core.text import LocalizedText
from chancery.decisions.models import Decision, Reply, Silence
from chancery.decisions.queries import reading
from chancery.documents.queries import access
from chancery.meetings.models import Meeting
from chancery.people import policy

from . import asks
from .asked import running
from .asks import Ask

DAYS = 14


@dataclass(slots=True)
class Slot:
    """A meeting, and the others of these days that take place at the same time."""

    meeting: Meeting
    clashes: list[Meeting] = field(default_factory=list)


def clashing(meetings: Sequence[Meeting]) -> list[Slot]:
    """Meetings with those that overlap them. Where one of two has no known hours, the same day is an overlap."""
    slots = [Slot(one) for one in meetings]
    for index, one in enumerate(slots):
        for other in slots[index + 1 :]:
            if _overlap(one.meeting, other.meeting):
                one.clashes.append(other.meeting)
                other.clashes.append(one.meeting)
    return slots


def _overlap(one: Meeting, other: Meeting) -> bool:
    if one.part_of_id == other.pk or other.part_of_id == one.pk:
        return False
    hours = [one.opening, one.closing, other.opening, other.closing]
    if all(hours):
        return one.opening < other.closing and other.opening < one.closing  # type: ignore[operator]
    return one.starts <= (other.ends or other.starts) and other.starts <= (one.ends or one.starts)


@dataclass(frozen=True, slots=True)
class Ending:
    """A silence that ends in these days, and what one's own delegation said."""

    silence: Silence
    title: LocalizedText
    url: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The fourteen days from a day on."""

    first: dt.date
    last: dt.date
    due: list[Ask]
    undated: list[Ask]
    endings: list[Ending]
    slots: list[Slot]
    decided: list[Decision]

    @property
    def empty(self) -> bool:
        return not (self.due or self.undated or self.endings or self.slots)


def sheet(person: Any, day: dt.date) -> Sheet:
    """What the next fourteen days ask and bring: a fixed number of queries."""
    last = day + dt.timedelta(days=DAYS - 1)
    found = [one for one in asks.of(person, day) if not one.subject.startswith("meetings:")]
    meetings = _meetings(day, last)
    return Sheet(
        day, last,
        due=[one for one in found if one.due and one.due <= last], undated=[one for one in found if not one.due],
        endings=_endings(person, day, last), slots=clashing(meetings), decided=_decided(person, meetings),
    )  # fmt: skip


def _meetings(first: dt.date, last: dt.date) -> list[Meeting]:
    """The meetings of these days, of all bodies; also those that began before and are not over."""
    rows = Meeting.objects.filter(starts__lte=last, starts_as="day", called_off="")
    rows = rows.filter(Q(starts__gte=first) | Q(ends__gte=first))
    return list(rows.select_related("body").order_by("starts", "opens", "ref")[:80])


def _endings(person: Any, day: dt.date, last: dt.date) -> list[Ending]:
    silences = [one for one in running(person, day) if settings.CHARTER.today(one.expires) <= last]
    parties = access.delegations(policy.standing_of(person))
    said: dict[int, list[str]] = {}
    for silence, kind in Reply.objects.filter(silence__in=silences, party__in=parties).values_list("silence", "kind"):
        said.setdefault(silence, []).append(kind)
    return [
        Ending(one, one.version.document.title, reverse("silence", args=[one.ref]), tuple(said.get(one.pk, ())))
        for one in silences
    ]


def _decided(person: Any, meetings: Sequence[Meeting]) -> list[Decision]:
    """What each body that meets decided at the last session at which it decided anything."""
    bodies = {one.body_id for one in meetings if one.body_id}
    readable = reading.readable(person)
    last = Decision.objects.filter(readable, body=OuterRef("body")).order_by("-taken", "ref").values("taken")[:1]
    rows = Decision.objects.filter(readable, body__in=bodies, taken=Subquery(last))
    return list(rows.select_related("body").order_by("body__position", "body", "ref")[:40])

