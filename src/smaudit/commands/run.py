"""One run of the command line: signals become exceptions, exceptions become a line and an exit code."""

from __future__ import annotations

import gc
import io
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from types import FrameType

from smaudit.errors import Exit, Signalled, SmauditError
from smaudit.files.streams import is_terminal, put, tell

_INSTALLING = "--install-completion"
_PRINTED = frozenset({"-h", "--help", "--show-completion", _INSTALLING})
"""Options for which typer prints something by itself."""
_WITHOUT_WORDS = "smaudit: The installation is damaged. Install smaudit again.\n"
"""The one sentence that is not a phrase: it is for when there are no phrases."""


def run(arguments: Sequence[str]) -> int:
    """Run a command; give its exit code. Nothing is raised, nothing but a line or two is shown."""
    _catch_signals()
    # Plug-ins of other packages have no business here, and looking for them costs start-up.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Start-up makes many objects and hardly any rubbish; looking for it every 700 objects costs a tenth.
    gc.set_threshold(50_000)
    try:
        return _command(arguments)
    except SmauditError as error:
        return _tell(error, language_of(arguments))
    except (KeyboardInterrupt, EOFError):
        return Exit.INTERRUPTED
    except Signalled as signalled:
        return signalled.exit_code
    except MemoryError:
        # Told further down, when what filled the memory has been let go of.
        pass
    except Exception as error:  # noqa: BLE001 - whatever it is, a person gets one line
        return _bug(error, language_of(arguments))
    return _tell(SmauditError("error.out-of-memory", Exit.BUG, "hint.out-of-memory"), language_of(arguments))


def language_of(arguments: Sequence[str]) -> str | None:
    """The language that the command line asks for, None where it leaves it to the surroundings."""
    for number, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--lang":
            return value if equals else next(iter(arguments[number + 1 :]), None)
    return None


def _command(arguments: Sequence[str]) -> int:
    import typer

    from smaudit.commands.app import app

    try:
        with _page(arguments):
            result = app(
                list(arguments), prog_name="smaudit", standalone_mode=False, obj=language_of(arguments)
            )
    except typer.Abort:
        return Exit.INTERRUPTED
    except typer.Exit as left:
        return left.exit_code
    except typer.TyperException as wrong:
        from smaudit.commands.help import misunderstood

        raise misunderstood(wrong, arguments) from wrong
    return int(result or 0)


@contextmanager
def _page(arguments: Sequence[str]) -> Iterator[None]:
    """Put what typer itself prints, help and completion, out as every result is.

    Left to itself it breaks where the output is full, closed, or in another encoding.
    """
    if arguments and not _PRINTED.intersection(arguments):
        yield
        return
    page = _Page()
    try:
        with redirect_stdout(page):
            yield
    finally:
        text = page.getvalue()
        if _INSTALLING in arguments:
            from smaudit.commands.help import installed

            text = installed(text, language_of(arguments))
        put(text)


class _Page(io.StringIO):
    """A page that is coloured where standard output would be."""

    def __init__(self) -> None:
        super().__init__()
        self._coloured = is_terminal()

    def isatty(self) -> bool:
        return self._coloured


def _catch_signals() -> None:
    """Have TERM and HUP raise, so that a terminal is given back and a lock let go on the way out."""

    def leave(number: int, _: FrameType | None) -> None:
        raise Signalled(Exit(128 + number))

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), leave)


def _tell(error: SmauditError, language: str | None) -> int:
    """Say what went wrong; give the exit code."""
    from smaudit.files.words import phrases_for_errors
    from smaudit.language.error_text import told

    try:
        phrases = phrases_for_errors(language)
        tell(told(error, phrases), phrases.direction)
    except Exception:  # noqa: BLE001 - the words themselves are missing or damaged
        tell(_WITHOUT_WORDS)
        return Exit.BUG
    return error.exit_code


def _bug(error: Exception, language: str | None) -> int:
    """A bug of ours: one line on the screen, the trace in a file of its own."""
    import tempfile
    import traceback

    handle, name = tempfile.mkstemp(prefix="smaudit-", suffix=".log")
    # The trace names code and lines; the error's own words could carry an answer and stay out.
    trace = "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__ + "\n"
    os.write(handle, trace.encode("utf-8", "replace"))
    os.close(handle)
    return _tell(SmauditError("error.bug", Exit.BUG, "hint.bug", file=name), language)
