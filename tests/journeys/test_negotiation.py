"""A text on its way, from the first draft to a decision of the ministers that anybody can verify."""

import datetime as dt
import os
import re
import sqlite3
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from chancery.decisions.rules.silence import working_days_after
from tests.duties.postbox import ROOT, wait_for

from .busy import today
from .practice import Served, account, send, totp

TITLE = "Statement on ports of refuge"
MARKDOWN = f"""# {TITLE}

Recalling that a storm does not ask a ship for its flag,

1. The Ministers agree that a port answers a call for help before any other business.

2. They ask every Member State to name a port of refuge by 1 June 2072.

3. They ask Maravel to publish the list of these ports.
"""
RUSSIAN = {
    "Title": "Заявление о портах-убежищах",
    "PP1": "Напоминая, что шторм не спрашивает у судна, под каким оно флагом,",
    "1": "Министры соглашаются, что порт отвечает на призыв о помощи прежде любого другого дела.",
    "2": "Они просят каждое государство-член назвать порт-убежище до 1 июня 2027 года.",
    "3": "Они просят Маравель опубликовать список этих портов.",
}
CORRECTED = "They ask every Member State to name a port of refuge by 1 June 2027."
AMENDED = "The Ministers agree that a port answers a call for help before any other business, and at any hour."
AMENDED_IN_RUSSIAN = (
    "Министры соглашаются, что порт в любой час отвечает на призыв о помощи прежде любого другого дела."
)
PROPOSED = "“… and at any hour.”"
CARE = "Rosmere understands that a port of refuge may be a river port."


def test_a_statement_climbs_from_a_draft_to_a_decision_that_anybody_can_verify(act: "Acting", tmp_path: Path):
    key = key_of(act.site)
    act("delegate.xp")  # signs in now, so that its next code is another one
    statement = table(act)
    import_its_text(act, statement)
    correct_a_paragraph(act, statement)
    circulate_in_two_languages(act, statement)

    ask_for_positions(act, statement)
    one_delegation_joins_all(act)
    one_awaits_its_capital(act, statement)
    one_objects_with_words(act, statement)
    agreement_is_refused_while_somebody_objects(act, statement)
    the_objection_is_lifted(act, statement)
    the_chair_agrees_the_paragraphs(act, statement)
    the_capital_confirms(act, statement)
    decide_in_the_room(act, session(act, "swg"), does="agrees")

    silence = propose_silence(act)
    acknowledge_from_the_desk(act)
    break_silence(act, silence)
    everybody_is_told(act, silence)
    agreed_words_cannot_be_changed_unasked(act, statement)
    reopen_a_paragraph(act, statement)
    circulate_the_amended_text(act, statement)
    agree_it_anew(act, statement)
    again = restart_silence(act, silence)
    it_ends_unbroken(act, again)

    decision = decide_in_the_room(act, session(act, "mc"), does="adopts", statement=CARE)
    the_number_is_given(act, decision)
    nobody_outside_reads_it_yet(act, decision)
    publish(act, decision)
    the_public_reads_it(act, decision)
    bundle = download_the_bundle(act, decision, tmp_path / "bundle.zip")
    the_bundle_is_accepted(bundle, key, tmp_path)
    a_changed_bundle_is_refused(bundle, key, tmp_path)
    the_code_on_paper_leads_to_what_it_vouches_for(act, decision)
    what_follows_is_recorded(act, decision)
    and_reported_by_whom_it_asks(act, decision)


def test_without_javascript_a_delegation_answers_a_silence_and_a_paragraph(visit):
    page = visit("/en/desk/", by="delegate.xb", javascript=False)
    page.get_by_role("link", name="Open : Modalities of the exchange of volunteers").click()
    answer = page.locator("#answer")
    answer.get_by_label("Comment").check()
    answer.get_by_label("Your words").fill("Our list will be ready in January.")
    answer.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status").first).to_contain_text("Your answer is recorded.")
    expect(page.locator(".state--you")).to_contain_text("Arvessa")

    page.goto("/en/desk/")
    page.get_by_role("link", name="Give a position : Statement on early warning of floods").click()
    paragraph(page, "2").get_by_role("button", name="Join").click()
    expect(paragraph(page, "2")).to_contain_text("Your delegation: Can join")
    paragraph(page, "4").get_by_role("link", name="Comment").click()
    page.get_by_label("In words").fill("Every hour would do.")
    page.get_by_role("button", name="State it").click()
    expect(paragraph(page, "4")).to_contain_text("Every hour would do.")


