"""The rows of many sheets as tables, piece by piece: CSV, JSON lines, and the schemas of their columns."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from smaudit.core import portfolio_row
from smaudit.core.portfolio_answers import AnswerRow
from smaudit.core.portfolio_row import SheetRow, cells_of, columns_of, names_of
from smaudit.core.questionnaire import Questionnaire
from smaudit.core.result import Range, plain
from smaudit.report.data import csv
from smaudit.report.data.json import escaped
from smaudit.report.results import Rows


def as_csv(rows: Rows) -> str:
    """Some rows as CSV, with the names of the columns before the first of all."""
    head = [names(rows.questionnaire, answers=rows.answers)] if rows.is_first else []
    cells = (_cells(each, rows.questionnaire) for each in rows.rows)
    return csv.written([*head, *cells])


def as_lines(rows: Rows) -> str:
    """Some rows as JSON, one a line."""
    return "".join(
        escaped(json.dumps(plain(each), ensure_ascii=False, allow_nan=False)) + "\n" for each in rows.rows
    )


def names(questionnaire: Questionnaire, *, answers: bool) -> Sequence[str]:
    """The names of the columns."""
    return AnswerRow._fields[1:] if answers else names_of(questionnaire)


def _cells(row: SheetRow | AnswerRow, questionnaire: Questionnaire) -> list[object]:
    cells: Sequence[Any] = cells_of(row, questionnaire) if isinstance(row, SheetRow) else row[1:]
    return [_cell(each) for each in cells]


def _cell(cell: str | float | None) -> object:
    """A cell as CSV has it: numbers with a point and no more places than they need, true and false."""
    if isinstance(cell, str):
        return csv.guarded(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else cell
    return cell


def table_schema(questionnaire: Questionnaire) -> dict[str, Any]:
    """The columns of the CSV as a Frictionless Table Schema: name, type, what is allowed, what it means."""
    hints = get_type_hints(portfolio_row.SheetRow, include_extras=True)
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [
            {"name": name, **_field(hints.get(name, hint))} for name, hint in columns_of(questionnaire)
        ],
        "missingValues": [""],
    }


def _field(hint: Any) -> dict[str, Any]:  # noqa: ANN401 - any annotation
    """The type of a column, with its constraints and what it is for."""
    found: dict[str, Any] = {"type": "string"}
    constraints: dict[str, Any] = {}
    for each in _unfolded(hint):
        if isinstance(each, str):
            found.setdefault("description", each)
        elif isinstance(each, Range):
            ends = {"minimum": each.least, "maximum": each.most}
            constraints |= {name: end for name, end in ends.items() if end is not None}
        elif each in _TYPES:
            found["type"] = _TYPES[each]
        elif get_origin(each) is Literal:
            constraints["enum"] = list(get_args(each))
    return {**found, "constraints": constraints} if constraints else found


_TYPES: dict[Any, str] = {int: "integer", float: "number", bool: "boolean"}


def _unfolded(hint: Any) -> Iterator[Any]:  # noqa: ANN401 - any annotation
    """The type within an annotation and what is said of it; null is an empty cell of every column."""
    if get_origin(hint) is Annotated:
        inner, *said = get_args(hint)
        yield from said
        yield from _unfolded(inner)
    elif get_origin(hint) in {Union, types.UnionType}:
        for each in get_args(hint):
            yield from _unfolded(each)
    else:
        yield hint
