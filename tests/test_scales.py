"""Scales that several questions share, as they stand and turned round."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from conftest import present, questionnaire_data, questionnaire_from
from hypothesis import given
from hypothesis import strategies as st

from smaudit.core.questionnaire import Option, Question, Questionnaire, turned
from smaudit.core.questionnaire_rules import read_questionnaire
from smaudit.language.phrases import Phrases
from smaudit.language.text import plain
from smaudit.language.translation import read_translation, text_hash, texts, translated
from smaudit.lint import rules
from smaudit.report.blocks import Entries
from smaudit.report.tell.explanation import explain

AGREE = [
    {"id": "no", "text": "No", "value": "0", "fault": "absence", "step": {"text": "Up", "effort": 1}},
    {"id": "rather-not", "text": "Rather not", "value": "1/5", "alarm": True, "costs": "much"},
    {"id": "rather", "text": "Rather"},
    {"id": "yes", "text": "Yes", "value": "1"},
]


def _on_scale(**more: Any) -> Questionnaire:
    """A question on the scale as it stands, and one with more said of it."""
    asked: Any = {"text": "?", "weights": {"a": 1}, "scale": "agree"}
    questions = [{"id": "plain", **asked}, {"id": "other", **asked, **more}]
    return questionnaire_from(questionnaire_data(questions, ["a"], scales={"agree": AGREE}))


def test_a_scale_turned_round_has_the_same_options_and_the_opposite_values() -> None:
    """Of each option the id and text are the scale's, its value is 1 less the scale's, exactly."""
    read = _on_scale(reversed=True)
    one, other = read.questions

    worth = dict(zip((each.id for each in one.options), one.values, strict=True))
    assert {"no": 0, "rather-not": Fraction(1, 5), "rather": Fraction(2, 3), "yes": 1} == worth
    assert [(each.id, each.text) for each in reversed(one.options)] == [
        (each.id, each.text) for each in other.options
    ]
    assert [1 - worth[each.id] for each in other.options] == list(other.values)


def test_a_scale_turned_round_has_no_step_fault_or_alarm_but_the_questions_own() -> None:
    """What leads up one way leads down the other; what an option means here stands beside the question."""
    step = {"text": "Stop it", "effort": 2}
    other = _on_scale(reversed=True, at={"yes": {"step": step, "fault": "grip", "alarm": True}}).questions[1]

    bare = [option for option in other.options if option.id != "yes"]
    first = other.options[0]
    assert [(None, False, None, None)] * 3 == [(o.step, o.alarm, o.fault, o.costs) for o in bare]
    assert ("yes", "Stop it", True, "grip", None) == (
        first.id,
        present(first.step).text,
        first.alarm,
        first.fault,
        first.costs,
    )


def test_an_option_of_a_scale_may_mean_something_else_in_one_question() -> None:
    """What is not said of it stays as the scale has it."""
    one, other = _on_scale(at={"no": {"step": {"text": "Here", "effort": 3}}}).questions

    assert ("Up", "Here", "absence") == (
        present(one.options[0].step).text,
        present(other.options[0].step).text,
        other.options[0].fault,
    )
    assert one.options[1:] == other.options[1:]


def test_what_a_question_says_of_an_option_that_its_scale_lacks_is_refused() -> None:
    """It would be lost without a word."""
    data = questionnaire_data(
        [{"id": "q", "text": "?", "weights": {"a": 1}, "scale": "agree", "at": {"maybe": {"alarm": True}}}],
        ["a"],
        scales={"agree": AGREE},
    )

    _, problems = read_questionnaire(data)

    assert [(("questions", 0, "at"), "problem.unknown-id")] == [
        (each.place, each.message.phrase) for each in problems
    ]


OPTIONS = st.lists(
    st.none() | st.fractions(min_value=0, max_value=1, max_denominator=30), min_size=2, max_size=7
).map(
    lambda values: tuple(
        Option(id=f"l{level}", text=f"{level}", value=value) for level, value in enumerate(values)
    )
)


@given(OPTIONS)
def test_turning_a_scale_twice_gives_it_back(options: tuple[Option, ...]) -> None:
    """The same options in the same order, worth the same."""
    assert options == turned(turned(options))


@given(OPTIONS)
def test_an_answer_and_its_value_turn_together(options: tuple[Option, ...]) -> None:
    """Whatever values a scale declares or leaves to the places of its options, each is 1 less it."""

    def worth(options: tuple[Option, ...]) -> dict[str, Fraction]:
        asked = Question(id="q", text="?", weights={"a": 1}, options=options)
        return dict(zip((each.id for each in options), asked.values, strict=True))

    assert {name: 1 - value for name, value in worth(options).items()} == worth(turned(options))


def test_texts_of_a_turned_scale_are_translated_once_and_its_own_steps_beside_the_question() -> None:
    """A translation has each text of the scale by one path, and what a question says by another."""
    step = {"text": "Stop it", "effort": 2}
    read = _on_scale(reversed=True, at={"yes": {"step": step, "costs": "the calm"}})
    paths = texts(read)
    entries = {path: {"of": text_hash(text), "text": f"[{text}]"} for path, text in paths.items()}
    told = {"schema": "smaudit/translation/1", "id": "tiny", "language": "xx", "texts": entries}

    first = translated(read, present(read_translation(told, read)[0])).questions[1].options[0]

    assert {"scales.agree.yes.text", "questions.other.at.yes.step.text", "questions.other.at.yes.costs"} < {
        *paths
    }
    assert not any(path.startswith("questions.other.options") for path in paths)
    assert ("[Yes]", "[Stop it]", "[the calm]") == (first.text, present(first.step).text, first.costs)


def test_a_missing_step_of_a_turned_scale_is_missed_beside_the_question() -> None:
    """The scale itself lacks nothing: the step that is asked for is the question's own."""
    found = rules.lint(_on_scale(reversed=True))

    assert [("questions", 1, "at", name, "step") for name in ("yes", "rather", "rather-not")] == [
        each.problem.place
        for each in found
        if each.problem.message.phrase == "lint.no-step" and each.problem.place[0] == "questions"
    ]


def test_a_turned_scale_is_shown_from_its_lowest_answer(english: Phrases) -> None:
    """Explanations, and every form, have the options in the order and with the worth that they have here."""
    document = explain(_on_scale(reversed=True), "other", english)

    options = next(block for block in document.blocks if isinstance(block, Entries))
    assert ["Yes", "Rather", "Rather not", "No"] == [plain(each.title) for each in options.items]
    assert ["0", "33", "80", "100"] == [
        re.findall(r"Worth (\d+)", plain(each.lines[0]))[0] for each in options.items
    ]
