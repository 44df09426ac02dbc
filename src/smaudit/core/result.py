"""The results: what is computed from a sheet, as ids and exact numbers, no sentences.

These types are also the JSON that scripts read, field by field (`to_dict`), and its schemas: an `Annotated`
text describes a field, a `Range` bounds a number, a `Literal` is a closed set. A name that Python keeps for
itself ends in an underscore (`from_`), which the JSON leaves out.
"""

# Annotations are no strings here: NamedTuple would compile each of them at every start.

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Annotated, Any, Literal, NamedTuple

from smaudit import __version__
from smaudit.core.questionnaire import Depth, Unit

Band = Literal["in-charge", "strong-pull", "weak-pull", "let-go"]
BANDS: tuple[Band, ...] = ("in-charge", "strong-pull", "weak-pull", "let-go")
EDGES = (25, 50, 75)
"""Where the next band begins; a score on an edge belongs to the upper band (a convention)."""
OVERALL = "overall"
"""The name of the overall score beside the ids of misconceptions."""
STEERS_BELOW = 50
"""A misconception with a score below this steers the company (a convention)."""
CLOSE = 5
"""Misconceptions within so many points of the lowest score count as weakest together (a convention)."""
OPEN_FROM, FREE_FROM = 46, 55
"""From these rounded scores on a misconception is too close to call, or free (conventions)."""
PREVAILS = Fraction(3, 5)
"""So much of what was lost to faults must be of one kind for it to be the diagnosis (a convention)."""

AnswerStatus = Literal["rated", "dont-know", "unanswered", "not-applicable", "ruled-out"]
Status = Literal["scored", "not-enough-answers", "too-few-apply", "not-applicable"]
Side = Literal["steers", "open", "free"]
"""Where a misconception lies: it steers the company, is too close to call, or does not steer it."""
Says = Literal["grip", "absence", "mixed", "none"]
"""What most points were lost to: the grip of the misconception, the absence of practice, both, or neither."""
Stance = Literal[
    "aligned",
    "says-but-does-not-do",
    "does-without-saying",
    "believed-and-practised",
    "undecided",
    "practice-unclear",
]
UNKNOWN: frozenset[AnswerStatus] = frozenset({"dont-know", "unanswered"})


class Range(NamedTuple):
    """Between what a number lies, both ends included; None where an end is open."""

    least: int | None
    most: int | None


Points = Annotated[Fraction, Range(0, 100)]
"""A score, 0 (the misconception rules practice) to 100 (practice is free of it), or points of it."""
Share = Annotated[Fraction, Range(0, 1)]
Change = Annotated[Fraction, Range(-100, 100)]
Count = Annotated[int, Range(0, None)]
Weight = Annotated[int, Range(0, 1_000_000)]
Text = str | None


class QuestionnaireName(NamedTuple):
    """Which questionnaire was asked."""

    id: Annotated[str, "Its permanent name."]
    version: Annotated[str, "Its version."]
    sha256: Annotated[str, "SHA-256 of its file; empty where it came from none."]
    changed: Annotated[
        bool, "Whether it has the id and version of the built-in one, but not its content."
    ] = False


class RespondentName(NamedTuple):
    """Who answered."""

    name: Annotated[Text, "The name that was typed; null with --anonymous."]
    department: Annotated[Text, "The id of a department of the questionnaire."]


class SheetName(NamedTuple):
    """Which sheet was scored."""

    sha256: Annotated[Text, "SHA-256 of its file; empty where it came from none, null with --anonymous."]
    company: Annotated[Text, "The company's name as it was typed; null with --anonymous."]
    respondent: Annotated[RespondentName, "Who answered."]
    date: Annotated[Text, "When, as YYYY-MM-DD."]
    depth: Annotated[Depth, "Which questions count: those of the quick check, or all."]
    profile: Annotated[Mapping[str, str], "The facts about the company, fact to option."] = {}
    language: Annotated[Text, "The code of the language it was answered in."] = None
    made_for: Annotated[Text, "The version of the questionnaire it was made for."] = None


class AnswerScore(NamedTuple):
    """One answer as it counts for one misconception."""

    id: Annotated[str, "The question's id."]
    status: Annotated[AnswerStatus, "How the answer counts."]
    choice: Annotated[Text, "The option that was chosen, dont-know or not-applicable."]
    value: Annotated[Share | None, "The value of the option; null unless rated."]
    weight: Annotated[Weight, "How much the misconception hangs on the question."]
    points: Annotated[Points | None, "What the answer adds to the score; null unless rated."]
    lost: Annotated[Points | None, "What is missing to the most it could add; null unless rated."]


