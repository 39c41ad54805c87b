"""The area's facts as plain rows."""

from chancery.core.tables import Table, choice, localized, number, period, ref, register, sources, text
from chancery.parties.tables import periods

from .models import CatalogueEdition, Coordination, PriorityArea
from .rules import CoordinationRole

TABLES = [
    Table(
        "catalogue_editions",
        CatalogueEdition,
        [localized("name", required=True), ref("decision", "decisions", foreign=False), *period(), *sources()],
        check=periods,
    ),
    Table(
        "priority_areas",
        PriorityArea,
        [
            text("dimension", required=True), number("number"), localized("name", required=True),
            *period(), *sources(),
        ],
        check=periods,
    ),
    Table(
        "coordinations",
        Coordination,
        [
            ref("area", "priority_areas", required=True), ref("party", "parties", required=True),
            choice("role", [one.value for one in CoordinationRole]), *period(), *sources(),
        ],
        check=lambda rows: periods(rows, "area_id", "party_id"),
    ),
]  # fmt: skip


def fill() -> None:
    register(*TABLES)
