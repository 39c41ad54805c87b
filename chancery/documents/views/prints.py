"""Versions on paper."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from chancery.core.asof import today
from chancery.core.prints import AGAIN, Print
from chancery.people import policy

from .. import printing
from ..models import Version
from ..queries import access

WAIT = 5  # seconds after which a reader may ask again for a paper that is being made


def version(request: HttpRequest, ref: str, position: int, languages: str) -> HttpResponse:
    """A version as PDF, in a language (`en`) or in two beside each other (`en-ru`). A short one is made at once; of a
    long one it is said that it is being made."""
    found = readable(request, ref, position)
    plan = printing.plan(found, asked(languages))
    if plan is None:
        raise Http404
    paper = made(plan)
    if not paper.size:
        return waiting(request, paper)
    return sent(paper, f"{ref}.{position}-{languages}.pdf", public=found.document.is_public)


def readable(request: HttpRequest, ref: str, position: int) -> Version:
    """A version that was circulated, for whoever may read its document; for others it does not exist."""
    found = get_object_or_404(
        Version.objects.select_related("document__body"), document=ref, position=position, circulated__lte=today()
    )
    if not policy.may(request.user, "documents.read", access.audience(found.document)):
        raise Http404
    return found


def asked(languages: str) -> list[str]:
    """One language of the charter, or two. Raises `Http404`."""
    codes = languages.split("-")
    if len(codes) > 2 or len(set(codes)) < len(codes) or not set(codes) <= set(settings.CHARTER.languages):
        raise Http404
    return codes


def made(plan: printing.Plan) -> Print:
    """The paper of a plan; made now if it is short, else left to the clock."""
    paper = printing.paper(plan)
    if printing.is_short(plan) and paper.is_due:
        paper.make(lambda: printing.typeset(plan))
    elif paper.is_due:
        printing.order(paper, plan)
    return paper


def sent(paper: Print, name: str, *, public: bool) -> HttpResponse:
    answer = FileResponse(paper.path.open("rb"), content_type="application/pdf", filename=name)
    answer["Cache-Control"] = "no-cache" if public else "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def waiting(request: HttpRequest, paper: Print) -> HttpResponse:
    """Says that a paper is being made (202), or that it cannot be made now (503)."""
    failed = bool(paper.failure)
    answer = render(request, "documents/waiting.html", {"failed": failed}, status=503 if failed else 202)
    answer["Retry-After"] = str(int(AGAIN) if failed else WAIT)
    answer["Cache-Control"] = "no-store"
    return answer
