"""A text in its languages, beside each other."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from ...models import Translation
from ...rules import translation
from ...rules.blocks import Block
from ...rules.translation import Freshness, Rendered
from .text import Versions, raw


@dataclass(frozen=True, slots=True)
class Column:
    """A text in one language; `standing` of a translation, empty for the language in which it is written."""

    language: str
    standing: str
    texts: Mapping[str, Rendered]


@dataclass(eq=False)
class Languages:
    """The languages of a text, or of `only` one of its paragraphs."""

    versions: Versions
    only: str | None

    @cached_property
    def _translations(self) -> dict[str, dict[str, Any]]:
        """The translation that counts in each language: of the latest version that has one, the last."""
        rows = Translation.objects.filter(version__document=self.versions.latest.document_id)
        rows = rows.order_by("version__position", "position")
        return {one["language"]: one for one in rows.values("pk", "language", "standing", "version")}

    @cached_property
    def known(self) -> list[str]:
        """Those in which the text can be read, its own first."""
        own = self.versions.latest.language
        return [own, *(one for one in settings.CHARTER.languages if one in self._translations and one != own)]

    def columns(self, asked: str = "") -> list[Column]:
        """The text in the language asked for; else in its own, beside that of the page or the next one."""
        own, known = self.versions.latest.language, self.known
        page = get_language() or ""
        chosen = [asked] if asked in known else [own, *([page] if page in known[1:] else known[1:2])]
        others = [self._translations[one]["pk"] for one in chosen if one != own]
        rows = Translation.objects.filter(pk__in=others).values_list("language", raw("texts")) if others else ()
        texts = {language: _texts(kept) for language, kept in rows}
        return [self._column(one, texts.get(one)) for one in chosen]

    def _column(self, language: str, texts: Mapping[str, str] | None) -> Column:
        if texts is None:
            now = (Rendered(one.id, one.kind, one.text, Freshness.CURRENT) for one in self._blocks)
            return Column(language, "", {one.id: one for one in now})
        found = self._translations[language]
        rendered = translation.render(self._blocks, self.versions.words(found["version"]), texts)
        return Column(language, found["standing"], {one.id: one for one in rendered})

    @property
    def _blocks(self) -> tuple[Block, ...]:
        text = self.versions.text
        if self.only is None:
            return text.blocks
        return (text.by_id[self.only],) if self.only in text.by_id else ()


@lru_cache(maxsize=16)  # for the same reason as the texts
def _texts(kept: str) -> Mapping[str, str]:
    return json.loads(kept)
