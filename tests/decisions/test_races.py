"""What two do at the same instant, with the real lock: one waits while another transaction holds it, and the clock
goes on. The result is one, and whoever came second is told so, with the words still in the form."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from chancery.decisions.acts import room
from chancery.decisions.acts import silence as acts
from chancery.decisions.models import Decision, Reply, Silence
from chancery.decisions.rules import Verb
from chancery.decisions.rules.consensus import AlreadyDecided
from chancery.decisions.rules.silence import AlreadyRunning, ReplyKind, Shape, SilenceOver
from chancery.journal.acts import recording
from chancery.journal.models import Entry
from chancery.meetings.models import Meeting
from chancery.notices.models import Notice
from chancery.parties.models import Party
from chancery.people import policy
from tests.cast import STATES
from tests.decisions import at_once, quiet, texts
from tests.decisions.at_once import Doing, journal_holds, locked
from tests.people.cast import client_of, code, person

EXPIRES = quiet.EXPIRES
MOMENT = dt.timedelta(milliseconds=1)
OBJECTION = {"kind": "objection", "words": "Paragraph 2 goes too far.", "wording": "", "language": "en"}


@pytest.fixture
def session(fresh_database) -> Meeting:
    at_once.stage()
    return Meeting.objects.get()


@pytest.fixture
def chair(session):
    return quiet.presidency()


def objects(silence: Silence, by: Any, party: str = "xp") -> Callable[[], Reply]:
    of = Party.objects.get(pk=party)
    return lambda: acts.reply(silence=silence, party=of, kind=ReplyKind.OBJECTION, words="Too far.", by=by)


def closes(silence: Silence) -> Callable[[], Decision | None]:
    return lambda: acts.close(ref=silence.ref, by=policy.CLOCK)


# ------------------------------------------------------------------------------------------------ the last instant
@pytest.mark.parametrize(
    ("gets_the_lock", "late"),
    [(EXPIRES - MOMENT, False), (EXPIRES, True), (EXPIRES + MOMENT, True)],
)
def test_an_objection_counts_by_the_instant_at_which_it_gets_the_lock(chair, gets_the_lock, late):
    """It was sent in time; the record was busy. What counts is the instant that its entry bears."""
    silence, voice = quiet.opened(chair), texts.voice("xp")
    with time_machine.travel(EXPIRES - MOMENT, tick=False) as time:
        with locked():
            objection = Doing(objects(silence, voice)).waits()
            time.move_to(gets_the_lock)
        made = objection.ended().made
        assert (made.at, made.late) == (gets_the_lock, late)
        time.move_to(EXPIRES + MOMENT)
        decided = acts.close(ref=silence.ref, by=policy.CLOCK)
    assert bool(decided) is late
    assert quiet.now(silence).outcome == ("adopted" if late else "broken")
    entry = Entry.objects.get(seq=made.seq)
    assert entry.act == ("decisions.object-late" if late else "decisions.break-silence")
    journal_holds()


def test_an_objection_that_has_the_lock_in_time_breaks_however_long_it_takes(chair):
    silence, voice = quiet.opened(chair), texts.voice("xp")
    with time_machine.travel(EXPIRES - MOMENT, tick=False) as time:
        with recording():  # the act joins the transaction that has the lock already
            time.move_to(EXPIRES + dt.timedelta(seconds=5))
            clock = Doing(closes(silence)).waits()
            made = objects(silence, voice)()
        assert clock.ended().made is None
    assert (made.late, made.at) == (False, EXPIRES - MOMENT)
    assert quiet.now(silence).outcome == "broken"
    assert not Decision.objects.exists()
    journal_holds()


def test_an_objection_and_the_clock_wait_for_one_lock(chair):
    """Whoever of the two comes first: after the expiry the text is adopted and the objection is late."""
    silence, voice = quiet.opened(chair), texts.voice("xp")
    with time_machine.travel(EXPIRES - MOMENT, tick=False) as time:
        with locked():
            objection = Doing(objects(silence, voice)).waits()
            time.move_to(EXPIRES)
            clocks = [Doing(closes(silence)).waits() for _each in range(2)]
        assert objection.ended().made.late
        assert [bool(one.ended().made) for one in clocks].count(True) == 1
    assert quiet.now(silence).outcome == "adopted"
    assert Decision.objects.get().expired == EXPIRES
    journal_holds()


def test_the_page_says_that_what_was_sent_in_time_was_recorded_too_late(chair):
    silence, voice = quiet.opened(chair), quiet.voice("xp")
    url = f"/en/silence/{silence.ref}/"
    with time_machine.travel(EXPIRES - MOMENT, tick=False) as time:
        client = client_of(voice)
        assert "You are about to break silence" in client.post(f"{url}reply/", OBJECTION).text
        with locked():
            sending = Doing(lambda: client.post(f"{url}reply/", {**OBJECTION, "code": code()})).waits()
            time.move_to(EXPIRES + MOMENT)
        assert sending.ended().made.status_code == 302
        page = client.get(url).text
    assert "Your objection is recorded as late. It changes nothing." in page
    assert Reply.objects.get().late
    assert quiet.now(silence).outcome == ""  # until the clock comes


# ------------------------------------------------------------------------------------------------ two at once
@pytest.mark.parametrize("other", ["xp", "xa"])
def test_two_delegates_object_at_the_same_instant(chair, other):
    """Of one State or of two: one breaks silence, the other is told so and keeps the words."""
    silence = quiet.opened(chair)
    first, second = person("First", ("delegate", "xp")), person("Second", ("delegate", other))
    url = f"/en/silence/{silence.ref}/reply/"
    said = {first.pk: "Paragraph 2 goes too far.", second.pk: "Paragraph 2 says too little."}

    def sends(who: Any) -> Callable[[], Any]:
        client = client_of(who)
        return lambda: client.post(url, {**OBJECTION, "words": said[who.pk], "code": code()})

    with time_machine.travel(quiet.BETWEEN, tick=False):
        ready = [sends(first), sends(second)]
        with locked():
            both = [Doing(one).waits() for one in ready]
        answers = [one.ended().made for one in both]
    assert sorted(one.status_code for one in answers) == [302, 409]
    lost = next(place for place, one in enumerate(answers) if one.status_code == 409)
    page = answers[lost].text
    by = {"xp": "Maravel", "xa": "Aldora"}[quiet.now(silence).broken_by_id]
    assert f"Silence is broken already, by {by}." in page.replace("\u2068", "").replace("\u2069", "")
    assert list(said.values())[lost] in page
    assert Reply.objects.get().words == list(said.values())[1 - lost]
    assert Entry.objects.filter(act="decisions.break-silence").count() == 1
    told = Notice.objects.filter(event="silence-broken")
    assert told.count() == told.values("account").distinct().count() == 3
    journal_holds()


def adopts(version: Any, by: Any) -> Callable[[], Decision]:
    given = {"version": version, "body": texts.body("soc"), "session": Meeting.objects.get(), "verb": Verb.APPROVE}
    return lambda: room.adopt(**given, present=tuple(STATES), by=by)


def test_of_two_who_adopt_in_the_room_the_second_is_told_and_keeps_who_was_present(chair, session):
    version = texts.version()
    url = f"/en/room/{session.ref}/{version.document_id}/adoption/"
    typed = {"verb": "approve", "present": ["xa", "xb", "xm"]}
    with time_machine.travel(quiet.OPENED, tick=False):
        clients = [client_of(chair), client_of(person("Officer", ("officer", "documents")))]
        with locked():
            both = [Doing(lambda client=client: client.post(url, typed)).waits() for client in clients]
        answers = sorted((one.ended().made for one in both), key=lambda one: one.status_code)
    assert [one.status_code for one in answers] == [302, 409]
    page = answers[1].text
    assert "has decided on this document already" in page
    assert page.count("checked") == 3
    assert Decision.objects.count() == Entry.objects.filter(act="decisions.adopt").count() == 1
    journal_holds()


@pytest.mark.parametrize("room_first", [True, False])
def test_a_text_is_adopted_in_the_room_when_the_clock_closes_its_silence(chair, room_first):
    version = texts.version()
    silence, adopt = quiet.opened(chair, version), adopts(version, chair)
    with time_machine.travel(EXPIRES, tick=False):
        with locked():
            first = Doing(adopt if room_first else closes(silence)).waits()
        first.ended()
        with locked():
            second = Doing(closes(silence) if room_first else adopt).waits()
        second.ended()
    refused = (first if room_first else second).refused
    assert type(refused) is (AlreadyRunning if room_first else AlreadyDecided)
    assert Decision.objects.get().manner == "silence"
    assert quiet.now(silence).outcome == "adopted"


def test_the_room_and_the_clock_wait_for_one_lock(chair):
    version = texts.version()
    silence, adopt = quiet.opened(chair, version), adopts(version, chair)
    with time_machine.travel(EXPIRES, tick=False):
        with locked():
            both = Doing(adopt).waits(), Doing(closes(silence)).waits()
        in_the_room, clock = (one.ended() for one in both)
    assert type(in_the_room.refused) in (AlreadyRunning, AlreadyDecided)
    assert clock.made == Decision.objects.get()
    journal_holds()


def test_two_presidencies_propose_silence_on_one_text(chair):
    given = {
        "version": texts.version(), "body": texts.body("soc"), "shape": Shape.REGULATION, "verb": Verb.APPROVE,
        "expires": EXPIRES, "basis": "Regulations, article 4", "by": chair,
    }  # fmt: skip
    with time_machine.travel(quiet.OPENED, tick=False):
        with locked():
            both = [Doing(lambda: acts.propose(**given)).waits() for _each in range(2)]
        done = [one.ended() for one in both]
    assert sorted(type(one.refused).__name__ for one in done) == ["AlreadyRunning", "NoneType"]
    assert Silence.objects.count() == 1


# ------------------------------------------------------------------------------------------------ the clock goes back
def test_a_clock_set_back_by_an_hour(chair):
    """What was over stays over, and the record's instants never decrease."""
    hour = dt.timedelta(hours=1)
    silence, voice = quiet.opened(chair), texts.voice("xp")
    other = quiet.opened(chair, texts.version(texts.document("pra-soc-2024-l.2")), expires=EXPIRES + 96 * hour)
    quiet.says(other, texts.voice("xa"), "xa", ReplyKind.COMMENT, "Noted.", at=EXPIRES + MOMENT)
    with time_machine.travel(EXPIRES - hour, tick=False) as time:
        made = objects(silence, voice)()
        assert (made.late, made.at) == (True, EXPIRES + MOMENT)
        with pytest.raises(SilenceOver):
            acts.extend(silence=silence, expires=EXPIRES + 96 * hour, reason="More time.", by=chair)
        with pytest.raises(SilenceOver):
            acts.withdraw(silence=silence, reason="A page is missing.", by=chair)
        assert closes(silence)().expired == EXPIRES
        time.move_to(EXPIRES - 2 * hour)
        assert acts.announce(ref=silence.ref, by=policy.CLOCK)
        assert closes(silence)() is None
        assert closes(other)() is None
        broken = objects(other, voice)()
        assert (broken.late, broken.at) == (False, EXPIRES + MOMENT)
        page = client_of(voice).get(f"/en/silence/{silence.ref}/").text
    assert quiet.now(silence).outcome == "adopted"
    assert "Silence ends in" not in page
    assert Decision.objects.count() == 1
    journal_holds()

