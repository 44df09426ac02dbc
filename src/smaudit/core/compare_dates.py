"""Two dates side by side, question by question: what is matched, and what only counts differently."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from smaudit.core.compare_result import DatedAnswer, Kind, ScoreAt, State
from smaudit.core.compare_texts import Answer, Asked, Library, Sameness, sameness
from smaudit.core.questionnaire import Depth, Question, Questionnaire
from smaudit.core.result import UNKNOWN, Assessment, MisconceptionScore, Side
from smaudit.core.scoring import assess
from smaudit.core.sheet import Sheet
from smaudit.core.tally import answer_status


@dataclass(frozen=True)
class Date:
    """A sheet as it counts at the depth of the comparison, with what its version asked."""

    questionnaire: Questionnaire
    sheet: Sheet
    asked: Asked
    assessment: Assessment

    @classmethod
    def of(cls, questionnaire: Questionnaire, sheet: Sheet, depth: Depth, library: Library) -> "Date":
        """A sheet, scored at this depth."""
        return cls(questionnaire, sheet, library.asked(sheet), assess(questionnaire, sheet.with_depth(depth)))

    @cached_property
    def scores(self) -> Mapping[str, MisconceptionScore]:
        """The scores by misconception."""
        return {each.id: each for each in self.assessment.misconceptions}

    def state(self, question: Question) -> State:
        """How a question of the questionnaire in use stands in the sheet."""
        status = answer_status(question, self.sheet)
        if status == "unanswered" and self.asked.lacks(question.id):
            return "not-asked"
        if status == "unanswered" and question.id in self.sheet.gone:
            return "gone"
        return status

    def answer(self, question: Question, *, anonymous: bool = False) -> DatedAnswer:
        """How a question stands, with its evidence."""
        state, given = self.state(question), self.sheet.answers.get(question.id)
        evidence = (given.evidence or "").strip() if given else ""
        choice = given.choice if given and state not in {"ruled-out", "not-asked"} else None
        return DatedAnswer(state, choice, bool(evidence), None if anonymous else evidence or None)

    def at(self, misconception: str) -> ScoreAt:
        """The score of a misconception."""
        found = self.scores[misconception]
        return ScoreAt(found.score, found.worst, found.best)

    @property
    def sides(self) -> Mapping[str, Side | None]:
        """On which side each misconception lies."""
        return {name: each.side for name, each in self.scores.items()}


@dataclass(frozen=True)
class Pairing:
    """One question on both dates; the levels are those of the answers, None unless rated."""

    question: Question
    then: State
    now: State
    level_then: int | None
    level_now: int | None
    kind: Kind
    texts: Sameness | None

    @property
    def value_then(self) -> Fraction | None:
        """The value of the earlier answer, 0..1."""
        return None if self.level_then is None else self.question.values[self.level_then]

    @property
    def value_now(self) -> Fraction | None:
        """The value of the later answer, 0..1."""
        return None if self.level_now is None else self.question.values[self.level_now]

    @property
    def is_matched(self) -> bool:
        """Whether it is rated on both dates and asked the same."""
        return self.kind == "practice"

    @property
    def is_same(self) -> bool:
        """Whether it is rated on both dates with the same answer."""
        return self.level_then is not None and self.level_then == self.level_now

    @property
    def is_rated(self) -> bool:
        """Whether it is rated on a date."""
        return self.level_then is not None or self.level_now is not None

    @property
    def is_open(self) -> bool:
        """Whether it is unknown on a date."""
        return bool({self.then, self.now} & (UNKNOWN | {"gone"}))

    @property
    def steps(self) -> Fraction:
        """The mean, over both dates, of the squared steps of value to the neighbours of the answer."""
        levels = [each for each in (self.level_then, self.level_now) if each is not None]
        return sum((_steps(self.question, each) for each in levels), Fraction()) / len(levels)


def _steps(question: Question, level: int) -> Fraction:
    values = question.values
    near = [each for each in (level - 1, level + 1) if 0 <= each < len(values)]
    return sum(((values[each] - values[level]) ** 2 for each in near), Fraction()) / len(near)


def pairings(then: Date, now: Date) -> Iterator[Pairing]:
    """The questions that count at the depth of both, each on both dates."""
    for question in then.questionnaire.at(then.assessment.sheet.depth):
        yield pairing(question, then, now)


def pairing(question: Question, then: Date, now: Date) -> Pairing:
    """A question on both dates."""
    states = then.state(question), now.state(question)
    levels = _level(question, then.sheet, states[0]), _level(question, now.sheet, states[1])
    texts = None
    if levels[0] is not None and levels[1] is not None:
        one, other = (
            Answer(each.asked, each.sheet.choice(question.id) or "", each.sheet.company.profile)
            for each in (then, now)
        )
        texts = sameness(question, one, other)
    return Pairing(question, *states, *levels, _kind(states, texts), texts)


def _level(question: Question, sheet: Sheet, state: State) -> int | None:
    return question.levels[sheet.choice(question.id) or ""] if state == "rated" else None


def _kind(states: tuple[State, State], texts: Sameness | None) -> Kind:
    """Why a question counts as it does; of several reasons the one that leaves the least to say."""
    if texts == "wording" or texts == "reworded":  # noqa: PLR1714 - a type checker follows this alone
        return texts
    if texts is not None:
        return "practice"
    for state, kind in _KINDS.items():
        if state in states:
            return kind
    return "knowing"


_KINDS: Mapping[State, Kind] = {
    "not-asked": "question",
    "gone": "option",
    "ruled-out": "facts",
    "not-applicable": "not-applicable",
}
