"""Where the marks of a journey stand: in cells for terminals and markdown, in per cent for page and PDF."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from smaudit.language.direction import Direction
from smaudit.language.text import Line
from smaudit.report.blocks import Journey, Stop
from smaudit.report.draw.tracks import MIDDLE, OUTSIDE, across

THEN, NOW, WAY, HEAD = "┃●━›"
FIRST, LAST = 9, 91
"""Where the first and the last date stand, in per cent of a panel's width."""
HEAD_ROOM = 5
"""Marks that are nearer, in per cent of the width, leave no room for an arrow."""
OF_RANGE = 3
"""A range that is narrower, in points, is not drawn."""


@dataclass(frozen=True)
class Mark:
    """A score at one date: where, in per cent across, and its range, None where it is not drawn."""

    x: float
    side: str
    left: float | None
    right: float | None


@dataclass(frozen=True)
class JourneyPicture:
    """Then and now on one scale, with an arrow from one to the other where the change is real.

    `first` and `last` are where the numbers stand, outside of both marks and their ranges; `is_back` says
    that now is on the left, and so its number. `has_room` is whether the marks are apart.
    """

    then: Mark | None
    now: Mark | None
    first: float
    last: float
    is_real: bool
    is_back: bool
    has_room: bool


@dataclass(frozen=True)
class Point:
    """A score in a panel of several dates: x in per cent across, y in points from above; its range."""

    shown: Line
    x: float
    y: float
    side: str
    top: float | None
    bottom: float | None


@dataclass(frozen=True)
class Way:
    """The line between two dates of a panel."""

    x1: float
    y1: float
    x2: float
    y2: float
    is_real: bool


@dataclass(frozen=True)
class Panel:
    """A misconception over several dates."""

    points: tuple[Point, ...]
    ways: tuple[Way, ...]


def journey_picture(journey: Journey, direction: Direction) -> JourneyPicture:
    """The picture of then and now."""
    then, now = (_mark(each, direction) for each in (journey.stops[0], journey.stops[-1]))
    marks = [each for each in (then, now) if each is not None]
    ends = [end for each in marks for end in (each.x, each.left, each.right) if end is not None] or [0.0]
    gap = now.x - then.x if then and now else 0
    return JourneyPicture(
        then=then,
        now=now,
        first=min(ends),
        last=max(ends),
        is_real=journey.real[-1] and bool(gap),
        is_back=gap < 0,
        has_room=abs(gap) > HEAD_ROOM,
    )


def _mark(stop: Stop, direction: Direction) -> Mark | None:
    if stop.score is None:
        return None
    x = across(stop.score, direction)
    if stop.worst is None or stop.best is None or stop.best - stop.worst < OF_RANGE:
        return Mark(x, stop.side, None, None)
    left, right = sorted((across(stop.worst, direction), across(stop.best, direction)))
    return Mark(x, stop.side, left, right)


def panel(journey: Journey, direction: Direction) -> Panel:
    """The picture of several dates, the first at the side where reading begins."""
    last = len(journey.stops) - 1
    places = [FIRST + (LAST - FIRST) * number / last for number in range(last + 1)]
    if direction == "rtl":
        places = [100 - each for each in places]
    points = [_point(stop, round(x, 2)) for stop, x in zip(journey.stops, places, strict=True)]
    ways = [
        Way(one.x, one.y, other.x, other.y, is_real)
        for one, other, is_real in zip(points, points[1:], journey.real, strict=False)
        if one is not None and other is not None
    ]
    return Panel(tuple(filter(None, points)), tuple(ways))


def _point(stop: Stop, x: float) -> Point | None:
    if stop.score is None:
        return None
    top = bottom = None
    if stop.worst is not None and stop.best is not None and stop.best - stop.worst >= OF_RANGE:
        top, bottom = _down(stop.best), _down(stop.worst)
    return Point(stop.shown, x, _down(stop.score), stop.side, top, bottom)


def _down(score: Fraction) -> float:
    return round(100 - float(score), 2)


def journey_bar(journey: Journey, cells: int) -> str:
    """Then and now in so many cells: a tick and a disc, with an arrow between them for a real change."""

    def cell(score: Fraction) -> int:
        return min(cells - 1, int(score * cells / 100))

    drawn = [OUTSIDE] * cells
    drawn[cells // 2] = MIDDLE
    then, now = journey.stops[0].score, journey.stops[-1].score
    if then is not None and now is not None and journey.real[-1]:
        first, last = cell(then), cell(now)
        step = 1 if last > first else -1
        for place in range(first + step, last, step):
            drawn[place] = WAY
        if abs(last - first) > 1:
            drawn[last - step] = HEAD if step > 0 else "‹"
    if then is not None:
        drawn[cell(then)] = THEN
    if now is not None:
        drawn[cell(now)] = NOW
    return "".join(drawn)
