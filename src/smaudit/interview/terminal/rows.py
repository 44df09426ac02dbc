"""The rows of a prompt: how many each part gets, and which part of a long list shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 5
"""A list shows at least so many rows; before that, what stands above it gives way."""
HINT_FROM = 12
"""With fewer rows than this there is no hint."""
GAP_FROM = 8
"""With fewer rows than this the parts stand close."""


@dataclass(frozen=True)
class Rows:
    """The rows of each part of a prompt; the gap stands above the body and below it."""

    head: int
    gap: int
    body: int
    hint: int


def share(rows: int, head: int, body: int, hint: int) -> Rows:
    """Share out the rows of a terminal among what stands above, the list or line, and the hint below."""
    gap = 1 if rows >= GAP_FROM else 0
    below = hint if rows >= HINT_FROM else 0
    room = rows - 2 * gap - below
    above = max(0, min(head, room - min(body, LEAST)))
    return Rows(above, gap, max(1, min(body, room - above)), below)


@dataclass(frozen=True)
class Part:
    """The part of a list that shows: its first entry and row, and how many options are hidden at each end."""

    first: int
    row: int
    above: int
    below: int


def part(first: int, heights: Sequence[int], headings: Sequence[bool], pointed: int, room: int) -> Part:
    """The part of a list around the pointed entry, moved no more than needed from where it was.

    A heading stays with the entry below it.
    """
    top = pointed - 1 if pointed and headings[pointed - 1] else pointed
    first = min(first, top)
    while first < pointed and sum(heights[first : pointed + 1]) > room:
        first += 1
    while first and sum(heights[first - 1 :]) <= room:
        first -= 1
    last, used = first, 0
    while last < len(heights) and used + heights[last] <= room:
        used += heights[last]
        last += 1
    hidden_below = sum(not heading for heading in headings[max(last, pointed + 1) :])
    return Part(first, sum(heights[:first]), sum(not heading for heading in headings[:first]), hidden_below)
