"""Words that several parts of a report use: names of questions and people, answers, ranges, bands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from smaudit.core.questionnaire import Question, Questionnaire
from smaudit.core.result import UNKNOWN, Assessment, MisconceptionScore
from smaudit.core.sheet import Sheet
from smaudit.language.phrases import Joint, Phrases
from smaudit.language.text import Filling, Line, Piece, value, visible
from smaudit.report.numbers import percent, rounded, score_text


@dataclass(frozen=True)
class Words:
    """One questionnaire and one sheet in the words of one language."""

    questionnaire: Questionnaire
    sheet: Sheet
    phrases: Phrases

    def say(self, key: str, /, **values: Filling) -> Line:
        """A phrase."""
        return self.phrases.line(key, **values)

    def joined(self, *lines: Line, by: Joint = "sentence") -> Line:
        """The lines that are not empty, one after the other."""
        return self.phrases.joined(*lines, by=by)

    def content(self, text: str) -> Line:
        """Text of the questionnaire, isolated where it is in another language than the report."""
        return (Piece(text, value=self.questionnaire.language != self.phrases.language),)

    def quoted(self, content: Line) -> Line:
        """The line in quotation marks."""
        return self.say("list.quoted", text=content)

    def company(self, where: Literal["begins", "within"] = "within") -> Line:
        """The company's name, or words for a company without one, where a line begins or within it."""
        name = visible(self.sheet.company.name or "").strip()
        return value(name) if name else self.say(f"report.this-company.{where}")

    def misconception(self, name: str) -> Line:
        """The title of a misconception."""
        return self.content(self.questionnaire.misconception[name].title)

    def topic(self, name: str) -> Line:
        """The neutral name of a misconception, short; its title where it has none."""
        misconception = self.questionnaire.misconception[name]
        return self.content(misconception.topic or misconception.title)

    def question(self, name: str) -> Line:
        """The short name of a question."""
        return self.content(self.questionnaire.question[name].name)

    def worded(self, name: str) -> Question:
        """The question in the words for this company."""
        return self.questionnaire.question[name].worded(self.sheet.company.profile)

    def option(self, question: str, choice: str) -> Line:
        """The text of an option, or the words for don't know and not applicable."""
        worded = self.worded(question)
        if choice in worded.levels:
            return self.content(worded.options[worded.levels[choice]].text)
        return self.say(f"report.status.{choice}")

    def step(self, question: str, choice: str) -> Line:
        """What takes the question one level up from this option, in the questionnaire's words."""
        asked = self.questionnaire.question[question]
        step = asked.options[asked.levels[choice]].step
        return self.content(step.text) if step else ()

    def departments(self, names: Iterable[str]) -> Line:
        """The names of departments in a row; empty where none is named, or one person does it all."""
        if self.questionnaire.alone(self.sheet.company.profile):
            return ()
        return self.phrases.row(self.content(self.questionnaire.department[name].name) for name in names)

    def number(self, number: Fraction | int, places: int = 0) -> Line:
        """A number in the digits of the language."""
        return value(self.phrases.number(number, places))

    def score(self, score: Fraction) -> Line:
        """A score 0..100 as it is printed."""
        return value(score_text(self.phrases, score))

    def gain(self, gain: Fraction) -> Line:
        """Points won: one decimal, and a plus sign."""
        return value("+" + self.phrases.number(rounded(gain, 1), 1))

    def difference(self, points: Fraction) -> Line:
        """Points gained or lost: one decimal, and a sign."""
        return self.gain(points) if points > 0 else value(self.phrases.number(points, 1))

    def share(self, share: Fraction) -> Line:
        """A share 0..1 in per cent."""
        return self.say("number.percent", number=self.number(percent(share)))

    def day(self, written: str) -> Line:
        """A date written YYYY-MM-DD as the language writes it."""
        day = date.fromisoformat(written)
        month = self.say(f"month.{day.month}")
        return self.say("number.date", day=self.number(day.day), month=month, year=self.number(day.year))

    def band(self, score: MisconceptionScore) -> Line:
        """The band in words, with what it could be where it is not firm; empty where there is none."""
        if score.band is None:
            return ()
        band = self.say(f"band.{score.band}")
        if score.firm:
            return band
        others = self.phrases.row(
            (self.say(f"band.{each}") for each in score.could_be if each != score.band), "or"
        )
        return self.say("report.band-could-be", band=band, others=others)

    def standing(self, score: MisconceptionScore) -> Line:
        """Where a misconception stands, in words: its number, its range, its band."""
        if score.status == "not-applicable" or score.worst is None or score.best is None:
            return self.say("report.standing.not-applicable")
        worst, best = self.score(score.worst), self.score(score.best)
        if score.score is None and not missing(score):
            return self.say("report.standing.too-few-apply")
        if score.score is None:
            return self.say("report.standing.not-enough", worst=worst, best=best)
        number = self.score(score.score)
        band = self.band(score) or self.say("report.standing.no-band")
        if score.worst == score.best:
            return self.say("report.standing.exact", score=number, band=band)
        return self.say("report.standing.between", score=number, worst=worst, best=best, band=band)

    def effort(self, effort: int, owner: str | None) -> Line:
        """Who and how much."""
        number = self.number(effort)
        who = self.departments([owner]) if owner else ()
        if not who:
            return self.say("report.effort", effort=number)
        return self.say("report.owner-and-effort", owner=who, effort=number)

    def metric(self, question: Question) -> Line:
        """The number to follow and what to aim at; empty where there is none."""
        if question.metric is None:
            return ()
        metric = self.content(question.metric.text)
        if question.metric.target is None:
            return metric
        return self.say("report.metric", metric=metric, target=self.content(question.metric.target))


def missing(score: MisconceptionScore) -> list[str]:
    """The questions of a misconception that nobody could answer."""
    return [each.id for each in score.questions if each.status in UNKNOWN]


def nothing_applies(assessment: Assessment) -> bool:
    """Whether every question was ruled out or marked as not applicable."""
    return all(each.status == "not-applicable" for each in assessment.misconceptions)


def occasion(assessment: Assessment, words: Words) -> Line:
    """When it was answered, how thoroughly, and by whom."""
    sheet, depth = words.sheet, assessment.sheet.depth
    asked = words.questionnaire.at(depth)
    count = sum(question.applies_to(sheet.company.profile) for question in asked)
    parts = [words.say(f"report.depth.{depth}", count=count)]
    if sheet.date:
        parts.insert(0, words.day(sheet.date))
    if sheet.respondent.department in words.questionnaire.department:
        who = words.departments([sheet.respondent.department or ""])
        parts += [words.say("report.answered-by", department=who)] if who else []
    return words.joined(*parts, by="fact")
