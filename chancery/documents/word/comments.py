"""The comments of a Word file: reasons that somebody gives at a change."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from chancery.core.text import tidy

from ..reading.package import W
from .marks import instant
from .paper import Voice


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


def is_of(one: Remarked, voices: Iterable[Voice]) -> bool:
    """Whether a comment went out with a proposal."""
    return any(one.author == it.author.strip() and one.at == it.at.replace(microsecond=0) for it in voices)
