"""Paragraphs are agreed, wait for a capital, and are reopened."""


import pytest
import time_machine

from chancery.core.refusals import NotAllowed
from chancery.documents import guards
from chancery.documents.acts.paragraphs import agree, confirm_capital, decline_capital, reopen
from chancery.documents.acts.positions import take_position
from chancery.documents.models import Paragraph, Position
from chancery.documents.rules import blocks as texts
from chancery.documents.rules import positions as rules
from chancery.documents.rules.positions import Stance
from chancery.journal.models import Entry
from chancery.parties.models import Membership
from tests.cast import kept

from . import room
from .room import NOW, body, chair, officer, person, session, text, version, voice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def paper(states):
    return text()


def says(paper, states, party: str, stance: Stance, words: str = "So.", block: str = "b4", **more) -> None:
    by = voice(party, f"Voice {party} {stance} {block}")
    take_position(version=paper, party=states[party], stance=stance, words=words, block=block, by=by, **more)


def stands(block: str = "b4") -> tuple[str, str]:
    found = Paragraph.objects.get(block=block)
    return found.status, found.awaiting


def agreed(paper, blocks=("b4",), **more):
    return agree(version=paper, blocks=blocks, body=paper.document.body, by=chair(), **more)


def last() -> dict:
    entry = Entry.objects.order_by("seq").last()
    return kept(entry)


def test_silence_in_the_room_is_consent(paper, states):
    says(paper, states, "xp", Stance.RESERVATION)
    agreed(paper, ["b4", "b5"])
    assert stands() == stands("b5") == ("agreed", "")
    kept = Paragraph.objects.get(block="b4")
    assert (kept.body_id, kept.session, kept.closed) == ("swg", "", room.DAY)
    assert kept.digest == texts.text_digest(paper.text[3].text)
    assert (last()["by"], last()["said"]["paragraphs"]["b4"]["status"]) == ("chair", "agreed")


def test_the_objection_of_a_member_prevents_all_that_is_gavelled_with_it(paper, states):
    says(paper, states, "xp", Stance.OBJECTION, block="b5")
    with pytest.raises(rules.ObjectionStands, match="XP"):
        agreed(paper, ["b4", "b5"])
    assert not Paragraph.objects.exists()


def test_a_party_that_left_neither_objects_nor_is_awaited(paper, states):
    says(paper, states, "xp", Stance.OBJECTION)
    says(paper, states, "xa", Stance.AWAITING_CAPITAL)
    Membership.objects.filter(party__in=["xp", "xa"]).update(until=room.DAY)
    agreed(paper)
    assert stands() == ("agreed", "")


def test_an_answer_to_a_sounding_does_not_count(paper, states):
    from chancery.documents.acts.calls import call

    call(version=paper, kind="sounding", due=room.at("2026-12-02T18:00:00+05:00"), by=chair("swg"))
    says(paper, states, "xp", Stance.OBJECTION, sounding=True)
    agreed(paper)
    assert stands() == ("agreed", "")


def test_an_objection_to_earlier_words_stands_until_it_is_taken_back(paper, states):
    says(paper, states, "xp", Stance.OBJECTION)
    later = version(paper.document, 2, room.blocks(3, "They agree on"))
    with pytest.raises(rules.ObjectionStands):
        agreed(later)


def test_capitals_confirm_one_by_one(paper, states):
    for party in ("xa", "xp"):
        says(paper, states, party, Stance.AWAITING_CAPITAL, "")
    agreed(paper)
    assert stands() == ("ad-referendum", "xa xp")
    confirm_capital(document=paper.document, block="b4", party=states["xp"], by=voice("xp"))
    assert stands() == ("ad-referendum", "xa")
    with pytest.raises(rules.NothingToConfirm):
        confirm_capital(document=paper.document, block="b4", party=states["xp"], by=voice("xp", "Again"))
    confirm_capital(document=paper.document, block="b4", party=states["xa"], by=voice("xa"))
    assert stands() == ("agreed", "")
    assert set(Position.objects.values_list("stance", flat=True)) == {"can_join"}
    told = last()
    assert (told["by"], told["said"]["stance"], told["said"]["party"]) == ("delegation of xa", "can_join", "xa")


def test_a_capital_that_declines_opens_the_paragraph_and_objects(paper, states):
    says(paper, states, "xp", Stance.AWAITING_CAPITAL, "")
    agreed(paper)
    about = {"document": paper.document, "block": "b4", "party": states["xp"], "by": voice("xp")}
    with pytest.raises(rules.WordsMissing):
        decline_capital(words=" ", **about)
    assert stands() == ("ad-referendum", "xp")
    decline_capital(words="The cabinet did not agree.", **about)
    kept = Paragraph.objects.get()
    assert (kept.status, kept.closed, kept.digest) == ("open", None, "")
    assert (Position.objects.get().stance, Position.objects.get().words) == ("objection", "The cabinet did not agree.")
    with pytest.raises(rules.ObjectionStands):
        agreed(paper)


