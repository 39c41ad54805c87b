"""The pages of a text under negotiation, and who sees what on them."""

import dataclasses
import gzip
import re

import brotli
import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from chancery.core import navigation
from chancery.documents.acts.calls import call
from chancery.documents.acts.notes import keep_note
from chancery.documents.acts.paragraphs import agree
from chancery.documents.acts.positions import take_position
from chancery.documents.models import Call, Document, Paragraph, Position, PrivateNote
from chancery.documents.queries import negotiation as queries
from chancery.documents.rules.positions import CallKind, Stance
from chancery.documents.rules.visibility import audience, sees
from chancery.people.acts import receive_note
from chancery.people.rules import Right, Role, Standing, Unit
from tests.cast import state
from tests.people.cast import client_of
from tests.people.test_acts import PDF

from . import room
from .room import NOW, body, chair, known, officer, session, text, translated, version, voice

pytestmark = pytest.mark.django_db
PAGE = "/en/negotiations/statement/"
DUE = room.at("2026-12-03T18:00:00+05:00")
EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
AGENT = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def paper(states):
    return text(classification="parties")


def auditor():
    return known("Auditor", (Role.AUDITOR, ""))


def shown(by, url: str = PAGE, status: int = 200, **more) -> str:
    answer = client_of(by).get(url, **more)
    assert answer.status_code == status, answer.content.decode()[:600]
    return answer.content.decode()


def sent(by, url: str, status: int = 302, headers: dict | None = None, **typed) -> str:
    answer = client_of(by).post(url, typed, headers=headers or {})
    assert answer.status_code == status, answer.content.decode()[:900]
    return answer.headers.get("Location", "") if status == 302 else answer.content.decode()


def says(paper, party, stance: Stance, words: str = "", block: str = "b4", **more) -> None:
    take_position(version=paper, party=party, stance=stance, words=words, block=block, by=voice(party.ref), **more)


def part(page: str, block: str) -> str:
    """The paragraph of a page."""
    return re.search(rf'<article class="para[^"]*" id="{block}".*?</article>', page, re.S)[0]


# ------------------------------------------------------------------------------------- who sees what: the rule
MEMBERS, PARTIES = frozenset({"xa", "xp"}), frozenset({"xa", "xp", "qo"})
EYES = {
    "public": Standing(),
    "member": Standing(frozenset({Right(Role.DELEGATE, "xa")})),
    "member's focal point": Standing(frozenset({Right(Role.FOCAL_POINT, "xa")})),
    "observer": Standing(frozenset({Right(Role.DELEGATE, "qo")})),
    "stranger": Standing(frozenset({Right(Role.DELEGATE, "xz")})),
    "officer": Standing(frozenset({Right(Role.OFFICER, Unit.DOCUMENTS.value)})),
    "auditor": Standing(frozenset({Right(Role.AUDITOR)})),
    "chair": Standing(frozenset({Right(Role.PRESIDENCY)})),
    "chair of the body": Standing(frozenset({Right(Role.PRESIDENCY, "swg")})),
    "chair of another": Standing(frozenset({Right(Role.PRESIDENCY, "soc")})),
}
CHAIR = {"chair", "chair of the body"}
HOUSE = CHAIR | {"officer", "auditor"}
BODY = HOUSE | {"member", "member's focal point"}
SEEN = {
    "chair": CHAIR, "secretariat": HOUSE, "body": BODY, "members": BODY, "parties": BODY | {"observer"},
    "public": set(EYES),
}  # fmt: skip


@pytest.mark.parametrize("told", SEEN)
def test_who_sees_what_goes_to_an_audience(told):
    found = {
        name for name, one in EYES.items() if sees(one, told, body="swg", members=MEMBERS, parties=PARTIES)
    }
    assert found == SEEN[told]


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ({}, "body"),
        ({"default": {"positions": "parties"}}, "parties"),
        ({"default": {"positions": "parties"}, "swg": {"positions": "chair"}}, "chair"),
        ({"default": {"positions": "parties"}, "swg": {"facts": "public"}}, "parties"),
        ({"default": {"positions": "parties"}, "soc": {"positions": "chair"}}, "parties"),
    ],
)
def test_the_row_of_the_body_stands_before_the_default(table, found):
    assert audience(table, "swg", "positions") == found
    assert audience({}, "swg", "soundings") == "chair"


