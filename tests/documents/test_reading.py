"""Files that people bring: what is understood of them, what is told, and what is refused."""

import io
import shutil
import struct
import subprocess
import tempfile
import time
import zipfile

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.core.refusals import Refusal
from chancery.core.text import tidy
from chancery.documents.reading import files, package
from chancery.documents.reading.files import read
from chancery.documents.reading.pieces import (
    FileDamaged,
    FileEmpty,
    FileEncrypted,
    FileTooLarge,
    ForbiddenXml,
    FormatUnknown,
    HasMacros,
    NotAWordFile,
    NotUtf8,
    OldWordFile,
    UnpacksTooLarge,
)  # fmt: skip
from chancery.documents.reading.remarks import Severity
from chancery.documents.rules.blocks import (
    MOST,
    BlockKind,
    BlockTooLong,
    EmptyText,
    NoTitle,
    TooManyBlocks,
    check,
    numbers,
)  # fmt: skip

from .word_files import HEAD, TYPES, W, docx, p, relations, run, tbl


def told(found: files.Reading) -> list[str]:
    """`kind number: text`, a line feed shown as /."""
    called = numbers(found.blocks)
    return [
        f"{one.kind} {called.get(one.id, '')}".strip() + f": {one.text}".replace("\n", " / ") for one in found.blocks
    ]


def said(found: files.Reading) -> list[str]:
    return [f"{one.place} {one}" for one in found.notes]


# ---------------------------------------------------------------- what a text is made of
ENGLISH = """
PRA/MC/7/DOC.3

Joint statement on water

The Ministerial Council,

Recalling its decision PRA/MC/6/DEC.2 of
17 December 2023,

Deeply concerned about the droughts of recent years,

Meeting in Selmar,

Has agreed as follows:

1. Decides to establish a register of contacts;
2. Invites the Member States:
   (a) to name their contacts;
   (b) to keep them current;
3. Thanks Jorvania.

Annex I

Contacts
"""
RUSSIAN = """
Совместное заявление о воде

Совет министров,

ссылаясь на решение PRA/MC/6/DEC.2,

вновь подтверждая приверженность сотрудничеству,

будучи глубоко обеспокоен засухами,

1. постановляет создать реестр;
2. предлагает государствам-членам:
а) назвать контакты;
б) обновлять их.

Приложение № 1
"""
ARABIC = """
بيان مشترك بشأن المياه

إن المجلس الوزاري،

إذ يشير إلى قراره PRA/MC/6/DEC.2،

وإذ يؤكد من جديد التزامه،

١. يقرر إنشاء سجل؛
٢. يشكر جورفانيا.

المرفق الأول
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ENGLISH, [
            "title: Joint statement on water",
            "heading: The Ministerial Council,",
            "preambular PP1: Recalling its decision PRA/MC/6/DEC.2 of 17 December 2023,",
            "preambular PP2: Deeply concerned about the droughts of recent years,",
            "preambular PP3: Meeting in Selmar,",
            "heading: Has agreed as follows:",
            "operative 1: Decides to establish a register of contacts;",
            "operative 2: Invites the Member States: / (a) to name their contacts; / (b) to keep them current;",
            "operative 3: Thanks Jorvania.",
            "annex I: Annex I",
            "paragraph I.1: Contacts",
        ]),
        (RUSSIAN, [
            "title: Совместное заявление о воде",
            "heading: Совет министров,",
            "preambular PP1: ссылаясь на решение PRA/MC/6/DEC.2,",
            "preambular PP2: вновь подтверждая приверженность сотрудничеству,",
            "preambular PP3: будучи глубоко обеспокоен засухами,",
            "operative 1: постановляет создать реестр;",
            "operative 2: предлагает государствам-членам: / а) назвать контакты; / б) обновлять их.",
            "annex I: Приложение № 1",
        ]),
        (ARABIC, [
            "title: بيان مشترك بشأن المياه",
            "heading: إن المجلس الوزاري،",
            "preambular PP1: إذ يشير إلى قراره PRA/MC/6/DEC.2،",
            "preambular PP2: وإذ يؤكد من جديد التزامه،",
            "operative 1: يقرر إنشاء سجل؛",
            "operative 2: يشكر جورفانيا.",
            "annex I: المرفق الأول",
        ]),
        (  # a report recalls and decides nothing
            "Report\n\nDuring the year, three meetings were held.\n\nMembers agreed on little.",
            ["title: Report", "paragraph 1: During the year, three meetings were held.",
             "paragraph 2: Members agreed on little."],
        ),
        (  # participles after the first number are not of the preamble
            "Plan\n\n1. One\n\nNoting that it rains,",
            ["title: Plan", "operative 1: One", "paragraph 2: Noting that it rains,"],
        ),
        ("Title", ["title: Title"]),
        ("\ufeffTitle\r\nof two lines\r\n", ["title: Title of two lines"]),
        (  # a list belongs to what announces it, and stands alone where nothing does
            "T\n\nThere are:\n- rivers\n- lakes\n\nText.\n\n- seas",
            ["title: T", "paragraph 1: There are: / – rivers / – lakes", "paragraph 2: Text.", "paragraph 3: – seas"],
        ),
    ],
)  # fmt: skip
def test_plain_text(text, expected):
    assert told(read("paper.txt", text.encode())) == expected


MARKDOWN = """# Joint statement

