"""Reading the outbox."""

import datetime as dt

from django.db.models import Q, QuerySet

from .models import Letter
from .rules import Letters

_IS = {
    Letters.WAITING: Q(due__isnull=False),
    Letters.SENT: Q(sent__isnull=False),
    Letters.GIVEN_UP: Q(due__isnull=True, sent__isnull=True, cancelled__isnull=True),
    Letters.CANCELLED: Q(cancelled__isnull=False),
}


def due(now: dt.datetime) -> QuerySet:
    """The references of letters to be tried, longest waiting first."""
    return Letter.objects.filter(due__lte=now).order_by("due", "id").values_list("ref", flat=True)


def coming() -> dt.datetime | None:
    """When the next letter is to be tried."""
    return Letter.objects.filter(due__isnull=False).order_by("due").values_list("due", flat=True).first()


def letters(state: Letters | None = None) -> QuerySet[Letter]:
    """Letters in a state (or all), latest first, with their tries."""
    found = Letter.objects.filter(_IS[state]) if state else Letter.objects.all()
    return found.prefetch_related("attempts").order_by("-queued", "-id")


def counts() -> dict[Letters, int]:
    """How many letters are in each state."""
    return {state: Letter.objects.filter(condition).count() for state, condition in _IS.items()}


def letter(ref: str) -> Letter:
    """One letter. Raises `Letter.DoesNotExist`."""
    return Letter.objects.prefetch_related("attempts").get(ref=ref)


def forgettable(before: dt.datetime) -> QuerySet[Letter]:
    """Letters that are over and were queued before an instant: personal data kept long enough."""
    return Letter.objects.filter(due__isnull=True, queued__lt=before)