# ------------------------------------------------------------------------------------ who sees what: the pages
def with_visibility(**table):
    from django.conf import settings

    return override_settings(CHARTER=dataclasses.replace(settings.CHARTER, visibility={"default": table}))


WHO = {
    "own": lambda: voice("xp"),
    "own focal point": lambda: known("Focal", (Role.FOCAL_POINT, "xp")),
    "other": lambda: voice("xa"),
    "observer": lambda: voice("qo"),
    "officer": officer,
    "auditor": auditor,
    "chair": chair,
}
OWN = {"own", "own focal point"}


@pytest.mark.parametrize(
    ("told", "may"),
    [
        ("public", set(WHO)),
        ("parties", set(WHO)),
        ("body", set(WHO) - {"observer"}),
        ("secretariat", OWN | {"officer", "auditor", "chair"}),
        ("chair", OWN | {"chair"}),
    ],
)
def test_positions_are_shown_to_the_audience_and_to_the_own_delegation(paper, states, told, may):
    state("qo", "Orlend", capacity="observer")
    says(paper, states["xp"], Stance.OBJECTION, "Unrepeatable words")
    says(paper, states["xp"], Stance.RESERVATION, "Repeated words")
    with with_visibility(positions=told, soundings="chair"):
        for name, who in WHO.items():
            for url in (PAGE, f"{PAGE}?show=open", f"{PAGE}paragraphs/b4/"):
                assert ("Repeated words" in shown(who(), url)) == (name in may), (name, url)
            history = shown(who(), f"{PAGE}paragraphs/b4/")
            assert ("Unrepeatable words" in history) == (name in may), name
            fragment = shown(who(), f"{PAGE}paragraphs/b4/", headers=AGENT)
            assert ("Repeated words" in fragment) == (name in may), name


@pytest.mark.parametrize(
    ("told", "may"), [("chair", OWN | {"chair"}), ("secretariat", OWN | {"chair", "officer", "auditor"})]
)
def test_an_answer_to_a_sounding_is_the_chairs_to_read(paper, states, told, may):
    state("qo", "Orlend", capacity="observer")
    call(version=paper, kind=CallKind.SOUNDING, due=DUE, by=chair())
    says(paper, states["xp"], Stance.OBJECTION, "Between us", sounding=True)
    with with_visibility(positions="public", soundings=told):
        for name, who in WHO.items():
            for url in (PAGE, f"{PAGE}paragraphs/b4/", "/en/negotiations/"):
                page = shown(who(), url)
                hears = name in may and url.endswith("b4/") or name in may - OWN and url == PAGE
                if url != PAGE or name not in OWN:
                    assert ("Between us" in page) == hears, (name, url)
            assert "sounds" in shown(who()), name  # that the Chair asks is no secret
    assert "XP" not in shown(voice("xa"), f"{PAGE}paragraphs/b4/").partition("All positions")[2].replace("XPAND", "")


def test_no_door_shows_a_private_note_to_anybody_else(paper, states):
    """Every page of the area, the desk, and what the record gives away, as everybody."""
    for block in ("b4", "whole"):
        subject = queries.subject("statement", "" if block == "whole" else block)
        keep_note(party="xp", subject=subject, words="xylophone", by=voice("xp"))
        keep_note(party="xp", subject=subject, words="xylophone", draft=True, stance="comment", by=voice("xp"))
    addresses = [
        PAGE, f"{PAGE}?show=open", f"{PAGE}paragraphs/b4/", f"{PAGE}paragraphs/b4/note/",
        f"{PAGE}paragraphs/b4/position/", f"{PAGE}paragraphs/whole/", f"{PAGE}paragraphs/whole/note/",
        f"{PAGE}paragraphs/whole/position/", f"{PAGE}agreement/?block=b4", f"{PAGE}on-behalf/?block=b4",
        f"{PAGE}sounding/", "/en/negotiations/", "/en/desk/", "/en/documents/statement/", "/en/journal/",
        "/journal/entries.json", "/en/search/?q=xylophone", "/data/record.zip",
    ]  # fmt: skip
    assert "xylophone" in shown(voice("xp"))
    assert "xylophone" in shown(known("Focal", (Role.FOCAL_POINT, "xp")), f"{PAGE}paragraphs/b4/note/")
    others = [None, voice("xa"), officer(), officer("protocol"), chair(), chair("swg"), auditor()]
    for who in others:
        for url in addresses:
            for headers in ({}, AGENT):
                answer = client_of(who).get(url, headers=headers)
                content = b"".join(answer) if answer.streaming else answer.content
                assert b"xylophone" not in content, (who, url)


