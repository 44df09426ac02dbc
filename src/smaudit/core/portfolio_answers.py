"""A row for each answer of many sheets, for whoever counts them in other ways than a portfolio does."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple

from smaudit.core.given import Given
from smaudit.core.portfolio_row import RowStatus, Scoring, SheetRow, decimal
from smaudit.core.questionnaire import Depth
from smaudit.core.result import AnswerStatus, Count, Range, Text


class AnswerRow(NamedTuple):
    """One answer of one of many sheets; a sheet that was refused has one row, without an answer."""

    schema: Annotated[Literal["smaudit/portfolio-answer/1"], "The format."]
    file: Annotated[Text, "The name of the sheet's file; null with --anonymous."]
    line: Annotated[Annotated[int, Range(1, None)] | None, "Its line, in a file of JSON lines."]
    sheet: Annotated[RowStatus, "Whether the sheet was scored, refused, or could not be read."]
    why: Annotated[Text, "Why it was refused or could not be read: the kind of its first problem."]
    key: Annotated[Text, "What tells companies apart: company.id, else the file's name (and line)."]
    company: Annotated[Text, "The company's name as it was typed; null with --anonymous."]
    company_id: Annotated[Text, "A key of the user's own; null with --anonymous."]
    department: Annotated[Text, "The department of who answered."]
    date: Annotated[Text, "When it was answered, as YYYY-MM-DD."]
    depth: Annotated[Depth | None, "Which questions count: those of the quick check, or all."]
    question: Annotated[Text, "The question's id."]
    misconception: Annotated[Text, "The misconception with the most weight on it."]
    status: Annotated[AnswerStatus | None, "How the answer counts."]
    choice: Annotated[Text, "The option that was chosen; null where none was."]
    level: Annotated[Count | None, "Its place among the options, 0 is the lowest; null unless rated."]
    value: Annotated[Annotated[float, Range(0, 1)] | None, "Its value; null unless rated."]
    with_evidence: Annotated[bool | None, "Whether evidence is named."]
    alarm: Annotated[bool | None, "Whether it is an alarm."]


_OF_SHEET = ("file", "line", "why", "key", "company", "company_id", "department", "date", "depth")


def answers_of(row: SheetRow, made: Scoring | None, given: Given | None) -> Iterator[AnswerRow]:
    """The rows of the answers of a sheet; of one that was refused a row with nothing in it."""
    head: dict[str, Any] = dict.fromkeys(AnswerRow._fields)
    head |= {name: getattr(row, name) for name in _OF_SHEET}
    head |= {"schema": "smaudit/portfolio-answer/1", "sheet": row.status}
    if made is None or given is None:
        yield AnswerRow(**head)
        return
    for question, status, choice, level, _, _, alarm, _ in made.counted.answers:
        rated = status == "rated"
        value = question.values[level]
        told = {
            "question": question.id,
            "misconception": question.main,
            "status": status,
            "choice": None if status == "ruled-out" else choice,
            "level": level if rated else None,
            "value": decimal(value.numerator, value.denominator) if rated else None,
            "with_evidence": question.id in given.proven,
            "alarm": alarm,
        }
        yield AnswerRow(**{**head, **told})
