"""Words that several parts of a report use: names of questions and people, answers, ranges, sides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from smaudit.core.insight import whole
from smaudit.core.questionnaire import Question, Questionnaire
from smaudit.core.result import UNKNOWN, Assessment, MisconceptionScore, PlannedStep
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
        """What a step gains, in whole points; below one it is said to be less."""
        if gain < 1:
            return self.say("report.gain-less")
        points = whole(gain)
        return self.say("report.gain", count=points, gain=value("+" + self.phrases.number(points)))

    def difference(self, points: Fraction) -> Line:
        """Points gained or lost: one decimal, and a sign."""
        sign = "+" if points > 0 else ""
        return value(sign + self.phrases.number(rounded(points, 1) if points > 0 else points, 1))

    def share(self, share: Fraction) -> Line:
        """A share 0..1 in per cent."""
        return self.say("number.percent", number=self.number(percent(share)))

    def day(self, written: str) -> Line:
        """A date written YYYY-MM-DD as the language writes it."""
        day = date.fromisoformat(written)
        month = self.say(f"month.{day.month}")
        return self.say("number.date", day=self.number(day.day), month=month, year=self.number(day.year))

    def dated(self) -> Line:
        """The day of the sheet; empty where it has none."""
        return self.day(self.sheet.date) if self.sheet.date else ()

    def standing(self, score: MisconceptionScore) -> Line:
        """Where a misconception stands, in words: its number, its range, its side."""
        if score.status == "too-few-apply":
            return self.say("report.standing.too-few-apply")
        if score.worst is None or score.best is None:
            return self.say("report.standing.not-applicable")
        worst, best = self.score(score.worst), self.score(score.best)
        if score.score is None:
            return self.say("report.standing.not-enough", worst=worst, best=best)
        number, side = self.score(score.score), self.say(f"report.side.{score.side}")
        if score.worst == score.best:
            return self.say("report.standing.exact", score=number, side=side)
        return self.say("report.standing.between", score=number, worst=worst, best=best, side=side)

    def amount(self, effort: int) -> Line:
        """How much effort, in the unit of the questionnaire."""
        return self.say(f"report.effort.{self.questionnaire.effort.unit}", count=effort)

    def effort(self, effort: int, owner: str | None) -> Line:
        """Who and how much."""
        who = self.departments([owner]) if owner else ()
        return self.joined(who, self.amount(effort), by="fact")

    def when(self, step: PlannedStep) -> Line:
        """By when a step is to be done: a day, else its wave; empty where efforts say nothing of time."""
        if step.by:
            return self.say("report.by", day=self.day(step.by))
        return self.say(f"report.when.{step.wave}") if step.wave else ()

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
    """Whether no misconception has enough questions that apply."""
    return all(each.worst is None for each in assessment.misconceptions)


def occasion(assessment: Assessment, words: Words) -> Line:
    """When it was answered, how thoroughly, by whom, and on how many answers it rests."""
    basis = assessment.basis
    parts = [words.dated() or words.say("chart.undated")]
    parts += [words.say(f"report.depth.{assessment.sheet.depth}"), _who(words)]
    parts.append(
        words.say("report.basis.answers", count=basis.answered, proven=words.number(basis.with_evidence))
    )
    missing = assessment.overall.missing
    counts = {
        "dont-know": basis.dont_know,
        "unanswered": basis.unanswered - missing.gone,
        "gone": missing.gone,
        "not-applicable": basis.not_applicable,
    }
    parts += [words.say(f"report.basis.{name}", count=count) for name, count in counts.items() if count]
    return words.joined(*parts, by="fact")


def _who(words: Words) -> Line:
    """Who answered, of their own company; empty where nobody is named."""
    respondent = words.sheet.respondent
    known = respondent.department in words.questionnaire.department
    department = words.departments([respondent.department or ""]) if known else ()
    name = value(visible(respondent.name).strip()) if respondent.name else ()
    if name and department:
        return words.say("report.basis.person", name=name, department=department)
    return words.say("report.basis.who", who=name or department) if name or department else ()


def credit(words: Words) -> Line:
    """After which publication the questions are, and what the result is not compared with."""
    source = words.questionnaire.source
    title = words.content(source.title) if source else ()
    after: Line = ()
    if source and source.author:
        after = words.say("report.basis.after-author", author=words.content(source.author), title=title)
    elif source:
        after = words.say("report.basis.after", title=title)
    return words.joined(after, words.say("report.basis.not-compared"), by="fact")
