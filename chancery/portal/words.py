"""Words of the pages that mix areas: days in tight places, sentences cut short."""

import datetime as dt

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from chancery.core.dates import Day, Precision
from chancery.core.templatetags.chancery import day_words
from chancery.core.text import LocalizedText

STANCE = {
    "can_join": _("Can join"),
    "awaiting_capital": _("Awaiting the capital"),
    "comment": _("Comment"),
    "reservation": _("Reservation"),
    "objection": _("Objection"),
}
REPLY = {
    "acknowledgement": _("Silence acknowledged"),
    "comment": _("Comment under silence"),
    "statement": _("Statement under silence"),
    "reservation": _("Reservation under silence"),
    "objection": _("Objection under silence"),
    "amendment": _("Amendment under silence"),
}
"""What a delegation said, for the list of what it did."""


def short_day(value: Day, near: dt.date) -> str:
    """A day for a narrow column: `17 Dec`, with its year where that is not the year of `near`; `Q4 2025`."""
    date = value.date
    match value.precision:
        case Precision.DAY | Precision.BY | Precision.ATTESTED if date.year == near.year:
            return date_format(date, pgettext("short date format", "j M"))
        case Precision.DAY | Precision.BY | Precision.ATTESTED:
            return date_format(date, pgettext("short date format", "j M Y"))
        case Precision.MONTH:
            return date_format(date, pgettext("short date format", "M Y"))
        case Precision.YEAR:
            return str(date.year)
    return day_words(value)


def day_of_month(date: dt.date) -> str:
    """A day where the year is plain: `17 December`."""
    return date_format(date, pgettext("date format", "j F"))


def month(first: dt.date) -> str:
    """The month by itself: `October`."""
    return date_format(first, "F")


def weekday(day: dt.date) -> str:
    return str(WEEKDAYS[day.weekday()])


def weekdays() -> list[str]:
    """Short names of the days from Monday on."""
    return [str(WEEKDAYS_ABBR[number]) for number in range(7)]


def brief(text: LocalizedText, words: int = 16) -> LocalizedText:
    """The first words of a text in each language, for lists."""
    cut = {code: Truncator(one).words(words, truncate="…") for code, one in text.texts.items()}
    return LocalizedText(cut, text.working)


def distance(day: dt.date, today: dt.date) -> str:
    """How far a day lies from today: `3 days late`, `today`, `tomorrow`, `in 4 days`."""
    from django.utils.translation import ngettext

    away = (day - today).days
    if away < 0:
        return ngettext("%(n)d day late", "%(n)d days late", -away) % {"n": -away}
    if away < 2:
        return gettext("tomorrow") if away else gettext("today")
    if away < 21:
        return ngettext("in %(n)d day", "in %(n)d days", away) % {"n": away}
    weeks = away // 7
    return ngettext("in %(n)d week", "in %(n)d weeks", weeks) % {"n": weeks}
