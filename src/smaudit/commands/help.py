"""What the command line says about itself: its help, and what was typed that it does not understand.

typer parses; the words are of `data/phrases.*.yaml`, as all others are, and drawn as a report is.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from itertools import chain
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, TypeAlias

import typer
from typer.core import TyperCommand, TyperGroup

from smaudit.errors import Exit, SmauditError, Usage, Value

if TYPE_CHECKING:
    from smaudit.commands.run import Asked

# typer keeps the types of what it hands over to itself.
Context: TypeAlias = Any
Parameter: TypeAlias = Any
Found: TypeAlias = Any


GROUPS: Mapping[str, tuple[str, ...]] = {
    "every-day": ("assess", "report", "plan"),
    "colleagues": ("form", "import", "team", "compare"),
    "companies": ("portfolio",),
    "authors": ("questionnaire", "template", "check", "explain", "schema"),
}
"""The commands in the order of the help, by what they are for."""
COMMANDS = tuple(chain.from_iterable(GROUPS.values()))
"""All of them; each is the function of its name in the module of its name."""


class Command(TyperCommand):
    """A command whose help and errors are told in the language that its arguments ask for."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the arguments, the language first: what is wrong with the others is told in it."""
        _listen(self, ctx, args)
        with printed(ctx.obj):
            return super().parse_args(ctx, args)

    def get_help(self, ctx: Context) -> str:
        """The page of `--help`. Raises SmauditError (exit 2) for a language that there is not."""
        return _page(ctx)

    def invoke(self, ctx: Context) -> object:
        """Run the command. Raises SmauditError (exit 2) for more arguments than it takes."""
        if ctx.args:
            raise _misused("error.too-many-arguments", ctx.command_path, given=" ".join(ctx.args))
        return super().invoke(ctx)


class Group(TyperGroup):
    """The program itself, before the name of a command. A command is loaded when it is named."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse what stands before the command, the language first."""
        _listen(self, ctx, args)
        with printed(ctx.obj):
            return super().parse_args(ctx, args)

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 - as typer has it
        """The names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Found:  # noqa: ARG002 - as typer has it
        """The command of this name, None for a name that none has."""
        return loaded(cmd_name) if cmd_name in COMMANDS else None

    def get_help(self, ctx: Context) -> str:
        """The page of `--help`. Raises SmauditError (exit 2) for a language that there is not."""
        return _page(ctx)

    def resolve_command(self, ctx: Context, args: list[str]) -> Found:
        """Find the command. Raises SmauditError (exit 2) for a name that none has."""
        name, path = args[0], ctx.command_path
        if name in COMMANDS or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        # The likeliest slip: the name of a sheet where the command should stand.
        if os.path.lexists(name):
            command = shlex.join(["smaudit", "report", name])
            raise _misused("error.no-such-command", path, "hint.usage-sheet", name=name, command=command)
        meant = get_close_matches(name, COMMANDS)
        if meant:
            raise _misused("error.no-such-command-meant", path, name=name, meant=meant[0])
        raise _misused("error.no-such-command", path, name=name)


def misunderstood(wrong: typer.TyperException, arguments: Sequence[str]) -> SmauditError:
    """What typer refuses, in our words: an option or an argument too many, too few, or without its value."""
    context: Context = getattr(wrong, "ctx", None)
    path = context.command_path if context else _path(arguments)
    option = str(getattr(wrong, "option_name", ""))
    if hasattr(wrong, "possibilities"):
        meant = tuple(sorted(wrong.possibilities or ()))
        if meant:
            return _misused("error.no-such-option-meant", path, option=option, meant=meant)
        return _misused("error.no-such-option", path, option=option)
    if option:
        # Typer says no more than that it was used in a wrong way, and only two ways are wrong.
        has_value = any(each.startswith(f"{option}=") for each in arguments)
        phrase = "error.value-superfluous" if has_value else "error.value-missing"
        return _misused(phrase, path, option=option)
    missing: Parameter = getattr(wrong, "param", None)
    if missing is not None and hasattr(wrong, "param_type"):
        return _misused("error.argument-missing", path, name=bare(missing))
    return _misused("error.usage", path, problem=wrong.format_message())


@contextmanager
def printed(asked: Asked) -> Iterator[None]:
    """Put what typer itself prints while it parses, help and completion, out as every result is.

    Left to itself it breaks where the output is full, closed, or in another encoding.
    """
    page = _Page()
    try:
        with redirect_stdout(page):
            yield
    except typer.Exit as left:
        # Not 0 where typer does not know the shell; its 1 would be that of a gate.
        raise typer.Exit(Exit.USAGE if left.exit_code else Exit.DONE) from left
    finally:
        text = page.getvalue()
        if text:
            from smaudit.files.streams import put

            put(_installed(text, asked.lang))


class _Page(io.StringIO):
    """A page that is coloured where standard output would be."""

    def __init__(self) -> None:
        super().__init__()
        self._coloured = sys.stdout is not None and sys.stdout.isatty()

    def isatty(self) -> bool:
        return self._coloured


def _installed(page: str, language: str | None) -> str:
    """What typer says once it has installed the completion of a shell, in our words."""
    from smaudit.files.streams import surface_for
    from smaudit.files.words import load_phrases
    from smaudit.report.blocks import Document, Paragraph
    from smaudit.report.draw.text import render

    file = re.search(r" installed in ([^\x1b\n]+)", page)
    if not file:
        return page
    phrases = load_phrases(language)
    said = phrases.line("note.completion-installed", file=file[1])
    return render(Document(said, (Paragraph(said),)), phrases, surface_for("auto"))


def _path(arguments: Sequence[str]) -> str:
    """The command that was typed, where typer does not say which one it was at."""
    named = [each for each in arguments[:1] if not each.startswith("-")]
    return " ".join(["smaudit", *named])


def _misused(phrase: str, path: str, hint: str = "hint.usage", **values: Value) -> SmauditError:
    return Usage(phrase, hint, help=f"{path} --help", **values)


@cache
def loaded(name: str) -> Found:
    """The command of this name, with its options as typer has them."""
    # What Python keeps for itself is named with a line behind it.
    called = f"{name}_" if iskeyword(name) else name
    module = import_module(f"smaudit.commands.{called}")
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    # More arguments than a command takes are refused by `Command`, in words of ours.
    settings = {"allow_extra_args": True, "help_option_names": ["-h", "--help"]}
    alone.command(name, cls=Command, context_settings=settings)(getattr(module, called))
    return typer.main.get_command(alone)


def _listen(command: Command | Group, context: Context, arguments: Sequence[str]) -> None:
    """Note the language that a command's arguments ask for, whatever else may be wrong with them."""
    parser = command.make_parser(context)
    parser.ignore_unknown_options = True
    with suppress(typer.TyperException):
        found, _, _ = parser.parse_args(list(arguments))
        if found.get("lang") is not None:
            context.obj.lang = found["lang"]


def _page(context: Context) -> str:
    from smaudit.commands.help_page import page
    from smaudit.files.words import load_phrases

    return page(context, GROUPS, load_phrases(context.obj.lang))


def bare(argument: Parameter) -> str:
    """The name of an argument without the brackets that say that it can be left out."""
    return str(argument.metavar or argument.name).strip("[]")
