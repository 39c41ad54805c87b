"""With the keyboard alone, and on paper."""

import pytest
from playwright.sync_api import Page, expect

_FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one), place = one.getBoundingClientRect()
  return {
    words: (one.labels?.[0] ?? one).textContent.trim(), tag: one.tagName, id: one.id,
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: place.width > 0 && place.height > 0 && place.bottom > 0 && place.top < innerHeight,
  }
}"""


def tab(page: Page, times: int) -> list[dict]:
    """What has the focus after each press of Tab."""
    reached = []
    for _ in range(times):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(_FOCUSED))
    return reached


def test_the_first_stop_skips_to_the_content(visit):
    page = visit("/en/members/")
    (skip,) = tab(page, 1)
    assert (skip["words"], skip["ring"], skip["seen"]) == ("Skip to content", True, True)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    (inside,) = tab(page, 1)
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)"), inside


@pytest.mark.parametrize(("path", "by"), [("/en/members/", ""), ("/en/meetings/", ""), ("/en/desk/", "officer")])
def test_every_stop_can_be_seen(path: str, by: str, visit):
    page = visit(path, by=by)
    stops = tab(page, 40)
    assert [stop for stop in stops if stop["tag"] != "BODY" and not (stop["ring"] and stop["seen"])] == []


def test_sections_languages_and_the_day_are_reached_in_order(visit):
    page = visit("/en/members/")
    words = [stop["words"] for stop in tab(page, 25)]
    order = [words.index(one) for one in ("Русский", "Sign in", "Meetings", "The record as of", "Show")]
    assert order == sorted(order)
    page.get_by_label("The record as of").fill("1 June 2001")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?on=2001-06-01")


def test_a_refused_form_brings_the_focus_to_what_is_wrong(visit):
    page = visit("/en/secretariat/chair/hand-over/", by="officer")
    page.get_by_label("Day of the hand-over").fill("some day")
    page.keyboard.press("Enter")
    expect(page.locator("#errors")).to_be_focused()
    page.locator("#errors a").first.press("Enter")
    (stop,) = tab(page, 1)
    assert stop["tag"] in ("INPUT", "SELECT"), "the link leads to no field"


@pytest.mark.parametrize("path", ["/en/", "/en/members/xa/", "/en/meetings/mc-7/", "/en/news/"])
def test_on_paper(path: str, visit):
    """No navigation, no buttons; dark ink on white; nothing wider than A4."""
    page = visit(path, width=658, color_scheme="dark")  # A4 without its margins, 96 px to the inch
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_role("button", name="Show").first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth + 1")
    style = page.evaluate("(({backgroundColor, color}) => [backgroundColor, color])(getComputedStyle(document.body))")
    background, ink = style
    assert brightness(background) > 240
    assert brightness(ink) < 80


def brightness(colour: str) -> float:
    """0 is black, 255 white; what is transparent lies on white paper."""
    parts = [float(part) for part in colour[colour.index("(") + 1 : -1].replace("/", ",").split(",")]
    return 255 if len(parts) == 4 and parts[3] == 0 else sum(parts[:3]) / 3
