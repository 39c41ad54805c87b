"""Signing in: the library's pages, and the picture that an authenticator app reads."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as factor
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from ..doors import work_page

_View = Callable[..., HttpResponse]


def honest(view: _View) -> _View:
    """Wrong input answers 422 with the same page, as every form here does; nothing of it is ever kept."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        if request.method == "POST" and answer.status_code == 200 and isinstance(answer, TemplateResponse):
            form = (answer.context_data or {}).get("form")
            if form is not None and form.errors:
                answer.status_code = 422
        return answer

    return wrapped


def code(request: HttpRequest) -> HttpResponse:
    """The second step of signing in. A form without a code is shown again: the library takes it for a key."""
    if request.method == "POST" and "code" not in request.POST:
        return redirect("mfa_authenticate")
    return factor.authenticate(request)


@require_safe
@work_page
def picture(request: HttpRequest) -> HttpResponse:
    """The secret that is being set up, as a QR code. A file of its own, because pages hold nothing inline."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    adapter = get_adapter()
    drawn = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(drawn, content_type="image/svg+xml", headers={"Cache-Control": "private, no-store"})
