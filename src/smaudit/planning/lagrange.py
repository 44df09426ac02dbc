"""How little a choice of one candidate from each group can cost: Lagrange's bound, exact in whole numbers.

For multipliers m ≥ 0, no choice within the allowances costs less than

    floor(m) = sum over groups of min(cost + m·uses) − m·allowances

and a candidate's regret, the amount by which it misses the min of its group, comes on top. Good multipliers
come from subgradient steps (M. Held, P. Wolfe and H. P. Crowder, 1974; the step length is B. T. Polyak's) in
floating point and are then rounded to whole numbers: as any m ≥ 0 gives a true bound, nothing that is decided
rests on rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from math import inf
from operator import add, mul

PRECISION = 24
"""Binary digits kept of multipliers and regrets."""
_ROUNDS = 80
"""Subgradient steps; more of them cost more time than they save."""
_PATIENCE = 8
"""Steps without a higher floor before they get shorter."""

Uses = Sequence[Sequence[tuple[int, ...]]]
"""What the candidates of each group use of each allowance."""


@dataclass(frozen=True)
class Bound:
    """No choice costs less than the floor and its candidates' regrets together; all times 2 ** point."""

    floor: int
    regrets: list[list[int]]


def bound(
    costs: Sequence[Sequence[int]], used: Uses, rooms: Sequence[int], multipliers: Sequence[int], point: int
) -> Bound:
    """The bound under these multipliers, which are times 2 ** point; `rooms` are the allowances."""
    floor, regrets = -sum(map(mul, multipliers, rooms)), []
    for prices, group in zip(costs, used, strict=True):
        priced = [
            (cost << point) + sum(map(mul, multipliers, uses))
            for cost, uses in zip(prices, group, strict=True)
        ]
        least = min(priced)
        floor += least
        regrets.append([each - least for each in priced])
    return Bound(floor, regrets)


def good_multipliers(
    costs: Sequence[Sequence[int]], used: Uses, rooms: Sequence[int], best: int, point: int
) -> list[int]:
    """Multipliers with a high floor, times 2 ** point; `best` is the least cost known."""
    tops = [max(1, *each) for each in zip(*chain.from_iterable(used), strict=True)]
    dearest = max(map(abs, chain.from_iterable(costs))) or 1
    # Room for more than all groups could use is as good as none at all, and might not fit into a float.
    limits = [min(room, len(used) * top) / top for room, top in zip(rooms, tops, strict=True)]
    table = [
        [
            (cost / dearest, tuple(use / top for use, top in zip(uses, tops, strict=True)))
            for cost, uses in zip(prices, group, strict=True)
        ]
        for prices, group in zip(costs, used, strict=True)
    ]
    goal, step, idle, highest = best / dearest, 1.5, 0, -inf
    kept = multipliers = [0.0] * len(rooms)
    for _ in range(_ROUNDS):
        floor, over = -sum(map(mul, multipliers, limits)), [-limit for limit in limits]
        for group in table:
            least, chosen = min((cost + sum(map(mul, multipliers, uses)), uses) for cost, uses in group)
            floor += least
            over = list(map(add, over, chosen))
        if floor > highest:
            highest, kept, idle = floor, multipliers, 0
        elif (idle := idle + 1) == _PATIENCE:
            idle, step = 0, step * 0.6
        way = [
            excess if excess > 0 or multiplier > 0 else 0.0
            for excess, multiplier in zip(over, multipliers, strict=True)
        ]
        length = sum(map(mul, way, way))
        if not length:
            break
        stride = step * max(goal - floor, 0.0) / length
        multipliers = [
            max(0.0, multiplier + stride * each) for multiplier, each in zip(multipliers, way, strict=True)
        ]
    return [
        (int(each * 2**PRECISION) * dearest << point) // (top << PRECISION)
        for each, top in zip(kept, tops, strict=True)
    ]
