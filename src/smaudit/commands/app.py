"""The program: its commands, and what becomes of signals, errors and exit codes."""

from __future__ import annotations

import gc
import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from typing import Annotated

import typer

from smaudit.commands.help import Group, installed, misunderstood
from smaudit.commands.options import LanguageOption
from smaudit.commands.run import Asked
from smaudit.errors import Broken, Exit, Signalled, SmauditError
from smaudit.files.streams import is_terminal, put, tell

_INSTALLING = "--install-completion"
_PRINTED = frozenset({"-h", "--help", "--show-completion", _INSTALLING})
"""Options for which typer prints something by itself."""
_WITHOUT_WORDS = "smaudit: The installation is damaged. Install smaudit again.\n"
"""The one sentence that is not a phrase: it is for when there are no phrases."""

app = typer.Typer(
    name="smaudit",
    cls=Group,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from smaudit import __version__

        put(f"smaudit {__version__}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def smaudit(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
    lang: LanguageOption = None,
) -> None:
    """Before a command: its language, and without one the help."""
    if lang is not None:
        from smaudit.files.words import tongue

        tongue(lang)
    if context.invoked_subcommand is None and not version:
        typer.echo(context.get_help())


def main(arguments: Sequence[str]) -> int:
    """Run a command; give its exit code. Nothing is raised, nothing but a line or two is shown."""
    # Start-up makes many objects and hardly any rubbish; looking for it every 700 objects costs a tenth.
    gc.set_threshold(50_000)
    asked = Asked()
    try:
        return _command(arguments, asked)
    except SmauditError as error:
        return _tell(error, asked)
    except (KeyboardInterrupt, EOFError):
        return Exit.INTERRUPTED
    except Signalled as signalled:
        return signalled.exit_code
    except MemoryError:
        # Told further down, when what filled the memory has been let go of.
        pass
    except Exception as error:  # noqa: BLE001 - whatever it is, a person gets one line
        return _bug(error, asked)
    return _tell(Broken("error.out-of-memory", "hint.out-of-memory"), asked)


def _command(arguments: Sequence[str], asked: Asked) -> int:
    try:
        with _page(arguments, asked):
            result = app(list(arguments), prog_name="smaudit", standalone_mode=False, obj=asked)
    except typer.Abort:
        return Exit.INTERRUPTED
    except typer.Exit as left:
        return left.exit_code
    except typer.TyperException as wrong:
        raise misunderstood(wrong, arguments) from wrong
    return int(result or 0)


@contextmanager
def _page(arguments: Sequence[str], asked: Asked) -> Iterator[None]:
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
        put(installed(text, asked.lang) if _INSTALLING in arguments else text)


class _Page(io.StringIO):
    """A page that is coloured where standard output would be."""

    def __init__(self) -> None:
        super().__init__()
        self._coloured = is_terminal()

    def isatty(self) -> bool:
        return self._coloured


def _tell(error: SmauditError, asked: Asked) -> int:
    """Say what went wrong; give the exit code."""
    from smaudit.files.words import phrases_for_errors
    from smaudit.language.error_text import told

    try:
        phrases = phrases_for_errors(asked.lang)
        tell(told(error, phrases), phrases.direction)
    except Exception:  # noqa: BLE001 - the words themselves are missing or damaged
        tell(_WITHOUT_WORDS)
        return Exit.BUG
    return error.exit_code


def _bug(error: Exception, asked: Asked) -> int:
    """A bug of ours: one line on the screen, the trace in a file of its own."""
    import tempfile
    import traceback

    handle, name = tempfile.mkstemp(prefix="smaudit-", suffix=".log")
    # The trace names code and lines; the error's own words could carry an answer and stay out.
    trace = "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__ + "\n"
    os.write(handle, trace.encode("utf-8", "replace"))
    os.close(handle)
    return _tell(Broken("error.bug", "hint.bug", file=name), asked)