def test_only_its_own_voice_confirms(paper, states):
    says(paper, states, "xp", Stance.AWAITING_CAPITAL, "")
    agreed(paper)
    for by in (voice("xa"), officer(), chair("swg"), person("Focal", ("focal-point", "xp"))):
        with pytest.raises(NotAllowed):
            confirm_capital(document=paper.document, block="b4", party=states["xp"], by=by)


def test_the_same_ad_referendum_may_be_gavelled_anew_when_the_awaited_left(paper, states):
    says(paper, states, "xp", Stance.AWAITING_CAPITAL, "")
    agreed(paper)
    Membership.objects.filter(party="xp").update(until=room.DAY)
    agree(version=paper, blocks=["b4"], body=paper.document.body, by=officer())
    assert stands() == ("agreed", "")


@pytest.mark.parametrize("awaiting", [False, True])
def test_what_is_agreed_is_not_spoken_of_again(paper, states, awaiting):
    if awaiting:
        says(paper, states, "xa", Stance.AWAITING_CAPITAL, "")
    agreed(paper)
    with pytest.raises(rules.ParagraphClosed):
        says(paper, states, "xp", Stance.OBJECTION)
    says(paper, states, "xp", Stance.OBJECTION, block="b5")


def test_what_is_agreed_is_not_agreed_twice(paper):
    agreed(paper)
    with pytest.raises(rules.ParagraphClosed):
        agree(version=paper, blocks=["b5", "b4"], body=paper.document.body, by=officer())


@pytest.mark.parametrize("blocks", [["b3"], ["b77"], [""]])
def test_only_paragraphs_are_agreed(paper, blocks):
    with pytest.raises(rules.UnknownParagraph):
        agreed(paper, blocks)


def test_a_body_agrees_at_a_session_of_its_own(paper):
    held = session(paper.document.body, "swg-1")
    agreed(paper, session=held)
    assert Paragraph.objects.get().session == "swg-1"
    other = session(body("soc", "Senior Officials"), "soc-1")
    with pytest.raises(rules.SessionElsewhere):
        agree(version=paper, blocks=["b5"], body=paper.document.body, session=other, by=officer())


def test_the_presidency_of_another_body_agrees_nothing(paper):
    with pytest.raises(NotAllowed):
        agree(version=paper, blocks=["b4"], body=paper.document.body, by=chair("soc"))


# ------------------------------------------------------------------------------------------------- reopening
def test_the_body_that_closed_it_reopens_it(paper, states):
    agreed(paper)
    held = session(paper.document.body, "swg-2")
    reopen(document=paper.document, block="b4", session=held, reason="  A new fact. ", by=officer())
    kept = Paragraph.objects.get()
    assert (kept.status, kept.session, kept.digest) == ("open", "swg-2", "")
    told = last()
    assert (told["by"], told["said"]["reason"]) == ("secretariat for the chair", "A new fact.")
    assert "meetings:swg-2" in told["subjects"]
    says(paper, states, "xp", Stance.OBJECTION)


@pytest.mark.parametrize(("of", "allowed"), [("swg", False), ("soc", True), ("mc", True), ("summit", False)])
def test_a_body_above_it_reopens_it_and_one_below_or_beside_does_not(paper, of, allowed):
    soc = body("soc", "Senior Officials")
    agree(version=paper, blocks=["b4"], body=soc, by=officer())
    asked = {
        "document": paper.document, "block": "b4", "session": session(body(of), f"{of}-9"), "reason": "Why.",
        "by": chair(),
    }  # fmt: skip
    if allowed:
        reopen(**asked)
        assert stands()[0] == "open"
    else:
        with pytest.raises(rules.ReopeningRefused):
            reopen(**asked)
        assert stands()[0] == "agreed"


def test_only_what_is_closed_is_reopened_and_not_without_a_reason(paper):
    held = session(paper.document.body, "swg-2")
    asked = {"document": paper.document, "block": "b4", "session": held, "by": officer()}
    with pytest.raises(rules.NotClosed):
        reopen(reason="Why.", **asked)
    agreed(paper)
    with pytest.raises(rules.ReasonMissing):
        reopen(reason="\x00 ", **asked)
    with pytest.raises(NotAllowed):
        reopen(reason="Why.", **{**asked, "by": voice("xp")})


def test_a_frozen_text_is_neither_spoken_of_nor_agreed_nor_reopened(paper, states, monkeypatch):
    def frozen(document, kind):
        raise rules.NotAskedFor

    agreed(paper)
    held = session(paper.document.body, "swg-2")
    monkeypatch.setattr(guards, "_guards", [frozen])
    with pytest.raises(rules.NotAskedFor):
        says(paper, states, "xp", Stance.CAN_JOIN, block="b5")
    with pytest.raises(rules.NotAskedFor):
        agree(version=paper, blocks=["b5"], body=paper.document.body, by=officer())
    with pytest.raises(rules.NotAskedFor):
        reopen(document=paper.document, block="b4", session=held, reason="Why.", by=chair("swg"))
