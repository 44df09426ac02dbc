"""Plans are exact: golden examples, brute force and an integer programming solver say the same."""

from __future__ import annotations

import json
import math
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from conftest import Data, present, questionnaire_data
from hypothesis import given, settings
from hypothesis import strategies as st

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.questionnaire_rules import read_questionnaire
from smaudit.core.result import OVERALL, Obstacle, Plan, PlannedStep
from smaudit.core.scoring import assess
from smaudit.core.sheet import Sheet
from smaudit.core.sheet_rules import read_sheet
from smaudit.planning import Enough, plan, plan_for_budget, what_if
from smaudit.planning import solver as cheapest
from smaudit.planning.lagrange import good_multipliers


def question(
    name: str,
    levels: int,
    weights: Mapping[str, int],
    efforts: Mapping[int, int],
    values: Sequence[object] | None = None,
    *,
    owners: Mapping[int, str] | None = None,
    alarms: Iterable[int] = (),
) -> Data:
    """The data of a question; `efforts` and `owners` are by level, a level without effort has no step."""
    options: list[Data] = [{"id": f"l{level}", "text": "t"} for level in range(levels)]
    for level, effort in efforts.items():
        options[level]["step"] = {"text": "s", "effort": effort}
        if owners:
            options[level]["step"]["owner"] = owners[level]
    for option, value in zip(options, values or (), strict=False):
        option["value"] = value
    for level in alarms:
        options[level]["alarm"] = True
    return {"id": name, "text": name, "weights": weights, "options": options}


def read(
    questions: Sequence[Data],
    answers: Mapping[str, object],
    misconceptions: Iterable[str] = ("a", "b"),
    rules: Data | None = None,
) -> tuple[Questionnaire, Sheet]:
    """A questionnaire of these questions and a sheet of these answers."""
    questionnaire, problems = read_questionnaire(
        {
            "schema": "smaudit/questionnaire/1",
            "id": "test",
            "version": "1",
            "title": "t",
            "rules": rules or {"min_rated": 0, "min_coverage": 0},
            "departments": [{"id": name, "name": name} for name in ("sales", "support")],
            "misconceptions": [{"id": name, "title": name} for name in misconceptions],
            "questions": questions,
        }
    )
    assert problems == ()
    questionnaire = present(questionnaire)
    found = read_sheet({"schema": "smaudit/sheet/1", "answers": answers}, questionnaire)
    assert found.problems == ()
    return questionnaire, present(found.sheet)


G1_ANSWERS = {"q1": "l2", "q2": "l1", "q3": "not-applicable", "q4": "l3", "q5": "dont-know", "q6": "l2"}


def g1(answers: Mapping[str, object] | None = None) -> tuple[Questionnaire, Sheet]:
    """The first golden example of scoring.md, with the efforts of the eighth."""
    questions = [
        question("q1", 4, {"a": 3, "b": 1}, {2: 5}),
        question("q2", 5, {"a": 2}, {1: 2, 2: 3, 3: 5}),
        question("q3", 4, {"a": 1, "b": 2}, {}),
        question("q4", 5, {"b": 3}, {3: 3}),
        question("q5", 4, {"a": 1, "b": 2}, {}),
        question("q6", 4, {"a": 1, "b": 1}, {2: 3}, ["0", "1/4", "1/2", "1"]),
    ]
    return read(questions, answers or G1_ANSWERS, rules={"min_rated": 1})


def targets(**scores: int | str | Fraction) -> dict[str, Fraction]:
    """Targets as exact fractions."""
    return {name: Fraction(score) for name, score in scores.items()}


def moves(found: Plan) -> list[tuple[str, str, str]]:
    """The steps of a plan, in order, by question and levels."""
    return [(step.question, step.from_, step.to) for step in found.steps]


def ordered(sheet: Sheet, **orders: object) -> Sheet:
    """The sheet with own efforts, or with questions that are ruled out."""
    return sheet.model_copy(update=orders)


@dataclass(frozen=True)
class Case:
    """A generated questionnaire with a sheet and targets within or beyond reach."""

    questionnaire: Questionnaire
    sheet: Sheet
    targets: dict[str, Fraction]


