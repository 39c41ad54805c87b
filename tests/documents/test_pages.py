"""Pages of documents, and the Secretariat's desk and forms."""

import datetime as dt
import re

import pytest

from chancery.core.asof import today
from chancery.documents.acts import register as acts
from chancery.documents.models import Document, Enclosure, Relation
from chancery.documents.rules.blocks import Block, BlockKind
from chancery.documents.rules.symbols import RelationKind
from tests.documents.stage import LINES, body, circulated, session, tabled, text, translated, words
from tests.people.cast import client_of
from tests.people.test_acts import PDF

pytestmark = pytest.mark.django_db
MOST = 12  # queries of a public page


@pytest.fixture
def mc(source):
    return body("mc")


@pytest.fixture
def statement(documents, mc):
    """A public text in two versions; the Russian is of the first."""
    made = tabled(documents, mc, text("Statement on trust", "Заявление о доверии"), session=session(mc))
    Document.objects.filter(ref=made.ref).update(tabled=dt.date(2024, 11, 25))
    first = circulated(made)
    translated(first, {"b1": "Заявление", "b2": "Напоминая,", "b3": "Члены хранят мир.", "b4": "Каждый год."})
    circulated(made, words((*LINES[:2], "Members keep the peace and trust.", LINES[3])), on="2024-12-09")
    return Document.objects.get(ref=made.ref)


