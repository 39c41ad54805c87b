"""Issues of the Digest: what the record gives for one, and what was published."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from chancery.bodies.models import Body
from chancery.core.dates import Day, Precision, quarter_bounds, quarter_of
from chancery.core.models import BY_POSITION
from chancery.core.text import LocalizedText
from chancery.meetings.models import Figure, Meeting
from chancery.meetings.rules import day_after

from .. import words
from ..models import Edition, IssueDraft, News
from ..rules import Happening, Illustration, NewsKind, Story, compose
from ..rules.issue import chapter_refs
from .news import item_of, pictures_of

_LONGEST = dt.timedelta(days=366)  # how far before its last day a day known to the year begins


@dataclass(frozen=True, slots=True)
class Issue:
    """An edition as a list shows it, without its content."""

    ref: str
    quarter: str
    edition: int
    published: dt.date
    name: LocalizedText
    title: LocalizedText

    @property
    def period(self) -> str:
        return words.period(self.quarter)


# ---------------------------------------------------------------- what was published
def _issues(day: dt.date) -> list[Issue]:
    rows = Edition.objects.filter(published__lte=day).order_by("-quarter", "-edition")
    listed = rows.values_list("ref", "quarter", "edition", "published", "content__name", "content__title")
    return [Issue(*row[:4], LocalizedText.of(row[4]), LocalizedText.of(row[5])) for row in listed]


def issues_on(day: dt.date) -> list[Issue]:
    """The latest edition of each issue that was public on a day, latest first."""
    latest: dict[str, Issue] = {}
    for issue in _issues(day):
        latest.setdefault(issue.quarter, issue)
    return list(latest.values())


def latest_edition(day: dt.date) -> Issue | None:
    """The latest issue that was public on a day: one query, without its content."""
    return next(iter(issues_on(day)), None)


def editions_on(quarter: str, day: dt.date) -> list[Issue]:
    """All editions of an issue that were public on a day, latest first."""
    return [issue for issue in _issues(day) if issue.quarter == quarter]


def edition_on(quarter: str, day: dt.date, number: int | None = None) -> Edition | None:
    """An edition of an issue with its content: the latest of a day, or the one asked for if it was public."""
    rows = Edition.objects.filter(quarter=quarter, published__lte=day)
    return (rows.filter(edition=number) if number else rows).order_by("-edition").first()


def last_edition(quarter: str) -> Edition | None:
    """The last edition of an issue, whatever its day."""
    return Edition.objects.filter(quarter=quarter).order_by("-edition").first()


# ---------------------------------------------------------------- drafts
def issue_drafts() -> list[IssueDraft]:
    return list(IssueDraft.objects.defer("content").order_by("-quarter"))


def issue_draft(quarter: str) -> IssueDraft | None:
    return IssueDraft.objects.filter(quarter=quarter).first()


def quarters_to_compose(today: dt.date, *, number: int = 8) -> list[str]:
    """The quarters that are offered for composing: this one and those before it, without a draft."""
    taken = set(IssueDraft.objects.values_list("quarter", flat=True))
    day, found = today, []
    for _ in range(number):
        found.append(quarter_of(day))
        day = quarter_bounds(found[-1])[0] - dt.timedelta(days=1)
    return [quarter for quarter in found if quarter not in taken]


# ---------------------------------------------------------------- what the record gives
def compose_edition(
    quarter: str, published: dt.date | None = None, opening: dict[str, Any] | None = None, *, edition: int = 1
) -> dict[str, Any]:
    """An edition composed from the record of a quarter (`2024-Q4`), in the form of docs/record-format.md.

    `opening` stands in for the empty foreword or note of the compilers. Raises `EmptyIssue`, `UnclearDay`."""
    frame = words.frame()
    titles = words.chapter_titles(chapter_refs(quarter))
    content = compose(quarter, stories(quarter), happenings(quarter), titles=titles, frame=frame)
    whole = {"opening": {**frame["opening"], **(opening or {})}, "edition": edition}
    return {**content, **whole, "published": published.isoformat() if published else ""}


def stories(quarter: str) -> list[Story]:
    """The published news whose day, as far as it is known, lies in a quarter."""
    first, last = quarter_bounds(quarter)
    rows = News.objects.filter(published__isnull=False, dated__gte=first - _LONGEST, dated__lte=last)
    rows = rows.prefetch_related("texts", Prefetch("pictures", pictures_of()))
    return [_story(news) for news in rows if quarter_of(_day(news.dated, news.dated_as).last) == quarter]


def _story(news: News) -> Story:
    item = item_of(news)
    return Story(
        ref=news.ref, kind=NewsKind(news.kind), dated=_day(news.dated, news.dated_as), title=item.title,
        lede=item.lede, body=item.body, place=news.place, dimension=news.dimension, spotlight=news.spotlight,
        position=news.position or 0, meetings=tuple(news.meetings.split()),
        pictures=tuple(Illustration(p.file, p.alt, p.caption, p.credit, p.layout) for p in item.pictures),
    )  # fmt: skip


def happenings(quarter: str) -> list[Happening]:
    """The meetings whose last day lies in a quarter, without those that were called off."""
    first, last = quarter_bounds(quarter)
    rows = Meeting.objects.filter(until__gt=first, until__lte=day_after(last), called_off="")
    figures = _figures(row.ref for row in rows)
    ranks = governing_ranks()
    return [
        Happening(
            ref=row.ref, kind=row.kind, starts=_day(row.starts, row.starts_as),
            ends=_day(row.ends, row.ends_as) if row.ends else None, title=row.title, place=row.place,
            dimension=row.dimension, hosts=tuple(row.hosts.split()), figures=tuple(figures[row.ref]), next=row.next,
            rank=ranks.get(row.body_id) if row.kind == "session" else None,
        )
        for row in rows
    ]  # fmt: skip


def _figures(meetings: Iterable[str]) -> dict[str, list[tuple[str, str, LocalizedText]]]:
    found: dict[str, list[tuple[str, str, LocalizedText]]] = defaultdict(list)
    for figure in Figure.objects.filter(meeting__in=list(meetings)).order_by(BY_POSITION, "ref"):
        found[figure.meeting_id].append((figure.value, figure.qualifier, figure.label))
    return found


def governing_ranks() -> dict[str, int]:
    """How far below the highest each governing body stands: the bodies to which it reports, counted."""
    parents = dict(Body.objects.values_list("ref", "parent"))
    governing = Body.objects.filter(kind="governing").values_list("ref", flat=True)
    return {ref: _depth(ref, parents) for ref in governing}


def _depth(ref: str, parents: dict[str, str | None]) -> int:
    above, seen = parents.get(ref), {ref}
    while above and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return len(seen) - 1


def _day(date: dt.date, precision: str) -> Day:
    return Day(date, Precision(precision))
