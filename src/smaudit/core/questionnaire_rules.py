"""From the data of a questionnaire file to a questionnaire, with every problem at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from smaudit.core.problems import validated
from smaudit.core.questionnaire import DEPARTMENT, RESERVED, Condition, Option, Question, Questionnaire
from smaudit.core.result import OVERALL
from smaudit.errors import Message, Place, Problem, Value


def read_questionnaire(data: object) -> tuple[Questionnaire | None, tuple[Problem, ...]]:
    """Read the data of a questionnaire file; give it (None where it cannot be read) and every problem.

    A questionnaire with problems is not to be used: they make a score undefined.
    """
    reading = validated(Questionnaire, data)
    if reading.model is None:
        return None, reading.problems
    # A name whose own entry has just been refused is not unknown as well, nor without weight.
    known = set(_ids(data)) if reading.problems else set()
    found = (
        problem._replace(place=reading.place(problem.place))
        for problem in _check(reading.model)
        if problem.message.phrase not in _NAMING or problem.message.values["id"] not in known
    )
    explained = reading.explained()
    return reading.model, reading.problems + tuple(each for each in found if each.place not in explained)


_NAMING = frozenset({"problem.unknown-id", "problem.no-weight"})


def _ids(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        if isinstance(data.get("id"), str):
            yield data["id"]
        for value in data.values():
            yield from _ids(value)
    elif isinstance(data, list):
        for value in data:
            yield from _ids(value)


def _check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """What no single field shows: repeated and unknown ids, values that fall, weights that are all zero."""
    yield from _check_names(questionnaire)
    for number, misconception in enumerate(questionnaire.misconceptions):
        place: Place = ("misconceptions", number)
        sources = {source.id for source in questionnaire.sources}
        yield from _unknown(misconception.sources, sources, (*place, "sources"))
        yield from _unknown(misconception.further, sources, (*place, "further"))
        if not any(question.weights.get(misconception.id, 0) for question in questionnaire.questions):
            yield Problem(place, Message("problem.no-weight", {"id": misconception.id}))
    departments = set(questionnaire.department)
    for number, department in enumerate(questionnaire.departments):
        place = ("departments", number, "applies_if")
        yield from _check_condition(department.applies_if, _profile(questionnaire), place)
    yield from _check_condition(questionnaire.one_person, _profile(questionnaire), ("one_person",))
    for number, question in enumerate(questionnaire.questions):
        place = ("questions", number)
        yield from _check_question(question, place, questionnaire)
        yield from _unknown(question.ask, departments, (*place, "ask"))
        for level, option in enumerate(question.options):
            inside: Place = ("at", option.id) if option.id in question.at else ("options", level)
            for field in ("owner", "owner_small"):
                if option.step and (owner := getattr(option.step, field)):
                    yield from _unknown([owner], departments, (*place, *inside, "step", field))
    conditions = _profile(questionnaire) | {
        question.id: {option.id for option in question.options} | RESERVED
        for question in questionnaire.questions
    }
    conditions[DEPARTMENT] = departments
    for number, contradiction in enumerate(questionnaire.contradictions):
        yield from _check_condition(contradiction.if_, conditions, ("contradictions", number, "if"))


KEPT_IDS = frozenset({*RESERVED, OVERALL, "none"})
"""Ids that no file may give: they name answers and scores of the program itself."""


def _check_names(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Ids that are kept, and ids that stand twice: at each place, so that both are found."""
    for place, ids in named(questionnaire):
        times = Counter(ids)
        for number, name in enumerate(ids):
            here = (*place, number, "id")
            if name in KEPT_IDS:
                yield Problem(here, Message("problem.reserved-id", {"id": name}))
            elif times[name] > 1:
                yield Problem(here, Message("problem.repeated-id", {"id": name, "count": times[name]}))
    for number, fact in enumerate(questionnaire.profile):
        if fact.id == DEPARTMENT:
            yield Problem(("profile", number, "id"), Message("problem.reserved-id", {"id": fact.id}))
    # Contradictions name both, and the department. Misconceptions they do not: one may have a question's id.
    for number, question in enumerate(questionnaire.questions):
        if question.id in questionnaire.fact or question.id == DEPARTMENT:
            yield Problem(("questions", number, "id"), Message("problem.id-taken", {"id": question.id}))


def named(questionnaire: Questionnaire) -> Iterator[tuple[Place, list[str]]]:
    """Every list of the file whose entries have ids of their own, with its place."""
    for name in ("departments", "profile", "misconceptions", "sources", "questions", "contradictions"):
        yield (name,), [entry.id for entry in getattr(questionnaire, name)]
    for number, fact in enumerate(questionnaire.profile):
        yield ("profile", number, "options"), [option.id for option in fact.options]
    for name, options in questionnaire.scales.items():
        yield ("scales", name), [option.id for option in options]
    for number, question in enumerate(questionnaire.questions):
        if question.scale is None:
            yield ("questions", number, "options"), [option.id for option in question.options]
        yield ("questions", number, "not_applicable"), [reason.id for reason in question.not_applicable]


def _check_question(question: Question, place: Place, questionnaire: Questionnaire) -> Iterator[Problem]:
    yield from _unknown(question.weights, set(questionnaire.misconception), (*place, "weights"))
    if not any(question.weights.values()):
        yield Problem((*place, "weights"), Message("problem.weightless", {"id": question.id}))
    yield from _check_scale(question, place, questionnaire.scales)
    if any(low > high for low, high in zip(question.values, question.values[1:], strict=False)):
        yield Problem((*place, "options"), Message("problem.values-fall"))
    profile = _profile(questionnaire)
    yield from _check_condition(question.applies_if, profile, (*place, "applies_if"))
    for number, wording in enumerate(question.wording):
        where: Place = (*place, "wording", number)
        yield from _check_condition(wording.if_, profile, (*where, "if"))
        yield from _unknown(wording.options, set(question.levels), (*where, "options"))


def _check_scale(
    question: Question, place: Place, scales: Mapping[str, tuple[Option, ...]]
) -> Iterator[Problem]:
    """What is wrong with the options of a question, or with the scale that it takes them from."""
    if question.scale is None:
        for field, given in (("reversed", question.reversed_), ("at", question.at)):
            if given:
                yield Problem((*place, field), Message("problem.needs-scale"))
    elif question.scale not in scales:
        yield from _unknown([question.scale], set(scales), (*place, "scale"))
        return
    elif question.options != question.on(scales[question.scale]):
        yield Problem((*place, "scale"), Message("problem.scale-and-options"))
        return
    else:
        yield from _unknown(question.at, set(question.levels), (*place, "at"))
    if len(question.options) < 2:  # noqa: PLR2004 - one level cannot be told from another
        yield Problem(place, Message("problem.too-few-options"))


def _profile(questionnaire: Questionnaire) -> dict[str, set[str]]:
    return {fact.id: {option.id for option in fact.options} for fact in questionnaire.profile}


def _check_condition(condition: Condition, known: Mapping[str, Any], place: Place) -> Iterator[Problem]:
    yield from _unknown(condition, set(known), place)
    for name, options in condition.items():
        if name in known:
            yield from _unknown(options, set(known[name]), (*place, name))


def _unknown(names: Iterable[str], known: set[str], place: Place) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            values: Mapping[str, Value] = {"id": name, "allowed": tuple(sorted(known))}
            yield Problem(place, Message("problem.unknown-id", values))
