"""`smaudit portfolio`: a row for each of many sheets, the refused ones among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from smaudit.commands import options
from smaudit.commands.options import (
    DEPTHS,
    AnonymousOption,
    ColourOption,
    DepthOption,
    DigitsOption,
    LanguageOption,
    OutputOption,
    QuestionnaireOption,
    QuietOption,
    one_of,
)
from smaudit.commands.run import Run
from smaudit.errors import Exit, Usage
from smaudit.report.draw.formats import choice_of, format_for

if TYPE_CHECKING:
    from smaudit.commands.portfolio_rows import Made, Maker
    from smaudit.core.questionnaire import Depth, Questionnaire
    from smaudit.files.many import Source
    from smaudit.report.draw.formats import Format


def portfolio(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH...")],
    format_: Annotated[str | None, typer.Option("--format", metavar=choice_of("table"))] = None,
    output: OutputOption = None,
    lang: LanguageOption = None,  # noqa: ARG001 - read before the command begins
    digits: DigitsOption = None,
    questionnaire: QuestionnaireOption = None,
    depth: DepthOption = None,
    answers: Annotated[bool, typer.Option("--answers")] = False,
    no_steps: Annotated[bool, typer.Option("--no-steps")] = False,
    fail_under: Annotated[list[str] | None, typer.Option(metavar="N")] = None,
    max_steering: Annotated[str | None, typer.Option(metavar="N")] = None,
    anonymous: AnonymousOption = False,
    color: ColourOption = "auto",
    quiet: QuietOption = False,
) -> None:
    """Put many sheets into a table, a row each; one that is refused is a row too, and named."""
    from smaudit.commands.naming import Names
    from smaudit.commands.portfolio_rows import Maker
    from smaudit.files.many import sources

    run = Run.of(context.obj, digits=digits, color=color, quiet=quiet, output=output)
    least = options.scores("--fail-under", fail_under or ())
    most = options.count("--max-steering", max_steering)
    wanted: Depth | None = "quick" if one_of("--depth", depth, DEPTHS) == "quick" else None
    wanted = "full" if depth == "full" else wanted
    chosen = format_for(format_, output, "table")
    given = {f"PATH {number}": each for number, each in enumerate(dict.fromkeys(paths), start=1)}
    run.check_files({**given, "--questionnaire": questionnaire})
    asked = run.questionnaire(questionnaire, in_words=False)
    names = Names(asked, questionnaire, run)
    least = tuple(each._replace(name=names.misconception("--fail-under", each.name)) for each in least)
    found = sources(paths)
    check_among(output, (each.file for each in found))
    gated = bool(least) or most is not None
    maker = Maker(run, asked, wanted, steps=not (no_steps or answers), whole=gated, anonymous=anonymous)
    work = Work(maker, Gates(least, most), Table(run, asked, chosen, answers=answers))
    work.run(found)
    work.leave()


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

    def __init__(self, run: Run, questionnaire: Questionnaire, format_: Format, *, answers: bool) -> None:
        """Begin it; nothing is written before the first row."""
        self._run, self._questionnaire, self._format, self._answers = run, questionnaire, format_, answers
        self._is_first = True

    def drawn(self, made: Made | None) -> bytes:
        """The bytes of a row; of the first with the head above it, of None that alone."""
        from smaudit.report.results import Rows

        found = () if made is None else tuple(made.answers()) if self._answers else (made.row,)
        rows = Rows(self._questionnaire, found, is_first=self._is_first, answers=self._answers)
        self._is_first = False
        drawn = self._run.drawn(rows, self._format)
        return drawn if isinstance(drawn, bytes) else drawn.encode()


class Work:
    """All sheets, one after the other; a signal ends it between two of them, with what is done kept."""

    def __init__(self, maker: Maker, gates: Gates, table: Table) -> None:
        """Take what rows are made with, and where they go."""
        self._maker, self._gates, self._table, self._run = maker, gates, table, maker.run
        self.done = self.refused = self.missed = 0

    def run(self, found: Sequence[Source]) -> None:
        """Do it. Raises SmauditError (exit 5) where the table cannot be written."""
        from smaudit.files.growing import Growing
        from smaudit.files.many import pieces
        from smaudit.files.signals import held_back
        from smaudit.report.draw.progress import Bar

        total = None if any(each.in_lines for each in found) else len(found)
        with held_back() as ended, ExitStack() as stack:
            table = stack.enter_context(Growing(self._run.output))
            bar = stack.enter_context(Bar(total, is_wanted=not self._run.quiet))
            table.add(self._table.drawn(None))
            for piece in pieces(found, lambda: ended):
                made = self._maker.made(piece, bar.hide)
                self._count(made, bar.hide)
                table.add(self._table.drawn(made))
                bar.step()
            bar.hide()
            if ended:
                self._tell_part(table.keep_part())
                return
            table.keep()
        if self._run.to_file:
            self._run.tell("note.saved", file=str(self._run.output))

    def leave(self) -> None:
        """Leave with exit 3 where a sheet was refused, else 1 where one missed a gate."""
        if self.refused:
            self._run.tell("note.refused-of", count=self.refused, total=self.done)
            raise typer.Exit(Exit.REFUSED)
        if self.missed:
            raise typer.Exit(Exit.BELOW)

    def _count(self, made: Made, before_telling: Callable[[], object]) -> None:
        self.done += 1
        self.refused += made.scoring is None
        self.missed += self._gates.missed(made, self._run, before_telling)

    def _tell_part(self, part: str | None) -> None:
        if part is not None:
            self._run.tell("note.part-kept", file=part, count=self.done)
