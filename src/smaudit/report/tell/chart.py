"""One picture for a slide: the scales of a report, or the steps of a plan, with the words around them."""

from __future__ import annotations

from collections.abc import Iterator

from smaudit.language.phrases import Phrases
from smaudit.language.text import Line
from smaudit.report.blocks import Chart, Scale, Staircase
from smaudit.report.results import Planned, Report
from smaudit.report.tell.overview import headline, ranked
from smaudit.report.tell.plan import goal, result
from smaudit.report.tell.plan_words import PlanWords
from smaudit.report.tell.staircase import staircase
from smaudit.report.words import Words


def of_report(report: Report, phrases: Phrases) -> Chart:
    """The misconceptions on one scale, worst first, under the finding."""
    subject = report.subject
    words = Words(subject.questionnaire, subject.sheet, phrases)
    scales = ranked(subject, words)
    return Chart(
        title=headline(subject, words),
        facts=_facts(words, words.say(f"report.depth.{subject.assessment.sheet.depth}")),
        drawn=scales,
        axis=_axis(words),
        key=words.say("page.key"),
        note=words.say("chart.note"),
        told=tuple(_told(words, each) for each in scales.items),
    )


def of_plan(planned: Planned, phrases: Phrases) -> Chart:
    """The steps of a plan under what they get; without a step the goal, and why there is none."""
    told = PlanWords(planned, Words(planned.subject.questionnaire, planned.subject.sheet, phrases))
    words, found = told.words, staircase(told)
    return Chart(
        title=found.label if found else goal(told),
        facts=_facts(words, told.by()) if found else _facts(words),
        drawn=found or result(told),
        axis=_axis(words),
        key=(),
        note=words.say("chart.note-plan") if found else words.say("chart.note"),
        told=tuple(_steps(words, found)) if found else (result(told),),
    )


def _facts(words: Words, *more: Line) -> Line:
    """Whose it is, and of which day."""
    day = words.day(words.sheet.date) if words.sheet.date else words.say("chart.undated")
    return words.joined(words.company("begins"), day, *more, by="fact")


def _axis(words: Words) -> tuple[Line, Line, Line]:
    return words.say("team.axis.low"), words.say("team.axis.middle"), words.say("team.axis.high")


def _told(words: Words, scale: Scale) -> Line:
    """One row in words: its score, its range, its side, and what is said."""
    said = () if scale.said is None else words.say("chart.said", score=words.score(scale.said))
    return words.phrases.labelled(scale.name, words.joined(scale.label, said, by="between"))


def _steps(words: Words, found: Staircase) -> Iterator[Line]:
    """Each step in words: its number, its name, and the score that it leads to."""
    for number, stair in enumerate(found.stairs, start=1):
        named = words.say("list.numbered", number=words.number(number), text=stair.name)
        yield words.phrases.labelled(named, stair.shown)
