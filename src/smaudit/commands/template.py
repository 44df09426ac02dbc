"""`smaudit template`: a blank sheet with every allowed answer beside it, for scripts."""

from __future__ import annotations

from typing import cast

import typer

from smaudit.commands.options import (
    DEPTHS,
    DepthOption,
    LanguageOption,
    OutputOption,
    QuestionnaireOption,
    QuietOption,
    one_of,
)
from smaudit.commands.run import Run


def template(
    context: typer.Context,
    depth: DepthOption = None,
    output: OutputOption = None,
    lang: LanguageOption = None,  # noqa: ARG001 - read before the command begins
    questionnaire: QuestionnaireOption = None,
    quiet: QuietOption = False,
) -> None:
    """Print a blank sheet with every allowed answer beside it, for scripts."""
    from smaudit.core.questionnaire import Depth
    from smaudit.core.template import blank_sheet
    from smaudit.files.load import as_json

    run = Run.of(context.obj, output=output, quiet=quiet)
    wanted = cast(Depth, one_of("--depth", depth, DEPTHS) or "full")
    run.deliver(as_json(blank_sheet(run.questionnaire(questionnaire), wanted)).decode())
