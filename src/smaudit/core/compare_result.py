"""The result of sheets of one company over time, as ids and exact numbers (`smaudit/comparison/1`).

In the manner of `result.py`: these types are the JSON and its schema. A change of a score is taken apart
exactly into what changed in practice (`matched`: questions rated both times that asked the same) and what
changed in counting (`composition`: all else), each itemised question by question.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any, Literal, NamedTuple

from smaudit import __version__
from smaudit.core.questionnaire import Depth
from smaudit.core.result import (
    Change,
    Count,
    Points,
    QuestionnaireName,
    Range,
    RespondentName,
    Side,
    Text,
    plain,
)

State = Literal["rated", "dont-know", "unanswered", "not-applicable", "ruled-out", "not-asked", "gone"]
"""How a question stands at a date: `not-asked` where the version of the sheet has no such question, `gone`
where the option that was chosen is no more."""
Kind = Literal["practice", "knowing", "not-applicable", "facts", "wording", "reworded", "question", "option"]
Verdict = Literal[
    "unchanged", "within-noise", "ranges-overlap", "risen", "fallen", "nothing-matched", "no-score"
]
AlarmChange = Literal[
    "stays", "gone", "new", "seen-now", "asked-otherwise", "not-asked", "not-known", "not-applicable"
]
StepState = Literal["shown", "claimed", "open", "not-known", "not-asked", "asked-otherwise"]
Texts = Literal["same-version", "compared", "partly", "not-compared"]
Size = Annotated[Fraction, Range(0, None)]


class DatedSheet(NamedTuple):
    """One of the sheets, in the order in which they are compared."""

    sha256: Annotated[Text, "SHA-256 of its file; empty where it came from none, null with --anonymous."]
    date: Annotated[Text, "When it was answered, as YYYY-MM-DD."]
    respondent: Annotated[RespondentName, "Who answered."]
    depth: Annotated[Depth, "What this sheet was asked."]
    made_for: Annotated[
        Text, "The version of the questionnaire that it was made for; null where none is said."
    ]
    rated: Annotated[Count, "How many of the questions that are compared have a level."]
    with_evidence: Annotated[Count, "How many of these name evidence."]
    unknown: Annotated[Count, "How many are not known or not answered."]
    not_applicable: Annotated[Count, "How many were marked not applicable."]
    sides: Annotated[
        Mapping[str, Side | None],
        "Whether each misconception steers or is free; open where too close to call, null without a score.",
    ]


class ScoreAt(NamedTuple):
    """A score at one date; null where there is none."""

    score: Annotated[Points | None, "The score."]
    worst: Annotated[Points | None, "Were every unknown answer the lowest."]
    best: Annotated[Points | None, "Were every unknown answer the highest."]


class Move(NamedTuple):
    """How the score of one misconception changed: difference = matched + composition, exactly."""

    id: Annotated[str, "The misconception's id; `overall` for the mean."]
    then: Annotated[ScoreAt, "At the earlier date."]
    now: Annotated[ScoreAt, "At the later date."]
    difference: Annotated[Change | None, "Now less then; null without a score on both dates."]
    matched: Annotated[Change | None, "What changed in practice; null where no question can be matched."]
    composition: Annotated[Change | None, "What changed in counting."]
    noise: Annotated[Size | None, "By convention, what people who are asked twice differ by."]
    verdict: Annotated[Verdict, "Whether practice changed: beyond the noise, and with ranges apart."]
    questions: Annotated[Count, "How many questions are matched."]
    open: Annotated[tuple[str, ...], "Questions that are unknown on one of the dates, or on both."]
    hidden: Annotated[Size, "How many points these could hide: the ranges of both dates together."]

    @property
    def is_real(self) -> bool:
        """Whether practice really changed."""
        return self.verdict in {"risen", "fallen"}

    @property
    def is_drawn(self) -> bool:
        """Whether an arrow leads from then to now: practice really changed, and the score went its way."""
        return (
            self.is_real
            and self.difference is not None
            and (self.difference > 0) == (self.verdict == "risen")
        )


class Joined(NamedTuple):
    """A misconception with a score on one date only, as it changes the overall."""

    id: Annotated[str, "The misconception's id."]
    has_joined: Annotated[bool, "Whether it has a score now and had none then; else the other way round."]
    points: Annotated[Change, "What that changes the overall by; part of its composition."]


class DatedAnswer(NamedTuple):
    """How a question stands at one date."""

    status: Annotated[State, "How it counts."]
    choice: Annotated[Text, "The option that was chosen; null where none was, or it is not known any more."]
    with_evidence: Annotated[bool, "Whether evidence is named."]
    evidence: Annotated[Text, "What shows it, as it was typed; null with --anonymous."]


class ChangedAnswer(NamedTuple):
    """A question that was answered differently, or that counts differently, and what that changes."""

    question: Annotated[str, "The question's id."]
    kind: Annotated[
        Kind,
        "`practice`: another option of the same question. All others are counting: known or unknown on one "
        "date (`knowing`); marked not applicable; ruled out by facts about the company; put in other words "
        "to such a company (`wording`); asked in other words by another version (`reworded`); not there in "
        "one version (`question`); chosen an option that is no more (`option`).",
    ]
    then: Annotated[DatedAnswer, "At the earlier date."]
    now: Annotated[DatedAnswer, "At the later date."]
    points: Annotated[Mapping[str, Change], "What it changes, by misconception that is compared."]
    overall: Annotated[Change | None, "What it changes the overall by."]


class ChangedFact(NamedTuple):
    """A fact about the company that is another now."""

    fact: Annotated[str, "The fact's id."]
    then: Annotated[Text, "The option given then; null for none."]
    now: Annotated[Text, "The option given now; null for none."]
    behind: Annotated[tuple[str, ...], "The questions that are asked of it, or put in other words."]


class AlarmMove(NamedTuple):
    """An answer that is an alarm on one of the dates."""

    question: Annotated[str, "The question's id."]
    misconception: Annotated[Text, "The misconception that it makes steer; null where the question is gone."]
    choice: Annotated[str, "The option that is an alarm: that of now, else that of then."]
    change: Annotated[
        AlarmChange,
        "`gone` and `new` only where the same question is answered on both dates; `seen-now` where it was "
        "not known, asked or asked so then; and what became of an alarm that cannot be called gone.",
    ]


class StepThen(NamedTuple):
    """A step of the plan that the earlier sheet had, and what became of it."""

    question: Annotated[str, "The question's id."]
    from_: Annotated[str, "The option it led away from."]
    to: Annotated[str, "The option it led to."]
    state: Annotated[
        StepState,
        "Taken and `shown` by evidence, taken as `claimed`, or still `open`; else why that cannot be told.",
    ]


class Versions(NamedTuple):
    """What is known of the texts of both dates, and what another version changed."""

    texts: Annotated[Texts, "Whether the texts of the questions could be compared."]
    not_compared: Annotated[tuple[str, ...], "Questions matched by their ids alone, since no text is known."]
    reworded: Annotated[tuple[str, ...], "Questions whose text, or an option chosen, is another."]
    added: Annotated[tuple[str, ...], "Questions that the earlier sheet could not answer."]
    dropped: Annotated[tuple[str, ...], "Questions of the earlier sheet that are no more."]


class Interval(NamedTuple):
    """Two dates, one against the other."""

    then: Annotated[Count, "The number of the earlier sheet, from 0."]
    now: Annotated[Count, "The number of the later sheet."]
    overall: Annotated[Move, "The mean over the misconceptions, those compared that have both scores."]
    joined: Annotated[tuple[Joined, ...], "Misconceptions that have a score on one date only."]
    misconceptions: Annotated[tuple[Move, ...], "In the questionnaire's order."]
    answers: Annotated[tuple[ChangedAnswer, ...], "What changed, that first which changes the overall most."]
    same: Annotated[Count, "How many questions were rated both times and have the same answer."]
    known_now: Annotated[tuple[str, ...], "Unknown then, known now."]
    unknown_now: Annotated[tuple[str, ...], "Known then, unknown now."]
    facts: Annotated[tuple[ChangedFact, ...], "Facts about the company that are others now."]
    alarms: Annotated[tuple[AlarmMove, ...], "Alarms of either date."]
    steps: Annotated[tuple[StepThen, ...], "The steps of the earlier plan, in its order."]
    versions: Annotated[Versions, "What another version of the questionnaire changed."]
    same_respondent: Annotated[bool | None, "Whether the same person answered; null where that is not said."]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Sheets of one company over time: what changed in practice, and what only in counting.

    Points run from 0 to 100, all exact (`fractions.Fraction`) but the noise, a root to six places; `to_dict`
    gives the JSON document (`smaudit/comparison/1`), rounded half up to six places.
    """

    schema: Annotated[Literal["smaudit/comparison/1"], "The format."] = "smaudit/comparison/1"
    smaudit: Annotated[str, "The version of the program."] = __version__
    questionnaire: Annotated[QuestionnaireName, "The questionnaire that all dates are scored with."]
    company: Annotated[Text, "The company's name as the latest sheet has it; null with --anonymous."]
    profile: Annotated[Mapping[str, str], "The facts of the latest sheet: option id by fact id."]
    depth: Annotated[Depth, "Which questions count: the lowest depth of the sheets."]
    sheets: Annotated[tuple[DatedSheet, ...], "The sheets, in the order in which they are compared."]
    whole: Annotated[Interval, "The last against the first."]
    intervals: Annotated[tuple[Interval, ...], "Each against the one before."]

    @property
    def latest(self) -> Interval:
        """The last against the one before."""
        return self.intervals[-1]

    def to_dict(self) -> dict[str, Any]:
        """The JSON document `smaudit/comparison/1` as plain data: floats, strings, lists and dicts."""
        found: dict[str, Any] = plain(self)
        return found
