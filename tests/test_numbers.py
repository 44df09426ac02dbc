"""Printed numbers agree with the verdicts beside them and add up."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smaudit.report.numbers import allotted, rounded, shown

F = Fraction


@pytest.mark.parametrize(
    ("score", "printed"),
    [
        (F(189, 2), (95, 0)),
        (F(50), (50, 0)),
        (F(497, 10), (F(497, 10), 1)),
        (F(4999, 100), (F(499, 10), 1)),
        (F(495, 10), (F(495, 10), 1)),
        (F(494, 10), (49, 0)),
        (F(996, 10), (100, 0)),
    ],
)
def test_a_score_is_rounded_half_up_and_never_over_an_edge(
    score: Fraction, printed: tuple[Fraction | int, ...]
) -> None:
    """94.5 is 95; 49.7 stays below 50 by its decimal, and 49.99 by the last tenth on its own side."""
    assert printed == shown(score, (50,))
    assert (rounded(score, 0), 0) == shown(score)


@given(st.fractions(0, 100, max_denominator=10**6), st.fractions(0, 100, max_denominator=10))
def test_a_printed_score_stands_on_the_same_side_of_every_edge(score: Fraction, edge: Fraction) -> None:
    """Whoever compares the printed number with a band's edge or a gate comes to the program's verdict."""
    edges = (25, 50, 75, edge)
    printed, _ = shown(score, edges)

    assert [score >= each for each in (25, 50, 75)] == [printed >= each for each in (25, 50, 75)]


@given(st.lists(st.fractions(0, 20, max_denominator=997), min_size=1, max_size=20), st.integers(0, 1))
def test_allotted_parts_add_up_and_stay_within_a_unit(parts: list[Fraction], places: int) -> None:
    """Rounded by largest remainder, parts make the printed sum and none moves by a whole unit."""
    total = rounded(sum(parts, F(0)), places)

    printed = allotted(parts, total, places)

    assert total == sum(printed)
    assert all(abs(one - other) < F(1, 10**places) for one, other in zip(parts, printed, strict=True))