class Belief(NamedTuple):
    """What the respondent said before the questions."""

    answer: Annotated[Annotated[int, Range(1, 5)] | Literal["dont-know"], "5 agrees with the misconception."]
    score: Annotated[Points | None, "100·(5 − answer)/4; null for dont-know."]


class LostTo(NamedTuple):
    """What the points were lost to; the three add up to 100 − score."""

    grip: Annotated[Points, "To practice that follows the misconception."]
    absence: Annotated[Points, "To practice that is missing."]
    other: Annotated[Points, "To practice that is acceptable and could be better."]


class MisconceptionScore(NamedTuple):
    """The score of one misconception, with its bounds."""

    id: Annotated[str, "The misconception's id."]
    status: Annotated[Status, "Whether there is a score, and why not."]
    score: Annotated[Points | None, "0: it rules practice, 100: practice is free of it; over rated answers."]
    worst: Annotated[Points | None, "The score if every unknown answer were the lowest."]
    best: Annotated[Points | None, "The score if every unknown answer were the highest."]
    coverage: Annotated[Share | None, "Share of the applicable weight that is rated."]
    not_applicable_share: Annotated[Share, "Share of the weight that was marked not applicable."]
    band: Annotated[Band | None, "The quarter of the scale, after alarms; null where too little applies."]
    capped_by: Annotated[tuple[str, ...], "Questions whose answer is an alarm, which holds the band down."]
    firm: Annotated[bool, "Whether the band is the same at worst and at best."]
    could_be: Annotated[tuple[Band, ...], "The bands from worst to best."]
    unlock: Annotated[Text, "Where answers lack, the open question that does most for a score."]
    belief: Annotated[Belief | None, "What the respondent said of it."]
    stance: Annotated[Stance | None, "Belief beside practice, both cut at 50."]
    questions: Annotated[tuple[AnswerScore, ...], "The answers that count; lost adds up to 100 − score."]
    side: Annotated[
        Side | None,
        "steers: rounded score of 45 or less, or an alarm; free: 55 or more; open: between, or the range "
        "crosses 50; null where too few questions apply.",
    ] = None
    lost_to: Annotated[LostTo | None, "What the lost points were lost to; null without a score."] = None
    says: Annotated[Says | None, "The kind that has at least 60 % of what was lost to faults."] = None

    @property
    def steers(self) -> bool:
        """Whether the misconception steers the company: its score is below 50."""
        return self.score is not None and self.score < STEERS_BELOW


@dataclass(frozen=True, slots=True)
class Steering:
    """How many misconceptions steer the company."""

    count: Annotated[Count, "Those with a score below 50."]
    least: Annotated[Count, "Those whose best is below 50."]
    most: Annotated[Count, "Those whose worst is below 50."]


class Sides(NamedTuple):
    """How many misconceptions lie on each side, and between how many may steer."""

    steers: Annotated[Count, "Those that steer the company."] = 0
    open: Annotated[Count, "Those too close to call."] = 0
    free: Annotated[Count, "Those that do not steer it."] = 0
    least: Annotated[Count, "Those that steer whatever the unknown answers are."] = 0
    most: Annotated[Count, "Those that some unknown answers would have steer."] = 0


class Missing(NamedTuple):
    """How many answers are missing, by why."""

    dont_know: Annotated[Count, "Nobody knew."] = 0
    unanswered: Annotated[Count, "Nobody was heard."] = 0
    gone: Annotated[Count, "Of those: answered for an earlier version, and gone from this one."] = 0


class Overall(NamedTuple):
    """The plain mean over the misconceptions that have a score; all null where none has."""

    score: Annotated[Points | None, "Mean of the scores."]
    worst: Annotated[Points | None, "Mean of the worst."]
    best: Annotated[Points | None, "Mean of the best."]
    coverage: Annotated[Share | None, "Mean of the coverages."]
    counted: Annotated[Count, "How many misconceptions have a score."]
    of: Annotated[Count, "How many misconceptions there are."]
    steering: Annotated[Steering, "How many steer the company, and between how many it could be."]
    weakest: Annotated[tuple[str, ...], "The lowest score, and those within 5 points of it."]
    sides: Annotated[Sides, "How many lie on each side."] = Sides()
    missing: Annotated[Missing, "How many answers are missing."] = Missing()


class Guess(NamedTuple):
    """What the respondent expected before seeing the result."""

    steering: Annotated[Count | None, "How many misconceptions steer the company."]
    most: Annotated[Text, "Which one steers it most."]


