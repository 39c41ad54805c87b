"""What goes wrong with texts, at the page: files that nobody should have sent, and two who write at the same instant.
Each time a sentence beside the field, and nothing kept."""

import io
import os
import re
import zipfile
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chancery.documents.acts import drafting as acts
from chancery.documents.models import Document, Draft
from tests.people.cast import client_of

from .papers import blocks, paper
from .test_reading import DTD, LAUGHING, OUTSIDE, encrypted, zipped
from .word_files import TYPES, docx, p, relations, run, tbl

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("states")]
MEGABYTE = 1024 * 1024
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def officer(documents) -> Client:
    """An officer whose browser shows a failure as a page, as in the house."""
    client = client_of(documents)
    client.raise_request_exception = False
    return client


@pytest.fixture
def document(documents) -> Document:
    made = paper(symbol="PRA/MC/7/DOC.3")
    acts.circulate(document=made, blocks=blocks("Title", "One", "Two"), by=documents)
    return made


def everything() -> dict[str, int]:
    """How many rows each table of the house has, and how many files there are."""
    models = [one for one in apps.get_models() if one.__module__.startswith("chancery.")]
    found = {one._meta.label: one._base_manager.count() for one in models}
    files = len(os.listdir(settings.MEDIA_ROOT)) if os.path.isdir(settings.MEDIA_ROOT) else 0
    return {**found, "files": files}


def brought(officer: Client, document: Document, name: str, content: bytes, kind: str = WORD) -> Any:
    file = SimpleUploadedFile(name, content, kind)
    return officer.post(address(document), {"file": file, "edition": "0"})


def address(document: Document) -> str:
    return reverse("document-import", args=[document.ref])


def beside_the_field(answer: Any) -> str:
    """What stands beside the field of the file, which says of itself that it is wrong."""
    page = answer.content.decode()
    [field] = re.findall(r'<input[^>]*type="file"[^>]*>', page)
    assert 'aria-invalid="true"' in field
    [named] = re.findall(r'aria-describedby="([^"]*)"', field)
    parts = [re.search(rf'id="{one}"[^>]*>(.*?)</(?:p|ul|div)>', page, re.DOTALL) for one in named.split()]
    return unescape(" ".join(re.sub(r"<[^>]+>|\s+", " ", one[1]) for one in parts if one))


def deflated(name: str, size: int) -> bytes:
    """A Word file with a part that unpacks to so many bytes."""
    return docx(p("Title", style="a0"), parts={name: b"\0" * size})


