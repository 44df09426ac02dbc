"""Tables of answers as other programs export them (.csv, .tsv, .xlsx, .jsonl), to headings and rows of text.

Which sign divides the cells of a text, and which sheet of a spreadsheet is meant, follows from the headings
that are understood. A row of a text with more or fewer cells than there are headings is not read: in it an
answer could stand below another question.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO, TextIOWrapper
from itertools import chain, islice
from pathlib import PurePath
from typing import NamedTuple

from smaudit.core.table_rows import Row
from smaudit.errors import Message, Problem, Refused, Usage
from smaudit.files.encoding import encoding_of
from smaudit.files.limits import is_text, refused
from smaudit.files.places import shown_path
from smaudit.files.read import read, text_of
from smaudit.files.workbook import Cells, DamagedError, Limits, TooLargeError, Workbook

ENDINGS = (".csv", ".tsv", ".xlsx", ".jsonl")
MOST_OF_A_TABLE = 64 << 20
"""Bytes; a larger file is refused unread."""
LIMITS = Limits(rows=50_000, columns=2_000, cells=5_000_000)
_DIVIDERS = (",", ";", "\t")
_MOST_DIVIDERS, _MOST_SHEETS = 50_000, 50
_ARCHIVE, _OLD_OR_LOCKED = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
Understood = Callable[[Sequence[str]], int]
"""How many of some headings are understood."""


class Table(NamedTuple):
    """The headings of a table and its rows, each with a cell for every heading, or none."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def check_ending(path: str) -> None:
    """Raise SmauditError (exit 2) for a file whose name is not that of a table."""
    if PurePath(path).suffix.lower() not in ENDINGS:
        raise Usage("error.unknown-table", "hint.unknown-table", file=shown_path(path), allowed=ENDINGS)


def load_table(path: str, understood: Understood) -> Table:
    """The table of a file. Raises SmauditError (exit 2) where it cannot be read, Refused (exit 3)."""
    check_ending(path)
    data, file = read(path, MOST_OF_A_TABLE), shown_path(path)
    ending = PurePath(path).suffix.lower()
    # Mail programs and people rename files; what is in them cannot be mistaken.
    if data.startswith(_ARCHIVE):
        return _from_workbook(data, file, understood)
    if data.startswith(_OLD_OR_LOCKED):
        raise refused(file, "problem.table-old-or-locked", None)
    if "\0" in text_of(data, path):
        raise refused(file, "problem.not-utf8", None)
    if ending == ".xlsx":
        raise refused(file, "problem.table-damaged", None)
    if ending == ".jsonl":
        return _from_lines(data, file)
    return _from_text(data, file, understood, _DIVIDERS if ending == ".csv" else ("\t",))


def _from_text(data: bytes, file: str, understood: Understood, dividers: Sequence[str]) -> Table:
    """A text whose cells are divided by one of these signs: the one by which most headings are understood."""

    def worth(divider: str) -> tuple[int, int]:
        try:
            headings = _headings(islice(_records(data, divider), 100))
        except csv.Error:
            return 0, 0
        return understood(headings), len(headings)

    divider = max(dividers, key=worth)
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        records = _records(data, divider, quoting)
        try:
            return _table(records, file)
        except csv.Error as error:
            # Some programs put no quotes around cells, since no cell of theirs holds a tab.
            if divider != "\t" or quoting == csv.QUOTE_NONE:
                raise refused(file, "problem.table-quotes", None) from error
    raise AssertionError


def _records(data: bytes, divider: str, quoting: int = csv.QUOTE_MINIMAL) -> Iterator[list[str]]:
    lines = iter(TextIOWrapper(BytesIO(data), encoding_of(data), newline=""))
    first = next(lines, "")
    # A line by which Excel is told what divides the cells.
    rest = lines if first.strip().lower() == f"sep={divider}" else chain([first], lines)
    if quoting == csv.QUOTE_NONE:
        yield from csv.reader(_bounded(rest, divider), delimiter=divider, quoting=csv.QUOTE_NONE, strict=True)
    else:
        yield from csv.reader(_bounded(rest, divider), delimiter=divider, strict=True)


