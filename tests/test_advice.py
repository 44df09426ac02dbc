"""What the built-in questionnaire advises, over many random companies: alarms first, no step for all."""

from __future__ import annotations

import random
import runpy
from collections import Counter
from functools import cache
from typing import NamedTuple

import pytest
from conftest import ROOT, sheet_from

from smaudit.core.questionnaire import Depth, Questionnaire
from smaudit.core.result import Assessment, Plan
from smaudit.core.scoring import assess
from smaudit.files.load import load_questionnaire
from smaudit.planning import roadmap

COMPANIES = 400
pytestmark = pytest.mark.slow


class Company(NamedTuple):
    """A random company: what is computed from its answers."""

    assessment: Assessment
    plan: Plan


@cache
def companies(depth: Depth) -> list[Company]:
    """Companies that answer at random, some better and some worse, one answer in twenty unknown."""
    asked, draw = load_questionnaire(), random.Random(2026)  # noqa: S311 - repeatable, not secret
    found = []
    for _ in range(COMPANIES):
        profile = {fact.id: draw.choice(fact.names) for fact in asked.profile}
        lean = draw.choice((0.6, 1.0, 1.6))
        answers = {}
        for question in asked.at(depth):
            if question.applies_to(profile):
                level = min(int(draw.random() ** lean * len(question.options)), len(question.options) - 1)
                known = question.options[level].id
                answers[question.id] = "dont-know" if draw.random() < 0.05 else known
        found.append(_company(asked, depth, profile, answers))
    return found


def _company(asked: Questionnaire, depth: Depth, profile: dict[str, str], answers: dict[str, str]) -> Company:
    sheet = sheet_from(
        {
            "schema": "smaudit/sheet/1",
            "depth": depth,
            "date": "2026-11-26",
            "company": {"profile": profile},
            "answers": answers,
        },
        asked,
    )
    assessment = assess(asked, sheet)
    return Company(assessment, roadmap(asked, sheet, assessment))


DEPTHS: tuple[Depth, ...] = ("quick", "full")
both = pytest.mark.parametrize("depth", DEPTHS)


@both
def test_the_way_out_of_every_alarm_is_first(depth: Depth) -> None:
    """In every company with an alarm the first steps leave it, before anything else."""
    alarmed = [each for each in companies(depth) if each.assessment.alarms]

    assert len(alarmed) > COMPANIES // 4
    for each in alarmed:
        first = each.plan.steps[: len(each.assessment.alarms)]
        assert {alarm.question for alarm in each.assessment.alarms} == {step.question for step in first}


@both
def test_no_question_takes_more_than_a_fifth_of_the_first_three_places(depth: Depth) -> None:
    """Companies that differ are advised differently."""
    places = Counter(step.question for each in companies(depth) for step in each.plan.steps[:3])

    (_, most), *_ = places.most_common(1)
    assert most <= places.total() / 5


def test_every_question_can_come_first_for_somebody() -> None:
    """Whoever has the best answer everywhere and the lowest to one question begins with that question."""
    asked = load_questionnaire()
    firsts = {}
    for question in asked.questions:
        profile = {fact: options[0] for fact, options in question.applies_if.items()}
        answers = {each.id: each.options[-1].id for each in asked.questions if each.applies_to(profile)} | {
            question.id: question.options[0].id
        }
        firsts[question.id] = _company(asked, "full", profile, answers).plan.steps[0].question

    assert {name: name for name in firsts} == firsts


@both
def test_what_steers_or_is_open_is_served_early(depth: Depth) -> None:
    """In 98 of 100 companies each misconception that steers or is open is served by the first seven."""
    served = []
    for each in companies(depth):
        heavy = {score.id for score in each.assessment.misconceptions if score.side in {"steers", "open"}}
        first = {name for step in each.plan.steps[:7] for name, gain in step.gains.items() if gain}
        served.append(heavy <= first)

    assert sum(served) >= 0.98 * COMPANIES


@both
@pytest.mark.parametrize("size", ["just-me", "2-to-9", "10-to-49", "50-to-249", "250-plus"])
def test_who_has_all_the_lowest_answers_gets_a_step_for_all_five(depth: Depth, size: str) -> None:
    """The first seven of the roadmap name all five misconceptions."""
    asked = load_questionnaire()
    profile = {"headcount": size}
    answers = {each.id: each.options[0].id for each in asked.at(depth) if each.applies_to(profile)}
    plan = _company(asked, depth, profile, answers).plan

    first = {name for step in plan.steps[:7] for name, gain in step.gains.items() if gain}
    assert set(asked.misconception) == first


@pytest.mark.parametrize(("depth", "most"), [("quick", 0.02), ("full", 0.01)])
def test_a_slip_hardly_ever_turns_the_finding_round(depth: Depth, most: float) -> None:
    """One answer in five off by one option: steering is called free, or the reverse, in so few cases."""
    shares = runpy.run_path(str(ROOT / "benchmarks" / "slips.py"))["shares"]

    assert shares(depth, 500, 1)["turned"] <= most


@both
def test_hours_stay_within_what_a_company_can_do(depth: Depth) -> None:
    """Half of all roadmaps take at most 120 hours, and none has a faulty option as an aim."""
    asked = load_questionnaire()
    efforts = sorted(each.plan.effort for each in companies(depth))
    aims = {(step.question, step.to) for each in companies(depth) for step in each.plan.steps}

    assert efforts[COMPANIES // 2] <= 120
    assert [] == [
        aim for aim in aims if asked.question[aim[0]].options[asked.question[aim[0]].levels[aim[1]]].fault
    ]
