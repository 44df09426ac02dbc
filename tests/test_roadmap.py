"""The roadmap keeps every rule of advice, on random questionnaires and sheets and one by one."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import pytest
from conftest import Data, present, question, questionnaire_data, questionnaire_from, sheet_from

from smaudit.core.insight import whole
from smaudit.core.questionnaire import Questionnaire, fits
from smaudit.core.result import OVERALL, Assessment, Plan
from smaudit.core.scoring import assess
from smaudit.core.sheet import Sheet
from smaudit.planning import roadmap

F = Fraction
HOURS = (1, 2, 4, 8, 16, 24, 40)
DEPARTMENTS = [
    {"id": "management", "name": "Management"},
    {"id": "sales", "name": "Sales", "applies_if": {"size": ["middle", "large"]}},
    {"id": "legal", "name": "Legal", "applies_if": {"size": ["large"]}},
]
SIZES = ("alone", "small", "middle", "large")


class Case(NamedTuple):
    """A questionnaire with faults and a sheet, with what is computed from them."""

    questionnaire: Questionnaire
    sheet: Sheet
    assessment: Assessment
    plan: Plan


@cache
def case(seed: int) -> Case:
    """A generated questionnaire with faults, alarms, owners and hours, and a sheet of some company."""
    draw = random.Random(seed)  # noqa: S311 - repeatable, not secret
    names = "abcde"[: draw.randint(2, 5)]
    questions, answers = [], {}
    for number in range(draw.randint(6, 30)):
        name = f"q{number:02}"
        main, other = draw.sample(names, 2)
        if number < len(names) and main != names[number]:
            main, other = names[number], main
        weights = {main: draw.randint(6, 16)} | ({other: draw.randint(1, 5)} if draw.random() < 0.4 else {})
        faulty, good = draw.randint(1, 3), draw.randint(1, 3)
        values = [draw.choice(["0", "0.25", "0.35"]) for _ in range(faulty)]
        values = sorted(values) + ["0.7", "0.85", "1"][:good]
        options: list[Data] = []
        for level, value in enumerate(values):
            option: Data = {"id": f"l{level}", "text": f"{name} level {level}", "value": value}
            if level < faulty:
                option["fault"] = draw.choice(["grip", "absence"])
                option["alarm"] = level == 0 and draw.random() < 0.1
            if level < len(values) - 1 and draw.random() < 0.95:
                option["step"] = {
                    "text": f"raise {name} from {level}",
                    "effort": draw.choice(HOURS),
                    "owner": draw.choice(["legal", "sales", "management"]),
                    "owner_small": draw.choice(["sales", "management"]),
                }
            options.append(option)
        questions.append({"id": name, "text": f"{name}?", "weights": weights, "options": options})
        known = f"l{draw.randrange(len(values))}"
        answers[name] = draw.choices([known, "dont-know", "not-applicable"], weights=[18, 2, 1])[0]
    data = questionnaire_data(
        questions,
        list(names),
        effort={"unit": "hours"},
        rules={"min_rated": 1},
        departments=DEPARTMENTS,
        profile=[{"id": "size", "text": "Size?", "options": [{"id": each, "text": each} for each in SIZES]}],
        one_person={"size": ["alone"]},
    )
    questionnaire = questionnaire_from(data)
    company = {"profile": {"size": draw.choice(SIZES)}}
    sheet = sheet_from(
        {"schema": "smaudit/sheet/1", "date": "2026-11-26", "company": company, "answers": answers},
        questionnaire,
    )
    assessment = assess(questionnaire, sheet)
    return Case(questionnaire, sheet, assessment, roadmap(questionnaire, sheet, assessment))


SEEDS = [range(60), pytest.param(range(60, 600), marks=pytest.mark.slow)]
many = pytest.mark.parametrize("seeds", SEEDS, ids=["some", "many"])


def cases(seeds: range) -> Iterator[Case]:
    """The generated cases that have a score."""
    return (each for each in map(case, seeds) if each.assessment.overall.counted)


def way_out(found: Case, name: str) -> bool:
    """Whether the answer to a question is at fault and its own step leads out."""
    asked = found.questionnaire.question[name]
    option = asked.options[asked.levels.get(found.sheet.choice(name) or "", 0)]
    return bool(found.sheet.choice(name) in asked.levels and option.fault and option.step)


@many
def test_a_way_out_of_each_alarm_comes_before_everything_else(seeds: range) -> None:
    """Every alarm with a step is left, and these entries are the first, the heaviest question first."""
    for each in cases(seeds):
        alarms = [alarm.question for alarm in each.assessment.alarms if way_out(each, alarm.question)]
        firsts = each.plan.steps[: len(alarms)]
        assert set(alarms) == {step.question for step in firsts}
        assert {"alarm"} >= {step.reason for step in firsts}
        weights = [max(each.questionnaire.question[step.question].weights.values()) for step in firsts]
        assert sorted(weights, reverse=True) == weights


@many
def test_no_faulty_option_is_ever_an_aim(seeds: range) -> None:
    """Neither the end of an entry nor anything it passes is a faulty option, but where it begins."""
    for each in cases(seeds):
        for step in each.plan.steps:
            asked = each.questionnaire.question[step.question]
            assert [] == [
                name for name in (step.to, *step.way[1:]) if asked.options[asked.levels[name]].fault
            ]


@many
def test_what_steers_or_is_open_is_among_the_first(seeds: range) -> None:
    """Each misconception that steers or is open and that some entry serves is served among six, or seven."""
    for each in cases(seeds):
        heavy = [score.id for score in each.assessment.misconceptions if score.side in {"steers", "open"}]
        alarms = sum(step.reason == "alarm" for step in each.plan.steps)
        few = 6 if alarms <= 6 - len(heavy) else 7
        served = {name for step in each.plan.steps for name, gain in step.gains.items() if gain}
        first = {name for step in each.plan.steps[:few] for name, gain in step.gains.items() if gain}
        if alarms + len(heavy) <= 7:
            assert set(heavy) & served <= first


@many
def test_no_topic_stands_twice_among_the_first_three_while_another_waits(seeds: range) -> None:
    """A question's main misconception is its topic; an alarm does not use up its topic."""
    for each in cases(seeds):
        topics = {step.question: each.questionnaire.question[step.question].main for step in each.plan.steps}
        others = [step for step in each.plan.steps if step.reason != "alarm"]
        first = [step for step in each.plan.steps[:3] if step.reason != "alarm"]
        shown = [topics[step.question] for step in first]
        waiting = {topics[step.question] for step in others} - set(shown)
        assert len(shown) == len(set(shown)) or not waiting


