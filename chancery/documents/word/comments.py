"""The comments of a Word file: reasons that somebody gives at a change."""

import datetime as dt
from dataclasses import dataclass

from lxml import etree

from chancery.core.text import tidy

from ..reading.package import W
from .marks import instant


@dataclass(frozen=True, slots=True)
class Remarked:
    author: str
    at: dt.datetime | None
    text: str


def read(part: etree._Element | None) -> dict[str, Remarked]:
    """By their ids."""
    found = part.iter(f"{W}comment") if part is not None else ()
    return {
        one.get(f"{W}id", ""): Remarked(
            one.get(f"{W}author", "").strip(), instant(one.get(f"{W}date", "")),
            "\n".join(filter(None, (_words(line) for line in one.iter(f"{W}p")))),
        )
        for one in found
    }  # fmt: skip


def _words(line: etree._Element) -> str:
    return tidy("".join(one.text or "" for one in line.iter(f"{W}t")))