def case(
    seed: int, size: int, misconceptions: int, efforts: Sequence[int] = (1, 2, 3, 5, 8), heaviest: int = 4
) -> Case:
    """A generated case: some answers missing, some steps missing, half the targets on a level exactly."""
    draw = random.Random(seed)  # noqa: S311 - repeatable, not secret
    names = "abcde"[:misconceptions]
    questions, answers = [], {}
    for number in range(size):
        levels = draw.randint(2, 5)
        weighed = draw.sample(names, draw.randint(1, min(3, misconceptions)))
        steps = {
            level: draw.choice(efforts) for level in range(levels - 1) if level == 0 or draw.random() < 0.95
        }
        owners = {level: draw.choice(["sales", "support"]) for level in steps}
        weights = {name: draw.randint(1, heaviest) for name in weighed}
        questions.append(question(f"q{number:02}", levels, weights, steps, owners=owners))
        known = f"l{int(draw.random() ** 2 * levels)}"
        answers[f"q{number:02}"] = draw.choices([known, "dont-know", "not-applicable"], weights=[18, 1, 1])[0]
    questions.append(question("last", 2, dict.fromkeys(names, 1), {0: 3}))
    questionnaire, sheet = read(questions, answers | {"last": "l0"}, names)
    aimed = draw.sample([*names, OVERALL], draw.randint(1, misconceptions))
    return Case(questionnaire, sheet, {name: Fraction(draw.choice([40, 50, 60, 70, 75])) for name in aimed})


def possible(case: Case) -> Iterator[tuple[dict[str, Fraction], int, dict[str, int]]]:
    """Every plan of a case by its own arithmetic: scores, effort and steps by question."""
    rated = {
        name: question
        for name, question in case.questionnaire.question.items()
        if case.sheet.choice(name) in question.levels
    }
    names = [
        name
        for name in case.questionnaire.misconception
        if any(question.weights.get(name) for question in rated.values())
    ]
    totals = {name: sum(question.weights.get(name, 0) for question in rated.values()) for name in names}
    ladders = {}
    for name, asked in rated.items():
        level, effort = asked.levels[present(case.sheet.choice(name))], 0
        ladders[name] = [(0, 0, asked.values[level])]
        while level + 1 < len(asked.options) and asked.options[level].step:
            effort += present(asked.options[level].step).effort
            level += 1
            ladders[name].append((len(ladders[name]), effort, asked.values[level]))
    for picked in product(*ladders.values()):
        scores = {
            name: 100
            * sum(
                asked.weights.get(name, 0) * value
                for asked, (_, _, value) in zip(rated.values(), picked, strict=True)
            )
            / Fraction(totals[name])
            for name in names
        }
        scores[OVERALL] = sum(scores.values(), Fraction()) / len(names)
        steps = {name: count for name, (count, _, _) in zip(rated, picked, strict=True) if count}
        yield scores, sum(effort for _, effort, _ in picked), steps


Rank = tuple[int, int, int, Fraction, tuple[str, ...]]


def rank(scores: Mapping[str, Fraction | None], effort: int, steps: Mapping[str, int]) -> Rank:
    """What makes a plan unique: effort, questions changed, steps, higher overall, ids."""
    ids = tuple(sorted(name for name, count in steps.items() for _ in range(count)))
    return effort, len(steps), sum(steps.values()), -present(scores[OVERALL]), ids


def rank_of(found: Plan) -> Rank:
    """The rank of a plan that was computed."""
    return rank(found.after, found.effort, {step.question: len(step.way) for step in found.steps})


def raised(sheet: Sheet, steps: tuple[PlannedStep, ...]) -> Sheet:
    """The sheet after these steps."""
    choices = {step.question: step.to for step in steps}
    answers = {name: answer.choice for name, answer in sheet.answers.items()} | choices
    return Sheet.model_validate({"schema": "smaudit/sheet/1", "answers": answers})


@pytest.mark.parametrize(
    ("aimed", "effort"),
    [
        (targets(a=75, b=75), 7),
        (targets(b=75), 3),
        (targets(a=80, b=90), 13),
        (targets(a=100, b=100), 21),
    ],
)
def test_golden_efforts(aimed: dict[str, Fraction], effort: int) -> None:
    """The efforts of the golden example G9 come out exactly, and are proven."""
    found = plan(*g1(), aimed)
    assert ("reached", effort, effort, True) == (found.status, found.effort, found.bound, found.optimal)


def test_golden_steps() -> None:
    """A ≥ 75 and B ≥ 75 take Q1 to level 3 and Q2 to level 2, and both land on 75 exactly."""
    found = plan(*g1(), targets(a=75, b=75))
    assert [("q1", "l2", "l3"), ("q2", "l1", "l2")] == moves(found)
    assert targets(overall=75, a=75, b=75) == found.after