def _bounded(lines: Iterable[str], divider: str) -> Iterator[str]:
    for line in lines:
        if line.count(divider) > _MOST_DIVIDERS:
            raise csv.Error
        yield line


def _headings(records: Iterable[list[str]]) -> tuple[str, ...]:
    """The first record with text in it, without what is empty at its end."""
    first = next((each for each in records if any(map(str.strip, each))), [])
    while first and not first[-1].strip():
        first = first[:-1]
    return tuple(first)


def _table(records: Iterator[list[str]], file: str) -> Table:
    headings: tuple[str, ...] = ()
    rows: list[Row] = []
    texts: dict[str, str] = {}
    for number, record in enumerate(records, start=1):
        if not any(map(str.strip, record)):
            continue
        if not headings:
            headings = _headings([record])
            continue
        width = len(headings)
        _check_size(len(rows), width, file)
        fits = len(record) >= width and not any(map(str.strip, record[width:]))
        # Most cells are one of few options: each text is kept once.
        cells = tuple(texts.setdefault(each, each) for each in record[:width]) if fits else None
        rows.append(Row(number, cells))
    return Table(headings, tuple(rows))


def _check_size(rows: int, columns: int, file: str) -> None:
    """Raise Refused for a table that another row would make too large."""
    if rows >= LIMITS.rows or columns > LIMITS.columns or rows * columns > LIMITS.cells:
        raise refused(file, "problem.table-too-large", None, rows=LIMITS.rows, columns=LIMITS.columns)


def _from_lines(data: bytes, file: str) -> Table:
    """A text with an object in every line; the headings are its keys."""
    objects: list[tuple[int, dict[str, str] | None]] = []
    headings: dict[str, int] = {}
    for number, line in enumerate(TextIOWrapper(BytesIO(data), encoding_of(data)), start=1):
        if not line.strip():
            continue
        found = _object(line)
        for each in found or ():
            headings.setdefault(each, len(headings))
        _check_size(len(objects), len(headings), file)
        objects.append((number, found))
    rows = (
        Row(number, None if found is None else tuple(found.get(each, "") for each in headings))
        for number, found in objects
    )
    return Table(tuple(headings), tuple(rows))


def _object(line: str) -> dict[str, str] | None:
    """The object of a line, its values as text; None for none, and for one with a key twice."""
    try:
        pairs = json.loads(line, object_pairs_hook=list)
    except (ValueError, RecursionError):
        return None
    is_object = isinstance(pairs, list) and all(isinstance(each, tuple) for each in pairs)
    if not is_object or not line.lstrip().startswith("{"):
        return None
    found = {name: _as_text(value) for name, value in pairs}
    is_whole = len(found) == len(pairs) and all(is_text(each) for pair in found.items() for each in pair)
    return found if is_whole else None


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value)


def _from_workbook(data: bytes, file: str, understood: Understood) -> Table:
    try:
        book = Workbook(data, LIMITS)
        tables = {name: _of_sheet(book.rows(name), file) for name in islice(book.sheets, _MOST_SHEETS)}
    except DamagedError:
        raise refused(file, "problem.table-damaged", None) from None
    except TooLargeError:
        problem = "problem.table-too-large"
        raise refused(file, problem, None, rows=LIMITS.rows, columns=LIMITS.columns) from None
    known = [name for name, table in tables.items() if understood(table.headings)]
    if len(known) > 1:
        raise Refused(file, [Problem((), Message("problem.table-sheets", {"sheets": tuple(known)}))], None)
    return tables[known[0]] if known else next(iter(tables.values()))


def _of_sheet(rows: Iterator[tuple[int, Cells]], file: str) -> Table:
    """A sheet whose first filled row holds the headings."""
    _, first = next(rows, (0, {}))
    kept = [(number, cells) for number, cells in rows if any(map(str.strip, cells.values()))]
    width = max((1 + max(cells) for cells in (first, *(cells for _, cells in kept)) if cells), default=0)
    _check_size(max(len(kept) - 1, 0), width, file)
    places = range(width)
    return Table(
        tuple(first.get(each, "") for each in places),
        tuple(Row(number, tuple(cells.get(each, "") for each in places)) for number, cells in kept),
    )
