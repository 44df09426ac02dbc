"""`smaudit compare`: a company's sheets of different dates, or two folders with those of many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from smaudit.errors import Exit, NotTogether, Usage
from smaudit.report.draw.formats import check_terminal, choice_of, format_for

if TYPE_CHECKING:
    from smaudit.core.compare_result import Comparison, Move
    from smaudit.core.compare_texts import History
    from smaudit.core.questionnaire import Questionnaire
    from smaudit.core.sheet import Sheet
    from smaudit.language.text import Filling
    from smaudit.report.draw.formats import Format


def compare(
    context: typer.Context,
    sheets: Annotated[list[str], typer.Argument(metavar="SHEET...")],
    format_: Annotated[str | None, typer.Option("--format", metavar=choice_of("compare"))] = None,
    output: OutputOption = None,
    lang: LanguageOption = None,  # noqa: ARG001 - read before the command begins
    digits: DigitsOption = None,
    questionnaire: QuestionnaireOption = None,
    before: Annotated[list[str] | None, typer.Option("--before", metavar="FILE")] = None,
    fail_if_worse: Annotated[list[str] | None, typer.Option(metavar="N")] = None,
    anonymous: AnonymousOption = False,
    color: ColourOption = "auto",
    quiet: QuietOption = False,
) -> None:
    """Compare a company's sheets of different dates, or those of many companies in two folders."""
    run = Run.of(context.obj, digits=digits, color=color, quiet=quiet, output=output)
    most = options.scores("--fail-if-worse", fail_if_worse or ())
    chosen = format_for(format_, output, "compare")
    earlier = before or []
    given = {f"SHEET {number}": each for number, each in enumerate(sheets, start=1)}
    texts = {f"--before {number}": each for number, each in enumerate(earlier, start=1)}
    run.check_files({**given, **texts, "--questionnaire": questionnaire})
    if len(sheets) == 1:
        raise Usage("error.one-sheet", "hint.one-sheet", file=sheets[0])
    check_terminal(chosen, run.surface)
    asked = Asked(run, questionnaire, earlier)
    names = Names(asked.questionnaire, questionnaire, run)
    most = tuple(each._replace(name=names.misconception("--fail-if-worse", each.name)) for each in most)
    if are_folders(sheets):
        from smaudit.commands.compare_folders import compare_folders

        compare_folders(sheets, asked, chosen, most, anonymous=anonymous)
        return
    files, loaded = in_order(*asked.sheets(sheets), run)
    comparison = asked.compared(loaded, anonymous=anonymous)
    asked.deliver(comparison, chosen)
    missed = tuple(misses(comparison, most))
    if missed:
        tell_misses(missed, comparison, files[-1], run)
        raise typer.Exit(Exit.BELOW)


class Asked:
    """The questionnaire of a comparison, in the original for the texts and in a language for the words."""

    def __init__(self, run: Run, questionnaire: str | None, before: Sequence[str]) -> None:
        """Read the questionnaire and its earlier versions; the built-in one has a history of its own."""
        from smaudit.files.history import load_history
        from smaudit.files.load import load_questionnaire

        self.run = run
        self.questionnaire: Questionnaire = run.questionnaire(questionnaire, in_words=False)
        self.earlier = tuple(load_questionnaire(each) for each in before)
        for file, each in zip(before, self.earlier, strict=True):
            if each.id != self.questionnaire.id:
                raise Usage("error.not-together", first=f"--before {file}", second=self.questionnaire.id)
        self.history: History | None = None if questionnaire else load_history()
        self._files = questionnaire, before

    def sheets(self, files: Sequence[str]) -> tuple[list[str], list[Sheet]]:
        """The sheets of the files. Raises NotTogether (exit 3) where two are of different companies."""
        from smaudit.core.team import strangers
        from smaudit.files.load import load_sheet
        from smaudit.files.places import shown_path

        loaded = [load_sheet(each, self.questionnaire) for each in files]
        apart = strangers(loaded)
        if apart:
            first, second = (shown_path(files[number]) for number in apart)
            raise NotTogether("error.other-company", "hint.other-company", first=first, second=second)
        return list(files), loaded

    def compared(self, sheets: Sequence[Sheet], *, anonymous: bool, roadmaps: bool = True) -> Comparison:
        """The sheets compared; without the roadmaps of the earlier ones where nobody asks for them."""
        from smaudit.core.compare import compare as without_roadmaps
        from smaudit.planning.then import compare as with_roadmaps

        compare = with_roadmaps if roadmaps else without_roadmaps
        return compare(
            self.questionnaire, sheets, earlier=self.earlier, history=self.history, anonymous=anonymous
        )

    def words(self) -> tuple[Questionnaire, tuple[Questionnaire, ...]]:
        """The questionnaire and its earlier versions in the language of the run."""
        file, before = self._files
        return self.run.questionnaire(file), tuple(self.run.questionnaire(each) for each in before)

    def deliver(self, comparison: Comparison, format_: Format) -> None:
        """Write a comparison where it goes."""
        from smaudit.report.results import Compared

        words, earlier = self.words() if format_.in_words else (self.questionnaire, self.earlier)
        run = self.run.speaking_of(words)
        run.deliver(run.drawn(Compared(words, comparison, earlier), format_))


def are_folders(files: Sequence[str]) -> bool:
    """Whether two folders were given."""
    from pathlib import Path

    return len(files) == 2 and all(each != "-" and Path(each).is_dir() for each in files)  # noqa: PLR2004


def in_order(files: list[str], sheets: list[Sheet], run: Run) -> tuple[list[str], list[Sheet]]:
    """The sheets in the order of their dates, where all have one; the order of the names is easily wrong."""
    if not all(each.date for each in sheets):
        return files, sheets
    order = sorted(range(len(sheets)), key=lambda number: sheets[number].date or "")
    if order != sorted(order):
        run.tell("note.by-date")
    return [files[number] for number in order], [sheets[number] for number in order]


def misses(comparison: Comparison, most: Sequence[options.Score]) -> Iterator[tuple[options.Score, Move]]:
    """The gates that the latest date misses: practice fell by more than so many points since the one before.

    Where no change in practice can be told, that counts as worse.
    """
    latest = comparison.latest
    moves = {each.id: each for each in (latest.overall, *latest.misconceptions)}
    for each in most:
        matched = moves[each.name].matched
        if matched is None or matched < -each.least:
            yield each, moves[each.name]


def tell_misses(
    missed: Sequence[tuple[options.Score, Move]], comparison: Comparison, file: str, run: Run
) -> None:
    """Say which gates the latest sheet misses, unless the run is quiet."""
    from smaudit.files.places import shown_path

    company = comparison.company
    shown = run.phrases.text("note.standard-input") if file == "-" else shown_path(file)
    sheet: Filling = run.phrases.line("gate.sheet", file=shown, company=company) if company else shown
    for each, move in missed:
        most = run.phrases.number(each.least, each.places)
        if move.matched is None:
            run.tell("gate.not-compared", sheet=sheet, name=each.name, most=most)
        else:
            fell = run.phrases.number(-move.matched, max(1, each.places))
            run.tell("gate.worse", sheet=sheet, name=each.name, points=fell, most=most)
