"""How far a long command is, on the terminal of whoever waits for it."""

import sys
from types import TracebackType
from typing import Self

from tqdm import tqdm


class Progress:
    """Called with a stage and how many more rows are done; shows nothing where nobody looks."""

    def __init__(self) -> None:
        self.bar: tqdm | None = None
        self.stage = ""

    def __enter__(self) -> Self:
        return self

    def __call__(self, stage: str, rows: int) -> None:
        if self.bar is None or self.stage != stage:
            self._close()
            self.stage = stage
            self.bar = tqdm(desc=stage, unit=" rows", file=sys.stderr, disable=None, leave=False)
        self.bar.update(rows)

    def __exit__(self, kind: type | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._close()

    def _close(self) -> None:
        if self.bar is not None:
            self.bar.close()
