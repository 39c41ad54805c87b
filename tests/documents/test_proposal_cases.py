"""What goes wrong about proposals, and what must not be told of them."""

import io
import json
import re
import zipfile
from urllib.parse import quote

import pytest
import time_machine

from chancery.documents.acts import proposals, settlement
from chancery.documents.acts.paragraphs import agree
from chancery.documents.models import Proposal
from chancery.documents.queries import proposals as queries
from chancery.documents.rules import proposals as rules
from chancery.documents.rules.blocks import BlockKind
from chancery.documents.rules.proposals import Wish
from chancery.people.rules import Role
from tests.cast import state
from tests.decisions import quiet
from tests.people.cast import client_of

from . import room
from .room import DAY, NOW, at, chair, known, officer, text, translated, voice
from .test_negotiation import AGENT, PAGE, part, sent, shown, with_visibility
from .test_proposals import B4, DELETE, INSERT, MOVE, proposed, settled, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def paper(states):
    return text(classification="parties")


# ------------------------------------------------------------------------------------------------ what was agreed
def test_words_agreed_on_words_that_were_agreed_are_in_the_text(paper, states):
    (one,) = proposed(paper, states["xp"], words(said="The Ministers agree at once and with joy on point 1."))
    settled(paper, [one])
    (other,) = proposed(paper, states["xa"], words(said="The Ministers agree at once and with calm on point 1."))
    settled(paper, [other])
    text = queries.standing(paper, "en")
    assert text.undone == ()
    assert text.blocks[3].text == "The Ministers agree at once and with calm on point 1."


def test_what_others_were_agreed_upon_stays_agreed(paper, states):
    (one,) = proposed(paper, states["xp"], words(said="The Ministers agree at once and with joy on point 1."))
    settled(paper, [one])
    (other,) = proposed(paper, states["xa"], words(said="The Ministers agree at once and with calm on point 1."))
    settled(paper, [other])
    with pytest.raises(rules.AgreedUpon):
        settled(paper, [one], "tabled")
    settled(paper, [one, other], "tabled")
    assert queries.standing(paper, "en").blocks[3].text == B4


def test_an_alternative_to_earlier_words_does_not_silently_replace_what_was_agreed(paper, states):
    (whole,) = proposed(paper, states["xa"], words(said="Nothing was reached at all."))
    (one,) = proposed(paper, states["xp"], words())
    settled(paper, [one])
    with pytest.raises(rules.ClashesWithAgreed):
        settled(paper, [whole])


def test_paragraphs_added_at_one_place_keep_their_order_whatever_is_agreed_first(paper, states):
    one, two = proposed(
        paper, states["xp"], *(Wish(INSERT, after="b4", text=f"They agree to meet {n}.") for n in ("once", "twice"))
    )  # fmt: skip
    settled(paper, [one, two])
    assert [it.id for it in queries.standing(paper, "en").blocks[3:6]] == ["b4", "b7", "b8"]
    settled(paper, [one, two], "tabled")
    settled(paper, [two])
    settled(paper, [one])
    assert [it.id for it in queries.standing(paper, "en").blocks[3:6]] == ["b4", "b7", "b8"]


def test_a_text_of_the_chair_on_a_proposed_paragraph_does_not_take_its_place_away(paper, states):
    (new,) = proposed(paper, states["xp"], Wish(INSERT, after="b4", text="They agree to meet."))
    (other,) = proposed(paper, states["xa"], words("b7", "They agree to meet soon."))
    made = settlement.merge(
        version=paper, block="b7", text="They agree to meet early.", proposals=[new, other], by=chair()
    )  # fmt: skip
    assert [row.pk for row in queries.provenance(made)] == [other.pk]
    settled(paper, [Proposal.objects.get(pk=new.pk), made])
    assert queries.standing(paper, "en").blocks[4].text == "They agree to meet early."


# ------------------------------------------------------------------------------------------------- bad input
def test_nothing_is_neither_tabled_nor_settled(paper, states):
    with pytest.raises(rules.NothingChosen):
        proposed(paper, states["xp"])
    (made,) = proposed(text("other"), states["xp"], words())
    with pytest.raises(rules.NothingChosen):
        settled(paper, [made])


