"""Notices on the desk, how somebody wishes to be told, and personal feeds."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext_lazy as _
from icalendar import Calendar

from chancery.core.refusals import NotAllowed
from chancery.duties.models import Letter
from chancery.journal.acts import recording
from chancery.journal.models import Entry
from chancery.notices import acts, kinds, queries
from chancery.notices.models import Feed, Notice, Preference
from chancery.notices.queries import Recipient
from chancery.notices.rules import FeedKind, Mail
from chancery.notices.telling import Words, tell
from chancery.people.models import Account
from tests.cast import account

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _kinds(monkeypatch) -> Iterator[None]:
    monkeypatch.setattr(kinds, "_kinds", {})
    kinds.add("tested", _("A test"))
    kinds.add("ended", _("An end"), legal=True)
    with time_machine.travel(START, tick=False):
        yield


@pytest.fixture
def ann(states) -> Account:
    return account("Ann", ("delegate", "xa"))


def told(to: Account, title: str = "Silence began", *, open: bool = True, hours: float = 0) -> Notice:
    with time_machine.travel(START + dt.timedelta(hours=hours), tick=False), recording() as at:
        (notice,) = tell(
            subject="silences:s1", event="tested", to=[Recipient(to, "xa")], link=("chair", []), at=at, open=open,
            say=lambda language: Words(f"{title} {language}", ""), hint="PRA/MC/7/DOC.1",
        )  # fmt: skip
    return notice


def page(client, person, address: str = "/en/notices/") -> str:
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode().replace("\xa0", " "))


# ---------------------------------------------------------------- the list
def test_what_was_not_seen_stands_first(client, ann):
    told(ann, "First", hours=-3)
    second = told(ann, "Second", hours=-2)
    told(ann, "Third", hours=-1)
    acts.see(account=ann, until=START, ref=second.ref, by=ann)
    html = page(client, ann)
    assert re.findall(r"<bdi>(\w+) en</bdi>", html) == ["Third", "First", "Second"]
    assert re.search(r'Notices\s*<span class="n">2<', html)
    assert 'href="/en/chair/"' in html


def test_it_is_read_in_the_language_of_the_page(client, ann):
    told(ann, "Told")
    assert "<bdi>Told ru</bdi>" in page(client, ann, "/ru/notices/")


def test_seen_is_said_of_one_or_of_all_that_were_shown(client, ann):
    first, second = told(ann, hours=-2), told(ann, hours=-1)
    client.force_login(ann)
    shown = START.isoformat()
    client.post("/en/notices/sight/", {"until": shown, "ref": first.ref})
    assert queries.unseen(ann) == 1
    later = told(ann, hours=1)  # after the page was shown
    client.post("/en/notices/sight/", {"until": shown})
    assert {one.ref for one in Notice.objects.filter(seen=None)} == {later.ref}
    second.refresh_from_db()
    assert second.seen == START
    assert not Entry.objects.filter(act__startswith="notices.").exists()


def test_nobody_marks_what_others_were_told(client, ann):
    notice = told(ann, hours=-1)
    client.force_login(account("Bea", ("delegate", "xa")))
    client.post("/en/notices/sight/", {"until": START.isoformat(), "ref": notice.ref})
    assert queries.unseen(ann) == 1
    with pytest.raises(NotAllowed):
        acts.see(account=ann, until=START, by=account("Cy", ("officer", "protocol")))


def test_the_way_back_is_the_desk_or_the_list_and_nowhere_else(client, ann):
    client.force_login(ann)
    sent = {"until": START.isoformat()}
    assert client.post("/en/notices/sight/", {**sent, "back": "/en/desk/"})["Location"] == "/en/desk/"
    assert client.post("/en/notices/sight/", {**sent, "back": "https://e.example/"})["Location"] == "/en/notices/"


def test_who_does_not_act_for_the_party_any_more_reads_only_what_is_public(client, ann):
    told(ann, "Public", hours=-2)
    told(ann, "Closed", open=False, hours=-1)
    assert "Closed" in page(client, ann)
    ann.grants.update(until=START.date())
    html = page(client, ann)
    assert "Closed" not in html
    assert "Public" in html
    assert queries.unseen(Account.objects.get(pk=ann.pk)) == 1


def test_empty_says_so(client, ann):
    assert "You have not been told of anything yet." in page(client, ann)


def test_the_list_costs_the_same_with_three(client, ann):
    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            page(client, ann)
        return len(found)

    told(ann)
    cost()
    one = cost()
    told(ann)
    told(ann)
    assert cost() == one <= 16  # signing in costs some of them


def test_long_lists_have_pages(client, ann):
    for number in range(31):
        told(ann, f"Number{number}", hours=-number)
    assert "Number30" not in page(client, ann)
    assert "Number30" in page(client, ann, "/en/notices/?page=2")


# ---------------------------------------------------------------- how one is told
def test_somebody_says_how_letters_come(client, ann):
    html = page(client, ann, "/en/notices/settings/")
    assert "<li>An end</li>" in html
    assert 'name="ended"' not in html
    assert client.post("/en/notices/settings/", {"tested": "daily"}).status_code == 302
    assert queries.wishes(ann) == {"tested": Mail.DAILY}
    assert '<option value="daily" selected>' in page(client, ann, "/en/notices/settings/")
    (entry,) = Entry.objects.filter(act="notices.prefer")
    assert not entry.is_public
    client.post("/en/notices/settings/", {"tested": "once"})
    assert not Preference.objects.exists()


@pytest.mark.parametrize("sent", [{"tested": "hourly"}, {}, {"ended": "never"}])
def test_what_cannot_be_wished_is_refused(client, ann, sent):
    client.force_login(ann)
    assert client.post("/en/notices/settings/", sent).status_code == 422
    assert not Preference.objects.exists()


def test_to_wish_the_same_again_is_no_act(ann):
    for _each in range(2):
        acts.prefer(account=ann, mail={"tested": Mail.NEVER}, by=ann)
    assert Entry.objects.filter(act="notices.prefer").count() == 1


def test_nobody_wishes_for_others(ann):
    with pytest.raises(NotAllowed):
        acts.prefer(account=ann, mail={"tested": Mail.NEVER}, by=account("Bea", ("officer", "protocol")))


# ---------------------------------------------------------------- feeds
def opened(client, person: Account, kind: str) -> str:
    """The path of a new feed, from the page that shows it."""
    client.force_login(person)
    answer = client.post("/en/notices/feeds/", {"kind": kind})
    assert answer["Cache-Control"] == "private, no-store"
    return re.search(r"https?://[^/]+(/feeds/[\w-]+/\w+)", answer.content.decode())[1]


def test_a_feed_is_read_without_a_session(client, ann):
    told(ann, "Public")
    told(ann, "Closed", open=False)
    address = opened(client, ann, "atom")
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    assert not answer.cookies
    text = answer.content.decode()
    assert "Public en" in text
    assert "PRA/MC/7/DOC.1" in text
    assert "Closed" not in text


def test_the_address_is_shown_once_and_only_its_hash_kept(client, ann):
    address = opened(client, ann, "atom")
    token = address.split("/")[2]
    assert token not in page(client, ann, "/en/notices/settings/")
    feed = Feed.objects.get()
    assert token not in str(vars(feed))
    assert all(token not in entry.private + entry.public for entry in Entry.objects.all())


def test_a_closed_feed_is_gone(client, ann):
    address = opened(client, ann, "atom")
    client.post(f"/en/notices/feeds/{Feed.objects.get().ref}/closing/")
    assert Client().get(address).status_code == 404
    assert Entry.objects.filter(act="notices.revoke-feed").count() == 1


def test_nobody_closes_the_feed_of_another(client, ann):
    address = opened(client, ann, "atom")
    client.force_login(account("Bea", ("officer", "protocol")))
    assert client.post(f"/en/notices/feeds/{Feed.objects.get().ref}/closing/").status_code == 404
    assert Client().get(address).status_code == 200


def test_a_closed_account_has_no_feeds(client, ann):
    address = opened(client, ann, "atom")
    Account.objects.update(is_active=False)
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("path", ["/feeds/guessed/atom", "/feeds/guessed/calendar", "/feeds/x/y"])
def test_a_made_up_address_is_no_page(db, path):
    assert Client().get(path).status_code == 404


def test_one_kind_does_not_open_the_other(client, ann):
    address = opened(client, ann, "atom")
    assert Client().get(address.replace("/atom", "/calendar")).status_code == 404


def test_feeds_are_only_read(client, ann):
    assert Client().post(opened(client, ann, "atom")).status_code == 405


def test_it_shows_what_its_owner_may_see_at_that_moment(client, ann):
    told(ann, "Closed", open=False)
    address = opened(client, ann, "atom")
    assert "PRA/MC/7/DOC.1" in Client().get(address).content.decode()
    ann.grants.update(until=START.date())
    assert "PRA/MC/7/DOC.1" not in Client().get(address).content.decode()


def test_a_personal_calendar_holds_what_is_asked(client, ann, monkeypatch, settings):
    from chancery.portal import asks
    from chancery.portal.asks import Ask

    found = [
        Ask("Silence", "Title", "/en/s/", START.date(), START, subject="silences:a", open=True),
        Ask("Silence", "Secret", "/en/s/", START.date(), subject="silences:b", hint="DOC.7"),
        Ask("Silence", "Undated", "/en/s/", subject="silences:c"),
    ]
    monkeypatch.setattr(asks, "_providers", [lambda person, day: found if person == ann else []])
    answer = Client().get(opened(client, ann, "calendar"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(one["SUMMARY"]) for one in events] == ["Silence: Title", "Silence: DOC.7"]
    assert events[0].decoded("DTSTART") == START
    assert events[1].decoded("DTSTART") == START.date()
    assert b"Secret" not in answer.content


def test_a_feed_speaks_the_language_in_which_it_was_made(client, ann):
    told(ann, "Public")
    client.force_login(ann)
    answer = client.post("/ru/notices/feeds/", {"kind": "atom"})
    address = re.search(r"https?://[^/]+(/feeds/[\w-]+/\w+)", answer.content.decode())[1]
    assert "Public ru" in Client().get(address).content.decode()


def test_an_unknown_kind_of_feed_is_not_made(client, ann):
    client.force_login(ann)
    assert client.post("/en/notices/feeds/", {"kind": "gopher"}).status_code == 302
    assert not Feed.objects.exists()


def test_nobody_opens_a_feed_for_another(ann):
    with pytest.raises(NotAllowed):
        acts.open_feed(account=ann, kind=FeedKind.ATOM, language="en", by=account("Bea", ("officer", "protocol")))
    assert not Letter.objects.exists()
