"""The pages of meetings, and the forms about them."""

import itertools

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from chancery.journal.models import Entry
from chancery.meetings.models import Attachment, Figure, Meeting, Participation

from .stage import body, meeting, text
from .test_rules import PDF

pytestmark = pytest.mark.django_db
FRESH = itertools.count()
EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel("2024-06-15T09:00:00+05:00", tick=False):
        yield


def queries_of(client, url: str) -> int:
    """What a page costs that is not kept yet; the address is made new each time."""
    with CaptureQueriesContext(connection) as found:
        assert client.get(url, {"fresh": next(FRESH)}).status_code == 200
    return len(found)


def page(client, url: str, status: int = 200, **query) -> str:
    answer = client.get(url, query)
    assert answer.status_code == status
    return answer.content.decode()


def full(ref: str, states) -> Meeting:
    """A meeting with everything that a page can show, each text as bad as it can be."""
    bad = text(EVIL)
    whole = meeting(f"{ref}-whole", title=bad)
    made = meeting(
        ref, "2024-06-01", title=bad, summary=bad, outcome=text(f"## H\n{EVIL}\n[x](javascript:alert(3))"), next=bad,
        place=bad, organisers=bad, note=EVIL, hosts="xm", presiding=states["xm"], country=states["xm"],
        body=body(f"{ref}-body", EVIL), part_of=whole, dimension="ec", format="hybrid",
    )  # fmt: skip
    meeting(f"{ref}-part", part_of=made, title=bad)
    for place in (1, 2):
        Figure.objects.create(
            ref=f"{ref}.{place}", meeting=made, value="450", qualifier="over", label=bad, source="practice"
        )
        Attachment.objects.create(ref=f"{ref}.{place}", meeting=made, file="a.pdf", title=bad, source="practice")
    for party in states.values():
        Participation.objects.create(
            ref=f"{ref}.{party.ref}", meeting=made, party=party, role="delegation", source="practice", note=EVIL
        )
    return made


def test_a_list_costs_the_same_however_long_it_is(client, states):
    meeting("one", "2024-06-01")
    few = queries_of(client, "/en/meetings/")
    for ref in ("two", "three"):
        full(ref, states)
        meeting(f"{ref}-coming", "2025-06-01", body=Meeting.objects.get(ref=ref).body)
    assert queries_of(client, "/en/meetings/") == few
    assert few <= 12


def test_a_meeting_and_its_costs(client, states):
    whole = full("one", states)
    cost = queries_of(client, "/en/meetings/one/")
    for ref in ("second-part", "third-part"):
        meeting(ref, part_of=whole)
    assert queries_of(client, "/en/meetings/one/") == cost
    assert cost + 1 <= 12  # and the head of the journal, which is asked of the driver itself
    assert client.get("/en/meetings/nothing/").status_code == 404


def test_panels_cost_little_on_the_pages_below(client, states):
    made = full("one", states)
    assert queries_of(client, f"/en/bodies/{made.body_id}/") <= 12
    shown = page(client, f"/en/bodies/{made.body_id}/")
    assert "Sessions and meetings" in shown
    assert "/en/meetings/one/" in shown
    assert "/en/meetings/one/" in page(client, "/en/members/xm/")


@pytest.mark.parametrize("url", ["/en/meetings/", "/en/meetings/one/", "/en/members/xm/", "/en/bodies/one-body/"])
def test_what_is_typed_stays_text(client, states, url):
    full("one", states)
    shown = page(client, url)
    assert "alert(1)" in shown
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert 'href="javascript' not in shown


def test_a_held_meeting_as_its_page_tells_it(client, states):
    made = full("one", states)
    Meeting.objects.filter(ref=made.ref).update(outcome={"en": "**Agreed** on *rivers*"})
    shown = page(client, "/en/meetings/one/")
    assert "<strong>Agreed</strong>" in shown
    assert "<small>over</small> 450" in shown
    assert "Held" in shown
    assert "in person and online" in shown
    assert 'href="/files/a.pdf"' in shown
    assert "/en/meetings/one-whole/" in shown
    assert "/en/meetings/one-part/" in shown
    assert 'id="history"' in shown


def test_a_page_stands_at_its_day(client, source):
    meeting("talk", "2024-06-10")
    assert "Planned" in page(client, "/en/meetings/talk/", on="2024-06-09")
    assert "Held" in page(client, "/en/meetings/talk/", on="2024-06-10")
    assert "No meeting" not in page(client, "/en/meetings/", on="2024-06-09")
    assert 'id="coming"' in page(client, "/en/meetings/", on="2024-06-09")
    assert 'id="coming"' not in page(client, "/en/meetings/")
    assert 'href="/en/meetings/talk/?on=2024-06-09"' in page(client, "/en/meetings/", on="2024-06-09")


