"""The plan command: what was ordered, the plan for it, and where it goes.

Ctrl-C while the best plan is searched for ends the search, not the command: the best plan so far is
written, with its proven distance from the best there is, and the exit code is 0.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from smaudit.commands.report import check_names, deliver, format_for, gates, subject_of
from smaudit.core.questionnaire import RESERVED, Questionnaire
from smaudit.core.result import OVERALL
from smaudit.core.scoring import answer_status, assess
from smaudit.core.subject import Subject
from smaudit.errors import Exit, SmauditError
from smaudit.files.efforts import load_efforts
from smaudit.files.load import load_questionnaire
from smaudit.files.outputs import check_output, is_stdout
from smaudit.files.read import check_stdin
from smaudit.files.streams import Surface, surface_for
from smaudit.files.words import load_phrases, shown_language
from smaudit.planning import natural_plan, plan, plan_after, plan_for_budget, what_if
from smaudit.report.data.json import dumped
from smaudit.report.tell.plan import FORMATS
from smaudit.report.tell.plan_words import Planned
from smaudit.report.words import Words


class Orders(NamedTuple):
    """What to plan, as it was typed: each option of the command that says so."""

    target: Sequence[str] = ()
    budget: str | None = None
    aim: str | None = None
    what_if: Sequence[str] = ()
    effort: str | None = None
    without: Sequence[str] = ()


def advise(  # noqa: PLR0913 - one parameter an option of the command
    sheet: str,
    orders: Orders,
    format_: str | None,
    output: str | None,
    *,
    language: str | None,
    questionnaire: str | None,
    anonymous: bool,
    colour: str,
    quiet: bool,
) -> None:
    """Write the plan of a sheet. Raises SmauditError (exit 2) for orders that cannot be followed."""
    chosen = format_for(format_, output, FORMATS)
    _check_together(orders, chosen)
    check_stdin({"SHEET": sheet, "--questionnaire": questionnaire, "--effort": orders.effort})
    check_output(output, (sheet, questionnaire, orders.effort))
    targets = _targets(orders.target)
    budget = _budget(orders.budget)
    changes = _changes(orders.what_if)
    words = None if chosen == "json" else shown_language(language)
    asked = load_questionnaire(questionnaire, words)
    check_names(targets, asked, "--target")
    check_names([orders.aim] if orders.aim else [], asked, "--for")
    _check_questions(orders.without, asked, "--without")
    _check_changes(changes, asked)
    subject = _with_orders(subject_of(sheet, asked), orders)
    if anonymous:
        subject = subject.anonymous()
    to_file = not is_stdout(output)
    surface = surface_for(colour, to_file=to_file)
    deliver(
        _tried(subject, changes, chosen, language, surface)
        if changes
        else _written(
            _planned(subject, targets, budget, orders.aim or OVERALL),
            chosen,
            language,
            surface,
            to_file=to_file,
        ),
        output,
        language=language,
        quiet=quiet,
    )


def _check_together(orders: Orders, format_: str) -> None:
    """Raise SmauditError (exit 2) for orders that contradict each other."""
    given = {
        "--target": orders.target,
        "--budget": orders.budget,
        "--for": orders.aim,
        "--effort": orders.effort,
        "--without": orders.without,
        "csv": format_ == "csv",
    }
    if orders.what_if:
        for name, each in given.items():
            if each:
                raise _not_together("--what-if", name)
    if orders.budget is not None and orders.target:
        raise _not_together("--budget", "--target")
    if orders.aim is not None and orders.budget is None:
        raise SmauditError("error.only-with", Exit.USAGE, option="--for", needed="--budget")


def _not_together(first: str, second: str) -> SmauditError:
    return SmauditError("error.not-together", Exit.USAGE, first=first, second=second)


def _targets(given: Sequence[str]) -> dict[str, Fraction]:
    found = gates(given, "--target")
    _check_once((each.name for each in found), "--target")
    return {each.name: each.least for each in found}


def _budget(given: str | None) -> int | None:
    if given is None:
        return None
    if not re.fullmatch(r"\d{1,6}", given):
        raise SmauditError("error.bad-budget", Exit.USAGE, given=given)
    return int(given)


def _changes(given: Sequence[str]) -> dict[str, str]:
    pairs = [each.partition("=") for each in given]
    for each, (name, _, choice) in zip(given, pairs, strict=True):
        if not name or not choice:
            raise SmauditError("error.bad-what-if", Exit.USAGE, given=each)
    _check_once((name for name, _, _ in pairs), "--what-if")
    return {name: choice for name, _, choice in pairs}


def _check_once(names: Iterable[str], option: str) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            raise SmauditError("error.given-twice", Exit.USAGE, option=option, name=name)


def _check_questions(names: Iterable[str], questionnaire: Questionnaire, option: str) -> None:
    for name in names:
        if name not in questionnaire.question:
            raise SmauditError(
                "error.unknown-question", Exit.USAGE, "hint.unknown-id", option=option, name=name
            )


def _check_changes(changes: Mapping[str, str], questionnaire: Questionnaire) -> None:
    option = "--what-if"
    _check_questions(changes, questionnaire, option)
    for name, choice in changes.items():
        known = (*questionnaire.question[name].levels, *sorted(RESERVED))
        if choice not in known:
            allowed = ", ".join(known)
            raise SmauditError(
                "error.unknown-option", Exit.USAGE, option=option, question=name, name=choice, allowed=allowed
            )


def _with_orders(subject: Subject, orders: Orders) -> Subject:
    """The subject with the efforts and what is ruled out of the command line, which go before the sheet's."""
    if orders.effort is None and not orders.without:
        return subject
    efforts = load_efforts(orders.effort, subject.questionnaire) if orders.effort is not None else {}
    sheet = subject.sheet.with_orders(efforts, tuple(orders.without))
    return subject._replace(sheet=sheet, assessment=assess(subject.questionnaire, sheet))


