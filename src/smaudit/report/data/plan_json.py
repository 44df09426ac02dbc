"""What a script reads: a plan (`smaudit/plan/1`) and a what-if (`smaudit/what-if/1`) as JSON objects."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from smaudit import __version__
from smaudit.planning import PlannedStep
from smaudit.report.data.json import (
    assessment_document,
    decimal,
    exact,
    questionnaire_name,
    sheet_name,
)
from smaudit.report.tell.plan_words import Planned
from smaudit.report.tell.what_if import WhatIf

if TYPE_CHECKING:
    from smaudit.report.data.shapes import PlanDocument, PlannedStepDocument, Scores, WhatIfDocument


def plan_document(planned: Planned) -> PlanDocument:
    """The plan as plain data."""
    plan = planned.plan
    in_the_way = {each.question: each.status for each in plan.stands_in_the_way}
    return {
        "schema": "smaudit/plan/1",
        "smaudit": __version__,
        "questionnaire": questionnaire_name(planned.subject),
        "sheet": sheet_name(planned.subject),
        "targets": {name: exact(target) for name, target in plan.targets.items()},
        "status": plan.status,
        "optimal": plan.optimal,
        "bound": plan.bound,
        "effort": plan.effort,
        "before": _scores(plan.before),
        "after": _scores(plan.after),
        "steps": [_step(each) for each in plan.steps],
        "stands_in_the_way": [{"question": name, "status": status} for name, status in in_the_way.items()],
        "most": _scores(plan.most),
        "budget": plan.budget,
        "ceiling": decimal(plan.ceiling),
    }


def what_if_document(tried: WhatIf) -> WhatIfDocument:
    """A what-if as plain data; a difference is null where one side has no score."""
    before, after = tried.before.assessment.scores(), tried.after.assessment.scores()
    return {
        "schema": "smaudit/what-if/1",
        "changes": dict(tried.changes),
        "before": assessment_document(tried.before),
        "after": assessment_document(tried.after),
        "difference": {name: _difference(score, after[name]) for name, score in before.items()},
    }


def _difference(before: Fraction | None, after: Fraction | None) -> float | None:
    return None if before is None or after is None else exact(after - before)


def _scores(found: Mapping[str, Fraction | None]) -> Scores:
    return {name: decimal(score) for name, score in found.items()}


def _step(step: PlannedStep) -> PlannedStepDocument:
    return {
        "question": step.question,
        "from": step.from_,
        "to": step.to,
        "effort": step.effort,
        "gain": exact(step.gain),
        "gains": {name: exact(gain) for name, gain in step.gains.items()},
        "owner": step.owner,
        "wave": step.wave,
        "running": {name: exact(score) for name, score in step.running.items()},
        "reason": step.reason,
        "serves": step.serves,
    }
