"""The outbox: letters are queued by the act they tell of, in its transaction, and sent by the clock after it.

So a letter is never sent for an act that was rolled back, and never forgotten for one that was not."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.validators import validate_email
from django.db import connection, transaction

from chancery.core.asof import now
from chancery.journal.acts import recording, seal

from . import queries
from .models import Letter
from .rules import CONFIRM_FROM, AlreadySent, Classification, CountNotSeen, Letters, NothingToRetry


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter before it is posted: one address, and the words in one language."""

    to: str
    subject: str
    body: str
    language: str
    classification: Classification = Classification.OPEN


@dataclass(frozen=True, slots=True)
class Preview:
    """What posting many letters would do: how many there are, and what the first one says."""

    count: int
    first: Draft | None


def post(
    *,
    to: str,
    subject: str,
    body: str,
    language: str,
    classification: Classification = Classification.OPEN,
    batch: str = "",
) -> Letter:
    """Queues one letter in the transaction of the act that it tells of. Raises `ValidationError` for an
    address that is none, `RuntimeError` outside a transaction."""
    return _queue([Draft(to, subject, body, language, classification)], batch)[0]


def preview(drafts: Iterable[Draft]) -> Preview:
    """How many letters there are to several, and the first of them."""
    drafts = list(drafts)
    return Preview(len(drafts), drafts[0] if drafts else None)


def post_all(drafts: Iterable[Draft], *, batch: str, seen: int | None = None) -> list[Letter]:
    """Queues many letters under one name. From `CONFIRM_FROM` on, `seen` must be the number that whoever
    posts them was shown by `preview`. Raises `CountNotSeen`."""
    drafts = list(drafts)
    if len(drafts) >= CONFIRM_FROM and seen != len(drafts):
        raise CountNotSeen(count=len(drafts))
    return _queue(drafts, batch)


def _queue(drafts: list[Draft], batch: str) -> list[Letter]:
    if not connection.in_atomic_block:
        raise RuntimeError("a letter is queued inside the transaction of the act it tells of")
    at = now()
    for draft in drafts:
        validate_email(draft.to)
    return Letter.objects.bulk_create(
        [
            Letter(
                to=draft.to, subject=" ".join(draft.subject.split())[:200], body=draft.body,
                language=draft.language, classification=draft.classification.value,
                batch=batch, queued=at, asked=at, due=at,
            )
            for draft in drafts
        ]
    )  # fmt: skip


def retry(letter: Letter) -> None:
    """Asks the post to try once more, from now on with new patience. Raises `NothingToRetry`."""
    at = now()
    if not Letter.objects.filter(pk=letter.pk, sent=None, cancelled=None).update(asked=at, due=at):
        raise NothingToRetry


def cancel(letter: Letter) -> None:
    """Takes a letter back before it is sent. Raises `AlreadySent`, also while it is being sent."""
    at = now()
    with transaction.atomic():
        held = Letter.objects.select_for_update().get(pk=letter.pk)
        being_sent = held.due and held.due > at and held.attempts.filter(ended=None).exists()
        if held.state is Letters.SENT or being_sent:
            raise AlreadySent
        if held.state is not Letters.CANCELLED:
            Letter.objects.filter(pk=held.pk).update(due=None, cancelled=at)


def keep_until() -> dt.datetime:
    """The instant before which letters that are over are forgotten."""
    return now() - dt.timedelta(days=settings.CHARTER.retention["outbox"])


def forget() -> int:
    """Erases letters that the charter's time of retention has passed, and seals how many."""
    with recording():
        gone = queries.forgettable(keep_until())
        count = gone.count()
        if count:
            gone.delete()
            seal("duties.forget-letters", by="clock", said={"letters": count}, public=False)
    return count
