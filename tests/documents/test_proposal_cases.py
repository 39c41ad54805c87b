"""What goes wrong about proposals, and what must not be told of them."""

import pytest
import time_machine

from chancery.documents.acts import proposals
from chancery.documents.models import Proposal
from chancery.documents.queries import proposals as queries
from chancery.documents.rules import proposals as rules
from chancery.documents.rules.blocks import BlockKind
from chancery.documents.rules.proposals import Wish

from .room import NOW, chair, text, translated
from .test_negotiation import with_visibility
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
    made = proposals.merge(
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
