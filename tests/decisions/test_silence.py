"""The silence procedure, act by act, with the faults that the rules are made for."""

import datetime as dt
import json

import pytest
import time_machine

from chancery.bodies import acts as bodies
from chancery.bodies.models import Body
from chancery.core.dates import Day
from chancery.core.refusals import NotAllowed
from chancery.decisions.acts import silence as acts
from chancery.decisions.models import Decision, Silence
from chancery.decisions.queries import procedure
from chancery.decisions.rules import BodyDidNotExist, Verb
from chancery.decisions.rules import silence as rules
from chancery.decisions.rules.consensus import (
    AlreadyDecided,
    NotItsTurn,
    ParagraphsOpen,
    StillNegotiated,
    TextAdopted,
    TextReplaced,
    TextWithdrawn,
    VerbOfAnotherLevel,
)
from chancery.decisions.rules.silence import ReplyKind, Shape
from chancery.documents import guards
from chancery.documents.models import Paragraph
from chancery.documents.rules.symbols import VersionKind
from chancery.duties.models import Letter
from chancery.journal.models import Entry
from chancery.notices.models import Notice
from chancery.parties.models import Membership, Party
from chancery.people import policy
from chancery.people.models import Grant
from tests.cast import account, state
from tests.decisions import texts

OPENED = dt.datetime(2024, 12, 4, 13, tzinfo=dt.UTC)  # a Wednesday, 18:00 at the seat
EXPIRES = dt.datetime(2024, 12, 13, 12, tzinfo=dt.UTC)  # a Friday, 17:00 at the seat
LATER = dt.datetime(2024, 12, 17, 12, tzinfo=dt.UTC)
MOMENT = dt.timedelta(milliseconds=1)


@pytest.fixture
def chair(states):
    return account("Chair", ("presidency", ""))


@pytest.fixture
def version(states):
    return texts.version()


def proposed(version, chair, *, at=OPENED, **changes):
    with time_machine.travel(at, tick=False):
        given = dict(
            version=version, body=texts.body("soc"), shape=Shape.REGULATION, verb=Verb.APPROVE, expires=EXPIRES,
            basis="Regulations, article 4",
        )  # fmt: skip
        return acts.propose(**{**given, **changes}, by=chair)


def says(silence, party: str, kind: ReplyKind, words: str = "", *, at, by=None, **more):
    with time_machine.travel(at, tick=False):
        by = by or texts.voice(party)
        return acts.reply(silence=silence, party=Party.objects.get(pk=party), kind=kind, words=words, by=by, **more)


def closed(silence, *, at=EXPIRES):
    with time_machine.travel(at, tick=False):
        decision = acts.close(ref=silence.ref, by=policy.CLOCK)
        acts.announce(ref=silence.ref, by=policy.CLOCK)
        return decision


def now(silence) -> Silence:
    return Silence.objects.get(pk=silence.pk)


# ------------------------------------------------------------------------------------------------ the usual course
def test_unbroken_silence_adopts_numbers_and_tells_everybody(version, chair, states):
    texts.voice("xa")
    silence = proposed(version, chair)
    assert closed(silence, at=EXPIRES - MOMENT) is None
    decision = closed(silence)
    assert (decision.number, decision.verb, decision.manner) == ("PRA/SOC/2024/DEC.1", "approve", "silence")
    assert (decision.taken, decision.expired, decision.version) == (dt.date(2024, 12, 13), EXPIRES, version)
    assert now(silence).outcome == "adopted"
    assert Notice.objects.filter(subject=f"silences:{silence.ref}", event="silence-adopted").count() == 2
    assert Letter.objects.filter(to="voice.of.xa@practice.example").count() == 2


def test_the_clock_closes_once(version, chair):
    silence = proposed(version, chair)
    assert closed(silence)
    assert closed(silence) is None
    assert Decision.objects.count() == 1
    assert Entry.objects.filter(act="decisions.close-silence").count() == 1


def test_a_day_of_downtime_changes_nothing(version, chair):
    silence = proposed(version, chair)
    decision = closed(silence, at=EXPIRES + dt.timedelta(days=1))
    assert decision.taken == dt.date(2024, 12, 13)
    assert decision.expired == EXPIRES


