"""Holds signals back while prompt_toolkit is at work, so that none is lost and the terminal is given back.

A handler that raises inside one of the library's own callbacks would be caught there, and printed or
forgotten. So while something is drawn or asked a signal only closes the prompt; the program's own
handlers run after that.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from prompt_toolkit.application import Application

from smaudit.interview.terminal.pasted import gathered

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")


class _Closed(Exception):  # noqa: N818 - no error: how a signal closes a prompt
    """A signal has closed the prompt."""


class Held:
    """The signals that have arrived since they are held back."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self._application: Application[Any] | None = None

    def arrived(self, number: int, _: FrameType | None) -> None:
        """Note a signal, and close the prompt that runs."""
        self.numbers.append(number)
        if self._application and self._application.loop:
            self._application.loop.call_soon_threadsafe(self._close)

    def run(self, application: Application[Any]) -> Any:  # noqa: ANN401 - whatever the prompt gives
        """The result of the prompt; None where a signal has closed it."""
        self._application = application
        try:
            with gathered(application.input):
                return application.run(pre_run=self._close, handle_sigint=False)
        except _Closed:
            return None
        finally:
            self._application = None

    def _close(self) -> None:
        future = self._application.future if self._application else None
        if self.numbers and self._application and future and not future.done():
            self._application.exit(exception=_Closed())


@contextmanager
def held() -> Iterator[Held]:
    """Hold back the signals that end the program; at the end they reach the program's own handlers."""
    held_back = Held()
    earlier: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():
        for name in _NAMES:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) not in {signal.SIG_IGN, None}:
                earlier[number] = signal.signal(number, held_back.arrived)
    try:
        yield held_back
    finally:
        for number, before in earlier.items():
            signal.signal(number, before)
        for number in held_back.numbers:
            signal.raise_signal(number)
