"""What every fact has in common: a reference, a source, and often a period."""

import datetime as dt
from typing import Any, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from .dates import Day, Period, Precision
from .refusals import Refusal, sentence
from .text import LocalizedText

# Databases differ in where they put what has no value; here what began before memory stands first everywhere.
BY_TIME = F("since").asc(nulls_first=True)
LATEST_FIRST = F("since").desc(nulls_last=True)
BY_POSITION = F("position").asc(nulls_first=True)


class LocalizedField(models.JSONField):
    """A `LocalizedText` kept as JSON, language by language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", LocalizedText)
        kwargs.setdefault("blank", True)
        kwargs["encoder"] = _Kept
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["encoder"]
        return name, path, args, kwargs

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> LocalizedText:
        return LocalizedText.of(super().from_db_value(value, expression, connection))

    def to_python(self, value: Any) -> LocalizedText:
        return LocalizedText.of(value)


class _Kept(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        return o.kept() if isinstance(o, LocalizedText) else super().default(o)


class RefField(models.CharField):
    """The reference of something in a higher area, which the page resolves; not a foreign key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 120)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)


class PrecisionField(models.CharField):
    """How well the day of the same name (without `_as`) is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 8)
        kwargs.setdefault("default", Precision.DAY.value)
        kwargs.setdefault("choices", [(one.value, one.value) for one in Precision])
        super().__init__(*args, **kwargs)


def day_of(fact: models.Model, name: str) -> Day | None:
    """The imprecise day kept in the columns `<name>` and `<name>_as`."""
    date = getattr(fact, name)
    return Day(date, Precision(getattr(fact, f"{name}_as"))) if date else None


class TooLong(Refusal):
    """The record keeps a text of a certain length; not every database sees to it."""

    sentence = sentence("“{text}…” has {found} characters; the record keeps {limit}. Write it shorter.")


class Fact(models.Model):
    """A row of the record: known by a reference, told by one source or more (references of `Source`)."""

    ref = models.CharField(max_length=120, primary_key=True)
    source = models.CharField(max_length=400, blank=True, default="")
    note = models.TextField(blank=True, default="")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.ref

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises `TooLong`."""
        for field in self._meta.concrete_fields:
            text = self.__dict__.get(field.attname) if isinstance(field, models.CharField) else None
            if text and field.max_length and len(text) > field.max_length:
                raise TooLong(field=field.name, text=text[:40], found=len(text), limit=field.max_length)
        super().save(*args, **kwargs)

    @property
    def sources(self) -> list[str]:
        return self.source.split()


class DatedQuerySet(models.QuerySet):
    """Rows that hold in a period."""

    def on(self, day: dt.date) -> Self:
        """Those that held at the end of a day."""
        return self.filter(held_on(day))


def held_on(day: dt.date, prefix: str = "") -> Q:
    """The condition that a period (of the relation `prefix`, such as `memberships__`) holds on a day."""
    began = Q(**{f"{prefix}since__isnull": True}) | Q(**{f"{prefix}since__lte": day})
    lasts = Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": day})
    return began & lasts


class Dated(Fact):
    """A fact that held in a period; half-open, with the precision of each bound."""

    since = models.DateField(null=True, blank=True)
    since_as = PrecisionField()
    until = models.DateField(null=True, blank=True)
    until_as = PrecisionField()

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="%(app_label)s_%(class)s_period",
            )
        ]

    @property
    def began(self) -> Day | None:
        return day_of(self, "since")

    @property
    def ended(self) -> Day | None:
        return day_of(self, "until")

    @property
    def period(self) -> Period:
        return Period(self.began, self.ended)


class Quality(models.TextChoices):
    """How good a source is."""

    ORGANISATION = "organisation"
    GOVERNMENT = "government"
    PRESS = "press"
    SCHOLARLY = "scholarly"
    GENERAL_KNOWLEDGE = "general-knowledge"
    INVENTED = "invented"


class Source(models.Model):
    """Where a fact was learnt."""

    ref = models.CharField(max_length=120, primary_key=True)
    title = models.CharField(max_length=400)
    address = models.CharField(max_length=600, blank=True, default="")
    quality = models.CharField(max_length=20, choices=Quality.choices)
    note = models.TextField(blank=True, default="")

    def __str__(self) -> str:
        return self.title