class Alarm(NamedTuple):
    """An answer that caps the band of its misconception."""

    question: Annotated[str, "The question's id."]
    choice: Annotated[str, "The option that is an alarm."]
    misconception: Annotated[str, "The misconception whose band it caps."]


class FoundContradiction(NamedTuple):
    """Answers that do not go together."""

    id: Annotated[str, "The contradiction's id in the questionnaire."]
    questions: Annotated[tuple[str, ...], "The questions it rests on."]


class OpenQuestion(NamedTuple):
    """A question nobody knew the answer to."""

    question: Annotated[str, "The question's id."]
    width: Annotated[Points, "The range of the overall that an answer would remove, in points."]
    ask: Annotated[tuple[str, ...], "The departments that would know."]


class NextStep(NamedTuple):
    """A step that raises one answer."""

    question: Annotated[str, "The question's id."]
    from_: Annotated[str, "The option that was chosen."]
    to: Annotated[str, "The option it leads to."]
    effort: Annotated[int, Range(1, 1000), "In the unit of the questionnaire, or the sheet's own."]
    gain: Annotated[Points, "What it adds to the overall."]
    gains: Annotated[Mapping[str, Points], "What it adds to each misconception, by id."]
    priority: Annotated[Points, "Gain for one unit of effort."]
    owner: Annotated[Text, "The department that does it."]


class Basis(NamedTuple):
    """How many answers the assessment rests on."""

    answered: Annotated[Count, "With a level."]
    with_evidence: Annotated[Count, "Of those, with evidence named."]
    claimed: Annotated[
        Count, "Of those, on one of the two best levels, without a fault and without evidence."
    ]
    dont_know: Annotated[Count, "Nobody knew."]
    unanswered: Annotated[Count, "Nobody was heard."]
    not_applicable: Annotated[Count, "Marked not applicable."]


class Costly(NamedTuple):
    """An answer that costs points of the overall."""

    question: Annotated[str, "The question's id."]
    choice: Annotated[str, "The option that was chosen."]
    lost: Annotated[Points, "Points of the overall that it loses."]


class Sharpest(NamedTuple):
    """The contradiction to name first: between saying and doing, else between answers."""

    misconception: Annotated[Text, "Of which the company says the opposite of what it does; else null."]
    contradiction: Annotated[Text, "Else the first contradiction between answers."]


class Shares(NamedTuple):
    """Shares of the questions that count."""

    dont_know: Annotated[Share, "Not known or not answered."]
    not_applicable: Annotated[Share, "Marked not applicable."]
    one_level: Annotated[Share, "Of the rated ones, those on their commonest level."]


class Place(NamedTuple):
    """Where a score stands among those of others."""

    id: Annotated[str, "`overall`, or the misconception's id."]
    of: Annotated[Count, "How many others have a score that is comparable."]
    least: Annotated[Count, "How many of them stand lower, whatever the unknown answers are."]
    most: Annotated[Count, "How many of them stand lower for some unknown answers."]


