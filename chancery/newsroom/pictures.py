"""Pictures: what is brought is checked and drawn anew, what is shown is scaled once and kept."""

import io
import os
import warnings
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from PIL import Image, ImageOps

from chancery.core import files

from .rules import NotAPicture

FORMATS = {"JPEG": "jpg", "PNG": "png"}
WIDTHS = (480, 960, 1600)  # pixels, in which a picture is offered besides its own size
MOST_PIXELS = 50_000_000  # a small file cannot fill the memory
LONGEST = 3600  # pixels of the longer side that is kept: a whole page in print
_ORIENTATION = 0x0112


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a page offers it: its size as seen and the addresses in several widths."""

    url: str
    srcset: str
    width: int
    height: int


def accept(content: bytes, name: str) -> str:
    """Checks what somebody brought and keeps it drawn anew, without its metadata, under the name of its content.

    Returns that name. Raises `NotAPicture`. To be called before the act that names it: whatever happens then, the
    file is shown to nobody until a fact names it."""
    limit = settings.UPLOAD_LIMIT // (1024 * 1024)
    refusal = NotAPicture(file=name[:80], limit=limit)
    if len(content) > settings.UPLOAD_LIMIT:
        raise refusal
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            drawn, ending = _drawn(content)
    except Exception:  # decoders of pictures fail in every way there is
        raise refusal from None
    return files.keep(drawn, ending)


def _drawn(content: bytes) -> tuple[bytes, str]:
    with Image.open(io.BytesIO(content), formats=list(FORMATS)) as image:
        kind = image.format or ""
        if image.width * image.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        image.draft("RGB", (LONGEST, LONGEST))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS, reducing_gap=2.0)
        return _written(upright, kind), FORMATS[kind]


def _written(image: Image.Image, kind: str) -> bytes:
    """The pixels alone: whatever else the file carried stays behind."""
    mode = "RGB" if kind == "JPEG" or not image.has_transparency_data else "RGBA"
    bare = Image.new(mode, image.size)
    bare.paste(image.convert(mode))
    into = io.BytesIO()
    bare.save(into, kind, optimize=True, **({"quality": 88, "progressive": True} if kind == "JPEG" else {}))
    return into.getvalue()


def shown(name: str) -> Shown | None:
    """How a page shows a picture of the record; None where its file is missing or cannot be read."""
    size = _size(name)
    if size is None:
        return None
    width, height = size
    offered = [f"{reverse('picture', args=[one, name])} {one}w" for one in WIDTHS if one < width]
    whole = reverse("file", args=[name])
    url = reverse("picture", args=[WIDTHS[1], name]) if width > WIDTHS[1] else whole
    return Shown(url, ", ".join([*offered, f"{whole} {width}w"]), width, height)


def _size(name: str) -> tuple[int, int] | None:
    try:
        return _measured(Path(settings.MEDIA_ROOT) / name)
    except Exception:  # missing, or not a picture: the page stands without it
        return None


@lru_cache(maxsize=4096)
def _measured(path: Path) -> tuple[int, int]:
    """The size as seen. A file never changes under its name, so it is read once; failures are not remembered."""
    with Image.open(path, formats=list(FORMATS)) as image:
        width, height = image.size
        turned = image.getexif().get(_ORIENTATION, 1) >= 5
    return (height, width) if turned else (width, height)


def scaled(name: str, width: int) -> Path:
    """A picture of the record in one of `WIDTHS`, made at the first asking. Its own file where it is not wider, or
    cannot be scaled."""
    original = Path(settings.MEDIA_ROOT) / name
    kept = Path(settings.MEDIA_ROOT) / "sizes" / str(width) / name
    if kept.exists():
        return kept
    size = _size(name)
    if size is None or size[0] <= width:
        return original
    try:
        _scale(original, kept, width)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return original
    return kept


def _scale(original: Path, kept: Path, width: int) -> None:
    with Image.open(original, formats=list(FORMATS)) as image:
        kind = image.format or "JPEG"
        seen = _measured(original)
        height = max(1, round(width * seen[1] / seen[0]))
        if image.width * image.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        turned = seen != image.size
        image.thumbnail((height, width) if turned else (width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
        drawn = _written(ImageOps.exif_transpose(image), kind)
    kept.parent.mkdir(parents=True, exist_ok=True)
    coming = kept.with_name(f".{kept.name}.{os.getpid()}.new")
    coming.write_bytes(drawn)
    os.replace(coming, kept)
