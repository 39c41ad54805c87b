"""The door of reading: a file, by its name and its bytes."""

from pathlib import PurePath

from django.conf import settings

from . import order, plain, word
from .order import Reading
from .pieces import FileEmpty, FileTooLarge, FormatUnknown

LARGEST_TEXT = 1024 * 1024  # bytes of Markdown or plain text: a hundred pages are a third of it
_WORD = (".docx", ".docm", ".doc", ".dotx", ".dotm", ".dot")
_MARKDOWN = (".md", ".markdown")


def read(name: str, content: bytes) -> Reading:
    """What a file says, as blocks. Nothing outside the file is opened, and nothing of it is kept.

    Raises a refusal of `pieces` for a file that is not read, and `EmptyText`, `TooManyBlocks` or `BlockTooLong` for one
    whose text cannot be kept."""
    ending = PurePath(name).suffix.casefold()
    if ending not in (*_WORD, *_MARKDOWN, ".txt"):
        raise FormatUnknown
    if not content:
        raise FileEmpty
    limit = settings.UPLOAD_LIMIT if ending in _WORD else LARGEST_TEXT
    if len(content) > limit:
        raise FileTooLarge(limit=limit // 1024**2)
    if ending in _WORD:
        return order.ordered(word.pieces(content))
    return order.ordered(plain.markdown(content) if ending in _MARKDOWN else plain.text(content))
