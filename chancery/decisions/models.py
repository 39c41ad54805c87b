"""Decisions as facts: what a body decided, when and how. Drafting and deciding stand on the same table later."""

from django.db import models

from chancery.bodies.models import Body
from chancery.core.dates import Day
from chancery.core.models import Fact, LocalizedField, PrecisionField, day_of
from chancery.meetings.models import Meeting

from .rules import Manner, Verb


class Decision(Fact):
    """A decision of a body. `concerns` names what it is about (`parties:kw bodies:fund`).

    `number` only where the organisation itself gave one; `text_held` says whether the record holds the text.
    `words` is the text that the word filter looks into, kept by `prepare`."""

    number = models.CharField(max_length=80, blank=True, default="")
    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions")
    session = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="decisions")
    manner = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Manner])
    verb = models.CharField(max_length=22, choices=[(one.value, one.value) for one in Verb])
    taken = models.DateField(db_index=True)
    taken_as = PrecisionField()
    title = LocalizedField()
    summary = LocalizedField()
    concerns = models.CharField(max_length=600, blank=True, default="")
    text_held = models.BooleanField(default=False)
    words = models.TextField(editable=False, default="")

    @property
    def day(self) -> Day:
        """When it was taken."""
        return day_of(self, "taken")  # type: ignore[return-value]
