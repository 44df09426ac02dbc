"""The program's own words from `data/phrases.yaml`, in the language and the digits that are asked for.

Apart from the loading of questionnaires and sheets: help and most errors need words and nothing else.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING

from smaudit.errors import Broken, SmauditError, Usage
from smaudit.files.places import data_path
from smaudit.files.read import parse, read

if TYPE_CHECKING:
    from smaudit.language.phrases import Digits, Phrases

FALLBACK = "en"
PHRASES = "phrases.yaml"
MOST_OF_PHRASES = 1 << 20
"""Bytes; a larger file is refused unread."""


def load_phrases(language: str | None = None, digits: Digits | None = None) -> Phrases:
    """The program's own words in a language; without one, in the first of the surroundings that it has.

    The surroundings are SMAUDIT_LANG and the locale. Raises SmauditError (exit 2) for a language asked for
    that it does not have.
    """
    from smaudit.language.phrases import Phrases

    language = shown_language(language)
    name = str(data_path(PHRASES))
    words = parse(_languages()[language].encode(), name)
    if not isinstance(words, dict):
        raise Broken("error.data-missing", "hint.install-again", name=PHRASES)
    return Phrases(language, words, digits or shown_digits())


def shown_language(language: str | None = None) -> str:
    """The code of the language that everything is shown in. Raises SmauditError as `load_phrases` does."""
    languages = _languages()
    if language is None:
        wanted = (os.environ.get(name, "") for name in ("SMAUDIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
        codes = (re.split(r"[_.@-]", each)[0].lower() for each in wanted if each)
        language = next((code for code in codes if code in languages), FALLBACK)
    if language not in languages:
        raise Usage("error.unknown-language", language=language, allowed=", ".join(languages))
    return language


def shown_digits(asked: str | None = None) -> Digits | None:
    """The digits that are asked for, else those that SMAUDIT_DIGITS asks for, if any."""
    from smaudit.language.phrases import DIGITS

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


@cache
def _languages() -> dict[str, str]:
    """The part of `data/phrases.yaml` for each language, unread: no run pays for words it does not show."""
    text = read(str(data_path(PHRASES)), MOST_OF_PHRASES).decode("utf-8")
    _, *parts = re.split(r"^([a-z]+):[ ]*$", text, flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))
