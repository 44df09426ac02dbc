"""The cheapest steps to targets, and the most for an effort.

A plan raises rated answers, each by as many steps as the questionnaire gives without a gap; don't-knows and
answers that do not apply stay as they are. Scores and targets run from 0 to 100 and are compared exactly;
efforts are the questionnaire's estimates, or the sheet's own. Among plans of equal effort the one is taken
that changes fewer questions, then has fewer steps, then the higher overall, then the question ids, one for
each step and sorted, that come first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from math import lcm
from typing import Any

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.result import OVERALL, Assessment, Plan, PlannedStep, PlanStatus
from smaudit.core.sheet import Sheet
from smaudit.planning.ladders import Scene, in_the_way, scene_of
from smaudit.planning.order import Ladder, roadmap
from smaudit.planning.solver import NODE_CAP, Candidate, cheapest


def plan(
    questionnaire: Questionnaire,
    sheet: Sheet,
    targets: Mapping[str, Fraction | Decimal | float | str],
    *,
    leave_alarms: bool = False,
    node_cap: int = NODE_CAP,
    assessment: Assessment | None = None,
) -> Plan:
    """The cheapest plan that reaches every target: scores 0..100 by `overall` or misconception id.

    `assessment` is that of the sheet, where it is at hand. `leave_alarms` has it also leave every alarm that
    a step leads away from. Past `node_cap`, or at Enough, the best plan found and its bound. A number
    counts as it is written (75.1 is 751/10). Raises KeyError for an unknown name, ValueError for a target
    that is no number from 0 to 100, TypeError for arguments of other types.
    """
    scene = scene_of(questionnaire, sheet, assessment)
    wanted = _wanted(targets, scene)
    return _plan_for(scene, wanted, leave_alarms=leave_alarms, node_cap=node_cap)


def _wanted(targets: Mapping[str, Fraction | Decimal | float | str], scene: Scene) -> dict[str, Fraction]:
    if not isinstance(targets, Mapping):
        message = f"Targets are a mapping of names to scores, not {type(targets).__name__}."
        raise TypeError(message)
    for name in targets:
        if name not in scene.before:
            message = f"There is no score {name!r}, only: {', '.join(scene.before)}."
            raise KeyError(message)
    return {name: _score(target) for name, target in targets.items()}


def _score(target: Fraction | Decimal | float | str) -> Fraction:
    try:
        score = target if isinstance(target, Fraction) else Fraction(str(target))
    except (ValueError, ZeroDivisionError):
        score = Fraction(-1)
    if 0 <= score <= 100:  # noqa: PLR2004 - the scale
        return score
    message = f"A target is a number from 0 to 100, not {target!r}."
    raise ValueError(message)


def _plan_for(scene: Scene, targets: Mapping[str, Fraction], *, leave_alarms: bool, node_cap: int) -> Plan:
    lacking = [name for name in targets if not _reaches(scene.before[name], targets[name])]
    leave_alarms = leave_alarms and scene.assessment.overall.counted > 0
    least = {ladder.question: _out_of_alarm(ladder) if leave_alarms else 0 for ladder in scene.ladders}
    if not lacking and not any(least.values()):
        return _plan(scene, targets, "already-reached", scene.before, bound=0)
    most = {name: scene.most(name) for name in targets}
    missed = [name for name in lacking if not _reaches(most[name], targets[name])]
    if missed:
        return _plan(
            scene,
            targets,
            "unreachable",
            scene.before,
            most=most,
            stands_in_the_way=in_the_way(scene, missed),
        )
    heights, bound = _cheapest(scene, {name: targets[name] for name in lacking}, least, node_cap)
    effort = _effort(scene, heights)
    return _plan(
        scene,
        targets,
        "reached",
        scene.after(heights),
        effort=effort,
        steps=_roadmap(scene, heights, targets),
        optimal=effort == bound,
        bound=bound,
    )


def plan_for_budget(
    questionnaire: Questionnaire,
    sheet: Sheet,
    budget: int,
    target: str = OVERALL,
    *,
    node_cap: int = NODE_CAP,
    assessment: Assessment | None = None,
) -> Plan:
    """The plan of at most `budget` effort that raises the target most: `overall` or a misconception id.

    Among plans that raise it as much, the cheapest. Otherwise as `plan`; `unreachable` where the target has
    no score. Raises KeyError for an unknown name and ValueError for a budget below 0.
    """
    if budget < 0:
        raise ValueError(budget)
    scene = scene_of(questionnaire, sheet, assessment)
    before = scene.before[target]
    if before is None:
        return _plan(
            scene,
            {},
            "unreachable",
            scene.before,
            budget=budget,
            most={target: None},
            stands_in_the_way=in_the_way(scene, [target]),
        )
    useful = [ladder for ladder in scene.ladders if ladder.points(target, len(ladder.rungs))]
    points = [[ladder.points(target, height) for height in range(len(ladder.rungs) + 1)] for ladder in useful]
    unit = _unit(chain.from_iterable(points))
    groups = [
        [
            Candidate((-int(unit * gained[height]), ladder.effort(height), *ties), (ladder.effort(height),))
            for height, ties in enumerate(tied)
        ]
        for ladder, gained, tied in zip(useful, points, _ties(useful), strict=True)
    ]
    found = cheapest(groups, [budget], node_cap)
    heights = {ladder.question: pick for ladder, pick in zip(useful, found.picks, strict=True)}
    after, ceiling = scene.after(heights), before - Fraction(found.bound, unit)
    return _plan(
        scene,
        {target: before if (reached := after[target]) is None else reached},
        "reached",
        after,
        effort=_effort(scene, heights),
        steps=_roadmap(scene, heights, [target]),
        optimal=after[target] == ceiling,
        budget=budget,
        ceiling=ceiling,
    )


def _plan(
    scene: Scene,
    targets: Mapping[str, Fraction],
    status: PlanStatus,
    after: Mapping[str, Fraction | None],
    **found: Any,  # noqa: ANN401 - the other fields of a plan
) -> Plan:
    return Plan(
        questionnaire=scene.assessment.questionnaire,
        sheet=scene.assessment.sheet,
        targets=targets,
        status=status,
        before=scene.before,
        after=after,
        **found,
    )


def _cheapest(
    scene: Scene, targets: Mapping[str, Fraction], least: Mapping[str, int], node_cap: int
) -> tuple[dict[str, int], int]:
    """How many steps of each ladder to take, at least so many, for targets within reach; and the bound."""
    if not targets:
        return dict(least), _effort(scene, least)
    useful = [
        ladder
        for ladder in scene.ladders
        if least[ladder.question] or any(ladder.points(name, len(ladder.rungs)) for name in targets)
    ]
    # A target is reached where the points left lying stay within what the tops of all ladders have to spare.
    spare = {name: (scene.most(name) or 0) - target for name, target in targets.items()}
    left_lying = {name: [_left_lying(ladder, name) for ladder in useful] for name in targets}
    units = {name: _unit([spare[name], *chain.from_iterable(left_lying[name])]) for name in targets}
    groups = [
        [
            Candidate(
                (ladder.effort(height), *ties),
                tuple(int(units[name] * left_lying[name][number][height]) for name in targets),
            )
            for height, ties in enumerate(tied)
            if height >= least[ladder.question]
        ]
        for number, (ladder, tied) in enumerate(zip(useful, _ties(useful), strict=True))
    ]
    found = cheapest(groups, [int(units[name] * spare[name]) for name in targets], node_cap)
    picked = zip(useful, found.picks, strict=True)
    heights = {ladder.question: least[ladder.question] + pick for ladder, pick in picked}
    return {**least, **heights}, found.bound


def _reaches(score: Fraction | None, target: Fraction) -> bool:
    return score is not None and score >= target


def _out_of_alarm(ladder: Ladder) -> int:
    """How many steps lead from an alarm to an answer that is none; 0 without an alarm, or a way out."""
    alarms = [rung.leaves_alarm for rung in ladder.rungs]
    height = alarms.index(False) if False in alarms else len(alarms)
    last = ladder.rungs[height - 1]
    return 0 if height and last.question.options[last.level + 1].alarm else height


def _left_lying(ladder: Ladder, name: str) -> list[Fraction]:
    """The points of the whole ladder that are not had, by the steps taken."""
    top = len(ladder.rungs)
    return [ladder.points(name, top) - ladder.points(name, height) for height in range(top + 1)]


def _unit(numbers: Iterable[Fraction]) -> int:
    """What makes whole numbers of these."""
    return lcm(*(number.denominator for number in numbers))


def _ties(useful: Sequence[Ladder]) -> list[list[tuple[int, int, int]]]:
    """What decides among equally cheap plans, by ladder and steps taken: the least sums win.

    They are the questions changed; the steps; and in one number the overall, to be high, before the ids: of
    sorted tuples with an id for each step, the first has the first id most often, then the second, and so on.
    """
    unit = _unit(rung.step.gain for ladder in useful for rung in ladder.rungs)
    base = 1 + max((len(ladder.rungs) for ladder in useful), default=0)
    places = {
        name: place for place, name in enumerate(sorted((each.question for each in useful), reverse=True))
    }
    above = base ** len(useful)
    return [
        [
            (
                min(height, 1),
                height,
                -int(unit * ladder.points(OVERALL, height)) * above
                - height * base ** places[ladder.question],
            )
            for height in range(len(ladder.rungs) + 1)
        ]
        for ladder in useful
    ]


def _effort(scene: Scene, heights: Mapping[str, int]) -> int:
    return sum(ladder.effort(heights.get(ladder.question, 0)) for ladder in scene.ladders)


def _roadmap(scene: Scene, heights: Mapping[str, int], targets: Iterable[str]) -> tuple[PlannedStep, ...]:
    before = {name: score for name, score in scene.before.items() if score is not None}
    alone = scene.questionnaire.alone(scene.sheet.company.profile)
    return roadmap(scene.ladders, heights, before, targets, alone=alone)
