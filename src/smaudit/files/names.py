"""A file name made from what somebody typed: safe on every system, never outside its folder."""

from __future__ import annotations

import re
import unicodedata

_MOST_CHARACTERS = 60
_MOST_BYTES = 150
_NOTHING_LEFT = "company"
# Names that Windows takes for devices, whatever the extension.
_RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")


def safe_stem(company: str, date: str) -> str:
    """Return a file name without extension: `harbour-coffee-2026-11-23`.

    Letters and digits of every script are kept, in lower case; all else becomes a dash. At most 60
    characters and 150 bytes, the date kept whole if it is one; never empty, dotted or reserved.
    """
    day = _slug(date)[:10].strip("-")
    room = _MOST_CHARACTERS - len(day) - 1
    name = _cut(_slug(company), room, _MOST_BYTES - len(day.encode()) - 1) or _NOTHING_LEFT
    stem = f"{name}-{day}" if day else name
    return f"{_NOTHING_LEFT}-{stem}" if _RESERVED.fullmatch(stem) else stem


def _slug(text: str) -> str:
    kept = "".join(_kept(character) for character in unicodedata.normalize("NFC", text))
    # Again, because lower case can fall apart into a letter and its accent.
    plain = unicodedata.normalize("NFC", kept.casefold())
    return re.sub("-+", "-", plain).strip("-")


def _kept(character: str) -> str:
    """Keep letters, their marks and digits; drop what cannot be seen; a dash for the rest."""
    category = unicodedata.category(character)
    if category[0] in "LM" or category == "Nd":
        return character
    return "" if category[0] == "C" and not character.isspace() else "-"


def _cut(text: str, characters: int, size: int) -> str:
    """Shorten to so many characters and so many bytes of UTF-8, never within a character."""
    return text[:characters].encode()[:size].decode(errors="ignore").strip("-")
