"""Numbers of decisions, by the charter's pattern: `PRA/MC/7/DEC.3`."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NumberSeries:
    """What stands before and after the number, the same for all decisions of one session or year."""

    before: str
    after: str


def series_of(pattern: str, *, organisation: str, body: str, session: str) -> NumberSeries:
    """The series in which a body's decisions of a session are numbered."""
    whole = pattern.format(organisation=organisation, body=body.upper(), session=session, series="DEC", number="\0")
    before, _, after = whole.partition("\0")
    return NumberSeries(before, after)


def following(series: NumberSeries, given: Iterable[str]) -> str:
    """The number after the last one in a series, of which those given come last first; the first is 1. One that
    somebody wrote by hand and that is none (`DEC.3bis`) is passed over."""
    middles = (one[len(series.before) : len(one) - len(series.after)] for one in given)
    last = next((int(one) for one in middles if one.isascii() and one.isdigit()), 0)
    return f"{series.before}{last + 1}{series.after}"
