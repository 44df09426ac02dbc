"""The days in a column of moments: which order day and month have there, where its cells leave no doubt."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from smaudit.core.dates import meant
from smaudit.core.table_words import normal

Order = Literal["day", "month"]
_STROKES = re.compile(r"(\d{1,2})([-/])(\d{1,2})\2(\d{4})")
_TIME = re.compile(r"[T ,]+\d{1,2}:\d\d.*$", re.DOTALL)


class Days:
    """Reads the moments of one table, which one program wrote: all of them in the same order."""

    def __init__(self, written: Iterable[str]) -> None:
        """Take all the cells that hold moments."""
        self._cells = tuple(written)

    def day(self, written: str) -> str | None:
        """The day (`2026-11-26`) of a moment; None for no moment, and for one that could be two days."""
        text = _day_of(written)
        found = meant(text)
        strokes = _STROKES.fullmatch(text)
        if found is not None or not strokes or self._order is None:
            return found
        one, _, other, year = strokes.groups()
        day, month = (one, other) if self._order == "day" else (other, one)
        try:
            return dt.date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            return None

    @cached_property
    def _order(self) -> Order | None:
        """What comes first in every cell that leaves no doubt; None where none does, or they differ."""
        orders: set[Order] = set()
        for each in dict.fromkeys(self._cells):
            strokes = _STROKES.fullmatch(_day_of(each))
            if strokes and meant(strokes[0]) is not None and strokes[1] != strokes[3]:
                orders.add("day" if int(strokes[1]) > 12 else "month")  # noqa: PLR2004 - months of a year
        return orders.pop() if len(orders) == 1 else None


def _day_of(written: str) -> str:
    """The text of the day alone, in Western digits."""
    plain = "".join(normal(each) if each.isdecimal() else each for each in written if each.isprintable())
    return _TIME.sub("", plain.strip()).strip()
