"""What pages of lower areas show of this one."""

import datetime as dt
from typing import Any

from chancery.parties.models import Party

from . import queries


def of_party(party: Party, *, day: dt.date, **asked: Any) -> dict[str, Any] | None:
    found = list(queries.terms_of(party.ref))
    return {"terms": found} if found else None
