"""The area's facts as plain rows."""

from typing import Any

from chancery.core.tables import Table, choice, day, flag, localized, ref, refs_of, register, sources, text

from .models import Decision
from .rules import Manner, Verb


def derived(values: dict[str, Any]) -> dict[str, Any]:
    """The column of a decision that is computed from the others."""
    texts = (values[name].texts.values() for name in ("title", "summary"))
    return {"words": " ".join([values.get("number", ""), *(text for group in texts for text in group)]).casefold()}


def prepare(decision: Decision) -> Decision:
    """Sets the computed column."""
    decision.words = derived(decision.__dict__)["words"]
    return decision


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
        derive=derived,
    ),
]  # fmt: skip


def fill() -> None:
    register(*TABLES)
