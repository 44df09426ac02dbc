"""One table scored by the engine that holds it: checked, summed, figured."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw

from smaudit.core.questionnaire import Depth, Questionnaire
from smaudit.errors import Message, Problem, TableRefused
from smaudit.tables.cells import Frame, Input, having, inputs, is_full, summed
from smaudit.tables.columns import DEPTH, check_names, figure_columns
from smaudit.tables.figures import figured
from smaudit.tables.packing import packing_of

WIDE, NARROW = 63, 53
"""Bits of a whole number that an engine is exact with; some divide as floating-point numbers do."""


def scored(native: Any, questionnaire: Questionnaire, depth: Depth | None) -> Any:  # noqa: ANN401 - any frame
    """The frame with the figures; see `table`."""
    check_names(questionnaire)
    frame = nw.from_native(native, pass_through=True)
    if not isinstance(frame, nw.DataFrame | nw.LazyFrame):
        message = f"A frame that Narwhals knows is needed, not {type(native).__name__}."
        raise TypeError(message)
    schema = frame.collect_schema()
    read = list(inputs(questionnaire, depth, schema.names()))
    problems = list(_problems(schema, read, questionnaire))
    if problems:
        raise TableRefused(problems)
    packing = packing_of(questionnaire, NARROW if frame.implementation.is_spark_like() else WIDE)
    is_eager_polars = isinstance(frame, nw.DataFrame) and frame.implementation.is_polars()
    ready: Frame = frame.lazy() if is_eager_polars and isinstance(frame, nw.DataFrame) else frame
    mark = _mark(schema.names())
    full, deep = is_full(questionnaire, depth, schema.names()), f"{mark}full"
    ready = having(_as_text(ready, schema, read), {deep: full})
    sums = summed(ready, questionnaire, packing, read, deep=None if depth else deep, mark=mark)
    kept = [name for name in schema.names() if name != DEPTH]
    done = figured(sums, questionnaire, packing, kept=kept, deep=deep, mark=mark)
    return (done.collect() if is_eager_polars and isinstance(done, nw.LazyFrame) else done).to_native()


def _as_text(frame: Frame, schema: Mapping[str, Any], read: Sequence[Input]) -> Frame:
    """The frame with its categories, and what is null throughout, as text."""
    others = [each.name for each in read if schema[each.name] != nw.String]
    return having(frame, {name: nw.col(name).cast(nw.String) for name in others})


def _mark(names: Sequence[str]) -> str:
    """How the names of columns begin that are made on the way: like none that is there, in any case."""
    mark = "smaudit_"
    while any(name.casefold().startswith(mark) for name in names):
        mark = f"_{mark}"
    return mark


_TEXTS = (nw.String, nw.Categorical, nw.Enum, nw.Unknown)


def _problems(
    schema: Mapping[str, Any], read: Sequence[Input], questionnaire: Questionnaire
) -> Iterator[Problem]:
    """What keeps a table from being read: columns that are not there, hold no text, or are in the way."""
    for each in read:
        if each.name not in schema:
            yield Problem((each.name,), Message("problem.missing"))
        elif not isinstance(schema[each.name], _TEXTS):
            kind = type(schema[each.name]).__name__
            yield Problem((each.name,), Message("problem.column-not-text", {"kind": kind}))
    made = {*figure_columns(questionnaire)} - {DEPTH}
    for name in schema:
        if name.casefold() in made or (name.casefold() == DEPTH and name != DEPTH):
            yield Problem((name,), Message("problem.column-taken"))