def test_a_target_that_is_reached_needs_nothing() -> None:
    """A score of exactly the target counts as reached, without steps."""
    found = plan(*g1(), targets(a=50))
    assert ("already-reached", 0, 0, ()) == (found.status, found.effort, found.bound, found.steps)
    assert found.before == found.after


def test_no_targets_are_reached() -> None:
    """A plan for no targets at all is reached already."""
    assert plan(*g1(), {}).status == "already-reached"


def test_beyond_the_last_step() -> None:
    """Where a step is missing, the plan says the most within reach and every question in the way."""
    questions = [
        question("q1", 3, {"a": 1}, {0: 1}),
        question("q2", 2, {"a": 1}, {0: 1}),
        question("q3", 2, {"a": 1, "b": 1}, {0: 1}),
        question("q4", 2, {"a": 1}, {0: 1}),
        question("q5", 2, {"b": 1}, {0: 1}),
    ]
    answers = {"q1": "l0", "q2": "l0", "q3": "dont-know", "q4": "not-applicable", "q5": "l1"}
    questionnaire, sheet = read(questions, answers)
    found = plan(questionnaire, ordered(sheet, ruled_out=("q2",)), targets(a=80))
    assert ("unreachable", 0, ()) == (found.status, found.effort, found.steps)
    assert targets(a=25) == found.most
    expected = (
        Obstacle("q1", "no-step"),
        Obstacle("q2", "left-out"),
        Obstacle("q3", "dont-know"),
        Obstacle("q4", "not-applicable"),
    )
    assert expected == found.stands_in_the_way


def test_a_misconception_without_a_score_is_unreachable() -> None:
    """Where too little is answered, no step helps: the unanswered questions stand in the way."""
    questionnaire, sheet = g1({"q2": "l1", "q4": "l3"})
    found = plan(questionnaire, sheet, targets(b=10, a=10))
    expected = [("q1", "unanswered"), ("q3", "unanswered"), ("q5", "unanswered")]
    assert "unreachable" == found.status
    assert {"a": None, "b": None} == found.most
    assert expected == [(each.question, each.status) for each in found.stands_in_the_way][:3]
    assert "unreachable" == plan_for_budget(questionnaire, sheet, 5, "b").status


@pytest.mark.parametrize("seed", range(100))
def test_every_plan_is_the_first_of_all_possible_ones(seed: int) -> None:
    """Effort, questions changed, steps, overall and ids decide, as brute force finds."""
    small = case(seed, 4, 2 + seed % 2, efforts=(1, 2), heaviest=2)
    reaching = [
        rank(scores, effort, steps)
        for scores, effort, steps in possible(small)
        if all(name in scores and scores[name] >= score for name, score in small.targets.items())
    ]
    found = plan(small.questionnaire, small.sheet, small.targets)
    if reaching:
        assert min(reaching) == rank_of(found)
    else:
        assert "unreachable" == found.status


@pytest.mark.parametrize("seed", range(60))
def test_every_budget_buys_the_most(seed: int) -> None:
    """No possible plan within the budget scores higher, and none as high comes first."""
    small = case(seed, 4, 2, efforts=(1, 2, 3), heaviest=3)
    target = ("a", OVERALL)[seed % 2]
    budget = seed % 9
    _, best = min(
        (-scores[target], rank(scores, effort, steps))
        for scores, effort, steps in possible(small)
        if effort <= budget
    )
    found = plan_for_budget(small.questionnaire, small.sheet, budget, target)
    assert best == rank_of(found)
    assert found.optimal
    assert found.after[target] == found.ceiling == found.targets[target]


def least_effort(case: Case) -> int | None:
    """The least effort by scipy's integer programming, None where there is no plan."""
    optimize = pytest.importorskip("scipy.optimize")
    numpy = pytest.importorskip("numpy")
    before = assess(case.questionnaire, case.sheet)
    scored = [each for each in before.misconceptions if each.score is not None]
    totals = {each.id: sum(q.weight for q in each.questions if q.status == "rated") for each in scored}
    costs, gains, groups = [], [], []
    for name, asked in case.questionnaire.question.items():
        if case.sheet.choice(name) not in asked.levels:
            continue
        first = asked.levels[present(case.sheet.choice(name))]
        effort, options = 0, []
        for level in range(first, len(asked.options) - 1):
            if asked.options[level].step is None:
                break
            effort += present(asked.options[level].step).effort
            rise = asked.values[level + 1] - asked.values[first]
            gain = {each: 100 * asked.weights.get(each, 0) * rise / totals[each] for each in totals}
            gain[OVERALL] = sum(gain.values(), Fraction()) / len(totals)
            costs.append(effort)
            gains.append(gain)
            options.append(len(costs) - 1)
        groups.append(options)
    rows, needs = [], []
    scores = {each.id: each.score for each in scored} | {OVERALL: before.overall.score}
    for name, target in case.targets.items():
        if name not in scores:
            return None
        rows.append([float(gain[name]) for gain in gains])
        needs.append(float(target - present(scores[name])) - 1e-9)
    one_of = numpy.zeros((len(groups), len(costs)))
    for row, options in enumerate(groups):
        one_of[row, options] = 1
    found = optimize.milp(
        costs,
        integrality=numpy.ones(len(costs)),
        bounds=optimize.Bounds(0, 1),
        constraints=[
            optimize.LinearConstraint(numpy.array(rows), lb=needs),
            optimize.LinearConstraint(one_of, ub=1),
        ],
    )
    return round(found.fun) if found.success else None


