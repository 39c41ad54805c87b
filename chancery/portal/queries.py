"""What the home page and the desk read: of each thing the few rows and columns that they show."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, Q, QuerySet, Value, When

from chancery.catalogue.models import Coordination, PriorityArea
from chancery.catalogue.rules import CoordinationRole
from chancery.core.dates import Day, Precision
from chancery.core.models import Quality, Source
from chancery.core.text import LocalizedText
from chancery.decisions.models import Decision
from chancery.decisions.queries.reading import readable
from chancery.meetings.models import Meeting
from chancery.meetings.queries import coming_on, over_on
from chancery.newsroom.models import Edition

_VAGUE = (Precision.MONTH, Precision.QUARTER, Precision.YEAR)
_ADDRESSES = 2_000  # of each kind in the site map


def _held(day: dt.date) -> QuerySet[Meeting]:
    """What had taken place at the end of a day."""
    return Meeting.objects.filter(over_on(day), called_off="")


def coming(day: dt.date, *, limit: int = 4) -> list[Meeting]:
    """The next meetings after a day, the surest first: one planned for some time in a year stands behind those
    of which the day is known."""
    ahead = Q(starts__gt=day) | Q(starts_as__in=_VAGUE)
    rows = Meeting.objects.filter(ahead, coming_on(day), called_off="")
    shown = ("title", "starts", "starts_as", "ends", "ends_as", "until", "place", "format", "summary")
    return list(rows.order_by("until", "starts", "ref").only(*shown)[:limit])


def between(first: dt.date, last: dt.date, *, limit: int = 60) -> list[Meeting]:
    """The meetings whose first day, exactly known, lies between two days, both included."""
    rows = Meeting.objects.filter(starts__range=(first, last), called_off="").exclude(starts_as__in=_VAGUE)
    return list(rows.order_by("starts", "opens", "ref").only("title", "starts", "starts_as", "place")[:limit])


def latest_decisions(day: dt.date, *, limit: int = 4) -> list[Decision]:
    """The last public decisions up to a day, with the body that took them."""
    rows = Decision.objects.filter(readable(None), taken__lte=day).select_related("body")
    shown = ("title", "summary", "taken", "taken_as", "body__short", "body__name")
    return list(rows.order_by("-taken", "ref").only(*shown)[:limit])


@dataclass(frozen=True, slots=True)
class Issue:
    """An edition of the Digest as its cover shows it."""

    ref: str
    quarter: str
    title: LocalizedText


def latest_issue(day: dt.date) -> Issue | None:
    """The latest quarter of which the Digest had appeared by a day, in its last edition. Only the title is taken
    out of the content, which is long."""
    rows = Edition.objects.filter(published__lte=day).order_by("-quarter", "-edition")
    found = rows.values_list("ref", "quarter", "content__title").first()
    return Issue(found[0], found[1], LocalizedText.of(found[2])) if found else None


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that took place, as the strip shows it."""

    ref: str
    kind: str
    title: LocalizedText
    starts: Day
    place: LocalizedText
    dimension: str


def activities(first: dt.date, day: dt.date, *, limit: int) -> list[Activity]:
    """What began on or after `first` and was over at the end of `day`, the earliest first; of more than `limit`
    the latest."""
    rows = _held(day).filter(starts__gte=first).order_by("-starts", "-ref")
    columns = rows.values_list("ref", "kind", "title", "starts", "starts_as", "place", "dimension")[:limit]
    return [
        Activity(ref, kind, title, Day(starts, Precision(starts_as)), place, dimension)
        for ref, kind, title, starts, starts_as, place, dimension in reversed(columns)
    ]


@dataclass(slots=True)
class Programme:
    """What the dimensions hold on a day, by code: how many areas, and who coordinates."""

    areas: dict[str, int] = field(default_factory=dict)
    coordinators: dict[str, list[str]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.areas.values())


def programme(day: dt.date) -> Programme:
    """The dimensions of the charter on a day: two queries."""
    codes = [one.code for one in settings.CHARTER.dimensions]
    areas = PriorityArea.objects.on(day).filter(dimension__in=codes).order_by()
    return Programme(dict(areas.values_list("dimension").annotate(Count("ref"))), _coordinators(day))


def _coordinators(day: dt.date) -> dict[str, list[str]]:
    rows = Coordination.objects.on(day).filter(role=CoordinationRole.COORDINATOR)
    found: dict[str, list[str]] = defaultdict(list)
    for dimension, party in rows.order_by("party").values_list("area__dimension", "party").distinct():
        found[dimension].append(party)
    return dict(found)


def sources() -> list[tuple[str, list[Source]]]:
    """The sources by how good they are, the best first."""
    order = Case(*(When(quality=one, then=Value(place)) for place, one in enumerate(Quality.values)))
    groups: dict[str, list[Source]] = defaultdict(list)
    for source in Source.objects.order_by(order, "title", "ref"):
        groups[source.quality].append(source)
    return list(groups.items())


def subjects() -> Iterator[str]:
    """The public things that have a page (`meetings:mc-7`), the latest of each kind, for the site map."""
    from chancery.bodies.models import Body
    from chancery.newsroom.models import News
    from chancery.parties.models import Party, Person

    kinds: list[tuple[str, QuerySet[Any]]] = [
        ("parties", Party.objects.order_by("ref")),
        ("bodies", Body.objects.order_by("ref")),
        ("persons", Person.objects.order_by("ref")),
        ("priority_areas", PriorityArea.objects.order_by("ref")),
        ("digests", Edition.objects.order_by("-published", "ref")),
        ("decisions", Decision.objects.filter(readable(None)).order_by("-taken", "ref")),
        ("news", News.objects.exclude(published=None).order_by("-published", "ref")),
        ("meetings", Meeting.objects.order_by("-starts", "ref")),
    ]
    for table, rows in kinds:
        for ref in rows.values_list("ref", flat=True)[:_ADDRESSES]:
            yield f"{table}:{ref}"
