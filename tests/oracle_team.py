"""The range over all settlements by trying each of them: slow, in plain fractions, for small teams only."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

DEPARTMENTS = ("sales", "service", "board")
Data = dict[str, Any]


def case(seed: int, most: int = 4) -> tuple[Data, list[Data]]:
    """The data of a small questionnaire, and of several sheets for it; the same for the same seed."""
    draw = random.Random(seed)  # noqa: S311 - repeatable, not secret
    names = [f"m{number}" for number in range(draw.randint(1, 3))]
    questions = [_question(draw, f"q{number}", names) for number in range(draw.randint(2, most))]
    for name in names:
        if not any(each["weights"].get(name) for each in questions):
            draw.choice(questions)["weights"][name] = draw.randint(1, 4)
    asked = {
        "schema": "smaudit/questionnaire/1",
        "id": "small",
        "version": "1",
        "title": "Small",
        "misconceptions": [{"id": name, "title": name} for name in names],
        "departments": [{"id": name, "name": name} for name in DEPARTMENTS],
        "profile": [
            {"id": "shop", "text": "?", "options": [{"id": "yes", "text": "y"}, {"id": "no", "text": "n"}]}
        ],
        "questions": questions,
        "rules": {"min_rated": draw.randint(0, 2), "min_coverage": draw.choice(["0", "1/2", "1/2", "1"])},
    }
    return asked, [_sheet(draw, questions) for _ in range(draw.randint(1, 4))]


def _question(draw: random.Random, name: str, names: Sequence[str]) -> Data:
    levels = draw.randint(2, 4)
    options: list[Data] = [{"id": f"l{level}", "text": f"level {level}"} for level in range(levels)]
    if draw.random() < 0.3:
        values = sorted(Fraction(draw.randint(0, 6), 6) for _ in options)
        for option, value in zip(options, values, strict=True):
            option["value"] = str(value)
    found: Data = {
        "id": name,
        "text": "?",
        "weights": {draw.choice(names): draw.randint(1, 5)},
        "ask": draw.sample(DEPARTMENTS, draw.choice([0, 1, 2])),
        "options": options,
    }
    for other in names:
        if draw.random() < 0.3:
            found["weights"].setdefault(other, draw.randint(1, 3))
    if draw.random() < 0.3:
        found["applies_if"] = {"shop": ["yes"]}
    return found


def _sheet(draw: random.Random, questions: Sequence[Data]) -> Data:
    answers = {}
    for question in questions:
        levels = [option["id"] for option in question["options"]]
        answers[question["id"]] = draw.choice(
            [*levels, *levels, "dont-know", "not-applicable", "not-applicable", None]
        )
    found: Data = {"schema": "smaudit/sheet/1", "answers": answers}
    if draw.random() < 0.8:
        found["respondent"] = {"department": draw.choice(DEPARTMENTS)}
    if draw.random() < 0.5:
        found["company"] = {"profile": {"shop": draw.choice(["yes", "yes", "no"])}}
    return found


class Found(NamedTuple):
    """What the settlements give: ends, whether there is a score, whether enough applies; the mean's ends."""

    ends: dict[str, list[tuple[Fraction, Fraction]]]
    scored: dict[str, set[bool]]
    applies: dict[str, set[bool]]
    overall: list[tuple[Fraction, Fraction]]


def tried(questionnaire: Any, sheets: Sequence[Any]) -> Found:
    """What every settlement of a team gives."""
    allowed = possible(questionnaire, sheets)
    names = [each.id for each in questionnaire.misconceptions]
    found = Found({n: [] for n in names}, {n: set() for n in names}, {n: set() for n in names}, [])
    for choices in itertools.product(*allowed.values()):
        settlement = dict(zip(allowed, choices, strict=True))
        counted = []
        for name in names:
            ends, is_scored = score(questionnaire, settlement, name)
            found.scored[name].add(is_scored)
            found.applies[name].add(ends is not None)
            if ends is not None:
                found.ends[name].append(ends)
            if ends is not None and is_scored:
                counted.append(ends)
        if counted:
            count = len(counted)
            found.overall.append(
                (
                    sum((low for low, _ in counted), Fraction()) / count,
                    sum((high for _, high in counted), Fraction()) / count,
                )
            )
    return found


def score(
    questionnaire: Any,
    settlement: Mapping[str, str | None],
    name: str,
) -> tuple[tuple[Fraction, Fraction] | None, bool]:
    """The ends of a misconception once all is settled (None where too little applies); if it is scored."""
    rules = questionnaire.rules
    earned, rated, unknown, own, own_open = Fraction(), 0, 0, 0, 0
    for question in questionnaire.questions:
        weight, choice = question.weights.get(name, 0), settlement[question.id]
        if not weight or choice in {"not-applicable", None}:
            continue
        if choice == "dont-know":
            unknown, own_open = unknown + weight, own_open + (question.main == name)
        else:
            earned += weight * question.values[question.levels[choice]]
            rated, own = rated + weight, own + (question.main == name)
    whole = rated + unknown
    if not whole or own + own_open < rules.min_rated:
        return None, False
    is_scored = bool(rated) and rated >= rules.min_coverage * whole and own >= rules.min_rated
    return (100 * earned / whole, 100 * (earned + unknown) / whole), is_scored


def possible(questionnaire: Any, sheets: Sequence[Any]) -> dict[str, list[str | None]]:
    """By question, all that may be settled; don't know stays where nobody knows, None is ruled out."""
    shops = {each.company.profile["shop"] for each in sheets if "shop" in each.company.profile}
    return {each.id: list(_possible(each, sheets, shops)) for each in questionnaire.questions}


def _possible(question: Any, sheets: Sequence[Any], shops: set[str]) -> Iterator[str | None]:
    gated = bool(question.applies_if)
    if gated and shops == {"no"}:
        yield None
        return
    given = []
    for sheet in sheets:
        choice = sheet.choice(question.id)
        if choice is not None and not (gated and sheet.company.profile.get("shop") == "no"):
            given.append((sheet.respondent.department in question.ask, choice))
    heard = [choice for asked, choice in given if asked] or [choice for _, choice in given]
    levels = [question.levels[choice] for choice in heard if choice in question.levels]
    excused = "not-applicable" in heard or (gated and len(shops) > 1)
    if set(heard) == {"not-applicable"}:
        yield "not-applicable"
        return
    if excused:
        yield "not-applicable"
    if levels:
        yield from (option.id for option in question.options[min(levels) : max(levels) + 1])
        return
    yield "dont-know"
    if excused:
        yield from question.levels
