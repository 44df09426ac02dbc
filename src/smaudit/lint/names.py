"""Ids that a spreadsheet changes, and earlier ids that lead to more than one place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from smaudit.core.earlier import leads
from smaudit.core.questionnaire import ProfileFact, Question, Questionnaire
from smaudit.core.questionnaire_rules import named
from smaudit.errors import Message, Place, Problem

_MONTH = (
    r"(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?"
    r"|oct(ober)?|nov(ember)?|dec(ember)?)"
)
_READ_AS_SOMETHING_ELSE = re.compile(
    rf"true|false|[0-9]+(e-?[0-9]+)?|{_MONTH}-?[0-9]{{1,4}}(-[0-9]{{2,4}})?"
    rf"|[0-9]{{1,4}}-?{_MONTH}(-?[0-9]{{1,4}})?"
)
_DATE = re.compile(r"[0-9]{1,4}(-[0-9]{1,4}){1,2}")
_DAYS, _MONTHS, _SHORT_YEARS, _LONG_YEARS = range(1, 32), range(1, 13), range(100), range(1900, 10000)


def is_read_as_another(name: str) -> bool:
    """Whether a spreadsheet takes an id for a date, a number or a truth value when it opens a table of ids.

    Parts of a date stand in the order of the reader's country, so any order counts.
    """
    if _READ_AS_SOMETHING_ELSE.fullmatch(name):
        return True
    if not _DATE.fullmatch(name):
        return False
    return any(_is_date(*order) for order in permutations(map(int, name.split("-"))))


def _is_date(month: int, other: int, year: int | None = None) -> bool:
    if year is None:
        return month in _MONTHS and (other in _DAYS or _is_year(other))
    return month in _MONTHS and other in _DAYS and _is_year(year)


def _is_year(number: int) -> bool:
    return number in _SHORT_YEARS or number in _LONG_YEARS


def changed_by_spreadsheets(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Ids that would come back from a spreadsheet as something else."""
    for place, names in named(questionnaire):
        for number, name in enumerate(names):
            if is_read_as_another(name):
                yield Problem((*place, number, "id"), Message("lint.id-read-as-another", {"id": name}))


def led_astray(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Earlier answers that lead to two options, of one question or of two: nobody could say which is meant.

    An answer that still stands leads to itself.
    """
    yield from _astray(
        [(("profile", number, "options"), fact) for number, fact in enumerate(questionnaire.profile)]
    )
    yield from _astray(
        [
            (("scales", each.scale) if each.scale else ("questions", number, "options"), each)
            for number, each in enumerate(questionnaire.questions)
        ]
    )


def _astray(entries: Sequence[tuple[Place, Question | ProfileFact]]) -> Iterator[Problem]:
    """Those among these facts or questions, each given with the place of its options."""
    targets = {
        (entry.id, option.id): (entry.id, option.id) for _, entry in entries for option in entry.options
    }
    for place, entry in entries:
        for lead in leads(entry):
            here = (entry.id, entry.options[lead.level].id)
            there = targets.setdefault((lead.asked, lead.chosen), here)
            if there != here:
                said = {"asked": lead.asked, "chosen": lead.chosen, "other": there[0], "option": there[1]}
                is_turned = isinstance(entry, Question) and entry.reversed_
                entry_at = len(entry.options) - 1 - lead.level if is_turned else lead.level
                yield Problem((*place, entry_at, "was", lead.number), Message("lint.earlier-astray", said))
