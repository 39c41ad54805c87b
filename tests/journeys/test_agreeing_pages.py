"""Pages of agreeing as each role sees them, and those that answer a form."""

import re

import pytest
from playwright.sync_api import Page, expect

from .busy import today
from .looking import Watch, look, look_at

YEAR = today()[:4]
FLOODS = f"/en/negotiations/pra-swg-{YEAR}-l-1/"
STATEMENT = "/documents/pra-swg-2024-l-2/"


@pytest.mark.parametrize(
    ("path", "by"),
    [
        (f"/ru{STATEMENT}", ""),
        (f"/en{STATEMENT}?language=en.ar", ""),
        ("/en/documents/pra-mc-7-doc-2/", ""),  # the text is not held
        ("/en/documents/pra-soc-2024-l-1/", ""),  # has a table
        ("/en/decisions/soc-2024-dec-5/", ""),  # was taken by silence
        (FLOODS, "delegate.xa"),
        (f"{FLOODS}?text=both&show=open", "chair"),
        (f"/en/secretariat/documents/pra-swg-{YEAR}-l-3/draft/?beside=ar", "documents"),
        *(("/en/desk/", name) for name in ("chair", "documents", "delegate.xb", "observer.qo", "auditor")),
    ],
)
def test_page_as_somebody(path: str, by: str, standing):
    assert look_at(standing(by), path) == []


@pytest.mark.parametrize("by", ["chair", "delegate.xb", "observer.qo"])
def test_a_silence_that_runs(by: str, standing):
    page = standing(by)
    assert look_at(page, where(page, "Modalities of the exchange of volunteers")) == []


def test_a_silence_that_was_broken(standing):
    page = standing("chair")
    assert look_at(page, where(page, "Memorandum on mountain rescue across borders")) == []


def test_silence_is_looked_at_once_more_before_it_is_proposed(visit):
    page = visit(by="chair")
    watch = Watch(page)
    page.goto(where(page, "Memorandum on mountain rescue across borders"))
    page.get_by_role("link", name="Start silence anew").click()
    end = page.get_by_role("group", name="Silence ends")
    end.get_by_label("Day").fill("3 January 2039")  # a Monday
    end.get_by_label("Time at the seat").fill("17:00")
    page.get_by_role("button", name="Review").click()
    expect(page.locator("h1")).to_have_text("Look once more")
    assert look(page) + watch.heard == []


def test_an_objection_is_looked_at_once_more(visit):
    page = visit(by="delegate.xu")
    watch = Watch(page)
    page.goto(f"{where(page, 'Modalities of the exchange of volunteers')}reply/")
    assert look(page) == []
    page.get_by_label("Objection").check()
    page.get_by_label("Your words").fill("There is no such list.")
    page.get_by_role("button", name="Review and break silence").click()
    expect(page.locator("h1")).to_have_text("You are about to break silence")
    assert look(page) + watch.heard == []


def test_a_file_as_it_was_understood(visit):
    page = visit(by="documents")
    watch = Watch(page)
    page.goto(f"/en/secretariat/documents/pra-swg-{YEAR}-l-4/import/")
    words = b"# A plan\n\nNoting that none is,\n\n1. Make one.\n\n| What | Who |\n| --- | --- |\n| A list | All |\n"
    file = {"name": "plan.md", "mimeType": "text/markdown", "buffer": words}
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    expect(page.locator("h1")).to_have_text("What was understood")
    assert look(page) + watch.heard == []


def test_a_position_is_written_in_its_place(visit):
    page = visit(by="delegate.xu")
    watch = Watch(page)
    page.goto(FLOODS)
    page.get_by_role("article", name=re.compile("^Paragraph 6:")).get_by_role("link", name="Reserve").click()
    expect(page.get_by_label("In words")).to_be_visible()
    assert look(page) + watch.heard == []


def test_the_address_of_a_feed_of_ones_own(visit):
    page = visit(by="delegate.xu")
    watch = Watch(page)
    page.goto("/en/notices/settings/")
    page.get_by_role("button", name=re.compile("^New:")).first.click()
    address = page.locator("main code").first.inner_text()
    assert look(page) + watch.heard == []
    assert page.request.get(address).ok


def where(page: Page, title: str) -> str:
    """The address of the silence on a text, among those that somebody may see."""
    page.goto("/en/silence/")
    return page.get_by_role("link", name=title).first.get_attribute("href")