def test_the_page_says_honestly_who_could_read_a_note(paper):
    assert "Whoever runs the database could read" in shown(voice("xp"))
    assert "Whoever runs the database could read" in shown(voice("xp"), f"{PAGE}paragraphs/b4/note/")
    assert "Whoever runs the database" not in shown(officer())


# ------------------------------------------------------------------------------------------------ who comes in
def test_a_text_that_may_not_be_read_is_not_there(states, source):
    state("qo", "Orlend", capacity="observer")
    text(classification="body")
    for url in (PAGE, f"{PAGE}paragraphs/b4/", f"{PAGE}paragraphs/b4/position/", f"{PAGE}call/", f"{PAGE}on-behalf/"):
        if "on-behalf" not in url:
            shown(voice("qo"), url, 404)
        shown(officer(), url.replace("statement", "nothing"), 404)
    assert client_of(None).get(PAGE).status_code == 302
    assert "Statement on trust" not in shown(voice("qo"), "/en/negotiations/")
    assert "Statement on trust" in shown(voice("xa"), "/en/negotiations/")


@pytest.mark.parametrize("block", ["b1", "b3", "b99", "B4", "b4%20", "..", "%25"])
def test_what_is_no_paragraph_is_not_there(paper, block):
    proposable = block in ("b1", "b3")  # a title and a heading have no positions, and may be proposed on
    for tail in ("position/", "note/", "capital/", "reopening/", *([] if proposable else ["", "proposal/"])):
        assert client_of(voice("xp")).get(f"{PAGE}paragraphs/{block}/{tail}").status_code == 404


def test_a_document_without_a_version_is_not_negotiated_yet(states):
    paper = text()
    Document.objects.create(
        ref="empty", series="DOC", kind="note", route="statement", title=paper.document.title, body=body(),
        language="en", classification="parties", tabled=room.DAY, source="practice",
    )  # fmt: skip
    shown(officer(), "/en/negotiations/empty/", 404)
    assert "/negotiations/empty/" not in shown(officer(), "/en/negotiations/")


def test_the_list_leaves_out_what_was_withdrawn_or_settled(paper, monkeypatch):
    assert PAGE in shown(officer(), "/en/negotiations/")
    monkeypatch.setitem(navigation._hints, "settled-documents", lambda: Document.objects.values("pk"))
    assert PAGE not in shown(officer(), "/en/negotiations/")
    monkeypatch.setitem(navigation._hints, "settled-documents", lambda: Document.objects.none().values("pk"))
    assert PAGE in shown(officer(), "/en/negotiations/")
    Document.objects.update(withdrawn=room.DAY)
    assert PAGE not in shown(officer(), "/en/negotiations/")


def test_a_paper_without_a_route_is_listed_while_positions_are_asked_for(paper):
    Document.objects.update(route="")
    assert PAGE not in shown(officer(), "/en/negotiations/")
    call(version=paper, kind=CallKind.POSITIONS, due=DUE, by=chair())
    assert PAGE in shown(officer(), "/en/negotiations/")


# ---------------------------------------------------------------------------------------------------- the page
def test_it_shows_where_each_paragraph_stands(paper, states):
    says(paper, states["xa"], Stance.AWAITING_CAPITAL, block="b5")
    agree(version=paper, blocks=["b4", "b5"], body=paper.document.body, by=chair())
    page = shown(voice("xp"))
    assert "3 paragraphs hold the text back" in page  # PP1, 2 and 3
    assert "Agreed by" in part(page, "b4")
    assert "Agreed ad referendum" in part(page, "b5")
    assert "1 capital to confirm" in part(page, "b5")
    assert "Join" not in part(page, "b5")
    assert "Join" in part(page, "b6")
    assert "Answer of the capital" in part(shown(voice("xa")), "b5")
    assert "Your capital is to confirm" in shown(voice("xa"))


