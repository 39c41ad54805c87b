"""Delegations negotiate the words: in the page, without scripts, and in Word; and the brackets close."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.documents.test_proposal_pages import amended

from .busy import today
from .looking import Watch, look, look_at

CROSSINGS = f"/en/negotiations/pra-swg-{today()[:4]}-l-6/"
HOURS = "They agree that a Member State which closes a crossing tells its neighbours within eight hours."


def test_a_text_in_brackets_is_negotiated_until_the_next_version_says_what_was_agreed(visit, tmp_path: Path):
    a_paragraph_is_amended_in_its_place(visit)
    another_delegation_supports_it_without_scripts(visit)
    words_come_back_from_word(visit, tmp_path)
    the_chair_agrees_what_it_hears_no_objection_to(visit)
    the_next_version_is_drafted_and_circulated(visit)


def a_paragraph_is_amended_in_its_place(visit) -> None:
    page = visit(CROSSINGS, by="delegate.xp", width=1440)
    watch = Watch(page)
    paragraph = page.locator("#b5")
    paragraph.get_by_role("link", name="Amend").click()
    paragraph.get_by_label("The paragraph as you would have it").fill(HOURS)
    paragraph.get_by_label("Reason").fill("Eight is a fair middle.")
    paragraph.get_by_role("button", name="Show what was understood").click()
    expect(paragraph.locator(".understood")).to_contain_text("eight")
    assert look(page) == []
    paragraph.get_by_role("button", name="Table the proposal").click()
    expect(paragraph).to_contain_text("Eight is a fair middle.")
    expect(paragraph.locator(".para__t").first).to_contain_text(re.compile(r"XU\d+:twelve / XP\d+:eight"))
    expect(page.locator("#b5")).to_be_focused()
    assert watch.heard == []


def another_delegation_supports_it_without_scripts(visit) -> None:
    page = visit(CROSSINGS, by="delegate.xa", javascript=False)
    page.locator("#b5 .prop", has_text="Eight is a fair middle.").get_by_role("button", name="Support").click()
    expect(page.locator("#b5 .prop", has_text="Eight is a fair middle.")).to_contain_text("Supported by 1")


def words_come_back_from_word(visit, folder: Path) -> None:
    page = visit(CROSSINGS, by="delegate.xb")
    with page.expect_download() as taken:
        page.get_by_role("link", name="English", exact=True).last.click()
    file = folder / "crossings.docx"
    file.write_bytes(amended(Path(taken.value.path()).read_bytes(), "b6", "Dena Orlo", " They do so every morning."))
    page.goto(CROSSINGS)
    page.get_by_role("link", name="Bring back a Word file").click()
    assert look(page) == []
    page.get_by_label("Word file").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("heading", name="Dena Orlo")).to_be_visible()
    assert look(page) == []
    page.get_by_role("button", name="Table what is ticked").click()
    expect(page.locator("#b6 .para__t").first).to_contain_text("They do so every morning.")


def the_chair_agrees_what_it_hears_no_objection_to(visit) -> None:
    page = visit(CROSSINGS, by="chair")
    page.locator("#b5 .prop", has_text="Eight is a fair middle.").get_by_role("link", name="Settle").click()
    assert look(page) == []
    page.get_by_label("agreed: their words are in the text").check()
    page.get_by_role("button", name="Record").click()
    expect(page.locator("#b5")).to_contain_text("within eight hours")
    expect(page.locator("#b5")).to_contain_text("made on words that have changed since")


def the_next_version_is_drafted_and_circulated(visit) -> None:
    page = visit(CROSSINGS, by="documents")
    page.get_by_role("button", name="Draft the next version").click()
    expect(page.get_by_text(HOURS)).to_be_visible()
    page.get_by_role("button", name="Review and circulate").first.click()
    expect(page.locator("main")).to_contain_text("eight")
    page.get_by_role("button", name="Circulate", exact=True).click()
    page.goto(CROSSINGS)
    expect(page.locator("#b5 .para__t").first).to_contain_text("within eight hours")
    expect(page.locator("#b3 .para__t").first).to_contain_text("three winters")


@pytest.mark.parametrize("by", ["delegate.xp", "chair", "observer.qo", "auditor"])
def test_brackets_as_somebody_sees_them(by: str, standing):
    page = standing(by)
    paths = [CROSSINGS, f"{CROSSINGS}proposals/", f"{CROSSINGS}reading/?of=xm"] if by != "observer.qo" else []
    for path in paths:
        assert look_at(page, path) == []
        assert look_at(page, path.replace("/en/", "/ar/", 1)) == []


def test_brackets_on_paper_in_black_and_white(visit):
    page = visit(CROSSINGS, by="delegate.xp")
    page.emulate_media(media="print")
    added, left = page.locator("ins.am").first, page.locator("del.am").first
    assert "underline" in added.evaluate("one => getComputedStyle(one).textDecorationLine")
    assert "line-through" in left.evaluate("one => getComputedStyle(one).textDecorationLine")
    expect(page.get_by_role("button", name="Support").first).to_be_hidden()
