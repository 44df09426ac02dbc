"""From the data of a sheet file to a sheet, with every problem at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from smaudit.core.earlier import of_another_version
from smaudit.core.problems import validated
from smaudit.core.questionnaire import DONT_KNOW, NOT_APPLICABLE, Questionnaire
from smaudit.core.sheet import SCHEMA, Answer, Sheet
from smaudit.errors import MOST_TOLD, Message, Place, Problem


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
    plain = plain_sheet(data, questionnaire)
    return read_closely(data, questionnaire) if plain is None else ReadSheet(plain, ())


def plain_sheet(data: object, questionnaire: Questionnaire) -> Sheet | None:
    """The sheet in data without a problem, as nearly all are; None where a closer look must tell.

    What a sheet has many of, answers of one choice, is not checked again and again: it is known beforehand.
    """
    if type(data) is not dict or "schema" not in data or type(data.get("answers")) is not dict:
        return None
    known, given = questionnaire.kept("answers", _short_answers), data["answers"]
    long = {name: answer for name, answer in given.items() if type(answer) is dict}
    try:
        sheet = Sheet.model_validate({**data, "answers": long})
        read = sheet.answers
        for name, answer in read.items():
            known[name][answer.choice]
        answers = {
            name: read[name] if name in long else known[name][answer] for name, answer in given.items()
        }
    except (KeyError, TypeError, ValueError):
        return None
    for _ in _check_but_answers(sheet, questionnaire):
        return None
    vars(sheet)["answers"] = answers
    return sheet


def _short_answers(questionnaire: Questionnaire) -> dict[str, dict[str | None, Answer]]:
    """The answers of nothing but a choice, by question and choice."""
    return {
        question.id: {
            choice: Answer(choice=choice) for choice in (*question.levels, DONT_KNOW, NOT_APPLICABLE, None)
        }
        for question in questionnaire.questions
    }


def read_closely(data: object, questionnaire: Questionnaire) -> ReadSheet:
    """Read the data by the model and the rules, which find every problem and the words for it."""
    bare = isinstance(data, dict) and "schema" not in data and "answers" not in data
    if bare:
        data = {"schema": SCHEMA, "answers": data}
    problems: tuple[Problem, ...] = ()
    if isinstance(data, dict):
        problems = tuple(
            Problem((name,), Message("problem.missing")) for name in ("schema", "answers") if name not in data
        )
    reading = validated(Sheet, data)
    # A key and its value may both be at fault for the same name.
    shape = {
        (each.place, _phrase(each)): each for each in (_named(p, questionnaire) for p in reading.problems)
    }
    found = list(shape.values())
    gone: tuple[str, ...] = ()
    if reading.model is not None:
        sheet: Sheet = reading.model
        named = list(_check(sheet, questionnaire))
        if of_another_version(sheet, questionnaire):
            gone = tuple(dict.fromkeys(str(each.place[-1]) for each in named if _is_gone(each)))
            named = [each for each in named if not _is_gone(each)]
        found += named
    problems += tuple(
        _told(each, is_told=number < MOST_TOLD) for number, each in enumerate(found, start=len(problems))
    )
    if bare:
        problems = tuple(Problem(problem.place[1:], problem.message) for problem in problems)
    return ReadSheet(reading.model, problems, gone)


def read_efforts(data: object, questionnaire: Questionnaire) -> ReadSheet:
    """Read an object of question ids and efforts; a sheet with nothing else, and every problem."""
    found = read_sheet({"schema": SCHEMA, "answers": {}, "efforts": data}, questionnaire)
    return found._replace(problems=tuple(each._replace(place=each.place[1:]) for each in found.problems))


class _Unknown(NamedTuple):
    """A name of the sheet that the questionnaire does not know, and what it knows there instead."""

    place: Place
    allowed: Iterable[str]


def _phrase(found: Problem | _Unknown) -> str | None:
    return found.message.phrase if isinstance(found, Problem) else None


def _is_gone(found: Problem | _Unknown) -> bool:
    """Whether this is an answer, a belief or a fact that another version of the content knew."""
    return _phrase(found) in {None, "problem.unknown-option"}


MOST_NAMED, MOST_COMPARED = 12, 100
"""So many allowed names are listed, and so many compared with one that is not; see `_told` and `_close`."""


def _check(sheet: Sheet, questionnaire: Questionnaire) -> Iterator[Problem | _Unknown]:
    """Every name in the sheet that the questionnaire does not know."""
    made = sheet.questionnaire
    if made is None or made.id == questionnaire.id:
        for name, answer in sheet.answers.items():
            question = questionnaire.question.get(name)
            if question is None:
                yield _Unknown(("answers", name), questionnaire.question)
            elif answer.choice is not None:
                allowed = (*question.levels, DONT_KNOW, NOT_APPLICABLE)
                if answer.choice not in allowed:
                    yield _unknown(("answers", name), "problem.unknown-option", allowed)
    yield from _check_but_answers(sheet, questionnaire)


def _check_but_answers(sheet: Sheet, questionnaire: Questionnaire) -> Iterator[Problem | _Unknown]:
    made = sheet.questionnaire
    if made is not None and made.id != questionnaire.id:
        yield Problem(
            ("questionnaire", "id"),
            Message("problem.other-questionnaire", {"id": made.id, "needed": questionnaire.id}),
        )
        return
    yield from _check_names(sheet, questionnaire)
    yield from _check_steps(sheet, questionnaire)
    yield from _check_settled(sheet, questionnaire)
    yield from _check_people(sheet, questionnaire)


def _check_names(sheet: Sheet, questionnaire: Questionnaire) -> Iterator[Problem | _Unknown]:
    """The beliefs and the facts that the questionnaire does not know."""
    for name in sheet.beliefs:
        if name not in questionnaire.misconception:
            yield _Unknown(("beliefs", name), questionnaire.misconception)
    for name, option in sheet.company.profile.items():
        place: Place = ("company", "profile", name)
        fact = questionnaire.fact.get(name)
        if fact is None:
            yield _Unknown(place, questionnaire.fact)
        elif option not in fact.names:
            yield _unknown(place, "problem.unknown-option", fact.names)


def _check_steps(sheet: Sheet, questionnaire: Questionnaire) -> Iterator[_Unknown]:
    for field, names in (("efforts", sheet.efforts), ("ruled_out", sheet.ruled_out)):
        for name in names:
            if name not in questionnaire.question:
                yield _Unknown((field, name), questionnaire.question)


def _check_settled(sheet: Sheet, questionnaire: Questionnaire) -> Iterator[_Unknown]:
    """What was settled and the questionnaire does not ask; who had said what may be of an earlier version."""
    for name in sheet.settled:
        if name not in questionnaire.question and name not in questionnaire.fact:
            yield _Unknown(("settled", name), (*questionnaire.question, *questionnaire.fact))


def _check_people(sheet: Sheet, questionnaire: Questionnaire) -> Iterator[Problem]:
    department = sheet.respondent.department
    if department is not None and questionnaire.departments and department not in questionnaire.department:
        yield _unknown(("respondent", "department"), "problem.unknown-option", questionnaire.department)
    if sheet.guess is None:
        return
    count = len(questionnaire.misconceptions)
    if sheet.guess.steering is not None and sheet.guess.steering > count:
        yield Problem(("guess", "steering"), Message("problem.too-large"))
    if sheet.guess.most is not None and sheet.guess.most not in questionnaire.misconception:
        yield _unknown(("guess", "most"), "problem.unknown-option", questionnaire.misconception)


_OF_SHAPE = frozenset({"problem.slug-needed", "problem.text-needed", "problem.too-long"})


def _named(found: Problem, questionnaire: Questionnaire) -> Problem | _Unknown:
    """A name or a choice of the wrong shape, told as any other that there is not: with what there is."""
    place = found.place[:-1] if found.place[-1:] == ("choice",) else found.place
    if found.message.phrase not in _OF_SHAPE or not place:
        return found
    if allowed := _fields(questionnaire).get(place):
        return _unknown(place, "problem.unknown-option", allowed)
    known, name = _names(questionnaire).get(place[:-1]), place[-1]
    if known is None:
        return found
    if name not in known:
        return _Unknown(place, map(str, known))
    return _unknown(place, "problem.unknown-option", known[name]) if known[name] else found


def _fields(questionnaire: Questionnaire) -> Mapping[Place, Iterable[str]]:
    """What may stand in the fields that name something."""
    return {
        ("respondent", "department"): questionnaire.department,
        ("guess", "most"): questionnaire.misconception,
    }


def _names(questionnaire: Questionnaire) -> Mapping[Place, Mapping[str | int, Iterable[str]]]:
    """The names that there are within a place, each with its choices; none where it takes something else."""
    return {
        ("answers",): {
            each.id: (*each.levels, DONT_KNOW, NOT_APPLICABLE) for each in questionnaire.questions
        },
        ("company", "profile"): {fact.id: fact.names for fact in questionnaire.profile},
        ("beliefs",): dict.fromkeys(questionnaire.misconception, ()),
        ("efforts",): dict.fromkeys(questionnaire.question, ()),
        ("settled",): dict.fromkeys((*questionnaire.question, *questionnaire.fact), ()),
    }


def _unknown(place: Place, phrase: str, allowed: Iterable[str]) -> Problem:
    return Problem(place, Message(phrase, {"allowed": tuple(allowed)}))


def _told(found: Problem | _Unknown, *, is_told: bool) -> Problem:
    """A problem, of a name with the one that was meant, where one is close.

    To look for that takes long, and a file may be full of such names: it is done for those that are told.
    """
    if isinstance(found, Problem):
        return found
    names = list(found.allowed)
    meant = _close(str(found.place[-1]), names) if is_told else ()
    if meant:
        return Problem(found.place, Message("problem.misspelt", {"meant": tuple(meant)}))
    if len(names) > MOST_NAMED:
        return Problem(found.place, Message("problem.unknown-question-of-many", {"count": len(names)}))
    return _unknown(found.place, "problem.unknown-question", names)


def _close(name: str, names: Sequence[str]) -> Sequence[str]:
    """At most three of the names, the likest first; of very many only those with the most letters alike."""
    from difflib import SequenceMatcher, get_close_matches
    from heapq import nlargest

    if len(names) > MOST_COMPARED:
        matcher = SequenceMatcher(b=name)

        def letters_alike(other: str) -> float:
            matcher.set_seq1(other)
            return matcher.quick_ratio()

        names = nlargest(MOST_COMPARED, names, key=letters_alike)
    return get_close_matches(name, names, cutoff=0.75)
