"""Priority areas and those who coordinate them."""

import datetime as dt

import pytest

from chancery.catalogue import acts, queries
from chancery.catalogue.models import Coordination
from chancery.catalogue.rules import AlreadyCoordinates, CoordinationRole, CoordinatorIsNoMember
from chancery.core.dates import Day
from chancery.core.refusals import OutOfDate
from chancery.core.text import LocalizedText
from tests.cast import state
from tests.parties.test_views import queries_of

pytestmark = pytest.mark.django_db
D = Day.parse


@pytest.fixture
def area(states, programme):
    return acts.define_area(
        dimension="ec", name=LocalizedText({"en": "Energy security"}), since=D("2004"), source="practice", by=programme
    )


def appoint(area, party, by, role=CoordinationRole.COORDINATOR, since="2022", until=""):
    return acts.appoint_coordinator(
        area=area, party=party, role=role, since=D(since), until=D(until) if until else None, source="practice", by=by
    )


def test_coordinators_in_time(area, states, programme):
    appoint(area, states["xp"], programme, since="2022", until="2024")
    appoint(area, states["xb"], programme, role=CoordinationRole.CO_COORDINATOR)
    appoint(area, states["xa"], programme, since="2024")
    fields = {one.dimension.code: one.areas for one in queries.programme(dt.date(2023, 6, 1))}
    assert [(c.party_id, c.role) for c in fields["ec"][0].coordinating] == [
        ("xp", "coordinator"),
        ("xb", "co-coordinator"),
    ]
    fields = {one.dimension.code: one.areas for one in queries.programme(dt.date(2024, 1, 1))}
    assert [c.party_id for c in fields["ec"][0].coordinating] == ["xa", "xb"]


def test_what_forbids_a_coordination(area, states, programme):
    appoint(area, states["xp"], programme)
    with pytest.raises(AlreadyCoordinates, match="Maravel"):
        appoint(area, states["xp"], programme, role=CoordinationRole.CO_COORDINATOR, since="2023")
    orlend = state("qo", "Orlend", since=dt.date(2021, 1, 1), capacity="observer")
    with pytest.raises(CoordinatorIsNoMember, match="Orlend"):
        appoint(area, orlend, programme)
    assert Coordination.objects.count() == 1


def test_an_end_is_recorded_and_a_new_term_may_follow(area, states, programme):
    first = appoint(area, states["xp"], programme)
    acts.end_coordination(coordination=first, until=D("2024"), source="practice", by=programme)
    appoint(area, states["xp"], programme, since="2024")
    assert Coordination.objects.on(dt.date(2024, 5, 1)).count() == 1


def test_a_new_edition_ends_the_one_before(source, programme):
    for year in ("2004", "2021", "2024"):
        acts.adopt_edition(
            name=LocalizedText({"en": f"Catalogue of {year}"}), since=D(year), source="practice", by=programme
        )
    assert str(queries.edition_on(dt.date(2022, 1, 1)).name) == "Catalogue of 2021"
    assert queries.edition_on(dt.date(2003, 1, 1)) is None


def test_pages_and_their_costs(client, area, states, programme):
    appoint(area, states["xp"], programme)
    one = queries_of(client, "/en/programme/")
    for name, party in (("Tourism", "xa"), ("Finance", "xb")):
        more = acts.define_area(
            dimension="ec", name=LocalizedText({"en": name}), since=D("2004"), source="practice", by=programme
        )
        appoint(more, states[party], programme)
    assert queries_of(client, "/en/programme/") == one <= 12
    assert queries_of(client, f"/en/programme/{area.ref}/") <= 12
    assert "Maravel" in client.get("/en/programme/").content.decode()
    assert "Energy security" in client.get("/en/members/xp/").content.decode()
    assert client.get("/en/programme/none/").status_code == 404


def test_an_officer_appoints_through_the_form(client, area, states, programme, press):
    url = f"/en/secretariat/areas/{area.ref}/coordinator/"
    typed = {"party": "xp", "role": "coordinator", "since": "2025", "source": "practice"}
    client.force_login(press)
    assert client.post(url, typed).status_code == 403
    client.force_login(programme)
    assert client.post(url, typed).status_code == 302
    answer = client.post(url, {**typed, "since": "2026"})
    assert answer.status_code == 422
    assert "Maravel is coordinator of this area from during 2025" in answer.content.decode()


def test_what_has_ended_does_not_end_later(area, states, programme):
    first = appoint(area, states["xp"], programme)
    acts.end_coordination(coordination=first, until=D("2024"), source="practice", by=programme)
    appoint(area, states["xp"], programme, since="2024")
    with pytest.raises(OutOfDate):
        acts.end_coordination(coordination=first, until=D("2025"), source="practice", by=programme)
