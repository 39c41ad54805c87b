"""Words of notices."""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from chancery.core.templatetags.chancery import instant_words


def times(value: dt.datetime, zone: str = "") -> str:
    """An instant at the seat and, for a reader elsewhere, on the reader's own clock: `17 December 2024, 14:00 (Selmar,
    UTC+5); 10:00 for you (Europe/Brussels)`."""
    seat, said = value.astimezone(settings.CHARTER.zone), instant_words(value)
    own = value.astimezone(_zone(zone)) if zone else seat
    if own.utcoffset() == seat.utcoffset():
        return said
    shown = f"{own:%H:%M}" if own.date() == seat.date() else _clock(own)
    return _("%(seat)s; for you: %(own)s (%(zone)s)") % {"seat": said, "own": shown, "zone": zone}


def _clock(local: dt.datetime) -> str:
    day = date_format(local.date(), pgettext("date format", "j F Y"))
    return f"{day}{_(', ')}{local:%H:%M}"


@lru_cache(maxsize=64)
def _zone(name: str) -> dt.tzinfo:
    """A zone that an account names; the seat's where there is no such zone any more."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError):
        return settings.CHARTER.zone