def test_agreed_paragraphs_in_a_row_are_folded(paper):
    agree(version=paper, blocks=["b4", "b5"], body=paper.document.body, by=chair())
    page = shown(voice("xp"))
    fold = re.search(r'<details class="fold">.*?</details>', page, re.S)[0]
    assert "1–2" in fold
    assert 'id="b4"' in fold
    assert "fold" not in shown(voice("xp"), f"{PAGE}?show=open")


def test_two_languages_stand_beside_each_other_and_what_is_stale_says_so(paper):
    translated(paper)
    both = part(shown(voice("xp")), "b4")
    assert "По-русски b4" in both
    assert "point 1." in both
    only = part(shown(voice("xp"), f"{PAGE}?text=ru"), "b4")
    assert ("По-русски b4" in only, "point 1." in only) == (True, False)
    changed = room.blocks(4)
    changed[3] = dataclasses.replace(changed[3], text="They agree on this.")
    version(paper.document, 2, changed)
    page = shown(voice("xp"))
    assert "The original changed" in part(page, "b4")
    assert "The original changed" not in part(page, "b5")
    assert "Not translated yet" in part(page, "b7")
    fragment = shown(voice("xp"), f"{PAGE}paragraphs/b4/", headers={**AGENT, "HX-Current-URL": f"http://x{PAGE}?text=ru"})
    assert "They agree on this." not in fragment


def test_a_word_on_earlier_words_says_so_and_is_asked_for_again(paper, states):
    says(paper, states["xp"], Stance.CAN_JOIN)
    says(paper, states["xp"], Stance.CAN_JOIN, block="b5")
    changed = room.blocks(3)
    changed[3] = dataclasses.replace(changed[3], text="They agree on this.")
    later = version(paper.document, 2, changed)
    call(version=later, kind=CallKind.POSITIONS, due=DUE, paragraphs=["b4", "b5"], by=chair())
    page = shown(voice("xp"))
    assert "on the earlier words" in part(page, "b4")
    assert "on the earlier words" not in part(page, "b5")
    assert "Your position is due on paragraph 1" in re.sub(r"\s+", " ", page)
    (line,) = queries.under_negotiation(voice("xp"))
    assert [due.blocks for due in line.due] == [("b4",)]


def test_what_is_due_is_told_to_members_only(paper):
    state("qo", "Orlend", capacity="observer")
    call(version=paper, kind=CallKind.POSITIONS, due=DUE, paragraphs=["b4", "b6"], by=chair())
    page = shown(voice("xp"))
    assert "Your position is due on paragraphs 1, 3" in re.sub(r"\s+", " ", page)
    assert "2026-12-03T13:00:00Z" in page
    for who in (officer(), chair(), voice("qo")):
        assert "Your position is due" not in shown(who)


def test_observers_comment_only(paper):
    state("qo", "Orlend", capacity="observer")
    tools = part(shown(voice("qo")), "b4")
    assert ("Comment" in tools, "Join" in tools, "Object" in tools) == (True, False, False)
    assert "btn" not in part(shown(auditor()), "b4")
    assert "btn" not in part(shown(known("Focal", (Role.FOCAL_POINT, "xp"))), "b4")


def test_the_chair_finds_what_it_needs(paper):
    page = shown(chair())
    for words in ("Ask for positions", "Agree paragraphs"):
        assert words in page
        assert words in shown(officer())
        assert words not in shown(voice("xp"))
    assert "Record on behalf" in shown(officer("protocol"))
    assert "Record on behalf" not in page


def test_words_are_shown_as_words(paper, states):
    state("qo", EVIL, capacity="observer")
    says(paper, states["xp"], Stance.COMMENT, EVIL)
    keep_note(party="xp", subject="documents:statement#b4", words=EVIL, by=voice("xp"))
    later = room.blocks(1)
    later[3] = dataclasses.replace(later[3], text=EVIL)
    translated(version(paper.document, 2, later), words=EVIL)
    for url in (PAGE, f"{PAGE}paragraphs/b4/", f"{PAGE}paragraphs/b4/position/", "/en/negotiations/"):
        page = shown(voice("xp"), url)
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_long_words_are_cut_on_the_page_and_whole_on_their_own(paper, states):
    says(paper, states["xp"], Stance.COMMENT, "я" * 19_999 + "!")
    assert "я!" not in shown(voice("xa"))
    assert "in full" in shown(voice("xa"))
    assert "я!" in shown(voice("xa"), f"{PAGE}paragraphs/b4/")


