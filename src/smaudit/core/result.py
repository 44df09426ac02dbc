"""What is computed from one sheet: ids and numbers, no sentences."""

# Annotations are no strings here: NamedTuple would compile each of them at every start.

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

from smaudit.core.questionnaire import Depth

Band = Literal["in-charge", "strong-pull", "weak-pull", "let-go"]
BANDS: tuple[Band, ...] = ("in-charge", "strong-pull", "weak-pull", "let-go")
EDGES = (25, 50, 75)
"""Where the next band begins; a score on an edge belongs to the upper band."""
OVERALL = "overall"
"""The name of the overall score beside the ids of misconceptions."""
STEERS_BELOW = 50
"""A misconception with a score below this steers the company."""
CLOSE = 5
"""Misconceptions within so many points of the lowest score count as weakest together."""

AnswerStatus = Literal["rated", "dont-know", "unanswered", "not-applicable", "ruled-out"]
Status = Literal["scored", "not-enough-answers", "not-applicable"]
Stance = Literal[
    "aligned",
    "says-but-does-not-do",
    "does-without-saying",
    "believed-and-practised",
    "undecided",
    "practice-unclear",
]
UNKNOWN: frozenset[AnswerStatus] = frozenset({"dont-know", "unanswered"})


class AnswerScore(NamedTuple):
    """One answer as it counts for one misconception; points and lost of 100, None if not rated."""

    id: str
    status: AnswerStatus
    choice: str | None
    value: Fraction | None
    weight: int
    points: Fraction | None
    lost: Fraction | None


class Belief(NamedTuple):
    """What the respondent said: agreement 1..5 or `dont-know`; its score 0..100 (5 agrees and gives 0)."""

    answer: int | str
    score: Fraction | None


class MisconceptionScore(NamedTuple):
    """The score of one misconception, 0..100, with its bounds; coverage and shares are 0..1."""

    id: str
    status: Status
    score: Fraction | None
    worst: Fraction | None
    best: Fraction | None
    coverage: Fraction | None
    not_applicable_share: Fraction
    band: Band | None
    capped_by: tuple[str, ...]
    firm: bool
    could_be: tuple[Band, ...]
    unlock: str | None
    belief: Belief | None
    stance: Stance | None
    questions: tuple[AnswerScore, ...]

    @property
    def steers(self) -> bool:
        """Whether the misconception steers the company: its score is below 50."""
        return self.score is not None and self.score < STEERS_BELOW


class Steering(NamedTuple):
    """How many misconceptions steer the company, and between how many it could be."""

    number: int
    least: int
    most: int


class Overall(NamedTuple):
    """The plain mean over the misconceptions that have a score; all None where none has."""

    score: Fraction | None
    worst: Fraction | None
    best: Fraction | None
    coverage: Fraction | None
    counted: int
    of: int
    steering: Steering
    weakest: tuple[str, ...]


class Alarm(NamedTuple):
    """An answer that caps the band of its misconception."""

    question: str
    choice: str
    misconception: str


class FoundContradiction(NamedTuple):
    """A contradiction of the questionnaire that the answers meet, and the questions it rests on."""

    id: str
    questions: tuple[str, ...]


class OpenQuestion(NamedTuple):
    """A question nobody knew the answer to; width is the overall interval it would remove, in points."""

    question: str
    width: Fraction
    ask: tuple[str, ...]


class NextStep(NamedTuple):
    """A step one level up; gains are points of 100, gain of the overall and gains by misconception."""

    question: str
    from_: str
    to: str
    effort: int
    gain: Fraction
    gains: Mapping[str, Fraction]
    priority: Fraction
    owner: str | None


class Shares(NamedTuple):
    """Shares 0..1 of the questions that count; `one_level` is of the rated ones, on their commonest level."""

    dont_know: Fraction
    not_applicable: Fraction
    one_level: Fraction
    rated: int


class Assessment(NamedTuple):
    """All that is computed from one sheet: ids and numbers, no sentences."""

    depth: Depth
    overall: Overall
    misconceptions: tuple[MisconceptionScore, ...]
    alarms: tuple[Alarm, ...]
    contradictions: tuple[FoundContradiction, ...]
    find_out_first: tuple[OpenQuestion, ...]
    next_steps: tuple[NextStep, ...]
    shares: Shares
    without_evidence: tuple[str, ...]
    without_reason: tuple[str, ...]

    def scores(self) -> dict[str, Fraction | None]:
        """The scores 0..100 of the overall and of each misconception, by name."""
        return {OVERALL: self.overall.score} | {each.id: each.score for each in self.misconceptions}

    def misconception(self, name: str) -> MisconceptionScore:
        """The score of the misconception with this id. Raises KeyError where there is none."""
        for each in self.misconceptions:
            if each.id == name:
                return each
        raise KeyError(name)
