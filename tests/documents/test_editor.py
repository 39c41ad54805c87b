"""The Secretariat's editor: the draft without scripts and as fragments, import, circulation, translation."""

import html
import io
import json
import re
from typing import Any

import docx
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chancery.documents.acts import drafting as acts
from chancery.documents.forms.drafting import PART, Sheet, sent
from chancery.documents.models import Document, Draft, Translation, Version
from chancery.documents.rules.blocks import BlockKind
from chancery.documents.rules.drafting import Passage
from chancery.journal.models import Entry
from tests.cast import account
from tests.people.cast import client_of

from .papers import blocks, paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("states")]


@pytest.fixture
def officer(documents) -> Client:
    return client_of(documents)


@pytest.fixture
def document(documents) -> Document:
    """A paper with a version in English and Russian."""
    made = paper(symbol="PRA/MC/7/DOC.3")
    acts.circulate(
        document=made, blocks=blocks("Title", "One", "Two"), by=documents,
        translations={"ru": {"b1": "Название", "b2": "Раз", "b3": "Два"}},
    )  # fmt: skip
    return made


def address(name: str, document: Document, *more: str, **query: str) -> str:
    found = reverse(name, args=[document.ref, *more])
    return f"{found}?{'&'.join(f'{key}={value}' for key, value in query.items())}" if query else found


def fields(answer: Any) -> dict[str, str]:
    """The fields of the editor's form as a browser without scripts would send them."""
    page = answer.content.decode()
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    found |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL))
    found |= dict(re.findall(r'<select[^>]* name="(kind[^"]+)"[^>]*>(?:(?!</select>).)*?value="(\w+)" selected', page))
    return {name: html.unescape(value) for name, value in found.items()}


def kept() -> list[tuple[str, str, dict[str, str]]]:
    return [(one["id"], one["kind"], one["texts"]) for one in Draft.objects.get().content["blocks"]]


# ---------------------------------------------------------------- the draft
def test_looking_at_the_editor_keeps_nothing(officer, document):
    answer = officer.get(address("document-draft", document))
    assert answer.status_code == 200
    assert fields(answer)["en.b2"] == "One"
    assert "ru.b2" not in fields(answer)
    assert not Draft.objects.exists()
    assert fields(officer.get(address("document-draft", document, beside="ru")))["ru.b2"] == "Раз"
    assert "xx.b2" not in fields(officer.get(address("document-draft", document, beside="xx")))


def test_a_text_is_written_without_scripts(officer, document):
    page = address("document-draft", document)
    typed = fields(officer.get(address("document-draft", document, beside="ru")))
    typed |= {"en.b2": " One,\r\nmended ", "ru.b2": "Раз, исправлено", "kind.b3": "preambular", "do": "save"}
    answer = officer.post(page, typed)
    assert (answer.status_code, answer.url) == (302, f"{page}?beside=ru")
    assert kept() == [
        ("b1", "title", {"en": "Title", "ru": "Название"}),
        ("b2", "operative", {"en": "One,\nmended", "ru": "Раз, исправлено"}),
        ("b3", "preambular", {"en": "Two", "ru": "Два"}),
    ]
    assert Entry.objects.latest("seq").act == "documents.save-draft"


@pytest.mark.parametrize(
    ("do", "order", "at"),
    [
        ("up b3", "b1 b3 b2", "b3"),
        ("down b2", "b1 b3 b2", "b2"),
        ("below b2", "b1 b2 b4 b3", "b4"),
        ("above b2", "b1 b4 b2 b3", "b4"),
        ("join b3", "b1 b2", "b2"),
        ("remove b2", "b1 b3", "b1"),
        ("remove b1", "b2 b3", "b2"),
        ("save b2", "b1 b2 b3", "b2"),
        ("nonsense b2", "b1 b2 b3", "b2"),
    ],
)
def test_each_button_keeps_what_was_typed_and_goes_on_at_its_place(officer, document, do, order, at):
    page = address("document-draft", document)
    answer = officer.post(page, {**fields(officer.get(page)), "en.b3": "Typed", "do": do})
    assert answer.url == f"{page}?at={at}#{at}"
    assert " ".join(block for block, _kind, _texts in kept()) == order
    words = " ".join(texts.get("en", "") for _block, _kind, texts in kept())
    assert "Typed" in words
    shown = officer.get(answer.url).content.decode()
    assert re.search(rf'<textarea[^>]* name="en\.{at}"[^>]* autofocus>', shown)


