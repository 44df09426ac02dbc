"""Paragraphs as lines of a screen: wrapped by the width that characters take, in any script."""

from __future__ import annotations

from collections.abc import Iterable

from wcwidth import width, wrap

from smaudit.interview.prompter import Paragraph, Progress, Style
from smaudit.language.direction import MARGINS, SIDES, Direction, by_marks, closed
from smaudit.language.direction import room as room_on
from smaudit.language.signs import carried
from smaudit.language.text import visible

BAR = 20
SHORTEST_BAR = 8

Fragments = list[tuple[Style, str]]
"""One line of a screen in parts of one style each."""


def measure(columns: int, direction: Direction) -> int:
    """How wide text is set on a terminal of so many columns: with a margin, and never too wide to read."""
    return room_on(columns, MARGINS if direction == "rtl" else SIDES)


def shown(text: str, encoding: str) -> str:
    """The text as it can be sent to the terminal: control characters visible, signs it lacks replaced."""
    parts = (part if number % 2 else visible(part) for number, part in enumerate(by_marks(text)))
    return carried("".join(parts), encoding)


def cells(text: str) -> int:
    """How many cells of a terminal the text takes."""
    return width(text)


def wrapped(text: str, room: int) -> list[str]:
    """The text in lines of at most so many cells; at least one line."""
    return list(closed(wrap(text, max(room, 1)))) or [""]


def hanging(text: str, room: int, indent: int) -> list[str]:
    """The text in lines of at most so many cells, all but the first set in."""
    return list(closed(wrap(text, max(room, indent + 1), subsequent_indent=" " * indent))) or [""]


def laid_out(paragraphs: Iterable[Paragraph], room: int, encoding: str) -> list[Fragments]:
    """The lines of paragraphs, each with a hanging indent under its mark."""
    lines: list[Fragments] = []
    for paragraph in paragraphs:
        mark = shown(paragraph.mark, encoding)
        indent = cells(mark)
        for number, text in enumerate(wrapped(shown(paragraph.text, encoding), room - indent)):
            before: Fragments = [("accent", mark if number == 0 else " " * indent)] if indent else []
            lines.append([*before, (paragraph.style, text)])
    return lines


def progress_lines(progress: Progress, room: int, encoding: str) -> list[Fragments]:
    """Where the interview is, with a bar beside the words where there is room."""
    words = wrapped(shown(progress.text, encoding), room)
    beside = room - cells(words[-1]) - 2
    length = min(BAR, beside)
    full = progress.done * length // max(1, progress.total)
    bar = shown("▓" * full + "░" * (length - full), encoding)
    lines: list[Fragments] = [[("strong", line)] for line in words]
    if beside >= SHORTEST_BAR:
        lines[-1] += [("", "  "), ("accent", bar)]
    return lines


def joined(parts: Iterable[str], between: str, room: int, encoding: str) -> list[Fragments]:
    """Short parts in a row, broken only between them where that can be."""
    lines: list[str] = []
    between = shown(between, encoding)
    for part in parts:
        text = shown(part, encoding)
        if lines and cells(lines[-1] + between + text) <= room:
            lines[-1] += between + text
        else:
            lines += wrapped(text, room)
    return [[("faint", line)] for line in lines]