def test_on_a_phone_silence_is_acknowledged_with_one_click(visit):
    page = visit("/en/desk/", by="delegate.xp", width=390)
    page.get_by_role("button", name="Acknowledge : Modalities of the exchange of volunteers").click()
    expect(page.get_by_role("status").first).to_contain_text("acknowledged")
    expect(page.get_by_role("button", name=re.compile("Acknowledge : Modalities"))).to_have_count(0)
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


# ------------------------------------------------------------------------------------------ who acts
class Acting:
    """The people of the story, each at a browser of their own: `act("chair", "/en/desk/")`."""

    def __init__(self, site: Served, visit: Callable[..., Page]) -> None:
        self.site, self._visit = site, visit
        self._pages: dict[str, Page] = {}

    def __call__(self, name: str, path: str = "") -> Page:
        if name not in self._pages:
            self._pages[name] = self._visit(by=name)
        if path:
            self._pages[name].goto(path)
        return self._pages[name]


@pytest.fixture
def act(site: Served, visit: Callable[..., Page]) -> Acting:
    return Acting(site, visit)


def paragraph(page: Page, number: str) -> Locator:
    """A paragraph with the positions on it."""
    return page.get_by_role("article", name=re.compile(f"^Paragraph {number}:"))


def words(page: Page, label: str) -> Locator:
    """The words of a paragraph in the editor."""
    return page.get_by_role("textbox", name=label, exact=True)


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def working_day(after: int) -> str:
    charter = settings.CHARTER
    start = dt.date.fromisoformat(today())
    return working_days_after(start, after, charter.working_days, charter.holidays).isoformat()


# ------------------------------------------------------------------------------------------ the text
def table(act: Acting) -> str:
    """The end of the document's address."""
    page = act("documents", "/en/secretariat/documents/")
    follow(page, "Table a document")
    title = page.get_by_role("group", name="Title")
    title.get_by_label("English").fill(TITLE)
    title.get_by_label("Русский").fill(RUSSIAN["Title"])
    page.get_by_label("Kind").select_option("statement")
    page.get_by_label("Body").select_option("swg")
    page.get_by_label("Series").select_option("L")
    page.get_by_label("Way through the bodies").select_option("statement")
    page.get_by_label("Classification").select_option("body")
    page.get_by_label("Source").select_option("practice")
    press(page, "Table")
    expect(page.locator("h1")).to_have_text(TITLE)
    return page.url.rstrip("/").rpartition("/")[2]


def import_its_text(act: Acting, statement: str) -> None:
    page = act("documents")
    follow(page, "A version from a file")
    file = {"name": "statement.md", "mimeType": "text/markdown", "buffer": MARKDOWN.encode()}
    page.get_by_label("File").set_input_files(file)
    press(page, "Read the file")
    expect(page.locator("h1")).to_have_text("What was understood")
    kinds = [one.input_value() for one in page.get_by_role("combobox").all()]
    assert kinds == ["title", "preambular", "operative", "operative", "operative"]
    press(page, "Make it the draft")
    page.wait_for_url(f"**/documents/{statement}/draft/**")


def correct_a_paragraph(act: Acting, statement: str) -> None:
    page = act("documents")
    wrong = words(page, "2, English")
    expect(wrong).to_have_value(re.compile("2072"))
    wrong.fill(CORRECTED)
    press(page, "Save")
    expect(page.locator("#draft").get_by_role("status")).to_contain_text("Saved")


def circulate_in_two_languages(act: Acting, statement: str) -> None:
    page = act("documents")
    press(page, "Русский")
    for called, text in RUSSIAN.items():
        words(page, f"{called}, Русский").fill(text)
    press(page, "Review and circulate")
    expect(page.locator("main")).to_contain_text("people will be told")
    expect(page.locator("main")).not_to_contain_text("Look again")  # the languages say the same
    page.get_by_label("The translations written with it are").select_option("official")
    press(page, "Circulate")
    page.wait_for_url(f"**/documents/{statement}/")
    expect(page.locator("main")).to_contain_text(CORRECTED)
    page.goto(f"/ru/documents/{statement}/")
    expect(page.locator("main")).to_contain_text(RUSSIAN["2"])


# ------------------------------------------------------------------------------------------ positions
def ask_for_positions(act: Acting, statement: str) -> None:
    page = act("chair", f"/en/negotiations/{statement}/")
    follow(page, "Ask for positions")
    page.get_by_label("By the day").fill(working_day(after=2))
    press(page, "Ask")
    expect(page.locator("main")).to_contain_text("Positions are asked for by")