def test_a_blank_line_splits_and_the_next_one_is_gone_on_with(officer, document):
    page = address("document-draft", document)
    answer = officer.post(page, {**fields(officer.get(page)), "en.b2": "One\n\nAnd a half", "do": "split b2"})
    assert answer.url.endswith("#b4")
    assert [(block, texts["en"]) for block, _kind, texts in kept()][1:3] == [("b2", "One"), ("b4", "And a half")]


def test_a_new_document_begins_with_its_title(officer):
    document = paper()
    page = address("document-draft", document)
    assert fields(officer.get(page))["en.b1"] == "A paper"
    officer.post(page, {**fields(officer.get(page)), "do": "remove b1"})
    assert "Begin with the title" in officer.get(page).content.decode()
    officer.post(page, {**fields(officer.get(page)), "do": "below"})
    assert kept() == [("b1", "title", {})]


@pytest.mark.parametrize(
    ("do", "where"),
    [
        ("review", "/en/secretariat/documents/pra-mc-7-doc-3/circulation/"),
        ("beside ru", "/en/secretariat/documents/pra-mc-7-doc-3/draft/?beside=ru"),
        ("beside xx", "/en/secretariat/documents/pra-mc-7-doc-3/draft/"),
        ("part 2", "/en/secretariat/documents/pra-mc-7-doc-3/draft/?part=2"),
    ],
)
def test_a_button_that_leads_elsewhere_keeps_what_was_typed_first(officer, document, do, where):
    page = address("document-draft", document)
    for headers in ({}, {"HX-Request": "true"}):
        typed = {**fields(officer.get(page)), "en.b2": f"One {headers}", "do": do}
        answer = officer.post(page, typed, headers=headers)
        assert (answer.headers["HX-Redirect"] if headers else answer.url) == where
        assert kept()[1][2]["en"] == f"One {headers}"


