"""Languages beside each other: what became stale, and what two languages do not say alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .blocks import Block, BlockKind


class Standing(StrEnum):
    """What a translation is worth."""

    OFFICIAL = "official"
    WORKING = "working"


class Freshness(StrEnum):
    """How a paragraph stands in another language."""

    CURRENT = "current"
    STALE = "stale"  # the original moved since it was translated
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A paragraph in another language."""

    id: str
    kind: BlockKind
    text: str
    freshness: Freshness


def render(now: Sequence[Block], then: Mapping[str, str], texts: Mapping[str, str]) -> list[Rendered]:
    """A text in another language: `now` is the original as it stands, `then` the words of each paragraph of the
    version that was translated, `texts` the translation. Only touched paragraphs are stale."""
    return [Rendered(one.id, one.kind, texts.get(one.id, ""), _freshness(one, then, texts)) for one in now]


def _freshness(block: Block, then: Mapping[str, str], texts: Mapping[str, str]) -> Freshness:
    if not texts.get(block.id) and block.text:
        return Freshness.MISSING
    return Freshness.CURRENT if then.get(block.id) == block.text else Freshness.STALE
