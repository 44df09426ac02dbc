"""A scale drawn with characters, for terminals and markdown."""

from __future__ import annotations

from fractions import Fraction

from smaudit.report.blocks import Scale

OUTSIDE, INSIDE, POINT, MIDDLE = "·━●│"


def bar(scale: Scale, cells: int, *, middle: bool = False) -> str:
    """The scale from 0 to 100 in so many cells: the range as a line, the score as a point, a stroke at 50."""
    drawn = [OUTSIDE] * cells
    if middle:
        drawn[cells // 2] = MIDDLE
    if scale.worst is None or scale.best is None:
        return "".join(drawn)

    def cell(score: Fraction) -> int:
        return min(cells - 1, int(score * cells / 100))

    first, last = cell(scale.worst), cell(scale.best)
    drawn[first : last + 1] = INSIDE * (last + 1 - first)
    if scale.score is not None:
        drawn[cell(scale.score)] = POINT
    return "".join(drawn)
