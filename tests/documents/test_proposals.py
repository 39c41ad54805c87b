"""Delegations and the Chair propose, support and settle other words for a text."""

import json
import threading
from dataclasses import replace

import pytest
import time_machine
from django.db import connection

from chancery.core.models import Source
from chancery.core.refusals import NotAllowed
from chancery.decisions.queries import route
from chancery.documents.acts import drafting, proposals, settlement
from chancery.documents.acts.paragraphs import agree
from chancery.documents.models import Draft, Proposal
from chancery.documents.queries import proposals as queries
from chancery.documents.queries.amendments import LazyOrders, amendment
from chancery.documents.rules import positions, rolling
from chancery.documents.rules import proposals as rules
from chancery.documents.rules.blocks import BlockKind, text_digest
from chancery.documents.rules.proposals import ProposalKind, ProposalStatus, Wish
from chancery.journal.models import Entry
from tests.cast import state

from . import room
from .room import NOW, chair, officer, text, translated, version, voice

pytestmark = pytest.mark.django_db
WORDS, INSERT, DELETE, MOVE = ProposalKind.WORDS, ProposalKind.INSERT, ProposalKind.DELETE, ProposalKind.MOVE
B4 = "The Ministers agree on point 1."


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def paper(states):
    return text()


@pytest.fixture
def maravel(states):
    return voice("xp")


def proposed(paper, party, *wishes: Wish, language="en", by=None) -> list[Proposal]:
    return proposals.propose(
        version=paper, party=party, wishes=wishes, language=language, by=by or voice(party.ref)
    )  # fmt: skip


def words(block="b4", said="The Ministers decide on point 1.", **more) -> Wish:
    return Wish(WORDS, block, said, **more)


def settled(paper, rows, status="agreed", by=None):
    return settlement.settle(
        version=paper, proposals=rows, status=ProposalStatus(status), body=room.body(), by=by or chair()
    )  # fmt: skip


def rolling_text(paper, language="en"):
    rows = Proposal.objects.filter(document=paper.document, status__in=["tabled", "ad-referendum"]).order_by("number")
    open_ones = [amendment(row, language) for row in rows]
    orders = LazyOrders(paper.document)
    return rolling.compiled(queries.standing(paper, language), open_ones, orders)


def test_what_was_changed_is_found_by_comparing_and_the_journal_keeps_it_in_private(paper, states, maravel):
    (made,) = proposed(paper, states["xp"], words(reason="It is a decision."), by=maravel)
    assert made.wordings["en"]["edits"] == [[14, 19, "decide"]]
    assert (made.number, made.parties, made.status) == (1, "xp", "tabled")
    entry = Entry.objects.order_by("-seq").first()
    assert not entry.is_public
    told = json.loads(entry.private)
    assert told["act"] == "documents.propose"
    assert told["said"]["proposals"][0]["words"] == {"en": "The Ministers decide on point 1."}
    assert told["said"]["proposals"][0]["reason"] == "It is a decision."


