"""The outbox: letters, and each try to hand one to the mail server."""

from django.db import models
from django.db.models import Q

from chancery.core.refs import short

from .rules import Classification, Letters


def _ref() -> str:
    return short(16)


class Letter(models.Model):
    """A letter to one address, queued by the act that it tells of.

    `due` is the instant of the next try, moved ahead while a clock is sending it and empty once there is
    none; `asked` is when the post was last asked to send it. `batch` names letters that were posted
    together."""

    ref = models.CharField(max_length=20, unique=True, default=_ref, editable=False)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    language = models.CharField(max_length=8)
    classification = models.CharField(
        max_length=10,
        choices=[(one.value, one.value) for one in Classification],
        default=Classification.OPEN.value,
    )
    batch = models.CharField(max_length=80, blank=True, default="")
    queued = models.DateTimeField()
    asked = models.DateTimeField()
    due = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(null=True, blank=True)
    cancelled = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["due"], condition=Q(due__isnull=False), name="duties_letters_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent__isnull=True) | Q(cancelled__isnull=True),
                name="duties_letter_sent_or_cancelled",
            ),
            models.CheckConstraint(
                condition=Q(due__isnull=True) | (Q(sent__isnull=True) & Q(cancelled__isnull=True)),
                name="duties_letter_due_while_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"

    @property
    def state(self) -> Letters:
        if self.sent:
            return Letters.SENT
        if self.cancelled:
            return Letters.CANCELLED
        return Letters.WAITING if self.due else Letters.GIVEN_UP

    @property
    def readable(self) -> bool:
        """Whether an officer may read it in the outbox."""
        return self.classification != Classification.PERSONAL


class Attempt(models.Model):
    """One try. `ended` is empty while it lasts, and stays so when the process died; `answer` is what went
    wrong."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="attempts")
    began = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(default=False)
    answer = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        ordering = ["began", "id"]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.began:%Y-%m-%d %H:%M}"
