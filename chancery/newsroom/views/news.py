"""News for readers."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chancery.core.asof import AsOf, today
from chancery.core.charter import LANGUAGE_NAMES
from chancery.journal.panel import history

from .. import feeds, layout, queries, words
from ..forms import NewsFilter
from .dated import published_by

PAGE = 20


@published_by
def news(request: HttpRequest, *, asof: AsOf) -> HttpResponse:
    """What was published by a day, narrowed by a filter."""
    asked = NewsFilter(request.GET, queries.months_on(asof.day))
    parts = queries.parts(asked.asked)
    page = Paginator(queries.news_on(asof.day, *parts.values()), PAGE).get_page(request.GET.get("page"))
    items = [(item, layout.lead_of(item)) for item in map(queries.item_of, page.object_list)]
    context = {
        "filter": asked,
        "page": page,
        "items": items,
        "narrowest": None if items else queries.narrowest(parts, asof.day),
        "words": words,
    }
    return render(request, "newsroom/news.html", context, status=400 if asked.errors else 200)


@published_by
def item(request: HttpRequest, ref: str, *, asof: AsOf) -> HttpResponse:
    """One item: words, pictures, what it reports on, where it is known from."""
    found = queries.item_on(ref, asof.day)
    if found is None:
        raise Http404
    return render(request, "newsroom/item.html", {**shown(found), "history": history([f"news:{ref}"])})


def shown(item: queries.Item) -> dict[str, Any]:
    """The context of an item's page."""
    return {
        "item": item,
        "news": item.news,
        "kind": words.KIND[item.news.kind],
        "pictures": [layout.pictured(one) for one in item.pictures],
        "reported": queries.reported(item.news),
        "others": others(item.title),
        "trail": [(_("News"), reverse("news")), (item.title, "")],
    }


def others(title: Any) -> list[tuple[str, str, bool]]:
    """The further languages of an item: code, name, and whether it is a working translation."""
    codes = [code for code in title.texts if code != get_language() and code in settings.CHARTER.interface]
    return [(code, LANGUAGE_NAMES[code], code in title.working) for code in codes]


def news_feed(request: HttpRequest) -> HttpResponse:
    """The latest news, to subscribe to."""
    return feeds.atom(feeds.of_news(queries.latest_news(today(), feeds.LATEST)))
