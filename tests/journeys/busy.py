"""Work in progress: what must be under way so that the pages about it exist."""

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import APIRequestContext

from tests.duties.postbox import ROOT

from .practice import send

PICTURE = ROOT / "records" / "practice" / "files" / "corridors-port.jpg"
SCAN = {"name": "note.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}
SEAT = ZoneInfo("Asia/Tashkent")


def begin(protocol: APIRequestContext, officer: APIRequestContext) -> str:
    """Somebody is invited, a note came, a second factor is to be restored, news and a Digest are drafted, a meeting is
    convened. Returns the address of that meeting, which stays to come on whatever day the tests run."""
    send(protocol, "/en/accounts/invitation/", invitation("waiting@practice.example"))
    send(
        protocol, "/en/secretariat/notes/receipt/",
        {"party": "xa", "number": "PRA-7", "dated": today(), "scan": SCAN},
    )  # fmt: skip
    guest = account_page(protocol, "guest")
    send(protocol, f"{guest}restoration/", {"reason": "They called from the number that we know."})
    send(officer, f"{send(officer, '/en/secretariat/news/draft/', news('A road opens'))}publication/", {})
    draft = send(officer, "/en/secretariat/news/draft/", news("Bridges of the north"))
    send(officer, f"{draft}picture/", picture())
    send(officer, f"{draft}schedule/", {"day": "2139-01-03", "time": "09:00"})
    send(officer, "/en/secretariat/digest/", {"quarter": quarter()})
    return send(
        officer, "/en/secretariat/meetings/",
        {"title_en": "Seminar to come", "kind": "seminar", "starts": "2139-04", "source": "practice"},
    )  # fmt: skip


def today() -> str:
    return dt.datetime.now(SEAT).date().isoformat()


def quarter() -> str:
    """The quarter that we are in."""
    year, month, _day = today().split("-")
    return f"{year}-Q{(int(month) + 2) // 3}"


def news(title: str) -> dict[str, str]:
    words = {"title_en": title, "lede_en": "It is open.", "body_en": "It joins **two** valleys."}
    return {**words, "kind": "article", "dated": today(), "source": "practice"}


def picture() -> dict[str, Any]:
    shown = {"name": PICTURE.name, "mimeType": "image/jpeg", "buffer": PICTURE.read_bytes()}
    return {"file": shown, "alt_en": "A port at dawn", "layout": "wide", "source": "practice"}


def invitation(email: str, *, right: str = "delegate:xp") -> dict[str, str]:
    return {"email": email, "name": "Lina Ferro", "language": "en", "right": right, "since": "2026-01-01"}


def account_page(officer: APIRequestContext, name: str) -> str:
    """Where the account of `name`@practice.example has its page."""
    listed = officer.get(f"/en/secretariat/accounts/?q={name}@practice.example").text()
    found = re.search(r"/en/accounts/(?!invitation)\w+/", listed)
    assert found, f"no account of {name}"
    return found[0]