def test_a_few_badges_stand_for_many(paper, source):
    for number in range(9):
        party = state(f"q{number}", f"State {number}")
        says(paper, party, Stance.CAN_JOIN)
    row = part(shown(voice("xp")), "b4")
    assert "and 5 more" in row
    assert row.count("<abbr") == 4
    assert shown(voice("xp"), f"{PAGE}paragraphs/b4/").count('title="State') >= 9


# --------------------------------------------------------------------------------------------------- what it costs
def cost(by, url: str) -> int:
    client = client_of(by)
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as found:
        client.get(url)
    return len(found)


def full(ref: str, states, paragraphs: int) -> None:
    """A text with everything that the pages show."""
    paper = text(ref, paragraphs=paragraphs, classification="parties")
    translated(paper)
    for number in range(paragraphs):
        for party in states.values():
            says(paper, party, Stance.COMMENT, f"Of {party.ref}.", block=f"b{number + 4}")
        keep_note(party="xp", subject=queries.subject(ref, f"b{number + 4}"), words="Ours.", by=voice("xp"))
    agree(version=paper, blocks=["b2"], body=paper.document.body, by=chair())
    for kind in CallKind:
        call(version=paper, kind=kind, due=DUE, by=chair())


def test_pages_cost_the_same_however_long_they_are(states):
    full("one", states, 1)
    single = {who.name: cost(who, "/en/negotiations/") for who in (voice("xp"), chair(), officer())}
    full("two", states, 3)
    full("three", states, 3)
    for who in (voice("xp"), chair(), officer()):
        assert cost(who, "/en/negotiations/") == single[who.name] <= 20
        assert cost(who, "/en/negotiations/one/") == cost(who, "/en/negotiations/two/") <= 24
        few, many = (f"/en/negotiations/{ref}/paragraphs/b4/" for ref in ("one", "two"))
        assert cost(who, few) == cost(who, many) <= 24


# ------------------------------------------------------------------------------------------------------ forms
def test_one_click_joins(paper):
    to = sent(voice("xp"), f"{PAGE}positions/", take="can_join b4")
    assert to == f"{PAGE}#b4"
    assert Position.objects.get().stance == "can_join"
    sent(voice("xp"), f"{PAGE}positions/", take="awaiting_capital whole")
    assert sorted(Position.objects.values_list("block", "stance")) == [("", "awaiting_capital"), ("b4", "can_join")]


def test_one_click_joins_the_rest_and_keeps_what_was_said(paper, states):
    says(paper, states["xp"], Stance.OBJECTION, "No.", block="b5")
    agree(version=paper, blocks=["b6"], body=paper.document.body, by=chair())
    sent(voice("xp"), f"{PAGE}positions/", take="can_join rest")
    found = Position.objects.order_by("block").values_list("block", "stance")
    assert list(found) == [("b2", "can_join"), ("b4", "can_join"), ("b5", "objection")]


@pytest.mark.parametrize("take", ["", "objection b4", "can_join", "can_join b3", "can_join b99", "join b4", "\0 b4"])
def test_a_click_that_was_made_up_does_nothing(paper, take):
    answer = client_of(voice("xp")).post(f"{PAGE}positions/", {"take": take})
    assert answer.status_code in (302, 404)
    assert Position.objects.count() <= (1 if take == "can_join" else 0)


def test_a_script_gets_the_paragraph_and_what_is_still_asked(paper):
    call(version=paper, kind=CallKind.POSITIONS, due=DUE, paragraphs=["b4"], by=chair())
    client = client_of(voice("xp"))
    answer = client.post(f"{PAGE}positions/", {"take": "can_join b4"}, headers=AGENT)
    assert answer.status_code == 200
    fragment = answer.content.decode()
    assert "<html" not in fragment
    assert "Your delegation:" in part(fragment, "b4")
    assert '<div id="asked" class="asked" hx-swap-oob="true">' in fragment
    assert "Your position is due" not in fragment


