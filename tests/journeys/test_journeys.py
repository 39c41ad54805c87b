"""Stories from beginning to end, as those live them who work with the record."""

import re

from playwright.sync_api import expect

from . import busy
from .busy import today
from .looking import look_at
from .practice import Served, totp

DRAFTING = "/en/secretariat/news/draft/"


# ------------------------------------------------------------------------------------------ a delegate
def test_a_delegate_is_invited_sets_up_a_second_factor_and_signs_in(visit, site: Served):
    email = "lina.ferro@practice.example"
    page = visit("/en/secretariat/accounts/", by="protocol")
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Name", exact=True).fill("Lina Ferro")
    page.get_by_label("Right").select_option("delegate:xp")
    page.get_by_label("From").fill("1 January 2026")
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_role("status").first).to_contain_text("outbox")

    link = re.search(r"http\S+/account/invitation/\S+", site.letter_to(email))[0]
    page = visit()
    assert look_at(page, link.removeprefix(site.origin)) == []
    page.get_by_label("Password", exact=True).fill("tall-pine-lake-72")
    page.get_by_label("Password again").fill("tall-pine-lake-72")
    page.get_by_role("button", name="Make the account").click()
    page.wait_for_url("**/second-factor/setting-up/")
    assert look_at(page, "/en/account/second-factor/setting-up/") == []
    secret = page.locator("main code").inner_text()
    page.get_by_label("Code").fill(totp(secret))
    page.get_by_role("button", name="Set it up").click()
    page.wait_for_url("**/recovery-codes/")
    assert look_at(page, "/en/account/recovery-codes/") == []

    codes = page.locator("main ul li").all_inner_texts()

    page.goto("/en/desk/")
    expect(page.locator("main")).to_contain_text("Maravel")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/en/account/sign-in/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill("tall-pine-lake-72")
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/second-factor/code/")
    assert look_at(page, "/en/account/second-factor/code/") == []
    page.get_by_label("Code").fill(codes[0])  # the app's code opened the door once already
    page.locator("main").get_by_role("button").first.click()
    page.wait_for_url("**/desk/")

    officer = visit("/en/secretariat/accounts/", by="protocol")
    officer.get_by_role("row").filter(has_text=email).get_by_role("link").click()
    officer.get_by_role("link", name="End", exact=True).click()
    officer.get_by_label("It ends on").fill(today())
    officer.get_by_role("button", name="End it").click()
    expect(officer.locator("main")).to_contain_text("ended")
    page.reload()
    expect(page.locator("main")).not_to_contain_text("Maravel")


# ------------------------------------------------------------------------------------------ the press unit
def test_news_is_drafted_with_a_picture_published_and_corrected(visit, site: Served):
    page = visit("/en/secretariat/news/", by="press")
    page.locator("main").get_by_role("link", name="Draft").first.click()
    title = page.get_by_role("group", name="Title")
    title.get_by_label("English").fill("Ferries return to the inland sea")
    page.get_by_role("group", name="Text").get_by_label("English").fill("The first ferry sailed on **Monday**.")
    page.get_by_label("Kind").select_option("article")
    page.get_by_label("Day of what is reported").fill(today())
    page.get_by_label("Source").select_option("practice")
    page.get_by_role("button", name="Keep the draft").click()
    expect(page.locator("h1")).to_have_text("Ferries return to the inland sea")

    page.get_by_role("link", name="Add a picture").click()
    page.get_by_label("File").set_input_files(busy.PICTURE)
    page.get_by_role("group", name="What the picture shows").get_by_label("English").fill("A ferry at a quay")
    page.get_by_label("Source").select_option("practice")
    page.get_by_role("button", name="Add the picture").click()
    expect(page.get_by_role("img", name="A ferry at a quay")).to_be_visible()

    page.get_by_role("link", name="Publish later").click()
    page.get_by_label("Day").fill("3 January 2139")
    page.get_by_label("Time at the seat").fill("09:00")
    page.get_by_role("button", name="Put it on the clock").click()
    public = page.url.replace("/secretariat", "")
    assert visit().goto(public).status == 404, "a draft is public before its time"

    page.get_by_role("link", name="Publish now").click()
    page.get_by_role("button", name="Publish now").click()
    page.wait_for_url(public)
    reader = visit(public)
    expect(reader.locator("h1")).to_have_text("Ferries return to the inland sea")
    expect(reader.get_by_role("img", name="A ferry at a quay")).to_be_visible()
    assert "Ferries return" in reader.request.get("/en/news.atom").text()
    reader.goto("/en/news/")
    expect(reader.get_by_role("link", name="Ferries return to the inland sea")).to_be_visible()
    reader.goto("/en/journal/")
    expect(reader.locator("main")).to_contain_text("News was published")

    page.get_by_role("link", name="Correct").click()
    page.get_by_label("What is corrected").fill("The ferry sailed on Tuesday.")
    page.get_by_role("group", name="Text").get_by_label("English").fill("The first ferry sailed on Tuesday.")
    page.get_by_role("button", name="Publish the correction").click()
    page.wait_for_url(public)
    reader.goto(public)
    expect(reader.locator("main")).to_contain_text("Corrected")
    expect(reader.locator("main")).to_contain_text("The ferry sailed on Tuesday.")


def test_an_issue_of_the_digest_is_composed_and_published(visit):
    page = visit(by="officer")
    busy.send(page.request, f"{busy.send(page.request, DRAFTING, busy.news('A school opens'))}publication/", {})
    page.goto("/en/secretariat/digest/")
    page.get_by_label("Quarter").select_option(busy.quarter())
    page.get_by_role("button", name="Compose").click()
    expect(page.locator("main")).to_contain_text("A school opens")

    page.get_by_role("button", name=re.compile("Leave out A school opens")).click()
    page.get_by_role("button", name=re.compile("Take in A school opens")).click()
    page.get_by_role("link", name="Title, headlines, opening").click()
    page.get_by_role("group", name="Title", exact=True).get_by_label("English").fill("Schools and ferries")
    page.get_by_role("button", name="Keep the words").click()
    expect(page.locator("h1")).to_have_text("Schools and ferries")

    page.get_by_role("link", name="Publish").click()
    page.get_by_label("Source").select_option("practice")
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url("**/digest/*/*/")
    reader = visit(page.url)
    expect(reader.locator("main")).to_contain_text("Schools and ferries")
    expect(reader.locator("main")).to_contain_text("A school opens")
    assert "Schools and ferries" in reader.request.get("/en/digest.atom").text()
