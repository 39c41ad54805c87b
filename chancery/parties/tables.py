"""The area's facts as plain rows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from chancery.core.dates import Day, Period, Precision
from chancery.core.tables import Table, choice, day, localized, number, period, ref, register, sources, text

from .models import FocalPoint, Membership, Party, PartyName, Person, Post, Tenure
from .rules import Capacity, Form, Kind, PostKind

Rows = Mapping[str, Mapping[str, Any]]
Fault = tuple[str, str, str]


def span(row: Mapping[str, Any]) -> Period:
    """The period of a row that was read."""
    since, until = row.get("since"), row.get("until")
    return Period(
        Day(since, Precision(row["since_as"])) if since else None,
        Day(until, Precision(row["until_as"])) if until else None,
    )


def periods(rows: Rows, *keys: str) -> Iterator[Fault]:
    """Faults of rows with a period: an end before the beginning, two that agree in `keys` and overlap."""
    groups: dict[tuple[Any, ...], list[tuple[str, Period]]] = defaultdict(list)
    for ref_, row in rows.items():
        this = span(row)
        if this.since and this.until and this.until.date < this.since.date:
            yield ref_, "until", "the period ends before it begins"
            continue
        group = groups[tuple(row.get(key) for key in keys)]
        for other, that in group if keys else ():
            if this.overlaps(that):
                yield ref_, "since", f"overlaps with {other}"
        group.append((ref_, this))


TABLES = [
    Table(
        "parties",
        Party,
        [
            choice("kind", [one.value for one in Kind]),
            text("iso2"), text("iso3"), text("marker"), text("website"), *sources(),
        ],
    ),
    Table(
        "party_names",
        PartyName,
        [
            ref("party", "parties", required=True), text("language", required=True),
            choice("form", [one.value for one in Form]), text("text", required=True),
            choice("status", ["confirmed", "working"]), *period(), *sources(),
        ],
        check=lambda rows: periods(rows, "party_id", "language", "form"),
    ),
    Table(
        "memberships",
        Membership,
        [
            ref("party", "parties", required=True), choice("capacity", [one.value for one in Capacity]), *period(),
            day("signed"), ref("session", "meetings", foreign=False), ref("decision", "decisions", foreign=False),
            *sources(),
        ],
        check=lambda rows: periods(rows, "party_id"),
    ),
    Table("persons", Person, [localized("name", required=True), text("style"), ref("party", "parties"), *sources()]),
    Table(
        "posts",
        Post,
        [
            choice("kind", [one.value for one in PostKind]), localized("name", required=True),
            ref("body", "bodies", foreign=False), number("position"), text("dimension"), *period(), *sources(),
        ],
        check=periods,
    ),
    Table(
        "tenures",
        Tenure,
        [ref("post", "posts", required=True), ref("person", "persons", required=True), *period(), *sources()],
        check=lambda rows: periods(rows, "post_id"),
    ),
    Table(
        "focal_points",
        FocalPoint,
        [
            ref("party", "parties", required=True), localized("office", required=True), text("email"),
            text("telephone"), *period(), *sources(),
        ],
        check=periods,
    ),
]  # fmt: skip


def fill() -> None:
    register(*TABLES)
