"""What a sheet for an earlier version of the questionnaire suggests: scored only once it is confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from smaudit.core.questionnaire import (
    RESERVED,
    Option,
    ProfileFact,
    ProfileOption,
    Question,
    Questionnaire,
)
from smaudit.core.sheet import Sheet


class Lead(NamedTuple):
    """From an answer of an earlier version to the option that has taken its place.

    `asked` and `chosen` are the earlier ids of the question (or fact) and its option; `level` is the number
    of the option now, and `number` that of the earlier id in its `was`.
    """

    asked: str
    chosen: str
    level: int
    number: int


def leads(entry: Question | ProfileFact) -> tuple[Lead, ...]:
    """Every earlier answer that leads to an option of this question or fact; it may have kept its id."""
    asked = dict.fromkeys((entry.id, *entry.was))
    options: tuple[Option | ProfileOption, ...] = entry.options
    return tuple(
        Lead(name, chosen, level, number)
        for level, option in enumerate(options)
        for number, chosen in enumerate(option.was)
        for name in asked
    )


def of_another_version(sheet: Sheet, questionnaire: Questionnaire) -> bool:
    """Whether the sheet says that it was made for another version of the questionnaire."""
    made = sheet.questionnaire
    return made is not None and made.version is not None and made.version != questionnaire.version


def suggestions(questionnaire: Questionnaire, sheet: Sheet) -> Mapping[str, str]:
    """The suggested option of each question that only an earlier version's answer speaks to.

    By question id, in the order of the questionnaire, whatever the depth and whether they apply. Where two
    earlier questions became one and their answers differ, it is the lower option: that much is true of both.
    """
    if not of_another_version(sheet, questionnaire):
        return {}
    found: dict[str, str] = {}
    for question in questionnaire.questions:
        choice = sheet.choice(question.id)
        levels = [lead.level for lead in leads(question) if sheet.choice(lead.asked) == lead.chosen]
        if levels and choice not in question.levels and choice not in RESERVED:
            found[question.id] = question.options[min(levels)].id
    return found


def suggested_facts(questionnaire: Questionnaire, sheet: Sheet) -> Mapping[str, str]:
    """The suggested option of each profile fact that only an earlier version's fact speaks to.

    By fact id, in the order of the questionnaire; none where two earlier facts disagree.
    """
    if not of_another_version(sheet, questionnaire):
        return {}
    given = sheet.company.profile
    found: dict[str, str] = {}
    for fact in questionnaire.profile:
        levels = {lead.level for lead in leads(fact) if given.get(lead.asked) == lead.chosen}
        if len(levels) == 1 and given.get(fact.id) not in fact.names:
            found[fact.id] = fact.options[levels.pop()].id
    return found
