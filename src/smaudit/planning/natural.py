"""What to aim at when nothing is said, the plan for it, and what other answers would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from smaudit.core.questionnaire import RESERVED, Questionnaire
from smaudit.core.result import EDGES, STEERS_BELOW, Assessment, Plan, WhatIf
from smaudit.core.scoring import assess
from smaudit.core.sheet import Sheet
from smaudit.planning.plan import plan


def natural_targets(assessment: Assessment) -> Mapping[str, Fraction]:
    """What to aim at when nothing is said: that no misconception steers the company any more.

    That is 50 for every one with a score; or, where that is reached, the next band of the one with the lowest
    score. Empty where none has a score or all are in the highest band.
    """
    scores = {each.id: each.score for each in assessment.misconceptions if each.score is not None}
    lowest = min(scores.values(), default=Fraction(100))
    if lowest < STEERS_BELOW:
        return dict.fromkeys(scores, Fraction(STEERS_BELOW))
    above = [Fraction(edge) for edge in EDGES if edge > lowest]
    return {assessment.overall.weakest[0]: above[0]} if above else {}


def natural_plan(questionnaire: Questionnaire, sheet: Sheet, assessment: Assessment | None = None) -> Plan:
    """The plan for the natural targets, which also leaves every alarm that a step leads away from.

    Where a target is out of reach, it is lowered to the most that there is, and the plan says what stands
    in the way.
    """
    assessment = assessment or assess(questionnaire, sheet)
    targets = natural_targets(assessment)
    found = plan(questionnaire, sheet, targets, leave_alarms=True, assessment=assessment)
    if found.status != "unreachable":
        return found
    within = {name: _within(target, found.most[name]) for name, target in targets.items()}
    lowered = plan(questionnaire, sheet, within, leave_alarms=True, assessment=assessment)
    return replace(lowered, most=found.most, stands_in_the_way=found.stands_in_the_way)


def _within(target: Fraction, most: Fraction | None) -> Fraction:
    return target if most is None else min(target, most)


def plan_after(questionnaire: Questionnaire, sheet: Sheet, done: Plan) -> Plan:
    """The natural plan once the steps of another plan have been taken."""
    return natural_plan(questionnaire, sheet.with_choices({step.question: step.to for step in done.steps}))


def what_if(
    questionnaire: Questionnaire,
    sheet: Sheet,
    changes: Mapping[str, str],
    assessment: Assessment | None = None,
) -> WhatIf:
    """The assessments of the sheet as it is and with these choices, by question id, at the same depth.

    A choice is an option id, `dont-know` or `not-applicable`. Raises KeyError where a name is unknown.
    """
    for name, choice in changes.items():
        if choice not in {*questionnaire.question[name].levels, *RESERVED}:
            raise KeyError(choice)
    before = assessment or assess(questionnaire, sheet)
    after = assess(questionnaire, sheet.with_choices(changes).with_depth(before.sheet.depth))
    return WhatIf(changes=changes, before=before, after=after, difference=_difference(before, after))


def _difference(before: Assessment, after: Assessment) -> dict[str, Fraction | None]:
    scores = after.scores()
    return {
        name: None if score is None or (now := scores[name]) is None else now - score
        for name, score in before.scores().items()
    }
