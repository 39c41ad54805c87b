"""The area's facts as plain rows."""

from chancery.core.tables import Table, choice, day, flag, localized, ref, refs_of, register, sources, text

from .models import Decision
from .rules import Manner, Verb

TABLES = [
    Table(
        "decisions",
        Decision,
        [
            text("number"), ref("body", "bodies", required=True), ref("session", "meetings"),
            choice("manner", [one.value for one in Manner]), choice("verb", [one.value for one in Verb]),
            day("taken", required=True), localized("title", required=True), localized("summary"),
            refs_of("concerns", "*"), flag("text_held"), *sources(),
        ],
    ),
]  # fmt: skip


def fill() -> None:
    register(*TABLES)
