"""The way through an interview, computed from the questionnaire and the sheet: nothing is remembered here.

A stop is one thing to ask. Every stop that can be gone back to is on the route; the interview
goes on at the first one that is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from smaudit.core.questionnaire import RESERVED, Question, Questionnaire
from smaudit.core.sheet import Sheet

Kind = Literal[
    "depth", "company", "department", "belief", "fact", "question", "review", "remark", "guess", "most"
]


@dataclass(frozen=True)
class Stop:
    """One thing to ask: what kind, and the id of the question, fact or misconception it is about."""

    kind: Kind
    id: str = ""


REVIEW = Stop("review")


@dataclass(frozen=True)
class Section:
    """The asked questions whose main misconception is the same, in the order of the file."""

    misconception: str
    questions: tuple[Question, ...]


def sections(questionnaire: Questionnaire, sheet: Sheet) -> tuple[Section, ...]:
    """The questions of the sheet's depth, whether they apply or not, by their main misconception."""
    groups: dict[str, list[Question]] = {}
    for question in questionnaire.at(sheet.depth_for(questionnaire)):
        groups.setdefault(question.main, []).append(question)
    return tuple(Section(name, tuple(questions)) for name, questions in groups.items())


def applicable(questionnaire: Questionnaire, sheet: Sheet) -> tuple[Question, ...]:
    """The questions that the profile leaves in, in the order they are asked."""
    facts = sheet.company.profile
    return tuple(
        question
        for section in sections(questionnaire, sheet)
        for question in section.questions
        if question.applies_to(facts)
    )


def answered(question: Question, sheet: Sheet) -> bool:
    """Whether the sheet has an answer to the question, if only that nobody knows."""
    choice = sheet.choice(question.id)
    return choice in question.levels or choice in RESERVED


def complete(questionnaire: Questionnaire, sheet: Sheet) -> bool:
    """Whether nothing is left to ask.

    A sheet written by hand may do without the guess; in one from an interview, which has beliefs,
    the guess is the last thing asked.
    """
    all_answered = all(answered(question, sheet) for question in applicable(questionnaire, sheet))
    return all_answered and (sheet.guess is not None or not sheet.beliefs)


def has_depths(questionnaire: Questionnaire) -> bool:
    """Whether there is a depth to choose: a quick part and more beyond it."""
    return 0 < len(questionnaire.at("quick")) < len(questionnaire.at("full"))


def route(questionnaire: Questionnaire, sheet: Sheet, before: AbstractSet[str]) -> tuple[Stop, ...]:
    """All stops in order. `before` names the questions that had an answer when this session began."""
    return tuple(_stops(questionnaire, sheet, before))


def _stops(questionnaire: Questionnaire, sheet: Sheet, before: AbstractSet[str]) -> Iterator[Stop]:
    yield from _first_stops(questionnaire, sheet)
    facts = _facts_before(questionnaire, sheet, before)
    for section in sections(questionnaire, sheet):
        for question in section.questions:
            for fact in facts.get(question.id, ()):
                yield Stop("fact", fact)
            if question.applies_to(sheet.company.profile):
                yield Stop("question", question.id)
    yield REVIEW
    yield Stop("remark")
    yield Stop("guess")
    if sheet.guess is None or sheet.guess.steering != 0:
        yield Stop("most")


def _first_stops(questionnaire: Questionnaire, sheet: Sheet) -> Iterator[Stop]:
    """What comes before the questions and the facts that they hang on."""
    if has_depths(questionnaire):
        yield Stop("depth")
    yield Stop("company")
    for fact in house_facts(questionnaire):
        yield Stop("fact", fact)
    if questionnaire.departments and not questionnaire.alone(sheet.company.profile):
        yield Stop("department")
    for misconception in questionnaire.misconceptions:
        if misconception.belief:
            yield Stop("belief", misconception.id)


def house_facts(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The facts that say which departments a company has: asked before who answers."""
    if not questionnaire.departments:
        return ()
    conditions = (questionnaire.one_person, *(each.applies_if for each in questionnaire.departments))
    named = {fact for condition in conditions for fact in condition}
    return tuple(fact.id for fact in questionnaire.profile if fact.id in named)


def _facts_before(
    questionnaire: Questionnaire, sheet: Sheet, before: AbstractSet[str]
) -> dict[str, tuple[str, ...]]:
    """The profile facts to ask before each question: before the first that depends on them and is new.

    Facts that only old answers depend on come before the first of those, to be gone back to.
    """
    asked = [question for section in sections(questionnaire, sheet) for question in section.questions]
    asked.sort(key=lambda question: question.id in before)
    found: dict[str, tuple[str, ...]] = {}
    placed: set[str] = set(house_facts(questionnaire))
    for question in asked:
        new = [fact for fact in _needed(questionnaire, question, sheet) if fact not in placed]
        placed.update(new)
        found[question.id] = tuple(new)
    return found


def _needed(questionnaire: Questionnaire, question: Question, sheet: Sheet) -> Iterator[str]:
    """The facts that a question depends on, as far as they matter: none after one that rules it out."""
    facts = sheet.company.profile
    named = questionnaire.facts_for(question, sheet.depth_for(questionnaire))
    for fact in sorted(named, key=lambda fact: fact not in question.applies_if):
        yield fact
        if fact in facts and facts[fact] not in question.applies_if.get(fact, (facts[fact],)):
            return


def open_stops(
    questionnaire: Questionnaire, sheet: Sheet, before: AbstractSet[str], passed: AbstractSet[Stop]
) -> Iterator[Stop]:
    """The stops still to be asked, in order. `passed` names those this session has been through."""
    for stop in route(questionnaire, sheet, before):
        if _is_open(stop, questionnaire, sheet, before, passed):
            yield stop


def _is_open(
    stop: Stop,
    questionnaire: Questionnaire,
    sheet: Sheet,
    before: AbstractSet[str],
    passed: AbstractSet[Stop],
) -> bool:
    if stop.kind == "question":
        return not answered(questionnaire.question[stop.id], sheet)
    if stop.kind == "company":
        return not sheet.company.name
    if stop in passed:
        return False
    if stop.kind == "fact":
        return _fact_is_open(stop.id, questionnaire, sheet, before)
    return {
        "depth": sheet.depth is None,
        "department": _department_is_open(sheet),
        "belief": stop.id not in sheet.beliefs,
        "review": sheet.remark is None and sheet.guess is None,
        "remark": sheet.remark is None,
        "guess": sheet.guess is None,
        "most": sheet.guess is None or sheet.guess.most is None,
    }[stop.kind]


def _department_is_open(sheet: Sheet) -> bool:
    """Whether who answers is still to be asked: not of a sheet that goes on without it."""
    return sheet.respondent.department is None and not (sheet.beliefs or sheet.answers)


def _fact_is_open(fact: str, questionnaire: Questionnaire, sheet: Sheet, before: AbstractSet[str]) -> bool:
    facts = sheet.company.profile
    if facts.get(fact) in {option.id for option in questionnaire.fact[fact].options}:
        return False
    if fact in house_facts(questionnaire) and _department_is_open(sheet):
        return True
    depth = sheet.depth_for(questionnaire)
    return any(
        fact in questionnaire.facts_for(question, depth) and question.id not in before
        for question in applicable(questionnaire, sheet)
    )
