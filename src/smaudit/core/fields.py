"""The base of every model of a file, and the types of its fields."""

import re
from fractions import Fraction
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Strict, StringConstraints
from pydantic_core import PydanticCustomError

MODEL = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True, defer_build=True)


class Model(BaseModel):
    """A frozen part of a file: strict types, no unknown fields."""

    model_config = MODEL


def _written(value: object) -> object:
    """Give back a whole number as its text: in YAML `2` without quotes is as good a name as `"2"`."""
    return str(value) if type(value) is int else value


Item = TypeVar("Item")
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
DATE = r"^\d{4}-\d{2}-\d{2}$"
ADDRESS = r"^https?://[^\s<>\"]+$"
"""The patterns of texts; for each `core/problems.py` has words of its own."""
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=80), BeforeValidator(_written)]
"""A permanent name: lower-case letters, digits and single hyphens."""
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000), BeforeValidator(_written)]
"""Text of a questionnaire."""
Word = Annotated[str, StringConstraints(min_length=1, max_length=80), BeforeValidator(_written)]
"""A word or a few, to stand within a sentence."""
Address = Annotated[Text, StringConstraints(pattern=ADDRESS)]
"""The address of a page that a report may link to."""
Many = Annotated[tuple[Item, ...], Strict(strict=False)]
"""A list of the file, kept as a tuple."""

_FRACTION = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9}|/0*[1-9][0-9]{0,8})?")


def fraction(value: object) -> Fraction:
    """Read a share written as `0.33` or `1/3`, exactly.

    Raises PydanticCustomError where it is no such number from 0 to 1.
    """
    written = str(value)
    if not isinstance(value, bool) and _FRACTION.fullmatch(written):
        read = Fraction(written)
        if 0 <= read <= 1:
            return read
    raise PydanticCustomError("share", "share")
