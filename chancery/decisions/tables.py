"""The area's facts as plain rows."""

from typing import Any

from chancery.core.tables import (
    Table,
    choice,
    date,
    day,
    flag,
    instant,
    localized,
    number,
    ref,
    refs_of,
    register,
    sources,
    text,
)
from chancery.documents.rules.access import Classification

from .models import Decision, Link, Statement, Undertaking, public_decision
from .rules import Manner, Verb
from .rules.register import FollowUp, LinkKind, StatementKind


def derived(values: dict[str, Any]) -> dict[str, Any]:
    """The column of a decision that is computed from the others."""
    texts = (values[name].texts.values() for name in ("title", "summary"))
    return {"words": " ".join([values.get("number", ""), *(text for group in texts for text in group)]).casefold()}


def prepare(decision: Decision) -> Decision:
    """Sets the computed column."""
    decision.words = derived(decision.__dict__)["words"]
    return decision


_NAMED = ("document", "recommendation__document")

TABLES = [
    Table(
        "decisions",
        Decision,
        [
            text("number"), ref("body", "bodies", required=True), ref("session", "meetings"),
            choice("manner", [one.value for one in Manner]), choice("verb", [one.value for one in Verb]),
            day("taken", required=True), localized("title", required=True), localized("summary"),
            refs_of("concerns", "*"), flag("text_held"), ref("document", "documents"), ref("version", "versions"),
            instant("expired"), ref("recommendation", "decisions"), ref("noted", "meetings"),
            choice("classification", [one.value for one in Classification]), *sources(),
        ],
        derive=derived,
        public=lambda decision: decision.is_public,
        rests_on=_NAMED,
    ),
    Table(
        "decision_links",
        Link,
        [
            ref("decision", "decisions", required=True), choice("kind", [one.value for one in LinkKind]),
            ref("other", "decisions", required=True), *sources(),
        ],
        public=lambda fact: fact.decision.is_public and fact.other.is_public,
        rests_on=tuple(f"{side}__{name}" for side in ("decision", "other") for name in _NAMED),
    ),
    Table(
        "statements",
        Statement,
        [
            ref("decision", "decisions", required=True), choice("kind", [one.value for one in StatementKind]),
            refs_of("parties", "parties"), localized("text", required=True), date("made", required=True),
            number("position"), *sources(),
        ],
        public=public_decision,
        rests_on=tuple(f"decision__{name}" for name in _NAMED),
    ),
    Table(
        "undertakings",
        Undertaking,
        [
            ref("decision", "decisions", required=True), text("block"), localized("task", required=True),
            text("addressee", required=True), date("due"), choice("status", [one.value for one in FollowUp]),
            text("evidence"), date("reported"), number("position"), *sources(),
        ],
        public=public_decision,
        rests_on=tuple(f"decision__{name}" for name in _NAMED),
    ),
]  # fmt: skip


def fill() -> None:
    register(*TABLES)
