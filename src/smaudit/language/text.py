"""Text made fit to be shown: lines of pieces, each of one kind.

All text that a person sees passes through `Piece`, which shows control characters instead of
sending them: no answer, note or file name can move the cursor, turn text around or hide.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace


class _Visible(dict[int, str]):
    r"""What is shown for a character, found when first met: itself, a space, or its code as `\u{1b}`."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in "\n\r\t\v\f\x85\u2028\u2029":
            shown = " "
        elif unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co"}:
            shown = f"\\u{{{code:x}}}"
        else:
            shown = character
        self[code] = shown
        return shown


_VISIBLE = _Visible()


def visible(text: str) -> str:
    """The text with every control, format and surrogate character shown as its code; line ends as spaces."""
    return text.translate(_VISIBLE)


@dataclass(frozen=True)
class Piece:
    """Text of one kind that may be shown as it stands.

    `value` marks what was filled in (a name, a number, what a user typed): renderers isolate it
    from the direction of the words around it. `strong` marks emphasis, `link` an address to open.
    """

    text: str
    value: bool = False
    strong: bool = False
    link: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", visible(self.text))


Line = tuple[Piece, ...]
"""A line or paragraph."""


Filling = str | int | Line
"""What fills a phrase: text, a whole number, or a line that already has its words."""


def line(*parts: str | Piece | Line) -> Line:
    """A line of the given parts; plain text counts as the program's own or the questionnaire's words."""
    pieces: list[Piece] = []
    for part in parts:
        if isinstance(part, str):
            pieces.append(Piece(part))
        elif isinstance(part, Piece):
            pieces.append(part)
        else:
            pieces += part
    return tuple(pieces)


def value(text: str) -> Line:
    """A line of text that is not of the program's own words: a name, an address, what a user typed."""
    return (Piece(text, value=True),)


def link(address: str) -> Line:
    """A line that is an address to open; only for addresses that a questionnaire was checked for."""
    return (Piece(address, value=True, link=True),)


def strong(content: str | Line) -> Line:
    """The same with emphasis."""
    pieces = line(content)
    return tuple(replace(piece, strong=True) for piece in pieces)


def plain(content: Line) -> str:
    """The text of a line without its kinds."""
    return "".join(piece.text for piece in content)
