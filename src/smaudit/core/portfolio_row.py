"""A row for each of many sheets: what a table of companies has of each, the refused ones among them.

The types are also the columns: of each JSON line, field by field; of a table with the parts of `overall`,
`profile` and `misconceptions` as columns of their own (`columns_of`), and of both schemas. Numbers are those
of the assessment of the same sheet, rounded as its JSON has them; both follow from one tally.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple

from smaudit.core.figures import Scored, means, status_of
from smaudit.core.given import Given
from smaudit.core.insight import side_by
from smaudit.core.questionnaire import Depth, Questionnaire
from smaudit.core.result import STEERS_BELOW, Count, Range, Side, Status, Text
from smaudit.core.tally import Counted, Ruler, Tally, counted, ruler_of

Decimal = Annotated[float, Range(0, 100)]
"""Points 0 to 100, rounded half up to six places."""
RowStatus = Literal["scored", "not-scored", "refused", "unreadable"]
"""Whether a sheet has an overall score, was refused, or could not be read."""


class OverallCells(NamedTuple):
    """The plain mean over the misconceptions that have a score; null where none has."""

    score: Annotated[Decimal | None, "Mean of the scores, 0 to 100."]
    worst: Annotated[Decimal | None, "Mean of the worst: every unknown answer the lowest."]
    best: Annotated[Decimal | None, "Mean of the best: every unknown answer the highest."]


class MisconceptionCells(NamedTuple):
    """The score of one misconception, with its bounds."""

    id: Annotated[str, "The misconception's id."]
    status: Annotated[Status | None, "Whether there is a score, and why not."]
    score: Annotated[Decimal | None, "0: it rules practice, 100: practice is free of it."]
    worst: Annotated[Decimal | None, "The score if every unknown answer were the lowest."]
    best: Annotated[Decimal | None, "The score if every unknown answer were the highest."]
    side: Annotated[Side | None, "Whether it steers the company, is too close to call, or does not."]


class SheetRow(NamedTuple):
    """One sheet of many."""

    schema: Annotated[Literal["smaudit/portfolio-row/1"], "The format."]
    file: Annotated[Text, "The name of its file; null with --anonymous."]
    line: Annotated[Annotated[int, Range(1, None)] | None, "Its line, in a file of JSON lines."]
    status: Annotated[RowStatus, "Whether it was scored, refused, or could not be read."]
    why: Annotated[Text, "Why it was refused or could not be read: the kind of its first problem."]
    problems: Annotated[Count, "How many problems a refused one has."]
    message: Annotated[Text, "What is wrong first, in the language that was asked for."]
    key: Annotated[Text, "What tells companies apart: company.id, else the file's name (and line)."]
    company: Annotated[Text, "The company's name as it was typed; null with --anonymous."]
    company_id: Annotated[Text, "A key of the user's own; null with --anonymous."]
    department: Annotated[Text, "The department of who answered."]
    date: Annotated[Text, "When it was answered, as YYYY-MM-DD."]
    depth: Annotated[Depth | None, "Which questions count: those of the quick check, or all."]
    questionnaire: Annotated[Text, "The id of the questionnaire."]
    made_for: Annotated[Text, "The version of the questionnaire that the sheet was made for."]
    scored_with: Annotated[Text, "The version that it was scored with."]
    language: Annotated[Text, "The code of the language it was answered in."]
    profile: Annotated[Mapping[str, str], "The facts about the company, fact to option."]
    answered: Annotated[Count | None, "Answers with a level."]
    with_evidence: Annotated[Count | None, "Of those, with evidence named."]
    claimed: Annotated[Count | None, "Of those, on one of the two best levels and without evidence."]
    dont_know: Annotated[Count | None, "Nobody knew."]
    unanswered: Annotated[Count | None, "Nobody was heard."]
    not_applicable: Annotated[Count | None, "Marked not applicable."]
    gone: Annotated[Count | None, "Answers of an earlier version that no longer count."]
    counted: Annotated[Count | None, "How many misconceptions have a score: the overall is their mean."]
    of: Annotated[Count | None, "How many misconceptions there are."]
    overall: Annotated[OverallCells, "The mean over the misconceptions that have a score."]
    steers: Annotated[Count | None, "How many misconceptions steer the company."]
    open: Annotated[Count | None, "How many are too close to call."]
    free: Annotated[Count | None, "How many do not steer it."]
    least: Annotated[Count | None, "How many steer whatever the unknown answers are."]
    most: Annotated[Count | None, "How many steer for some unknown answers."]
    alarms: Annotated[tuple[str, ...], "Questions whose answer is an alarm."]
    first_step: Annotated[Text, "The question of the first step of its roadmap; null with --no-steps."]
    first_step_to: Annotated[Text, "The option that this step leads to."]
    misconceptions: Annotated[tuple[MisconceptionCells, ...], "In the questionnaire's order."]


_SCHEMA: Literal["smaudit/portfolio-row/1"] = "smaudit/portfolio-row/1"
Cell = str | int | float | None


class Scoring(NamedTuple):
    """The row of a sheet, with what it was made from: what a picture of many needs beside it."""

    row: SheetRow
    ruler: Ruler
    counted: Counted


def scored(questionnaire: Questionnaire, given: Given, depth: Depth | None = None) -> Scoring:
    """The row of what was given, without file and steps; at `depth`, or at the one that the sheet has."""
    ruler = ruler_of(questionnaire, depth or given.depth)
    places = ruler.places
    found = counted(ruler, given.choices, given.profile)
    answers, sums, counts = found
    alarms = [each.question for each in answers if each.alarm] if counts.alarms else ()
    proven = [answers[places[name]] for name in given.proven if name in places] if given.proven else ()
    proven = [each for each in proven if each.status == "rated"]
    cells, standing, overall = _measured(ruler, sums, frozenset([each.main for each in alarms]))
    row = SheetRow(
        schema=_SCHEMA,
        file=None,
        line=None,
        status="scored" if standing[0] else "not-scored",
        why=None,
        problems=0,
        message=None,
        key=given.company_id,
        company=given.company,
        company_id=given.company_id,
        department=given.department,
        date=given.date,
        depth=depth or given.depth,
        questionnaire=questionnaire.id,
        made_for=given.made_for,
        scored_with=questionnaire.version,
        language=given.language,
        profile=given.profile,
        answered=counts.answered,
        with_evidence=len(proven),
        claimed=counts.proud - sum([each.proud for each in proven]),
        dont_know=counts.dont_know,
        unanswered=counts.unanswered,
        not_applicable=counts.not_applicable,
        gone=len(given.gone),
        counted=standing[0],
        of=len(sums),
        overall=overall,
        steers=standing[1],
        open=standing[2],
        free=standing[3],
        least=standing[4],
        most=standing[5],
        alarms=tuple([each.id for each in alarms]),
        first_step=None,
        first_step_to=None,
        misconceptions=cells,
    )
    return Scoring(row, ruler, found)


def refused(status: RowStatus, *, why: str, problems: int, message: str) -> SheetRow:
    """The row of a sheet that was refused or could not be read."""
    nothing: dict[str, Any] = dict.fromkeys(SheetRow._fields)
    cells = {
        "schema": _SCHEMA,
        "overall": OverallCells(None, None, None),
        "profile": {},
        "alarms": (),
        "misconceptions": (),
    }
    told = {"status": status, "why": why, "problems": problems, "message": message}
    return SheetRow(**{**nothing, **cells, **told})


def _measured(
    ruler: Ruler, sums: Sequence[Tally], alarmed: frozenset[str]
) -> tuple[tuple[MisconceptionCells, ...], list[int], OverallCells]:
    """The cells of each misconception; how many are scored, steer, are open, are free, must and may steer."""
    unit, cells, scores = ruler.unit, list[MisconceptionCells](), list[Scored]()
    # counted, steers, open, free, least, most
    standing = [0] * 6
    for name, tally in zip(ruler.names, sums, strict=True):
        earned, rated, unknown, *_ = tally
        status = status_of(ruler, tally)
        if status in _WITHOUT_RANGE:
            cells.append(MisconceptionCells(name, status, None, None, None, None))
            continue
        applicable, points, alarm = rated + unknown, 100 * earned, name in alarmed
        whole, highest = unit * applicable, points + 100 * unit * unknown
        edge = STEERS_BELOW * whole
        may, must = points < edge, highest < edge
        worst = score = decimal(points, whole)
        best = decimal(highest, whole) if unknown else worst
        printed: int | None = None
        if status == "scored":
            scores.append((name, points, highest, rated, applicable))
            score = decimal(points, unit * rated) if unknown else worst
            printed = (2 * points + unit * rated) // (2 * unit * rated)
        side = side_by(printed, may_steer=may, must_steer=must, alarm=alarm)
        standing[_SIDES[side]] += 1
        standing[4] += alarm or must
        standing[5] += alarm or may
        shown = score if status == "scored" else None
        cells.append(MisconceptionCells(name, status, shown, worst, best, side))
    standing[0] = len(scores)
    return tuple(cells), standing, _mean(scores, unit)


_WITHOUT_RANGE = frozenset({"not-applicable", "too-few-apply"})
_SIDES: dict[Side, int] = {"steers": 1, "open": 2, "free": 3}


def _mean(scores: Sequence[Scored], unit: int) -> OverallCells:
    if not scores:
        return OverallCells(None, None, None)
    found, count = means(scores, unit), len(scores)
    return OverallCells(
        decimal(sum([score for score, _ in found.scores]), unit * found.of_rated * count),
        decimal(found.worst, unit * found.of_applicable * count),
        decimal(found.best, unit * found.of_applicable * count),
    )


def decimal(part: int, whole: int) -> float:
    """The number part/whole rounded half up to six places, as `result.rounded` has it of a fraction."""
    return (2_000_000 * part + whole) // (2 * whole) / 1_000_000


def names_of(questionnaire: Questionnaire) -> list[str]:
    """The names of the columns of a table with the rows of this questionnaire."""
    return [name for name, *_ in columns_of(questionnaire)]


def columns_of(questionnaire: Questionnaire) -> Iterator[tuple[str, Any]]:
    """The columns of a table: their names, and the annotations that describe them.

    Hyphens of ids become underscores, so that no tool takes a name for a subtraction; no id has one itself,
    so that no two columns meet.
    """
    for name, hint in SheetRow.__annotations__.items():
        if name == "schema":
            continue
        if name == "overall":
            yield from ((f"overall_{part}", of) for part, of in OverallCells.__annotations__.items())
        elif name == "profile":
            for fact in questionnaire.profile:
                yield (
                    f"profile_{_plain(fact.id)}",
                    Annotated[Text, f"The fact {fact.id}."],
                )
        elif name == "misconceptions":
            for each in questionnaire.misconceptions:
                for part, of in MisconceptionCells.__annotations__.items():
                    if part != "id":
                        yield f"{_plain(each.id)}_{part}", of
        else:
            yield name, hint


def _plain(name: str) -> str:
    return name.replace("-", "_")


def cells_of(row: SheetRow, questionnaire: Questionnaire) -> list[Cell]:
    """The cells of a row, in the order of `columns_of`."""
    cells: list[Cell] = []
    values: Sequence[Any] = row
    for name, found in zip(SheetRow._fields, values, strict=True):
        if name == "schema":
            continue
        if name == "overall":
            cells += found
        elif name == "profile":
            cells += [found.get(fact.id) for fact in questionnaire.profile]
        elif name == "alarms":
            cells.append(" ".join(found) if row.answered is not None else None)
        elif name == "misconceptions":
            for each in found or [(None,) * 6] * len(questionnaire.misconceptions):
                cells += each[1:]
        else:
            cells.append(found)
    return cells
