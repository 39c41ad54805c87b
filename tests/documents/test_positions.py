"""A party says what it thinks of a text."""

import threading

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection

from chancery.core.refusals import NotAllowed
from chancery.documents.acts.calls import call, close_call
from chancery.documents.acts.positions import take_position, take_positions
from chancery.documents.models import Position
from chancery.documents.queries import negotiation as queries
from chancery.documents.rules import positions as rules
from chancery.documents.rules.positions import CallKind, Stance
from chancery.journal.models import Entry
from chancery.parties.models import Party
from chancery.people import policy
from chancery.people.acts import receive_note
from chancery.people.models import Grant
from tests.cast import kept as sealed
from tests.cast import state
from tests.people.test_acts import PDF

from . import room
from .room import NOW, chair, officer, text, version, voice

pytestmark = pytest.mark.django_db


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


def kept() -> list[tuple[str, str, str]]:
    rows = Position.objects.order_by("party", "block")
    return list(rows.values_list("party", "block", "stance"))


def private(entry: Entry) -> dict:
    return sealed(entry)


def test_a_party_takes_a_position_and_the_journal_keeps_it_in_private(paper, states, maravel):
    made = take_position(
        version=paper, party=states["xp"], stance=Stance.COMMENT, words="  Too long. ", block="b4", by=maravel
    )
    assert kept() == [("xp", "b4", "comment")]
    assert (made.words, made.capacity, made.account) == ("Too long.", "delegation of xp", maravel.ref)
    entry = Entry.objects.get()
    assert made.at == entry.at
    told = private(entry)
    assert told["subjects"] == ["documents:statement", "documents:statement#b4", "parties:xp"]
    assert told["said"] == {
        "party": "xp", "stance": "comment", "words": "Too long.", "language": "en", "blocks": ["b4"],
        "sounding": False, "version": "statement.1", "symbol": "PRA/SWG/1/DOC.statement",
    }  # fmt: skip


def test_the_last_word_counts_and_every_word_stays(paper, states, maravel):
    for stance, words in ((Stance.OBJECTION, "No."), (Stance.AWAITING_CAPITAL, ""), (Stance.CAN_JOIN, "")):
        take_position(version=paper, party=states["xp"], stance=stance, words=words, block="b4", by=maravel)
    assert kept() == [("xp", "b4", "can_join")]
    assert Position.objects.get().words == ""
    said = [private(one)["said"]["stance"] for one in Entry.objects.order_by("seq")]
    assert said == ["objection", "awaiting_capital", "can_join"]


def test_several_paragraphs_are_one_act(paper, states, maravel):
    take_positions(version=paper, party=states["xp"], stance=Stance.CAN_JOIN, blocks=["b4", "b5", "b4"], by=maravel)
    assert kept() == [("xp", "b4", "can_join"), ("xp", "b5", "can_join")]
    assert private(Entry.objects.get())["said"]["blocks"] == ["b4", "b5"]


def test_of_several_paragraphs_all_are_taken_or_none(paper, states, maravel):
    with pytest.raises(rules.UnknownParagraph):
        take_positions(version=paper, party=states["xp"], stance=Stance.CAN_JOIN, blocks=["b4", "b99"], by=maravel)
    assert (kept(), Entry.objects.count()) == ([], 0)


@pytest.mark.parametrize("block", ["b1", "b3", "b99", "b", "b4 ", "%", "B4"])
def test_there_is_no_position_on_a_heading_or_on_what_the_text_does_not_have(paper, states, maravel, block):
    with pytest.raises(rules.UnknownParagraph):
        take_position(version=paper, party=states["xp"], stance=Stance.CAN_JOIN, block=block, by=maravel)


@pytest.mark.parametrize(
    ("role", "scope"), [("focal-point", "xp"), ("administrator", "xp"), ("delegate", "xa"), ("officer", "documents")]
)
def test_only_an_accredited_voice_of_the_party_speaks(paper, states, role, scope):
    by = room.person("Somebody", (role, scope))
    with pytest.raises(NotAllowed):
        take_position(version=paper, party=states["xp"], stance=Stance.CAN_JOIN, block="b4", by=by)


def test_an_accreditation_that_ended_yesterday_has_ended(paper, states, maravel):
    Grant.objects.filter(account=maravel).update(until=room.DAY)
    with pytest.raises(NotAllowed):
        take_position(version=paper, party=states["xp"], stance=Stance.CAN_JOIN, block="b4", by=maravel)


def test_an_observer_comments_and_has_no_position(states, source):
    orlend, paper = state("qo", "Orlend", capacity="observer"), text(classification="parties")
    by = voice("qo")
    with pytest.raises(rules.ObserverHasNoPosition):
        take_position(version=paper, party=orlend, stance=Stance.CAN_JOIN, block="b4", by=by)
    take_position(version=paper, party=orlend, stance=Stance.COMMENT, words="Welcome.", block="b4", by=by)
    assert kept() == [("qo", "b4", "comment")]


def test_a_text_that_does_not_go_to_a_party_has_no_position_of_it(states, source):
    orlend, paper = state("qo", "Orlend", capacity="observer"), text(classification="body")
    with pytest.raises(NotAllowed):
        take_position(version=paper, party=orlend, stance=Stance.COMMENT, words="?", block="b4", by=voice("qo"))


def test_a_party_that_does_not_belong_has_no_voice(states, source):
    paper, left = text(classification="public"), state("xz", "Wendara", since=None)
    with pytest.raises(rules.NotOfTheParties):
        take_position(version=paper, party=left, stance=Stance.CAN_JOIN, block="b4", by=voice("xz"))


