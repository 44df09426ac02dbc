"""How deep and how long a file may be, and what every text must be."""

from __future__ import annotations

from smaudit.errors import Message, Place, Problem, Refused

MAX_DEPTH = 32
"""Containers within containers; our own files need nine."""
MAX_NODES = 20_000
"""Keys and values together; our own questionnaire has a few thousand."""

MOST_OF_A_SHEET = 1 << 20
MOST_OF_A_QUESTIONNAIRE = 4 << 20
"""Bytes; a larger file is refused unread."""


def refused(file: str, phrase: str, line: int | None, place: Place = (), **values: str | int) -> Refused:
    """Return the refusal of a file for one problem."""
    return Refused(file, [Problem(place, Message(phrase, values), line)])


def is_text(value: str) -> bool:
    """Return whether a text can be written as UTF-8: half of a surrogate pair cannot."""
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