def stored(size: int) -> bytes:
    """A Word file of this many bytes: pictures do not get smaller."""
    whole = io.BytesIO(docx(p("Title", style="a0"), p("Words")))
    with zipfile.ZipFile(whole, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/media/image1.png", os.urandom(size))
    return whole.getvalue()


def named(name: str) -> bytes:
    """A Word file that holds a part of this name, whatever it is."""
    whole = docx(p("Title", style="a0"), p("Words"), parts={"word/media/x" + "y" * (len(name) - 12): b"x"})
    return whole.replace(b"word/media/x" + b"y" * (len(name) - 12), name.encode())


REFUSED = {
    "a renamed ZIP": ("paper.docx", zipped(photo=b"x"), "is no Word document"),
    "a renamed PDF": ("paper.docx", b"%PDF-1.7", "is no Word document"),
    "a sheet": ("paper.docx", zipped(xl__workbook=b"<x/>"), "is no Word document"),
    "macros": ("paper.docx", docx(p("T"), parts={"word/vbaProject.bin": b"x"}), "contains macros"),
    "macros that say so": ("paper.docm", docx(p("T"), parts={"word/vbaProject.bin": b"x"}), "contains macros"),
    "macros under cover": (
        "paper.docx",
        docx(p("T"), parts={"[Content_Types].xml": TYPES.replace("main+xml", "macroEnabled.main+xml")}),
        "contains macros",
    ),
    "billion laughs": ("paper.docx", docx(parts={"word/document.xml": DTD + LAUGHING}), "a DTD or entities"),
    "billion laughs in a style": (
        "paper.docx", docx(p("T"), parts={"word/styles.xml": DTD + LAUGHING}), "a DTD or entities",
    ),
    "an entity of this machine": (
        "paper.docx", docx(parts={"word/document.xml": OUTSIDE + LAUGHING}), "a DTD or entities",
    ),
    "a bomb": ("paper.docx", deflated("word/document.xml", 11 * MEGABYTE), "when it is unpacked"),
    "a password": ("paper.docx", encrypted(), "protected by a password"),
    "half a file": ("paper.docx", docx(p("T"))[:-30], "is damaged"),
    "an empty file": ("paper.docx", b"", "empty"),
    "an empty text": ("paper.txt", b"", "empty"),
    "blank lines": ("paper.txt", b" \r\n\t\r\n", "no paragraph"),
    "a NUL in the text": ("paper.txt", b"Ti\0tle", "UTF-8"),
    "a wrong ending": ("paper.exe", docx(p("T")), "Only Word"),
    "no ending": ("paper", b"Title", "Only Word"),
    "an ending after a path": ("../../etc/passwd", b"root:x", "Only Word"),
    "a Word file called a text": ("paper.md", docx(p("T")), "UTF-8"),
    "three megabytes of text": ("paper.txt", b"Title\n\n" + b"Words of peace. " * (3 * MEGABYTE // 16), "1 MB"),
    "ten megabytes of text": ("paper.md", b"# Title\n\n" + b"Words of peace. " * (10 * MEGABYTE // 16), "1 MB"),
    "a file over the limit": ("paper.docx", b"PK" + b"x" * (20 * MEGABYTE), "larger than 20 MB"),
    "three megabytes of words": (
        "paper.docx", docx(p("T"), p("Words of peace. " * (3 * MEGABYTE // 16))), "characters",
    ),
    "too many paragraphs": ("paper.txt", b"Title\n\n" * 5_000, "paragraphs"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_is_refused_is_told_so_beside_its_field_and_nothing_is_kept(officer, document, what):
    name, content, sentence = REFUSED[what]
    before = everything()
    answer = brought(officer, document, name, content)
    assert answer.status_code == 422
    assert sentence in beside_the_field(answer)
    assert everything() == before


TAKEN = {
    "a link": (
        docx(
            p("Title", style="a0"),
            p('<w:hyperlink r:id="rId1">' + run("The register") + "</w:hyperlink>"),
            parts={"word/_rels/document.xml.rels": relations(("hyperlink", "https://register.example"))},
        ),
        "The register", "link",
    ),
    "a picture from outside": (
        docx(
            p("Title", style="a0"), p("The register"),
            parts={"word/_rels/document.xml.rels": relations(("image", "http://127.0.0.1:9/x.png"))},
        ),
        "The register", "refers to other files, which were not opened: 1",
    ),
    "a table in a table": (
        docx(p("Title", style="a0"), tbl(("a", tbl(("within", "it")) + p("b")), ("c", "d"))), "within", "table",
    ),
    "ten megabytes with pictures": (stored(10 * MEGABYTE), "Words", ""),
    "a part with a NUL in its name": (named("word/media/x\0evil.png"), "Words", ""),
    "a part that leads out of its folder": (named("../../../etc/cron.d/x"), "Words", ""),
}  # fmt: skip


@pytest.mark.parametrize("what", TAKEN)
def test_a_file_that_is_read_is_shown_with_what_was_lost_and_nothing_is_kept(officer, document, what, monkeypatch):
    import socket

    def forbidden(*_arguments: Any) -> None:
        raise AssertionError("a connection was tried")

    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        monkeypatch.setattr(socket.socket, "connect", forbidden)
    content, words, lost = TAKEN[what]
    before = everything()
    answer = brought(officer, document, "paper.docx", content)
    page = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert words in page
    assert lost in page
    assert everything() == before
    assert "etc/cron" not in page


NAMES = [
    "pa\0per.docx", "\0", "a" * 300 + ".docx", "п" * 200 + ".docx", "..", "", "a/../b.docx", 'a"b.docx', "a\r\nb.docx",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_whatever_a_file_is_called(officer, document, name):
    before = everything()
    content = docx(p("Title", style="a0"), p("Words"))
    body = b"\r\n".join(
        [
            b"--x", b'Content-Disposition: form-data; name="edition"', b"", b"0",
            b"--x", b'Content-Disposition: form-data; name="file"; filename="' + name.encode() + b'"',
            b"Content-Type: " + WORD.encode(), b"", content, b"--x--", b"",
        ]
    )  # fmt: skip
    answer = officer.generic("POST", address(document), body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code in (200, 422)
    if answer.status_code == 422:
        assert beside_the_field(answer)
    assert everything() == before


@pytest.mark.parametrize("field", ["content", "seen"])
@pytest.mark.parametrize(
    "sent",
    [
        "[" * 100_000, '[["b1","title","\\ud800"]]', '[["b1","title","a\\u0000b"]]', '{"b1":"\\ud800"}', "1" * 5_000,
    ],
)
def test_what_a_page_carries_along_may_be_anything(officer, document, field, sent):
    """The preview and the marks of an editor go with the page, and anybody can write them."""
    page = address(document) if field == "content" else reverse("document-draft", args=[document.ref])
    answer = officer.post(page, {field: sent, "edition": "0", "do": "save"})
    assert answer.status_code in (302, 400, 409, 422)


def test_a_preview_that_is_longer_than_a_form_may_be(officer, document):
    before = everything()
    sent = f"edition=0&content={'x' * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}"
    answer = officer.post(address(document), sent, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (400, 413)
    assert "Nothing was changed." in answer.content.decode()
    assert everything() == before


def test_three_megabytes_typed_into_one_paragraph_are_refused_and_shown_again(officer, document):
    typed = "Words of peace. " * (3 * MEGABYTE // 16)
    sent = {"edition": "0", "do": "save", "kind.b2": "operative", "en.b2": typed}
    answer = officer.post(reverse("document-draft", args=[document.ref]), sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "at most 20000 are kept" in page
    assert typed.strip() in page
    assert not Draft.objects.exists()
