"""A questionnaire file is read strictly: every problem at once, each with its place and what is allowed."""

from __future__ import annotations

import copy
import time
from fractions import Fraction
from typing import Any

import pytest
from conftest import Data, question, questionnaire_data, questionnaire_from

from smaudit.core.fields import fraction
from smaudit.core.questionnaire import Question, Step
from smaudit.core.questionnaire_rules import read_questionnaire
from smaudit.language.phrases import Phrases
from smaudit.language.text import plain
from smaudit.report.blocks import Heading
from smaudit.report.tell.explanation import explain

PROFILE = [
    {"id": "size", "text": "How many?", "options": [{"id": "one", "text": "1"}, {"id": "more", "text": "2"}]}
]
GOOD = questionnaire_data(
    [
        question("q0", {"a": 2}, efforts={0: 1, 1: 2}, ask=["sales"], applies_if={"size": ["more"]}),
        question(
            "q1",
            {"b": 2, "a": 1},
            wording=[{"if": {"size": ["one"]}, "text": "You?", "options": {"l0": "no"}}],
        ),
    ],
    departments=[{"id": "sales", "name": "Sales"}],
    profile=PROFILE,
    contradictions=[{"id": "odd", "if": {"q0": ["l3"], "size": ["one"]}, "text": "odd"}],
)


def changed(path: tuple[str | int, ...], value: object) -> Data:
    """The good data with one value changed, or taken away."""
    data = copy.deepcopy(GOOD)
    parent: Any = data
    for part in path[:-1]:
        parent = parent[part]
    if value is None:
        del parent[path[-1]]
    else:
        parent[path[-1]] = value
    return data


FAULTS = [
    (("version",), None, ("version",), "missing"),
    (("bogus",), 1, ("bogus",), "unknown-field"),
    (("questions", 1, "title"), True, ("questions", 1, "title"), "text-needed"),
    (("questions", 1, "id"), "Q 1", ("questions", 1, "id"), "slug-needed"),
    (("questions", 0, "weights", "a"), -1, ("questions", 0, "weights", "a"), "too-small"),
    (("questions", 0, "weights", "a"), 1.5, ("questions", 0, "weights", "a"), "whole-number-needed"),
    (("questions", 0, "weights", "a"), True, ("questions", 0, "weights", "a"), "whole-number-needed"),
    (("questions", 0, "weights", "a"), 0, ("questions", 0, "weights"), "weightless"),
    (("questions", 1, "weights", "c"), 1, ("questions", 1, "weights"), "unknown-id"),
    (("questions", 0, "depth"), "deep", ("questions", 0, "depth"), "one-of-needed"),
    (("questions", 0, "options", 1, "value"), "2", ("questions", 0, "options", 1, "value"), "share-needed"),
    (("questions", 0, "options", 1, "value"), "0.9", ("questions", 0, "options"), "values-fall"),
    (("questions", 0, "options", 1, "id"), "l0", ("questions", 0, "options", 0, "id"), "repeated-id"),
    (("questions", 0, "options", 1, "id"), "dont-know", ("questions", 0, "options", 1, "id"), "reserved-id"),
    (
        ("questions", 0, "options", 0, "step", "effort"),
        0,
        ("questions", 0, "options", 0, "step", "effort"),
        "too-small",
    ),
    (
        ("questions", 0, "options", 0, "step", "owner"),
        "x",
        ("questions", 0, "options", 0, "step", "owner"),
        "unknown-id",
    ),
    (("questions", 0, "options"), [{"id": "l0", "text": "x"}], ("questions", 0), "too-few-options"),
    (("questions", 0, "ask"), ["nobody"], ("questions", 0, "ask"), "unknown-id"),
    (
        ("questions", 0, "applies_if"),
        {"size": ["three"]},
        ("questions", 0, "applies_if", "size"),
        "unknown-id",
    ),
    (("questions", 0, "scale"), "agree", ("questions", 0, "scale"), "unknown-id"),
    (
        ("questions", 1, "wording", 0, "options"),
        {"l9": "x"},
        ("questions", 1, "wording", 0, "options"),
        "unknown-id",
    ),
    (("questions", 1, "id"), "q0", ("questions", 1, "id"), "repeated-id"),
    (("questions", 1, "id"), "size", ("questions", 1, "id"), "id-taken"),
    *(
        (("source",), {"title": "t", "url": address}, ("source", "url"), "address-needed")
        for address in ("javascript:alert(1)", "www.example.org", "https://a b")
    ),
    (("misconceptions", 0, "sources"), ["x"], ("misconceptions", 0, "sources"), "unknown-id"),
    (("contradictions", 0, "if"), {"q9": ["l0"]}, ("contradictions", 0, "if"), "unknown-id"),
    (("contradictions", 0, "if"), {}, ("contradictions", 0, "if"), "too-few"),
]


