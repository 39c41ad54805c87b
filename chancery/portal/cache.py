"""Public pages, kept.

A public page is a pure function of the last public entry, its address, the language (in the address), the day
at the seat, the release, the charter, the encoding and whether a fragment was asked for: nothing public changes
without an entry. So the key moves when the head moves, and nothing ever needs to be invalidated.

A view that depends on more (the clock, an account) is never kept: it is signed in, a POST, or says itself how long
it may be kept.
"""

import datetime as dt
import gzip
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from chancery.core.packing import encoding
from chancery.core.signing import identity
from chancery.journal.queries import marked_head

_Get = Callable[[HttpRequest], HttpResponse]
_SMALLEST = 600  # bytes below which compressing costs more than it saves
_LARGEST = 2 * 1024 * 1024  # bytes above which a page is not kept
_BESIDE = 4096  # bytes that the headers of a page and the shelf itself take, roughly
_PERSONAL = frozenset({settings.SESSION_COOKIE_NAME, "messages"})  # cookies that make a page somebody's own
_TEXT = ("text/", "application/json", "application/atom+xml", "image/svg+xml", "application/xml", "application/akn+xml")


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer ready to be sent again."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    etag: str

    def answer(self, request: HttpRequest) -> HttpResponse:
        if self.etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
            answer: HttpResponse = HttpResponseNotModified()
            for name, value in self.headers:
                if name in ("Cache-Control", "ETag", "Vary"):
                    answer.headers[name] = value
            return answer
        answer = HttpResponse(self.body, status=self.status)
        for name, value in self.headers:
            answer.headers[name] = value
        return answer


class Shelf:
    """The kept pages of one worker, least recently used given up first, within a number of bytes: of a page, of its
    address, which a stranger may make as long as that of a small page, and of what is kept beside both."""

    def __init__(self, limit: int) -> None:
        self.limit, self.size = limit, 0
        self.pages: OrderedDict[Any, Kept] = OrderedDict()

    def get(self, key: Any) -> Kept | None:
        kept = self.pages.get(key)
        if kept:
            self.pages.move_to_end(key)
        return kept

    def put(self, key: Any, kept: Kept) -> None:
        if before := self.pages.pop(key, None):
            self.size -= _weight(key, before)
        self.pages[key] = kept
        self.size += _weight(key, kept)
        while self.size > self.limit and self.pages:
            self.size -= _weight(*self.pages.popitem(last=False))


def _weight(key: Any, kept: Kept) -> int:
    return len(kept.body) + len(repr(key)) + _BESIDE


class PublicPages:
    """The outermost middleware: answers kept pages, and keeps those that may be kept."""

    def __init__(self, get_response: _Get) -> None:
        self.get_response = get_response
        self.shelf = Shelf(settings.PAGE_CACHE_BYTES)
        self.fixed = f"{settings.RELEASE}:{settings.CHARTER.digest}:{identity.mark()}"

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or not _PERSONAL.isdisjoint(request.COOKIES):
            return _private(self.get_response(request))
        if request.path_info.startswith(settings.STATIC_URL):
            return self.get_response(request)
        key = self._key(request)
        if kept := self.shelf.get(key):
            return kept.answer(request)
        answer = self.get_response(request)
        if not _may_be_kept(answer):
            return answer
        kept = _kept(answer, key)
        if len(kept.body) <= _LARGEST:
            self.shelf.put(key, kept)
        return kept.answer(request)

    def _key(self, request: HttpRequest) -> tuple[Any, ...]:
        """Read before the page is made: a page made meanwhile is at most newer than its key says."""
        today = settings.CHARTER.today(dt.datetime.now(dt.UTC))
        fragment = request.META.get("HTTP_HX_REQUEST") == "true"
        host = request.META.get("HTTP_HOST", "")
        return (marked_head(), host, request.get_full_path(), today, encoding(request), fragment, self.fixed)


def _private(answer: HttpResponse) -> HttpResponse:
    answer.headers.setdefault("Cache-Control", "private, no-store")
    return answer


def _may_be_kept(answer: HttpResponse) -> bool:
    return (
        answer.status_code == 200
        and not answer.streaming
        and not answer.cookies
        and "Cache-Control" not in answer.headers
    )


def _kept(answer: HttpResponse, key: tuple[Any, ...]) -> Kept:
    body, encoding = answer.content, key[4]
    kind = answer.headers.get("Content-Type", "")
    if encoding and len(body) >= _SMALLEST and kind.startswith(_TEXT):
        body = brotli.compress(body, quality=5) if encoding == "br" else gzip.compress(body, 6, mtime=0)
        answer.headers["Content-Encoding"] = encoding
    etag = f'"{sha256(repr(key).encode()).hexdigest()[:32]}"'
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.headers["Vary"] = "Accept-Encoding, Cookie, HX-Request"
    answer.headers["Content-Length"] = str(len(body))
    return Kept(answer.status_code, tuple(answer.headers.items()), body, etag)