@many
def test_hours_add_up(seeds: range) -> None:
    """The plan's hours are those of its entries, an entry's those of its steps; the scores come after."""
    for each in cases(seeds):
        plan = each.plan
        assert plan.effort == sum(step.effort for step in plan.steps)
        for step in plan.steps:
            asked = each.questionnaire.question[step.question]
            efforts = [present(asked.options[asked.levels[name]].step).effort for name in step.way]
            assert step.effort == sum(efforts)
        raised = each.sheet.with_choices({step.question: step.to for step in plan.steps})
        assert plan.after == assess(each.questionnaire, raised.with_depth("full")).scores()
        if plan.steps:
            assert plan.steps[-1].running == {k: v for k, v in plan.after.items() if v is not None}


@many
def test_waves_stay_within_their_hours(seeds: range) -> None:
    """Alarms in the first week; beside them 8 hours an entry, 16 in all, two an owner; then 120; in order."""
    for each in cases(seeds):
        alone = each.sheet.company.profile["size"] == "alone"
        waves = [present(step.wave) for step in each.plan.steps]
        assert sorted(waves) == waves
        week = [step for step in each.plan.steps if step.wave == 1 and step.reason != "alarm"]
        quarter = [step for step in each.plan.steps if step.wave == 2]
        assert {1} >= {step.wave for step in each.plan.steps if step.reason == "alarm"}
        assert all(step.effort <= 8 for step in week)
        assert sum(step.effort for step in week) <= 16
        owners = [step.owner for step in week if step.owner]
        assert alone or all(owners.count(owner) <= 2 for owner in owners)
        assert sum(step.effort for step in quarter) <= 120