def test_what_cannot_be_is_refused_in_a_sentence(paper, states):
    proposed(paper, states["xp"], Wish(INSERT, after="b4", text="They agree to meet."))
    for wish in (Wish(MOVE, "b7", after="b5"), Wish(INSERT, after="b4", text="A", block_kind=BlockKind.TITLE)):
        with pytest.raises((rules.NoSuchParagraph, rules.TitleStays)):
            proposed(paper, states["xa"], wish)


def test_a_paragraph_that_is_not_translated_is_neither_left_out_nor_changed_there(paper, states):
    made = translated(paper)
    made.texts = {"b1": "Заявление"}
    made.save()
    for said in ("", "Иначе"):
        with pytest.raises(rules.NotALanguageOfTheText):
            proposed(paper, states["xp"], words(said=said), language="ru")


def test_a_proposal_gives_way_on_its_own_text_only(paper, states):
    (made,) = proposed(text("other"), states["xp"], words())
    with pytest.raises(rules.NoSuchProposal):
        proposed(paper, states["xp"], words(instead_of=made.ref))


# --------------------------------------------------------------------------------------------------- not told
def test_a_paragraph_that_one_does_not_see_is_not_proposed_on(paper, states):
    with with_visibility(proposals="chair"):
        proposed(paper, states["xp"], Wish(INSERT, after="b4", text="A secret paragraph."))
        for wish in (words("b7", "Another."), Wish(DELETE, "b7"), Wish(INSERT, after="b7", text="A new one.")):
            with pytest.raises(rules.NoSuchParagraph):
                proposed(paper, states["xa"], wish)
        assert proposed(paper, None, words("b7", "A secret text."), by=chair())
        assert proposed(paper, states["xp"], words("b7", "A secret line."))


def test_whose_a_hidden_proposal_is_no_refusal_says(paper, states):
    with with_visibility(proposals="chair"):
        (made,) = proposed(paper, states["xp"], words())
        with pytest.raises(rules.NoSuchProposal):
            proposed(paper, states["xa"], words(said="The Ministers resolve on point 1.", instead_of=made.ref))


# --------------------------------------------------------------------------------------------------- the pages
ON = f"{PAGE}paragraphs/b4/proposal/"
SAID = "The Ministers decide on point 1."


def test_words_that_moved_on_are_compared_and_then_tabled(paper, states):
    (one,) = proposed(paper, states["xa"], words(said="The Ministers agree on point one."))
    settled(paper, [one])
    typed = {"text": SAID, "seen": B4, "reason": "Our reason", "propose": "1"}
    page = sent(voice("xp"), ON, 409, **typed)
    seen = re.search(r'name="seen" value="([^"]*)"', page)[1]
    assert seen == "The Ministers agree on point one."
    sent(voice("xp"), ON, **{**typed, "seen": seen})
    assert Proposal.objects.last().wordings["en"]["before"] == "The Ministers agree on point one."


@pytest.mark.parametrize("button", ["propose", "preview", "draft"])
def test_what_was_typed_on_a_paragraph_that_was_left_out_meanwhile_is_not_lost(paper, states, button):
    (one,) = proposed(paper, states["xa"], Wish(DELETE, "b4"))
    settled(paper, [one])
    page = sent(voice("xp"), ON, 302 if button == "draft" else 422 if button == "preview" else 409, **{
        "text": SAID, "seen": B4, "reason": "Our reason", button: "1"
    })  # fmt: skip
    if button != "draft":
        assert "is not in the text any more" in page
        assert SAID in page
        assert "Our reason" in page


def test_a_draft_that_is_too_long_is_refused_and_kept_on_the_page(paper, states):
    page = sent(voice("xp"), ON, 422, text="word " * 5_000, seen=B4, reason="Our reason", draft="1")
    assert "word word" in page
    assert "Our reason" in page


def test_a_draft_of_words_outlives_another_proposal_on_the_paragraph(paper, states):
    sent(voice("xp"), ON, text="Our draft.", seen=B4, draft="1")
    sent(voice("xp"), f"{ON}?what=insert", text="They meet.", kind="operative", propose="1")
    assert "Our draft." in shown(voice("xp"), ON)