@pytest.mark.parametrize("block", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 10))])
def test_integer_programming_finds_nothing_cheaper(block: int) -> None:
    """On 200 generated questionnaires the effort is that of `scipy.optimize.milp`."""
    for seed in range(20 * block, 20 * block + 20):
        large = case(1000 + seed, 12 + seed % 15, 2 + seed % 4, heaviest=9)
        found = plan(large.questionnaire, large.sheet, large.targets)
        expected = least_effort(large)
        assert expected == (None if found.status == "unreachable" else found.effort), seed
        assert found.optimal


def test_past_the_node_cap() -> None:
    """The best plan found reaches the targets, and its bound is below what the best of all plans costs."""
    proven = []
    for seed in range(30):
        large = case(seed, 25, 4, heaviest=9)
        exact = plan(large.questionnaire, large.sheet, large.targets)
        capped = plan(large.questionnaire, large.sheet, large.targets, node_cap=3)
        if exact.status == "reached":
            assert present(capped.bound) <= exact.effort <= capped.effort
            assert all(present(capped.after[name]) >= score for name, score in large.targets.items())
            proven.append(capped.optimal)
    assert {True, False} == set(proven)


def test_a_budget_past_the_node_cap() -> None:
    """The score reached, the best there is and the ceiling come in this order."""
    for seed in range(10):
        large = case(seed, 25, 4, heaviest=9)
        exact = plan_for_budget(large.questionnaire, large.sheet, 17)
        capped = plan_for_budget(large.questionnaire, large.sheet, 17, node_cap=3)
        best = present(exact.after[OVERALL])
        assert present(capped.after[OVERALL]) <= best <= present(capped.ceiling)
        assert capped.effort <= 17


@pytest.mark.parametrize("call", range(1, 5))
def test_interrupted(monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    """A search that is told that it is enough gives the best plan so far with what is proven of it."""
    large = case(3, 25, 4, heaviest=9)
    exact = plan(large.questionnaire, large.sheet, large.targets)
    calls: list[object] = []

    def interrupted(*arguments: Any) -> list[int]:
        calls.append(arguments)
        if len(calls) == call:
            raise Enough
        return good_multipliers(*arguments)

    monkeypatch.setattr(cheapest, "good_multipliers", interrupted)
    found = plan(large.questionnaire, large.sheet, large.targets)
    assert call == len(calls)
    assert present(found.bound) <= exact.effort <= found.effort
    assert found.optimal == (call > 1)
    assert all(present(found.after[name]) >= score for name, score in large.targets.items())


def test_an_interrupt_is_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in a program that plans stops that program; no plan is handed out as if it were the best."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cheapest, "good_multipliers", interrupted)
    large = case(3, 25, 4, heaviest=9)
    with pytest.raises(KeyboardInterrupt):
        plan(large.questionnaire, large.sheet, large.targets)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 100), st.integers(0, 100))
def test_a_higher_target_never_costs_less(seed: int, low: int, high: int) -> None:
    """Raising a target raises the effort or leaves it; what is unreachable stays so."""
    large = case(seed, 10, 3)
    low, high = sorted((low, high))
    easier = plan(large.questionnaire, large.sheet, targets(overall=low))
    harder = plan(large.questionnaire, large.sheet, targets(overall=high))
    assert harder.status == "unreachable" or easier.effort <= harder.effort
    assert easier.status != "unreachable" or harder.status == "unreachable"


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_the_effort_of_a_plan_buys_its_target(seed: int) -> None:
    """A budget of exactly the cheapest effort reaches the target, and one less does not."""
    large = case(seed, 10, 3)
    found = plan(large.questionnaire, large.sheet, targets(overall=60))
    if found.status == "reached":
        enough = plan_for_budget(large.questionnaire, large.sheet, found.effort)
        short = plan_for_budget(large.questionnaire, large.sheet, found.effort - 1)
        assert present(short.after[OVERALL]) < 60 <= present(enough.after[OVERALL])


