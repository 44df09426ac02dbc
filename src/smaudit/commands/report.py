"""`smaudit report`: the report of a saved sheet, and its score held against gates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

import typer

from smaudit.commands import options
from smaudit.commands.naming import Names
from smaudit.commands.options import (
    AnonymousOption,
    ColourOption,
    DigitsOption,
    LanguageOption,
    OutputOption,
    QuestionnaireOption,
    QuietOption,
)
from smaudit.commands.run import Run
from smaudit.errors import Exit, Usage
from smaudit.report.draw.formats import check_terminal, choice_of, format_for

if TYPE_CHECKING:
    from smaudit.core.subject import Subject
    from smaudit.language.text import Filling
    from smaudit.report.results import Report


def report(
    context: typer.Context,
    sheet: Annotated[str | None, typer.Argument(metavar="[SHEET]")] = None,
    format_: Annotated[str | None, typer.Option("--format", metavar=choice_of("report"))] = None,
    output: OutputOption = None,
    lang: LanguageOption = None,  # noqa: ARG001 - read before the command begins
    digits: DigitsOption = None,
    questionnaire: QuestionnaireOption = None,
    fail_under: Annotated[list[str] | None, typer.Option(metavar="N")] = None,
    max_steering: Annotated[str | None, typer.Option(metavar="N")] = None,
    among: Annotated[str | None, typer.Option("--among", metavar="FILE")] = None,
    example: Annotated[bool, typer.Option("--example")] = False,
    short: Annotated[bool, typer.Option("--short")] = False,
    full: Annotated[bool, typer.Option("--full")] = False,
    anonymous: AnonymousOption = False,
    plain: Annotated[bool, typer.Option("--plain")] = False,
    color: ColourOption = "auto",
    quiet: QuietOption = False,
) -> None:
    """Print the report of a saved sheet; no questions asked.

    As text on standard output it is the first page alone, everywhere else the whole.
    """
    run = Run.of(context.obj, digits=digits, color=color, quiet=quiet, output=output).in_plain(plain)
    least = options.scores("--fail-under", fail_under or ())
    most = options.count("--max-steering", max_steering)
    chosen = format_for(format_, output, "report")
    if short and full:
        raise Usage("error.not-together", first="--short", second="--full")
    if plain and chosen.name != "text":
        raise Usage("error.not-together", first="--plain", second=chosen.name)
    is_short = short or not (full or run.to_file or chosen.name != "text")
    file = which(sheet, run, example=example)
    run.check_files({"SHEET": file, "--among": among, "--questionnaire": questionnaire})
    check_terminal(chosen, run.surface)
    asked = run.questionnaire(questionnaire, in_words=chosen.in_words)
    run = run.speaking_of(asked)
    names = Names(asked, questionnaire, run)
    least = tuple(each._replace(name=names.misconception("--fail-under", each.name)) for each in least)
    subject = run.subject(file, asked)
    if among is not None:
        subject = placed(subject, among)
    if anonymous:
        subject = subject.anonymous()
    drawn = run.drawn(reported(subject, short=is_short), chosen)
    if chosen.name == "text" and not is_short:
        run.deliver_long(drawn)
    else:
        run.deliver(drawn)
    missed = tuple(misses(subject, least, most))
    if missed:
        tell_misses(missed, subject, file, run)
        raise typer.Exit(Exit.BELOW)


def which(sheet: str | None, run: Run, *, example: bool) -> str:
    """The sheet that was named, or the example. Raises SmauditError (exit 2) for both, and for neither."""
    if example and sheet is not None:
        raise Usage("error.example-and-sheet", "hint.example-and-sheet", file=sheet)
    if example:
        from smaudit.files.places import example_path

        return str(example_path(run.phrases.language))
    if sheet is None:
        raise Usage("error.argument-missing", "hint.no-sheet", name="SHEET", help="smaudit report --help")
    return sheet


def reported(subject: Subject, *, short: bool = False) -> Report:
    """The report of a scored sheet with its roadmap; `short` is its first page alone."""
    from dataclasses import replace

    from smaudit.planning import roadmap
    from smaudit.report.results import Report

    found = roadmap(subject.questionnaire, subject.sheet, subject.assessment)
    return Report(subject._replace(assessment=replace(subject.assessment, roadmap=found)), short=short)


def placed(subject: Subject, file: str) -> Subject:
    """The same with where it stands among the scores in a file. Raises SmauditError (exit 2)."""
    from dataclasses import replace

    from smaudit.core.among import among
    from smaudit.files.scores import load_scores

    others = load_scores(file, subject.questionnaire)
    found = among(subject.assessment, subject.sheet.company.id, others)
    return subject._replace(assessment=replace(subject.assessment, among=found))


Miss = options.Score | int
"""A gate that was not met: a score to reach, or how many misconceptions may steer."""


def misses(subject: Subject, least: Sequence[options.Score], most: int | None) -> Iterator[Miss]:
    """The gates that a sheet misses; what cannot be computed misses its gate.

    `most` misconceptions may steer, by their scores and not their ranges; one that has too few answers for a
    score counts as steering, and a sheet without any score misses every gate.
    """
    scores = subject.assessment.scores()
    for each in least:
        score = scores[each.name]
        if score is None or score < each.least:
            yield each
    if most is not None and (not subject.assessment.overall.counted or _steering(subject) > most):
        yield most


def tell_misses(missed: Sequence[Miss], subject: Subject, file: str, run: Run) -> None:
    """Say which gates the sheet of a file misses, unless the run is quiet."""
    from smaudit.files.places import shown_path

    if run.quiet:
        return
    company = subject.sheet.company.name
    shown = run.phrases.text("note.standard-input") if file == "-" else shown_path(file)
    sheet = run.phrases.line("gate.sheet", file=shown, company=company) if company else shown
    run.tell_lines(
        _excess(subject, each, sheet, run) if isinstance(each, int) else _shortfall(subject, each, sheet, run)
        for each in missed
    )


def _steering(subject: Subject) -> int:
    """How many misconceptions steer, or have too few answers for it to be told."""
    return sum(
        each.side == "steers" or each.status == "not-enough-answers"
        for each in subject.assessment.misconceptions
    )


def _shortfall(subject: Subject, missed: options.Score, sheet: Filling, run: Run) -> str:
    from smaudit.report.numbers import shown

    score: Fraction | None = subject.assessment.scores()[missed.name]
    least = run.phrases.number(missed.least, missed.places)
    if score is None:
        return run.phrases.shown("gate.no-score", sheet=sheet, name=missed.name, least=least)
    printed, places = shown(score, (missed.least,))
    number = run.phrases.number(printed, places)
    return run.phrases.shown("gate.below", sheet=sheet, name=missed.name, score=number, least=least)


def _excess(subject: Subject, most: int, sheet: Filling, run: Run) -> str:
    overall, count = subject.assessment.overall, _steering(subject)
    if not overall.counted:
        return run.phrases.shown("gate.none-scored", sheet=sheet, most=most)
    phrase = "gate.above" if count == overall.sides.steers else "gate.above-unscored"
    return run.phrases.shown(phrase, sheet=sheet, number=count, most=most)
