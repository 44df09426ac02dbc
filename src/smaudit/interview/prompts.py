"""What each stop of the interview shows: its prompt, in the words of the questionnaire and the phrases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from smaudit.core.questionnaire import (
    DONT_KNOW,
    NOT_APPLICABLE,
    Depth,
    Misconception,
    Question,
    Questionnaire,
)
from smaudit.core.route import applicable, has_depths, sections
from smaudit.core.sheet import Sheet
from smaudit.errors import Message
from smaudit.interview.counting import Count, asked_in_all, minutes
from smaudit.interview.prompter import Choose, Key, Option, Paragraph, Progress, Write
from smaudit.language.direction import readable
from smaudit.language.phrases import Phrases
from smaudit.language.text import Filling, Line, line

_DEPTHS: tuple[Depth, ...] = ("quick", "full")
Addition = Literal["note", "reason", "evidence", "best"]
"""What is added to an answer: a note, why it does not apply, evidence, or what shows the best answer."""
_BEGINS = 120
"""About so many characters of what a questionnaire says of itself stand at the opening."""
_ENDS_OF_SENTENCES = re.compile(r"(?<=[.!?؟。])\s+")
NONE = "-"
"""The option that skips a question which may be skipped; no id, since ids are letters and digits."""
BELIEF_LEVELS = 5
MIDDLE = 3


@dataclass(frozen=True)
class PromptWords:
    """Where the words of a prompt come from."""

    questionnaire: Questionnaire
    phrases: Phrases

    def text(self, key: str, /, **values: Filling) -> str:
        """A phrase."""
        return self.phrases.shown(key, **values)

    def said_line(self, line: Line) -> str:
        """A line as text."""
        return readable(line, self.phrases.direction)

    def said(self, message: Message) -> str:
        """An error in words."""
        return readable(self.phrases.said(message), self.phrases.direction)


def opening(words: PromptWords, sheet: Sheet) -> tuple[Paragraph, ...]:
    """What this is, what comes of it, how long it takes and where the answers go: nine lines with the keys.

    How to answer is the prompter's to say; what stands in `about` beyond its beginning is help.
    """
    begins, _ = about(words)
    promise = (duration(words, sheet), words.text("interview.opening.private"))
    return (
        Paragraph(),
        Paragraph(words.questionnaire.title, "strong"),
        *([Paragraph(begins)] if begins else []),
        Paragraph(words.text("interview.opening.gives")),
        Paragraph(words.text("list.sentence").join(promise)),
    )


def about(words: PromptWords) -> tuple[str, str]:
    """What the questionnaire says of itself: its first sentences, and the rest, such as definitions."""
    sentences = _ENDS_OF_SENTENCES.split(words.questionnaire.about or "")
    count = 1
    while count < len(sentences) and len(" ".join(sentences[: count + 1])) <= _BEGINS:
        count += 1
    return " ".join(sentences[:count]), " ".join(sentences[count:])


def duration(words: PromptWords, sheet: Sheet) -> str:
    """How long it takes, alone and in a meeting."""
    depths: list[Depth] = [sheet.depth_for(words.questionnaire)]
    if sheet.depth is None and has_depths(words.questionnaire):
        depths = list(_DEPTHS)

    def taken(*, meeting: bool) -> Line:
        least, *_, most = [minutes(words.questionnaire, each, meeting=meeting) for each in depths * 2]
        if least == most:
            return line(words.phrases.number(least))
        return words.phrases.line("interview.opening.between", least=least, most=most)

    return words.text("interview.opening.time", alone=taken(meeting=False), meeting=taken(meeting=True))


def depth(words: PromptWords, sheet: Sheet) -> Choose:
    """Quick or full, each with its number of questions and minutes."""
    options = tuple(
        Option(
            each,
            words.text(
                "interview.depth.option",
                name=words.phrases.line(f"interview.depth.{each}"),
                questions=words.phrases.line(
                    "interview.about-questions", count=asked_in_all(words.questionnaire, each)
                ),
                alone=minutes(words.questionnaire, each, meeting=False),
                meeting=minutes(words.questionnaire, each, meeting=True),
            ),
        )
        for each in _DEPTHS
    )
    told = words.questionnaire.about
    help_ = (Paragraph(told),) if told else ()
    return Choose(_asked(words.text("interview.depth.question")), options, sheet.depth, help=help_)


def company(words: PromptWords, sheet: Sheet) -> Write:
    """The company's name, which the file is named after."""
    help_ = (Paragraph(words.text("interview.help.company")),)
    return Write(_asked(words.text("interview.company")), sheet.company.name or "", needed=True, help=help_)


def department(words: PromptWords, sheet: Sheet) -> Choose:
    """The department of the respondent, of those that such a company can have."""
    found = words.questionnaire.departments_for(sheet.company.profile)
    options = [Option(each.id, each.name) for each in found]
    options.append(Option(NONE, words.text("interview.rather-not-say")))
    return Choose(
        _asked(words.text("interview.department")),
        tuple(options),
        sheet.respondent.department,
        help=(Paragraph(words.text("interview.help.department")),),
    )


