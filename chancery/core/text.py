"""Localized text: what is said, in every language of the charter side by side."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def tidy(text: str) -> str:
    """What somebody typed as the record keeps text: lines end in a line feed, Unicode NFC, no control characters,
    no blanks at the ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return unicodedata.normalize("NFC", _CONTROL.sub("", lines)).strip()


@dataclass(frozen=True, slots=True)
class Wording:
    """A text chosen for a page: in which language it is, and how far it may be trusted."""

    text: str
    language: str
    fallback: bool = False  # not in the language asked for
    working: bool = False  # a working translation, not confirmed by the organisation


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """Texts by language code. `working` names the languages whose text is a working translation."""

    texts: Mapping[str, str] = field(default_factory=dict)
    working: frozenset[str] = frozenset()

    @classmethod
    def of(cls, value: Any = None, *, working: Iterable[str] = ()) -> Self:
        """From another one, a mapping, or the form kept in the database (`working` beside the languages)."""
        if isinstance(value, cls):
            return value
        value = dict(value or {})
        marked = value.pop("working", working)
        return cls({code: text for code, text in value.items() if text}, frozenset(marked))

    def kept(self) -> dict[str, Any]:
        """The form kept in the database and in JSON."""
        return {**self.texts, **({"working": sorted(self.working)} if self.working else {})}

    def wording(self, language: str) -> Wording:
        """The text in `language`, else in the first language that has one; empty if none has."""
        if text := self.texts.get(language):
            return Wording(text, language, working=language in self.working)
        for code, text in self.texts.items():
            if text:
                return Wording(text, code, fallback=True, working=code in self.working)
        return Wording("", language)

    def with_marks_of(self, before: "LocalizedText") -> "LocalizedText":
        """The same texts; those that did not change from `before` are working translations where they were."""
        unchanged = {code for code in before.working if self.texts.get(code) == before.texts.get(code)}
        return LocalizedText(self.texts, self.working | frozenset(unchanged & self.texts.keys()))

    def __bool__(self) -> bool:
        return any(self.texts.values())

    def __str__(self) -> str:
        """In the language of the page; for forms, sorting and plain places. Templates use the filter `text`."""
        from django.utils.translation import get_language

        return self.wording(get_language() or "").text
