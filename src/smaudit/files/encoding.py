"""From the bytes of a file to its text: UTF-8, or UTF-16 where a byte order mark says so."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE


def decoded(data: bytes, errors: str = "strict") -> str:
    """The text without its byte order mark. Raises UnicodeDecodeError where `errors` is strict."""
    return data.decode(encoding_of(data), errors)


def encoding_of(data: bytes) -> str:
    """The encoding that a text is read in, by its byte order mark."""
    return "utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
