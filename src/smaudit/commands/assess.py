"""`smaudit assess`: the interview in a terminal, saved after every answer; else the report at once."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, cast

import typer

from smaudit.commands.options import (
    DEPTHS,
    ColourOption,
    DepthOption,
    DigitsOption,
    LanguageOption,
    QuestionnaireOption,
    QuietOption,
    one_of,
)
from smaudit.commands.report import reported
from smaudit.commands.run import Run
from smaudit.errors import SmauditError, Usage
from smaudit.report.draw.formats import FORMATS, format_for

if TYPE_CHECKING:
    from datetime import date

    from smaudit.core.questionnaire import Depth, Questionnaire
    from smaudit.core.subject import Subject
    from smaudit.files.session import SheetFile
    from smaudit.interview import Prompter


class _Wanted(NamedTuple):
    """What was asked for: the file of the sheet, the depth, and the file of the questionnaire."""

    sheet: str | None
    depth: Depth | None
    questionnaire: str | None


def assess(
    context: typer.Context,
    sheet: Annotated[str | None, typer.Argument(metavar="[SHEET]")] = None,
    depth: DepthOption = None,
    lang: LanguageOption = None,  # noqa: ARG001 - read before the command begins
    digits: DigitsOption = None,
    questionnaire: QuestionnaireOption = None,
    report: Annotated[str | None, typer.Option("--report", metavar="FILE")] = None,
    plain: Annotated[bool, typer.Option("--plain")] = False,
    no_input: Annotated[bool, typer.Option("--no-input")] = False,
    color: ColourOption = "auto",
    quiet: QuietOption = False,
) -> None:
    """Ask the questions, save after every answer, and print the report."""
    run = Run.of(context.obj, digits=digits, color=color, quiet=quiet).in_plain(plain)
    deep = cast("Depth | None", one_of("--depth", depth, DEPTHS))
    if report is not None:
        format_for(None, report, "report")
    replace(run, output=report).check_files({"SHEET": sheet, "--questionnaire": questionnaire})
    asked = run.questionnaire(questionnaire)
    run = run.speaking_of(asked)
    may_ask = not no_input and _has_terminal()
    unasked = _unasked(sheet, asked, run, may_ask=may_ask)
    if unasked is not None:
        _show(unasked, report, run)
    elif may_ask:
        _ask(_Wanted(sheet, deep, questionnaire), asked, report, run, numbered=plain)
    else:
        raise Usage("error.no-terminal", "hint.no-terminal")


def _has_terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _unasked(sheet: str | None, questionnaire: Questionnaire, run: Run, *, may_ask: bool) -> Subject | None:
    """The sheet, scored, where nobody can be asked; else None."""
    is_asked = may_ask and sheet != "-"
    return None if sheet is None or is_asked else run.subject(sheet, questionnaire)


def _show(subject: Subject, report: str | None, run: Run) -> None:
    """Print the report; and write it to a file, where one was named."""
    run.deliver(run.drawn(reported(subject, short=not run.to_file), FORMATS[0]))
    if report is not None:
        _save(subject, report, run)


def _save(subject: Subject, file: str, run: Run) -> None:
    chosen, to_file = format_for(None, file, "report"), replace(run, output=file, colour="never")
    to_file.deliver(to_file.drawn(reported(subject), chosen))


def _ask(
    wanted: _Wanted, questionnaire: Questionnaire, report: str | None, run: Run, *, numbered: bool
) -> None:
    from smaudit.commands.ending import Ending
    from smaudit.files.signals import raising
    from smaudit.interview import open_prompter

    prompter = open_prompter(run.phrases, plain=numbered)
    with raising():
        subject, file = _answered(wanted, questionnaire, prompter, run)
    sheet = str(file.path)
    change, plan = _command("assess", sheet, wanted, run), _command("plan", sheet, wanted, run)
    ending = Ending(subject, sheet, change, plan, run)
    ending.show()
    _say_moved(file, run)
    with ending.told():
        if report is not None:
            ending.save(report)
        else:
            ending.offer(prompter)


def _command(name: str, sheet: str, wanted: _Wanted, run: Run) -> str:
    """A command about a sheet as it is typed, in the language of this run."""
    command = ["smaudit", name, f"./{sheet}" if sheet.startswith("-") else sheet]
    command += ["--questionnaire", wanted.questionnaire] if wanted.questionnaire else []
    command += ["--lang", run.lang] if run.lang else []
    return shlex.join(command)


def _answered(
    wanted: _Wanted, questionnaire: Questionnaire, prompter: Prompter, run: Run
) -> tuple[Subject, SheetFile]:
    """The sheet after the interview, scored, and the file that it is in."""
    from datetime import date

    from smaudit.core.scoring import assess as scored
    from smaudit.core.sheet import Sheet
    from smaudit.core.subject import Subject
    from smaudit.files.save import sweep
    from smaudit.files.session import SheetFile
    from smaudit.interview import interview

    today = date.today()  # noqa: DTZ011 - the day where the respondent is
    given = _which(wanted.sheet, questionnaire, prompter, today, run)
    with SheetFile(given) as file, _way_on(file, wanted, run):
        # Read again under the lock: another session may have gone on with it until now.
        start = file.load(questionnaire) or Sheet()
        if file.path is not None:
            sweep(file.path.parent)
        if wanted.depth is not None:
            start = start.with_depth(wanted.depth)
        answered = interview(
            questionnaire, start, run.phrases, prompter, save=file.save, today=today.isoformat()
        )
        answered = answered.from_file(file.sha256, answered.gone)
    return Subject(questionnaire, answered, scored(questionnaire, answered)), file


def _which(
    sheet: str | None, questionnaire: Questionnaire, prompter: Prompter, today: date, run: Run
) -> Path | None:
    """The file to go on with or to begin; None for a new one that is named after the company."""
    from smaudit.files.nearby import near, sheets_in
    from smaudit.interview.beginning import offer_meant, offer_sheets, say_new

    if sheet is None:
        return offer_sheets(prompter, run.phrases, questionnaire, sheets_in(Path(), questionnaire), today)
    given = Path(sheet)
    if given.exists():
        return given
    meant = near(given)
    if meant is not None:
        return offer_meant(prompter, run.phrases, sheet, meant) or given
    say_new(prompter, run.phrases, sheet)
    return given


@contextmanager
def _way_on(file: SheetFile, wanted: _Wanted, run: Run) -> Iterator[None]:
    """Say how to go on where the interview is left before its end."""
    try:
        yield
    except SmauditError:
        raise
    except BaseException:
        _say_moved(file, run)
        if not file.sha256:
            # A new file may have a name before it is there.
            run.tell_lines(["", run.phrases.text("left.nothing-saved")])
        else:
            phrase = "left.saved" if file.is_saved else "left.last-not-saved"
            command = _command("assess", str(file.path), wanted, run)
            run.tell_lines(["", run.phrases.text(phrase, command=command)])
        raise


def _say_moved(file: SheetFile, run: Run) -> None:
    """Say once more, at the end, that the answers are not in the file that was opened."""
    if file.moved is not None:
        run.tell_lines([""])
        run.tell_message(file.moved)
