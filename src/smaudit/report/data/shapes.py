"""The shapes of what scripts read: mypy holds the code to them, and `smaudit schema` prints them.

Scores and points are 0..100, shares, values and coverage 0..1.
"""

from __future__ import annotations

# pydantic reads the shapes for the schema, and on Python 3.11 takes them only from typing_extensions.
from typing_extensions import TypedDict

Score = float | None


class QuestionnaireName(TypedDict):
    """Which questionnaire was asked."""

    id: str
    version: str
    sha256: str


class RespondentName(TypedDict):
    """Who answered."""

    name: str | None
    department: str | None


class SheetName(TypedDict):
    """Which sheet was scored; the hash of its file is null with `--anonymous`."""

    sha256: str | None
    company: str | None
    respondent: RespondentName
    date: str | None
    depth: str


class SteeringDocument(TypedDict):
    """How many misconceptions steer the company."""

    count: int
    least: int
    most: int


class OverallDocument(TypedDict):
    """The mean over the misconceptions that have a score."""

    score: Score
    worst: Score
    best: Score
    coverage: Score
    counted: int
    of: int
    steering: SteeringDocument
    weakest: list[str]


class GuessDocument(TypedDict):
    """What the respondent expected."""

    steering: int | None
    most: str | None


class BeliefDocument(TypedDict):
    """What the respondent said: 1..5 or dont-know, and its score 0..100."""

    answer: int | str
    score: Score


class AnswerDocument(TypedDict):
    """One answer as it counts for one misconception."""

    id: str
    status: str
    choice: str | None
    value: Score
    weight: int
    points: Score
    lost: Score


class MisconceptionDocument(TypedDict):
    """The score of one misconception."""

    id: str
    status: str
    score: Score
    worst: Score
    best: Score
    coverage: Score
    not_applicable_share: float
    band: str | None
    capped_by: list[str]
    firm: bool
    could_be: list[str]
    unlock: str | None
    belief: BeliefDocument | None
    stance: str | None
    questions: list[AnswerDocument]


class AlarmDocument(TypedDict):
    """An answer that caps the band of a misconception."""

    question: str
    choice: str
    misconception: str


class ContradictionDocument(TypedDict):
    """Answers that do not go together."""

    id: str
    questions: list[str]


class FindOutDocument(TypedDict):
    """A question nobody knew the answer to; width is in points of the overall."""

    question: str
    width: float
    ask: list[str]


NextStepDocument = TypedDict(
    "NextStepDocument",
    {
        "question": str,
        "from": str,
        "to": str,
        "effort": int,
        "gain": float,
        "gains": dict[str, float],
        "priority": float,
        "owner": str | None,
    },
)


class SharesDocument(TypedDict):
    """Shares 0..1."""

    dont_know: float
    not_applicable: float
    one_level: float


class AssessmentDocument(TypedDict):
    """The whole of `smaudit/assessment/1`."""

    schema: str
    smaudit: str
    questionnaire: QuestionnaireName
    sheet: SheetName
    overall: OverallDocument
    guess: GuessDocument | None
    misconceptions: list[MisconceptionDocument]
    alarms: list[AlarmDocument]
    contradictions: list[ContradictionDocument]
    find_out_first: list[FindOutDocument]
    next_steps: list[NextStepDocument]
    shares: SharesDocument
    without_evidence: list[str]
    without_reason: list[str]
    gone: list[str]


Scores = dict[str, float | None]
"""Scores by `overall` or misconception id."""

PlannedStepDocument = TypedDict(
    "PlannedStepDocument",
    {
        "question": str,
        "from": str,
        "to": str,
        "effort": int,
        "gain": float,
        "gains": dict[str, float],
        "owner": str | None,
        "wave": int,
        "running": dict[str, float],
        "reason": str,
        "serves": str,
    },
)


class ObstacleDocument(TypedDict):
    """A question that stands in the way of a target."""

    question: str
    status: str


class PlanDocument(TypedDict):
    """The whole of `smaudit/plan/1`; `bound` is of a plan for targets, `ceiling` of one for a budget."""

    schema: str
    smaudit: str
    questionnaire: QuestionnaireName
    sheet: SheetName
    targets: dict[str, float]
    status: str
    optimal: bool
    bound: int | None
    effort: int
    before: Scores
    after: Scores
    steps: list[PlannedStepDocument]
    stands_in_the_way: list[ObstacleDocument]
    most: Scores
    budget: int | None
    ceiling: Score


class WhatIfDocument(TypedDict):
    """The whole of `smaudit/what-if/1`: both assessments, and what the scores change by."""

    schema: str
    changes: dict[str, str]
    before: AssessmentDocument
    after: AssessmentDocument
    difference: Scores
