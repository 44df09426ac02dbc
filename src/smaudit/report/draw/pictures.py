"""The geometry of the pictures, for the page and the PDF: numbers only, no words and no markup.

Every place is a per cent of the picture's width or height, from its left or upper edge. Pictures are
mirrored here for languages from right to left, because a drawing has no reading direction of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from smaudit.core.result import FREE_FROM, OPEN_FROM, STEERS_BELOW, Side
from smaudit.language.direction import Direction
from smaudit.report.blocks import Block, Fold, Scale, Table


@dataclass(frozen=True)
class ScalePicture:
    """A range on a scale from 0 to 100, the score in it, and what is said, each if there is one."""

    left: float
    width: float
    point: float | None
    said: float | None
    side: Side


@dataclass(frozen=True)
class Segment:
    """A part of the scale on which one side is claimed, or none."""

    left: float
    width: float
    side: Side


def scale_picture(of: Scale, direction: Direction) -> ScalePicture | None:
    """The picture of a scale; None where there is no range to draw."""
    if of.worst is None or of.best is None:
        return None
    ends = sorted((_across(of.worst, direction), _across(of.best, direction)))
    return ScalePicture(
        left=ends[0],
        width=_rounded(ends[1] - ends[0]),
        point=None if of.score is None else _across(of.score, direction),
        said=None if of.said is None else _across(of.said, direction),
        side=of.side or "open",
    )


def segments(direction: Direction) -> tuple[Segment, ...]:
    """The parts of the scale, from 0 to 100."""
    sides: tuple[Side, ...] = ("steers", "open", "free")
    ends = pairwise((0, OPEN_FROM - 1, FREE_FROM, 100))
    return tuple(
        Segment(
            left=min(_across(Fraction(first), direction), _across(Fraction(last), direction)),
            width=float(last - first),
            side=side,
        )
        for side, (first, last) in zip(sides, ends, strict=True)
    )


def middle(direction: Direction) -> float:
    """The place of 50."""
    return _across(Fraction(STEERS_BELOW), direction)


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


def _across(score: Fraction, direction: Direction) -> float:
    return _rounded(score if direction == "ltr" else 100 - score)


def _rounded(number: float | Fraction) -> float:
    return round(float(number), 2)
