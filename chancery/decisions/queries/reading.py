"""Who reads which decisions. The public reads what is public; whoever may read more, more."""

from typing import Any

from django.db.models import Q

from chancery.core.asof import today
from chancery.documents.queries import access
from chancery.documents.rules.access import Audience, Classification
from chancery.documents.rules.register import WIDTH
from chancery.people import policy

from ..models import Decision


def classes(person: Any) -> list[str]:
    """The classifications that reach a person today."""
    if not getattr(person, "is_authenticated", False):
        return [Classification.PUBLIC.value]
    belongs = access.on(today())
    goes_to = {one.value: Audience(one, belongs.members, belongs.parties) for one in Classification}
    return [one for one, audience in goes_to.items() if policy.may(person, "documents.read", audience)]


def readable(person: Any, *, prefix: str = "") -> Q:
    """The condition that a person may read a decision (of the relation `prefix`, such as `decision__`): it goes as far
    as its own classification, and no farther than the text and the recommendation that it names."""
    open_to = classes(person)
    if len(open_to) == len(Classification):
        return Q()
    found = Q(**{f"{prefix}classification__in": open_to})
    for named in ("document", "recommendation"):
        none = Q(**{f"{prefix}{named}__isnull": True})
        found &= none | Q(**{f"{prefix}{named}__classification__in": open_to})
    return found


def reach(decision: Decision) -> Classification:
    """How far a decision goes: no farther than the text and the recommendation that it names."""
    named = [one for one in (decision, decision.document, decision.recommendation) if one]
    return min((Classification(one.classification) for one in named), key=WIDTH.index)


def audience(decision: Decision) -> Audience:
    """To whom a decision goes today: the subject of `documents.read`."""
    kind = reach(decision)
    if kind is Classification.PUBLIC:
        return Audience(kind)
    belongs = access.on(today())
    return Audience(kind, belongs.members, belongs.parties)
