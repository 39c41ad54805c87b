"""What may happen to a document as a whole."""

import datetime as dt
import json

import pytest
import time_machine
from django.db import IntegrityError, transaction

from chancery.core.models import Source
from chancery.core.refusals import NotAllowed, OutOfDate
from chancery.documents import guards
from chancery.documents.acts import agenda
from chancery.documents.acts import register as acts
from chancery.documents.models import Document, Enclosure, Relation
from chancery.documents.queries import documents as queries
from chancery.documents.rules import register as rules
from chancery.documents.rules.access import Classification
from chancery.documents.rules.symbols import Gap, RelationKind, Series, SymbolTaken
from chancery.documents.rules.translation import Freshness
from chancery.journal.acts import recording
from chancery.journal.models import Entry
from chancery.meetings.rules import FileOfUnknownKind, FileTooLarge
from chancery.people import policy
from tests.cast import account, decided
from tests.decisions.at_once import Doing, locked
from tests.documents.stage import LINES, body, circulated, meeting, session, tabled, text, translated, words
from tests.people.test_acts import PDF

pytestmark = pytest.mark.django_db
BEFORE = dt.datetime(2030, 12, 13, 12, 0, tzinfo=dt.UTC)
UNTIL = BEFORE + dt.timedelta(hours=5)


@pytest.fixture
def mc(source):
    return body("mc")


@pytest.fixture
def paper(documents, mc):
    """A paper that only members read."""
    return tabled(documents, mc, "Draft statement", classification="body")


def last() -> Entry:
    return Entry.objects.latest("seq")


def hidden(entry: Entry) -> dict:
    return json.loads(entry.private)


# ---------------------------------------------------------------- tabling
def test_the_symbol_follows_the_pattern_of_the_charter(documents, mc):
    seventh = session(mc, 7)
    assert tabled(documents, mc, session=seventh).symbol == "PRA/MC/7/DOC.1"
    assert tabled(documents, mc, session=seventh).symbol == "PRA/MC/7/DOC.2"
    assert tabled(documents, mc, session=seventh, series=Series.INF).symbol == "PRA/MC/7/INF.1"
    assert tabled(documents, mc, session=session(mc, 8, "2025-12-17")).symbol == "PRA/MC/8/DOC.1"


@time_machine.travel(dt.datetime(2024, 12, 31, 20, 0, tzinfo=dt.UTC), tick=False)
def test_between_sessions_it_is_the_year_at_the_seat(documents, mc):
    made = tabled(documents, mc)  # in UTC it is still the last day of 2024
    assert (made.symbol, made.tabled) == ("PRA/MC/2025/DOC.1", dt.date(2025, 1, 1))


def test_the_reference_is_the_symbol_without_slashes(documents, mc):
    assert tabled(documents, mc, session=session(mc, 7)).ref == "pra-mc-7-doc-1"


def test_a_number_may_be_given_and_the_next_goes_on_from_it(documents, mc):
    assert tabled(documents, mc, number=5).number == 5
    assert tabled(documents, mc).number == 6
    with pytest.raises(SymbolTaken):
        tabled(documents, mc, number=5)


def test_the_database_gives_a_symbol_once(documents, paper):
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(ref=tabled(documents, paper.body).ref).update(symbol=paper.symbol)


def test_a_session_and_a_way_are_of_the_body(documents, mc, settings):
    with pytest.raises(rules.SessionOfAnotherBody):
        tabled(documents, mc, session=session(body("soc", "Officials")))
    with pytest.raises(rules.RouteElsewhere):
        tabled(documents, mc, route="nowhere")
    with pytest.raises(rules.UnknownLanguage):
        tabled(documents, mc, language="xx")
    assert not Document.objects.exists()
    assert tabled(documents, mc, route=next(k for k, r in settings.CHARTER.routes.items() if "mc" in r.bodies))


def test_only_the_documents_unit_tables(press, delegate, mc):
    for person in (press, delegate, None):
        with pytest.raises(NotAllowed):
            tabled(person, mc)


def test_a_public_paper_is_told_and_another_is_not(documents, mc, states):
    tabled(documents, mc, "Open", sponsors=[states["xb"]])
    told = decided(last())
    assert told["facts"][0]["row"]["title.en"] == "Open"
    assert "parties:xb" in told["subjects"]
    tabled(documents, mc, "Closed", classification="parties")
    assert not last().is_public
    assert hidden(last())["said"]["rows"][0]["row"]["title.en"] == "Closed"


