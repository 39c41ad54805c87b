"""Deciding in the room: what happens, what is refused, and who is told."""

import datetime as dt
import json
import threading

import pytest
import time_machine
from django.db import connection

from chancery.core.models import Source
from chancery.core.refusals import NotAllowed, Refusal
from chancery.core.text import LocalizedText
from chancery.decisions.acts import room as acts
from chancery.decisions.acts.adoption import Said
from chancery.decisions.models import Decision, Objection, Silence, Statement
from chancery.decisions.queries import route as queries
from chancery.decisions.rules import SessionOfAnotherBody, Verb
from chancery.decisions.rules.consensus import (
    AlreadyDecided,
    NoQuorum,
    NotAMemberObjects,
    NotItsTurn,
    Objected,
    ParagraphsOpen,
    SessionNotSitting,
    TextAdopted,
    TextReplaced,
    TextWithdrawn,
    VerbOfAnotherLevel,
)
from chancery.decisions.rules.register import (
    LinkedToLater,
    LinkKind,
    NotAMemberSpeaks,
    StatementKind,
    WordsOfStatementMissing,
)
from chancery.decisions.rules.silence import AlreadyRunning
from chancery.documents import guards, routes
from chancery.documents.models import Call, Paragraph, Position
from chancery.documents.rules.symbols import VersionKind
from chancery.duties.models import Letter
from chancery.journal.models import Entry
from chancery.meetings.models import Meeting
from chancery.notices.models import Notice
from chancery.parties.models import Membership, Party
from tests.cast import STATES, account, state
from tests.decisions import texts
from tests.decisions.test_decisions import queries_of

pytestmark = pytest.mark.django_db
IN_SESSION = dt.datetime(2024, 12, 4, 7, tzinfo=dt.UTC)  # at noon at the seat
ALL = tuple(STATES)  # four members, of whom three make a quorum


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(IN_SESSION, tick=False):
        yield


@pytest.fixture
def chair(states):
    return account("Chair", ("presidency", ""))


@pytest.fixture
def version(states):
    return texts.version()


def adopt(version, by, *, at="soc", session=None, verb=Verb.APPROVE, present=ALL, **more) -> Decision:
    return acts.adopt(
        version=version, body=texts.body(at), session=session or sat(at), verb=verb, present=present, by=by, **more
    )


def sat(at: str = "soc") -> Meeting:
    """The session of a body that sits today, made once."""
    return Meeting.objects.filter(body=at).first() or texts.session(at)


def objects(version, by, party: str, reason: str = "", *, at="soc") -> Objection:
    return acts.object_in_room(
        version=version, body=texts.body(at), session=sat(at), party=Party.objects.get(pk=party), reason=reason, by=by
    )


def kept(entry: Entry) -> dict:
    return json.loads(entry.private)


# ---------------------------------------------------------------- what happens
def test_a_body_decides_and_the_text_is_numbered(version, chair):
    decision = adopt(version, chair)
    assert (decision.body_id, decision.verb, decision.manner, decision.taken) == (
        "soc", "approve", "session", dt.date(2024, 12, 4)
    )  # fmt: skip
    assert decision.number == "PRA/SOC/3/DEC.1"
    assert decision.version == version
    assert decision.classification == "body"
    entry = Entry.objects.get()
    assert (entry.act, entry.is_public) == ("decisions.adopt", False)
    told = kept(entry)
    assert told["by"] == "chair"
    assert told["said"]["present"] == sorted(ALL)
    assert told["said"]["digest"] == version.digest
    assert told["said"]["rows"][0]["row"]["number"] == "PRA/SOC/3/DEC.1"


def test_what_is_decided_on_a_public_text_is_told_to_all(states, chair):
    decision = adopt(texts.version(texts.document(classification="public")), chair)
    entry = Entry.objects.get()
    assert entry.is_public
    assert {fact["ref"] for fact in json.loads(entry.public)["facts"]} == {decision.ref}


