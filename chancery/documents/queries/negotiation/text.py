"""The words of a text in its versions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from ...models import Version
from ...rules.blocks import NEGOTIATED, Block, numbers, read


@dataclass(frozen=True, eq=False)
class Text:
    """The paragraphs of a version."""

    blocks: tuple[Block, ...]

    @cached_property
    def words(self) -> dict[str, str]:
        """The words of each paragraph by its id."""
        return {one.id: one.text for one in self.blocks}

    @cached_property
    def by_id(self) -> dict[str, Block]:
        return {one.id: one for one in self.blocks}

    @cached_property
    def numbers(self) -> dict[str, str]:
        return numbers(self.blocks)

    @cached_property
    def negotiated(self) -> list[str]:
        """The paragraphs on which positions are taken, in order."""
        return [one.id for one in self.blocks if one.kind in NEGOTIATED]


def circulated(**of: Any) -> QuerySet[Version]:
    """The versions of texts, the latest first, for `text_of`: their words come as they are kept, unread."""
    return Version.objects.filter(**of).defer("blocks").annotate(kept=raw("blocks")).order_by("-position")


def text_of(version: Version) -> Text:
    """The words of a version; of one that `circulated` gave, without a query."""
    return _read(version.__dict__.get("kept") or circulated(pk=version.pk).get().kept)


def raw(field: str) -> Cast:
    """A field of JSON as the database keeps it."""
    return Cast(field, TextField())


# A long text is asked for at every click on one of its paragraphs and never changes, so what was read of it last is
# kept, under the very words that were read.
@lru_cache(maxsize=16)
def _read(kept: str) -> Text:
    return Text(tuple(read(json.loads(kept))))


@dataclass(eq=False)
class Versions:
    """The `latest` version of a text, which is the one that is negotiated, and the earlier ones."""

    latest: Version

    @cached_property
    def text(self) -> Text:
        return text_of(self.latest)

    def words(self, version: str) -> Mapping[str, str]:
        """The words of each paragraph of a version."""
        return self.text.words if version == self.latest.pk else self._earlier[version]

    def changed(self, version: str, block: str) -> bool:
        """Whether the words of a paragraph are others now than in an earlier version."""
        return version != self.latest.pk and self._earlier[version].get(block) != self.text.words.get(block)

    @cached_property
    def _earlier(self) -> dict[str, dict[str, str]]:
        found = circulated(document=self.latest.document_id, position__lt=self.latest.position)
        return {one.pk: text_of(one).words for one in found}
