"""Versions on paper: what stands there, made once, read by whoever may read the text."""

import io
import json
import threading
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from chancery.core.prints import Print
from chancery.core.text import LocalizedText
from chancery.core.typesetting.press import TooSlow, Untypesettable, print_apart, print_plan
from chancery.documents import printing
from chancery.documents.acts import drafting as acts
from chancery.documents.models import Document, Version
from chancery.documents.rules.blocks import Block, BlockKind
from chancery.duties.registry import all_duties
from tests.cast import account
from tests.people.cast import client_of

from .papers import blocks, paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("states")]

ARABIC = "يؤكد الوزراء من جديد المساواة في السيادة بين جميع الأعضاء"


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


@pytest.fixture
def document(documents) -> Document:
    """A paper with every kind of paragraph, in English, Russian and a little Arabic."""
    made = paper(symbol="PRA/MC/7/DOC.3", classification="parties")
    text = [
        *blocks("Statement on confidence", "They reaffirm the equality of States."),
        Block("b3", BlockKind.PREAMBULAR, "Recalling the Declaration,"), Block("b4", BlockKind.HEADING, "Measures"),
        Block("b5", BlockKind.ANNEX, "Annex: dates"), Block("b6", BlockKind.TABLE, "Measure | Year\nVisits | 2025"),
        Block("b7", BlockKind.PARAGRAPH, "A closing line\nof two."),
    ]  # fmt: skip
    version = acts.circulate(
        document=made, blocks=text, note="After the meeting.", by=documents,
        translations={"ru": {"b1": "Заявление о доверии", "b2": "Они подтверждают его.", "b6": "Мера | Год"}},
    )  # fmt: skip
    acts.translate(version=version, language="ar", texts={"b2": ARABIC}, by=documents)
    return made


def version() -> Version:
    return Version.objects.select_related("document__body").get()


def plan(*languages: str) -> printing.Plan:
    found = printing.plan(version(), list(languages))
    assert found is not None
    return found


