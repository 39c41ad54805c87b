"""The pages of silence, as those who use them come to them."""

import datetime as dt
import re
from html import unescape

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chancery.bodies.models import Body
from chancery.decisions.acts import silence as acts
from chancery.decisions.models import Reply, Silence
from chancery.decisions.rules.silence import ReplyKind, Shape
from chancery.documents.models import PrivateNote
from chancery.journal.models import Entry
from chancery.people.acts import receive_note
from chancery.people.rules import Role, Unit
from tests.cast import state
from tests.decisions import texts
from tests.decisions.quiet import BETWEEN, EXPIRES, closed, now, opened, presidency, says, voice
from tests.people.cast import CAST, actor, client_of, code, person
from tests.people.test_acts import PDF

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
OBJECTION = {"kind": "objection", "words": "Paragraph 2 goes too far.", "wording": "", "language": "en"}


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(BETWEEN, tick=False):
        yield


@pytest.fixture
def chair(states):
    return presidency()


@pytest.fixture
def silence(chair):
    return opened(chair)


@pytest.fixture
def mine(states):
    return voice("xp")


def at(silence: Silence, *more: str) -> str:
    return "/".join(["/en/silence", silence.ref, *more, ""])


def shown(who, url: str, status: int = 200, **query) -> str:
    answer = client_of(who).get(url, query)
    assert answer.status_code == status, answer.status_code
    return unescape(re.sub(r"\s+", " ", re.sub(r"</?bdi[^>]*>", "", answer.content.decode())))


def sent(who, url: str, **typed):
    return client_of(who).post(url, typed)


def words_of(answer) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"</?bdi[^>]*>", "", answer.content.decode())))


def cost(who, url: str) -> int:
    client = client_of(who)
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


# ---------------------------------------------------------------- to read
def test_the_list_says_what_is_open_how_long_and_what_one_answered(chair, mine):
    first = opened(chair)
    few = cost(mine, "/en/silence/")
    second = opened(chair, texts.version(texts.document("pra-soc-2024-l.2")), expires=EXPIRES + 4 * DAY)
    third = opened(chair, texts.version(texts.document("pra-soc-2024-l.3")))
    assert cost(mine, "/en/silence/") == few <= 14
    says(second, mine, "xp", ReplyKind.ACKNOWLEDGEMENT)
    with time_machine.travel(BETWEEN, tick=False):
        acts.withdraw(silence=third, reason="Not ready", by=chair)
    page = shown(mine, "/en/silence/")
    assert "6 days 23 hours" in page
    assert page.index(at(first)) < page.index(at(second)) < page.index('id="over"') < page.index(at(third))
    assert "your delegation: <b>no reply</b>" in page
    assert "your delegation: <b>acknowledged</b>" in page
    assert 'Silence <span class="n">1<span class="vh"> waiting</span></span>' in page
    assert "Propose silence" not in page
    assert "Propose silence" in shown(chair, "/en/silence/")


def test_the_page_of_a_silence(mine, silence):
    says(silence, voice("xa"), "xa", ReplyKind.ACKNOWLEDGEMENT)
    says(silence, voice("xb"), "xb", ReplyKind.RESERVATION, "Subject to our law.")
    page = shown(mine, at(silence))
    assert "<h1 class=\"wide\">Statement on confidence</h1>" in page
    assert 'href="/en/documents/pra-soc-2024-l/"' in page
    assert "Proposed by the Chair" in page
    assert "Silence ends in" in page
    assert "<span>6<small>days</small></span> <span>23<small>hours</small></span>" in page
    assert "Friday, 13 December 2024, 17:00" in page
    assert "Friday, 13 December 2024, 12:00" in page
    assert "If no Member State breaks silence by then, the text is decided" in page
    assert "4 Member States" in page
    for number, word in ((1, "acknowledged"), (1, "reserved"), (0, "broke silence"), (2, "no reply")):
        assert f"{number} {word}" in page
    assert "Maravel (you)" in page
    assert "No reply counts as consent" in page
    assert "Subject to our law." in page
    assert silence.version.digest in page
    assert "Aldora acknowledged" in page
    assert "Acknowledge receipt" in page
    assert "Record of service" in page
    assert "You see whom of your own delegation it reached." in page
    assert "Withdraw silence" not in page


