"""Steps: what takes an answer to a better one, what it gains by its effort, and in which order to take them.

For a step of question q from level l to k (its aim, see `Question.aim`), with x its values, w its weights and
W_R the sum of the weights of the rated questions of a misconception m:

    gain in m = 100·w·(x(k) − x(l)) / W_R       gain = change of the overall score
    priority = gain / effort
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm

from smaudit.core.figures import ratio
from smaudit.core.questionnaire import Question, Questionnaire
from smaudit.core.result import MisconceptionScore, NextStep
from smaudit.core.sheet import Sheet

Rated = tuple[Question, str, int]
"""A question that is rated, what was chosen, and its level."""


def next_steps(
    questionnaire: Questionnaire,
    rated: Iterable[Rated],
    sheet: Sheet,
    weights: Mapping[str, int],
    scores: Sequence[MisconceptionScore],
) -> tuple[NextStep, ...]:
    """The step of each rated question that can rise, best first; `weights` are the rated weights."""
    standing = standings(scores)
    found = [
        (step, step_rank(step, question, level, standing))
        for question, _, level in rated
        if (step := step_up(questionnaire, question, level, sheet, weights))
    ]
    # Fractions are slow to compare, and a sort compares each of them many times.
    common = lcm(*(step.priority.denominator for step, _ in found))
    found.sort(
        key=lambda pair: (
            -pair[0].priority.numerator * (common // pair[0].priority.denominator),
            pair[1][1:],
        )
    )
    return tuple(step for step, _ in found)


def standings(scores: Iterable[MisconceptionScore]) -> dict[str, int]:
    """The place of each misconception by its score, the lowest first; those without one last."""
    ranked = sorted(scores, key=lambda each: (each.score is None, each.score or 0))
    return {each.id: place for place, each in enumerate(ranked)}


def rated_weights(scores: Iterable[MisconceptionScore]) -> dict[str, int]:
    """The sum of the weights of the rated questions, by misconception that has a score."""
    return {
        each.id: sum(answer.weight for answer in each.questions if answer.status == "rated")
        for each in scores
        if each.score is not None
    }


def step_up(
    questionnaire: Questionnaire, question: Question, level: int, sheet: Sheet, weights: Mapping[str, int]
) -> NextStep | None:
    """The step that takes a question up from a level; None where there is none, or the sheet rules it out.

    The effort is the sheet's own where it gives one, and the owner one that exists in the company. `weights`
    are the rated weights of the sheet.
    """
    step, aim = question.options[level].step, question.aim(level)
    if step is None or aim is None or question.id in sheet.ruled_out:
        return None
    rise, unit, own = question.units[aim] - question.units[level], question.unit, question.weights
    gains: dict[str, Fraction] = {}
    part, whole = 0, 1
    for name, total in weights.items():
        weight = own.get(name, 0)
        if weight:
            gains[name] = ratio(100 * rise * weight, unit * total)
            part, whole = part * total + weight * whole, whole * total
    part, whole = 100 * rise * part, unit * whole * max(1, len(weights))
    effort = sheet.efforts.get(question.id, step.effort)
    return NextStep(
        question=question.id,
        from_=question.options[level].id,
        to=question.options[aim].id,
        effort=effort,
        gain=ratio(part, whole),
        gains=gains,
        priority=ratio(part, whole * effort),
        owner=questionnaire.owner_for(step, sheet.company.profile),
    )


def step_rank(
    step: NextStep, question: Question, level: int, standing: Mapping[str, int]
) -> tuple[Fraction, int, int, int, str]:
    """What orders steps, least first: gain per effort, place of its misconception, level, effort, id."""
    return -step.priority, standing[question.main], level, step.effort, question.id
