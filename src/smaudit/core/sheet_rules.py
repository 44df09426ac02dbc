"""From the data of a sheet file to a sheet, with every problem at once."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from smaudit.core.problems import validated
from smaudit.core.questionnaire import DONT_KNOW, NOT_APPLICABLE, Questionnaire
from smaudit.core.sheet import SCHEMA, Sheet
from smaudit.errors import Message, Place, Problem


class ReadSheet(NamedTuple):
    """A sheet as read against a questionnaire (None where it cannot be read), with every problem.

    `gone` names what an earlier version of the questionnaire asked and this one does not:
    such answers are kept in the file and not scored.
    """

    sheet: Sheet | None
    problems: tuple[Problem, ...]
    gone: tuple[str, ...] = ()


def read_sheet(data: object, questionnaire: Questionnaire) -> ReadSheet:
    """Read the data of a sheet file; a bare object of question ids and choices is a sheet too."""
    bare = isinstance(data, dict) and "schema" not in data and "answers" not in data
    if bare:
        data = {"schema": SCHEMA, "answers": data}
    problems: tuple[Problem, ...] = ()
    if isinstance(data, dict):
        problems = tuple(
            Problem((name,), Message("problem.missing")) for name in ("schema", "answers") if name not in data
        )
    reading = validated(Sheet, data)
    problems += reading.problems
    gone: tuple[str, ...] = ()
    if reading.model is not None:
        sheet: Sheet = reading.model
        found = tuple(_check(sheet, questionnaire))
        if _earlier(sheet, questionnaire):
            gone = tuple(dict.fromkeys(str(problem.place[1]) for problem in found if _is_gone(problem)))
            found = tuple(problem for problem in found if not _is_gone(problem))
        problems += found
    if bare:
        problems = tuple(Problem(problem.place[1:], problem.message) for problem in problems)
    return ReadSheet(reading.model, problems, gone)


def read_efforts(data: object, questionnaire: Questionnaire) -> ReadSheet:
    """Read an object of question ids and efforts; a sheet with nothing else, and every problem."""
    found = read_sheet({"schema": SCHEMA, "answers": {}, "efforts": data}, questionnaire)
    return found._replace(problems=tuple(each._replace(place=each.place[1:]) for each in found.problems))


def _earlier(sheet: Sheet, questionnaire: Questionnaire) -> bool:
    made = sheet.questionnaire
    return made is not None and made.version is not None and made.version != questionnaire.version


def _is_gone(problem: Problem) -> bool:
    """Whether a problem is an answer, a belief or a fact that another version of the content knew."""
    return problem.message.phrase in _GONE


_GONE = frozenset(
    {
        "problem.misspelt",
        "problem.unknown-question",
        "problem.unknown-question-of-many",
        "problem.unknown-option",
    }
)
MOST_NAMED = 12
"""So many allowed names are listed; of more, the way to see them is said."""


def _check(sheet: Sheet, questionnaire: Questionnaire) -> Iterator[Problem]:
    """Every name in the sheet that the questionnaire does not know."""
    made = sheet.questionnaire
    if made is not None and made.id != questionnaire.id:
        yield Problem(
            ("questionnaire", "id"),
            Message("problem.other-questionnaire", {"id": made.id, "needed": questionnaire.id}),
        )
        return
    for name, answer in sheet.answers.items():
        question = questionnaire.question.get(name)
        if question is None:
            yield _unknown_name(("answers", name), questionnaire.question)
        elif answer.choice is not None:
            allowed = (*question.levels, DONT_KNOW, NOT_APPLICABLE)
            if answer.choice not in allowed:
                yield _unknown(("answers", name), "problem.unknown-option", allowed)
    yield from _check_names(sheet, questionnaire)
    yield from _check_steps(sheet, questionnaire)
    yield from _check_people(sheet, questionnaire)


def _check_names(sheet: Sheet, questionnaire: Questionnaire) -> Iterator[Problem]:
    """The beliefs and the facts that the questionnaire does not know."""
    for name in sheet.beliefs:
        if name not in questionnaire.misconception:
            yield _unknown_name(("beliefs", name), questionnaire.misconception)
    for name, option in sheet.company.profile.items():
        place: Place = ("company", "profile", name)
        if name not in questionnaire.fact:
            yield _unknown_name(place, questionnaire.fact)
        elif option not in (known := [each.id for each in questionnaire.fact[name].options]):
            yield _unknown(place, "problem.unknown-option", known)


def _check_steps(sheet: Sheet, questionnaire: Questionnaire) -> Iterator[Problem]:
    for field, names in (("efforts", sheet.efforts), ("ruled_out", sheet.ruled_out)):
        for name in names:
            if name not in questionnaire.question:
                yield _unknown_name((field, name), questionnaire.question)


def _check_people(sheet: Sheet, questionnaire: Questionnaire) -> Iterator[Problem]:
    department = sheet.respondent.department
    if department is not None and questionnaire.departments and department not in questionnaire.department:
        yield _unknown(("respondent", "department"), "problem.unknown-option", questionnaire.department)
    if sheet.guess is None:
        return
    count = len(questionnaire.misconceptions)
    if sheet.guess.steering is not None and sheet.guess.steering > count:
        yield Problem(("guess", "steering"), Message("problem.too-large", {"le": count}))
    if sheet.guess.most is not None and sheet.guess.most not in questionnaire.misconception:
        yield _unknown(("guess", "most"), "problem.unknown-option", questionnaire.misconception)


def _unknown(place: Place, phrase: str, allowed: object) -> Problem:
    return Problem(place, Message(phrase, {"allowed": ", ".join(map(str, allowed))}))  # type: ignore[call-overload]


def _unknown_name(place: Place, allowed: Iterable[str]) -> Problem:
    """A name that is not in the questionnaire: with the one that was meant, where one is close."""
    from difflib import get_close_matches

    names = list(allowed)
    meant = get_close_matches(str(place[-1]), names, cutoff=0.75)
    if meant:
        return Problem(place, Message("problem.misspelt", {"meant": ", ".join(meant)}))
    if len(names) > MOST_NAMED:
        return Problem(place, Message("problem.unknown-question-of-many", {"count": len(names)}))
    return _unknown(place, "problem.unknown-question", names)
