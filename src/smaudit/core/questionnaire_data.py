"""A questionnaire as the plain data of its file again, to be printed, compared and begun from."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from smaudit.core.fields import Model
from smaudit.core.questionnaire import Question, Questionnaire


class Number(str):
    """A share as it is written in a file, without quotes where the format has any: `0.7`, or `1/3`."""

    __slots__ = ()


def written(questionnaire: Questionnaire) -> dict[str, Any]:
    """What its file holds, in the order of the format; what has its default is left out.

    The mark for a file's last line is no content.
    """
    found = _plain(questionnaire)
    return {name: value for name, value in found.items() if name != "ends_with"}


def _plain(part: object) -> Any:  # noqa: ANN401 - any part of a questionnaire
    if isinstance(part, Model):
        return dict(_fields(part))
    if isinstance(part, tuple):
        return [_plain(each) for each in part]
    if isinstance(part, Mapping):
        return {name: _plain(each) for name, each in part.items()}
    return _number(part) if isinstance(part, Fraction) else part


def _fields(part: Model) -> list[tuple[str, Any]]:
    fields = type(part).model_fields.items()
    return [
        (field.alias or name, _plain(value))
        for name, field in fields
        if (value := getattr(part, name)) != field.get_default(call_default_factory=True)
        # Options that several questions share stand once, with their scale.
        and not (name == "options" and isinstance(part, Question) and part.scale)
    ]


def _number(share: Fraction) -> Number:
    """As a decimal where that is exact and short, else as a fraction."""
    for places in range(1, 7):
        scaled = share * 10**places
        if scaled.denominator == 1 and share.denominator > 1:
            return Number(f"0.{scaled.numerator:0{places}}")
    return Number(share)
