"""A document as a tagged PDF, drawn by typst with its own boxes; the only user of typst.

All text reaches the template as data and is set as text: nothing that a person typed is ever read as
typst's markup, and the template reads no file.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from smaudit.errors import Usage
from smaudit.language.direction import isolated
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line, is_address, plain
from smaudit.report.blocks import (
    Block,
    Document,
    Entries,
    Fold,
    Heading,
    Journey,
    Journeys,
    Paragraph,
    Scale,
    Scales,
    Staircase,
    Table,
    Tasks,
    Tracks,
)
from smaudit.report.draw import journeys, pictures, stairs, tracks
from smaudit.report.draw.paged import paged

_TEMPLATE = Path(__file__).parent / "page.typ"

Data = dict[str, Any]


def require() -> None:
    """Raise SmauditError (exit 2) where the extra that draws PDFs is not installed."""
    if find_spec("typst") is None:
        raise Usage("error.no-pdf", "hint.no-pdf")


def render(document: Document, phrases: Phrases) -> bytes:
    """The document as a PDF. Same input, same bytes. Raises SmauditError (exit 2) without typst."""
    require()
    import typst

    document = paged(document, phrases)
    data = {
        "title": plain(document.title),
        "running": _line(phrases.joined(document.title, document.day, by="fact"), phrases),
        "language": phrases.language,
        "direction": phrases.direction,
        "digits": phrases.in_digits("0123456789"),
        "blocks": _blocks(document.blocks, phrases, pictures.longest_bar(document.blocks)),
        "segments": [asdict(each) for each in pictures.segments(phrases.direction)],
        "middle": pictures.middle(phrases.direction),
        "key": _line(phrases.line("page.key"), phrases),
    }
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    root = str(_TEMPLATE.parent)
    try:
        drawn: bytes = typst.compile(str(_TEMPLATE), root=root, sys_inputs=inputs, pdf_standards="ua-1")
    except typst.TypstError:
        # A name in a script for which this machine has no font: a page with boxes in it claims no standard.
        drawn = typst.compile(str(_TEMPLATE), root=root, sys_inputs=inputs)
    return drawn


def _blocks(blocks: tuple[Block, ...], phrases: Phrases, largest: Fraction) -> list[Data]:
    return [_block(block, phrases, largest) for block in blocks]


def _block(block: Block, phrases: Phrases, largest: Fraction) -> Data:  # noqa: PLR0911 - a case for each block
    match block:
        case Heading(level, content):
            return {"kind": "heading", "level": level, "content": _line(content, phrases)}
        case Paragraph(content, kind):
            return {"kind": kind, "content": _line(content, phrases)}
        case Entries(items, numbered, first):
            entries = [
                {"title": _line(each.title, phrases), "lines": [_line(line, phrases) for line in each.lines]}
                for each in items
            ]
            return {"kind": "entries", "items": entries, "numbered": numbered, "first": first}
        case Tasks():
            return _block(block.entries, phrases, largest)
        case Scales() | Tracks() | Journeys():
            return _drawn(block, phrases)
        case Staircase():
            drawn = stairs.picture(block, phrases)
            return {"kind": "staircase", "picture": drawn, "label": plain(block.label)}
        case Table():
            return _table(block, phrases, largest)
        case Fold(summary, inner):
            folded = _blocks(inner, phrases, largest)
            return {"kind": "fold", "summary": _line(summary, phrases), "blocks": folded}


def _scale(scale: Scale, phrases: Phrases) -> Data:
    picture = pictures.scale_picture(scale, phrases.direction)
    words = {name: _line(getattr(scale, name), phrases) for name in ("name", "holds", "rejects", "label")}
    return {**words, "picture": asdict(picture) if picture else None}


def _drawn(found: Scales | Tracks | Journeys, phrases: Phrases) -> Data:
    """Scales, the tracks of several people, or journeys from date to date."""
    if isinstance(found, Journeys):
        return _journeys(found, phrases)
    if isinstance(found, Scales):
        return {"kind": "scales", "items": [_scale(each, phrases) for each in found.items]}
    return {
        "kind": "tracks",
        "ends": [_line(each, phrases) for each in found.ends],
        "middle": _line(found.middle, phrases),
        "key": [(letters, _line(name, phrases)) for letters, name in found.key],
        "line": tracks.across(50, phrases.direction),
        "axis": [tracks.across(each, phrases.direction) for each in (0, 100)],
        "items": [
            {
                **{name: _line(getattr(each, name), phrases) for name in ("name", "label", "cause")},
                "picture": asdict(tracks.track_picture(each, phrases.direction)),
                "lines": [(letters, _line(said, phrases)) for letters, said in each.lines],
            }
            for each in found.items
        ],
    }


def _journeys(found: Journeys, phrases: Phrases) -> Data:
    """Then and now, or a panel for each misconception over several dates."""
    return {
        "kind": "journeys",
        "ends": [_line(each, phrases) for each in found.ends],
        "middle": _line(found.middle, phrases),
        "dates": [_line(each, phrases) for each in found.dates],
        "key": [_line(each, phrases) for each in found.key],
        "line": tracks.across(50, phrases.direction),
        "axis": [tracks.across(each, phrases.direction) for each in (0, 100)],
        "band": [tracks.across(each, phrases.direction) for each in (46, 54)],
        "items": [_journey(each, phrases) for each in found.items],
    }


def _journey(journey: Journey, phrases: Phrases) -> Data:
    words = {name: _line(getattr(journey, name), phrases) for name in ("name", "label", "change", "cause")}
    drawn = journeys.journey_picture(journey, phrases.direction)
    over_time = journeys.panel(journey, phrases.direction)
    panel = {
        "ways": [asdict(each) for each in over_time.ways],
        "points": [{**asdict(each), "shown": _line(each.shown, phrases)} for each in over_time.points],
    }
    scores = [_line(each.shown, phrases) for each in journey.stops]
    return {**words, "picture": asdict(drawn), "panel": panel, "scores": scores}


def _table(table: Table, phrases: Phrases, largest: Fraction) -> Data:
    def cells(row: tuple[Line, ...]) -> list[list[Data]]:
        return [_line(cell, phrases) for cell in row]

    return {
        "kind": "table",
        "columns": cells(table.columns),
        "rows": [cells(row) for row in table.rows],
        "total": cells(table.total),
        "numeric": sorted(table.numeric),
        "tasks": table.tasks,
        "bars": [pictures.share(bar, largest) for bar in table.bars],
    }


def _line(content: Line, phrases: Phrases) -> list[Data]:
    return [
        {
            "text": isolated(piece, phrases.direction),
            "strong": piece.strong,
            "address": piece.text if is_address(piece) else None,
        }
        for piece in content
    ]
