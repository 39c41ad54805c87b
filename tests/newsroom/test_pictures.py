"""Pictures that people bring, and the sizes in which they are shown."""

import io
import struct
import zlib
from hashlib import sha256

import pytest
from PIL import Image

from chancery.newsroom import pictures, rules

from .stage import jpeg


def png_that_claims(width: int, height: int) -> bytes:
    """A picture of a few bytes whose head promises very many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def bomb() -> bytes:
    """Fifty-one million white pixels in a small file."""
    into = io.BytesIO()
    Image.new("1", (8500, 6000), 1).save(into, "PNG")
    return into.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"%PDF-1.7", jpeg()[:200],
        png_that_claims(100_000, 100_000), png_that_claims(5, 5), bomb(), jpeg(format="GIF"), jpeg(format="TIFF"),
    ],
    ids=["empty", "gif-head", "svg", "pdf", "cut", "huge", "no-pixels", "bomb", "gif", "tiff"],
)  # fmt: skip
def test_what_is_not_a_picture_is_refused_and_not_kept(content, files):
    with pytest.raises(rules.NotAPicture):
        pictures.accept(content, "a.jpg")
    assert list(files.iterdir()) == []


def test_too_many_bytes_are_not_even_looked_at(settings, files):
    settings.UPLOAD_LIMIT = 100
    with pytest.raises(rules.NotAPicture):
        pictures.accept(jpeg(), "a.jpg")


def test_a_picture_is_drawn_anew_without_what_the_camera_noted(files):
    exif = Image.Exif()
    exif[0x010E] = "Secret place"
    exif[0x0112] = 6  # taken with the camera turned
    content = jpeg(60, 40, exif=exif, comment=b"Secret name")
    name = pictures.accept(content, "a.jpg")
    kept = (files / name).read_bytes()
    assert name == f"{sha256(kept).hexdigest()}.jpg"
    assert b"Secret" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert (image.size, dict(image.getexif()), image.info.get("comment")) == ((40, 60), {}, None)


def test_the_same_picture_is_kept_once(files):
    assert pictures.accept(jpeg(), "a.jpg") == pictures.accept(jpeg(), "b.jpg")
    assert len(list(files.iterdir())) == 1


def test_a_picture_with_clear_parts_stays_so(files):
    into = io.BytesIO()
    Image.new("RGBA", (9, 9), (255, 0, 0, 0)).save(into, "PNG")
    name = pictures.accept(into.getvalue(), "a.png")
    with Image.open(files / name) as image:
        assert (image.format, image.mode) == ("PNG", "RGBA")


def test_a_very_large_picture_is_kept_as_large_as_a_page_needs(files):
    with Image.open(files / pictures.accept(jpeg(5000, 1000), "a.jpg")) as image:
        assert image.size == (3600, 720)


def test_a_picture_is_offered_in_the_widths_below_its_own(files):
    (files / "a.jpg").write_bytes(jpeg(1000, 500))
    shown = pictures.shown("a.jpg")
    assert (shown.width, shown.height, shown.url) == (1000, 500, "/files/960/a.jpg")
    assert shown.srcset == "/files/480/a.jpg 480w, /files/960/a.jpg 960w, /files/a.jpg 1000w"
    (files / "small.png").write_bytes(jpeg(100, 50, format="PNG"))
    assert pictures.shown("small.png").srcset == "/files/small.png 100w"


@pytest.mark.parametrize("content", [None, b"no picture"])
def test_a_missing_or_broken_picture_is_not_shown(files, content):
    if content:
        (files / "a.jpg").write_bytes(content)
    assert pictures.shown("a.jpg") is None
    assert pictures.scaled("a.jpg", 480) == files / "a.jpg"


def test_a_size_is_made_once_and_kept(files):
    exif = Image.Exif()
    exif[0x0112] = 6
    (files / "a.jpg").write_bytes(jpeg(1500, 1000, exif=exif))
    path = pictures.scaled("a.jpg", 480)
    assert path == files / "sizes" / "480" / "a.jpg"
    with Image.open(path) as image:
        assert image.size == (480, 720)  # upright
    made = path.stat().st_mtime_ns
    assert pictures.scaled("a.jpg", 480).stat().st_mtime_ns == made
    assert pictures.scaled("a.jpg", 1600) == files / "a.jpg"  # never larger than it is
