"""When something is wrong: pages that say what, and what to do."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext as _

from .charter import RIGHT_TO_LEFT
from .refusals import Refusal


class Refusals:
    """Turns a refusal that no form showed into a page with its sentence and its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, arguments: Any, named: Any) -> None:
        """Nothing has an address with a NUL in it, and PostgreSQL cannot even be asked."""
        if "\0" in request.path_info:
            raise Http404

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refused(request, exception) if isinstance(exception, Refusal) else None


def page(request: HttpRequest, status: int, title: str, sentence: str, **more: Any) -> HttpResponse:
    """An error page."""
    context = {"status": status, "title": title, "sentence": sentence, **more}
    return render(request, "ui/problem.html", context, status=status)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    title = {400: _("This address cannot be read"), 403: _("Not open to you")}.get(refusal.status, _("Not possible"))
    return page(request, refusal.status, title, refusal.text(), sign_in=refusal.status == 403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    sentence = _("What was sent could not be understood. Nothing was changed.")
    todo = [_("Go back, reload the page and send it again."), _("If you typed the address, look for a slip in it.")]
    return page(request, 400, _("This request cannot be read"), sentence, todo=todo)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    sentence = _("The page was open for too long, or cookies are off. Nothing was changed.")
    todo = [_("Go back, reload the page and send it again."), _("Allow cookies for this site.")]
    return page(request, 403, _("Sent too late"), sentence, todo=todo)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    sentence = _("This page exists for others, or for an account with other rights.")
    todo = [
        _("Sign in with the account that has the right to it."),
        _("If you think that you should have it, ask the Secretariat or the administrator of your delegation."),
    ]
    return page(request, 403, _("Not open to you"), sentence, todo=todo, sign_in=True)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    sentence = _("Nothing is kept at this address. Addresses of the record never change, so it was probably mistyped.")
    todo = [
        _("Compare the address with the one you were given, letter by letter."),
        _("Begin at the overview: members, meetings and decisions are one step from there."),
    ]
    return page(request, 404, _("Not in the record"), sentence, todo=todo)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    sentence = _("There were too many attempts from your side in a short time. Nothing was changed.")
    todo = [_("Wait a few minutes, then try again."), _("If you forgot your password, ask for a new one instead.")]
    return page(request, 429, _("Please wait"), sentence, todo=todo)


def failed(request: HttpRequest) -> HttpResponse:
    """The one page that asks nothing of anything that may be broken: neither database nor session, nor even the
    list of static files."""
    code = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with translation.override(code):
        context = {
            "charter": settings.CHARTER,
            "language": code,
            "direction": "rtl" if code in RIGHT_TO_LEFT else "ltr",
            "sheet": _sheet(),
        }
        return HttpResponse(render_to_string("ui/failed.html", context), status=500)


def _sheet() -> str:
    try:
        return static("core/css/chancery.css")
    except ValueError:  # nothing was collected
        return ""
