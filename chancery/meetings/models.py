"""Meetings: the one entity for everything that takes place, from a Summit to a football cup."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models

from chancery.bodies.models import Body
from chancery.catalogue.models import PriorityArea
from chancery.core.dates import Day
from chancery.core.models import Fact, LocalizedField, PrecisionField, day_of
from chancery.parties.models import Party

from .rules import CalledOff, Format, MeetingKind, ParticipationRole, Qualifier, Status, at, is_exact, status


def _choices(words: type) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in words]


class Meeting(Fact):
    """Something that takes place. A body's session has body and ordinal.

    `starts` and `ends` (the last day, included) may be imprecise; `until` is the day after the last possible
    day and `words` the text that the word filter looks into, both kept by `prepare`."""

    kind = models.CharField(max_length=14, choices=_choices(MeetingKind))
    title = LocalizedField()
    starts = models.DateField(db_index=True)
    starts_as = PrecisionField()
    ends = models.DateField(null=True, blank=True)
    ends_as = PrecisionField()
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    zone = models.CharField(max_length=64, blank=True, default="")
    format = models.CharField(max_length=10, choices=_choices(Format), blank=True, default="")
    place = LocalizedField()
    country = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="meetings_in")
    hosts = models.CharField(max_length=400, blank=True, default="")
    organisers = LocalizedField()
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="sessions")
    ordinal = models.PositiveIntegerField(null=True, blank=True)
    presiding = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="presided")
    dimension = models.CharField(max_length=4, blank=True, default="", db_index=True)
    area = models.ForeignKey(PriorityArea, models.PROTECT, null=True, blank=True, related_name="meetings")
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    summary = LocalizedField()
    outcome = LocalizedField()
    next = LocalizedField()
    called_off = models.CharField(max_length=10, choices=_choices(CalledOff), blank=True, default="")
    until = models.DateField(editable=False)
    words = models.TextField(editable=False, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "ordinal"],
                condition=models.Q(kind="session", ordinal__isnull=False),
                name="meetings_session_number",
            )
        ]
        indexes = [models.Index(fields=["until", "starts", "ref"], name="meetings_in_order")]

    @property
    def began(self) -> Day:
        """The first day."""
        return day_of(self, "starts")  # type: ignore[return-value]

    @property
    def ended(self) -> Day | None:
        """The last day, where it is another one."""
        return day_of(self, "ends")

    def status_on(self, day: dt.date) -> Status:
        """Where it stands at the end of a day."""
        return status(self.began, self.ended, self.called_off, day)

    @property
    def is_exact(self) -> bool:
        """Whether its days are known, not only the month, quarter or year."""
        return is_exact(self.began) and (self.ended is None or is_exact(self.ended))

    @property
    def clock(self) -> ZoneInfo:
        """The zone of its times: its own, or the seat's."""
        return ZoneInfo(self.zone) if self.zone else settings.CHARTER.zone

    @property
    def opening(self) -> dt.datetime | None:
        """The instant at which it opens, where day and time are known."""
        return at(self.starts, self.opens, self.clock) if self.opens and self.is_exact else None

    @property
    def closing(self) -> dt.datetime | None:
        """The instant at which it closes, where day and time are known."""
        return at(self.ends or self.starts, self.closes, self.clock) if self.closes and self.is_exact else None


class Participation(Fact):
    """That a party took part, and in which role."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="participations")
    party = models.ForeignKey(Party, models.PROTECT, related_name="participations")
    role = models.CharField(max_length=12, choices=_choices(ParticipationRole))
    position = models.PositiveIntegerField(null=True, blank=True)


class Figure(Fact):
    """A stated number about a meeting, with its qualifier."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="figures")
    value = models.CharField(max_length=40)
    qualifier = models.CharField(max_length=8, choices=_choices(Qualifier), blank=True, default="")
    label = LocalizedField()
    position = models.PositiveIntegerField(null=True, blank=True)


class Attachment(Fact):
    """A file that belongs to a meeting; `file` is its name among the files of the record."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attachments")
    file = models.CharField(max_length=200)
    title = LocalizedField()
    language = models.CharField(max_length=8, blank=True, default="")
    position = models.PositiveIntegerField(null=True, blank=True)

    @property
    def ending(self) -> str:
        """What kind of file it is, by the end of its name."""
        return self.file.rpartition(".")[2]


class AgendaItem(Fact):
    """An item of a meeting's agenda: its number as it is written (`3 (a)`) and what it is about."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    number = models.CharField(max_length=12)
    title = LocalizedField()
    position = models.PositiveIntegerField(null=True, blank=True)