def test_numbers_follow_expiry_then_reference(states, chair):
    made = [
        proposed(texts.version(texts.document(f"pra-soc-2024-l.{number}")), chair, expires=EXPIRES + later)
        for number, later in ((1, dt.timedelta(hours=1)), (3, MOMENT), (2, MOMENT))
    ]
    order = procedure.due(EXPIRES + dt.timedelta(hours=2))
    assert order == [made[2].ref, made[1].ref, made[0].ref]
    for ref in order:
        closed(Silence.objects.get(ref=ref), at=EXPIRES + dt.timedelta(hours=2))
    given = {one.document_id: one.number[-1] for one in Decision.objects.all()}
    assert given == {"pra-soc-2024-l.2": "1", "pra-soc-2024-l.3": "2", "pra-soc-2024-l.1": "3"}


def test_what_does_not_break_is_attached(version, chair):
    silence = proposed(version, chair)
    says(silence, "xa", ReplyKind.ACKNOWLEDGEMENT, at=OPENED)
    says(silence, "xb", ReplyKind.STATEMENT, "We understand paragraph 2 as voluntary.", at=OPENED, language="en")
    says(silence, "xm", ReplyKind.RESERVATION, "Subject to our law.", at=OPENED, language="en")
    says(silence, "xp", ReplyKind.COMMENT, "A comma is missing.", at=OPENED)
    decision = closed(silence)
    assert [(one.kind, one.parties, str(one.text)) for one in decision.statements.order_by("position")] == [
        ("interpretative", "xb", "We understand paragraph 2 as voluntary."),
        ("reservation", "xm", "Subject to our law."),
    ]


def test_while_it_runs_the_text_is_frozen(version, chair):
    silence = proposed(version, chair)
    with pytest.raises(rules.TextFrozen):
        guards.check(version.document, VersionKind.REVISION)
    says(silence, "xa", ReplyKind.OBJECTION, "Not now.", at=OPENED)
    guards.check(version.document, VersionKind.REVISION)


# ------------------------------------------------------------------------------------------------------- breaking
@pytest.mark.parametrize("kind", [ReplyKind.OBJECTION, ReplyKind.AMENDMENT])
def test_one_member_breaks_and_everybody_is_told(version, chair, kind):
    silence = proposed(version, chair)
    made = says(silence, "xp", kind, "Paragraph 2 goes too far.", at=EXPIRES - MOMENT, wording="Invite, where useful,")
    kept = now(silence)
    assert (kept.outcome, kept.broken_by_id, kept.ended, made.late) == ("broken", "xp", EXPIRES - MOMENT, False)
    assert closed(silence) is None
    assert not Decision.objects.exists()
    assert Notice.objects.filter(event="silence-broken").count() == 2
    letter = Letter.objects.filter(batch__startswith="silence-broken").first()
    assert "goes too far" not in letter.body, "the text goes to the members only, and so do the words of a letter"


@pytest.mark.parametrize("after", [dt.timedelta(0), MOMENT, dt.timedelta(hours=2)])
def test_from_the_instant_on_an_objection_is_late(version, chair, after):
    silence = proposed(version, chair)
    made = says(silence, "xp", ReplyKind.OBJECTION, "Too late?", at=EXPIRES + after)
    assert made.late
    assert Entry.objects.filter(act="decisions.object-late").count() == 1
    assert closed(silence, at=EXPIRES + dt.timedelta(hours=3)).number
    again = says(silence, "xa", ReplyKind.OBJECTION, "We as well.", at=EXPIRES + dt.timedelta(hours=4))
    assert again.late


def test_a_clock_set_back_by_an_hour_revives_nothing(version, chair, states):
    """The journal's instants never run backwards, so what was over stays over."""
    silence = proposed(version, chair)
    other = proposed(texts.version(texts.document("pra-soc-2024-l.9")), chair, expires=LATER)
    says(other, "xa", ReplyKind.COMMENT, "Noted.", at=EXPIRES + MOMENT)
    made = says(silence, "xp", ReplyKind.OBJECTION, "In time?", at=EXPIRES - dt.timedelta(hours=1))
    assert made.late
    assert closed(silence, at=EXPIRES + dt.timedelta(hours=1))


def test_a_state_that_objects_twice_is_told_that_it_is_broken(version, chair):
    silence = proposed(version, chair)
    voice = texts.voice("xp")
    says(silence, "xp", ReplyKind.OBJECTION, "No.", at=OPENED, by=voice)
    with pytest.raises(rules.AlreadyBroken, match="Maravel"):
        says(silence, "xp", ReplyKind.OBJECTION, "No!", at=OPENED, by=voice)
    assert silence.replies.count() == 1


