"""What changed between dates, item by item: sums, steps, answers, alarms, facts, versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import get_args

from smaudit.core.compare_result import ChangedAnswer, Interval, Move, StepState
from smaudit.language.text import Line, strong, value
from smaudit.report.blocks import Block, Entries, Entry, Fold, Heading, Paragraph, Table
from smaudit.report.tell.compare_words import CompareWords, Sums, sums_of

ENDED = ("gone", "asked-otherwise", "not-asked", "not-known", "not-applicable")
"""What became of alarms that are no longer there."""
SUMS = ("misconception", "then", "practice", "counting", "now")
ITEMS = ("question", "then", "now", "kind", "points", "shown")


def sums(told: CompareWords) -> Iterator[Block]:
    """Practice and counting of each misconception and of the overall, adding up."""
    words, whole = told.words, told.comparison.whole
    yield Heading(2, words.say("compare.heading.sums"))
    yield Paragraph(words.say("compare.sums-intro"))
    rows = [_sum_row(told, words.topic(each.id), each, whole) for each in whole.misconceptions]
    rows.append(_sum_row(told, strong(words.say("compare.sums-overall")), whole.overall, whole))
    yield Table(
        (told.column(SUMS[0]), *(told.column(each) for each in SUMS[1:])),
        tuple(rows),
        numeric=frozenset({1, 2, 3, 4}),
    )
    for each in whole.joined:
        key = "compare.joined" if each.has_joined else "compare.left"
        yield Paragraph(words.say(key, topic=words.topic(each.id), points=told.points(each.points)))


def _sum_row(told: CompareWords, name: Line, move: Move, interval: Interval) -> tuple[Line, ...]:
    words, found = told.words, sums_of(move, interval)
    if found is None:
        return name, told.score(move.then.score), (), (), told.score(move.now.score)
    practice = () if move.matched is None else told.points(found.matched)
    scores = [words.number(each, 1) for each in (found.then, found.now)]
    return name, scores[0], practice, told.points(found.composition), scores[1]


def steps(told: CompareWords) -> Iterator[Block]:
    """What became of the steps of the earlier roadmap; nothing where it had none."""
    words, found = told.words, told.comparison.whole.steps
    if not found:
        return
    yield Heading(2, words.say("compare.heading.steps", count=len(found)))
    counts = Counter(each.state for each in found)
    said = [
        words.say(
            "compare.states", count=words.number(counts[state]), state=words.say(f"compare.state.{state}")
        )
        for state in get_args(StepState)
        if counts[state]
    ]
    yield Paragraph(strong(words.joined(*said, by="fact")))
    yield Paragraph(words.say("compare.steps-intro"))
    rows = [
        (
            words.step(each.question, each.from_),
            words.question(each.question),
            words.say(f"compare.state.{each.state}"),
        )
        for each in found
    ]
    yield Table((told.column("step"), told.column("question"), told.column("state")), tuple(rows))


def changed(told: CompareWords) -> Iterator[Block]:
    """Every answer that changed, or counts differently."""
    words, whole = told.words, told.comparison.whole
    yield Heading(2, words.say("compare.heading.changed"))
    if whole.answers:
        yield _items(told, whole)
        yield Paragraph(words.say("compare.same", count=whole.same), "small")
    else:
        yield Paragraph(words.say("compare.no-change"))


def _items(told: CompareWords, interval: Interval) -> Table:
    found = {each.id: sums_of(each, interval) for each in interval.misconceptions}
    dates = {"then": told.date(interval.then), "now": told.date(interval.now)}
    return Table(
        tuple(dates.get(each) or told.column(each) for each in ITEMS),
        tuple(_item(told, each, found) for each in interval.answers),
        wide=True,
    )


def _item(told: CompareWords, item: ChangedAnswer, found: dict[str, Sums | None]) -> tuple[Line, ...]:
    words = told.words
    printed = [
        (name, of.questions[item.question])
        for name, of in found.items()
        if of is not None and of.questions.get(item.question)
    ]
    points = [
        words.say("compare.topic-points", topic=words.topic(name), points=told.points(part))
        for name, part in printed
    ]
    return (
        strong(told.question(item.question)),
        told.answer(item.question, item.then),
        told.answer(item.question, item.now),
        words.say(f"compare.kind.{item.kind}"),
        told.phrases.row(points, "between"),
        _shown_by(told, item),
    )


def _shown_by(told: CompareWords, item: ChangedAnswer) -> Line:
    """The evidence of the later answer; that there is none only where something is said to have risen."""
    if item.now.evidence:
        return value(item.now.evidence)
    if item.now.with_evidence:
        return told.words.say("compare.evidence")
    rises = item.kind == "practice" and any(points > 0 for points in item.points.values())
    return told.words.say("compare.claimed") if rises else ()


def alarms(told: CompareWords) -> Iterator[Block]:
    """What became of alarms that are no longer there."""
    words = told.words
    lines = [
        words.say(f"compare.ended.{each.change}", question=told.question(each.question))
        for change in ENDED
        for each in told.comparison.whole.alarms
        if each.change == change
    ]
    if lines:
        yield Heading(2, words.say("compare.heading.alarms"))
        yield Entries(tuple(map(Entry, lines)))


def known(told: CompareWords) -> Iterator[Block]:
    """What was unknown and is known now, and the other way round."""
    words, whole = told.words, told.comparison.whole
    if not (whole.known_now or whole.unknown_now):
        return
    yield Heading(2, words.say("compare.heading.known"))
    if whole.known_now:
        yield Paragraph(words.say("compare.known-now", names=told.questions(whole.known_now)))
    if whole.unknown_now:
        yield Paragraph(words.say("compare.unknown-now", names=told.questions(whole.unknown_now)))


def facts(told: CompareWords) -> Iterator[Block]:
    """Facts about the company that are others now, with what hangs on them."""
    words, found = told.words, told.comparison.whole.facts
    if not found:
        return
    yield Heading(2, words.say("compare.heading.facts"))
    items = []
    for each in found:
        fact = words.questionnaire.fact[each.fact]
        options = {option.id: words.quoted(words.content(option.text)) for option in fact.options}
        then, now = (
            options.get(name or "") or words.say("compare.fact-none") for name in (each.then, each.now)
        )
        lines = [words.say("compare.fact-behind", names=told.questions(each.behind))] if each.behind else []
        said = words.say("compare.other-fact", fact=words.content(fact.text), then=then, now=now)
        items.append(Entry(said, tuple(lines)))
    yield Entries(tuple(items))


def dates(told: CompareWords) -> Iterator[Block]:
    """Of three dates and more, each against the one before."""
    words, comparison = told.words, told.comparison
    if not told.has_many:
        return
    yield Heading(2, words.say("compare.heading.dates"))
    for each in comparison.intervals:
        first, last = told.date(each.then), told.date(each.now)
        rows = [(words.topic(move.id), told.verdict(move, each)) for move in each.misconceptions]
        rows.append((strong(words.say("compare.sums-overall")), told.verdict(each.overall, each)))
        blocks: list[Block] = [Table((told.column("misconception"), told.column("practice")), tuple(rows))]
        if each.answers:
            blocks.append(_items(told, each))
        yield Fold(words.say("compare.between", first=first, last=last), tuple(blocks))


def versions(told: CompareWords) -> Iterator[Block]:
    """What another version of the questionnaire changed, once; nothing where all texts are the same."""
    words, comparison, found = told.words, told.comparison, told.comparison.whole.versions
    made_for = dict.fromkeys(each.made_for for each in comparison.sheets if each.made_for)
    lines: list[Line] = []
    if len(made_for) > 1:
        asked = comparison.questionnaire.version
        lines.append(words.say("compare.versions.made-for", versions=tuple(made_for), version=value(asked)))
    if found.reworded:
        lines.append(words.say("compare.versions.reworded", names=told.questions(found.reworded)))
    if found.added:
        lines.append(words.say("compare.versions.added", names=told.questions(found.added)))
    if found.dropped:
        lines.append(words.say("compare.versions.dropped", names=told.questions(found.dropped)))
    if found.texts == "not-compared":
        lines.append(words.say("compare.versions.not-compared", option=value("--before")))
    elif found.texts == "partly":
        some = told.questions(found.not_compared)
        lines.append(words.say("compare.versions.partly", names=some, option=value("--before")))
    if lines:
        yield Heading(2, words.say("compare.heading.versions"))
        for each in lines:
            yield Paragraph(each)