def test_a_fragment_takes_the_place_of_the_form(officer, document):
    page = address("document-draft", document)
    answer = officer.post(page, {**fields(officer.get(page)), "do": "below b2"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert text.lstrip().startswith('<form class="editor" id="draft"')
    assert "<html" not in text
    assert fields(answer)["edition"] == "1"
    assert "Saved" in text


def test_two_editors_collide_and_nothing_is_lost(officer, document):
    page = address("document-draft", document)
    mine, theirs = fields(officer.get(page)), fields(officer.get(page))
    officer.post(page, {**theirs, "en.b1": "Their title", "en.b2": "Their one", "do": "below b3"})
    answer = officer.post(page, {**mine, "en.b2": "My one", "en.b3": "My two", "do": "remove b1"})
    assert answer.status_code == 409
    shown = fields(answer)
    assert [shown[f"en.{block}"] for block in ("b1", "b2", "b3", "b4")] == ["Their title", "My one", "My two", ""]
    text = answer.content.decode()
    assert re.search(r'class="edit__theirs">.*Their one', text)
    assert "Their title</bdi>" not in text  # nobody else changed it, so there is nothing to choose between
    assert "data-unsaved" in text
    assert [texts.get("en", "") for _block, _kind, texts in kept()] == ["Their title", "Their one", "Two", ""]
    answer = officer.post(page, {**shown, "do": "save"})
    assert answer.status_code == 302
    assert [texts.get("en", "") for _block, _kind, texts in kept()] == ["Their title", "My one", "My two", ""]


def test_a_refusal_keeps_everything_that_was_typed(officer, document):
    page = address("document-draft", document)
    for headers in ({}, {"HX-Request": "true"}):
        typed = {**fields(officer.get(page)), "en.b2": "x" * 20_001, "en.b3": "Typed", "do": "save"}
        answer = officer.post(page, typed, headers=headers)
        assert answer.status_code == 422
        assert fields(answer)["en.b2"] == "x" * 20_001
        assert fields(answer)["en.b3"] == "Typed"
        assert "at most 20000 are kept" in answer.content.decode()
    assert not Draft.objects.exists()


def test_what_nobody_could_have_typed_is_not_read():
    read = sent(
        {
            "kind.b1": "title", "en.b1": "T", "kind.b2": "poem", "kind.x": "title", "kind.b3' OR": "title",
            "kind.b99999999999999": "title", "beside": "xx", "edition": "-1", "part": "²", "seen": "[", "do": "",
        },
        "en",
    )  # fmt: skip
    assert read.typed == {"b1": Passage("b1", BlockKind.TITLE, {"en": "T"})}
    assert (read.beside, read.edition, read.part, read.seen, read.verb) == ("", -1, -1, {}, "")


def test_a_hostile_form_changes_nothing(officer, document):
    page = address("document-draft", document)
    answer = officer.post(page, {"do": "up b7", "edition": "0"})
    assert answer.status_code == 409
    answer = officer.post(page, {"do": "save", "edition": "x", "kind.b2": "title", "en.b2": "Lost?"})
    assert answer.status_code == 409
    assert fields(answer)["en.b2"] == "Lost?"
    assert not Draft.objects.exists()


def test_words_are_escaped(officer, document):
    page = address("document-draft", document)
    bad = "</textarea><script>alert(1)</script>"
    officer.post(page, {**fields(officer.get(page)), "en.b2": bad, "do": "save"})
    shown = officer.get(page)
    assert fields(shown)["en.b2"] == bad
    assert b"<script>alert" not in shown.content


def test_a_long_text_is_shown_in_parts_that_a_form_can_carry(officer, documents):
    document = paper()
    many = blocks("Title", *[f"Paragraph {number}" for number in range(600)])
    kept_ = [{"id": one.id, "kind": one.kind.value, "texts": {"en": one.text, "ru": "П"}} for one in many]
    acts.save_draft(document=document, blocks=kept_, edition=0, by=documents)
    page = address("document-draft", document)
    last = officer.get(address("document-draft", document, part="3", beside="ru"))
    typed = fields(last)
    assert len([name for name in typed if name.startswith("en.")]) == 601 - 2 * PART
    whole = fields(officer.get(address("document-draft", document, beside="ru")))
    assert len(whole) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    answer = officer.post(page, {**typed, "en.b601": "The last", "do": "below b601"})
    assert answer.url == f"{page}?beside=ru&at=b602#b602"
    assert (len(kept()), kept()[600][2]["en"], kept()[1][2]["en"]) == (602, "The last", "Paragraph 0")
    assert "en.b602" in fields(officer.get(answer.url))
    assert "en.b1" in fields(officer.get(address("document-draft", document, part="-4")))
    assert "en.b602" in fields(officer.get(address("document-draft", document, part="99")))


def test_the_sheet_is_drawn_with_few_queries_however_long(officer, documents, django_assert_num_queries):
    document = paper()
    for number in (3, 200):
        text = blocks("T", *["x"] * number)
        rows = [{"id": one.id, "kind": one.kind.value, "texts": {"en": one.text}} for one in text]
        held = Draft.objects.filter(document=document).first()
        acts.save_draft(document=document, blocks=rows, edition=held.edition if held else 0, by=documents)
        officer.get(address("document-draft", document))
        with django_assert_num_queries(9):
            officer.get(address("document-draft", document))


def test_numbers_are_those_that_the_text_will_have():
    text = [Passage(f"b{at}", kind, {}) for at, kind in enumerate(BlockKind, 1)]
    sheet = Sheet([*text, Passage("b8", BlockKind.OPERATIVE, {})], "en")
    assert [line.called for line in sheet.lines] == ["", "", "PP1", "1", "2", "I", "I.1", "I.2"]


def test_a_draft_is_given_up(officer, document):
    assert officer.get(address("document-draft-discarding", document)).status_code == 404
    page = address("document-draft", document)
    officer.post(page, {**fields(officer.get(page)), "do": "save"})
    giving_up = address("document-draft-discarding", document)
    assert officer.get(giving_up).status_code == 200
    assert officer.post(giving_up, {"edition": "7"}).status_code == 409
    assert officer.post(giving_up, {"edition": "1"}).url == address("document", document)
    assert not Draft.objects.exists()


PAGES = [
    ("document-draft", ()), ("document-import", ()), ("document-circulation", ()), ("document-translation", ("ru",)),
    ("document-draft-discarding", ()),
]  # fmt: skip


@pytest.mark.parametrize(("name", "more"), PAGES)
def test_the_editor_is_for_officers_of_documents(document, name, more):
    private = paper("private", classification="secretariat", symbol="")
    stranger, delegate = client_of(account("S", ("officer", "press"))), client_of(account("D", ("delegate", "xp")))
    assert Client().get(address(name, document, *more)).status_code == 302
    assert stranger.get(address(name, document, *more)).status_code == 403
    assert stranger.post(address(name, document, *more)).status_code == 403
    assert delegate.get(address(name, document, *more)).status_code == 403
    assert delegate.get(address(name, private, *more)).status_code == 404  # that it exists is not for them to know
    assert delegate.post(address(name, private, *more)).status_code == 404


# ---------------------------------------------------------------- importing
@pytest.fixture
def document_of_words(documents) -> Document:
    """A paper whose paragraphs are long enough to be known again."""
    made = paper()
    acts.circulate(
        document=made, blocks=blocks("Title", "They will meet again in Selmar", "Two"), by=documents,
        translations={"ru": {"b1": "Название", "b2": "Раз", "b3": "Два"}},
    )  # fmt: skip
    return made


MARKDOWN = """# Title

1. They will meet once again in Selmar

2. Something else altogether that nobody knew before

3. Two
"""


def upload(officer: Client, document: Document, content: str, name: str = "text.md") -> Any:
    file = io.BytesIO(content.encode())
    file.name = name
    return officer.post(address("document-import", document), {"file": file, "edition": "0"})


def preview(answer: Any) -> dict[str, str]:
    """The second form of the page, as a browser would send it."""
    return {name: value for name, value in fields(answer).items() if name != "csrfmiddlewaretoken"}


def test_a_file_is_shown_as_it_was_understood_and_nothing_is_kept(officer, document_of_words):
    assert officer.get(address("document-import", document_of_words)).status_code == 200
    answer = upload(officer, document_of_words, MARKDOWN)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert text.count(">continues<") == 3
    assert text.count(">new<") == 1
    assert not Draft.objects.exists()
    assert Entry.objects.filter(act="documents.save-draft").count() == 0


def test_the_preview_becomes_the_draft_with_corrected_kinds_and_what_is_known_of_it(officer, document_of_words):
    form = preview(upload(officer, document_of_words, MARKDOWN))
    assert form["kind.b4"] == "operative"
    answer = officer.post(address("document-import", document_of_words), {**form, "kind.b4": "heading"})
    assert answer.url == address("document-draft", document_of_words)
    assert kept() == [
        ("b1", "title", {"en": "Title", "ru": "Название"}),
        ("b2", "operative", {"en": "They will meet once again in Selmar", "ru": "Раз"}),
        ("b4", "heading", {"en": "Something else altogether that nobody knew before"}),
        ("b3", "operative", {"en": "Two", "ru": "Два"}),
    ]


@pytest.mark.parametrize(("name", "content"), [("text.exe", "x"), ("text.md", ""), ("text.docx", "not a Word file")])
def test_a_file_that_cannot_be_read_leaves_nothing(officer, document, name, content):
    answer = upload(officer, document, content, name)
    assert answer.status_code == 422
    assert 'id="errors"' in answer.content.decode()
    assert not Draft.objects.exists()


def test_no_file_at_all(officer, document):
    assert officer.post(address("document-import", document), {"edition": "0"}).status_code == 422


def test_a_draft_begun_meanwhile_is_not_overwritten_unseen(officer, document, documents):
    form = preview(upload(officer, document, MARKDOWN))
    acts.save_draft(document=document, blocks=[], edition=0, by=documents)
    answer = officer.post(address("document-import", document), form)
    assert answer.status_code == 409
    assert kept() == []
    again = preview(answer)
    assert json.loads(again["content"]) == json.loads(form["content"])
    assert officer.post(address("document-import", document), again).status_code == 302
    assert len(kept()) == 4


@pytest.mark.parametrize(
    "content", ["", "[", "{}", "[[1]]", '[["b1","poem","x"]]', '[["../b1","title","x"]]', '[["b1","title",7]]', "[7]"]
)
def test_what_no_preview_holds_is_refused(officer, document, content):
    answer = officer.post(address("document-import", document), {"content": content, "edition": "0"})
    assert answer.status_code == 400
    assert not Draft.objects.exists()


# ---------------------------------------------------------------- circulating
@pytest.fixture
def drafted(document, documents) -> Document:
    rows = [
        {"id": "b1", "kind": "title", "texts": {"en": "Title", "ru": "Название"}},
        {"id": "b2", "kind": "operative", "texts": {"en": "One of 2024", "ru": "Раз"}},
        {"id": "b3", "kind": "operative", "texts": {"en": "Two", "ru": "Два 2025"}},
    ]
    acts.save_draft(document=document, blocks=rows, edition=0, by=documents)
    return document


def test_without_a_draft_there_is_nothing_to_review(officer, document):
    assert officer.get(address("document-circulation", document)).url == address("document-draft", document)


def test_the_review_says_what_changes_what_turns_stale_and_who_is_told(officer, drafted, delegate):
    text = officer.get(address("document-circulation", drafted)).content.decode()
    assert re.search(r"<ins[^>]*>.*? of 2024", text)
    plain = re.sub(r"<[^>]+>|\s+", " ", text)
    assert "To be translated anew: 1" in re.sub(r" +", " ", plain)
    assert "2025" in plain  # the numbers differ in paragraph 2, which is not touched in the original
    assert "1 person will be told" in plain
    assert "revision (Rev.1)" in plain
    assert "corrigendum (Corr.1)" in plain
    assert re.search(r'<a href="/ru/[^"]+" lang="ru"', text)  # the page around it is whole


def test_a_draft_is_circulated(officer, drafted, delegate):
    page = address("document-circulation", drafted)
    sent_ = {"edition": "1", "kind": "revision", "standing": "official", "note": "After the meeting.", "source": ""}
    answer = officer.post(page, sent_)
    assert answer.url == address("document", drafted)
    version = Version.objects.latest("position")
    assert (version.kind, version.number, version.note) == ("revision", 1, "After the meeting.")
    assert version.translations.get().texts == {"b1": "Название", "b3": "Два 2025"}
    assert not Draft.objects.exists()
    assert officer.post(page, sent_).status_code == 302  # a second press finds no draft, and leads back to the editor
    assert Version.objects.count() == 2


def test_a_draft_that_moved_is_not_circulated_unseen(officer, drafted):
    page = address("document-circulation", drafted)
    form = {"edition": "9", "kind": "revision", "standing": "working", "note": "Typed", "source": ""}
    answer = officer.post(page, form)
    assert answer.status_code == 409
    assert "Typed" in answer.content.decode()
    assert Version.objects.count() == 1


def test_what_stands_against_it_is_said_at_once(officer, document, documents):
    rows = [{"id": "b2", "kind": "operative", "texts": {"en": "No title"}}]
    acts.save_draft(document=document, blocks=rows, edition=0, by=documents)
    answer = officer.get(address("document-circulation", document))
    assert "A text begins with its title" in answer.content.decode()
    form = {"edition": "1", "kind": "revision", "note": "", "source": ""}
    assert officer.post(address("document-circulation", document), form).status_code == 422


def test_the_first_version_has_no_kind_to_choose(officer):
    document = paper()
    page = address("document-draft", document)
    officer.post(page, {**fields(officer.get(page)), "do": "review"})
    answer = officer.get(address("document-circulation", document))
    assert b'name="kind"' not in answer.content
    answer = officer.post(
        address("document-circulation", document), {"edition": "1", "standing": "working", "note": "", "source": ""}
    )
    assert answer.status_code == 302
    assert Version.objects.get().kind == "original"


# ---------------------------------------------------------------- translating
@pytest.fixture
def revised(document, documents) -> Document:
    acts.circulate(document=document, blocks=blocks("Title", "One and a half", "Two", "Three"), by=documents)
    return document


def shown_order(answer: Any) -> list[str]:
    return re.findall(r'<textarea[^>]* name="text\.(\w+)"', answer.content.decode())


def test_a_translator_sees_what_changed_first(officer, revised):
    answer = officer.get(address("document-translation", revised, "ru"))
    assert shown_order(answer) == ["b2", "b4", "b1", "b3"]
    text = answer.content.decode()
    assert re.search(r"<ins[^>]*>.*? and a half", text)
    assert text.count('name="keep.') == 1


def test_what_was_typed_or_confirmed_is_circulated_and_nothing_else(officer, revised):
    page = address("document-translation", revised, "ru")
    form = {**fields(officer.get(page)), "standing": "official", "source": "", "text.b4": "Три"}
    answer = officer.post(page, form)
    assert answer.url == page
    made = Translation.objects.latest("pk")
    assert made.texts == {"b1": "Название", "b3": "Два", "b4": "Три"}  # the stale one was not touched
    assert made.standing == "official"
    form = {**fields(officer.get(page)), "standing": "official", "source": "", "keep.b2": "on"}
    officer.post(page, form)
    assert Translation.objects.get(position=3, version__position=2).texts["b2"] == "Раз"
    assert 'name="keep.' not in officer.get(page).content.decode()


def test_a_translation_that_changes_nothing_is_refused_and_keeps_what_was_typed(officer, revised):
    page = address("document-translation", revised, "ru")
    form = {**fields(officer.get(page)), "standing": "working", "source": ""}
    answer = officer.post(page, form)
    assert answer.status_code == 409
    answer = officer.post(page, {**form, "text.b2": "x" * 20_001, "text.b4": "Три"})
    assert answer.status_code == 422
    assert fields(answer)["text.b4"] == "Три"


def test_a_version_circulated_meanwhile_is_seen_before_anything_is_kept(officer, revised, documents):
    page = address("document-translation", revised, "ru")
    form = {**fields(officer.get(page)), "standing": "working", "source": "", "text.b4": "Три"}
    acts.circulate(document=revised, blocks=blocks("Title", "1", "2", "Three"), by=documents)
    before = Translation.objects.count()
    answer = officer.post(page, form)
    assert (answer.status_code, Translation.objects.count()) == (409, before)
    again = fields(answer)
    assert again["text.b4"] == "Три"
    assert officer.post(page, {**again, "standing": "working", "source": ""}).status_code == 302
    assert Translation.objects.latest("pk").version.position == 3


def test_languages_that_do_not_agree_are_pointed_at(officer, revised):
    page = address("document-translation", revised, "ru")
    form = {**fields(officer.get(page)), "standing": "working", "source": "", "text.b4": "Три 2026"}
    officer.post(page, form)
    assert re.search(r"2026</bdi> <small>only in RU", officer.get(page).content.decode())


@pytest.mark.parametrize("language", ["en", "fr", "xx"])
def test_what_is_no_other_language_of_the_record_has_no_page(officer, revised, language):
    assert officer.get(address("document-translation", revised, language)).status_code == 404


def test_a_text_that_is_not_held_has_no_translation(officer):
    assert officer.get(address("document-translation", paper(), "ru")).status_code == 404


# ---------------------------------------------------------------- a whole translation from a file
def word(*lines: str, heading: bool = True) -> SimpleUploadedFile:
    """A file as Word makes it: a title and numbered paragraphs."""
    made = docx.Document()
    for place, line in enumerate(lines):
        made.add_paragraph(line, "Title" if heading and place == 0 else "List Number")
    held = io.BytesIO()
    made.save(held)
    return SimpleUploadedFile("translation.docx", held.getvalue())


def offered(officer: Client, page: str, file: SimpleUploadedFile, **typed: str) -> Any:
    """What a translator sees who puts a file beside what was typed."""
    form = {**fields(officer.get(page)), "standing": "working", "source": "", **typed}
    return officer.post(page, {**form, "do": "read", "file": file})


def words_of(answer: Any) -> dict[str, str]:
    return {name.removeprefix("text."): text for name, text in fields(answer).items() if name.startswith("text.")}


def test_a_whole_translation_is_read_from_a_word_file(officer, revised):
    page, before = address("document-translation", revised, "ru"), Translation.objects.count()
    answer = offered(officer, page, word("Заглавие", "Полтора", "Два", "Три"))
    assert words_of(answer) == {"b1": "Заглавие", "b2": "Полтора", "b3": "Два", "b4": "Три"}
    shown = answer.content.decode()
    assert "4 paragraphs of the file stand in the form" in shown
    assert "The file has the same paragraphs as the original" in shown
    assert Translation.objects.count() == before, "nothing is kept yet"
    kept = {**fields(answer), "standing": "official", "source": ""}
    assert officer.post(page, kept).status_code == 302
    assert Translation.objects.latest("pk").texts == {"b1": "Заглавие", "b2": "Полтора", "b3": "Два", "b4": "Три"}


def test_a_file_that_does_not_align_says_what_is_missing_and_what_is_left(officer, document, documents):
    text = ("Title", "Meet in Selmar on 17 December 2024 for 52 measures", "Reaffirm equality", "Invite the Chair of 7")
    acts.circulate(document=document, blocks=blocks(*text), by=documents)
    page = address("document-translation", document, "ru")
    met = "Встретиться в Сельмаре 17 декабря 2024 года, 52 меры"
    answer = offered(officer, page, word("Заглавие", met, "См. 99 и 98", "См. 97 и 96", "Предложить 7"))
    assert words_of(answer) == {"b1": "Заглавие", "b2": met, "b3": "Два", "b4": "Предложить 7"}
    shown = answer.content.decode()
    for said in ("3 paragraphs of the file stand in", "look at each of them", "2 paragraphs of the file belong"):
        assert said in shown
    assert re.findall(r"<li[^>]*><bdi>(См[^<]*)</bdi>", shown) == ["См. 99 и 98", "См. 97 и 96"]
    assert officer.post(page, {**fields(answer), "standing": "working", "source": ""}).status_code == 302
    assert set(Translation.objects.latest("pk").texts) == {"b1", "b2", "b4"}


def test_what_was_typed_stays_and_the_file_is_shown_beside_it(officer, revised):
    page = address("document-translation", revised, "ru")
    answer = offered(officer, page, word("Заглавие", "Полтора", "Два", "Три"), **{"text.b4": "Моё", "keep.b2": "on"})
    assert words_of(answer)["b4"] == "Моё"
    shown = answer.content.decode()
    assert re.search(r"The file says: <span[^>]*><bdi>Три", shown)
    again = officer.post(page, {**fields(answer), "do": "part 1"})  # another look loses nothing
    assert words_of(again) == words_of(answer)


def test_a_file_reaches_the_parts_that_are_not_shown(officer, documents):
    made = paper("long", symbol="PRA/MC/7/DOC.9")
    lines = ["Title", *(f"Paragraph {number}" for number in range(2, PART + 4))]
    acts.circulate(document=made, blocks=blocks(*lines), by=documents)
    page = address("document-translation", made, "ru")
    answer = offered(officer, page, word("Заглавие", *(f"Пункт {number}" for number in range(2, PART + 4))))
    assert len(words_of(answer)) == PART
    there = officer.post(page, {**fields(answer), "do": "part 2", "text.b2": "Пункт второй"})
    assert words_of(there) == {f"b{number}": f"Пункт {number}" for number in range(PART + 1, PART + 4)}
    assert officer.post(page, {**fields(there), "standing": "working", "source": ""}).status_code == 302
    texts = Translation.objects.latest("pk").texts
    assert (len(texts), texts["b2"], texts[f"b{PART + 3}"]) == (PART + 3, "Пункт второй", f"Пункт {PART + 3}")


@pytest.mark.parametrize("file", [SimpleUploadedFile("a.pdf", b"%PDF-1.7"), SimpleUploadedFile("a.txt", b""), None])
def test_a_file_that_is_not_read_loses_nothing(officer, revised, file):
    page = address("document-translation", revised, "ru")
    form = {**fields(officer.get(page)), "text.b4": "Моё", "do": "read", **({"file": file} if file else {})}
    answer = officer.post(page, form)
    assert answer.status_code == 422
    assert words_of(answer)["b4"] == "Моё"


@pytest.mark.parametrize("carried", ["", "[", "[[1, 2, 3], [4, 5]]", "[[{}, {}], [[]]]", '[[{"b4":7},{},{}],[[],[]]]'])
def test_what_no_page_carries_counts_as_nothing(officer, revised, carried):
    page = address("document-translation", revised, "ru")
    form = {**fields(officer.get(page)), "carried": carried, "text.b4": "Три", "standing": "working", "source": ""}
    assert officer.post(page, form).status_code == 302
    assert Translation.objects.latest("pk").texts["b4"] == "Три"


def test_the_words_of_a_file_are_only_words(officer, revised):
    evil = "<script>alert(1)</script>"
    page = address("document-translation", revised, "ru")
    shown = offered(officer, page, word("Заглавие", evil, evil, evil, evil, evil)).content.decode()
    assert evil not in shown
    assert "&lt;script&gt;" in shown


def test_months_that_are_not_compared_are_said(officer, revised, settings):
    from dataclasses import replace

    page = address("document-translation", revised, "pl")
    said, russian = "the names of months are not", address("document-translation", revised, "ru")
    assert said not in officer.get(russian).content.decode()
    settings.CHARTER = replace(settings.CHARTER, languages=(*settings.CHARTER.languages, "pl"))
    assert said in officer.get(page).content.decode()
