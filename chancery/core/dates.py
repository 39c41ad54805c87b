"""Days as an organisation's memory knows them: to the day, the month, the quarter or the year; or only as a bound."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from .refusals import UnclearDay


class Precision(StrEnum):
    """How well a day is known."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    BY = "by"  # then or earlier
    ATTESTED = "attested"  # already so on that day; when it began is unknown


_FORMS = [
    (Precision.DAY, re.compile(r"(\d{4})-(\d\d)-(\d\d)")),
    (Precision.MONTH, re.compile(r"(\d{4})-(\d\d)")),
    (Precision.QUARTER, re.compile(r"(\d{4})-Q([1-4])")),
    (Precision.YEAR, re.compile(r"(\d{4})")),
]


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day known to some precision. `date` is its first possible day, which as-of questions use
    (a year counts from 1 January); for `by` and `attested` it is the day named."""

    date: dt.date
    precision: Precision = Precision.DAY

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads the canonical form: `2024-12-17`, `2024-12`, `2024-Q4`, `2011`, `by 2002-06-04`,
        `attested 2014-05`. Raises `UnclearDay`."""
        word, _, rest = text.partition(" ")
        if rest and word in (Precision.BY, Precision.ATTESTED):
            return cls(cls.parse(rest).date, Precision(word))
        for precision, form in _FORMS:
            if match := form.fullmatch(text):
                numbers = [int(group) for group in match.groups()]
                if precision is Precision.QUARTER:
                    numbers[1] = numbers[1] * 3 - 2
                try:
                    return cls(dt.date(*numbers, *[1] * (3 - len(numbers))), precision)
                except ValueError:
                    break
        raise UnclearDay(text=text)

    def __str__(self) -> str:
        match self.precision:
            case Precision.DAY:
                return self.date.isoformat()
            case Precision.MONTH:
                return self.date.isoformat()[:7]
            case Precision.QUARTER:
                return f"{self.date.year:04}-Q{(self.date.month + 2) // 3}"
            case Precision.YEAR:
                return f"{self.date.year:04}"
        return f"{self.precision} {self.date.isoformat()}"

    @property
    def last(self) -> dt.date:
        """The last possible day: the end of the month, quarter or year; else the day itself."""
        months = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.YEAR: 12}.get(self.precision)
        if months is None:
            return self.date
        month = self.date.month + months - 1
        return self.date.replace(month=month, day=calendar.monthrange(self.date.year, month)[1])


@dataclass(frozen=True, slots=True)
class Period:
    """When something held: from its first day to the day before `until`; half-open.

    `since` None: from before memory; `until` None: still."""

    since: Day | None
    until: Day | None

    def holds_on(self, day: dt.date) -> bool:
        return (self.since is None or self.since.date <= day) and (self.until is None or day < self.until.date)

    def overlaps(self, other: "Period") -> bool:
        """Whether both surely held on one same day. Where bounds are known to a month or a year only, the
        benefit of the doubt is given (overlaps are judged at the coarser precision)."""
        return self._surely_before_end(other) and other._surely_before_end(self)

    def _surely_before_end(self, other: "Period") -> bool:
        return self.since is None or other.until is None or self.since.last < other.until.date


def quarter_of(day: dt.date) -> str:
    """`2024-Q4`"""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def quarter_bounds(quarter: str) -> tuple[dt.date, dt.date]:
    """First and last day of `2024-Q4`. Raises `UnclearDay`."""
    day = Day.parse(quarter)
    if day.precision is not Precision.QUARTER:
        raise UnclearDay(text=quarter)
    return day.date, day.last