@many
def test_dates_are_those_of_the_waves(seeds: range) -> None:
    """7 and 91 days after the day of the sheet; later has no day."""
    begin = date(2026, 11, 26)
    days = {1: str(begin + timedelta(days=7)), 2: str(begin + timedelta(days=91)), 3: None}
    for each in cases(seeds):
        assert [days[present(step.wave)] for step in each.plan.steps] == [step.by for step in each.plan.steps]


@many
def test_owners_exist_in_that_company(seeds: range) -> None:
    """The owner is a department that the company has, and nobody where one person does it all."""
    for each in cases(seeds):
        facts = each.sheet.company.profile
        for step in each.plan.steps:
            if facts["size"] == "alone":
                assert step.owner is None
            elif step.owner:
                assert fits(each.questionnaire.department[step.owner].applies_if, facts)


@many
def test_a_reached_goal_is_true_for_the_range_too(seeds: range) -> None:
    """After the roadmap each scored misconception rounds to 55 and cannot fall below 50, or it is said."""
    for each in cases(seeds):
        raised = each.sheet.with_choices({step.question: step.to for step in each.plan.steps})
        after = assess(each.questionnaire, raised.with_depth("full"))
        for score in after.misconceptions:
            if score.score is not None and score.id not in each.plan.most:
                assert whole(score.score) >= 55
                assert present(score.worst) >= 50


@many
def test_six_entries_while_faults_remain(seeds: range) -> None:
    """A list with fewer than six entries has left every fault that has a way out."""
    for each in cases(seeds):
        asked = each.questionnaire.questions
        ways = {
            question.id
            for question in asked
            if way_out(each, question.id)
            and any(
                name in each.plan.before and each.plan.before[name] is not None for name in question.weights
            )
        }
        planned = {step.question for step in each.plan.steps}
        assert len(planned) >= 6 or ways <= planned


@many
def test_refinements_come_after_the_last_way_out(seeds: range) -> None:
    """An acceptable answer is bettered after every way out, but where nothing else serves a misconception."""
    for each in cases(seeds):
        steps = [step for step in each.plan.steps if step.reason != "alarm"]
        ways = [step for step in steps if way_out(each, step.question)]
        served = {each.questionnaire.question[step.question].main for step in ways}
        for number, step in enumerate(steps):
            if step not in ways and any(later in ways for later in steps[number:]):
                assert each.questionnaire.question[step.question].main not in served


@many
def test_what_costs_most_is_never_left_out(seeds: range) -> None:
    """Of each misconception that steers, the costliest faulty answer with a way out is in the list."""
    for each in cases(seeds):
        planned = {step.question for step in each.plan.steps}
        for score in each.assessment.misconceptions:
            if score.side == "steers" and score.score is not None:
                ways = [(present(q.lost), q.id) for q in score.questions if q.lost and way_out(each, q.id)]
                most = max((lost for lost, _ in ways), default=None)
                assert not ways or {name for lost, name in ways if lost == most} & planned


@many
def test_neighbours_are_alike_where_less_than_a_factor_of_two_lies_between(seeds: range) -> None:
    """Marked on the second of two in one wave; an alarm is never alike."""
    for each in cases(seeds):
        steps = each.plan.steps
        assert not any(step.alike for step in steps[:1])
        for before, step in pairwise(steps):
            rates = sorted([before.gain / before.effort, step.gain / step.effort])
            same = before.wave == step.wave and "alarm" not in {before.reason, step.reason}
            assert step.alike == (same and rates[1] < 2 * rates[0])


