"""What an import understood of a table, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple, get_args

from smaudit.core.questionnaire import Depth, Questionnaire
from smaudit.core.table_columns import Column, Use, likely
from smaudit.core.table_rows import Imported, Why
from smaudit.core.table_words import Kind, Vocabulary
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line, value
from smaudit.report.blocks import Block, Document, Entries, Entry, Heading, Paragraph, Table

ABOUT: tuple[Kind, ...] = ("company", "department", "date")
"""What a sheet is told apart by; it is said of each which column it comes from."""
_SHOWN, _MOST_LISTED, _MOST_SUGGESTED = 60, 30, 10


class Understood(NamedTuple):
    """A table that was read: its name, what its columns are, what came of its rows."""

    file: str
    columns: Sequence[Column]
    result: Imported
    depth: Depth
    questionnaire: Questionnaire
    vocabulary: Vocabulary
    company: str | None = None


def overview(seen: Understood, phrases: Phrases) -> Document:
    """The document: where company, department and date come from, what was understood, what was not."""
    return Document(value(seen.file), tuple(_blocks(seen, phrases)))


def _blocks(seen: Understood, phrases: Phrases) -> Iterator[Block]:
    yield Heading(1, phrases.line("import.title", file=seen.file))
    sheets = phrases.line("import.sheets", count=len(seen.result.sheets))
    yield Entries(tuple(map(Entry, [sheets, *(_source(seen, kind, phrases) for kind in ABOUT)])))
    taken = [each for each in seen.columns if each.target]
    asked = {each.target.id for each in taken if each.target and each.target.kind == "question"}
    yield Paragraph(
        phrases.line(
            "import.questions",
            count=len(asked),
            total=len(seen.questionnaire.questions),
            depth=phrases.line(f"report.depth.{seen.depth}"),
        )
    )
    columns = phrases.line("import.column"), phrases.line("import.is")
    rows = tuple((value(_cut(each.heading)), value(each.target.name)) for each in taken if each.target)
    yield Table(columns, rows)
    yield from _left(seen, phrases)
    yield from _unclear(seen.result, phrases)


def _source(seen: Understood, kind: Kind, phrases: Phrases) -> Line:
    headings = [each.heading for each in seen.columns if each.target and each.target.kind == kind]
    if headings:
        columns = phrases.row([value(_cut(each)) for each in headings])
        return phrases.line(f"import.from.{kind}", columns=columns)
    if kind == "company" and seen.company:
        return phrases.line("import.named", company=seen.company)
    return phrases.line(f"import.without.{kind}")


def _left(seen: Understood, phrases: Phrases) -> Iterator[Block]:
    """The columns that are no answers, each with what becomes of it, and what it might be."""
    left = [each for each in seen.columns if each.target is None and each.use != "unnamed"]
    entries = [
        Entry(
            phrases.line(f"import.use.{each.use}", column=_cut(each.heading)),
            _perhaps(each, seen.vocabulary, phrases, suggested=number < _MOST_SUGGESTED),
        )
        for number, each in enumerate(left[:_MOST_LISTED])
    ]
    if len(left) > _MOST_LISTED:
        entries.append(Entry(phrases.line("error.more", count=len(left) - _MOST_LISTED)))
    unnamed = sum(each.use == "unnamed" for each in seen.columns)
    if unnamed:
        entries.append(Entry(phrases.line("import.unnamed", count=unnamed)))
    if entries:
        yield Heading(2, phrases.line("import.left"))
        yield Entries(tuple(entries))


def _perhaps(
    column: Column, vocabulary: Vocabulary, phrases: Phrases, *, suggested: bool
) -> tuple[Line, ...]:
    if column.could_be:
        names = tuple(each.name for each in column.could_be[:_MOST_SUGGESTED])
        return (phrases.line("import.could-be", names=names),)
    meant = likely(column.heading, vocabulary) if suggested and column.use == "kept" else None
    return (phrases.line("import.perhaps", name=meant.name),) if meant else ()


def _unclear(result: Imported, phrases: Phrases) -> Iterator[Block]:
    counts = Counter(each.why for each in result.unclear)
    if counts:
        yield Heading(2, phrases.line("import.unclear"))
        yield Entries(
            tuple(
                Entry(phrases.line(f"import.why.{why}", count=counts[why]))
                for why in get_args(Why)
                if counts[why]
            )
        )


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"


USES = tuple(each for each in get_args(Use) if each not in {"understood", "unnamed"})
