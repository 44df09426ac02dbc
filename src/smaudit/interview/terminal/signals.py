"""Holds signals back while prompt_toolkit is at work, so that none is lost and the terminal is given back.

A handler that raises inside one of the library's own callbacks would be caught there, and printed or
forgotten. So while something is drawn or asked a signal only closes the prompt; it takes effect after that.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from prompt_toolkit.application import Application

from smaudit.files.signals import held_back
from smaudit.interview.terminal.pasted import gathered


class _Closed(Exception):  # noqa: N818 - no error: how a signal closes a prompt
    """A signal has closed the prompt."""


class Held:
    """The signals that have arrived since they are held back."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self._application: Application[Any] | None = None

    def noticed(self) -> None:
        """Close the prompt that runs."""
        if self._application and self._application.loop:
            self._application.loop.call_soon_threadsafe(self._close)

    def run(self, application: Application[Any], *, takes_text: bool) -> Any:  # noqa: ANN401 - whatever the prompt gives
        """The result of the prompt; None where a signal has closed it."""
        self._application = application
        try:
            with gathered(application.input, takes_text=takes_text):
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
    """Hold back the signals that end the program while something is drawn or asked."""
    held = Held()
    with held_back(held.noticed) as held.numbers:
        yield held
