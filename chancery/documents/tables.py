"""The area's facts as plain rows. Those of a document that is not public stay out of the record."""

from typing import Any

from chancery.core.tables import (
    Table,
    choice,
    date,
    flag,
    instant,
    json,
    localized,
    number,
    ref,
    refs_of,
    register,
    sources,
    text,
)

from .models import Document, Enclosure, Paper, Relation, Translation, Version, public_document
from .rules import blocks
from .rules.access import Classification
from .rules.symbols import DocumentKind, RelationKind, Series, VersionKind
from .rules.translation import Standing


def derived(values: dict[str, Any]) -> dict[str, Any]:
    """The digest of a version's text. The language is part of each row, so that the row alone gives it."""
    return {"digest": blocks.digest(blocks.read(values["blocks"]), values["language"])}


def named(values: dict[str, Any]) -> dict[str, Any]:
    """What the word filter looks into: the symbol and the title in every language."""
    return {"words": " ".join([values.get("symbol", ""), *values["title"].texts.values()]).casefold()}


def prepare(document: Document) -> Document:
    """Sets the computed column."""
    document.words = named(document.__dict__)["words"]
    return document


TABLES = [
    Table(
        "documents",
        Document,
        [
            text("symbol"), choice("series", [one.value for one in Series], required=False), number("number"),
            choice("kind", [one.value for one in DocumentKind]), text("route"), localized("title", required=True),
            ref("body", "bodies", required=True), ref("session", "meetings"), text("language", required=True),
            refs_of("sponsors", "parties"), choice("classification", [one.value for one in Classification]),
            instant("embargo"), choice("released_as", [one.value for one in Classification], required=False),
            date("tabled", required=True), date("withdrawn"), *sources(),
        ],
        derive=named,
        public=lambda document: document.is_public,
    ),
    Table(
        "document_relations",
        Relation,
        [
            ref("document", "documents", required=True), choice("kind", [one.value for one in RelationKind]),
            ref("other", "documents", required=True), *sources(),
        ],
        public=lambda fact: fact.document.is_public and fact.other.is_public,
        rests_on=("document", "other"),
    ),
    Table(
        "versions",
        Version,
        [
            ref("document", "documents", required=True), number("position"),
            choice("kind", [one.value for one in VersionKind]), number("number"),
            date("circulated", required=True), text("language", required=True), *sources(), json("blocks"),
        ],
        layout="json",
        derive=derived,
        public=public_document,
        rests_on=("document",),
    ),
    Table(
        "translations",
        Translation,
        [
            ref("version", "versions", required=True), text("language", required=True), number("position"),
            choice("standing", [one.value for one in Standing]), date("circulated", required=True), *sources(),
            json("texts"),
        ],
        layout="json",
        public=lambda fact: fact.version.document.is_public,
        rests_on=("version__document",),
    ),
    Table(
        "enclosures",
        Enclosure,
        [
            ref("document", "documents", required=True), text("file", required=True), localized("title", required=True),
            text("language"), flag("scan"), number("position"), *sources(),
        ],
        public=public_document,
        rests_on=("document",),
    ),
    Table(
        "papers",
        Paper,
        [ref("item", "agenda", required=True), ref("document", "documents", required=True), number("position"),
         *sources()],
        public=public_document,
        rests_on=("document",),
    ),
]  # fmt: skip


def fill() -> None:
    register(*TABLES)
