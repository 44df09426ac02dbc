"""The figures that follow from the tally of a sheet: exact fractions, found by whole numbers.

With the sums of `tally.py` for a misconception:

    score = 100·earned / (D·rated)       worst = 100·earned / (D·applicable)
    best  = 100·(earned + D·unknown) / (D·applicable)       coverage = rated / applicable

Comparisons are made on the whole numbers; a fraction is made once for each figure, and is exact.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import lcm
from operator import itemgetter
from typing import NamedTuple

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.result import CLOSE, STEERS_BELOW, Overall, Status, Steering
from smaudit.core.sheet import Sheet
from smaudit.core.tally import Ruler, Tally, choices_of, counted, ruler_of


class Figures(NamedTuple):
    """The figures of one misconception: points of 100, coverage 0..1; None where there is none."""

    status: Status
    score: Fraction | None
    worst: Fraction | None
    best: Fraction | None
    coverage: Fraction | None


class Row(NamedTuple):
    """The figures of one sheet: those of each misconception, in the questionnaire's order, and of all."""

    misconceptions: tuple[Figures, ...]
    overall: Overall


@lru_cache(maxsize=8192)
def ratio(part: int, whole: int) -> Fraction:
    """The fraction part/whole; kept, since the same few come again in a sheet and from sheet to sheet."""
    return Fraction(part, whole)


def row(questionnaire: Questionnaire, sheet: Sheet) -> Row:
    """The figures of a sheet alone, as a table of many needs them: the same as in its assessment."""
    ruler = ruler_of(questionnaire, sheet.depth_for(questionnaire))
    return figures(ruler, counted(ruler, choices_of(sheet), sheet.company.profile).sums)


def status_of(ruler: Ruler, tally: Tally) -> Status:
    """Whether a misconception has a score by the rules, and why not."""
    _, rated, unknown, _, own, own_unknown = tally
    applicable, rules = rated + unknown, ruler.rules
    if not applicable:
        return "not-applicable"
    if own + own_unknown < rules.min_rated:
        return "too-few-apply"
    least = rules.min_coverage
    known = rated and rated * least.denominator >= least.numerator * applicable
    return "scored" if known and own >= rules.min_rated else "not-enough-answers"


Scored = tuple[str, int, int, int, int]
"""A misconception that has a score: its id, `points` and `highest` as in `figures`, rated, applicable."""


def figures(ruler: Ruler, sums: Sequence[Tally]) -> Row:
    """The figures that follow from the tallies of a sheet."""
    unit = ruler.unit
    found: list[Figures] = []
    scored: list[Scored] = []
    least = most = 0
    for name, tally in zip(ruler.names, sums, strict=True):
        status, (earned, rated, unknown, *_) = status_of(ruler, tally), tally
        if status in {"not-applicable", "too-few-apply"}:
            found.append(Figures(status, None, None, None, None))
            continue
        applicable = rated + unknown
        points, whole, edge = 100 * earned, unit * applicable, STEERS_BELOW * unit * applicable
        highest = points + 100 * unit * unknown
        least += highest < edge
        most += points < edge
        worst, coverage = ratio(points, whole), ratio(rated, applicable)
        best = ratio(highest, whole) if unknown else worst
        score: Fraction | None = None
        if status == "scored":
            score = ratio(points, unit * rated) if unknown else worst
            scored.append((name, points, highest, rated, applicable))
        found.append(Figures(status, score, worst, best, coverage))
    if scored:
        return Row(tuple(found), _overall(scored, unit, of=len(sums), least=least, most=most))
    return Row(tuple(found), Overall(None, None, None, None, 0, len(sums), Steering(0, least, most), ()))


class Means(NamedTuple):
    """The sums of the figures of some misconceptions, in whole numbers over `of_rated` and `of_applicable`.

    `scores` are in points times the unit times `of_rated`, each with its name; `steering` counts those
    below 50.
    """

    scores: list[tuple[int, str]]
    worst: int
    best: int
    covered: int
    steering: int
    of_rated: int
    of_applicable: int


def means(scored: Sequence[Scored], unit: int) -> Means:
    """Over a common denominator a mean is a sum of whole numbers, and scores compare as such."""
    of_rated = lcm(*[rated for *_, rated, _ in scored])
    of_applicable = lcm(*[applicable for *_, applicable in scored])
    edge, steering, worst, best, covered = STEERS_BELOW * unit * of_rated, 0, 0, 0, 0
    scores: list[tuple[int, str]] = []
    for name, points, highest, rated, applicable in scored:
        score, share = points * (of_rated // rated), of_applicable // applicable
        scores.append((score, name))
        steering += score < edge
        worst += points * share
        best += highest * share
        covered += rated * share
    return Means(scores, worst, best, covered, steering, of_rated, of_applicable)


def _overall(scored: Sequence[Scored], unit: int, *, of: int, least: int, most: int) -> Overall:
    """The plain means over the misconceptions that have a score, of one at least, and how many steer."""
    found, count = means(scored, unit), len(scored)
    return Overall(
        score=Fraction(sum([score for score, _ in found.scores]), unit * found.of_rated * count),
        worst=Fraction(found.worst, unit * found.of_applicable * count),
        best=Fraction(found.best, unit * found.of_applicable * count),
        coverage=Fraction(found.covered, found.of_applicable * count),
        counted=count,
        of=of,
        steering=Steering(found.steering, least, most),
        weakest=_weakest(found.scores, unit * found.of_rated),
    )


def _weakest(scores: Sequence[tuple[int, str]], whole: int) -> tuple[str, ...]:
    """The misconceptions within `CLOSE` points of the lowest score, lowest first, equals in their order.

    Scores are given as points of 100, times a whole.
    """
    limit = min(scores)[0] + CLOSE * whole
    near = [each for each in scores if each[0] <= limit]
    return tuple([name for _, name in sorted(near, key=itemgetter(0))])