def _planned(subject: Subject, targets: Mapping[str, Fraction], budget: int | None, aim: str) -> Planned:
    questionnaire, sheet = subject.questionnaire, subject.sheet
    if budget is not None:
        return Planned(subject, plan_for_budget(questionnaire, sheet, budget, aim), aim=aim)
    if targets:
        return Planned(subject, plan(questionnaire, sheet, targets))
    found = natural_plan(questionnaire, sheet)
    return Planned(subject, found, natural=True, then=plan_after(questionnaire, sheet, found))


def _written(
    planned: Planned, format_: str, language: str | None, surface: Surface, *, to_file: bool
) -> str | bytes:
    """The plan in a format; as bytes where its encoding is fixed."""
    if format_ == "json":
        return dumped(planned.plan)
    phrases = load_phrases(language)
    if format_ == "csv":
        from smaudit.report.data import plan_csv as csv

        # Excel takes a file for UTF-8 by its mark alone; a program that reads a pipe would stumble over it.
        return csv.render(planned, phrases).encode("utf-8-sig" if to_file else "utf-8")
    from smaudit.report.draw.formats import drawn
    from smaudit.report.tell.plan import compose

    return drawn(compose(planned, phrases), format_, phrases, surface)


def _tried(
    subject: Subject, changes: Mapping[str, str], format_: str, language: str | None, surface: Surface
) -> str:
    """What other answers would change, in a format."""
    asked = {each.id for each in subject.questionnaire.at(subject.assessment.sheet.depth)}
    for name in changes:
        question = subject.questionnaire.question[name]
        if name not in asked or answer_status(question, subject.sheet) == "ruled-out":
            raise SmauditError("error.not-counted", Exit.USAGE, option="--what-if", question=name)
    tried = what_if(subject.questionnaire, subject.sheet, changes)
    if format_ == "json":
        return dumped(tried)
    from smaudit.report.draw.formats import drawn
    from smaudit.report.tell.what_if import compose

    phrases = load_phrases(language)
    return drawn(
        compose(tried, Words(subject.questionnaire, subject.sheet, phrases)), format_, phrases, surface
    )
