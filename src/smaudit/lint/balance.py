"""The rules about how many questions a misconception has, and how its weight is spread over them.

They must hold for every profile. Two kinds of facts decide which questions a profile keeps:

* one that *thins*: of any two of its options, one keeps every question that the other keeps, so it
  says how much there is to ask about (few messages, few posts);
* one that *swaps*: it takes questions away and brings others instead, so it says what kind of
  company is asked (one person alone).

The full rules hold for every combination of facts that swap, with all that thins left out of account.
With it, two questions of its own must be left to a misconception: fewer are not enough for a score.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import Literal

from smaudit.core.questionnaire import Depth, Facts, ProfileFact, Question, Questionnaire
from smaudit.errors import Message, Place, Problem

FEWEST: Mapping[Depth, int] = {"quick": 4, "full": 5}
"""The least number of a misconception's own questions, before facts that thin are looked at."""
FEWEST_LEFT = 2
"""The least number of a misconception's own questions under any profile that keeps it."""
HEAVIEST = Fraction(1, 5)
"""The greatest share of a misconception's weight on one question at full depth."""
OWN_SHARE = Fraction(2, 3)
"""The least share of a misconception's weight on its own questions."""
MOST_CASES = 5000
"""So many different sets of kept questions are tried; with more, a questionnaire counts as unproved."""

Rule = Literal["no-score", "too-few", "borrowed", "heavy"]
"""The rules that may be broken for some companies only, and are told for them then."""


@dataclass(frozen=True)
class Case:
    """A set of questions that some companies are asked, and the facts that make it so."""

    questions: tuple[Question, ...]
    facts: Facts