def test_a_refusal_comes_in_the_place_of_the_paragraph(paper):
    agree(version=paper, blocks=["b4"], body=paper.document.body, by=chair())
    fragment = sent(voice("xp"), f"{PAGE}positions/", 200, AGENT, take="can_join b4")
    assert "This paragraph is agreed" in part(fragment, "b4")
    assert "This paragraph is agreed" in sent(voice("xp"), f"{PAGE}positions/", 409, take="can_join b4")


def test_a_position_in_words(paper):
    url = f"{PAGE}paragraphs/b4/position/"
    assert "Say in words" in sent(voice("xp"), url, 422, stance="objection", words=" ")
    assert sent(voice("xp"), url, stance="objection", words="No\0.") == f"{PAGE}#b4"
    assert Position.objects.get().words == "No."
    assert "characters" in sent(voice("xp"), url, 422, stance="comment", words="x" * 20_001)
    sent(voice("xp"), url, stance="comment", words="x" * 20_000)
    inline = shown(voice("xp"), f"{url}?stance=reservation", headers=AGENT)
    assert "<form" in part(inline, "b4")
    assert re.search(r'value="reservation"[^>]*checked', inline)


def test_a_position_on_a_version_that_was_replaced_is_refused(paper, monkeypatch):
    seen = queries.negotiation(voice("xp"), "statement")
    version(paper.document, 2, paper.text)
    monkeypatch.setattr(queries, "negotiation", lambda *asked: seen)
    page = sent(voice("xp"), f"{PAGE}paragraphs/b4/position/", 409, stance="can_join", words="")
    assert "Open the latest" in page
    assert not Position.objects.exists()


def test_a_draft_is_kept_and_found_again(paper):
    url = f"{PAGE}paragraphs/b4/position/"
    sent(voice("xp"), url, stance="reservation", words="Perhaps.", draft="on")
    assert not Position.objects.exists()
    assert PrivateNote.objects.get().stance == "reservation"
    page = shown(voice("xp"), url)
    assert "Perhaps." in page
    assert re.search(r'value="reservation"[^>]*checked', page)
    sent(voice("xp"), url, stance="reservation", words="Perhaps.")
    assert not PrivateNote.objects.exists()


def test_a_private_note_is_kept_and_taken_away(paper):
    url = f"{PAGE}paragraphs/b4/note/"
    sent(voice("xp"), url, words="Ours.")
    assert "Ours." in part(shown(voice("xp")), "b4")
    sent(voice("xp"), url, words="")
    assert not PrivateNote.objects.exists()
    shown(officer(), url, 403)
    sent(chair(), url, 403, words="Mine.")


def test_a_capital_answers(paper, states):
    says(paper, states["xp"], Stance.AWAITING_CAPITAL)
    agree(version=paper, blocks=["b4"], body=paper.document.body, by=chair())
    url = f"{PAGE}paragraphs/b4/capital/"
    assert "Say in words" in sent(voice("xp"), url, 422, answer="decline")
    sent(voice("xp"), url, answer="confirm")
    assert Paragraph.objects.get().status == "agreed"
    assert "No confirmation of XP" in sent(voice("xp"), url, 409, answer="decline", words="No.")


def test_a_sounding_is_answered_on_a_page_of_its_own(paper):
    call(version=paper, kind=CallKind.SOUNDING, due=DUE, paragraphs=["b4"], by=chair())
    assert "Answer the Chair" in shown(voice("xp"))
    url = f"{PAGE}sounding/"
    sent(voice("xp"), url, paragraph="b4", stance="can_join")
    assert Position.objects.get().sounding
    assert "Answer the Chair" not in shown(voice("xp"))
    sent(voice("xp"), url, 422, paragraph="b5", stance="can_join")
    Call.objects.update(closed=DUE)
    assert "not sounding" in sent(voice("xp"), url, 409, paragraph="b4", stance="can_join")


