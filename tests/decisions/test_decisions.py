"""Decisions: recorded, found, and shown."""

import datetime as dt
import itertools
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chancery.core.dates import Day
from chancery.core.refusals import NotAllowed
from chancery.decisions.acts import register as acts
from chancery.decisions.models import Decision
from chancery.decisions.queries import register as queries
from chancery.decisions.rules import BodyDidNotExist, Manner, SessionOfAnotherBody, Verb
from chancery.decisions.tables import prepare
from chancery.journal.models import Entry
from tests.cast import decided
from tests.meetings.stage import body, meeting, text

pytestmark = pytest.mark.django_db
FRESH = itertools.count()
EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel("2024-06-15T09:00:00+05:00", tick=False):
        yield


@pytest.fixture
def council(source):
    return body()


def decision(ref: str, of, taken: str = "2024-05-01", **more: Any) -> Decision:
    """A decision that stands in the record, however it came there."""
    day = Day.parse(taken)
    values = {"title": text(ref.capitalize()), "manner": "session", "verb": "adopt", "source": "practice", **more}
    made = prepare(Decision(ref=ref, body=of, taken=day.date, taken_as=day.precision.value, **values))
    made.save()
    return made


def record(by, of, **more: Any) -> Decision:
    values = {
        "verb": Verb.ADOPT, "manner": Manner.SESSION, "taken": Day.parse("2024-05-01"), "title": text("On rivers"),
        "source": "practice", **more,
    }  # fmt: skip
    return acts.record_decision(body=of, by=by, **values)


def page(client, url: str, status: int = 200, **query) -> str:
    answer = client.get(url, query)
    assert answer.status_code == status
    return answer.content.decode()


def queries_of(client, url: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(url, {"fresh": next(FRESH)}).status_code == 200
    return len(found)


# ---------------------------------------------------------------- the act
def test_a_decision_is_recorded(states, council, documents):
    session = meeting("mc-7", "2024-05-01", body=council)
    record(documents, council, session=session, parties=[states["xa"]], bodies=[council], number="PRA/7")
    kept = Decision.objects.get(ref="2024-05-01-on-rivers")
    assert kept.concerns == "parties:xa bodies:mc"
    assert kept.words == "pra/7 on rivers"
    told = decided(Entry.objects.get())
    assert told["act"] == "decisions.record"
    assert set(told["subjects"]) == {"decisions:2024-05-01-on-rivers", "bodies:mc", "parties:xa", "meetings:mc-7"}


def test_what_was_not_so_is_not_recorded(council, documents):
    elsewhere = meeting("elsewhere", body=body("soc", "Committee"))
    with pytest.raises(SessionOfAnotherBody, match="Elsewhere was not a session of this body"):
        record(documents, council, session=elsewhere)
    with pytest.raises(BodyDidNotExist, match="Council of Ministers did not exist at that time .2001-12-31"):
        record(documents, council, taken=Day.parse("2001-12-31"))
    assert not Decision.objects.exists()
    assert not Entry.objects.exists()


def test_who_may_not_record(council, delegate, reader, press):
    for person in (None, reader, delegate, press):
        with pytest.raises(NotAllowed):
            record(person, council)
    assert not Decision.objects.exists()


# ---------------------------------------------------------------- what is found
@pytest.mark.parametrize(
    ("asked", "refs"),
    [
        ({}, {"rivers", "trade", "admission"}),
        ({"q": "РЕК"}, {"rivers"}),
        ({"q": "%"}, {"trade"}),
        ({"q": "_"}, set()),
        ({"body": "soc"}, {"trade"}),
        ({"verb": "admit"}, {"admission"}),
        ({"manner": "silence"}, {"trade"}),
        ({"party": "xa"}, {"rivers", "admission"}),
        ({"party": "x"}, set()),
        ({"since": Day.parse("2021"), "to": Day.parse("2021")}, {"trade"}),
    ],
)
def test_a_filter_finds(states, council, asked, refs):
    decision("rivers", council, "2020-01-01", title=text("Rivers", "О реках"), concerns="bodies:soc parties:xa")
    decision("trade", body("soc", "Committee"), "2021-06", manner="silence", title=text("100% trade"))
    decision("admission", council, "2022", verb="admit", concerns="memberships:xa-member")
    found = queries.listed(*queries.parts(asked).values())
    assert {one.ref for one in found} == refs


def test_nothing_is_decided_before_its_day(client, council):
    decision("early", council, "2020-01-01")
    decision("late", council, "2023-06-01")
    assert [one.ref for one in queries.latest(dt.date(2023, 6, 1), 5)] == ["late", "early"]
    assert [one.ref for one in queries.latest(dt.date(2023, 5, 31), 5)] == ["early"]
    shown = page(client, "/en/decisions/", on="2023-05-31")
    assert "/en/decisions/early/?on=2023-05-31" in shown
    assert "/decisions/late/" not in shown
    assert "was not decided yet" in page(client, "/en/decisions/late/", on="2023-05-31")
    assert "was not decided yet" not in page(client, "/en/decisions/late/", on="2023-06-01")


# ---------------------------------------------------------------- the pages
def test_a_list_costs_the_same_however_long_it_is(client, states, council):
    decision("one", council)
    few = queries_of(client, "/en/decisions/")
    decision("two", body("soc", "Committee"), concerns="parties:xa")
    decision("three", body("swg", "Group"))
    assert queries_of(client, "/en/decisions/") == few
    assert few <= 12


def test_a_decision_as_its_page_tells_it(client, states, council):
    session = meeting("mc-7", "2024-05-01", body=council, title=text("Seventh session"))
    decision(
        "one", council, "2024-05", session=session, verb="support-in-principle", manner="silence",
        concerns="parties:xa memberships:xb-member bodies:mc meetings:mc-7 posts:gone", number="PRA/7",
    )  # fmt: skip
    shown = page(client, "/en/decisions/one/")
    assert "supported in principle" in shown
    assert "by silence procedure" in shown
    assert '<time datetime="2024-05">May 2024</time>' in shown
    assert "does not hold the text" in shown
    assert 'href="/en/members/xa/"' in shown
    assert "Aldora" in shown
    assert "Arvessa" in shown
    assert 'href="/en/meetings/mc-7/"' in shown
    assert "PRA/7" in shown
    assert queries_of(client, "/en/decisions/one/") <= 12
    assert client.get("/en/decisions/nothing/").status_code == 404


def test_decisions_stand_on_the_pages_of_what_they_are_about(client, states, council):
    session = meeting("mc-7", "2024-05-01", body=council)
    decision("one", council, session=session, concerns="memberships:xa-member")
    for url in ("/en/meetings/mc-7/", "/en/bodies/mc/", "/en/members/xa/"):
        assert "/en/decisions/one/" in page(client, url)
    assert "/en/decisions/one/" not in page(client, "/en/members/xb/")


@pytest.mark.parametrize("url", ["/en/decisions/", "/en/decisions/one/", "/en/meetings/mc-7/", "/en/bodies/mc/"])
def test_what_is_typed_stays_text(client, states, source, url):
    council = body("mc", EVIL)
    session = meeting("mc-7", body=council, title=text(EVIL))
    bad = {"title": text(EVIL), "summary": text(EVIL), "note": EVIL, "number": EVIL}
    decision("one", council, session=session, concerns="bodies:mc meetings:mc-7", **bad)
    shown = page(client, url)
    assert "alert(1)" in shown
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"verb": "zzz"}, "zzz is not one of the available choices"),
        ({"to": "nonsense"}, "is not a date that can be read"),
        ({"party": "nobody"}, "nobody is not one of"),
    ],
)
def test_a_wrong_filter_leaves_the_page_usable(client, council, query, sentence):
    decision("one", council)
    shown = page(client, "/en/decisions/", 400, **query)
    assert sentence in shown
    assert "/en/decisions/one/" in shown


