"""The pages of those who belong, and the forms about them."""

import datetime as dt
import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chancery.journal.models import Entry
from chancery.parties.models import Membership
from tests.cast import state

pytestmark = pytest.mark.django_db
FRESH = itertools.count()


def queries_of(client, url) -> int:
    """What a page costs that is not kept yet; the address is made new each time."""
    with CaptureQueriesContext(connection) as found:
        assert client.get(url, {"fresh": next(FRESH)}).status_code == 200
    return len(found)


def test_the_members_of_a_day(client, states, protocol):
    state("qo", "Orlend", since=dt.date(2021, 6, 23))
    before = client.get("/en/members/?on=2021-06-22").content.decode()
    after = client.get("/en/members/?on=2021-06-23").content.decode()
    assert "4 States belong" in before
    assert "Orlend" not in before
    assert "5 States belong" in after
    assert "Orlend" in after


@pytest.mark.parametrize("url", ["/en/members/", "/en/posts/"])
def test_a_list_costs_the_same_however_long_it_is(client, source, url):
    state("xa", "Aldora")
    one = queries_of(client, url)
    state("xb", "Arvessa")
    state("xp", "Maravel")
    assert queries_of(client, url) == one
    assert one <= 12


def test_a_party_and_its_costs(client, states):
    assert queries_of(client, "/en/members/xp/") <= 12
    assert client.get("/en/members/nowhere/").status_code == 404


def test_free_text_leads_to_the_day_it_means(client, states):
    answer = client.get("/en/members/", {"on": "31 December 2024"})
    assert answer.status_code == 302
    assert answer["Location"] == "/en/members/?on=2024-12-31"


@pytest.mark.parametrize("typed", ["nonsense", "0000-01-01", "2024-02-31", "year 0"])
def test_a_day_that_cannot_be_read_leaves_the_page_usable(client, states, typed):
    answer = client.get("/en/members/", {"on": typed})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "is not a date that can be read" in page
    assert f'value="{typed}"' in page
    assert "Maravel" in page


def test_a_state_is_found_by_any_part_of_its_name(client, states):
    assert "Maravel" in client.get("/en/members/", {"q": "arav"}).content.decode()
    assert "No party is called" in client.get("/en/members/", {"q": "<b>x"}).content.decode()


def test_the_public_is_led_to_sign_in(client, states):
    answer = client.get("/en/secretariat/parties/xp/withdrawal/")
    assert answer.status_code == 302
    assert "/account/sign-in/" in answer["Location"]


def test_a_delegate_is_refused(client, states, delegate):
    client.force_login(delegate)
    assert client.get("/en/secretariat/parties/xp/withdrawal/").status_code == 403


def test_an_officer_records_a_withdrawal(client, states, protocol):
    client.force_login(protocol)
    answer = client.post(
        "/en/secretariat/parties/xp/withdrawal/", {"until": "1 January 2020", "source": "practice"}
    )
    assert answer.status_code == 302
    assert Membership.objects.get(party="xp").until == dt.date(2020, 1, 1)
    assert Entry.objects.count() == 1


def test_what_was_typed_is_still_there_beside_the_refusal(client, states, protocol):
    client.force_login(protocol)
    answer = client.post(
        "/en/secretariat/parties/xp/admission/",
        {"capacity": "observer", "since": "2024-06", "signed": "2023-05", "source": "practice"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Maravel is member from 14 September 1999" in page
    assert 'value="2024-06"' in page
    assert 'value="2023-05"' in page
    assert 'aria-invalid="true"' in page
    assert Entry.objects.count() == 0


def test_input_that_is_no_day_is_told_at_the_field(client, states, protocol):
    client.force_login(protocol)
    answer = client.post("/en/secretariat/parties/xp/withdrawal/", {"until": "31 February", "source": "practice"})
    assert answer.status_code == 422
    assert "is not a date that can be read" in answer.content.decode()


def test_a_reference_to_nothing_is_told_at_the_field(client, states, protocol):
    """The record could not be loaded again with it."""
    client.force_login(protocol)
    typed = {"capacity": "observer", "since": "2024-06", "session": "mc-99", "source": "practice"}
    answer = client.post("/en/secretariat/parties/xp/capacity/", typed)
    assert answer.status_code == 422
    assert "“mc-99” is not in the record." in answer.content.decode()
    assert Entry.objects.count() == 0


def test_nothing_has_an_address_with_a_nul_in_it(client, source):
    for address in ("/en/people/%00/", "/en/meetings/a%00.ics", "/en/news/%00/"):
        assert client.get(address).status_code == 404
