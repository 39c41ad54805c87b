"""Three months day by day: what took place, by dimension. Drawn by ui/strip.html, and the same as CSV."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext

from chancery.core.dates import Precision
from chancery.core.templatetags.chancery import plain
from chancery.core.text import LocalizedText

from . import words
from .queries import Activity

DRAWN = 300  # tiles; more could not be told apart
WRITTEN = 20_000  # rows of the file
INSTITUTIONAL = "in"

Address = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A tile: the day of its month (as its class names it), and where it leads."""

    day: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """A dimension, or what belongs to none."""

    code: str
    name: str | LocalizedText
    months: list[list[Entry]]

    @property
    def count(self) -> int:
        return sum(map(len, self.months))


@dataclass(frozen=True, slots=True)
class Strip:
    """The three months. `vague` things are known to the month or quarter only and have no tile; `cut` says that
    only the latest are drawn."""

    months: list[str]
    rows: list[Row]
    vague: int
    cut: bool

    @property
    def count(self) -> int:
        return sum(row.count for row in self.rows)

    @property
    def without(self) -> list[str | LocalizedText]:
        """The dimensions in which nothing is recorded."""
        return [row.name for row in self.rows if not row.count and row.code != INSTITUTIONAL]


def months(day: dt.date) -> list[dt.date]:
    """The first days of the three calendar months of which the last holds the day."""
    number = day.year * 12 + day.month - 1
    return [dt.date(at // 12, at % 12 + 1, 1) for at in (number - 2, number - 1, number)]


def drawn(held: Sequence[Activity], day: dt.date, address: Address) -> Strip:
    """The strip of what was held. `address` gives the page of a meeting."""
    firsts = months(day)
    shown = held[-DRAWN:]
    rows = [Row(one.code, one.name, [[], [], []]) for one in settings.CHARTER.dimensions]
    rows.append(Row(INSTITUTIONAL, gettext("Institutional"), [[], [], []]))
    places = {row.code: row for row in rows}
    vague = 0
    for one in shown:
        if one.starts.precision in (Precision.MONTH, Precision.QUARTER, Precision.YEAR):
            vague += 1
            continue
        row = places.get(one.dimension) or rows[-1]
        index = (one.starts.date.year - firsts[0].year) * 12 + one.starts.date.month - firsts[0].month
        row.months[index].append(Entry(str(one.starts.date.day), _title(one), address(one.ref)))
    return Strip([words.month(first) for first in firsts], rows, vague, cut=len(held) > DRAWN)


def _title(one: Activity) -> str:
    """`11 November: Webinar on harm reduction, Tehran`"""
    place = plain(one.place)
    return f"{words.day_of_month(one.starts.date)}: {plain(one.title)}{f', {place}' if place else ''}"


def written(held: Sequence[Activity], address: Address) -> str:
    """The same as CSV, with the days as precise as they are known and the titles in every language."""
    languages = settings.CHARTER.languages
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(
        ["ref", "starts", "dimension", "kind", *(f"title.{code}" for code in languages),
         *(f"place.{code}" for code in languages), "address"]
    )  # fmt: skip
    for one in held:
        titles, places = one.title.texts, one.place.texts
        writer.writerow(
            [one.ref, str(one.starts), one.dimension, one.kind, *(titles.get(code, "") for code in languages),
             *(places.get(code, "") for code in languages), f"{settings.ORIGIN}{address(one.ref)}"]
        )  # fmt: skip
    return file.getvalue()
