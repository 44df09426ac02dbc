"""The words of a team: its departments and their letters, ranges, who said what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.sheet import Company, Sheet
from smaudit.core.team_result import Team, Voice
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line, plain, strong, value
from smaudit.report.words import Words

STANDS_OUT = "marketing"
"""The department that is seen at once among the others: one of the five is about what it sees alone."""
_ARTICLE = re.compile("^ال(?=..)")
"""Nearly every name of a department begins with it in Arabic, and would have the same letter."""


class TeamWords:
    """A team in the words of one language."""

    def __init__(self, team: Team, questionnaire: Questionnaire, phrases: Phrases) -> None:
        """Take the words of the questionnaire for what the company agrees to be."""
        self.team = team
        company = Company(name=team.company, profile=team.profile)
        self.words = Words(questionnaire, Sheet(company=company), phrases)
        self.phrases = phrases
        names = dict.fromkeys(each.department for each in team.respondents if not each.agreement)
        self.departments: dict[str | None, Line] = {name: self._department(name) for name in names}
        self.letters = dict(zip(names, lettered(map(plain, self.departments.values())), strict=True))
        self._sizes = Counter(each.department for each in team.respondents)

    def _department(self, name: str | None) -> Line:
        if name is None:
            is_anonymous = self.team.respondents[0].sha256 is None
            return self.words.say("team.another-department" if is_anonymous else "team.no-department")
        known = self.words.questionnaire.department.get(name)
        return self.words.content(known.name) if known else value(name)

    def department(self, name: str | None) -> Line:
        """The name of a department."""
        return self.departments.get(name) or self._department(name)

    def row(self, names: Iterable[str | None]) -> Line:
        """The names of departments in a row."""
        return self.phrases.row(map(self.department, names))

    def who(self, voice: Voice) -> Line:
        """Who said something: the department, and the person where it has several."""
        department = self.department(voice.department)
        if not voice.name or self._sizes[voice.department] < 2:  # noqa: PLR2004 - several
            return department
        return self.words.say("team.person", department=department, name=voice.name)

    def said(self, question: str, voice: Voice) -> Line:
        """What somebody said of a question, behind who it was, with the note and whether it counts."""
        answer = self.words.option(question, voice.choice)
        if voice.choice in self.words.questionnaire.question[question].levels:
            answer = self.words.quoted(answer)
        note = self.words.say("report.answers.note", text=voice.note) if voice.note else ()
        aside = self.words.say("team.does-not-count") if voice.counts is False else ()
        told = self.words.joined(self.words.joined(answer, note), aside, by="fact")
        return self.phrases.labelled(strong(self.who(voice)), told)

    def fact(self, name: str) -> Line:
        """What is asked of the company."""
        return self.words.content(self.words.questionnaire.fact[name].text)

    def fact_option(self, fact: str, name: str) -> Line:
        """An answer to that, in quotation marks."""
        options = {each.id: each.text for each in self.words.questionnaire.fact[fact].options}
        return self.words.quoted(self.words.content(options[name]))

    def range(self, worst: Fraction, best: Fraction) -> Line:
        """From where to where."""
        if worst == best:
            return self.words.say("team.exactly", score=self.words.score(worst))
        return self.words.say("team.range", worst=self.words.score(worst), best=self.words.score(best))

    def points(self, points: Fraction) -> Line:
        """Points with one decimal."""
        return value(self.phrases.number(points, 1))

    def questions(self, names: Iterable[str]) -> Line:
        """The short names of questions in a row."""
        return self.phrases.row(map(self.words.question, names))


def lettered(names: Iterable[str]) -> list[str]:
    """A mark of one letter, or two, for each name, no two alike; as near to its beginning as can be."""
    found: list[str] = []
    for number, name in enumerate(names, start=1):
        words = [_ARTICLE.sub("", word) for word in re.findall(r"[^\W\d_]+", name)]
        letters = "".join(words)
        first = letters[:1].upper()
        candidates = [word[:1].upper() for word in words] + [first + each for each in letters[1:].lower()]
        free = [each for each in candidates if each and each not in found]
        found.append(free[0] if free else str(number))
    return found