def test_words_are_needed_and_bounded(paper, states, maravel):
    said = {"version": paper, "party": states["xp"], "block": "b4", "by": maravel}
    for stance in rules.NEEDS_WORDS:
        with pytest.raises(rules.WordsMissing):
            take_position(stance=stance, words=" \n\x00 ", **said)
    take_position(stance=Stance.COMMENT, words="ж" * 20_000, **said)
    with pytest.raises(rules.WordsTooLong):
        take_position(stance=Stance.COMMENT, words="ж" * 20_001, **said)
    assert len(Position.objects.get().words) == 20_000


def test_control_characters_are_taken_out(paper, states, maravel):
    take_position(
        version=paper, party=states["xp"], stance=Stance.COMMENT, words="One\x00 \x1b[31mtwo\r\nthree\x85", block="b4",
        by=maravel,
    )  # fmt: skip
    assert Position.objects.get().words == "One [31mtwo\nthree"


def test_only_the_latest_version_is_spoken_of(paper, states, maravel):
    version(paper.document, 2, room.blocks(3, "They agree on"))
    with pytest.raises(rules.NotAskedFor):
        take_position(version=paper, party=states["xp"], stance=Stance.CAN_JOIN, block="b4", by=maravel)


def test_a_withdrawn_text_is_not_spoken_of(paper, states, maravel):
    paper.document.withdrawn = room.DAY
    paper.document.save()
    with pytest.raises(rules.NotAskedFor):
        take_position(version=paper, party=states["xp"], stance=Stance.CAN_JOIN, block="b4", by=maravel)


def test_an_officer_records_a_position_on_the_strength_of_a_note(paper, states):
    by = officer()
    note = receive_note(party="xp", number="7/26", dated=room.DAY, scan=ContentFile(PDF, "n.pdf"), by=by)
    take_position(
        version=paper, party=states["xp"], stance=Stance.RESERVATION, words="On the date.", block="b5",
        by=policy.on_behalf(by, note),
    )  # fmt: skip
    told = private(Entry.objects.order_by("seq").last())
    assert (told["by"], told["note"], told["account"]) == ("secretariat on behalf of xp", note.ref, by.ref)
    assert Position.objects.get().capacity == "secretariat on behalf of xp"
    with pytest.raises(NotAllowed):
        take_position(
            version=paper, party=states["xa"], stance=Stance.CAN_JOIN, block="b5", by=policy.on_behalf(by, note)
        )


# ------------------------------------------------------------------------------------------------ soundings
def test_a_sounding_is_answered_while_the_chair_asks(paper, states, maravel):
    said = {"version": paper, "party": states["xp"], "stance": Stance.CAN_JOIN, "sounding": True, "by": maravel}
    with pytest.raises(rules.NoSounding):
        take_position(block="b4", **said)
    made = call(
        version=paper, kind=CallKind.SOUNDING, due=room.at("2026-12-02T18:00:00+05:00"), paragraphs=["b4"], by=chair()
    )
    with pytest.raises(rules.NoSounding):
        take_position(block="b5", **said)
    take_position(block="b4", **said)
    take_position(**{**said, "sounding": False, "stance": Stance.OBJECTION}, block="b4", words="In the open.")
    assert [one.sounding for one in Position.objects.order_by("sounding")] == [False, True]
    close_call(call=made, by=chair("swg"))
    with pytest.raises(rules.NoSounding):
        take_position(block="b4", **said)


def test_a_sounding_ends_at_its_instant_though_the_clock_is_late(paper, states, maravel):
    call(version=paper, kind=CallKind.SOUNDING, due=room.at("2026-12-02T18:00:00+05:00"), by=chair())
    with time_machine.travel("2026-12-02T18:00:00+05:00", tick=False), pytest.raises(rules.NoSounding):
        take_position(
            version=paper, party=states["xp"], stance=Stance.CAN_JOIN, block="b4", sounding=True, by=maravel
        )


# ------------------------------------------------------------------------------------------------- at once
def test_two_delegates_of_one_state_at_once_leave_one_word_and_two_entries(fresh_database):
    from chancery.core.models import Source

    Source.objects.create(ref="practice", title="Practice material", quality="invented")
    maravel = state("xp", "Maravel")
    paper = text()
    people = [voice("xp", name) for name in ("First", "Second")]
    ready, failed = threading.Barrier(2), []

    def speak(by, stance: Stance) -> None:
        try:
            ready.wait(60)
            take_position(version=paper, party=maravel, stance=stance, words=by.name, block="b4", by=by)
        except Exception as problem:
            failed.append(problem)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=speak, args=(by, stance))
        for by, stance in zip(people, (Stance.OBJECTION, Stance.COMMENT), strict=True)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    assert failed == []
    entries = [private(one)["said"] for one in Entry.objects.order_by("seq")]
    assert sorted(one["words"] for one in entries) == ["First", "Second"]
    last = Position.objects.get()
    assert (last.words, last.stance) == (entries[-1]["words"], entries[-1]["stance"])


def test_the_party_is_the_one_named(paper, states, maravel):
    take_position(version=paper, party=Party.objects.get(pk="xp"), stance=Stance.CAN_JOIN, by=maravel)
    assert kept() == [("xp", "", "can_join")]
    assert Entry.objects.get().mentions.filter(subject="documents:statement#whole").exists()
    assert queries.last_words(paper.document, [""]) == {"": {"xp": Stance.CAN_JOIN}}