@pytest.mark.slow
@pytest.mark.parametrize("block", range(4))
def test_nothing_cheaper_reaches_the_goal(block: int) -> None:
    """Integer programming finds no cheaper set of ways out that has what belongs to every roadmap."""
    optimize = pytest.importorskip("scipy.optimize")
    numpy = pytest.importorskip("numpy")
    tried = 0
    for each in cases(range(2000 + 25 * block, 2025 + 25 * block)):
        plan = each.plan
        core = [step for step in plan.steps if step.reason != "beyond-goal"]
        if plan.goal != "free" or plan.most or any(len(step.way) > 1 for step in core):
            continue
        if not all(way_out(each, step.question) for step in core):
            continue
        always = {step.question for step in core if step.reason in {"alarm", "costliest"}}
        ways = [step for step in each.assessment.next_steps if way_out(each, step.question)]
        before = {name: score for name, score in plan.before.items() if score is not None}
        need = [(name, target) for name, target in plan.targets.items() if target > before[name]]
        rows = [[float(step.gains.get(name, 0)) for step in ways] for name, _ in need]
        least = [float(target - before[name]) - 1e-9 for name, target in need]
        lower = [1.0 if step.question in always else 0.0 for step in ways]
        limits = [optimize.LinearConstraint(numpy.array(rows), lb=least)] if rows else []
        found = optimize.milp(
            [step.effort for step in ways],
            integrality=numpy.ones(len(ways)),
            bounds=optimize.Bounds(lower, 1),
            constraints=limits,
        )
        tried += 1
        assert round(found.fun) == sum(step.effort for step in core)
        assert plan.optimal
    assert tried


def small(
    questions: list[Data],
    answers: Mapping[str, str],
    misconceptions: tuple[str, ...] = ("a", "b"),
    **more: object,
) -> Case:
    """The roadmap of a few questions, in points."""
    data = questionnaire_data(questions, misconceptions, rules={"min_rated": 0, "min_coverage": 0}, **more)
    questionnaire = questionnaire_from(data)
    sheet = sheet_from(dict(answers), questionnaire)
    assessment = assess(questionnaire, sheet)
    return Case(questionnaire, sheet, assessment, roadmap(questionnaire, sheet, assessment))


def test_without_fault_marks_all_steps_lead_to_the_goal() -> None:
    """The cheapest of all steps take each misconception to a score that rounds to 55."""
    found = small(
        [
            question("q1", {"a": 1}, 5, efforts=dict.fromkeys(range(4), 1)),
            question("q2", {"b": 1}, 5, efforts=dict.fromkeys(range(4), 1)),
        ],
        {"q1": "l0", "q2": "l4"},
    )
    assert [("q1", ("l0", "l1", "l2"), "l3", 3)] == [
        (step.question, step.way, step.to, step.effort) for step in found.plan.steps
    ]
    assert {"a": F(109, 2), "b": F(109, 2)} == found.plan.targets
    assert ("reached", "free", 3, True) == (
        found.plan.status,
        found.plan.goal,
        found.plan.effort,
        found.plan.optimal,
    )


def test_the_goal_holds_for_the_worst_case() -> None:
    """With a third of the weight unknown, 54.5 is not enough: the worst must be at least 50."""
    found = small(
        [question("q1", {"a": 2}, 5, efforts=dict.fromkeys(range(4), 1)), question("q2", {"a": 1}, 2)],
        {"q1": "l1", "q2": "dont-know"},
        ("a",),
    )
    assert {"a": F(75)} == found.plan.targets
    assert ["q2"] == list(found.plan.find_out)