def test_a_page_costs_the_same_however_much_was_said(silence, mine):
    says(silence, voice("xa"), "xa", ReplyKind.COMMENT, "A comma is missing.")
    few = cost(mine, at(silence))
    for party in ("xb", "xm"):
        says(silence, voice(party), party, ReplyKind.COMMENT, "A comma is missing.")
    assert cost(mine, at(silence)) == few <= 30


def test_the_clock_of_an_open_page(silence, mine):
    assert "Silence ends in" in shown(mine, at(silence, "clock"))
    assert 'hx-trigger="every 30s"' in shown(mine, at(silence, "clock"))
    with time_machine.travel(EXPIRES, tick=False):
        assert "Silence has ended" in shown(mine, at(silence, "clock"))
    closed(silence)
    with time_machine.travel(EXPIRES, tick=False):
        page = shown(mine, at(silence, "clock"))
    assert "Adopted" in page
    assert "every 30s" not in page
    assert client_of(None).get(at(silence, "clock"), headers={"hx-request": "true"}).status_code == 204


def test_how_it_ended_is_said_in_large_words(chair, states):
    version = texts.version()
    outcomes = {}
    first = opened(chair, version)
    says(first, voice("xa"), "xa", ReplyKind.OBJECTION, "Too far.")
    outcomes["Broken by Aldora"] = first
    second = opened(chair, version, at=BETWEEN, opens=BETWEEN + DAY)
    says(second, voice("xb"), "xb", ReplyKind.OBJECTION, "In a meeting, please.")
    outcomes["Not used: Arvessa objected"] = second
    third = opened(chair, version, at=BETWEEN)
    with time_machine.travel(BETWEEN, tick=False):
        acts.withdraw(silence=third, reason="Not ready", by=chair)
    outcomes["Withdrawn"] = third
    fourth = opened(chair, version, at=BETWEEN, replaces=now(third))
    outcomes["Adopted by silence"] = closed(fourth)
    with time_machine.travel(EXPIRES + DAY, tick=False):
        for sentence, one in outcomes.items():
            page = shown(chair, at(one))
            assert f'<h2 id="result">{sentence}' in page
            assert ("The text is not adopted" in page) is (one.ref in (first.ref, third.ref))
        adopted = shown(chair, at(fourth))
    assert "PRA/SOC/2024/DEC.1" in adopted
    assert f'href="/en/decisions/{now(fourth).decision_id}/"' in adopted
    assert "Before and after" in adopted
    assert at(third) in adopted


@pytest.mark.parametrize("tail", ["", "clock/", "service/", "reply/", "extension/", "withdrawal/", "restart/"])
def test_what_is_not_for_somebody_is_not_there(silence, tail):
    texts.observer()
    for who in (voice("qo"), person("Guest")):
        assert client_of(who).get(at(silence) + tail).status_code == 404
    assert "/account/sign-in/" in client_of(None).get(at(silence) + tail).headers["Location"]
    assert client_of(voice("xa")).get("/en/silence/nothing/").status_code == 404


SECRETARIAT = {*(unit.value for unit in Unit), "no-factor", "auditor"}
PARTIES = SECRETARIAT | {"presidency", "delegate", "other-delegate", "focal-point", "administrator", "observer"}
READERS = {
    "public": PARTIES,  # a running silence is for the parties, also on a public text
    "parties": PARTIES,
    "body": PARTIES - {"observer"},
    "secretariat": SECRETARIAT,
}


@pytest.mark.parametrize("classification", READERS)
def test_who_reads_and_who_acts_by_classification(chair, states, classification):
    """Roles × pages × classification. A delegate answers, the Chair and the documents unit lead, for whoever it is."""
    state("xu", "Rosmere")
    texts.observer()
    silence = opened(chair)
    type(silence.version.document).objects.update(classification=classification)
    voices = {"delegate", "other-delegate", "observer"} & READERS[classification]
    leaders = {"documents", "presidency"} & READERS[classification]
    pages = {"": READERS[classification], "clock/": READERS[classification], "service/": READERS[classification],
             "reply/": voices, "extension/": leaders, "withdrawal/": leaders, "restart/": leaders}  # fmt: skip
    for role in CAST:
        client = client_of(actor(role))
        for tail, opens in pages.items():
            status = 200 if role in opens else 403 if role in READERS[classification] else 404
            assert client.get(at(silence) + tail).status_code == status, (role, tail)
        assert (at(silence) in client.get("/en/silence/").content.decode()) is (role in READERS[classification])


