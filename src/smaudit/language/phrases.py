"""The program's own words in one language: phrases by key, plurals, numbers and digits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Literal

from smaudit.errors import Message
from smaudit.language.direction import Direction, readable
from smaudit.language.text import Filling, Line, Piece, plain

Digits = Literal["western", "arabic"]


DIGITS: Mapping[Digits, str] = {"western": "0123456789", "arabic": "٠١٢٣٤٥٦٧٨٩"}


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
