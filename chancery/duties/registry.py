"""What falls due. Each area adds its duties in its `AppConfig.ready`; the clock does them.

A duty is found by a query on facts, so a tick that was missed is made up for; and what it does asks again
under the lock whether it is still to be done, so a second clock does no harm."""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass


class NotNow(Exception):
    """Raised by what a duty does when trying the rest of it would be in vain for so many seconds."""

    def __init__(self, *, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"not before {seconds:g} s from now")


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that the clock must do in time.

    `due(now)` finds the keys of what is due; `do(key)` is the act, done once for each key. `every` is how
    many seconds to leave between two looks (at each tick if None); `coming()` tells the instant at which
    the next one falls due, where that must be met to the moment. What talks to the outside world stands in
    a `lane` of its own, so that it never holds up a deadline."""

    name: str
    due: Callable[[dt.datetime], Iterable[Hashable]]
    do: Callable[..., object]
    every: float | None = None
    coming: Callable[[], dt.datetime | None] | None = None
    lane: str = "acts"


_duties: dict[str, Duty] = {}


def add(duty: Duty) -> None:
    """Adds a duty; one name stands for one duty."""
    _duties[duty.name] = duty


def all_duties() -> list[Duty]:
    return list(_duties.values())
