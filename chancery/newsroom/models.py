"""News, pictures and the Digest."""

from django.db import models

from chancery.core.dates import Day
from chancery.core.models import Fact, LocalizedField, PrecisionField, day_of

from .rules import Correction, Layout, NewsKind, corrections


class News(Fact):
    """An item of news. It is public from the day of `published` on, and only then; a draft has none.

    `release` is when a scheduled item is due: the clock publishes it by an act."""

    kind = models.CharField(max_length=8, choices=[(one.value, one.value) for one in NewsKind])
    dated = models.DateField(db_index=True)
    dated_as = PrecisionField()
    place = LocalizedField()
    published = models.DateField(null=True, blank=True, db_index=True)
    release = models.DateTimeField(null=True, blank=True, db_index=True)
    meetings = models.CharField(max_length=600, blank=True, default="")
    dimension = models.CharField(max_length=4, blank=True, default="")
    spotlight = models.BooleanField(default=False)
    position = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "news"

    @property
    def day(self) -> Day | None:
        """The day of what is reported, as well as it is known."""
        return day_of(self, "dated")

    @property
    def remark(self) -> str:
        """The note without the corrections in it."""
        return corrections(self.note)[0]

    @property
    def corrections(self) -> list[Correction]:
        return corrections(self.note)[1]


class NewsText(Fact):
    """The words of an item in one language; its reference is `<news>.<language>`."""

    news = models.ForeignKey(News, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=300)
    lede = models.CharField(max_length=600, blank=True, default="")
    body = models.TextField(blank=True, default="")
    status = models.CharField(max_length=10, choices=[("confirmed", "confirmed"), ("working", "working")])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["news", "language"], name="newsroom_text_once")]


class Picture(Fact):
    """A picture of an item. `file` is its name among the files of the record."""

    news = models.ForeignKey(News, models.CASCADE, related_name="pictures")
    file = models.CharField(max_length=200)
    alt = LocalizedField()
    caption = LocalizedField()
    credit = models.CharField(max_length=200, blank=True, default="")
    layout = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Layout])
    position = models.PositiveIntegerField(null=True, blank=True)


class Edition(Fact):
    """A published edition of the Digest with all its words (docs/record-format.md). A correction is a further
    edition of the same quarter.

    No act changes an edition, and an erratum refuses to. There is no trigger: a load may replace one after
    somebody reviewed the difference, and a change behind the record's back is found by verification."""

    quarter = models.CharField(max_length=7)
    edition = models.PositiveIntegerField()
    published = models.DateField()
    content = models.JSONField()
    digest = models.CharField(max_length=16, editable=False, default="")  # of the content, under which it is printed

    class Meta:
        constraints = [models.UniqueConstraint(fields=["quarter", "edition"], name="newsroom_edition_once")]


class IssueDraft(models.Model):
    """An issue of the Digest while it is being composed: the content so far, in the form of an edition.

    `proofs` are the languages in which a PDF of this version was asked for."""

    quarter = models.CharField(max_length=7, unique=True)
    content = models.JSONField()
    proofs = models.CharField(max_length=80, blank=True, default="")
    changed = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)  # against two editors at once

    def __str__(self) -> str:
        return self.quarter
