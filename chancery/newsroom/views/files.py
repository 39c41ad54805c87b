"""Files of the record: only what something public names, and what the press unit works on."""

import mimetypes
import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from chancery.core.asof import today
from chancery.people import policy

from .. import pictures, queries

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
_SHOWN = ("image/jpeg", "image/png", "application/pdf")  # everything else is for saving
_FOREVER = "public, max-age=31536000, immutable"  # a file never changes under its name


def file(request: HttpRequest, name: str) -> HttpResponse:
    """A file as it is kept."""
    public = _may_see(request, name)
    return _sent(Path(settings.MEDIA_ROOT) / name, name, public=public)


def picture(request: HttpRequest, width: int, name: str) -> HttpResponse:
    """A picture in one of the widths in which it is offered."""
    if width not in pictures.WIDTHS:
        raise Http404
    public = _may_see(request, name)
    return _sent(pictures.scaled(name, width), name, public=public)


def _may_see(request: HttpRequest, name: str) -> bool:
    """Whether everybody may see a file; False where only this reader may. Raises `Http404` otherwise."""
    if not _NAME.fullmatch(name) or not (Path(settings.MEDIA_ROOT) / name).is_file():
        raise Http404
    if queries.is_public_file(name, today()):
        return True
    works = request.user.is_authenticated and policy.may(request.user, "newsroom.read-drafts")
    if works and queries.names_file(name):
        return False
    raise Http404


def _sent(path: Path, name: str, *, public: bool) -> HttpResponse:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    answer = FileResponse(path.open("rb"), content_type=kind, filename=name, as_attachment=kind not in _SHOWN)
    answer["Cache-Control"] = _FOREVER if public else "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
