"""The pages of the bodies and the chair."""

import datetime as dt

import pytest

from chancery.bodies import acts
from chancery.bodies.models import ChairTerm
from chancery.bodies.rules import BodyKind
from chancery.core.dates import Day
from chancery.core.text import LocalizedText
from chancery.meetings.models import Meeting
from tests.parties.test_views import queries_of

pytestmark = pytest.mark.django_db
D = Day.parse


@pytest.fixture
def chaired(states, protocol):
    acts.open_term(
        party=states["xm"], since=D("2002-06-04"), theme=LocalizedText({"en": "Trust"}), source="practice", by=protocol
    )
    return states


def test_before_the_first_chair_there_is_none(client, chaired):
    assert "Nobody in the Chair" in client.get("/en/chair/?on=2001-01-01").content.decode()
    page = client.get("/en/chair/?on=2024-01-01").content.decode()
    assert "Jorvania" in page
    assert "Trust" in page


def test_lists_cost_the_same_however_long_they_are(client, chaired, protocol):

    def establish(name):
        acts.establish(
            kind=BodyKind.WORKING, name=LocalizedText({"en": name}), since=D("2002"), source="practice", by=protocol
        )

    establish("One")
    bodies, chair = queries_of(client, "/en/bodies/"), queries_of(client, "/en/chair/")
    establish("Two")
    establish("Three")
    acts.hand_over(party=chaired["xb"], day=D("2020"), source="practice", by=protocol)
    acts.hand_over(party=chaired["xp"], day=D("2022"), source="practice", by=protocol)
    assert queries_of(client, "/en/bodies/") == bodies <= 12
    assert queries_of(client, "/en/chair/") == chair <= 12
    assert queries_of(client, "/en/bodies/one/") <= 12
    assert client.get("/en/bodies/none/").status_code == 404


def test_an_officer_records_a_hand_over(client, chaired, protocol):
    client.force_login(protocol)
    Meeting.objects.create(
        ref="mc-7", kind="session", starts=dt.date(2024, 12, 17), until=dt.date(2024, 12, 18), source="practice"
    )
    answer = client.post(
        "/en/secretariat/chair/hand-over/",
        {"party": "xb", "day": "17 December 2024", "session": "mc-7", "source": "practice", "theme_en": "Nearer"},
    )
    assert answer.status_code == 302
    term = ChairTerm.objects.get(party="xb")
    assert term.since == dt.date(2024, 12, 17)
    assert term.theme.texts == {"en": "Nearer"}


def test_a_refusal_stands_at_its_field_and_nothing_is_lost(client, chaired, protocol):
    client.force_login(protocol)
    answer = client.post(
        "/en/secretariat/chair/hand-over/", {"party": "xm", "day": "2024-12-17", "source": "practice"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Jorvania is in the chair already" in page
    assert 'value="2024-12-17"' in page
    assert ChairTerm.objects.count() == 1
