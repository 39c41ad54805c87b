"""What is asked of a delegation, of the Secretariat and of the Chair; reminders; fourteen days."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from chancery.bodies.models import Body
from chancery.core.text import LocalizedText
from chancery.decisions.models import Decision, Objection, Reply, Silence, Undertaking
from chancery.decisions.queries import route
from chancery.documents.models import Call, Document, Paragraph, Position, Translation, Version
from chancery.duties.models import Letter
from chancery.journal.models import Entry
from chancery.meetings.models import Meeting
from chancery.notices.models import Notice
from chancery.portal import agreeing, asks, fortnight, reminders
from chancery.portal.asks import Ask
from tests.cast import account

from .conftest import body, chaired, held

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2024, 12, 9, 9, 20, tzinfo=dt.UTC)  # 14:20 in Selmar
TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def soc(states) -> Body:
    return body("soc", "Senior Officials Committee")


def text(ref: str, of: Body, *, classification: str = "body", paragraphs: int = 3, **more) -> Version:
    document = Document.objects.create(
        ref=ref, symbol=f"PRA/SOC/{ref.upper()}", series="DOC", kind="statement", route="statement", body=of,
        title=LocalizedText({"en": f"Text {ref}"}), language="en", classification=classification, tabled=TODAY,
        source="practice", **more,
    )  # fmt: skip
    blocks = [{"id": "b0", "kind": "title", "text": f"Text {ref}"}]
    blocks += [{"id": f"b{n}", "kind": "operative", "text": f"Paragraph {n}"} for n in range(1, paragraphs + 1)]
    return Version.objects.create(
        ref=f"{ref}.1", document=document, position=1, kind="original", circulated=TODAY, language="en", blocks=blocks,
        source="practice",
    )  # fmt: skip


def silence(version: Version, hours: float = 96, **more) -> Silence:
    return Silence.objects.create(
        version=version, body=version.document.body, shape="recommended", verb="adopt", proposed=MONDAY, opens=MONDAY,
        expires=MONDAY + dt.timedelta(hours=hours), **more,
    )  # fmt: skip


def call(version: Version, hours: float = 48, kind: str = "positions", paragraphs: str = "") -> Call:
    due = MONDAY + dt.timedelta(hours=hours)
    return Call.objects.create(version=version, kind=kind, paragraphs=paragraphs, opened=MONDAY, due=due)


def said(
    version: Version, party: str, block: str = "", stance: str = "can_join", *, sounding: bool = False
) -> Position:
    return Position.objects.create(
        document=version.document, version=version, block=block, party_id=party, stance=stance, sounding=sounding,
        at=MONDAY, account="x", capacity="delegation",
    )  # fmt: skip


def replied(one: Silence, party: str, kind: str = "acknowledgement") -> Reply:
    return Reply.objects.create(silence=one, party_id=party, kind=kind, at=MONDAY, account="x", capacity="delegation")


def decided(of: Body, ref: str, day: str = "2024-12-02", **more) -> Decision:
    return Decision.objects.create(
        ref=ref, body=of, manner="session", verb="adopt", taken=dt.date.fromisoformat(day),
        title=LocalizedText({"en": f"Decision {ref}"}), source="practice", **more,
    )  # fmt: skip


def owed(decision: Decision, addressee: str, due: str | None = "2024-12-12", **more) -> Undertaking:
    return Undertaking.objects.create(
        ref=f"{decision.ref}-{Undertaking.objects.count()}", decision=decision, addressee=addressee,
        task=LocalizedText({"en": f"Task for {addressee}"}), due=due and dt.date.fromisoformat(due), source="practice",
        **more,
    )  # fmt: skip


def session(of: Body, ref: str, starts: str, **more) -> Meeting:
    made = held(ref, starts, **more)
    Meeting.objects.filter(pk=made.pk).update(kind="session", body=of)
    made.refresh_from_db()
    return made


def asked(person) -> list[tuple[str, str]]:
    return [(str(one.kind), str(one.title)) for one in asks.of(person, TODAY)]


def page(client, person, address: str = "/en/desk/") -> str:
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode().replace("\xa0", " "))


def cost(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


# ---------------------------------------------------------------- asked of a delegation
def test_a_silence_asks_until_the_delegation_says_something(soc, delegate):
    one = silence(text("a", soc))
    assert asked(delegate) == [("Silence procedure", "Text a")]
    replied(one, "xa")
    assert asked(delegate) == [("Silence procedure", "Text a")]
    replied(one, "xp", "comment")
    assert asked(delegate) == []


def test_a_silence_that_is_over_asks_nothing(soc, delegate):
    silence(text("a", soc), hours=-0.01 + 96, outcome="withdrawn", ended=MONDAY)
    late = silence(text("b", soc), hours=1)
    Silence.objects.filter(pk=late.pk).update(opens=MONDAY - dt.timedelta(hours=5), expires=MONDAY)
    assert asked(delegate) == []


def test_what_one_may_not_read_is_not_asked(soc, delegate):
    hidden = text("a", soc, classification="secretariat")
    silence(hidden)
    call(hidden)
    Paragraph.objects.create(document=hidden.document, block="b1", status="ad-referendum", awaiting="xp", body=soc)
    assert asked(delegate) == []


def test_an_observer_is_informed_of_silence_and_not_asked_for_positions(soc, states):
    from tests.cast import state

    state("xq", "Pellamy", capacity="observer")
    observer = account("Olga", ("delegate", "xq"))
    version = text("a", soc, classification="parties")
    silence(version)
    call(version)
    (one,) = asks.of(observer, TODAY)
    assert one.about == "For information; your delegation may comment."


def test_a_call_asks_for_the_open_paragraphs_not_spoken_of(soc, delegate):
    version = text("a", soc)
    call(version, paragraphs="b1 b2")
    (one,) = asks.of(delegate, TODAY)
    assert (str(one.kind), one.about) == ("Positions", "2 paragraphs wait for your position.")
    said(version, "xp", "b1")
    said(version, "xa", "b2")
    (one,) = asks.of(delegate, TODAY)
    assert one.about == "1 paragraph waits for your position."
    Paragraph.objects.create(document=version.document, block="b2", status="agreed", body=soc)
    assert asked(delegate) == []


def test_a_word_on_the_whole_answers_a_call_on_the_whole(soc, delegate):
    version = text("a", soc)
    call(version)
    said(version, "xp")
    assert asked(delegate) == []


def test_an_open_answer_does_not_answer_a_sounding(soc, delegate):
    version = text("a", soc)
    call(version, kind="sounding")
    said(version, "xp")
    assert asked(delegate) == [("Sounding of the Chair", "Text a")]
    said(version, "xp", sounding=True)
    assert asked(delegate) == []


def test_who_may_not_speak_may_only_open(soc, states):
    focal = account("Fay", ("focal-point", "xp"))
    version = text("a", soc)
    silence(version)
    call(version)
    assert {str(action.label) for one in asks.of(focal, TODAY) for action in one.actions} == {"Open"}


def test_capitals_to_confirm_stand_once_for_a_text(soc, delegate):
    document = text("a", soc).document
    for block in ("b1", "b2"):
        Paragraph.objects.create(document=document, block=block, status="ad-referendum", awaiting="xa xp", body=soc)
    Paragraph.objects.create(document=document, block="b3", status="ad-referendum", awaiting="xpq", body=soc)
    (one,) = asks.of(delegate, TODAY)
    assert (str(one.kind), one.about) == ("Capital to confirm", "2 paragraphs are agreed ad referendum.")
    assert one.due is None


def test_follow_up_goes_to_whom_it_is_addressed(soc, delegate):
    decision = decided(soc, "d1")
    owed(decision, "parties:xp")
    owed(decision, "parties:xa")
    owed(decision, "secretariat")
    owed(decision, "bodies:soc")
    owed(decision, "bodies:mc")
    owed(decision, "parties:xp", status="done")
    assert asked(delegate) == [("Follow-up", "Task for parties:xp")]
    assert asked(account("Off", ("officer", "press"))) == [("Follow-up", "Task for secretariat")]
    assert asked(account("Pre", ("presidency", "soc"))) == [("Follow-up", "Task for bodies:soc")]
    assert len(asked(account("Chair", ("presidency", "")))) == 2


def test_sessions_of_the_next_four_weeks(soc, delegate):
    session(soc, "near", "2024-12-20")
    session(soc, "far", "2025-01-07")
    session(soc, "vague", "2024-12")
    session(soc, "past", "2024-12-08")
    held("seminar", "2024-12-20")
    assert asked(delegate) == [("Session", "Meeting near")]
    assert asked(account("Pre", ("presidency", "mc"))) == []
    assert asked(account("Soc", ("presidency", "soc"))) == [("Session", "Meeting near")]
    assert asked(account("Off", ("officer", "press"))) == []


def test_they_stand_by_deadline(soc, delegate):
    silence(text("later", soc), hours=100)
    call(text("soon", soc), hours=20)
    owed(decided(soc, "d1"), "parties:xp", "2024-12-06")
    owed(decided(soc, "d2"), "parties:xp", None)
    session(soc, "meeting", "2024-12-13")
    kinds = [kind for kind, _title in asked(delegate)]
    assert kinds == ["Follow-up", "Positions", "Silence procedure", "Session", "Follow-up"]


def crowd(soc: Body, number: int) -> None:
    """So many of everything that is asked."""
    for index in range(number):
        name = f"{number}{index}"
        version = text(f"t{name}", soc)
        silence(version)
        call(version)
        call(version, kind="sounding")
        said(version, "xa", "b1", "objection")
        said(version, "xp", "b2")
        Paragraph.objects.create(document=version.document, block="b3", status="ad-referendum", awaiting="xp", body=soc)
        Translation.objects.create(
            ref=f"t{name}.ru", version=version, language="ru", position=1, standing="working", circulated=TODAY,
            texts={"b0": "Т", "b1": "Пункт"}, source="practice",
        )  # fmt: skip
        meeting = session(soc, f"m{name}", "2024-12-12")
        Objection.objects.create(version=version, body=soc, session=meeting, party_id="xb", at=MONDAY)
        decision = decided(soc, f"d{name}")
        owed(decision, "parties:xp")
        owed(decision, "secretariat")
        other = text(f"e{name}", soc, embargo=MONDAY + dt.timedelta(days=2), released_as="public")
        replied(silence(other), "xp")


@pytest.mark.parametrize(
    ("grant", "address", "most"),
    [
        (("delegate", "xp"), "/en/desk/", 24),
        (("delegate", "xp"), "/en/desk/fortnight/", 22),
        (("officer", "documents"), "/en/desk/", 26),
        (("officer", "documents"), "/en/desk/reminders/", 16),
        (("presidency", ""), "/en/desk/", 26),
    ],
)
def test_a_desk_costs_the_same_however_much_is_asked(client, soc, grant, address, most):
    client.force_login(account("Somebody", grant))
    account("Voice", ("delegate", "xa"))
    crowd(soc, 1)
    one = cost(client, address)
    crowd(soc, 3)
    assert cost(client, address) == one <= most


# ---------------------------------------------------------------- the desk of a delegation
def test_a_silence_is_acknowledged_with_one_click(client, soc, delegate):
    one = silence(text("a", soc))
    html = page(client, delegate)
    address = f"/en/desk/silences/{one.ref}/acknowledgement/"
    assert f'<form method="post" action="{address}">' in html
    assert client.get(address).status_code == 405
    assert client.post(address)["Location"] == "/en/desk/"
    assert one.replies.get().party_id == "xp"
    assert Entry.objects.filter(act="decisions.reply").count() == 1
    html = page(client, delegate)
    assert "Your delegation has acknowledged the silence procedure." in html
    assert "Silence acknowledged" in html  # done by your delegation
    assert address not in html


def test_nobody_acknowledges_what_is_not_theirs(client, soc, delegate, documents):
    hidden = silence(text("a", soc, classification="secretariat"))
    address = f"/en/desk/silences/{hidden.ref}/acknowledgement/"
    client.force_login(delegate)
    assert client.post(address).status_code == 404
    client.force_login(documents)
    assert client.post(address).status_code == 404
    assert client.post("/en/desk/silences/none/acknowledgement/").status_code == 404
    seen = silence(text("b", soc))
    focal = account("Fay", ("focal-point", "xp"))
    client.force_login(focal)
    assert client.post(f"/en/desk/silences/{seen.ref}/acknowledgement/").status_code == 403
    assert not Reply.objects.exists()


def test_what_the_delegation_did_and_who_may_act(client, soc, delegate):
    version = text("a", soc)
    said(version, "xp", "b1", "reservation")
    said(version, "xa", "b1", "objection")
    html = page(client, delegate)
    done = re.search(r'aria-labelledby="done".*?</section>', html)[0]
    assert "Reservation" in done
    assert "Objection" not in done
    assert "<b>One person</b> may answer for <bdi>Maravel</bdi>" in html
    assert "Dora Delegate" in html


def test_what_was_done_on_a_text_that_one_may_not_read_any_more_is_not_told(client, soc, delegate):
    version = text("a", soc)
    said(version, "xp", "b1")
    Document.objects.update(classification="secretariat")
    assert "Text a" not in page(client, delegate)


def test_somebody_of_two_desks_chooses(client, soc, states):
    chaired("xa", "2024-11-01")
    both = account("Both", ("delegate", "xa"), ("officer", "documents"), ("presidency", ""))
    assert "What is asked of <bdi>Aldora</bdi>" in page(client, both)
    assert "What is asked of <bdi>the Secretariat</bdi>" in page(client, both, "/en/desk/?for=secretariat")
    assert "Where the texts stand" in page(client, both, "/en/desk/?for=chair")
    assert "What is asked of <bdi>Aldora</bdi>" in page(client, both, "/en/desk/?for=xp")


# ---------------------------------------------------------------- the Secretariat's desk
def figures(html: str) -> dict[str, int]:
    return {label: int(number) for label, number in re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", html)}


def test_the_desk_of_the_secretariat_in_figures(client, soc, documents):
    version = text("a", soc)
    silence(version, hours=24)
    call(version, hours=24 * 20)
    Paragraph.objects.create(document=version.document, block="b1", status="agreed", body=soc)
    Translation.objects.create(
        ref="a.ru", version=version, language="ru", position=1, standing="official", circulated=TODAY,
        texts={"b0": "Текст", "b1": "Один", "b2": "Два"}, source="practice",
    )  # fmt: skip
    html = page(client, documents)
    assert figures(html) == {
        "deadline this week": 1, "replies missing": 8, "paragraphs open": 2, "paragraph to translate": 1
    }


def test_deadlines_of_all_kinds_in_order(client, soc, documents):
    call(text("call", soc), hours=30)
    silence(text("silence", soc), hours=10)
    text("embargo", soc, embargo=MONDAY + dt.timedelta(hours=60), released_as="public")
    session(soc, "session", "2024-12-13")
    owed(decided(soc, "d1"), "parties:xp", "2024-12-06")
    owed(decided(soc, "d2"), "parties:xp", "2025-02-06")
    panel = re.search(r'aria-labelledby="deadlines".*?</section>', page(client, documents))[0]
    titles = re.findall(r'class="t"><a href="[^"]*"><bdi>([^<]+)</bdi>', panel)
    assert titles == ["Task for parties:xp", "Text silence", "Text call", "Text embargo", "Meeting session"]
    assert "Silence: 0 of 4 have answered" in panel


def test_the_matrix_names_who_has_not_answered(client, soc, documents):
    one = silence(text("a", soc))
    other = text("b", soc)
    call(other)
    for party in ("xa", "xb"):
        replied(one, party)
        said(other, party)
    replied(one, "xm")
    panel = re.search(r'aria-labelledby="missing".*?</section>', page(client, documents))[0]
    assert re.findall(r'class="code">(\w+)<', panel) == ["XM", "XP"]
    assert panel.count(">answered<") == 1
    assert panel.count(">missing<") == 3
    assert "2 other delegations have answered everything." in panel
    assert "Remind all 2" in panel


def test_a_public_text_asks_all_members(soc, documents):
    silence(text("a", soc, classification="public"))
    (one,) = agreeing.questions(documents, TODAY)
    assert one.missing == {"xa", "xb", "xm", "xp"}


def test_who_answered_a_sounding_is_for_the_chair_alone(client, soc, documents):
    call(text("a", soc), kind="sounding")
    assert agreeing.questions(documents, TODAY) == []
    chair = account("Chair", ("presidency", ""))
    assert [one.sounding for one in agreeing.questions(chair, TODAY)] == [True]
    assert agreeing.questions(account("Other", ("presidency", "mc")), TODAY) == []


def test_what_blocks(client, soc, documents):
    version = text("a", soc)
    said(version, "xa", "b1", "objection")
    said(version, "xb", "b2", "objection")
    said(version, "xm", "b1", "objection", sounding=True)
    Paragraph.objects.create(document=version.document, block="b2", status="agreed", body=soc)
    Paragraph.objects.create(document=version.document, block="b3", status="ad-referendum", awaiting="xp", body=soc)
    text("free", soc)
    panel = re.search(r'aria-labelledby="blocks".*?</section>', page(client, documents))[0]
    assert re.findall(r"<bdi>([^<]+)</bdi>", panel) == ["Text a", "Aldora", "Maravel"]


def test_what_was_adopted_for_good_is_not_on_its_way_any_more(soc, documents):
    version = text("a", soc)
    decided(soc, "d1", document=version.document)  # the ministers are still to deal with it
    assert len(agreeing.texts(documents, TODAY)) == 1
    decided(body("mc"), "d2", document=version.document)
    assert agreeing.texts(documents, TODAY) == []


@pytest.mark.parametrize("way", ["statement", "plan", "", "unknown"])
@pytest.mark.parametrize(("of", "verb"), [("soc", "adopt"), ("mc", "adopt"), ("mc", "consider"), ("swg", "agree")])
def test_a_list_knows_what_is_settled_as_one_text_does(soc, way, of, verb):
    version = text("a", soc)
    Document.objects.update(route=way)
    version.document.refresh_from_db()
    made = decided(body(of), "d1", document=version.document)
    Decision.objects.filter(pk=made.pk).update(verb=verb)
    assert bool(route.settled()) == route.is_settled(version.document)


def test_an_objection_in_a_room_blocks_until_the_body_agrees(soc, documents):
    version, meeting = text("a", soc), session(soc, "m", "2024-12-03")
    Objection.objects.create(version=version, body=soc, session=meeting, party_id="xb", at=MONDAY)
    assert [one.blocked for one in agreeing.texts(documents, TODAY)] == [True]
    decided(soc, "d1", "2024-12-08", document=version.document)
    assert [one.blocked for one in agreeing.texts(documents, TODAY)] == [False]


def test_an_empty_desk_of_the_secretariat_says_so(client, soc, documents):
    html = page(client, documents)
    for words in (
        "Nothing falls due in the next four weeks.", "No call for positions and no silence procedure is running.",
        "Nothing blocks", "No text is under embargo.",
    ):  # fmt: skip
        assert words in html


def test_an_auditor_reads_that_desk_and_reminds_nobody(client, soc):
    silence(text("a", soc))
    auditor = account("Aud", ("auditor", ""))
    html = page(client, auditor)
    assert "Missing replies" in html
    assert "/reminders/" not in html
    assert client.get("/en/desk/reminders/").status_code == 403


# ---------------------------------------------------------------- reminders
@pytest.fixture
def missing(soc) -> Silence:
    """A silence on which one of four has answered; two have somebody who can be written to."""
    one = silence(text("a", soc))
    replied(one, "xa")
    for name, party in (("Ann", "xa"), ("Bea", "xb"), ("Cy", "xb"), ("Dan", "xm")):
        account(name, ("delegate", party))
    return one


def test_the_preview_counts_and_the_act_writes(client, missing, documents):
    html = page(client, documents, "/en/desk/reminders/")
    assert "3 letters would be sent" in html
    answer = client.post("/en/desk/reminders/", {"seen": "3"})
    assert answer["Location"] == "/en/desk/"
    assert sorted(Letter.objects.values_list("to", flat=True)) == [
        "bea@practice.example", "cy@practice.example", "dan@practice.example"
    ]
    assert all("Text a" not in one.subject + one.body for one in Letter.objects.all())
    (entry,) = Entry.objects.filter(act="notices.remind")
    assert not entry.is_public
    assert "xb xm" in entry.private


def test_another_number_than_was_shown_is_refused(client, missing, documents):
    client.force_login(documents)
    assert client.post("/en/desk/reminders/", {"seen": "2"}).status_code == 409
    assert not Letter.objects.exists()


def test_nobody_is_reminded_twice_on_a_day(client, missing, documents):
    assert reminders.remind(seen=2, party="xb", by=documents) == 2
    assert [one.parties for one in reminders.planned(documents, TODAY)] == [["xm"]]
    page(client, documents, "/en/desk/reminders/?party=xb")
    client.post("/en/desk/reminders/?party=xb", {"seen": "2"})
    assert Letter.objects.count() == 2
    with time_machine.travel(MONDAY + dt.timedelta(hours=12), tick=False):  # 02:20 the next day there
        assert [one.parties for one in reminders.planned(documents, TODAY + dt.timedelta(days=1))] == [["xb", "xm"]]


def test_whoever_answers_meanwhile_is_not_reminded(missing, documents):
    from chancery.duties.rules import CountNotSeen

    replied(missing, "xm")
    with pytest.raises(CountNotSeen):
        reminders.remind(seen=3, by=documents)
    assert reminders.remind(seen=2, by=documents) == 2


def test_only_officers_with_a_second_factor_remind(missing):
    from chancery.core.refusals import NotAllowed, SecondFactorMissing

    with pytest.raises(SecondFactorMissing):
        reminders.remind(seen=3, by=account("New", ("officer", "documents"), second_factor=False))
    for grant in (("officer", "press"), ("delegate", "xa"), ("presidency", "")):
        with pytest.raises(NotAllowed):
            reminders.remind(seen=3, by=account(f"No {grant[0]}", grant))
    assert not Notice.objects.exists()


# ---------------------------------------------------------------- the Chair's view
def test_the_chair_sees_where_texts_stand_and_who_is_silent(client, soc):
    version = text("a", soc)
    Paragraph.objects.create(document=version.document, block="b1", status="agreed", body=soc)
    said(version, "xa", "b2", "objection")
    call(version, kind="sounding")
    said(version, "xb", "b2", sounding=True)
    html = page(client, account("Chair", ("presidency", "")))
    assert "1 of 3 paragraphs agreed, 2 open" in html
    assert "Have not spoken: <bdi>Arvessa</bdi>, <bdi>Jorvania</bdi>, <bdi>Maravel</bdi>" in html
    assert "1 of 4 have answered" in re.search(r'aria-labelledby="soundings".*?</section>', html)[0]


def test_the_chair_of_a_body_sees_its_own_texts(client, soc):
    text("own", soc)
    text("other", body())
    session(soc, "own-session", "2024-12-12")
    session(body(), "other-session", "2024-12-12")
    html = page(client, account("Pre", ("presidency", "soc")))
    assert "Text own" in html
    assert "Text other" not in html
    assert "Meeting own-session" in html
    assert "Meeting other-session" not in html


def test_what_is_owed_of_the_term(client, soc):
    chaired("xp", "2024-11-01")
    owed(decided(soc, "before", "2024-10-01"), "parties:xa")
    owed(decided(soc, "since", "2024-11-15"), "parties:xb")
    panel = re.search(r'aria-labelledby="owed".*?</section>', page(client, account("Chair", ("presidency", ""))))[0]
    assert "Task for parties:xb" in panel
    assert "Task for parties:xa" not in panel


# ---------------------------------------------------------------- fourteen days
def meeting(ref: str, starts: str, ends: str = "", opens: str = "", closes: str = "") -> Meeting:
    def time(one: str) -> dt.time | None:
        return dt.time.fromisoformat(one) if one else None

    return Meeting(
        ref=ref, starts=dt.date.fromisoformat(starts), ends=dt.date.fromisoformat(ends) if ends else None,
        opens=time(opens), closes=time(closes), kind="seminar",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (("2024-12-10",), ("2024-12-11",), False),
        (("2024-12-10",), ("2024-12-10",), True),
        (("2024-12-10", "2024-12-12"), ("2024-12-12",), True),
        (("2024-12-10", "", "09:00", "11:00"), ("2024-12-10", "", "11:00", "12:00"), False),
        (("2024-12-10", "", "09:00", "11:01"), ("2024-12-10", "", "11:00", "12:00"), True),
        (("2024-12-10", "", "09:00", "11:00"), ("2024-12-10",), True),  # its hours are not known
    ],
)
def test_which_meetings_clash(one, other, clash):
    slots = fortnight.clashing([meeting("a", *one), meeting("b", *other)])
    assert [bool(slot.clashes) for slot in slots] == [clash, clash]


def test_a_meeting_does_not_clash_with_what_it_is_part_of():
    whole, part = meeting("a", "2024-12-10"), meeting("b", "2024-12-10")
    part.part_of_id = "a"
    assert not any(slot.clashes for slot in fortnight.clashing([whole, part]))


def test_fourteen_days_on_one_sheet(client, soc, delegate):
    silence(text("quiet", soc))
    answered = silence(text("answered", soc))
    replied(answered, "xp")
    silence(text("far", soc), hours=24 * 14)
    owed(decided(soc, "late"), "parties:xp", "2024-12-06")
    owed(decided(soc, "after"), "parties:xp", "2024-12-23")
    decided(soc, "older", "2024-11-02")
    session(soc, "one", "2024-12-10")
    held("two", "2024-12-10")
    held("after", "2024-12-23")
    html = page(client, delegate, "/en/desk/fortnight/")
    names = ("due", "endings", "meetings", "decided")
    due, endings, meetings, last = (re.search(rf'aria-labelledby="{name}".*?</section>', html)[0] for name in names)
    assert re.findall("<bdi>(Task[^<]+|Text[^<]+)</bdi>", due) == ["Task for parties:xp", "Text quiet"]
    assert sorted(re.findall("<bdi>(Text[^<]+)</bdi>", endings)) == ["Text answered", "Text quiet"]
    assert endings.count("Silence acknowledged") == endings.count("has not answered") == 1
    assert re.findall("<bdi>(Meeting[^<]+)</bdi></a>", meetings) == ["Meeting one", "Meeting two"]
    assert meetings.count('class="c-stop"') == 2
    assert "Decision after" in last
    assert "Decision older" not in last


def test_fourteen_free_days(client, delegate):
    assert "These fourteen days are free." in page(client, delegate, "/en/desk/fortnight/")


def test_fourteen_days_as_a_calendar(client, soc, delegate, settings):
    one = silence(text("closed", soc))
    call(text("open", soc, classification="public"), hours=5)
    owed(decided(soc, "d1"), "parties:xp")
    session(soc, "one", "2024-12-10")
    client.force_login(delegate)
    answer = client.get("/en/desk/fortnight.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = {str(event["UID"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert len(events) == 4
    quiet = events[f"silences:{one.ref}@{settings.CHARTER.ref}"]
    assert quiet["SUMMARY"] == "Silence procedure: PRA/SOC/CLOSED"
    assert quiet.decoded("DTSTART") == one.expires
    assert any(event["SUMMARY"] == "Positions: Text open" for event in events.values())


def test_the_public_is_led_to_sign_in(client):
    for name in ("desk-fortnight", "desk-fortnight-calendar", "desk-reminders"):
        assert "/account/sign-in/" in client.get(reverse(name))["Location"]


def test_an_ask_may_be_a_button_or_a_way(client, delegate, monkeypatch):
    from chancery.portal.asks import Action

    found = [Ask("Kind", "Title", "/a/", TODAY, actions=(Action("Do", "/do/", post=True), Action("Go", "/go/")))]
    monkeypatch.setattr(asks, "_providers", [lambda person, day: found])
    html = page(client, delegate)
    assert '<form method="post" action="/do/">' in html
    assert 'href="/go/"' in html
