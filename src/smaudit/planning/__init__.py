"""What to do: the roadmap, the cheapest steps to a target, the most for an effort; and what-if."""

from __future__ import annotations

from smaudit.planning.assess import assess
from smaudit.planning.plan import plan, plan_for_budget
from smaudit.planning.roadmap import roadmap
from smaudit.planning.solver import Enough
from smaudit.planning.what_if import what_if

__all__ = ["Enough", "assess", "plan", "plan_for_budget", "roadmap", "what_if"]
