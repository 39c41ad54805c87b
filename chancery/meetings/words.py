"""The area's words for the choices of its facts, plain and diplomatic."""

import datetime as dt
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from chancery.core.dates import Day, Precision
from chancery.core.templatetags.chancery import offset

from .rules import Qualifier

KIND = {
    "session": _("session"),
    "expert-meeting": _("expert meeting"),
    "conference": _("conference"),
    "workshop": _("workshop"),
    "seminar": _("seminar"),
    "webinar": _("webinar"),
    "forum": _("forum"),
    "side-event": _("side event"),
    "external": _("meeting of others"),
    "visit": _("visit"),
    "courtesy-call": _("courtesy call"),
    "reception": _("reception"),
    "ceremony": _("ceremony"),
    "signing": _("signing"),
    "sport": _("sports event"),
    "milestone": _("milestone"),
}
FORMAT = {"in-person": _("in person"), "online": _("online"), "hybrid": _("in person and online")}
CALLED_OFF = {"postponed": _("postponed"), "cancelled": _("cancelled")}
STATUS = {
    "planned": pgettext_lazy("a meeting", "Planned"),
    "under-way": pgettext_lazy("a meeting", "Under way"),
    "held": pgettext_lazy("a meeting", "Held"),
    "postponed": pgettext_lazy("a meeting", "Postponed"),
    "cancelled": pgettext_lazy("a meeting", "Cancelled"),
}
ASKED = {
    "planned": _("coming or under way"),
    "held": _("held"),
    "called-off": _("postponed or cancelled"),
}
SIGN = {
    "planned": ("", "open"),
    "under-way": ("wait", "half"),
    "held": ("ok", "ok"),
    "postponed": ("wait", "wait"),
    "cancelled": ("stop", "stop"),
}
"""The kind and the sign of a status, as ui/state.html shows them."""
ROLE = {
    "host": pgettext_lazy("States at a meeting", "Hosts"),
    "presiding": pgettext_lazy("States at a meeting", "Presiding"),
    "delegation": pgettext_lazy("States at a meeting", "Delegations"),
    "speaker": pgettext_lazy("States at a meeting", "Speakers came from"),
    "observer": pgettext_lazy("States at a meeting", "Observers"),
    "guest": pgettext_lazy("States at a meeting", "Guests"),
}
QUALIFIER = {
    "over": pgettext_lazy("a stated number", "over"),
    "about": pgettext_lazy("a stated number", "about"),
    "stated": pgettext_lazy("a stated number", "stated"),
}


def qualifiers() -> dict[str, Qualifier]:
    """The qualifiers by what officers may write for them: the word of the record or of the page's language."""
    return {word.casefold(): one for one in Qualifier for word in (one.value, str(QUALIFIER[one.value]))}


def clock(meeting: Any) -> str:
    """The times of a meeting with the place whose clock they follow: `10:00–18:00 (Astana, UTC+5)`."""
    opening, closing = meeting.opening, meeting.closing
    if opening is None:
        return ""
    times = f"{opening:%H:%M}–{closing:%H:%M}" if closing else f"{opening:%H:%M}"
    return f"{times} ({_where(meeting)}{gettext(', ')}UTC{offset(opening)})"


def _where(meeting: Any) -> str:
    if not meeting.zone:
        return str(settings.CHARTER.seat_place)
    return str(meeting.place) or meeting.zone.rpartition("/")[2].replace("_", " ")


def when(meeting: Any) -> str:
    """The days of a meeting for a list that stands under its year: `20 Nov`, `3–4 Oct`, `Q4`."""
    began, ended = meeting.began, meeting.ended
    if ended is None or ended == began or not meeting.is_exact:
        return short_day(began)
    same_month = (began.date.year, began.date.month) == (ended.date.year, ended.date.month)
    return f"{began.date.day}–{short_day(ended)}" if same_month else f"{short_day(began)} – {short_day(ended)}"


def short_day(day: Day) -> str:
    """A day for a list that stands under its year, as precise as it is known."""
    return _short_day(day, get_language() or "")


@lru_cache(maxsize=4096)
def _short_day(day: Day, language: str) -> str:
    match day.precision:
        case Precision.MONTH:
            return date_format(day.date, "F")
        case Precision.QUARTER:
            return gettext("Q%(quarter)d") % {"quarter": (day.date.month + 2) // 3}
        case Precision.YEAR:
            return date_format(day.date, "Y")
        case Precision.BY:
            return gettext("by %(day)s") % {"day": _day_and_month(day.date)}
    return _day_and_month(day.date)


def _day_and_month(date: dt.date) -> str:
    return date_format(date, pgettext("short date format", "j M"))
