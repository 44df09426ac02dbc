"""What to do, and what it gets: the cheapest steps to a target, the most for an effort, and what-if."""

from __future__ import annotations

from smaudit.planning.natural import natural_plan, natural_targets, plan_after, what_if
from smaudit.planning.plan import plan, plan_for_budget
from smaudit.planning.solver import Enough

__all__ = ["Enough", "natural_plan", "natural_targets", "plan", "plan_after", "plan_for_budget", "what_if"]
