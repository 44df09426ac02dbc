"""Answers that were given to an earlier version of the questionnaire: taken over only if that is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from smaudit.core.earlier import leads, suggested_facts, suggestions
from smaudit.core.questionnaire import Questionnaire
from smaudit.core.sheet import Answer, Sheet
from smaudit.interview.prompter import Choose, Option, Paragraph
from smaudit.interview.prompts import PromptWords

What = Literal["take", "look", "anew"]
"""All are taken over, each is looked at, or all is asked anew."""


class Earlier(NamedTuple):
    """What an earlier version's answers suggest: an option for each question and each fact."""

    answers: Mapping[str, str]
    facts: Mapping[str, str]

    def __len__(self) -> int:
        """How many suggestions there are."""
        return len(self.answers) + len(self.facts)


def earlier(questionnaire: Questionnaire, sheet: Sheet) -> Earlier:
    """What the sheet suggests, as it was read from its file."""
    return Earlier(suggestions(questionnaire, sheet), suggested_facts(questionnaire, sheet))


NOTHING = Earlier({}, {})


def offered(words: PromptWords, found: Earlier) -> Choose:
    """The prompt that asks what is to become of them."""
    options = tuple(Option(each, words.text(f"interview.earlier.{each}")) for each in get_args(What))
    head = (
        Paragraph(words.text("interview.earlier.question", count=len(found)), "strong"),
        Paragraph(words.text("interview.earlier.why")),
    )
    return Choose(head, options, keys=())


def taken_over(questionnaire: Questionnaire, sheet: Sheet, found: Earlier) -> Sheet:
    """The sheet with all suggestions as its answers, with the notes and the evidence that they had."""
    for fact, option in found.facts.items():
        sheet = sheet.with_fact(fact, option)
    for name, choice in found.answers.items():
        question = questionnaire.question[name]
        level = question.levels[choice]
        given = [
            sheet.answers[lead.asked]
            for lead in leads(question)
            if lead.level == level and sheet.choice(lead.asked) == lead.chosen
        ]
        note = next((each.note for each in given if each.note), None)
        evidence = next((each.evidence for each in given if each.evidence), None)
        sheet = sheet.with_answer(name, Answer(choice=choice, note=note, evidence=evidence))
    return sheet


def told(words: PromptWords, ask: Choose, option: str | None) -> Choose:
    """The prompt with the answer of the earlier version above its options; as it was, where there is none."""
    text = next((each.text for each in ask.options if each.value == option), None)
    if text is None or ask.chosen is not None:
        return ask
    said = Paragraph(words.text("interview.earlier.answer", text=text))
    return Choose((*ask.head, said), ask.options, None, ask.keys, ask.progress, ask.help)
