"""Things printed: made once, by whoever comes first, and kept beside the files of the record."""

import fcntl
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger("chancery.print")

AGAIN = 3600.0  # seconds after which one that failed is tried again


@dataclass(frozen=True, slots=True)
class Print:
    """Where a PDF lies, or will lie."""

    path: Path

    @property
    def size(self) -> int | None:
        """Bytes; None while it is not there."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return None

    @property
    def failure(self) -> str:
        """Why it could not be made the last time; empty if it was not tried or succeeded."""
        try:
            return self._failed.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""

    @property
    def is_due(self) -> bool:
        """Whether it is still to be made, and was not found impossible just now."""
        if self.path.exists():
            return False
        try:
            return time.time() - self._failed.stat().st_mtime > AGAIN
        except FileNotFoundError:
            return True

    def make(self, typeset: Callable[[], bytes]) -> None:
        """Makes it, unless it is there or another process is at it. What cannot be typeset is noted beside it."""
        with _alone(self.path) as first:
            if not first or self.path.exists():
                return
            try:
                self._keep(typeset())
            except (ValueError, TimeoutError) as problem:
                self._failed.write_text(str(problem)[:2000] or type(problem).__name__, encoding="utf-8")
                log.exception("%s cannot be typeset", self.path.name)

    @property
    def _failed(self) -> Path:
        return self.path.with_suffix(".failed")

    def _keep(self, pdf: bytes) -> None:
        coming = self.path.with_suffix(".new")
        with open(coming, "wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        os.replace(coming, self.path)
        self._failed.unlink(missing_ok=True)


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    """Whether this process is the only one at work on a file; the lock falls with the process that holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path.with_suffix(".lock"), "wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
