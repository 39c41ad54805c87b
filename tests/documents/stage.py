"""What the tests of documents begin with."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from chancery.bodies.models import Body
from chancery.core.text import LocalizedText
from chancery.documents.acts import register as acts
from chancery.documents.models import Document, Translation, Version
from chancery.documents.rules import blocks
from chancery.documents.rules.blocks import Block, BlockKind
from chancery.meetings.models import Meeting
from tests.meetings.stage import body, meeting, text

__all__ = ["body", "circulated", "meeting", "session", "tabled", "text", "translated", "words"]

LINES = ("Statement on trust", "Recalling the founding declaration,", "Members keep the peace.", "They meet each year.")
KINDS = (BlockKind.TITLE, BlockKind.PREAMBULAR, BlockKind.OPERATIVE, BlockKind.OPERATIVE)


def session(body: Body, ordinal: int = 7, starts: str = "2024-12-17", **more: Any) -> Meeting:
    """A session of a body."""
    return meeting(f"{starts}-{body.ref}", starts, kind="session", body=body, ordinal=ordinal, **more)


def tabled(by: Any, body: Body, title: str = "Statement", **more: Any) -> Document:
    """A document that somebody tabled: public, in English, between sessions, unless it is said otherwise."""
    values = {"kind": "statement", "series": "DOC", "language": "en", "classification": "public", **more}
    named = title if isinstance(title, LocalizedText) else text(title)
    return acts.table(title=named, body=body, source="practice", by=by, **values)


def words(lines: Sequence[str] = LINES, kinds: Sequence[BlockKind] = KINDS) -> list[Block]:
    """A short text: title, a preambular paragraph, operative ones."""
    return [Block(f"b{n}", kind, line) for n, (kind, line) in enumerate(zip(kinds, lines, strict=True), start=1)]


def circulated(document: Document, text: Sequence[Block] | None = None, on: str = "2024-12-03") -> Version:
    """A version that stands in the record, however it came there."""
    text = words() if text is None else text
    position = document.versions.count() + 1
    kind, number = ("revision", position - 1) if position > 1 else ("original", None)
    return Version.objects.create(
        ref=f"{document.ref}.{position}", document=document, position=position, kind=kind, number=number,
        circulated=dt.date.fromisoformat(on), language=document.language, blocks=blocks.keep(text),
        digest=blocks.digest(text, document.language), source="practice",
    )  # fmt: skip


def translated(
    version: Version, texts: Mapping[str, str], language: str = "ru", standing: str = "official", on: str = "2024-12-04"
) -> Translation:
    """A translation that stands in the record."""
    position = version.translations.filter(language=language).count() + 1
    return Translation.objects.create(
        ref=f"{version.ref}.{language}.{position}", version=version, language=language, position=position,
        standing=standing, circulated=dt.date.fromisoformat(on), texts=dict(texts), source="practice",
    )  # fmt: skip
