"""Then and now of many companies: which sheets belong together, and a row for each pair.

Sheets belong together by `company.id`, where both have one; else by the name of their file. Names of
companies are no key: two branches may share one, and one company may be written in two ways.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any, Literal, NamedTuple

from smaudit import __version__
from smaudit.core.compare_result import Comparison, Move, Texts
from smaudit.core.questionnaire import Depth
from smaudit.core.result import Count, QuestionnaireName, Text, plain
from smaudit.core.sheet import Sheet
from smaudit.core.team import strangers

Folder = Literal["then", "now"]
Why = Literal["refused", "unreadable", "alone", "twice", "other-company"]
Sheets = Mapping[str, Sheet]
"""Sheets by the names of their files."""


class SheetAt(NamedTuple):
    """One of the sheets of a pair."""

    file: Annotated[Text, "The name of its file; null with --anonymous."]
    date: Annotated[Text, "When it was answered, as YYYY-MM-DD."]
    depth: Annotated[Depth, "What it was asked."]
    made_for: Annotated[Text, "The version of the questionnaire that it was made for."]


class CompanyRow(NamedTuple):
    """One company, then and now."""

    company: Annotated[Text, "Its name as it was typed; null with --anonymous."]
    id: Annotated[Text, "Its key, where both sheets have one; null with --anonymous."]
    then: Annotated[SheetAt, "The earlier sheet."]
    now: Annotated[SheetAt, "The later sheet."]
    depth: Annotated[Depth, "Which questions count: the lower depth of both."]
    overall: Annotated[Move, "The mean over the misconceptions."]
    misconceptions: Annotated[tuple[Move, ...], "In the questionnaire's order."]
    risen: Annotated[Count, "How many really rose."]
    fallen: Annotated[Count, "How many really fell."]
    compared: Annotated[Count, "How many have a score on both dates."]
    alarms_gone: Annotated[Count, "Alarms that are over."]
    alarms_new: Annotated[Count, "Alarms that are new, or were not seen then."]
    alarms: Annotated[Count, "Alarms there are now."]
    texts: Annotated[Texts, "Whether the texts of the questions could be compared."]


class NotCompared(NamedTuple):
    """A sheet that has no part in this, and why."""

    folder: Annotated[Folder, "In which of the two folders it is."]
    file: Annotated[Text, "The name of its file; null with --anonymous."]
    why: Annotated[
        Why,
        "It was refused or cannot be read; stands alone; two of its folder have its company.id (`twice`); or "
        "the one of the same name is of another company.",
    ]
    problems: Annotated[Count, "How many problems a refused one has."]


@dataclass(frozen=True, kw_only=True)
class Comparisons:
    """Two folders of sheets, one row a company: those first whose practice rose most.

    `to_dict` gives the JSON document (`smaudit/comparisons/1`), rounded half up to six places.
    """

    schema: Annotated[Literal["smaudit/comparisons/1"], "The format."] = "smaudit/comparisons/1"
    smaudit: Annotated[str, "The version of the program."] = __version__
    questionnaire: Annotated[QuestionnaireName, "The questionnaire that all sheets are scored with."]
    companies: Annotated[tuple[CompanyRow, ...], "By the change in practice of the overall, most first."]
    not_compared: Annotated[tuple[NotCompared, ...], "The sheets without a row."]

    def to_dict(self) -> dict[str, Any]:
        """The JSON document `smaudit/comparisons/1` as plain data: floats, strings, lists and dicts."""
        found: dict[str, Any] = plain(self)
        return found


class Paired(NamedTuple):
    """Pairs of file names, and what belongs to none."""

    pairs: tuple[tuple[str, str], ...]
    left: tuple[NotCompared, ...]


def paired(then: Sheets, now: Sheets) -> Paired:
    """Which sheets of two folders belong together, given by the names of their files."""
    folders: tuple[tuple[Folder, Sheets], ...] = (("then", then), ("now", now))
    twice = {folder: _twice(sheets) for folder, sheets in folders}
    left = [NotCompared(folder, name, "twice", 0) for folder, _ in folders for name in twice[folder]]
    one, other = (
        {name: sheet for name, sheet in sheets.items() if name not in twice[folder]}
        for folder, sheets in folders
    )
    keys = {sheet.company.id: name for name, sheet in other.items() if sheet.company.id}
    by_id = {name: keys[sheet.company.id] for name, sheet in one.items() if sheet.company.id in keys}
    one = {name: sheet for name, sheet in one.items() if name not in by_id}
    taken = set(by_id.values())
    other = {name: sheet for name, sheet in other.items() if name not in taken}
    by_name = {name: name for name in one if name in other and not strangers((one[name], other[name]))}
    rests: tuple[tuple[Folder, Sheets, Sheets], ...] = (("then", one, other), ("now", other, one))
    for folder, sheets, beside in rests:
        for name in [each for each in sheets if each not in by_name]:
            why: Why = "other-company" if name in beside else "alone"
            left.append(NotCompared(folder, name, why, 0))
    return Paired(tuple(sorted({**by_id, **by_name}.items())), tuple(left))


def _twice(sheets: Sheets) -> dict[str, None]:
    """The sheets whose company.id another one of the folder has too, in their order."""
    count = Counter(sheet.company.id for sheet in sheets.values())
    return {name: None for name, sheet in sheets.items() if sheet.company.id and count[sheet.company.id] > 1}


def row_of(comparison: Comparison, files: tuple[str | None, str | None], key: str | None) -> CompanyRow:
    """The row of a company, given the names of its files and its key; without names where it is anonymous."""
    whole = comparison.whole
    sheets = [
        SheetAt(file, each.date, each.depth, each.made_for)
        for file, each in zip(files, comparison.sheets, strict=True)
    ]
    changes = [each.change for each in whole.alarms]
    return CompanyRow(
        company=comparison.company,
        id=key,
        then=sheets[0],
        now=sheets[1],
        depth=comparison.depth,
        overall=whole.overall,
        misconceptions=whole.misconceptions,
        risen=sum(each.verdict == "risen" for each in whole.misconceptions),
        fallen=sum(each.verdict == "fallen" for each in whole.misconceptions),
        compared=sum(each.verdict != "no-score" for each in whole.misconceptions),
        alarms_gone=changes.count("gone"),
        alarms_new=changes.count("new") + changes.count("seen-now"),
        alarms=changes.count("stays") + changes.count("new") + changes.count("seen-now"),
        texts=whole.versions.texts,
    )


def ranked(rows: tuple[CompanyRow, ...]) -> tuple[CompanyRow, ...]:
    """The rows by the change in practice, most first; those without one at the end."""
    return tuple(
        sorted(rows, key=lambda each: (each.overall.matched is None, -(each.overall.matched or Fraction())))
    )
