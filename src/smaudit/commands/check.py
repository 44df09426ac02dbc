"""`smaudit check`: every problem of a file, found by the same readers that the other commands use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smaudit.commands.options import LanguageOption, QuestionnaireOption, QuietOption
from smaudit.commands.run import Run

if TYPE_CHECKING:
    from smaudit.files.load import Opened


def check(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE")],
    lang: LanguageOption = None,  # noqa: ARG001 - read before the command begins
    questionnaire: QuestionnaireOption = None,
    quiet: QuietOption = False,
) -> None:
    """Find every problem of a sheet or a questionnaire, or say ok."""
    from smaudit.files.load import (
        MOST_OF_A_QUESTIONNAIRE,
        MOST_OF_A_SHEET,
        Opened,
        check_json,
        load_questionnaire,
        sheet_in,
    )
    from smaudit.files.places import shown_path
    from smaudit.files.read import check_size, parse, read

    run = Run.of(context.obj, quiet=quiet)
    run.check_files({"FILE": file, "--questionnaire": questionnaire})
    data = read(file, MOST_OF_A_QUESTIONNAIRE)
    opened = Opened(data, file, parse(data, file))
    if opened.kind == "translation":
        _check_translation(opened, questionnaire)
    elif opened.kind == "questionnaire" or (opened.kind is None and _asks(opened.content)):
        _check_questionnaire(opened, run)
    else:
        check_size(data, file, MOST_OF_A_SHEET)
        check_json(data, file)
        gone = sheet_in(opened, load_questionnaire(questionnaire)).gone
        if gone:
            run.tell("check.gone", file=shown_path(file), names=tuple(gone))
    if not run.quiet:
        run.deliver(run.phrases.text("check.ok") + "\n")


def _asks(content: object) -> bool:
    """Whether a file that does not say what it is has a part of a questionnaire."""
    return isinstance(content, dict) and not {"misconceptions", "questions"}.isdisjoint(content)


def _check_translation(opened: Opened, questionnaire: str | None) -> None:
    """Raise Refused for every text that is missing, stale or superfluous."""
    from smaudit.files.load import load_questionnaire, refused, translation_in
    from smaudit.language.translation import gaps

    original = load_questionnaire(questionnaire or _original(opened.file))
    found = gaps(original, translation_in(opened, original))
    if found:
        raise refused(opened.file, opened.data, found, "hint.translation")


def _original(file: str) -> str | None:
    """What a translation stands beside: `own.yaml` for `own.ar.yaml`; None for the built-in questionnaire."""
    path = Path(file)
    beside = path.with_name(Path(path.stem).stem + path.suffix)
    return str(beside) if beside != path and beside.is_file() else None


def _check_questionnaire(opened: Opened, run: Run) -> None:
    """Tell every warning. Raises Refused for what makes scores undefined, or the content poor."""
    from smaudit.files.lines import lines_of
    from smaudit.files.load import questionnaire_in, refused
    from smaudit.files.places import shown_path
    from smaudit.language.error_text import problem_lines
    from smaudit.lint.rules import lint

    findings = lint(questionnaire_in(opened))
    line = lines_of(opened.data).line
    warnings = [each.problem._replace(line=line(each.problem.place)) for each in findings if each.warning]
    if warnings and not run.quiet:
        heading = run.phrases.shown("lint.warnings", file=shown_path(opened.file), count=len(warnings))
        run.tell_lines([heading, *problem_lines(warnings, run.phrases)])
    errors = [each.problem for each in findings if not each.warning]
    if errors:
        raise refused(opened.file, opened.data, errors)