class Among(NamedTuple):
    """Where a sheet stands in a collection, which is no sample of companies."""

    sheets: Annotated[Count, "How many others are comparable: asked the same, at the same depth."]
    left_out: Annotated[Count, "How many are not."]
    first: Annotated[Text, "The earliest date among them, as YYYY-MM-DD."]
    last: Annotated[Text, "The latest."]
    depth: Annotated[Depth, "What they all were asked."]
    places: Annotated[tuple[Place, ...], "The places; none among fewer than 20."]


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """All that is computed from one sheet, with what it was computed from.

    Scores and points run from 0 to 100, shares and coverage from 0 to 1, all exact (`fractions.Fraction`);
    `to_dict` gives the JSON document (`smaudit/assessment/1`), rounded half up to six places.
    """

    schema: Annotated[Literal["smaudit/assessment/1"], "The format."] = "smaudit/assessment/1"
    smaudit: Annotated[str, "The version of the program."] = __version__
    questionnaire: Annotated[QuestionnaireName, "Which questionnaire was asked."]
    sheet: Annotated[SheetName, "Which sheet was scored."]
    overall: Annotated[Overall, "The mean over the misconceptions that have a score."]
    guess: Annotated[Guess | None, "What the respondent expected."]
    misconceptions: Annotated[tuple[MisconceptionScore, ...], "In the questionnaire's order."]
    alarms: Annotated[tuple[Alarm, ...], "Answers that are an alarm."]
    contradictions: Annotated[tuple[FoundContradiction, ...], "Answers that do not go together."]
    find_out_first: Annotated[tuple[OpenQuestion, ...], "What nobody knew, widest range first."]
    next_steps: Annotated[tuple[NextStep, ...], "All steps there are, by priority."]
    shares: Annotated[Shares, "How much is unknown, ruled out, or all alike."]
    without_evidence: Annotated[tuple[str, ...], "Questions with the best answer and no evidence named."]
    without_reason: Annotated[tuple[str, ...], "Questions marked not applicable without a reason."]
    gone: Annotated[tuple[str, ...], "Answers of an earlier version whose question or option is gone."]
    basis: Annotated[Basis, "How many answers it rests on."]
    costliest: Annotated[tuple[Costly, ...], "Answers by what they cost the overall, most first."]
    sharpest: Annotated[Sharpest | None, "The contradiction to name first."]
    roadmap: Annotated["Plan | None", "What to do, in order: the plan of the report."] = None
    among: Annotated[Among | None, "Where it stands in the collection of --among; null without one."] = None

    def scores(self) -> dict[str, Fraction | None]:
        """The scores 0..100 of the overall and of each misconception, by name."""
        return {OVERALL: self.overall.score} | {each.id: each.score for each in self.misconceptions}

    def misconception(self, name: str) -> MisconceptionScore:
        """The score of the misconception with this id. Raises KeyError where there is none."""
        for each in self.misconceptions:
            if each.id == name:
                return each
        raise KeyError(name)

    def anonymous(self) -> "Assessment":
        """The same without the names of company and respondent, and without the hash of the sheet."""
        roadmap = self.roadmap.anonymous() if self.roadmap else None
        return replace(self, sheet=nameless(self.sheet), roadmap=roadmap)

    def to_dict(self) -> dict[str, Any]:
        """The JSON document `smaudit/assessment/1` as plain data: floats, strings, lists and dicts."""
        return document(self)

    def to_rows(self) -> list[dict[str, Any]]:
        """A row for each misconception, flat, for a table: who and when, the scores and shares as floats."""
        head = {"company": self.sheet.company, "date": self.sheet.date, "depth": self.sheet.depth}
        flat = ("id", "status", "score", "worst", "best", "coverage", "band", "firm", "stance")
        return [
            {**head, **{name: plain(getattr(each, name)) for name in flat}} for each in self.misconceptions
        ]


Wave = Literal[1, 2, 3]
"""The first week, the first quarter, later."""
Reason = Literal["alarm", "costliest", "best-gain-per-effort", "needed-for-target", "beyond-goal"]
Goal = Literal["free", "further", "targets", "budget"]
"""What a plan is for: all misconceptions clearly free and no alarm; where that is so already, what gains most
beyond it; targets of one's own; the most for a budget."""
InTheWay = Literal["dont-know", "unanswered", "not-applicable", "no-step", "left-out"]
"""Why a question cannot be raised: `no-step` from its answer or one above, `left-out` by the sheet."""
PlanStatus = Literal["reached", "already-reached", "unreachable"]
Scores = Mapping[str, Points | None]


@dataclass(frozen=True)
class PlannedStep:
    """What a plan does about one question, in one step or several.

    The reason why it is there is the first that holds of:

    alarm                 it leaves an option that is an alarm
    costliest             it leaves the answer that costs a misconception that steers most
    beyond-goal           the goal is reached without it, and it gains most of what is left
    best-gain-per-effort  no later one gains the overall more per effort
    needed-for-target     later ones gain more per effort, but a target is not reached without it or its like
    """

    question: Annotated[str, "The question's id."]
    from_: Annotated[str, "The option it leads away from."]
    to: Annotated[str, "The option it leads to."]
    way: Annotated[tuple[str, ...], "The options whose steps are taken, from_ first."]
    effort: Annotated[Count, "Of all its steps, in the unit of the plan."]
    gain: Annotated[Points, "What it adds to the overall."]
    gains: Annotated[Mapping[str, Points], "What it adds to each misconception, by id."]
    owner: Annotated[Text, "The department that does it; null where none in that company does."]
    wave: Annotated[Wave | None, "1: first week, 2: first quarter, 3: later; null where efforts are points."]
    by: Annotated[Text, "The last day of its wave, as YYYY-MM-DD; null without the sheet's date, and later."]
    alike: Annotated[
        bool, "Whether it and the one before may change places: less than twice the gain per effort."
    ]
    running: Annotated[Mapping[str, Points], "The overall and each scored misconception after this step."]
    reason: Annotated[Reason, "Why it is there."]
    serves: Annotated[str, "The misconception that it raises most, of those with a target."]