def believable(questionnaire: Questionnaire) -> tuple[Misconception, ...]:
    """The misconceptions that have a belief to lean to or away from."""
    return tuple(each for each in questionnaire.misconceptions if each.belief)


def belief(words: PromptWords, sheet: Sheet, name: str) -> Choose:
    """The two ends of a belief as A and B; which of them is A changes from item to item."""
    items = believable(words.questionnaire)
    place = [each.id for each in items].index(name)
    ends = _ends(words, name)
    levels = [*range(BELIEF_LEVELS, 0, -1)]
    if place % 2:
        ends.reverse()
        levels.reverse()
    letters = words.text("interview.belief.a"), words.text("interview.belief.b")
    options = [
        Option(str(level), words.text(f"interview.belief.option-{number}"))
        for number, level in enumerate(levels, start=1)
    ]
    given = sheet.beliefs.get(name)
    return Choose(
        (
            Paragraph(words.text("interview.belief.question"), "strong"),
            Paragraph(),
            *(Paragraph(end, mark=f"{letter}  ") for letter, end in zip(letters, ends, strict=True)),
        ),
        (*options, Option(DONT_KNOW, words.text("interview.dont-know"))),
        None if given is None else str(given),
        help=(Paragraph(words.text("interview.help.belief")),),
    )


def belief_text(words: PromptWords, sheet: Sheet, name: str) -> str:
    """What is believed, by the end it leans to: `A` and `B` say nothing without their prompt."""
    given = sheet.beliefs[name]
    if given == DONT_KNOW:
        return words.text("interview.dont-know")
    holds, rejects = _ends(words, name)
    level = int(given)
    if level == MIDDLE:
        return words.text("interview.belief.option-3")
    is_entire = level in {1, BELIEF_LEVELS}
    key = "interview.belief.entirely" if is_entire else "interview.belief.rather"
    return words.text(key, text=line(holds if level > MIDDLE else rejects))


def _ends(words: PromptWords, name: str) -> list[str]:
    """The two ends of a belief: what it holds, and what stands against it."""
    poles = words.questionnaire.misconception[name].belief
    return [poles.holds, poles.rejects] if poles else ["", ""]


def fact(words: PromptWords, sheet: Sheet, name: str) -> Choose:
    """A fact about the company, which decides what is asked next."""
    found = words.questionnaire.fact[name]
    options = [Option(option.id, option.text) for option in found.options]
    options.append(Option(NONE, words.text("interview.fact.skip")))
    return Choose(
        _asked(found.text),
        tuple(options),
        sheet.company.profile.get(name),
        help=(Paragraph(words.text("interview.help.fact")),),
    )


def question(words: PromptWords, sheet: Sheet, name: str) -> Choose:
    """A question in the words for this company, with what was noted at it."""
    asked = words.questionnaire.question[name].worded(sheet.company.profile)
    given = sheet.answers.get(name)
    options = [Option(option.id, option.text) for option in asked.options]
    options.append(Option(DONT_KNOW, words.text("interview.dont-know")))
    options.append(Option(NOT_APPLICABLE, words.text("interview.not-applicable")))
    return Choose(
        (*_asked(asked.text), *added(words, sheet, name)),
        tuple(options),
        given.choice if given else None,
        (Key.BACK, Key.NOTE, Key.EVIDENCE),
        help=(*question_help(words, asked), *_definitions(words)),
    )


def _definitions(words: PromptWords) -> tuple[Paragraph, ...]:
    _, rest = about(words)
    return (Paragraph(), Paragraph(rest)) if rest else ()


def added(words: PromptWords, sheet: Sheet, name: str) -> tuple[Paragraph, ...]:
    """The note and the evidence that a question has so far."""
    given = sheet.answers.get(name)
    parts = (("interview.note.is", given.note), ("interview.evidence.is", given.evidence)) if given else ()
    return tuple(Paragraph(words.text(key, text=text)) for key, text in parts if text)


def progress(words: PromptWords, count: Count) -> Progress:
    """Where the interview is: which of about how many things, and how long the rest takes."""
    text = words.text(
        "interview.progress.counter", number=count.done + 1, total=count.total, count=count.minutes
    )
    return Progress(text, count.done, count.total)


def question_number(words: PromptWords, sheet: Sheet, name: str) -> str:
    """Which of the asked questions it is, in digits."""
    asked = [each.id for each in applicable(words.questionnaire, sheet)]
    return words.phrases.number(asked.index(name) + 1)


def section_topic(words: PromptWords, sheet: Sheet, misconception: str) -> str:
    """The neutral topic of a section; a numbered part where it has none."""
    topic = words.questionnaire.section(misconception)
    if topic:
        return topic
    names = [section.misconception for section in sections(words.questionnaire, sheet)]
    return words.text("interview.part", number=names.index(misconception) + 1)


