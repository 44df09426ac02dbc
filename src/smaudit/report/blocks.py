"""What a report is made of, for every format: blocks of lines that already have their words.

A document is composed once, in one language; each renderer draws the same blocks in the same order.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from smaudit.language.text import Line

if TYPE_CHECKING:
    from smaudit.core.result import Side


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the report's title."""

    level: int
    content: Line
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `kind` says what it is for renderers that can show it."""

    content: Line
    kind: str = "text"  # text | lead | small | warning


@dataclass(frozen=True)
class Entry:
    """One item of a list: what it is, and lines that belong to it."""

    title: Line
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Entries:
    """A list of items, numbered from `first` on where the order matters."""

    items: tuple[Entry, ...]
    numbered: bool = False
    first: int = 1


@dataclass(frozen=True)
class Scale:
    """A score between its two poles; numbers are 0..100, None where there is no score.

    `said` is what was said of it, 0..100, and `side` where it lies; `label` says in words what the drawing
    shows: the number, its range and the side.
    """

    name: Line
    holds: Line
    rejects: Line
    worst: Fraction | None
    score: Fraction | None
    best: Fraction | None
    said: Fraction | None
    side: Side | None
    label: Line


@dataclass(frozen=True)
class Scales:
    """Scales to be compared, one below the other."""

    items: tuple[Scale, ...]


@dataclass(frozen=True)
class Mark:
    """Somebody on a track: one or two letters, where (0..100), and whether it stands out."""

    letters: str
    place: Fraction
    stands_out: bool = False


@dataclass(frozen=True)
class Track:
    """Where several stand between two ends, 0..100, with the range of those who count.

    `label` says the range in words, `cause` what it comes from; `lines` are what each of them said, behind
    their letters.
    """

    name: Line
    label: Line
    cause: Line
    lowest: Fraction | None
    highest: Fraction | None
    marks: tuple[Mark, ...]
    lines: tuple[tuple[str, Line], ...] = ()


@dataclass(frozen=True)
class Tracks:
    """Tracks to be compared, one below the other, between the words for their ends.

    With `middle` there is a line at 50, and those words stand below it; `key` says whose the letters are.
    """

    items: tuple[Track, ...]
    ends: tuple[Line, Line]
    middle: Line = ()
    key: tuple[tuple[str, Line], ...] = ()


@dataclass(frozen=True)
class Table:
    """Rows under named columns; the columns named in `numeric` (by position) hold numbers.

    `bars` has the exact number of each row where the rows are to be compared by eye.
    """

    columns: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    numeric: frozenset[int] = frozenset()
    total: tuple[Line, ...] = ()
    bars: tuple[Fraction, ...] = ()


@dataclass(frozen=True)
class Fold:
    """Blocks that a reader may want to fold away."""

    summary: Line
    blocks: tuple[Block, ...]


Block = Heading | Paragraph | Entries | Scales | Tracks | Table | Fold


@dataclass(frozen=True)
class Document:
    """A whole report in one language."""

    title: Line
    blocks: tuple[Block, ...]