def test_a_new_paragraph_has_an_id_for_life_and_others_propose_on_it(paper, states):
    (made,) = proposed(paper, states["xp"], Wish(INSERT, after="b4", text="They agree to meet."))
    assert made.block == "b7"
    (other,) = proposed(paper, states["xa"], words("b7", "They agree to meet soon."))
    assert other.wordings["en"]["before"] == "They agree to meet."
    settled(paper, [made])
    settled(paper, [other])
    text = queries.standing(paper, "en")
    assert [(one.id, one.text) for one in text.blocks[3:5]] == [("b4", B4), ("b7", "They agree to meet soon.")]
    (third,) = proposed(paper, states["xm"], Wish(INSERT, after="b5", text="They agree to write."))
    assert third.block == "b8"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("The Ministers agree on all points.", "words"),
        ("Nothing was reached at all.", "alternative"),
        ("  ", "delete"),
    ],
)
def test_how_much_of_a_paragraph_stays_says_what_a_proposal_is(paper, states, said, kind):
    assert proposed(paper, states["xp"], words(said=said))[0].kind == kind


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        (words(said=B4), rules.NothingProposed),
        (words(said=f" {B4}\u200b "), rules.NothingProposed),
        (words(said=B4 + "\u200b" * 10_000), rules.NothingSeen),
        (words(said=B4 + "\u0301" * 10_000), rules.NothingSeen),
        (words(said="The Ministers [agree][decide] on point 1."), rules.BracketsByHand),
        (words(said="The Ministers " + "agree " * 4_000), rules.BlockTooLong),
        (words("b99", "Words."), rules.NoSuchParagraph),
        (words(seen="The Ministers agreed on point 1."), rules.WordsMovedOn),
        (Wish(DELETE, "b1"), rules.TitleStays),
        (Wish(WORDS, "b1", ""), rules.TitleStays),
        (Wish(MOVE, "b1", after="b4"), rules.TitleStays),
        (Wish(MOVE, "b5", after="b4"), rules.StaysWhereItIs),
        (Wish(MOVE, "b5", after="b99"), rules.NoSuchParagraph),
        (Wish(INSERT, after="b99", text="Words."), rules.NoSuchParagraph),
        (Wish(INSERT, after="b4", text=" "), rules.NothingProposed),
        (Wish(INSERT, after="b4", text="no cells", block_kind=BlockKind.TABLE), rules.TableLines),
        (words(reason="x" * 20_001), positions.WordsTooLong),
        (words(instead_of="nothing"), rules.NoSuchProposal),
    ],
)
def test_what_cannot_be_proposed_leaves_no_trace(paper, states, wish, refusal):
    before = Entry.objects.count()
    with pytest.raises(refusal):
        proposed(paper, states["xp"], words("b5", "Other words on point 2."), wish)
    assert not Proposal.objects.exists()
    assert Entry.objects.count() == before


def test_joiners_of_letters_are_no_heap_of_marks(paper, states):
    persian = "می\u200cخواهند"
    assert proposed(paper, states["xp"], words(said=f"The Ministers {persian} agree on point 1."))


def test_a_language_that_the_text_has_not(paper, states):
    with pytest.raises(rules.NotALanguageOfTheText):
        proposed(paper, states["xp"], words(), language="ru")
    translated(paper)
    (made,) = proposed(paper, states["xp"], words(said="Иначе b4"), language="ru")
    english = rolling_text(paper)
    assert english.paragraphs[3].pending == (made.ref,)  # it shows as not translated, and blocks nothing
    assert [part.text for part in english.paragraphs[3].parts] == [B4]
    settlement.translate_proposal(proposal=made, language="en", text="Otherwise on point 1.", by=officer())
    assert rolling_text(paper).paragraphs[3].pending == ()


def test_who_may_not_propose(paper, states):
    with pytest.raises(NotAllowed):
        proposed(paper, states["xp"], words(), by=voice("xa"))
    with pytest.raises(NotAllowed):
        proposals.propose(version=paper, party=None, wishes=[words()], language="en", by=voice("xa"))
    paper.document.classification = "parties"
    paper.document.save()
    with pytest.raises(rules.ObserverProposes):
        proposed(paper, state("qo", "Orlend", capacity="observer"), words())


def test_a_closed_paragraph_is_not_proposed_on(paper, states):
    agree(version=paper, blocks=["b4"], body=room.body(), by=chair())
    with pytest.raises(positions.ParagraphClosed):
        proposed(paper, states["xp"], words())


def test_the_same_is_proposed_once_and_others_support_it(paper, states):
    (made,) = proposed(paper, states["xp"], words())
    with pytest.raises(rules.ProposedTwice):
        proposed(paper, states["xp"], words())
    row = proposals.support(proposal=made, party=states["xa"], by=voice("xa"))
    assert row.supporters == "xa"
    with pytest.raises(rules.AlreadyKnown):
        proposals.support(proposal=made, party=states["xa"], by=voice("xa"))
    with pytest.raises(rules.OwnProposal):
        proposals.support(proposal=made, party=states["xp"], by=voice("xp"))
    row = proposals.support(proposal=made, party=states["xa"], sponsor=True, by=voice("xa"))
    assert (row.parties, row.supporters) == ("xp xa", "")
    with pytest.raises(rules.NotSupported):
        proposals.end_support(proposal=made, party=states["xa"], by=voice("xa"))
    row = proposals.support(proposal=made, party=states["xm"], by=voice("xm"))
    assert proposals.end_support(proposal=row, party=states["xm"], by=voice("xm")).supporters == ""


