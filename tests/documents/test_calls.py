"""Delegations are asked for their positions."""


import pytest
import time_machine
from django.core.management import call_command

from chancery.core.refusals import NotAllowed
from chancery.documents.acts.calls import call, close_call
from chancery.documents.acts.paragraphs import agree
from chancery.documents.acts.positions import take_position
from chancery.documents.models import Call
from chancery.documents.queries import negotiation as queries
from chancery.documents.rules import positions as rules
from chancery.documents.rules.positions import CallKind, Stance
from chancery.duties.models import Letter
from chancery.journal.models import Entry
from chancery.notices.models import Notice
from chancery.people import policy
from tests.cast import kept, state

from .room import NOW, at, chair, officer, person, text, version, voice

pytestmark = pytest.mark.django_db
DUE = at("2026-12-03T18:00:00+05:00")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as set_to:
        yield set_to


@pytest.fixture
def paper(states):
    return text(classification="parties")


def told(event: str) -> list[str]:
    return sorted(Notice.objects.filter(event=event).values_list("account__name", flat=True))


def said(entry: Entry) -> dict:
    return kept(entry)


def test_the_chair_asks_and_every_delegation_is_told(paper):
    state("qo", "Orlend", capacity="observer")
    state("xz", "Wendara", since=None)
    for party in ("xa", "xp", "qo", "xz"):
        voice(party)
    made = call(version=paper, kind=CallKind.POSITIONS, due=DUE, paragraphs=["b4", "b5"], by=chair())
    assert (made.paragraphs, made.due, made.closed) == ("b4 b5", DUE, None)
    assert told("positions-asked") == ["Voice qo", "Voice xa", "Voice xp"]
    entry = said(Entry.objects.get())
    assert (entry["by"], entry["said"]["blocks"], entry["said"]["kind"]) == ("chair", ["b4", "b5"], "positions")


def test_observers_are_not_sounded(paper):
    state("qo", "Orlend", capacity="observer")
    for party in ("xa", "qo"):
        voice(party)
    call(version=paper, kind=CallKind.SOUNDING, due=DUE, by=chair())
    assert told("positions-asked") == ["Voice xa"]


def test_a_letter_says_nothing_of_a_text_that_is_not_public(paper):
    voice("xa")
    call(version=paper, kind=CallKind.POSITIONS, due=DUE, by=chair())
    letter = Letter.objects.get()
    assert "Statement on trust" not in letter.subject + letter.body
    assert paper.document.symbol in letter.subject + letter.body


def test_the_secretariat_asks_for_the_chair_and_is_named_so(paper):
    call(version=paper, kind=CallKind.POSITIONS, due=DUE, by=officer())
    assert said(Entry.objects.get())["by"] == "secretariat for the chair"


@pytest.mark.parametrize(("role", "scope"), [("delegate", "xp"), ("presidency", "soc"), ("officer", "press")])
def test_nobody_else_asks(paper, role, scope):
    with pytest.raises(NotAllowed):
        call(version=paper, kind=CallKind.POSITIONS, due=DUE, by=person("Somebody", (role, scope)))


@pytest.mark.parametrize("due", [NOW, "2026-11-30T18:00:00+05:00"])
def test_delegations_need_time(paper, due):
    with pytest.raises(rules.DueTooEarly):
        call(version=paper, kind=CallKind.POSITIONS, due=at(due), by=chair())
    assert (Call.objects.count(), Notice.objects.count()) == (0, 0)


def test_only_open_paragraphs_of_the_latest_version_are_asked_about(paper):
    by = chair()
    with pytest.raises(rules.UnknownParagraph):
        call(version=paper, kind=CallKind.POSITIONS, due=DUE, paragraphs=["b3"], by=by)
    agree(version=paper, blocks=["b4"], body=paper.document.body, by=by)
    with pytest.raises(rules.ParagraphClosed):
        call(version=paper, kind=CallKind.POSITIONS, due=DUE, paragraphs=["b4"], by=by)
    version(paper.document, 2, paper.text)
    with pytest.raises(rules.NotAskedFor):
        call(version=paper, kind=CallKind.POSITIONS, due=DUE, by=by)


def test_the_clock_closes_a_call_once_and_the_chair_hears_how_many_answered(paper, states, clock):
    by = chair()
    call(version=paper, kind=CallKind.POSITIONS, due=DUE, paragraphs=["b4"], by=by)
    for party, block in (("xa", "b4"), ("xp", "b4"), ("xb", "b5")):
        take_position(version=paper, party=states[party], stance=Stance.CAN_JOIN, block=block, by=voice(party))
    assert queries.next_due() == DUE
    call_command("clock", once=True)
    assert Call.objects.get().closed is None
    clock.move_to(DUE)
    assert queries.due_calls(DUE) == [Call.objects.get().ref]
    call_command("clock", once=True)
    call_command("clock", once=True)
    closed = Entry.objects.filter(act="documents.close-call")
    assert [said(one)["by"] for one in closed] == ["clock"]
    assert (told("positions-in"), queries.next_due()) == (["Chair"], None)
    assert queries.answered(Call.objects.get()) == 2


def test_a_call_is_closed_once(paper):
    by = chair()
    made = call(version=paper, kind=CallKind.POSITIONS, due=DUE, by=by)
    close_call(call=made, by=by)
    for somebody in (by, policy.CLOCK):
        with pytest.raises(rules.CallOver):
            close_call(call=made, by=somebody)
    with pytest.raises(NotAllowed):
        close_call(call=made, by=voice("xp"))


@pytest.mark.parametrize(
    ("asked", "open_", "answered", "owed"),
    [
        ([], ["a", "b"], [], ("a", "b")),
        ([], ["a", "b"], [""], ()),  # a word on the whole text answers a call on the whole text
        ([], ["a", "b"], ["a"], ("b",)),
        (["b"], ["a", "b"], [""], ("b",)),
        (["a", "b"], ["b"], [], ("b",)),  # what was agreed meanwhile is asked no more
        (["a"], ["a"], ["a"], ()),
        ([], [], [], ()),
    ],
)
def test_what_is_owed(asked, open_, answered, owed):
    assert rules.owed(asked, open_, answered) == owed
