"""The desk: for whom one acts, what is asked, the days ahead, and the doors that are open."""

import datetime as dt
import re

import pytest
import time_machine

from chancery.portal import asks, words
from chancery.portal.asks import Action, Ask
from tests.cast import account

from .conftest import held

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2024, 12, 9, 9, 20, tzinfo=dt.UTC)  # 14:20 in Selmar


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def asked(monkeypatch):
    """What the areas ask, given by the test."""
    found: list[Ask] = []
    monkeypatch.setattr(asks, "_providers", [lambda person, day: found])
    return found


def desk(client, person, language: str = "en") -> str:
    client.force_login(person)
    answer = client.get(f"/{language}/desk/")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    return answer.content.decode().replace("\xa0", " ")


def title(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", "", re.search("<h1>.*?</h1>", html, re.DOTALL)[0]).split())


def test_the_public_is_led_to_sign_in(client):
    assert client.get("/en/desk/")["Location"] == "/en/account/sign-in/?next=/en/desk/"


def test_for_whom_one_acts(client, states):
    assert title(desk(client, account("Del", ("delegate", "xp")))) == "What is asked of Maravel"
    assert title(desk(client, account("Off", ("officer", "press")))) == "What is asked of the Secretariat"
    assert title(desk(client, account("Pre", ("presidency", "")))) == "What is asked of the Chair"
    assert title(desk(client, account("Aud", ("auditor", "")))) == "What is asked of you"
    both = account("Both", ("officer", "press"), ("delegate", "xa"))
    assert title(desk(client, both)) == "What is asked of Aldora"


def test_a_right_that_is_over_speaks_for_nobody(client, states):
    person = account("Former", ("delegate", "xp"))
    person.grants.update(until=dt.date(2024, 1, 1))
    assert title(desk(client, person)) == "What is asked of you"


def test_the_time_at_the_seat(client, delegate):
    assert "Monday, <time" in desk(client, delegate)
    assert "9 December 2024, 14:20 (Selmar, UTC+5)" in desk(client, delegate)


def test_empty_and_good(client, delegate, asked):
    html = desk(client, delegate)
    assert "Nothing is late." in html
    assert "Nothing is asked of you this week." in html
    assert "No later date is recorded either." in html


def test_empty_and_good_names_the_next_date(client, delegate, asked):
    held("far", "2025-03-11")
    held("near", "2024-12-20")
    html = desk(client, delegate)
    assert "Next on the calendar: <bdi>Meeting near</bdi>" in html


def test_asks_stand_by_how_near_they_are(client, delegate, asked):
    asked += [
        Ask("Draft", "Some day", "/d/"),
        Ask("Draft", "In eleven days", "/c/", dt.date(2024, 12, 20)),
        Ask("Draft", "On Sunday", "/b/", dt.date(2024, 12, 15), actions=(Action("Give a position", "/b/do/"),)),
        Ask("Draft", "Today", "/t/", dt.date(2024, 12, 9)),
        Ask("Contribution", "Three days late", "/a/", dt.date(2024, 12, 6)),
    ]
    html = desk(client, delegate)
    late, soon, later = (html.index(f'id="{code}"') for code in ("late", "soon", "later"))
    places = [html.index(f"<bdi>{name}</bdi></a></h3>") for name in ("Three days late", "Today", "On Sunday")]
    assert late < places[0] < soon < places[1] < places[2] < later
    assert later < html.index("<bdi>In eleven days</bdi>") < html.index("<bdi>Some day</bdi>")
    assert "3 days late" in html
    assert 'btn--main" href="/b/do/"' in html
    assert "A red mark is late or due today." in html


def test_the_fortnight_shows_meetings_of_its_days_only(client, delegate, asked):
    held("before", "2024-12-08")
    held("first", "2024-12-09")
    held("last", "2024-12-22")
    held("after", "2024-12-23")
    held("vague", "2024-12")
    ahead = re.search(r'<ul class="ahead.*?</ul>', desk(client, delegate), re.DOTALL)[0]
    assert re.findall(r"Meeting (\w+)", ahead) == ["first", "last"]


def test_doors_are_those_of_the_policy(client, protocol, delegate):
    assert "/en/secretariat/parties/" in desk(client, protocol)
    assert "/en/secretariat/parties/" not in desk(client, delegate)


def test_every_door_leads_somewhere(client, protocol, programme, documents, press):
    for person in (protocol, programme, documents, press):
        panel = re.search(r'aria-labelledby="doors".*?</section>', desk(client, person), re.DOTALL)[0]
        for address in re.findall(r'href="([^"]+)"', panel):
            assert client.get(address).status_code == 200, address


def test_without_a_second_factor_the_way_to_it_is_shown(client, states):
    html = desk(client, account("New", ("officer", "protocol"), second_factor=False))
    assert "/en/account/second-factor/setting-up/" in html
    assert "/en/secretariat/parties/" not in html
    assert "setting-up" not in desk(client, account("Old", ("officer", "protocol")))


def test_the_desk_costs_the_same_however_much_takes_place(client, delegate):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(delegate)

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get("/en/desk/")
        return len(found)

    held("a", "2024-12-10")
    cost()
    one = cost()
    held("b", "2024-12-11")
    held("c", "2024-12-12")
    assert cost() == one <= 22


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (6, "3 days late"), (8, "1 day late"), (9, "today"), (10, "tomorrow"), (13, "in 4 days"), (29, "in 20 days"),
        (30, "in 3 weeks"),
    ],
)  # fmt: skip
def test_how_far_a_day_lies(day, said):
    assert words.distance(dt.date(2024, 12, day), dt.date(2024, 12, 9)) == said
