"""A document as text for a terminal, at any width from 20 columns; the only user of rich."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from smaudit.files.streams import Surface
from smaudit.language.direction import MARGINS, closed, isolated, led, room, turned
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
    Staircase,
    Table,
    Tasks,
    Track,
    Tracks,
)
from smaudit.report.draw.bar import bar
from smaudit.report.draw.journeys import journey_bar
from smaudit.report.draw.tracks import track_bar

GRID_FROM, WIDE_FROM = 64, 120
"""From this width on, tables and wide ones stand as tables; below, and right to left, as lists."""
MOST_CELLS, LEAST_CELLS = 24, 10
MOST_TRACK_CELLS = 51
"""Two points a cell, and the line at 50 in the middle of one."""
INDENT = 2
GAP = 2
"""Between the columns of scales."""
_SPACES_AT_END = re.compile(" +((?:\x1b\\[[0-9;]*m)*)$")
"""Also before the codes that end a colour."""


def render(document: Document, phrases: Phrases, surface: Surface) -> str:
    """The document as text for a surface: no wider than it is; with colour, with the codes for it."""
    is_turned = phrases.direction == "rtl" and surface.is_screen
    width = room(surface.columns, MARGINS if is_turned else 0)
    colour = surface.colour
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    for each in _blocks(document.blocks, phrases, width):
        console.print(each, overflow="fold")
    drawn = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    lines = list(closed(_SPACES_AT_END.sub(r"\1", line) for line in drawn))
    if is_turned:
        lines = [turned(line, room(surface.columns)) for line in lines]
    else:
        lines = [led(line, phrases.direction) for line in lines]
    return "\n".join(lines).strip("\n") + "\n"


def _blocks(blocks: tuple[Block, ...], phrases: Phrases, width: int) -> Iterator[RenderableType]:
    for block in blocks:
        yield from _block(block, phrases, width)


def _block(block: Block, phrases: Phrases, width: int) -> Iterator[RenderableType]:
    match block:
        case Heading(level, content):
            yield ""
            yield _text(content, phrases, "bold underline" if level == 1 else "bold")
            if level == 2:  # noqa: PLR2004 - a heading of the second level
                yield Text("═" * min(width, _length(content)))
            if level == 1:
                yield ""
        case Paragraph(content, kind):
            mark = Text("! ") if kind == "warning" else Text()
            style = {"warning": "bold", "small": "dim"}.get(kind, "")
            yield mark + _text(content, phrases, style)
            yield ""
        case Entries():
            yield from _entries(block, phrases)
            yield ""
        case Tasks():
            yield from _entries(block.entries, phrases)
            yield ""
        case Scales() | Tracks() | Journeys() | Staircase():
            yield from _drawn(block, phrases, width)
        case Table():
            as_grid = width >= (WIDE_FROM if block.wide else GRID_FROM) and phrases.direction == "ltr"
            yield from _grid(block, phrases) if as_grid else _stacked(block, phrases)
            yield ""
        case Fold(summary, inner):
            yield _text(summary, phrases, "bold")
            yield ""
            yield from _blocks(inner, phrases, width)


def _entries(entries: Entries, phrases: Phrases) -> Iterator[RenderableType]:
    for number, entry in enumerate(entries.items, start=entries.first):
        mark = f"{phrases.in_digits(str(number))}. " if entries.numbered else "- "
        yield from _entry(entry, mark, phrases)


def _entry(entry: Entry, mark: str, phrases: Phrases) -> Iterator[RenderableType]:
    grid = Grid.grid(padding=0)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(mark), _text(entry.title, phrases))
    for each in entry.lines:
        grid.add_row(Text(), _text(each, phrases))
    yield grid


def _scale(scale: Scale, phrases: Phrases, width: int) -> Iterator[RenderableType]:
    """One scale: its name and number, and below it the drawing between its poles.

    Right to left there is no drawing: terminals disagree about the end at which it would begin.
    """
    yield _text(phrases.labelled(strong(scale.name), scale.label), phrases)
    if phrases.direction == "rtl":
        lowest = phrases.line("stacked.lowest", pole=scale.holds)
        highest = phrases.line("stacked.highest", pole=scale.rejects)
        for end in (lowest, highest):
            yield Padding(_text(end, phrases), (0, 0, 0, INDENT))
        return
    free = width - INDENT - _length(scale.holds) - _length(scale.rejects) - 2
    if free >= LEAST_CELLS:
        drawn = Text(f" {bar(scale, min(free, MOST_CELLS))} ")
        yield Padding(_text(scale.holds, phrases) + drawn + _text(scale.rejects, phrases), (0, 0, 0, INDENT))
        return
    drawn = Text(bar(scale, min(MOST_CELLS, width - INDENT)))
    for each in (_text(scale.holds, phrases), drawn, _text(scale.rejects, phrases)):
        yield Padding(each, (0, 0, 0, INDENT))


def _drawn(
    found: Scales | Tracks | Journeys | Staircase, phrases: Phrases, width: int
) -> Iterator[RenderableType]:
    """What is drawn; of a staircase nothing, as the list of steps says it all."""
    match found:
        case Staircase():
            return
        case Journeys():
            yield from _journeys(found, phrases, width)
        case Tracks():
            yield from _tracks(found, phrases, width)
        case Scales((only,)):
            yield from _scale(only, phrases, width)
        case Scales():
            yield from _aligned(found, phrases, width)
    yield ""


def _aligned(scales: Scales, phrases: Phrases, width: int) -> Iterator[RenderableType]:
    """The scales on one axis, a row each; words only where there is no room, and right to left."""
    names = max(_length(scale.name) for scale in scales.items)
    labels = max(_length(scale.label) for scale in scales.items)
    free = width - names - labels - 2 * GAP
    if phrases.direction == "rtl" or free < LEAST_CELLS:
        for scale in scales.items:
            yield _text(phrases.labelled(strong(scale.name), scale.label), phrases)
        return
    grid = Grid.grid(padding=(0, GAP, 0, 0))
    for scale in scales.items:
        drawn = Text(bar(scale, min(free, MOST_CELLS), middle=True))
        grid.add_row(_text(strong(scale.name), phrases), drawn, _text(scale.label, phrases))
    yield grid


def _tracks(tracks: Tracks, phrases: Phrases, width: int) -> Iterator[RenderableType]:
    """The tracks, and below them whose the letters are; right to left without drawing, as scales are."""
    is_drawn = phrases.direction == "ltr"
    if is_drawn and tracks.middle:
        yield _text(phrases.joined(tracks.ends[0], tracks.middle, tracks.ends[1], by="fact"), phrases, "dim")
    for track in tracks.items:
        name = strong(track.name)
        yield _text(phrases.labelled(name, track.label) if track.label else name, phrases)
        below: list[RenderableType] = [_text(track.cause, phrases)] if track.cause else []
        if is_drawn:
            below.append(_track(track, tracks, phrases, width - INDENT))
        below += [_text(said, phrases) for _, said in track.lines]
        yield from (Padding(each, (0, 0, 0, INDENT)) for each in below)
        if track.lines:
            yield ""
    if tracks.key and is_drawn:
        parts = [phrases.labelled(strong(letters), name) for letters, name in tracks.key]
        yield _text(phrases.joined(*parts, by="fact"), phrases)


def _journeys(journeys: Journeys, phrases: Phrases, width: int) -> Iterator[RenderableType]:
    """The journeys; drawn from then to now, of more dates in words alone, as from right to left."""
    is_drawn = phrases.direction == "ltr" and len(journeys.dates) == 2  # noqa: PLR2004 - then and now
    if is_drawn:
        axis = phrases.joined(journeys.ends[0], journeys.middle, journeys.ends[1], by="fact")
        yield _text(axis, phrases, "dim")
    for each in journeys.items:
        yield _text(phrases.labelled(strong(each.name), each.label), phrases)
        below: list[RenderableType] = [_text(each.cause, phrases)] if each.cause else []
        if is_drawn:
            below.append(Text(journey_bar(each, min(MOST_TRACK_CELLS, width - INDENT))))
        yield from (Padding(line, (0, 0, 0, INDENT)) for line in below)


def _track(track: Track, tracks: Tracks, phrases: Phrases, width: int) -> Text:
    """The drawing of one track; between the words of its ends, where they do not stand above all of them."""
    low, high = (_text(end, phrases) for end in tracks.ends)
    room_left = width - _length(tracks.ends[0]) - _length(tracks.ends[1]) - 2
    if tracks.middle or room_left < LEAST_CELLS:
        return Text(track_bar(track, min(MOST_TRACK_CELLS, width), middle=bool(tracks.middle)))
    return low + Text(f" {track_bar(track, min(MOST_CELLS, room_left), middle=False)} ") + high


def _grid(table: Table, phrases: Phrases) -> Iterator[RenderableType]:
    grid = Grid(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for number, column in enumerate(table.columns):
        grid.add_column(
            _text(column, phrases), justify="right" if number in table.numeric else "left", overflow="fold"
        )
    for row in table.rows:
        grid.add_row(*(_text(cell, phrases) for cell in row))
    if table.total:
        grid.add_row(*(_text(cell, phrases, "bold") for cell in table.total))
    yield grid


def _stacked(table: Table, phrases: Phrases) -> Iterator[RenderableType]:
    """Each row as a list item: its first cell, and below it the others with the names of their columns."""
    if not any(table.columns[1:]):
        yield _text(table.columns[0], phrases, "bold")
    for row in table.rows:
        named = tuple(
            phrases.labelled(column, cell) if column else cell
            for column, cell in zip(table.columns[1:], row[1:], strict=True)
            if cell
        )
        yield from _entry(Entry(row[0], named), "- ", phrases)
    if table.total:
        cells = [cell for cell in table.total[1:] if cell]
        yield _text(phrases.labelled(table.total[0], cells[0]), phrases, "bold")


def _text(content: Line, phrases: Phrases, style: str = "") -> Text:
    text = Text(style=style, overflow="fold")
    for piece in content:
        text.append(isolated(piece, phrases.direction), style="bold" if piece.strong else None)
    return text


def _length(content: Line) -> int:
    return sum(cell_len(piece.text) for piece in content)


def advised(document: Document, phrases: Phrases) -> Document:
    """Say at the end where it reads best: terminals disagree about text from right to left, pages do not."""
    return replace(document, blocks=(*document.blocks, Paragraph(phrases.line("note.best-reading"), "small")))
