"""Tables for spreadsheets: RFC 4180; no cell is taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_BEGINS = r"[\s\"]*[=+\-@＝＋－＠]"
_FORMULA = re.compile(rf"{_BEGINS}|[\t\r\n]")
# Where the comma stands in numbers, spreadsheets divide a row at these instead.
_DIVIDED = re.compile(rf"[;\t](?={_BEGINS})")


def table(columns: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> str:
    """The rows under the names of their columns; every text in them has been guarded."""
    written = io.StringIO(newline="")
    kept = csv.writer(written, lineterminator="\r\n")
    kept.writerow(columns)
    kept.writerows(rows)
    return written.getvalue()


def guarded(text: str) -> str:
    """The text on one line, with an apostrophe before what a spreadsheet would take for a formula.

    That is so at its beginning, and wherever the spreadsheets of some countries begin another cell.
    """
    mark = "'" if _FORMULA.match(text) else ""
    return mark + _DIVIDED.sub(lambda found: found[0] + "'", re.sub(r"[\r\n]+", " ", text))
