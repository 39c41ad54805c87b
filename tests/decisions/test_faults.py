"""What goes wrong at once or out of order: each time one result, and a sentence instead of a failure."""

import datetime as dt

import pytest
import time_machine

from chancery.bodies.models import Body
from chancery.core.text import LocalizedText
from chancery.decisions.acts import candidature, followup, register, room
from chancery.decisions.acts.adoption import enter
from chancery.decisions.models import Decision, Silence
from chancery.decisions.rules import BodyDidNotExist, Manner, Verb
from chancery.decisions.rules.candidature import NotADraftDecision, Term
from chancery.decisions.rules.register import FollowUp
from chancery.decisions.rules.silence import ReplyKind
from chancery.documents.models import PrivateNote
from tests.cast import STATES, account
from tests.decisions import quiet, texts
from tests.people.cast import client_of

pytestmark = pytest.mark.django_db
IN_SESSION = dt.datetime(2024, 12, 4, 7, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(IN_SESSION, tick=False):
        yield


@pytest.fixture
def chair(states):
    return account("Chair", ("presidency", ""))


def test_a_decision_is_published_with_its_recommendation_on_the_same_text(chair, documents):
    """The usual case: one text climbs, and each level decides on it."""
    version = texts.version(texts.document(route="statement"))
    lower = room.adopt(
        version=version, body=texts.body("swg"), session=texts.session("swg"), verb=Verb.AGREE,
        present=tuple(STATES), by=chair,
    )  # fmt: skip
    higher = enter(
        version=version, body=texts.body("soc"), verb=Verb.APPROVE, manner=Manner.SILENCE, taken=dt.date(2024, 12, 5),
        expired=IN_SESSION, recommendation=lower,
    ).decision  # fmt: skip
    register.publish(decision=higher, by=documents)
    assert all(one.is_public for one in Decision.objects.all())


def test_a_number_that_somebody_wrote_by_hand_is_never_given_twice(chair):
    for number in ("PRA/SOC/2024/DEC.3bis", "PRA/SOC/2024/DEC.12"):
        decision = enter(
            version=texts.version(texts.document(f"d-{len(number)}")), body=texts.body("soc"), verb=Verb.APPROVE,
            manner=Manner.SILENCE, taken=dt.date(2024, 12, 5), expired=IN_SESSION,
        ).decision  # fmt: skip
        Decision.objects.filter(pk=decision.pk).update(number=number)
    last = enter(
        version=texts.version(texts.document("last")), body=texts.body("soc"), verb=Verb.APPROVE,
        manner=Manner.SILENCE, taken=dt.date(2024, 12, 5), expired=IN_SESSION,
    ).decision  # fmt: skip
    assert last.number == "PRA/SOC/2024/DEC.13"


def test_what_is_said_under_silence_is_kept_as_the_record_keeps_text(chair):
    """A browser sends lines with CR LF; a public record with them in it could be dumped and never loaded."""
    running = quiet.opened(chair, texts.version(texts.document(classification="public")))
    said = "We read paragraph 2\r\nas voluntary.\x0b Se\u0301curite\u0301"
    reply = quiet.says(running, texts.voice("xb"), "xb", ReplyKind.STATEMENT, said)
    kept = "We read paragraph 2\nas voluntary. Sécurité"
    assert reply.words == kept
    assert quiet.closed(running).decision.statements.get().text.texts["en"] == kept


def test_a_body_that_is_dissolved_before_the_end_decides_nothing_by_silence(chair):
    version = texts.version()
    Body.objects.filter(pk="soc").update(until=dt.date(2024, 12, 13), until_as="day")
    with pytest.raises(BodyDidNotExist):
        quiet.opened(chair, version)
    assert not Silence.objects.exists()


def test_two_candidatures_never_share_a_draft(chair, protocol, states):
    made = [
        candidature.declare(party=states[one], term=Term.NEXT, declared=dt.date(2024, 12, 4), by=protocol)
        for one in ("xa", "xb")
    ]
    draft = texts.document("draft")
    draft.kind = "candidature"
    draft.save()
    officer = account("Olga", ("officer", "protocol"), ("officer", "documents"))
    candidature.put_forward(candidature=made[0], document=draft, by=officer)
    with pytest.raises(NotADraftDecision):
        candidature.put_forward(candidature=made[1], document=draft, by=officer)


def test_a_draft_of_nonsense_is_kept_without_it(chair):
    """PostgreSQL keeps no NUL at all."""
    running = quiet.opened(chair)
    member = client_of(texts.voice("xp"))
    answer = member.post(f"/en/silence/{running.ref}/reply/", {"draft": "1", "words": "We\0 wait", "kind": "\0x"})
    assert answer.status_code == 302
    assert PrivateNote.objects.values_list("words", "stance").get() == ("We wait", "")


def test_what_is_reported_is_kept_as_the_record_keeps_text(chair, documents):
    version = texts.version(texts.document(classification="public"))
    running = quiet.opened(chair, version)
    owed = followup.undertake(
        decision=quiet.closed(running).decision, task=LocalizedText({"en": "Report"}), addressee="parties:xp",
        by=documents,
    )  # fmt: skip
    told = followup.report_progress(undertaking=owed, status=FollowUp.DONE, evidence="See\r\nhere\x0b ", by=documents)
    assert told.evidence == "See\nhere"
