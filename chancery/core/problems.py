"""When something is wrong: pages that say what, and what to do."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from .refusals import Refusal


class Refusals:
    """Turns a refusal that no form showed into a page with its sentence and its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refused(request, exception) if isinstance(exception, Refusal) else None


def page(request: HttpRequest, status: int, title: str, sentence: str, **more: Any) -> HttpResponse:
    """An error page."""
    context = {"status": status, "title": title, "sentence": sentence, **more}
    return render(request, "ui/problem.html", context, status=status)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    title = {400: _("This address cannot be read"), 403: _("Not open to you")}.get(refusal.status, _("Not possible"))
    return page(request, refusal.status, title, refusal.text())


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 400, _("This request cannot be read"), _("Go back and try again; nothing was changed."))


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    sentence = _("The page was open for too long, or cookies are off. Go back, reload it and send it again.")
    return page(request, 403, _("Sent too late"), sentence)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 403, _("Not open to you"), _("You may not see this page. Sign in with another account."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    sentence = _("Nothing is kept at this address. It may have been written wrongly; addresses never change.")
    return page(request, 404, _("Not in the record"), sentence)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    sentence = _("Too many attempts in a short time. Wait a few minutes, then try again.")
    return page(request, 429, _("Please wait"), sentence)


def failed(request: HttpRequest) -> HttpResponse:
    """The one page that asks nothing of anything that may be broken."""
    from django.template.loader import render_to_string

    return HttpResponse(render_to_string("ui/failed.html"), status=500)
