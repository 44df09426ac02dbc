"""What the tests of the form share: forms as files, random sheets, and the interview without a terminal."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from conftest import question as made
from conftest import questionnaire_data, questionnaire_from
from page_support import HOSTILE

from smaudit.core.form import asked_in, started
from smaudit.core.questionnaire import DONT_KNOW, NOT_APPLICABLE, Depth, Questionnaire
from smaudit.core.route import Stop, open_stops
from smaudit.core.sheet import Answer, Guess, Sheet
from smaudit.interview import prompts
from smaudit.interview.form import form_of
from smaudit.interview.prompts import NONE, PromptWords
from smaudit.language.phrases import Phrases
from smaudit.report.draw import form as page

TYPED = "Café « Zoë » & Sons"


def form_file(
    path: Path,
    questionnaire: Questionnaire,
    phrases: Phrases,
    depth: Depth = "full",
    company: str | None = None,
    department: str | None = None,
) -> Path:
    """A form as a file."""
    asked = asked_in(questionnaire, depth, department)
    form = form_of(asked, started(depth, company, department), phrases)
    path.write_text(page.render(form, phrases), "utf-8")
    return path


def key(stop: Stop) -> str:
    """The name of a stop in the script of the page."""
    return f"{stop.kind}:{stop.id}" if stop.id else stop.kind


def random_sheet(questionnaire: Questionnaire, dice: random.Random, depth: Depth) -> Sheet:
    """A sheet as it may stand at any moment: some of everything, none of some."""
    facts = {
        fact.id: dice.choice(fact.names)
        for fact in questionnaire.profile
        if dice.random() < dice.random() * 2
    }
    answers = {
        each.id: Answer(choice=dice.choice([*each.levels, DONT_KNOW, NOT_APPLICABLE, None]))
        for each in questionnaire.questions
        if dice.random() < dice.random()
    }
    departments: list[str | None] = [None, *questionnaire.department]
    sheet = Sheet(
        depth=depth,
        company={"name": dice.choice([None, TYPED]), "profile": facts},
        respondent={"department": dice.choice(departments)},
        beliefs={
            each.id: dice.choice([1, 2, 3, 4, 5, DONT_KNOW])
            for each in questionnaire.misconceptions
            if each.belief and dice.random() < dice.random()
        },
        answers=answers,
        remark=dice.choice([None, "", "Something."]),
    )
    if dice.random() < 1 / 2:
        most: list[str | None] = [None, *questionnaire.misconception]
        sheet = sheet.with_guess(Guess(steering=dice.choice([None, 0, 1]), most=dice.choice(most)))
    return sheet


def shown_at(words: PromptWords, sheet: Sheet, stop: Stop) -> tuple[str, list[str]]:
    """What the interview asks at a stop, and what can be chosen there."""
    views: Mapping[str, Any] = {
        "company": lambda: prompts.company(words, sheet),
        "department": lambda: prompts.department(words, sheet),
        "belief": lambda: prompts.belief(words, sheet, stop.id),
        "fact": lambda: prompts.fact(words, sheet, stop.id),
        "question": lambda: prompts.question(words, sheet, stop.id),
        "remark": lambda: prompts.remark(words, sheet),
        "guess": lambda: prompts.guess(words, sheet),
        "most": lambda: prompts.most(words, sheet),
    }
    ask = views[stop.kind]()
    return ask.head[0].text, [option.value for option in getattr(ask, "options", ())]


def texts_at(words: PromptWords, sheet: Sheet, stop: Stop) -> list[str]:
    """All words of a prompt: what is asked, what stands between, and the options."""
    views: Mapping[str, Any] = {
        "belief": prompts.belief,
        "fact": prompts.fact,
        "question": prompts.question,
    }
    ask = views[stop.kind](words, sheet, stop.id)
    between = [each.text for each in ask.head[1:] if each.mark]
    return [ask.head[0].text, *between, *(option.text for option in ask.options)]


def reply_to(stop: Stop, values: list[str], seed: int) -> str:
    """What somebody answers: always the same to the same question, another one with another seed."""
    dice = random.Random(f"{seed} {key(stop)}")  # noqa: S311 - no secret
    return dice.choice(values) if values else TYPED


def with_reply(sheet: Sheet, stop: Stop, reply: str) -> Sheet:
    """The sheet that the interview makes of a reply."""
    given = None if reply == NONE else reply
    guess = sheet.guess or Guess()
    made: Mapping[str, Any] = {
        "company": lambda: sheet.with_company(reply),
        "department": lambda: sheet.with_department(given),
        "belief": lambda: sheet.with_belief(stop.id, reply if reply == DONT_KNOW else int(reply)),
        "fact": lambda: sheet.with_fact(stop.id, given),
        "question": lambda: sheet.with_answer(stop.id, Answer(choice=reply)),
        "review": lambda: sheet,
        "remark": lambda: sheet.with_remark(reply),
        "guess": lambda: sheet.with_guess(
            Guess(steering=None if given is None else int(given), most=guess.most)
        ),
        "most": lambda: sheet.with_guess(Guess(steering=guess.steering, most=given)),
    }
    changed: Sheet = made[stop.kind]()
    return changed


def interviewed(words: PromptWords, start: Sheet, seed: int) -> Iterator[tuple[Stop, str, Sheet]]:
    """The interview with somebody who answers by chance: each stop, the reply, and the sheet after it."""
    sheet, passed = start, set[Stop]()
    while (stop := next(open_stops(words.questionnaire, sheet, frozenset(), passed), None)) is not None:
        if stop.kind != "review":
            reply = reply_to(stop, shown_at(words, sheet, stop)[1], seed)
            sheet = with_reply(sheet, stop, reply)
        else:
            reply = ""
        passed.add(stop)
        yield stop, reply, sheet


def fitting(stops: Iterator[Stop], start: Sheet) -> list[str]:
    """The stops of a form: those of the interview but for what whoever made it has settled."""
    settled = {"depth"}
    settled |= {"company"} if start.company.name else set()
    settled |= {"department"} if start.respondent.department else set()
    return [key(stop) for stop in stops if stop.kind not in settled]


def hostile_questionnaire(data: dict[str, Any], text: str = HOSTILE) -> dict[str, Any]:
    """The data of a questionnaire with hostile text around all its words."""

    def spoilt(value: object, name: str = "") -> object:
        if isinstance(value, dict):
            return {each: spoilt(inner, str(each)) for each, inner in value.items()}
        if isinstance(value, list):
            return [spoilt(each, name) for each in value]
        wordy = {"text", "title", "topic", "about", "why", "evidence", "name", "holds", "rejects"}
        return f"{text} {value} {text}" if name in wordy else value

    spoiled = spoilt(data)
    assert isinstance(spoiled, dict)
    return spoiled


def awkward() -> Questionnaire:
    """A questionnaire whose ids are numbers and names that scripts have, with facts that hang together."""
    yes_no = [{"id": "1", "text": "Yes"}, {"id": "0", "text": "No"}]
    return questionnaire_from(
        questionnaire_data(
            [
                made("constructor", {"a": 1}, applies_if={"2": ["1"], "10": ["0"]}),
                made(
                    "7", {"b": 2}, wording=[{"if": {"1": ["1"]}, "text": "Worded?", "options": {"l2": "Two"}}]
                ),
                made("to-string", {"a": 1}, applies_if={"1": ["0"]}, title="A title"),
                made(
                    "3",
                    {"b": 1},
                    applies_if={"2": ["1"]},
                    wording=[{"if": {"10": ["1"]}, "options": {"l0": "O"}}],
                ),
                made("prototype", {"c": 1}, not_applicable=[{"id": "nothing", "text": "There is none"}]),
            ],
            misconceptions=("b", "a", "c"),
            profile=[{"id": name, "text": f"{name}?", "options": yes_no} for name in ("10", "2", "1", "4")],
            contradictions=[
                {"id": "one", "if": {"7": ["l0"], "4": ["1"]}, "text": "One."},
                {
                    "id": "two",
                    "if": {"7": ["l0", "l1"], "prototype": ["l0", "not-applicable"]},
                    "text": "Two.",
                },
                {"id": "three", "if": {"3": ["l0"], "2": ["1"]}, "text": "Three."},
            ],
        )
    )
