"""In which order to take the steps of a plan, and why: three waves, ranked like the report's next steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from smaudit.core.questionnaire import Question, Questionnaire
from smaudit.core.result import OVERALL, Assessment, NextStep, PlannedStep, Reason, Wave
from smaudit.core.scoring import answer_status
from smaudit.core.sheet import Sheet
from smaudit.core.steps import rated_weights, step_rank, step_up

FIRST_WEEK_STEP, FIRST_WEEK, FIRST_WEEK_OWNER = 2, 8, 2
"""Of the first week: the largest effort of a step, of all steps together, and the steps of one owner."""
FIRST_QUARTER = 20
"""Of the first quarter: the largest effort of all steps together."""


@dataclass(frozen=True)
class Rung:
    """A step that could be taken: up from `level` of its question."""

    question: Question
    level: int
    step: NextStep

    def points(self, name: str) -> Fraction:
        """What the step adds to the overall or to the misconception of this name, in points of 100."""
        return self.step.gain if name == OVERALL else self.step.gains.get(name, Fraction())

    @property
    def leaves_alarm(self) -> bool:
        """Whether the step leaves an option that is an alarm."""
        return self.question.options[self.level].alarm


@dataclass(frozen=True)
class Ladder:
    """The steps of one question that can be taken one after the other, from the answer given upwards."""

    question: str
    rungs: tuple[Rung, ...]

    def effort(self, height: int) -> int:
        """What the first `height` steps cost."""
        return sum(rung.step.effort for rung in self.rungs[:height])

    def points(self, name: str, height: int) -> Fraction:
        """What the first `height` steps add to the overall or a misconception, in points of 100."""
        return sum((rung.points(name) for rung in self.rungs[:height]), Fraction())


def ladders(questionnaire: Questionnaire, sheet: Sheet, assessment: Assessment) -> tuple[Ladder, ...]:
    """The ladder of every rated question that has one; a missing step ends it."""
    weights = rated_weights(assessment.misconceptions)
    found = (
        Ladder(question.id, tuple(_rungs(question, sheet, weights)))
        for question in questionnaire.at(assessment.sheet.depth)
        if answer_status(question, sheet) == "rated"
    )
    return tuple(ladder for ladder in found if ladder.rungs)


def _rungs(question: Question, sheet: Sheet, weights: Mapping[str, int]) -> Iterator[Rung]:
    level = question.levels[sheet.choice(question.id) or ""]
    while step := step_up(question, level, sheet, weights):
        yield Rung(question, level, step)
        level += 1


def roadmap(
    all_ladders: Sequence[Ladder],
    heights: Mapping[str, int],
    before: Mapping[str, Fraction],
    targets: Iterable[str],
    *,
    alone: bool = False,
) -> tuple[PlannedStep, ...]:
    """Order the first steps of each ladder, as many as `heights` says, wave by wave.

    A wave takes what fits into it, always the best of what can be taken next, until nothing more fits:
    the first week whatever leaves an alarm, and steps of effort 1 or 2, at most 8 in all and two of one
    owner; the first quarter steps of at most 20 in all; later the rest. The best leaves an alarm, or else is
    the first by the ranking of the report's next steps (`steps.step_rank`). `before` are the scores before
    the plan, of one misconception at least; `targets` the names it is made for, with a score. `alone` says
    that one person owns every step.
    """
    targeted = set(targets)
    scored = [name for name in before if name != OVERALL]
    served = [name for name in scored if name in targeted and OVERALL not in targeted] or scored
    first = _weakest(before)
    taken_of = {ladder.question: 0 for ladder in all_ladders}
    whole = {ladder.question: len(ladder.rungs) for ladder in all_ladders}
    running, steps = dict(before), list[PlannedStep]()

    def next_ones(up_to: Mapping[str, int]) -> list[Rung]:
        return [
            ladder.rungs[taken_of[ladder.question]]
            for ladder in all_ladders
            if taken_of[ladder.question] < up_to.get(ladder.question, 0)
        ]

    waves: tuple[Wave, ...] = (1, 2, 3)
    for wave in waves:
        taken: list[Rung] = []
        while fitting := [rung for rung in next_ones(heights) if _fits(rung, wave, taken, alone=alone)]:
            best = min(fitting, key=lambda rung: _rank(rung, first))
            most = max(rung.step.priority for rung in next_ones(whole))
            taken.append(best)
            serves = max(served, key=best.points)
            reason = _reason(best, most, serves == _weakest(running))
            running = _raised(running, best)
            steps.append(_planned(best, wave, running, reason, serves))
            taken_of[best.question.id] += 1
    return tuple(steps)


def _fits(rung: Rung, wave: Wave, taken: Sequence[Rung], *, alone: bool) -> bool:
    """Whether there is room for the step in a wave that has taken these."""
    step = rung.step
    total = sum(each.step.effort for each in taken) + step.effort
    if wave == 1:
        owned = sum(alone or each.step.owner == step.owner for each in taken)
        free = owned < FIRST_WEEK_OWNER or not (alone or step.owner)
        return rung.leaves_alarm or (step.effort <= FIRST_WEEK_STEP and total <= FIRST_WEEK and free)
    return wave == 3 or total <= FIRST_QUARTER  # noqa: PLR2004 - the last wave takes everything


def _rank(rung: Rung, weakest: str) -> tuple[Any, ...]:
    return (not rung.leaves_alarm, *step_rank(rung.step, rung.level, weakest))


def _weakest(running: Mapping[str, Fraction]) -> str:
    return min((name for name in running if name != OVERALL), key=lambda name: running[name])


def _reason(rung: Rung, most: Fraction, serves_weakest: bool) -> Reason:  # noqa: FBT001 - a private helper
    if rung.leaves_alarm:
        return "alarm"
    if rung.step.priority == most:
        return "best-gain-per-effort"
    return "weakest" if serves_weakest else "needed-for-target"


def _raised(running: Mapping[str, Fraction], rung: Rung) -> dict[str, Fraction]:
    return {name: score + rung.points(name) for name, score in running.items()}


def _planned(
    rung: Rung, wave: Wave, running: Mapping[str, Fraction], reason: Reason, serves: str
) -> PlannedStep:
    step = rung.step
    return PlannedStep(
        question=step.question,
        from_=step.from_,
        to=step.to,
        effort=step.effort,
        gain=step.gain,
        gains=step.gains,
        owner=step.owner,
        wave=wave,
        running=running,
        reason=reason,
        serves=serves,
    )
