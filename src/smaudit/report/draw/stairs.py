"""A plan as a staircase: one drawing for the page, the PDF and the slide.

Across in per cent of whatever room there is, upwards in pixels, so that no letter and no line is stretched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from smaudit.core.result import FREE_FROM, OPEN_FROM, STEERS_BELOW
from smaudit.language.direction import readable
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line
from smaudit.report.blocks import Staircase
from smaudit.report.draw.vector import (
    BASE,
    BELOW,
    CLOSE,
    INK,
    RUST,
    SOFT,
    STAIR,
    TEAL,
    element,
    text_width,
    written,
)

SPAN = 92.0
"""Where the last stair ends, in per cent: behind it there is room for the words of the line at 50."""
NOW = 7.0
"""How wide the ground is from which the first stair rises, in per cent."""
LEAST_TOP, OVER = 60.0, 8.0
"""The scale reaches at least so far, and so far over the highest stair, in points."""
ABOVE, UNDER = 26, 44
"""Pixels that stay free above the scale, and below 0 for the words of the axis."""
LETTERS = 13
WIDTH, HEIGHT, NARROWEST = 760, 260, 300
"""Of the picture in a document, in pixels, and how narrow a page may make it."""
LINE_OF_TEXT = 17
GAP = 4


@dataclass(frozen=True)
class _Box:
    """The room that some words take, in pixels."""

    left: float
    right: float
    lane: float

    def meets(self, other: _Box) -> bool:
        """Whether one would hide the other."""
        is_beside = self.right + GAP <= other.left or other.right + GAP <= self.left
        return not is_beside and abs(self.lane - other.lane) < LINE_OF_TEXT - GAP


class _Room:
    """What is drawn on: its narrowest width, its height, its highest score, and where words stand already."""

    def __init__(self, phrases: Phrases, width: float, height: float, top: float, letters: float) -> None:
        self.phrases, self.width, self.height = phrases, width, height
        self.top, self.letters = top, letters
        self.is_turned = phrases.direction == "rtl"
        self.taken: list[_Box] = []

    def x(self, along: float) -> str:
        """A place in per cent from where reading begins, as one from the left."""
        return f"{round(100 - along if self.is_turned else along, 2):g}%"

    def y(self, score: float) -> float:
        """A score 0..100 in pixels from above."""
        return ABOVE + (self.height - ABOVE - UNDER) * (1 - score / self.top)

    def rect(self, along: float, width: float, low: float, high: float, **more: object) -> str:
        """The room between two places and two scores."""
        left = 100 - along - width if self.is_turned else along
        return element(
            "rect",
            x=f"{round(left, 2):g}%",
            width=f"{round(width, 2):g}%",
            y=self.y(high),
            height=self.y(low) - self.y(high),
            **more,
        )

    def words(
        self, said: Line, along: float, y: float, anchor: str, *, step: int = 0, of: str = "ink"
    ) -> str:
        """Words at a place; with a `step` moved so far up or down until they hide no others."""
        text = readable(said, self.phrases.direction)
        box = self._box(text_width(text, self.letters), along, y, anchor)
        while step and any(box.meets(each) for each in self.taken):
            box = _Box(box.left, box.right, box.lane + step)
        self.taken.append(box)
        return written(
            text,
            self.x(along),
            box.lane,
            self.letters,
            self.phrases.direction,
            text_anchor=anchor,
            fill={"ink": INK}.get(of, SOFT),
            font_weight={"ink": 700}.get(of),
            class_=f"f-{of}",
        )

    def _box(self, wide: float, along: float, y: float, anchor: str) -> _Box:
        at = along * self.width / 100
        left = at - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
        return _Box(left, left + wide, y)


def drawing(
    staircase: Staircase, phrases: Phrases, width: float, height: float, letters: float = LETTERS
) -> str:
    """The markup of a staircase, without the picture around it, for a room at least so wide, in pixels."""
    scores = [float(staircase.before), *(float(each.score) for each in staircase.stairs)]
    room = _Room(phrases, width, height, min(100.0, max(LEAST_TOP, max(scores) + OVER)), letters)
    return "".join([*_ground(room), *_stairs(staircase, room), *_words(staircase, room)])


def _ground(room: _Room) -> Iterator[str]:
    yield room.rect(0, SPAN, 0, STEERS_BELOW, fill=BELOW, class_="f-below")
    yield room.rect(0, SPAN, OPEN_FROM - 1, FREE_FROM, fill=CLOSE, class_="f-close")


def picture(staircase: Staircase, phrases: Phrases) -> str:
    """A picture of its own, for a document that takes no markup."""
    drawn = drawing(staircase, phrases, WIDTH, HEIGHT)
    view = f"0 0 {WIDTH} {HEIGHT}"
    return element("svg", drawn, xmlns="http://www.w3.org/2000/svg", viewBox=view, width=WIDTH, height=HEIGHT)


def places(staircase: Staircase) -> list[float]:
    """Where each stair begins, and where the last ends, in per cent."""
    efforts = [max(each.effort, 0) for each in staircase.stairs]
    whole = sum(efforts)
    # Without an effort, all are as wide.
    shares = [each / whole for each in efforts] if whole else [1 / len(efforts)] * len(efforts)
    return [NOW + (SPAN - NOW) * each for each in accumulate(shares, initial=0)]


def _stairs(staircase: Staircase, room: _Room) -> Iterator[str]:
    """The ground, the stairs with an edge on each, and the line at 50 over all of them."""
    ends = [0.0, *places(staircase)]
    scores = [float(staircase.before), *(float(each.score) for each in staircase.stairs)]
    for (left, right), score in zip(pairwise(ends), scores, strict=True):
        yield room.rect(left, right - left, 0, score, fill=STAIR, class_="f-stair")
    for left, score in zip(ends[1:], scores[1:], strict=False):
        yield _line(room, (left, left), (room.y(0), room.y(score)), INK, "s-stair 0.75")
    yield _line(room, (0, SPAN), (room.y(0),) * 2, BASE, "s-base")
    yield _line(room, (0, SPAN), (room.y(STEERS_BELOW),) * 2, INK, "s-ink 1.5")
    for way, score in zip(pairwise(ends), scores, strict=True):
        colour, name = _coloured(score)
        yield _line(room, way, (room.y(score),) * 2, colour, f"s-{name} 4")


def _coloured(score: float) -> tuple[str, str]:
    if score < OPEN_FROM - 1:
        return RUST, "rust"
    return (TEAL, "teal") if score >= FREE_FROM else (INK, "ink")


def _line(room: _Room, way: tuple[float, float], ends: tuple[float, float], colour: str, more: str) -> str:
    """A line along a way between two heights; `more` is its class, and its width behind a space."""
    name, _, width = more.partition(" ")
    (x1, x2), (y1, y2) = map(room.x, way), ends
    return element("line", x1=x1, x2=x2, y1=y1, y2=y2, stroke=colour, stroke_width=width or 1, class_=name)


def _words(staircase: Staircase, room: _Room) -> Iterator[str]:
    """The scores at both ends, a number on each stair, and below them the parts of the plan."""
    phrases, ends = room.phrases, places(staircase)

    def value(number: int) -> Line:
        return phrases.line("chart.number", number=phrases.number(number))

    yield room.words(value(STEERS_BELOW), SPAN + 1, room.y(STEERS_BELOW) + 4, "start")
    yield room.words(value(0), SPAN + 1, room.y(0) + 4, "start", of="soft")
    yield room.words(staircase.shown, NOW / 2, room.y(float(staircase.before)) - 8, "middle")
    last = staircase.stairs[-1]
    yield room.words(last.shown, SPAN + 1, room.y(float(last.score)) + 4, "start", step=-LINE_OF_TEXT)
    for number, (left, right) in enumerate(pairwise(ends), start=1):
        # At the foot, where no line crosses them; one over the other where stairs are narrow.
        middle, top = (left + right) / 2, room.y(float(staircase.stairs[number - 1].score))
        foot = room.y(0) - 8 if room.y(0) - top > LINE_OF_TEXT + GAP else top - 8
        yield room.words(value(number), middle, foot, "middle", step=-LINE_OF_TEXT)
    begun = [(place, each.wave) for place, each in zip(ends, staircase.stairs, strict=False) if each.wave]
    for place, _ in begun:
        yield _line(room, (place, place), (room.y(0), room.y(0) + 8), INK, "s-ink")
    for place, wave in begun:
        yield room.words(wave, place, room.y(0) + 20, "start", step=LINE_OF_TEXT)
    yield room.words(staircase.across, SPAN, room.y(0) + 20, "end", step=LINE_OF_TEXT, of="soft")
    yield room.words(staircase.upwards, 0, ABOVE - 10, "start", of="soft")
