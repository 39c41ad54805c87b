"""The outbox."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from chancery.core import forms
from chancery.duties import queries as duties
from chancery.duties.models import Letter
from chancery.duties.rules import Letters

from .. import acts, policy, queries, words
from ..doors import work_page
from ..forms import ConfirmForm

PAGE = 40


@work_page
def outbox(request: HttpRequest) -> HttpResponse:
    """Letters that wait, were sent, could not be delivered or were taken back."""
    queries.require(request.user, "duties.see-outbox")
    asked = request.GET.get("state", "")
    state = Letters(asked) if asked in list(Letters) else None
    page = Paginator(duties.letters(state), PAGE).get_page(request.GET.get("page"))
    counts = [(one.value, words.LETTER[one.value], number) for one, number in duties.counts().items()]
    context = {"page": page, "state": state, "counts": counts, "total": sum(one[2] for one in counts)}
    return render(request, "people/outbox.html", context)


@work_page
def letter(request: HttpRequest, ref: str) -> HttpResponse:
    """One letter, with each try. What is personal is not shown to anybody."""
    return render(request, "people/letter.html", {"letter": _letter(request, ref)})


@work_page
def repetition(request: HttpRequest, ref: str) -> HttpResponse:
    """Tries a letter again."""
    policy.require(request.user, "duties.retry-letter")
    return _act(request, ref, acts.retry_letter, _("Try this letter again"), _("Try again"), grave=False)


@work_page
def cancellation(request: HttpRequest, ref: str) -> HttpResponse:
    """Takes a letter back."""
    policy.require(request.user, "duties.cancel-letter")
    return _act(request, ref, acts.cancel_letter, _("Take this letter back"), _("Take it back"), grave=True)


def _act(request: HttpRequest, ref: str, act: Any, title: str, submit: str, *, grave: bool) -> HttpResponse:
    held = _letter(request, ref)

    def do(typed: dict[str, Any]) -> None:
        act(letter=held, by=request.user)
        messages.success(request, _("Done."))

    here = reverse("outbox-letter", args=[ref])
    context = {"title": title, "submit": submit, "grave": grave, "letter": held, "cancel": here}
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    return forms.act(
        request, form, do, template="people/act.html", done=lambda done: here, context=context
    )


def _letter(request: HttpRequest, ref: str) -> Letter:
    queries.require(request.user, "duties.see-outbox")
    try:
        return duties.letter(ref)
    except Letter.DoesNotExist:
        raise Http404 from None