def one_delegation_joins_all(act: Acting) -> None:
    page = act("delegate.xa", "/en/desk/")
    follow(page, f"Give a position : {TITLE}")
    press(page, "Join all 4 open paragraphs of which you have not spoken")
    expect(paragraph(page, "3")).to_contain_text("Your delegation: Can join")


def one_awaits_its_capital(act: Acting, statement: str) -> None:
    page = act("delegate.xm", f"/en/negotiations/{statement}/")
    paragraph(page, "2").get_by_role("button", name="Await capital").click()
    expect(paragraph(page, "2")).to_contain_text("Your delegation: Awaiting capital")


def one_objects_with_words(act: Acting, statement: str) -> None:
    page = act("delegate.xu", f"/en/negotiations/{statement}/")
    paragraph(page, "3").get_by_role("link", name="Object").click()
    page.get_by_label("In words").fill("We would publish it ourselves.")
    press(page, "State it")
    expect(paragraph(page, "3")).to_contain_text("Your delegation: Objection")


def agreement_is_refused_while_somebody_objects(act: Acting, statement: str) -> None:
    page = agree(act, statement)
    expect(page.get_by_role("alert").first).to_contain_text("It cannot be agreed while XU object")


def the_objection_is_lifted(act: Acting, statement: str) -> None:
    page = act("delegate.xu", f"/en/negotiations/{statement}/")
    paragraph(page, "3").get_by_text("Change", exact=True).click()
    paragraph(page, "3").get_by_role("button", name="Join").click()
    expect(paragraph(page, "3")).to_contain_text("Your delegation: Can join")


def the_chair_agrees_the_paragraphs(act: Acting, statement: str) -> None:
    page = agree(act, statement)
    expect(page.locator("main")).to_contain_text("1 paragraph holds the text back")
    expect(paragraph(page, "2")).to_contain_text("1 capital to confirm")


def agree(act: Acting, statement: str) -> Page:
    """The chair ticks every paragraph that is not agreed."""
    page = act("chair", f"/en/negotiations/{statement}/")
    follow(page, "Agree paragraphs")
    for box in page.get_by_role("group", name="Paragraphs").get_by_role("checkbox").all():
        box.check()
    page.get_by_label("Agreed by").select_option("swg")
    press(page, "Agree")
    return page


def the_capital_confirms(act: Acting, statement: str) -> None:
    page = act("delegate.xm", "/en/desk/")
    follow(page, f"Confirm : {TITLE}")
    follow(page, "Answer of the capital")
    page.get_by_label("confirms the paragraph").check()
    press(page, "Record it")
    expect(page.locator("main")).to_contain_text("All paragraphs are agreed")


# ------------------------------------------------------------------------------------------ the room
def session(act: Acting, body: str) -> str:
    """Convened by the programme officer, for today; where it has its page."""
    details = {
        "title_en": f"Session of today ({body})", "kind": "session", "starts": today(), "body": body,
        "ordinal": "41", "presiding": "xb", "source": "practice",
    }  # fmt: skip
    return send(act("programme").request, "/en/secretariat/meetings/", details)


def decide_in_the_room(act: Acting, session: str, *, does: str, statement: str = "") -> str:
    """The address of the decision."""
    page = act("chair", session)
    follow(page, "In the room")
    text = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=TITLE))
    text.get_by_role("link", name="No objection").click()
    page.get_by_label("All Member States are present").check()
    page.get_by_label("What the body does").select_option(label=does)
    if statement:
        page.get_by_text("Interpretative statements and reservations").click()
        first = page.get_by_role("group", name="Statement 1")
        first.get_by_label("Made by").fill("xu")
        first.get_by_label("English").fill(statement)
    press(page, "Record the decision")
    expect(page.locator("h1")).to_have_text(TITLE)
    return page.url.removeprefix(act.site.origin)


# ------------------------------------------------------------------------------------------ silence
def propose_silence(act: Acting) -> str:
    """Where the silence has its page."""
    page = act("chair", "/en/silence/")
    follow(page, "Propose silence")
    text = page.get_by_label("Text, in its latest version")
    text.select_option(text.get_by_role("option").filter(has_text=TITLE).get_attribute("value"))
    page.get_by_label("Body that decides").select_option("soc")
    press(page, "Go on")
    page.get_by_label("On the recommendation of a lower body").check()
    page.get_by_label(re.compile("^Recommendation")).select_option(index=1)
    page.get_by_label("What the body does with the text").select_option("approve")
    return set_the_end(act, page)


