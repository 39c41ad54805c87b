"""What a scan is, told by its content."""

import io

from PIL import Image

from .rules import Media, ScanTooLarge, ScanUnreadable

_PICTURES = {"JPEG": Media.JPEG, "PNG": Media.PNG}
_MOST_PIXELS = 120_000_000  # a page of A3 at 600 dots to the inch


def media(content: bytes, limit: int) -> Media:
    """The kind of file. Raises `ScanTooLarge` above `limit` bytes, `ScanUnreadable` for anything but a whole
    PDF, JPEG or PNG."""
    if len(content) > limit:
        raise ScanTooLarge(megabytes=limit // 1024 // 1024)
    if content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-2048:]:
            raise ScanUnreadable
        return Media.PDF
    try:
        with Image.open(io.BytesIO(content), formats=list(_PICTURES)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise ScanUnreadable
            kind = _PICTURES[picture.format or ""]
            picture.load()
    except (OSError, SyntaxError, ValueError, KeyError, Image.DecompressionBombError):
        raise ScanUnreadable from None
    return kind
