"""Codes of languages as BCP 47 writes them (`pt`, `pt-BR`, `zh-Hant`), and which of them serves a wish."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CODE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_SCRIPT, _REGION = 4, 2
"""Letters of the parts that are written with capitals: `Hant`, `BR`."""


def code_of(wish: str) -> str | None:
    """The code as it is usually written: `pt-BR` for `pt-br` and the locale `pt_BR.UTF-8`; None for none."""
    bare = re.split("[.@]", wish, maxsplit=1)[0].replace("_", "-")
    if not _CODE.fullmatch(bare):
        return None
    first, *parts = bare.lower().split("-")
    return "-".join([first, *map(_written, parts)])


def _written(part: str) -> str:
    if not part.isalpha():
        return part
    return {_SCRIPT: part.title(), _REGION: part.upper()}.get(len(part), part)


def from_exact_to_broad(code: str) -> Iterator[str]:
    """The code and all that serve instead of it, the nearest first: `zh-Hant-TW`, `zh-Hant`, `zh`."""
    parts = code.split("-")
    for length in range(len(parts), 0, -1):
        yield "-".join(parts[:length])
