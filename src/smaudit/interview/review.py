"""The list of all answers before the end: contradictions first, and each answer can be asked again."""

from __future__ import annotations

from collections.abc import Iterator

from smaudit.core.questionnaire import DONT_KNOW, NOT_APPLICABLE, Question
from smaudit.core.route import Kind, Stop, applicable, has_depths, route
from smaudit.core.scoring import contradictions
from smaudit.core.sheet import Sheet
from smaudit.interview.prompter import Choose, Option, Paragraph
from smaudit.interview.prompts import PromptWords, belief_text, believable, section_topic
from smaudit.language.text import line

FINISH = "finish"
DEEPER = "deeper"
"""The entry that goes on from the quick check to the full one."""
_CONTRADICTION = "contradiction"
Entry = tuple[Stop, str, str]
"""A stop, its short name and what was answered there."""
_KINDS: tuple[Kind, ...] = ("question", "company", "department", "fact", "belief")


def review(words: PromptWords, sheet: Sheet, chosen: str | None, *, is_finished: bool = False) -> Choose:
    """The list as a prompt, with `chosen` selected: what is not known, contradictions, then everything.

    Of a sheet that was finished before, it leads to the result, and from the quick check to the full one.
    """
    ends = "interview.review.show" if is_finished else "interview.review.finish"
    options = [Option(FINISH, words.text(ends))]
    if is_finished and (more := _more_in_full(words, sheet)):
        options.append(Option(DEEPER, words.text("interview.review.deeper", count=more)))
    open_yet = not_known(words, sheet)
    options += _headed(words.text("interview.review.not-known"), [_entry(words, *each) for each in open_yet])
    texts = {each.id: each.text for each in words.questionnaire.contradictions}
    found = [Option(f"{_CONTRADICTION}:{name}", f"! {texts[name]}") for name in _contradictions(words, sheet)]
    options += _headed(words.text("interview.review.contradictions"), found)
    topics: dict[str, list[Option]] = {}
    for asked in applicable(words.questionnaire, sheet):
        entry = _entry(words, Stop("question", asked.id), asked.name, answer_text(words, sheet, asked))
        topics.setdefault(asked.main, []).append(entry)
    for name, entries in topics.items():
        options += _headed(section_topic(words, sheet, name), entries)
    about = [_entry(words, *each) for each in (*_company(words, sheet), *_facts(words, sheet))]
    options += _headed(words.text("interview.review.company"), about)
    beliefs = [_entry(words, *each) for each in _beliefs(words, sheet)]
    options += _headed(words.text("interview.review.beliefs"), beliefs)
    head = [Paragraph(words.text("interview.review.question"), "strong")]
    if open_yet:
        head.append(Paragraph(words.text("interview.review.unknown", count=len(open_yet))))
    known = {option.value for option in options}
    return Choose(tuple(head), tuple(options), chosen if chosen in known else None)


def not_known(words: PromptWords, sheet: Sheet) -> tuple[Entry, ...]:
    """What was passed without an answer, or answered by not knowing: questions, facts and beliefs."""
    asked = words.questionnaire
    found: list[Entry] = [
        (Stop("question", each.id), each.name, answer_text(words, sheet, each))
        for each in applicable(asked, sheet)
        if sheet.choice(each.id) == DONT_KNOW
    ]
    facts = [stop.id for stop in route(asked, sheet, frozenset()) if stop.kind == "fact"]
    found += [
        (Stop("fact", name), asked.fact[name].text, words.text("interview.fact.skip"))
        for name in facts
        if sheet.company.profile.get(name) not in asked.fact[name].names
    ]
    beliefs = [each for each in _beliefs(words, sheet) if sheet.beliefs[each[0].id] == DONT_KNOW]
    return (*found, *beliefs)


def _more_in_full(words: PromptWords, sheet: Sheet) -> int:
    """How many questions the full check asks beyond those of this sheet."""
    asked = words.questionnaire
    if not has_depths(asked) or sheet.depth_for(asked) == "full":
        return 0
    return len(applicable(asked, sheet.with_depth("full"))) - len(applicable(asked, sheet))


def to_ask_again(words: PromptWords, sheet: Sheet, chosen: str) -> tuple[Stop, ...]:
    """The stops that a chosen entry stands for: one, or the questions of a contradiction."""
    kind, _, name = chosen.partition(":")
    if kind == _CONTRADICTION:
        return tuple(Stop("question", question) for question in _contradictions(words, sheet)[name])
    return tuple(Stop(each, name) for each in _KINDS if each == kind)


def answer_text(words: PromptWords, sheet: Sheet, asked: Question) -> str:
    """The answer to a question as its option reads."""
    chosen = sheet.choice(asked.id)
    if chosen in {DONT_KNOW, NOT_APPLICABLE}:
        return words.text(f"interview.{chosen}")
    options = asked.worded(sheet.company.profile).options
    return next((option.text for option in options if option.id == chosen), "")


def _contradictions(words: PromptWords, sheet: Sheet) -> dict[str, tuple[str, ...]]:
    """The contradictions in the answers, each with the questions it rests on."""
    asked = [question.id for question in applicable(words.questionnaire, sheet)]
    return {found.id: found.questions for found in contradictions(words.questionnaire, sheet, asked)}


def _headed(heading: str, options: list[Option]) -> list[Option]:
    """The options with a heading above the first."""
    return [
        Option(option.value, option.text, "" if number else heading) for number, option in enumerate(options)
    ]


def _entry(words: PromptWords, stop: Stop, name: str, answer: str) -> Option:
    ends_with_sign = name.rstrip()[-1:] in {"?", "؟"}
    key = "interview.review.asked" if ends_with_sign else "interview.review.entry"
    text = words.text(key, name=line(name), answer=line(answer))
    return Option(f"{stop.kind}:{stop.id}", text)


def _company(words: PromptWords, sheet: Sheet) -> Iterator[Entry]:
    yield Stop("company"), words.text("interview.review.name"), sheet.company.name or ""
    if words.questionnaire.departments:
        known = words.questionnaire.department.get(sheet.respondent.department or "")
        answer = known.name if known else words.text("interview.rather-not-say")
        yield Stop("department"), words.text("interview.review.department"), answer


def _facts(words: PromptWords, sheet: Sheet) -> Iterator[Entry]:
    for fact in words.questionnaire.profile:
        for option in fact.options:
            if option.id == sheet.company.profile.get(fact.id):
                yield Stop("fact", fact.id), fact.text, option.text


def _beliefs(words: PromptWords, sheet: Sheet) -> Iterator[Entry]:
    for number, each in enumerate(believable(words.questionnaire), start=1):
        if each.id in sheet.beliefs:
            name = each.topic or words.phrases.number(number)
            yield Stop("belief", each.id), name, belief_text(words, sheet, each.id)