def test_acknowledging_twice_is_acknowledging_once(version, chair):
    silence = proposed(version, chair)
    voice = texts.voice("xp")
    first = says(silence, "xp", ReplyKind.ACKNOWLEDGEMENT, at=OPENED, by=voice)
    assert says(silence, "xp", ReplyKind.ACKNOWLEDGEMENT, at=OPENED, by=voice) == first


def test_every_word_stays_in_the_journal_and_the_public_learns_nothing(version, chair):
    silence = proposed(version, chair)
    says(silence, "xp", ReplyKind.OBJECTION, "Paragraph 2 goes too far.", at=OPENED)
    entry = Entry.objects.get(act="decisions.break-silence")
    assert not entry.is_public
    assert set(json.loads(entry.public)) == {"account"}, "which is not told, and not in a bundle"
    kept = json.loads(entry.private)
    assert kept["said"] == {"kind": "objection", "words": "Paragraph 2 goes too far.", "party": "xp"}
    assert kept["by"] == "delegation of xp"


# ------------------------------------------------------------------------------------------------------- who may
def test_an_observer_is_informed_and_cannot_break(states, chair):
    texts.observer()
    version = texts.version(texts.document(classification="parties"))
    voice = texts.voice("qo")
    silence = proposed(version, chair)
    assert Notice.objects.filter(account=voice, event="silence-opened").exists()
    with pytest.raises(rules.ObserverCannotBreak, match="Orlend"):
        says(silence, "qo", ReplyKind.OBJECTION, "No.", at=OPENED, by=voice)
    assert says(silence, "qo", ReplyKind.COMMENT, "Good luck.", at=OPENED, by=voice)
    assert now(silence).outcome == ""


def test_an_observer_does_not_hear_of_what_goes_to_members(version, chair):
    texts.observer()
    voice = texts.voice("qo")
    silence = proposed(version, chair)
    assert not Notice.objects.filter(account=voice).exists()
    with pytest.raises(NotAllowed):
        says(silence, "qo", ReplyKind.COMMENT, "Hello?", at=OPENED, by=voice)


def test_a_delegate_whose_accreditation_ended_yesterday(version, chair):
    silence = proposed(version, chair)
    voice = texts.voice("xp")
    Grant.objects.filter(account=voice).update(until=dt.date(2024, 12, 9))
    with pytest.raises(NotAllowed):
        says(silence, "xp", ReplyKind.OBJECTION, "No.", at=dt.datetime(2024, 12, 9, 6, tzinfo=dt.UTC), by=voice)


def test_a_delegate_of_another_state_does_not_speak_for_this_one(version, chair):
    silence = proposed(version, chair)
    with pytest.raises(NotAllowed):
        says(silence, "xp", ReplyKind.OBJECTION, "No.", at=OPENED, by=texts.voice("xa"))


def test_a_member_admitted_while_silence_runs_may_break_it(version, chair):
    silence = proposed(version, chair)
    state("xu", "Rosmere", since=dt.date(2024, 12, 10))
    voice = texts.voice("xu")
    with pytest.raises(NotAllowed):
        says(silence, "xu", ReplyKind.OBJECTION, "Not yet ours.", at=OPENED, by=voice)
    says(silence, "xu", ReplyKind.OBJECTION, "Now ours.", at=dt.datetime(2024, 12, 10, 6, tzinfo=dt.UTC), by=voice)
    assert now(silence).broken_by_id == "xu"


def test_a_member_that_withdrew_while_silence_runs_has_no_voice(version, chair):
    silence = proposed(version, chair)
    Membership.objects.filter(party="xp").update(until=dt.date(2024, 12, 10))
    with pytest.raises(NotAllowed):
        says(silence, "xp", ReplyKind.OBJECTION, "No.", at=dt.datetime(2024, 12, 10, 6, tzinfo=dt.UTC))
    assert closed(silence)


@pytest.mark.parametrize("who", [("delegate", "xp"), ("officer", "press"), ("presidency", "fund"), ("auditor", "")])
def test_only_who_leads_the_body_proposes(version, states, who):
    with pytest.raises(NotAllowed):
        proposed(version, account("Somebody", who))


def test_nobody_but_the_clock_closes(version, chair):
    silence = proposed(version, chair)
    with pytest.raises(NotAllowed):
        acts.close(ref=silence.ref, by=chair)


# --------------------------------------------------------------------------------------------- proposing and ending
def test_the_proposal_itself_may_be_objected_to(version, chair):
    silence = proposed(version, chair, opens=OPENED + dt.timedelta(days=1))
    says(silence, "xa", ReplyKind.OBJECTION, "Let us meet instead.", at=OPENED + dt.timedelta(hours=3))
    assert now(silence).outcome == "refused"
    assert Notice.objects.filter(event="silence-refused").exists()
    assert Entry.objects.filter(act="decisions.refuse-silence").exists()


