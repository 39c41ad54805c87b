"""What pages show of pictures and issues: plain data as values that templates print."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from chancery.core import navigation
from chancery.core.dates import Day
from chancery.core.templatetags.chancery import span_words
from chancery.core.text import LocalizedText

from . import pictures, words
from .models import Picture
from .queries import Item
from .rules import key

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figured:
    """A picture with its words; `shown` is None where the file is missing."""

    shown: pictures.Shown | None
    alt: LocalizedText
    caption: LocalizedText
    credit: str
    layout: str


def pictured(picture: Picture) -> Figured:
    return Figured(pictures.shown(picture.file), picture.alt, picture.caption, picture.credit, picture.layout)


def _pictured(content: Content, layout: str = "") -> Figured:
    alt, caption = LocalizedText.of(content["alt"]), LocalizedText.of(content.get("caption"))
    shown = pictures.shown(content["file"])
    return Figured(shown, alt, caption, content.get("credit", ""), layout or content["layout"])


@dataclass(frozen=True, slots=True)
class Stated:
    """A number as it was stated: `over 450`, and what is counted."""

    value: str
    qualifier: Any
    label: LocalizedText


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of an issue: a story, or a meeting."""

    key: str
    title: LocalizedText
    url: str
    day: Day
    until: Day | None
    place: LocalizedText
    dimension: str
    lede: LocalizedText = field(default_factory=LocalizedText)
    body: LocalizedText = field(default_factory=LocalizedText)
    next: LocalizedText = field(default_factory=LocalizedText)
    figures: list[Stated] = field(default_factory=list)
    pictures: list[Figured] = field(default_factory=list)

    @property
    def span(self) -> SafeString:
        """The days in words."""
        return span_words(self.day, self.until)

    @property
    def lead(self) -> Figured | None:
        """The picture that stands for the item."""
        return next((one for one in self.pictures if one.shown), None)


@dataclass(frozen=True, slots=True)
class Chapter:
    ref: str
    kind: str
    title: LocalizedText
    entries: list[Entry]
    pages: list[Figured]


@dataclass(frozen=True, slots=True)
class IssuePage:
    """An issue as a page shows it, chapters without items left out."""

    name: LocalizedText
    title: LocalizedText
    headlines: list[LocalizedText]
    period: str
    banner: LocalizedText
    masthead: LocalizedText
    correction: LocalizedText
    opening_title: LocalizedText
    opening: LocalizedText
    signed: LocalizedText
    chapters: list[Chapter]


def page_of(content: Content, *, public: set[str]) -> IssuePage:
    """`public` are the references of the stories that have a page."""
    texts = LocalizedText.of
    opening = content["opening"]
    return IssuePage(
        name=texts(content["name"]), title=texts(content["title"]),
        headlines=[texts(line) for line in content["headlines"]],
        period=words.period(content["quarter"]), banner=texts(content["banner"]),
        masthead=texts(content["masthead"]), correction=texts(content["correction"]),
        opening_title=texts(opening["title"]), opening=texts(opening["body"]),
        signed=texts(opening["signed"]), chapters=list(_chapters(content, public)),
    )  # fmt: skip


def stories_in(content: Content) -> set[str]:
    """The references of all stories of an issue."""
    return {item["news"] for chapter in content["chapters"] for item in chapter["items"] if "news" in item}


def _chapters(content: Content, public: set[str]) -> Iterator[Chapter]:
    for chapter in content["chapters"]:
        if chapter["items"]:
            entries = [_entry(item, public) for item in chapter["items"]]
            pages = [_pictured(page, "page") for page in content["pages"] if page["after"] == chapter["ref"]]
            yield Chapter(chapter["ref"], chapter["kind"], LocalizedText.of(chapter["title"]), entries, pages)


def _entry(item: Content, public: set[str]) -> Entry:
    texts = LocalizedText.of
    story = "news" in item
    named = item["news"] in public if story else True
    figures = [
        Stated(one["value"], words.QUALIFIER.get(one["qualifier"], ""), texts(one["label"])) for one in item["figures"]
    ]
    return Entry(
        key=key(item), title=texts(item["title"]), url=(navigation.address(key(item)) or "") if named else "",
        day=Day.parse(item["date"]), until=Day.parse(item["ends"]) if item.get("ends") else None,
        place=texts(item["dateline"] if story else item["place"]), dimension=item["dimension"],
        lede=texts(item.get("lede")), body=texts(item.get("body")),
        next=texts(item.get("next")), figures=figures,
        pictures=[_pictured(one) for one in item.get("pictures", ())],
    )  # fmt: skip


def lead_of(item: Item) -> Figured | None:
    """The picture that stands for an item of news in a list."""
    return next((one for one in map(pictured, item.pictures) if one.shown), None)