def test_only_what_the_chair_sounds_about_is_offered(paper):
    url = f"{PAGE}sounding/"
    call(version=paper, kind=CallKind.SOUNDING, due=DUE, paragraphs=["b4", "b6"], by=chair())
    offered = re.findall(r'<option value="([^"]*)"', shown(voice("xp"), url))
    assert offered == ["b4", "b6"]
    call(version=paper, kind=CallKind.SOUNDING, due=DUE, by=chair())
    assert "" in re.findall(r'<option value="([^"]*)"', shown(voice("xp"), url))


@pytest.mark.parametrize(
    ("told", "promised"),
    [("chair", "for the Chair alone"), ("secretariat", "the Chair and the Secretariat"), ("body", "")],
)
def test_no_more_is_promised_of_a_sounding_than_the_charter_keeps(paper, told, promised):
    everything = {"for the Chair alone", "the Chair and the Secretariat"}
    with with_visibility(positions="body", soundings=told):
        call(version=paper, kind=CallKind.SOUNDING, due=DUE, by=chair())
        for url in (PAGE, f"{PAGE}sounding/"):
            page = shown(voice("xp"), url)
            assert {words for words in everything if words in page} == ({promised} if promised else set())


def test_an_officer_records_what_a_note_says(paper):
    by = officer("protocol")
    note = receive_note(party="xp", number="7", dated=room.DAY, scan=ContentFile(PDF, "n.pdf"), by=by)
    sent(by, f"{PAGE}on-behalf/", note=note.pk, paragraph="b4", stance="objection", words="No.")
    assert Position.objects.get().capacity == "secretariat on behalf of xp"
    for who in (voice("xp"), chair(), auditor()):
        shown(who, f"{PAGE}on-behalf/", 403)


def test_the_chair_asks_and_closes(paper):
    url = f"{PAGE}call/"
    assert "still to come" in sent(chair(), url, 422, kind="positions", day="2026-11-30", time="18:00")
    sent(chair(), url, kind="positions", day="3 December 2026", time="18:00", paragraphs=["b4"])
    made = Call.objects.get()
    assert (made.due, made.paragraphs) == (DUE, "b4")
    shown(voice("xp"), f"{PAGE}calls/{made.ref}/closing/", 403)
    sent(chair(), f"{PAGE}calls/{made.ref}/closing/")
    assert Call.objects.get().closed
    shown(chair(), f"{PAGE}calls/{made.ref}/closing/", 404)


def test_the_chair_agrees_and_reopens(paper, states):
    held = session(paper.document.body, "swg-1")
    says(paper, states["xp"], Stance.OBJECTION, "No.", block="b5")
    url = f"{PAGE}agreement/"
    page = shown(chair(), f"{url}?block=b4")
    assert re.search(r'value="b4"[^>]*checked', page)
    assert "Objection: XP" in page
    assert "XP object" in sent(chair(), url, 409, blocks=["b4", "b5"], body="swg")
    sent(chair(), url, blocks=["b4"], body="swg", session=held.pk)
    assert Paragraph.objects.get().session == "swg-1"
    sent(officer(), f"{PAGE}paragraphs/b4/reopening/", session=held.pk, reason="A new fact.")
    assert Paragraph.objects.get().status == "open"
    for tail in ("agreement/", "call/", "paragraphs/b4/reopening/"):
        shown(voice("xp"), f"{PAGE}{tail}", 403)
        shown(chair("soc"), f"{PAGE}{tail}", 403)


def test_without_a_token_nothing_is_taken(paper):
    client = Client(enforce_csrf_checks=True)
    client.force_login(voice("xp"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(f"{PAGE}positions/", {"take": "can_join b4"}).status_code == 403
    assert not Position.objects.exists()




@pytest.mark.parametrize(("taken", "unpack"), [("br, gzip", brotli.decompress), ("gzip", gzip.decompress)])
def test_the_page_is_sent_compressed_to_whoever_takes_that(paper, taken, unpack):
    plain, packed = (client_of(voice("xp")).get(PAGE, headers={"Accept-Encoding": one}) for one in ("br;q=0", taken))
    assert not plain.has_header("Content-Encoding")
    assert packed["Content-Encoding"] == taken.partition(",")[0]
    assert packed["Vary"].split(", ").count("Accept-Encoding") == 1
    assert part(unpack(packed.content).decode(), "b4") == part(plain.content.decode(), "b4")
