"""The record as of a day: what `?on=` means. Valid time only; a day ends at midnight at the seat."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import dates as names
from django.utils import translation

from .refusals import UnclearDay

EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2200, 12, 31)


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day a page shows. `asked` is None where the page stands at its default day; `refused` says why what
    was `typed` could not be read."""

    day: dt.date
    asked: dt.date | None
    today: dt.date
    typed: str = ""
    refused: str = ""

    def context(self) -> dict[str, Any]:
        """For the as-of control and the links of a page."""
        kept_to = settings.CHARTER.kept_to
        return {
            "day": self.day,
            "on": self.asked,
            "today": self.day == self.today,
            "kept_to": kept_to if kept_to and kept_to < self.today else None,
            "typed": self.typed,
            "refused": self.refused,
        }


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The day at the seat."""
    return settings.CHARTER.today(now())


def default() -> AsOf:
    """The day at which a page opens: today at the seat, or the last day to which the record was kept."""
    instant = now()
    return AsOf(settings.CHARTER.default_day(instant), None, settings.CHARTER.today(instant))


def dated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives a view its day as `asof`, from `?on=`. Free text leads to the address with the day it was understood
    as; what cannot be read leaves the page at its default day, with the reason at the field and status 400."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        text = request.GET.get("on", "").strip()
        plain = default()
        asof = plain
        if text:
            try:
                day = _read(text)
            except UnclearDay as refusal:
                asof = replace(plain, typed=text[:60], refused=refusal.text())
            else:
                if day.isoformat() != text:
                    query = request.GET.copy()
                    query["on"] = day.isoformat()
                    return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")
                asof = replace(plain, day=day, asked=day)
        request.asof = asof
        answer = view(request, *args, asof=asof, **kwargs)
        if asof.refused and answer.status_code == 200:
            answer.status_code = 400
        return answer

    return wrapped


def _read(text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text) if is_iso(text) else understand(text, settings.CHARTER.interface)
    except ValueError:
        raise UnclearDay(text=text[:60]) from None
    if not EARLIEST <= day <= LATEST:
        raise UnclearDay(text=text[:60])
    return day


def is_iso(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None


def understand(text: str, languages: tuple[str, ...]) -> dt.date:
    """A day as people write it, in any of the languages: `31 December 2024`, `31.12.2024`, `Dec 2024` (its last
    day), `2024`, `today`. Raises `UnclearDay`."""
    words = re.findall(r"[^\W\d_]+|\d+", text.casefold())
    if _is_today(words, languages):
        return default().today
    numbers = [int(word) for word in words if word.isdecimal() and len(word) <= 4]
    months = {number for word in words if not word.isdecimal() for number in _months(word, languages)}
    if len(months) > 1 or len(numbers) > 3:
        raise UnclearDay(text=text[:60])
    day = _day(numbers, months.pop() if months else None)
    if day is None or not EARLIEST <= day <= LATEST:
        raise UnclearDay(text=text[:60])
    return day


def _day(numbers: list[int], month: int | None) -> dt.date | None:
    """Numbers in the order written, and a month if it was named; the last day where only a month or year is given."""
    try:
        match numbers, month:
            case [day, year], int() if year > 31:
                return dt.date(year, month, day)
            case [year, day], int() if year > 31:
                return dt.date(year, month, day)
            case [year], int() if year > 31:
                return _last(year, month)
            case [year, month_, day], None if year > 31:
                return dt.date(year, month_, day)
            case [day, month_, year], None if year > 31:
                return dt.date(year, month_, day)
            case [month_, year], None if year > 31:
                return _last(year, month_)
            case [year, month_], None if year > 31:
                return _last(year, month_)
            case [year], None if year > 31:
                return dt.date(year, 12, 31)
    except ValueError:
        pass
    return None


def _last(year: int, month: int) -> dt.date:
    return (dt.date(year, month, 1) + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def _is_today(words: list[str], languages: tuple[str, ...]) -> bool:
    today = {"today", "now", "сегодня", "اليوم"}
    return len(words) == 1 and words[0] in today


def _months(word: str, languages: tuple[str, ...]) -> set[int]:
    """The months that a word of at least three letters begins, in any of the languages."""
    if len(word) < 3:
        return set()
    found: set[int] = set()
    for language in languages:
        with translation.override(language):
            for table in (names.MONTHS, names.MONTHS_ALT):
                found |= {number for number, name in table.items() if str(name).casefold().startswith(word)}
    return found