def test_a_proposal_is_withdrawn_by_all_who_made_it(paper, states):
    (made,) = proposed(paper, states["xp"], words())
    proposals.support(proposal=made, party=states["xa"], sponsor=True, by=voice("xa"))
    with pytest.raises(rules.NotYours):
        proposals.withdraw(proposal=made, party=states["xm"], by=voice("xm"))
    row = proposals.withdraw(proposal=made, party=states["xp"], by=voice("xp"))
    assert (row.parties, row.status) == ("xa", "tabled")
    row = proposals.withdraw(proposal=made, party=states["xa"], by=voice("xa"))
    assert (row.status, bool(row.settled)) == ("withdrawn", True)
    with pytest.raises(rules.ProposalSettled):
        proposals.support(proposal=made, party=states["xm"], by=voice("xm"))


def test_an_own_proposal_gives_way_to_the_one_that_follows_it(paper, states):
    (made,) = proposed(paper, states["xp"], words())
    (then,) = proposed(paper, states["xp"], words(said="The Ministers resolve on point 1.", instead_of=made.ref))
    made.refresh_from_db()
    assert (made.status, made.into) == ("withdrawn", then)
    with pytest.raises(rules.NotYours):
        proposed(paper, states["xa"], words(said="They agree on point 1.", instead_of=then.ref))


def test_what_is_agreed_is_in_the_text_and_what_clashes_is_not_agreed(paper, states):
    (one,) = proposed(paper, states["xp"], words())
    (other,) = proposed(paper, states["xa"], words(said="The Ministers resolve on point 1."))
    (apart,) = proposed(paper, states["xm"], words(said="The Ministers agree on point one."))
    with pytest.raises(rules.AgreedAtOnce):
        settled(paper, [one, other])
    settled(paper, [one, apart])
    assert queries.standing(paper, "en").blocks[3].text == "The Ministers decide on point one."
    text = rolling_text(paper)
    assert text.fits == {other.ref: rules.Fit.CONFLICT}
    with pytest.raises(rules.ClashesWithAgreed):
        settled(paper, [other])
    settled(paper, [other], "not-retained")
    with pytest.raises(rules.ProposalSettled):
        settled(paper, [other], "agreed")
    settled(paper, [other], "tabled")
    assert Proposal.objects.get(pk=other.pk).settled is None


def test_the_chair_merges_proposals_and_their_authors_stay_named(paper, states):
    (one,) = proposed(paper, states["xp"], words())
    (other,) = proposed(paper, states["xa"], words(said="The Ministers resolve on point 1."))
    made = settlement.merge(
        version=paper, block="b4", text="The Ministers determine on point 1.", proposals=[one, other], by=chair()
    )  # fmt: skip
    assert (made.parties, made.status) == ("chair", "tabled")
    assert [(row.number, row.status) for row in queries.provenance(made)] == [(1, "merged"), (2, "merged")]
    with pytest.raises(rules.NothingToMerge):
        settlement.merge(version=paper, block="b4", text="They meet.", proposals=[one], by=chair())
    with pytest.raises(NotAllowed):
        settlement.merge(version=paper, block="b4", text="They meet.", proposals=[made], by=voice("xp"))


