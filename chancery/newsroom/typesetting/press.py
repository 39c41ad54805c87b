"""The press: hands a plan and its pictures to Typst and takes a PDF back."""

from __future__ import annotations

import json
import logging
import pathlib
import re
import shutil
import tempfile

import typst

from . import pages, pictures

HERE = pathlib.Path(__file__).parent
FONTS = HERE.parent / "fonts"
STANDARDS = ["a-2a", "ua-1"]

_EAST_ASIAN = re.compile(r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")

log = logging.getLogger(__name__)


class Untypesettable(ValueError):
    """The edition cannot be set: a font is not installed, or a character is in none of the fonts."""


def typeset(edition: dict, *, language: str, charter: dict, files: pathlib.Path) -> bytes:
    """A Digest edition as a PDF in one language.

    `edition` is in the form of docs/record-format.md. `charter` gives name, short, address (localized),
    email, website, issued_by_organisation, dimensions ([{code, name}]) and, if known, languages, the first
    of which is the reference. `files` is the folder of the pictures. What is missing in the language is
    taken from the first one and marked as such. Chapters without items are left out.

    Raises BadPicture, PictureWithoutAlt, Untypesettable.
    """
    with tempfile.TemporaryDirectory(prefix="digest-") as folder:
        root = pathlib.Path(folder)
        for template in HERE.glob("*.typ"):
            shutil.copy(template, root)
        (root / "pictures").mkdir()
        ready = pictures.prepare(pages.printed_widths(edition), files, root / "pictures")
        plan = pages.plan(edition, language=language, charter=charter, pictures=ready)
        return _print(root, plan)


def _print(root: pathlib.Path, plan: dict) -> bytes:
    data = json.dumps(plan, ensure_ascii=False)
    # the fonts of the house alone give the same bytes everywhere; only East Asian text needs the system's
    fonts = typst.Fonts(
        include_system_fonts=bool(_EAST_ASIAN.search(data)), include_embedded_fonts=False, font_paths=[FONTS]
    )
    press = typst.Compiler(
        root / "digest.typ",
        root=root,
        font_paths=fonts,
        sys_inputs={
            "plan": data,
            "script": "arabic" if plan["rtl"] else "",
        },
    )
    try:
        pdf, warnings = press.compile_with_warnings(format="pdf", pdf_standards=STANDARDS)
    except typst.TypstError as error:
        raise Untypesettable(" ".join([error.message, *error.hints])) from error
    for warning in warnings:
        # without a font of the house its text would silently be missing
        if warning.message.startswith("unknown font family"):
            raise Untypesettable(warning.message)
        log.warning("typst: %s", warning.message)
    return pdf
