"""How the sums of a sheet are held in machine integers, and where a questionnaire is too large for that.

Each answer adds to six sums of a misconception. They stand side by side in one whole number, each in a lane
of bits that is wide enough for the most it can become, so that one addition adds to all of them. Where the
lanes need more bits than a machine integer has, there is a second number, and so on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from math import gcd, prod
from typing import NamedTuple

from smaudit.core.questionnaire import Question, Questionnaire
from smaudit.core.tally import ruler_of
from smaudit.errors import Usage

WHOLE = 2_000_000
"""Twice the parts that a point is rounded to."""


class Lane(IntEnum):
    """What an answer adds to: units of value, and one for how it counts; each times its weight."""

    EARNED = 0
    RATED = 1
    DONT_KNOW = 2
    UNANSWERED = 3
    EXCUSED = 4
    REFUSED = 5


class Place(NamedTuple):
    """Where a lane is: in which number, from which bit on, how many bits."""

    word: int
    shift: int
    width: int


@dataclass(frozen=True)
class Packing:
    """The weights of a questionnaire, without a common factor of those of a misconception, and the lanes.

    `unit` is the common denominator of all values; `places` are those of each lane, of `words` numbers.
    """

    unit: int
    weights: Mapping[str, Mapping[str, int]]
    places: tuple[Place, ...]
    words: int

    def packed(self, lanes: Mapping[Lane, int]) -> tuple[int, ...]:
        """These amounts in their lanes, number by number."""
        words = [0] * self.words
        for lane, amount in lanes.items():
            place = self.places[lane]
            words[place.word] += amount << place.shift
        return tuple(words)

    def worth(self, question: Question, level: int) -> int:
        """The value of an option in units."""
        return question.units[level] * (self.unit // question.unit)


def packing_of(questionnaire: Questionnaire, bits: int) -> Packing:
    """The packing for machine integers of so many bits.

    Raises Usage where no such integer holds what has to be computed: nothing is ever rounded on the way.
    """
    unit = ruler_of(questionnaire, "full").unit
    weights = {
        each.id: _lowered(
            {question.id: question.weights.get(each.id, 0) for question in questionnaire.questions}
        )
        for each in questionnaire.misconceptions
    }
    heaviest = [sum(of.values()) for of in weights.values()]
    inputs = 1 + len(questionnaire.questions) + len(questionnaire.profile)
    count, most = len(heaviest), max(*heaviest, inputs)
    widths = [(unit * most).bit_length(), *[most.bit_length()] * (len(Lane) - 1)]
    coverage = questionnaire.rules.min_coverage
    largest = max(
        100 * WHOLE * unit * most + unit * most,
        101 * WHOLE * unit * count,
        count * prod(heaviest),
        most * coverage.denominator,
        1 << widths[0],
    )
    if largest.bit_length() > bits:
        raise Usage("error.table-too-large", "hint.table-too-large", id=questionnaire.id, bits=str(bits))
    return Packing(unit, weights, *_places(widths, bits))


def _lowered(weights: Mapping[str, int]) -> dict[str, int]:
    """The weights that are not zero, divided by what all have in common: a score stays as it is."""
    common = gcd(*weights.values())
    return {name: weight // common for name, weight in weights.items() if weight}


def _places(widths: list[int], bits: int) -> tuple[tuple[Place, ...], int]:
    """Lane after lane, each on top of the one before, in the next number where it does not fit."""
    places: list[Place] = []
    word = shift = 0
    for width in widths:
        if shift + width > bits:
            word, shift = word + 1, 0
        places.append(Place(word, shift, width))
        shift += width
    return tuple(places), word + 1
