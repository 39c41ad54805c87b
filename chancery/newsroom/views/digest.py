"""The Digest for readers."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from chancery.core.asof import AsOf, today
from chancery.core.prints import AGAIN, Print
from chancery.journal.panel import history

from .. import feeds, layout, printing, queries
from ..models import Edition
from .dated import published_by

PAGE = 12
WAIT = 10  # seconds after which a reader may ask again for a PDF that is being made


@published_by
def digests(request: HttpRequest, *, asof: AsOf) -> HttpResponse:
    """All issues that were published by a day, each in its latest edition."""
    page = Paginator(queries.issues_on(asof.day), PAGE).get_page(request.GET.get("page"))
    return render(request, "newsroom/digests.html", {"page": page})


@published_by
def issue(request: HttpRequest, quarter: str, *, asof: AsOf) -> HttpResponse:
    """An issue in the latest edition of a day."""
    return _edition(request, quarter, None, asof.day)


@published_by
def edition(request: HttpRequest, quarter: str, number: int, *, asof: AsOf) -> HttpResponse:
    """One edition of an issue; a corrected one says so."""
    return _edition(request, quarter, number, asof.day)


def _edition(request: HttpRequest, quarter: str, number: int | None, day: dt.date) -> HttpResponse:
    found = queries.edition_on(quarter, day, number)
    if found is None:
        raise Http404
    copy = printing.of_edition(found.ref, found.digest, get_language() or "")
    context = {
        **shown(found.content, day),
        "edition": found,
        "editions": queries.editions_on(quarter, day),
        "print": copy,
        "print_url": reverse("edition-print", args=[quarter, found.edition]),
        "history": history([f"digests:{found.ref}"]),
    }
    answer = render(request, "newsroom/issue.html", context)
    if copy.size is None:  # whether it is there does not follow from the record, so such a page is not kept
        answer["Cache-Control"] = "no-store"
    return answer


def shown(content: dict[str, Any], day: dt.date) -> dict[str, Any]:
    """The context of an issue's page."""
    page = layout.page_of(content, public=queries.public_among(layout.stories_in(content), day))
    name = settings.CHARTER.digest_name
    return {"issue": page, "trail": [(name, reverse("digests")), (page.period, "")]}


def edition_print(request: HttpRequest, quarter: str, number: int) -> HttpResponse:
    """An edition as PDF; while it is being made, when to ask again."""
    found = queries.edition_on(quarter, today(), number)
    if found is None:
        raise Http404
    copy = printing.of_edition(found.ref, found.digest, get_language() or "")
    return pdf(request, copy, _name(found)) if copy.size else waiting(request, copy)


def _name(edition: Edition) -> str:
    return f"{settings.CHARTER.ref}-digest-{edition.ref}-{get_language()}.pdf"


def pdf(request: HttpRequest, copy: Print, name: str) -> HttpResponse:
    answer = FileResponse(copy.path.open("rb"), content_type="application/pdf", filename=name)
    answer["Cache-Control"] = "public, max-age=86400"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def waiting(request: HttpRequest, copy: Print) -> HttpResponse:
    """Says that a PDF is being made (202), or that it cannot be made now (503)."""
    answer = render(
        request, "newsroom/waiting.html", {"failed": bool(copy.failure)}, status=503 if copy.failure else 202
    )
    answer["Retry-After"] = str(WAIT if not copy.failure else int(AGAIN))
    answer["Cache-Control"] = "no-store"
    return answer


def digest_feed(request: HttpRequest) -> HttpResponse:
    """The issues, to subscribe to."""
    return feeds.atom(feeds.of_issues(queries.issues_on(today())[: feeds.LATEST]))
