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
    kind: str = "text"  # text | lead | small | warning | terminal (what only helps there)


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
class Stop:
    """A score at one date with its range, 0..100, None where there is none; `side` is where it lies.

    `shown` is the score as it is printed.
    """

    shown: Line
    score: Fraction | None
    worst: Fraction | None
    best: Fraction | None
    side: str = "none"  # steers | open | free | none


@dataclass(frozen=True)
class Journey:
    """A score from date to date; `real` says of each way between two stops whether it is a real change.

    `label` says all of it in words, `change` the change alone and `cause` what is behind it.
    """

    name: Line
    label: Line
    change: Line
    cause: Line
    stops: tuple[Stop, ...]
    real: tuple[bool, ...]


@dataclass(frozen=True)
class Journeys:
    """Journeys to be compared, between the words for the ends of their scale and for its middle.

    `dates` are those of the stops; `key` explains the marks: then, now (or the stops), real, and not real.
    """

    items: tuple[Journey, ...]
    ends: tuple[Line, Line]
    middle: Line
    dates: tuple[Line, ...]
    key: tuple[Line, ...]


@dataclass(frozen=True)
class Table:
    """Rows under named columns; the columns named in `numeric` (by position) hold numbers.

    `bars` has the exact number of each row where the rows are to be compared by eye; `tasks` says that the
    rows are things to do. A `wide` one holds much text, and stands as a list where there is little room.
    """

    columns: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    numeric: frozenset[int] = frozenset()
    total: tuple[Line, ...] = ()
    bars: tuple[Fraction, ...] = ()
    tasks: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Task:
    """One thing to do: its title, lines that belong to it, and cells for who, by when and so on."""

    title: Line
    lines: tuple[Line, ...]
    cells: tuple[Line, ...]


@dataclass(frozen=True)
class Tasks:
    """Things to do, numbered from `first` on: a list where lines flow, a table with a box to tick on a page.

    The columns are named for the title and the cells.
    """

    items: tuple[Task, ...]
    columns: tuple[Line, ...]
    first: int = 1

    @property
    def entries(self) -> Entries:
        """The same as a list."""
        items = tuple(Entry(each.title, each.lines) for each in self.items)
        return Entries(items, numbered=True, first=self.first)


@dataclass(frozen=True)
class Stair:
    """One step of a plan: how much it takes, and the score it leads to, 0..100, also as it is printed.

    `wave` names the part of the plan that begins with it; empty where it goes on.
    """

    name: Line
    effort: int
    score: Fraction
    shown: Line
    wave: Line = ()


@dataclass(frozen=True)
class Staircase:
    """The steps of a plan one after the other: efforts across, the score upwards, from where it stands now.

    `label` says in words what the drawing shows; `across` names the efforts, with their sum, and `upwards`
    the score.
    """

    before: Fraction
    shown: Line
    stairs: tuple[Stair, ...]
    label: Line
    across: Line
    upwards: Line


@dataclass(frozen=True)
class Chart:
    """One picture that stands alone, as on a slide: the finding, whose it is, what is drawn, how to read it.

    `axis` has the words for 0, 50 and 100; `told` says all that is drawn, a line each; without scales and
    stairs `drawn` is what there is to say instead.
    """

    title: Line
    facts: Line
    drawn: Scales | Staircase | Line
    axis: tuple[Line, Line, Line]
    key: Line
    note: Line
    told: tuple[Line, ...]


@dataclass(frozen=True)
class Fold:
    """Blocks that a reader may want to fold away."""

    summary: Line
    blocks: tuple[Block, ...]


Block = Heading | Paragraph | Entries | Tasks | Scales | Tracks | Journeys | Staircase | Table | Fold


@dataclass(frozen=True)
class Document:
    """A whole report in one language; `day` is that of its sheet, empty where it has none."""

    title: Line
    blocks: tuple[Block, ...]
    day: Line = ()
