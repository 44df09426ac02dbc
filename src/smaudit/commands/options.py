"""The options that several commands share, and the checks of what was typed after them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, NamedTuple

import typer

from smaudit.errors import Usage

COLOURS = ("auto", "always", "never")
DEPTHS = ("quick", "full")

SheetArgument = Annotated[str, typer.Argument(metavar="SHEET")]
QuestionnaireOption = Annotated[str | None, typer.Option("--questionnaire", metavar="FILE")]
LanguageOption = Annotated[str | None, typer.Option("--lang", metavar="CODE")]
DigitsOption = Annotated[str | None, typer.Option("--digits", metavar="western|arabic")]
OutputOption = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE")]
AnonymousOption = Annotated[bool, typer.Option("--anonymous")]
ColourOption = Annotated[str, typer.Option("--color", metavar="|".join(COLOURS))]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q")]
DepthOption = Annotated[str | None, typer.Option("--depth", metavar="|".join(DEPTHS))]


def one_of(option: str, given: str | None, allowed: tuple[str, ...]) -> str | None:
    """The value of an option that takes one of a few words. Raises SmauditError (exit 2) for another."""
    if given is not None and given not in allowed:
        raise Usage("error.bad-choice", option=option, allowed=allowed)
    return given


class Score(NamedTuple):
    """A score 0..100 as it was typed, with so many decimals: of the overall, or of a misconception."""

    name: str
    least: Fraction
    places: int


def scores(option: str, given: Iterable[str]) -> tuple[Score, ...]:
    """The scores after an option, `60` or `NAME=60`. Raises SmauditError (exit 2) for no number 0 to 100."""
    return tuple(_score(option, each) for each in given)


def _score(option: str, given: str) -> Score:
    from smaudit.core.result import OVERALL

    name, equals, number = given.rpartition("=")
    is_number = re.fullmatch(r"\d{1,3}(\.\d{1,6})?", number) and bool(name) == bool(equals)
    if is_number and Fraction(number) <= 100:  # noqa: PLR2004 - the top
        return Score(name or OVERALL, Fraction(number), len(number.partition(".")[2]))
    raise Usage("error.bad-gate", option=option, given=given)


def count(option: str, given: str | None) -> int | None:
    """The whole number after an option. Raises SmauditError (exit 2) for anything else."""
    if given is None or re.fullmatch(r"\d{1,3}", given):
        return None if given is None else int(given)
    raise Usage("error.bad-most", option=option, given=given)
