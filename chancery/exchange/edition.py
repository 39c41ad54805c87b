"""The shape of an edition of the Digest (docs/record-format.md), asked without knowing how one is made."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

LOCALIZED = object()
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?|-Q[1-4])?|(by|attested) \d{4}-\d\d-\d\d")
DAY_OR_NONE = re.compile(f"({DAY.pattern})?")
_FIGURE = {"value": str, "qualifier": ("", "over", "about", "stated"), "label": LOCALIZED}
_PICTURE = {"file": str, "alt": LOCALIZED, "caption": LOCALIZED, "credit": str, "layout": ("column", "wide", "page")}
_ITEM = {
    "news": str, "title": LOCALIZED, "lede": LOCALIZED, "body": LOCALIZED, "dateline": LOCALIZED, "date": DAY,
    "dimension": str, "meetings": [str], "figures": [_FIGURE], "pictures": [_PICTURE], "next": LOCALIZED,
}  # fmt: skip
_ACTIVITY = {
    "meeting": str, "date": DAY, "ends": DAY_OR_NONE, "title": LOCALIZED, "place": LOCALIZED, "kind": str,
    "dimension": str, "hosts": [str], "figures": [_FIGURE],
}  # fmt: skip
_CHAPTER = {"ref": str, "kind": ("spotlight", "month", "flash", "activities"), "title": LOCALIZED, "items": list}
_EDITION = {
    "quarter": re.compile(r"\d{4}-Q[1-4]"), "edition": int, "published": DAY, "name": LOCALIZED, "title": LOCALIZED,
    "headlines": [LOCALIZED], "banner": LOCALIZED, "masthead": LOCALIZED, "correction": LOCALIZED,
    "opening": {
        "kind": ("foreword", "compilers-note"), "title": LOCALIZED, "body": LOCALIZED, "signed": LOCALIZED,
    },
    "chapters": [_CHAPTER],
    "pages": [{"file": str, "alt": LOCALIZED, "credit": str, "after": str}],
}  # fmt: skip


def faults(content: Any, languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with an edition: (path inside it, reason)."""
    yield from _walk(content, _EDITION, "", languages)
    if not isinstance(content, dict) or not isinstance(content.get("chapters"), list):
        return
    for at, chapter in enumerate(content["chapters"]):
        if isinstance(chapter, dict) and isinstance(chapter.get("items"), list):
            shape = _ACTIVITY if chapter.get("kind") == "activities" else _ITEM
            yield from _walk(chapter["items"], [shape], f"chapters[{at}].items", languages)


def files(content: Any) -> Iterator[str]:
    """The names of the pictures in an edition, wherever they stand."""
    if isinstance(content, dict):
        if isinstance(content.get("file"), str):
            yield content["file"]
        for inner in content.values():
            yield from files(inner)
    elif isinstance(content, list):
        for inner in content:
            yield from files(inner)


def _walk(value: Any, shape: Any, path: str, languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    if shape is LOCALIZED:
        yield from _localized(value, path, languages)
    elif isinstance(shape, dict):
        yield from _object(value, shape, path, languages)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield path, "must be a list"
            return
        for at, inner in enumerate(value):
            yield from _walk(inner, shape[0], f"{path}[{at}]", languages)
    elif isinstance(shape, tuple):
        if value not in shape:
            yield path, f"must be one of: {', '.join(one or '(empty)' for one in shape)}"
    elif isinstance(shape, re.Pattern):
        if not (isinstance(value, str) and shape.fullmatch(value)):
            yield path, f"{value!r} has not the expected form"
    elif not isinstance(value, shape) or isinstance(value, bool):
        yield path, f"must be a {shape.__name__}"
    elif isinstance(value, str):
        yield from _text(value, path)


def _object(value: Any, shape: dict[str, Any], path: str, languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    if not isinstance(value, dict):
        yield path, "must be an object"
        return
    inner = f"{path}." if path else ""
    for key in sorted(shape.keys() - value.keys()):
        yield f"{inner}{key}", "is missing"
    for key in sorted(value.keys() - shape.keys()):
        yield f"{inner}{key}", "is not known to the format"
    for key in shape.keys() & value.keys():
        yield from _walk(value[key], shape[key], f"{inner}{key}", languages)


def _localized(value: Any, path: str, languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    if not isinstance(value, dict):
        yield path, "must be an object of texts by language"
        return
    for code, text in value.items():
        if code == "working":
            if not (isinstance(text, list) and set(map(str, text)) <= set(languages)):
                yield f"{path}.working", "must be a list of languages"
        elif code not in languages or not isinstance(text, str):
            yield f"{path}.{code}", "must be a text in a language of the charter"
        else:
            yield from _text(text, f"{path}.{code}")


def _text(text: str, path: str) -> Iterator[tuple[str, str]]:
    if any(char != "\n" and unicodedata.category(char) in ("Cc", "Cs") for char in text):
        yield path, "must not contain control characters"