def test_a_text_climbs_its_route_and_bears_a_number_at_its_end(states, chair):
    version = texts.version(texts.document(route="statement", at="swg"))
    forwarded = adopt(version, chair, at="swg", verb=Verb.SUPPORT_IN_PRINCIPLE)
    assert forwarded.number == ""
    texts.body("soc")
    with pytest.raises(NotItsTurn, match="This document is before Senior Officials Committee; Ministerial Council"):
        adopt(version, chair, at="mc", verb=Verb.ADOPT)
    assert adopt(version, chair, at="soc", verb=Verb.FINALISE).number == ""
    assert adopt(version, chair, at="mc", verb=Verb.ADOPT).number == "PRA/MC/3/DEC.1"


def test_a_session_that_was_held_is_recorded_on_its_last_day(version, chair):
    session = texts.session("soc", day=dt.date(2024, 12, 2))
    Meeting.objects.filter(pk=session.pk).update(ends=dt.date(2024, 12, 3), until=dt.date(2024, 12, 4))
    assert adopt(version, chair, session=session).taken == dt.date(2024, 12, 3)


def test_everybody_whom_it_concerns_is_told(version, chair, documents, states):
    for party in ("xa", "xp"):
        texts.voice(party)
    state("qo", "Orlend", capacity="observer")
    texts.voice("qo")
    adopt(version, chair)
    told = {one.account.name: one for one in Notice.objects.select_related("account")}
    assert set(told) == {"Voice of xa", "Voice of xp", "Chair", "Dana Documents"}  # the text is for members
    assert "Statement on confidence" in told["Voice of xa"].words["title"]["en"]
    assert "Statement" not in Letter.objects.first().subject  # a letter says no more than what is known to all


def test_statements_and_links_stay_with_the_decision(version, chair):
    earlier = adopt(texts.version(texts.document("pra-soc-2023-l-9")), chair)
    decision = adopt(
        version, chair, links=[(LinkKind.SUPERSEDES, earlier), (LinkKind.SUPERSEDES, earlier)],
        statements=[
            Said(StatementKind.INTERPRETATIVE, "xa xb", LocalizedText({"en": "We read paragraph 1 as it stands."})),
            Said(StatementKind.RESERVATION, "xp", LocalizedText({"ru": "Оговорка."})),
        ],
    )  # fmt: skip
    assert [(one.kind, one.parties) for one in decision.statements.order_by("position")] == [
        ("interpretative", "xa xb"), ("reservation", "xp"),
    ]  # fmt: skip
    assert [one.other for one in decision.links.all()] == [earlier]
    rows = kept(Entry.objects.order_by("-seq").first())["said"]["rows"]
    assert [one["table"] for one in rows] == ["decisions", "statements", "statements", "decision_links"]
    assert rows[1]["row"]["text.en"] == "We read paragraph 1 as it stands."


# ---------------------------------------------------------------- what is refused
def _planned(version):
    return {"session": texts.session("soc", day=dt.date(2024, 12, 5))}


def _called_off(version):
    session = sat()
    Meeting.objects.filter(pk=session.pk).update(called_off="postponed")
    return {"session": session}


def _elsewhere(version):
    return {"session": texts.session("mc")}


def _withdrawn(version):
    version.document.withdrawn = dt.date(2024, 12, 1)
    version.document.save()
    return {}


def _replaced(version):
    texts.version(version.document, position=2)
    return {}


def _silent(version):
    Silence.objects.create(
        version=version, body=texts.body("soc"), shape="regulation", verb="approve", proposed=IN_SESSION,
        opens=IN_SESSION, expires=IN_SESSION + dt.timedelta(days=5),
    )  # fmt: skip
    return {}


def _asked_for_positions(version):
    Call.objects.create(version=version, kind="positions", opened=IN_SESSION, due=IN_SESSION)
    Paragraph.objects.create(
        document=version.document, block="b2", status="agreed", body=texts.body("soc"), closed=dt.date(2024, 12, 3)
    )
    return {}


def _objecting(version):
    _position(version, "xp", "objection")
    return {}


