"""The Chair's view: where the texts stand, who has not spoken, what runs, what is owed of its term."""

import datetime as dt
from typing import Any

from chancery.bodies.models import ChairTerm
from chancery.decisions.models import Undertaking
from chancery.decisions.queries import reading
from chancery.decisions.rules.followup import CLOSED
from chancery.people import policy
from chancery.people.rules import Role


def bodies(person: Any, day: dt.date) -> list[str] | None:
    """The bodies over which a person presides; None where that is the whole organisation."""
    held = {right.scope for right in policy.standing_of(person, day).rights if right.role is Role.PRESIDENCY}
    return None if "" in held else sorted(held)


def owed(person: Any, day: dt.date, presided: list[str] | None) -> list[Undertaking]:
    """What is still owed from decisions of the term: two queries."""
    chairs = ChairTerm.objects.on(day)
    chairs = chairs.filter(body=None) if presided is None else chairs.filter(body__in=presided)
    began = [one for one in chairs.values_list("since", flat=True) if one]
    rows = Undertaking.objects.filter(reading.readable(person, prefix="decision__")).exclude(status__in=CLOSED)
    if began:
        rows = rows.filter(decision__taken__gte=min(began))
    if presided is not None:
        rows = rows.filter(decision__body__in=presided)
    return list(rows.select_related("decision").order_by("due", "ref")[:40])
