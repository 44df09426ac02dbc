"""A plan as a staircase, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator

from smaudit.core.result import OVERALL
from smaudit.report.blocks import Stair, Staircase
from smaudit.report.tell.plan_words import PlanWords


def staircase(told: PlanWords) -> Staircase | None:
    """The staircase of a plan; None where no step is in it, or nothing has a score."""
    plan, words = told.plan, told.words
    before = plan.before[OVERALL]
    if before is None or not plan.steps:
        return None
    after = plan.steps[-1].running[OVERALL]
    return Staircase(
        before=before,
        shown=told.score(OVERALL, before),
        stairs=tuple(_stairs(told)),
        label=words.say(
            "chart.steps",
            count=len(plan.steps),
            company=words.company(),
            before=told.score(OVERALL, before),
            after=told.score(OVERALL, after),
        ),
        across=words.say("chart.across", effort=words.amount(plan.effort)),
        upwards=words.say("chart.upwards"),
    )


def _stairs(told: PlanWords) -> Iterator[Stair]:
    wave = None
    for step in told.plan.steps:
        begins = step.wave is not None and step.wave != wave
        wave = step.wave
        yield Stair(
            name=told.words.question(step.question),
            effort=step.effort,
            score=step.running[OVERALL],
            shown=told.score(OVERALL, step.running[OVERALL]),
            wave=told.say(f"plan.wave.{wave}") if begins else (),
        )
