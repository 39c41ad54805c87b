"""What every page has around its subject: the masthead, languages, navigation and foot."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language

from . import navigation
from .charter import LANGUAGE_NAMES, RIGHT_TO_LEFT


@dataclass(frozen=True, slots=True)
class Link:
    label: Any
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    name: str
    url: str
    current: bool
    dir: str


@dataclass(frozen=True, slots=True)
class Group:
    title: Any
    links: list[Link]


def furniture(request: HttpRequest) -> dict[str, Any]:
    """The context of every template."""
    account = getattr(request, "user", None)
    person = account if account is not None and account.is_authenticated else None
    code = get_language() or settings.LANGUAGE_CODE
    asof = getattr(request, "asof", None)
    return {
        **(asof.context() if asof else {}),
        "charter": settings.CHARTER,
        "release": settings.RELEASE,
        "person": person,
        "language": code,
        "direction": "rtl" if code in RIGHT_TO_LEFT else "ltr",
        "languages": _languages(request, code),
        "navigation": _links(request, navigation.public),
        "work": _links(request, _allowed(navigation.work, person)) if person else [],
        "footer": [Group(title, _links(request, entries)) for title, entries in navigation.foot.items()],
    }


def _languages(request: HttpRequest, current: str) -> list[Language]:
    here = request.get_full_path()
    return [
        Language(
            code, LANGUAGE_NAMES[code], _translated(here, code, current), code == current,
            "rtl" if code in RIGHT_TO_LEFT else "ltr",
        )
        for code in settings.CHARTER.interface
    ]  # fmt: skip


def _translated(here: str, code: str, current: str) -> str:
    """The same page in a language; the overview in it where the address leads nowhere."""
    found = translate_url(here, code)
    return f"/{code}/" if found == here and code != current else found


def _links(request: HttpRequest, entries: list[navigation.Entry]) -> list[Link]:
    """The entries with their addresses; the current one is that whose address the page's address begins with."""
    found = [(entry, reverse(entry.view, args=entry.args)) for entry in navigation.in_order(entries)]
    matching = [url for _, url in found if request.path == url or (url.count("/") > 2 and request.path.startswith(url))]
    best = max(matching, key=len, default="")
    return [Link(entry.label, url, url == best) for entry, url in found]


def _allowed(entries: list[navigation.Entry], person: Any) -> list[navigation.Entry]:
    return [entry for entry in entries if not entry.act or navigation.may(person, entry.act)]
