"""Tables as CSV (RFC 4180): no cell is ever taken for a formula. All tables are written here."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_BEGINS = r"[\s\"]*[=+\-@＝＋－＠]"
_FORMULA = re.compile(rf"{_BEGINS}|[\t\r\n]")
# Where the comma stands in numbers, spreadsheets divide a row at these instead.
_DIVIDED = re.compile(rf"[;\t](?={_BEGINS})")


def written(rows: Iterable[Sequence[object]]) -> str:
    """Rows of a table, one a line; texts that somebody typed are `guarded` before."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def guarded(text: str) -> str:
    """The text on one line, with an apostrophe before what a spreadsheet would take for a formula.

    That is so at its beginning, and wherever the spreadsheets of some countries begin another cell.
    """
    mark = "'" if _FORMULA.match(text) else ""
    return mark + _DIVIDED.sub(lambda found: found[0] + "'", re.sub(r"[\r\n]+", " ", text))
