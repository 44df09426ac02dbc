"""One chart as an SVG for a slide: 1280 by 720 on white, with no style sheet, script, font or link.

All text reaches the picture through `vector`, which escapes it: nothing that a person typed is markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from smaudit.core.insight import whole
from smaudit.core.result import FREE_FROM, OPEN_FROM, STEERS_BELOW
from smaudit.language.direction import readable
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line
from smaudit.report.blocks import Chart, Scale, Scales, Staircase
from smaudit.report.draw import stairs
from smaudit.report.draw.vector import (
    BASE,
    BELOW,
    CLOSE,
    INK,
    PAPER,
    RANGE,
    RUST,
    SOFT,
    TEAL,
    element,
    escaped,
    wrapped,
    written,
)

WIDTH, HEIGHT = 1280, 720
EDGE = 56
SERIF = "'Iowan Old Style', Charter, 'Sitka Text', Cambria, Georgia, 'Noto Serif', serif"
SANS = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', Arial, 'Noto Sans Arabic', sans-serif"
BIG, SMALLER = (38, 48), (28, 36)
"""Letters and lines of a title, in pixels, and of one that takes more than two lines."""
LEFT, RIGHT = 380, 940
"""Where 0 and 100 stand, read from the left."""
LABELS = 1012
TALLEST_ROW, SHORTEST_ROW = 84, 34
FOOT = 664
"""Where the last line of the picture stands."""
NEAR = 3
"""Points; where what is done and what is said are nearer, one mark stands around the other."""
SHOWN_RANGE = 3
"""Points; a range that is narrower is not drawn."""
COLUMNS, KEY_ROW = 3, 22
MOST_KEY_ROWS = 9


class _Slide:
    """Where things stand, and words in the direction of the language."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases, self.direction = phrases, phrases.direction

    def x(self, along: float) -> float:
        """A place from where reading begins, as one from the left."""
        return WIDTH - along if self.direction == "rtl" else along

    def at(self, score: float) -> float:
        """The place of a score, from where reading begins."""
        return LEFT + (RIGHT - LEFT) * score / 100

    def text(self, said: str, along: float, y: float, size: float, **more: object) -> str:
        """A line of text that begins there, or is anchored as told."""
        return written(said, self.x(along), y, size, self.direction, **{"fill": INK, **more})

    def lines(self, said: Line, width: float, size: float, most: int) -> list[str]:
        """A line of words in lines no wider than this."""
        return wrapped(said, self.direction, width, size, most)

    def rect(self, along: float, width: float, y: float, height: float, fill: str) -> str:
        """A rectangle that begins there."""
        left = self.x(along + width) if self.direction == "rtl" else along
        return element("rect", x=left, y=y, width=width, height=height, fill=fill)

    def line(self, from_: float, to: float, y1: float, y2: float, **more: object) -> str:
        """A line between two places."""
        return element("line", x1=self.x(from_), x2=self.x(to), y1=y1, y2=y2, **{"stroke": INK, **more})

    def disc(self, along: float, y: float, radius: float, **more: object) -> str:
        """A disc, or with `fill="none"` a ring."""
        return element("circle", cx=self.x(along), cy=y, r=radius, **more)


def render(chart: Chart, phrases: Phrases) -> str:
    """The chart as SVG. Same input, same bytes."""
    slide = _Slide(phrases)
    title, top = _title(chart, slide)
    if isinstance(chart.drawn, Scales):
        body = _scales(chart.drawn, chart, slide, top)
    elif isinstance(chart.drawn, Staircase):
        body = _staircase(chart.drawn, slide, top)
    else:
        body = _said(chart.drawn, slide, top)
    named = readable(chart.title, phrases.direction)
    described = "\n".join(
        readable(each, phrases.direction) for each in (chart.facts, *chart.told, chart.note)
    )
    return (
        element(
            "svg",
            element("title", escaped(named), id="t"),
            element("desc", escaped(described), id="d"),
            element("rect", width=WIDTH, height=HEIGHT, fill=PAPER),
            "\n".join(["", *title, *body, *_note(chart.note, slide), ""]),
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {WIDTH} {HEIGHT}",
            width=WIDTH,
            height=HEIGHT,
            role="img",
            aria_labelledby="t d",
            lang=phrases.language,
            font_family=SANS,
        )
        + "\n"
    )


