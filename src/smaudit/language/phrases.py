"""The program's own words in one language: phrases by key, plurals, numbers and digits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from smaudit.errors import Message, Problem
from smaudit.language.digits import WESTERN, ten_of, written_in
from smaudit.language.direction import DIRECTIONS, Direction, own_words, readable
from smaudit.language.plural import FORMS, is_met, plural_form
from smaudit.language.text import Filling, Line, Names, Piece, plain

Ending = Literal["between", "last", "or"]
"""What stands before the last item of a row: what stands between all, a word for and, a word for or."""
Joint = Literal["sentence", "fact", "between"]
"""What stands between parts: of a paragraph, of a line of facts, of a list."""

_GAP = re.compile(r"\{([a-z_]+)\}")


def faults(data: object) -> Iterator[Problem]:
    """What is wrong with the data of a file of phrases, apart from the phrases themselves."""
    if not isinstance(data, dict):
        yield Problem((), Message("problem.mapping-needed"))
        return
    for name, kind, phrase in _NEEDED:
        if name not in data:
            yield Problem((name,), Message("problem.missing"))
        elif not isinstance(data[name], kind):
            yield Problem((name,), Message(phrase))
        elif name == "direction" and data[name] not in DIRECTIONS:
            yield Problem((name,), Message("problem.one-of-needed", {"allowed": DIRECTIONS}))
        elif name == "plural":
            yield from _faulty_rules(data[name])
    if ten_of(data.get("digits", WESTERN)) is None:
        yield Problem(("digits",), Message("problem.digits-needed"))


_NEEDED: tuple[tuple[str, type, str], ...] = (
    ("name", str, "problem.text-needed"),
    ("direction", str, "problem.text-needed"),
    ("plural", dict, "problem.mapping-needed"),
    ("phrases", dict, "problem.mapping-needed"),
)


def _faulty_rules(rules: Mapping[str, object]) -> Iterator[Problem]:
    for form, rule in rules.items():
        try:
            is_met(str(rule), 0)
        except ValueError:
            yield Problem(("plural", form), Message("problem.plural-rule-needed"))
        if form not in FORMS:
            yield Problem(("plural", form), Message("problem.unknown-field", {"allowed": FORMS}))


class Phrases:
    """The program's own words in one language, by key (`report.score.none`)."""

    def __init__(
        self,
        language: str,
        data: Mapping[str, Any],
        digits: str | None = None,
        original: Callable[[], Phrases] | None = None,
    ) -> None:
        """Take the data of a file of phrases that has no `faults`.

        `digits` are ten, by default the language's own; `original` gives the phrases that stand in for those
        that are missing here.
        """
        self.language = language
        self.name: str = data["name"]
        self.direction: Direction = data["direction"]
        self.digits: str = digits or ten_of(data.get("digits")) or WESTERN
        self.plural: Mapping[str, str] = data["plural"]
        self._original = original
        self.sets: tuple[str, ...] = ()
        self.fillings: Mapping[str, Filling] = {}
        self.by_key: Mapping[str, str | Mapping[str, str]] = dict(_flat(data["phrases"]))

    def line(self, key: str, /, **values: Filling) -> Line:
        """The phrase with its gaps filled; of one with several forms, the form for `count`.

        Raises KeyError where there is no such phrase or a value is missing: a bug of ours.
        """
        for name in self.sets:
            if (other := f"{name}.{key}") in self.by_key:
                return self._line(other, {**self.fillings, **values})
        return self._line(key, values)

    def _line(self, key: str, values: Mapping[str, Filling]) -> Line:
        phrase = self.by_key.get(key)
        if phrase is not None and not isinstance(phrase, str):
            phrase = phrase.get(self._form(values["count"]))
        if phrase is None:
            if self._stand_in is None:
                raise KeyError(key)
            return self._stand_in.line(key, **values)
        return self._filled_in(phrase, values)

    def speaking(self, sets: tuple[str, ...], words: Mapping[str, Filling]) -> Phrases:
        """The same, but a phrase that one of these sets has too is taken from there, the first first.

        `words` fill gaps of the sets that no caller knows of.
        """
        made = copy(self)
        made.sets, made.fillings = sets, words
        return made

    @cached_property
    def _stand_in(self) -> Phrases | None:
        """The words that stand in for those that are missing here; loaded where one is."""
        return self._original() if self._original is not None else None

    def _filled_in(self, phrase: str, values: Mapping[str, Filling]) -> Line:
        pieces: list[Piece] = []
        for number, part in enumerate(_GAP.split(phrase)):
            if number % 2 == 0:
                pieces += own_words(part, self.direction)
            else:
                pieces += self._filled(values[part])
        return tuple(pieces)

    def text(self, key: str, /, **values: Filling) -> str:
        """The phrase as plain text."""
        return plain(self.line(key, **values))

    def shown(self, key: str, /, **values: Filling) -> str:
        """The phrase as text in which what was filled in does not turn the words around it."""
        return readable(self.line(key, **values), self.direction)

    def said(self, message: Message) -> Line:
        """An error or a problem in words."""
        return self.line(message.phrase, **message.values)

    def row(self, items: Iterable[Filling], last: Ending = "last") -> Line:
        """The items in a row, as `a, b and c` in this language, as `a, b or c`, or as `a, b, c`."""
        rest = [self._filled(item) for item in items]
        joined: list[Piece] = []
        for number, item in enumerate(rest):
            if number:
                joined += self.line(f"list.{last if number == len(rest) - 1 else 'between'}")
            joined += item
        return tuple(joined)

    def joined(self, *lines: Line, by: Joint = "sentence") -> Line:
        """The lines that are not empty, one after the other, with what the language puts between them."""
        pieces: list[Piece] = []
        for each in lines:
            if each:
                pieces += (*self.line(f"list.{by}"), *each) if pieces else each
        return tuple(pieces)

    def labelled(self, label: Line, text: Line) -> Line:
        """The text behind its label, as `label: text` in this language."""
        return self.line("list.labelled", label=label, text=text)

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
            names = [each for each in filling if isinstance(each, str)]
            return list(self.row(names, "between") if names else _pieces(filling))
        text = self.number(filling) if isinstance(filling, int) else filling
        return [Piece(text, value=True)]

    def _form(self, count: object) -> str:
        """The name of the plural form for a count."""
        if not isinstance(count, int):
            raise KeyError("count")
        return plural_form(self.plural, count)


def _pieces(filling: Line | Names) -> Line:
    return tuple(each for each in filling if isinstance(each, Piece))


def _flat(group: Mapping[str, Any], above: str = "") -> Iterable[tuple[str, str | Mapping[str, str]]]:
    """Phrases by dotted key; a mapping of plural forms is one phrase in several forms."""
    for name, entry in group.items():
        if isinstance(entry, dict) and not (
            set(FORMS).issuperset(entry) and all(isinstance(form, str) for form in entry.values())
        ):
            yield from _flat(entry, f"{above}{name}.")
        else:
            yield above + name, entry
