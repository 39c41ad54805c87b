"""What a delegation writes for itself."""

import pytest
import time_machine
from django.core.files.base import ContentFile

from chancery.core.refusals import NotAllowed
from chancery.documents.acts.notes import keep_note
from chancery.documents.acts.positions import take_position
from chancery.documents.models import PrivateNote
from chancery.documents.queries import negotiation as queries
from chancery.documents.rules.positions import LONGEST, Stance, WordsTooLong
from chancery.journal.models import Entry
from chancery.people import policy
from chancery.people.acts import receive_note
from tests.people.test_acts import PDF

from . import room
from .room import NOW, officer, person, text, voice

pytestmark = pytest.mark.django_db
ABOUT = "documents:statement#b4"


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(NOW, tick=False):
        yield


def keep(by, words: str = "Fallback.", **more):
    return keep_note(**{"party": "xp", "subject": ABOUT, "words": words, "by": by, **more})


def test_a_note_is_shared_by_the_delegation_and_leaves_nothing_in_the_journal(states):
    first, second = voice("xp"), person("Focal", ("focal-point", "xp"))
    keep(first, " One\x00. ")
    keep(second, "Two.")
    note = PrivateNote.objects.get()
    assert (note.words, note.account, note.draft) == ("Two.", second.ref, False)
    assert not Entry.objects.exists()


def test_a_draft_stands_beside_the_note_and_empty_words_take_either_away(states):
    by = voice("xp")
    keep(by)
    keep(by, "We could.", draft=True, stance="comment")
    assert sorted(PrivateNote.objects.values_list("draft", "words")) == [(False, "Fallback."), (True, "We could.")]
    assert keep(by, "  ") is None
    assert PrivateNote.objects.get().draft
    assert keep(by, "", draft=True) is None
    assert not PrivateNote.objects.exists()


def test_a_draft_that_is_sent_is_none_any_more_and_the_note_stays(states):
    paper, by = text(), voice("xp")
    keep(by)
    keep(by, "We could.", draft=True, stance="comment")
    keep(by, "Of another.", draft=True, subject="documents:statement#b5")
    take_position(version=paper, party=states["xp"], stance=Stance.CAN_JOIN, block="b4", by=by)
    left = PrivateNote.objects.order_by("subject", "draft").values_list("subject", "draft")
    assert list(left) == [(ABOUT, False), ("documents:statement#b5", True)]


def test_words_are_bounded(states):
    with pytest.raises(WordsTooLong):
        keep(voice("xp"), "x" * (LONGEST + 1))


@pytest.mark.parametrize(
    ("role", "scope"),
    [("delegate", "xa"), ("officer", "documents"), ("officer", "protocol"), ("presidency", ""), ("auditor", "")],
)
def test_nobody_else_keeps_or_reads_one(states, role, scope):
    keep(voice("xp"))
    somebody = person("Somebody", (role, scope))
    with pytest.raises(NotAllowed):
        keep(somebody, "Mine.")
    for party in ("xp", scope):
        assert not queries.private_notes(somebody, "documents:statement", party=party).exists()


def test_nobody_keeps_or_reads_one_on_behalf_of_a_delegation(states):
    paper, by = text(), officer()
    keep(voice("xp"), "We could.", draft=True)
    note = receive_note(party="xp", number="1", dated=room.DAY, scan=ContentFile(PDF, "n.pdf"), by=by)
    speaking = policy.on_behalf(by, note)
    with pytest.raises(NotAllowed):
        keep(speaking)
    for somebody in (by, speaking):
        assert not queries.private_notes(somebody, "documents:statement", party="xp").exists()
    take_position(version=paper, party=states["xp"], stance=Stance.CAN_JOIN, block="b4", by=speaking)
    assert PrivateNote.objects.filter(draft=True).exists()


def test_a_delegation_reads_the_notes_on_this_text_only(states):
    by = voice("xp")
    for subject in ("documents:statement", ABOUT, "documents:statement-2", "documents:statement-2#b4", "silences:x"):
        keep(by, subject=subject)
    found = queries.private_notes(by, "documents:statement", party="xp").values_list("subject", flat=True)
    assert sorted(found) == ["documents:statement", ABOUT]


def test_a_note_ends_with_the_right_to_it(states):
    by = voice("xp")
    keep(by)
    by.grants.update(until=room.DAY)
    policy.forget(by)
    assert not queries.private_notes(by, "documents:statement", party="xp").exists()
    assert PrivateNote.objects.exists()