def _title(chart: Chart, slide: _Slide) -> tuple[list[str], float]:
    """The finding and whose it is; and where the drawing may begin."""
    room = WIDTH - 2 * EDGE
    size, height = BIG
    found = slide.lines(chart.title, room, size, 4)
    if len(found) > 1:
        size, height = SMALLER
        found = slide.lines(chart.title, room, size, 4)
    y: float = 44
    drawn = []
    for each in found:
        y += height
        drawn.append(slide.text(each, EDGE, y - 10, size, font_family=SERIF if _is_latin(slide) else None))
    for each in slide.lines(chart.facts, room, 18, 2):
        y += 26
        drawn.append(slide.text(each, EDGE, y - 2, 18, fill=SOFT))
    return drawn, y + 14


def _is_latin(slide: _Slide) -> bool:
    return slide.direction == "ltr"


def _note(note: Line, slide: _Slide) -> Iterator[str]:
    found = slide.lines(note, WIDTH - 2 * EDGE, 15, 2)
    for number, each in enumerate(found):
        yield slide.text(each, EDGE, HEIGHT - 12 - 20 * (len(found) - number), 15, fill=SOFT)


def _said(said: Line, slide: _Slide, top: float) -> Iterator[str]:
    for number, each in enumerate(slide.lines(said, WIDTH - 2 * EDGE, 24, 6)):
        yield slide.text(each, EDGE, top + 60 + 34 * number, 24)


def _scales(scales: Scales, chart: Chart, slide: _Slide, top: float) -> Iterator[str]:
    """The axis, a row for each scale, and what the marks mean."""
    first = top + 34
    count = max(1, len(scales.items))
    height = max(SHORTEST_ROW, min(TALLEST_ROW, (FOOT - 56 - first) / count))
    last = first + height * count
    yield slide.rect(LEFT, slide.at(STEERS_BELOW) - LEFT, first, last - first, BELOW)
    close = slide.at(OPEN_FROM - 1)
    yield slide.rect(close, slide.at(FREE_FROM) - close, first, last - first, CLOSE)
    for score, words, anchor in zip((0, 50, 100), chart.axis, ("start", "middle", "end"), strict=True):
        said = readable(words, slide.direction)
        yield slide.text(said, slide.at(score), first - 12, 16, text_anchor=anchor, fill=SOFT)
    middle = slide.at(STEERS_BELOW)
    yield slide.line(middle, middle, first - 4, last + 4, stroke_width=2)
    for number, scale in enumerate(scales.items):
        y = first + height * number
        yield slide.line(EDGE, WIDTH - EDGE, y, y, stroke=BASE)
        yield from _row(scale, slide, y, height)
    yield slide.line(EDGE, WIDTH - EDGE, last, last, stroke=BASE)
    for number, each in enumerate(slide.lines(chart.key, WIDTH - 2 * EDGE, 16, 1)):
        yield slide.text(each, EDGE, last + 28 + 22 * number, 16, fill=SOFT)


def _row(scale: Scale, slide: _Slide, top: float, height: float) -> Iterator[str]:
    """One misconception: its name, its marks, and where it stands in words."""
    y = top + height / 2
    names = slide.lines(scale.name, LEFT - EDGE - 48, 20, 2 if height >= TALLEST_ROW * 0.6 else 1)
    for number, each in enumerate(names):
        shift = 7 + 24 * (number - (len(names) - 1) / 2)
        yield slide.text(each, EDGE, y + shift, 20, font_weight=700)
    labels = slide.lines(scale.label, WIDTH - EDGE - LABELS, 16, 3 if height >= TALLEST_ROW * 0.6 else 1)
    for number, each in enumerate(labels):
        shift = 6 + 20 * (number - (len(labels) - 1) / 2)
        yield slide.text(each, LABELS, y + shift, 16)
    yield slide.line(LEFT, RIGHT, y, y, stroke=BASE, stroke_width=1.5)
    yield from _marks(scale, slide, y)


