"""The picture of many sheets, told once for all formats."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from smaudit.core.portfolio import Portfolio, Spread
from smaudit.core.portfolio_row import MisconceptionCells, SheetRow
from smaudit.core.sheet import Sheet
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line, strong, value, visible
from smaudit.report.blocks import Block, Document, Heading, Mark, Paragraph, Table, Track, Tracks
from smaudit.report.results import Pictured
from smaudit.report.words import Words

COSTS = ("question", "points", "faulty")
OFTEN = ("question", "sheets")
LAST = ("alarms", "date", "evidence", "step")
MIXED = ("depths", "counted", "versions")
_MIDDLE = "●"


def compose(pictured: Pictured, phrases: Phrases) -> Document:
    """The picture in the words of one language."""
    words = Words(pictured.questionnaire, Sheet(), phrases)
    title = words.say("portfolio.title", count=pictured.portfolio.sheets)
    return Document(title, tuple(_blocks(pictured, words)))


def _blocks(pictured: Pictured, words: Words) -> Iterator[Block]:
    found = pictured.portfolio
    yield Heading(1, _headline(found, words))
    yield Paragraph(_basis(found, words), "small")
    if found.scored:
        yield Paragraph(_lead(found, words), "lead")
    for each in _mixed(found):
        yield Paragraph(words.say(f"portfolio.mixed.{each}"), "warning")
    if found.scored:
        yield from _figures(found, words)
    yield from _groups(found, words)
    yield from _companies(pictured, words)


def _headline(found: Portfolio, words: Words) -> Line:
    most = found.spreads[0]
    if not found.scored:
        return words.say("portfolio.nothing")
    if not most.steers:
        return words.say("portfolio.headline-none")
    return words.say(
        "portfolio.headline",
        topic=words.topic(most.id),
        steers=words.number(most.steers),
        of=words.number(most.steers + most.open + most.free),
    )


def _basis(found: Portfolio, words: Words) -> Line:
    parts = [words.say("portfolio.sheets", count=found.sheets)]
    if found.first and found.last:
        parts.append(words.say("among.days", first=words.day(found.first), last=words.day(found.last)))
    if found.refused:
        parts.append(words.say("portfolio.refused", count=found.refused))
    parts.append(words.say("portfolio.no-sample"))
    return words.joined(*parts, by="fact")


def _lead(found: Portfolio, words: Words) -> Line:
    costs: Line = ()
    if found.costliest:
        costs = words.say("portfolio.costs-most", question=words.question(found.costliest[0].question))
    return words.joined(words.say("portfolio.alarmed", count=found.alarmed), costs)


def _mixed(found: Portfolio) -> Iterator[str]:
    """What makes sheets no equals, so that they are not to be ranked against each other."""
    for name, kinds in zip(MIXED, (found.depths, found.counted, found.made_for), strict=True):
        if len(kinds) > 1:
            yield name


def _figures(found: Portfolio, words: Words) -> Iterator[Block]:
    yield Heading(2, words.say("portfolio.heading.spreads"))
    yield Tracks(
        tuple(_track(each, words) for each in found.spreads),
        ends=(words.say("portfolio.end.low"), words.say("portfolio.end.high")),
        middle=words.say("portfolio.end.middle"),
        key=((_MIDDLE, words.say("portfolio.key")),),
    )
    yield Heading(2, words.say("portfolio.heading.costs"))
    yield Table(
        tuple(words.say(f"portfolio.column.{each}") for each in COSTS),
        tuple(
            (
                words.question(each.question),
                words.number(Fraction(each.points), 1),
                words.number(each.faulty),
            )
            for each in found.costliest
        ),
        numeric=frozenset({1}),
        bars=tuple(Fraction(str(each.points)) for each in found.costliest),
    )
    yield from _often(found, words)
    yield Paragraph(
        words.say(
            "portfolio.evidence",
            answers=words.number(found.answered),
            proven=words.number(found.with_evidence),
            claimed=words.number(found.claimed),
        )
    )


def _track(spread: Spread, words: Words) -> Track:
    counts = words.say(
        "portfolio.spread",
        steers=words.number(spread.steers),
        open=words.number(spread.open),
        free=words.number(spread.free),
    )
    if spread.middle is None or spread.low is None or spread.high is None:
        return Track(words.topic(spread.id), counts, (), None, None, ())
    half = words.say(
        "portfolio.half",
        middle=words.number(spread.middle),
        low=words.number(spread.low),
        high=words.number(spread.high),
    )
    low, middle, high = map(Fraction, (spread.low, spread.middle, spread.high))
    return Track(words.topic(spread.id), counts, half, low, high, (Mark(_MIDDLE, middle, stands_out=True),))


def _often(found: Portfolio, words: Words) -> Iterator[Block]:
    for name, often in (("alarms", found.alarms), ("first-steps", found.first_steps)):
        if often:
            yield Heading(2, words.say(f"portfolio.heading.{name}"))
            yield Table(
                tuple(words.say(f"portfolio.column.{each}") for each in OFTEN),
                tuple((words.question(each.id), words.number(each.sheets)) for each in often),
                numeric=frozenset({1}),
            )


def _groups(found: Portfolio, words: Words) -> Iterator[Block]:
    fact = words.questionnaire.fact.get(found.by or "")
    if fact is None or not found.groups:
        return
    texts = {each.id: words.content(each.text) for each in fact.options}
    yield Heading(2, words.say("portfolio.heading.groups"))
    yield Paragraph(words.joined(words.content(fact.text), words.say("portfolio.groups-note")), "small")
    yield Table(
        (
            words.say("portfolio.column.group"),
            words.say("portfolio.column.sheets"),
            *(words.topic(each.id) for each in words.questionnaire.misconceptions),
        ),
        tuple(
            (
                texts.get(each.option or "") or words.say("portfolio.unknown"),
                words.number(each.sheets),
                *(words.say("portfolio.none") if one is None else words.number(one) for one in each.middles),
            )
            for each in found.groups
        ),
        numeric=frozenset(range(1, 2 + len(words.questionnaire.misconceptions))),
    )


def _companies(pictured: Pictured, words: Words) -> Iterator[Block]:
    found = pictured.portfolio
    scored = [each for each in found.companies if each.answered is not None]
    yield Heading(2, words.say("portfolio.heading.companies"))
    shown, count = words.number(len(found.companies)), words.number(found.sheets)
    where = (
        words.say("portfolio.rest-in", file=pictured.table) if pictured.table else words.say("portfolio.rest")
    )
    few = len(found.companies) < found.sheets
    rest = words.joined(words.say("portfolio.shown", shown=shown, count=count), where) if few else ()
    yield Paragraph(words.joined(words.say("portfolio.order"), rest), "small")
    if scored:
        yield Table(
            (
                words.say("portfolio.column.company"),
                *(words.topic(each.id) for each in words.questionnaire.misconceptions),
                *(words.say(f"portfolio.column.{each}") for each in LAST),
            ),
            tuple(_company(each, number, words) for number, each in enumerate(scored, start=1)),
            wide=True,
        )
        yield Paragraph(words.say("portfolio.marks"), "small")
    lost = [each for each in found.companies if each.answered is None]
    if lost:
        yield Heading(2, words.say("portfolio.heading.refused"))
        yield Table(
            (words.say("portfolio.column.file"), words.say("portfolio.column.why")),
            tuple(
                (_file(each, number, words), value(each.message or "")) for number, each in enumerate(lost, 1)
            ),
        )


def _file(row: SheetRow, number: int, words: Words) -> Line:
    return value(visible(row.key)) if row.key else words.say("compare.many.nameless", number=number)


def _company(row: SheetRow, number: int, words: Words) -> tuple[Line, ...]:
    name = visible(row.company or "").strip()
    alarms = words.phrases.row(words.question(each) for each in row.alarms)
    evidence = words.say(
        "portfolio.proven", proven=words.number(row.with_evidence or 0), of=words.number(row.answered or 0)
    )
    return (
        strong(value(name) if name else _file(row, number, words)),
        *(_cell(each, words) for each in row.misconceptions),
        alarms,
        words.day(row.date) if row.date else (),
        evidence,
        words.question(row.first_step) if row.first_step else (),
    )


def _cell(cells: MisconceptionCells, words: Words) -> Line:
    """A score with the mark of its side; only the range where there is no score."""
    if cells.worst is None or cells.best is None:
        return words.say("portfolio.none")
    if cells.score is None:
        low, high = (words.score(Fraction(str(each))) for each in (cells.worst, cells.best))
        return words.say("portfolio.range", low=low, high=high)
    score = words.score(Fraction(str(cells.score)))
    return words.say(f"portfolio.side.{cells.side}", score=score)