def unbalanced(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Misconceptions with too few questions, or with weights that lie on the wrong ones."""
    for number, misconception in enumerate(questionnaire.misconceptions):
        for depth in _depths(questionnaire):
            yield from _unbalanced_at(questionnaire, misconception.id, ("misconceptions", number), depth)


def _depths(questionnaire: Questionnaire) -> tuple[Depth, ...]:
    """The depths that differ: without quick questions, or without others, there is one."""
    quick, full = len(questionnaire.at("quick")), len(questionnaire.at("full"))
    return ("quick", "full") if 0 < quick < full else ("full",)


def _unbalanced_at(questionnaire: Questionnaire, name: str, place: Place, depth: Depth) -> Iterator[Problem]:
    # A question that is never asked, because a list of options is empty, is a finding of its own.
    weighed = [
        question
        for question in questionnaire.at(depth)
        if question.weights.get(name, 0) and all(question.applies_if.values())
    ]
    gates = [fact for fact in questionnaire.profile if any(fact.id in each.applies_if for each in weighed)]
    swapping = [fact for fact in gates if not thins(fact, questionnaire.questions)]
    every = cases(weighed, gates)
    if len(every) > MOST_CASES:
        yield Problem(place, Message("lint.too-many-cases", {"misconception": name, "most": MOST_CASES}))
        return
    kinds = [case for case in cases(weighed, swapping) if case.questions or not case.facts]
    kept = [case for case in every if case.questions]
    yield from _too_few(questionnaire, name, place, depth, kinds, kept)
    if weighed:
        yield from _borrowed(name, place, depth, kinds)
        if depth == "full":
            yield from _heavy(questionnaire, name, kinds)


def _too_few(
    questionnaire: Questionnaire,
    name: str,
    place: Place,
    depth: Depth,
    kinds: Sequence[Case],
    kept: Sequence[Case],
) -> Iterator[Problem]:
    """The profile that keeps fewest, of those that must keep the full number, else of all.

    Told beside it is where a score cannot exist, because fewer are left than the rules ask for.
    """
    rules = questionnaire.rules.min_rated
    least, left = _fewest(kinds, name), _fewest(kept or kinds, name)
    if _own(left, name) < rules:
        yield Problem(place, _counted("no-score", left, name, depth, rules))
    if _own(least, name) < FEWEST[depth]:
        yield Problem(place, _counted("too-few", least, name, depth, FEWEST[depth]))
    elif rules <= _own(left, name) < FEWEST_LEFT:
        yield Problem(place, _counted("too-few", left, name, depth, FEWEST_LEFT))


def _fewest(found: Sequence[Case], name: str) -> Case:
    return min(found, key=lambda case: _own(case, name))


def _counted(rule: Rule, case: Case, name: str, depth: Depth, needed: int) -> Message:
    """What a rule says about the number of a misconception's own questions."""
    said: dict[str, str | int] = {"depth": depth, "count": _own(case, name), "needed": needed}
    return _message(rule, case, misconception=name, **said)


def _borrowed(name: str, place: Place, depth: Depth, kinds: Sequence[Case]) -> Iterator[Problem]:
    poorest = min(kinds, key=lambda case: _own_share(case, name))
    share = _own_share(poorest, name)
    if share < OWN_SHARE:
        said: dict[str, str | int] = {"depth": depth, "percent": int(100 * share)}
        yield Problem(place, _message("borrowed", poorest, misconception=name, **said))


def _heavy(questionnaire: Questionnaire, name: str, kinds: Sequence[Case]) -> Iterator[Problem]:
    for number, question in enumerate(questionnaire.questions):
        holding = [case for case in kinds if question in case.questions]
        if not holding:
            continue
        lightest = min(holding, key=lambda case: _weight(case.questions, name))
        share = Fraction(question.weights[name], _weight(lightest.questions, name))
        if share > HEAVIEST:
            said: dict[str, str | int] = {"question": question.id, "percent": ceil(100 * share)}
            place: Place = ("questions", number, "weights", name)
            yield Problem(place, _message("heavy", lightest, misconception=name, **said))


def thins(fact: ProfileFact, questions: Sequence[Question]) -> bool:
    """Whether a fact only takes questions away, more or fewer, and brings none instead."""
    taken = sorted((_taken_away(fact, option.id, questions) for option in fact.options), key=len)
    return all(fewer <= more for fewer, more in pairwise(taken))


def cases(questions: Sequence[Question], facts: Sequence[ProfileFact]) -> tuple[Case, ...]:
    """Every set of these questions that some answers to these facts keep; other facts rule nothing out.

    Stops when there are more than `MOST_CASES`.
    """
    found: dict[frozenset[str], Facts] = {frozenset(question.id for question in questions): {}}
    for fact in facts:
        after: dict[frozenset[str], Facts] = {}
        for option in fact.options:
            taken = _taken_away(fact, option.id, questions)
            for kept, profile in found.items():
                after.setdefault(kept - taken, {**profile, fact.id: option.id} if taken else profile)
        found = after
        if len(found) > MOST_CASES:
            break
    return tuple(
        Case(tuple(question for question in questions if question.id in kept), profile)
        for kept, profile in found.items()
    )


def _taken_away(fact: ProfileFact, option: str, questions: Sequence[Question]) -> frozenset[str]:
    return frozenset(question.id for question in questions if not question.applies_to({fact.id: option}))


def _own(case: Case, misconception: str) -> int:
    """How many of the case's questions are mainly about the misconception."""
    return sum(question.main == misconception for question in case.questions)


def _own_share(case: Case, misconception: str) -> Fraction:
    mainly = [question for question in case.questions if question.main == misconception]
    return Fraction(_weight(mainly, misconception), _weight(case.questions, misconception))


def _weight(questions: Sequence[Question], misconception: str) -> int:
    return sum(question.weights[misconception] for question in questions)


def _message(rule: Rule, case: Case, **values: str | int) -> Message:
    """What a rule says, and for which companies where it is not for all."""
    if not case.facts:
        return Message(f"lint.{rule}", values)
    profile = tuple(f"{fact}: {option}" for fact, option in case.facts.items())
    return Message(f"lint.{rule}-for", {**values, "profile": profile})
