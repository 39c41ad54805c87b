"""Kept pages: nothing stale is ever served, and what goes over the line is what the page is."""

import datetime as dt
import gzip
import itertools
from collections.abc import Iterable

import brotli
import pytest
import time_machine
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from chancery.core.text import LocalizedText
from chancery.journal.acts import recording, seal
from chancery.meetings.models import Meeting
from chancery.parties.models import Party, PartyName
from chancery.people.models import Account, Grant
from chancery.portal.cache import Kept, Shelf
from tests.cast import account, state

from .conftest import held

pytestmark = pytest.mark.django_db


def enter(ref: str) -> None:
    """A public act: a state is entered and admitted."""
    with recording():
        party = state(ref, f"State {ref}")
        seal("parties.register", by="secretariat", facts=[party, *party.names.all(), *party.memberships.all()])


def convene(ref: str, starts: str) -> None:
    """A public act: a meeting is convened."""
    with recording():
        seal("meetings.convene", by="secretariat", facts=[held(ref, starts)])


def grant(number: int) -> None:
    """A private act: an account gets a right."""
    with recording():
        made = account(f"Account {number}", ("officer", "press"))
        seal("people.grant", by="secretariat", private={"account": made.ref}, public=False)


def body(answer) -> bytes:
    """The page that a client sees, whatever it was packed in."""
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(answer.headers.get("Content-Encoding", ""))
    return unpack(answer.content) if unpack else answer.content


def uncached(address: str, headers: Iterable[tuple[str, str]] = ()) -> bytes:
    """What the page is at this instant: a client of its own has a middleware of its own, with nothing kept."""
    return body(Client().get(address, headers=dict(headers)))


Asked = tuple[str, tuple[tuple[str, str], ...]]
"""An address and the headers it is asked for with."""


PAGES = [
    "/en/", "/ru/", "/ar/", "/en/?on=2024-12-31", "/en/?on=nonsense", "/en/strip.csv?on=2024-12-31", "/en/about/",
    "/en/sources/", "/en/members/", "/ru/members/?on=2020-01-01", "/en/meetings/", "/en/decisions/", "/en/journal/",
    "/en/journal/checkpoint/", "/journal/entries.json", "/sitemap.xml", "/robots.txt", "/en/nowhere/",
]  # fmt: skip


class Pages(RuleBasedStateMachine):
    """Acts, public and private, the passing of days, and readers who come again, in any order."""

    read = Bundle("read")

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.client = Client()
        self.numbers = itertools.count()
        self.clock = time_machine.travel(dt.datetime(2024, 12, 29, 12, tzinfo=dt.UTC), tick=False)
        self.now = self.clock.start()

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(target=read)
    def the_home_page_is_read(self) -> Asked:
        return self.reads(("/en/", ()))

    @initialize(target=read)
    def the_members_are_read(self) -> Asked:
        return self.reads(("/en/members/", (("Accept-Encoding", "br"),)))

    @precondition(lambda self: Party.objects.count() < 4)
    @rule()
    def a_state_joins(self) -> None:
        enter(f"x{next(self.numbers)}")

    @precondition(lambda self: Party.objects.exists())
    @rule()
    def a_state_changes_its_name(self) -> None:
        with recording():
            name = PartyName.objects.order_by("ref").first()
            name.text = f"Renamed {next(self.numbers)}"
            name.save()
            seal("parties.rename", by="secretariat", facts=[name])

    @rule(day=st.integers(1, 31))
    def a_meeting_is_convened(self, day: int) -> None:
        convene(f"m{next(self.numbers)}", f"2024-12-{day:02}")

    @precondition(lambda self: Meeting.objects.exists())
    @rule()
    def a_title_is_corrected(self) -> None:
        with recording():
            meeting = Meeting.objects.order_by("ref").first()
            meeting.title = LocalizedText({"en": f"Corrected {next(self.numbers)}"})
            meeting.save()
            seal("meetings.amend", by="secretariat", facts=[meeting])

    @rule()
    def a_right_is_granted(self) -> None:
        grant(next(self.numbers))

    @precondition(lambda self: Grant.objects.exists())
    @rule()
    def a_right_is_revoked(self) -> None:
        with recording():
            Grant.objects.order_by("pk").first().delete()
            seal("people.revoke", by="secretariat", public=False)

    @rule(hours=st.sampled_from([1, 8, 24]))
    def time_passes(self, hours: int) -> None:
        self.now.shift(dt.timedelta(hours=hours))

    @rule(
        target=read, address=st.sampled_from(PAGES), encoding=st.sampled_from(["", "gzip", "br"]),
        fragment=st.booleans(),
    )  # fmt: skip
    def somebody_reads(self, address: str, encoding: str, fragment: bool) -> Asked:
        asked = ({"HX-Request": "true"} if fragment else {}) | ({"Accept-Encoding": encoding} if encoding else {})
        return self.reads((address, tuple(asked.items())))

    @rule(asked=read)
    def somebody_reads_it_again(self, asked: Asked) -> None:
        self.reads(asked)

    @rule(asked=read)
    def somebody_asks_whether_it_changed(self, asked: Asked) -> None:
        address, headers = asked
        answer = self.client.get(address, headers=dict(headers))
        if etag := answer.headers.get("ETag"):
            again = self.client.get(address, headers={**dict(headers), "If-None-Match": etag})
            assert again.status_code == 304
            assert body(answer) == uncached(address, headers)

    def reads(self, asked: Asked) -> Asked:
        address, headers = asked
        assert body(self.client.get(address, headers=dict(headers))) == uncached(address, headers)
        return asked


