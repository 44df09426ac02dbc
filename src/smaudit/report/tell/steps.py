"""The steps of a plan in words: on a first page, and wave by wave with what to show for each."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from typing import Literal

from smaudit.core.result import OVERALL, Plan, PlannedStep, Reason
from smaudit.language.text import Line, strong
from smaudit.report.blocks import Block, Entry, Heading, Paragraph, Task, Tasks
from smaudit.report.tell.plan_words import PlanWords
from smaudit.report.words import Words

TASK = ("step", "who", "by", "effort", "show")
"""The columns of a table of steps."""
OtherReason = Literal["needed-for-budget", "needed-for-overall"]
"""What a step that a target needs is told to be needed for, where the target is one of these."""


def short_step(words: Words, step: PlannedStep) -> Entry:
    """What to do, who does it, by when, and what it costs."""
    who = words.departments([step.owner]) if step.owner else ()
    facts = words.joined(
        words.question(step.question), who, words.when(step), words.amount(step.effort), by="fact"
    )
    return Entry(strong(words.step(step.question, step.from_)), (*_further(words, step), facts))


def _further(words: Words, step: PlannedStep) -> tuple[Line, ...]:
    """The instructions that follow the first, where one entry takes several steps."""
    return tuple(words.say("report.then", step=words.step(step.question, option)) for option in step.way[1:])


def waves(told: PlanWords, *, level: int, in_full: bool) -> Iterator[Block]:
    """The steps in their waves, numbered through; `in_full` with the way up and what to show for it."""
    plan = told.plan
    number, before = 1, plan.before[OVERALL] or Fraction()
    for wave, group in groupby(plan.steps, key=lambda step: step.wave):
        steps = list(group)
        after = steps[-1].running[OVERALL]
        if wave:
            yield Heading(level, _wave(told, steps[0]))
        yield Paragraph(
            told.say(
                "plan.wave-brings",
                count=len(steps),
                effort=told.words.amount(sum(step.effort for step in steps)),
                before=told.score(OVERALL, before),
                after=told.score(OVERALL, after),
            )
        )
        tasks = tuple(_step(told, number + place, in_full=in_full) for place in range(len(steps)))
        yield Tasks(tasks, tuple(told.say(f"plan.task.{column}") for column in TASK), first=number)
        number, before = number + len(steps), after


def _wave(told: PlanWords, step: PlannedStep) -> Line:
    name = told.say(f"plan.wave.{step.wave}")
    return told.words.joined(name, told.words.when(step), by="between") if step.by else name


def _step(told: PlanWords, number: int, *, in_full: bool) -> Task:
    """The step with this number, counted from 1."""
    words, step = told.words, told.plan.steps[number - 1]
    score = told.score(OVERALL, step.running[OVERALL])
    gain = told.say("plan.step.gain", gain=words.gain(step.gain), score=score)
    lines = [
        *_further(words, step),
        words.joined(words.question(step.question), words.effort(step.effort, step.owner), gain, by="fact"),
    ]
    if in_full:
        now, then = (words.quoted(words.option(step.question, each)) for each in (step.from_, step.to))
        lines.append(words.say("report.next-steps.from-to", now=now, then=then))
    why = told.say("plan.step.why", reason=_reason(told, number))
    lines.append(words.joined(why, told.say("plan.alike") if step.alike else ()))
    if in_full:
        lines += _to_show(told, step)
    who = words.departments([step.owner]) if step.owner else ()
    evidence = words.content(words.worded(step.question).evidence or "")
    return Task(
        title=strong(words.step(step.question, step.from_)),
        lines=tuple(lines),
        cells=(who, words.when(step), words.amount(step.effort), evidence),
    )


def _to_show(told: PlanWords, step: PlannedStep) -> Iterator[Line]:
    """The evidence and the metric of a step."""
    words = told.words
    question = words.worded(step.question)
    if question.evidence:
        yield told.say("plan.step.evidence", evidence=words.content(question.evidence))
    if question.metric:
        yield words.say("report.next-steps.metric", metric=words.metric(question))


def _reason(told: PlanWords, number: int) -> Line:
    """Why a step comes here; told once where several in a row have the same reason."""
    plan, step = told.plan, told.plan.steps[number - 1]
    before = plan.steps[number - 2] if number > 1 else None
    if before and (before.wave, before.reason, before.serves) == (step.wave, step.reason, step.serves):
        return told.say("plan.reason.same")
    misconception = told.words.quoted(told.words.topic(step.serves))
    return told.say(f"plan.reason.{_needed_for(plan, step.reason)}", misconception=misconception)


def _needed_for(plan: Plan, reason: Reason) -> Reason | OtherReason:
    if reason != "needed-for-target":
        return reason
    if plan.budget is not None:
        return "needed-for-budget"
    return "needed-for-overall" if OVERALL in plan.targets else reason