@pytest.mark.parametrize(("path", "value", "place", "phrase"), FAULTS)
def test_one_fault_is_one_problem_at_its_place(
    path: tuple[str | int, ...], value: object, place: tuple[int | str, ...], phrase: str
) -> None:
    """Each rule of the format names the place of its breach, and nothing else besides."""
    _, problems = read_questionnaire(changed(path, value))

    found = [(problem.place, problem.message.phrase) for problem in problems]
    also = [each for each in found if each != (place, f"problem.{phrase}")]
    assert (place, f"problem.{phrase}") in found
    # A name taken away is missing wherever it was used, too.
    # So it is with an id at its other place.
    assert [] == [each for each in also if each[1] not in {"problem.unknown-id", "problem.repeated-id"}]


NAMED = [
    ("departments", 0),
    ("profile", 0),
    ("profile", 0, "options", 0),
    ("misconceptions", 0),
    ("questions", 1),
    ("questions", 1, "options", 2),
    ("contradictions", 0),
]


@pytest.mark.parametrize("name", ["overall", "none", "dont-know", "not-applicable"])
@pytest.mark.parametrize("entry", NAMED, ids=lambda entry: ".".join(map(str, entry)))
def test_an_id_that_the_program_uses_itself_is_refused_everywhere(
    entry: tuple[int | str, ...], name: str
) -> None:
    """A misconception `overall` would take the place of the overall score in gates and targets."""
    place = (*entry, "id")
    _, problems = read_questionnaire(changed(place, name))

    found = {(problem.place, problem.message.phrase) for problem in problems}
    assert (place, "problem.reserved-id") in found
    assert {"problem.reserved-id"} == {phrase for _, phrase in found} - {
        "problem.unknown-id",
        "problem.no-weight",
    }


def test_an_id_of_a_scale_is_refused_once_where_it_stands() -> None:
    """Not at each question that takes its options from there."""
    scale = [{"id": "none", "text": "No"}, {"id": "x", "text": "x"}, {"id": "x", "text": "y"}]
    questions = [{"id": n, "text": "?", "weights": {"a": 1}, "scale": "often"} for n in ("q0", "q1")]

    _, problems = read_questionnaire(questionnaire_data(questions, ["a"], scales={"often": scale}))

    assert [("scales", "often", number, "id") for number in range(3)] == [each.place for each in problems]


def test_no_fact_is_called_as_conditions_call_the_department() -> None:
    """A contradiction could not tell the two apart."""
    _, problems = read_questionnaire(changed(("profile", 0, "id"), "department"))

    assert (("profile", 0, "id"), "problem.reserved-id") in {(p.place, p.message.phrase) for p in problems}


def test_a_question_may_have_the_id_of_a_misconception(english: Phrases) -> None:
    """Where each has one question of its own they often do; to explain the id is to explain both."""
    questions = [question("a", {"a": 1}), question("b", {"b": 1})]
    asked = questionnaire_from(questionnaire_data(questions))

    headings = [block.content for block in explain(asked, "a", english).blocks if isinstance(block, Heading)]
    assert ["A", "a?"] == [plain(content) for content in headings]


def test_a_misconception_without_any_weight_is_refused() -> None:
    """A misconception that no question weighs could never have a score."""
    _, problems = read_questionnaire(questionnaire_data([question("q0", {"a": 1})]))

    assert [(("misconceptions", 1), "problem.no-weight")] == [(p.place, p.message.phrase) for p in problems]


def test_all_problems_are_found_at_once_and_in_their_own_places() -> None:
    """Faults of shape do not hide faults of names, and what is taken out does not move the others."""
    data = copy.deepcopy(GOOD)
    data["questions"].insert(0, {"id": "broken", "weights": {"a": "many"}})
    data["questions"][2]["weights"]["nowhere"] = 3
    data["departments"].append({"id": "X", "name": ""})

    _, problems = read_questionnaire(data)

    assert {
        (("questions", 0, "text"), "problem.missing"),
        (("questions", 0, "weights", "a"), "problem.whole-number-needed"),
        (("questions", 2, "weights"), "problem.unknown-id"),
        (("departments", 1, "id"), "problem.slug-needed"),
        (("departments", 1, "name"), "problem.text-empty"),
    } == {(problem.place, problem.message.phrase) for problem in problems}


def test_an_unknown_field_comes_with_the_fields_there_are() -> None:
    """What is allowed at a place is said, however deep it is."""
    _, (problem,) = read_questionnaire(changed(("questions", 0, "options", 0, "step", "who"), "x"))

    assert ("text", "effort", "owner", "owner_small") == problem.message.values["allowed"]


@pytest.mark.parametrize(
    ("written", "read"),
    [("1/3", Fraction(1, 3)), ("0.33", Fraction(33, 100)), (1, Fraction(1)), ("0", Fraction(0))],
)
def test_values_are_read_exactly(written: int | str, read: Fraction) -> None:
    """A share is the fraction that was written, never its nearest float."""
    assert read == fraction(written)


