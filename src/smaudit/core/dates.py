"""Dates as people write them: which day is meant, where only one can be."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})|(\d{4})(\d\d)(\d\d)")
_WITH_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)[T ]\d\d:.*")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/. ]+)(\d{1,2})\2(\d{4})")
_DAY_NAMED = re.compile(r"(\d{1,2})\.?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})")
_MONTH_NAMED = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})")
_LONGEST = 40


def meant(written: str) -> str | None:
    """The day (`2026-11-26`) that a date in another common form stands for; None where it could be several.

    With dots the day comes before the month; with strokes it may be either, so that 5/6/2026 stands for none.
    """
    text = written.strip()
    days = {day.isoformat() for day in _days(text)} if len(text) <= _LONGEST and text.isascii() else set()
    return days.pop() if len(days) == 1 else None


def _days(text: str) -> Iterator[dt.date]:
    for year, month, day in _readings(text):
        try:
            yield dt.date(int(year), int(month), int(day))
        except ValueError:
            continue


def _readings(text: str) -> Iterator[tuple[str | int, str | int, str | int]]:
    """Year, month and day, for each way to read the text."""
    if found := _YEAR_FIRST.fullmatch(text) or _WITH_TIME.fullmatch(text):
        year, month, day = filter(None, found.groups())
        yield year, month, day
    elif found := _YEAR_LAST.fullmatch(text):
        yield found[4], found[3], found[1]
        if "." not in found[2]:
            yield found[4], found[1], found[3]
    elif found := _DAY_NAMED.fullmatch(text):
        yield found[3], _month(found[2]), found[1]
    elif found := _MONTH_NAMED.fullmatch(text):
        yield found[3], _month(found[1]), found[2]


def _month(name: str) -> int:
    """The number of an English month, 0 for a word that is none."""
    begins = name[:3].lower()
    return _MONTHS.index(begins) + 1 if begins in _MONTHS else 0