def words(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as opened:
        return "\n".join(page.get_textpage().get_text_range() for page in opened)


def address(document: Document, languages: str = "en", position: int = 1) -> str:
    return reverse("document-print", args=[document.ref, position, languages])


def got(client: Client, page: str) -> Any:
    """An answer whose file was read to its end, as a browser does."""
    answer = client.get(page)
    if answer.streaming:
        answer.body = b"".join(answer.streaming_content)
    return answer


# ---------------------------------------------------------------- what is printed
def test_a_paper_says_what_it_is_and_what_it_holds(document):
    said = words(printing.typeset(plan("en")))
    for part in (
        "PRA/MC/7/DOC.3", "Ministerial Council", "Members and observers", "Statement on confidence", "PP1", "I.1",
        "Visits", "They reaffirm the equality of States.", "A closing line", "After the meeting.", "1 / 1",
        version().digest,
    ):  # fmt: skip
        assert part in said, part


def test_it_is_archival_and_accessible_and_the_same_every_time(document):
    made = printing.typeset(plan("en", "ru"))
    assert made == printing.typeset(plan("en", "ru"))
    with pikepdf.open(io.BytesIO(made)) as opened:
        about = opened.open_metadata()
        assert (about["pdfaid:part"], about["pdfaid:conformance"], about["pdfuaid:part"]) == ("2", "A", "1")
        assert "Statement on confidence" in about["dc:title"] or "A paper" in about["dc:title"]
        assert opened.Root.Lang == "en"
        assert opened.Root.MarkInfo.Marked


def test_two_languages_stand_beside_each_other(document):
    said = words(printing.typeset(plan("en", "ru")))
    assert "Заявление о доверии" in said
    assert "working translation" in said
    assert said.count("Not translated yet") == 4  # the paragraphs that Russian does not have
    cells = plan("en", "ru")["lines"][1]["cells"]
    assert [one["lang"] for one in cells] == ["en", "ru"]


def test_right_to_left_is_right(document):
    made = plan("ar")
    assert made["rtl"]
    assert [one["rtl"] for one in made["lines"][1]["cells"]] == [True]
    assert [(one["lang"], one["rtl"]) for one in made["lines"][0]["cells"]] == [("en", False)]  # not translated
    with pypdfium2.PdfDocument(printing.typeset(made)) as opened:
        page = opened[0].get_textpage()
        wide = opened[0].get_width()
        places = [page.get_charbox(at) for at in range(page.count_chars()) if page.get_text_range(at, 1) == "ي"]
        assert max(right for _left, _bottom, right, _top in places) > wide * 0.75  # the paragraph begins at the right


def test_what_changed_since_it_was_translated_says_so(document, documents):
    acts.circulate(document=document, blocks=blocks("Statement on confidence", "They recall it."), by=documents)
    second = Version.objects.select_related("document__body").get(position=2)
    states = [line["cells"][0]["state"] for line in printing.plan(second, ["ru"])["lines"]]
    assert [bool(state) for state in states] == [False, True]


@pytest.mark.parametrize("bad", ['#eval("1")', "$x$", "@ref", "= No heading", "\\u{41}", "*bold* _it_", "<b>", "// no"])
def test_words_are_words_and_never_code(documents, bad):
    acts.circulate(document=paper(), blocks=blocks("Title", bad), by=documents)
    assert bad in words(printing.typeset(plan("en")))


def test_an_open_paper_bears_no_classification(documents):
    acts.circulate(document=paper(), blocks=blocks("Title", "One"), by=documents)
    assert plan("en")["classification"] == []


def test_a_text_without_a_title_has_the_documents_own(documents):
    document = paper(title=LocalizedText({"en": "The paper"}))
    Version.objects.create(
        ref=f"{document.ref}.1", document=document, position=1, kind="original", circulated="2024-12-03", language="en",
        blocks=[{"id": "b1", "kind": "operative", "text": "One"}], digest="0" * 64,
    )  # fmt: skip
    assert "The paper" in words(printing.typeset(plan("en")))


def test_what_no_font_has_is_refused(documents):
    acts.circulate(document=paper(), blocks=blocks("Title", "\U00013000"), by=documents)
    with pytest.raises(Untypesettable):
        printing.typeset(plan("en"))


def test_apart_gives_the_same_and_stops_in_time(document):
    made = plan("en")
    assert print_apart(printing.TEMPLATE, made, timeout=60) == print_plan(str(printing.TEMPLATE), made)
    with pytest.raises(TooSlow):
        print_apart(printing.TEMPLATE, made, timeout=0.001)


# ---------------------------------------------------------------- made once
@pytest.fixture
def made(monkeypatch) -> list[Any]:
    """What was typeset, without a typesetter."""
    calls: list[Any] = []

    def typeset(of: printing.Plan) -> bytes:
        calls.append(of["symbol"])
        return b"%PDF-"

    monkeypatch.setattr(printing, "typeset", typeset)
    return calls


def test_a_short_paper_is_made_while_the_reader_waits_and_kept(document, documents, made):
    officer = client_of(documents)
    for _again in range(2):
        answer = got(officer, address(document, "en-ru"))
        assert (answer.status_code, answer.body) == (200, b"%PDF-")
    assert made == ["PRA/MC/7/DOC.3"]
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert f'filename="{document.ref}.1-en-ru.pdf"' in answer["Content-Disposition"]


def test_a_long_one_is_left_to_the_clock(document, documents, made, monkeypatch):
    monkeypatch.setattr(printing, "SHORT", 10)
    officer = client_of(documents)
    assert printing.due(None) == []
    for _again in range(2):
        answer = officer.get(address(document))
        assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (202, "5", "no-store")
    assert len(printing.due(None)) == 1
    for name in printing.due(None):
        printing.make(name)
        printing.make(name)  # a second clock
    assert (made, printing.due(None)) == (["PRA/MC/7/DOC.3"], [])
    assert got(officer, address(document)).status_code == 200


def test_another_translation_is_another_paper(document, documents, made):
    officer = client_of(documents)
    got(officer, address(document, "ru"))
    acts.translate(version=version(), language="ru", texts={"b7": "Конец"}, by=documents)
    got(officer, address(document, "ru"))
    assert len(made) == 2


def test_two_who_come_at_once_make_it_once(document, made, monkeypatch):
    begun, go = threading.Event(), threading.Event()
    paper_ = printing.paper(plan("en"))

    def slow() -> bytes:
        begun.set()
        assert go.wait(60)
        made.append("slow")
        return b"%PDF-"

    first = threading.Thread(target=paper_.make, args=(slow,))
    first.start()
    assert begun.wait(60)
    paper_.make(lambda: b"never")
    go.set()
    first.join()
    assert made == ["slow"]


def test_what_cannot_be_printed_is_told_and_not_tried_at_each_click(document, documents, monkeypatch):
    tried = []

    def refuse(of: printing.Plan) -> bytes:
        tried.append(of)
        raise Untypesettable("no font")

    monkeypatch.setattr(printing, "typeset", refuse)
    officer = client_of(documents)
    for _again in range(2):
        answer = officer.get(address(document))
        assert answer.status_code == 503
        assert "cannot be made" in answer.content.decode()
    assert len(tried) == 1
    assert Print(printing.paper(plan("en")).path).failure == "no font"


def test_the_clock_has_the_duty_in_a_lane_of_its_own():
    duty = next(one for one in all_duties() if one.name == "print-papers")
    assert (duty.lane, duty.due, duty.do) == ("print", printing.due, printing.make)


# ---------------------------------------------------------------- who reads it
def test_a_paper_is_for_whoever_may_read_the_text(document, documents, made):
    member, stranger = client_of(account("M", ("delegate", "xp"))), client_of(account("S", ("delegate", "qq")))
    assert got(member, address(document)).status_code == 200
    assert stranger.get(address(document)).status_code == 404
    assert Client().get(address(document)).status_code == 404
    acts.circulate(document=paper("open"), blocks=blocks("Title", "One"), by=documents)
    answer = got(Client(), reverse("document-print", args=["open", 1, "en"]))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-cache")


@pytest.mark.parametrize("languages", ["fr", "en-en", "en-ru-ar", "", "en-", "xx-en", "EN"])
def test_what_is_no_language_of_it_has_no_paper(document, documents, made, languages):
    page = address(document).replace("en.pdf", f"{languages}.pdf")
    assert client_of(documents).get(page).status_code == 404
    assert made == []


def test_a_language_that_it_was_not_put_into_has_no_paper(documents, made):
    acts.circulate(document=paper(), blocks=blocks("Title", "One"), by=documents)
    officer = client_of(documents)
    assert officer.get(reverse("document-print", args=["pra-mc-7-doc-3", 1, "ru"])).status_code == 404
    assert officer.get(reverse("document-print", args=["pra-mc-7-doc-3", 2, "en"])).status_code == 404


def test_an_order_is_plain_data(document, made):
    of = plan("en", "ar")
    printing.order(printing.paper(of), of)
    (name,) = printing.due(None)
    kept = (printing.paper(of).path.with_suffix(".asked")).read_text(encoding="utf-8")
    assert json.loads(kept) == of
    assert name == printing.paper(of).path.stem
