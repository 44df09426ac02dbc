"""All texts by which answers in a table are understood: what the interview and its forms say, and ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from smaudit.core.questionnaire import DONT_KNOW, NOT_APPLICABLE, Question, Questionnaire
from smaudit.core.sheet import Sheet
from smaudit.core.table_columns import MOMENTS
from smaudit.core.table_words import ABOUT_A_QUESTION, NOTHING, SINGLE, Kind, Target, Vocabulary
from smaudit.interview import prompts as views
from smaudit.interview.prompter import Choose, Write
from smaudit.interview.prompts import NONE, PromptWords
from smaudit.language.phrases import Phrases

Spoken = Sequence[tuple[Phrases, Questionnaire]]
"""The questionnaire in each of its languages, with the phrases of that language."""
SAID = {DONT_KNOW: ("dont-know-1", "dont-know-2"), NOT_APPLICABLE: ("not-applicable-1", "not-applicable-2")}
"""Phrases that say of a question that it is not known, or does not apply, beside those of the form."""
HEADINGS: dict[Kind, tuple[str, ...]] = {
    "company": ("company", "company-name"),
    "company-id": ("company-id",),
    "department": ("department",),
    "name": ("respondent",),
}
"""Phrases that stand above a column of one's own."""
_ADDED: dict[Kind, str] = {
    "reason": "interview.reason.question",
    "evidence": "interview.evidence.question",
}
"""What is asked of some answers."""
_CODES = {"submitted": ("submitdate", "_submission_time"), "completed": ("endtime",)}
"""What the programs that collect answers call the moment at which one was sent."""


def vocabulary(spoken: Spoken) -> Vocabulary:
    """The texts of every language, every wording, and the ids."""
    words = Vocabulary()
    for phrases, questionnaire in spoken:
        _Language(words, PromptWords(questionnaire, phrases)).add()
    _add_ids(words, spoken[0][1])
    return words


class _Language:
    """Adds what is said in one language."""

    def __init__(self, words: Vocabulary, said: PromptWords) -> None:
        self._words, self._said, self._asked = words, said, said.questionnaire

    def add(self) -> None:
        """Add all of it."""
        for question in self._asked.questions:
            self._add_question(question)
        for fact in self._asked.profile:
            target = Target("fact", fact.id)
            self._words.add_headings(target, [fact.text])
            self._add_prompt(target, views.fact(self._said, Sheet(), fact.id))
        for each in views.believable(self._asked):
            self._add_prompt(Target("belief", each.id), views.belief(self._said, Sheet(), each.id))
        self._add_prompt(Target("company"), views.company(self._said, Sheet()))
        self._add_prompt(Target("department"), views.department(self._said, Sheet()))
        self._add_prompt(Target("remark"), views.remark(self._said, Sheet()))
        self._add_prompt(Target("guess"), views.guess(self._said, Sheet()))
        self._add_prompt(Target("most"), views.most(self._said, Sheet()))
        for kind, names in HEADINGS.items():
            self._words.add_headings(Target(kind), self._headings(names))
        for moment in MOMENTS:
            self._words.add_headings(Target("date", moment), self._headings([moment]))

    def _headings(self, names: Iterable[str]) -> list[str]:
        return [self._said.text(f"import.heading.{each}") for each in names]

    def _add_prompt(self, target: Target, prompt: Choose | Write) -> None:
        """What is asked, alone and with all that stands below it, and what can be chosen."""
        first, *_ = prompt.head
        whole = "\n".join(f"{each.mark}{each.text}" for each in prompt.head)
        # The two ends of a belief tell it from the others, all of which ask the same.
        self._words.add_headings(target, [whole] if target.kind == "belief" else [whole, first.text])
        for option in prompt.options if isinstance(prompt, Choose) else ():
            value = NOTHING if option.value == NONE else option.value
            self._words.add_choices(target, value, [option.text, option.value])

    def _add_question(self, question: Question) -> None:
        target = Target("question", question.id)
        own = (question.text, question.title, *(each.text for each in question.wording))
        self._words.add_headings(target, own)
        self._add_prompt(target, views.question(self._said, Sheet(), question.id))
        for option in question.options:
            texts = [option.text, *(each.options.get(option.id) for each in question.wording)]
            self._words.add_choices(target, option.id, [*texts, option.id])
            self._words.add_own(target, option.id, option.text)
        for reserved, names in SAID.items():
            said = [*(self._said.text(f"import.choice.{each}") for each in names), reserved]
            self._words.add_choices(target, reserved, said)
        for reason in question.not_applicable:
            self._words.add_reason(target, NOT_APPLICABLE, reason.text)
        # Said of every question alike, so that without more nobody can tell which one is meant.
        for kind, key in _ADDED.items():
            self._words.add_headings(Target(kind, question.id), [self._said.text(key)])


def _add_ids(words: Vocabulary, questionnaire: Questionnaire) -> None:
    """The ids, as a form for other programs names its columns."""
    for question in questionnaire.questions:
        names = [question.id, *(f"{question.id}-{number}" for number in range(len(question.wording) + 1))]
        words.add_headings(Target("question", question.id), names if question.wording else names[:1])
        for kind in ABOUT_A_QUESTION:
            words.add_headings(Target(kind, question.id), [f"{question.id}-{kind}"])
    for fact in questionnaire.profile:
        words.add_headings(Target("fact", fact.id), [fact.id])
    for each in views.believable(questionnaire):
        words.add_headings(Target("belief", each.id), [f"belief-{each.id}"])
    for kind in SINGLE:
        words.add_headings(Target(kind), [kind])
    for moment, codes in _CODES.items():
        words.add_headings(Target("date", moment), codes)
