"""Sets an edition: its pictures made ready, its pages planned, and both handed to the press of the house."""

from __future__ import annotations

import pathlib
import tempfile

from chancery.core.typesetting.press import Untypesettable, lay_out, press

from . import pages, pictures

HERE = pathlib.Path(__file__).parent

__all__ = ["Untypesettable", "typeset"]


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
        lay_out(root, *HERE.glob("*.typ"))
        (root / "pictures").mkdir()
        ready = pictures.prepare(pages.printed_widths(edition), files, root / "pictures")
        return press(root, "digest.typ", pages.plan(edition, language=language, charter=charter, pictures=ready))