@pytest.mark.parametrize("seed", range(30))
def test_the_plan_scores_like_the_report(seed: int) -> None:
    """The scores after the plan, and after its last step, are those of the raised sheet's assessment."""
    large = case(seed, 20, 4)
    found = plan_for_budget(large.questionnaire, large.sheet, 30)
    after = assess(large.questionnaire, raised(large.sheet, found.steps))
    expected = {OVERALL: after.overall.score} | {each.id: each.score for each in after.misconceptions}
    assert expected == found.after
    assert {name: score for name, score in expected.items() if score is not None} == found.steps[-1].running


@pytest.mark.parametrize("seed", range(30))
def test_the_report_and_the_plan_never_disagree(seed: int) -> None:
    """Who takes one step of a question takes the report's, with its gains and effort, in its order."""
    large = case(seed, 20, 4)
    report = assess(large.questionnaire, large.sheet).next_steps
    reported = {step.question: step for step in report}
    steps = plan_for_budget(large.questionnaire, large.sheet, 40).steps
    assert steps
    for step in steps:
        first = reported[step.question]
        assert (first.from_, first.owner) == (step.from_, step.owner)
        if len(step.way) == 1:
            assert (first.to, first.effort, first.gain, first.gains) == (
                step.to,
                step.effort,
                step.gain,
                step.gains,
            )


@pytest.mark.parametrize("seed", range(30))
def test_an_entry_has_what_its_steps_have_together(seed: int) -> None:
    """The way of an entry leads from option to option as the reports of the raised sheets have it."""
    large = case(seed, 20, 4)
    for step in plan_for_budget(large.questionnaire, large.sheet, 60).steps:
        sheet, effort, gain = large.sheet, 0, Fraction()
        for option in step.way:
            report = assess(large.questionnaire, sheet).next_steps
            found = next(each for each in report if each.question == step.question)
            assert option == found.from_
            effort, gain = effort + found.effort, gain + found.gain
            sheet = sheet.with_choices({step.question: found.to})
        assert (step.to, step.effort, step.gain) == (sheet.choice(step.question), effort, gain)


def test_own_efforts() -> None:
    """The sheet's own effort replaces that of every step of the question, and the plan changes with it."""
    questionnaire, sheet = g1()
    found = plan(questionnaire, ordered(sheet, efforts={"q6": 9}), targets(b=75))
    assert [("q4", "l3", "l4")] == moves(found)
    found = plan(questionnaire, ordered(sheet, efforts={"q2": 1}), targets(a=100, b=100))
    assert (14, [3]) == (found.effort, [step.effort for step in found.steps if step.question == "q2"])


def test_ruled_out_steps() -> None:
    """The plan works around the questions that stay as they are."""
    questionnaire, sheet = g1()
    found = plan(questionnaire, ordered(sheet, ruled_out=("q6",)), targets(b=75))
    assert [("q4", "l3", "l4")] == moves(found)


def test_the_report_knows_own_efforts_and_what_is_ruled_out() -> None:
    """The next steps of the report have the sheet's own efforts, and none that it rules out."""
    questionnaire, sheet = g1()
    report = assess(questionnaire, ordered(sheet, efforts={"q6": 9}, ruled_out=("q4",)))
    assert [("q1", 5), ("q2", 2), ("q6", 9)] == [(step.question, step.effort) for step in report.next_steps]


def test_what_is_not_known_is_refused() -> None:
    """Unknown names and negative budgets are the caller's mistakes."""
    questionnaire, sheet = g1()
    for wrong in (
        lambda: plan(questionnaire, sheet, targets(z=50)),
        lambda: plan_for_budget(questionnaire, sheet, 5, "z"),
        lambda: what_if(questionnaire, sheet, {"z": "l1"}),
        lambda: what_if(questionnaire, sheet, {"q1": "z"}),
    ):
        with pytest.raises(KeyError):
            wrong()
    with pytest.raises(ValueError, match="-1"):
        plan_for_budget(questionnaire, sheet, -1)


