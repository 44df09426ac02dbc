"""Numbers as they are printed: rounded half up, never over a target, and adding up."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from smaudit.language.phrases import Phrases


def shown(score: Fraction, edges: Sequence[Fraction | int] = ()) -> tuple[Fraction, int]:
    """A score 0..100 as it is printed, with its number of decimals.

    A whole number, rounded half up; where that would carry the score over an edge, such as a target, one
    decimal; where even that would, the last tenth on the score's own side.
    """
    for places in (0, 1):
        printed = rounded(score, places)
        if all((printed >= edge) == (score >= edge) for edge in edges):
            return printed, places
    return Fraction(score.numerator * 10 // score.denominator, 10), 1


def rounded(number: Fraction, places: int) -> Fraction:
    """The number, not negative, rounded half up to so many decimals."""
    scaled = number * 10**places
    return Fraction((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator), 10**places)


def score_text(phrases: Phrases, score: Fraction) -> str:
    """A score 0..100 in the digits of the language."""
    printed, places = shown(score)
    return phrases.number(printed, places)


def percent(share: Fraction) -> Fraction:
    """A share 0..1 as a whole number of hundredths, rounded half up."""
    return rounded(share * 100, 0)


def allotted(parts: Sequence[Fraction], total: Fraction, places: int) -> list[Fraction]:
    """The parts rounded to so many decimals so that they add up to `total` (largest remainder).

    `total` is the printed sum; the parts add up to it but for its rounding.
    """
    unit = Fraction(1, 10**places)
    floors = [part // unit * unit for part in parts]
    missing = int((total - sum(floors, Fraction())) / unit)
    by_remainder = sorted(range(len(parts)), key=lambda each: (floors[each] - parts[each], each))
    for each in by_remainder[:missing]:
        floors[each] += unit
    return floors


def exactly(number: Fraction, most: int = 6) -> int | None:
    """How many decimals write the number exactly; None where more than so many would be needed."""
    return next((places for places in range(most + 1) if 10**places % number.denominator == 0), None)