def test_who_was_told(silence, chair, mine):
    page = shown(chair, at(silence, "service"))
    assert "Silence was proposed" in page
    assert "Chair of all" in page
    assert "Nobody has been told yet" in shown(mine, at(silence, "service"))  # the account was made later


def test_what_is_typed_stays_text(silence, mine):
    says(silence, voice("xa"), "xa", ReplyKind.STATEMENT, EVIL)
    says(silence, voice("xb"), "xb", ReplyKind.OBJECTION, EVIL)
    page = client_of(mine).get(at(silence)).content.decode()
    assert page.count("&lt;script&gt;alert(1)") == 2
    assert "<script>alert" not in page
    assert "<img src=x" not in page


# ---------------------------------------------------------------- to answer
def test_receipt_is_acknowledged_in_one_click(silence, mine):
    for _twice in range(2):
        answer = sent(mine, at(silence, "reply"), kind="acknowledgement", language="en")
        assert answer.status_code == 302
    assert Reply.objects.get().party_id == "xp"
    assert "Acknowledge receipt" not in shown(mine, at(silence))


@pytest.mark.parametrize("kind", ["comment", "statement", "reservation"])
def test_what_does_not_break_is_taken_at_once(silence, mine, kind):
    answer = sent(mine, at(silence, "reply"), kind=kind, words="Subject to our law.", language="ru")
    assert answer.headers["Location"] == at(silence)
    reply = Reply.objects.get()
    assert (reply.kind, reply.words, reply.language) == (kind, "Subject to our law.", "ru")
    empty = sent(mine, at(silence, "reply"), kind=kind, words="  ", language="ru")
    assert empty.status_code == 422
    assert "Write what your delegation says." in words_of(empty)


def test_silence_is_broken_after_a_second_look_and_a_fresh_code(silence, mine):
    look = sent(mine, at(silence, "reply"), **OBJECTION)
    assert look.status_code == 200
    page = words_of(look)
    assert "You are about to break silence" in page
    assert "Statement on confidence" in page
    assert OBJECTION["words"] in page
    assert "all 4 Member States" in page
    assert not Reply.objects.exists()
    wrong = sent(mine, at(silence, "reply"), **OBJECTION, code="000000")
    assert wrong.status_code == 422
    assert "Incorrect code" in words_of(wrong)
    assert f'name="words" value="{OBJECTION["words"]}"' in words_of(wrong)
    assert not Reply.objects.exists()
    empty = sent(mine, at(silence, "reply"), **OBJECTION, code="")
    assert empty.status_code == 422
    done = sent(mine, at(silence, "reply"), **OBJECTION, code=code())
    assert done.status_code == 302
    assert (now(silence).outcome, now(silence).broken_by_id) == ("broken", "xp")
    assert Entry.objects.filter(act="decisions.break-silence").count() == 1


def test_an_amendment_brings_its_wording(silence, mine):
    typed = {**OBJECTION, "kind": "amendment", "wording": "Invite the Chair to report."}
    assert "Invite the Chair to report." in words_of(sent(mine, at(silence, "reply"), **typed))
    sent(mine, at(silence, "reply"), **typed, code=code())
    assert Reply.objects.get().wording == "Invite the Chair to report."
    assert shown(mine, at(silence)).count("Invite the Chair to report.") == 1


def test_an_amendment_without_wording_is_none(silence, mine):
    bare = sent(mine, at(silence, "reply"), **{**OBJECTION, "kind": "amendment"})
    assert bare.status_code == 422
    assert "Write the wording that you propose." in words_of(bare)


def test_a_recovery_code_is_accepted_once(silence, mine):
    first = RecoveryCodes.activate(mine).get_unused_codes()[0]
    assert sent(mine, at(silence, "reply"), **OBJECTION, code=first).status_code == 302
    assert now(silence).outcome == "broken"
    assert first not in RecoveryCodes.activate(mine).get_unused_codes()


def test_a_code_works_once(chair, mine):
    one, other = opened(chair), opened(chair, texts.version(texts.document("pra-soc-2024-l.2")))
    fresh = code()
    assert sent(mine, at(one, "reply"), **OBJECTION, code=fresh).status_code == 302
    assert sent(mine, at(other, "reply"), **OBJECTION, code=fresh).status_code == 422
    assert now(other).outcome == ""


