"""The shape of values kept as JSON, told fault by fault."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

LOCALIZED = object()
"""An object of texts by language."""


def walk(value: Any, shape: Any, path: str, languages: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """What of a value read from JSON is not of a shape: (path inside it, reason). A shape is a type, a pattern or a
    tuple of words that a text must be, a list with the shape of its members, an object with the shape of each of its
    keys, or `LOCALIZED`."""
    if shape is LOCALIZED:
        yield from _localized(value, path, languages)
    elif isinstance(shape, dict):
        yield from _object(value, shape, path, languages)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield path, "must be a list"
            return
        for at, inner in enumerate(value):
            yield from walk(inner, shape[0], f"{path}[{at}]", languages)
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
        yield from walk(value[key], shape[key], f"{inner}{key}", languages)


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