def test_options_of_a_scale_serve_several_questions() -> None:
    """A question that names a scale has the scale's options."""
    scale = [{"id": "never", "text": "Never"}, {"id": "always", "text": "Always"}]
    questions = [{"id": n, "text": "?", "weights": {"a": 1}, "scale": "often"} for n in ("q0", "q1")]

    read = questionnaire_from(questionnaire_data(questions, ["a"], scales={"often": scale}))

    assert [("never", "always")] * 2 == [tuple(o.id for o in each.options) for each in read.questions]


def test_the_first_wording_that_fits_is_used() -> None:
    """Other words for a company replace text and options, and an unanswered fact leaves them."""
    asked = questionnaire_from(GOOD).question["q1"]

    worded = asked.worded({"size": "one"})
    assert ("You?", "no", "q1 level 1") == (worded.text, worded.options[0].text, worded.options[1].text)
    assert asked == asked.worded({})


def test_the_main_misconception_is_the_heaviest_and_the_first_of_equals() -> None:
    """A question belongs where most of its weight lies."""
    read = questionnaire_from(
        questionnaire_data([question("q0", {"a": 2, "b": 2}), question("q1", {"a": 1, "b": 2})])
    )

    assert ["a", "b"] == [each.main for each in read.questions]


def test_thousands_of_problems_are_found_in_the_time_of_one() -> None:
    """The allowed fields are looked up once, however many unknown fields a file has."""
    unknown = {f"k{number}": "x" for number in range(9_000)}
    start = time.process_time()

    _, problems = read_questionnaire({**questionnaire_data([question("q", {"a": 1, "b": 1})]), **unknown})

    assert (9_000, True) == (len(problems), time.process_time() - start < 2)


def _with_faults(*faults: str | None) -> Question:
    options = [
        {"id": f"l{level}", "text": f"{level}", **({"fault": fault} if fault else {})}
        for level, fault in enumerate(faults)
    ]
    return questionnaire_from(
        questionnaire_data([{**question("q", {"a": 1, "b": 1}), "options": options}])
    ).questions[0]


@pytest.mark.parametrize(
    ("faults", "expected"),
    [
        (("grip", "absence", None, None), (2, 2, 3, None)),
        ((None, None, None, None), (1, 2, 3, None)),
        (("grip", "grip", "grip"), (1, 2, None)),
    ],
)
def test_a_step_leads_out_of_a_fault_whatever_lies_between(
    faults: tuple[str | None, ...], expected: tuple[int | None, ...]
) -> None:
    """From a fault the aim is the lowest option without one, from any other the next better one."""
    asked = _with_faults(*faults)

    assert expected == tuple(asked.aim(level) for level in range(len(faults)))


def test_options_of_equal_value_are_stood_over() -> None:
    """A step that changed no score would lead nowhere, so the aim is the next option of higher value."""
    asked = questionnaire_from(
        questionnaire_data([question("q", {"a": 1, "b": 1}, values=["0", "0.5", "0.5", "1"])])
    ).questions[0]

    assert (1, 3, 3, None) == tuple(asked.aim(level) for level in range(4))


def test_a_step_is_done_by_somebody_whom_the_company_has() -> None:
    """The owner where it exists, else that of small companies, else nobody; nobody for one person."""
    data = questionnaire_data(
        [question("q", {"a": 1, "b": 1}, efforts={0: 1})],
        one_person={"size": ["one"]},
        profile=[
            {
                "id": "size",
                "text": "How many?",
                "options": [{"id": name, "text": name} for name in ("one", "few", "many")],
            }
        ],
        departments=[
            {"id": "office", "name": "Office", "applies_if": {"size": ["few", "many"]}},
            {"id": "law", "name": "Law", "applies_if": {"size": ["many"]}},
        ],
    )
    asked = questionnaire_from(data)
    step = Step(text="Do.", effort=1, owner="law", owner_small="office")
    lonely = Step(text="Do.", effort=1, owner="law")

    owners = {size: asked.owner_for(step, {"size": size}) for size in ("one", "few", "many")}
    assert {"one": None, "few": "office", "many": "law"} == owners
    assert "law" == asked.owner_for(step, {})
    assert asked.owner_for(lonely, {"size": "few"}) is None
    assert ("office",) == tuple(each.id for each in asked.departments_for({"size": "few"}))


def test_a_contradiction_needs_its_facts_only_where_all_that_it_names_is_asked() -> None:
    """In the quick check a contradiction with a question of the full one cannot be met."""
    read = questionnaire_from(
        questionnaire_data(
            [question("q0", {"a": 1}), question("q1", {"b": 1}, depth="full"), question("q2", {"b": 1})],
            profile=PROFILE,
            contradictions=[
                {"id": "odd", "if": {"q0": ["l3"], "q1": ["l0"], "size": ["one"]}, "text": "odd"},
                {"id": "odder", "if": {"q2": ["l3"], "size": ["one"]}, "text": "odder"},
            ],
        )
    )

    found = {
        (name, depth): read.facts_for(read.question[name], depth)
        for name in ("q0", "q2")
        for depth in ("quick", "full")
    }

    size = ("size",)
    assert {("q0", "quick"): (), ("q0", "full"): size, ("q2", "quick"): size, ("q2", "full"): size} == found
