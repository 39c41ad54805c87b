"""The record of service of a silence: who was told of it, when and how."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q, QuerySet

from chancery.documents.queries import access
from chancery.documents.rules.visibility import chairs
from chancery.meetings.queries import naming_one
from chancery.notices import kinds
from chancery.notices.models import Notice
from chancery.notices.queries import became
from chancery.people import policy
from chancery.people.rules import Standing, reader

from ... import words
from ...models import Silence


def service(person: Any, silence: Silence) -> QuerySet[Notice]:
    """The record of service as far as somebody sees it: all of it in the Secretariat and for the Chair, a delegation
    its own."""
    standing = policy.standing_of(person)
    found = Notice.objects.filter(subject=f"silences:{silence.ref}").select_related("account", "letter")
    if not sees_service(standing, silence.body_id):
        own = [naming_one("parties", party) for party in access.delegations(standing)]
        found = found.filter(any_of(own))
    return found.order_by("-at", "parties", "account__name", "pk")


def sees_service(standing: Standing, body: str) -> bool:
    """Whether somebody sees everybody who was told."""
    return reader(standing, None) or chairs(standing, body)


@dataclass(frozen=True, slots=True)
class Served:
    """That one person was told: of what, for which parties, and what became of the letter."""

    notice: Notice

    @property
    def event(self) -> Any:
        return kinds.kind(self.notice.event).name

    @property
    def parties(self) -> list[str]:
        return self.notice.parties.split()

    @property
    def sent(self) -> dt.datetime | None:
        """When the letter was handed over to the mail server."""
        letter = self.notice.letter
        return self.notice.sent or (letter.sent if letter else None)

    @property
    def word(self) -> Any:
        """What has become of the letter."""
        return words.SERVICE[became(self.notice)]


def served(notices: Iterable[Notice]) -> list[Served]:
    return [Served(one) for one in notices]


def any_of(conditions: Iterable[Q]) -> Q:
    """Rows to which one of the conditions applies; none where there is no condition."""
    return reduce(or_, conditions, Q(pk__in=[]))


def tellings(notices: QuerySet[Notice]) -> list[dict[str, Any]]:
    """Notices counted by what and when: one query."""
    sent = Q(sent__isnull=False) | Q(letter__sent__isnull=False)
    rows = notices.order_by().values("event", "at").annotate(
        people=Count("pk"), letters=Count("pk", filter=Q(posted__isnull=False)), sent=Count("pk", filter=sent)
    )  # fmt: skip
    return [{**row, "name": kinds.kind(row["event"]).name} for row in rows.order_by("-at")]
