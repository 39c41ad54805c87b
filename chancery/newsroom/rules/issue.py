"""The Digest: how an issue is composed from the record of a quarter, and how it is edited.

An issue is plain data in the form of an edition (docs/record-format.md). Each function gives a new one and
leaves the old one as it was."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

from chancery.core.dates import Day, quarter_of
from chancery.core.refusals import Refusal, sentence
from chancery.core.text import LocalizedText

from .news import Layout, NewsKind, PictureWithoutWords

HEADLINES = 6  # lines of the cover at most
Content = dict[str, Any]


class ChapterKind(StrEnum):
    SPOTLIGHT = "spotlight"
    MONTH = "month"
    FLASH = "flash"
    ACTIVITIES = "activities"


class EmptyIssue(Refusal):
    sentence = sentence("Nothing is recorded for {quarter}; there is nothing to compose.")
    field = "quarter"


class AlreadyComposing(Refusal):
    """One quarter has one draft, on which all editors work."""

    sentence = sentence("The issue of {quarter} is being composed already.")
    field = "quarter"
    status = 409


class NotInIssue(Refusal):
    """Somebody else took the item out, or the record does not tell of it any more."""

    sentence = sentence("This item is not there any more. Look at the issue as it is now.")
    status = 409


class WrongChapter(Refusal):
    """Activities are a table of meetings; news stand in the other chapters."""

    sentence = sentence("This item does not belong into that chapter.")


class NothingComposed(Refusal):
    sentence = sentence("The issue has no items; there is nothing to publish.")


class TitleMissing(Refusal):
    sentence = sentence("Give the issue its title in {language}: the line of the cover.")
    field = "title"


class CorrectionWithoutReason(Refusal):
    """What was published never changes; a further edition says what it corrects."""

    sentence = sentence("Say what the new edition corrects: the reader will see it.")
    field = "correction"


@dataclass(frozen=True, slots=True)
class Illustration:
    """A picture as an issue prints it."""

    file: str
    alt: LocalizedText
    caption: LocalizedText
    credit: str = ""
    layout: str = Layout.COLUMN.value


@dataclass(frozen=True, slots=True)
class Happening:
    """A meeting as an issue tells of it. `rank` is the rank of the governing body whose session it is, 0 for the
    highest; None for everything else. `figures` are (value, qualifier, label)."""

    ref: str
    kind: str
    starts: Day
    ends: Day | None
    title: LocalizedText
    place: LocalizedText = field(default_factory=LocalizedText)
    dimension: str = ""
    hosts: tuple[str, ...] = ()
    figures: tuple[tuple[str, str, LocalizedText], ...] = ()
    next: LocalizedText = field(default_factory=LocalizedText)
    rank: int | None = None

    @property
    def last(self) -> Day:
        return self.ends or self.starts


@dataclass(frozen=True, slots=True)
class Story:
    """An item of news as an issue prints it. `dated` is the day of what is reported; of several days the last."""

    ref: str
    kind: NewsKind
    dated: Day
    title: LocalizedText
    lede: LocalizedText = field(default_factory=LocalizedText)
    body: LocalizedText = field(default_factory=LocalizedText)
    place: LocalizedText = field(default_factory=LocalizedText)
    dimension: str = ""
    spotlight: bool = False
    position: int = 0
    meetings: tuple[str, ...] = ()
    pictures: tuple[Illustration, ...] = ()


# ---------------------------------------------------------------- composing
def compose(
    quarter: str,
    stories: Iterable[Story],
    happenings: Iterable[Happening],
    *,
    titles: Mapping[str, LocalizedText],
    frame: Mapping[str, Any],
) -> Content:
    """An issue made of what the record tells of a quarter, each item once, in an order that depends on nothing else.

    Spotlight: what is marked so, else what reports on the session of the highest governing body. A chapter for each
    month: what is known to a span or less exactly stands under its last month. Then flash briefings, and all
    meetings. `titles` gives the headings by chapter (`2024-10`); `frame` what surrounds the items. Raises
    `EmptyIssue`. (settled: an issue is composed by rules and then edited)"""
    news = sorted((one for one in stories if quarter_of(one.dated.last) == quarter), key=_by_day)
    meetings = sorted((one for one in happenings if quarter_of(one.last.last) == quarter), key=_by_start)
    if not news and not meetings:
        raise EmptyIssue(quarter=quarter)
    known = {one.ref: one for one in meetings}
    lit = _spotlight(news, meetings)
    chapters: dict[str, list[Content]] = {ref: [] for ref in chapter_refs(quarter)}
    for story in news:
        chapters[_chapter(story, lit)].append(_item(story, known))
    chapters[ChapterKind.ACTIVITIES] = [_activity(one) for one in meetings]
    covers = _headlines(news, lit)
    return {
        **deepcopy(dict(frame)),
        "quarter": quarter,
        "title": covers[0] if covers else {},
        "headlines": covers[1 : HEADLINES + 1],
        "correction": {},
        "chapters": [
            {"ref": str(ref), "kind": _kind(ref), "title": titles[ref].kept(), "items": items}
            for ref, items in chapters.items()
        ],
        "pages": [],
    }


def chapter_refs(quarter: str) -> list[str]:
    """The chapters of an issue in their order."""
    first = int(quarter[-1]) * 3 - 2
    months = [f"{quarter[:4]}-{month:02}" for month in range(first, first + 3)]
    return [ChapterKind.SPOTLIGHT, *months, ChapterKind.FLASH, ChapterKind.ACTIVITIES]


def _kind(ref: str) -> str:
    return str(ref) if ref in list(ChapterKind) else ChapterKind.MONTH.value


def _by_day(story: Story) -> Any:
    return (story.dated.last, story.position, story.ref)


def _by_start(happening: Happening) -> Any:
    return (happening.starts.date, happening.last.last, happening.ref)


def _spotlight(news: Sequence[Story], meetings: Sequence[Happening]) -> set[str]:
    """The items of the spotlight."""
    marked = {one.ref for one in news if one.spotlight}
    ranks = [one.rank for one in meetings if one.rank is not None]
    if marked or not ranks:
        return marked
    session = [one.ref for one in meetings if one.rank == min(ranks)][-1]
    return {one.ref for one in news if session in one.meetings and one.kind is NewsKind.ARTICLE}


def _chapter(story: Story, lit: set[str]) -> str:
    if story.ref in lit:
        return ChapterKind.SPOTLIGHT
    return ChapterKind.FLASH if story.kind is NewsKind.FLASH else story.dated.last.isoformat()[:7]


def _headlines(news: Sequence[Story], lit: set[str]) -> list[Content]:
    """The titles for the cover: the spotlight, then an article of each dimension, then the others by day."""
    articles = [one for one in news if one.kind is NewsKind.ARTICLE]
    first_of_its_dimension = {one.dimension: one.ref for one in reversed(articles) if one.ref not in lit}
    chosen = {*first_of_its_dimension.values()}
    ordered = sorted(articles, key=lambda one: (one.ref not in lit, one.ref not in chosen))
    return [one.title.kept() for one in ordered]


def _item(story: Story, meetings: Mapping[str, Happening]) -> Content:
    reported = [meetings[ref] for ref in story.meetings if ref in meetings]
    return {
        "news": story.ref,
        "title": story.title.kept(),
        "lede": story.lede.kept(),
        "body": story.body.kept(),
        "dateline": story.place.kept(),
        "date": str(story.dated),
        "dimension": story.dimension,
        "meetings": list(story.meetings),
        "figures": [figure for one in reported for figure in _figures(one)],
        "pictures": [
            {"file": one.file, "alt": one.alt.kept(), "caption": one.caption.kept(), "credit": one.credit,
             "layout": one.layout}
            for one in story.pictures
        ],
        "next": next((one.next.kept() for one in reported if one.next), {}),
    }  # fmt: skip


def _activity(meeting: Happening) -> Content:
    return {
        "meeting": meeting.ref,
        "date": str(meeting.starts),
        "ends": str(meeting.ends) if meeting.ends else "",
        "title": meeting.title.kept(),
        "place": meeting.place.kept(),
        "kind": meeting.kind,
        "dimension": meeting.dimension,
        "hosts": list(meeting.hosts),
        "figures": _figures(meeting),
    }


def _figures(meeting: Happening) -> list[Content]:
    return [{"value": value, "qualifier": how, "label": label.kept()} for value, how, label in meeting.figures]


# ---------------------------------------------------------------- editing
def key(item: Content) -> str:
    """What an item is known by inside an issue: `news:<ref>` or `meetings:<ref>`."""
    return f"news:{item['news']}" if "news" in item else f"meetings:{item['meeting']}"


def moved(content: Content, item: str, *, up: bool) -> Content:
    """The item one place further up or down in its chapter; at the edge it stays. Raises `NotInIssue`."""
    made = deepcopy(content)
    chapter, at = _place(made, item)
    items = chapter["items"]
    to = at - 1 if up else at + 1
    if 0 <= to < len(items):
        items[at], items[to] = items[to], items[at]
    return made


def put_into(content: Content, item: str, chapter: str) -> Content:
    """The item at the end of another chapter. Raises `NotInIssue`, `WrongChapter`."""
    made = deepcopy(content)
    held, at = _place(made, item)
    target = _target(made, item, chapter)
    if target is not held:
        target["items"].append(held["items"].pop(at))
    return made


def left_out(content: Content, item: str) -> Content:
    """The issue without an item. Raises `NotInIssue`."""
    made = deepcopy(content)
    chapter, at = _place(made, item)
    del chapter["items"][at]
    return made


def missing(content: Content, composed: Content) -> list[tuple[str, Content]]:
    """What the record tells of the quarter and the issue does not have: (chapter it would stand in, item)."""
    held = {key(item) for _chapter, item in _items(content)}
    return [(chapter["ref"], item) for chapter, item in _items(composed) if key(item) not in held]


def taken_in(content: Content, composed: Content, item: str) -> Content:
    """The issue with an item as the record tells it now, at the end of its chapter; one that the issue has already
    is brought up to date in its place. Raises `NotInIssue` where the record does not tell of it."""
    made = deepcopy(content)
    source, at = _place(composed, item)
    fresh = deepcopy(source["items"][at])
    for chapter in made["chapters"]:
        for place, held in enumerate(chapter["items"]):
            if key(held) == item:
                chapter["items"][place] = fresh
                return made
    _target(made, item, source["ref"])["items"].append(fresh)
    return made


def worded(content: Content, **words: Any) -> Content:
    """The issue with other words around its items: title, headlines, opening, masthead, correction."""
    return {**deepcopy(content), **deepcopy(words)}


def check_issue(content: Content, edition: int, reference: str, language: str) -> None:
    """What is needed before an issue is published as an edition: items, a title in the reference language (whose
    name is given), words for every picture, and from the second edition on what it corrects.
    Raises `NothingComposed`, `TitleMissing`, `PictureWithoutWords`, `CorrectionWithoutReason`."""
    if not any(chapter["items"] for chapter in content["chapters"]):
        raise NothingComposed
    if not content["title"].get(reference):
        raise TitleMissing(language=language)
    if any(not picture["alt"].get(reference) for picture in _pictures(content)):
        raise PictureWithoutWords
    if edition > 1 and not content["correction"].get(reference):
        raise CorrectionWithoutReason


def _pictures(content: Content) -> Iterator[Content]:
    for _chapter, item in _items(content):
        yield from item.get("pictures", ())
    yield from content["pages"]


def _items(content: Content) -> Iterator[tuple[Content, Content]]:
    for chapter in content["chapters"]:
        for item in chapter["items"]:
            yield chapter, item


def _place(content: Content, item: str) -> tuple[Content, int]:
    """The chapter in which an item stands, and where in it."""
    for chapter in content["chapters"]:
        for at, one in enumerate(chapter["items"]):
            if key(one) == item:
                return chapter, at
    raise NotInIssue


def _target(content: Content, item: str, ref: str) -> Content:
    chapter = next((one for one in content["chapters"] if one["ref"] == ref), None)
    if chapter is None or (chapter["kind"] == ChapterKind.ACTIVITIES) != item.startswith("meetings:"):
        raise WrongChapter
    return chapter


def digest_of(content: Content) -> str:
    """What names the content of an issue."""
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