def test_a_silence_is_extended_and_answers_stay(version, chair):
    silence = proposed(version, chair)
    says(silence, "xa", ReplyKind.ACKNOWLEDGEMENT, at=OPENED)
    with time_machine.travel(OPENED + dt.timedelta(days=1), tick=False):
        made = acts.extend(silence=silence, expires=LATER, reason="Two capitals asked for time.", by=chair)
    assert (made.earlier, now(silence).expires) == (EXPIRES, LATER)
    assert closed(silence, at=EXPIRES) is None
    assert closed(silence, at=LATER).expired == LATER
    assert silence.replies.count() == 1


def test_after_the_end_nothing_is_extended(version, chair):
    silence = proposed(version, chair)
    with time_machine.travel(EXPIRES, tick=False), pytest.raises(rules.SilenceOver):
        acts.extend(silence=silence, expires=LATER, reason="Too late.", by=chair)


def test_a_silence_is_withdrawn_and_restarted(version, chair):
    silence = proposed(version, chair)
    with time_machine.travel(OPENED + dt.timedelta(days=1), tick=False):
        acts.withdraw(silence=silence, reason="A page is missing.", by=chair)
    again = proposed(version, chair, at=OPENED + dt.timedelta(days=2), replaces=now(silence))
    assert again.replaces == silence
    assert closed(silence) is None
    assert closed(again)


def test_what_runs_or_was_adopted_is_not_restarted(version, chair):
    silence = proposed(version, chair)
    with pytest.raises(rules.AlreadyRunning):
        proposed(version, chair, replaces=silence)
    closed(silence)
    with pytest.raises(AlreadyDecided):
        proposed(version, chair, expires=LATER, at=EXPIRES, replaces=now(silence))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"shape": Shape.SUBJECT_TO_SILENCE}, rules.SessionMissing),
        ({"shape": Shape.RECOMMENDED}, rules.RecommendationMissing),
        ({"basis": " "}, rules.RegulationMissing),
        ({"verb": Verb.ADOPT}, VerbOfAnotherLevel),
        ({"expires": OPENED}, rules.ExpiryPassed),
        ({"expires": dt.datetime(2024, 12, 14, 12, tzinfo=dt.UTC)}, rules.NotAWorkingDay),  # a Saturday
        ({"expires": dt.datetime(2026, 12, 16, 12, tzinfo=dt.UTC)}, rules.NotAWorkingDay),  # a holiday of the charter
        # Friday at 23:00 in London is a Saturday at the seat
        ({"expires": dt.datetime(2024, 12, 13, 23, tzinfo=dt.UTC)}, rules.NotAWorkingDay),
    ],
)
def test_what_cannot_be_proposed(version, chair, changes, refusal):
    with pytest.raises(refusal):
        proposed(version, chair, **changes)
    assert not Silence.objects.exists()
    assert not Letter.objects.exists()


def test_an_amendment_says_which_words_would_do(version, chair):
    silence = proposed(version, chair)
    with pytest.raises(rules.WordingMissing):
        says(silence, "xp", ReplyKind.AMENDMENT, "Too far.", at=OPENED)
    assert now(silence).outcome == ""


def test_members_decide_on_what_they_can_read(states, chair):
    with pytest.raises(rules.NotForMembers):
        proposed(texts.version(texts.document(classification="secretariat")), chair)


def test_a_recommendation_is_of_this_text_by_another_body(states, chair):
    elsewhere = texts.version(texts.document("pra-swg-2024-l.1", at="swg"))
    other = closed(proposed(elsewhere, chair, body=texts.body("swg"), verb=Verb.AGREE))
    version = texts.version()
    with pytest.raises(rules.RecommendsSomethingElse):
        proposed(version, chair, shape=Shape.RECOMMENDED, recommendation=other)


def test_silence_is_on_the_latest_version_of_a_text_that_stands(version, chair):
    newer = texts.version(version.document, position=2)
    with pytest.raises(TextReplaced):
        proposed(version, chair)
    version.document.withdrawn = dt.date(2024, 12, 1)
    version.document.save()
    with pytest.raises(TextWithdrawn):
        proposed(newer, chair)


def test_a_text_with_an_open_paragraph_is_not_settled_by_silence(version, chair):
    Paragraph.objects.create(document=version.document, block="b3", status="agreed", body=texts.body("swg"))
    with pytest.raises(ParagraphsOpen, match="2"):
        proposed(version, chair)
    assert proposed(version, chair, verb=Verb.TAKE_NOTE)


