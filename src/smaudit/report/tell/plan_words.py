"""A plan and the words for it: names, targets and scores as a plan prints them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from smaudit.core.result import OVERALL, Plan
from smaudit.language.text import Filling, Line, value
from smaudit.report.numbers import exactly, shown
from smaudit.report.results import Planned
from smaudit.report.words import Words


@dataclass(frozen=True)
class PlanWords:
    """A plan in the words of one language."""

    planned: Planned
    words: Words

    @property
    def plan(self) -> Plan:
        """The plan itself."""
        return self.planned.plan

    def say(self, key: str, /, **values: Filling) -> Line:
        """A phrase."""
        return self.words.say(key, **values)

    def by(self) -> Line:
        """By whose estimates of effort the plan is made."""
        return self.say("plan.by.own" if self.planned.subject.sheet.efforts else "plan.by.estimates")

    def name(self, name: str) -> Line:
        """The overall, or a misconception by its neutral name, in a sentence."""
        return self.say("plan.overall") if name == OVERALL else self.words.quoted(self.words.topic(name))

    def target(self, target: Fraction) -> Line:
        """A target as it was given; one with many decimals as a score."""
        places = exactly(target)
        return self.words.score(target) if places is None else self.words.number(target, places)

    def score(self, name: str, score: Fraction) -> Line:
        """A score as it is printed, never past its target by rounding."""
        plan = self.planned.plan
        is_target = name in plan.targets and plan.goal == "targets"
        edges = (plan.targets[name],) if is_target else ()
        printed, places = shown(score, edges)
        return value(self.words.phrases.number(printed, places))

    def ask(self, question: str) -> Line:
        """Who would know the answer; empty where nobody is named."""
        who = self.words.departments(self.words.questionnaire.question[question].ask)
        return self.words.say("report.find-out.ask", who=who) if who else ()
