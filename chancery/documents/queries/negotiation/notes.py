"""Private notes: what a delegation keeps for itself."""

from typing import Any

from django.db.models import Q, QuerySet

from chancery.people import policy
from chancery.people.models import Account

from ...models import PrivateNote
from .. import access


def private_notes(person: Any, about: str, *, party: str) -> QuerySet[PrivateNote]:
    """The notes and drafts of a delegation about a text and its paragraphs, for somebody who holds a role for it. For
    anybody else there are none, nor for an officer who speaks on its behalf."""
    if not isinstance(person, Account) or party not in access.delegations(policy.standing_of(person)):
        return PrivateNote.objects.none()
    return PrivateNote.objects.filter(Q(subject=about) | Q(subject__startswith=f"{about}#"), party=party)
