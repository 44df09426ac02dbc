"""Words in one language: phrases, plurals, digits, direction, and text made fit to be shown.

All text that a person sees passes through `Piece`, which shows control characters instead of
sending them: no answer, note or file name can move the cursor, turn text around or hide.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

from smaudit.errors import Message

Direction = Literal["ltr", "rtl"]
Digits = Literal["western", "arabic"]
DIGITS: Mapping[Digits, str] = {"western": "0123456789", "arabic": "٠١٢٣٤٥٦٧٨٩"}


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


def isolated(piece: Piece, direction: Direction) -> str:
    """The text of a piece, kept from turning the words around it.

    What was filled in is put between Unicode's isolates (UAX 9) where it has letters of the other direction,
    or a sign that would change sides (`+2` among Arabic letters shows as `2+`).
    """
    other = {"R", "AL", "AN"} if direction == "ltr" else {"L", "ES"}
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


_ARABIC_DIGITS = str.maketrans(DIGITS["western"], DIGITS["arabic"])
_ARABIC_SIGNS = (
    (re.compile(r"(?<=[0-9])\.(?=[0-9])"), "٫"),
    (re.compile(r"(?<=[0-9]),(?=[0-9])"), "٬"),
    (re.compile(r"(?<=[0-9])( ?)%"), r"\1٪"),
)


def written_in(text: str, digits: Digits) -> str:
    """The text with its Western digits, and the signs between and after them, in these digits."""
    if digits == "western":
        return text
    for western, arabic in _ARABIC_SIGNS:
        text = western.sub(arabic, text)
    return text.translate(_ARABIC_DIGITS)


_FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})
"""The plural forms of Unicode's CLDR."""
_GAP = re.compile(r"\{([a-z_]+)\}")
_SIGNED = re.compile(r"(?<![^\s(])(?<![ -~] )[-*&!\\{](?=[ -~]*[A-Za-z])[ -~]*[A-Za-z0-9}]")
"""Options and the like (`--lang`), whose sign would change sides among letters from right to left.

Behind a word of the same direction (`smaudit report -o FILE`) it would not.
"""


class Phrases:
    """The program's own words in one language, by key (`report.score`)."""

    def __init__(self, language: str, data: Mapping[str, Any], digits: Digits | None = None) -> None:
        """Take the part of `data/phrases.yaml` for this language; digits default to the language's own."""
        self.language = language
        self.name: str = data["name"]
        self.direction: Direction = data["direction"]
        self.digits: Digits = digits or data.get("digits", "western")
        self._plural: Mapping[str, Any] = data["plural"]
        self.by_key: Mapping[str, str | Mapping[str, str]] = dict(_flat(data["phrases"]))

    def line(self, key: str, /, **values: Filling) -> Line:
        """The phrase with its gaps filled; of one with several forms, the form for `count`.

        Raises KeyError where there is no such phrase or a value is missing: a bug of ours.
        """
        phrase = self.by_key[key]
        if not isinstance(phrase, str):
            phrase = phrase[self.form(values["count"])]
        return self._filled_in(phrase, values)

    def _filled_in(self, phrase: str, values: Mapping[str, Filling]) -> Line:
        pieces: list[Piece] = []
        for number, part in enumerate(_GAP.split(phrase)):
            if number % 2 == 0:
                pieces += self._own(part)
            else:
                pieces += self._filled(values[part])
        return tuple(pieces)

    def _own(self, words: str) -> Iterator[Piece]:
        """The program's own words; from right to left, with options in them marked as values."""
        at = 0
        for found in _SIGNED.finditer(words) if self.direction == "rtl" else ():
            yield from [Piece(words[at : found.start()]), Piece(found[0], value=True)]
            at = found.end()
        if words[at:]:
            yield Piece(words[at:])

    def text(self, key: str, /, **values: Filling) -> str:
        """The phrase as plain text."""
        return plain(self.line(key, **values))

    def shown(self, key: str, /, **values: Filling) -> str:
        """The phrase as text in which what was filled in does not turn the words around it."""
        return readable(self.line(key, **values), self.direction)

    def has(self, key: str) -> bool:
        """Whether there is such a phrase."""
        return key in self.by_key

    def said(self, message: Message) -> Line:
        """An error or a problem in words."""
        return self.line(message.phrase, **message.values)

    def row(self, items: Iterable[Filling], last: Literal["last", "or"] = "last") -> Line:
        """The items in a row, as `a, b and c` in this language, or as `a, b or c`."""
        rest = [self._filled(item) for item in items]
        joined: list[Piece] = []
        for number, item in enumerate(rest):
            if number:
                between = last if number == len(rest) - 1 else "between"
                joined += self.line(f"list.{between}")
            joined += item
        return tuple(joined)

    def number(self, number: int | Fraction, places: int = 0) -> str:
        """A number with so many decimals, rounded half up, in the digits of this language."""
        scaled = abs(Fraction(number)) * 10**places
        rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
        whole, part = divmod(rounded, 10**places)
        written = f"{whole}.{part:0{places}}" if places else str(whole)
        sign = "-" if number < 0 and rounded else ""
        return self.in_digits(sign + written.replace(".", self.text("number.point")))

    def in_digits(self, text: str) -> str:
        """The text with its Western digits in the digits of this language."""
        return written_in(text, self.digits)

    def _filled(self, filling: Filling) -> list[Piece]:
        if isinstance(filling, tuple):
            return list(filling)
        text = self.number(filling) if isinstance(filling, int) else filling
        return [Piece(text, value=True)]

    def form(self, count: object) -> str:
        """The name of the plural form for a count."""
        # Only a phrase with several forms pays for the plural rule.
        from gettext import c2py

        rule: str = self._plural["rule"]
        forms: list[str] = self._plural["forms"]
        if not isinstance(count, int):
            raise KeyError("count")
        return forms[c2py(rule)(count)]


def _flat(group: Mapping[str, Any], above: str = "") -> Iterable[tuple[str, str | Mapping[str, str]]]:
    """Phrases by dotted key; a mapping of plural forms is one phrase in several forms."""
    for name, entry in group.items():
        if isinstance(entry, dict) and not (
            _FORMS.issuperset(entry) and all(isinstance(form, str) for form in entry.values())
        ):
            yield from _flat(entry, f"{above}{name}.")
        else:
            yield above + name, entry
