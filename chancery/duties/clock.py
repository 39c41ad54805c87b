"""The clock: does what is due, again and again, until it is told to stop."""

import datetime as dt
import logging
import threading
from collections.abc import Hashable, Iterable

from django.db import close_old_connections, connection

from chancery.core.asof import now

from .registry import Duty, NotNow

log = logging.getLogger("chancery.clock")

LONGEST = 1.0  # seconds between two looks
SHORTEST = 0.02
_PATIENCE = 300.0  # seconds, the longest a key that fails is left alone


class Lane:
    """Duties that are done one after another. A key whose duty fails is left alone for a while, longer each
    time, and the others go on."""

    def __init__(self, duties: Iterable[Duty], stop: threading.Event | None = None) -> None:
        self.duties = list(duties)
        self.stop = stop or threading.Event()
        self._looked: dict[str, dt.datetime] = {}
        self._paused: dict[str, dt.datetime] = {}
        self._failed: dict[tuple[str, Hashable], tuple[int, dt.datetime]] = {}

    def tick(self, at: dt.datetime) -> int:
        """Does all that is due at an instant; returns how many acts were done."""
        return sum(self._duty(duty, at) for duty in self.duties if self._is_its_turn(duty, at))

    def pause(self, ticked: dt.datetime) -> float:
        """How many seconds to sleep after the tick of an instant: until the next one falls due, at most
        `LONGEST`. What was due at that tick and is not done is being left alone, and not waited for."""
        found = (self._coming(duty) for duty in self.duties)
        coming = [instant for instant in found if instant and instant > ticked]
        seconds = (min(coming) - now()).total_seconds() if coming else LONGEST
        return min(max(seconds, SHORTEST), LONGEST)

    def _coming(self, duty: Duty) -> dt.datetime | None:
        try:
            return duty.coming() if duty.coming else None
        except Exception:
            log.exception("%s: cannot tell what comes next", duty.name)
            return None

    def _is_its_turn(self, duty: Duty, at: dt.datetime) -> bool:
        if duty.name in self._paused and at < self._paused[duty.name]:
            return False
        looked = self._looked.get(duty.name)
        return not (duty.every and looked and at < looked + dt.timedelta(seconds=duty.every))

    def _duty(self, duty: Duty, at: dt.datetime) -> int:
        self._looked[duty.name] = at
        try:
            keys = list(duty.due(at))
        except Exception:
            log.exception("%s: cannot tell what is due", duty.name)
            return 0
        done = 0
        for key in keys:
            if self.stop.is_set():
                break
            try:
                done += self._key(duty, key, at)
            except NotNow as later:
                self._paused[duty.name] = at + dt.timedelta(seconds=later.seconds)
                log.warning("%s: %s", duty.name, later)
                break
        return done

    def _key(self, duty: Duty, key: Hashable, at: dt.datetime) -> int:
        times, not_before = self._failed.get((duty.name, key), (0, at))
        if at < not_before:
            return 0
        try:
            duty.do(key)
        except NotNow:
            raise
        except Exception:
            seconds = min(2.0**times, _PATIENCE)
            self._failed[duty.name, key] = (times + 1, at + dt.timedelta(seconds=seconds))
            log.exception("%s: %s failed, left alone for %g s", duty.name, key, seconds)
            return 0
        self._failed.pop((duty.name, key), None)
        log.info("%s: %s done", duty.name, key)
        return 1


def lanes(duties: Iterable[Duty], stop: threading.Event | None = None) -> dict[str, Lane]:
    """The duties by lane, in the order in which they were added."""
    sorted_: dict[str, list[Duty]] = {}
    for duty in duties:
        sorted_.setdefault(duty.lane, []).append(duty)
    return {name: Lane(duties, stop) for name, duties in sorted_.items()}


def run(duties: Iterable[Duty], stop: threading.Event) -> None:
    """Runs every lane in a thread of its own until `stop` is set; each ends after the act it is doing."""
    threads = [
        threading.Thread(target=_run_lane, args=(lane,), name=f"clock-{name}")
        for name, lane in lanes(duties, stop).items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def once(duties: Iterable[Duty]) -> int:
    """Does what is due now, and returns how many acts were done."""
    at = now()
    return sum(lane.tick(at) for lane in lanes(duties).values())


def _run_lane(lane: Lane) -> None:
    try:
        while not lane.stop.is_set():
            at = now()
            lane.tick(at)
            close_old_connections()
            lane.stop.wait(lane.pause(at))
    finally:
        connection.close()
