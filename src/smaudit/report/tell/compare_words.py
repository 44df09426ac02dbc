"""The words of a comparison: its dates, answers of either date, changes that add up in print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from smaudit.core.compare_result import DatedAnswer, Interval, Move
from smaudit.core.questionnaire import Question
from smaudit.core.result import OVERALL, Side
from smaudit.core.sheet import Company, Sheet
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line, strong, value
from smaudit.report.numbers import balanced, rounded
from smaudit.report.results import Compared
from smaudit.report.words import Words

PLACES = 1
"""The decimals of a change."""


class Sums(NamedTuple):
    """A change in printed numbers: then + practice + counting = now, and each question's part of it.

    `questions` add up to practice and counting; of the overall, what misconceptions did that joined or
    left is among them, by their ids.
    """

    then: Fraction
    matched: Fraction
    composition: Fraction
    now: Fraction
    questions: Mapping[str, Fraction]


def sums_of(move: Move, interval: Interval) -> Sums | None:
    """The printed numbers of a change; None where there is no score on both dates."""
    if move.then.score is None or move.now.score is None:
        return None
    then, now = (rounded(each, PLACES) for each in (move.then.score, move.now.score))
    parts = [move.matched or Fraction(), move.composition or Fraction()]
    matched, composition = balanced(parts, now - then, PLACES)
    found: dict[str, Fraction] = {}
    for is_practice, total in ((True, matched), (False, composition)):
        own = _items(move, interval, is_practice=is_practice)
        found |= dict(zip(own, balanced(list(own.values()), total, PLACES), strict=True))
    return Sums(then, matched, composition, now, found)


def _items(move: Move, interval: Interval, *, is_practice: bool) -> dict[str, Fraction]:
    """The items of a change by question; of the overall also those of misconceptions, by their ids."""
    found: dict[str, Fraction] = {}
    for each in interval.answers:
        points = each.overall if move.id == OVERALL else each.points.get(move.id)
        if points is not None and (each.kind == "practice") == is_practice:
            found[each.question] = points
    if move.id == OVERALL and not is_practice:
        found |= {f"{each.id}/{each.has_joined}": each.points for each in interval.joined}
    return found


class CompareWords:
    """A comparison in the words of one language."""

    def __init__(self, compared: Compared, phrases: Phrases) -> None:
        """Take the words of the questionnaire for the company as it is now."""
        self.comparison = compared.comparison
        self.earlier = compared.earlier
        company = Company(name=self.comparison.company, profile=self.comparison.profile)
        self.words = Words(compared.questionnaire, Sheet(company=company), phrases)
        self.phrases = phrases

    @property
    def has_many(self) -> bool:
        """Whether there are more dates than then and now."""
        return len(self.comparison.sheets) > 2  # noqa: PLR2004 - then and now

    def date(self, number: int) -> Line:
        """The date of a sheet, by its number; words for it where none is given, or another has the same."""
        days = [each.date for each in self.comparison.sheets]
        day = days[number]
        if day is not None and days.count(day) == 1:
            return self.words.day(day)
        if self.has_many:
            return self.words.say("compare.date", number=number + 1)
        return self.words.say("compare.now") if number else self.words.say("compare.then")

    def side(self, name: str, number: int) -> Side | None:
        """On which side a misconception lies at the date of a sheet."""
        return self.comparison.sheets[number].sides[name]

    def topic(self, name: str) -> Line:
        """The neutral name of a misconception."""
        return self.words.topic(name)

    def topics(self, names: Iterable[str]) -> Line:
        """Misconceptions in a row."""
        return self.phrases.row(map(self.topic, names))

    def question(self, name: str) -> Line:
        """The short name of a question, also of one that is asked no more; its id where nothing is known."""
        found = self._asked(name)
        return self.words.content(found.name) if found else value(name)

    def questions(self, names: Iterable[str]) -> Line:
        """Questions in a row."""
        return self.phrases.row(map(self.question, names))

    def answer(self, question: str, answer: DatedAnswer) -> Line:
        """An answer of either date."""
        if answer.status == "rated":
            return self.option(question, answer.choice or "")
        if answer.status in {"not-asked", "gone"}:
            known = self.option(question, answer.choice) if answer.choice else ()
            return known or self.words.say(f"compare.status.{answer.status}")
        return self.words.say(f"report.status.{answer.status}")

    def option(self, question: str, choice: str) -> Line:
        """The text of an option, also of one that is no more; empty where nothing is known of it."""
        for found in self._all(question):
            if choice in found.levels:
                return self.words.content(found.options[found.levels[choice]].text)
        return ()

    def _asked(self, name: str) -> Question | None:
        return next(self._all(name), None)

    def _all(self, name: str) -> Iterator[Question]:
        for questionnaire in (self.words.questionnaire, *self.earlier):
            if name in questionnaire.question:
                yield questionnaire.question[name].worded(self.comparison.profile)

    def points(self, points: Fraction) -> Line:
        """A change as it is printed: one decimal, and a sign."""
        return self.words.difference(points)

    def noise(self, move: Move) -> Line:
        """The noise of a change, with its sign."""
        return noise_of(self.words, move)

    def score(self, score: Fraction | None) -> Line:
        """A score as it is printed."""
        return self.words.say("compare.no-score") if score is None else self.words.score(score)

    def verdict(self, move: Move, interval: Interval) -> Line:
        """What changed in practice, as it is printed among the sums, and whether it is real."""
        words, printed = self.words, sums_of(move, interval)
        is_bare = move.verdict in {"nothing-matched", "no-score", "unchanged"}
        if is_bare or move.matched is None or printed is None:
            return words.say(f"compare.verdict.{move.verdict}")
        parts = [words.say("compare.practice", points=self.points(printed.matched))]
        if move.verdict == "within-noise":
            parts.append(words.say("compare.within-noise", noise=self.noise(move)))
        elif move.verdict == "ranges-overlap":
            if move.open:
                hidden = words.number(move.hidden)
                parts.append(words.say("compare.hidden", count=len(move.open), points=hidden))
            else:
                parts.append(words.say("compare.taken-back"))
            way = "risen" if move.matched > 0 else "fallen"
            parts.append(words.say(f"compare.verdict.ranges-overlap-{way}"))
        else:
            parts.append(strong(words.say(f"compare.verdict.{move.verdict}")))
        return words.joined(*parts, by="between")

    def column(self, name: str) -> Line:
        """The head of a column."""
        return self.words.say(f"compare.column.{name}")


def noise_of(words: Words, move: Move) -> Line:
    """The noise of a change, with its sign."""
    return value("±" + words.phrases.number(move.noise or 0, PLACES))


def rounded_change(points: Fraction) -> Fraction:
    """A change of either sign rounded half away from 0, as it is printed."""
    return rounded(points, PLACES) if points >= 0 else -rounded(-points, PLACES)
