"""Two folders of sheets, then and now: every company that is in both, and what could not be compared."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from smaudit.errors import Exit, NotReadable, Refused, SmauditError

if TYPE_CHECKING:
    from smaudit.commands.compare import Asked
    from smaudit.commands.options import Score
    from smaudit.core.compare_many import Folder, NotCompared
    from smaudit.core.sheet import Sheet
    from smaudit.report.draw.formats import Format


def compare_folders(
    folders: Sequence[str], asked: Asked, format_: Format, most: Sequence[Score], *, anonymous: bool
) -> None:
    """Write a row for each company. Leaves with exit 3 where one was refused, else 1 for a missed gate."""
    from smaudit.commands.compare import misses, tell_misses
    from smaudit.core.compare_many import Comparisons, paired, ranked, row_of
    from smaudit.core.result import QuestionnaireName
    from smaudit.report.results import ComparedMany

    (then, refused_then), (now, refused_now) = (
        _sheets(folder, name, asked) for folder, name in zip(folders, ("then", "now"), strict=True)
    )
    found, rows, missed = paired(then, now), [], False
    for one, other in found.pairs:
        sheets = then[one], now[other]
        comparison = asked.compared(sheets, anonymous=anonymous, roadmaps=False)
        key = sheets[1].company.id if sheets[0].company.id == sheets[1].company.id else None
        files = (None, None) if anonymous else (one, other)
        rows.append(row_of(comparison, files, None if anonymous else key))
        gates = tuple(misses(comparison, most))
        if gates:
            missed = True
            tell_misses(gates, comparison, str(Path(folders[1]) / other), asked.run)
    left = (*refused_then, *refused_now, *found.left)
    questionnaire = asked.questionnaire
    comparisons = Comparisons(
        questionnaire=QuestionnaireName(
            questionnaire.id, questionnaire.version, questionnaire.sha256, questionnaire.changed
        ),
        companies=ranked(tuple(rows)),
        not_compared=tuple(each._replace(file=None) for each in left) if anonymous else left,
    )
    words = asked.words()[0] if format_.in_words else questionnaire
    run = asked.run.speaking_of(words)
    run.deliver(run.drawn(ComparedMany(words, comparisons), format_))
    if refused_then or refused_now:
        raise typer.Exit(Exit.REFUSED)
    if missed:
        raise typer.Exit(Exit.BELOW)


def _sheets(folder: str, name: str, asked: Asked) -> tuple[dict[str, Sheet], tuple[NotCompared, ...]]:
    """The sheets of a folder by the names of their files, and those that are none; what is wrong is told."""
    from smaudit.core.compare_many import NotCompared
    from smaudit.files.load import load_sheet

    which: Folder = "then" if name == "then" else "now"
    sheets: dict[str, Sheet] = {}
    left: list[NotCompared] = []
    for file in sorted(each for each in Path(folder).iterdir() if each.suffix.lower() == ".json"):
        try:
            sheets[file.name] = load_sheet(file, asked.questionnaire)
        except (Refused, NotReadable) as error:
            _tell(error, asked)
            problems = len(error.problems) if isinstance(error, Refused) else 0
            left.append(NotCompared(which, file.name, "refused" if problems else "unreadable", problems))
    return sheets, tuple(left)


def _tell(error: SmauditError, asked: Asked) -> None:
    from smaudit.language.error_text import error_lines

    if not asked.run.quiet:
        asked.run.tell_lines(error_lines(error, asked.run.phrases))
