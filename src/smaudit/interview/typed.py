"""Text that somebody types or pastes, made fit to be kept: no control characters, one line but for notes."""

from __future__ import annotations

import unicodedata

from smaudit.errors import Message
from smaudit.language.text import visible

LONGEST = 2000
"""So many characters may be typed at one prompt."""
_ENDS_OF_LINE = "\n\r\t\v\f\x85\u2028\u2029"


def tidied(text: str, *, lines: bool = False) -> str:
    """The text in one line: ends of lines and tabs as spaces, without other control characters.

    With `lines` it keeps its lines, each tidied so, without empty ones at its ends.
    """
    if lines:
        return "\n".join(tidied(each) for each in text.splitlines()).strip("\n")
    kept = (
        " " if character in _ENDS_OF_LINE else character
        for character in text
        if character in _ENDS_OF_LINE or unicodedata.category(character) != "Cc"
    )
    return "".join(kept).strip()


def readable(text: str) -> str:
    """The text without the bytes that are not UTF-8, which Python keeps as lone surrogates."""
    return "".join(character for character in text if unicodedata.category(character) != "Cs")


def problem(text: str, *, needed: bool, lost: int = 0, most: int | None = None) -> Message | None:
    """What is wrong with tidied text, to be said before it is asked again; None where it can be kept.

    `lost` characters after it were not taken; with `most` it has to be a number from 0 to that, or empty.
    """
    if readable(text) != text:
        return Message("interview.typed.unreadable")
    if len(text) > LONGEST:
        return Message("interview.typed.too-long", {"count": len(text), "longest": LONGEST})
    if lost:
        return Message("interview.typed.cut", {"count": len(text) + lost, "longest": LONGEST})
    if most is not None and text and number(text, most) is None:
        return Message("interview.typed.number", {"most": most})
    if needed and not visible(text).strip():
        return Message("interview.typed.needed")
    return None


def number(text: str, most: int) -> int | None:
    """The number from 0 to `most` that was typed, in any digits; None for anything else."""
    is_number = text.isdecimal() and len(text) <= len(str(most))
    return int(text) if is_number and int(text) <= most else None
