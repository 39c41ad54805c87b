"""Every page there is, in a real browser: one of each kind, found by following links."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser

from . import busy
from .looking import look_at
from .pages import found, kinds
from .practice import Served

YEAR = busy.today()[:4]
# Where the ways begin: the home page or the desk; what only machines ask for; what is far down in a list, or has most
# to show of its kind.
STARTS = {
    "": [
        "/en/", "/en/documents/pra-swg-2024-l-2/", "/en/decisions/mc-7-dec-1/", "/en/decisions/mc-7-dec-1/sheet/",
        "/en/check/1/mc-7-dec-1/", "/", "/robots.txt", "/sitemap.xml", "/favicon.ico", "/.well-known/security.txt",
        "/journal/entries.json", "/journal/consistency/1/1.json", "/data/manifests/1", "/en/digest/2024-q4/1.pdf",
        "/en/account/closed/", "/en/account/password/forgotten/asked/", "/en/account/password/forgotten/done/",
    ],
    "officer": [
        f"/en/documents/pra-swg-{YEAR}-l-4/", "/en/documents/pra-soc-2024-l-1/",  # a decision to publish, a relation
        "/en/desk/", "/en/meetings/mc-7/", "/en/secretariat/erratum/parties/xa/", "/en/documents/pra-mc-7-doc-1/",
        "/en/decisions/soc-2026-dec-1/", f"/en/secretariat/documents/pra-swg-{YEAR}-l-3/draft/",
        f"/en/negotiations/pra-swg-{YEAR}-l-1/paragraphs/b10/", f"/en/negotiations/pra-swg-{YEAR}-l-6/",
        f"/en/negotiations/pra-swg-{YEAR}-l-1/",  # positions are asked for
        f"/en/negotiations/pra-swg-{YEAR}-l-1/paragraphs/b2/",  # agreed, to be reopened
    ],
    "admin.xp": ["/en/desk/"],
    "delegate.xp": ["/en/desk/", f"/en/negotiations/pra-swg-{YEAR}-l-6/"],  # a text in brackets
    "delegate.xb": [f"/en/negotiations/pra-swg-{YEAR}-l-1/"],
}  # fmt: skip
ACTING = ("protocol", "officer")
# Addresses that answer with a file or lead on: they are asked for, but there is no page to look at.
FILES = {
    "data-manifest", "data-table", "datapackage", "decision-bundle", "decision-qr", "desk-fortnight-calendar",
    "digest-feed", "document-akoma", "document-enclosure", "document-print", "document-signed", "document-word",
    "edition-print", "favicon", "file", "front-door", "journal-checkpoint-note", "journal-consistency-json",
    "journal-entries-json", "journal-entry-json", "journal-keys", "journal-proof-json", "meeting-calendar",
    "meetings-calendar", "negotiation-word-file", "news-feed", "note-scan", "picture", "record-zip", "robots",
    "security", "silence-bundle", "site-map", "strip-csv",
}  # fmt: skip
# What no link leads to, and why.
BUTTONS = {
    "account-session", "account_logout", "desk-acknowledgement", "feed-closing", "issue-items", "issue-proof",
    "negotiation-drafting", "negotiation-positions", "news-picture-removal", "news-preview", "news-unscheduling",
    "notice-sight",
    "party-name-confirmation", "proposal-support",
}  # fmt: skip
ON_THE_WAY_IN = {  # the journeys look at these
    "account_reauthenticate", "account_reset_password_from_key", "invitation", "mfa_activate_totp",
    "mfa_authenticate", "mfa_download_recovery_codes", "mfa_index", "mfa_reauthenticate", "mfa_view_recovery_codes",
    "second-factor-picture",
}  # fmt: skip
BEYOND_A_FORM = {"feed-opening", "silence-reply", "silence-terms"}  # test_agreeing_pages.py looks at these
ASKED_FOR = {"personal-feed", "silence-clock"}  # by a reader's program, and by the page that is open
NOT_NOW = {  # before the first Chair; of a party outside; of an old head; once a proof is printed
    "chair-term", "party-admission", "journal-checkpoint-of", "issue-proof-file",
}  # fmt: skip
ELSEWHERE = BUTTONS | ON_THE_WAY_IN | BEYOND_A_FORM | ASKED_FOR | NOT_NOW


@pytest.fixture(scope="package")
def walk(browser: Browser, site: Served, keys: Callable[[str], Any]) -> tuple[dict[str, tuple[str, str]], list[str]]:
    """The first address of each kind with the account that sees it, and the links that lead nowhere."""
    protocol, officer = (browser.new_context(base_url=site.origin, storage_state=keys(one)) for one in ACTING)
    to_come = busy.begin(protocol.request, officer.request)
    protocol.close()
    officer.close()
    first: dict[str, tuple[str, str]] = {}
    wrong: list[str] = []
    for name, starts in {**STARTS, "officer": [to_come, *STARTS["officer"]]}.items():
        context = browser.new_context(base_url=site.origin, storage_state=keys(name) if name else None)
        seen, broken = found(context.request, *starts)
        context.close()
        wrong += [f"{name or 'the public'}: {words}" for words in broken]
        first = {kind: (path, name) for kind, path in seen.items()} | first
    return first, wrong


def test_every_link_leads_somewhere(walk):
    assert walk[1] == []


def test_every_kind_of_page_is_reached_by_links(walk):
    assert {*kinds()} - {*walk[0]} <= {*ELSEWHERE}


@pytest.mark.parametrize("kind", sorted({*kinds()} - FILES - {*ELSEWHERE}))
def test_page(kind: str, walk, standing):
    assert kind in walk[0], "no link leads there"
    path, name = walk[0][kind]
    page = standing(name)
    assert look_at(page, path) == []
    if not name:
        assert look_at(page, path.replace("/en/", "/ar/", 1)) == []


@pytest.mark.parametrize("name", ["delegate.xp", "press", "guest"])
def test_desks(name: str, standing):
    assert look_at(standing(name), "/en/desk/") == []


@pytest.mark.parametrize(
    ("path", "status", "by"),
    [
        ("/en/nothing/", 404, ""),
        ("/ar/nothing/", 404, ""),
        ("/en/members/?on=never", 400, ""),
        ("/en/secretariat/accounts/", 403, "delegate.xp"),
    ],
)
def test_what_is_wrong_is_told_on_a_whole_page(path: str, status: int, by: str, standing):
    assert look_at(standing(by), path, status=status) == []
