"""The geometry of the pictures, for the page and the PDF: numbers only, no words and no markup.

Every place is a per cent of the picture's width or height, from its left or upper edge. Pictures are
mirrored here for languages from right to left, because a drawing has no reading direction of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from smaudit.core.result import EDGES, STEERS_BELOW, MisconceptionScore, Overall
from smaudit.language.direction import Direction
from smaudit.report.blocks import Block, Fold, Scale, Table

MARGIN = 6
"""What is kept free at each edge of the quadrants, so that no dot is cut off."""
MIDDLE = 50
APART = 9
"""Dots nearer than this in both directions would hide each other."""
MOST_MOVES = 5


@dataclass(frozen=True)
class ScalePicture:
    """A range on a scale from 0 to 100, and the score in it, if there is one."""

    left: float
    width: float
    point: float | None
    steers: bool


@dataclass(frozen=True)
class Dot:
    """A misconception in the quadrants: what is done runs across, what is said runs up."""

    id: str
    number: int
    said: Fraction
    done: Fraction
    stance: str
    x: float
    y: float
    left: float
    right: float
    steers: bool


@dataclass(frozen=True)
class Segment:
    """One band of the scale."""

    left: float
    width: float
    steers: bool


def scale_picture(of: Scale | Overall, direction: Direction) -> ScalePicture | None:
    """The picture of a scale; None where there is no range to draw."""
    if of.worst is None or of.best is None:
        return None
    ends = sorted((_across(of.worst, direction), _across(of.best, direction)))
    return ScalePicture(
        left=ends[0],
        width=_rounded(ends[1] - ends[0]),
        point=None if of.score is None else _across(of.score, direction),
        steers=of.score is not None and of.score < STEERS_BELOW,
    )


def segments(direction: Direction) -> tuple[Segment, ...]:
    """The bands of the scale, from 0 to 100."""
    ends = (0, *EDGES, 100)
    return tuple(
        Segment(
            left=min(_across(Fraction(first), direction), _across(Fraction(last), direction)),
            width=float(last - first),
            steers=last <= STEERS_BELOW,
        )
        for first, last in pairwise(ends)
    )


def ticks(direction: Direction) -> tuple[tuple[int, float], ...]:
    """The edges of the bands with their places."""
    return tuple((edge, _across(Fraction(edge), direction)) for edge in (0, *EDGES, 100))


def dots(scores: tuple[MisconceptionScore, ...], direction: Direction) -> tuple[Dot, ...]:
    """Belief beside practice, for every misconception that has both; dots that would meet move apart."""
    placed: list[Dot] = []
    for number, score in enumerate(scores, start=1):
        dot = _dot(number, score, direction)
        if dot is not None:
            placed.append(_moved(dot, placed))
    return tuple(placed)


def longest_bar(blocks: tuple[Block, ...]) -> Fraction:
    """The largest number that any table draws as a bar: all bars of a report are to the same measure."""
    return max((bar for table in _tables(blocks) for bar in table.bars), default=Fraction())


def share(number: Fraction, largest: Fraction) -> float:
    """How much of the room a bar takes."""
    return _rounded(100 * number / largest) if largest else 0.0


def _tables(blocks: tuple[Block, ...]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Fold):
            yield from _tables(block.blocks)


def _dot(number: int, score: MisconceptionScore, direction: Direction) -> Dot | None:
    if score.belief is None or score.belief.score is None or score.stance is None:
        return None
    if score.score is None or score.worst is None or score.best is None:
        return None
    ends = sorted(_inside(_across(each, direction)) for each in (score.worst, score.best))
    return Dot(
        id=score.id,
        number=number,
        said=score.belief.score,
        done=score.score,
        stance=score.stance,
        x=_inside(_across(score.score, direction)),
        y=_inside(_rounded(100 - score.belief.score)),
        left=ends[0],
        right=ends[1],
        steers=score.steers,
    )


def _moved(dot: Dot, placed: list[Dot]) -> Dot:
    """The dot at the nearest free height of its own half; where all are taken, over another."""

    def free(y: float) -> bool:
        in_its_half = (y - MIDDLE) * (dot.y - MIDDLE) > 0 or dot.y == MIDDLE
        met = any(abs(other.x - dot.x) < APART and abs(other.y - y) < APART for other in placed)
        return MARGIN <= y <= 100 - MARGIN and in_its_half and not met

    heights = (dot.y + side * step * APART for step in range(MOST_MOVES) for side in (-1, 1))
    return replace(dot, y=_rounded(next(filter(free, heights), dot.y)))


def _across(score: Fraction, direction: Direction) -> float:
    return _rounded(score if direction == "ltr" else 100 - score)


def _inside(place: float) -> float:
    return _rounded(MARGIN + place * (100 - 2 * MARGIN) / 100)


def _rounded(number: float | Fraction) -> float:
    return round(float(number), 2)
