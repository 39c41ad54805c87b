"""The area's words for the choices of its facts, plain and diplomatic."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KIND = {
    "session": _("session of a body"),
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


def qualifiers() -> dict[str, Any]:
    """The qualifiers by what officers may write for them: the word of the record or of the page's language."""
    from .rules import Qualifier

    return {word.casefold(): one for one in Qualifier for word in (one.value, str(QUALIFIER[one.value]))}


def where(meeting: Any) -> str:
    """The place whose clock a meeting follows."""
    place = meeting.place if meeting.zone and meeting.place else None
    place = settings.CHARTER.seat_place if not meeting.zone else place
    return place.wording(get_language() or "").text if place else meeting.zone.rpartition("/")[2].replace("_", " ")


def clock(instant: dt.datetime, closing: dt.datetime | None) -> str:
    """`10:00–18:00`"""
    return f"{instant:%H:%M}–{closing:%H:%M}" if closing else f"{instant:%H:%M}"
