"""Time zones."""

from functools import cache
from zoneinfo import available_timezones


@cache
def time_zones() -> frozenset[str]:
    """The names of all time zones that this machine knows. To find them reads hundreds of files, and they do not
    change while a program runs."""
    return frozenset(available_timezones())
