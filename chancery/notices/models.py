"""Who was told what, when and how; and how each person wishes to be told."""

from django.db import models
from django.db.models import Q

from chancery.core.models import RefField
from chancery.core.refs import short
from chancery.duties.models import Letter
from chancery.people.models import Account

from .rules import FeedKind, Mail


def _ref() -> str:
    return short(16)


class Notice(models.Model):
    """That somebody was told of something: on the desk from `at` on, and by a letter where one was posted.

    `subject` (`silences:ref`) and `event` (`silence-opened`) say of what; `party` for whom the person was told, empty
    for the Secretariat and the chair. `words` holds title and address of the line on the desk. Together the notices of
    a subject are its record of service."""

    ref = models.CharField(max_length=20, unique=True, default=_ref, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="notices")
    party = RefField()
    subject = models.CharField(max_length=140, db_index=True)
    event = models.CharField(max_length=40)
    words = models.JSONField(default=dict)
    at = models.DateTimeField()
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, blank=True, related_name="notices")
    seen = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "-at"], name="notices_of_an_account"),
            models.Index(fields=["account"], condition=Q(seen__isnull=True), name="notices_unseen"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.event} {self.subject}"


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
