"""What becomes of the signals that end the program: INT (Ctrl-C), TERM and HUP.

By default the system ends the process at once, and a shell stops its loop. A handler that raises is for where
something has to be put in order first, and never for a whole run: pydantic takes what is raised inside it for
a value that is wrong, and a flawless file would be refused. What is to be done whole holds signals back.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn

from smaudit.errors import Exit, Signalled

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
_Handler = Callable[[int, FrameType | None], object]


@contextmanager
def raising(*names: str, interrupt: type[KeyboardInterrupt] = KeyboardInterrupt) -> Iterator[None]:
    """Within it these signals, by default all, raise: INT `interrupt`, the others Signalled."""

    def leave(number: int, _: FrameType | None) -> NoReturn:
        if number == signal.SIGINT:
            raise interrupt
        raise Signalled(Exit(128 + number))

    with _handled_by(leave, names or _NAMES):
        yield


@contextmanager
def held_back(noticed: Callable[[], object] = lambda: None) -> Iterator[list[int]]:
    """Within it signals are noted, in the list that it gives; at the end they take effect as before it.

    `noticed` is called at each. No mask of the system's: a thread of a library would get them all the same.
    """
    arrived: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        arrived.append(number)
        noticed()

    try:
        with _handled_by(note, _NAMES):
            yield arrived
    finally:
        for number in arrived:
            signal.raise_signal(number)


@contextmanager
def _handled_by(handler: _Handler, names: tuple[str, ...]) -> Iterator[None]:
    """Have a handler for these signals; ignored ones, as in the background or under nohup, stay ignored."""
    earlier: dict[int, Any] = {}
    try:
        if threading.current_thread() is threading.main_thread():
            for number in (getattr(signal, name) for name in names if hasattr(signal, name)):
                before = signal.getsignal(number)
                if before not in {signal.SIG_IGN, None}:
                    earlier[number] = before
                    signal.signal(number, handler)
        yield
    finally:
        for number, before in earlier.items():
            signal.signal(number, before)