def test_times_name_the_place_whose_clock_they_follow(client, source):
    meeting("seat", opens="10:00", closes="18:00")
    meeting("away", opens="10:00", zone="Europe/Vienna", place=text("Vienna"))
    meeting("vague", "2025-Q4", opens="10:00")
    assert "10:00–18:00 (Selmar, UTC+5)" in page(client, "/en/meetings/seat/")
    assert "10:00 (Vienna, UTC+1)" in page(client, "/en/meetings/away/")
    assert "10:00" not in page(client, "/en/meetings/vague/")


def test_a_filter_is_kept_in_pages_and_calendar(client, source):
    for number in range(51):
        meeting(f"talk-{number:02}", "2024-06-01", kind="forum")
    meeting("other", "2024-06-02")
    shown = page(client, "/en/meetings/", kind="forum", on="2024-06-14")
    assert "/meetings/other/" not in shown
    assert "kind=forum&amp;on=2024-06-14&amp;page=2" in shown
    assert "/en/meetings.ics?kind=forum&amp;on=2024-06-14" in shown
    assert page(client, "/en/meetings/", kind="forum", page="2").count("/en/meetings/talk-") == 1
    for nonsense in ("0", "-1", "x", "9" * 30):
        assert "talk-" in page(client, "/en/meetings/", kind="forum", page=nonsense)


def test_an_empty_list_says_why_and_what_to_take_away(client, source):
    meeting("talk", "2024-06-01", kind="forum")
    shown = page(client, "/en/meetings/", kind="forum", q=EVIL)
    assert "Nothing in the record answers to this" in shown
    assert 'href="?kind=forum"' in shown
    assert "(1 found)" in shown
    assert "<script>alert" not in shown


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"kind": "zzz"}, "zzz is not one of the available choices"),
        ({"body": "nowhere"}, "nowhere is not one of"),
        ({"since": "nonsense"}, "is not a date that can be read"),
        ({"since": "2024", "to": "2023"}, "This is before the first day"),
        ({"q": "\0"}, "Null characters are not allowed"),
        ({"q": "x" * 101}, "at most 100 characters"),
        ({"on": "nonsense"}, "is not a date that can be read"),
    ],
)
def test_a_wrong_filter_leaves_the_page_usable(client, source, query, sentence):
    meeting("talk", "2024-06-01")
    shown = page(client, "/en/meetings/", 400, **query)
    assert sentence in shown
    assert "/en/meetings/talk/" in shown or query.get("since") == "2024"


def test_a_calendar_is_read_back(client, source):
    meeting("talk", "2024-06-01", kind="forum")
    meeting("other", "2024-06-02")
    answer = client.get("/en/meetings.ics", {"kind": "forum"})
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert [str(one["uid"]) for one in Calendar.from_ical(answer.content).walk("VEVENT")] == ["talk@practice"]
    one = client.get("/ru/meetings/talk.ics")
    assert b"UID:talk@practice" in one.content
    assert client.get("/en/meetings/nothing.ics").status_code == 404
    wrong = client.get("/en/meetings.ics", {"kind": "zzz"})
    assert (wrong.status_code, wrong["Content-Type"]) == (400, "text/plain; charset=utf-8")


# ---------------------------------------------------------------- the Secretariat's forms
FORMS = ["", "talk/amendment/", "talk/calling-off/", "talk/outcome/", "talk/attachment/"]


@pytest.mark.parametrize("form", FORMS)
def test_forms_are_for_officers(client, source, reader, form):
    meeting("talk")
    assert "/account/" in client.get(f"/en/secretariat/meetings/{form}")["Location"]
    client.force_login(reader)
    assert client.get(f"/en/secretariat/meetings/{form}").status_code == 403
    assert client.post(f"/en/secretariat/meetings/{form}", {"title_en": "x"}).status_code == 403
    assert not Entry.objects.exists()


@pytest.mark.parametrize("form", FORMS)
def test_forms_are_shown_to_officers(client, states, programme, form):
    full("talk", states)
    client.force_login(programme)
    shown = page(client, f"/en/secretariat/meetings/{form}")
    assert "csrfmiddlewaretoken" in shown
    assert "<script>alert" not in shown


def test_an_officer_convenes_a_meeting(client, states, programme):
    client.force_login(programme)
    answer = client.post(
        "/en/secretariat/meetings/",
        {
            "title_en": "Trade across borders", "title_ru": "Торговля", "kind": "forum", "starts": "20 November 2024",
            "opens": "10:00", "hosts": "XM, xp", "source": "practice",
        },
    )  # fmt: skip
    assert answer["Location"] == "/en/meetings/2024-11-20-trade-across-borders/"
    made = Meeting.objects.get()
    assert (made.hosts, made.opens.isoformat("minutes"), made.title.texts["ru"]) == ("xm xp", "10:00", "Торговля")


