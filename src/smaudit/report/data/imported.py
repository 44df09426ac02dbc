"""What an import leaves beside the sheets: the cells that were not understood, and a start of a map."""

from __future__ import annotations

from collections.abc import Iterable

from smaudit.core.table_columns import KEEP, Column, likely
from smaudit.core.table_rows import Unclear
from smaudit.core.table_words import Vocabulary
from smaudit.language.phrases import Phrases
from smaudit.report.data.csv import guarded, written

COLUMNS = ("row", "column", "question", "text", "why")
"""The header; the row is counted as a spreadsheet counts, the text is the cell as it stands."""
_LONGEST_KEY = 200
"""Longer keys are written in a way of their own; YAML takes up to 1024 characters."""


def not_understood(unclear: Iterable[Unclear]) -> str:
    """All that was left open, as a table for spreadsheets; the words of its header and reasons are ids."""
    rows = ((each.row, *map(guarded, (each.heading, each.name, each.text)), each.why) for each in unclear)
    return written([COLUMNS, *rows])


def map_start(columns: Iterable[Column], vocabulary: Vocabulary, phrases: Phrases, file: str) -> str:
    """A map to be completed by hand: every column with what it is, or might be."""
    lines = [f"# {phrases.text(f'import.map.{name}', file=file)}" for name in ("what", "names", "cells")]
    lines.append("columns:")
    seen: set[str] = set()
    for each in columns:
        if not each.heading.strip() or each.heading in seen:
            continue
        seen.add(each.heading)
        meant = None if each.target else likely(each.heading, vocabulary)
        comment = f"  # {phrases.text('import.map.perhaps', name=meant.name)}" if meant else ""
        mark = "? " if len(each.heading) > _LONGEST_KEY else ""
        name = each.target.name if each.target else KEEP
        lines.append(f"  {mark}{_quoted(each.heading)}{f'{chr(10)}  ' if mark else ''}: {name}{comment}")
    return "\n".join([*lines, "cells: {}", ""])


def _quoted(text: str) -> str:
    """The text in quotes, as YAML reads it; what cannot be seen is written as its code."""
    return '"' + "".join(map(_written, text)) + '"'


def _written(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    return sign if sign.isprintable() else f"\\U{ord(sign):08x}"