def test_an_empty_list_names_the_part_to_take_away(client, council):
    decision("one", council)
    shown = page(client, "/en/decisions/", verb="adopt", q="nothing")
    assert 'href="?verb=adopt"' in shown
    assert "(1 found)" in shown


# ---------------------------------------------------------------- the Secretariat's form
TYPED = {
    "title_en": "On rivers", "title_ru": "О реках", "body": "mc", "verb": "adopt", "manner": "session",
    "taken": "1 May 2024", "parties": "xa XB", "bodies": ["mc"], "source": "practice",
}  # fmt: skip


def test_the_form_is_for_officers_of_documents(client, council, programme):
    assert "/account/" in client.get("/en/secretariat/decisions/")["Location"]
    client.force_login(programme)
    assert client.get("/en/secretariat/decisions/").status_code == 403
    assert client.post("/en/secretariat/decisions/", TYPED).status_code == 403
    assert not Entry.objects.exists()


def test_an_officer_records_a_decision(client, states, council, documents):
    client.force_login(documents)
    answer = client.post("/en/secretariat/decisions/", TYPED)
    assert answer["Location"] == "/en/decisions/2024-05-01-on-rivers/"
    assert Decision.objects.get().concerns == "parties:xa parties:xb bodies:mc"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"taken": "1999"}, "Council of Ministers did not exist at that time (during 1999)"),
        ({"session": "elsewhere"}, "Elsewhere was not a session of this body"),
        ({"session": "nothing"}, "No meeting has this reference"),
        ({"parties": "ZZ"}, "“ZZ” is not in the record"),
        ({"title_en": ""}, "Give the text in English at least"),
    ],
)
def test_what_was_typed_is_still_there_beside_the_refusal(client, states, council, documents, wrong, sentence):
    meeting("elsewhere", body=body("soc", "Committee"))
    client.force_login(documents)
    answer = client.post("/en/secretariat/decisions/", {**TYPED, **wrong})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in shown
    assert 'value="О реках"' in shown
    assert 'aria-invalid="true"' in shown
    assert not Decision.objects.exists()
