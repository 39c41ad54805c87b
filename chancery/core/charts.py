"""Values that the drawn parts of pages are made of: map markers, step charts. Pure."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from .dates import Day


@dataclass(frozen=True, slots=True)
class Marker:
    """A state on the map: its pin, the centre of its label (as the drawing writes them), and whether a line joins
    the two."""

    name: Any
    code: str
    url: str
    kind: str
    x: str
    y: str
    lx: str
    ly: str
    lead: bool

    @classmethod
    def at(cls, place: str, **named: Any) -> Self:
        """From the place kept as `x y lx ly`."""
        x, y, lx, ly = (round(float(part)) for part in place.split())
        far = math.hypot(lx - x, ly - y) > 24
        return cls(x=str(x), y=str(y), lx=str(lx), ly=str(ly), lead=far, **named)


@dataclass(frozen=True, slots=True)
class Step:
    x: float
    y: float
    when: str
    value: int
    label: str


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Steps:
    """One quantity over time, drawn as steps from zero in a box of `width` × `height`."""

    title: str
    quantity: str
    points: list[Step]
    ticks: list[Tick]
    width: int
    height: int


def steps(
    title: str, quantity: str, points: Sequence[tuple[Day, int, str]], *, until: dt.date, width: int = 450,
    height: int = 124,
) -> Steps:  # fmt: skip
    """A step chart of (day, value from then on, label)."""
    from .templatetags.chancery import day_words

    first = points[0][0].date
    span = max((until - first).days, 1)
    top = max(value for _, value, _ in points) or 1

    def x(day: dt.date) -> float:
        return round((day - first).days / span * width, 1)

    drawn: list[Step] = []
    for day, value, label in points:
        crowded = drawn and x(day.date) - drawn[-1].x < 9 * max(len(label), 4)
        y = round(height * (1 - value / top), 1)
        drawn.append(Step(x(day.date), y, day_words(day), value, "" if crowded else label))
    marks = [Tick(0, str(first.year)), Tick(float(width), str(until.year))]
    for day, _, _ in points[1:]:
        at = x(day.date)
        if all(abs(at - mark.x) > 40 for mark in marks):
            marks.append(Tick(at, str(day.date.year)))
    return Steps(title, quantity, drawn, marks, width, height)


def course(
    title: str, quantity: str, points: Sequence[tuple[dt.datetime, int, str, str]], *, until: dt.datetime,
    width: int = 450, height: int = 124,
) -> Steps:  # fmt: skip
    """A step chart of (instant, value from then on, when in words, the same for a mark under the line)."""
    first = points[0][0]
    span = max((until - first).total_seconds(), 1)
    top = max(value for _, value, *_ in points) or 1
    drawn: list[Step] = []
    marks: list[Tick] = []
    for at, value, when, mark in points:
        x = round((at - first).total_seconds() / span * width, 1)
        drawn.append(Step(x, round(height * (1 - value / top), 1), when, value, ""))
        if not marks or x - marks[-1].x > 9 * len(mark):
            marks.append(Tick(x, mark))
    return Steps(title, quantity, drawn, marks, width, height)
