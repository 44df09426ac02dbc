"""What a form shows: the prompts of the interview, all of them at once, with what decides which are asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from smaudit.core.form import rules
from smaudit.core.questionnaire import RESERVED, Condition, Department, Question, Questionnaire
from smaudit.core.route import Stop, house_facts, sections
from smaudit.core.sheet import Sheet, written
from smaudit.interview import prompts as views
from smaudit.interview.prompter import Choose, Option, Paragraph, Write
from smaudit.interview.prompts import PromptWords
from smaudit.interview.typed import LONGEST
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line, line


@dataclass(frozen=True)
class Wording:
    """Other words for a question: where they are used, what is asked, and the options that change, by id."""

    where: str
    text: str | None
    options: Mapping[str, str]


@dataclass(frozen=True)
class Entry:
    """One thing that the form asks: the prompt of the interview, and what stands around it.

    number    as it stands on paper; empty where nothing refers to it
    name      its short name in the list of answers
    only_if   in which companies it is asked, in words; empty where in all
    why       why it is asked
    evidence  what counts as evidence
    reasons   ready reasons why it does not apply
    """

    stop: Stop
    ask: Choose | Write
    number: str = ""
    name: str = ""
    only_if: str = ""
    wordings: tuple[Wording, ...] = ()
    why: str = ""
    evidence: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name of its stop in the script."""
        return f"{self.stop.kind}:{self.stop.id}" if self.stop.id else self.stop.kind

    @property
    def options(self) -> tuple[Option, ...]:
        """What can be chosen, without what can be said of every question."""
        options = self.ask.options if isinstance(self.ask, Choose) else ()
        return options[: -len(RESERVED)] if self.stop.kind == "question" else options

    def place(self, option: str) -> int:
        """Which of the options one is on paper, from 1 on."""
        return [each.value for each in self.options].index(option) + 1


