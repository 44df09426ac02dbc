"""A document as one HTML page that asks for nothing from anywhere; the only user of jinja2."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from smaudit.language.digits import WESTERN
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line, Piece, is_address, plain
from smaudit.report.blocks import Block, Document, Heading, Journeys, Paragraph, Staircase, Tracks
from smaudit.report.draw import journeys, pictures, stairs, tracks
from smaudit.report.draw.paged import paged

_HERE = Path(__file__).parent
_STYLES: dict[type[Block], str] = {
    Tracks: "tracks.css",
    Journeys: "journeys.css",
    Staircase: "stairs.css",
}
"""What the drawings of some documents need beside the style of all."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it, and the sections below it; the first of all has no heading."""

    heading: Heading | None
    blocks: tuple[Block, ...]
    parts: tuple[Section, ...] = ()


def render(document: Document, phrases: Phrases) -> str:
    """The document as a page. Same input, same bytes."""
    document = paged(document, phrases)
    styles = ["page.css", *(name for kind, name in _STYLES.items() if _has(kind, document))]
    style = "".join(map(_style, styles)) + counted_in(phrases.digits)
    first, *sections = sectioned(document.blocks, 2)
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            title=document.title,
            language=phrases.language,
            direction=phrases.direction,
            own_digits=phrases.digits != WESTERN,
            number=phrases.number,
            say=phrases.line,
            first=first,
            sections=sections,
            pictures=pictures,
            tracks=tracks,
            journeys=journeys,
            staircase=lambda found: _staircase(found, phrases),
            largest=pictures.longest_bar(document.blocks),
            style=style,
            # The policy lets the browser take this style and no other.
            style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        )
    )


def _style(name: str) -> str:
    """A style sheet of ours without what only helps whoever reads it here: comments and indentation."""
    text = _COMMENT.sub("", (_HERE / name).read_text("utf-8"))
    return "".join(f"{line.strip()}\n" for line in text.splitlines() if line.strip())


def _staircase(found: Staircase, phrases: Phrases) -> Markup:
    # Every word in it is escaped where it is drawn.
    return Markup(stairs.drawing(found, phrases, stairs.NARROWEST, stairs.HEIGHT))  # noqa: S704


def _has(kind: type[Block], document: Document) -> bool:
    return any(isinstance(block, kind) for block in document.blocks)


def counted_in(digits: str) -> str:
    """The style by which a browser numbers lists and pages in these digits."""
    if digits == WESTERN:
        return ""
    symbols = " ".join(f'"{each}"' for each in digits)
    return f"@counter-style own {{ system: numeric; symbols: {symbols}; }}\n"


def environment() -> Environment:
    """Where templates are read: text is escaped in every place, and a name that is missing is an error."""
    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(_HERE),
        trim_blocks=True,
        lstrip_blocks=True,
        # The page is drawn once: what optimising its template costs is never won back.
        optimized=False,
    )
    made.tests |= {"address": is_address, "lettered": _is_lettered, "signed": _is_signed}
    made.filters |= {"kind": _kind, "runs": _runs, "told": _told, "plain": plain}
    return made


def _is_lettered(piece: Piece) -> bool:
    """Whether a piece was filled in and is no number: letters have a direction, digits have none."""
    return piece.value and not piece.text.isdecimal()


def _is_signed(piece: Piece) -> bool:
    """Whether a piece was filled in without a letter but with a sign: +2 would show as 2+ right to left."""
    return _is_lettered(piece) and not any(map(str.isalpha, piece.text))


def sectioned(blocks: tuple[Block, ...], level: int) -> Iterator[Section]:
    """The blocks by their headings of a level; what stands before the first heading comes first."""
    heading: Heading | None = None
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == level:
            yield _section(heading, tuple(found), level)
            heading, found = block, []
        else:
            found.append(block)
    yield _section(heading, tuple(found), level)


def _section(heading: Heading | None, blocks: tuple[Block, ...], level: int) -> Section:
    if heading is None:
        return Section(None, blocks)
    first, *parts = sectioned(blocks, level + 1) if level < 3 else [Section(None, blocks)]  # noqa: PLR2004 - no heading is deeper
    return Section(heading, first.blocks, tuple(parts))


def _kind(block: Block) -> str:
    return type(block).__name__.lower()


def _runs(content: Line) -> list[tuple[bool, list[Piece]]]:
    """The pieces of a line, those of one emphasis together."""
    return [(strong, list(pieces)) for strong, pieces in groupby(content, lambda piece: piece.strong)]


def _told(paragraph: Paragraph) -> str:
    """What a paragraph is by its emphasis: a `label` for what follows, `labelled` itself, or neither."""
    if paragraph.kind != "text":
        return paragraph.kind
    if all(piece.strong for piece in paragraph.content):
        return "label"
    return "labelled" if paragraph.content[0].strong else "text"
