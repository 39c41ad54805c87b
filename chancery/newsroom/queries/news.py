"""News of a day: an item is public from the day of its publication on, and only then."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db.models import F, Prefetch, Q, QuerySet

from chancery.core.canonical import canonical
from chancery.core.models import BY_POSITION
from chancery.core.tables import table_of
from chancery.core.text import LocalizedText
from chancery.meetings import queries as meetings
from chancery.meetings.models import Attachment, Meeting

from ..models import Edition, News, NewsText, Picture

_ORDER = ("-published", "-dated", BY_POSITION, "ref")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of news with its words in every language. `body` is empty where a list does not ask for it."""

    news: News
    title: LocalizedText
    lede: LocalizedText
    body: LocalizedText

    @property
    def ref(self) -> str:
        return self.news.ref

    @property
    def languages(self) -> list[str]:
        return list(self.title.texts)

    @property
    def pictures(self) -> list[Picture]:
        return list(self.news.pictures.all())


def item_of(news: News) -> Item:
    """The words of an item whose texts were read with it."""
    texts = {text.language: text for text in news.texts.all()}
    held = [texts[code] for code in settings.CHARTER.languages if code in texts]
    working = frozenset(text.language for text in held if text.status == "working")

    def words(name: str) -> LocalizedText:
        made = {text.language: getattr(text, name) for text in held if name not in text.get_deferred_fields()}
        made = {code: words for code, words in made.items() if words}
        return LocalizedText(made, working & made.keys())

    return Item(news, words("title"), words("lede"), words("body"))


def published(day: dt.date) -> QuerySet[News]:
    """What was public at the end of a day."""
    return News.objects.filter(published__lte=day)


_PARTS: dict[str, Callable[[Any], Q]] = {
    "q": lambda words: Q(ref__in=_containing(words).values("news")),
    "kind": lambda kind: Q(kind=kind),
    "dimension": lambda code: Q(dimension="" if code == "in" else code),
    "month": lambda month: Q(published__year=int(month[:4]), published__month=int(month[5:])),
    "since": lambda since: Q(published__gte=since.date),
    "to": lambda last: Q(published__lte=last.last),
}


def parts(asked: Mapping[str, Any]) -> dict[str, Q]:
    """The conditions of a filter, by the name of its field; fields left empty ask for nothing."""
    return {name: _PARTS[name](asked[name]) for name in _PARTS if asked.get(name)}


def narrowest(parts: Mapping[str, Q], day: dt.date) -> tuple[str, int] | None:
    """The part of a filter that finds nothing without which it finds most, and how many."""
    return meetings.narrowest(News, parts, Q(published__lte=day))


def news_on(day: dt.date, *conditions: Q) -> QuerySet[News]:
    """The items of a day, latest first, each with titles and ledes and its pictures."""
    return _with_leads(published(day).filter(*conditions)).order_by(*_ORDER)


def _with_leads(rows: QuerySet[News]) -> QuerySet[News]:
    """With what a list shows of each item."""
    return rows.prefetch_related(_titles(), Prefetch("pictures", pictures_of()))


def _titles() -> Prefetch:
    return Prefetch("texts", NewsText.objects.defer("body"))


def _containing(words: str) -> QuerySet[NewsText]:
    """The texts in which each word occurs. SQLite folds the case of Latin letters only, so a word is looked for
    in the ways in which it is usually written."""
    rows = NewsText.objects.all()
    for word in words.split()[:8]:
        found = Q()
        for written in {word, word.lower(), word.upper(), word.capitalize()}:
            found |= Q(title__icontains=written) | Q(lede__icontains=written) | Q(body__icontains=written)
        rows = rows.filter(found)
    return rows


def months_on(day: dt.date) -> list[dt.date]:
    """The months in which something was published, latest first."""
    return list(published(day).dates("published", "month", order="DESC"))