def test_what_was_typed_is_still_there_beside_the_refusal(client, source, programme):
    client.force_login(programme)
    meeting("mc-7", kind="session", body=body(), ordinal=7, title=text("Seventh session"))
    typed = {
        "title_en": "Another & one", "kind": "session", "starts": "2024-11-20", "body": "mc", "ordinal": "7",
        "source": "practice",
    }  # fmt: skip
    answer = client.post("/en/secretariat/meetings/", typed)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Seventh session is session 7 of this body already" in shown
    assert 'value="Another &amp; one"' in shown
    assert 'value="2024-11-20"' in shown


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"hosts": "XM ZZ"}, "“ZZ” is not in the record"),
        ({"zone": "Mars/Olympus"}, "This time zone is not known"),
        ({"opens": "25:00"}, "Enter a valid time"),
        ({"part_of": "nothing"}, "No meeting has this reference"),
        ({"starts": "soon"}, "is not a date that can be read"),
        ({"title_en": ""}, "Give the text in English at least"),
        ({"source": "hearsay"}, "Select a valid choice"),
    ],
)
def test_wrong_input_is_told_at_its_field(client, states, programme, wrong, sentence):
    client.force_login(programme)
    typed = {"title_en": "Talk", "kind": "forum", "starts": "2024-11-20", "source": "practice", **wrong}
    answer = client.post("/en/secretariat/meetings/", typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Meeting.objects.exists()


def test_an_officer_moves_a_meeting_and_finds_his_form_as_the_record_is(client, states, programme):
    client.force_login(programme)
    meeting("talk", "2024-11", hosts="xm", source="practice", ends="2024-12")
    shown = page(client, "/en/secretariat/meetings/talk/amendment/")
    assert 'value="2024-11"' in shown
    assert 'value="2024-12"' in shown
    assert 'value="XM"' in shown
    answer = client.post(
        "/en/secretariat/meetings/talk/amendment/",
        {"title_en": "Talk", "kind": "forum", "starts": "3 December 2024", "source": "practice", "seen": "older"},
    )
    assert answer.status_code == 409
    assert "Somebody changed this in the meantime" in answer.content.decode()
    typed = {"title_en": "Talk", "kind": "forum", "starts": "3 December 2024", "source": "practice"}
    client.post("/en/secretariat/meetings/talk/amendment/", typed)
    assert str(Meeting.objects.get().began) == "2024-12-03"


def test_an_officer_calls_a_meeting_off(client, source, programme):
    client.force_login(programme)
    meeting("talk", "2024-11-20")
    typed = {"called_off": "postponed", "note": "First\r\nsecond\x07", "source": "practice"}
    client.post("/en/secretariat/meetings/talk/calling-off/", typed)
    assert Meeting.objects.get().note == "First\nsecond"
    assert "Postponed" in page(client, "/en/meetings/talk/")
    assert client.post("/en/secretariat/meetings/talk/calling-off/", typed).status_code == 422


def test_an_officer_records_the_outcome(client, states, programme):
    client.force_login(programme)
    meeting("talk", "2024-06-01")
    typed = {
        "outcome_en": "One\r\n\r\nTwo", "figures": "over 450 | delegates | делегатов\r\n28 | States",
        "delegations": "XA XB", "source": "practice",
    }  # fmt: skip
    answer = client.post("/en/secretariat/meetings/talk/outcome/", typed)
    assert answer.status_code == 302
    assert Meeting.objects.get().outcome.texts == {"en": "One\n\nTwo"}
    shown = page(client, "/en/secretariat/meetings/talk/outcome/")
    assert "over 450 | delegates | делегатов" in shown
    assert 'value="XA XB"' in shown
    wrong = client.post("/en/secretariat/meetings/talk/outcome/", {**typed, "figures": "many | delegates"})
    assert wrong.status_code == 422
    assert "“many | delegates” has no number" in wrong.content.decode()


def test_an_officer_attaches_a_file(client, source, programme, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(programme)
    meeting("talk", "2024-06-01")
    for name, content, status in (("../../evil.html", PDF, 302), ("summary.pdf", b"<script>", 422)):
        file = SimpleUploadedFile(name, content, content_type="text/html")
        typed = {"title_en": "Summary", "language": "en", "source": "practice", "file": file}
        answer = client.post("/en/secretariat/meetings/talk/attachment/", typed)
        assert answer.status_code == status
    assert "is neither PDF, Word" in answer.content.decode()
    assert Attachment.objects.get().ending == "pdf"
    assert "EN · PDF" in page(client, "/en/meetings/talk/")