class Obstacle(NamedTuple):
    """A question that stands in the way of a target."""

    question: Annotated[str, "The question's id."]
    status: Annotated[InTheWay, "Why it cannot be raised."]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Steps in the order to take them, and what they get, by estimates of effort and no more than that.

    `to_dict` gives the JSON document (`smaudit/plan/1`), rounded half up to six places.
    """

    schema: Annotated[Literal["smaudit/plan/1"], "The format."] = "smaudit/plan/1"
    smaudit: Annotated[str, "The version of the program."] = __version__
    questionnaire: Annotated[QuestionnaireName, "Which questionnaire was asked."]
    sheet: Annotated[SheetName, "Which sheet it is for."]
    targets: Annotated[
        Mapping[str, Points], "Score to reach, by `overall` or misconception; for a budget, what it reaches."
    ]
    status: Annotated[PlanStatus, "Whether the targets are reached."]
    goal: Annotated[Goal, "What it is for."] = "targets"
    unit: Annotated[Unit, "What efforts are counted in; hours and days add up, points only compare."] = (
        "points"
    )
    optimal: Annotated[bool, "Whether none is proven to be cheaper, or to get more for the budget."] = True
    bound: Annotated[Count | None, "No plan for the targets has less effort; null for a budget."] = None
    effort: Annotated[Count, "Sum of the steps' efforts."] = 0
    before: Annotated[Scores, "The scores of the sheet as it is."]
    after: Annotated[Scores, "The scores with the steps taken."]
    steps: Annotated[tuple[PlannedStep, ...], "In the order to take them."] = ()
    stands_in_the_way: Annotated[tuple[Obstacle, ...], "What cannot be raised for a target."] = ()
    most: Annotated[Scores, "Where a target is out of reach: the highest score there is."] = field(
        default_factory=dict
    )
    budget: Annotated[Count | None, "The effort that was allowed."] = None
    ceiling: Annotated[Points | None, "The score that no plan for the budget exceeds."] = None
    find_out: Annotated[
        tuple[str, ...], "Questions to find out first: their answers could change a side."
    ] = ()
    prove: Annotated[
        tuple[str, ...], "Where all is free: questions whose best answer names no evidence."
    ] = ()

    def anonymous(self) -> "Plan":
        """The same without the names of company and respondent, and without the hash of the sheet."""
        return replace(self, sheet=nameless(self.sheet))

    def to_dict(self) -> dict[str, Any]:
        """The JSON document `smaudit/plan/1` as plain data: floats, strings, lists and dicts."""
        return document(self)


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """What other answers would change."""

    schema: Annotated[Literal["smaudit/what-if/1"], "The format."] = "smaudit/what-if/1"
    changes: Annotated[Mapping[str, str], "The other answers, by question."]
    before: Annotated[Assessment, "The sheet as it is."]
    after: Annotated[Assessment, "The sheet with these answers."]
    difference: Annotated[Mapping[str, Change | None], "What the scores change by; null without one."]

    def anonymous(self) -> "WhatIf":
        """The same without names."""
        return replace(self, before=self.before.anonymous(), after=self.after.anonymous())

    def to_dict(self) -> dict[str, Any]:
        """The JSON document `smaudit/what-if/1` as plain data: floats, strings, lists and dicts."""
        return document(self)


def nameless(sheet: SheetName) -> SheetName:
    """What is left of a sheet's name with --anonymous: department, date and depth."""
    return sheet._replace(
        sha256=None, company=None, respondent=RespondentName(None, sheet.respondent.department)
    )


def document(result: Assessment | Plan | WhatIf) -> dict[str, Any]:
    """A result as plain data."""
    return {name.rstrip("_"): plain(getattr(result, name)) for name in result.__dataclass_fields__}


def plain(found: object) -> Any:  # noqa: ANN401 - any JSON
    """A part of a result as plain data; fractions are rounded half up to six places."""
    if isinstance(found, Fraction):
        return rounded(found)
    fields = getattr(found, "_fields", None) or getattr(found, "__dataclass_fields__", None)
    if fields:
        return {name.rstrip("_"): plain(getattr(found, name)) for name in fields}
    if isinstance(found, tuple):
        return [plain(each) for each in found]
    if isinstance(found, Mapping):
        return {name: plain(each) for name, each in found.items()}
    return found


def rounded(number: Fraction) -> float:
    """A number rounded half up to six places."""
    millionths = (2_000_000 * number.numerator + number.denominator) // (2 * number.denominator)
    return millionths / 1_000_000
