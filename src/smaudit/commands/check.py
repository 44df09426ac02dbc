"""`smaudit check`: every problem of files, found by the same readers that the other commands use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from smaudit.commands.options import LanguageOption, QuestionnaireOption, QuietOption
from smaudit.commands.run import Run
from smaudit.errors import MOST_TOLD, Exit, Message, Place, Problem, Refused, SmauditError
from smaudit.report.draw.formats import choice_of, format_for

if TYPE_CHECKING:
    from smaudit.core.questionnaire import Questionnaire
    from smaudit.files.load import Opened
    from smaudit.report.data.problems import Checked, Kind

Load = Callable[[str | None], "Questionnaire"]


def check(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE...")],
    format_: Annotated[str | None, typer.Option("--format", metavar=choice_of("check"))] = None,
    whole: Annotated[bool, typer.Option("--all")] = False,
    lang: LanguageOption = None,  # noqa: ARG001 - read before the command begins
    questionnaire: QuestionnaireOption = None,
    quiet: QuietOption = False,
) -> None:
    """Find every problem of sheets, questionnaires and translations, or say ok.

    Of several files each is named, and one that is refused does not keep the others from being checked.
    """
    from smaudit.files.load import load_questionnaire
    from smaudit.files.read import is_stdin

    run = Run.of(context.obj, quiet=quiet)
    chosen = format_for(format_, None, "check")
    run.check_files({"FILE": next(filter(is_stdin, files), None), "--questionnaire": questionnaire})
    load: Load = cache(load_questionnaire)
    if questionnaire is not None:
        # What is wrong with it is wrong with no file in particular.
        load(questionnaire)
    done = (checked(file, questionnaire, load) for file in dict.fromkeys(files))
    found = _as_data(done, run) if chosen.name == "json" else _in_words(done, run, whole=whole, of=len(files))
    refusals = [each.error.exit_code for each in found if each.error]
    if refusals:
        raise typer.Exit(refusals[0] if len(found) == 1 else Exit.REFUSED)


def _as_data(done: Iterator[Checked], run: Run) -> Sequence[Checked]:
    from smaudit.report.data.json import dumped
    from smaudit.report.data.problems import found_in

    found = tuple(done)
    run.deliver(dumped(found_in(found, run.phrases)))
    return found


def _in_words(done: Iterator[Checked], run: Run, *, whole: bool, of: int) -> Sequence[Checked]:
    """Tell of each file as soon as it is checked; the ways out, the same for many, once at the end."""
    from smaudit.files.places import shown_path
    from smaudit.language.direction import readable
    from smaudit.language.error_text import error_lines

    found, hints = [], list[str]()
    for each in done:
        found.append(each)
        _tell_warnings(each, run, whole=whole)
        if each.error is None and not run.quiet:
            file = shown_path(each.file)
            run.deliver(run.phrases.text("check.file-ok" if of > 1 else "check.ok", file=file) + "\n")
        elif each.error is not None:
            run.tell_lines(error_lines(each.error, run.phrases, whole=whole))
            if each.error.hint:
                hints.append(readable(run.phrases.said(each.error.hint), run.phrases.direction))
            if isinstance(each.error, Refused) and len(each.error.problems) > MOST_TOLD and not whole:
                hints.append(run.phrases.shown("check.more"))
    run.tell_lines(dict.fromkeys(hints))
    return found


def _tell_warnings(checked: Checked, run: Run, *, whole: bool) -> None:
    from smaudit.files.places import shown_path
    from smaudit.language.error_text import kind_lines, problem_lines

    if not checked.warnings or run.quiet:
        return
    heading = run.phrases.shown("check.warnings", file=shown_path(checked.file), count=len(checked.warnings))
    lines = (
        problem_lines(checked.warnings, run.phrases, whole=True)
        if whole
        else kind_lines(checked.warnings, run.phrases)
    )
    run.tell_lines([heading, *lines])


class _Found(NamedTuple):
    """What is wrong in a file that can be read, and the way out."""

    errors: Sequence[Problem] = ()
    warnings: Sequence[Problem] = ()
    hint: str = "hint.refused"


def checked(file: str, questionnaire: str | None, load: Load) -> Checked:
    """Check one file, read and parsed once."""
    from smaudit.files.limits import MOST_OF_A_QUESTIONNAIRE
    from smaudit.files.lines import lines_of
    from smaudit.files.load import Opened, refused
    from smaudit.files.read import parse, read
    from smaudit.report.data.problems import Checked

    kind: Kind | None = None
    try:
        data = read(file, MOST_OF_A_QUESTIONNAIRE)
        opened = Opened(data, file, parse(data, file))
        kind = _kind(opened)
        found = _CHECKS[kind](opened, questionnaire, load)
    except SmauditError as error:
        return Checked(file, kind, error)
    refusal = refused(file, data, found.errors, found.hint) if found.errors else None
    if not found.warnings:
        return Checked(file, kind, refusal)
    line = lines_of(data).line
    warnings = tuple(each._replace(line=line(each.place)) for each in found.warnings)
    return Checked(file, kind, refusal, warnings)


def _kind(opened: Opened) -> Kind:
    """What a file is to be read as: by what it calls itself, else a questionnaire by its parts."""
    if opened.kind in {"translation", "questionnaire"}:
        return "translation" if opened.kind == "translation" else "questionnaire"
    parts = opened.content if opened.kind is None and isinstance(opened.content, dict) else {}
    return "sheet" if {"misconceptions", "questions"}.isdisjoint(parts) else "questionnaire"


def _sheet(opened: Opened, questionnaire: str | None, load: Load) -> _Found:
    """The answers that no longer count. Raises Refused for a sheet with problems."""
    from smaudit.files.limits import MOST_OF_A_SHEET
    from smaudit.files.lines import lines_of
    from smaudit.files.load import check_json, sheet_in
    from smaudit.files.read import check_size

    check_size(opened.data, opened.file, MOST_OF_A_SHEET)
    check_json(opened.data, opened.file)
    gone = sheet_in(opened, load(questionnaire)).gone
    if not gone:
        return _Found()
    places: dict[object, Place] = {}
    for place in lines_of(opened.data).places:
        places.setdefault(place[-1] if place else None, place)
    return _Found(warnings=[Problem(places.get(name, ()), Message("check.gone")) for name in gone])


def _translation(opened: Opened, questionnaire: str | None, load: Load) -> _Found:
    """Every text that is missing, stale or superfluous."""
    from smaudit.files.load import translation_in
    from smaudit.language.translation import gaps

    original = load(questionnaire or _original(opened.file))
    return _Found(gaps(original, translation_in(opened, original)), hint="hint.translation")


def _original(file: str) -> str | None:
    """What a translation stands beside: `own.yaml` for `own.ar.yaml`; None for the built-in questionnaire."""
    path = Path(file)
    beside = path.with_name(Path(path.stem).stem + path.suffix)
    return str(beside) if beside != path and beside.is_file() else None


def _questionnaire(opened: Opened, questionnaire: str | None, load: Load) -> _Found:  # noqa: ARG001
    """What makes the content poor. Raises Refused for what makes scores undefined."""
    from smaudit.files.load import questionnaire_in
    from smaudit.lint.rules import lint

    findings = lint(questionnaire_in(opened))
    return _Found(
        [each.problem for each in findings if not each.warning],
        [each.problem for each in findings if each.warning],
    )


_CHECKS: dict[Kind, Callable[[Opened, str | None, Load], _Found]] = {
    "sheet": _sheet,
    "translation": _translation,
    "questionnaire": _questionnaire,
}