def test_the_next_version_is_drafted_from_what_was_agreed(paper, states):
    translated(paper)
    (one,) = proposed(paper, states["xp"], words())
    (new,) = proposed(paper, states["xa"], Wish(INSERT, after="b6", text="They agree to meet."))
    (open_one,) = proposed(paper, states["xm"], words("b5", "The Ministers decide on point 2."))
    settlement.translate_proposal(proposal=one, language="ru", text="Решили b4", by=officer())
    settled(paper, [one, new])
    draft = settlement.compile_draft(version=paper, by=officer())
    kept = {one["id"]: one["texts"] for one in draft.content["blocks"]}
    assert kept["b4"] == {"en": "The Ministers decide on point 1.", "ru": "Решили b4"}
    assert kept["b7"] == {"en": "They agree to meet."}
    blocks = queries.standing(paper, "en").blocks
    drafting.circulate(document=paper.document, blocks=blocks, draft=draft.edition, by=officer())
    assert not Draft.objects.exists()
    latest = paper.document.versions.order_by("-position").first()
    assert queries.agreed(latest) == []  # it is in the words now
    assert rolling_text(latest).fits == {open_one.ref: rules.Fit.FITS}


def test_where_the_text_moved_on_an_open_proposal_is_carried(paper, states):
    (made,) = proposed(paper, states["xp"], words())
    said = {"b4": "All Ministers agree on point 1."}
    blocks = [replace(one, text=said.get(one.id, one.text)) for one in paper.text]
    latest = version(paper.document, 2, blocks)
    text = rolling_text(latest)
    assert text.fits == {made.ref: rules.Fit.CARRIED}
    assert [it.text for part in text.paragraphs[3].parts for it in part.options] == ["decide"]


def test_a_paragraph_is_agreed_without_brackets_and_in_the_words_that_stand(paper, states):
    (one,) = proposed(paper, states["xp"], words())
    with pytest.raises(rules.BracketsOpen):
        agree(version=paper, blocks=["b4"], body=room.body(), by=chair())
    assert route.open_paragraphs(paper) == ["1"]
    settled(paper, [one])
    (paragraph,) = agree(version=paper, blocks=["b4"], body=room.body(), by=chair())
    assert paragraph.digest == text_digest("The Ministers decide on point 1.")
    assert route.unwritten_paragraphs(paper) == ["1"]
    with pytest.raises(positions.AgreedTextChanged):
        drafting.circulate(document=paper.document, blocks=[*paper.text[:5]], by=officer())
    drafting.circulate(document=paper.document, blocks=queries.standing(paper, "en").blocks, by=officer())
    assert route.unwritten_paragraphs(paper.document.versions.get(position=2)) == []


def test_ten_delegations_propose_on_one_paragraph_at_once(fresh_database):
    Source.objects.create(ref="practice", title="Practice material", quality="invented")
    parties = [state(f"x{letter}", f"State {letter}") for letter in "abcdefghij"]
    paper = text()
    voices = [voice(one.ref) for one in parties]
    together, wrong = threading.Barrier(len(parties)), []

    def speak(place: int) -> None:
        try:
            together.wait()
            proposed(paper, parties[place], words(said=f"The Ministers agree on point {place + 10}."), by=voices[place])
        except Exception as problem:  # told below, by the test
            wrong.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=speak, args=(place,)) for place in range(len(parties))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert wrong == []
    assert sorted(Proposal.objects.values_list("number", flat=True)) == list(range(1, len(parties) + 1))
    (bracket,) = [part for part in rolling_text(paper).paragraphs[3].parts if part.options]
    assert len(bracket.options) == len(parties)


def test_what_turns_the_direction_of_other_words_is_not_proposed(paper, states):
    with pytest.raises(rules.NothingSeen):
        proposed(paper, states["xp"], words(said="The Ministers \u202eagree on point 1."))


def test_paragraphs_are_called_alike_everywhere_once_one_is_added(paper, states):
    from chancery.documents.queries import negotiation

    (made,) = proposed(paper, states["xp"], Wish(INSERT, after="b4", text="They agree to meet."))
    settled(paper, [made])
    for only in (None, "b5", ""):
        seen = negotiation.negotiation(chair(), "statement", only)
        assert (seen.numbers["b4"], seen.numbers["b7"], seen.numbers["b5"]) == ("1", "2", "3")
