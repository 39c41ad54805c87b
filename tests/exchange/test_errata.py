"""A fact that was recorded wrongly is set right in sight of everybody; one recorded by mistake is struck."""

import pytest

from chancery.core.refusals import NotAllowed
from chancery.documents.models import Document
from chancery.exchange import acts
from chancery.exchange.rules import (
    Adopted,
    Fixed,
    NoSuchColumn,
    NoSuchFact,
    NothingCorrected,
    OnlyByCorrigendum,
    ReasonMissing,
    StillReferredTo,
    WrongValue,
)  # fmt: skip
from chancery.journal import queries
from chancery.journal.models import Entry
from chancery.meetings.models import Attachment, Meeting
from chancery.newsroom.models import Edition, News
from chancery.parties.models import Membership, Party
from chancery.people.policy import COMPILERS
from tests.cast import account
from tests.exchange.records import add_edition, agreed, build, edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(folder):
    acts.load(folder=folder, by=COMPILERS)
    return account("Petra Protocol", ("officer", "protocol"))


def correct(officer, table, ref, column, *value, reason="A slip of the pen", **more):
    return acts.correct(table=table, ref=ref, column=column, value=value, reason=reason, by=officer, **more)


def test_a_correction_tells_what_stood_there_and_why(officer):
    correct(officer, "memberships", "xb-member", "since", "2002-07-01")
    assert Membership.objects.get(ref="xb-member").since.isoformat() == "2002-07-01"
    entry = queries.history(["memberships:xb-member"])[0]
    assert entry.act == "exchange.correct"
    assert queries.decided(entry)["said"] == {
        "reason": "A slip of the pen",
        "before": {"since": "2002-06"},
        "after": {"since": "2002-07-01"},
    }


def test_computed_columns_follow(officer):
    correct(officer, "meetings", "workshop", "title", "Of camels", "", "", "")
    correct(officer, "meetings", "workshop", "ends", "2003-12-31")
    workshop = Meeting.objects.get(ref="workshop")
    assert "camels" in workshop.words
    assert workshop.until.isoformat() == "2004-01-01"


def test_the_source_of_the_correction_takes_the_place_of_the_old_one(officer):
    from chancery.core.models import Source

    Source.objects.create(ref="letter", title="A letter", quality="organisation")
    correct(officer, "parties", "xa", "note", "Spoken of", source="letter")
    assert Party.objects.get(ref="xa").source == "letter"


