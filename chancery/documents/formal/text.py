"""Words as XML and back: what XML cannot hold is written out, so that no character is lost."""

import re
from collections.abc import Iterator
from typing import Any

from ..rules.blocks import BETWEEN_CELLS, Block

_UNSOUND = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKED = re.compile(f"(\n|{_UNSOUND.pattern})")


def sound(text: str) -> str:
    """Words for an attribute: a sign that XML cannot hold becomes the replacement character."""
    return _UNSOUND.sub("\ufffd", text)


def fill(element: Any, text: str, make: Any) -> Any:
    """Puts words into an element. A new line is `eol`; a sign that XML cannot hold `inline` with its code."""
    last = None
    for part in _MARKED.split(text):
        if _MARKED.fullmatch(part):
            last = make.eol() if part == "\n" else make.inline(name="character", title=f"U+{ord(part):04X}")
            element.append(last)
        elif last is None:
            element.text = part
        else:
            last.tail = part
    return element


def rows(block: Block) -> tuple[list[list[str]], bool]:
    """The cells of a table, and whether its words are theirs joined by ` | `. Where they are not (typed with other
    blanks or empty lines) the cells keep them, so that the words are still there to the last sign."""
    neat = block.rows
    if neat and block.text == "\n".join(" | ".join(row) for row in neat):
        return neat, True
    return list(_as_typed(block.text)), False


def _as_typed(text: str) -> Iterator[list[str]]:
    for line in text.split("\n"):
        yield BETWEEN_CELLS.split(line)
