"""Questionnaires and sheets of every shape, the same for the same seed: what the score is compared on."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from random import Random

from conftest import Data

DEPARTMENTS = ("sales", "service", "board")
SIZES = ("one", "few", "many")


def case(seed: int) -> tuple[Data, Data]:
    """The data of a questionnaire file, and of a sheet for it."""
    draw = random.Random(seed)  # noqa: S311 - repeatable, not secret
    names = [f"m{number}" for number in range(draw.choice([1, 2, 2, 3, 5]))]
    questions = [_question(draw, number, names) for number in range(draw.randint(1, 14))]
    for name in names:
        if not any(question["weights"].get(name) for question in questions):
            draw.choice(questions)["weights"][name] = draw.randint(1, 9)
    asked: Data = {
        "schema": "smaudit/questionnaire/1",
        "id": "made-up",
        "version": "1",
        "title": "Made up",
        "misconceptions": [{"id": name, "title": name} for name in names],
        "departments": [{"id": name, "name": name} for name in DEPARTMENTS],
        "profile": [
            {"id": "size", "text": "?", "options": [{"id": name, "text": name} for name in SIZES]},
            {"id": "shop", "text": "?", "options": [{"id": "yes", "text": "y"}, {"id": "no", "text": "n"}]},
        ],
        "questions": questions,
        "contradictions": [_contradiction(draw, number, questions) for number in range(draw.randint(0, 4))],
    }
    if draw.random() < 0.7:
        asked["rules"] = {
            "min_rated": draw.choice([0, 0, 1, 2, 3]),
            "min_coverage": draw.choice(["0", "1/3", "1/2", "1"]),
            "max_not_applicable": draw.choice(["0", "1/4", "1/3", "1"]),
        }
    return asked, _sheet(draw, names, questions)


def _question(draw: Random, number: int, names: Sequence[str]) -> Data:
    levels = draw.randint(2, 6)
    options: list[Data] = [{"id": f"l{level}", "text": f"level {level}"} for level in range(levels)]
    if draw.random() < 0.5:
        values = sorted(min(1, Fraction(draw.randint(0, 60), draw.choice([60, 61, 64]))) for _ in options)
        for option, value in zip(options, values, strict=True):
            option["value"] = str(value)
    for option in options:
        if draw.random() < 0.85:
            option["step"] = {"text": "do it", "effort": draw.choice([1, 2, 3, 5, 8])}
            if draw.random() < 0.3:
                option["step"]["owner"] = draw.choice(DEPARTMENTS)
        if draw.random() < 0.08:
            option["alarm"] = True
    main = draw.choice(names)
    weights = {name: draw.randint(0, 3) for name in names if draw.random() < 0.4}
    question: Data = {
        "id": f"q{number:02}",
        "text": "?",
        "weights": {**weights, main: draw.randint(1, 12)},
        "depth": draw.choice(["quick", "quick", "full"]),
        "ask": draw.sample(DEPARTMENTS, draw.randint(0, 2)),
        "options": options,
    }
    if draw.random() < 0.3:
        question["applies_if"] = {"size": draw.sample(SIZES, draw.randint(1, 2))}
        if draw.random() < 0.3:
            question["applies_if"]["shop"] = ["yes"]
    return question


def _contradiction(draw: Random, number: int, questions: Sequence[Data]) -> Data:
    condition: dict[str, list[str]] = {}
    for question in draw.sample(questions, min(len(questions), draw.randint(1, 2))):
        choices = [option["id"] for option in question["options"]] + ["dont-know", "not-applicable"]
        condition[question["id"]] = draw.sample(choices, draw.randint(1, len(choices)))
    if draw.random() < 0.3:
        condition["size"] = draw.sample(SIZES, 2)
    if draw.random() < 0.2:
        condition["department"] = draw.sample(DEPARTMENTS, 2)
    return {"id": f"c{number}", "text": "?", "if": condition}


def _sheet(draw: Random, names: Sequence[str], questions: Sequence[Data]) -> Data:
    answers: Data = {}
    known = draw.choice([0.95, 0.8, 0.5, 0.1])
    favourite = draw.choice([None, 0, -1])
    for question in questions:
        if draw.random() < known:
            options = question["options"]
            option = (
                options[favourite] if favourite is not None and draw.random() < 0.7 else draw.choice(options)
            )
            choice = option["id"]
        else:
            choice = draw.choice(["dont-know", "not-applicable", "not-applicable", None])
        added = {part: draw.choice(["seen", "  "]) for part in ("note", "evidence") if draw.random() < 0.2}
        if choice is not None or added or draw.random() < 0.2:
            answers[question["id"]] = {"choice": choice, **added} if added else choice
    ids = [question["id"] for question in questions]
    sheet: Data = {
        "schema": "smaudit/sheet/1",
        "company": {
            "profile": {
                name: draw.choice(options)
                for name, options in (("size", SIZES), ("shop", ("yes", "no")))
                if draw.random() < 0.6
            }
        },
        "beliefs": {name: draw.choice([1, 2, 3, 4, 5, "dont-know"]) for name in names if draw.random() < 0.8},
        "answers": answers,
        "efforts": {name: draw.randint(1, 9) for name in draw.sample(ids, len(ids) // 4)},
        "ruled_out": draw.sample(ids, len(ids) // 6),
    }
    if draw.random() < 0.6:
        sheet["depth"] = draw.choice(["quick", "full"])
    if draw.random() < 0.6:
        sheet["respondent"] = {"department": draw.choice(DEPARTMENTS)}
    return sheet
