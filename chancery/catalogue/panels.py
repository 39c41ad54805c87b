"""What pages of lower areas show of this one."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chancery.core.templatetags.chancery import plain
from chancery.parties.models import Party

from . import queries


def of_party(party: Party, *, day: dt.date, **asked: Any) -> dict[str, Any] | None:
    found = queries.coordinated_by(party.ref, day)
    return {"coordinations": found} if found else None


def of_members(roll: Any, *, day: dt.date) -> dict[str, Any]:
    names = {one.code: plain(one.name) for one in settings.CHARTER.dimensions}
    cells = {
        party: [(code, names.get(code, ""), _areas(count)) for code, count in counts]
        for party, counts in queries.coordinations_by_party(day).items()
    }
    return {"heading": _("Coordinates"), "cells": cells}


def _areas(count: int) -> str:
    return ngettext("%(n)s area", "%(n)s areas", count) % {"n": count}