def test_codes_cannot_be_tried_for_long(silence, mine):
    answers = [sent(mine, at(silence, "reply"), **OBJECTION, code="000000") for _each in range(6)]
    assert {one.status_code for one in answers} == {422}
    assert "Too many failed" in words_of(answers[-1])
    assert sent(mine, at(silence, "reply"), **OBJECTION, code=code()).status_code == 422
    assert now(silence).outcome == ""


@pytest.mark.parametrize("words", ["", "   "])
def test_an_objection_needs_its_reason_before_the_second_look(silence, mine, words):
    answer = sent(mine, at(silence, "reply"), **{**OBJECTION, "words": words})
    assert answer.status_code == 422
    assert "Give the reason." in words_of(answer)


def test_objecting_to_the_proposal(chair, mine):
    silence = opened(chair, opens=BETWEEN + DAY)
    assert "may object to deciding by silence" in shown(mine, at(silence))
    assert "object to deciding by silence" in words_of(sent(mine, at(silence, "reply"), **OBJECTION))
    sent(mine, at(silence, "reply"), **OBJECTION, code=code())
    assert now(silence).outcome == "refused"


def test_what_comes_too_late_is_recorded_and_changes_nothing(silence, mine):
    closed(silence)
    with time_machine.travel(EXPIRES + DAY, tick=False):
        page = shown(mine, at(silence))
        assert "An objection is recorded as late" in page
        assert "it is recorded as late, and changes nothing" in shown(mine, at(silence, "reply"))
        assert "Acknowledge receipt" not in page
        assert "Your objection comes too late" in words_of(sent(mine, at(silence, "reply"), **OBJECTION))
        sent(mine, at(silence, "reply"), **OBJECTION, code=code())
        assert "too late" in shown(mine, at(silence))
    assert Reply.objects.get().late
    assert now(silence).outcome == "adopted"


def test_two_states_break_silence_one_after_the_other(silence, mine):
    look = client_of(mine)
    assert look.post(at(silence, "reply"), OBJECTION).status_code == 200
    says(silence, voice("xa"), "xa", ReplyKind.OBJECTION, "Not yet.")
    late = look.post(at(silence, "reply"), {**OBJECTION, "code": code()})
    assert late.status_code == 409
    assert Entry.objects.filter(act="decisions.break-silence").count() == 1
    assert OBJECTION["words"] in words_of(late)


def test_an_observer_is_informed_and_cannot_break(chair):
    texts.observer()
    silence = opened(chair, texts.version(texts.document(classification="parties")))
    observer = voice("qo")
    page = shown(observer, at(silence))
    assert 'value="comment"' in page
    assert 'value="objection"' not in page
    refused = sent(observer, at(silence, "reply"), **OBJECTION, code=code())
    assert (refused.status_code, "Only a Member State breaks silence" in words_of(refused)) == (403, True)
    assert sent(observer, at(silence, "reply"), kind="comment", words="Noted.", language="en").status_code == 302
    assert now(silence).outcome == ""
    assert "Observers who answered: Orlend (commented)" in shown(chair, at(silence))


def test_only_an_accredited_voice_answers(silence, chair):
    for who in (chair, voice("xa", Role.FOCAL_POINT), person("Office", (Role.OFFICER, "documents"))):
        assert sent(who, at(silence, "reply"), kind="acknowledgement", language="en").status_code == 403
    bare = person("Bare", (Role.DELEGATE, "xb"), factor=False)
    assert "Set up your second factor first" in shown(bare, at(silence))
    assert sent(bare, at(silence, "reply"), **OBJECTION).status_code == 403
    assert not Reply.objects.exists()


def test_a_delegation_prepares_its_answer_among_itself(silence, mine):
    colleague = voice("xp", Role.FOCAL_POINT)
    kept = sent(colleague, at(silence, "reply"), **{**OBJECTION, "wording": "Invite"}, draft="yes")
    assert kept.headers["Location"] == f"{at(silence)}#answer"
    page = shown(mine, at(silence))
    assert OBJECTION["words"] in page
    assert ">Invite</textarea>" in page.replace("\r", "").replace("> Invite", ">Invite")
    assert OBJECTION["words"] not in shown(voice("xa"), at(silence))
    assert not Entry.objects.filter(act="decisions.reply").exists()
    sent(mine, at(silence, "reply"), **OBJECTION, code=code())
    assert not PrivateNote.objects.exists()
    assert sent(person("Office", (Role.OFFICER, "documents")), at(silence, "reply"), draft="yes").status_code == 403


