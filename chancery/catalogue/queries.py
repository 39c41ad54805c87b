"""Dimensions, priority areas and their coordinators on a day."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from chancery.core.charter import Dimension
from chancery.core.models import BY_TIME, LATEST_FIRST

from .models import CatalogueEdition, Coordination, PriorityArea


@dataclass(frozen=True, slots=True)
class Field:
    """A dimension with its priority areas, each with its coordinations of the day in `coordinating`."""

    dimension: Dimension
    areas: list[PriorityArea]


def programme(day: dt.date) -> list[Field]:
    """The dimensions of the charter with their areas and coordinators on a day: two queries."""
    coordinating = Coordination.objects.on(day).order_by("-role", "party")  # the coordinator before the others
    areas = PriorityArea.objects.on(day).prefetch_related(
        Prefetch("coordinations", coordinating, to_attr="coordinating")
    )
    by_dimension: dict[str, list[PriorityArea]] = defaultdict(list)
    for area in areas.order_by("number", "ref"):
        by_dimension[area.dimension].append(area)
    return [Field(one, by_dimension[one.code]) for one in settings.CHARTER.dimensions]


def area_page(ref: str) -> PriorityArea | None:
    """An area with everybody who ever coordinated it."""
    ever = Coordination.objects.order_by(BY_TIME, "role", "party")
    return PriorityArea.objects.filter(ref=ref).prefetch_related(Prefetch("coordinations", ever)).first()


def edition_on(day: dt.date) -> CatalogueEdition | None:
    """The edition of the catalogue in force on a day."""
    return CatalogueEdition.objects.on(day).order_by(LATEST_FIRST).first()


def editions() -> QuerySet[CatalogueEdition]:
    return CatalogueEdition.objects.order_by(LATEST_FIRST)


def coordinated_by(party: str, day: dt.date) -> list[Coordination]:
    """What a state coordinates on a day."""
    return list(Coordination.objects.on(day).filter(party=party).select_related("area").order_by("area__number"))


def coordinations_by_party(day: dt.date) -> dict[str, list[tuple[str, int]]]:
    """For each state the dimensions in which it coordinates on a day, with the number of areas: one query."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for party, dimension in Coordination.objects.on(day).values_list("party", "area__dimension"):
        counts[party][dimension] += 1
    order = [one.code for one in settings.CHARTER.dimensions]
    return {
        party: sorted(counter.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else 99)
        for party, counter in counts.items()
    }
