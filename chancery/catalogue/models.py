"""The catalogue of confidence-building measures, its priority areas, and who coordinates them."""

from django.db import models

from chancery.core.models import Dated, LocalizedField, RefField
from chancery.parties.models import Party

from .rules import CoordinationRole


class CatalogueEdition(Dated):
    """An edition of the catalogue, adopted by a decision, in force in a period."""

    name = LocalizedField()
    decision = RefField()


class PriorityArea(Dated):
    """A field of measures within a dimension of the charter."""

    dimension = models.CharField(max_length=4)
    number = models.PositiveIntegerField(null=True, blank=True)
    name = LocalizedField()


class Coordination(Dated):
    """That a state coordinates an area. An area may have several co-coordinators, or none at all."""

    area = models.ForeignKey(PriorityArea, models.PROTECT, related_name="coordinations")
    party = models.ForeignKey(Party, models.PROTECT, related_name="coordinations")
    role = models.CharField(max_length=14, choices=[(one.value, one.value) for one in CoordinationRole])
