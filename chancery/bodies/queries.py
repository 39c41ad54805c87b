"""Bodies and the chair on a day."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet

from chancery.core.models import BY_POSITION, BY_TIME, LATEST_FIRST, held_on
from chancery.core.text import LocalizedText

from .models import Body, ChairTerm
from .rules import Term, Troika, chair_on, troika_on


@dataclass(slots=True)
class Node:
    """A body in the tree, with the bodies below it."""

    body: Body
    children: list["Node"] = field(default_factory=list)


def tree(day: dt.date) -> list[Node]:
    """The bodies of a day as a tree, in the order of their position: one query. A body whose parent does not
    exist on that day stands at the top."""
    bodies = list(Body.objects.on(day).order_by(BY_POSITION, "ref"))
    nodes = {body.ref: Node(body) for body in bodies}
    tops: list[Node] = []
    for body in bodies:
        above = nodes.get(body.parent_id or "")
        (above.children if above else tops).append(nodes[body.ref])
    return tops


def ended(day: dt.date) -> QuerySet[Body]:
    """Bodies that were dissolved before a day."""
    return Body.objects.filter(until__lte=day).order_by("until")


def body_page(ref: str) -> Body | None:
    """A body with its parent, the bodies below it and its own chairs."""
    terms = ChairTerm.objects.order_by(BY_TIME)
    return (
        Body.objects.select_related("parent")
        .prefetch_related("children", Prefetch("chair_terms", terms))
        .filter(ref=ref)
        .first()
    )


def chair_terms(body: Body | None = None) -> list[ChairTerm]:
    """All terms in the chair of the organisation, or of a body, in order of time: one query."""
    return list(ChairTerm.objects.filter(body=body).order_by(BY_TIME))


def as_terms(rows: list[ChairTerm]) -> list[Term]:
    """The terms as the rules see them."""
    return [Term(row.party_id, row.period) for row in rows]


@dataclass(frozen=True, slots=True)
class Chair:
    """The chair on a day: its term, the neighbours, and all terms."""

    term: ChairTerm | None
    troika: Troika
    terms: list[ChairTerm]
    before: ChairTerm | None = None


def chair(day: dt.date) -> Chair:
    """Who is in the chair of the organisation on a day, from whom it was received, and the troika: one query."""
    rows = chair_terms()
    index = next((i for i, row in enumerate(rows) if row.period.holds_on(day)), None)
    return Chair(
        term=None if index is None else rows[index],
        troika=troika_on(as_terms(rows), day),
        terms=rows,
        before=rows[index - 1] if index else None,
    )


def chairs(day: dt.date) -> dict[str, str]:
    """The party in each chair on a day, by body, and by "" in that of the organisation: one query."""
    return {body or "": party for body, party in ChairTerm.objects.on(day).values_list("body", "party")}


def chair_party(day: dt.date) -> str | None:
    """The reference of the state in the chair on a day."""
    found = chair_on(as_terms(chair_terms()), day)
    return found.party if found else None


def terms_of(party: str) -> QuerySet[ChairTerm]:
    """The terms of a state in any chair."""
    return ChairTerm.objects.filter(party=party).select_related("body").order_by(LATEST_FIRST)


def bodies_below(body: Body, day: dt.date) -> list[Body]:
    return list(body.children.filter(held_on(day)))


def called() -> dict[str, LocalizedText]:
    """Every body with its name: one query."""
    return dict(Body.objects.values_list("ref", "name"))
