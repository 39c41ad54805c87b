"""Atom feeds of what is published. What stands in them depends on the record alone."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chancery.core.text import LocalizedText

from .queries import Issue, Item

LATEST = 40


def of_news(items: Iterable[Item]) -> Atom1Feed:
    made = _feed(_("News"), reverse("news"), reverse("news-feed"))
    for item in items:
        corrected = [one.day for one in item.news.corrections]
        _add(made, item.title, item.lede, reverse("news-item", args=[item.ref]), item.news.published, *corrected)
    return made


def of_issues(issues: Iterable[Issue]) -> Atom1Feed:
    made = _feed(str(settings.CHARTER.digest_name), reverse("digests"), reverse("digest-feed"))
    for issue in issues:
        url = reverse("edition", args=[issue.quarter, issue.edition])
        _add(made, issue.title, LocalizedText({get_language() or "": issue.period}), url, issue.published)
    return made


def atom(feed: Atom1Feed) -> HttpResponse:
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _feed(name: str, page: str, own: str) -> Atom1Feed:
    return Atom1Feed(
        title=f"{settings.CHARTER.short}: {name}", link=_absolute(page), description="", language=get_language(),
        feed_url=_absolute(own), author_name=str(settings.CHARTER.name),
    )  # fmt: skip


def _add(feed: Atom1Feed, title: LocalizedText, about: LocalizedText, url: str, *days: dt.date | None) -> None:
    known = [_instant(day) for day in days if day]
    link = _absolute(url)
    feed.add_item(
        title=str(title), link=link, description=str(about), unique_id=link, pubdate=known[0], updateddate=max(known)
    )


def _instant(day: dt.date) -> dt.datetime:
    """The beginning of a day at the seat."""
    return dt.datetime.combine(day, dt.time(), settings.CHARTER.zone)


def _absolute(url: str) -> str:
    return f"{settings.ORIGIN}{url}"