def _marks(scale: Scale, slide: _Slide, y: float) -> Iterator[str]:
    """The range, what is said as a ring, and what is done as a disc, with their numbers."""
    done, said = (None if each is None else float(each) for each in (scale.score, scale.said))
    ends = [] if scale.worst is None or scale.best is None else [float(scale.worst), float(scale.best)]
    if done is not None and said is not None:
        dots = {"stroke": SOFT, "stroke_width": 2, "stroke_dasharray": "1 5", "stroke_linecap": "round"}
        yield slide.line(slide.at(done), slide.at(said), y, y, **dots)
    if ends and ends[1] - ends[0] >= SHOWN_RANGE:
        yield slide.line(slide.at(ends[0]), slide.at(ends[1]), y, y, stroke=RANGE, stroke_width=6)
        for each in ends:
            yield slide.line(slide.at(each), slide.at(each), y - 9, y + 9, stroke_width=2.5)
    else:
        ends = []
    is_around = done is not None and said is not None and abs(done - said) < NEAR
    if said is not None:
        radius = 14 if is_around else 8
        yield slide.disc(slide.at(said), y, radius, fill=PAPER, stroke=SOFT, stroke_width=2.5)
        yield _said_number(scale, said, [each for each in (done, *ends) if each is not None], slide, y)
    if done is not None:
        colour = {"steers": RUST, "free": TEAL}.get(scale.side or "open", INK)
        yield slide.disc(slide.at(done), y, 10, fill=colour, stroke=PAPER, stroke_width=2)
        yield _done_number(slide.phrases.number(whole(scale.score or Fraction())), done, slide, y, colour)


def _said_number(scale: Scale, said: float, others: list[float], slide: _Slide, y: float) -> str:
    """The number of what is said, beside its ring on the side where nothing else is."""
    number = slide.phrases.number(scale.said or 0)
    if others and min(others) < said < max(others):
        # Between the marks a number would be crossed by what joins them.
        anchor, aside = _leaning(said)
        return slide.text(number, slide.at(said) + aside, y + 28, 16, text_anchor=anchor, fill=SOFT)
    is_after = not others or said >= max(others)
    along, anchor = (slide.at(said) + 18, "start") if is_after else (slide.at(said) - 18, "end")
    return slide.text(number, along, y + 6, 16, text_anchor=anchor, fill=SOFT)


def _done_number(shown: str, done: float, slide: _Slide, y: float, colour: str) -> str:
    """The number of what is done, above its disc, leaning away from the line at 50."""
    anchor, aside = _leaning(done)
    bold = {"text_anchor": anchor, "font_weight": 700, "fill": colour}
    return slide.text(shown, slide.at(done) + aside, y - 16, 18, **bold)


def _leaning(score: float) -> tuple[str, float]:
    """How a number above or below its mark is anchored, and how far aside: away from the line at 50."""
    if abs(score - STEERS_BELOW) >= FREE_FROM - STEERS_BELOW:
        return "middle", 0
    return ("end", -5) if score < STEERS_BELOW else ("start", 5)


def _staircase(staircase: Staircase, slide: _Slide, top: float) -> Iterator[str]:
    """The stairs, and below them the names of the steps by their numbers."""
    rows = min(MOST_KEY_ROWS, -(-len(staircase.stairs) // COLUMNS))
    below = FOOT - 8 - KEY_ROW * rows
    room = WIDTH - 2 * EDGE
    drawn = stairs.drawing(staircase, slide.phrases, room, below - top, 16)
    yield element("svg", drawn, x=EDGE, y=top, width=room, height=below - top)
    yield from _names(staircase, slide, below + KEY_ROW, rows)


def _names(staircase: Staircase, slide: _Slide, top: float, rows: int) -> Iterator[str]:
    """A number and a short name for each step, in columns; what has no room is counted."""
    phrases, width = slide.phrases, (WIDTH - 2 * EDGE) / COLUMNS
    named = [
        phrases.line("list.numbered", number=phrases.number(number), text=stair.name)
        for number, stair in enumerate(staircase.stairs, start=1)
    ]
    if len(named) > rows * COLUMNS:
        kept = rows * COLUMNS - 1
        named = [*named[:kept], phrases.line("chart.more", count=len(named) - kept)]
    for number, each in enumerate(named):
        column, row = divmod(number, rows)
        said = slide.lines(each, width - 16, 15, 1)[0]
        yield slide.text(said, EDGE + width * column, top + KEY_ROW * row, 15)
