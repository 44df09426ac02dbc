"""The command line: parse, call, write. Everything a command needs is imported when it runs."""

from __future__ import annotations

import os
from functools import partial
from typing import Annotated

import typer

from smaudit.commands.help import Command, Group
from smaudit.errors import Exit, SmauditError

app = typer.Typer(
    name="smaudit",
    cls=Group,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
# More arguments than a command takes are refused by `Command`, in words of ours.
command = partial(app.command, cls=Command, context_settings={"allow_extra_args": True})

SheetArgument = Annotated[str, typer.Argument(metavar="SHEET")]
QuestionnaireOption = Annotated[str | None, typer.Option("--questionnaire", metavar="FILE")]
LanguageOption = Annotated[str | None, typer.Option("--lang", metavar="CODE")]
DigitsOption = Annotated[str | None, typer.Option("--digits", metavar="western|arabic")]
OutputOption = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE")]
AnonymousOption = Annotated[bool, typer.Option("--anonymous")]
ColourOption = Annotated[str, typer.Option("--color", metavar="auto|always|never")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q")]
DepthOption = Annotated[str | None, typer.Option("--depth", metavar="quick|full")]


def _version(wanted: bool) -> None:
    if wanted:
        from smaudit import __version__
        from smaudit.files.streams import put

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
        from smaudit.files.words import shown_language

        os.environ["SMAUDIT_LANG"] = shown_language(lang)
    if context.invoked_subcommand is None and not version:
        typer.echo(context.get_help())


@command()
def assess(
    sheet: Annotated[str | None, typer.Argument(metavar="[SHEET]")] = None,
    depth: DepthOption = None,
    lang: LanguageOption = None,
    digits: DigitsOption = None,
    questionnaire: QuestionnaireOption = None,
    report: Annotated[str | None, typer.Option("--report", metavar="FILE")] = None,
    plain: Annotated[bool, typer.Option("--plain")] = False,
    no_input: Annotated[bool, typer.Option("--no-input")] = False,
    color: ColourOption = "auto",
    quiet: QuietOption = False,
) -> None:
    """Ask the questions, save after every answer, and print the report."""
    from smaudit.commands.assess import assess as run

    _write_digits(digits)
    run(
        sheet,
        depth=_one_of("--depth", depth, ("quick", "full")),
        language=lang,
        questionnaire=questionnaire,
        report=report,
        plain=plain,
        no_input=no_input,
        colour=_one_of("--color", color, COLOURS) or "auto",
        quiet=quiet,
    )


@command()
def report(
    sheet: SheetArgument,
    format_: Annotated[str | None, typer.Option("--format", metavar="text|markdown|html|pdf|json")] = None,
    output: OutputOption = None,
    lang: LanguageOption = None,
    digits: DigitsOption = None,
    questionnaire: QuestionnaireOption = None,
    fail_under: Annotated[list[str] | None, typer.Option(metavar="N")] = None,
    max_steering: Annotated[str | None, typer.Option(metavar="N")] = None,
    anonymous: AnonymousOption = False,
    color: ColourOption = "auto",
    quiet: QuietOption = False,
) -> None:
    """Print the report of a saved sheet; no questions asked."""
    from smaudit.commands.report import gate, gates, load_subject, most_steering, words_for, write_report
    from smaudit.files.outputs import check_output
    from smaudit.files.read import check_stdin

    _write_digits(digits)
    wanted, most = gates(fail_under or ()), most_steering(max_steering)
    check_stdin({"SHEET": sheet, "--questionnaire": questionnaire})
    check_output(output, (sheet, questionnaire))
    subject = load_subject(sheet, questionnaire, wanted, words_for(format_, output, lang))
    write_report(
        subject,
        format_,
        output,
        language=lang,
        anonymous=anonymous,
        colour=_one_of("--color", color, COLOURS) or "auto",
        quiet=quiet,
    )
    named = subject.anonymous() if anonymous else subject
    if gate(named, wanted, sheet, most=most, language=lang, quiet=quiet):
        raise typer.Exit(Exit.BELOW)


@command()
def plan(
    sheet: SheetArgument,
    target: Annotated[list[str] | None, typer.Option(metavar="N")] = None,
    budget: Annotated[str | None, typer.Option(metavar="N")] = None,
    for_: Annotated[str | None, typer.Option("--for", metavar="NAME")] = None,
    what_if: Annotated[list[str] | None, typer.Option(metavar="QUESTION=OPTION")] = None,
    effort: Annotated[str | None, typer.Option(metavar="FILE")] = None,
    without: Annotated[list[str] | None, typer.Option(metavar="QUESTION")] = None,
    format_: Annotated[str | None, typer.Option("--format", metavar="text|markdown|json|csv")] = None,
    output: OutputOption = None,
    lang: LanguageOption = None,
    digits: DigitsOption = None,
    questionnaire: QuestionnaireOption = None,
    anonymous: AnonymousOption = False,
    color: ColourOption = "auto",
    quiet: QuietOption = False,
) -> None:
    """Print what to do, in which order, and what it gets: the cheapest steps to a goal.

    Without a target the goal is that no misconception steers the company any more. Ctrl-C ends a long
    search and prints the best plan found so far.
    """
    from smaudit.commands.plan import Orders, advise

    _write_digits(digits)
    advise(
        sheet,
        Orders(target or (), budget, for_, what_if or (), effort, without or ()),
        format_,
        output,
        language=lang,
        questionnaire=questionnaire,
        anonymous=anonymous,
        colour=_one_of("--color", color, COLOURS) or "auto",
        quiet=quiet,
    )


@command()
def template(
    depth: DepthOption = None,
    output: OutputOption = None,
    lang: LanguageOption = None,
    questionnaire: QuestionnaireOption = None,
    quiet: QuietOption = False,
) -> None:
    """Print a blank sheet with every allowed answer beside it, for scripts."""
    from smaudit.commands.report import deliver
    from smaudit.core.template import blank_sheet
    from smaudit.files.load import as_json, load_questionnaire
    from smaudit.files.words import shown_language

    loaded = load_questionnaire(questionnaire, shown_language(lang))
    wanted = _one_of("--depth", depth, ("quick", "full")) or "full"
    blank = as_json(blank_sheet(loaded, wanted)).decode()  # type: ignore[arg-type]
    deliver(blank, output, language=lang, quiet=quiet)


@command()
def check(
    file: Annotated[str, typer.Argument(metavar="FILE")],
    lang: LanguageOption = None,
    questionnaire: QuestionnaireOption = None,
    quiet: QuietOption = False,
) -> None:
    """Find every problem of a sheet or a questionnaire, or say ok."""
    from smaudit.commands.check import check as run

    run(file, questionnaire, language=lang, quiet=quiet)


@command()
def explain(
    name: Annotated[str | None, typer.Argument(metavar="[ID]")] = None,
    lang: LanguageOption = None,
    digits: DigitsOption = None,
    questionnaire: QuestionnaireOption = None,
    color: ColourOption = "auto",
) -> None:
    """Show what a question or a misconception is about, why, and its sources; without ID, all names."""
    from smaudit.commands.report import write_explanation

    _write_digits(digits)
    write_explanation(name, questionnaire, language=lang, colour=_one_of("--color", color, COLOURS) or "auto")


@command()
def schema(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    lang: LanguageOption = None,  # noqa: ARG001 - errors and the help are told in it
) -> None:
    """Print the JSON Schema of a file format."""
    from smaudit.files.load import as_json
    from smaudit.files.streams import put
    from smaudit.report.data.json import schema as of

    put(as_json(of(name)).decode())


COLOURS = ("auto", "always", "never")


def _write_digits(digits: str | None) -> None:
    """Have all numbers written in these digits: what SMAUDIT_DIGITS does, for this run."""
    if _one_of("--digits", digits, ("western", "arabic")):
        os.environ["SMAUDIT_DIGITS"] = str(digits)


def _one_of(option: str, given: str | None, allowed: tuple[str, ...]) -> str | None:
    """The value of an option that takes one of a few words. Raises SmauditError (exit 2) for another."""
    if given is not None and given not in allowed:
        raise SmauditError("error.bad-choice", Exit.USAGE, option=option, allowed=", ".join(allowed))
    return given
