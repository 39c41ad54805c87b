"""Typesetting in a process of its own."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys

from .pages import PictureWithoutAlt
from .pictures import BadPicture
from .press import Untypesettable, typeset

REFUSALS = {refusal.__name__: refusal for refusal in (BadPicture, PictureWithoutAlt, Untypesettable)}
REFUSED = 3
PROJECT = pathlib.Path(__file__).parents[3]


class TooSlow(TimeoutError):
    """The typesetting took longer than it was allowed to and was stopped."""


def typeset_apart(edition: dict, *, language: str, charter: dict, files: pathlib.Path, timeout: float = 60) -> bytes:
    """As `typeset`, in a child process. Raises the same refusals, and TooSlow after `timeout` seconds."""
    order = {"edition": edition, "language": language, "charter": charter, "files": str(files.resolve())}
    command = [sys.executable, "-m", __package__]
    try:
        child = subprocess.run(
            command, input=json.dumps(order).encode(), capture_output=True, cwd=PROJECT, timeout=timeout
        )
    except subprocess.TimeoutExpired:
        raise TooSlow(timeout) from None
    if child.returncode == REFUSED:
        refusal = json.loads(child.stderr.splitlines()[-1])
        raise REFUSALS[refusal["refusal"]](*refusal["args"])
    if child.returncode:
        raise RuntimeError(child.stderr.decode(errors="replace"))
    return child.stdout


def serve() -> int:
    """Read an order from standard input, write the PDF to standard output; the exit status of the process."""
    order = json.load(sys.stdin.buffer)
    order["files"] = pathlib.Path(order["files"])
    try:
        pdf = typeset(order.pop("edition"), **order)
    except tuple(REFUSALS.values()) as error:
        sys.stderr.write(json.dumps({"refusal": type(error).__name__, "args": error.args}))
        return REFUSED
    sys.stdout.buffer.write(pdf)
    return 0
