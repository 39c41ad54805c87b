"""The list of the texts under negotiation."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from chancery.core import navigation
from chancery.core.asof import today
from chancery.people import policy

from ...models import Call, Document, Paragraph, Position, Version
from ...rules.positions import ParagraphStatus
from .. import access
from .asked import Due, dues
from .text import circulated, text_of

_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Line:
    """A text in the list: its paragraphs that are not agreed, what is asked of the reader's delegation (`due`), the
    paragraphs that wait for its capital, and the calls that are open."""

    document: Document
    version: Version
    paragraphs: int
    holding: list[str]
    due: list[Due]
    capitals: list[str]
    calls: list[Call]

    @property
    def until(self) -> dt.datetime | None:
        """By when an answer is asked for, if it is."""
        return self.due[0].call.due if self.due else None


def under_negotiation(person: Any) -> list[Line]:
    """The texts that are negotiated and that a person may read, those asked about first: a fixed number of queries.

    A text is negotiated from its first version on, while it climbs a route or is asked about, until it is withdrawn
    or settled: the hint `settled-documents` is the area's above, which knows what bodies decided."""
    belongs, called = access.on(today()), Call.objects.filter(closed=None)
    climbs = ~Q(route="") | Q(pk__in=called.values("version__document"))
    found = Document.objects.filter(climbs, access.readable(person, belongs), withdrawn=None).select_related("body")
    if (settled := navigation.hint("settled-documents")) is not None:
        found = found.exclude(pk__in=settled)
    documents = {one.pk: one for one in found}
    last = Version.objects.filter(document=OuterRef("document")).order_by("-position").values("position")[:1]
    versions = {one.document_id: one for one in circulated(document__in=documents, position=Subquery(last))}
    statuses: dict[str, dict[str, Paragraph]] = defaultdict(dict)
    for row in Paragraph.objects.filter(document__in=documents):
        statuses[row.document_id][row.block] = row
    calls: dict[str, list[Call]] = defaultdict(list)
    for call in called.filter(version__in=[one.pk for one in versions.values()]).order_by("due", "ref"):
        calls[call.version_id].append(call)
    party = min(access.delegations(policy.standing_of(person)) & belongs.members, default="")
    spoken = _spoken_of(party, versions)
    lines = [
        _line(documents[ref], one, statuses[ref], calls[one.pk], spoken[ref], party) for ref, one in versions.items()
    ]
    return sorted(lines, key=lambda one: (one.until is None, one.until or _NEVER, one.document.ref))


def _spoken_of(party: str, versions: Mapping[str, Version]) -> dict[str, dict[bool, set[str]]]:
    """Of each text, the paragraphs on whose words of now a party spoke: two queries."""
    rows = list(
        Position.objects.filter(document__in=versions, party=party)
        .values_list("document", "version", "block", "sounding")
    )  # fmt: skip
    words = {one.pk: text_of(one).words for one in circulated(pk__in={row[1] for row in rows})}
    found: dict[str, dict[bool, set[str]]] = defaultdict(lambda: {False: set(), True: set()})
    for document, version, block, sounding in rows:
        if words[version].get(block) == text_of(versions[document]).words.get(block):
            found[document][sounding].add(block)
    return found


def _line(
    document: Document, version: Version, statuses: Mapping[str, Paragraph], calls: list[Call],
    spoken: Mapping[bool, set[str]], party: str,
) -> Line:  # fmt: skip
    negotiated = text_of(version).negotiated
    stands = {one: statuses[one].status if one in statuses else ParagraphStatus.OPEN for one in negotiated}
    open_ = [one for one in negotiated if stands[one] == ParagraphStatus.OPEN]
    return Line(
        document, version, paragraphs=len(negotiated), calls=calls,
        holding=[one for one in negotiated if stands[one] != ParagraphStatus.AGREED],
        due=dues(calls, open_, spoken.__getitem__) if party else [],
        capitals=[one.block for one in statuses.values() if party and party in one.awaiting.split()],
    )  # fmt: skip
