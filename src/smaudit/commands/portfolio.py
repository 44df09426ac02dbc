"""`smaudit portfolio`: many sheets at once, as a table and as a picture, the refused ones among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from smaudit.commands import options
from smaudit.commands.options import (
    DEPTHS,
    AnonymousOption,
    ColourOption,
    DepthOption,
    DigitsOption,
    QuestionnaireOption,
    QuietOption,
    one_of,
)
from smaudit.commands.run import Run
from smaudit.errors import Exit, Usage
from smaudit.report.draw.formats import Format, check_terminal, choice_of, format_for

if TYPE_CHECKING:
    from smaudit.commands.portfolio_each import Each
    from smaudit.commands.portfolio_rows import Made, Maker
    from smaudit.core.portfolio import Gathering
    from smaudit.core.questionnaire import Depth, Questionnaire
    from smaudit.files.many import Source
    from smaudit.report.draw.formats import Kind
    from smaudit.report.results import Pictured

BY_SHEET = "sheet"
"""What stands after --lang for reports that each have the language of their sheet."""


def portfolio(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH...")],
    format_: Annotated[str | None, typer.Option("--format", metavar=choice_of("table", "portfolio"))] = None,
    output: Annotated[list[str] | None, typer.Option("--output", "-o", metavar="FILE")] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="CODE|sheet")] = None,
    digits: DigitsOption = None,
    questionnaire: QuestionnaireOption = None,
    depth: DepthOption = None,
    each: Annotated[str | None, typer.Option("--each", metavar="DIR")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="FACT")] = None,
    answers: Annotated[bool, typer.Option("--answers")] = False,
    no_steps: Annotated[bool, typer.Option("--no-steps")] = False,
    fail_under: Annotated[list[str] | None, typer.Option(metavar="N")] = None,
    max_steering: Annotated[str | None, typer.Option(metavar="N")] = None,
    anonymous: AnonymousOption = False,
    color: ColourOption = "auto",
    quiet: QuietOption = False,
) -> None:
    """Put many sheets into a table, a row each, or a picture; one that is refused is named in both."""
    from smaudit.commands.naming import Names
    from smaudit.commands.portfolio_each import Each
    from smaudit.commands.portfolio_rows import Maker
    from smaudit.core.portfolio import Gathering
    from smaudit.files.many import sources
    from smaudit.report.results import Pictured

    if lang == BY_SHEET:
        # Only reports have the language of their sheet; whatever else is said has its own.
        context.obj.lang = None
        if each is None:
            raise Usage("error.only-with", option="--lang sheet", needed="--each")
    run = Run.of(context.obj, digits=digits, color=color, quiet=quiet)
    least = options.scores("--fail-under", fail_under or ())
    most = options.count("--max-steering", max_steering)
    wanted: Depth | None = "quick" if one_of("--depth", depth, DEPTHS) == "quick" else None
    wanted = "full" if depth == "full" else wanted
    report = format_for(format_ or "html", None, "report") if each else None
    outputs: list[str | None] = [*(output or [])] or ([] if each else [None])
    results = results_for(run, None if each else format_, outputs, answers=answers)
    given = {f"PATH {number}": each for number, each in enumerate(dict.fromkeys(paths), start=1)}
    for result in results:
        result.run.check_files({**given, "--questionnaire": questionnaire})
        check_terminal(result.format, result.run.surface)
    asked = run.questionnaire(questionnaire, in_words=False)
    names = Names(asked, questionnaire, run)
    least = tuple(each._replace(name=names.misconception("--fail-under", each.name)) for each in least)
    found = sources(paths)
    for result in results:
        check_among(result.run.output, (source.file for source in found))
    gated = bool(least) or most is not None
    steps = each is not None or not (no_steps or answers)
    maker = Maker(run, asked, wanted, steps=steps, whole=gated, anonymous=anonymous)
    reports = (
        Each(run, each, report, questionnaire, by_sheet=lang == BY_SHEET, anonymous=anonymous)
        if each and report
        else None
    )
    fact = fact_of(asked, by)
    table = next((result for result in results if not result.is_picture), None)
    gathering = Gathering(asked, fact) if any(result.is_picture for result in results) else None
    into = Table(table, asked, answers=answers) if table else None
    work = Work(maker, Gates(least, most), into, gathering, reports)
    if work.run(found) and gathering:
        words = run.questionnaire(questionnaire)
        deliver(results, Pictured(words, gathering.portfolio(), table.run.output if table else None))
    work.leave()


def deliver(results: Iterable[Result], pictured: Pictured) -> None:
    """Write the pictures that were asked for."""
    for result in results:
        if result.is_picture:
            run = result.run.speaking_of(pictured.questionnaire)
            run.deliver(run.drawn(pictured, result.format))


class Result(NamedTuple):
    """One of the results that were asked for: its format, and a run that has its output."""

    format: Format
    run: Run

    @property
    def is_picture(self) -> bool:
        """Whether it is the picture of all, and no table."""
        return "portfolio" in self.format.of


def results_for(
    run: Run, format_: str | None, outputs: Sequence[str | None], *, answers: bool
) -> list[Result]:
    """The results to make. Raises SmauditError (exit 2) for two tables, or a format for several."""
    kinds: tuple[Kind, ...] = ("table",) if answers else ("portfolio", "table")
    found = [Result(format_for(format_, each, *kinds), replace(run, output=each)) for each in outputs]
    tables = [str(result.run.output) for result in found if not result.is_picture]
    if len(tables) > 1:
        raise Usage("error.not-together", first=f"-o {tables[0]}", second=f"-o {tables[1]}")
    return found


def fact_of(questionnaire: Questionnaire, name: str | None) -> str | None:
    """The fact to make groups by. Raises SmauditError (exit 2) where there is none of this name."""
    if name is not None and name not in questionnaire.fact:
        raise Usage("error.bad-choice", option="--by", allowed=tuple(questionnaire.fact))
    return name


def check_among(output: str | None, files: Iterable[str]) -> None:
    """Raise SmauditError (exit 2) where a result would take the place of a sheet found in a folder."""
    from pathlib import Path

    from smaudit.files.outputs import is_stdout
    from smaudit.files.places import shown_path

    if output is None or is_stdout(output):
        return
    target = Path(output)
    if any(Path(each).name == target.name and Path(each).resolve() == target.resolve() for each in files):
        raise Usage("error.output-is-input", "hint.output-is-input", file=shown_path(output))


class Gates:
    """What each sheet must reach: scores, and how many misconceptions may steer."""

    def __init__(self, least: Sequence[options.Score] = (), most: int | None = None) -> None:
        """Take what `--fail-under` and `--max-steering` ask for."""
        self._least, self._most = least, most

    def missed(self, made: Made, run: Run, before_telling: Callable[[], object]) -> bool:
        """Whether a sheet misses one; which, is told with the name of its file."""
        from smaudit.commands.report import misses, tell_misses

        if made.subject is None:
            return False
        missed = tuple(misses(made.subject, self._least, self._most))
        if missed:
            before_telling()
            tell_misses(missed, made.subject, made.shown, run)
        return bool(missed)


class Table:
    """The table that rows are written into as they come."""

    def __init__(self, result: Result, questionnaire: Questionnaire, *, answers: bool) -> None:
        """Begin it; nothing is written before the first row."""
        self.run, self._format = result.run, result.format
        self._questionnaire, self._answers = questionnaire, answers
        self._is_first, self._surface = True, result.run.surface

    def drawn(self, made: Made | None) -> bytes:
        """The bytes of a row; of the first with the head above it, of None that alone."""
        from smaudit.report.results import Rows

        found = () if made is None else tuple(made.answers()) if self._answers else (made.row,)
        rows = Rows(self._questionnaire, found, is_first=self._is_first, answers=self._answers)
        self._is_first = False
        drawn = self._format.draw(rows, None, self._surface)
        return drawn if isinstance(drawn, bytes) else drawn.encode()


class Work:
    """All sheets, one after the other; a signal ends it between two of them, with what is done kept."""

    def __init__(
        self, maker: Maker, gates: Gates, table: Table | None, gathering: Gathering | None, each: Each | None
    ) -> None:
        """Take what rows are made with, and where they go."""
        self._maker, self._gates, self._table, self._gathering = maker, gates, table, gathering
        self._run, self._each = maker.run, each
        self.done = self.refused = self.missed = 0

    def run(self, found: Sequence[Source]) -> bool:
        """Do it; give whether it was done to the end. Raises SmauditError (exit 5)."""
        from smaudit.files.growing import Growing
        from smaudit.files.many import pieces
        from smaudit.files.signals import held_back
        from smaudit.report.draw.progress import Bar

        total = None if any(each.in_lines for each in found) else len(found)
        with held_back() as ended, ExitStack() as stack:
            table = stack.enter_context(Growing(self._table.run.output)) if self._table else None
            bar = stack.enter_context(Bar(total, is_wanted=not self._run.quiet))
            if self._table and table:
                table.add(self._table.drawn(None))
            for piece in pieces(found, lambda: ended):
                made = self._maker.made(piece, bar.hide)
                self._take(made, bar.hide)
                if self._each and isinstance(piece.data, bytes):
                    self._each.write(made, piece.data)
                if self._table and table:
                    table.add(self._table.drawn(made))
                bar.step()
            bar.hide()
            if ended:
                self._tell_part(table.keep_part() if table else None)
                return False
            if table:
                table.keep()
        if self._table and self._table.run.to_file:
            self._run.tell("note.saved", file=str(self._table.run.output))
        return True

    def leave(self) -> None:
        """Leave with exit 3 where a sheet was refused, 5 where a report was not written, 1 for a gate."""
        if self._each:
            self._each.tell()
        if self.refused:
            self._run.tell("note.refused-of", count=self.refused, total=self.done)
            raise typer.Exit(Exit.REFUSED)
        if self._each and self._each.failed:
            raise typer.Exit(Exit.NOT_WRITTEN)
        if self.missed:
            raise typer.Exit(Exit.BELOW)

    def _take(self, made: Made, before_telling: Callable[[], object]) -> None:
        self.done += 1
        if self._gathering:
            self._gathering.add(made.row, made.scoring)
        self.refused += made.scoring is None
        self.missed += self._gates.missed(made, self._run, before_telling)

    def _tell_part(self, part: str | None) -> None:
        if part is not None:
            self._run.tell("note.part-kept", file=part, count=self.done)
