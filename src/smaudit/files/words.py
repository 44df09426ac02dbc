"""The program's own words from `data/phrases.<language>.yaml`, in the language and digits that are asked for.

Apart from the loading of questionnaires and sheets: help and most errors need words and nothing else.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from smaudit.errors import SmauditError, Usage
from smaudit.files.places import data_names, data_path
from smaudit.files.read import parse, read
from smaudit.language.codes import code_of, from_exact_to_broad

if TYPE_CHECKING:
    from smaudit.language.digits import Digits
    from smaudit.language.phrases import Phrases

FALLBACK = "en"
_SURROUNDINGS = ("SMAUDIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
_BEGINS, _ENDS = "phrases.", ".yaml"
MOST_OF_PHRASES = 1 << 20
"""Bytes; a larger file is refused unread."""


class Tongue(NamedTuple):
    """The language that is asked for (`pt-BR`), and the one of the program's own that serves it (`pt`)."""

    asked: str
    words: str


def tongue(asked: str | None = None) -> Tongue:
    """The language that is asked for; without one, the first of the surroundings that the program has.

    The surroundings are SMAUDIT_LANG and the locale. Raises SmauditError (exit 2) for a language asked for
    that the program does not have.
    """
    if asked is not None:
        found = _served(asked)
        if found is None:
            raise Usage("error.unknown-language", language=asked, allowed=languages())
        return found
    wishes = (os.environ.get(name, "") for name in _SURROUNDINGS)
    return next(filter(None, map(_served, wishes)), Tongue(FALLBACK, FALLBACK))


def load_phrases(language: str | None = None, digits: Digits | None = None) -> Phrases:
    """The program's own words in a language, as `tongue` finds it.

    Raises SmauditError as that does, (exit 70) where they are missing, and Refused where they cannot be read.
    """
    from smaudit.language.digits import DIGITS

    wanted = digits or shown_digits()
    return _phrases(tongue(language).words, DIGITS[wanted] if wanted else None)


def _phrases(code: str, digits: str | None) -> Phrases:
    from smaudit.language.phrases import Phrases, faults

    path = str(data_path(_file(code)))
    data = read(path, MOST_OF_PHRASES)
    words = parse(data, path)
    problems = tuple(faults(words))
    if problems or not isinstance(words, dict):
        from smaudit.files.load import refused

        raise refused(path, data, problems)
    return Phrases(code, words, digits, None if code == FALLBACK else lambda: _phrases(FALLBACK, digits))


def shown_digits(asked: str | None = None) -> Digits | None:
    """The digits that are asked for, else those that SMAUDIT_DIGITS asks for, if any."""
    from smaudit.language.digits import DIGITS

    wanted = asked or os.environ.get("SMAUDIT_DIGITS")
    return next((each for each in DIGITS if each == wanted), None)


def phrases_for_errors(language: str | None) -> Phrases:
    """The words to tell an error in, even where the error is the language asked for."""
    try:
        return load_phrases(language)
    except SmauditError:
        return load_phrases(FALLBACK)


def in_english(error: SmauditError) -> str:
    """What an error says in a log: its sentence, and a line for each problem of a file; never raises."""
    try:
        from smaudit.language.error_text import sentences

        return "\n".join(sentences(error, _english()))
    except Exception:  # noqa: BLE001 - the words are missing or damaged, which may be what is to be told
        values = ", ".join(f"{name}={value!r}" for name, value in error.message.values.items())
        return f"{error.message.phrase} ({values})" if values else error.message.phrase


@cache
def _english() -> Phrases:
    """Kept: a log of thousands of files tells thousands of errors."""
    return load_phrases(FALLBACK, "western")


def languages() -> tuple[str, ...]:
    """The codes of the languages that the program has, the one that it falls back to first."""
    found = [name.removeprefix(_BEGINS).removesuffix(_ENDS) for name in data_names(f"{_BEGINS}*{_ENDS}")]
    return tuple(sorted(filter(_has, found), key=lambda code: (code != FALLBACK, code)))


def _served(wish: str) -> Tongue | None:
    code = code_of(wish)
    found = next(filter(_has, from_exact_to_broad(code)), None) if code else None
    return Tongue(code, found) if code and found else None


def _has(code: str) -> bool:
    return code_of(code) == code and bool(data_names(_file(code)))


def _file(code: str) -> str:
    return f"{_BEGINS}{code}{_ENDS}"
