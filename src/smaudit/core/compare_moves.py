"""How scores moved between two dates, taken apart exactly.

For a misconception, with M the questions that are rated on both dates and asked the same, w the weights, W_M
their sum over M, W_R that over all rated questions of a date, x the values and x̄ their mean over M at a date:

    matched      100·w·(x now − x then) / W_M for each question of M
    composition  100·w·(x − x̄) / W_R for each other question, + for now and − for then, where it is rated
    noise²       4 · sum over M of 1/5·(100·w/W_M)²·δ²

with δ² as in `compare_dates.Pairing.steps`: by convention one answer in five is one option off when the same
person is asked again, and a change counts beyond two standard deviations of that. Where nothing is matched,
the middle of both scores stands for x̄, so that the items still add up. All sums are exact.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt

from smaudit.core.compare_dates import Date, Pairing
from smaudit.core.compare_result import Joined, Move, ScoreAt, Verdict
from smaudit.core.result import OVERALL, Overall

OFF_BY_ONE = Fraction(1, 5)
"""The share of answers that are one option off when people are asked again (a convention)."""
DEVIATIONS = 2
"""Beyond so many standard deviations a change is more than noise (a convention)."""
_PLACES = 10**6


@dataclass
class Parts:
    """A change taken apart: points by question, of what is matched and of what is not; and its noise."""

    matched: dict[str, Fraction] = field(default_factory=dict)
    composition: dict[str, Fraction] = field(default_factory=dict)
    shares: dict[str, Fraction] = field(default_factory=dict)
    has_matched: bool = False

    def points(self, question: str) -> Fraction | None:
        """What a question changes; None where it has no part in it."""
        return self.matched.get(question, self.composition.get(question))


def parts_of(name: str, pairs: Iterable[Pairing], then: Fraction, now: Fraction) -> Parts:
    """The change of a misconception taken apart, given its scores."""
    weighing = [(each, each.question.weights[name]) for each in pairs if each.question.weights.get(name)]
    matched = [(each, weight) for each, weight in weighing if each.is_matched]
    whole = sum(weight for _, weight in matched)
    found = Parts(has_matched=bool(matched))
    for each, weight in matched:
        share = Fraction(100 * weight, whole)
        found.shares[each.question.id] = share
        found.matched[each.question.id] = share * (
            (each.value_now or Fraction()) - (each.value_then or Fraction())
        )
    values: tuple[Callable[[Pairing], Fraction | None], ...] = (_then, _now)
    pulls = [_pulls(weighing, matched, (then + now) / 200, value) for value in values]
    for each, _ in weighing:
        name = each.question.id
        if each.is_rated and not each.is_matched:
            found.composition[name] = pulls[1].get(name, Fraction()) - pulls[0].get(name, Fraction())
    return found


def _pulls(
    weighing: Sequence[tuple[Pairing, int]],
    matched: Sequence[tuple[Pairing, int]],
    middle: Fraction,
    value: Callable[[Pairing], Fraction | None],
) -> dict[str, Fraction]:
    """How far each question pulls the score of a date away from the mean of those matched, in points."""
    whole = sum(weight for _, weight in matched)
    known = {
        each.question.id: (worth, weight) for each, weight in weighing if (worth := value(each)) is not None
    }
    rated = sum(weight for _, weight in known.values())
    mean = (
        sum((weight * (value(each) or Fraction()) for each, weight in matched), Fraction()) / whole
        if whole
        else middle
    )
    return {name: (worth - mean) * (100 * weight) / rated for name, (worth, weight) in known.items()}


def _then(pair: Pairing) -> Fraction | None:
    return pair.value_then


def _now(pair: Pairing) -> Fraction | None:
    return pair.value_now


def mean_of(parts: Sequence[Parts]) -> Parts:
    """The change of a mean over misconceptions taken apart."""
    found = Parts(has_matched=any(each.has_matched for each in parts))
    for each in parts:
        for kept, own in (
            (found.matched, each.matched),
            (found.composition, each.composition),
            (found.shares, each.shares),
        ):
            for name, points in own.items():
                kept[name] = kept.get(name, Fraction()) + points / len(parts)
    return found


def noise_squared(shares: Mapping[str, Fraction], pairs: Mapping[str, Pairing]) -> Fraction:
    """The square of the noise, given the share of each matched question in the score, in points."""
    return (
        DEVIATIONS**2
        * OFF_BY_ONE
        * sum((share**2 * pairs[name].steps for name, share in shares.items()), Fraction())
    )


def root(square: Fraction) -> Fraction:
    """The square root, rounded half up to six places."""
    return Fraction((isqrt(4 * square.numerator * _PLACES**2 // square.denominator) + 1) // 2, _PLACES)


def move(name: str, ends: tuple[ScoreAt, ScoreAt], parts: Parts | None, pairs: Mapping[str, Pairing]) -> Move:
    """How a misconception moved; `parts` is None without a score on both dates."""
    then, now = ends
    unknown = tuple(
        each.question.id for each in pairs.values() if each.question.weights.get(name) and each.is_open
    )
    return _move(name, then, now, parts, pairs, unknown)


def _move(
    name: str,
    then: ScoreAt,
    now: ScoreAt,
    parts: Parts | None,
    pairs: Mapping[str, Pairing],
    unknown: tuple[str, ...],
    *,
    joined: Fraction = Fraction(),
) -> Move:
    hidden = _width(then) + _width(now)
    if parts is None or then.score is None or now.score is None:
        return Move(name, then, now, None, None, None, None, "no-score", 0, unknown, hidden)
    composition = sum(parts.composition.values(), joined)
    difference = now.score - then.score
    if not parts.has_matched:
        return Move(
            name, then, now, difference, None, composition, None, "nothing-matched", 0, unknown, hidden
        )
    matched = sum(parts.matched.values(), Fraction())
    noise = noise_squared(parts.shares, pairs)
    verdict = _verdict(matched, noise, then, now, has_changed=_has_changed(parts, pairs) or bool(joined))
    return Move(
        id=name,
        then=then,
        now=now,
        difference=difference,
        matched=matched,
        composition=composition,
        noise=root(noise),
        verdict=verdict,
        questions=len(parts.matched),
        open=unknown,
        hidden=hidden,
    )


def _has_changed(parts: Parts, pairs: Mapping[str, Pairing]) -> bool:
    return any(parts.composition.values()) or any(not pairs[name].is_same for name in parts.matched)


def _width(at: ScoreAt) -> Fraction:
    return at.best - at.worst if at.best is not None and at.worst is not None else Fraction()


def _verdict(
    matched: Fraction, noise: Fraction, then: ScoreAt, now: ScoreAt, *, has_changed: bool
) -> Verdict:
    if matched**2 <= noise:
        return "within-noise" if has_changed else "unchanged"
    if then.worst is None or then.best is None or now.worst is None or now.best is None:
        return "ranges-overlap"
    if max(then.worst, now.worst) <= min(then.best, now.best):
        return "ranges-overlap"
    return "risen" if matched > 0 else "fallen"


def overall_move(
    then: Date, now: Date, parts: Mapping[str, Parts], pairs: Mapping[str, Pairing]
) -> tuple[Move, tuple[Joined, ...]]:
    """How the overall moved, and what misconceptions did to it that have a score on one date only."""
    ends = _mean_at(then.assessment.overall), _mean_at(now.assessment.overall)
    unknown = tuple(each.question.id for each in pairs.values() if each.is_open)
    if ends[0].score is None or ends[1].score is None:
        return _move(OVERALL, *ends, None, pairs, unknown), ()
    joined = tuple(_joined(then, now, tuple(parts)))
    moved = sum((each.points for each in joined), Fraction())
    return _move(OVERALL, *ends, mean_of(tuple(parts.values())), pairs, unknown, joined=moved), joined


def _mean_at(overall: Overall) -> ScoreAt:
    return ScoreAt(overall.score, overall.worst, overall.best)


def _joined(then: Date, now: Date, both: Sequence[str]) -> Iterable[Joined]:
    """The misconceptions with a score on one date only, as deviations from the mean of the others."""
    scores = [
        {name: each.score for name, each in date.scores.items() if each.score is not None}
        for date in (then, now)
    ]
    middle = sum((_mean(list(each.values())) for each in scores), Fraction()) / 2
    for name in then.scores:
        for sign, found in zip((-1, 1), scores, strict=True):
            if name in found and name not in both:
                mean = _mean([found[each] for each in both]) if both else middle
                yield Joined(name, sign > 0, sign * (found[name] - mean) / len(found))


def _mean(scores: Sequence[Fraction]) -> Fraction:
    return sum(scores, Fraction()) / len(scores)
