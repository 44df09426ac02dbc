"""Who of a team said what, and the company as each department sees it; on request without any names.

Then nothing is told under the name of a department with fewer than two respondents: such departments are one
without a name, which takes in the smallest of the others where it would have but one respondent.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from smaudit.core.questionnaire import RESERVED
from smaudit.core.result import Text
from smaudit.core.team_answers import Member, said
from smaudit.core.team_house import House
from smaudit.core.team_result import PartPicture, Picture, Respondent, TeamBelief, Voice

LEAST_NAMED = 2
"""So many respondents a department needs to be named where names are not to be told."""


@dataclass(frozen=True)
class People:
    """The respondents of a house; `hidden` are the departments that are not named.

    `common` has the numbers of the questions that every department answered, and `groups` the respondents by
    department as it is told.
    """

    house: House
    anonymous: bool
    hidden: frozenset[str]
    groups: dict[str | None, list[Member]]
    common: tuple[int, ...]

    @classmethod
    def of(cls, house: House, *, anonymous: bool) -> "People":
        """The respondents of a house."""
        hidden = _hidden(house.people) if anonymous else frozenset()
        groups: dict[str | None, list[Member]] = {}
        for member in house.people:
            groups.setdefault(_told(member, hidden), []).append(member)
        if None in groups:
            groups[None] = groups.pop(None)
        return cls(house, anonymous, hidden, groups, tuple(_common(house, groups)))

    @property
    def company(self) -> Text:
        """The company's name."""
        names = [each.sheet.company.name for each in self.house.team if each.sheet.company.name]
        return names[0] if names and not self.anonymous else None

    def respondents(self) -> tuple[Respondent, ...]:
        """Whose sheets they are."""
        found = [
            Respondent(
                sha256=None if self.anonymous else member.sheet.sha256,
                name=None if self.anonymous else member.sheet.respondent.name,
                department=self._shown(member),
                date=None if self.anonymous else member.sheet.date,
                depth=member.sheet.depth_for(self.house.questionnaire),
                agreement=member.agreement,
            )
            for member in self.house.team
        ]
        return tuple(sorted(found, key=lambda each: self._rank(each.department)) if self.anonymous else found)

    def on_question(self, number: int) -> tuple[Voice, ...]:
        """Who said what of the question of this number."""
        question, (_, counted) = self.house.standings[number].question, self.house.counted[number]
        voices = []
        for member in self.house.team:
            choice = said(question, member.sheet)
            counts = any(member is each for each in counted)
            if choice is not None and (counts or not member.agreement):
                note = member.sheet.answers[question.id].note
                voices.append(self._voice(member, choice, note, counts=counts))
        return self._without_order(voices, [each.id for each in question.options])

    def on_fact(self, name: str) -> tuple[Voice, ...]:
        """Who said what of a fact."""
        names = self.house.questionnaire.fact[name].names
        voices = [
            self._voice(member, option, None, counts=True)
            for member in self.house.people
            if (option := member.sheet.company.profile.get(name)) in names and option is not None
        ]
        return self._without_order(voices, names)

    def first(self, number: int) -> Text:
        """The department that stands lowest on the question of this number, of those that count."""
        question, (_, counted) = self.house.standings[number].question, self.house.counted[number]
        rated = [
            (question.levels[choice], place, member)
            for place, member in enumerate(counted)
            if (choice := said(question, member.sheet)) is not None and choice not in RESERVED
        ]
        return self._shown(min(rated)[2]) if rated else None

    def others(self, number: int) -> tuple[str, ...]:
        """The departments that do not count for the question of this number, and gave it a level."""
        question, (_, counted) = self.house.standings[number].question, self.house.counted[number]
        found = [
            self._shown(member)
            for member in self.house.people
            if said(question, member.sheet) in question.levels and not any(member is each for each in counted)
        ]
        return tuple(dict.fromkeys(name for name in found if name is not None))

    def not_heard(self, ask: Iterable[str]) -> tuple[str, ...]:
        """Those of some departments from whom there is no sheet; none where names are not to be told."""
        heard = {member.department for member in self.house.people}
        return () if self.anonymous else tuple(name for name in ask if name not in heard)

    def beliefs(self) -> tuple[TeamBelief, ...]:
        """How often each answer was given to what was asked before the questions."""
        found = []
        for misconception in self.house.questionnaire.misconceptions:
            given = Counter(
                str(member.sheet.beliefs[misconception.id])
                for member in self.house.people
                if misconception.id in member.sheet.beliefs
            )
            if given:
                found.append(TeamBelief(misconception.id, dict(sorted(given.items()))))
        return tuple(found)

    def pictures(self) -> tuple[Picture, ...]:
        """The company as each department sees it, on the questions that all of them answered."""
        return tuple(
            Picture(
                name,
                len(group),
                tuple(self._part(group, number) for number in range(len(self.house.ruler.weighing))),
            )
            for name, group in self.groups.items()
        )

    def _part(self, group: Iterable[Member], misconception: int) -> PartPicture:
        name = self.house.questionnaire.misconceptions[misconception].id
        least, most, whole, questions = Fraction(), Fraction(), 0, 0
        for number in self.common:
            question = self.house.standings[number].question
            weight = question.weights.get(name, 0)
            if weight:
                values = [question.values[level] for level in _levels(self.house, number, group)]
                least, most = least + weight * min(values), most + weight * max(values)
                whole, questions = whole + weight, questions + 1
        if not whole:
            return PartPicture(name, None, None, 0)
        return PartPicture(name, 100 * least / whole, 100 * most / whole, questions)

    def _shown(self, member: Member) -> Text:
        return _told(member, self.hidden)

    def _rank(self, department: str | None) -> int:
        return list(self.groups).index(department) if department in self.groups else len(self.groups)

    def _voice(self, member: Member, choice: str, note: str | None, *, counts: bool) -> Voice:
        if self.anonymous:
            return Voice(self._shown(member), None, choice, None, None)
        return Voice(member.department, member.sheet.respondent.name, choice, note, counts)

    def _without_order(self, voices: list[Voice], options: Iterable[str]) -> tuple[Voice, ...]:
        """The voices; where names are not to be told, in an order that does not tell them either."""
        if self.anonymous:
            place = {name: number for number, name in enumerate(options)}
            voices.sort(
                key=lambda each: (self._rank(each.department), place.get(each.choice, -1), each.choice)
            )
        return tuple(voices)


def _told(member: Member, hidden: frozenset[str]) -> Text:
    return None if member.department in hidden else member.department


def _hidden(people: Iterable[Member]) -> frozenset[str]:
    """The departments that are not named where names are not to be told."""
    sizes = Counter(member.department for member in people)
    unnamed = sizes.pop(None, 0)
    named = {name: size for name, size in sizes.items() if name is not None}
    hidden = {name for name, size in named.items() if size < LEAST_NAMED}
    rest = sorted((size, name) for name, size in named.items() if name not in hidden)
    if rest and unnamed + len(hidden) == 1:
        hidden.add(rest[0][1])
    return frozenset(hidden)


def _levels(house: House, number: int, group: Iterable[Member]) -> list[int]:
    """The levels that a group chose for the question of this number."""
    question = house.standings[number].question
    choices = (said(question, member.sheet) for member in group)
    return [question.levels[choice] for choice in choices if choice in question.levels and choice]


def _common(house: House, groups: dict[str | None, list[Member]]) -> Iterator[int]:
    """The numbers of the questions to which every department gave a level."""
    for number, found in enumerate(house.standings):
        if (
            found.state != "ruled-out"
            and groups
            and all(_levels(house, number, group) for group in groups.values())
        ):
            yield number