# ---------------------------------------------------------------- addenda
def test_an_addendum_is_part_of_its_document_and_goes_as_far(documents, paper):
    first, second = (
        acts.table_addendum(document=paper, title=text(name), language="en", source="practice", by=documents)
        for name in ("Annex", "Annex two")
    )
    assert (first.symbol, second.symbol) == (f"{paper.symbol}/Add.1", f"{paper.symbol}/Add.2")
    assert first.classification == "body"
    assert Relation.objects.get(document=first).other == paper
    assert tabled(documents, paper.body).number == 2, "an addendum takes no number of the series"


def test_nothing_is_added_to_what_was_withdrawn(documents, paper):
    acts.withdraw(document=paper, by=documents)
    with pytest.raises(rules.Withdrawn):
        acts.table_addendum(document=paper, title=text("A"), language="en", source="practice", by=documents)
    with pytest.raises(rules.Withdrawn):
        acts.enclose(document=paper, file=PDF, title=text("A"), by=documents)
    with pytest.raises(rules.Withdrawn):
        acts.withdraw(document=paper, by=documents)


def test_a_document_without_symbol_has_no_addenda(documents, paper):
    Document.objects.filter(ref=paper.ref).update(symbol="")
    with pytest.raises(rules.NoSymbol):
        acts.table_addendum(document=paper, title=text("A"), language="en", source="practice", by=documents)


# ---------------------------------------------------------------- classification
def test_becoming_public_tells_everything_at_once(documents, paper):
    public = tabled(documents, paper.body, "Older")
    closed = tabled(documents, paper.body, "Secret", classification="secretariat")
    version = circulated(paper)
    translated(version, {"b1": "Заявление"})
    acts.enclose(document=paper, file=PDF, title=text("Scan"), scan=True, by=documents)
    acts.relate(document=paper, kind=RelationKind.SUPERSEDES, other=public, by=documents)
    acts.relate(document=paper, kind=RelationKind.IMPLEMENTS, other=closed, by=documents)
    acts.classify(document=paper, classification=Classification.PUBLIC, by=documents)
    told = decided(last())
    tables = [fact["table"] for fact in told["facts"]]
    assert tables == ["documents", "versions", "translations", "enclosures", "document_relations"]
    assert closed.ref not in last().public
    acts.classify(document=closed, classification=Classification.PUBLIC, by=documents)
    assert [fact["table"] for fact in decided(last())["facts"]] == ["documents", "document_relations"]


def test_what_is_public_stays_public(documents, mc):
    open_one = tabled(documents, mc)
    with pytest.raises(rules.StaysPublic):
        acts.classify(document=open_one, classification=Classification.BODY, by=documents)
    with pytest.raises(rules.StaysPublic):
        acts.put_under_embargo(document=open_one, until=UNTIL, released_as="public", by=documents)
    with pytest.raises(rules.SameClassification):
        acts.classify(document=open_one, classification=Classification.PUBLIC, by=documents)


def test_closing_further_is_private(documents, paper):
    acts.classify(document=paper, classification=Classification.SECRETARIAT, by=documents)
    assert not last().is_public
    assert hidden(last())["said"]["rows"][0]["row"]["classification"] == "secretariat"


# ---------------------------------------------------------------- embargo
@pytest.fixture
def embargoed(documents, paper):
    with time_machine.travel(BEFORE, tick=False):
        return acts.put_under_embargo(document=paper, until=UNTIL, released_as=Classification.PUBLIC, by=documents)


def test_an_embargo_ends_later_and_wider(documents, paper):
    with time_machine.travel(BEFORE, tick=False):
        with pytest.raises(rules.EmbargoOver):
            acts.put_under_embargo(document=paper, until=BEFORE, released_as="public", by=documents)
        with pytest.raises(rules.NotWider):
            acts.put_under_embargo(document=paper, until=UNTIL, released_as="body", by=documents)
        with pytest.raises(rules.NoEmbargo):
            acts.put_under_embargo(document=paper, until=None, by=documents)


