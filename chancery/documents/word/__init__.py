"""Word files that go out with every proposal as a tracked change of its authors, and come back amended."""

import io
import zipfile

from . import parts
from .amended import identify, read_amended
from .paper import Column, Paper, Voice
from .returned import (
    Contribution,
    Found,
    Known,
    KnownText,
    Origin,
    Returned,
    TooManyAuthors,
    TooManyChanges,
    Understood,
)

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

__all__ = [
    "CONTENT_TYPE", "Column", "Contribution", "Found", "Known", "KnownText", "Origin", "Paper", "Returned",
    "TooManyAuthors", "TooManyChanges", "Understood", "Voice", "identify", "read_amended", "write",
]  # fmt: skip


def write(paper: Paper) -> bytes:
    """A text with its open proposals as DOCX; the words around it are in the active language. The same bytes for the
    same values.

    Of proposals that touch the same words the first that was tabled stands in them, and each other beside them."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.whole(paper).items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, part)
    return file.getvalue()
