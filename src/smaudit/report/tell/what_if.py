"""What other answers would change, told once for all formats: `compose(tried, words) -> Document`."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from smaudit.core.result import OVERALL, WhatIf
from smaudit.language.text import Line, strong
from smaudit.report.blocks import Block, Document, Entries, Entry, Heading, Paragraph, Table
from smaudit.report.words import Words, occasion

COLUMNS = ("before", "after", "difference", "standing")


def compose(tried: WhatIf, words: Words) -> Document:
    """The scores before and after, and their differences, in the words of one language."""
    title = words.say("what-if.title", company=words.company("begins"))
    return Document(title, (Heading(1, title), *_blocks(tried, words)))


def _blocks(tried: WhatIf, words: Words) -> Iterator[Block]:
    yield Paragraph(occasion(tried.before, words), "small")
    yield Paragraph(words.say("what-if.changes", count=len(tried.changes)))
    yield Entries(tuple(_change(words, name, choice) for name, choice in tried.changes.items()))
    yield Paragraph(strong(_overall(tried, words)), "lead")
    yield Paragraph(_steering(tried, words))
    yield _table(tried, words)


def _change(words: Words, name: str, choice: str) -> Entry:
    now = words.option(name, words.sheet.choice(name) or "unanswered")
    way = words.say(
        "report.next-steps.from-to", now=words.quoted(now), then=words.quoted(words.option(name, choice))
    )
    return Entry(strong(words.question(name)), (way,))


def _overall(tried: WhatIf, words: Words) -> Line:
    before, after = (each.overall.score for each in (tried.before, tried.after))
    if before is None or after is None:
        return words.say("what-if.overall-none")
    if before == after:
        return words.say("what-if.overall-same", before=words.score(before))
    return words.say(
        "what-if.overall",
        before=words.score(before),
        after=words.score(after),
        difference=words.difference(after - before),
    )


def _steering(tried: WhatIf, words: Words) -> Line:
    before, after = (each.overall for each in (tried.before, tried.after))
    is_same = before.sides.steers == after.sides.steers
    key = "what-if.steering-same" if is_same else "what-if.steering"
    return words.say(
        key,
        company=words.company(),
        count=before.sides.steers,
        after=words.number(after.sides.steers),
        of=words.number(before.of),
    )


def _table(tried: WhatIf, words: Words) -> Table:
    before, after = tried.before.scores(), tried.after.scores()
    rows = [
        (
            strong(words.say("page.overall")) if name == OVERALL else words.topic(name),
            *(_score(words, score) for score in (before[name], after[name])),
            _difference(words, before[name], after[name]),
            () if name == OVERALL else words.standing(tried.after.misconception(name)),
        )
        for name in before
    ]
    return Table(
        ((), *(words.say(f"what-if.column.{column}") for column in COLUMNS)),
        tuple(rows),
        numeric=frozenset({1, 2, 3}),
    )


def _score(words: Words, score: Fraction | None) -> Line:
    return words.say("plan.no-score") if score is None else words.score(score)


def _difference(words: Words, before: Fraction | None, after: Fraction | None) -> Line:
    if before is None or after is None or before == after:
        return ()
    return words.difference(after - before)
