"""The press: hands a plan to Typst and takes a PDF back, both archival (PDF/A-2a) and accessible (PDF/UA-1).

A plan is plain data in one language, nothing left to choose; a string in it is text and never read as Typst code.
`print_apart` works in a process of its own, so that a server does not keep the memory."""

import json
import logging
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PROJECT = HERE.parents[2]
FONTS = HERE / "fonts"
STANDARDS = ["a-2a", "ua-1"]
REFUSED = 3

_EAST_ASIAN = re.compile(r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")

log = logging.getLogger(__name__)


class Untypesettable(ValueError):
    """A plan that cannot be set: a font is not installed, or a character is in none of the fonts."""


class TooSlow(TimeoutError):
    """The typesetting took longer than it was allowed to and was stopped."""


def lay_out(root: Path, *templates: Path) -> None:
    """Puts the templates of the house, and those given, where the press looks for them."""
    for template in (*HERE.glob("*.typ"), *templates):
        shutil.copy(template, root)


def press(root: Path, main: str, plan: dict[str, Any]) -> bytes:
    """The PDF that a template in `root` makes of a plan, whose `rtl` says in which direction it is read.
    Raises `Untypesettable`."""
    import typst  # only whoever prints needs it

    data = json.dumps(plan, ensure_ascii=False)
    # the fonts of the house alone give the same bytes everywhere; only East Asian text needs the system's
    fonts = typst.Fonts(
        include_system_fonts=bool(_EAST_ASIAN.search(data)), include_embedded_fonts=False, font_paths=[FONTS]
    )
    inputs = {"plan": data, "script": "arabic" if plan["rtl"] else ""}
    try:
        compiler = typst.Compiler(root / main, root=root, font_paths=fonts, sys_inputs=inputs)
        pdf, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=STANDARDS)
    except typst.TypstError as error:
        raise Untypesettable(" ".join([error.message, *error.hints])) from error
    for warning in warnings:
        # without a font of the house its text would silently be missing
        if warning.message.startswith("unknown font family"):
            raise Untypesettable(warning.message)
        log.warning("typst: %s", warning.message)
    return pdf


def print_plan(template: str, plan: dict[str, Any]) -> bytes:
    """The PDF that a template (its path) makes of a plan, in this process. Raises `Untypesettable`."""
    with tempfile.TemporaryDirectory(prefix="print-") as folder:
        root, main = Path(folder), Path(template)
        lay_out(root, main)
        return press(root, main.name, plan)


def print_apart(template: Path, plan: dict[str, Any], *, timeout: float) -> bytes:
    """As `print_plan`, in a process of its own. Raises `Untypesettable`, and `TooSlow` after `timeout` seconds."""
    return apart(__package__, {"template": str(template), "plan": plan}, (Untypesettable,), timeout)


# ---------------------------------------------------------------- a process of its own
Refusals = tuple[type[Exception], ...]


def apart(package: str, order: dict[str, Any], refusals: Refusals, timeout: float) -> bytes:
    """What `python -m package`, which ends in `answer`, makes of an order. Raises the same refusals as it, and
    `TooSlow` after `timeout` seconds."""
    command = [sys.executable, "-m", package]
    try:
        child = subprocess.run(
            command, input=json.dumps(order).encode(), capture_output=True, cwd=PROJECT, timeout=timeout
        )
    except subprocess.TimeoutExpired:
        raise TooSlow(timeout) from None
    if child.returncode == REFUSED:
        told = json.loads(child.stderr.splitlines()[-1])
        raise next(one for one in refusals if one.__name__ == told["refusal"])(*told["args"])
    if child.returncode:
        raise RuntimeError(child.stderr.decode(errors="replace"))
    return child.stdout


def answer(do: Callable[..., bytes], refusals: Refusals) -> int:
    """Reads an order from standard input, does it, writes the PDF to standard output; the exit status."""
    try:
        pdf = do(**json.load(sys.stdin.buffer))
    except refusals as error:
        sys.stderr.write(json.dumps({"refusal": type(error).__name__, "args": error.args}))
        return REFUSED
    sys.stdout.buffer.write(pdf)
    return 0
