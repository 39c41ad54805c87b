"""Markdown of the record on pages, and files and texts that people bring."""

import pytest

from chancery.core.files import keep
from chancery.core.markup import render
from chancery.core.text import tidy


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("One\n\n**Two** *three*", "<p>One</p>\n<p><strong>Two</strong> <em>three</em></p>"),
        ("[x](https://a.example)", '<p><a href="https://a.example" rel="noopener noreferrer">x</a></p>'),
        ("[m](mailto:a@a.example)", '<p><a href="mailto:a@a.example" rel="noopener noreferrer">m</a></p>'),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("![a <b> picture](https://a.example/x.png)", "<p>a &lt;b&gt; picture</p>"),
    ],
)  # fmt: skip
def test_what_is_shown(written, made):
    assert render(written).strip() == made


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,xx)",
        "[x](vbscript:x)",
        "[x](//evil.example)",
        "[x](/en/account/)",
        '[x](https://a.example "\\" onclick=\\"alert(1)")',
        '```" onclick="x\ncode\n```',
        "| a |\n|--:|\n| <svg onload=alert(1)> |",
        '<https://a.example/"onmouseover="x>',
    ],
)
def test_what_never_runs(written):
    html = render(written)
    for bad in (
        "<script",
        "<img",
        "<svg",
        "style=",
        "class=",
        'href="javascript',
        'href="data',
        'href="/',
        ' onclick="',
    ):
        assert bad not in html


def test_headings_stand_under_those_of_the_page():
    assert [line[:4] for line in render("# A\n### B\n## C\n# D").strip().split("\n")] == [
        "<h3>",
        "<h4>",
        "<h4>",
        "<h3>",
    ]
    assert render("## Only").startswith("<h3>")
    deep = "\n".join("#" * level + " x" for level in range(1, 7))
    assert "<h7>" not in render(deep)


def test_a_table_is_kept():
    assert "<td>1</td>" in render("| a |\n|---|\n| 1 |")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        (" a\tb\x07\u200b ", "a b\u200b"),
        ("e\u0301", "\u00e9"),
        ("\ud800x", "x"),
    ],
)
def test_what_was_typed_is_kept_as_the_record_keeps_text(typed, kept):
    assert tidy(typed) == kept


def test_a_file_is_kept_once_under_the_name_of_its_content(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    names = {keep(b"one", "pdf"), keep(b"one", "pdf"), keep(b"two", "pdf")}
    assert len(names) == 2
    assert {path.name for path in (tmp_path / "files").iterdir()} == names
    assert (tmp_path / "files" / keep(b"two", "pdf")).read_bytes() == b"two"
