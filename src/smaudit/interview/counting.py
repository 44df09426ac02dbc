"""How much is asked, how far one is and how long the rest takes: the one source of these numbers.

Facts decide what is asked. As long as one is open, what depends on it counts by the share of the answers
that would have it asked. The numbers hang on what is asked and not on its words, so that they are the same
in every language.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import NamedTuple

from smaudit.core.questionnaire import Depth, Question, Questionnaire
from smaudit.core.route import Stop, answered, open_stops, route
from smaudit.core.sheet import Sheet

QUESTION, OTHER = 35, 12
"""Seconds to read one thing and to answer it alone."""
IN_A_MEETING = 65
"""So many seconds more does it take several people to agree on the answer to a question."""


class Count(NamedTuple):
    """Where an interview is: so many are behind, of about so many, and the minutes that the rest takes."""

    done: int
    total: int
    minutes: int


def count_at(
    questionnaire: Questionnaire, sheet: Sheet, stop: Stop, before: AbstractSet[str] = frozenset()
) -> Count:
    """The count at a stop of the route; `before` names the questions that had an answer at its beginning."""
    stops = route(questionnaire, sheet, before)
    done = stops.index(stop) if stop in stops else len(stops)
    shares = [_share(questionnaire, sheet, each) for each in stops]
    total = done + max(1, _rounded(sum(shares[done:], Fraction()))) if done < len(stops) else done
    return Count(done, total, in_minutes(_seconds(stops[done:], shares[done:], meeting=False)))


def standing(questionnaire: Questionnaire, sheet: Sheet) -> Count:
    """How far a sheet from a file is, at the first thing that it leaves open."""
    before = {each.id for each in questionnaire.questions if answered(each, sheet)}
    open_now = next(open_stops(questionnaire, sheet, before, frozenset()), None)
    return count_at(questionnaire, sheet, open_now or Stop("most"), before)


def asked_in_all(questionnaire: Questionnaire, depth: Depth) -> int:
    """About how many things are asked at a depth, from the first prompt to the result."""
    return count_at(questionnaire, Sheet().with_depth(depth), route_from(questionnaire, depth)[0]).total


def minutes(questionnaire: Questionnaire, depth: Depth, *, meeting: bool) -> int:
    """The minutes that all of this depth takes, rounded up."""
    stops, sheet = route_from(questionnaire, depth), Sheet().with_depth(depth)
    shares = [_share(questionnaire, sheet, each) for each in stops]
    return in_minutes(_seconds(stops, shares, meeting=meeting))


def route_from(questionnaire: Questionnaire, depth: Depth) -> tuple[Stop, ...]:
    """The route of a sheet without an answer."""
    return route(questionnaire, Sheet().with_depth(depth), frozenset())


def in_minutes(seconds: Fraction) -> int:
    """Seconds in minutes, rounded up; at least one."""
    return max(1, -(-seconds.numerator // (60 * seconds.denominator)))


def _seconds(stops: Sequence[Stop], shares: Sequence[Fraction], *, meeting: bool) -> Fraction:
    question = QUESTION + (IN_A_MEETING if meeting else 0)
    return sum(
        (
            share * (question if stop.kind == "question" else OTHER)
            for stop, share in zip(stops, shares, strict=True)
        ),
        Fraction(),
    )


def _share(questionnaire: Questionnaire, sheet: Sheet, stop: Stop) -> Fraction:
    """How likely a stop is asked: 1, but for a question that hangs on facts that are still open."""
    if stop.kind != "question":
        return Fraction(1)
    question: Question = questionnaire.question[stop.id]
    share = Fraction(1)
    for name, allowed in question.applies_if.items():
        if name not in sheet.company.profile:
            names = questionnaire.fact[name].names
            share *= Fraction(len(set(allowed) & set(names)), len(names))
    return share


def _rounded(number: Fraction) -> int:
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)
