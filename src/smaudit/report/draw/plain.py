"""A document in words alone, for screen readers: no drawn scales, no tables, no rules below headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from smaudit.language.phrases import Phrases
from smaudit.language.text import Line, strong
from smaudit.report.blocks import (
    Block,
    Document,
    Entries,
    Entry,
    Fold,
    Heading,
    Journeys,
    Paragraph,
    Scale,
    Scales,
    Table,
    Tracks,
)

_WITHOUT_RULE = 3


def in_words(document: Document, phrases: Phrases) -> Document:
    """The same document with every drawing told by its label, and every row as an item of a list."""
    return replace(document, blocks=_told(document.blocks, phrases))


def _told(blocks: tuple[Block, ...], phrases: Phrases) -> tuple[Block, ...]:
    return tuple(told for block in blocks for told in _block(block, phrases))


def _block(block: Block, phrases: Phrases) -> Iterator[Block]:
    match block:
        case Heading(level, content) if level > 1:
            yield Heading(_WITHOUT_RULE, content)
        case Scales(items):
            poles = len(items) == 1
            yield Entries(tuple(_scale(each, phrases, poles=poles) for each in items))
        case Tracks(items):
            yield Entries(
                tuple(
                    _entry(each.name, each.label, (each.cause, *(line for _, line in each.lines)), phrases)
                    for each in items
                )
            )
        case Journeys(items):
            yield Entries(tuple(_entry(each.name, each.label, (each.cause,), phrases) for each in items))
        case Table():
            yield from _table(block, phrases)
        case Fold(summary, inner):
            yield Fold(summary, _told(inner, phrases))
        case _:
            yield block


def _scale(scale: Scale, phrases: Phrases, *, poles: bool) -> Entry:
    lowest = phrases.line("stacked.lowest", pole=scale.holds)
    highest = phrases.line("stacked.highest", pole=scale.rejects)
    return _entry(scale.name, scale.label, (lowest, highest) if poles else (), phrases)


def _entry(name: Line, label: Line, lines: tuple[Line, ...], phrases: Phrases) -> Entry:
    title = phrases.labelled(strong(name), label) if label else strong(name)
    return Entry(title, tuple(filter(None, lines)))


def _table(table: Table, phrases: Phrases) -> Iterator[Block]:
    """Each row as an item: its first cell, and below it the others with the names of their columns."""
    if not any(table.columns[1:]):
        yield Paragraph(strong(table.columns[0]))
    yield Entries(tuple(_row(table, row, phrases) for row in table.rows))
    if table.total:
        cells = [cell for cell in table.total[1:] if cell]
        yield Paragraph(phrases.labelled(strong(table.total[0]), cells[0]))


def _row(table: Table, row: tuple[Line, ...], phrases: Phrases) -> Entry:
    named = zip(table.columns[1:], row[1:], strict=True)
    return Entry(
        row[0], tuple(phrases.labelled(column, cell) if column else cell for column, cell in named if cell)
    )
