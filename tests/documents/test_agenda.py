"""What may happen to agendas, and what their pages show."""

import pytest

from chancery.core.refusals import NotAllowed
from chancery.documents.acts import agenda as acts
from chancery.documents.acts import register
from chancery.documents.models import Paper
from chancery.documents.queries import agenda as queries
from chancery.documents.rules import register as rules
from chancery.journal.models import Entry
from chancery.meetings.models import AgendaItem
from tests.cast import decided
from tests.documents.stage import body, session, tabled, text
from tests.people.cast import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministers(source):
    return session(body("mc"))


def item(documents, meeting, number="1", title="Trust") -> AgendaItem:
    return acts.add_item(meeting=meeting, number=number, title=text(title), source="practice", by=documents)


def last() -> Entry:
    return Entry.objects.latest("seq")


def test_items_stand_in_the_order_in_which_they_were_put(documents, ministers):
    for number in ("2", "1", "3 (a)"):
        item(documents, ministers, number)
    assert [one.item.number for one in queries.of_meeting(ministers)] == ["2", "1", "3 (a)"]
    assert decided(last())["facts"][0]["table"] == "agenda"
    with pytest.raises(rules.ItemNumberTaken):
        item(documents, ministers, "1")


def test_only_the_documents_unit_plans(programme, delegate, ministers):
    for person in (programme, delegate):
        with pytest.raises(NotAllowed):
            item(person, ministers)


def test_a_document_stands_under_an_item_once(documents, ministers):
    third, paper = item(documents, ministers), tabled(documents, ministers.body)
    acts.put_paper(item=third, document=paper, by=documents)
    assert last().is_public
    with pytest.raises(rules.PaperKnown):
        acts.put_paper(item=third, document=paper, by=documents)
    register.withdraw(document=paper, by=documents)
    with pytest.raises(rules.Withdrawn):
        acts.put_paper(item=item(documents, ministers, "2"), document=paper, by=documents)


def test_an_item_with_documents_stays(documents, ministers):
    third = item(documents, ministers)
    paper = acts.put_paper(item=third, document=tabled(documents, ministers.body), by=documents)
    with pytest.raises(rules.ItemHasPapers):
        acts.remove_item(item=third, by=documents)
    acts.take_off(paper=paper, by=documents)
    assert decided(last())["facts"] == [{"table": "papers", "ref": paper.ref, "row": None}]
    acts.remove_item(item=third, by=documents)
    assert not AgendaItem.objects.exists()


def test_a_closed_paper_on_an_agenda_is_not_told(documents, ministers):
    closed = tabled(documents, ministers.body, "Closed", classification="body")
    acts.put_paper(item=item(documents, ministers), document=closed, by=documents)
    assert not last().is_public


def test_the_page_of_the_session_shows_each_reader_what_they_may_read(documents, delegate, ministers):
    third = item(documents, ministers, title="Texts")
    for name, classification in (("Open text", "public"), ("Closed text", "body"), ("House text", "secretariat")):
        paper = tabled(documents, ministers.body, name, classification=classification)
        acts.put_paper(item=third, document=paper, by=documents)
    url = f"/en/meetings/{ministers.ref}/"
    seen = {who: client_of(account).get(url).content.decode() for who, account in
            (("public", None), ("delegate", delegate), ("officer", documents))}  # fmt: skip
    shown = {who: [name for name in ("Texts", "Open text", "Closed text", "House text") if name in page]
             for who, page in seen.items()}  # fmt: skip
    assert shown == {
        "public": ["Texts", "Open text"],
        "delegate": ["Texts", "Open text", "Closed text"],
        "officer": ["Texts", "Open text", "Closed text", "House text"],
    }
    assert ("Plan the agenda" in seen["officer"], "Plan the agenda" in seen["delegate"]) == (True, False)


@pytest.mark.parametrize("many", [1, 3])
def test_an_agenda_costs_three_queries(documents, ministers, many, django_assert_num_queries):
    for number in range(many):
        one = item(documents, ministers, str(number))
        acts.put_paper(item=one, document=tabled(documents, ministers.body, classification="body"), by=documents)
    with django_assert_num_queries(3):
        queries.of_meeting(ministers)


def test_the_forms_do_the_acts(documents, ministers):
    client = client_of(documents)
    base = f"/en/secretariat/meetings/{ministers.ref}/agenda/"
    client.post(f"{base}item/", {"number": "1", "title_en": "Trust", "source": "practice"})
    one, paper = AgendaItem.objects.get(), tabled(documents, ministers.body)
    answer = client.post(f"/en/secretariat/agenda/{one.ref}/paper/", {"document": paper.symbol.lower()})
    assert (answer.status_code, answer["Location"]) == (302, base)
    page = client.get(base).content.decode()
    assert paper.symbol in page
    assert "Take off" in page
    client.post(f"/en/secretariat/papers/{Paper.objects.get().ref}/removal/", {"sent": "yes"})
    client.post(f"/en/secretariat/agenda/{one.ref}/removal/", {"sent": "yes"})
    assert not AgendaItem.objects.exists()


def test_an_unknown_symbol_is_told_beside_its_field(documents, ministers):
    one = item(documents, ministers)
    answer = client_of(documents).post(f"/en/secretariat/agenda/{one.ref}/paper/", {"document": "PRA/NOTHING"})
    assert (answer.status_code, "No document has this symbol." in answer.content.decode()) == (422, True)
