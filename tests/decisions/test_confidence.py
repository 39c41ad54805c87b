"""What is not for everybody stays with those it is for, by whatever door one asks."""

import datetime as dt
import json

import pytest
import time_machine
from django.test import Client

from chancery.decisions.acts import followup, handover, register, room, silence
from chancery.decisions.acts.adoption import enter
from chancery.decisions.models import Decision, Objection
from chancery.decisions.queries import handover as handovers
from chancery.decisions.queries import reading
from chancery.decisions.rules import Manner, Verb
from chancery.decisions.rules.silence import ReplyKind, TextFrozen
from chancery.core.text import LocalizedText
from chancery.documents.acts.register import classify
from chancery.documents.models import Document, Position
from chancery.documents.queries import access
from chancery.documents.rules.access import Classification
from chancery.journal.models import Entry
from chancery.notices.models import Notice
from chancery.people import policy
from tests.cast import STATES, account
from tests.decisions import quiet, texts

pytestmark = pytest.mark.django_db
IN_SESSION = dt.datetime(2024, 12, 4, 7, tzinfo=dt.UTC)  # at noon at the seat


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(IN_SESSION, tick=False):
        yield


@pytest.fixture
def chair(states):
    return account("Chair", ("presidency", ""))


def adopted(version, chair, at: str = "soc", verb: Verb = Verb.APPROVE, **more) -> Decision:
    return room.adopt(
        version=version, body=texts.body(at), session=texts.session(at), verb=verb, present=tuple(STATES), by=chair,
        **more,
    )  # fmt: skip


def test_who_had_objected_is_not_told_to_the_public(chair):
    """Objections and positions are for delegations, also on a public text; that one was lifted tells of it."""
    version = texts.version(texts.document(classification="public"))
    Position.objects.create(
        document=version.document, version=version, party_id="xp", stance="objection", at=IN_SESSION, account="a",
        capacity="delegation of xp",
    )  # fmt: skip
    decision = adopted(version, chair, lifted=["xp"])
    entry = Entry.objects.get(act="decisions.adopt")
    assert entry.is_public and "lifted" not in json.loads(entry.public)["said"]
    assert json.loads(entry.private)["lifted"] == ["xp"]
    assert "Objections withdrawn" not in Client().get(f"/en/decisions/{decision.ref}/").text


def resting(chair) -> tuple[Decision, Decision]:
    """A recommendation that is for members, and what was decided on it when its text was public already."""
    version = texts.version(texts.document(route="statement"))
    lower = adopted(version, chair, "swg", Verb.AGREE)
    Document.objects.filter(pk=version.document_id).update(classification="public")
    version.document.refresh_from_db()
    higher = enter(
        version=version, body=texts.body("soc"), verb=Verb.APPROVE, manner=Manner.SILENCE, taken=dt.date(2024, 12, 5),
        expired=IN_SESSION, recommendation=lower,
    ).decision  # fmt: skip
    return lower, Decision.objects.get(pk=higher.pk)


def test_a_decision_that_rests_on_a_closed_one_is_on_no_public_page(chair):
    _lower, higher = resting(chair)
    assert higher.classification == "public" and not higher.is_public
    page = Client().get(f"/en/documents/{higher.document_id}/").text
    assert f"/decisions/{higher.ref}/" not in page
    assert not policy.may(None, "documents.read", reading.audience(higher))


def test_the_handover_file_names_no_paper_of_the_secretariat(chair):
    inside = texts.version(texts.document("pra-soc-2024-l.9", classification="secretariat"))
    shown = texts.version(texts.document("pra-soc-2024-l.8"))
    content = handovers.contents("", IN_SESSION)
    assert [one["document"] for one in content["texts"]] == [shown.document_id] != [inside.document_id]


def test_who_may_not_read_a_decision_is_not_told_of_what_it_asks(chair, documents):
    texts.observer("qo")
    voice = texts.voice("qo")
    decision = adopted(texts.version(), chair)
    followup.undertake(
        decision=decision, task=LocalizedText({"en": "Report in silence."}), addressee="parties:qo", by=documents
    )
    assert not Notice.objects.filter(account=voice).exists()


def test_who_may_not_read_a_decision_is_not_told_that_it_was_taken(chair):
    from chancery.decisions import announcements

    texts.observer("qo")
    voice = texts.voice("qo")
    _lower, higher = resting(chair)
    announcements.of_decision("decision-taken", higher, IN_SESSION)
    assert not Notice.objects.filter(account=voice).exists()


def test_a_text_under_silence_is_not_taken_from_those_who_may_break_it(chair, documents):
    version = texts.version(texts.document(classification="parties"))
    running = quiet.opened(chair, version)
    for narrower in (Classification.BODY, Classification.SECRETARIAT):
        with pytest.raises(TextFrozen):
            classify(document=version.document, classification=narrower, by=documents)
    assert classify(document=version.document, classification=Classification.PUBLIC, by=documents).is_public
    assert quiet.says(running, texts.voice("xp"), "xp", ReplyKind.OBJECTION, "No.").kind == "objection"


def test_that_silence_runs_on_a_public_text_is_for_the_parties(chair):
    """What happens under silence moves no public page, and so stands on none."""
    version = texts.version(texts.document(classification="public"))
    public = Client()
    before = public.get(f"/en/documents/{version.document_id}/").text
    quiet.opened(chair, version)
    assert "13 December 2024" not in Client().get(f"/en/documents/{version.document_id}/").text
    member = Client()
    member.force_login(texts.voice("xp"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "13 December 2024" in member.get(f"/en/documents/{version.document_id}/").text
    assert "Silence until" not in before
