"""The register of decisions: what is published, noted and linked, and who finds what."""

import datetime as dt
import json

import pytest
import time_machine
from django.urls import reverse

from chancery.core.dates import Day
from chancery.core.refusals import NotAllowed
from chancery.core.text import LocalizedText
from chancery.decisions.acts import register as acts
from chancery.decisions.acts import room, silence
from chancery.decisions.acts.adoption import Said
from chancery.decisions.models import Decision, Link
from chancery.decisions.queries import register as queries
from chancery.decisions.rules import SessionOfAnotherBody, Verb
from chancery.decisions.rules.consensus import SessionNotSitting
from chancery.decisions.rules.register import (
    AlreadyNoted,
    AlreadyPublic,
    LinkedToLater,
    LinkKind,
    NotedBeforeDecision,
    NotTakenBySilence,
    StatementKind,
)
from chancery.decisions.rules.silence import Shape
from chancery.journal.models import Entry
from chancery.people import policy
from tests.cast import STATES, account, decided, state
from tests.decisions import texts
from tests.decisions.test_decisions import decision, page, queries_of

pytestmark = pytest.mark.django_db
IN_SESSION = dt.datetime(2024, 12, 4, 7, tzinfo=dt.UTC)
EXPIRES = dt.datetime(2024, 12, 13, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(IN_SESSION, tick=False):
        yield


@pytest.fixture
def chair(states):
    return account("Chair", ("presidency", ""))


def adopted(chair, *, version=None, **more) -> Decision:
    """A decision of the senior officials, for the members alone."""
    version = version or texts.version()
    session = texts.body("soc").sessions.first() or texts.session()
    given = {"verb": Verb.APPROVE, "present": tuple(STATES), **more}
    return room.adopt(version=version, body=texts.body("soc"), session=session, by=chair, **given)


def by_silence(chair, *, version=None) -> Decision:
    """What the senior officials decided by silence on 13 December."""
    made = silence.propose(
        version=version or texts.version(), body=texts.body("soc"), shape=Shape.REGULATION, verb=Verb.APPROVE,
        expires=EXPIRES, basis="Regulations, article 4", by=chair,
    )  # fmt: skip
    with time_machine.travel(EXPIRES, tick=False):
        return silence.close(ref=made.ref, by=policy.CLOCK)


# ---------------------------------------------------------------- published
def test_a_decision_and_its_text_become_public_in_one_act(chair, documents):
    made = adopted(
        chair, statements=[Said(StatementKind.RESERVATION, "xa", LocalizedText({"en": "Not for our ports."}))]
    )
    assert not Entry.objects.filter(is_public=True).exists()
    acts.publish(decision=made, by=documents)
    made.refresh_from_db()
    assert made.is_public
    assert made.document.is_public
    told = {entry.act: decided(entry) for entry in Entry.objects.filter(is_public=True)}
    assert set(told) == {"documents.classify", "decisions.publish"}
    assert [(fact["table"], fact["ref"]) for fact in told["decisions.publish"]["facts"]] == [
        ("decisions", made.ref), ("statements", f"{made.ref}-s1"),
    ]  # fmt: skip
    assert told["decisions.publish"]["said"]["present"] == sorted(STATES)
    assert "versions" in {fact["table"] for fact in told["documents.classify"]["facts"]}
    with pytest.raises(AlreadyPublic):
        acts.publish(decision=made, by=documents)


def test_what_it_rests_on_becomes_public_with_it(chair, documents):
    lower = adopted(chair, verb=Verb.RECOMMEND)
    version = texts.version(texts.document("pra-mc-l-1", at="mc"))
    upper = Decision.objects.create(
        ref="upper", body=texts.body("mc"), manner="silence", verb="adopt", taken=dt.date(2024, 12, 5),
        title=LocalizedText({"en": "Upper"}), source="practice", recommendation=lower, document=version.document,
        version=version, classification="body",
    )  # fmt: skip
    acts.publish(decision=upper, by=documents)
    assert not Decision.objects.exclude(classification="public").exists()
    entry = Entry.objects.get(act="decisions.publish")
    assert {fact["ref"] for fact in decided(entry)["facts"]} == {"upper", lower.ref}


def test_what_waited_for_its_recommendation_becomes_public_with_it(chair, documents):
    lower = adopted(chair, verb=Verb.RECOMMEND)
    decision("upper", texts.body("mc"), "2024-12-05", recommendation=lower)
    acts.publish(decision=lower, by=documents)
    entry = Entry.objects.get(act="decisions.publish")
    assert {fact["ref"] for fact in decided(entry)["facts"]} == {lower.ref, "upper"}


@pytest.mark.parametrize("who", ["public", "delegate", "press", "chair"])
def test_who_does_not_publish(request, chair, who):
    made = adopted(chair)
    person = None if who == "public" else request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        acts.publish(decision=made, by=person)
    assert not Decision.objects.get().is_public


# ---------------------------------------------------------------- noted
def test_what_was_decided_by_silence_is_noted_at_the_next_session(client, chair, documents):
    made = by_silence(chair)
    later = texts.session("soc", day=dt.date(2024, 12, 16), ordinal=4)
    with pytest.raises(SessionNotSitting):
        acts.note_taken(decision=made, session=later, by=chair)
    with time_machine.travel("2024-12-16T09:00:00+05:00", tick=False):
        acts.publish(decision=made, by=documents)
        waiting = page(client, f"/en/meetings/{later.ref}/")
        assert "still to be noted" in waiting
        assert "Note it here" not in waiting  # for whoever presides
        acts.note_taken(decision=made, session=later, by=chair)
        assert decided(Entry.objects.order_by("-seq").first())["facts"][0]["row"]["noted"] == later.ref
        shown = page(client, f"/en/meetings/{later.ref}/")
        assert "Noted here" in shown
        assert "still to be noted" not in shown
        with pytest.raises(AlreadyNoted, match="noted at Session of Senior Officials Committee already"):
            acts.note_taken(decision=made, session=later, by=chair)


def test_what_cannot_be_noted(chair):
    in_room, before = adopted(chair), texts.session("soc", day=dt.date(2024, 12, 3), ordinal=9)
    with pytest.raises(NotTakenBySilence):
        acts.note_taken(decision=in_room, session=before, by=chair)
    made = by_silence(chair, version=texts.version(texts.document("pra-soc-l-2")))
    with pytest.raises(SessionOfAnotherBody):
        acts.note_taken(decision=made, session=texts.session("mc"), by=chair)
    with pytest.raises(NotedBeforeDecision):
        acts.note_taken(decision=made, session=texts.session("soc", day=dt.date(2024, 12, 2), ordinal=8), by=chair)


# ---------------------------------------------------------------- links and force
def test_links_are_shown_both_ways(client, states, documents):
    council = texts.body("mc")
    old, new = decision("old", council, "2020-01-01"), decision("new", council, "2022-01-01")
    acts.relate(decision=new, links=[(LinkKind.SUPERSEDES, old), (LinkKind.AMENDS, old)], by=documents)
    acts.relate(decision=new, links=[(LinkKind.SUPERSEDES, old)], by=documents)  # said before
    assert Link.objects.count() == 2
    with pytest.raises(LinkedToLater, match="Old|New"):
        acts.relate(decision=old, links=[(LinkKind.AMENDS, new)], by=documents)
    newer, older = page(client, "/en/decisions/new/"), page(client, "/en/decisions/old/")
    assert "Supersedes" in newer
    assert "Amends" in newer
    assert "Superseded by" in older
    assert "What holds instead" in older
    assert "What holds instead" not in page(client, "/en/decisions/old/", on="2021-12-31")


@pytest.mark.parametrize(
    ("day", "refs"),
    [
        ("2020-06-01", {"old"}),
        ("2021-12-31", {"old", "other"}),
        ("2022-01-01", {"new", "other"}),
        ("2019-01-01", set()),
    ],
)
def test_what_is_in_force_on_a_date(client, states, day, refs):
    council = texts.body("mc")
    old, new = decision("old", council, "2020-01-01"), decision("new", council, "2022-01-01")
    decision("other", council, "2021-06-01")
    decision("noted", council, "2019-06-01", verb="take-note")
    Link.objects.create(ref="l", decision=new, kind="supersedes", other=old, source="practice")
    found = queries.in_force(dt.date.fromisoformat(day))
    assert {one.ref for one in queries.listed(found)} == refs
    shown = page(client, "/en/decisions/", force=day)
    assert {ref for ref in ("old", "new", "other") if f"/decisions/{ref}/" in shown} == refs


def test_what_is_not_public_supersedes_nothing_for_the_public(states, delegate):
    council = texts.body("mc")
    old = decision("old", council, "2020-01-01")
    new = decision("new", council, "2022-01-01", classification="body")
    Link.objects.create(ref="l", decision=new, kind="supersedes", other=old, source="practice")
    day = dt.date(2024, 1, 1)
    assert {one.ref for one in queries.listed(queries.in_force(day))} == {"old"}
    mine = queries.listed(queries.in_force(day, delegate), reader=delegate)
    assert {one.ref for one in mine} == {"new"}


# ---------------------------------------------------------------- who reads what
READERS = {
    # classification: who reads the decision
    "public": {"public", "reader", "delegate", "observer", "chair", "documents", "press"},
    "parties": {"delegate", "observer", "chair", "documents", "press"},
    "body": {"delegate", "chair", "documents", "press"},
    "secretariat": {"documents", "press"},
}
PLACES = [
    "/en/decisions/", "/en/decisions/follow-up/", "/en/bodies/soc/", "/en/members/xa/", "/en/meetings/soc-2024-12-04/",
    "/en/", "/sitemap.xml",
]  # fmt: skip


@pytest.fixture
def everybody(request, states, chair, documents, press, delegate, reader):
    state("qo", "Orlend", capacity="observer")
    named = {name: request.getfixturevalue(name) for name in ("reader", "delegate", "chair", "documents", "press")}
    return {"public": None, "observer": texts.voice("qo"), **named}


def restricted(classification: str) -> Decision:
    from chancery.decisions.models import Statement, Undertaking

    version = texts.version(texts.document(classification=classification))
    made = decision(
        "guarded", texts.body("soc"), "2024-12-01", session=texts.session(), classification=classification,
        title=LocalizedText({"en": "Guarded matter"}), document=version.document, version=version,
        concerns="parties:xa",
    )  # fmt: skip
    Undertaking.objects.create(
        ref="guarded-u1", decision=made, task=LocalizedText({"en": "Guarded task"}), addressee="parties:xa",
        source="practice",
    )  # fmt: skip
    Statement.objects.create(
        ref="guarded-s1", decision=made, kind="reservation", parties="xa", text=LocalizedText({"en": "Guarded words"}),
        made=made.taken, source="practice",
    )  # fmt: skip
    return made


@pytest.mark.parametrize("classification", list(READERS))
def test_who_reads_a_decision(client, everybody, classification):
    made = restricted(classification)
    reads = set()
    for name, person in everybody.items():
        client.logout()
        if person:
            client.force_login(person)
        answer = client.get(reverse("decision", args=[made.ref]))
        assert answer.status_code in (200, 404)
        listed = "Guarded matter" in client.get("/en/decisions/").content.decode()
        owed = "Guarded task" in client.get("/en/decisions/follow-up/").content.decode()
        assert listed == owed == (answer.status_code == 200), name
        if answer.status_code == 200:
            reads.add(name)
            assert "Guarded words" in answer.content.decode()
            assert "Guarded task" in answer.content.decode()
    assert reads == READERS[classification]


@pytest.mark.parametrize("url", PLACES)
@pytest.mark.parametrize("classification", ["parties", "body", "secretariat"])
def test_no_door_shows_the_public_what_is_not_public(client, states, url, classification):
    made = restricted(classification)
    shown = client.get(url, follow=True)
    assert shown.status_code == 200
    for words in ("Guarded", f"/decisions/{made.ref}"):
        assert words not in shown.content.decode(), words


PANELS = ["/en/bodies/soc/", "/en/members/xa/", "/en/meetings/soc-2024-12-04/"]


@pytest.mark.parametrize("classification", list(READERS))
def test_the_pages_below_show_each_reader_what_that_reader_may_read(client, everybody, classification):
    restricted(classification)
    for url in PANELS:
        reads = set()
        for name, person in everybody.items():
            client.logout()
            if person:
                client.force_login(person)
            answer = client.get(url)
            if "Guarded matter" in answer.content.decode():
                reads.add(name)
                assert person is None or "no-store" in answer["Cache-Control"]
        assert reads == READERS[classification], url


def test_what_members_read_is_not_kept_for_the_public(client, states, delegate):
    restricted("body")
    for url in PANELS:
        for person, shows in ((None, False), (delegate, True), (None, False)):
            client.logout()
            if person:
                client.force_login(person)
            assert ("Guarded matter" in page(client, url)) is shows, url


@pytest.mark.parametrize("url", PANELS)
def test_a_panel_costs_its_reader_the_same_however_much_there_is(client, states, delegate, url):
    made = restricted("body")
    client.force_login(delegate)
    few = queries_of(client, url)
    for number in (1, 2):
        version = texts.version(texts.document(f"pra-soc-l-{number}", classification="body"))
        decision(
            f"more-{number}", texts.body("soc"), "2024-12-02", session=made.session, classification="body",
            title=LocalizedText({"en": f"Matter {number}"}), document=version.document, version=version,
            concerns="parties:xa",
        )  # fmt: skip
    assert "Matter 2" in page(client, url)
    assert queries_of(client, url) == few


def test_what_rests_on_a_recommendation_goes_no_farther(client, states, delegate):
    lower = restricted("body")
    decision("upper", texts.body("mc"), "2024-12-02", recommendation=lower, title=LocalizedText({"en": "Upper matter"}))
    assert "Upper matter" not in page(client, "/en/decisions/")
    page(client, "/en/decisions/upper/", 404)
    client.force_login(delegate)
    assert "Upper matter" in page(client, "/en/decisions/")
    assert "On the recommendation of" in page(client, "/en/decisions/upper/")


def test_a_register_costs_the_same_however_long_it_is(client, states, chair, documents):
    acts.publish(decision=adopted(chair), by=documents)
    few = queries_of(client, "/en/decisions/")
    for number in range(3):
        version = texts.version(texts.document(f"pra-soc-l-{number}"))
        acts.publish(decision=adopted(chair, version=version), by=documents)
    assert queries_of(client, "/en/decisions/") == few <= 12


def test_a_filter_does_not_count_what_one_may_not_read(client, states):
    restricted("body")
    shown = page(client, "/en/decisions/", q="guarded", verb="adopt")
    assert "found)" not in shown
    assert page(client, "/en/decisions/", body="soc").count("Guarded") == 0


# ---------------------------------------------------------------- the page
def test_a_decision_taken_in_the_room_as_its_page_tells_it(client, chair, delegate):
    made = adopted(
        chair, statements=[Said(StatementKind.INTERPRETATIVE, "xa xb", LocalizedText({"en": "As we read it."}))]
    )
    client.force_login(delegate)
    shown = page(client, f"/en/decisions/{made.ref}/")
    for words in (
        "PRA/SOC/3/DEC.1", "approved</b> at a session", "Session of Senior Officials Committee", "4 States",
        "Reaffirm the equality of States;", "As we read it.", "Interpretative statement", "Aldora", "Arvessa",
    ):  # fmt: skip
        assert words in shown, words
    assert "Publish" not in shown


def test_a_decision_taken_by_silence_as_its_page_tells_it(client, chair, documents):
    made = by_silence(chair)
    client.force_login(documents)
    shown = page(client, f"/en/decisions/{made.ref}/")
    for words in (
        "by silence procedure", "Silence ended", "17:00 (Selmar, UTC+5)", "2024-12-13 12:00:00 UTC", "Publish",
    ):  # fmt: skip
        assert words in shown, words


def test_what_a_page_costs(client, chair, documents):
    made = adopted(chair)
    acts.publish(decision=made, by=documents)
    few = queries_of(client, f"/en/decisions/{made.ref}/")
    assert few <= 12
    for number in range(3):
        from chancery.decisions.models import Statement

        Statement.objects.create(
            ref=f"more-{number}", decision=made, kind="reservation", parties="xa", made=made.taken,
            text=LocalizedText({"en": "More."}), source="practice",
        )  # fmt: skip
    assert queries_of(client, f"/en/decisions/{made.ref}/") == few


# ---------------------------------------------------------------- recorded as facts
def test_a_past_decision_names_its_document(client, states, documents):
    version = texts.version(texts.document(classification="public"))
    older = decision("older", texts.body("mc"), "2019-01-01", number="PRA/MC/1/DEC.1")
    client.force_login(documents)
    typed = {
        "title_en": "On rivers", "body": "soc", "verb": "approve", "manner": "session", "taken": "1 May 2024",
        "source": "practice", "document": version.document.symbol, "implements": "PRA/MC/1/DEC.1",
    }  # fmt: skip
    assert client.post("/en/secretariat/decisions/", typed).status_code == 302
    made = Decision.objects.get(ref="2024-05-01-on-rivers")
    assert (made.version, made.text_held) == (version, True)
    assert [one.other for one in made.links.all()] == [older]
    wrong = client.post("/en/secretariat/decisions/", {**typed, "document": "nothing", "amends": "none"})
    assert wrong.status_code == 422
    assert wrong.content.decode().count("is not in the record") >= 2


def test_what_is_recorded_on_a_paper_goes_as_far_as_the_paper(client, states, documents):
    version = texts.version(texts.document(classification="body"))
    acts.record_decision(
        body=texts.body("soc"), verb=Verb.APPROVE, manner="session", taken=Day.parse("2024-05-01"),
        title=LocalizedText({"en": "On rivers"}), document=version.document, source="practice", by=documents,
    )  # fmt: skip
    assert not Decision.objects.get().is_public
    entry = Entry.objects.get(act="decisions.record")
    assert not entry.is_public
    assert json.loads(entry.private)["said"]["rows"][0]["row"]["title.en"] == "On rivers"


