"""Calls: when they fall due, and who has answered."""

import datetime as dt

from ...models import Call, Position
from ...rules.positions import CallKind


def due_calls(now: dt.datetime) -> list[str]:
    """The calls whose time is over and that are not closed."""
    return list(Call.objects.filter(closed=None, due__lte=now).order_by("due", "ref").values_list("ref", flat=True))


def next_due() -> dt.datetime | None:
    """The instant at which the next call falls due."""
    return Call.objects.filter(closed=None).order_by("due").values_list("due", flat=True).first()


def call_page(ref: str) -> Call:
    """A call with its text. Raises `Call.DoesNotExist`."""
    return Call.objects.select_related("version__document").get(ref=ref)


def answered(call: Call) -> int:
    """How many parties spoke on what a call asked about since it was opened."""
    spoken = Position.objects.filter(
        document=call.version.document_id, sounding=call.kind == CallKind.SOUNDING, at__gte=call.opened
    )
    asked = call.paragraphs.split()
    return (spoken.filter(block__in=asked) if asked else spoken).values("party").distinct().count()
