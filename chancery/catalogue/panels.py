"""What pages of lower areas show of this one."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from chancery.parties.models import Party

from . import queries


def of_party(party: Party, *, day: dt.date) -> dict[str, Any] | None:
    found = queries.coordinated_by(party.ref, day)
    return {"coordinations": found} if found else None


def of_members(roll: Any, *, day: dt.date) -> dict[str, Any]:
    return {"heading": _("Coordinates"), "cells": queries.coordinations_by_party(day)}
