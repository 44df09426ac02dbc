"""A bar on standard error for work that takes long, on a terminal only."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

_SLOW_SECONDS = 1.0
"""What is done sooner needs no bar."""


class Bar:
    """How much is done of `total` things, None where nobody knows how many there are."""

    def __init__(self, total: int | None, *, is_wanted: bool) -> None:
        """Begin; nothing is shown before it takes long, or where standard error is no terminal."""
        is_shown = is_wanted and sys.stderr is not None and sys.stderr.isatty()
        self._total, self._done, self._start = total, 0, time.monotonic()
        self._progress = self._made() if is_shown else None
        self._task = self._progress.add_task("", total=total) if self._progress else None
        self._is_running = False

    @staticmethod
    def _made() -> Progress:
        columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        return Progress(*columns, console=Console(file=sys.stderr), transient=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hide()

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        if self._progress is None or self._task is None:
            return
        if not self._is_running and time.monotonic() - self._start > _SLOW_SECONDS:
            self._progress.start()
            self._is_running = True
        if self._is_running:
            self._progress.update(self._task, completed=self._done)

    def hide(self) -> None:
        """Take the bar away, so that something can be said; the next step shows it again."""
        if self._progress is not None and self._is_running:
            self._progress.stop()
            self._is_running = False
