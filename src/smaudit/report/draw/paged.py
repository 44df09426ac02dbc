"""A document as a page shows it: tasks as a table with a box to tick, and nothing about the command line."""

from __future__ import annotations

from dataclasses import replace

from smaudit.language.phrases import Phrases
from smaudit.language.text import strong
from smaudit.report.blocks import Block, Document, Paragraph, Table, Tasks


def paged(document: Document, phrases: Phrases) -> Document:
    """The same document for a page."""
    blocks = (
        _table(block, phrases) if isinstance(block, Tasks) else block
        for block in document.blocks
        if not (isinstance(block, Paragraph) and block.kind == "terminal")
    )
    return replace(document, blocks=tuple(blocks))


def _table(tasks: Tasks, phrases: Phrases) -> Block:
    rows = []
    for number, task in enumerate(tasks.items, start=tasks.first):
        counted = phrases.line("list.numbered", number=phrases.number(number), text=task.title)
        rows.append((strong(counted), *task.cells, phrases.line("plan.box")))
    return Table((*tasks.columns, phrases.line("plan.done")), tuple(rows), tasks=True)
