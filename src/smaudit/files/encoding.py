"""From the bytes of a file to its text: UTF-8, or UTF-16 where a byte order mark says so."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE


def decoded(data: bytes, errors: str = "strict") -> str:
    """The text without its byte order mark. Raises UnicodeDecodeError where `errors` is strict."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data.decode("utf-16", errors)
    return data.decode("utf-8-sig", errors)
