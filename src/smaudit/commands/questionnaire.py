"""`smaudit questionnaire`: what is asked, as a file to begin one's own from, or to read before answering."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import typer

from smaudit.commands.options import (
    DEPTHS,
    DepthOption,
    DigitsOption,
    LanguageOption,
    OutputOption,
    QuestionnaireOption,
    QuietOption,
    one_of,
)
from smaudit.commands.run import Run
from smaudit.report.draw.formats import check_terminal, choice_of, format_for

if TYPE_CHECKING:
    from smaudit.core.questionnaire import Depth


def questionnaire(
    context: typer.Context,
    depth: DepthOption = None,
    format_: Annotated[str | None, typer.Option("--format", metavar=choice_of("questionnaire"))] = None,
    output: OutputOption = None,
    lang: LanguageOption = None,  # noqa: ARG001 - read before the command begins
    digits: DigitsOption = None,
    file: QuestionnaireOption = None,
    quiet: QuietOption = False,
) -> None:
    """Print the questionnaire: to begin one's own from, or to read before answering."""
    from smaudit.core.form import asked_in
    from smaudit.report.results import Asking

    run = Run.of(context.obj, digits=digits, quiet=quiet, output=output)
    wanted = cast("Depth", one_of("--depth", depth, DEPTHS) or "full")
    chosen = format_for(format_ if format_ or run.to_file else "yaml", output, "questionnaire")
    run.check_files({"--questionnaire": file})
    check_terminal(chosen, run.surface)
    asked = run.questionnaire(file)
    run = run.speaking_of(asked)
    run.deliver(run.drawn(Asking(asked if wanted == "full" else asked_in(asked, wanted)), chosen))
