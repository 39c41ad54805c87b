"""The area's facts as plain rows."""

from collections.abc import Iterator

from chancery.core.tables import Table, choice, localized, number, period, ref, register, sources, text
from chancery.parties.tables import Fault, Rows, periods, span

from .models import Body, ChairTerm
from .rules import BodyKind, Presided, Term, gaps


def _bodies(rows: Rows) -> Iterator[Fault]:
    yield from periods(rows)
    for ref_ in rows:
        seen, above = {ref_}, rows[ref_].get("parent_id")
        while above in rows:
            if above in seen:
                yield ref_, "parent", "the bodies form a cycle"
                break
            seen.add(above)
            above = rows[above].get("parent_id")


def _terms(rows: Rows) -> Iterator[Fault]:
    """Two chairs at one instant, or none between two terms, of the organisation or of one body."""
    yield from periods(rows, "body_id")
    whole = sorted(
        (Term(ref_, span(row)) for ref_, row in rows.items() if not row.get("body_id") and row.get("since")),
        key=lambda term: term.period.since.date if term.period.since else None,
    )
    for before, after in gaps(whole):
        said = f"until {after.party} begins" if after else "after it"
        yield before.party, "until", f"nobody is in the chair {said}"


TABLES = [
    Table(
        "bodies",
        Body,
        [
            choice("kind", [one.value for one in BodyKind]), ref("parent", "bodies"), number("position"),
            localized("name", required=True), localized("short"), localized("mandate"), localized("composition"),
            localized("meets"), text("decision_rule"), text("quorum"),
            choice("presided", [one.value for one in Presided]), ref("established", "decisions", foreign=False),
            *period(), *sources(),
        ],
        check=_bodies,
    ),
    Table(
        "chair_terms",
        ChairTerm,
        [
            ref("party", "parties", required=True), ref("body", "bodies"), *period(),
            ref("opened", "meetings", foreign=False), ref("closed", "meetings", foreign=False),
            localized("expected_end"), localized("theme"), localized("priorities"), *sources(),
        ],
        check=_terms,
    ),
]  # fmt: skip


def fill() -> None:
    register(*TABLES)