def _late_link(version):
    later = Decision.objects.create(
        ref="later", body=texts.body("soc"), manner="session", verb="approve", taken=dt.date(2024, 12, 5),
        title=LocalizedText({"en": "Later"}), source="practice",
    )  # fmt: skip
    return {"links": [(LinkKind.AMENDS, later)]}


@pytest.mark.parametrize(
    ("made", "refusal"),
    [
        (lambda version: {"present": ALL[:2]}, NoQuorum),
        (lambda version: {"present": [*ALL[:2], "qo", "qo2"]}, NoQuorum),
        (lambda version: {"verb": Verb.ADOPT}, VerbOfAnotherLevel),
        (_elsewhere, SessionOfAnotherBody),
        (_planned, SessionNotSitting),
        (_called_off, SessionNotSitting),
        (_withdrawn, TextWithdrawn),
        (_replaced, TextReplaced),
        (_silent, AlreadyRunning),
        (_asked_for_positions, ParagraphsOpen),
        (_objecting, Objected),
        (_late_link, LinkedToLater),
        (
            lambda version: {"statements": [Said(StatementKind.RESERVATION, "qo", LocalizedText({"en": "We …"}))]},
            NotAMemberSpeaks,
        ),
        (
            lambda version: {"statements": [Said(StatementKind.RESERVATION, "xa", LocalizedText())]},
            WordsOfStatementMissing,
        ),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_not_decided_leaves_no_trace(version, chair, made, refusal):
    asked = made(version)
    before = Decision.objects.count()
    with pytest.raises(refusal):
        adopt(version, chair, **asked)
    assert Decision.objects.count() == before
    assert [model.objects.count() for model in (Entry, Statement, Notice)] == [0, 0, 0]


def test_a_text_is_decided_upon_once(version, chair):
    adopt(version, chair)
    with pytest.raises(AlreadyDecided, match="Senior Officials Committee has decided"):
        adopt(version, chair)
    assert Decision.objects.count() == 1


def test_a_body_takes_note_of_a_text_once_in_a_session(version, chair):
    adopt(version, chair, verb=Verb.TAKE_NOTE)
    with pytest.raises(AlreadyDecided):
        adopt(version, chair, verb=Verb.TAKE_NOTE)
    again = texts.session("soc", day=dt.date(2024, 12, 3), ordinal=4)
    assert adopt(version, chair, session=again, verb=Verb.APPROVE).number  # it may come back to it


def test_the_members_of_the_day_make_the_quorum(version, chair, states):
    Membership.objects.filter(party="xp").update(until=dt.date(2024, 12, 4))  # withdrew that very day
    with pytest.raises(NoQuorum, match="1 members are present; a decision needs 2 of 3"):
        adopt(version, chair, present=["xa", "xp"])
    adopt(version, chair, present=["xa", "xb"])


@pytest.mark.parametrize("who", ["public", "delegate", "press", "reader"])
def test_who_does_not_decide(request, version, who):
    person = None if who == "public" else request.getfixturevalue(who)
    for act in (lambda: adopt(version, person), lambda: objects(version, person, "xp")):
        with pytest.raises(NotAllowed):
            act()
    assert not Entry.objects.exists()


def test_the_secretariat_records_for_the_chair(version, documents):
    adopt(version, documents)
    assert kept(Entry.objects.get())["by"] == "secretariat for the chair"


def test_the_chair_does_not_decide_on_what_it_may_not_read(states, chair):
    hidden = texts.version(texts.document(classification="secretariat"))
    with pytest.raises(NotAllowed):
        adopt(hidden, chair)


# ---------------------------------------------------------------- objections
def _position(version, party: str, stance: str, **more) -> Position:
    return Position.objects.create(
        document=version.document, version=version, party_id=party, stance=stance, at=IN_SESSION, account="a",
        capacity=f"delegation of {party}", **more,
    )  # fmt: skip


def test_an_objection_keeps_the_text_before_the_body(version, chair, states):
    texts.voice("xa")
    found = objects(version, chair, "xp", "The second paragraph binds us.")
    assert (found.party_id, found.reason) == ("xp", "The second paragraph binds us.")
    entry = Entry.objects.get()
    assert (entry.act, entry.is_public) == ("decisions.object-in-room", False)
    assert kept(entry)["said"]["reason"] == "The second paragraph binds us."
    assert Notice.objects.filter(event="objection-in-room", account__name="Voice of xa").exists()
    with pytest.raises(Objected, match="^XP object"):
        adopt(version, chair)
    assert adopt(version, chair, lifted=["xp"]).pk
    assert kept(Entry.objects.order_by("-seq").first())["said"]["lifted"] == ["xp"]


def test_to_object_twice_is_to_object_once(version, chair):
    assert objects(version, chair, "xp") == objects(version, chair, "xp", "Again.")
    assert Entry.objects.count() == 1


def test_an_observer_does_not_object(version, chair):
    state("qo", "Orlend", capacity="observer")
    with pytest.raises(NotAMemberObjects, match="Orlend is not a Member State"):
        objects(version, chair, "qo")
    assert not Objection.objects.exists()


def test_a_revised_text_is_put_anew(version, chair):
    objects(version, chair, "xp")
    revised = texts.version(version.document, position=2)
    assert adopt(revised, chair).version == revised


@pytest.mark.parametrize(
    ("given", "stands"),
    [
        ({}, True),
        ({"block": "b3"}, True),
        ({"block": "b99"}, False),  # the paragraph is not in the text any more
        ({"sounding": True}, False),  # between the delegation and the chair
    ],
)
def test_which_objections_on_record_stand(version, chair, given, stands):
    _position(version, "xp", "objection", **given)
    if stands:
        with pytest.raises(Objected):
            adopt(version, chair)
    else:
        adopt(version, chair)


def test_an_objection_ends_with_membership(version, chair):
    _position(version, "xp", "objection")
    Membership.objects.filter(party="xp").update(until=dt.date(2024, 12, 1))
    assert adopt(version, chair).pk


def test_a_body_that_decides_by_majority_is_not_bound_by_one_objection(version, chair):
    _position(version, "xp", "objection")
    texts.body("soc")
    type(texts.body("soc")).objects.update(decision_rule="majority")
    assert adopt(version, chair).pk


# ---------------------------------------------------------------- paragraphs
def test_loose_verbs_let_a_text_go_on_while_paragraphs_are_open(version, chair):
    _asked_for_positions(version)
    assert queries.open_paragraphs(version) == ["1", "2"]
    with pytest.raises(ParagraphsOpen, match="Paragraphs 1, 2 are still open"):
        adopt(version, chair)
    assert adopt(version, chair, verb=Verb.TAKE_NOTE).pk


def test_what_is_agreed_ad_referendum_is_not_open(version, chair):
    for block in ("b2", "b3", "b4"):
        Paragraph.objects.create(document=version.document, block=block, status="ad-referendum", body=texts.body("soc"))
    assert adopt(version, chair).pk


# ---------------------------------------------------------------- afterwards
def test_adopted_text_never_changes(version, chair):
    guards.check(version.document, VersionKind.REVISION)
    adopt(version, chair)
    with pytest.raises(TextAdopted, match="never changes"):
        guards.check(version.document, VersionKind.REVISION)
    guards.check(version.document, VersionKind.CORRIGENDUM)


def test_a_text_that_climbs_may_change_until_its_last_body_decides(states, chair):
    version = texts.version(texts.document(route="plan", at="swg"))
    adopt(version, chair, at="swg", verb=Verb.AGREE)
    guards.check(version.document, VersionKind.REVISION)
    adopt(version, chair, at="soc", verb=Verb.APPROVE)
    with pytest.raises(TextAdopted):
        guards.check(version.document, VersionKind.REVISION)


def test_the_way_of_a_text(states, chair, documents, delegate):
    document = texts.document(route="statement", at="swg")
    for body in ("soc", "mc"):
        texts.body(body)
    version = texts.version(document)

    def steps(person=None):
        return [(one.body, one.status.value, str(one.verb), bool(one.decision)) for one in routes.way(document, person)]

    assert steps() == [("swg", "now", "", False), ("soc", "ahead", "", False), ("mc", "ahead", "", False)]
    adopt(version, chair, at="swg", verb=Verb.AGREE)
    assert steps(delegate) == [("swg", "done", "agreed", True), ("soc", "now", "", False), ("mc", "ahead", "", False)]
    assert steps() == [("swg", "done", "", False), ("soc", "now", "", False), ("mc", "ahead", "", False)]
    _silent(version)
    assert [one.silence for one in routes.way(document, delegate)] == [None, IN_SESSION + dt.timedelta(days=5), None]
    assert [one.silence for one in routes.way(document)] == [None, None, None]  # for the parties, not for the public
    document.withdrawn = dt.date(2024, 12, 4)
    assert [one.body for one in routes.way(document)] == ["swg"]


# ---------------------------------------------------------------- two at once
def test_two_who_adopt_at_the_same_instant_get_one_decision(fresh_database):
    Source.objects.create(ref="practice", title="Practice material", quality="invented")
    for ref, name in STATES.items():
        state(ref, name)
    chair, version, session = account("Chair", ("presidency", "")), texts.version(), texts.session()
    start, results = threading.Barrier(2), []

    def one() -> None:
        try:
            start.wait(timeout=60)
            results.append(adopt(version, chair, session=session))
        except Refusal as refusal:
            results.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(type(one).__name__ for one in results) == ["AlreadyDecided", "Decision"]
    assert next(one for one in results if isinstance(one, Refusal)).status == 409
    assert Decision.objects.get().number == "PRA/SOC/3/DEC.1"
    assert Entry.objects.filter(act="decisions.adopt").count() == 1


# ---------------------------------------------------------------- the pages
TYPED = {"verb": "approve", "everybody": "on"}
ROOM, ADOPTION, OBJECTION = "/en/room/{0}/", "/en/room/{0}/{1}/adoption/", "/en/room/{0}/{1}/objection/"


def address(form: str, version, session=None) -> str:
    return form.format((session or sat()).ref, version.document_id)


def shown(client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_room_shows_the_texts_before_the_session(client, version, chair):
    climbing = texts.version(texts.document("pra-swg-l-1", route="plan", at="swg"))
    adopt(climbing, chair, at="swg", verb=Verb.AGREE)
    texts.version(texts.document("pra-swg-l-2", route="plan", at="swg"))  # still with the experts
    texts.version(texts.document("pra-fund-l-1"))  # without a route: before whoever puts it on an agenda
    version.document.session = sat()
    version.document.save()
    client.force_login(chair)
    page = shown(client, address(ROOM, version))
    assert "/documents/pra-swg-l-1/" in page
    assert f"/documents/{version.document_id}/" in page
    assert "/documents/pra-swg-l-2/" not in page
    assert "/documents/pra-fund-l-1/" not in page
    assert "quorum: 3 of 4" in page
    assert page.count(">No objection</a>") == 2
    adopt(climbing, chair)
    assert "/documents/pra-swg-l-1/" not in shown(client, address(ROOM, version))


def test_before_a_session_nothing_is_recorded(client, version, chair):
    planned = texts.session("soc", day=dt.date(2024, 12, 20))
    version.document.session = planned
    version.document.save()
    client.force_login(chair)
    page = shown(client, address(ROOM, version, planned))
    assert "once the session has begun" in page
    assert ">No objection</a>" not in page
    answer = client.post(address(ADOPTION, version, planned), TYPED)
    assert answer.status_code == 409
    assert "has not begun" in answer.content.decode()


def test_the_presiding_officer_records_no_objection(client, version, chair, states):
    earlier = adopt(texts.version(texts.document("pra-soc-2023-l-9")), chair, present=ALL[:3])
    client.force_login(chair)
    page = shown(client, address(ADOPTION, version))
    assert page.count('name="present"') == 4
    assert page.count("checked") == 3  # as the room was when it decided last
    typed = {
        **TYPED, "kind_1": "interpretative", "parties_1": "xa XB", "text_1_en": "As we read it.",
        "supersedes": earlier.number,
    }  # fmt: skip
    answer = client.post(address(ADOPTION, version), typed)
    made = Decision.objects.exclude(pk=earlier.pk).get()
    assert answer["Location"] == f"/en/decisions/{made.ref}/"
    assert [one.parties for one in made.statements.all()] == ["xa xb"]
    assert made.links.get().other == earlier
    again = client.post(address(ADOPTION, version), TYPED)
    assert again.status_code == 409
    assert "has decided on this document already" in again.content.decode()


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ({"everybody": "", "present": ["xa"]}, 409, "1 members are present; a decision needs 3 of 4"),
        ({"verb": "adopt"}, 422, "adopt is not one of the available choices"),
        ({"parties_1": "xa"}, 422, "Write what was stated"),
        ({"text_1_en": "Somebody says"}, 422, "name who stated it"),
        ({"amends": "PRA/NONE"}, 422, "“PRA/NONE” is not in the record"),
        ({"present": ["qo"]}, 422, "qo is not one of the available choices"),
    ],
)
def test_what_was_typed_is_still_there_beside_the_refusal(client, version, chair, typed, status, words):
    client.force_login(chair)
    answer = client.post(address(ADOPTION, version), {**TYPED, **typed})
    assert answer.status_code == status
    assert words in answer.content.decode()
    for value in typed.values():
        if isinstance(value, str) and value not in ("", "adopt"):
            assert value.casefold() in answer.content.decode().casefold()
    assert not Decision.objects.exists()


def test_an_objection_is_recorded_and_lifted(client, version, chair):
    client.force_login(chair)
    answer = client.post(address(OBJECTION, version), {"party": "xp", "reason": "Not without the annex."})
    assert answer["Location"] == address(ROOM, version)
    page = shown(client, address(ADOPTION, version))
    assert "do not object any more" in page
    assert client.post(address(ADOPTION, version), TYPED).status_code == 409
    assert client.post(address(ADOPTION, version), {**TYPED, "lifted": ["xp"]}).status_code == 302
    client.force_login(texts.voice("xa"))
    page = shown(client, f"/en/documents/{version.document_id}/")
    assert "Not without the annex." in page
    assert "PRA/SOC/3/DEC.1" in page


def test_the_room_leads_to_a_silence(client, version, chair):
    client.force_login(chair)
    page = shown(client, address(ADOPTION, version))
    asked = f"?shape=subject-to-silence&amp;session={sat().ref}&amp;body=soc&amp;version={version.ref}"
    assert f'href="/en/silence/proposal/{asked}"' in page


def test_what_one_may_not_read_is_not_before_one(client, states, chair):
    hidden = texts.version(texts.document(classification="secretariat"))
    hidden.document.session = sat()
    hidden.document.save()
    client.force_login(chair)
    assert hidden.document_id not in shown(client, address(ROOM, hidden))
    assert shown(client, address(ADOPTION, hidden), 404)
    assert client.post(address(ADOPTION, hidden), TYPED).status_code == 404
    assert client.get("/en/room/nothing/").status_code == 404


@pytest.mark.parametrize("who", ["delegate", "press", "reader"])
def test_whose_room_it_is_not(client, request, version, who):
    client.force_login(request.getfixturevalue(who))
    for form in (ROOM, ADOPTION, OBJECTION):
        assert client.get(address(form, version)).status_code == 403
    assert client.post(address(ADOPTION, version), TYPED).status_code == 403


def test_a_room_costs_the_same_however_many_texts(client, version, chair):
    version.document.session = sat()
    version.document.save()
    client.force_login(chair)
    few = queries_of(client, address(ROOM, version))
    for number in range(3):
        more = texts.version(texts.document(f"pra-soc-l-{number}"))
        more.document.session = sat()
        more.document.save()
    assert queries_of(client, address(ROOM, version)) == few
