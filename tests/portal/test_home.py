"""The home page on several days, with much and with nothing to show."""

import datetime as dt
import re

import pytest

from chancery.core.text import LocalizedText
from tests.cast import state

from .conftest import area, chaired, decided_on, held, published, queries_of

pytestmark = pytest.mark.django_db


def page(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode().replace("\xa0", " ")


def block(html: str, heading: str) -> str:
    """The section that a heading names."""
    return re.search(rf'<section[^>]*aria-labelledby="{heading}".*?</section>', html, re.DOTALL)[0]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_record_on_a_day(client, rich):
    html = page(client, "/en/?on=2024-12-31")
    assert "Confidence is built in the open" in re.search("<h1.*?</h1>", html, re.DOTALL)[0]
    facts = re.findall(r"<dd>(\d+)</dd>", block(html, "tagline"))
    assert facts == ["4", "5", "2"]
    chair = words(block(html, "tagline"))
    assert "Chair: Arvessa , since 2024" in chair
    assert "Connected, prepared, trusted" in chair
    assert "Received from Jorvania on 17 December 2024" in chair
    assert "Meeting later" in block(html, "coming")
    assert "Meeting ports-1" not in block(html, "coming")
    assert "Decision statement" in block(html, "decided")
    assert "Ministers agree on rivers" in block(html, "issue")
    assert "July–September 2024" in block(html, "issue")


def test_an_earlier_day_shows_what_was_so_then(client, rich):
    html = page(client, "/en/?on=2024-10-10")
    assert "Chair: Jorvania , 2020–2024" in words(html)
    assert "The first Chair, since 24 September 2020" in words(html)
    assert "Meeting ports-1" in block(html, "coming")
    assert "Nothing had been decided by this day" in block(html, "decided")
    assert "No issue had appeared by this day" in block(html, "issue")


def test_a_second_term_of_the_same_state_is_renewed(client, states):
    chaired("xm", "2020-09-24", "2022-10-13")
    chaired("xm", "2022-10-13", "2024-12-17")
    assert "Renewed on 13 October 2022" in words(page(client, "/en/?on=2023-01-01"))


@pytest.mark.parametrize("day", ["1991-01-01", "2004-10-22", "2024-12-31", "2199-12-31"])
@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_an_empty_record_still_has_a_page(client, db, day, language):
    html = page(client, f"/{language}/?on={day}")
    assert re.findall(r"<dd>(\d+)</dd>", html) == ["0", "5", "0"]
    assert html.count('class="empty"') == 4


def test_before_the_first_chair(client, rich):
    assert "Before the first term there was no chair" in page(client, "/en/?on=1999-12-31")


def test_the_strip_holds_three_months_up_to_the_day(client, rich):
    strip = page(client, "/en/?on=2024-11-30").partition('id="months"')[2]
    assert "20 November: Meeting ports-1, Selmar" in strip
    assert "6 October: Meeting mines-1, Selmar" in strip
    assert "swg-7" not in strip.partition("<footer")[0]
    assert "September" in strip
    assert "October" in strip


def test_what_is_known_to_the_quarter_has_no_tile_but_is_counted(client, rich):
    strip = page(client, "/en/?on=2024-12-31").partition('id="months"')[2]
    assert "3 entries of the record" in strip
    assert "Meeting vague" not in strip
    assert "1 more is known to the month or quarter only" in strip


def test_dimensions_without_any_entry_are_named(client, rich):
    note = re.search(r"Nothing is recorded in these months for:.*?</p>", page(client, "/en/?on=2024-12-31"), re.DOTALL)
    assert "Economic" not in note[0]
    assert "Human" in note[0]


def test_each_dimension_has_its_sentence(client, rich):
    dims = re.findall(r'<li class="d-(\w\w)">(.*?)</li>', page(client, "/en/?on=2024-12-31"), re.DOTALL)
    said = {code: words(html) for code, html in dims}
    assert "1 priority area ; coordinated by Aldora , Maravel" in said["ec"].replace("area;", "area ;")
    assert "Latest: Meeting ports-1 , 20 November 2024" in said["ec"]
    assert "No priority area on this day. Nothing in these three months." in said["hu"]


def test_a_meeting_that_is_over_today_does_not_tell_its_end_before_it_began(client, source):
    told = LocalizedText({"en": "Two bodies were established."})
    held("past", "2020-05-05", summary=told)
    held("planned", "2199-05-05", summary=LocalizedText({"en": "Agenda: rivers."}))
    coming = block(page(client, "/en/?on=2020-01-01"), "coming")
    assert "Meeting past" in coming
    assert "Two bodies were established" not in coming
    assert "Agenda: rivers" in coming


def test_what_was_called_off_is_neither_announced_nor_counted(client, source):
    held("off", "2024-12-05", called_off="cancelled")
    assert "Meeting off" not in page(client, "/en/?on=2024-11-01")
    assert "Meeting off" not in page(client, "/en/?on=2024-12-31")


def test_a_year_stands_behind_days_that_are_known(client, source):
    held("some-time", "2025")
    held("exact", "2025-06-01")
    coming = block(page(client, "/en/?on=2024-12-31"), "coming")
    assert coming.index("Meeting exact") < coming.index("Meeting some-time")


@pytest.mark.parametrize(
    ("language", "typed"),
    [("en", "31 December 2024"), ("ru", "31 декабря 2024"), ("en", "31.12.2024"), ("en", "Dec 2024"), ("ru", "2024")],
)
def test_a_day_as_people_write_it_leads_to_its_address(client, db, language, typed):
    answer = client.get(f"/{language}/", {"on": typed})
    assert (answer.status_code, answer["Location"]) == (302, f"/{language}/?on=2024-12-31")


@pytest.mark.parametrize("typed", ["nonsense", "0000-01-01", "1 January 0", "31 February 2024", "9999-12-31", "<b>"])
def test_a_day_that_cannot_be_read_leaves_the_page_usable(client, rich, typed):
    html = page(client, f"/en/?on={typed}", status=400)
    shown = typed.replace("<", "&lt;").replace(">", "&gt;")
    assert f'value="{shown}"' in html
    assert 'aria-invalid="true"' in html
    assert "is not a date that can be read" in html
    assert "Decision statement" in html


def test_the_links_keep_the_day(client, rich):
    html = page(client, "/en/?on=2024-12-31").partition("<main")[2].partition("</main>")[0]
    for address in re.findall(r'href="(/en/[^"#]*)', html):
        assert "on=2024-12-31" in address or address.startswith("/en/digest"), address


def test_the_other_language_is_the_same_page_on_the_same_day(client, db):
    html = page(client, "/en/?on=2024-12-31")
    assert '<a href="/ru/?on=2024-12-31" lang="ru"' in html
    assert '<html lang="ru"' in page(client, "/ru/?on=2024-12-31")


def test_the_page_costs_the_same_however_long_the_record_is(client, source):
    def more(number: int) -> None:
        ref = "abc"[number]
        state(f"x{ref}", f"State {ref}")
        chaired(f"x{ref}", f"202{number}-01-01", f"202{number + 1}-01-01")
        area(f"area-{ref}", "ec", f"x{ref}")
        held(f"held-{ref}", f"2024-12-0{number + 1}", dimension="ec")
        held(f"coming-{ref}", f"2025-02-0{number + 1}")
        decided_on(f"decision-{ref}", "2024-12-01")
        published(f"2024-Q{number + 1}", "2024-12-01", "Title")

    more(0)
    one = queries_of(client, "/en/", on="2024-12-31")
    more(1)
    more(2)
    assert queries_of(client, "/en/", on="2024-12-31") == one
    assert one <= 12


def test_states_without_a_place_on_the_map_are_named(client, states):
    states["xa"].marker = "100 100 120 100"
    states["xa"].save()
    html = page(client, "/en/")
    assert 'transform="translate(120 100)"' in html
    assert "Arvessa, Jorvania, Maravel not drawn" in html


# ---------------------------------------------------------------- the file of the strip
def test_the_file_holds_the_same_three_months(client, rich):
    answer = client.get("/en/strip.csv?on=2024-12-31")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="activities-2024-12.csv"' in answer["Content-Disposition"]
    lines = answer.content.decode().split("\r\n")
    assert lines[0] == (
        "ref,starts,dimension,kind,title.en,title.ru,title.ar,place.en,place.ru,place.ar,address"
    )
    assert [line.split(",")[:3] for line in lines[1:-1]] == [
        ["vague", "2024-Q4", ""],
        ["mines-1", "2024-10-06", "en"],
        ["ports-1", "2024-11-20", "ec"],
        ["swg-7", "2024-12-03", ""],
    ]
    assert lines[1].endswith("http://localhost:8000/en/meetings/vague/?on=2024-12-31")


def test_only_the_latest_are_drawn_and_the_file_has_all(client, source, monkeypatch):
    from chancery.portal import strip

    monkeypatch.setattr(strip, "DRAWN", 2)
    for day in (1, 2, 3):
        held(f"m{day}", f"2024-12-0{day}")
    html = page(client, "/en/?on=2024-12-31")
    assert "Only the latest are drawn" in html
    assert "3 December: Meeting m3" in html
    assert "1 December: Meeting m1" not in html
    assert client.get("/en/strip.csv?on=2024-12-31").content.count(b"\r\n") == 4


def test_months_reach_back_over_the_turn_of_a_year():
    from chancery.portal.strip import months

    assert months(dt.date(2024, 1, 31)) == [dt.date(2023, 11, 1), dt.date(2023, 12, 1), dt.date(2024, 1, 1)]
    assert months(dt.date(2024, 12, 31)) == [dt.date(2024, 10, 1), dt.date(2024, 11, 1), dt.date(2024, 12, 1)]