def latest_news(day: dt.date, n: int) -> list[Item]:
    """The latest items of a day: three queries."""
    return [item_of(news) for news in news_on(day)[:n]]


def item_on(ref: str, day: dt.date) -> Item | None:
    """One item with everything, if it was public on a day."""
    news = _whole(published(day)).filter(ref=ref).first()
    return item_of(news) if news else None


def _whole(rows: QuerySet[News]) -> QuerySet[News]:
    return rows.prefetch_related("texts", Prefetch("pictures", pictures_of()))


def pictures_of() -> QuerySet[Picture]:
    """Pictures in their order."""
    return Picture.objects.order_by(BY_POSITION, "ref")


def reported(news: News) -> list[Meeting]:
    """The meetings an item reports on, in the order in which it names them."""
    found = Meeting.objects.in_bulk(news.meetings.split())
    return [found[ref] for ref in news.meetings.split() if ref in found]


def news_about(meeting: str, day: dt.date) -> list[Item]:
    """The items that report on a meeting."""
    rows = published(day).filter(meetings.naming_one("meetings", meeting)).order_by("published", BY_POSITION, "ref")
    return [item_of(news) for news in rows.prefetch_related(_titles())]


def public_among(refs: Iterable[str], day: dt.date) -> set[str]:
    """Which of these items were public on a day."""
    return set(published(day).filter(ref__in=list(refs)).values_list("ref", flat=True))


def near(day: dt.date) -> list[Meeting]:
    """The meetings of the weeks around a day, latest first: those that an item of that day may report on."""
    weeks = dt.timedelta(days=30)
    rows = Meeting.objects.filter(starts__lte=day + weeks, until__gt=day - weeks)
    return list(rows.only("ref", "title", "starts", "starts_as").order_by("-starts", "ref"))


# ---------------------------------------------------------------- drafts
def drafts() -> list[Item]:
    """What is not public yet: what is due soonest first, then the latest."""
    soonest = F("release").asc(nulls_last=True)
    rows = _with_leads(News.objects.filter(published=None))
    return [item_of(news) for news in rows.order_by(soonest, "-dated", "ref")]


def draft(ref: str) -> Item | None:
    """An item for its editors, public or not."""
    news = _whole(News.objects.filter(ref=ref)).first()
    return item_of(news) if news else None


def version(news: News) -> str:
    """What names the state of an item and its words, so that nobody writes over what another has written."""
    languages = settings.CHARTER.languages
    facts = [news, *sorted(news.texts.all(), key=lambda text: text.language)]
    return sha256(canonical([table_of(type(fact)).row(fact, languages) for fact in facts])).hexdigest()[:16]


def due_releases(now: dt.datetime) -> Iterable[str]:
    """The drafts that the clock has to publish."""
    waiting = News.objects.filter(published=None, release__lte=now)
    return waiting.order_by("release", "ref").values_list("ref", flat=True)


def coming_release() -> dt.datetime | None:
    """When the next one is to be published."""
    waiting = News.objects.filter(published=None, release__isnull=False)
    return waiting.order_by("release").values_list("release", flat=True).first()


# ---------------------------------------------------------------- files
def names_file(name: str) -> bool:
    """Whether any item, draft or not, has a picture of this name."""
    return Picture.objects.filter(file=name).exists()


def is_public_file(name: str, day: dt.date) -> bool:
    """Whether something public names a file: a picture of news, what is attached to a meeting, an edition."""
    if Picture.objects.filter(file=name, news__published__lte=day).exists():
        return True
    if Attachment.objects.filter(file=name).exists():
        return True
    editions = Edition.objects.filter(published__lte=day).values_list("content", flat=True)
    return any(name in _files(content) for content in editions.iterator(1))


def _files(content: Any) -> set[str]:
    pictures = [p for chapter in content["chapters"] for item in chapter["items"] for p in item.get("pictures", ())]
    return {picture["file"] for picture in (*pictures, *content["pages"])}