def test_a_text_comes_to_a_body_after_those_below_it(states, chair):
    version = texts.version(texts.document(route="statement"))
    with pytest.raises(NotItsTurn):
        proposed(version, chair)


def test_the_decision_of_a_lower_body_has_no_number(states, chair):
    version = texts.version(texts.document(route="statement", at="swg"))
    silence = proposed(version, chair, body=texts.body("swg"), verb=Verb.AGREE)
    decision = closed(silence)
    assert decision.number == ""
    assert proposed(version, chair, at=EXPIRES, expires=LATER)


def test_a_public_text_is_adopted_in_public(states, chair):
    voice = texts.voice("xa")
    version = texts.version(texts.document(classification="public"))
    silence = proposed(version, chair)
    decision = closed(silence)
    entry = Entry.objects.get(act="decisions.close-silence")
    told = json.loads(entry.public)
    assert entry.is_public
    assert told["by"] == "clock"
    assert told["said"]["digest"] == version.digest
    assert f"decisions:{decision.ref}" in told["subjects"]
    assert Notice.objects.filter(account=voice, event="silence-adopted").exists()


def test_a_text_on_its_way_gets_revisions_and_an_adopted_one_corrigenda(states, chair):
    on_its_way = texts.document("pra-swg-2024-l.1", route="statement", at="swg")
    with pytest.raises(StillNegotiated):
        guards.check(on_its_way, VersionKind.CORRIGENDUM)
    version = texts.version(texts.document())
    closed(proposed(version, chair))
    with pytest.raises(TextAdopted):
        guards.check(version.document, VersionKind.REVISION)
    guards.check(version.document, VersionKind.CORRIGENDUM)


# -------------------------------------------------------------------------------------------- a body that is dissolved
def dissolved(until: str, by) -> None:
    with time_machine.travel(OPENED, tick=False):
        bodies.dissolve(body=texts.body("soc"), until=Day.parse(until), source="practice", by=by)


@pytest.mark.parametrize("until", ["2024-12-05", "2024-12-13", "2024-11"])
def test_a_body_is_not_dissolved_before_a_silence_in_it_ends(version, chair, protocol, until):
    proposed(version, chair)
    with pytest.raises(rules.SilenceRunsInBody):
        dissolved(until, protocol)
    assert Body.objects.get(ref="soc").until is None


@pytest.mark.parametrize("until", ["2024-12-14", "2024-12"])  # of a month that is not told closer, the doubt counts
def test_a_body_may_end_after_its_silences(version, chair, protocol, until):
    silence = proposed(version, chair)
    dissolved(until, protocol)
    assert closed(silence).body_id == "soc"


def test_a_body_may_be_dissolved_once_silence_is_over(version, chair, protocol):
    silence = proposed(version, chair)
    says(silence, "xa", ReplyKind.OBJECTION, "Not now.", at=OPENED)
    dissolved("2024-12-05", protocol)
    assert Body.objects.get(ref="soc").until == dt.date(2024, 12, 5)


def test_silence_does_not_outlast_a_body_whose_end_is_known(version, chair, protocol):
    silence = proposed(version, chair)
    dissolved("2024-12-16", protocol)
    with time_machine.travel(OPENED + dt.timedelta(days=1), tick=False), pytest.raises(BodyDidNotExist):
        acts.extend(silence=silence, expires=LATER, reason="Two capitals asked for time.", by=chair)
    with pytest.raises(BodyDidNotExist):
        proposed(texts.version(texts.document("pra-soc-2024-l.2")), chair, expires=LATER)


def test_nothing_is_adopted_in_the_name_of_a_body_that_is_no_more(version, chair):
    """Its end came into the record by a correction, past the act that asks."""
    silence = proposed(version, chair)
    texts.voice("xa")
    Body.objects.filter(ref="soc").update(until=dt.date(2024, 12, 10))
    assert closed(silence) is None
    assert (now(silence).outcome, now(silence).ended) == ("lapsed", EXPIRES)
    assert not Decision.objects.exists()
    assert not Entry.objects.get(act="decisions.lapse-silence").is_public
    assert Notice.objects.filter(event="silence-lapsed").count() == 2
    guards.check(version.document, VersionKind.REVISION)
    Body.objects.filter(ref="soc").update(until=None)
    assert closed(proposed(version, chair, expires=LATER, at=EXPIRES, replaces=now(silence)), at=LATER)