def test_a_draft_shows_all_that_it_would_change_in_the_words_of_now(paper, states):
    sent(voice("xp"), ON, text=SAID, seen=B4, draft="1")
    (one,) = proposed(paper, states["xa"], words(said="The Ministers agree on point one."))
    settled(paper, [one])
    page = shown(voice("xp"), ON)
    understood = re.sub(r"<[^>]+>", "", re.search(r'<div class="understood".*?</div>', page, re.S)[0])
    assert "[XP:leave out agree] [XP:add decide] on point [XP:leave out one] [XP:add 1]." in understood
    assert "understood" not in shown(voice("xm"), ON).partition("<main")[2].replace("Show what was understood", "")


def test_a_move_is_shown_with_its_place_before_it_is_tabled(paper, states):
    page = sent(voice("xp"), f"{ON}?what=move", 200, after="b6", preview="1")
    assert "move after 3" in page


def test_what_leaves_out_a_proposed_paragraph_is_in_its_brackets(paper, states):
    proposed(paper, states["xp"], Wish(INSERT, after="b4", text="They agree to meet."))
    proposed(paper, states["xa"], words("b7", ""))
    assert "[XA<sup>2</sup>:" in part(shown(voice("xm")), "b7").partition("para__side")[0]


def test_a_paragraph_alone_is_called_as_in_the_text(paper, states):
    (one,) = proposed(paper, states["xp"], Wish(DELETE, "b4"))
    settled(paper, [one])
    whole, alone = (shown(voice("xa"), *more[:1], **more[1]) for more in (
        (PAGE, {}), (f"{PAGE}paragraphs/b5/", {"headers": AGENT}),
    ))  # fmt: skip
    label = 'aria-label="Paragraph 1: Open"'
    assert label in part(whole, "b5")
    assert label in part(alone, "b5")


def test_a_proposal_of_another_text_is_not_there(paper, states):
    (made,) = proposed(text("other"), states["xp"], words())
    there = f"{PAGE}proposals/{made.ref}/"
    for by in (voice("xp"), voice("xa"), chair(), officer()):
        for path in ("", "withdrawal/", "translation/ru/"):
            assert client_of(by).get(there + path).status_code in (403, 404)
        for path, typed in (("support/", {"how": "support"}), ("withdrawal/", {}), ("translation/ru/", {"text": "х"})):
            assert client_of(by).post(there + path, typed).status_code in (403, 404)
    typed = {"proposals": made.ref, "status": "agreed", "body": "swg"}
    assert client_of(chair()).post(f"{PAGE}settlement/", typed).status_code == 422
    made.refresh_from_db()
    assert (made.status, made.supporters) == ("tabled", "")


NONSENSE = ["9" * 20, "\x00", "\u202e", "x" * 5_000, "'\"><b>", "words\x00", "-1", "None"]


@pytest.mark.parametrize("odd", NONSENSE)
def test_nonsense_in_addresses_and_fields_is_answered_with_a_page(paper, states, odd):
    (made,) = proposed(paper, states["xp"], words())
    translated(paper)
    q = quote(odd, safe="")
    there = f"{PAGE}proposals/{made.ref}/"
    for by in (voice("xa"), voice("xp"), chair(), officer()):
        client = client_of(by)
        for path in (
            f"{ON}?what={q}", f"{ON}?language={q}", f"{ON}?text={q}", f"{PAGE}paragraphs/{q}/proposal/",
            f"{PAGE}paragraphs/{q}/merger/", f"{PAGE}reading/?of={q}", f"{PAGE}reading/?text={q}", f"{PAGE}?text={q}",
            f"{PAGE}settlement/?proposal={q}", f"{PAGE}proposals/{q}/", f"{PAGE}proposals/?q={q}&party={q}&round={q}",
            f"{there}translation/{q}/", f"{PAGE}{q}.docx", f"/en/documents/statement/versions/1/{q}.docx",
            f"{PAGE}{made.ref}/",
        ):  # fmt: skip
            assert client.get(path).status_code < 500, (path, by)
        for path, typed in (
            (ON, {"text": odd, "seen": odd, "reason": odd, "note": odd, "aside": odd, "preview": "1"}),
            (f"{ON}?what=insert", {"text": odd, "kind": odd, "reason": odd, "note": odd, "propose": "1"}),
            (f"{ON}?what=move", {"after": odd, "reason": odd, "note": odd, "propose": "1"}),
            (f"{PAGE}paragraphs/b4/merger/", {"text": odd, "proposals": odd, "reason": odd}),
            (f"{PAGE}settlement/", {"proposals": [odd, made.ref], "status": odd, "body": odd, "session": odd}),
            (f"{PAGE}settlement/", {"proposals": made.ref, "status": "agreed", "body": "swg", "session": odd}),
            (f"{there}support/", {"how": odd}),
            (f"{there}translation/ru/", {"text": odd}),
            (f"{PAGE}word/", {"content": odd, "take": odd, "note": odd}),
            (f"{PAGE}word/", {"note": odd}),
        ):  # fmt: skip
            assert client.post(path, typed).status_code < 500, (path, by)


