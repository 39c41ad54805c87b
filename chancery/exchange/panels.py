"""What pages of lower areas show of this one."""

import datetime as dt
from typing import Any

from chancery.core import tables
from chancery.core.models import Fact


def erratum(subject: Fact, *, day: dt.date, **asked: Any) -> dict[str, Any] | None:
    """The way to correct the fact that a page is about, if it is one of the public record; the template asks the policy
    who sees it."""
    table = tables.table_of(type(subject))
    return {"table": table.name, "ref": subject.ref} if table.public(subject) else None
