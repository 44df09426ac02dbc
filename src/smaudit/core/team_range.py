"""The range of a score over all that may be settled, exactly.

A question may stand at any of several options, and may have to be left out. With w its weight, l and h its
lowest and its highest value, each settlement of all questions gives a score, the ratio of what is earned to
what applies, and the range runs from the lowest to the highest of those that leave enough questions of a
misconception's own. The lowest takes every value l, and of the questions that may be left out those in which
lower it: those with l below the ratio itself (sorted by l they are the first few). Where that leaves too few,
the missing ones are taken in at the least cost, found by Dinkelbach's iteration: with the ratio so far, r,
choose those in for which the sum of w·(l − r) is least, and again with the ratio they give, until it falls no
more (W. Dinkelbach, On nonlinear fractional programming, Management Science 13, 1967). The highest is the
same seen from above.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from smaudit.core.questionnaire import Rules

Number = int | Fraction


class Possible(NamedTuple):
    """How a question that applies, or may apply, can count.

    `least` and `most` are in units of the ruler. `rated` is False where nobody knows: then any value is
    possible. `excusable` says that it may turn out not to apply.
    """

    least: int
    most: int
    rated: bool
    excusable: bool = False


class Weighing(NamedTuple):
    """A question as it weighs on one misconception; `own` says that this is its main one."""

    weight: int
    own: bool
    possible: Possible


class Reach(NamedTuple):
    """Where a misconception can come to lie; the ends are None where too little applies in any case.

    always, ever     whether it is scored whatever is settled, and whether it is in some settlement
    may_not_apply    whether some settlement leaves too few of its own questions
    applies          whether any question of it applies or may apply
    """

    worst: Fraction | None
    best: Fraction | None
    always: bool
    ever: bool
    may_not_apply: bool
    applies: bool


class Ends(NamedTuple):
    """Where the overall can come to lie, and how many misconceptions it is the mean of, at least and most."""

    worst: Fraction | None
    best: Fraction | None
    counted_least: int
    counted_most: int

    @property
    def width(self) -> Fraction:
        """How far the ends are apart; 0 where there are none."""
        if self.worst is None or self.best is None:
            return Fraction()
        return self.best - self.worst


def reach(weighings: Sequence[Weighing], unit: int, rules: Rules) -> Reach:
    """Where a misconception can come to lie, given how its questions can count."""
    fixed = [each for each in weighings if not each.possible.excusable]
    free = [each for each in weighings if each.possible.excusable]
    missing = max(0, rules.min_rated - sum(each.own for each in fixed))
    if not weighings or sum(each.own for each in free) < missing:
        return Reach(None, None, always=False, ever=False, may_not_apply=True, applies=bool(weighings))
    low = _lowest(fixed, free, missing, [each.possible.least for each in (*fixed, *free)])
    high = _lowest(fixed, free, missing, [unit - each.possible.most for each in (*fixed, *free)])
    return Reach(
        worst=100 * low / unit,
        best=100 - 100 * high / unit,
        always=_scored(fixed, [each for each in free if not each.possible.rated], rules),
        ever=_scored([*fixed, *map(_rated, free)], (), rules),
        may_not_apply=bool(missing) or not fixed,
        applies=True,
    )


def ends(reaches: Sequence[Reach]) -> Ends:
    """Where the mean over the misconceptions that have a score can come to lie: an outer bound.

    Those that have one in some settlements only are taken in or left out as the questions of one are.
    """
    fixed = [each for each in reaches if each.always]
    free = [each for each in reaches if each.ever and not each.always]
    if not fixed and not free:
        return Ends(None, None, 0, 0)
    low = lowest_ratio(_sum(_worst(fixed)), len(fixed), [(1, each, False) for each in _worst(free)])
    high = lowest_ratio(_sum(_short(fixed)), len(fixed), [(1, each, False) for each in _short(free)])
    return Ends(low, 100 - high, len(fixed), len(fixed) + len(free))


def lowest_ratio(
    earned: Number, whole: int, free: Sequence[tuple[int, Number, bool]], missing: int = 0
) -> Fraction:
    """The lowest (earned + sum of w·v) / (whole + sum of w) over what may be taken in of `free`.

    Each of those is w, v and whether it is own; `missing` own ones must be taken in, and there must be as
    many. Something must be left to divide by.
    """
    over, under = earned + sum([w * v for w, v, _ in free]), whole + sum([w for w, _, _ in free])
    while True:
        ranked = sorted((w * (v * under - over), not own, w, v) for w, v, own in free)
        taken = [each for each in ranked if each[0] < 0]
        short = missing - sum(not foreign for _, foreign, _, _ in taken)
        if short > 0:
            taken += [each for each in ranked[len(taken) :] if not each[1]][:short]
        lower, divided = earned + sum([w * v for _, _, w, v in taken]), whole + sum([w for *_, w, _ in taken])
        # Where nothing is left to divide by, all have the ratio so far.
        if lower * under >= over * divided:
            return Fraction(over) / under
        over, under = lower, divided


def _lowest(
    fixed: Sequence[Weighing], free: Sequence[Weighing], missing: int, values: Sequence[int]
) -> Fraction:
    """The lowest ratio, with the values of the fixed questions and then of the free ones."""
    earned = sum([each.weight * value for each, value in zip(fixed, values, strict=False)])
    pairs = zip(free, values[len(fixed) :], strict=True)
    taken = [(each.weight, value, each.own) for each, value in pairs]
    return lowest_ratio(earned, sum([each.weight for each in fixed]), taken, missing)


def _scored(sure: Sequence[Weighing], unknown: Iterable[Weighing], rules: Rules) -> bool:
    """Whether there are answers enough for a score, with these questions and further unknown ones."""
    known = [each for each in sure if each.possible.rated]
    weight = sum([each.weight for each in known])
    whole = sum([each.weight for each in (*sure, *unknown)])
    own = sum([each.own for each in known])
    return bool(weight) and weight >= rules.min_coverage * whole and own >= rules.min_rated


def _rated(weighing: Weighing) -> Weighing:
    return weighing._replace(possible=weighing.possible._replace(rated=True))


def _worst(reaches: Iterable[Reach]) -> list[Fraction]:
    return [each.worst for each in reaches if each.worst is not None]


def _short(reaches: Iterable[Reach]) -> list[Fraction]:
    """How far the best ends fall short of 100."""
    return [100 - each.best for each in reaches if each.best is not None]


def _sum(numbers: Iterable[Fraction]) -> Fraction:
    return sum(numbers, Fraction())