@pytest.mark.parametrize(("late", "public"), [(-1, False), (0, True), (1, True)])
def test_the_clock_lifts_it_at_the_instant(embargoed, late, public):
    with time_machine.travel(UNTIL + dt.timedelta(milliseconds=late), tick=False):
        now = dt.datetime.now(dt.UTC)
        assert queries.due_embargoes(now) == ([embargoed.ref] if public else [])
        assert queries.coming_embargo() == UNTIL
        assert acts.lift_embargo(ref=embargoed.ref).is_public is public


def test_it_is_lifted_once_and_told(embargoed):
    with time_machine.travel(UNTIL, tick=False):
        acts.lift_embargo(ref=embargoed.ref)
        made = last()
        acts.lift_embargo(ref=embargoed.ref)  # a second clock
    assert made == last()
    told = decided(made)
    assert (told["act"], told["by"]) == ("documents.lift-embargo", "clock")
    assert "embargo" not in told["facts"][0]["row"]
    assert queries.coming_embargo() is None


def test_only_the_clock_lifts_it(embargoed, documents):
    with pytest.raises(NotAllowed):
        acts.lift_embargo(ref=embargoed.ref, by=documents)
    with pytest.raises(NotAllowed):
        acts.lift_embargo(ref=embargoed.ref, by=policy.OPERATOR)


def test_a_promise_is_moved_or_ended_not_passed_by(embargoed, documents):
    with time_machine.travel(BEFORE, tick=False):
        with pytest.raises(rules.UnderEmbargo):
            acts.classify(document=embargoed, classification=Classification.PARTIES, by=documents)
        acts.put_under_embargo(
            document=embargoed, until=UNTIL + dt.timedelta(days=1), released_as="parties", by=documents
        )
        acts.put_under_embargo(document=embargoed, until=None, by=documents)
    with time_machine.travel(UNTIL, tick=False):
        assert acts.lift_embargo(ref=embargoed.ref).classification == "body"


def test_a_withdrawn_paper_is_not_opened_by_the_clock(embargoed, documents):
    acts.withdraw(document=embargoed, by=documents)
    assert queries.coming_embargo() is None


# ---------------------------------------------------------------- withdrawal and relations
def test_a_guard_keeps_a_text_from_being_withdrawn(documents, paper, monkeypatch):
    def refuse(document, kind):
        raise rules.Withdrawn(day=paper.tabled)

    monkeypatch.setattr(guards, "_guards", [refuse])
    with pytest.raises(rules.Withdrawn):
        acts.withdraw(document=paper, by=documents)
    assert Document.objects.get(ref=paper.ref).withdrawn is None


def test_nothing_supersedes_itself_by_any_way_round(documents, mc):
    one, two, three = (tabled(documents, mc, name) for name in ("One", "Two", "Three"))
    relate = RelationKind.SUPERSEDES
    acts.relate(document=two, kind=relate, other=one, by=documents)
    acts.relate(document=three, kind=relate, other=two, by=documents)
    with pytest.raises(rules.RelatedInCircle):
        acts.relate(document=one, kind=relate, other=three, by=documents)
    with pytest.raises(rules.RelatedInCircle):
        acts.relate(document=one, kind=relate, other=one, by=documents)
    with pytest.raises(rules.RelationKnown):
        acts.relate(document=two, kind=relate, other=one, by=documents)
    assert acts.relate(document=one, kind=RelationKind.IMPLEMENTS, other=three, by=documents)


def test_a_relation_with_a_closed_paper_is_private(documents, paper):
    acts.relate(document=tabled(documents, paper.body), kind=RelationKind.AMENDS, other=paper, by=documents)
    assert not last().is_public


def test_what_was_said_of_two_documents_is_taken_back_and_the_journal_keeps_it(documents, mc, paper):
    one, two = (tabled(documents, mc, name) for name in ("One", "Two"))
    said = acts.relate(document=two, kind=RelationKind.SUPERSEDES, other=one, by=documents)
    acts.unrelate(relation=said, by=documents)
    assert decided(last())["facts"] == [{"table": "document_relations", "ref": said.ref, "row": None}]
    assert f"documents:{one.ref}" in decided(last())["subjects"]
    with pytest.raises(OutOfDate):
        acts.unrelate(relation=said, by=documents)
    closed = acts.relate(document=one, kind=RelationKind.AMENDS, other=paper, by=documents)
    acts.unrelate(relation=closed, by=documents)
    assert not last().is_public
    assert acts.relate(document=one, kind=RelationKind.SUPERSEDES, other=two, by=documents), "nothing stands in the way"


