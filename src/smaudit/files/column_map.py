"""A map of columns: what a person says of the headings and cells of a table, in JSON or YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from smaudit.core.table_columns import IGNORE, KEEP, Order, Orders
from smaudit.core.table_words import Target, Vocabulary, normal
from smaudit.errors import Message, Place, Problem
from smaudit.files.load import refused
from smaudit.files.read import parse, read

MOST_OF_A_MAP = 1 << 20
"""Bytes; a larger file is refused unread."""
COLUMNS, CELLS = "columns", "cells"


class ColumnMap(NamedTuple):
    """What columns are, by heading, and what their cells mean, by heading and text, all as it is compared."""

    columns: Orders
    cells: Mapping[str, Mapping[str, str]]


def load_map(path: str, vocabulary: Vocabulary) -> ColumnMap:
    """The map in a file. Raises SmauditError (exit 2), Refused (exit 3) with every problem in it."""
    data = read(path, MOST_OF_A_MAP)
    content = parse(data, path)
    if not isinstance(content, dict):
        raise refused(path, data, [Problem((), Message("problem.mapping-needed"))])
    reading = _Reading(vocabulary)
    problems = list(reading.problems(content))
    if problems:
        raise refused(path, data, problems)
    return ColumnMap(reading.columns, reading.cells)


class _Reading:
    """Reads a map, noting what can be used."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary, self._names = vocabulary, vocabulary.names
        self.columns: dict[str, Order] = {}
        self.cells: dict[str, dict[str, str]] = {}

    def problems(self, content: Mapping[str, object]) -> Iterator[Problem]:
        """What is wrong; what is right is noted on the way."""
        for name in content:
            if name not in {COLUMNS, CELLS}:
                yield Problem((name,), Message("problem.unknown-field", {"allowed": (COLUMNS, CELLS)}))
        for name, note in ((COLUMNS, self._column), (CELLS, self._cells_of)):
            part = content.get(name) or {}
            if isinstance(part, dict):
                for heading, value in part.items():
                    yield from note((name, str(heading)), value)
            else:
                yield Problem((name,), Message("problem.mapping-needed"))

    def _column(self, place: Place, value: object) -> Iterator[Problem]:
        compared = normal(str(place[-1]))
        named = self._names.get(str(value))
        order: Order | None = "keep" if value == KEEP else "ignore" if value == IGNORE else named
        if order is None:
            meant = tuple(get_close_matches(str(value), self._names, cutoff=0.75))
            known = Message("problem.misspelt", {"meant": meant})
            yield Problem(place, known if meant else Message("problem.table-unknown-name"))
        elif self.columns.setdefault(compared, order) != order:
            yield Problem(place, Message("problem.table-heading-twice"))

    def _cells_of(self, place: Place, value: object) -> Iterator[Problem]:
        compared = normal(str(place[-1]))
        if not isinstance(value, dict):
            yield Problem(place, Message("problem.mapping-needed"))
            return
        given = self.columns.get(compared)
        targets = {given} if isinstance(given, Target) else self._vocabulary.headings.get(compared, set())
        known = self._vocabulary.choices.get(next(iter(targets)), {}) if len(targets) == 1 else {}
        options = tuple(dict.fromkeys(option for found in known.values() for option in found if option))
        for text, option in value.items():
            if option in options:
                self.cells.setdefault(compared, {})[normal(str(text))] = str(option)
            else:
                yield Problem((*place, str(text)), Message("problem.unknown-option", {"allowed": options}))
