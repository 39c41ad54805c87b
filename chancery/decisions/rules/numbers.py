"""Numbers of decisions, by the charter's pattern: `PRA/MC/7/DEC.3`."""

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


def following(series: NumberSeries, last: str | None) -> str:
    """The number after the last one given in a series; the first is 1. One that somebody wrote by hand and that is
    none (`DEC.3bis`) is passed over."""
    middle = last[len(series.before) : len(last) - len(series.after)] if last else "0"
    digits = "".join(char for char in middle if char.isascii() and char.isdigit())
    return f"{series.before}{int(digits or 0) + 1}{series.after}"