WISH = {
    "kind": "words", "block": "b4", "text": SAID, "after": "", "block_kind": "operative", "reason": "",
    "instead_of": "", "language": "en",
}  # fmt: skip


@pytest.mark.parametrize(
    ("content", "take", "status"),
    [
        ([WISH], ["0"], 302),
        ([WISH], [], 422),
        ([WISH], ["x"], 400),
        ([WISH], ["9" * 5_000], 400),
        ([WISH], ["7"], 422),
        ([], ["0"], 422),
        ([1], ["0"], 400),
        ([None], ["0"], 400),
        ([[]], ["0"], 400),
        ({}, ["0"], 400),
        ("x", ["0"], 400),
        ([WISH] * 2_001, ["0"], 400),
        ([{**WISH, "kind": "all"}], ["0"], 400),
        ([{**WISH, "kind": 7}], ["0"], 400),
        ([{**WISH, "block_kind": "title", "kind": "insert", "after": "b4"}], ["0"], 422),
        ([{**WISH, "text": None}], ["0"], 400),
        ([{**WISH, "block": "b99"}], ["0"], 409),
        ([{**WISH, "block": "\x00"}], ["0"], 400),
        ([{**WISH, "language": "\ud800"}], ["0"], 400),
        ([{**WISH, "language": "xx"}], ["0"], 422),
        ([{**WISH, "instead_of": "\x00"}], ["0"], 400),
        ([{**WISH, "instead_of": "nothing"}], ["0"], 404),
        ([{**WISH, "kind": "move", "after": "\x00"}], ["0"], 400),
        ([{**WISH, "text": "x" * 1_000_000}], ["0"], 422),
        ([{**WISH, "reason": "x" * 1_000_000}], ["0"], 422),
        ([WISH, WISH], ["0", "1"], 409),
    ],
)
def test_a_forged_preview_is_refused_whole(paper, states, content, take, status):
    answer = client_of(voice("xp")).post(f"{PAGE}word/", {"content": json.dumps(content), "take": take})
    assert answer.status_code == status
    assert Proposal.objects.count() == (status == 302)


def test_a_deep_forged_preview_is_refused(paper, states):
    answer = client_of(voice("xp")).post(f"{PAGE}word/", {"content": "[" * 100_000, "take": "0"})
    assert answer.status_code == 400


def test_a_focal_point_proposes_nothing(paper, states):
    focal = known("Focal", (Role.FOCAL_POINT, "xp"))
    for path in (ON, f"{PAGE}word/"):
        assert client_of(focal).get(path).status_code == 403
        assert client_of(focal).post(path, {"text": SAID, "seen": B4, "propose": "1"}).status_code == 403
    assert not Proposal.objects.exists()


SEEN = [
    PAGE, f"{PAGE}?text=ru", f"{PAGE}?show=open", f"{PAGE}paragraphs/b4/", f"{PAGE}paragraphs/b5/", f"{PAGE}reading/",
    f"{PAGE}proposals/", ON, f"{ON}?what=move", f"{PAGE}paragraphs/b5/proposal/?what=insert", "/en/negotiations/",
    "/en/documents/statement/", "/en/desk/",
]  # fmt: skip


def read(by) -> list[str]:
    """What somebody sees of a text, page by page."""
    pages = [shown(by, path) for path in SEEN]
    pages += [shown(by, f"{PAGE}paragraphs/{block}/", headers=AGENT) for block in ("b4", "b5")]
    pages = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"', "", page) for page in pages]
    with zipfile.ZipFile(io.BytesIO(client_of(by).get(f"{PAGE}en.docx").content)) as file:
        return [*pages, file.read("word/document.xml").decode()]


