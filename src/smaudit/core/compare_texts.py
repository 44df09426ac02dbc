"""Whether a question asked the same on two dates, by the versions that the sheets were made for.

Of a version the whole text may be known (the questionnaire in use, or an earlier file of it), or only a
digest of each question (`history.py`), or nothing. Texts are compared as far as they matter: what is asked,
and the two options that were chosen. Of digests only the whole can be compared; another digest counts as
other words.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from smaudit.core.history import digest
from smaudit.core.questionnaire import Facts, Question, Questionnaire
from smaudit.core.sheet import Sheet

Sameness = Literal["same", "wording", "reworded", "unknown"]
History = Mapping[str, Mapping[str, str]]
"""Digests by question, by version."""
Known = Question | str
"""What is known of a question in a version: all of it, or a digest."""


class Asked(NamedTuple):
    """What was asked under one version: by question all that is known; None where nothing is."""

    version: str | None
    known: Mapping[str, Known] | None

    def lacks(self, question: str) -> bool:
        """Whether this version is known to have no such question."""
        return self.known is not None and question not in self.known


class Library:
    """What is known of all versions of a questionnaire."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        earlier: Iterable[Questionnaire] = (),
        history: History | None = None,
    ) -> None:
        """Take the texts of the one in use before those of earlier files, and these before digests."""
        self._known: dict[str, Mapping[str, Known]] = dict(history or {})
        for each in (*earlier, questionnaire):
            if each.id == questionnaire.id:
                self._known[each.version] = each.question

    def asked(self, sheet: Sheet) -> Asked:
        """What a sheet was asked."""
        made = sheet.questionnaire
        version = made.version if made else None
        return Asked(version, self._known.get(version) if version is not None else None)


class Answer(NamedTuple):
    """An answer at one date: what was asked, the option that was chosen, and the facts about the company."""

    asked: Asked
    choice: str
    facts: Facts


def sameness(question: Question, then: Answer, now: Answer) -> Sameness:
    """Whether the question, as it is in use now, asked the same on both dates, as far as is known."""
    one, other = ((each.asked.known or {}).get(question.id) for each in (then, now))
    if then.asked.version is not None and then.asked.version == now.asked.version:
        asked = one if isinstance(one, Question) else question
        return _in_words(asked, asked, then, now)
    if then.asked.known is None or now.asked.known is None:
        words = _in_words(question, question, then, now)
        return "unknown" if words == "same" else words
    if isinstance(one, Question) and isinstance(other, Question):
        return _in_words(one, other, then, now)
    if one is None or other is None or _digest(one) != _digest(other):
        return "reworded"
    return _in_words(question, question, then, now)


def _in_words(one: Question, other: Question, then: Answer, now: Answer) -> Sameness:
    """Whether two forms of a question are the same in what is asked and in both options."""
    choices = {then.choice, now.choice}
    if _content(one, choices) != _content(other, choices):
        return "reworded"
    worded = _content(one.worded(then.facts), choices), _content(other.worded(now.facts), choices)
    return "same" if worded[0] == worded[1] else "wording"


def _content(question: Question, choices: Iterable[str]) -> tuple[object, ...]:
    return question.text, frozenset(_options(question, choices))


def _options(question: Question, choices: Iterable[str]) -> Iterator[tuple[object, ...]]:
    for name in choices:
        level = question.levels.get(name)
        if level is None:
            yield (name,)
        else:
            yield name, question.options[level].text, question.values[level]


def _digest(known: Known) -> str:
    return known if isinstance(known, str) else digest(known)
