"""`smaudit form`: the questionnaire as one file, for colleagues who have no terminal."""

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
from smaudit.commands.spoken import in_every_language
from smaudit.errors import Usage
from smaudit.report.draw.formats import check_terminal, choice_of, format_for

if TYPE_CHECKING:
    from smaudit.core.questionnaire import Depth, Questionnaire


def form(
    context: typer.Context,
    department: Annotated[str | None, typer.Option("--department", metavar="NAME")] = None,
    company: Annotated[str | None, typer.Option("--company", metavar="NAME")] = None,
    depth: DepthOption = None,
    format_: Annotated[str | None, typer.Option("--format", metavar=choice_of("form"))] = None,
    output: OutputOption = None,
    lang: LanguageOption = None,  # noqa: ARG001 - read before the command begins
    digits: DigitsOption = None,
    questionnaire: QuestionnaireOption = None,
    quiet: QuietOption = False,
) -> None:
    """Make one file in which colleagues answer without a terminal."""
    from smaudit.core.form import asked_in, started
    from smaudit.interview.form import form_of

    run = Run.of(context.obj, digits=digits, quiet=quiet, output=output)
    wanted = cast("Depth", one_of("--depth", depth, DEPTHS) or "full")
    name = company_named(company)
    chosen = format_for(format_ if format_ or run.to_file else "html", output, "form")
    run.check_files({"--questionnaire": questionnaire})
    check_terminal(chosen, run.surface)
    whole = run.questionnaire(questionnaire)
    run = run.speaking_of(whole)
    whose = _department(department, whole)
    if not asked_in(whole, wanted, whose).questions:
        raise Usage("error.nothing-to-ask", "hint.nothing-to-ask", name=str(department))
    spoken = [(run.phrases, whole)] if chosen.in_words else in_every_language(run, questionnaire, whole)
    start = started(wanted, name, whose)
    forms = [(words, form_of(asked_in(each, wanted, whose), start, words)) for words, each in spoken]
    run.deliver(run.drawn(forms[0][1] if chosen.in_words else forms, chosen))


def company_named(given: str | None) -> str | None:
    """The name of a company as a sheet keeps it. Raises SmauditError (exit 2) for none."""
    from smaudit.interview.typed import LONGEST, problem, tidied

    if given is None:
        return None
    name = tidied(given)
    if problem(name, needed=True):
        raise Usage("error.bad-company", option="--company", longest=LONGEST)
    return name


def _department(given: str | None, questionnaire: Questionnaire) -> str | None:
    """The id of a department by its id, its name or how one of them begins, in any case.

    Raises SmauditError (exit 2) for one that there is not, or that could be several.
    """
    if given is None:
        return None
    wanted = given.strip().casefold()
    names = {each.id: (each.id, each.name.casefold()) for each in questionnaire.departments}
    exact = [name for name, known in names.items() if wanted in known]
    begun = [name for name, known in names.items() if any(each.startswith(wanted) for each in known)]
    for found in (exact, begun):
        if len(found) == 1:
            return found[0]
    raise Usage("error.unknown-department", option="--department", name=given, allowed=tuple(begun or names))