*The Council,*

*Recalling* its decision,

**Operative part**

1. *Decides* to establish a [register](https://register.example);
   1. of contacts
   2. of rivers
2. *Invites* ![map](map.png) <b>States</b>

| Year | Sum |
| ---- | --- |
| 2025 | 10 \\| 11 |

## Annex II: Contacts

> Quoted words
"""


def test_markdown():
    found = read("paper.MD", MARKDOWN.encode())
    assert told(found) == [
        "title: Joint statement",
        "heading: The Council,",
        "preambular PP1: Recalling its decision,",
        "heading: Operative part",
        "operative 1: Decides to establish a register; / 1. of contacts / 2. of rivers",
        "operative 2: Invites States",
        "table 3: Year | Sum / 2025 | 10 ¦ 11",
        "annex I: Annex II: Contacts",
        "paragraph I.1: Quoted words",
    ]
    assert said(found) == [
        "6 Pictures left out: 1. Enclose them as files.",
        "5 Links whose words are kept and whose addresses are not: 1.",
        "6 HTML tags left out: 2.",
    ]
    assert found.blocks[6].rows == [["Year", "Sum"], ["2025", "10 ¦ 11"]]


# ---------------------------------------------------------------- Word
ITALIC, BOLD = "<w:i/>", "<w:b/>"
DECISION = (
    p("Joint statement", style="a0"),
    p("on water", style="a0"),
    p(run("The Council,")),
    p(run("Recalling", ITALIC) + run(" its decision,")),
    p(run("Bearing", '<w:rStyle w:val="a5"/>') + run(" in mind the droughts,")),
    p(run("What we decide", BOLD)),
    p(run("Decides", ITALIC) + run(" to establish a register:"), style="a4"),
    p("of contacts;", list="1", level=1),
    p("of rivers;", list="1", level=1),
    p("great ones", list="1", level=2),
    p("Thanks Jorvania.", list="1"),
    tbl(("Year", "Sum"), ("2025", "10 | 11")),
    p("Annex: list of contacts", style="a1"),
    p("Begins anew", list="3"),
    p("Section", list="4"),
)


def test_a_word_file():
    found = read("paper.docx", docx(*DECISION))
    assert told(found) == [
        "title: Joint statement on water",
        "heading: The Council,",
        "preambular PP1: Recalling its decision,",
        "preambular PP2: Bearing in mind the droughts,",
        "heading: What we decide",
        "operative 1: Decides to establish a register: / (a) of contacts; / (b) of rivers; / 1.i great ones",
        "operative 2: Thanks Jorvania.",
        "table 3: Year | Sum / 2025 | 10 ¦ 11",
        "annex I: Annex: list of contacts",
        "operative I.1: Begins anew",
        "paragraph I.2: I. Section",
    ]
    assert found.notes == []
    check(found.blocks)


@pytest.mark.parametrize(
    ("body", "expected", "remark"),
    [
        # tracked changes: as if nobody had accepted them
        (p(run("to ") + f"<w:ins>{run('also ')}</w:ins><w:del><w:r><w:delText>surely </w:delText></w:r></w:del>"
           + run("meet")), "to surely meet",
         ["2 Tracked changes were not accepted: insertions left out: 1.",
          "2 Tracked changes were not accepted: deletions kept in the text: 1."]),
        (p(run("here ") + f"<w:moveFrom>{run('moved')}</w:moveFrom>") + p(f"<w:moveTo>{run('moved')}</w:moveTo>"),
         "here moved",
         ["2 Tracked changes were not accepted: insertions left out: 1.",
          "2 Tracked changes were not accepted: deletions kept in the text: 1."]),
        # the end of a paragraph that was inserted: it was one paragraph
        (p("Decides to ", mark="<w:ins/>") + p("meet"), "Decides to meet", []),
        (p(f"<w:ins>{run('A new one')}</w:ins>", mark="<w:ins/>") + p("meet"), "meet",
         ["2 Tracked changes were not accepted: insertions left out: 1."]),
        # notes and comments
        (p(run("meet") + '<w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:endnoteReference w:id="1"/></w:r>'
           '<w:r><w:commentReference w:id="1"/></w:r>'), "meet",
         ["2 Comments left out: 1.",
          "2 Footnotes left out: 2. Put into the text what delegations are to agree on."]),
        # pictures and what looks like them
        (p(run("meet") + "<w:r><w:drawing/></w:r><w:r><w:pict/></w:r>"), "meet",
         ["2 Pictures left out: 2. Enclose them as files."]),
        (p(run("meet") + f"<w:r><w:pict><w:txbxContent>{p('boxed')}</w:txbxContent></w:pict></w:r>"), "meet",
         ["2 Text boxes left out with their words: 1."]),
        (p(run("meet") + '<w:r><w:drawing><a:graphicData uri="http://x/2006/chart"/></w:drawing></w:r>'
           "<w:r><w:object/></w:r>"), "meet",
         ["2 Embedded objects left out (charts, sheets, other files): 2."]),
        (p("meet") + "<w:altChunk/>", "meet", ["2 Embedded objects left out (charts, sheets, other files): 1."]),
        (p(run("meet") + "<w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:pict/>"
           "</mc:Fallback></mc:AlternateContent></w:r>"), "meet",
         ["2 Pictures left out: 1. Enclose them as files."]),
        # words
        (p(run("to") + "<w:r><w:tab/></w:r><w:r><w:br/></w:r>" + run("meet")), "to meet", []),
        (p(run("co") + "<w:r><w:noBreakHyphen/></w:r>" + run("operate")), "co\u2011operate", []),
        (p(run("meet") + run("secretly", "<w:vanish/>")), "meet", ["2 Hidden words left out: 1."]),
        (p(run("seen", '<w:vanish w:val="0"/>')), "seen", []),
        (p(run("meet") + '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'), "meet",
         ["2 Signs of a font of symbols left out: 1."]),
        (p("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"), "a+b", ["2 Formulas written in one line: 1."]),
        (f"<w:sdt><w:sdtContent>{p('controlled')}</w:sdtContent></w:sdt>", "controlled", []),
        (p(f"<w:sdt><w:sdtContent>{run('controlled')}</w:sdtContent></w:sdt>"), "controlled", []),
        (p("Contents 1", style="a6") + p("meet"), "meet", ["1 The table of contents was left out."]),
        (p("meet") + "<w:sectPr><w:headerReference/></w:sectPr>", "meet",
         ["2 Headers and footers were left out."]),
        # links: words, not addresses
        (p(f'<w:hyperlink r:id="rId1">{run("the register")}</w:hyperlink>'), "the register",
         ["2 Links whose words are kept and whose addresses are not: 1."]),
        (p(f'<w:hyperlink w:anchor="here">{run("paragraph 3")}</w:hyperlink>'), "paragraph 3", []),
        (p('<w:r><w:instrText> HYPERLINK "http://x.example" </w:instrText></w:r>' + run("there")), "there",
         ["2 Links whose words are kept and whose addresses are not: 1."]),
        # tables
        (tbl(("a", tbl(("b", "c"), ("d", "")) + p("e"))), "a | b, c; d e",
         ["2 Tables within tables written as plain words: 1."]),
        (tbl(("boxed words",)), "boxed words", []),  # a frame is no table
        ('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>wide</w:t></w:r></w:p></w:tc>'
         "</w:tr>"
         "<w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>"
         "</w:tbl>", "wide |  / a | ", []),
        ("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
         "<w:tr><w:trPr><w:ins/></w:trPr><w:tc><w:p><w:r><w:t>new</w:t></w:r></w:p></w:tc></w:tr></w:tbl>", "a | ",
         ["2 Tracked changes were not accepted: insertions left out: 1."]),
    ],
)  # fmt: skip
def test_what_a_word_file_may_hold(body, expected, remark):
    parts = {"word/_rels/document.xml.rels": relations(("hyperlink", "https://register.example"))}
    found = read("paper.docx", docx(p("Title", style="a0"), body, parts=parts))
    assert [one.text.replace("\n", " / ") for one in found.blocks[1:]] == [expected.strip()]
    assert said(found) == remark


def test_nothing_outside_the_file_is_opened(monkeypatch):
    def forbidden(*_arguments):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr("socket.socket.connect", forbidden)
    parts = {
        "word/_rels/document.xml.rels": relations(
            ("attachedTemplate", "https://template.example/x.dotm"), ("image", "file:///etc/passwd")
        )
    }
    found = read("paper.docx", docx(p("Title", style="a0"), parts=parts))
    assert said(found) == ["0 The file refers to other files, which were not opened: 2."]


@pytest.mark.parametrize(
    ("body", "first", "remark"),
    [
        ((p("Note"), p("Statement", style="a0"), p("Text")), "Statement", "2 What stood before the title follows it."),
        ((p("Statement"), p("Text")), "Statement", "1 The first words were taken for the title."),
        ((tbl(("a", "b")), p("Statement")), "Statement", "1 The first words were taken for the title."),
        ((p("One", list="1"),), "1. One", "1 The first words were taken for the title."),
        ((p("PRA/MC/7/DOC.3"), p("S", style="a0")), "S",
         "0 The symbol PRA/MC/7/DOC.3 at the head was left out: the register gives symbols."),
    ],
)  # fmt: skip
def test_the_title(body, first, remark):
    found = read("paper.docx", docx(*body))
    assert (found.blocks[0].kind, found.blocks[0].text) == (BlockKind.TITLE, first)
    assert remark in said(found)
    check(found.blocks)


def test_a_number_that_is_another_one_here():
    found = read("paper.txt", b"Title\n\n1. One\n\nBetween\n\n2. Two")
    assert "4 “2.” in the file is 3 here. Look at the numbers." in said(found)
    assert {one.severity for one in found.notes} == {Severity.UNSURE}


def test_what_is_lost_is_said_in_the_language_of_the_page():
    [note] = read("paper.docx", docx(p("T", style="a0"), p("<w:r><w:drawing/></w:r>"))).notes
    with translation.override("ru"):
        assert "{" not in str(note)
    assert (note.severity, note.place) == (Severity.LOST, 1)  # after the title, where nothing else stands


def test_the_strict_form_of_the_format():
    whole = zipfile.ZipFile(io.BytesIO(docx(*DECISION))).read("word/document.xml")
    strict = whole.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert told(read("a.docx", docx(parts={"word/document.xml": strict}))) == told(read("a.docx", docx(*DECISION)))


# ---------------------------------------------------------------- files of real programs
def test_a_file_as_word_makes_it():
    from docx import Document

    made = Document()
    made.add_heading("Joint statement", 0)
    preamble = made.add_paragraph()
    preamble.add_run("Recalling").italic = True
    preamble.add_run(" its decision,")
    made.add_paragraph("Decides to meet;", style="List Number")
    made.add_paragraph("Thanks Jorvania.", style="List Number")
    made.add_heading("Annex", 1)
    made.add_paragraph("A sign", style="List Bullet")
    table = made.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 0).text = "Year", "Sum", "2025"
    file = io.BytesIO()
    made.save(file)
    assert told(read("paper.docx", file.getvalue())) == [
        "title: Joint statement",
        "preambular PP1: Recalling its decision,",
        "operative 1: Decides to meet;",
        "operative 2: Thanks Jorvania.",
        "annex I: Annex",
        "paragraph I.1: – A sign",
        "table I.2: Year | Sum / 2025 |",
    ]


PAGE = """<html><body><h1 class="title">Joint statement</h1><p><i>Recalling</i> its decision,</p>
<ol><li><p>Decides to meet;</p></li><li><p>Thanks Jorvania.</p></li></ol>
<table><tr><td><p>Year</p></td><td><p>Sum</p></td></tr><tr><td><p>2025</p></td><td><p>10</p></td></tr></table>
<h2>Annex</h2></body></html>"""


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice (Debian: libreoffice-writer-nogui)")
def test_a_file_as_libreoffice_makes_it(tmp_path):
    (tmp_path / "paper.html").write_text(PAGE, encoding="utf-8")
    with tempfile.TemporaryDirectory() as home:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{home}", "--headless", "--infilter=HTML (StarWriter)",
             "--convert-to", "docx:Office Open XML Text", "--outdir", str(tmp_path), str(tmp_path / "paper.html")],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    assert told(read("paper.docx", (tmp_path / "paper.docx").read_bytes())) == [
        "title: Joint statement",
        "preambular PP1: Recalling its decision,",
        "operative 1: Decides to meet;",
        "operative 2: Thanks Jorvania.",
        "table 3: Year | Sum / 2025 | 10",
        "annex I: Annex",
    ]


# ---------------------------------------------------------------- files that are not read
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DTD = f'{HEAD}<!DOCTYPE w:document [<!ENTITY l0 "ha">{LAUGHS}]>'
OUTSIDE = f'{HEAD}<!DOCTYPE w:document [<!ENTITY passwd SYSTEM "file:///etc/passwd">]>'
LAUGHING = f"<w:document {W}><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return file.getvalue()


def encrypted() -> bytes:
    """A Word file whose parts say that they are encrypted."""
    data = bytearray(docx(p("Title")))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        flags = struct.unpack_from("<H", data, at + 8)[0]
        struct.pack_into("<H", data, at + 8, flags | 1)
        at += 4
    return bytes(data)


def lying(size: int) -> bytes:
    """A Word file whose text says that it is small and unpacks to much more."""
    content = bytearray(docx(parts={"word/document.xml": b" " * size}))
    at = content.find(b"PK\x01\x02")
    while content[at + 46:at + 46 + 17] != b"word/document.xml":
        at = content.find(b"PK\x01\x02", at + 4)
    struct.pack_into("<I", content, at + 24, 100)
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("paper.docx", b"", FileEmpty),
        ("paper.txt", b"", FileEmpty),
        ("paper.txt", b" \n\t\r\n", EmptyText),
        ("paper.md", b"![only a picture](a.png)", EmptyText),
        ("paper.docx", docx(), EmptyText),
        ("paper.docx", docx(tbl(("a", "b"))), NoTitle),
        ("paper.pdf", b"%PDF-1.7", FormatUnknown),
        ("paper.odt", b"PK", FormatUnknown),
        ("paper", b"Title", FormatUnknown),
        ("paper.docx", b"Title", NotAWordFile),
        ("paper.docx", b"%PDF-1.7", NotAWordFile),
        ("paper.docx", zipped(photo=b"x"), NotAWordFile),  # a renamed ZIP
        ("paper.docx", zipped(xl__workbook=b"<x/>"), NotAWordFile),  # a sheet
        ("paper.docx", docx(parts={"word/document.xml": None}), NotAWordFile),
        ("paper.docx", docx(p("T"), parts={"[Content_Types].xml": None}), NotAWordFile),
        ("paper.docx", docx(p("T"), parts={"word/vbaProject.bin": b"x"}), HasMacros),
        ("paper.docm", docx(p("T"), parts={"Word/VBAPROJECT.BIN": b"x"}), HasMacros),
        ("paper.docx", docx(p("T"), parts={"[Content_Types].xml": TYPES.replace("main+xml", "macroEnabled.main+xml")}),
         HasMacros),
        ("paper.doc", COMPOUND + b"\0" * 100, OldWordFile),
        ("paper.docx", COMPOUND + "WordDocument".encode("utf-16-le"), OldWordFile),
        ("paper.docx", COMPOUND + "EncryptedPackage".encode("utf-16-le"), FileEncrypted),
        ("paper.docx", encrypted(), FileEncrypted),
        ("paper.docx", docx(p("T"))[:-30], FileDamaged),
        ("paper.docx", b"PK\x03\x04 and nothing else", FileDamaged),
        ("paper.docx", docx(parts={"word/document.xml": b"<w:document"}), FileDamaged),
        ("paper.docx", docx(parts={"word/document.xml": b"no XML"}), FileDamaged),
        ("paper.docx", docx(p("T"), parts={"word/styles.xml": b"<"}), FileDamaged),
        ("paper.docx", docx(parts={"word/document.xml": b"<x>" * 400 + b"</x>" * 400}), FileDamaged),  # nested deep
        ("paper.docx", docx(parts={"word/document.xml": DTD + LAUGHING}), ForbiddenXml),
        ("paper.docx", docx(parts={"word/document.xml": OUTSIDE + LAUGHING}), ForbiddenXml),
        ("paper.docx", docx(parts={"word/document.xml": (DTD + LAUGHING).encode("utf-16")}), FileDamaged),
        ("paper.docx", docx(p("T"), parts={"word/styles.xml": f"{DTD}<w:styles {W}/>"}), ForbiddenXml),
        ("paper.docx", docx(p("T"), parts={"word/_rels/document.xml.rels": f"{OUTSIDE}<x/>"}), ForbiddenXml),
        ("paper.docx", docx(parts={"word/document.xml": b" " * (package.LARGEST_PART + 1)}), UnpacksTooLarge),
        ("paper.docx", docx(p("T"), parts={f"word/media/{n}": b"\0" * 20_000_000 for n in range(11)}), UnpacksTooLarge),
        ("paper.docx", docx(p("T"), parts={f"x/{n}": b"" for n in range(package.MOST_PARTS)}), UnpacksTooLarge),
        ("paper.docx", lying(package.LARGEST_PART * 2), FileDamaged),  # it is read no further than it says
        ("paper.txt", "Заявление".encode("cp1251"), NotUtf8),
        ("paper.txt", "Title".encode("utf-16"), NotUtf8),
        ("paper.txt", b"Ti\0tle", NotUtf8),
        ("paper.md", docx(p("T")), NotUtf8),  # a Word file under another name
        ("paper.txt", b"x" * (files.LARGEST_TEXT + 1), FileTooLarge),
        ("paper.txt", b"Title\n\n" + b"x " * 20_000, BlockTooLong),
        ("paper.txt", b"Title\n\n" * (MOST + 1), TooManyBlocks),
        ("paper.docx", docx(p("T") * (MOST + 1)), TooManyBlocks),
        ("paper.docx", docx(p("T") * (6 * MOST)), TooManyBlocks),
    ],
)  # fmt: skip
def test_a_file_that_is_not_read(name, content, refusal):
    began = time.process_time()
    with pytest.raises(refusal) as found:
        read(name, content)
    assert time.process_time() - began < 5
    assert "{" not in found.value.text()


def test_a_word_file_is_no_larger_than_an_upload(settings):
    settings.UPLOAD_LIMIT = 1024**2
    with pytest.raises(FileTooLarge, match="1 MB"):
        read("paper.docx", b"PK" + b"x" * 1024**2)


# ---------------------------------------------------------------- whatever comes
@settings(deadline=None)
@given(st.sampled_from(["a.docx", "a.md", "a.txt"]), st.one_of(st.binary(max_size=200), st.text().map(str.encode)))
def test_any_bytes_are_read_or_refused(name, content):
    try:
        found = read(name, content)
    except Refusal:
        return
    check(found.blocks)
    assert [one.id for one in found.blocks] == [f"b{n}" for n in range(1, len(found.blocks) + 1)]
    assert all(0 <= one.place <= len(found.blocks) for one in found.notes)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2_000), st.integers(0, 255))
def test_a_word_file_with_one_wrong_byte(place, byte):
    content = bytearray(docx(*DECISION))
    content[place % len(content)] = byte
    try:
        check(read("a.docx", bytes(content)).blocks)
    except Refusal:
        return


LINES = st.lists(
    st.sampled_from([
        "Statement", "Recalling peace,", "1. Decides", "(a) part;", "- sign", "Annex I", "Words:", "2) next",
        "PRA/MC/7",
    ]),
    min_size=1, max_size=12,
)  # fmt: skip


@given(LINES)
def test_no_word_is_lost_in_plain_text(lines):
    found = read("a.txt", "\n\n".join(lines).encode())
    kept = " ".join(one.text for one in found.blocks) + " ".join(map(str, found.notes))
    for line in lines:
        assert line.lstrip("-12.) ") in kept, line


@settings(deadline=None)
@given(st.lists(st.text(st.characters(categories=["L", "M"]), max_size=30), max_size=6))
def test_no_word_of_a_word_file_is_lost(paragraphs):
    found = read("a.docx", docx(p("Title", style="a0"), *[p(run(one)) for one in paragraphs]))
    assert "".join(one.text for one in found.blocks) == "Title" + "".join(tidy(one) for one in paragraphs)


def test_a_hundred_pages_are_read_in_a_moment():
    words = "the Member States decide to keep the register of contacts current and to meet every year " * 6
    content = docx(p("Title", style="a0"), *[p(words, list="1") for _ in range(500)])
    began = time.process_time()
    found = read("a.docx", content)
    assert len(found.blocks) == 501
    assert time.process_time() - began < 2

