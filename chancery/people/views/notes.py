"""Notes verbales."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chancery.core import forms

from .. import acts, policy, queries, scopes
from ..doors import work_page
from ..forms import NoteForm
from ..models import NoteVerbale
from ..rules import Media, Role

PAGE = 40
_TYPES = {Media.PDF: "application/pdf", Media.JPEG: "image/jpeg", Media.PNG: "image/png"}


@require_safe
@work_page
def notes(request: HttpRequest) -> HttpResponse:
    """The notes that were received."""
    queries.require(request.user, "people.see-notes")
    page = Paginator(queries.notes(), PAGE).get_page(request.GET.get("page"))
    may_receive = policy.may(request.user, "people.receive-note")
    context = {"page": page, "parties": scopes.names(Role.DELEGATE), "may_receive": may_receive}
    return render(request, "people/notes.html", context)


@work_page
def receipt(request: HttpRequest) -> HttpResponse:
    """Receives a note."""
    policy.require(request.user, "people.receive-note")

    def receive(typed: dict[str, Any]) -> NoteVerbale:
        note = acts.receive_note(**typed, by=request.user)
        messages.success(request, _("The note is kept. It can now be named when an act is recorded."))
        return note

    return forms.act(
        request, NoteForm(request.POST or None, request.FILES or None), receive,
        template="people/note.html", done=lambda note: reverse("notes"),
    )  # fmt: skip


@require_safe
@work_page
def scan(request: HttpRequest, ref: str) -> HttpResponse:
    """The scan itself, to be saved and never to be run: its type is told by us, not by whoever sent it."""
    try:
        note = queries.note_seen_by(request.user, ref)
    except NoteVerbale.DoesNotExist:
        raise Http404 from None
    answer = FileResponse(
        note.scan.open("rb"), as_attachment=True, filename=f"{note.dated}-{note.party}.{note.media}",
        content_type=_TYPES[note.media],
    )  # fmt: skip
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