def page(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def at(document: Document, rest: str = "", language: str = "en") -> str:
    return f"/{language}/documents/{document.ref}/{rest}"


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


# ---------------------------------------------------------------- the list
@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(client, documents, mc, many, django_assert_max_num_queries):
    for number in range(many):
        paper = tabled(documents, mc, f"Paper {number}", session=session(mc, number + 1))
        translated(circulated(paper), {})
    client.get("/en/documents/")  # addresses are worked out once
    with django_assert_max_num_queries(8):
        shown = page(client, "/en/documents/")
    assert shown.count('class="mono ltr"') == many


def test_the_list_shows_what_was_tabled_by_a_day(client, statement):
    assert "Statement on trust" in page(client, "/en/documents/?on=2024-11-25")
    assert "Statement on trust" not in page(client, "/en/documents/?on=2024-11-24")


def test_a_filter_that_finds_nothing_says_what_to_take_away(client, statement):
    shown = page(client, "/en/documents/?q=trust&kind=budget")
    assert "Without “Kind: budget” (1 found)" in plain(shown)
    assert client.get("/en/documents/?kind=poem").status_code == 400


# ---------------------------------------------------------------- one document
@pytest.mark.parametrize(("asked", "most"), [("", MOST), ("?language=en.ru", MOST + 2)])
def test_the_page_stays_within_its_queries(client, documents, statement, asked, most, django_assert_max_num_queries):
    for name in ("Annex", "Second annex", "Third annex"):
        acts.table_addendum(document=statement, title=text(name), language="en", source="practice", by=documents)
    client.get(at(statement, "?warm=yes"))
    with django_assert_max_num_queries(most):
        page(client, at(statement, asked))


def test_it_is_read_in_the_language_of_the_page_or_in_the_one_asked_for(client, statement):
    assert 'lang="en" dir="ltr"><p>Members keep the peace and trust.</p>' in page(client, at(statement))
    assert "Напоминая," in page(client, at(statement, language="ru"))
    assert "Напоминая," not in page(client, at(statement, "?language=en", "ru"))
    both = page(client, at(statement, "?language=en.ru"))
    assert "Members keep the peace and trust." in both
    assert "Члены хранят мир." in both
    assert "reading--two" in both
    assert "Recalling" in page(client, at(statement, "?language=xx.<b>"))


def test_only_the_touched_paragraph_is_marked(client, statement):
    shown = page(client, at(statement, "?language=ru"))
    assert shown.count("The original has changed since") == 1
    assert "1 paragraph changed in the original since" in plain(shown)
    assert "Not translated yet" not in shown


def test_a_text_of_later_is_not_shown_on_an_earlier_day(client, statement):
    shown = page(client, at(statement, "?on=2024-12-05"))
    assert "Members keep the peace." in shown
    assert "peace and trust" not in shown
    assert "Rev.1" not in shown
    assert "Text not held." in page(client, at(statement, "?on=2024-12-01"))
    assert "not tabled yet" in page(client, at(statement, "?on=2024-11-01"))


def test_what_replaced_it_stands_at_the_top_with_the_comparison(client, documents, mc, statement):
    newer = tabled(documents, mc, "Newer statement")
    acts.relate(document=newer, kind=RelationKind.SUPERSEDES, other=statement, by=documents)
    shown = page(client, at(statement))
    assert shown.index("What replaced it:") < shown.index("reading__p")
    assert "Compare the two texts" not in shown
    # paragraphs of another work have ids of their own
    circulated(newer, [Block("b7", BlockKind.TITLE, LINES[0]), Block("b1", BlockKind.OPERATIVE, LINES[3])])
    assert f"comparison/?with={newer.ref}" in page(client, at(statement, "?language=en"))  # not the page kept above
    compared = page(client, at(statement, f"comparison/?with={newer.ref}"))
    assert "change--removed" in compared
    assert "change--same" in compared
    assert "change--changed" not in compared
    assert "Replaced" not in page(client, at(newer))


def test_a_comparison_with_a_closed_paper_is_not_there(client, documents, mc, statement):
    closed = tabled(documents, mc, "Closed", classification="body")
    circulated(closed)
    page(client, at(statement, f"comparison/?with={closed.ref}"), status=404)
    page(client_of(documents), at(statement, f"comparison/?with={closed.ref}"))


def test_a_withdrawn_paper_says_so(client, documents, statement):
    acts.withdraw(document=statement, by=documents)
    assert "It stays on the record." in page(client, at(statement))
    assert "withdrawn" in page(client, "/en/documents/")


def test_the_words_of_a_text_are_only_words(client, documents, mc):
    made = tabled(documents, mc, "<script>alert(1)</script>")
    circulated(made, [Block("b1", BlockKind.TITLE, "<img src=x onerror=alert(1)>")])
    for address in (at(made), at(made, "comparison/"), at(made, "versions/1/"), "/en/documents/"):
        shown = page(client, address)
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


def test_a_version_knows_its_neighbours(client, statement):
    first, second = page(client, at(statement, "versions/1/")), page(client, at(statement, "versions/2/"))
    assert "A later version was circulated." in first
    assert "A later version was circulated." not in second
    assert "Members keep the peace." in first
    page(client, at(statement, "versions/3/"), status=404)
    page(client, at(statement, "versions/2/?on=2024-12-05"), status=404)


# ---------------------------------------------------------------- comparison
def test_words_that_came_and_went_are_told_without_colour(client, statement):
    shown = page(client, at(statement, "comparison/"))
    assert '<ins class="chg"><span class="vh">[added: </span> and trust' in re.sub(r"\s+", " ", shown)
    assert "1 changed · 3 unchanged" in plain(shown)
    assert "2 paragraphs without a change" not in shown, "two are not worth folding"


def test_versions_and_language_are_chosen(client, statement):
    same = page(client, at(statement, "comparison/?from=1&to=1"))
    assert "Nothing: the words are the same." in same
    assert "4 paragraphs without a change" in same
    back = page(client, at(statement, "comparison/?from=2&to=1"))
    assert '<del class="chg">' in back
    russian = page(client, at(statement, "comparison/?language=ru"))
    assert "Nothing: the words are the same." in russian
    assert "1 paragraph does not follow the later version yet" in russian
    for odd in ("?from=9&to=x", "?from=-1", "?language=zz", "?from=²"):
        page(client, at(statement, f"comparison/{odd}"))


def test_without_a_text_there_is_nothing_to_compare(client, documents, mc):
    page(client, at(tabled(documents, mc), "comparison/"), status=404)


# ---------------------------------------------------------------- files
def test_a_file_is_served_as_what_it_is(client, documents, statement, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = acts.enclose(document=statement, file=PDF, title=text("Scan"), by=documents)
    answer = client.get(at(statement, f"enclosures/{made.ref}/"))
    assert b"".join(answer.streaming_content) == PDF
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    (tmp_path / made.file).unlink()
    page(client, at(statement, f"enclosures/{made.ref}/"), status=404)


# ---------------------------------------------------------------- panels
def test_a_body_shows_the_latest_documents_that_its_reader_may_read(client, documents, mc, statement):
    tabled(documents, mc, "Closed", classification="body")
    shown = page(client, "/en/bodies/mc/")
    assert statement.symbol in shown
    assert "Closed" not in shown
    assert "Closed" in page(client_of(documents), "/en/bodies/mc/"), "whoever may read more sees more"


# ---------------------------------------------------------------- the Secretariat
def test_the_desk_says_what_is_next(documents, mc, statement):
    tabled(documents, mc, "Without text", classification="secretariat", number=4)
    shown = plain(page(client_of(documents), "/en/secretariat/documents/"))
    assert "Circulate the text" in shown
    assert "Rev.1" in shown
    assert "Put into: Русский" in shown
    assert "1 series leaves numbers out." in shown
    assert "1, 2, 3" in plain(page(client_of(documents), "/en/secretariat/documents/symbols/"))
    assert "Without text" not in page(client_of(documents), "/en/secretariat/documents/?classification=public")


@pytest.mark.parametrize("many", [1, 3])
def test_the_desk_costs_the_same_for_one_and_for_three(documents, mc, many, django_assert_max_num_queries):
    for number in range(many):
        circulated(tabled(documents, mc, f"Paper {number}"))
    client = client_of(documents)
    client.get("/en/secretariat/documents/")
    with django_assert_max_num_queries(19):
        page(client, "/en/secretariat/documents/")


def send(person, address: str, **typed) -> int:
    return client_of(person).post(f"/en/secretariat/{address}", {"sent": "yes", **typed}).status_code


def test_a_document_is_tabled_by_its_form(documents, mc, states):
    typed = {
        "title_en": "Budget", "kind": "budget", "body": "mc", "series": "DOC", "language": "en", "sponsors": "XA",
        "classification": "parties", "source": "practice",
    }  # fmt: skip
    assert send(documents, "documents/tabling/", **typed) == 302
    made = Document.objects.get()
    assert (made.kind, made.sponsors, made.classification) == ("budget", "xa", "parties")
    assert send(documents, "documents/tabling/", **{**typed, "number": made.number}) == 409
    assert send(documents, "documents/tabling/", **{**typed, "title_en": ""}) == 422


def test_each_form_does_its_act(documents, mc):
    made = tabled(documents, mc, "Paper", classification="secretariat")
    base = f"documents/{made.ref}"
    assert send(documents, f"{base}/addendum/", title_en="Annex", language="en", source="practice") == 302
    annex = Document.objects.exclude(ref=made.ref).get()
    assert send(documents, f"{base}/relation/", kind="implements", other=annex.symbol) == 302
    assert Relation.objects.count() == 2
    due = (today() + dt.timedelta(days=9)).isoformat()
    assert send(documents, f"{base}/embargo/", day=due, released_as="public") == 422, "an instant has a time"
    assert send(documents, f"{base}/embargo/", day=due, time="17:00", released_as="public") == 302
    shown = client_of(documents).get(f"/en/secretariat/{base}/embargo/").content.decode()
    assert due in shown
    assert "17:00" in shown
    assert send(documents, f"{base}/classification/", classification="parties") == 409
    assert send(documents, f"{base}/embargo/", released_as="public") == 302
    assert send(documents, f"{base}/classification/", classification="parties") == 302
    assert send(documents, f"{base}/withdrawal/") == 302
    made.refresh_from_db()
    assert (made.classification, made.embargo, bool(made.withdrawn)) == ("parties", None, True)


def test_a_relation_is_taken_back_by_its_form(client, documents, mc):
    one, two = tabled(documents, mc, "One"), tabled(documents, mc, "Two")
    said = acts.relate(document=two, kind=RelationKind.SUPERSEDES, other=one, by=documents)
    address = f"/en/secretariat/relations/{said.ref}/removal/"
    assert address not in page(client, at(one)), "readers are not offered it"
    for either in (one, two):
        assert address in page(client_of(documents), at(either))
    shown = plain(page(client_of(documents), address))
    assert f"{two.symbol} supersedes {one.symbol}" in shown
    assert send(documents, f"relations/{said.ref}/removal/") == 302
    assert not Relation.objects.exists()


def test_a_file_is_enclosed_and_taken_away_by_forms(documents, mc, settings, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.MEDIA_ROOT = tmp_path
    made = tabled(documents, mc)
    file = SimpleUploadedFile("scan.pdf", PDF, "application/pdf")
    assert send(documents, f"documents/{made.ref}/enclosure/", file=file, title_en="Scan", scan="on") == 302
    one = Enclosure.objects.get()
    assert (one.scan, one.ending) == (True, "pdf")
    wrong = SimpleUploadedFile("scan.pdf", b"no", "application/pdf")
    assert send(documents, f"documents/{made.ref}/enclosure/", file=wrong, title_en="Scan") == 422
    assert send(documents, f"enclosures/{one.ref}/removal/") == 302
    assert not Enclosure.objects.exists()
