"""Everything that readers and officers do, with JavaScript switched off."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.duties.postbox import wait_for

from .busy import invitation, today
from .practice import Known, account, send, totp


@pytest.fixture
def plain(visit):
    """Opens a page without JavaScript."""

    def open_(path: str, **options) -> Page:
        return visit(path, javascript=False, **options)

    return open_


def enter(page: Page, known: Known) -> None:
    """Signs in by hand."""
    page.get_by_label("E-mail address").fill(known.email)
    page.get_by_label("Password", exact=True).fill(known.password)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.get_by_label("Code").fill(totp(known.totp_secret))
    page.locator("main").get_by_role("button").first.click()


# ------------------------------------------------------------------------------------------ readers
def test_the_record_as_of_a_day(plain):
    page = plain("/en/members/")
    now = page.locator("main").inner_text()
    page.get_by_label("The record as of").fill("1 June 2001")
    page.get_by_role("button", name="Show").first.click()
    assert page.url.endswith("/en/members/?on=2001-06-01")
    assert page.locator("main").inner_text() != now
    expect(page.get_by_label("The record as of")).to_have_value("1 June 2001")
    page.get_by_role("link", name="Today").click()
    assert page.locator("main").inner_text() == now


def test_a_day_that_is_none_is_told_and_kept(plain):
    page = plain("/en/members/")
    page.get_by_label("The record as of").fill("the day after the feast")
    page.get_by_role("button", name="Show").first.click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("The record as of")).to_have_value("the day after the feast")


def test_a_list_is_narrowed(plain):
    page = plain("/en/decisions/")
    every = page.locator("main .dated li").count()
    page.get_by_label("Words").first.fill("observer")
    page.locator("form.filter").get_by_role("button", name="Show").click()
    expect(page.get_by_role("list", name="Chosen")).to_contain_text("observer")
    assert 0 < page.locator("main .dated li").count() < every


def test_another_language(plain):
    page = plain("/en/members/xa/?on=2010-01-01")
    page.get_by_role("link", name="Русский").click()
    assert page.url.endswith("/ru/members/xa/?on=2010-01-01")
    assert page.locator("html").get_attribute("lang") == "ru"
    page.get_by_role("link", name="العربية").click()
    assert page.locator("html").get_attribute("dir") == "rtl"


def test_the_digest_is_read_and_printed(plain):
    page = plain("/en/digest/")
    page.locator("main a[href='/en/digest/2024-q4/']").first.click()
    link = page.locator("main a[href$='.pdf']").first

    def printed() -> bool:  # by the clock, shortly after it begins
        page.reload()
        return link.count() > 0

    wait_for(printed)
    answer = page.request.get(link.get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")


# ------------------------------------------------------------------------------------------ officers
def test_signing_in_and_out(plain):
    page = plain("/en/account/sign-in/")
    enter(page, account("finance"))
    assert page.url.endswith("/en/desk/")
    page.get_by_role("button", name="Sign out").click()
    if "sign-out" in page.url:
        page.locator("main").get_by_role("button").click()
    page.goto("/en/desk/")
    assert "/account/sign-in/" in page.url


def test_a_hand_over_is_recorded_and_its_history_shown(plain):
    page = plain("/en/secretariat/chair/hand-over/", by="officer")
    page.get_by_label("State that takes the Chair").select_option("xp")
    page.get_by_label("Day of the hand-over").fill(today())
    page.get_by_label("Source").select_option("practice")
    page.get_by_role("button", name="Record the hand-over").click()
    assert page.url.endswith("/en/chair/")
    expect(page.locator("h1")).to_have_text("Maravel")
    newest = page.get_by_role("region", name="History").get_by_role("listitem").first
    expect(newest).to_contain_text("the Secretariat")
    page.goto(newest.get_by_role("link").get_attribute("href"))
    expect(page.locator("main")).to_contain_text("xp")


def test_what_was_typed_stays_when_an_act_is_refused(plain):
    page = plain("/en/secretariat/parties/xa/admission/", by="officer")  # a member already
    page.get_by_label("From").fill("3 January 2030")
    page.get_by_label("Reference of the decision").fill("mc-1-dec-1")
    page.get_by_label("Source").select_option("practice")
    page.locator("main form").get_by_role("button").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.get_by_label("From")).to_have_value("3 January 2030")
    expect(page.get_by_label("Reference of the decision")).to_have_value("mc-1-dec-1")


def test_an_invitation_is_accepted(plain, site, visit):
    officer = visit(by="protocol")
    email = "without.script@practice.example"
    send(officer.request, "/en/accounts/invitation/", invitation(email))
    link = re.search(r"http\S+/account/invitation/\S+", site.letter_to(email))[0]
    page = plain(link)
    page.get_by_label("Password", exact=True).fill("tall-pine-lake-72")
    page.get_by_label("Password again").fill("tall-pine-lake-72")
    page.get_by_role("button", name="Make the account").click()
    assert page.url.endswith("/account/second-factor/setting-up/")
    page.get_by_label("Code").fill(totp(page.locator("main code").inner_text()))
    page.get_by_role("button", name="Set it up").click()
    page.goto("/en/account/")
    expect(page.locator("main")).to_contain_text("set up")
