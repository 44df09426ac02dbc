"""Text made fit to be shown: lines of pieces, each of one kind.

All text that a person sees passes through `Piece`, which keeps what people really type, and shows control
characters instead of sending them: no answer, note or file name can move the cursor or turn text around.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace


class _Visible(dict[int, str]):
    r"""What is shown for a character, found when first met: itself, a space, nothing, or its code, `\u{1b}`.

    Those that mean something only beside others stand for themselves here: see `_looked_at`.
    """

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in "\n\r\t\v\f\x85\u2028\u2029":
            shown = " "
        elif character in _IDLE:
            shown = ""
        elif character in _BESIDE_OTHERS or character in _SEEN:
            shown = character
        elif unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co"}:
            shown = _code(character)
        else:
            shown = character
        self[code] = shown
        return shown


def _code(character: str) -> str:
    return f"\\u{{{ord(character):x}}}"


_IDLE = frozenset("\u00ad\u061c\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff")
"""They come with pasted text, and do nothing where every name is kept in a direction of its own."""
_SEEN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
"""Unicode counts them among the characters that only steer others; they are signs, as of a number."""
_JOINERS = "\u200c\u200d\u180e"
"""They shape the letters of Persian, Hindi or Mongolian, and make one picture of several, as of a family."""
_OPENING = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
_CLOSING = {"\u202c": "\u202a\u202b\u202d\u202e", "\u2069": "\u2066\u2067\u2068"}
_OVERRIDES = "\u202d\u202e"
_TAGS = "[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
"""Behind a black flag they name the region that it is the flag of."""
_BESIDE_OTHERS = frozenset(
    [*_JOINERS, *_OPENING, *_CLOSING, *(chr(code) for code in range(0xE0020, 0xE0080))]
)
_PICKED = re.compile(
    rf"(?P<kept>\U0001f3f4{_TAGS})|(?P<joined>(?<=\S)[{_JOINERS}])[{_JOINERS}]*|[{_JOINERS}]+|[\U000e0020-\U000e007f]"
)
_VISIBLE = _Visible()


def visible(text: str) -> str:
    """The text with nothing in it that a terminal or a page would obey.

    Ends of lines become spaces, controls their codes. What shapes letters and pictures stays where it can;
    marks that steer the direction are dropped where they come in pairs or do nothing here, and shown as their
    codes where they would turn text around.
    """
    if text.isprintable():
        return text
    shown = text.translate(_VISIBLE)
    return shown if shown.isprintable() else _looked_at(shown)


def _looked_at(text: str) -> str:
    """The text with joiners only behind what is seen, tags only of a flag, and no marks of direction."""
    signs, opened = list(text), list[int]()
    for at, sign in enumerate(text):
        if sign in _OPENING:
            opened.append(at)
        elif sign in _CLOSING and opened and text[opened[-1]] in _CLOSING[sign]:
            before = opened.pop()
            if text[before] not in _OVERRIDES:
                signs[before] = signs[at] = ""
    marked = "".join(
        _code(sign) if sign in _OPENING or sign in _CLOSING else sign for sign in filter(None, signs)
    )
    return _PICKED.sub(_picked, marked)


def _picked(found: re.Match[str]) -> str:
    kept = found["kept"] or found["joined"]
    return kept or ("" if found[0][0] in _JOINERS else _code(found[0]))


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


Names = tuple[str, ...]
"""Names to be listed; each language has its own comma."""


Filling = str | int | Line | Names
"""What fills a phrase: text, a whole number, a line that already has its words, or names."""


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


_WEB = ("https://", "http://")


def is_address(piece: Piece) -> bool:
    """Whether a piece may be opened: a link to the web."""
    return piece.link and piece.text.startswith(_WEB)
