"""Bodies and the chair."""

from django.db import models

from chancery.core.models import Dated, LocalizedField, RefField
from chancery.parties.models import Party

from .rules import BodyKind, Presided


class Body(Dated):
    """An organ of the organisation. Its sessions are meetings; the decision that created it is a reference.

    `decision_rule` and `quorum` are keys of rules in the charter."""

    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in BodyKind])
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    position = models.PositiveIntegerField(null=True, blank=True)
    name = LocalizedField()
    short = LocalizedField()
    mandate = LocalizedField()
    composition = LocalizedField()
    meets = LocalizedField()
    decision_rule = models.CharField(max_length=40, blank=True, default="")
    quorum = models.CharField(max_length=40, blank=True, default="")
    presided = models.CharField(
        max_length=6, choices=[(one.value, one.value) for one in Presided], default=Presided.CHAIR.value
    )
    established = RefField()

    class Meta(Dated.Meta):
        verbose_name_plural = "bodies"


class ChairTerm(Dated):
    """A state's term in the chair of the organisation, or of a body with a chair of its own.

    It is bound to events: `opened` and `closed` name the sessions of hand-over, `expected_end` the event in words."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="chair_terms")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="chair_terms")
    opened = RefField()
    closed = RefField()
    expected_end = LocalizedField()
    theme = LocalizedField()
    priorities = LocalizedField()
