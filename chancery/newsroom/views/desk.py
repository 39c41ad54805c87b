"""The press unit's drafts of news."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chancery.core import forms
from chancery.core.asof import today
from chancery.core.text import LocalizedText
from chancery.people import policy
from chancery.people.doors import work_page

from .. import acts, layout, queries, words
from ..forms import CopyForm, CorrectForm, PictureForm, ScheduleForm, typed
from ..models import News, Picture
from .news import shown


@work_page
def news_desk(request: HttpRequest) -> HttpResponse:
    """Everything that is not public yet, what the clock publishes first on top."""
    policy.require(request.user, "newsroom.read-drafts")
    latest = queries.latest_news(today(), 10)
    return render(request, "newsroom/desk.html", {"drafts": queries.drafts(), "latest": latest, "words": words})


@work_page
def drafting(request: HttpRequest) -> HttpResponse:
    policy.require(request.user, "newsroom.draft")
    return forms.act(
        request,
        CopyForm(request.POST or None, offered=queries.near(today())),
        lambda typed: acts.draft(by=request.user, **_copy(typed)),
        template="newsroom/draft.html",
        done=lambda made: reverse("news-draft", args=[made.ref]),
        context={"title": _("Draft news"), "submit": _("Keep the draft"), "preview": reverse("news-preview")},
    )


@work_page
def draft(request: HttpRequest, ref: str) -> HttpResponse:
    """A draft: its words, pictures, and what may happen to it."""
    item = _item(request, ref, "newsroom.edit")
    if item.news.published:
        return HttpResponseRedirect(reverse("news-item", args=[ref]))
    return forms.act(
        request,
        _form(CopyForm, request, item),
        lambda typed: acts.edit(news=item.news, by=request.user, **_copy(typed)),
        template="newsroom/draft.html",
        done=lambda made: reverse("news-draft", args=[ref]),
        context={
            "title": _("Draft"), "item": item, "news": item.news, "submit": _("Keep the draft"),
            "preview": reverse("news-preview"), "pictures": _pictures(item),
        },
    )  # fmt: skip


@work_page
def correction(request: HttpRequest, ref: str) -> HttpResponse:
    item = _item(request, ref, "newsroom.correct")
    if not item.news.published:
        raise Http404
    return forms.act(
        request,
        _form(CorrectForm, request, item),
        lambda typed: acts.correct(news=item.news, by=request.user, kind=item.news.kind, **_copy(typed)),
        template="newsroom/draft.html",
        done=lambda made: reverse("news-item", args=[ref]),
        context={
            "title": _("Correct"), "submit": _("Publish the correction"), "preview": reverse("news-preview"),
            "cancel": reverse("news-item", args=[ref]),
        },
    )  # fmt: skip


@work_page
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """How the words typed so far would look; nothing is kept."""
    policy.require(request.user, "newsroom.draft")
    form = CopyForm(request.POST)
    form.is_valid()
    said = {name: form.cleaned_data.get(name) or LocalizedText() for name in ("title", "lede", "body", "place")}
    template = "newsroom/preview_part.html" if request.htmx else "newsroom/preview.html"
    return render(request, template, {**said, "dated": form.cleaned_data.get("dated"), "form": form})


@work_page
def picture(request: HttpRequest, ref: str) -> HttpResponse:
    return _about(
        request, ref, "newsroom.add-picture", PictureForm, _("Add a picture"), _("Add the picture"), _add_picture
    )


def _add_picture(news: News, by: Any, file: Any, **typed: Any) -> Any:
    return acts.add_picture(news=news, content=file.read(settings.UPLOAD_LIMIT + 1), name=file.name, by=by, **typed)


@work_page
@require_POST
def picture_removal(request: HttpRequest, ref: str) -> HttpResponse:
    policy.require(request.user, "newsroom.remove-picture")
    found = get_object_or_404(Picture.objects.select_related("news"), ref=ref)
    acts.remove_picture(picture=found, by=request.user)
    return HttpResponseRedirect(reverse("news-draft", args=[found.news_id]))


@work_page
def schedule(request: HttpRequest, ref: str) -> HttpResponse:
    return _about(
        request, ref, "newsroom.schedule", ScheduleForm, _("Publish later"), _("Put it on the clock"),
        lambda news, by, at, **typed: acts.schedule(news=news, at=at, by=by),
        lede=_("The clock publishes it at this instant at the seat."),
    )  # fmt: skip


@work_page
@require_POST
def unscheduling(request: HttpRequest, ref: str) -> HttpResponse:
    item = _item(request, ref, "newsroom.schedule")
    acts.schedule(news=item.news, at=None, by=request.user)
    return HttpResponseRedirect(reverse("news-draft", args=[ref]))


@work_page
def publication(request: HttpRequest, ref: str) -> HttpResponse:
    """Once more what is to be published, before it is."""
    item = _item(request, ref, "newsroom.publish")
    return forms.act(
        request,
        django_forms.Form(request.POST if request.method == "POST" else None),
        lambda typed: acts.publish(news=item.news, by=request.user),
        template="newsroom/publication.html",
        done=lambda made: reverse("news-item", args=[ref]),
        context={**shown(item), "title": _("Publish"), "submit": _("Publish now"), "cancel": _draft_page(ref)},
    )


@work_page
def withdrawal(request: HttpRequest, ref: str) -> HttpResponse:
    return _about(
        request, ref, "newsroom.withdraw", django_forms.Form, _("Give up the draft"), _("Give it up"),
        lambda news, by: acts.withdraw(news=news, by=by), done=reverse("news-desk"), grave=True,
        lede=_("Its words and pictures are gone for good."),
    )  # fmt: skip


def _about(
    request: HttpRequest, ref: str, act: str, form: type[django_forms.Form], title: str, submit: str,
    do: Callable[..., Any], *, done: str = "", **more: Any,
) -> HttpResponse:  # fmt: skip
    """A form of one act about a draft."""
    item = _item(request, ref, act)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return forms.act(
        request,
        form(*sent),
        lambda typed: do(item.news, request.user, **typed),
        template="ui/act.html",
        done=lambda made: done or _draft_page(ref),
        context={"title": title, "about": item.title, "submit": submit, "cancel": _draft_page(ref), **more},
    )


def _draft_page(ref: str) -> str:
    return reverse("news-draft", args=[ref])


def _item(request: HttpRequest, ref: str, act: str) -> queries.Item:
    """An item to work on. Who may not is told so whether it exists or not."""
    policy.require(request.user, act)
    item = queries.draft(ref)
    if item is None:
        raise Http404
    return item


def _form(form: type[CopyForm], request: HttpRequest, item: queries.Item) -> CopyForm:
    near = queries.near(item.news.dated)
    further = [one for one in queries.reported(item.news) if one not in near]
    initial = typed(item, queries.version(item.news))
    return form(request.POST or None, initial=initial, offered=[*further, *near])


def _copy(typed: dict[str, Any]) -> dict[str, Any]:
    """What was typed, in the words of the acts."""
    return {name: value for name, value in typed.items() if name != "seen" or value}


def _pictures(item: queries.Item) -> list[tuple[Picture, layout.Figured]]:
    return [(one, layout.pictured(one)) for one in item.pictures]