@dataclass(frozen=True)
class Part:
    """Entries under a heading."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Form:
    """A questionnaire to be answered without a terminal, in the words of one language.

    opening  what this is and how long it takes
    parts    all that can be asked, in the order in which it is read on paper
    data     what a script needs to ask as `core/route.py` does: rules, the sheet to begin with, and words
    """

    title: str
    company: str | None
    department: str | None
    opening: tuple[Paragraph, ...]
    parts: tuple[Part, ...]
    data: Mapping[str, Any]


def form_of(questionnaire: Questionnaire, start: Sheet, phrases: Phrases) -> Form:
    """The form of a questionnaire that holds what is asked; nothing that `start` answers is asked again."""
    words = PromptWords(questionnaire, phrases)
    known = _department(words, start)
    about = questionnaire.about
    opening = [*([Paragraph(about)] if about else []), Paragraph(views.duration(words, start))]
    parts = tuple(part for part in _parts(words, start) if part.entries)
    return Form(
        questionnaire.title,
        start.company.name,
        known.name if known else None,
        (*opening, Paragraph(words.text("interview.choose-what-happened"))),
        parts,
        _data(words, start, parts),
    )


def _department(words: PromptWords, start: Sheet) -> Department | None:
    return words.questionnaire.department.get(start.respondent.department or "")


def _parts(words: PromptWords, start: Sheet) -> Iterator[Part]:
    asked = words.questionnaire
    about = [] if start.company.name else [Entry(Stop("company"), views.company(words, start))]
    first = house_facts(asked)
    about += (_fact(words, start, name) for name in first)
    if asked.departments and not start.respondent.department:
        about.append(Entry(Stop("department"), views.department(words, start)))
    facts = {name for question in asked.questions for name in asked.facts_for(question)}.difference(first)
    about += (_fact(words, start, fact.id) for fact in asked.profile if fact.id in facts)
    yield Part(words.text("interview.review.company"), tuple(about))
    beliefs = (
        Entry(Stop("belief", each.id), views.belief(words, start, each.id), name=each.topic or "")
        for each in views.believable(asked)
    )
    yield Part(words.text("interview.review.beliefs"), tuple(beliefs))
    for section in sections(asked, start):
        heading = views.section_heading(words, start, section.misconception)
        yield Part(heading, tuple(_question(words, start, each) for each in section.questions))
    yield Part(
        words.text("form.last"),
        (
            Entry(Stop("remark"), views.remark(words, start)),
            Entry(Stop("guess"), views.guess(words, start)),
            Entry(Stop("most"), views.most(words, start)),
        ),
    )


def _fact(words: PromptWords, start: Sheet, name: str) -> Entry:
    return Entry(Stop("fact", name), views.fact(words, start, name), _fact_number(words, name))


def _question(words: PromptWords, start: Sheet, question: Question) -> Entry:
    """A question with what helps to answer it; whom to ask and what to count is for the report."""
    condition = _condition(words, question.applies_if)
    return Entry(
        Stop("question", question.id),
        views.question(words, start, question.id),
        number=views.question_number(words, start, question.id),
        name=question.title or "",
        only_if=words.text("form.paper.only-if", condition=condition) if condition else "",
        wordings=tuple(
            Wording(
                words.text("form.paper.instead", condition=_condition(words, each.if_)),
                each.text,
                each.options,
            )
            for each in question.wording
        ),
        why=question.why or "",
        evidence=question.evidence or "",
        reasons=tuple(each.text for each in question.not_applicable),
    )


def _condition(words: PromptWords, condition: Condition) -> Line:
    """A condition in words, by the numbers that the facts have on paper."""
    parts = []
    for name, allowed in condition.items():
        texts = {option.id: option.text for option in words.questionnaire.fact[name].options}
        options = words.phrases.row([line(texts[each]) for each in allowed], "or")
        parts.append(words.phrases.line("form.paper.is", number=_fact_number(words, name), options=options))
    return words.phrases.row(parts)


def _fact_number(words: PromptWords, fact: str) -> str:
    number = [each.id for each in words.questionnaire.profile].index(fact) + 1
    return words.text("form.paper.fact", number=number)


def _data(words: PromptWords, start: Sheet, parts: tuple[Part, ...]) -> dict[str, Any]:
    asked, phrases = words.questionnaire, words.phrases
    known = _department(words, start)
    identity = f"{asked.id} {asked.version} {start.depth} {start.company.name} {start.respondent.department}"
    return {
        "key": sha256(identity.encode()).hexdigest()[:16],
        "language": phrases.language,
        "digits": phrases.digits,
        "start": written(start),
        "longest": LONGEST,
        "rules": rules(asked),
        "choices": {
            each.key: [option.value for option in each.options]
            for part in parts
            for each in part.entries
            if each.options and each.stop.kind != "question"
        },
        "department": known.name if known else "",
        "topics": [views.section_topic(words, start, each.misconception) for each in sections(asked, start)],
        "contradictions": {each.id: each.text for each in asked.contradictions},
        "words": _words(words),
    }


def _words(words: PromptWords) -> dict[str, str]:
    """What the script says by itself; its gaps are filled there."""
    say, where = words.text, "{number}"
    return {
        "question": say("interview.progress.question", number=where, total="{total}", topic="{topic}"),
        "belief": say("interview.progress.belief", number=where, total="{total}"),
        "fact": say("interview.progress.fact"),
        "entirely": say("interview.belief.entirely", text="{text}"),
        "rather": say("interview.belief.rather", text="{text}"),
        "dont-know": say("interview.dont-know"),
        "not-applicable": say("interview.not-applicable"),
        "evidence": say("interview.help.evidence", text="{text}"),
        "needed": say("interview.typed.needed"),
        "review": say("interview.review.question"),
        "contradictions": say("interview.review.contradictions"),
        "about": say("interview.review.company"),
        "beliefs": say("interview.review.beliefs"),
        "name": say("interview.review.name"),
        "department": say("interview.review.department"),
        "unsaid": say("interview.rather-not-say"),
        "separate": say("list.fact"),
        "goes-on": say("interview.goes-on"),
        "or": say("form.or"),
        "choose": say("form.choose"),
        "next": say("form.next"),
        "right": say("interview.review.finish"),
        "change": say("form.change"),
        "counts": say("form.end.counts", answered="{answered}", unknown="{unknown}", excused="{excused}"),
        "message": say("form.end.message", company="{company}", counts="{counts}", file="{file}"),
        "saved": say("form.end.saved", file="{file}"),
        "copied": say("form.copied"),
        "to-copy": say("form.to-copy"),
        "kept": say("form.kept"),
        "not-kept": say("form.not-kept"),
        "forgotten": say("form.forgotten"),
        "no-sheet": say("form.open.no-sheet"),
        "other-questionnaire": say("form.open.other-questionnaire"),
        "other-company": say("form.open.other-company", company="{company}"),
        "other-department": say("form.open.other-department"),
    }
