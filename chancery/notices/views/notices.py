"""Notices on the desk, and how somebody wishes to be told."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chancery.core import forms
from chancery.core.asof import now
from chancery.people.doors import work_page

from .. import acts, feeds, kinds, queries
from ..forms import FeedForm, SeenForm, WishesForm, feed_name
from ..rules import DAILY_AT, FeedKind
from .feeds import address

PAGE = 30


@work_page
def notices(request: HttpRequest) -> HttpResponse:
    """What somebody was told, what was not seen yet first."""
    page = Paginator(queries.of(request.user), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, kinds.kind(one.event).name) for one in page],
        "unseen": queries.unseen(request.user),
        "now": now(),
    }
    return render(request, "notices/notices.html", context)


@require_POST
@work_page
def sight(request: HttpRequest) -> HttpResponse:
    """Marks one notice, or all that were shown, as seen."""
    form = SeenForm(request.POST)
    if form.is_valid():
        acts.see(account=request.user, by=request.user, **form.cleaned_data)
    return redirect(request.POST.get("back") if request.POST.get("back") == reverse("desk") else "notices")


@work_page
def settings(request: HttpRequest) -> HttpResponse:
    """When letters come, and the personal feeds."""
    wished = {event: mail.value for event, mail in queries.wishes(request.user).items()}
    form = WishesForm(request.POST or None, initial=wished)

    def prefer(typed: dict) -> None:
        acts.prefer(account=request.user, mail=typed, by=request.user)
        messages.success(request, _("From now on you are told as you wish."))

    return forms.act(
        request, form, prefer, template="notices/settings.html", done=lambda done: reverse("notice-settings"),
        context=_settings(request),
    )  # fmt: skip


def _settings(request: HttpRequest) -> dict:
    return {
        "legal": [one.name for one in kinds.all_kinds() if one.legal],
        "daily_at": DAILY_AT,
        "feeds": [(one, feed_name(one)) for one in queries.feeds(request.user)],
        "kinds": [choice for choice in FeedForm().fields["kind"].choices if choice[0] in feeds.kinds()],
    }


@require_POST
@work_page
def opening(request: HttpRequest) -> HttpResponse:
    """Makes a personal feed, and shows its address this once."""
    form = FeedForm(request.POST)
    if not form.is_valid():
        return redirect("notice-settings")
    kind = FeedKind(form.cleaned_data["kind"])
    opened = acts.open_feed(account=request.user, kind=kind, language=get_language() or "", by=request.user)
    context = {"feed": opened.feed, "name": feed_name(opened.feed), "address": address(kind, opened.token)}
    answer = render(request, "notices/feed.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@work_page
def closing(request: HttpRequest, ref: str) -> HttpResponse:
    """Closes one of one's own feeds."""
    acts.revoke_feed(feed=get_object_or_404(queries.feeds(request.user), ref=ref), by=request.user)
    messages.success(request, _("That address is closed; whoever still asks there gets nothing."))
    return redirect("notice-settings")
