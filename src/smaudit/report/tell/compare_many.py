"""Then and now of many companies, told once for all formats: `compose(compared, phrases) -> Document`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from smaudit.core.compare_many import CompanyRow, NotCompared
from smaudit.core.sheet import Sheet
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line, strong, value
from smaudit.report.blocks import Block, Document, Heading, Paragraph, Table
from smaudit.report.tell.compare_words import noise_of, rounded_change
from smaudit.report.words import Words

if TYPE_CHECKING:
    from smaudit.report.results import ComparedMany

COLUMNS = ("company", "then", "now", "practice", "counting", "real", "alarms")


def compose(compared: ComparedMany, phrases: Phrases) -> Document:
    """A row for each company, in the words of one language."""
    words = Words(compared.questionnaire, Sheet(), phrases)
    title = words.say("compare.many.title", count=len(compared.comparisons.companies))
    return Document(title, (Heading(1, title), *_blocks(compared, words)))


def _blocks(compared: ComparedMany, words: Words) -> Iterator[Block]:
    found = compared.comparisons
    if found.companies:
        risen, fallen = (
            words.number(sum(each.overall.verdict == verdict for each in found.companies))
            for verdict in ("risen", "fallen")
        )
        yield Paragraph(strong(words.say("compare.many.headline", risen=risen, fallen=fallen)), "lead")
        yield Paragraph(words.say("compare.many.reading"))
        yield Table(
            tuple(words.say(f"compare.column.{each}") for each in COLUMNS),
            tuple(_row(words, number, each) for number, each in enumerate(found.companies, start=1)),
            numeric=frozenset({1, 2, 4}),
            wide=True,
        )
    else:
        yield Paragraph(strong(words.say("compare.many.none")), "lead")
    if found.not_compared:
        yield Heading(2, words.say("compare.heading.not-compared"))
        yield Table(
            (words.say("compare.column.file"), words.say("compare.column.why")),
            tuple((_file(words, each), _why(words, each)) for each in found.not_compared),
        )
    yield Heading(2, words.say("compare.heading.method"))
    for each in ("exact", "noise", "none"):
        yield Paragraph(words.say(f"compare.method.{each}"))


def _row(words: Words, number: int, row: CompanyRow) -> tuple[Line, ...]:
    move = row.overall
    name = row.company or row.now.file
    then, now = (
        words.say("compare.no-score") if each is None else words.score(each)
        for each in (move.then.score, move.now.score)
    )
    composition = () if move.composition is None else words.difference(rounded_change(move.composition))
    alarms = words.say(
        "compare.many.alarms",
        now=words.number(row.alarms),
        gone=words.number(row.alarms_gone),
        new=words.number(row.alarms_new),
    )
    real = words.say(
        "compare.many.real",
        risen=words.number(row.risen),
        fallen=words.number(row.fallen),
        of=words.number(row.compared),
    )
    return (
        strong(value(name) if name else words.say("compare.many.nameless", number=number)),
        then,
        now,
        _practice(words, row),
        composition,
        real,
        alarms if row.alarms or row.alarms_gone or row.alarms_new else (),
    )


def _practice(words: Words, row: CompanyRow) -> Line:
    move = row.overall
    if move.matched is None:
        return words.say(f"compare.verdict.{move.verdict}")
    points = words.difference(rounded_change(move.matched))
    if move.is_real:
        return strong(points)
    return words.say("compare.many.no-arrow", points=points, noise=noise_of(words, move))


def _file(words: Words, each: NotCompared) -> Line:
    file = value(each.file) if each.file else words.say("compare.many.a-file")
    return words.say(f"compare.many.folder.{each.folder}", file=file)


def _why(words: Words, each: NotCompared) -> Line:
    if each.why == "refused":
        return words.say("compare.many.why.refused", count=each.problems)
    return words.say(f"compare.many.why.{each.why}")
