"""What the answers of one sheet add up to, in whole numbers, and the figures that follow from the sums.

With D the common denominator of all option values, x·D is whole, and so are the sums that a score is made of.
For a misconception (A applicable, R rated, U = A without R, w the weights, all as in `scoring.py`):

    earned  = sum of w·x·D over R        rated, unknown, excused = sums of w over R, U and the not applicable
    score = 100·earned / (D·rated)       worst = 100·earned / (D·applicable)
    best  = 100·(earned + D·unknown) / (D·applicable)       coverage = rated / applicable

Comparisons are made on the whole numbers; a fraction is made once for each figure, and is exact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm
from operator import itemgetter
from typing import NamedTuple

from smaudit.core.questionnaire import (
    DONT_KNOW,
    NOT_APPLICABLE,
    Depth,
    Question,
    Questionnaire,
    Rules,
)
from smaudit.core.result import CLOSE, STEERS_BELOW, AnswerStatus, Overall, Status, Steering
from smaudit.core.sheet import Sheet


class Answered(NamedTuple):
    """How the answer to a question counts: what was chosen, None where it is ruled out or unanswered.

    `level` is that of a rated answer, else 0. `adds` says which sums of a sheet grow, and by how much; these
    stand in one list, those of a `Tally` in its order for one misconception after the other.
    """

    question: Question
    status: AnswerStatus
    choice: str | None
    level: int
    adds: tuple[tuple[int, int], ...]


class Weighed(NamedTuple):
    """A question to count with: its id, whether it depends on the profile, and how answers to it count.

    `known` has an answer by what was chosen, made when that is met first.
    """

    question: Question
    id: str
    conditional: bool
    known: dict[str | None, Answered]


@dataclass(frozen=True)
class Ruler:
    """What the sheets of one depth are counted with; `unit` is D.

    `weighing` has, for each misconception, the numbers of the questions that weigh on it.
    """

    unit: int
    rules: Rules
    names: Mapping[str, int]
    questions: tuple[Weighed, ...]
    weighing: tuple[tuple[int, ...], ...]


class Tally(NamedTuple):
    """What the answers of a sheet add up to for one misconception.

    `earned` is in units of the ruler; `rated`, `unknown` and `excused` are sums of weights; `own` and
    `own_unknown` count the rated and the unknown questions whose main misconception it is.
    """

    earned: int
    rated: int
    unknown: int
    excused: int
    own: int
    own_unknown: int = 0

    @property
    def applicable(self) -> int:
        """The weight of all that applies, rated or unknown."""
        return self.rated + self.unknown


class Figures(NamedTuple):
    """The figures of one misconception: points of 100, coverage 0..1; None where there is none."""

    status: Status
    score: Fraction | None
    worst: Fraction | None
    best: Fraction | None
    coverage: Fraction | None


_NONE = Figures("not-applicable", None, None, None, None)
_TOO_FEW = Figures("too-few-apply", None, None, None, None)


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
    return figures(ruler, counted(ruler, sheet)[1])


def ruler_of(questionnaire: Questionnaire, depth: Depth) -> Ruler:
    """The ruler for the sheets of this depth; made once for a questionnaire."""
    return questionnaire.kept(f"ruler-{depth}", lambda content: _ruler(content, depth))


def _ruler(questionnaire: Questionnaire, depth: Depth) -> Ruler:
    names = {each.id: number for number, each in enumerate(questionnaire.misconceptions)}
    asked = questionnaire.at(depth)
    return Ruler(
        unit=lcm(*(question.unit for question in asked)),
        rules=questionnaire.rules,
        names=names,
        questions=tuple(
            Weighed(each, each.id, conditional=bool(each.applies_if), known={}) for each in asked
        ),
        weighing=tuple(
            tuple(number for number, question in enumerate(asked) if question.weights.get(name))
            for name in names
        ),
    )


def answer_status(question: Question, sheet: Sheet) -> AnswerStatus:
    """How the sheet's answer to a question counts; an option we do not know counts as unanswered."""
    if not question.applies_to(sheet.company.profile):
        return "ruled-out"
    return _status(question, sheet.choice(question.id))


def _status(question: Question, choice: str | None) -> AnswerStatus:
    if choice in question.levels:
        return "rated"
    if choice == NOT_APPLICABLE:
        return "not-applicable"
    return "dont-know" if choice == DONT_KNOW else "unanswered"