WRONG = {
    "a form that cannot be read": ("memberships", "xb-member", "since", "soon", "is not a date"),
    "a reference to nothing": ("memberships", "xb-member", "party", "zz", "“zz” is not in the record"),
    "a plain reference to nothing": ("memberships", "xb-member", "session", "s", "“s” is not in the record"),
    "concerns nothing": ("decisions", "founded", "concerns", "bodies:zz", "“bodies:zz” is not in the record"),
    "an overlap": ("chair_terms", "xb-2004", "since", "2003-01-01", "contradicts another fact"),
    "a gap in the chair": ("chair_terms", "xa-1999", "until", "2003-01-01", "nobody is in the chair"),
    "nothing where something is needed": ("parties", "xa", "source", "", "must not be empty"),
    "a dimension of another charter": ("meetings", "workshop", "dimension", "zz", "is not a dimension"),
    "too long": ("parties", "xa", "iso2", "XAX", "has 3 characters; at most 2 are kept"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_a_load_would_refuse_a_correction_refuses(officer, name):
    table, ref, column, value, told = WRONG[name]
    with pytest.raises(WrongValue, match=told):
        correct(officer, table, ref, column, value)
    assert Entry.objects.count() == 1


def test_a_correction_needs_a_reason_and_changes_something(officer):
    with pytest.raises(ReasonMissing):
        correct(officer, "parties", "xa", "note", "New", reason="  ")
    with pytest.raises(NothingCorrected):
        correct(officer, "parties", "xa", "iso2", "XA")


@pytest.mark.parametrize(
    ("table", "ref", "column", "refusal"),
    [
        ("parties", "zz", "note", NoSuchFact),
        ("nothing", "xa", "note", NoSuchFact),
        ("parties", "xa", "ref", NoSuchColumn),
        ("parties", "xa", "colour", NoSuchColumn),
    ],
)
def test_what_is_not_there_is_not_corrected(officer, table, ref, column, refusal):
    with pytest.raises(refusal):
        correct(officer, table, ref, column, "x")


def test_a_draft_is_no_fact_of_the_record(officer):
    News.objects.create(ref="draft", kind="flash", dated="2024-01-01")
    with pytest.raises(NoSuchFact):
        correct(officer, "news", "draft", "kind", "article")


def test_a_published_digest_is_not_corrected_here(tmp_path):
    folder = build(tmp_path / "other")
    add_edition(folder, edition())
    acts.load(folder=folder, by=COMPILERS)
    officer = account("Piers Press", ("officer", "press"))
    with pytest.raises(Fixed):
        correct(officer, "digests", "1999-q3-1", "quarter", "1999-Q4")
    with pytest.raises(Fixed):
        acts.strike(table="digests", ref="1999-q3-1", reason="R", by=officer)
    assert Edition.objects.exists()


def test_a_delegate_corrects_nothing(officer):
    delegate = account("Dora Delegate", ("delegate", "xa"))
    with pytest.raises(NotAllowed):
        correct(delegate, "parties", "xa", "note", "New")
    with pytest.raises(NotAllowed):
        acts.strike(table="meetings", ref="workshop", reason="R", by=delegate)


def test_a_mistake_is_struck_and_the_journal_keeps_it(officer):
    acts.strike(table="meetings", ref="workshop", reason="It never took place", by=officer)
    assert not Meeting.objects.filter(ref="workshop").exists()
    said = queries.decided(Entry.objects.latest("seq"))
    assert said["facts"] == [{"ref": "workshop", "row": None, "table": "meetings"}]
    assert said["said"]["before"]["starts"] == "2003-Q2"


@pytest.mark.parametrize(
    ("table", "ref", "told"),
    [
        ("parties", "xa", "memberships:xa-member"),  # a foreign key that protects
        ("bodies", "council", "decisions:founded"),
        ("meetings", "council-1", "workshop"),  # part of it
        ("decisions", "founded", "memberships:xa-member"),  # a plain reference
        ("sources", "invented", "parties:xa"),  # one among several
        ("news", "1999-09-15-begun", "news_texts:1999-09-15-begun.en"),  # would go with it
    ],
)
def test_what_others_stand_on_is_not_struck(officer, table, ref, told):
    with pytest.raises(StillReferredTo, match=told):
        acts.strike(table=table, ref=ref, reason="R", by=officer)
    assert Entry.objects.count() == 1


def test_the_chair_is_not_left_empty_by_striking(officer):
    with pytest.raises(WrongValue, match="nobody is in the chair"):
        acts.strike(table="chair_terms", ref="xb-2004", reason="R", by=officer)


# ---------------------------------------------------------------- pages
def test_the_form_shows_what_stands_there_and_corrects_it(client, officer):
    client.force_login(officer)
    page = client.get("/en/secretariat/erratum/memberships/xb-member/").content.decode()
    assert "2002-06" in page
    address = "/en/secretariat/erratum/memberships/xb-member/since/"
    assert 'value="2002-06"' in client.get(address).content.decode()
    answer = client.post(address, {"value_0": "2002-07-01", "reason": "A slip"})
    assert answer.status_code == 302
    assert Membership.objects.get(ref="xb-member").since.isoformat() == "2002-07-01"


def test_a_refusal_keeps_what_was_typed(client, officer):
    client.force_login(officer)
    address = "/en/secretariat/erratum/memberships/xb-member/since/"
    answer = client.post(address, {"value_0": "soon", "reason": "A slip"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="soon"' in page
    assert "is not a date that can be read" in page


def test_striking_has_its_page(client, officer):
    client.force_login(officer)
    address = "/en/secretariat/erratum/meetings/workshop/striking/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "Never took place"}).status_code == 302
    assert not Meeting.objects.filter(ref="workshop").exists()


@pytest.mark.parametrize(
    "address",
    [
        "/en/secretariat/erratum/parties/xa/",
        "/en/secretariat/erratum/parties/xa/note/",
        "/en/secretariat/erratum/parties/xa/striking/",
    ],
)
def test_errata_are_the_officers_own(client, officer, address):
    assert client.get(address).status_code == 302  # to sign in
    client.force_login(account("Dora Delegate", ("delegate", "xa")))
    assert client.get(address).status_code == 403
    client.force_login(officer)
    assert client.get(address).status_code == 200
    assert client.get(address.replace("/xa/", "/zz/")).status_code == 404


@pytest.mark.parametrize(
    ("name", "told"), [("../journal.key", "not a file's name"), ("key.exe", "kind"), ("lost.pdf", "no file")]
)
def test_a_correction_names_only_files_of_the_record(officer, settings, name, told):
    """Whatever a fact names is in the record that everybody fetches."""
    Attachment.objects.create(ref="workshop.1", meeting_id="workshop", file="minutes.pdf", source="practice")
    with pytest.raises(WrongValue, match=told):
        correct(officer, "attachments", "workshop.1", "file", name)
    settings.MEDIA_ROOT.mkdir(exist_ok=True)
    (settings.MEDIA_ROOT / "agreed.pdf").write_bytes(b"%PDF-")
    assert correct(officer, "attachments", "workshop.1", "file", "agreed.pdf").file == "agreed.pdf"


# ---------------------------------------------------------------- texts
@pytest.fixture
def editor(tmp_path):
    acts.load(folder=build(tmp_path / "agreed", agreed), by=COMPILERS)
    return account("Petra Protocol", ("officer", "protocol"))


@pytest.mark.parametrize(
    ("table", "ref", "column"),
    [("versions", "wells-2", "blocks"), ("versions", "wells-2", "language"), ("translations", "wells-2-ru", "texts")],
)
def test_a_text_is_mended_by_a_corrigendum_alone(editor, table, ref, column):
    with pytest.raises(OnlyByCorrigendum):
        correct(editor, table, ref, column, "[]")
    with pytest.raises(OnlyByCorrigendum):
        acts.strike(table=table, ref=ref, reason="A slip", by=editor)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("documents", "classification", "secretariat"), ("documents", "language", "ru"),
        ("decisions", "version", "wells-1"), ("decisions", "document", "wells-add-1"),
        ("decisions", "expired", "2003-03-08T12:00:00Z"), ("decisions", "classification", "body"),
    ],
)  # fmt: skip
def test_what_an_act_alone_sets_is_not_corrected(editor, table, column, value):
    with pytest.raises(Fixed):
        correct(editor, table, "wells", column, value)


def test_what_else_is_said_of_a_document_is_corrected(editor):
    correct(editor, "documents", "wells", "title", "On deep wells", "", "", "")
    assert "on deep wells" in Document.objects.get(pk="wells").words


def test_an_adopted_text_is_not_struck(editor):
    for table, ref in (("statements", "wells-1"), ("undertakings", "wells-u1"), ("decision_links", "wells-founded")):
        acts.strike(table=table, ref=ref, reason="A slip", by=editor)
    with pytest.raises(Adopted):
        acts.strike(table="decisions", ref="wells", reason="A slip", by=editor)


def test_the_page_offers_no_correction_of_what_is_fixed(client, editor):
    client.force_login(editor)
    page = client.get("/en/secretariat/erratum/decisions/wells/").content.decode()
    assert "/erratum/decisions/wells/summary/" in page
    assert "/erratum/decisions/wells/version/" not in page
    assert client.get("/en/secretariat/erratum/versions/wells-2/blocks/").status_code == 422
