"""The result of several people's sheets of one company, as ids and exact numbers (`smaudit/team/1`).

In the manner of `result.py`: these types are the JSON and its schema. Nothing is averaged: where people
differ there is a range, and no point score within it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NamedTuple

from smaudit import __version__
from smaudit.core.questionnaire import Depth
from smaudit.core.result import Count, Points, QuestionnaireName, Side, Text, plain

Heard = Literal["settled", "asked", "everybody", "others"]
"""Whose answers count: what was settled; those who were asked; everybody, where nobody in particular is
asked; others, where none of those asked answered."""
TeamStatus = Literal["scored", "depends", "not-enough-answers", "too-few-apply", "not-applicable"]


class Respondent(NamedTuple):
    """One sheet of the team, and who answered it."""

    sha256: Annotated[Text, "SHA-256 of its file; empty where it came from none, null with --anonymous."]
    name: Annotated[Text, "The name that was typed; null with --anonymous."]
    department: Annotated[Text, "The department's id; null where none was said, or it is not to be told."]
    date: Annotated[Text, "When, as YYYY-MM-DD; null with --anonymous."]
    depth: Annotated[Depth, "What this sheet was asked."]
    agreement: Annotated[bool, "Whether it holds what several people have settled."]


class Voice(NamedTuple):
    """What one respondent said of a question or a fact."""

    department: Annotated[Text, "The department's id; null where none was said, or it is not to be told."]
    name: Annotated[Text, "The name that was typed; null with --anonymous."]
    choice: Annotated[str, "The option that was chosen, dont-know or not-applicable."]
    note: Annotated[Text, "What was added; null with --anonymous."]
    counts: Annotated[bool | None, "Whether it counts: it is of those who would know; null with --anonymous."]


class DisputedFact(NamedTuple):
    """A fact about the company on which respondents differ."""

    fact: Annotated[str, "The fact's id."]
    removes: Annotated[Points, "The width of the overall's range that settling it removes at least."]
    behind: Annotated[tuple[str, ...], "The questions that it decides on."]
    voices: Annotated[tuple[Voice, ...], "Who said what."]


class DisputedQuestion(NamedTuple):
    """A question on which those who would know differ."""

    question: Annotated[str, "The question's id."]
    removes: Annotated[Points, "The width of the overall's range that settling it removes at least."]
    heard: Annotated[Heard, "Whose answers count."]
    lowest: Annotated[Text, "The lowest option among the answers that count; null where none was rated."]
    highest: Annotated[Text, "The highest option among them."]
    may_not_apply: Annotated[bool, "Whether not applicable is one of the possible answers."]
    facts: Annotated[tuple[str, ...], "The disputed facts that it hangs on."]
    first: Annotated[Text, "The department that stands lowest, to speak first."]
    voices: Annotated[tuple[Voice, ...], "Who said what."]


class UnknownQuestion(NamedTuple):
    """A question that nobody knows the answer to, of those who would."""

    question: Annotated[str, "The question's id."]
    removes: Annotated[Points, "The width of the overall's range that an answer removes at least."]
    ask: Annotated[tuple[str, ...], "The departments that would know."]
    not_heard: Annotated[tuple[str, ...], "Those of them from whom there is no sheet."]
    others: Annotated[tuple[str, ...], "Departments that were not asked, and said what they think."]
    answered: Annotated[Count, "How many said that they do not know; 0 where it was left blank."]


class TeamAlarm(NamedTuple):
    """An answer that is an alarm."""

    question: Annotated[str, "The question's id."]
    choice: Annotated[str, "The option that is an alarm."]
    misconception: Annotated[str, "The misconception that it makes steer."]
    disputed: Annotated[bool, "Whether others, who would know, say otherwise."]


class TeamScore(NamedTuple):
    """Where one misconception lies, depending on whom one believes."""

    id: Annotated[str, "The misconception's id."]
    status: Annotated[TeamStatus, "Whether there are answers enough; `depends`: on what is settled."]
    score: Annotated[Points | None, "As in an assessment; null as long as something that counts is disputed."]
    worst: Annotated[Points | None, "The lowest score that any settlement leaves."]
    best: Annotated[Points | None, "The highest."]
    side: Annotated[Side | None, "Steers or free whatever is settled, else open; an alarm makes it steer."]
    may_not_apply: Annotated[bool, "Whether some settlement leaves too few of its questions."]
    disputed: Annotated[tuple[str, ...], "The disputed questions that weigh on it."]
    unknown: Annotated[tuple[str, ...], "The questions that weigh on it and nobody knows."]


class TeamSteering(NamedTuple):
    """How many misconceptions steer the company."""

    least: Annotated[Count, "Those whose best is below 50, and that apply whatever is settled."]
    most: Annotated[Count, "Those whose worst is below 50."]


class TeamOverall(NamedTuple):
    """The mean over the misconceptions that have a score, as a range; null where none has."""

    score: Annotated[Points | None, "As in an assessment; null as long as something that counts is disputed."]
    worst: Annotated[Points | None, "No settlement leaves less."]
    best: Annotated[Points | None, "No settlement leaves more."]
    at_most: Annotated[bool, "Whether the ends may be out of reach together: the range is at most so wide."]
    counted_least: Annotated[Count, "How many misconceptions have a score at least."]
    counted_most: Annotated[Count, "And at most."]
    of: Annotated[Count, "How many misconceptions there are."]
    steering: Annotated[TeamSteering, "Between how many steer the company."]


class PartPicture(NamedTuple):
    """One misconception as one department sees it."""

    id: Annotated[str, "The misconception's id."]
    worst: Annotated[Points | None, "The score of the lowest of the department's answers."]
    best: Annotated[Points | None, "The score of the highest; the same where one person answered."]
    questions: Annotated[Count, "How many questions it rests on: those that all departments answered."]


class Picture(NamedTuple):
    """The company as one department sees it, on the questions that all departments answered."""

    department: Annotated[Text, "Its id; null where none was said, or it is not to be told."]
    respondents: Annotated[Count, "How many people; of one it is one person's view."]
    misconceptions: Annotated[tuple[PartPicture, ...], "In the questionnaire's order."]


class TeamBelief(NamedTuple):
    """What the respondents said of a misconception before the questions: counted, never averaged."""

    id: Annotated[str, "The misconception's id."]
    answers: Annotated[Mapping[str, Count], "How many said 1 (against it) to 5 (for it), or dont-know."]


class TeamBasis(NamedTuple):
    """What became of the questions."""

    settled: Annotated[Count, "All who would know say the same."]
    disputed: Annotated[Count, "They differ."]
    unknown: Annotated[Count, "Nobody knows."]
    not_applicable: Annotated[Count, "All who would know say that it does not apply."]
    common: Annotated[Count, "Answered by every department: what their pictures rest on."]


class MeetingItem(NamedTuple):
    """One thing to settle in the meeting."""

    minute: Annotated[Count, "When, counted from the beginning."]
    id: Annotated[str, "The question or the fact."]
    is_fact: Annotated[bool, "Whether it is a fact about the company."]
    first: Annotated[Text, "The department to speak first: that which stands lowest."]


class Meeting(NamedTuple):
    """A meeting that settles what matters most."""

    minutes: Annotated[Count, "How long it takes."]
    items: Annotated[tuple[MeetingItem, ...], "Facts first, then what removes most; at most five questions."]
    closing: Annotated[Count, "The minute in which what was agreed is entered."]


@dataclass(frozen=True, kw_only=True)
class Team:
    """What several people of one company say: where they agree, where they differ, and what to settle.

    Points run from 0 to 100, all exact (`fractions.Fraction`); `to_dict` gives the JSON document
    (`smaudit/team/1`), rounded half up to six places.
    """

    schema: Annotated[Literal["smaudit/team/1"], "The format."] = "smaudit/team/1"
    smaudit: Annotated[str, "The version of the program."] = __version__
    questionnaire: Annotated[QuestionnaireName, "Which questionnaire was asked."]
    company: Annotated[Text, "The company's name as it was typed; null with --anonymous."]
    profile: Annotated[Mapping[str, str], "The facts that nobody disputes: option id by fact id."]
    depth: Annotated[Depth, "Which questions count: the lowest depth of the sheets."]
    respondents: Annotated[tuple[Respondent, ...], "Whose sheets they are, in the order of departments."]
    overall: Annotated[TeamOverall, "The mean over the misconceptions, as a range."]
    misconceptions: Annotated[tuple[TeamScore, ...], "In the questionnaire's order."]
    basis: Annotated[TeamBasis, "What became of the questions."]
    facts: Annotated[tuple[DisputedFact, ...], "What to settle before all else."]
    disputed: Annotated[tuple[DisputedQuestion, ...], "What to settle, that first which removes most."]
    nobody_knows: Annotated[tuple[UnknownQuestion, ...], "What to find out, that first which removes most."]
    not_asked: Annotated[tuple[str, ...], "Answered by others, since none of those asked did."]
    alarms: Annotated[tuple[TeamAlarm, ...], "Answers that are an alarm."]
    beliefs: Annotated[tuple[TeamBelief, ...], "What was said before the questions."]
    pictures: Annotated[tuple[Picture, ...], "The company as each department sees it."]
    meeting: Annotated[Meeting | None, "What to settle together; null where nothing is disputed."]
    gone: Annotated[tuple[str, ...], "Answers of an earlier version whose question or option is gone."]

    def misconception(self, name: str) -> TeamScore:
        """Where the misconception with this id lies. Raises KeyError where there is none."""
        for each in self.misconceptions:
            if each.id == name:
                return each
        raise KeyError(name)

    def to_dict(self) -> dict[str, Any]:
        """The JSON document `smaudit/team/1` as plain data: floats, strings, lists and dicts."""
        found: dict[str, Any] = plain(self)
        return found
