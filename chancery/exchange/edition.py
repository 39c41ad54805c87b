"""The shape of an edition of the Digest (docs/record-format.md), asked without knowing how one is made."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from .shapes import LOCALIZED, walk

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
    yield from walk(content, _EDITION, "", languages)
    if not isinstance(content, dict) or not isinstance(content.get("chapters"), list):
        return
    for at, chapter in enumerate(content["chapters"]):
        if isinstance(chapter, dict) and isinstance(chapter.get("items"), list):
            shape = _ACTIVITY if chapter.get("kind") == "activities" else _ITEM
            yield from walk(chapter["items"], [shape], f"chapters[{at}].items", languages)


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
