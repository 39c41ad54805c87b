"""Typesetting in a process of its own."""

from __future__ import annotations

import pathlib

from chancery.core.typesetting.press import Untypesettable, answer, apart

from .pages import PictureWithoutAlt
from .pictures import BadPicture
from .press import typeset

REFUSALS = (BadPicture, PictureWithoutAlt, Untypesettable)


def typeset_apart(edition: dict, *, language: str, charter: dict, files: pathlib.Path, timeout: float = 60) -> bytes:
    """As `typeset`, in a child process. Raises the same refusals, and TooSlow after `timeout` seconds."""
    order = {"edition": edition, "language": language, "charter": charter, "files": str(files.resolve())}
    return apart(__package__, order, REFUSALS, timeout)


def serve() -> int:
    """Read an order from standard input, write the PDF to standard output; the exit status of the process."""

    def do(*, files: str, **order: object) -> bytes:
        return typeset(files=pathlib.Path(files), **order)

    return answer(do, REFUSALS)
