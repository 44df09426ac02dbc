"""What several people of one company say, told once for all formats: `compose(teamed, phrases)`."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from smaudit.core.team_result import PartPicture, TeamScore
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line, strong, value
from smaudit.report.blocks import (
    Block,
    Document,
    Entries,
    Entry,
    Heading,
    Mark,
    Paragraph,
    Table,
    Track,
    Tracks,
)
from smaudit.report.tell import team_settle
from smaudit.report.tell.team_words import STANDS_OUT, TeamWords

if TYPE_CHECKING:
    from smaudit.report.results import Teamed

METHOD = ("range", "asked", "settling", "pictures", "no-index")
BELIEFS = {"for": ("4", "5"), "middle": ("3",), "against": ("1", "2"), "unknown": ("dont-know",)}
"""The answers to what was asked before the questions, by the side they lean to."""


def compose(teamed: Teamed, phrases: Phrases) -> Document:
    """Where they differ, and what to settle, in the words of one language."""
    told = TeamWords(teamed.team, teamed.questionnaire, phrases)
    parts = (
        _first,
        team_settle.facts,
        team_settle.settle,
        team_settle.meeting,
        _nobody_knows,
        _pictures,
        _beliefs,
        _method,
    )
    blocks = (block for part in parts for block in part(told))
    return Document(_title(told), tuple(blocks))


def _title(told: TeamWords) -> Line:
    return told.words.say("team.title", company=told.words.company("begins"))


def _first(told: TeamWords) -> Iterator[Block]:
    team, words = told.team, told.words
    yield Heading(1, _headline(told))
    yield Paragraph(words.joined(_title(told), _occasion(told), by="fact"), "small")
    yield Paragraph(words.joined(*_beside_the_headline(told)), "lead")
    yield Tracks(
        tuple(_track(told, each) for each in team.misconceptions),
        ends=(words.say("team.axis.low"), words.say("team.axis.high")),
        middle=words.say("team.axis.middle"),
        key=tuple((told.letters[name], told.department(name)) for name in told.letters),
    )
    for alarm in team.alarms:
        answer = words.quoted(words.option(alarm.question, alarm.choice))
        question, topic = words.question(alarm.question), words.topic(alarm.misconception)
        key = "team.alarm.disputed" if alarm.disputed else "team.alarm.settled"
        yield Paragraph(words.say(key, answer=answer, question=question, topic=topic), "warning")
    yield Paragraph(words.say("team.reading", count=team.basis.common), "small")


def _occasion(told: TeamWords) -> Line:
    team, words = told.team, told.words
    people = [each for each in team.respondents if not each.agreement]
    days = sorted({each.date for each in people if each.date})
    when = words.day(days[0]) if days else ()
    if days[1:]:
        when = words.say("team.days", first=when, last=words.day(days[-1]))
    asked = sum(team.basis[:4])
    return words.joined(
        words.say("team.sheets", count=len(people)),
        when,
        told.row(told.departments) if told.departments else (),
        words.say(f"report.depth.{team.depth}"),
        words.say("interview.questions", count=asked),
        by="fact",
    )


def _headline(told: TeamWords) -> Line:
    overall, words, count = told.team.overall, told.words, told.team.basis.disputed
    if overall.worst is None or overall.best is None:
        return words.say("team.headline.unknown")
    worst, best = words.score(overall.worst), words.score(overall.best)
    if count:
        return words.say("team.headline.differ", worst=worst, best=best, count=count)
    if overall.worst != overall.best:
        return words.say("team.headline.agree-open", worst=worst, best=best, count=told.team.basis.unknown)
    return words.say("team.headline.agree", score=worst)


def _beside_the_headline(told: TeamWords) -> Iterator[Line]:
    """How many steer, how far the range can be trusted, and what was counted."""
    team, words = told.team, told.words
    overall, steering = team.overall, team.overall.steering
    least, most = words.number(steering.least), words.number(steering.most)
    company = words.company()
    if steering.least == steering.most:
        yield words.say("team.steering.exactly", count=steering.most, of=overall.of, company=company)
    else:
        yield words.say("team.steering.between", least=least, most=most, of=overall.of, company=company)
    if overall.at_most and overall.worst is not None:
        yield words.say("team.at-most")
    if overall.counted_least < overall.of:
        if overall.counted_least == overall.counted_most:
            yield words.say("team.counted", count=overall.counted_most, of=overall.of)
        else:
            least, most = words.number(overall.counted_least), words.number(overall.counted_most)
            yield words.say("team.counted-between", least=least, most=most, of=overall.of)
    if len({each.depth for each in team.respondents}) > 1:
        yield words.say("team.depths")
    if any(each.agreement for each in team.respondents):
        yield words.say("team.agreement")
    if team.not_asked:
        names = told.questions(team.not_asked)
        yield words.say("team.not-asked", count=len(team.not_asked), names=names)
    if team.gone:
        yield words.say("report.answers.gone", names=team.gone)


def _track(told: TeamWords, score: TeamScore) -> Track:
    """Where a misconception can come to lie, what causes it, and where each department sees it."""
    words, pictures = told.words, told.team.pictures
    number = [each.id for each in told.team.misconceptions].index(score.id)
    first = next((each.question for each in told.team.disputed if each.question in score.disputed), None)
    if first is not None:
        cause = words.say("team.cause.disputed", question=words.question(first))
    elif score.unknown:
        cause = words.say("team.cause.unknown", question=words.question(score.unknown[0]))
    else:
        cause = ()
    return Track(
        name=words.topic(score.id),
        label=_standing(told, score),
        cause=cause,
        lowest=score.worst,
        highest=score.best,
        marks=tuple(
            Mark(told.letters[picture.department], place, stands_out=picture.department == STANDS_OUT)
            for picture in pictures
            for place in _places(picture.misconceptions[number])
        ),
    )


def _places(part: PartPicture) -> list[Fraction]:
    return sorted({each for each in (part.worst, part.best) if each is not None})


def _standing(told: TeamWords, score: TeamScore) -> Line:
    """The range in words, and on which side it lies."""
    words = told.words
    if score.worst is None or score.best is None:
        applies = score.status != "not-applicable"
        return words.say("report.standing.too-few-apply" if applies else "report.standing.not-applicable")
    parts = [told.range(score.worst, score.best), words.say(f"team.side.{score.side or 'none'}")]
    if score.may_not_apply:
        parts.append(words.say("team.may-not-apply"))
    return words.joined(*parts, by="between")


def _nobody_knows(told: TeamWords) -> Iterator[Block]:
    team, words = told.team, told.words
    if not team.nobody_knows:
        return
    yield Heading(2, words.say("team.heading.nobody-knows"))
    items = []
    for each in team.nobody_knows:
        lines = [words.say("report.find-out.ask", who=told.row(each.ask))] if each.ask else []
        if each.not_heard:
            lines.append(words.say("team.not-heard", who=told.row(each.not_heard)))
        if each.others:
            lines.append(words.say("team.might-know", who=told.row(each.others)))
        if each.removes:
            lines.append(words.say("team.removes", points=told.points(each.removes)))
        items.append(Entry(strong(words.question(each.question)), tuple(lines)))
    yield Entries(tuple(items))


def _pictures(told: TeamWords) -> Iterator[Block]:
    team, words = told.team, told.words
    if len(team.pictures) < 2 or not team.basis.common:  # noqa: PLR2004 - one has nothing beside it
        return
    yield Heading(2, words.say("team.heading.pictures"))
    yield Paragraph(words.say("team.pictures-intro", count=team.basis.common))
    columns = [words.say("team.column.misconception")]
    for each in team.pictures:
        of = words.say("team.people", count=each.respondents)
        columns.append(words.joined(told.department(each.department), of, by="between"))
    rows = []
    for number, score in enumerate(team.misconceptions):
        parts = [picture.misconceptions[number] for picture in team.pictures]
        cells = [
            told.range(part.worst, part.best)
            if part.worst is not None and part.best is not None
            else words.say("team.nothing-common")
            for part in parts
        ]
        rows.append((words.topic(score.id), *cells))
    yield Table(tuple(columns), tuple(rows), numeric=frozenset(range(1, len(columns))))


def _beliefs(told: TeamWords) -> Iterator[Block]:
    """How many leaned to which side, before they were asked what is done."""
    team, words = told.team, told.words
    if not team.beliefs:
        return
    yield Heading(2, words.say("team.heading.beliefs"))
    yield Paragraph(words.say("team.beliefs-intro"))
    yield Table(
        (words.say("team.column.misconception"), *(words.say(f"team.belief.{each}") for each in BELIEFS)),
        tuple(
            (
                words.misconception(each.id),
                *(
                    words.number(sum(each.answers.get(name, 0) for name in group))
                    for group in BELIEFS.values()
                ),
            )
            for each in team.beliefs
        ),
        numeric=frozenset({1, 2, 3, 4}),
    )


def _method(told: TeamWords) -> Iterator[Block]:
    words, asked = told.words, told.team.questionnaire
    yield Heading(2, words.say("team.heading.method"))
    for each in METHOD:
        yield Paragraph(words.say(f"team.method.{each}"))
    named = words.say(
        "report.method.version",
        questionnaire=value(asked.id),
        version=value(asked.version),
        hash=value(asked.sha256),
    )
    yield Paragraph(named, "small")