def test_an_officer_records_what_a_note_verbale_says(silence, mine):
    officer = person("Office", (Role.OFFICER, "documents"))
    note = receive_note(
        party="xm", number="12", dated=dt.date(2024, 12, 5), scan=ContentFile(PDF, "n.pdf"), by=officer
    )
    url = at(silence, "reply-by-note")
    assert "XM · 12 · 2024-12-05" in shown(officer, url)
    assert "In the name of Jorvania" in words_of(sent(officer, url, **OBJECTION, note=note.pk))
    assert sent(officer, url, **OBJECTION, note=note.pk, code=code()).status_code == 302
    assert now(silence).broken_by_id == "xm"
    assert Reply.objects.get().capacity == "secretariat on behalf of xm"
    for who in (mine, presidency("soc")):
        assert client_of(who).get(url).status_code == 403


# ---------------------------------------------------------------- the chair's
def proposal_of(version, body: str = "soc") -> str:
    return f"/en/silence/proposal/{version.pk}/{body}/"


TYPED = {
    "shape": "regulation", "basis": "Regulations, article 4", "verb": "approve", "expires_day": "2024-12-13",
    "expires_time": "17:00", "opens_day": "", "opens_time": "", "session": "", "recommendation": "",
}  # fmt: skip


def test_the_chair_proposes_in_three_steps(chair, mine):
    version = texts.version()
    first = shown(chair, "/en/silence/proposal/")
    assert "PRA/SOC/2024/L.1 · Statement on confidence" in first
    chosen = client_of(chair).get("/en/silence/proposal/", {"version": version.pk, "body": "soc"})
    assert chosen.headers["Location"] == proposal_of(version)
    assert client_of(chair).get("/en/silence/proposal/", {"version": "", "body": "soc"}).status_code == 400
    form = shown(chair, proposal_of(version))
    assert "Approved in the room, subject to silence" in form
    assert "endorsed" not in form  # a verb of another body
    assert "11 December 2024" in form  # three working days from Friday
    review = words_of(sent(chair, proposal_of(version), **TYPED))
    assert "Friday, 13 December 2024, 17:00" in review
    assert "Friday, 13 December 2024, 12:00 (UTC)" in review
    assert "6 days 23 hours" in review
    assert "2 people" in review
    assert "Nobody reads here for these" in review
    assert not Silence.objects.exists()
    back = words_of(sent(chair, proposal_of(version), **TYPED, confirmed="yes", again="yes"))
    assert 'value="Regulations, article 4"' in back
    assert not Silence.objects.exists()
    done = sent(chair, proposal_of(version), **TYPED, confirmed="yes")
    silence = Silence.objects.get()
    assert done.headers["Location"] == at(silence)
    assert (silence.expires, silence.opens, silence.shape) == (EXPIRES, BETWEEN, Shape.REGULATION)


