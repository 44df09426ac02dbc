"""Tables as other programs export them, made of a questionnaire: what was answered, and the file."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from smaudit.core.questionnaire import DONT_KNOW, NOT_APPLICABLE, Questionnaire
from smaudit.core.sheet import Sheet
from smaudit.core.table_columns import matched
from smaudit.core.table_rows import Imported, Row, imported
from smaudit.core.table_words import Vocabulary
from smaudit.files.load import load_questionnaire
from smaudit.files.words import load_phrases
from smaudit.interview.vocabulary import vocabulary

LANGUAGES = ("en", "ar")
SAID = {
    "en": {DONT_KNOW: "Don't know", NOT_APPLICABLE: "Does not apply to us"},
    "ar": {code: load_phrases("ar").text(f"interview.{code}") for code in (DONT_KNOW, NOT_APPLICABLE)},
}


@cache
def words() -> Vocabulary:
    """The vocabulary of the built-in questionnaire in both languages."""
    return vocabulary([(load_phrases(each), load_questionnaire(None, each)) for each in LANGUAGES])


@dataclass
class Given:
    """What one respondent answered: the ids of options by question and by fact."""

    answers: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)


def respondents(asked: Questionnaire, many: int, seed: int) -> list[Given]:
    """Respondents with random answers; some do not know, some leave blanks."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    found = []
    for _ in range(many):
        answers = {
            each.id: dice.choice([*each.levels, DONT_KNOW, NOT_APPLICABLE])
            for each in asked.questions
            if dice.random() < 9 / 10
        }
        found.append(Given(answers, {each.id: dice.choice(each.names) for each in asked.profile}))
    return found


def texts(asked: Questionnaire, given: Given) -> dict[str, str]:
    """What stands in the cells of a respondent, by the heading of the column, in full texts."""
    cells = {
        each.text: next((option.text for option in each.options if option.id == given.facts.get(each.id)), "")
        for each in asked.profile
    }
    for each in asked.questions:
        choice = given.answers.get(each.id, "")
        known = {option.id: option.text for option in each.options} | SAID[asked.language]
        cells[each.text] = known.get(choice, "")
    return cells


def as_csv(rows: Sequence[Mapping[str, str]], divider: str = ",") -> str:
    """Rows as the text of a file, headings first."""
    kept = io.StringIO(newline="")
    writer = csv.writer(kept, delimiter=divider, lineterminator="\r\n")
    writer.writerow(rows[0])
    writer.writerows(each.values() for each in rows)
    return kept.getvalue()


def as_workbook(path: Path, rows: Sequence[Mapping[str, Any]], sheet: str = "Form1") -> None:
    """Rows as a spreadsheet, with numbers and moments as such."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    page.append(list(rows[0]))
    for each in rows:
        page.append(list(each.values()))
    book.save(path)


def as_lines(rows: Sequence[Mapping[str, str]]) -> str:
    """Rows as JSON, one a line."""
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in rows)


def read(asked: Questionnaire, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Imported:
    """The sheets of these rows."""
    numbered = [Row(number, tuple(each)) for number, each in enumerate(rows, start=2)]
    return imported(numbered, matched(headings, words(), {}), words(), asked)


def answered(sheet: Sheet) -> dict[str, str]:
    """All that a sheet says, by question and by fact."""
    choices = {name: str(answer.choice) for name, answer in sheet.answers.items() if answer.choice}
    return choices | {f"fact {name}": option for name, option in sheet.company.profile.items()}


def expected(given: Given) -> dict[str, str]:
    """All that a respondent said, as `answered` has it."""
    return given.answers | {f"fact {name}": option for name, option in given.facts.items()}
