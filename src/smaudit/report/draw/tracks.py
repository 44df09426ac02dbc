"""Where the letters of a track stand: in cells for terminals and markdown, in per cent for page and PDF."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from smaudit.language.direction import Direction
from smaudit.report.blocks import Track

OUTSIDE, INSIDE, MIDDLE = "·━│"
EDGE, WIDTH = 7.5, 84.5
"""Where 0 stands, and how far it is from there to 100, in per cent of the picture's width."""
CLOSE = Fraction(15, 2)
"""Letters that are nearer than so many points would hide each other."""


@dataclass(frozen=True)
class Letter:
    """A letter in its square: where, in per cent from the left, and how many lanes above the middle."""

    letters: str
    x: float
    lane: int
    stands_out: bool


@dataclass(frozen=True)
class TrackPicture:
    """A range, its width None where there is none, and the letters."""

    left: float
    width: float | None
    letters: tuple[Letter, ...]


def track_picture(track: Track, direction: Direction) -> TrackPicture:
    """The picture of a track."""
    letters: list[Letter] = []
    taken: list[tuple[Fraction, int]] = []
    for mark in sorted(track.marks, key=lambda each: (each.place, not each.stands_out, each.letters)):
        near = {lane for place, lane in taken if abs(place - mark.place) < CLOSE}
        lane = next(each for each in range(len(taken) + 1) if each not in near)
        taken.append((mark.place, lane))
        letters.append(Letter(mark.letters, across(mark.place, direction), lane, mark.stands_out))
    if track.lowest is None or track.highest is None:
        return TrackPicture(0, None, tuple(letters))
    ends = sorted((across(track.lowest, direction), across(track.highest, direction)))
    return TrackPicture(ends[0], round(ends[1] - ends[0], 2), tuple(letters))


def across(place: Fraction | int, direction: Direction) -> float:
    """A place 0..100 in per cent of the picture's width, from its left."""
    x = EDGE + WIDTH * float(place) / 100
    return round(x if direction == "ltr" else 100 - x, 2)


def track_bar(track: Track, cells: int, *, middle: bool) -> str:
    """A track in so many cells: the range as a line, 50 as an upright, the letters where there is room."""

    def cell(place: Fraction) -> int:
        return min(cells - 1, int(place * cells / 100))

    drawn = [OUTSIDE] * cells
    if track.lowest is not None and track.highest is not None:
        first, last = cell(track.lowest), cell(track.highest)
        drawn[first : last + 1] = INSIDE * (last + 1 - first)
    if middle:
        drawn[cells // 2] = MIDDLE
    free = set(range(cells))
    for mark in sorted(track.marks, key=lambda each: (each.place, each.letters)):
        wanted = cell(mark.place)
        starts = [
            each
            for each in range(cells - len(mark.letters) + 1)
            if free.issuperset(range(each, each + len(mark.letters)))
        ]
        if starts:
            start = min(starts, key=lambda each: (abs(each - wanted), each < wanted))
            drawn[start : start + len(mark.letters)] = mark.letters
            free.difference_update(range(start, start + len(mark.letters)))
    return "".join(drawn)
