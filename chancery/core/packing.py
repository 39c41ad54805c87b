"""Pages as they are sent: compressed for whoever takes that."""

import gzip
import secrets
from collections.abc import Callable
from functools import wraps

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

_HIDDEN = 64  # so many bytes, at most, are added at random: the length then tells less of what is on the page


def encoding(request: HttpRequest) -> str:
    """The best encoding that the reader takes; what is named with `q=0` is not taken. Empty for none."""
    accepted = set()
    for offer in request.META.get("HTTP_ACCEPT_ENCODING", "").split(","):
        name, _, weight = offer.partition(";")
        if weight.strip() not in ("q=0", "q=0.0"):
            accepted.add(name.strip())
    return next((name for name in ("br", "gzip") if name in accepted), "")


def packed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A long page of somebody's own. It is made anew for every reader, and so compressed quickly rather than tightly;
    public ones are compressed where they are kept (portal/cache.py)."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        patch_vary_headers(answer, ("Accept-Encoding",))
        name = encoding(request)
        if name and answer.status_code == 200:
            page = answer.content + f"<!-- {secrets.token_hex(secrets.randbelow(_HIDDEN // 2))} -->".encode()
            answer.content = brotli.compress(page, quality=4) if name == "br" else gzip.compress(page, 4, mtime=0)
            answer.headers["Content-Encoding"] = name
        return answer

    return wrapped
