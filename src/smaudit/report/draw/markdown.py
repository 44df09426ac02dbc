"""A document as markdown that GitHub renders, whatever text it carries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from smaudit.language.direction import Direction, isolated
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line, Piece, strong
from smaudit.report.blocks import (
    Block,
    Document,
    Entries,
    Fold,
    Heading,
    Journeys,
    Paragraph,
    Scales,
    Staircase,
    Table,
    Tasks,
    Tracks,
)
from smaudit.report.draw.bar import bar
from smaudit.report.draw.journeys import journey_bar
from smaudit.report.draw.tracks import track_bar

CELLS = 20


def render(document: Document, phrases: Phrases) -> str:
    """The document as markdown; right-to-left languages inside a block that turns the page."""
    blocks = list(_blocks(document.blocks, phrases))
    if phrases.direction == "rtl":
        blocks = [f'<div dir="rtl" lang="{phrases.language}">', *blocks, "</div>"]
    return "\n\n".join(blocks) + "\n"


def _blocks(blocks: tuple[Block, ...], phrases: Phrases) -> Iterator[str]:
    for block in blocks:
        yield from _block(block, phrases)


def _block(block: Block, phrases: Phrases) -> Iterator[str]:
    direction = phrases.direction
    match block:
        case Heading(level, content):
            yield "#" * level + " " + inline(content, direction)
        case Paragraph(content, kind):
            text = started(inline(content, direction))
            yield f"> {text}" if kind == "warning" else text
        case Entries():
            yield _entries(block, direction)
        case Tasks():
            yield _entries(block.entries, direction)
        case Scales() | Tracks() | Journeys() | Staircase():
            yield from _drawn(block, phrases)
        case Table():
            yield _table(block, direction)
        case Fold(summary, inner):
            # What is folded in a page is under a heading here: other programs lose the words of a fold.
            yield "### " + inline(summary, direction)
            yield from _blocks(inner, phrases)


def _drawn(found: Scales | Tracks | Journeys | Staircase, phrases: Phrases) -> Iterator[str]:
    """What is drawn; of a staircase nothing, as the list of steps says it all."""
    match found:
        case Scales():
            yield _scales(found, phrases)
        case Tracks():
            yield from _tracks(found, phrases)
        case Journeys():
            yield from _journeys(found, phrases)


def _entries(entries: Entries, direction: Direction) -> str:
    rows: list[str] = []
    for number, entry in enumerate(entries.items, start=entries.first):
        mark = f"{number}. " if entries.numbered else "- "
        rows.append(mark + started(inline(entry.title, direction)))
        # A backslash at the end of a line breaks it; two spaces would be lost by editors.
        rows += [" " * len(mark) + started(inline(each, direction)) for each in entry.lines]
        for row in range(len(rows) - len(entry.lines) - 1, len(rows) - 1):
            rows[row] += "\\"
    return "\n".join(rows)


def _scales(scales: Scales, phrases: Phrases) -> str:
    # The bar turns with the page: none of its signs has a direction of its own.
    rows = [("", "", "0 … 100", "", "")]
    rows += [
        (
            f"**{inline(scale.name, phrases.direction)}**",
            inline(scale.holds, phrases.direction),
            f"`{bar(scale, CELLS)}`",
            inline(scale.rejects, phrases.direction),
            inline(scale.label, phrases.direction),
        )
        for scale in scales.items
    ]
    return _grid(rows, "-:---")


def _tracks(tracks: Tracks, phrases: Phrases) -> Iterator[str]:
    """An entry for each track, and whose the letters are; letters would turn a bar around right to left."""
    is_drawn, direction = phrases.direction == "ltr", phrases.direction
    if is_drawn:
        axis = phrases.joined(tracks.ends[0], tracks.middle, tracks.ends[1], by="fact")
        yield started(inline(axis, direction))
    rows: list[str] = []
    for track in tracks.items:
        name = strong(track.name)
        lines = [inline(phrases.labelled(name, track.label) if track.label else name, direction)]
        lines += [inline(track.cause, direction)] if track.cause else []
        lines += [f"`{track_bar(track, CELLS, middle=bool(tracks.middle))}`"] if is_drawn else []
        lines += [inline(said, direction) for _, said in track.lines]
        rows.append("- " + "\\\n  ".join(map(started, lines)))
    yield "\n".join(rows)
    if tracks.key and is_drawn:
        key = [phrases.labelled(strong(letters), name) for letters, name in tracks.key]
        yield started(inline(phrases.joined(*key, by="fact"), direction))


def _journeys(journeys: Journeys, phrases: Phrases) -> Iterator[str]:
    """An entry for each journey, drawn where there are two dates and the page is read from the left."""
    direction = phrases.direction
    is_drawn = direction == "ltr" and len(journeys.dates) == 2  # noqa: PLR2004 - then and now
    if is_drawn:
        axis = phrases.joined(journeys.ends[0], journeys.middle, journeys.ends[1], by="fact")
        yield started(inline(axis, direction))
    rows: list[str] = []
    for each in journeys.items:
        lines = [inline(phrases.labelled(strong(each.name), each.label), direction)]
        lines += [inline(each.cause, direction)] if each.cause else []
        lines += [f"`{journey_bar(each, CELLS)}`"] if is_drawn else []
        rows.append("- " + "\\\n  ".join(map(started, lines)))
    yield "\n".join(rows)


def _table(table: Table, direction: Direction) -> str:
    rows = [tuple(inline(cell, direction) for cell in row) for row in (table.columns, *table.rows)]
    if table.total:
        rows.append(tuple(f"**{text}**" if (text := inline(cell, direction)) else "" for cell in table.total))
    return _grid(rows, "".join(":" if each in table.numeric else "-" for each in range(len(table.columns))))


def _grid(rows: Sequence[tuple[str, ...]], align: str) -> str:
    """A table; `align` has a colon for each column that is aligned to its end."""
    rule = ["---:" if each == ":" else "---" for each in align]
    cells = [rows[0], tuple(rule), *rows[1:]]
    return "\n".join("| " + " | ".join(row) + " |" for row in cells)


_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~$]|&(?=[#\w])|\.(?=[^\s\d\u2069])|(?<!\d)\.(?=\d)|:(?=\S)|@")
"""A point between digits makes no link, nor does a sign & begin anything but before a letter."""
_MAIL = re.compile(r"((?<![\w.+@-])(?=[\w.+-]*@[\w.+@-]*\.\w)[\w.+@-]*\w)")
"""GitHub makes a link of it, however its signs are escaped; only as code it is left alone."""
_START = re.compile(r"^([-+=]|\d+[.)])")


def inline(content: Line, direction: Direction) -> str:
    """A line as inline markdown: every character that could mean something is escaped."""
    parts: list[str] = []
    for emphasis, pieces in groupby(content, key=lambda piece: piece.strong):
        text = "".join(_escaped(piece, direction) for piece in pieces)
        bare = text.strip()
        parts.append(text.replace(bare, f"**{bare}**", 1) if emphasis and bare else text)
    return "".join(parts)


def _escaped(piece: Piece, direction: Direction) -> str:
    if piece.link:
        return f"<{piece.text}>"
    parts = _MAIL.split(isolated(piece, direction))
    return "".join(
        f"`{part}`" if number % 2 else _SPECIAL.sub(r"\\\g<0>", part) for number, part in enumerate(parts)
    )


def started(text: str) -> str:
    """Inline markdown at the start of a line, kept from becoming code, a list or a rule."""
    return _START.sub(lambda match: match[1][:-1] + "\\" + match[1][-1], text.strip())
