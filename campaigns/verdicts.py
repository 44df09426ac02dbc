"""P7: never a pass that cannot be computed, and the number shown agrees with the verdict."""

from __future__ import annotations

import io
import math
import random
import re
from contextlib import redirect_stderr
from fractions import Fraction
from typing import Any

from campaigns.plan import Count, Plan
from smaudit.commands.options import scores
from smaudit.commands.report import misses, tell_misses
from smaudit.commands.run import Run
from smaudit.core.questionnaire import DONT_KNOW, NOT_APPLICABLE, Questionnaire
from smaudit.core.questionnaire_rules import read_questionnaire
from smaudit.core.scoring import assess
from smaudit.core.sheet import Sheet
from smaudit.core.sheet_rules import read_sheet
from smaudit.core.subject import Subject
from smaudit.report.data.json import dumped

ODD = (
    float("nan"),
    float("inf"),
    -float("inf"),
    -1,
    0,
    1e308,
    10**400,
    1.5,
    True,
    "3",
    None,
    10**6,
    10**6 + 1,
    5e-324,
)
ODD_SHARES = (
    *ODD,
    "nan",
    "inf",
    "1/0",
    "0/1",
    "1e3",
    "0.999999999",
    "1/999999999",
    "2/1",
    "-0.5",
    "0.1",
    "1/3",
    1,
)


def passes(plan: Plan) -> Count:
    """Questionnaires and sheets made by chance, a tenth of them with odd numbers, each held against a gate."""
    count = Count()
    for number in plan.numbers(50_000, 200):
        dice = plan.dice(number)
        data, answers = _questionnaire(dice), {}
        for question in data["questions"]:
            choice = dice.choice(
                [*(option["id"] for option in question["options"]), DONT_KNOW, NOT_APPLICABLE]
            )
            answers[question["id"]] = choice
        least = dice.choice(
            ["0", "100", str(dice.randint(0, 100)), f"{dice.random() * 100:.{dice.randint(1, 6)}f}"]
        )
        count.case(_wrong(data, answers, least))
        count.control(failed=_plainly_wrong(data, answers, float(least)))
    return count


def _questionnaire(dice: random.Random) -> dict[str, Any]:
    names = ["a", "b", "c"][: dice.randint(1, 3)]
    odd = dice.random() < 0.1

    def weight() -> object:
        return dice.choice(ODD) if odd and dice.random() < 0.3 else dice.choice((0, 1, 2, 3, 7, 12, 999_983))

    questions = []
    for number in range(dice.randint(1, 7)):
        levels = dice.randint(2, 6)
        options: list[dict[str, object]] = [{"id": f"l{level}", "text": "x"} for level in range(levels)]
        if dice.random() < 0.3:
            values = sorted(dice.randint(0, 1000) for _ in options)
            for option, value in zip(options, values, strict=True):
                option["value"] = dice.choice(ODD_SHARES) if odd and dice.random() < 0.3 else f"{value}/1000"
        questions.append(
            {
                "id": f"q{number}",
                "text": "x",
                "weights": {name: weight() for name in names},
                "options": options,
            }
        )
    rules: dict[str, object] = {"min_rated": dice.choice((0, 1, 2))}
    if odd:
        rules |= {"min_coverage": dice.choice(ODD_SHARES), "max_not_applicable": dice.choice(ODD_SHARES)}
    return {
        "schema": "smaudit/questionnaire/1", "id": "odd", "version": "1", "title": "x", "rules": rules,
        "misconceptions": [{"id": name, "title": name} for name in names], "questions": questions,
    }  # fmt: skip


def _wrong(data: dict[str, Any], answers: dict[str, str], least: str) -> str | None:
    asked, problems = read_questionnaire(data)
    if problems or asked is None:
        return None
    found = read_sheet({"schema": "smaudit/sheet/1", "answers": answers}, asked)
    if found.sheet is None or found.problems:
        return f"sheet refused: {found.problems}"
    subject = Subject(asked, found.sheet, assess(asked, found.sheet))
    if re.search(r"NaN|Infinity", dumped(subject.assessment)):
        return "no number in the JSON"
    for name in ("overall", *asked.misconception):
        score = (
            subject.assessment.overall if name == "overall" else subject.assessment.misconception(name)
        ).score
        told = io.StringIO()
        missed = tuple(misses(subject, scores("--fail-under", [f"{name}={least}"]), None))
        with redirect_stderr(told):
            tell_misses(missed, subject, "sheet.json", Run(lang="en"))
        below = bool(missed)
        if wrong := _disagrees(name, score, Fraction(least), told.getvalue(), below=below):
            return wrong
        if (
            name != "overall"
            and score is not None
            and not _close(float(score), _plain_score(asked, found.sheet, name))
        ):
            return f"{name}: {float(score)}, computed otherwise {_plain_score(asked, found.sheet, name)}"
    return None


def _disagrees(name: str, score: Fraction | None, least: Fraction, told: str, *, below: bool) -> str | None:
    if not below:
        sound = isinstance(score, Fraction) and 0 <= score <= 100 and score >= least
        return None if sound else f"{name}: passed {least} with {score}"
    if score is None:
        return None
    printed = re.search(r": ([\d.]+) is", told)
    if score >= least or not printed or Fraction(printed[1]) >= least:
        return f"{name}: {score} is told as {told!r} for {least}"
    return None


def _plain_score(asked: Questionnaire, sheet: Sheet, name: str) -> float:
    """The score of a misconception in floating-point numbers, by its definition."""
    rated = [
        (each, choice)
        for each in asked.questions
        if (choice := sheet.choice(each.id)) in each.levels and choice
    ]
    weight = sum(each.weights.get(name, 0) for each, _ in rated)
    won = sum(each.weights.get(name, 0) * float(each.values[each.levels[choice]]) for each, choice in rated)
    return 100 * won / weight if weight else math.nan


def _close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def _plainly_wrong(data: dict[str, Any], answers: dict[str, str], least: float) -> bool:
    """Whether plain code lets pass what has no score, shows another verdict than its number, or breaks."""
    won = weight = 0.0
    try:
        for question in data["questions"]:
            weighs = question["weights"]["a"]
            levels = [option["id"] for option in question["options"]]
            if answers[question["id"]] in levels:
                level = levels.index(answers[question["id"]])
                weight += weighs
                won += weighs * float(
                    Fraction(question["options"][level].get("value", Fraction(level, len(levels) - 1)))
                )
        score = 100 * won / weight
        passed = not score < least
        return passed != (0 <= score <= 100 and score >= least) or passed != (round(score) >= least)
    except Exception:  # noqa: BLE001 - breaking counts
        return True


PARTS = {"passes": passes}