def test_the_review_carries_everything_along(chair):
    version, session = texts.version(), texts.session("soc")
    typed = {
        **TYPED, "shape": "subject-to-silence", "session": session.ref, "opens_day": "9 December 2024",
        "opens_time": "10:00",
    }  # fmt: skip
    review = client_of(chair).post(proposal_of(version), typed).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', review))
    hidden |= {name: value for value, name in re.findall(r'type="hidden" value="([^"]*)" name="(\w+)"', review)}
    assert sent(chair, proposal_of(version), **hidden).status_code == 302
    silence = Silence.objects.get()
    assert (silence.session_id, silence.opens) == (session.ref, dt.datetime(2024, 12, 9, 5, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"expires_day": "2024-12-14"}, "14 December 2024 is not a working day at the seat."),
        ({"expires_day": "2024-12-02"}, "Silence would have ended already."),
        ({"expires_time": ""}, "Give a day and a time."),
        ({"expires_day": "", "expires_time": ""}, "Give a day and a time."),
        ({"expires_day": "nonsense"}, "is not a date that can be read"),
        ({"shape": "subject-to-silence"}, "Name the session that approved"),
        ({"shape": "recommended"}, "Name the decision by which a lower body recommends"),
        ({"basis": ""}, "Name the regulation"),
        ({"opens_day": "2024-12-13", "opens_time": "17:00"}, "Silence would have ended already."),
        ({"verb": "endorse"}, "endorse is not one of the available choices"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(chair, changed, sentence):
    version = texts.version()
    answer = sent(chair, proposal_of(version), **{**TYPED, **changed}, confirmed="yes")
    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert words_of(sent(chair, proposal_of(version), **{**TYPED, **changed})).count(sentence) >= 1
    assert not Silence.objects.exists()


def test_a_minimum_names_its_rule(chair, settings):
    import dataclasses

    settings.CHARTER = dataclasses.replace(settings.CHARTER, silence_minimum_hours=720, silence_source="Rule 12")
    version = texts.version()
    assert "A silence lasts 720 hours at least (Rule 12)." in shown(chair, proposal_of(version))
    assert "720 hours at least (Rule 12)" in words_of(sent(chair, proposal_of(version), **TYPED))


def test_who_may_not_propose(chair, mine):
    version = texts.version()
    other = presidency("swg")
    assert client_of(mine).get("/en/silence/proposal/").status_code == 403
    assert sent(mine, proposal_of(version), **TYPED, confirmed="yes").status_code == 403
    assert client_of(other).get("/en/silence/proposal/").status_code == 200
    assert sent(other, proposal_of(version), **TYPED, confirmed="yes").status_code == 403
    assert client_of(person("Guest")).get(proposal_of(version)).status_code == 404
    assert client_of(chair).get(proposal_of(version, "nobody")).status_code == 404
    assert not Silence.objects.exists()


def test_a_silence_is_extended(silence, chair, mine):
    url = at(silence, "extension")
    assert 'value="2024-12-13"' in shown(chair, url)
    early = sent(chair, url, expires_day="2024-12-12", expires_time="17:00", reason="More time")
    assert early.status_code == 422
    assert "Silence ends 13 December 2024, 17:00 (Selmar, UTC+5) as it is." in words_of(early)
    done = sent(chair, url, expires_day="2024-12-17", expires_time="17:00", reason="More time")
    assert done.headers["Location"] == at(silence)
    assert now(silence).expires == EXPIRES + 4 * DAY
    page = shown(mine, at(silence))
    assert "More time" in page
    assert "Silence was extended" in page
    assert client_of(mine).get(url).status_code == 403
    assert client_of(presidency("swg")).get(url).status_code == 403


def test_a_silence_is_withdrawn_and_started_anew(silence, chair, mine):
    assert client_of(mine).get(at(silence, "withdrawal")).status_code == 403
    assert sent(chair, at(silence, "withdrawal"), reason="").status_code == 422
    sent(chair, at(silence, "withdrawal"), reason="A page is missing.")
    assert now(silence).outcome == "withdrawn"
    assert at(silence, "restart") in shown(chair, at(silence))
    form = shown(chair, at(silence, "restart"))
    assert "The text is the same as before." in form
    assert 'value="Regulations, article 4"' in form
    texts.version(silence.version.document, position=2)
    assert "The text has changed since" in shown(chair, at(silence, "restart"))
    assert sent(chair, at(silence, "restart"), **TYPED, confirmed="yes").status_code == 302
    again = Silence.objects.exclude(pk=silence.pk).get()
    assert (again.replaces, again.version.position) == (silence, 2)
    assert client_of(mine).get(at(silence, "restart")).status_code == 403


def test_what_runs_is_not_started_anew(silence, chair):
    answer = sent(chair, at(silence, "restart"), **TYPED, confirmed="yes")
    assert answer.status_code == 409
    assert Silence.objects.count() == 1


def test_from_the_room_the_form_knows_shape_and_session(chair, mine):
    version, session = texts.version(), texts.session("soc")
    asked = {"version": version.pk, "body": "soc", "shape": "subject-to-silence", "session": session.pk}
    led = client_of(chair).get("/en/silence/proposal/", asked).headers["Location"]
    form = shown(chair, led)
    assert f'<option value="{session.pk}" selected>' in form
    assert re.search(r'value="subject-to-silence"[^>]*checked', form)


def test_a_silence_that_lapsed_says_why(chair, silence):
    Body.objects.filter(ref="soc").update(until=dt.date(2024, 12, 10))
    assert closed(silence).outcome == "lapsed"
    page = unescape(shown(chair, at(silence)))
    assert "did not exist any more. The text is not adopted." in page
    assert f"/silence/{silence.ref}/restart/" in page
