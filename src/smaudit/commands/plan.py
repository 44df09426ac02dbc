"""`smaudit plan`: what to do, in which order, and what it gets.

Ctrl-C while the best plan is searched for ends the search, not the command: the best plan so far is
written, with its proven distance from the best there is, and the exit code is 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from smaudit.commands.naming import Names
from smaudit.commands.options import (
    AnonymousOption,
    ColourOption,
    DigitsOption,
    LanguageOption,
    OutputOption,
    QuestionnaireOption,
    QuietOption,
    SheetArgument,
)
from smaudit.commands.orders import Orders, ordered
from smaudit.commands.run import Run
from smaudit.errors import Usage
from smaudit.report.draw.formats import choice_of, format_for

if TYPE_CHECKING:
    from smaudit.core.subject import Subject
    from smaudit.report.draw.formats import Told


def plan(
    context: typer.Context,
    sheet: SheetArgument,
    target: Annotated[list[str] | None, typer.Option(metavar="N")] = None,
    budget: Annotated[str | None, typer.Option(metavar="N")] = None,
    for_: Annotated[str | None, typer.Option("--for", metavar="NAME")] = None,
    what_if: Annotated[list[str] | None, typer.Option(metavar="QUESTION=OPTION")] = None,
    effort: Annotated[str | None, typer.Option(metavar="FILE")] = None,
    without: Annotated[list[str] | None, typer.Option(metavar="QUESTION")] = None,
    format_: Annotated[str | None, typer.Option("--format", metavar=choice_of("plan"))] = None,
    output: OutputOption = None,
    lang: LanguageOption = None,  # noqa: ARG001 - read before the command begins
    digits: DigitsOption = None,
    questionnaire: QuestionnaireOption = None,
    anonymous: AnonymousOption = False,
    color: ColourOption = "auto",
    quiet: QuietOption = False,
) -> None:
    """Print what to do, in which order, and what it gets: the cheapest steps to a goal.

    Without a target it is the roadmap of the report: its goal is that every misconception is clearly free and
    no alarm stands. Ctrl-C ends a long search and prints the best plan found so far.
    """
    run = Run.of(context.obj, digits=digits, color=color, quiet=quiet, output=output)
    chosen = format_for(format_, output, "plan")
    orders = ordered(
        target=target or (),
        budget=budget,
        aim=for_,
        what_if=what_if or (),
        effort=effort,
        without=without or (),
    )
    if orders.changes and "what-if" not in chosen.of:
        raise Usage("error.not-together", first="--what-if", second=chosen.name)
    run.check_files({"SHEET": sheet, "--questionnaire": questionnaire, "--effort": effort})
    asked = run.questionnaire(questionnaire, in_words=chosen.in_words)
    run = run.speaking_of(asked)
    orders = orders.named(Names(asked, questionnaire, run))
    subject = orders.followed(run.subject(sheet, asked))
    if anonymous:
        subject = subject.anonymous()
    told = _tried(subject, orders.changes) if orders.changes else _planned(subject, orders)
    drawn = run.drawn(told, chosen)
    if chosen.name == "text":
        run.deliver_long(drawn)
    else:
        run.deliver(drawn)


def _planned(subject: Subject, orders: Orders) -> Told:
    from smaudit.files.signals import raising
    from smaudit.planning import Enough, plan_for_budget, roadmap
    from smaudit.planning.plan import plan as plan_for
    from smaudit.report.results import Planned

    given = subject.questionnaire, subject.sheet
    with raising("SIGINT", interrupt=Enough):
        if orders.budget is not None:
            found = plan_for_budget(*given, orders.budget, orders.aim, assessment=subject.assessment)
            return Planned(subject, found, aim=orders.aim)
        if orders.targets:
            return Planned(subject, plan_for(*given, orders.targets, assessment=subject.assessment))
        return Planned(subject, roadmap(*given, subject.assessment))


def _tried(subject: Subject, changes: Mapping[str, str]) -> Told:
    """What other answers would change. Raises SmauditError (exit 2) for an answer that does not count."""
    from smaudit.core.scoring import answer_status
    from smaudit.planning import what_if
    from smaudit.report.results import Tried

    asked = {each.id for each in subject.questionnaire.at(subject.assessment.sheet.depth)}
    for name in changes:
        question = subject.questionnaire.question[name]
        if name not in asked or answer_status(question, subject.sheet) == "ruled-out":
            raise Usage("error.not-counted", option="--what-if", question=name)
    found = what_if(subject.questionnaire, subject.sheet, changes, subject.assessment)
    return Tried(subject, found)
