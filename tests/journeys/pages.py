"""One page of every kind, found as a reader finds it: by following links."""

import html
import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.urls.exceptions import Resolver404
from playwright.sync_api import APIRequestContext

_LINK = re.compile(r'(?:href|src)="([^"]+)"')
_OTHER = re.compile(r"/(static|ru|ar)/")
_EACH = 3  # pages of one kind whose links are followed: another may show what the first has no occasion for


def kinds() -> list[str]:
    """The names of all addresses."""
    return sorted({name for name in _names(get_resolver().url_patterns) if name})


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str | None]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _names(one.url_patterns)
        else:
            yield one.name


def kind(path: str) -> str | None:
    try:
        return resolve(path).url_name
    except Resolver404:
        return None


def found(request: APIRequestContext, *starts: str) -> tuple[dict[str, str], list[str]]:
    """The first address of each kind that links lead to from some pages, and what is wrong with links."""
    first: dict[str, str] = {}
    wrong: list[str] = []
    seen: Counter[str] = Counter()
    waiting = deque((start, "") for start in starts)
    known = set(starts)
    while waiting:
        path, where = waiting.popleft()
        name = kind(path)
        if name is None:
            wrong.append(f"{path} (linked from {where}) is no address of ours")
            continue
        if seen[name] == _EACH:
            continue
        seen[name] += 1
        answer = request.get(path, max_redirects=0)
        if answer.status >= 400:
            wrong.append(f"{path} (linked from {where}) answered {answer.status}")
            continue
        first.setdefault(name, path)
        for link in _links(answer.text()) if "html" in answer.headers.get("content-type", "") else ():
            if link not in known:
                known.add(link)
                waiting.append((link, path))
    return first, wrong


def _links(page: str) -> Iterator[str]:
    """Where a page's links lead within the site, in its own language."""
    for address in _LINK.findall(page):
        parts = urlsplit(html.unescape(address))
        if not parts.netloc and parts.path.startswith("/") and not _OTHER.match(parts.path):
            yield parts.path