def set_the_end(act: Acting, page: Page) -> str:
    end = page.get_by_role("group", name="Silence ends")
    end.get_by_label("Day").fill(working_day(after=3))
    end.get_by_label("Time at the seat").fill("17:00")
    press(page, "Review")
    expect(page.locator("h1")).to_have_text("Look once more")
    press(page, "Propose silence")
    expect(page.locator("#clock")).to_contain_text("Silence ends in")
    return page.url.removeprefix(act.site.origin)


def acknowledge_from_the_desk(act: Acting) -> None:
    page = act("delegate.xa", "/en/desk/")
    press(page, f"Acknowledge : {TITLE}")
    expect(page.get_by_role("status").first).to_contain_text("acknowledged")


def break_silence(act: Acting, silence: str) -> None:
    page = act("delegate.xp", silence)
    page.get_by_label("Amendment").check()
    page.get_by_label("Your words").fill("A storm keeps no office hours.")
    page.get_by_label("Wording you could accept").fill(PROPOSED)
    press(page, "Review and break silence")
    expect(page.locator("h1")).to_have_text("You are about to break silence")
    expect(page.locator("main")).to_contain_text("The procedure stops at once for all 28 Member States.")
    confirm_with_a_fresh_code(page, "delegate.xp")
    expect(page.get_by_role("status").first).to_contain_text("Silence is over")


def confirm_with_a_fresh_code(page: Page, name: str) -> None:
    """The code with which one signed in does not count again: the next one comes within half a minute."""
    first = totp(account(name).totp_secret)
    page.get_by_label("Code").fill(first)
    press(page, "Break silence")
    if page.get_by_role("alert").count():
        wait_for(lambda: totp(account(name).totp_secret) != first)
        page.get_by_label("Code").fill(totp(account(name).totp_secret))
        press(page, "Break silence")


def everybody_is_told(act: Acting, silence: str) -> None:
    told = f"Silence is broken, not adopted: {TITLE}"
    for name in ("delegate.xa", "delegate.xu", "chair", "documents"):
        expect(act(name, "/en/notices/").get_by_role("link", name=told)).to_be_visible()
    letter = act.site.letter_to("delegate.xa@practice.example")
    assert silence in letter
    assert PROPOSED not in letter, "a letter tells no more than where to read"


# ------------------------------------------------------------------------------------------ the text, amended
def agreed_words_cannot_be_changed_unasked(act: Acting, statement: str) -> None:
    page = act("documents", f"/en/secretariat/documents/{statement}/draft/?beside=ru")
    words(page, "1, English").fill(AMENDED)
    words(page, "1, Русский").fill(AMENDED_IN_RUSSIAN)
    press(page, "Review and circulate")
    expect(page.get_by_role("note")).to_contain_text("Paragraph 1 is agreed and its words have changed.")


def reopen_a_paragraph(act: Acting, statement: str) -> None:
    page = act("chair", f"/en/negotiations/{statement}/")
    page.get_by_text("Agreed 4 paragraphs").click()
    paragraph(page, "1").get_by_role("link", name="Reopen").click()
    page.get_by_label("Consent was recorded at").select_option(index=1)
    page.get_by_label("Reason").fill("Maravel broke silence and offered wording.")
    press(page, "Reopen")
    expect(paragraph(page, "1")).to_contain_text("Open")


def circulate_the_amended_text(act: Acting, statement: str) -> None:
    page = act("documents", f"/en/secretariat/documents/{statement}/circulation/")
    page.get_by_label("The translations written with it are").select_option("official")
    page.get_by_label("What is new").fill("Paragraph 1, as Maravel proposed.")
    press(page, "Circulate")
    page.wait_for_url(f"**/documents/{statement}/")
    follow(page, "Compare with the version before")
    expect(page.get_by_role("insertion").filter(has_text="at any hour")).to_be_visible()


def agree_it_anew(act: Acting, statement: str) -> None:
    page = agree(act, statement)
    expect(page.locator("main")).to_contain_text("All paragraphs are agreed")


def restart_silence(act: Acting, broken: str) -> str:
    page = act("chair", broken)
    follow(page, "Start silence anew")
    expect(page.locator("main")).to_contain_text("The text has changed since: this is its latest version.")
    return set_the_end(act, page)


def it_ends_unbroken(act: Acting, silence: str) -> None:
    let_time_pass(act.site, silence)
    page = act("delegate.xa", silence)

    def decided() -> bool:
        page.reload()
        return page.get_by_role("heading", name="Adopted by silence").count() > 0

    wait_for(decided)


