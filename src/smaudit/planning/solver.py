"""The cheapest choice of one candidate from each group within given allowances: exact, in whole numbers.

It knows nothing of questionnaires. Every candidate has costs, the most important first, and uses some of
each allowance. Cost by cost, the least total is found (branch and bound); then it becomes an allowance, so
that the next cost decides among equals only. What is known to be out of the question is learned in the same
form: the regrets of a choice (see `lagrange`) sum up to at most best known − floor, one more allowance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate, chain
from math import gcd, inf
from operator import add, le, sub
from typing import Any

from smaudit.planning.lagrange import PRECISION, bound, good_multipliers

NODE_CAP = 2_400_000
"""How many candidates are tried before the best choice so far has to do: about a second."""
_USUAL_BITS = 384
"""A candidate counts once for each so many bits of its room: unlike denominators make many."""
_MOST_SEEN = 48 << 20
"""Bytes, about, that the rooms seen may fill; past that no more are kept, and some are looked at again."""
_HUGE = 1 << 60
"""So many times what is lacking is as good as anything larger, and fits into a float."""
_ENTRY = 120
"""Bytes of an entry of a dictionary with its cost, beside the room itself."""


class Enough(KeyboardInterrupt):
    """Raised by a handler of Ctrl-C in the midst of a search: the best choice so far will do."""


@dataclass(frozen=True)
class Candidate:
    """One of a group: its costs, the most important first, and what it uses of each allowance."""

    costs: tuple[int, ...]
    uses: tuple[int, ...]


@dataclass(frozen=True)
class Cheapest:
    """The candidate picked from each group, and a bound: no choice has a first cost below it.

    Where the first cost of the picks is the bound, nothing is cheaper.
    """

    picks: tuple[int, ...]
    bound: int


def cheapest(
    groups: Sequence[Sequence[Candidate]], allowances: Sequence[int], node_cap: int = NODE_CAP
) -> Cheapest:
    """Pick from each group so that the costs are least, in order of importance, within all allowances.

    The first candidates of all groups must be within the allowances; or the last of all are, and in each
    group first costs rise and uses fall. Stops at the node cap, or where a signal raises Enough, with the
    best so far.
    """
    if not groups:
        return Cheapest((), 0)
    search = _Search(groups, allowances, node_cap)
    with suppress(Enough):
        for goal in range(len(groups[0][0].costs)):
            if not search.settle(goal):
                break
    return Cheapest(tuple(search.best), search.bound)


def _start(groups: Sequence[Sequence[Candidate]], allowances: Sequence[int]) -> list[int]:
    """A choice within the allowances: again and again the most relief for its cost; what is needless goes."""
    picks = [0] * len(groups)
    over = [sum(group[0].uses[place] for group in groups) - room for place, room in enumerate(allowances)]
    # What to move is a matter of taste, so floats will do; whether it is enough is not.
    scale = [max(1, each) for each in over]
    shares = [
        [
            tuple(min(use, _HUGE * size) / size for use, size in zip(each.uses, scale, strict=True))
            for each in group
        ]
        for group in groups
    ]

    def relief(number: int, pick: int, lacking: Sequence[float]) -> float:
        old, new = shares[number][picks[number]], shares[number][pick]
        # Rounded, so that equals stay equal and the first of them is moved.
        gained: float = round(sum(map(min, lacking, map(sub, old, new))), 12)
        group = groups[number]
        return gained / (group[pick].costs[0] - group[picks[number]].costs[0])

    def move(number: int, pick: int) -> list[int]:
        change = map(sub, groups[number][pick].uses, groups[number][picks[number]].uses)
        return list(map(add, over, change))

    while any(left > 0 for left in over):
        moves = (
            (number, pick)
            for number, group in enumerate(groups)
            for pick in range(picks[number] + 1, len(group))
        )
        lacking = [max(0, left) / size for left, size in zip(over, scale, strict=True)]
        number, pick = max(moves, key=lambda each: relief(each[0], each[1], lacking))
        over = move(number, pick)
        picks[number] = pick
    for number in sorted(range(len(groups)), key=lambda each: -groups[each][picks[each]].costs[0]):
        for pick in range(picks[number]):
            if all(left <= 0 for left in move(number, pick)):
                over = move(number, pick)
                picks[number] = pick
                break
    return picks


@dataclass
class _Open:
    """A candidate that may still be in the best choice."""

    pick: int
    costs: tuple[int, ...]
    uses: tuple[int, ...]


_Node = tuple[int, int, int, tuple[Any, ...]]
"""The number of groups decided, the packed room left, the cost so far, the last pick with those before it."""


@dataclass(frozen=True)
class _Fields:
    """Whole numbers side by side in one, each in a field of its own with a guard bit on top.

    Where a subtraction takes more from a field than it holds, its guard bit is gone.
    """

    offsets: tuple[int, ...]
    guard: int

    @classmethod
    def wide_enough(cls, numbers: Sequence[int]) -> _Fields:
        """Fields that hold these numbers."""
        ends = list(accumulate(max(1, number).bit_length() + 1 for number in numbers))
        return cls((0, *ends), sum(1 << end - 1 for end in ends))

    def packed(self, numbers: Sequence[int], first: int = 0) -> int:
        """The numbers in the fields from `first` on, without guard bits."""
        return sum(number << offset for number, offset in zip(numbers, self.offsets[first:], strict=False))


def _narrowed(stack: Iterable[_Node], less: int, guard: int) -> list[_Node]:
    """The nodes that still have room when they get so much less."""
    return [
        (depth, room - less, cost, path)
        for depth, room, cost, path in stack
        if (room - less) & guard == guard
    ]


class _Search:
    """The state of one search: the candidates left, the allowances they use, the best choice so far."""

    def __init__(
        self, groups: Sequence[Sequence[Candidate]], allowances: Sequence[int], node_cap: int
    ) -> None:
        self.groups = groups
        self.left = [
            [_Open(pick, each.costs, each.uses) for pick, each in enumerate(group)] for group in groups
        ]
        self.allowances = list(allowances)
        self.given = list(range(len(allowances)))  # the allowances that follow from no others
        self.nodes = node_cap
        self.best = _start(groups, allowances)
        self.bound = sum(min(each.costs[0] for each in group) for group in groups)

    def settle(self, goal: int) -> bool:
        """Find the least total of this cost and make it an allowance; False where the nodes run out."""
        costs = [[each.costs[goal] for each in group] for group in self.left]
        unit = gcd(*chain.from_iterable(costs)) or 1
        first, bits = len(self.allowances), self._bound(goal, costs)
        before = self._cost(goal)
        self._tighten()
        finished = self._walk(goal, unit, first, bits)
        best = self._cost(goal)
        if not finished:
            return False
        if goal == 0:
            self.bound = best
        for place in range(first, len(self.allowances)):
            self.allowances[place] -= _scaled(before - best, bits)
        self._limit([[each.costs[goal] for each in group] for group in self.left], best)
        self.given.append(len(self.allowances) - 1)
        self._tighten()
        return True

    def _cost(self, goal: int) -> int:
        return sum(group[pick].costs[goal] for group, pick in zip(self.groups, self.best, strict=True))

    def _limit(self, uses: Sequence[Sequence[int]], allowance: int) -> None:
        """Add an allowance, with what each candidate left uses of it."""
        self.allowances.append(allowance)
        for group, used in zip(self.left, uses, strict=True):
            for each, use in zip(group, used, strict=True):
                each.uses += (use,)

    def _bound(self, goal: int, costs: Sequence[Sequence[int]]) -> int:
        """Add the regrets under several multipliers as allowances; give the binary point of these regrets.

        Beside the best multipliers, those with one of them doubled or left out: their floors are lower, but
        deep in the search they are often the first to show that nothing can come of it.
        """
        used = [[tuple(each.uses[place] for place in self.given) for each in group] for group in self.left]
        rooms = [self.allowances[place] for place in self.given]
        best = self._cost(goal)
        point = PRECISION + max(use.bit_length() for group in used for uses in group for use in uses)
        multipliers = good_multipliers(costs, used, rooms, best, point)
        variants = [multipliers] + [
            [factor * each if place == changed else each for place, each in enumerate(multipliers)]
            for changed, kept in enumerate(multipliers)
            if kept
            for factor in (0, 2)
        ]
        bounds = [bound(costs, used, rooms, variant, point) for variant in variants]
        if goal == 0:
            self.bound = max(self.bound, *(-(-each.floor >> point) for each in bounds))
        shift = max(0, max((best << point) - each.floor for each in bounds).bit_length() - PRECISION)
        for each in bounds:
            rounded = [[regret >> shift for regret in group] for group in each.regrets]
            self._limit(rounded, (best << point) - each.floor >> shift)
        return point - shift

    def _tighten(self) -> None:
        """Take off what all candidates of a group use, and the candidates that use too much, to the end."""
        while True:
            for group in self.left:
                least = [min(used) for used in zip(*(each.uses for each in group), strict=True)]
                self.allowances = list(map(sub, self.allowances, least))
                for each in group:
                    each.uses = tuple(map(sub, each.uses, least))
            kept = [
                [each for each in group if all(map(le, each.uses, self.allowances))] for group in self.left
            ]
            if kept == self.left:
                return
            self.left = kept

    def _walk(self, goal: int, unit: int, first: int, bits: int) -> bool:  # noqa: C901 - a call in it is dear
        """Look depth first for choices cheaper by `unit` or more; False where the nodes run out.

        The allowances from `first` on are those of this goal's regrets. What is left of all allowances is one
        whole number, packed: one subtraction takes a candidate's uses from all of them.
        """
        if any(allowance < _scaled(unit, bits) for allowance in self.allowances[first:]):
            return True
        fields = _Fields.wide_enough(self.allowances)
        guard = fields.guard

        def saved(amount: int) -> int:
            return fields.packed([_scaled(amount, bits)] * (len(self.allowances) - first), first)

        order = self._most_decided_first(first)
        levels = [
            [
                (fields.packed(each.uses), each.costs[goal], each.pick)
                for each in sorted(self.left[number], key=lambda each: -each.uses[first])
            ]
            for number in order
        ]
        best = self._cost(goal)
        weight = 1 + guard.bit_length() // _USUAL_BITS
        places = most_seen = _MOST_SEEN // (_ENTRY + guard.bit_length() // 8)
        seen: list[dict[int, int]] = [{} for _ in levels]
        stack: list[_Node] = [(0, guard + fields.packed(self.allowances) - saved(unit), 0, ())]
        while stack:
            depth, room, cost, path = stack.pop()
            if depth == len(levels):
                if cost < best:
                    stack = _narrowed(stack, saved(best - cost), guard)
                    best, seen, places = cost, [{} for _ in levels], most_seen
                    self._take(order, path)
                continue
            # The same room at the same depth leads to the same ends: only the cheapest way there goes on.
            if seen[depth].get(room, inf) <= cost:
                continue
            if places:
                seen[depth][room] = cost
                places -= 1
            self.nodes -= weight * len(levels[depth])
            if self.nodes < 0:
                return False
            for uses, price, pick in levels[depth]:
                rest = room - uses
                if rest & guard == guard:
                    stack.append((depth + 1, rest, cost + price, (pick, path)))
        return True

    def _most_decided_first(self, first: int) -> list[int]:
        """The groups in the order to branch on: first where the second-best candidate has most regret."""

        def decided(number: int) -> int:
            regrets = sorted(each.uses[first] for each in self.left[number])
            return regrets[1] if len(regrets) > 1 else -1

        return sorted(range(len(self.left)), key=decided, reverse=True)

    def _take(self, order: Sequence[int], path: tuple[Any, ...]) -> None:
        """Make the picks along this path, the last first, the best choice."""
        best = list(self.best)
        for number in reversed(order):
            best[number], path = path
        self.best = best


def _scaled(amount: int, point: int) -> int:
    """An amount in units of a regret, rounded down."""
    return amount << point if point >= 0 else amount >> -point