def test_a_budget_leaves_alarms_first() -> None:
    """The ways out of alarms come first, the heaviest first, as far as the budget goes; then the most."""
    questions = [
        question("q1", 3, {"a": 5}, {0: 2, 1: 2}),
        question("q2", 2, {"b": 2}, {0: 8}, alarms=[0]),
        question("q3", 2, {"b": 1}, {0: 3}, alarms=[0]),
    ]
    sheet = read(questions, dict.fromkeys(("q1", "q2", "q3"), "l0"))
    bought = {
        budget: [step.question for step in plan_for_budget(*sheet, budget, "a").steps]
        for budget in (2, 4, 8, 10, 15)
    }

    assert {2: ["q1"], 4: ["q3"], 8: ["q2"], 10: ["q2", "q1"], 15: ["q2", "q3", "q1"]} == bought


def test_a_budget_of_nothing() -> None:
    """Without effort, nothing changes."""
    found = plan_for_budget(*g1(), 0)
    assert ("reached", 0, (), True) == (found.status, found.effort, found.steps, found.optimal)


def test_what_if() -> None:
    """What-if gives the report's own assessments, before and after: here the scores of example G7."""
    tried = what_if(*g1(), {"q2": "l2", "q5": "l1"})
    before, after = tried.before, tried.after
    assert (Fraction(50), Fraction(1150, 21)) == (
        before.misconception("a").score,
        after.misconception("a").score,
    )
    assert (Fraction(205, 3), Fraction(175, 3)) == (
        before.misconception("b").score,
        after.misconception("b").score,
    )


def test_what_if_nobody_knew() -> None:
    """An answer may become a don't-know."""
    after = what_if(*g1(), {"q6": "dont-know"}).after
    assert "dont-know" == next(q.status for q in after.misconception("a").questions if q.id == "q6")


def test_a_large_questionnaire_of_equal_questions() -> None:
    """Where very many plans tie, the first ids win, without trying all of them."""
    questions = [question(f"q{number:02}", 4, {"a": 1}, dict.fromkeys(range(3), 2)) for number in range(40)]
    sheet = read(questions, {f"q{number:02}": "l0" for number in range(40)}, ["a"])
    found = plan(*sheet, targets(a=50))
    assert (120, {f"q{number:02}" for number in range(20)}) == (
        found.effort,
        {step.question for step in found.steps},
    )
    assert found.optimal


def _primes(count: int) -> list[int]:
    """So many primes of nine digits: denominators that have nothing in common."""
    found: list[int] = []
    number = 999_999_937
    while len(found) < count:
        if all(number % factor for factor in range(3, math.isqrt(number) + 1, 2)):
            found.append(number)
        number -= 2
    return found


@pytest.mark.slow
def test_the_memory_of_a_plan_is_bounded_whatever_the_values(tmp_path: Path) -> None:
    """Values of unlike denominators for fifty misconceptions make numbers wide, and no plan takes 200 MB."""
    dice = random.Random(1)  # noqa: S311 - cases, no secrets
    names = [f"m{number}" for number in range(50)]
    questions = []
    for number, prime in enumerate(_primes(150)):
        weights = {name: dice.randint(1, 9) for name in names if dice.random() < 0.2}
        asked = question(
            f"q{number}",
            3,
            {**weights, names[number % 50]: 5},
            {0: dice.choice([1, 2, 3, 5, 8]), 1: dice.choice([1, 2, 3, 5, 8])},
            ["0", f"{dice.randrange(prime)}/{prime}", "1"],
        )
        questions.append(asked)
    (tmp_path / "q.json").write_text(json.dumps(questionnaire_data(questions, names)))
    answers = {each["id"]: dice.choice(["l0", "l0", "l1"]) for each in questions}
    (tmp_path / "s.json").write_text(json.dumps(answers))

    code = (
        "from smaudit import load_questionnaire, load_sheet; from smaudit.planning import roadmap\n"
        "asked = load_questionnaire('q.json'); roadmap(asked, load_sheet('s.json', asked))\n"
        # Of this program alone: `getrusage` also counts what it was before it was this program.
        "status = dict(line.split(':') for line in open('/proc/self/status') if ':' in line)\n"
        "print(int(status['VmHWM'].split()[0]) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True)

    assert int(done.stdout) < 200


def test_values_of_any_width_are_planned_with() -> None:
    """Numbers that no float holds, in what is lacking or left, stop no search."""
    hair = Fraction(1, 10**400)

    assert {6, 10} == {plan(*g1(), {"a": 75 + hair}).effort, plan(*g1(), {"a": 50 + hair, "b": 90}).effort}
