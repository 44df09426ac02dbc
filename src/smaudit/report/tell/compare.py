"""Sheets of one company over time, told once for all formats: `compose(compared, phrases) -> Document`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from smaudit.core.compare_result import Interval, Move
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line, strong, value
from smaudit.report.blocks import Block, Document, Heading, Journey, Journeys, Paragraph, Stop
from smaudit.report.tell import compare_changes
from smaudit.report.tell.compare_words import CompareWords

if TYPE_CHECKING:
    from smaudit.report.results import Compared

METHOD = ("exact", "noise", "none", "roadmap")
CHANGED = ("within-noise", "ranges-overlap", "risen", "fallen", "unchanged", "nothing-matched")
"""What is said of a change where there is a score on both dates."""


def compose(compared: Compared, phrases: Phrases) -> Document:
    """What changed in practice, and what in counting, in the words of one language."""
    told = CompareWords(compared, phrases)
    title = told.words.say("compare.title", company=told.words.company("begins"))
    parts = (
        _first,
        compare_changes.sums,
        compare_changes.steps,
        compare_changes.changed,
        compare_changes.alarms,
        compare_changes.known,
        compare_changes.facts,
        compare_changes.dates,
        compare_changes.versions,
        _method,
    )
    blocks = (block for part in parts for block in part(told))
    return Document(title, (Heading(1, title), *blocks))


def _first(told: CompareWords) -> Iterator[Block]:
    whole, words = told.comparison.whole, told.words
    yield Paragraph(_occasion(told), "small")
    yield Paragraph(strong(_headline(told, whole)), "lead")
    yield Paragraph(words.joined(*_beside_the_headline(told, whole)))
    yield from _alarms_now(told, whole)
    yield _journeys(told)
    if whole.overall.noise is None:
        yield Paragraph(words.say("compare.reading-bare"), "small")
    else:
        yield Paragraph(words.say("compare.reading", noise=told.noise(whole.overall)), "small")


def _occasion(told: CompareWords) -> Line:
    comparison, words = told.comparison, told.words
    sheets, dates = comparison.sheets, [told.date(number) for number in range(len(comparison.sheets))]
    counts = told.phrases.row([words.number(each.with_evidence) for each in sheets], "between")
    first = sheets[0]
    asked = first.rated + first.unknown + first.not_applicable
    return words.joined(
        told.phrases.row(dates),
        _people(told),
        words.say(f"report.depth.{comparison.depth}"),
        words.say("interview.questions", count=asked),
        words.say("compare.with-evidence", numbers=counts),
        by="fact",
    )


def _people(told: CompareWords) -> Line:
    """Who answered, each once; nothing where a sheet does not say it."""
    names = [_person(told, number) for number in range(len(told.comparison.sheets))]
    if not all(names):
        return ()
    people = list(dict.fromkeys(names))
    if len(people) == 1:
        return told.words.say("compare.same-person", who=people[0])
    return told.words.say("compare.people", who=told.phrases.row(people))


def _person(told: CompareWords, number: int) -> Line:
    respondent = told.comparison.sheets[number].respondent
    known = told.words.questionnaire.department.get(respondent.department or "")
    department = told.words.content(known.name) if known else ()
    if respondent.name and department:
        return told.words.say("team.person", department=department, name=respondent.name)
    return value(respondent.name) if respondent.name else department


def _headline(told: CompareWords, whole: Interval) -> Line:
    words, moves = told.words, [each for each in whole.misconceptions if each.verdict in CHANGED]
    risen = sum(each.verdict == "risen" for each in moves)
    fallen = sum(each.verdict == "fallen" for each in moves)
    of = words.number(len(moves))
    if not moves:
        return words.say("compare.headline.nothing")
    if risen and fallen:
        both = {"risen": words.number(risen), "fallen": words.number(fallen)}
        return words.say("compare.headline.both", of=of, risen=both["risen"], fallen=both["fallen"])
    if risen:
        return words.say("compare.headline.risen", count=risen, of=of)
    if fallen:
        return words.say("compare.headline.fallen", count=fallen, of=of)
    if not whole.answers and not whole.facts:
        return words.say("compare.headline.unchanged")
    return words.say("compare.headline.none")


def _beside_the_headline(told: CompareWords, whole: Interval) -> Iterator[Line]:
    """Whether alarms are over, where the misconceptions stand now, and what to keep in mind."""
    words, changes = told.words, [each.change for each in whole.alarms]
    if changes and set(changes) == {"gone"}:
        yield words.say("compare.alarms-over", count=len(changes))
    sides: dict[str, list[str]] = {}
    for each in whole.misconceptions:
        sides.setdefault(told.side(each.id, whole.now) or "", []).append(each.id)
    if "steers" in sides:
        names = told.topics(sides["steers"])
        yield words.say("compare.now-steer", company=words.company(), names=names)
    if "open" in sides:
        yield words.say("compare.now-open", names=told.topics(sides["open"]))
    if "free" in sides:
        yield words.say("compare.now-free", names=told.topics(sides["free"]))
    if any(each.same_respondent is False for each in (whole, *told.comparison.intervals)):
        yield words.say("compare.other-people")
    if len({each.depth for each in told.comparison.sheets}) > 1:
        yield words.say("compare.depths")


def _alarms_now(told: CompareWords, whole: Interval) -> Iterator[Block]:
    words = told.words
    for change in ("new", "seen-now", "stays"):
        for each in whole.alarms:
            if each.change == change and each.misconception is not None:
                said = words.say(
                    f"compare.alarm.{change}",
                    topic=told.topic(each.misconception),
                    answer=words.quoted(told.option(each.question, each.choice)),
                    question=told.question(each.question),
                )
                yield Paragraph(said, "warning")


def _journeys(told: CompareWords) -> Journeys:
    comparison, words = told.comparison, told.words
    dates = tuple(told.date(number) for number in range(len(comparison.sheets)))
    ends = (words.say("compare.mark.then", date=dates[0]), words.say("compare.mark.now", date=dates[-1]))
    return Journeys(
        tuple(_journey(told, number) for number in range(len(comparison.whole.misconceptions))),
        ends=(words.say("team.axis.low"), words.say("team.axis.high")),
        middle=words.say("team.axis.middle"),
        dates=dates,
        key=(*ends, words.say("compare.mark.real"), words.say("compare.mark.unreal")),
    )


def _journey(told: CompareWords, number: int) -> Journey:
    comparison, words = told.comparison, told.words
    move = comparison.whole.misconceptions[number]
    moves = [each.misconceptions[number] for each in comparison.intervals]
    scores = [moves[0].then, *(each.now for each in moves)]
    if told.has_many:
        way = told.phrases.row([told.score(each.score) for each in scores], "between")
    else:
        way = words.say("compare.way", then=told.score(move.then.score), now=told.score(move.now.score))
    verdict = told.verdict(move, comparison.whole)
    side = words.say(f"compare.side.{told.side(move.id, -1) or 'none'}")
    return Journey(
        name=words.topic(move.id),
        label=words.joined(way, verdict, side, by="fact"),
        change=verdict,
        cause=_cause(told, move),
        stops=tuple(
            Stop(
                told.score(each.score), each.score, each.worst, each.best, told.side(move.id, place) or "none"
            )
            for place, each in enumerate(scores)
        ),
        real=tuple(each.is_drawn for each in moves),
    )


def _cause(told: CompareWords, move: Move) -> Line:
    """The answer that changed most in the direction of a real change."""
    if not move.is_real or move.matched is None:
        return ()
    up = 1 if move.matched > 0 else -1
    items = [
        each for each in told.comparison.whole.answers if each.kind == "practice" and move.id in each.points
    ]
    first = max(items, key=lambda each: up * each.points[move.id])
    answer = told.words.quoted(told.answer(first.question, first.now))
    return told.words.say("compare.most-of-it", question=told.question(first.question), answer=answer)


def _method(told: CompareWords) -> Iterator[Block]:
    words, asked = told.words, told.comparison.questionnaire
    yield Heading(2, words.say("compare.heading.method"))
    for each in METHOD:
        yield Paragraph(words.say(f"compare.method.{each}"))
    named = words.say(
        "report.method.version",
        questionnaire=value(asked.id),
        version=value(asked.version),
        hash=value(asked.sha256),
    )
    yield Paragraph(named, "small")
