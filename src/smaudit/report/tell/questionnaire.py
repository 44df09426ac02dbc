"""A questionnaire to read before answering: `compose(questionnaire, phrases) -> Document`."""

from __future__ import annotations

from collections.abc import Iterator

from smaudit.core.questionnaire import Condition, Misconception, Question, Questionnaire
from smaudit.core.sheet import Sheet
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line, strong
from smaudit.report.blocks import Block, Document, Entries, Entry, Heading, Paragraph
from smaudit.report.tell.studies import about
from smaudit.report.words import Words, credit


def compose(questionnaire: Questionnaire, phrases: Phrases) -> Document:
    """What is asked, by misconception, with the options and what each question is for."""
    words = Words(questionnaire, Sheet(), phrases)
    return Document(words.content(questionnaire.title), tuple(_blocks(words)))


def _blocks(words: Words) -> Iterator[Block]:
    asked = words.questionnaire
    yield Heading(1, words.content(asked.title))
    count = words.say("read.questions", count=len(asked.questions))
    version = words.say("read.version", version=asked.version)
    yield Paragraph(words.joined(count, version, credit(words), by="fact"), "small")
    if asked.about:
        for each in asked.about.splitlines():
            yield Paragraph(words.content(each))
    yield Paragraph(words.say("read.no-form"))
    yield from _company(words)
    number = 1
    for misconception in asked.misconceptions:
        questions = [each for each in asked.questions if each.main == misconception.id]
        yield from _misconception(words, misconception)
        for number, question in enumerate(questions, start=number):  # noqa: B020 - it goes on counting
            yield from _question(words, question, number)
        number += bool(questions)


def _company(words: Words) -> Iterator[Block]:
    """The facts that decide what is asked."""
    if not words.questionnaire.profile:
        return
    yield Heading(2, words.say("read.company"))
    yield Paragraph(words.say("read.company-why"))
    for number, fact in enumerate(words.questionnaire.profile, start=1):
        yield Paragraph(strong(words.say("read.fact", number=number, text=words.content(fact.text))))
        yield Entries(tuple(Entry(words.content(each.text)) for each in fact.options))


def _misconception(words: Words, misconception: Misconception) -> Iterator[Block]:
    title = words.content(misconception.title)
    yield Heading(
        2, words.phrases.labelled(words.topic(misconception.id), title) if misconception.topic else title
    )
    yield from about(words, misconception, ("says", "reality"))
    if misconception.belief:
        yield Paragraph(words.say("read.belief"))
        sides = (misconception.belief.holds, misconception.belief.rejects)
        yield Entries(tuple(Entry(words.content(each)) for each in sides))


def _question(words: Words, question: Question, number: int) -> Iterator[Block]:
    yield Heading(
        3, words.say("list.numbered", number=words.number(number), text=words.content(question.name))
    )
    if question.title:
        yield Paragraph(strong(words.content(question.text)))
    only: Line = ()
    if question.applies_if:
        only = words.say("form.paper.only-if", condition=_condition(words, question.applies_if))
    depth = words.say("read.full-only") if question.depth == "full" else ()
    if only or depth:
        yield Paragraph(words.joined(only, depth), "small")
    yield Entries(tuple(Entry(words.content(each.text)) for each in question.options), numbered=True)
    for wording in question.wording:
        where = words.say("form.paper.instead", condition=_condition(words, wording.if_))
        instead = words.content(wording.text) if wording.text else ()
        yield Paragraph(words.joined(where, instead), "small")
        texts = tuple(_instead(words, question, *each) for each in wording.options.items())
        if texts:
            yield Entries(texts)
    yield from _meant(words, question)


def _instead(words: Words, question: Question, option: str, text: str) -> Entry:
    """Another text of an option, by the number of the option."""
    number = words.number(question.levels[option] + 1)
    return Entry(words.say("list.numbered", number=number, text=words.content(text)))


def _meant(words: Words, question: Question) -> Iterator[Block]:
    """What a question is for, who would know, and what shows the answer."""
    told = (
        (words.say("report.explain.why"), words.content(question.why) if question.why else ()),
        (words.say("report.explain.ask"), words.departments(question.ask)),
        (words.say("report.explain.evidence"), words.content(question.evidence) if question.evidence else ()),
    )
    for label, text in told:
        if text:
            yield Paragraph(words.joined(strong(label), text))


def _condition(words: Words, condition: Condition) -> Line:
    """A condition in words, by the numbers of the facts."""
    order = [each.id for each in words.questionnaire.profile]
    parts = []
    for name, allowed in condition.items():
        texts = {each.id: each.text for each in words.questionnaire.fact[name].options}
        options = words.phrases.row([words.content(texts[each]) for each in allowed], "or")
        number = words.say("form.paper.fact", number=order.index(name) + 1)
        parts.append(words.say("form.paper.is", number=number, options=options))
    return words.phrases.row(parts)
