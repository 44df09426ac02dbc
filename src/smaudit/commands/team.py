"""`smaudit team`: several people's sheets of one company, where they differ, and what to settle first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

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
from smaudit.commands.settling import check_settling, settled
from smaudit.errors import NotTogether
from smaudit.report.draw.formats import check_terminal, choice_of, format_for

if TYPE_CHECKING:
    from smaudit.core.sheet import Sheet


def team(
    context: typer.Context,
    sheets: Annotated[list[str], typer.Argument(metavar="SHEET...")],
    format_: Annotated[str | None, typer.Option("--format", metavar=choice_of("team"))] = None,
    output: OutputOption = None,
    lang: LanguageOption = None,  # noqa: ARG001 - read before the command begins
    digits: DigitsOption = None,
    questionnaire: QuestionnaireOption = None,
    anonymous: AnonymousOption = False,
    settle: Annotated[str | None, typer.Option("--settle", metavar="SHEET")] = None,
    plain: Annotated[bool, typer.Option("--plain")] = False,
    color: ColourOption = "auto",
    quiet: QuietOption = False,
) -> None:
    """Compare several people's sheets of one company: their range, what to settle, what nobody knows."""
    from smaudit.core.team import team as team_of
    from smaudit.files.load import load_sheet
    from smaudit.report.results import Teamed

    run = Run.of(context.obj, digits=digits, color=color, quiet=quiet, output=output)
    chosen = format_for(format_, output, "team")
    files = {f"SHEET {number}": each for number, each in enumerate(sheets, start=1)}
    run.check_files({**files, "--questionnaire": questionnaire})
    if settle is not None:
        check_settling(settle, [*sheets, output, questionnaire])
    check_terminal(chosen, run.surface)
    asked = run.questionnaire(questionnaire, in_words=chosen.in_words)
    run = run.speaking_of(asked)
    loaded = [load_sheet(each, asked) for each in sheets]
    check_together(sheets, loaded)
    if settle is not None:
        loaded.append(settled(settle, asked, loaded, run, plain=plain, anonymous=anonymous))
    run.deliver(run.drawn(Teamed(asked, team_of(asked, loaded, anonymous=anonymous)), chosen))


def check_together(files: Sequence[str], sheets: Sequence[Sheet]) -> None:
    """Raise NotTogether (exit 3) where a sheet is there twice, or two are of different companies."""
    from smaudit.core.team import strangers
    from smaudit.files.places import shown_path

    seen: dict[str, str] = {}
    for file, sheet in zip(files, sheets, strict=True):
        if sheet.sha256 in seen:
            twice = shown_path(seen[sheet.sha256]), shown_path(file)
            raise NotTogether("error.same-sheet", "hint.same-sheet", first=twice[0], second=twice[1])
        seen[sheet.sha256] = file
    apart = strangers(sheets)
    if apart:
        first, second = (shown_path(files[number]) for number in apart)
        raise NotTogether("error.other-company", "hint.other-company", first=first, second=second)