def test_an_addendum_stays_part_of_its_document(documents, mc, press):
    paper = tabled(documents, mc, "Paper")
    acts.table_addendum(document=paper, title=text("Annex"), language="en", source="practice", by=documents)
    part = Relation.objects.get()
    with pytest.raises(rules.IsAddendum, match=r"Add\.1"):
        acts.unrelate(relation=part, by=documents)
    other = acts.relate(document=tabled(documents, mc), kind=RelationKind.PART_OF, other=paper, by=documents)
    with pytest.raises(NotAllowed):
        acts.unrelate(relation=other, by=press)
    acts.unrelate(relation=other, by=documents)
    assert Relation.objects.get() == part


# ---------------------------------------------------------------- enclosures
def test_a_file_is_known_by_what_is_in_it(documents, paper, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = acts.enclose(document=paper, file=PDF, title=text("Scan"), language="en", scan=True, by=documents)
    assert (made.ending, made.position, (tmp_path / made.file).read_bytes()) == ("pdf", 1, PDF)
    with pytest.raises(FileOfUnknownKind):
        acts.enclose(document=paper, file=b"#!/bin/sh", title=text("Script"), by=documents)
    settings.UPLOAD_LIMIT = 10
    with pytest.raises(FileTooLarge):
        acts.enclose(document=paper, file=PDF, title=text("Large"), by=documents)


def test_a_scan_is_no_word_file(documents, paper, monkeypatch):
    monkeypatch.setattr(acts, "kind_of_file", lambda content: "docx")
    with pytest.raises(rules.ScanOfAFile):
        acts.enclose(document=paper, file=b"PK", title=text("Text"), scan=True, by=documents)


def test_a_file_is_taken_away_and_the_journal_keeps_it(documents, mc, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = acts.enclose(document=tabled(documents, mc), file=PDF, title=text("Scan"), by=documents)
    acts.remove_enclosure(enclosure=made, by=documents)
    assert not Enclosure.objects.exists()
    assert decided(last())["facts"] == [{"table": "enclosures", "ref": made.ref, "row": None}]


# ---------------------------------------------------------------- reading
def test_only_touched_paragraphs_turn_stale(documents, paper):
    first = circulated(paper)
    translated(first, {"b1": "Заявление", "b2": "Напоминая,", "b3": "Члены хранят мир."})
    changed = words((LINES[0], LINES[1], "Members keep the peace and trust.", LINES[3]))
    second = circulated(paper, changed, on="2024-12-10")
    reading = queries.rendered(second, "ru")
    assert [one.freshness for one in reading.blocks] == [
        Freshness.CURRENT, Freshness.CURRENT, Freshness.STALE, Freshness.MISSING,
    ]  # fmt: skip
    assert (reading.stale, reading.missing) == (1, 1)
    assert queries.rendered(second, "ar") is None
    assert queries.rendered(second, "en").text() == changed
    compared = queries.comparison(first, second, "en")
    assert [row.change for row in compared.rows] == ["same", "same", "changed", "same"]


def test_a_later_translation_of_the_same_version_counts(documents, paper):
    version = circulated(paper)
    translated(version, {"b1": "Старое"})
    translated(version, {"b1": "Новое"})
    assert queries.rendered(version, "ru").blocks[0].text == "Новое"


def test_a_lone_language_shows_the_original_where_it_lacks_a_paragraph(documents, paper):
    version = circulated(paper)
    translated(version, {"b1": "Заявление"})
    russian, original = queries.rendered(version, "ru"), queries.rendered(version, "en")
    alone = [line.cells[0] for line in queries.lines(version, [russian])]
    assert [cell.language for cell in alone] == ["ru", "en", "en", "en"]
    beside = queries.lines(version, [original, russian])[3]
    assert [cell.block.text for cell in beside.cells] == ["They meet each year.", ""]
    assert [line.number for line in queries.lines(version, [original])] == ["", "PP1", "1", "2"]


def test_gaps_and_likenesses_of_symbols_are_reported(documents, mc):
    seventh = session(mc, 7)
    tabled(documents, mc, session=seventh)
    tabled(documents, mc, session=seventh, number=4)
    Document.objects.filter(ref=tabled(documents, mc, series=Series.INF).ref).update(symbol="pra/mc/7/doc.04")
    report = queries.symbol_report()
    assert Gap("PRA/MC/7/DOC.", (2, 3)) in report.gaps
    assert [[one.symbol for one in alike] for _symbol, alike in report.alike] == [
        ["PRA/MC/7/DOC.4", "pra/mc/7/doc.04"]
    ]


def test_each_condition_of_the_filter(documents, mc, states):
    seventh = session(mc, 7)
    one = tabled(documents, mc, text("Statement on trust", "Заявление о ДОВЕРИИ"), session=seventh)
    two = tabled(documents, mc, "Budget", kind="budget", series=Series.INF, language="ru")
    translated(circulated(one), {"b1": "Заявление"})

    def found(**asked) -> set[str]:
        return {row.ref for row in queries.listed(None, *queries.parts(asked).values())}

    assert found() == {one.ref, two.ref}
    assert found(q="доверии") == found(q="mc/7") == found(kind="statement") == {one.ref}
    assert found(session=seventh.ref) == {one.ref}
    assert found(series="INF") == {two.ref}
    assert found(language="ru") == {one.ref, two.ref}
    assert found(language="en") == {one.ref}
    assert found(body="soc") == set()


def test_lists_leave_out_what_the_reader_may_not_read(documents, delegate, paper):
    assert not queries.listed(None).exists()
    assert queries.sessions(None) == []
    assert [one.ref for one in queries.listed(delegate)] == [paper.ref]
    tabled(documents, paper.body, session=session(paper.body), classification="secretariat")
    assert queries.sessions(delegate) == []
    assert len(queries.sessions(documents)) == 1


def test_a_session_is_found_by_its_agenda_too(documents, mc):
    ministers = session(mc)
    item = agenda.add_item(meeting=ministers, number="3", title=text("Trust"), source="practice", by=documents)
    one = tabled(documents, mc)
    agenda.put_paper(item=item, document=one, by=documents)
    assert [row.ref for row in queries.listed(None, *queries.parts({"session": ministers.ref}).values())] == [one.ref]
    assert meeting("2025-conference") not in queries.sessions(None)


# ---------------------------------------------------------------- at once, with the real lock
@pytest.fixture
def house(fresh_database):
    """A body, and an officer of documents, in a database of their own."""
    Source.objects.create(ref="practice", title="Practice material", quality="invented")
    return body("mc"), account("Dana Documents", ("officer", "documents"))


def test_two_officers_at_once_get_two_numbers(house):
    ministers, officer = house
    with locked():
        both = [Doing(lambda: tabled(officer, ministers)).waits() for _each in range(2)]
    assert {one.ended().made.number for one in both} == {1, 2}


def test_of_two_who_want_one_number_one_is_told(house):
    ministers, officer = house
    with locked():
        both = [Doing(lambda: tabled(officer, ministers, number=3)).waits() for _each in range(2)]
    refused = [one.ended().refused for one in both]
    assert {type(one) for one in refused} == {SymbolTaken, type(None)}
    assert Document.objects.get().number == 3


def test_two_clocks_lift_an_embargo_once(house):
    ministers, officer = house
    paper = tabled(officer, ministers, classification="body")
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=2)
    until = acts.put_under_embargo(document=paper, until=soon, released_as="public", by=officer).embargo
    with time_machine.travel(until, tick=False):
        with locked():
            both = [Doing(lambda: acts.lift_embargo(ref=paper.ref)).waits() for _each in range(2)]
        assert [one.ended().refused for one in both] == [None, None]
    assert Entry.objects.filter(act="documents.lift-embargo").count() == 1
    assert Document.objects.get().is_public


def test_an_embargo_moved_while_the_clock_waits_is_kept(house):
    ministers, officer = house
    paper = tabled(officer, ministers, classification="body")
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=2)
    until = acts.put_under_embargo(document=paper, until=soon, released_as="public", by=officer).embargo
    with time_machine.travel(until, tick=False):
        with recording():
            clock = Doing(lambda: acts.lift_embargo(ref=paper.ref)).waits()
            acts.put_under_embargo(
                document=paper, until=until + dt.timedelta(hours=1), released_as="public", by=officer
            )
        clock.ended()
    assert not Document.objects.get().is_public
