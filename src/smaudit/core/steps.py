"""Steps: what takes an answer one level up, what it gains by its effort, and in which order to take them.

For a step of question q from level l to l + 1, with x its values, w its weights and W_R the sum of the
weights of the rated questions of a misconception m:

    gain in m = 100·w·(x(l+1) − x(l)) / W_R       gain = change of the overall score
    priority = gain / effort
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from smaudit.core.questionnaire import Question
from smaudit.core.result import MisconceptionScore, NextStep
from smaudit.core.sheet import Sheet


def next_steps(
    rated: Sequence[Question], sheet: Sheet, scores: Sequence[MisconceptionScore], weakest: Sequence[str]
) -> tuple[NextStep, ...]:
    """The step of each rated question below its top, best first."""
    weights = rated_weights(scores)
    levels = {question.id: question.levels[sheet.answers[question.id].choice or ""] for question in rated}
    steps = (step_up(question, levels[question.id], sheet, weights) for question in rated)
    first = weakest[0] if weakest else ""
    return tuple(
        sorted(
            (step for step in steps if step),
            key=lambda step: step_rank(step, levels[step.question], first),
        )
    )


def rated_weights(scores: Iterable[MisconceptionScore]) -> dict[str, int]:
    """The sum of the weights of the rated questions, by misconception that has a score."""
    return {
        each.id: sum(answer.weight for answer in each.questions if answer.status == "rated")
        for each in scores
        if each.score is not None
    }


def step_up(question: Question, level: int, sheet: Sheet, weights: Mapping[str, int]) -> NextStep | None:
    """The step that takes a question up from a level; None where there is none, or the sheet rules it out.

    The effort is the sheet's own where it gives one. `weights` are the rated weights of the sheet.
    """
    step = question.options[level].step
    if step is None or level + 1 == len(question.options) or question.id in sheet.ruled_out:
        return None
    rise = question.values[level + 1] - question.values[level]
    gains = {
        name: 100 * question.weights[name] * rise / total
        for name, total in weights.items()
        if question.weights.get(name, 0)
    }
    gain = sum(gains.values(), Fraction()) / max(1, len(weights))
    effort = sheet.efforts.get(question.id, step.effort)
    return NextStep(
        question=question.id,
        from_=question.options[level].id,
        to=question.options[level + 1].id,
        effort=effort,
        gain=gain,
        gains=gains,
        priority=gain / effort,
        owner=step.owner,
    )


def step_rank(step: NextStep, level: int, weakest: str) -> tuple[Fraction, Fraction, int, int, str]:
    """What orders steps, least first: gain per effort, gain in the weakest, effort, level, question id."""
    return -step.priority, -step.gains.get(weakest, Fraction()), step.effort, level, step.question