def section_heading(words: PromptWords, sheet: Sheet, misconception: str) -> str:
    """The heading of a section: its topic, and which part of how many it is."""
    names = [section.misconception for section in sections(words.questionnaire, sheet)]
    number, total = names.index(misconception) + 1, len(names)
    topic = words.questionnaire.section(misconception)
    if topic:
        return words.text("interview.section", number=number, total=total, topic=topic)
    return words.text("interview.section-untitled", number=number, total=total)


def question_help(words: PromptWords, asked: Question) -> tuple[Paragraph, ...]:
    """Why it is asked, who would know, what counts as evidence, and what can be measured."""
    parts: list[tuple[str, Line]] = []
    if asked.why:
        parts.append(("interview.help.why", line(asked.why)))
    if asked.ask:
        names = [line(words.questionnaire.department[each].name) for each in asked.ask]
        parts.append(("interview.help.ask", words.phrases.row(names)))
    if asked.evidence:
        parts.append(("interview.help.evidence", line(asked.evidence)))
    if asked.metric and asked.metric.target:
        metric = words.phrases.line(
            "interview.help.metric-and-target",
            metric=line(asked.metric.text),
            target=line(asked.metric.target),
        )
        parts.append(("interview.help.metric", metric))
    elif asked.metric:
        parts.append(("interview.help.metric", line(asked.metric.text)))
    return tuple(Paragraph(words.text(key, text=text)) for key, text in parts)


def addition(words: PromptWords, sheet: Sheet, name: str, kind: Addition) -> Write:
    """The prompt for what is added to an answer: a `note`, a `reason`, `evidence`, or that of the `best`."""
    asked = words.questionnaire.question[name].worded(sheet.company.profile)
    given = sheet.answers.get(name)
    head = [Paragraph(words.text(f"interview.{kind}.question"), "strong")]
    if kind in {"note", "evidence"}:
        head = [Paragraph(asked.text), Paragraph(), *head]
    is_evidence = kind in {"evidence", "best"}
    if is_evidence:
        earlier = given.evidence if given else None
        if asked.evidence:
            head.append(Paragraph(words.text("interview.help.evidence", text=line(asked.evidence))))
    else:
        earlier = given.note if given else None
    about = Paragraph(words.text("interview.help.of-evidence" if is_evidence else "interview.help.of-note"))
    return Write(tuple(head), earlier or "", lines=True, help=(about, *question_help(words, asked)))


def reasons(words: PromptWords, sheet: Sheet, name: str) -> Choose:
    """The ready reasons why a question does not apply, and another one; no options where it has none."""
    ready = words.questionnaire.question[name].not_applicable
    given = sheet.answers.get(name)
    options = [Option(each.id, each.text) for each in ready]
    options += [Option(NONE, words.text("interview.reason.other"))] if ready else []
    chosen = next((each.id for each in ready if given and given.note == each.text), None)
    return Choose(_asked(words.text("interview.reason.question")), tuple(options), chosen)


def remark(words: PromptWords, sheet: Sheet) -> Write:
    """Which other misconceptions the respondent meets."""
    help_ = (Paragraph(words.text("interview.help.remark")),)
    return Write(_asked(words.text("interview.remark")), sheet.remark or "", lines=True, help=help_)


def guess_number(words: PromptWords, sheet: Sheet) -> Write:
    """How many of the misconceptions steer the company, below their names: a number to type."""
    named = words.questionnaire.misconceptions
    steering = sheet.guess.steering if sheet.guess else None
    told = words.text("interview.guess.number", most=len(named)), words.text("interview.guess.use")
    return Write(
        (
            Paragraph(words.text("interview.guess.how-many", count=len(named)), "strong"),
            *(Paragraph(each.title, mark="· ") for each in named),
            Paragraph(words.text("list.sentence").join(told)),
        ),
        "" if steering is None else words.phrases.number(steering),
        most=len(named),
        help=(Paragraph(words.text("interview.help.guess")),),
    )


def guess(words: PromptWords, sheet: Sheet) -> Choose:
    """How many of the misconceptions steer the company, as a list for a form."""
    total = len(words.questionnaire.misconceptions)
    options = [Option(str(number), words.phrases.number(number)) for number in range(total + 1)]
    options.append(Option(NONE, words.text("interview.guess.skip")))
    steering = sheet.guess.steering if sheet.guess else None
    return Choose(
        (
            Paragraph(words.text("interview.guess.how-many", count=total), "strong"),
            Paragraph(words.text("interview.guess.use")),
        ),
        tuple(options),
        None if steering is None else str(steering),
    )


def most(words: PromptWords, sheet: Sheet) -> Choose:
    """Which misconception steers most."""
    options = [Option(each.id, each.title) for each in words.questionnaire.misconceptions]
    options.append(Option(NONE, words.text("interview.guess.skip")))
    return Choose(
        _asked(words.text("interview.guess.most")), tuple(options), sheet.guess.most if sheet.guess else None
    )


def _asked(text: str) -> tuple[Paragraph, ...]:
    return (Paragraph(text, "strong"),)
