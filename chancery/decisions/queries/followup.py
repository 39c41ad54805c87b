"""What is owed from decisions, and by whom."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from chancery.bodies.models import Body
from chancery.core.models import BY_POSITION
from chancery.documents.rules import blocks
from chancery.parties.models import Party
from chancery.parties.queries import Naming

from .. import words
from ..models import Decision, Undertaking
from ..rules.followup import CLOSED, SECRETARIAT, is_late
from ..rules.register import FollowUp
from .reading import readable

OWED = ~Q(status__in=[one.value for one in CLOSED])
_SOONEST = (F("due").asc(nulls_last=True), "decision__taken", BY_POSITION, "ref")


@dataclass(frozen=True, slots=True)
class Owed:
    """An undertaking as a list shows it on a day."""

    undertaking: Undertaking
    who: Any
    paragraph: str
    late: bool

    @property
    def word(self) -> Any:
        return words.FOLLOW_UP[self.undertaking.status]

    @property
    def sign(self) -> tuple[str, str]:
        return words.FOLLOW_UP_SIGN[self.undertaking.status]

    @property
    def owed(self) -> bool:
        return FollowUp(self.undertaking.status) not in CLOSED


def exists(addressee: str) -> bool:
    """Whether there is such a party or body."""
    kind, _, ref = addressee.partition(":")
    model = {"parties": Party, "bodies": Body}.get(kind)
    return addressee == SECRETARIAT or (model is not None and model._default_manager.filter(pk=ref).exists())


def paragraphs(decision: Decision) -> dict[str, str]:
    """The paragraphs of the text decided upon: id and number."""
    return blocks.numbers(decision.version.text) if decision.version else {}


def listed(*conditions: Q, reader: Any = None) -> QuerySet[Undertaking]:
    """Undertakings from decisions that a reader may see, what is due soonest first."""
    rows = Undertaking.objects.filter(readable(reader, prefix="decision__"), *conditions)
    return rows.select_related("decision__body", "decision__version").order_by(*_SOONEST)


def of_decision(decision: Decision, reader: Any = None) -> list[Undertaking]:
    """What follows from a decision, in the order of its text."""
    rows = listed(Q(decision=decision), reader=reader)
    return list(rows.order_by(BY_POSITION, "ref"))


def find(ref: str, reader: Any) -> Undertaking | None:
    """An undertaking that a person may read."""
    return listed(Q(ref=ref), reader=reader).first()


def parts(asked: Mapping[str, Any], day: dt.date) -> list[Q]:
    """The conditions of a filter. Where no status is asked for, what is not owed any more is left out."""
    status = asked.get("status", "owed")
    chosen = {"owed": OWED, "late": OWED & Q(due__lt=day), "all": Q()}.get(status, Q(status=status))
    addressee = asked.get("addressee")
    return [chosen, Q(decision__taken__lte=day), *([Q(addressee=addressee)] if addressee else [])]


def shown(rows: Iterable[Undertaking], names: Naming, bodies: Mapping[str, Any], day: dt.date) -> list[Owed]:
    """Undertakings as lists show them, in the order given."""
    numbers: dict[str, dict[str, str]] = {}
    found = []
    for one in rows:
        of_it = numbers.setdefault(one.decision_id, paragraphs(one.decision) if one.block else {})
        late = is_late(one.due, FollowUp(one.status), day)
        found.append(Owed(one, called(one.addressee, names, bodies), of_it.get(one.block, one.block), late))
    return found


def by_addressee(rows: Iterable[Owed]) -> list[tuple[Any, str, list[Owed]]]:
    """What is owed under whoever owes it: whoever is late first, then by name; in each what is due soonest first."""
    groups: dict[str, list[Owed]] = defaultdict(list)
    for one in rows:
        groups[one.undertaking.addressee].append(one)
    ordered = sorted(groups.items(), key=lambda pair: (not any(one.late for one in pair[1]), str(pair[1][0].who)))
    return [(some[0].who, addressee, some) for addressee, some in ordered]


def called(addressee: str, names: Naming, bodies: Mapping[str, Any]) -> Any:
    """Whoever is to do something, by name."""
    kind, _, ref = addressee.partition(":")
    if kind == "parties":
        return names[ref]
    return bodies.get(ref, ref) if kind == "bodies" else words.SECRETARIAT
