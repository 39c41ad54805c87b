"""Pictures made ready for print: decoded once, scaled to 150 dpi of their printed size, saved as JPEG."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from PIL import Image, ImageOps

DPI = 150
QUALITY = 82
MAX_PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF")
TURNED = (5, 6, 7, 8)
ORIENTATION = 0x0112


class BadPicture(ValueError):
    """A file named by an edition is missing, is not a picture, or is too large to decode safely."""

    def __init__(self, file: str, reason: str = ""):
        super().__init__(file, reason)
        self.file = file
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}" if self.reason else self.file


@dataclass(frozen=True)
class Picture:
    """A printable copy and the size in pixels of the picture as seen, upright."""

    name: str
    width: int
    height: int


def prepare(widths: Mapping[str, float], files: pathlib.Path, into: pathlib.Path) -> dict[str, Picture]:
    """Write a printable copy of each file into a folder.

    `widths` gives the largest width in millimetres at which each file is printed. Raises BadPicture.
    """
    wanted = enumerate(sorted(widths.items()))
    jobs = [(name, width, into / f"{place}.jpg") for place, (name, width) in wanted]
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        done = pool.map(lambda job: _copy(files, *job), jobs)
        return dict(zip((name for name, _, _ in jobs), done, strict=True))


def _copy(files: pathlib.Path, name: str, millimetres: float, target: pathlib.Path) -> Picture:
    if not name or pathlib.PurePath(name).name != name:
        raise BadPicture(name, "not the name of a file")
    try:
        with Image.open(files / name, formats=FORMATS) as image:
            return _scale(image, name, millimetres, target)
    except BadPicture:
        raise
    except FileNotFoundError:
        raise BadPicture(name, "no such file") from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadPicture(name, "cannot be read as a picture") from error


def _scale(image: Image.Image, name: str, millimetres: float, target: pathlib.Path) -> Picture:
    wide, high = image.size
    if wide * high > MAX_PIXELS:
        raise BadPicture(name, f"{wide} × {high} pixels are too many")
    turned = image.getexif().get(ORIENTATION) in TURNED
    seen = (high, wide) if turned else (wide, high)
    width = min(seen[0], round(millimetres / 25.4 * DPI))
    height = max(1, round(width * seen[1] / seen[0]))
    # thumbnail() lets the JPEG decoder scale while it decodes: a fraction of the time and memory
    box = (height, width) if turned else (width, height)
    image.thumbnail(box, Image.Resampling.LANCZOS, reducing_gap=1.4)
    _on_white(ImageOps.exif_transpose(image)).save(target, "JPEG", quality=QUALITY, optimize=False)
    return Picture(target.name, *seen)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("L", "RGB"):
        return image
    if not image.has_transparency_data:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(clear, mask=clear.getchannel("A"))
    return paper
