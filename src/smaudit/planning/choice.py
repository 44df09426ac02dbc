"""Which steps to take: the cheapest set for targets, and the set that gains most for a budget.

Exact, within the bounds of the search (`solver.py`). Among sets of equal effort the one is taken that changes
fewer questions, then has fewer steps, then the higher overall, then the question ids, one for each step and
sorted, that come first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from math import lcm

from smaudit.core.result import OVERALL
from smaudit.planning.ladders import Ladder, Scene
from smaudit.planning.solver import Candidate, cheapest

Heights = Mapping[str, int]
"""How many steps of each question's ladder are taken."""


def for_targets(
    scene: Scene,
    ladders: Sequence[Ladder],
    targets: Mapping[str, Fraction],
    least: Heights,
    node_cap: int,
) -> tuple[dict[str, int], int]:
    """How many steps of each of these ladders to take, at least so many, and the bound of their effort.

    The targets are within reach: the tops of these ladders reach them.
    """
    if not targets:
        return dict(least), sum(ladder.effort(least.get(ladder.question, 0)) for ladder in ladders)
    useful = [
        ladder
        for ladder in ladders
        if least.get(ladder.question) or any(ladder.points(name, len(ladder.rungs)) for name in targets)
    ]
    # A target is reached where the points left lying stay within what the tops of all ladders have to spare.
    spare = {name: (scene.most(name, ladders) or 0) - target for name, target in targets.items()}
    left_lying = {name: [_left_lying(ladder, name) for ladder in useful] for name in targets}
    units = {name: _unit([spare[name], *chain.from_iterable(left_lying[name])]) for name in targets}
    groups = [
        [
            Candidate(
                (ladder.effort(height), *ties),
                tuple(int(units[name] * left_lying[name][number][height]) for name in targets),
            )
            for height, ties in enumerate(tied)
            if height >= least.get(ladder.question, 0)
        ]
        for number, (ladder, tied) in enumerate(zip(useful, _ties(useful), strict=True))
    ]
    found = cheapest(groups, [int(units[name] * spare[name]) for name in targets], node_cap)
    picked = zip(useful, found.picks, strict=True)
    heights = {ladder.question: least.get(ladder.question, 0) + pick for ladder, pick in picked}
    return {**least, **heights}, found.bound


def for_budget(
    scene: Scene, target: str, budget: int, least: Heights, node_cap: int
) -> tuple[dict[str, int], Fraction]:
    """How many steps to take for the most points of the target, at least so many; and the most possible.

    The effort of `least` is within the budget.
    """
    useful = [
        ladder
        for ladder in scene.ladders
        if least.get(ladder.question) or ladder.points(target, len(ladder.rungs))
    ]
    points = [[ladder.points(target, height) for height in range(len(ladder.rungs) + 1)] for ladder in useful]
    unit = _unit(chain.from_iterable(points))
    groups = [
        [
            Candidate((-int(unit * gained[height]), ladder.effort(height), *ties), (ladder.effort(height),))
            for height, ties in enumerate(tied)
            if height >= least.get(ladder.question, 0)
        ]
        for ladder, gained, tied in zip(useful, points, _ties(useful), strict=True)
    ]
    found = cheapest(groups, [budget], node_cap)
    heights = {
        ladder.question: least.get(ladder.question, 0) + pick
        for ladder, pick in zip(useful, found.picks, strict=True)
    }
    return heights, -Fraction(found.bound, unit)


def effort_of(scene: Scene, heights: Heights) -> int:
    """What so many steps of each ladder cost."""
    return sum(ladder.effort(heights.get(ladder.question, 0)) for ladder in scene.ladders)


def _left_lying(ladder: Ladder, name: str) -> list[Fraction]:
    """The points of the whole ladder that are not had, by the steps taken."""
    top = len(ladder.rungs)
    return [ladder.points(name, top) - ladder.points(name, height) for height in range(top + 1)]


def _unit(numbers: Iterable[Fraction]) -> int:
    """What makes whole numbers of these."""
    return lcm(*(number.denominator for number in numbers))


def _ties(useful: Sequence[Ladder]) -> list[list[tuple[int, int, int]]]:
    """What decides among equally cheap sets, by ladder and steps taken: the least sums win.

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