def test_nothing_stale_is_ever_served(db):
    quiet = settings(
        max_examples=20, stateful_step_count=20, deadline=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(Pages, settings=quiet)


def test_a_page_is_kept_until_an_entry_is_made(client, source):
    """So that the test above can fail: what changes without an entry is not seen, and must not happen."""
    enter("xa")
    before = client.get("/en/members/").content
    PartyName.objects.update(text="Changed behind the journal")
    assert client.get("/en/members/").content == before
    enter("xb")
    assert b"Changed behind the journal" in client.get("/en/members/").content


def test_a_private_act_moves_nothing(client, source):
    enter("xa")
    before = client.get("/en/")["ETag"]
    grant(1)
    assert client.get("/en/")["ETag"] == before
    convene("m1", "2024-12-17")
    assert client.get("/en/")["ETag"] != before


def test_the_default_day_turns_with_the_day_at_the_seat(client, db):
    """Practice keeps the time of Tashkent, five hours ahead of UTC: its day turns at 19:00 UTC."""
    with time_machine.travel(dt.datetime(2024, 12, 16, 18, 59, tzinfo=dt.UTC), tick=False) as now:
        assert "16 December 2024" in client.get("/en/").content.decode().replace("\xa0", " ")
        now.shift(60)
        assert "17 December 2024" in client.get("/en/").content.decode().replace("\xa0", " ")


def test_an_unchanged_page_is_answered_by_304(client, source):
    first = client.get("/en/")
    assert first["Cache-Control"] == "public, no-cache"
    again = client.get("/en/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    enter("xa")
    assert client.get("/en/", headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_pages_are_packed_and_tagged_by_how_they_are_packed(client, source, encoding):
    plain, packed = client.get("/en/"), client.get("/en/", headers={"Accept-Encoding": encoding})
    assert packed["Content-Encoding"] == encoding
    assert body(packed) == plain.content
    assert len(packed.content) < len(plain.content) / 2
    assert packed["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in packed["Vary"]
    assert int(packed["Content-Length"]) == len(packed.content)


def test_head_tells_the_same_without_the_page(client, db):
    got, head = client.get("/en/"), client.head("/en/")
    assert head.content == b""
    for name in ("ETag", "Content-Length", "Content-Type", "Cache-Control", "Vary"):
        assert head[name] == got[name]


def test_whoever_is_signed_in_gets_pages_of_their_own(client, protocol):
    client.get("/en/")  # somebody else's page is kept
    client.force_login(protocol)
    answer = client.get("/en/")
    assert answer["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer
    assert b"Your desk" in answer.content
    assert b"Your desk" not in Client().get("/en/").content
    client.logout()
    assert b"Your desk" not in client.get("/en/").content


@pytest.mark.parametrize("address", ["/en/nowhere/", "/en/?on=nonsense", "/en/desk/", "/"])
def test_what_is_no_page_is_not_kept(client, db, address):
    assert "ETag" not in client.get(address)


def test_a_fragment_is_not_the_page(client, db):
    page = client.get("/en/meetings/")
    assert client.get("/en/meetings/", headers={"HX-Request": "true"})["ETag"] != page["ETag"]


def test_hosts_do_not_share_pages(client, db):
    one = client.get("/en/", headers={"Host": "testserver"})
    assert client.get("/en/", headers={"Host": "localhost"})["ETag"] != one["ETag"]


def test_accounts_leave_no_trace_on_public_pages(client, source):
    before = client.get("/en/").content
    grant(1)
    assert Account.objects.count() == 1
    assert uncached("/en/") == before


def test_another_entry_of_the_same_number_has_pages_of_its_own(client, source):
    """After a backup was put back, what was known of the lost entries must not be taken for the new ones."""
    etags = []
    for name in ("Before", "After"):
        with transaction.atomic():
            with recording():
                seal("parties.register", by="secretariat", facts=[state("xa", name)])
            answer = client.get("/en/members/")
            assert name.encode() in answer.content
            etags.append(answer["ETag"])
            transaction.set_rollback(True)
    assert etags[0] != etags[1]


def test_long_addresses_do_not_fill_the_memory():
    shelf = Shelf(1_000_000)
    for number in range(100):
        shelf.put((number, "x" * 50_000), Kept(200, (), b"", ""))
    assert len(shelf.pages) < 20
    for number in range(1000):
        shelf.put((number,), Kept(200, (), b"", ""))
    assert len(shelf.pages) < 500
    assert shelf.size <= shelf.limit
