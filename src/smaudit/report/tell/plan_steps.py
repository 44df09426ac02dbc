"""The steps of a plan, wave by wave: what to do, what it gets, why it comes here and what to show for it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from typing import Literal

from smaudit.core.result import OVERALL, Reason
from smaudit.language.text import Line, strong
from smaudit.report.blocks import Block, Entries, Entry, Heading, Paragraph
from smaudit.report.tell.plan_words import PlanWords

OtherReason = Literal["needed-for-budget", "needed-for-overall"]
"""What a step that a target needs is told to be needed for, where the target is one of these."""


def waves(told: PlanWords, *, level: int, in_full: bool) -> Iterator[Block]:
    """The steps in their waves, numbered through; `in_full` with the way up and what to show for it."""
    plan = told.plan
    number, before = 1, plan.before[OVERALL] or Fraction()
    for wave, group in groupby(plan.steps, key=lambda step: step.wave):
        steps = list(group)
        after = steps[-1].running[OVERALL]
        yield Heading(level, told.say(f"plan.wave.{wave}"))
        brings = told.say(
            "plan.wave-brings",
            count=len(steps),
            effort=told.words.number(sum(step.effort for step in steps)),
            before=told.score(OVERALL, before),
            after=told.score(OVERALL, after),
        )
        begins = wave == 1 and len(steps) < len(plan.steps)
        yield Paragraph(told.words.joined(brings, told.say("plan.wave-begins") if begins else ()))
        entries = tuple(_step(told, number + place, in_full=in_full) for place in range(len(steps)))
        yield Entries(entries, numbered=True, first=number)
        number, before = number + len(steps), after


def _step(told: PlanWords, number: int, *, in_full: bool) -> Entry:
    """The step with this number, counted from 1."""
    words, step = told.words, told.plan.steps[number - 1]
    score = told.score(OVERALL, step.running[OVERALL])
    gain = told.say("plan.step.gain", gain=words.gain(step.gain), score=score)
    lines = [
        words.joined(words.question(step.question), words.effort(step.effort, step.owner), gain, by="fact")
    ]
    if in_full:
        now, then = (words.quoted(words.option(step.question, each)) for each in (step.from_, step.to))
        lines.append(words.say("report.next-steps.from-to", now=now, then=then))
    lines.append(told.say("plan.step.why", reason=_reason(told, number)))
    if in_full:
        lines += _to_show(told, number)
    return Entry(strong(words.step(step.question, step.from_)), tuple(lines))


def _to_show(told: PlanWords, number: int) -> Iterator[Line]:
    """The evidence and the metric of a step, told once for each question."""
    steps, words = told.plan.steps, told.words
    question = words.worded(steps[number - 1].question)
    first = next(place for place, each in enumerate(steps, start=1) if each.question == question.id)
    if first != number and (question.evidence or question.metric):
        yield told.say("plan.step.goes-on", number=first)
        return
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
    reason: Reason | OtherReason = step.reason
    if reason == "needed-for-target" and plan.budget is not None:
        reason = "needed-for-budget"
    elif reason == "needed-for-target" and OVERALL in plan.targets:
        reason = "needed-for-overall"
    misconception = told.words.quoted(told.words.misconception(step.serves))
    return told.say(f"plan.reason.{reason}", misconception=misconception)
