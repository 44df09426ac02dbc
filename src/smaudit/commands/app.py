"""The program: its commands, and what becomes of signals, errors and exit codes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Annotated

import typer

from smaudit.commands.help import Group, misunderstood, printed
from smaudit.commands.options import LanguageOption
from smaudit.commands.run import Asked
from smaudit.errors import Broken, Exit, Signalled, SmauditError
from smaudit.files.streams import put, tell

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
        put(context.get_help() + "\n")


def main(arguments: Sequence[str]) -> int:
    """Run a command; give its exit code. Nothing is raised, nothing but a line or two is shown."""
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
    if not arguments and "_SMAUDIT_COMPLETE" in os.environ and (code := _offered()) is not None:
        return code
    try:
        # Without arguments a shell may ask what it can complete, and typer prints that before it parses.
        with nullcontext() if arguments else printed(asked):
            result = app(list(arguments), prog_name="smaudit", standalone_mode=False, obj=asked)
    except typer.Abort:
        return Exit.INTERRUPTED
    except typer.Exit as left:
        return left.exit_code
    except SystemExit as left:
        # How typer ends what it does for a shell that completes.
        return Exit.USAGE if left.code else Exit.DONE
    except typer.TyperException as wrong:
        raise misunderstood(wrong, arguments) from wrong
    return int(result or 0)


def _offered() -> int | None:
    """Answer a shell on the tab key; give the exit code, None for a shell that typer answers.

    Where something is wrong it is offered nothing: that is no moment to say so.
    """
    from smaudit.commands.complete import answer, asking

    shell = asking()
    if shell is None:
        return None
    try:
        text, code = answer(shell)
    except SmauditError:
        return Exit.DONE
    put(text)
    return code


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
