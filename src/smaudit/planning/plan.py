"""The cheapest steps to targets, and the most for an effort.

A plan raises rated answers, each by as many steps as the questionnaire gives without a gap; don't-knows and
answers that do not apply stay as they are. Scores and targets run from 0 to 100 and are compared exactly;
efforts are the questionnaire's estimates, or the sheet's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.result import OVERALL, Assessment, Goal, Plan, PlanStatus
from smaudit.core.sheet import Sheet
from smaudit.planning.choice import effort_of, for_budget, for_targets
from smaudit.planning.ladders import Scene, in_the_way, scene_of
from smaudit.planning.order import in_order
from smaudit.planning.solver import NODE_CAP


def plan(
    questionnaire: Questionnaire,
    sheet: Sheet,
    targets: Mapping[str, Fraction | Decimal | float | str],
    *,
    node_cap: int = NODE_CAP,
    assessment: Assessment | None = None,
) -> Plan:
    """The cheapest plan that reaches every target: scores 0..100 by `overall` or misconception id.

    `assessment` is that of the sheet, where it is at hand. Past `node_cap`, or at Enough, the best plan found
    and its bound. A number counts as it is written (75.1 is 751/10). Raises KeyError for an unknown name,
    ValueError for a target that is no number from 0 to 100, TypeError for arguments of other types.
    """
    scene = scene_of(questionnaire, sheet, assessment)
    wanted = _wanted(targets, scene)
    lacking = {name: target for name, target in wanted.items() if not reaches(scene.before[name], target)}
    if not lacking:
        return made(scene, wanted, "already-reached", scene.before, "targets", bound=0)
    most = {name: scene.most(name) for name in wanted}
    missed = [name for name, target in lacking.items() if not reaches(most[name], target)]
    if missed:
        obstacles = in_the_way(scene, missed)
        return made(
            scene,
            wanted,
            "unreachable",
            scene.before,
            "targets",
            most=most,
            stands_in_the_way=obstacles,
        )
    heights, bound = for_targets(scene, scene.ladders, lacking, {}, node_cap)
    effort = effort_of(scene, heights)
    return made(
        scene,
        wanted,
        "reached",
        scene.after(heights),
        "targets",
        effort=effort,
        steps=in_order(scene, heights, wanted),
        optimal=effort == bound,
        bound=bound,
    )


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

    The ways out of alarms come first, as far as the budget goes, in the order of the roadmap. Among plans
    that raise the target as much, the cheapest. Otherwise as `plan`; `unreachable` where the target has no
    score. Raises KeyError for an unknown name and ValueError for a budget below 0.
    """
    if budget < 0:
        raise ValueError(budget)
    scene = scene_of(questionnaire, sheet, assessment)
    before = scene.before[target]
    if before is None:
        return made(
            scene,
            {},
            "unreachable",
            scene.before,
            "budget",
            budget=budget,
            most={target: None},
            stands_in_the_way=in_the_way(scene, [target]),
        )
    heights, most = for_budget(scene, target, budget, _affordable(scene, budget), node_cap)
    after, ceiling = scene.after(heights), before + most
    return made(
        scene,
        {target: before if (reached := after[target]) is None else reached},
        "reached",
        after,
        "budget",
        effort=effort_of(scene, heights),
        steps=in_order(scene, heights, [target]),
        optimal=after[target] == ceiling,
        budget=budget,
        ceiling=ceiling,
    )


def _affordable(scene: Scene, budget: int) -> dict[str, int]:
    """The ways out of alarms that the budget pays for, one after the other."""
    ways = {ladder.question: ladder.out_of_alarm() for ladder in scene.ladders}
    efforts = {ladder.question: ladder.effort(ways[ladder.question]) for ladder in scene.ladders}
    taken: dict[str, int] = {}
    for step in in_order(scene, {name: height for name, height in ways.items() if height}, [OVERALL]):
        if efforts[step.question] <= budget:
            budget -= efforts[step.question]
            taken[step.question] = ways[step.question]
    return taken


def made(
    scene: Scene,
    targets: Mapping[str, Fraction],
    status: PlanStatus,
    after: Mapping[str, Fraction | None],
    goal: Goal,
    **found: Any,  # noqa: ANN401 - the other fields of a plan
) -> Plan:
    """A plan for this scene."""
    return Plan(
        questionnaire=scene.assessment.questionnaire,
        sheet=scene.assessment.sheet,
        targets=targets,
        status=status,
        goal=goal,
        unit=scene.questionnaire.effort.unit,
        before=scene.before,
        after=after,
        **found,
    )


def reaches(score: Fraction | None, target: Fraction) -> bool:
    """Whether there is a score, of the target or more."""
    return score is not None and score >= target