def test_where_proposals_are_for_the_chair_nothing_changes_for_others(paper, states):
    state("qo", "Orlend", capacity="observer")
    translated(paper)
    with with_visibility(proposals="chair", positions="body"):
        for by in (voice("xa"), voice("qo")):
            before = read(by)
            made = proposed(
                paper, states["xp"], words(reason="A reason."), words("b5", "Another paragraph instead."),
                Wish(INSERT, after="b4", text="They agree to meet."), Wish(MOVE, "b5", after="b6"), Wish(DELETE, "b6"),
                words("b1", "Statement on hope"),
            )  # fmt: skip
            assert read(by) == before
            assert client_of(by).get(f"{PAGE}paragraphs/{made[2].block}/").status_code == 404
            for one in made:
                proposals.withdraw(proposal=one, party=states["xp"], by=voice("xp"))


@pytest.mark.parametrize("button", ["propose", "preview"])
def test_what_was_typed_on_a_paragraph_whose_proposal_was_withdrawn_meanwhile_is_not_lost(paper, states, button):
    (new,) = proposed(paper, states["xp"], Wish(INSERT, after="b4", text="They agree to meet."))
    proposals.withdraw(proposal=new, party=states["xp"], by=voice("xp"))
    there = f"{PAGE}paragraphs/b7/proposal/"
    for path in (there, f"{there}?what=insert"):
        typed = {"text": "They agree to meet soon.", "seen": new.wordings["en"]["text"], "kind": "operative"}
        typed = {**typed, "reason": "Our reason", button: "1"}
        page = sent(voice("xa"), path, 409 if button == "propose" else 422, **typed)
        assert "is not in the text any more" in page
        assert "They agree to meet soon." in page
        assert "Our reason" in page
    assert client_of(voice("xa")).get(there).status_code == 404
    with with_visibility(proposals="chair"):
        assert client_of(voice("xa")).post(there, typed).status_code == 404


def test_what_comes_when_the_text_is_not_negotiated_any_more_is_refused_and_kept(paper, states):
    (made,) = proposed(paper, states["xp"], words())
    type(paper.document).objects.filter(pk=paper.document_id).update(withdrawn=DAY)
    typed = {"text": "The Ministers resolve on point 1.", "seen": B4, "reason": "Our reason"}
    for by, path, more in (
        (voice("xa"), ON, {"propose": "1"}),
        (chair(), f"{PAGE}paragraphs/b4/merger/", {"proposals": made.ref}),
    ):
        answer = client_of(by).post(path, {**typed, **more})
        assert answer.status_code in (403, 409)
        assert "The Ministers resolve on point 1." in answer.content.decode()
        assert "Our reason" in answer.content.decode()
    there = f"{PAGE}proposals/{made.ref}/"
    for by, path, more in (
        (chair(), f"{PAGE}settlement/", {"proposals": made.ref, "status": "agreed", "body": "swg"}),
        (voice("xa"), f"{there}support/", {"how": "support"}),
        (voice("xp"), f"{there}withdrawal/", {}),
        (voice("xa"), f"{PAGE}word/", {"content": json.dumps([WISH]), "take": "0"}),
    ):
        assert client_of(by).post(path, more).status_code in (403, 409), path
    made.refresh_from_db()
    assert (made.status, made.supporters) == ("tabled", "")


def test_while_silence_runs_nothing_is_proposed_and_what_was_typed_is_kept(states):
    paper = text(classification="parties")
    type(paper.document).objects.filter(pk=paper.document_id).update(route="")
    paper.document.refresh_from_db()
    agree(version=paper, blocks=["b2", "b4", "b5", "b6"], body=room.body(), by=chair())
    quiet.opened(chair(), paper, at=at(NOW), expires=at("2026-12-15T12:00:00+05:00"))
    page = sent(voice("xa"), ON, 409, text="The Ministers resolve on point 1.", seen=B4, reason="Why", propose="1")
    assert "The Ministers resolve on point 1." in page


def test_support_for_what_was_withdrawn_meanwhile_is_refused_where_it_stands(paper, states):
    (new,) = proposed(paper, states["xp"], Wish(INSERT, after="b4", text="They agree to meet."))
    proposals.withdraw(proposal=new, party=states["xp"], by=voice("xp"))
    page = sent(voice("xa"), f"{PAGE}proposals/{new.ref}/support/", 200, AGENT, how="support")
    assert "The proposal is not open any more" in part(page, "b7")
