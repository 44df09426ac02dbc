"""Signals: by default they end the process at once; where something is to be put in order first, they raise.

A handler that raises cannot be left in place for a whole run: pydantic takes what is raised inside it for a
value that is wrong, and a flawless file would be refused.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn

from smaudit.errors import Exit, Signalled


def end_at_once() -> None:
    """Have Ctrl-C end the process itself, so that a shell stops its loop; where it is ignored it stays so."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def raising(*names: str) -> Iterator[None]:
    """Within it these signals raise: INT KeyboardInterrupt, others Signalled. Ignored ones stay ignored."""
    earlier: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():
        for name in names:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                earlier[number] = signal.signal(number, _raise)
    try:
        yield
    finally:
        for number, before in earlier.items():
            signal.signal(number, before)


def _raise(number: int, _: FrameType | None) -> NoReturn:
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise Signalled(Exit(128 + number))
