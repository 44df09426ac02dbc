"""Where all questions of a team stand, the ranges that follow, and what settling each of them removes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from smaudit.core.questionnaire import Depth, Questionnaire
from smaudit.core.sheet import Sheet
from smaudit.core.tally import Ruler, ruler_of
from smaudit.core.team_answers import (
    FoundFacts,
    Member,
    Standing,
    agreed_facts,
    asked_departments,
    counting,
    depth_of,
    facts_of,
    members,
    said,
    standing,
)
from smaudit.core.team_range import Ends, Possible, Reach, Weighing, ends, reach
from smaudit.core.team_result import Heard

Counted = tuple[Heard, tuple[Member, ...]]
"""Whose answers to a question count, and those who gave them."""


@dataclass(frozen=True)
class House:
    """The sheets of a team and what they come to; `counted` and `standings` in the order of the questions."""

    questionnaire: Questionnaire
    team: tuple[Member, ...]
    depth: Depth
    facts: FoundFacts
    counted: tuple[Counted, ...]
    standings: tuple[Standing, ...]

    @classmethod
    def of(cls, questionnaire: Questionnaire, sheets: Iterable[Sheet]) -> "House":
        """What the sheets of a team come to, in whatever order they are given."""
        team = members(questionnaire, sheets)
        depth, facts = depth_of(questionnaire, team), facts_of(questionnaire, team)
        asked = asked_departments(questionnaire, agreed_facts(facts))
        questions = questionnaire.at(depth)
        counted = tuple(counting(each, team, asked) for each in questions)
        found = cls(questionnaire, team, depth, facts, counted, ())
        return replace(found, standings=tuple(found._standings(facts)))

    def _standings(self, facts: FoundFacts) -> Iterator[Standing]:
        for question, (heard, given) in zip(self.questionnaire.at(self.depth), self.counted, strict=True):
            choices = [said(question, member.sheet) or "" for member in given]
            yield standing(question, heard, choices, facts)

    @property
    def people(self) -> tuple[Member, ...]:
        """The respondents: all but what holds an agreement."""
        return tuple(member for member in self.team if not member.agreement)

    @cached_property
    def ruler(self) -> Ruler:
        """What the questions are counted with."""
        return ruler_of(self.questionnaire, self.depth)

    @cached_property
    def possibles(self) -> tuple[Possible | None, ...]:
        """How each question can count; None where it does not apply."""
        return tuple(self.possible(each) for each in self.standings)

    @cached_property
    def reaches(self) -> tuple[Reach, ...]:
        """Where each misconception can come to lie."""
        return tuple(self._reach(number, self.possibles) for number in range(len(self.ruler.weighing)))

    @cached_property
    def ends(self) -> Ends:
        """Where the overall can come to lie."""
        return ends(self.reaches)

    def possible(self, found: Standing) -> Possible | None:
        """How a question that stands so can count."""
        if found.state in {"ruled-out", "not-applicable"}:
            return None
        if not found.levels:
            return Possible(0, self.ruler.unit, rated=False, excusable=found.may_not_apply)
        worth = self._worth(found)
        least, most = worth[found.levels[0]], worth[found.levels[-1]]
        return Possible(least, most, rated=True, excusable=found.may_not_apply)

    def settlements(self, found: Standing) -> list[Possible | None]:
        """How a question that stands so can count once it is settled: at any level between, or not at all."""
        worth = self._worth(found)
        levels = range(found.levels[0], found.levels[-1] + 1) if found.levels else range(len(worth))
        values = sorted({worth[level] for level in levels})
        rated: list[Possible | None] = [Possible(value, value, rated=True) for value in values]
        return [None, *rated] if found.may_not_apply else rated

    def removes(self, number: int) -> Fraction:
        """What settling a question removes of the overall's width, at least."""
        kept = self.possibles
        widths = (
            self._width((*kept[:number], each, *kept[number + 1 :]), number)
            for each in self.settlements(self.standings[number])
        )
        return max(Fraction(), self.ends.width - max(widths))

    def fact_removes(self, fact: str) -> Fraction:
        """What settling a fact removes of the overall's width, at least."""
        widths = []
        for option in self.facts[fact]:
            other = replace(self, standings=tuple(self._standings({**self.facts, fact: (option,)})))
            widths.append(other.ends.width)
        return max(Fraction(), self.ends.width - max(widths))

    def _width(self, possibles: Sequence[Possible | None], number: int) -> Fraction:
        """The overall's width where only the question of this number counts otherwise."""
        return ends(
            [
                self._reach(each, possibles) if number in weighing else self.reaches[each]
                for each, weighing in enumerate(self.ruler.weighing)
            ]
        ).width

    def _reach(self, misconception: int, possibles: Sequence[Possible | None]) -> Reach:
        name, found = self.questionnaire.misconceptions[misconception].id, []
        for number in self.ruler.weighing[misconception]:
            question, possible = self.standings[number].question, possibles[number]
            if possible is not None:
                found.append(Weighing(question.weights[name], question.main == name, possible))
        return reach(found, self.ruler.unit, self.ruler.rules)

    def _worth(self, found: Standing) -> list[int]:
        """The value of each level of its question, in units of the ruler."""
        question = found.question
        return [each * (self.ruler.unit // question.unit) for each in question.units]
