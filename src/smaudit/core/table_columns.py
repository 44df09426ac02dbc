"""Which column of a table is what: by its heading, or by what a map says of it; never by where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from smaudit.core.table_words import Target, Vocabulary, normal

Use = Literal["understood", "ambiguous", "later", "kept", "ignored", "unnamed"]
"""Taken for something; could be several things; another moment than the one that dates the sheet; kept as it
is; left out because a map says so; without a heading, and left out."""
KEEP, IGNORE = "keep", "ignore"
"""What a map says of a column that is kept as it is, and of one that is left out."""
MOMENTS = ("date", "submitted", "completed", "timestamp")
"""The moments that may date a sheet; of several in a table the first of these does."""


class Column(NamedTuple):
    """One column: its place from 0 on, its heading, what it is, or what it could be."""

    place: int
    heading: str
    use: Use
    target: Target | None = None
    could_be: tuple[Target, ...] = ()


Order = Target | Literal["keep", "ignore"]
Orders = Mapping[str, Order]
"""What a map says of columns, by heading as it is compared."""


def understood(headings: Sequence[str], vocabulary: Vocabulary, orders: Orders) -> int:
    """How many of these headings stand for something."""
    return sum(normal(each) in vocabulary.headings or normal(each) in orders for each in headings)


def matched(headings: Sequence[str], vocabulary: Vocabulary, orders: Orders) -> tuple[Column, ...]:
    """What each column is."""
    found = [_column(place, heading, vocabulary, orders) for place, heading in enumerate(headings)]
    moments = {each.target.id for each in found if each.target is not None and each.target.kind == "date"}
    dating = next((each for each in MOMENTS if each in moments), "")
    return tuple(_dated(each, dating) for each in found)


def _column(place: int, heading: str, vocabulary: Vocabulary, orders: Orders) -> Column:
    compared = normal(heading)
    order = orders.get(compared) if compared else None
    if isinstance(order, Target):
        return Column(place, heading, "understood", order)
    if order is not None or not heading.strip():
        use: Use = "unnamed" if order is None else "kept" if order == KEEP else "ignored"
        return Column(place, heading, use)
    could_be = tuple(sorted(vocabulary.headings.get(compared, ())))
    if len(could_be) == 1:
        return Column(place, heading, "understood", could_be[0])
    return Column(place, heading, "ambiguous" if could_be else "kept", None, could_be)


def _dated(column: Column, dating: str) -> Column:
    if column.target is None or column.target.kind != "date" or column.target.id == dating:
        return column
    return column._replace(use="later", target=None)


_LONGEST_COMPARED = 600


def likely(heading: str, vocabulary: Vocabulary) -> Target | None:
    """What a heading that is not understood is most like: to be shown, and never taken for it."""
    from difflib import get_close_matches

    compared = normal(heading)
    if not compared or len(compared) > _LONGEST_COMPARED:
        return None
    close = get_close_matches(compared, vocabulary.headings, 1, cutoff=0.8)
    found = vocabulary.headings[close[0]] if close else set()
    return next(iter(found)) if len(found) == 1 else None
