"""Where a sheet stands among others that were collected."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from smaudit.core.among import FEWEST
from smaudit.core.result import OVERALL, Among, Place
from smaudit.language.text import Line, strong
from smaudit.report.blocks import Block, Heading, Paragraph, Table
from smaudit.report.words import Words

COLUMNS = ("misconception", "lower", "share")


def among_blocks(found: Among, words: Words) -> Iterator[Block]:
    """The places, what collection they are of, and what that is not."""
    yield Heading(2, words.say("among.heading", count=found.sheets))
    yield Paragraph(_basis(found, words), "small")
    if not found.places:
        yield Paragraph(words.say("among.too-few", fewest=words.number(FEWEST)))
        return
    yield Table(
        tuple(words.say(f"among.column.{each}") for each in COLUMNS),
        tuple(_row(each, words) for each in found.places),
        numeric=frozenset({1, 2}),
    )
    yield Paragraph(words.say("among.no-sample"))


def _basis(found: Among, words: Words) -> Line:
    parts = [words.say("among.alike", depth=words.say(f"report.depth.{found.depth}"))]
    if found.first and found.last:
        parts.append(words.say("among.days", first=words.day(found.first), last=words.day(found.last)))
    if found.left_out:
        parts.append(words.say("among.left-out", count=found.left_out))
    return words.joined(*parts, by="fact")


def _row(place: Place, words: Words) -> tuple[Line, ...]:
    name = words.say("among.overall") if place.id == OVERALL else words.topic(place.id)
    of = words.number(place.of)
    least, most = (words.number(each) for each in (place.least, place.most))
    low, high = (words.share(Fraction(each, place.of)) for each in (place.least, place.most))
    if place.least == place.most:
        return strong(name), words.say("among.exactly", number=least, of=of), low
    return (
        strong(name),
        words.say("among.between", least=least, most=most, of=of),
        words.say("among.range", least=low, most=high),
    )
