"""Who was told what, when and how; and how each person wishes to be told."""

from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from chancery.core.refs import short
from chancery.core.text import LocalizedText
from chancery.duties.models import Letter
from chancery.people import letters
from chancery.people.models import Account

from .rules import FeedKind, Mail


def _ref() -> str:
    return short(16)


def _keep_sent(collector: Any, field: Any, notices: Any, using: str) -> None:
    """The outbox forgets a letter; when it was sent stays in the record of service."""
    instant = Letter.objects.filter(pk=OuterRef("letter")).values("sent")
    Notice.objects.filter(pk__in=[one.pk for one in notices]).update(sent=Subquery(instant))
    models.SET_NULL(collector, field, notices, using)


class Notice(models.Model):
    """That somebody was told of something: on the desk from `at` on, and by a letter where one was posted.

    `subject` (`silences:ref`) and `event` (`silence-opened`) say of what; `parties` for whom the person was told
    (`xa xb`), empty for the Secretariat and the chair. What is not `open` is told to whoever still acts for them.
    `words` is the line on the desk: title by language, the name of its address, and the hint that a letter may carry.

    `mail` is how a letter went, `posted` when it was queued (also in the letter of the day), `sent` the instant at
    which it was handed over, kept when the outbox forgets the letter itself. Together the notices of a subject are its
    record of service: of what has an effect in law it is kept for ever, of the rest as long as the charter says."""

    ref = models.CharField(max_length=20, unique=True, default=_ref, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="notices")
    parties = models.CharField(max_length=400, blank=True, default="")
    subject = models.CharField(max_length=140, db_index=True)
    event = models.CharField(max_length=40)
    open = models.BooleanField(default=False)
    words = models.JSONField(default=dict)
    at = models.DateTimeField()
    mail = models.CharField(max_length=6, choices=[(one.value, one.value) for one in Mail])
    letter = models.ForeignKey(Letter, _keep_sent, null=True, blank=True, related_name="notices")
    posted = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(null=True, blank=True)
    seen = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["event", "at"], name="notices_by_age"),
            models.Index(fields=["account", "-at"], name="notices_of_an_account"),
            models.Index(fields=["account"], condition=Q(seen__isnull=True), name="notices_unseen"),
            models.Index(
                fields=["account"], condition=Q(mail=Mail.DAILY.value, posted__isnull=True), name="notices_daily"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.event} {self.subject}"

    @property
    def title(self) -> str:
        """The line on the desk, in the language of the page."""
        return str(LocalizedText.of(self.words.get("title")))

    @property
    def line(self) -> str:
        """What a letter says of it: the line where the matter is public, else the hint alone."""
        return self.title if self.open else self.words.get("hint", "")

    @property
    def url(self) -> str:
        """Where it leads, in the language of the page."""
        return reverse(self.words["view"], args=self.words["args"])

    def address(self, language: str) -> str:
        """The whole address to which it leads, for what is read elsewhere."""
        return letters.link(self.words["view"], language, *self.words["args"])


class Preference(models.Model):
    """How an account wishes to hear of events of one kind, where it differs from the default."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="preferences")
    event = models.CharField(max_length=40)
    mail = models.CharField(max_length=6, choices=[(one.value, one.value) for one in Mail])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "event"], name="notices_preference_once")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.event} {self.mail}"


class Feed(models.Model):
    """A personal address at which a calendar or news reader fetches what its owner may see. Only the hash of the
    secret in it is kept; revoking it closes the address."""

    ref = models.CharField(max_length=20, unique=True, default=_ref, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="feeds")
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in FeedKind])
    digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=8)
    made = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.account_id}: {self.kind}"
