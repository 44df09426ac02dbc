"""Paragraphs as lines of a screen: wrapped by the width that characters take, in any script."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wcwidth import width, wrap

from smaudit.interview.prompter import Paragraph, Progress, Style
from smaudit.language.direction import MARGINS, Direction, closed
from smaudit.language.text import visible

WIDEST = 76
NARROWEST = 16
BAR = 20
SHORTEST_BAR = 8

Fragments = list[tuple[Style, str]]
"""One line of a screen in parts of one style each."""

_PLAIN = {
    "\u2068": "",
    "\u2069": "",
    "✓": ">",
    "›": ">",
    "·": "-",
    "▓": "#",
    "░": ".",
    "←": "<-",
    "↑": "^",
    "↓": "v",
    "…": "...",
    "–": "-",
    "—": "-",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "×": "x",
}
"""What stands for a sign on a terminal without Unicode."""


_ISOLATED = re.compile("(\u2068|\u2069)")


def _isolates(text: str) -> list[str]:
    """The text split at the marks that keep a name from turning the words around it.

    A mark counts only as one of a pair: every other one stays with the text and is shown as its code.
    """
    parts = _ISOLATED.split(text)
    marks = parts[1::2]
    paired = all(mark == "\u2068\u2069"[number % 2] for number, mark in enumerate(marks))
    return parts if paired and len(marks) % 2 == 0 else [text]


def measure(columns: int, direction: Direction) -> int:
    """How wide text is set on a terminal of so many columns: with a margin, and never too wide to read."""
    margins = MARGINS if direction == "rtl" else 2
    return max(NARROWEST, min(WIDEST, columns - margins))


def shown(text: str, encoding: str) -> str:
    """The text as it can be sent to the terminal: control characters visible, signs it lacks replaced."""
    text = "".join(visible(part) if number % 2 == 0 else part for number, part in enumerate(_isolates(text)))
    if "utf" in encoding.lower():
        return text
    text = "".join(_PLAIN.get(character, character) for character in text)
    return text.encode(encoding, "replace").decode(encoding)


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
    """Where the interview is, with a bar: beside the words where there is room, else below them."""
    words = wrapped(shown(progress.text, encoding), room)
    beside = room - cells(words[-1]) - 2
    length = min(BAR, beside if beside >= SHORTEST_BAR else room)
    full = progress.done * length // max(1, progress.total)
    bar = shown("▓" * full + "░" * (length - full), encoding)
    lines: list[Fragments] = [[("strong", line)] for line in words]
    if beside >= SHORTEST_BAR:
        lines[-1] += [("", "  "), ("accent", bar)]
    else:
        lines.append([("accent", bar)])
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
