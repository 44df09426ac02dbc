"""The digits that numbers are written in: Western ones, Arabic-Indic ones, or any ten of a language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

Digits = Literal["western", "arabic"]
"""The digits that can be asked for."""

DIGITS: Mapping[Digits, str] = {"western": "0123456789", "arabic": "٠١٢٣٤٥٦٧٨٩"}
WESTERN = DIGITS["western"]
_WITH_ARABIC_SIGNS = frozenset({DIGITS["arabic"], "۰۱۲۳۴۵۶۷۸۹"})
_ARABIC_SIGNS = (
    (re.compile(r"(?<=[0-9])\.(?=[0-9])"), "٫"),
    (re.compile(r"(?<=[0-9]),(?=[0-9])"), "٬"),
    (re.compile(r"(?<=[0-9])( ?)%"), r"\1٪"),
)


def ten_of(named: object) -> str | None:
    """The ten digits, 0 first, that a file names: `western`, `arabic` or themselves; None for all else."""
    ten = next((each for name, each in DIGITS.items() if name == named), named)
    if not isinstance(ten, str) or len(ten) != len(WESTERN) or len(set(ten)) != len(ten):
        return None
    return ten if ten.isalnum() else None


def written_in(text: str, digits: str) -> str:
    """The text with its Western digits as these ten; with Arabic ones their signs, between and after them."""
    if digits == WESTERN:
        return text
    for western, arabic in _ARABIC_SIGNS if digits in _WITH_ARABIC_SIGNS else ():
        text = western.sub(arabic, text)
    return text.translate(str.maketrans(WESTERN, digits))
