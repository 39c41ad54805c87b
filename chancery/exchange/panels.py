"""What pages of lower areas show of this one."""

import datetime as dt
from typing import Any

from chancery.core import tables
from chancery.core.models import Fact


def erratum(subject: Fact, *, day: dt.date, **asked: Any) -> dict[str, Any]:
    """The way to correct the fact that a page is about; the template asks the policy who sees it."""
    return {"table": tables.table_of(type(subject)).name, "ref": subject.ref}
