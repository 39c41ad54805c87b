"""What every page has around its subject: the masthead, languages, navigation and foot."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from . import navigation
from .charter import LANGUAGE_NAMES, RIGHT_TO_LEFT


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the navigation. `count` is asked only where it is shown."""

    label: Any
    url: str
    current: bool = False
    count: Callable[[], int] | None = None


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
        "navigation": _links(request, navigation.public, person),
        "work": _links(request, _allowed(navigation.work, person), person) if person else [],
        "footer": [Group(title, _links(request, entries, person)) for title, entries in navigation.foot.items()],
    }


def _languages(request: HttpRequest, current: str) -> list[Language]:
    return [
        Language(
            code, LANGUAGE_NAMES[code], _in_language(request, code, current), code == current,
            "rtl" if code in RIGHT_TO_LEFT else "ltr",
        )
        for code in settings.CHARTER.interface
    ]  # fmt: skip


def _in_language(request: HttpRequest, code: str, current: str) -> str:
    """The same page in a language, which is the first segment of its address; the overview in it where the address
    leads nowhere."""
    here = request.get_full_path()
    known = request.resolver_match is not None and here.startswith(f"/{current}/")
    return f"/{code}{here[len(current) + 1 :]}" if known else f"/{code}/"


def _links(request: HttpRequest, entries: list[navigation.Entry], person: Any) -> list[Link]:
    """The entries with their addresses; the current one is that whose address the page's address begins with."""
    code = get_language() or ""
    found = [(entry, navigation.url(entry.view, entry.args, code)) for entry in navigation.in_order(entries)]
    matching = [url for _, url in found if request.path == url or (url.count("/") > 2 and request.path.startswith(url))]
    best = max(matching, key=len, default="")
    return [
        Link(entry.label, url, url == best, partial(entry.count, person) if entry.count else None)
        for entry, url in found
    ]


def _allowed(entries: list[navigation.Entry], person: Any) -> list[navigation.Entry]:
    return [entry for entry in entries if not entry.act or navigation.may(person, entry.act)]