def test_a_goal_out_of_reach_is_come_as_near_as_there_is_a_way() -> None:
    """The most there is becomes the target, and what stands in the way is named."""
    found = small(
        [
            question("q1", {"a": 1}, 3, efforts={0: 1, 1: 1}),
            question("q2", {"a": 2}, 2),
            question("q3", {"b": 1}, 2, efforts={0: 1}),
        ],
        dict.fromkeys(("q1", "q2", "q3"), "l0"),
    )
    assert ("reached", F(100, 3), 3) == (found.plan.status, found.plan.targets["a"], found.plan.effort)
    assert {"a": F(100, 3), "b": F(100)} == found.plan.most
    assert ["q2"] == [each.question for each in found.plan.stands_in_the_way]


def test_a_most_of_0_is_a_most_all_the_same() -> None:
    """Where one cannot leave 0 at all, the plan for the others is not lost with it."""
    found = small(
        [
            question("q1", {"a": 1}, 3, efforts={0: 1, 1: 1}),
            question("q2", {"a": 1}, 3, efforts={0: 1, 1: 1}),
            question("q3", {"b": 1}, 2),
            question("q4", {"b": 1}, 2),
        ],
        dict.fromkeys(("q1", "q2", "q3", "q4"), "l0"),
    )
    assert (F(0), ["q1", "q2"]) == (found.plan.most["b"], sorted(step.question for step in found.plan.steps))


def test_where_nothing_is_scored_there_are_no_steps() -> None:
    """Nothing can be aimed at; what to find out is there, alarm or not."""
    questions = [question("q1", {"a": 1}, 2, efforts={0: 1}), question("q2", {"a": 1}, 2)]
    questions[0]["options"][0]["alarm"] = True
    data = questionnaire_data(questions, ["a"], rules={"min_rated": 2})
    asked = questionnaire_from(data)
    found = roadmap(asked, sheet_from({"q1": "l0"}, asked))

    assert ("unreachable", (), {}) == (found.status, found.steps, found.targets)
    assert ((), ("q2",)) == (
        found.find_out,
        tuple(each.question for each in found.stands_in_the_way),
    )


def test_where_all_is_free_the_rest_and_what_to_prove_is_left() -> None:
    """Ways out first, then refinements by half points and hours; best answers without evidence to prove."""
    questions = [
        question("q1", {"a": 10}, 3, values=["0", "0.7", "1"], efforts={0: 2, 1: 1}),
        question("q2", {"a": 1}, 3, values=["0", "0.7", "1"], efforts={0: 8, 1: 1}),
        question("q3", {"a": 10}, 3, values=["0", "0.7", "1"], efforts={0: 8, 1: 4}),
        question("q4", {"a": 10}, 3, values=["0", "0.7", "1"], efforts={0: 8, 1: 2}),
    ]
    for each in questions:
        each["options"][0]["fault"] = "grip"
    found = small(questions, {"q1": "l2", "q2": "l0", "q3": "l1", "q4": "l1"}, ("a",))

    assert ("already-reached", "further", ("q1",)) == (
        found.plan.status,
        found.plan.goal,
        found.plan.prove,
    )
    assert ["q2", "q4", "q3"] == [step.question for step in found.plan.steps]
    assert {"beyond-goal"} == {step.reason for step in found.plan.steps}


def test_points_make_no_waves() -> None:
    """Where efforts say nothing of time, there is only the order; days count as eight hours."""
    questions = [question("q1", {"a": 1}, 2, efforts={0: 2}), question("q2", {"b": 1}, 2, efforts={0: 2})]
    answers = {"q1": "l0", "q2": "l0"}
    units = {
        unit: [step.wave for step in small(questions, answers, effort={"unit": unit}).plan.steps]
        for unit in ("points", "hours", "days")
    }
    assert {"points": [None, None], "hours": [1, 1], "days": [2, 2]} == units


def test_the_overall_after_the_plan_is_the_mean() -> None:
    """What the last entry runs to is the mean of the misconceptions."""
    found = case(3)
    scores = [score for name, score in found.plan.after.items() if name != OVERALL and score is not None]

    assert sum(scores, F()) / len(scores) == found.plan.after[OVERALL]
