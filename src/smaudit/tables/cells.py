"""From the cells of a table to the sums of each row: what each answer adds, in expressions of Narwhals."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any, NamedTuple

import narwhals.stable.v2 as nw

from smaudit.core.questionnaire import DEPTHS, DONT_KNOW, NOT_APPLICABLE, Depth, Question, Questionnaire
from smaudit.tables.columns import DEPTH, answer_column, profile_column
from smaudit.tables.packing import Lane, Packing

Frame = nw.DataFrame[Any] | nw.LazyFrame[Any]


Columns = Mapping[str, nw.Expr]


def having(frame: Frame, columns: Columns) -> Frame:
    """The frame with these columns too."""
    return frame.with_columns(**columns) if columns else frame


class Input(NamedTuple):
    """A column to read: its name, what may stand in it, and the question that it answers, if any."""

    name: str
    allowed: tuple[str, ...]
    question: Question | None = None


class Sums(NamedTuple):
    """A frame with the sums of each row, and the names of their columns, one for each word of the packing.

    `weighed` and `own` are those of each misconception, by id: with weights, and of the questions whose main
    misconception it is; `checks` is that of what is no question's answer; `why` names the first column with
    what is not known. `alarms` are the columns that say whether an answer is an alarm, by question.
    """

    frame: Frame
    weighed: Mapping[str, Sequence[str]]
    own: Mapping[str, Sequence[str]]
    checks: str
    why: str
    alarms: Mapping[str, str]


def inputs(questionnaire: Questionnaire, depth: Depth | None, there: Iterable[str]) -> Iterator[Input]:
    """The columns to read: all that are needed, and of the others those that are there."""
    there = set(there)
    asked = questionnaire.at(depth or "full")
    needed = {fact for question in asked for fact in question.applies_if}
    if DEPTH in there:
        yield Input(DEPTH, DEPTHS)
    for fact in questionnaire.profile:
        if fact.id in needed or profile_column(fact.id) in there:
            yield Input(profile_column(fact.id), fact.names)
    ids = {question.id for question in asked}
    for question in questionnaire.questions:
        name = answer_column(question.id)
        if question.id in ids or name in there:
            allowed = (*question.levels, DONT_KNOW, NOT_APPLICABLE)
            yield Input(name, allowed, question if question.id in ids else None)


def is_full(questionnaire: Questionnaire, depth: Depth | None, there: Iterable[str]) -> nw.Expr:
    """Whether a row is of full depth: as it is asked for, else as it says, else by its answers."""
    if depth:
        return nw.lit(depth == "full")
    quick = {question.id for question in questionnaire.at("quick")}
    deep = [
        ~nw.col(answer_column(each.id)).is_null() for each in questionnaire.questions if each.id not in quick
    ]
    by_answers = _joined(or_, deep) if deep else nw.lit(value=False)
    if DEPTH not in there:
        return by_answers
    given = nw.col(DEPTH)
    return nw.when(given.is_null()).then(by_answers).otherwise(given == nw.lit("full"))


def summed(
    frame: Frame,
    questionnaire: Questionnaire,
    packing: Packing,
    read: Sequence[Input],
    *,
    deep: str | None,
    mark: str,
) -> Sums:
    """The sums of each row, beside the columns of the frame.

    `deep` is the column that says whether a row is of full depth, where rows differ; columns that are made on
    the way begin with `mark`.
    """
    kept = frame.collect_schema().names()
    counts = {each.name: _counts(each.question, deep) for each in read if each.question}
    cells, counting, alarms = dict[str, nw.Expr](), dict[str, nw.Expr](), dict[str, nw.Expr]()
    for number, each in enumerate(read):
        condition = counts.get(each.name)
        for word, expression in enumerate(_cells(each, packing)):
            name = _cell(mark, number, word)
            cells[name] = expression
            if condition is not None:
                counting[name] = _where_it_counts(name, condition, packing, word)
        alarm = _alarm(each.question, condition) if each.question else None
        if each.question and alarm is not None:
            alarms[each.question.id] = alarm
    named = {name: f"{mark}alarm_{number}" for number, name in enumerate(alarms)}
    frame = having(frame, {**cells, **{named[name]: alarm for name, alarm in alarms.items()}})
    frame = having(frame, counting)
    weighed, own, sums = _of_misconceptions(questionnaire, packing, read, mark)
    word, checks = packing.places[Lane.REFUSED].word, f"{mark}checks"
    refused = {each.name: _cell(mark, number, word) for number, each in enumerate(read)}
    sums[checks] = _sum({refused[each.name]: 1 for each in read if each.question is None})
    sums[f"{mark}why"] = _why(refused, packing)
    # The cells are left behind: an engine has the fewer columns to carry.
    frame = frame.select(*kept, *named.values(), **sums)
    return Sums(frame, weighed, own, checks, f"{mark}why", named)


def _why(refused: Mapping[str, str], packing: Packing) -> nw.Expr:
    """The first column in which there is what the questionnaire does not know; by its cells."""
    least = 1 << packing.places[Lane.REFUSED].shift
    (name, cell), *rest = refused.items()
    chain = nw.when(nw.col(cell) >= least).then(nw.lit(name))
    for name, cell in rest:
        chain = chain.when(nw.col(cell) >= least).then(nw.lit(name))
    return chain


def _of_misconceptions(
    questionnaire: Questionnaire, packing: Packing, read: Sequence[Input], mark: str
) -> tuple[dict[str, list[str]], dict[str, list[str]], dict[str, nw.Expr]]:
    """The names of the columns with the sums of each misconception, with weights and of its own; the sums."""
    asked = [(number, each.question) for number, each in enumerate(read) if each.question]
    weighed, own, sums = dict[str, list[str]](), dict[str, list[str]](), dict[str, nw.Expr]()
    for place, name in enumerate(questionnaire.misconception):
        weights = packing.weights[name]
        weighed[name], own[name] = [], []
        for word in range(packing.words):
            weighed[name].append(f"{mark}weighed_{place}_{word}")
            own[name].append(f"{mark}own_{place}_{word}")
            sums[weighed[name][-1]] = _sum(
                {_cell(mark, number, word): weights.get(question.id, 0) for number, question in asked}
            )
            sums[own[name][-1]] = _sum(
                {_cell(mark, number, word): int(question.main == name) for number, question in asked}
            )
    return weighed, own, sums


def _cell(mark: str, number: int, word: int) -> str:
    return f"{mark}cell_{number}_{word}"


def _cells(each: Input, packing: Packing) -> Iterator[nw.Expr]:
    """What a cell adds, number by number, whether or not its question counts for the row."""
    adds = {name: dict[Lane, int]() for name in each.allowed}
    if each.question:
        for level, option in enumerate(each.question.options):
            adds[option.id] = {Lane.EARNED: packing.worth(each.question, level), Lane.RATED: 1}
        adds[DONT_KNOW], adds[NOT_APPLICABLE] = {Lane.DONT_KNOW: 1}, {Lane.EXCUSED: 1}
    null = packing.packed({Lane.UNANSWERED: 1} if each.question else {})
    refused = packing.packed({Lane.REFUSED: 1})
    for word in range(packing.words):
        cell, alike = nw.col(each.name), dict[int, list[str]]()
        for name, lanes in adds.items():
            alike.setdefault(packing.packed(lanes)[word], []).append(name)
        chain = nw.when(cell.is_null()).then(_number(null[word]))
        for amount, names in alike.items():
            chain = chain.when(cell == nw.lit(names[0]) if len(names) == 1 else cell.is_in(names)).then(
                _number(amount)
            )
        yield chain.otherwise(_number(refused[word]))


def _number(value: int) -> nw.Expr:
    return nw.lit(value, dtype=nw.Int64)


def _counts(question: Question, deep: str | None) -> nw.Expr | None:
    """Whether a question counts for a row: at its depth, and by its facts; None where it always does."""
    conditions = [
        nw.col(profile_column(fact)).is_null() | nw.col(profile_column(fact)).is_in(list(allowed))
        for fact, allowed in question.applies_if.items()
    ]
    if deep and question.depth == "full":
        conditions.append(nw.col(deep))
    return _joined(and_, conditions) if conditions else None


def _where_it_counts(cell: str, counts: nw.Expr, packing: Packing, word: int) -> nw.Expr:
    """The cell where its question counts; nothing elsewhere, but that it is refused."""
    refusal = packing.packed({Lane.REFUSED: 1})[word]
    nothing = _number(0)
    if refusal:
        # Its lane is the topmost.
        nothing = nw.when(nw.col(cell) >= refusal).then(_number(refusal)).otherwise(nothing)
    return nw.when(counts).then(nw.col(cell)).otherwise(nothing)


def _alarm(question: Question, counts: nw.Expr | None) -> nw.Expr | None:
    """Whether the answer is an alarm; None where no option is one."""
    alarming = [option.id for option in question.options if option.alarm]
    if not alarming:
        return None
    found = nw.col(answer_column(question.id)).is_in(alarming)
    # A null is no alarm.
    return (
        nw.when(found if counts is None else found & counts)
        .then(nw.lit(value=True))
        .otherwise(nw.lit(value=False))
    )


def _sum(terms: Mapping[str, int]) -> nw.Expr:
    """The sum of columns times whole numbers; those of one weight are added before."""
    by_weight = dict[int, list[nw.Expr]]()
    for name, weight in terms.items():
        if weight:
            by_weight.setdefault(weight, []).append(nw.col(name))
    parts = [
        added(of) if weight == 1 else added(of) * nw.lit(weight, dtype=nw.Int64)
        for weight, of in by_weight.items()
    ]
    return added(parts)


def added(terms: Sequence[nw.Expr]) -> nw.Expr:
    """The sum of terms, 0 of none."""
    return _joined(lambda left, right: left + right, terms) if terms else _number(0)


def _joined(join: Callable[[nw.Expr, nw.Expr], nw.Expr], terms: Sequence[nw.Expr]) -> nw.Expr:
    """Terms joined in halves: a thousand in a row would be nested deeper than engines go."""
    if len(terms) <= 2:  # noqa: PLR2004 - a pair
        return reduce(join, terms)
    middle = len(terms) // 2
    return join(_joined(join, terms[:middle]), _joined(join, terms[middle:]))