def counted(ruler: Ruler, sheet: Sheet) -> tuple[list[Answered], list[Tally]]:
    """How each answer counts, in the order of the questions; and their tallies, by misconception."""
    answers, facts, found = sheet.answers, sheet.company.profile, list[Answered]()
    sums = [0] * (_SUMS * len(ruler.names))
    for question, name, conditional, known in ruler.questions:
        answer = answers.get(name)
        choice = None if answer is None else answer.choice
        if conditional and not question.applies_to(facts):
            each = Answered(question, "ruled-out", None, 0, ())
        else:
            each = known.get(choice) or _answered(question, choice, ruler, known)
        found.append(each)
        for place, amount in each.adds:
            sums[place] += amount
    return found, list(map(Tally, *(sums[start::_SUMS] for start in range(_SUMS))))


_SUMS = len(Tally._fields)
_EARNED, _RATED, _UNKNOWN, _EXCUSED, _OWN, _OWN_UNKNOWN = range(_SUMS)


def _answered(
    question: Question, choice: str | None, ruler: Ruler, known: dict[str | None, Answered]
) -> Answered:
    """How an answer counts that was not met before; kept in `known`, as unanswered where it is no option."""
    status = _status(question, choice)
    if status == "unanswered":
        choice = None
    level = question.levels[choice] if choice and status == "rated" else 0
    weights = [(_SUMS * ruler.names[name], weight) for name, weight in question.weights.items() if weight]
    if status == "rated":
        worth = question.units[level] * (ruler.unit // question.unit)
        adds = [(at + _EARNED, weight * worth) for at, weight in weights]
        adds += [(at + _RATED, weight) for at, weight in weights]
        adds.append((_SUMS * ruler.names[question.main] + _OWN, 1))
    else:
        place = _EXCUSED if status == "not-applicable" else _UNKNOWN
        adds = [(at + place, weight) for at, weight in weights]
        if place == _UNKNOWN:
            adds.append((_SUMS * ruler.names[question.main] + _OWN_UNKNOWN, 1))
    made = known[choice] = Answered(question, status, choice, level, tuple(adds))
    return made


_Scored = tuple[str, int, int, int, int]
"""A misconception that has a score: its id, `points` and `highest` as in `figures`, rated, applicable."""


def figures(ruler: Ruler, sums: Sequence[Tally]) -> Row:
    """The figures that follow from the tallies of a sheet."""
    unit, rules = ruler.unit, ruler.rules
    least_known, known_of = rules.min_coverage.numerator, rules.min_coverage.denominator
    found: list[Figures] = []
    scored: list[_Scored] = []
    least = most = 0
    for name, (earned, rated, unknown, _, own, own_unknown) in zip(ruler.names, sums, strict=True):
        applicable = rated + unknown
        if not applicable or own + own_unknown < rules.min_rated:
            found.append(_TOO_FEW if applicable else _NONE)
            continue
        points, whole, edge = 100 * earned, unit * applicable, STEERS_BELOW * unit * applicable
        highest = points + 100 * unit * unknown
        least += highest < edge
        most += points < edge
        worst, coverage = ratio(points, whole), ratio(rated, applicable)
        best = ratio(highest, whole) if unknown else worst
        if rated and rated * known_of >= least_known * applicable and own >= rules.min_rated:
            score = ratio(points, unit * rated) if unknown else worst
            found.append(Figures("scored", score, worst, best, coverage))
            scored.append((name, points, highest, rated, applicable))
        else:
            found.append(Figures("not-enough-answers", None, worst, best, coverage))
    if scored:
        return Row(tuple(found), _overall(scored, unit, of=len(sums), least=least, most=most))
    return Row(tuple(found), Overall(None, None, None, None, 0, len(sums), Steering(0, least, most), ()))


def _overall(scored: Sequence[_Scored], unit: int, *, of: int, least: int, most: int) -> Overall:
    """The plain means over the misconceptions that have a score, of one at least, and how many steer.

    Over a common denominator a mean is a sum of whole numbers, and scores compare as such.
    """
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
    count = len(scored)
    return Overall(
        score=Fraction(sum([score for score, _ in scores]), unit * of_rated * count),
        worst=Fraction(worst, unit * of_applicable * count),
        best=Fraction(best, unit * of_applicable * count),
        coverage=Fraction(covered, of_applicable * count),
        counted=count,
        of=of,
        steering=Steering(steering, least, most),
        weakest=_weakest(scores, unit * of_rated),
    )


def _weakest(scores: Sequence[tuple[int, str]], whole: int) -> tuple[str, ...]:
    """The misconceptions within `CLOSE` points of the lowest score, lowest first, equals in their order.

    Scores are given as points of 100, times a whole.
    """
    limit = min(scores)[0] + CLOSE * whole
    near = [each for each in scores if each[0] <= limit]
    return tuple([name for _, name in sorted(near, key=itemgetter(0))])
