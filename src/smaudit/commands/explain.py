"""`smaudit explain`: what a question or a misconception is about, why, and its sources."""

from __future__ import annotations

from typing import Annotated

import typer

from smaudit.commands.naming import Names
from smaudit.commands.options import ColourOption, DigitsOption, LanguageOption, QuestionnaireOption
from smaudit.commands.run import Run


def explain(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[ID]")] = None,
    lang: LanguageOption = None,  # noqa: ARG001 - read before the command begins
    digits: DigitsOption = None,
    questionnaire: QuestionnaireOption = None,
    color: ColourOption = "auto",
) -> None:
    """Show what a question or a misconception is about, why, and its sources; without ID, all names."""
    from smaudit.report.draw import text
    from smaudit.report.tell import explanation

    run = Run.of(context.obj, digits=digits, color=color)
    asked = run.questionnaire(questionnaire)
    run = run.speaking_of(asked)
    if name is not None:
        name = Names(asked, questionnaire, run).either(name)
    run.deliver(text.render(explanation.explain(asked, name, run.phrases), run.phrases, run.surface))
