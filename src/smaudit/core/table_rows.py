"""From the rows of a table to sheets: what is understood is an answer, all else stays open and is listed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from smaudit.core.questionnaire import Depth, Questionnaire, fits
from smaudit.core.sheet import SCHEMA, Sheet
from smaudit.core.sheet_rules import read_sheet
from smaudit.core.table_columns import Column
from smaudit.core.table_days import Days
from smaudit.core.table_words import ABOUT_A_QUESTION, NOTHING, SINGLE, Kind, Target, Vocabulary, normal

Why = Literal["unknown", "ambiguous", "contrary", "date", "too-long", "damaged", "no-answer"]
"""Stands for no option; could be several; contradicts another column; is no date, or could be two; has too
many characters; the row as a whole cannot be read; nothing in the row was understood as an answer."""
IMPORTED = "imported"
"""The field of a sheet that keeps the columns of its table that are not understood."""
ANSWERS: frozenset[Kind] = frozenset({"question", "fact", "belief"})
"""What a row needs at least one of to be a sheet."""
_CHOSEN: frozenset[Kind] = frozenset({"question", "fact", "belief", "department", "guess", "most"})
_LONGEST, _LONGEST_KEY, _LONGEST_ROW = 20_000, 200, 150_000
"""Characters of a text, of a key, and of a row: a sheet of more could not be read again."""
_SKIPPED = "-"


class Row(NamedTuple):
    """One row: its number as a spreadsheet counts, and its cells; none where it cannot be read."""

    number: int
    cells: tuple[str, ...] | None


class Unclear(NamedTuple):
    """A cell that was left open, or a whole row; `text` is the cell as it stands."""

    row: int
    heading: str
    name: str
    text: str
    why: Why


class Imported(NamedTuple):
    """What a table held: a sheet with the number of its row, and all that was left open, in order."""

    sheets: tuple[tuple[int, Sheet], ...]
    unclear: tuple[Unclear, ...]


Read = tuple[str | None, Why]
"""What a cell stands for; None with the reason where that is nothing."""


def imported(
    rows: Iterable[Row], columns: Sequence[Column], vocabulary: Vocabulary, questionnaire: Questionnaire
) -> Imported:
    """The sheets of a table; an empty row is none."""
    kept = tuple(rows)
    reader = _Reader(columns, vocabulary, questionnaire, kept)
    sheets = [(row.number, sheet) for row in kept if (sheet := reader.sheet(row)) is not None]
    return Imported(tuple(sheets), tuple(reader.unclear))


def depth_of(columns: Iterable[Column], questionnaire: Questionnaire) -> Depth:
    """Full if a question of the full depth is among the columns, else quick."""
    quick = {each.id for each in questionnaire.at("quick")}
    asked = {each.target.id for each in columns if each.target and each.target.kind == "question"}
    return "full" if asked - quick else "quick"


@dataclass
class _Reader:
    """Reads rows; what a text stands for in a column is found out once."""

    columns: Sequence[Column]
    vocabulary: Vocabulary
    questionnaire: Questionnaire
    rows: Sequence[Row]
    unclear: list[Unclear] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._by_target: dict[Target, list[Column]] = {}
        # Facts first: they say in which words the rest was asked.
        taken = (each for each in self.columns if each.target is not None)
        for each in sorted(taken, key=lambda column: column.target is None or column.target.kind != "fact"):
            if each.target is not None:
                self._by_target.setdefault(each.target, []).append(each)
        self._kept = _named([each for each in self.columns if each.use in {"kept", "ambiguous", "later"}])
        self._depth = depth_of(self.columns, self.questionnaire)
        self._known: dict[Target, dict[str, Read]] = {each: {} for each in self._by_target}
        days = [
            row.cells[each.place]
            for target, columns in self._by_target.items()
            if target.kind == "date"
            for each in columns
            for row in self.rows
            if row.cells
        ]
        self._days = Days(days)

    def sheet(self, row: Row) -> Sheet | None:
        """The sheet of a row; None for an empty one, and one without an answer, which is listed."""
        if row.cells is None:
            self.unclear.append(Unclear(row.number, "", "", "", "damaged"))
            return None
        if not any(map(str.strip, row.cells)):
            return None
        if sum(map(len, row.cells)) > _LONGEST_ROW:
            self.unclear.append(Unclear(row.number, "", "", "", "too-long"))
            return None
        given: dict[Target, str] = {}
        for target, columns in self._by_target.items():
            value = self._value(row, given, target, columns)
            if value:
                given[target] = value
        found = read_sheet(self._data(row, given), self.questionnaire)
        if found.problems or found.sheet is None:
            self.unclear.append(Unclear(row.number, "", "", "", "damaged"))
            return None
        if not any(each.kind in ANSWERS for each in given):
            self.unclear.append(Unclear(row.number, "", "", "", "no-answer"))
            return None
        return found.sheet

    def _value(
        self, row: Row, given: Mapping[Target, str], target: Target, columns: Sequence[Column]
    ) -> str | None:
        """What the columns of a target say: one thing, or nothing; `given` is what the row says of facts."""
        cells = row.cells or ()
        known = self._known[target]
        if len(columns) == 1:
            # Nearly always, and asked of every cell of the table.
            value, _ = known.get(cells[columns[0].place], (None, "unknown"))
            if value is not None:
                return value
        filled = [(each, cells[each.place]) for each in columns if cells[each.place].strip()]
        if not filled:
            return None
        read: list[Read] = []
        for _, text in filled:
            if text not in known:
                known[text] = self._read(target, text)
            is_unsure = known[text] == (None, "ambiguous") and target.kind == "question"
            read.append(self._in_own_words(target, text, given) if is_unsure else known[text])
        values = {value for value, _ in read}
        if None not in values and len(values) == 1:
            return values.pop()
        for (column, text), (value, why) in zip(filled, read, strict=True):
            if value is None or None not in values:
                reason: Why = why if value is None else "contrary"
                self.unclear.append(Unclear(row.number, column.heading, target.name, text, reason))
        return None

    def _read(self, target: Target, text: str) -> Read:
        if target.kind == "date":
            return self._days.day(text), "date"
        if target.kind not in _CHOSEN:
            kept = tidied(text)
            longest = _LONGEST_KEY if target.kind == "company-id" else _LONGEST
            return (kept, "unknown") if len(kept) <= longest else (None, "too-long")
        if text.strip() == _SKIPPED and target.kind != "question":
            return NOTHING, "unknown"
        compared = normal(text)
        options = self.vocabulary.choices.get(target, {}).get(compared, set())
        if len(options) != 1:
            return None, "ambiguous" if options else "unknown"
        option = next(iter(options))
        if compared in self.vocabulary.reasons.get(target, ()):
            return f"{option} {tidied(text)}", "unknown"
        return option, "unknown"

    def _in_own_words(self, target: Target, text: str, given: Mapping[Target, str]) -> Read:
        """What a text of several options stands for in a company that no wording was made for."""
        facts = {each.id: option for each, option in given.items() if each.kind == "fact"}
        conditions = [each.if_ for each in self.questionnaire.question[target.id].wording]
        is_known = facts.keys() >= {fact for condition in conditions for fact in condition}
        options = self.vocabulary.own.get(target, {}).get(normal(text), set())
        # Where a wording was made for it, a form may have asked in those words or in the question's own.
        if is_known and len(options) == 1 and not any(fits(each, facts) for each in conditions):
            return next(iter(options)), "unknown"
        return None, "ambiguous"

    def _data(self, row: Row, given: dict[Target, str]) -> dict[str, Any]:
        """The plain data of a sheet; fields that nothing was said of are empty, and not written."""
        one = {each: given.get(Target(each)) for each in SINGLE}
        of: dict[Kind, dict[str, str]] = {}
        for target, value in given.items():
            of.setdefault(target.kind, {})[target.id] = value
        asked = self.questionnaire
        data: dict[str, Any] = {
            "schema": SCHEMA,
            "questionnaire": {"id": asked.id, "version": asked.version},
            "depth": self._depth,
            "company": {"id": one["company-id"], "name": one["company"], "profile": of.get("fact", {})},
            "respondent": {"name": one["name"], "department": one["department"]},
            "date": next(iter(of.get("date", {}).values()), None),
            "beliefs": {
                name: int(value) if value.isdecimal() else value
                for name, value in of.get("belief", {}).items()
            },
            "remark": one["remark"],
            "answers": {
                each.id: answer for each in asked.questions if (answer := _answer(each.id, of)) is not None
            },
        }
        if one["guess"] is not None or one["most"] is not None:
            steering = None if one["guess"] is None else int(one["guess"])
            data["guess"] = {"steering": steering, "most": one["most"]}
        cells = row.cells or ()
        kept = {name: text for name, place in self._kept if (text := cells[place].strip())}
        return {**data, IMPORTED: kept} if kept else data


def _answer(question: str, of: dict[Kind, dict[str, str]]) -> dict[str, str] | str | None:
    """An answer with what was added to it; None where nothing was."""
    choice, _, ready = of.get("question", {}).get(question, "").partition(" ")
    if not ready and of.keys().isdisjoint(ABOUT_A_QUESTION):
        return choice or None
    notes = [ready, *(of.get(kind, {}).get(question, "") for kind in ("reason", "note"))]
    note = "\n".join(dict.fromkeys(filter(None, notes)))
    evidence = of.get("evidence", {}).get(question)
    if not (note or evidence):
        return choice or None
    parts = {"choice": choice, "note": note, "evidence": evidence}
    return {name: text for name, text in parts.items() if text}


def _named(columns: Iterable[Column]) -> list[tuple[str, int]]:
    """Under which name each column is kept: its heading, with a number where others have the same."""
    names: dict[str, int] = {}
    for each in columns:
        name, number = each.heading.strip(), 2
        while name in names:
            name, number = f"{each.heading.strip()} ({number})", number + 1
        names[name] = each.place
    return list(names.items())


def tidied(text: str) -> str:
    """The text in one line, without control characters."""
    return " ".join("".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text).split())
