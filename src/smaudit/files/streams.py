"""The one place that writes to standard output and standard error, in whatever encoding they have."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import NamedTuple, NoReturn, TextIO

from smaudit.errors import Exit, NotWritten, Signalled
from smaudit.language.signs import carried

_OF_SIGNALS = (Exit.HANGUP, Exit.INTERRUPTED, Exit.TERMINATED)


class Surface(NamedTuple):
    """What a result is drawn on: its columns, whether it takes colour, whether it is a screen, or a file.

    plain  whether words alone are wanted
    """

    columns: int
    colour: bool = False
    is_screen: bool = False
    is_file: bool = False
    plain: bool = False


def put(text: str) -> None:
    """Write a result to standard output. Raises SmauditError (exit 5) where it is missing or full.

    Raises Signalled (exit 141) where the reader has gone, as the signal PIPE would have it.
    """
    _write(lambda stream: stream.write(fitting(text, stream)))


def put_bytes(data: bytes) -> None:
    """Write a result whose bytes are fixed to standard output. Raises as `put` does."""
    _write(lambda stream: stream.buffer.write(data))


def _write(write: Callable[[TextIO], object]) -> None:
    if sys.stdout is None:
        raise NotWritten("error.no-output", "hint.no-output")
    try:
        write(sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:
        silence(sys.stdout)
        raise Signalled(Exit.BROKEN_PIPE) from None
    except OSError as error:
        # What stays in the buffer would fail again at exit.
        silence(sys.stdout)
        raise NotWritten("error.output-failed", "hint.no-output") from error


def tell(text: str, direction: str = "ltr") -> None:
    """Write a message to standard error, in this direction; lost where that is closed."""
    if sys.stderr is not None:
        if direction == "rtl" and sys.stderr.isatty():
            from smaudit.language.direction import turned

            columns = width()
            text = "".join(turned(line, columns) for line in text.splitlines(keepends=True))
        try:
            sys.stderr.write(fitting(text, sys.stderr))
            sys.stderr.flush()
        except OSError:
            silence(sys.stderr)


def leave(code: int) -> NoReturn:
    """End the process with this exit code, or with the one for what could not be written after all.

    The codes of signals are those that a shell gives; the process dies by the signal.

    The interpreter is not taken down in order: that would cost a short command a tenth of its time,
    and by now files are closed, locks let go and the terminal is given back.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except BrokenPipeError:
            code = Exit.BROKEN_PIPE
        except OSError:
            code = Exit.NOT_WRITTEN
    # A shell stops its loop only for a program that died by the signal itself; Windows knows no such end.
    if code in _OF_SIGNALS and os.name == "posix":
        signal.signal(code - 128, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [code - 128])
        signal.raise_signal(code - 128)
    os._exit(code)


def silence(stream: TextIO) -> None:
    """Send what is still to be written to a stream nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def fitting(text: str, stream: TextIO) -> str:
    """The text in characters that the stream can carry; others are replaced, by plain ones if possible."""
    return carried(text, stream.encoding or "utf-8")


def width() -> int:
    """The columns to write for: the terminal's, or what COLUMNS says, or 80."""
    import shutil

    return shutil.get_terminal_size((80, 24)).columns or 80


def surface_for(colour: str, *, to_file: bool = False) -> Surface:
    """Standard output, or a file to be written, with colour as it was chosen (`coloured`)."""
    return Surface(width(), not to_file and coloured(colour), not to_file and is_terminal(), to_file)


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def coloured(choice: str) -> bool:
    """Whether to colour: `always`, `never`, or `auto` (a terminal that has not asked for none)."""
    if choice != "auto":
        return choice == "always"
    if "NO_COLOR" in os.environ or os.environ.get("TERM", "dumb") == "dumb":
        return False
    return is_terminal()