def let_time_pass(site: Served, silence: str) -> None:
    """As if it had been proposed days ago and ended now."""
    ref = silence.rstrip("/").rpartition("/")[2]
    with sqlite3.connect(site.home / "chancery.sqlite3", timeout=30) as database:
        database.execute(
            "update decisions_silence set proposed = datetime(proposed, '-9 days'),"
            " opens = datetime(opens, '-9 days'), expires = datetime('now') where ref = ?",
            [ref],
        )
    database.close()


# ------------------------------------------------------------------------------------------ the decision
def the_number_is_given(act: Acting, decision: str) -> None:
    page = act("chair", decision)
    expect(page.locator("main")).to_contain_text("PRA/MC/41/DEC.1")
    expect(page.locator("main")).to_contain_text(CARE)


def nobody_outside_reads_it_yet(act: Acting, decision: str) -> None:
    assert act("", "/en/").goto(decision).status == 404


def publish(act: Acting, decision: str) -> None:
    page = act("documents", decision)
    follow(page, "Publish")
    press(page, "Publish")
    page.wait_for_url(f"**{decision}")


def the_public_reads_it(act: Acting, decision: str) -> None:
    page = act("", decision)
    for told in ("PRA/MC/41/DEC.1", AMENDED, CORRECTED, CARE, "Rosmere"):
        expect(page.locator("main")).to_contain_text(told)
    page.goto(decision.replace("/en/", "/ru/"))
    expect(page.locator("main")).to_contain_text(AMENDED_IN_RUSSIAN)


# ------------------------------------------------------------------------------------------ the proof
def key_of(site: Served) -> str:
    """The public key of the journal, as it was noted before anything was decided."""
    with urllib.request.urlopen(site.url("/journal/keys")) as answer:
        return answer.read().decode().split()[1]


def download_the_bundle(act: Acting, decision: str, place: Path) -> Path:
    page = act("", decision)
    follow(page, "Proof")
    with page.expect_download() as downloading:
        follow(page, "Bundle (ZIP)")
    downloading.value.save_as(place)
    return place


def verify(bundle: Path, key: str, home: Path) -> subprocess.CompletedProcess[str]:
    """By a program of its own, which has nothing but the bundle and the key."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CHANCERY_", "DJANGO_"))}
    command = [sys.executable, "-m", "chancery", "verify", str(bundle), "--key", key]
    environment = {**kept, "CHANCERY_HOME": str(home / "nothing"), "HOME": str(home)}
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120)


def the_bundle_is_accepted(bundle: Path, key: str, place: Path) -> None:
    answer = verify(bundle, key, place)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "PRA/MC/41/DEC.1" in answer.stdout


def a_changed_bundle_is_refused(bundle: Path, key: str, place: Path) -> None:
    changed = place / "changed.zip"
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            whole = old.read(name)
            new.writestr(name, whole.replace(b"1 June 2027", b"1 June 2028") if name == "text.json" else whole)
    answer = verify(changed, key, place)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert "text" in answer.stdout + answer.stderr


def the_code_on_paper_leads_to_what_it_vouches_for(act: Acting, decision: str) -> None:
    page = act("", f"{decision}sheet/")
    expect(page.get_by_role("img", name=re.compile("check page"))).to_be_visible()
    address = page.get_by_text(re.compile(r"/check/\d+/")).inner_text()
    seal = page.locator("footer .seal").first.inner_text()
    page.goto(address)
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator("main")).to_contain_text(seal)


# ------------------------------------------------------------------------------------------ what follows
def what_follows_is_recorded(act: Acting, decision: str) -> None:
    page = act("documents", decision)
    follow(page, "Record what follows")
    page.get_by_label("Paragraph").select_option(index=4)
    page.get_by_role("group", name="What is to be done").get_by_label("English").fill("Publish the list of ports.")
    page.get_by_label("Who is to do it").select_option("parties:xp")
    page.get_by_label("Due by").fill("2039-06-01")
    press(page, "Record")
    expect(page.locator("main")).to_contain_text("Publish the list of ports.")


def and_reported_by_whom_it_asks(act: Acting, decision: str) -> None:
    page = act("delegate.xp", f"{decision}#follow-up")
    follow(page, "Report")
    page.get_by_label("Where it stands").select_option("done")
    page.get_by_label("What was done").fill("The list is on the site of our ports.")
    press(page, "Report")
    expect(act("", decision).locator("main")).to_contain_text("The list is on the site of our ports.")
