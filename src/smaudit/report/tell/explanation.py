"""What a question or a misconception is about: `explain(questionnaire, name, phrases) -> Document`."""

from __future__ import annotations

from collections.abc import Iterator

from smaudit.core.questionnaire import Misconception, Question, Questionnaire
from smaudit.core.sheet import Sheet
from smaudit.errors import Usage
from smaudit.language.phrases import Phrases
from smaudit.language.text import strong, value
from smaudit.report.blocks import Block, Document, Entries, Entry, Heading, Paragraph
from smaudit.report.tell.studies import meaning
from smaudit.report.words import Words


def explain(questionnaire: Questionnaire, name: str | None, phrases: Phrases) -> Document:
    """What has this name, a misconception, a question or both; without one, the names of all.

    Raises SmauditError (exit 2) for another name.
    """
    words = Words(questionnaire, Sheet(), phrases)
    if name is None:
        return Document(words.content(questionnaire.title), tuple(_names(words)))
    blocks: tuple[Block, ...] = ()
    if name in questionnaire.misconception:
        blocks += tuple(_misconception(words, questionnaire.misconception[name]))
    if name in questionnaire.question:
        blocks += tuple(_question(words, questionnaire.question[name]))
    if not blocks:
        raise Usage("error.unknown-id", "hint.unknown-id", id=name)
    return Document(words.content(questionnaire.title), blocks)


def _names(words: Words) -> Iterator[Block]:
    yield Heading(1, words.content(words.questionnaire.title))
    if words.questionnaire.about:
        yield Paragraph(words.content(words.questionnaire.about))
    for misconception in words.questionnaire.misconceptions:
        yield Heading(
            2,
            words.say(
                "report.explain.named", title=words.content(misconception.title), id=value(misconception.id)
            ),
        )
        yield _questions(words, misconception)


def _questions(words: Words, misconception: Misconception) -> Entries:
    return Entries(
        tuple(
            Entry(words.phrases.labelled(strong(value(question.id)), words.content(question.name)))
            for question in words.questionnaire.questions
            if question.main == misconception.id
        )
    )


def _misconception(words: Words, misconception: Misconception) -> Iterator[Block]:
    yield Heading(1, words.content(misconception.title))
    yield from meaning(words, misconception)
    yield Paragraph(strong(words.say("report.explain.questions")))
    yield _questions(words, misconception)


def _question(words: Words, question: Question) -> Iterator[Block]:
    yield Heading(1, words.content(question.name))
    yield Paragraph(words.content(question.text))
    if question.why:
        yield Paragraph(words.joined(strong(words.say("report.explain.why")), words.content(question.why)))
    if question.ask:
        yield Paragraph(
            words.joined(strong(words.say("report.explain.ask")), words.departments(question.ask))
        )
    if question.evidence:
        yield Paragraph(
            words.joined(strong(words.say("report.explain.evidence")), words.content(question.evidence))
        )
    if question.metric:
        yield Paragraph(words.joined(strong(words.say("report.explain.metric")), words.metric(question)))
    yield Paragraph(strong(words.say("report.explain.options")))
    yield Entries(tuple(_option(words, question, level) for level in range(len(question.options))))
    yield Paragraph(strong(words.say("report.explain.weights")))
    yield Entries(
        tuple(
            Entry(words.phrases.labelled(words.misconception(name), words.number(weight)))
            for name, weight in question.weights.items()
            if weight
        )
    )


def _option(words: Words, question: Question, level: int) -> Entry:
    option, worth = question.options[level], words.number(100 * question.values[level])
    lines = [words.say("report.explain.worth", value=worth, id=value(option.id))]
    if option.alarm:
        lines.append(words.say("report.explain.alarm"))
    if option.step:
        effort = words.effort(option.step.effort, option.step.owner)
        lines.append(words.say("report.explain.step", step=words.content(option.step.text), effort=effort))
    return Entry(words.content(option.text), tuple(lines))
