"""Text of both directions on one line: what was filled in never turns the words around it.

Unicode's bidirectional algorithm (UAX 9) lays text out; isolates and marks steer it, for a line of a
file and for a line of a terminal that takes every line for one from left to right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Literal

from smaudit.language.text import Line, Piece

WIDEST = 88
"""Columns; longer lines are hard to follow."""
NARROWEST = 20
"""Columns; on fewer a terminal breaks lines by itself."""
RIGHT_MARGIN = 2
"""Columns that stay free at the right of text set from there: some terminals give each mark a cell."""
MARGINS = RIGHT_MARGIN + 2
"""Columns that such text must leave: each mark also needs a cell before it to stand on."""
SIDES = 2
"""Columns that a prompt from left to right leaves free, one at each side."""
Direction = Literal["ltr", "rtl"]
DIRECTIONS: tuple[Direction, ...] = ("ltr", "rtl")

_SIGNED = re.compile(r"(?<![^\s(])(?<![ -~] )[-*&!\\{](?=[ -~]*[A-Za-z])[ -~]*[A-Za-z0-9}]")
"""Options and the like (`--lang`), whose sign would change sides among letters from right to left.

Behind a word of the same direction (`smaudit report -o FILE`) it would not.
"""


def own_words(words: str, direction: Direction) -> Iterator[Piece]:
    """The program's own words as pieces; from right to left, with options in them marked as values."""
    at = 0
    for found in _SIGNED.finditer(words) if direction == "rtl" else ():
        yield from [Piece(words[at : found.start()]), Piece(found[0], value=True)]
        at = found.end()
    if words[at:]:
        yield Piece(words[at:])


def isolated(piece: Piece, direction: Direction) -> str:
    """The text of a piece, kept from turning the words around it.

    What was filled in is put between Unicode's isolates (UAX 9) where it has letters of the other direction,
    or a sign that would change sides (`+2` and `±2` among Arabic letters show as `2+` and `2±`).
    """
    other = {"R", "AL", "AN"} if direction == "ltr" else {"L", "ES", "ET"}
    if piece.value and any(unicodedata.bidirectional(character) in other for character in piece.text):
        return f"\u2068{piece.text}\u2069"
    return piece.text


def readable(content: Line, direction: Direction) -> str:
    """The text of a line in which what was filled in does not turn the words around it."""
    return "".join(isolated(piece, direction) for piece in content)


_STEERING = re.compile("\u2068[^\u2069]*\u2069?|\x1b\\[[0-9;]*m")
"""What does not decide the direction of a line: isolated text, and codes for colour."""


def led(text: str, direction: Direction) -> str:
    """A line of a file, kept in its direction: editors go by the first letter of each line."""
    letters = (unicodedata.bidirectional(each) for each in _STEERING.sub("", text))
    strong = [each for each in letters if each in {"L", "R", "AL"}]
    if direction == "rtl" and strong and strong[0] == "L" and set(strong) != {"L"}:
        return f"\u200f{text}"
    return text


def turning(text: str, columns: int) -> tuple[str, str]:
    """What stands before and after a line of a screen that is read from right to left.

    It is set at the right. Terminals that turn letters around take each line for one that begins at the
    left; between Unicode's isolates (UAX 9) it is laid out by itself. A mark belongs to the cell before it:
    without a space there the first would be lost, and whoever copies a command would copy the last with it.
    """
    from wcwidth import width as cells

    free = min(columns, WIDEST) - RIGHT_MARGIN - 1 - cells(text)
    return " " * max(1, free) + "\u2067", " \u2069"


_MARKS = re.compile("([\u2068\u2069])")


def by_marks(text: str) -> list[str]:
    """The text split at the marks that keep a name from turning words around; every second part is one.

    A mark counts only as one of a pair: every other one stays with the text, to be shown as its code.
    """
    parts = _MARKS.split(text)
    marks = parts[1::2]
    paired = all(mark == "\u2068\u2069"[number % 2] for number, mark in enumerate(marks))
    return parts if paired and len(marks) % 2 == 0 else [text]


def closed(lines: Iterable[str]) -> Iterator[str]:
    """The lines of wrapped text, with isolates that reach over a line's end closed there and opened again."""
    is_open = False
    for line in lines:
        indent = len(line) - len(line.lstrip())
        opened = f"{line[:indent]}\u2068{line[indent:]}" if is_open else line
        is_open = _MARKS.findall(opened)[-1:] == ["\u2068"]
        yield opened + "\u2069" * is_open


def turned(line: str, columns: int) -> str:
    """A line of a screen that is read from right to left, as `turning` sets it; an empty one as it is."""
    text = line.rstrip("\n")
    before, after = turning(text, columns) if text.strip() else ("", "")
    return before + text + after + line[len(text) :]


def beside(text: str, columns: int, direction: Direction, *, has_isolates: bool) -> tuple[str, str]:
    """What stands before and after a line of a prompt: its margin, or what sets it at the right."""
    if direction == "ltr":
        return " ", ""
    if not text.strip():
        return "", ""
    before, after = turning(text, columns)
    return (before, after) if has_isolates else (before[:-1], "")


def room(columns: int, margins: int = 0) -> int:
    """The columns to set text in on a surface of so many: not too narrow, and never too wide to read."""
    return max(NARROWEST, min(WIDEST, columns)) - margins
