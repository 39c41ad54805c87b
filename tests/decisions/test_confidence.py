"""What is not for everybody stays with those it is for, by whatever door one asks."""

import datetime as dt
import json

import pytest
import time_machine
from django.test import Client

from chancery.core.text import LocalizedText
from chancery.decisions.acts import followup, room
from chancery.decisions.acts.adoption import enter
from chancery.decisions.models import Decision
from chancery.decisions.queries import handover as handovers
from chancery.decisions.queries import reading
from chancery.decisions.rules import Manner, Verb
from chancery.decisions.rules.silence import ReplyKind, TextFrozen
from chancery.documents.acts.register import classify
from chancery.documents.models import Document, Position
from chancery.documents.rules.access import Classification
from chancery.duties.models import Letter
from chancery.journal.models import Entry
from chancery.notices.models import Notice
from chancery.people import policy
from tests.cast import STATES, account
from tests.decisions import quiet, texts
from tests.people.cast import client_of

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
    assert entry.is_public
    assert "lifted" not in json.loads(entry.public)["said"]
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
    assert (higher.classification, higher.is_public) == ("public", False)
    page = Client().get(f"/en/documents/{higher.document_id}/").text
    assert f"/decisions/{higher.ref}/" not in page
    assert not policy.may(None, "documents.read", reading.audience(higher))


def test_the_handover_file_names_no_paper_of_the_secretariat(chair):
    inside = texts.version(texts.document("pra-soc-2024-l.9", route="statement", classification="secretariat"))
    shown = texts.version(texts.document("pra-soc-2024-l.8", route="statement"))
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
    member = client_of(texts.voice("xp"))
    assert "13 December 2024" in member.get(f"/en/documents/{version.document_id}/").text
    assert "Silence until" not in before


def test_the_draft_on_a_candidature_is_named_to_those_who_may_read_it(chair, documents, protocol, states):
    from chancery.decisions.acts import candidature
    from chancery.decisions.rules.candidature import Term

    made = candidature.declare(party=states["xa"], term=Term.NEXT, declared=dt.date(2024, 12, 4), by=protocol)
    draft = texts.document("draft", classification="secretariat")
    candidature.put_forward(candidature=made, document=draft, by=documents)
    for who, told in ((texts.voice("xb"), False), (documents, True)):
        page = client_of(who).get("/en/chair/candidatures/").text
        assert ("Statement on confidence" in page) is told


def test_no_letter_tells_who_broke_silence(chair):
    """Reasons are for members, also on a text that everybody may read; letters go through many hands."""
    texts.voice("xa")
    running = quiet.opened(chair, texts.version(texts.document(classification="public")))
    quiet.says(running, texts.voice("xp"), "xp", ReplyKind.OBJECTION, "It names our port.")
    told = "\n".join(f"{one.subject}\n{one.body}" for one in Letter.objects.all())
    assert "PRA/SOC/2024/L.1" in told
    assert not [one for one in ("port", "Maravel", "broke", "confidence") if one in told]
