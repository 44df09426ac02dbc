"""A step leads one level up, is worth what it gains by its effort, and the steps stand in one order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import pytest
from conftest import Data, present, question, questionnaire_data, questionnaire_from, sheet_from

from smaudit.core.result import NextStep
from smaudit.core.scoring import assess
from smaudit.core.steps import rated_weights, standings, step_rank, step_up

F = Fraction


def steps(
    questions: Sequence[Data],
    answers: Mapping[str, object],
    misconceptions: Iterable[str] = ("a",),
    **more: object,
) -> tuple[NextStep, ...]:
    """The next steps after these answers, best first."""
    data = questionnaire_data(questions, misconceptions, rules={"min_rated": 0, "min_coverage": "0"})
    asked = questionnaire_from(data)
    sheet = sheet_from({"schema": "smaudit/sheet/1", "answers": answers, **more}, asked)
    return assess(asked, sheet).next_steps


def names(found: tuple[NextStep, ...]) -> list[str]:
    """The questions of these steps, in order."""
    return [step.question for step in found]


def test_a_step_says_where_it_leads_and_what_it_gains() -> None:
    """From the option chosen to the next; it gains in each misconception, and the mean of those scored."""
    questions = [
        question("q0", {"a": 1, "b": 3}, 3, values=["0", "1/4", "1"], efforts={1: 4}),
        question("q1", {"a": 2}, 2),
        question("q2", {"c": 1}, 2),
    ]
    questions[0]["options"][1]["step"]["owner"] = "sales"
    data = questionnaire_data(
        questions,
        ["a", "b", "c"],
        departments=[{"id": "sales", "name": "Sales"}],
        rules={"min_rated": 0, "min_coverage": "0"},
    )
    asked = questionnaire_from(data)

    (step,) = assess(asked, sheet_from({"q0": "l1", "q1": "l1"}, asked)).next_steps

    # a has 3 of weight rated, b has 3; c has no score and is no part of the mean.
    assert ("q0", "l1", "l2", 4, "sales") == (step.question, step.from_, step.to, step.effort, step.owner)
    assert {"a": F(25), "b": F(75)} == step.gains
    assert (F(50), F(50, 4)) == (step.gain, step.priority)


@pytest.mark.parametrize(
    ("level", "ruled_out", "found"),
    [(0, [], ["q0"]), (0, ["q1"], ["q0"]), (0, ["q0"], []), (1, [], []), (2, [], [])],
    ids=["up", "another ruled out", "ruled out", "no step written", "at the top"],
)
def test_there_is_a_step_where_one_is_written_that_leads_up_and_is_not_ruled_out(
    level: int, ruled_out: list[str], found: list[str]
) -> None:
    """No step from the top, from an option without one, or for a question that the sheet leaves as it is."""
    questions = [question("q0", {"a": 1}, 3, efforts={0: 1, 2: 1}), question("q1", {"a": 1})]

    assert found == names(steps(questions, {"q0": f"l{level}"}, ruled_out=ruled_out))


def test_the_effort_of_the_sheet_comes_before_that_of_the_questionnaire() -> None:
    """What a step costs this company decides its priority."""
    questions = [question(f"q{n}", {"a": 1}, 2, efforts={0: 2}) for n in range(2)]

    found = steps(questions, {"q0": "l0", "q1": "l0"}, efforts={"q1": 1})

    assert [("q1", 1, F(50)), ("q0", 2, F(25))] == [(s.question, s.effort, s.priority) for s in found]


def test_a_step_gains_nothing_where_nothing_is_scored() -> None:
    """Without a score to raise the gain is 0, and the step is still there."""
    data = questionnaire_data([question("q0", {"a": 1}, 2, efforts={0: 3})], ["a"], rules={"min_rated": 2})
    asked = questionnaire_from(data)

    (step,) = assess(asked, sheet_from({"q0": "l0"}, asked)).next_steps

    assert (F(0), F(0)) == (step.gain, step.priority)
    assert not step.gains


def test_more_gain_for_an_hour_comes_first() -> None:
    """Gain by effort decides, not the gain and not the effort."""
    questions = [
        question("q0", {"a": 6}, 2, efforts={0: 3}),
        question("q1", {"a": 3}, 2, efforts={0: 1}),
        question("q2", {"a": 1}, 2, efforts={0: 1}),
    ]

    assert ["q1", "q0", "q2"] == names(steps(questions, {"q0": "l0", "q1": "l0", "q2": "l0"}))


def test_priorities_are_compared_exactly() -> None:
    """Steps of which one gains a little more than a float can tell stand in their order."""
    less, more = "499999998/999999997", "499999999/999999999"
    questions = [
        question("q0", {"b": 1}, 3, values=["0", less, "1"], efforts={0: 1}),
        question("q1", {"b": 1}, 3, values=["0", more, "1"], efforts={0: 1}),
        question("weak", {"a": 1}, 2),
        question("strong", {"b": 1}, 2),
    ]
    answers = {"q0": "l0", "q1": "l0", "weak": "l0", "strong": "l1"}

    assert F(less) < F(more)
    assert ["q1", "q0"] == names(steps(questions, answers, ["a", "b"]))


def test_of_equal_priority_the_misconception_with_the_lowest_score_comes_first() -> None:
    """Two steps that gain the overall the same: the one whose topic is the lowest misconception leads."""
    questions = [
        question("q0", {"a": 1}, 2, efforts={0: 1}),
        question("q1", {"b": 1}, 2, efforts={0: 1}),
        question("r0", {"a": 1}, 2),
        question("r1", {"b": 1}, 3),
    ]
    answers = {"q0": "l0", "q1": "l0", "r0": "l1", "r1": "l1"}

    assert ["q1", "q0"] == names(steps(questions, answers, ["a", "b"]))


def test_the_topic_decides_however_little_is_gained() -> None:
    """Even a tenth of a point in the lowest misconception goes before a step that gains it nothing."""
    questions = [
        question("q0", {"b": 1}, 3, values=["0", "1/1000", "1"], efforts={0: 1}),
        question("q1", {"a": 1}, 3, values=["0", "1/1000", "1"], efforts={0: 1}),
        question("r0", {"b": 1}, 2),
        question("r1", {"a": 1}, 3),
    ]
    answers = {"q0": "l0", "q1": "l0", "r0": "l1", "r1": "l1"}

    found = steps(questions, answers, ["a", "b"])

    assert [("q1", F(1, 20)), ("q0", None)] == [(step.question, step.gains.get("a")) for step in found]


def test_of_equal_gains_the_smaller_effort_comes_first() -> None:
    """Priority and gain in the weakest alike: what costs less leads."""
    questions = [
        question("q0", {"b": 2}, 2, efforts={0: 2}),
        question("q1", {"b": 1}, 2, efforts={0: 1}),
        question("r0", {"a": 1}, 2),
    ]
    answers = {"q0": "l0", "q1": "l0", "r0": "l0"}

    assert ["q1", "q0"] == names(steps(questions, answers, ["a", "b"]))


def test_of_equal_efforts_the_lower_level_comes_first() -> None:
    """All else alike, what stands on a lower level is raised first, whatever its place and name."""
    questions = [
        question("q0", {"a": 1}, 3, efforts={1: 1}),
        question("q1", {"a": 1}, 3, efforts={0: 1}),
    ]

    assert ["q1", "q0"] == names(steps(questions, {"q0": "l1", "q1": "l0"}))


def test_the_id_decides_what_nothing_else_does() -> None:
    """Steps alike in everything stand in the order of their ids, not of the file."""
    questions = [question(name, {"a": 1}, 2, efforts={0: 1}) for name in ("b", "c", "a")]

    assert ["a", "b", "c"] == names(steps(questions, dict.fromkeys("abc", "l0")))


def test_only_what_is_rated_weighs() -> None:
    """What is unknown, excused or ruled out adds nothing to the weight that a step's gain is a share of."""
    fact = {"id": "size", "text": "?", "options": [{"id": "one", "text": "1"}, {"id": "more", "text": "2"}]}
    questions = [question(f"q{n}", {"a": 2**n}, 2) for n in range(5)]
    questions.append(question("q5", {"a": 32}, 2, applies_if={"size": ["more"]}))
    data = questionnaire_data(
        questions, ["a", "b"], profile=[fact], rules={"min_rated": 0, "min_coverage": "0"}
    )
    data["questions"].append(question("q6", {"b": 1}, 2))
    asked = questionnaire_from(data)
    answers = {"q0": "l0", "q1": "l1", "q2": "dont-know", "q3": "not-applicable", "q5": "l0"}
    sheet = {"schema": "smaudit/sheet/1", "answers": answers, "company": {"profile": {"size": "one"}}}

    assert {"a": 3} == rated_weights(assess(asked, sheet_from(sheet, asked)).misconceptions)


def test_the_rank_of_a_step_is_the_order_of_the_report() -> None:
    """Whoever ranks steps one by one comes to the order in which the assessment has them."""
    questions = [
        question(f"q{n}", {"a": 1 + n % 3, "b": n % 2}, 4, efforts={0: 1 + n % 2, 1: 2}) for n in range(9)
    ]
    data = questionnaire_data(questions, rules={"min_rated": 0})
    asked = questionnaire_from(data)
    answers = {f"q{n}": f"l{n % 2}" for n in range(9)}
    sheet = sheet_from(answers, asked)
    assessment = assess(asked, sheet)
    weights = rated_weights(assessment.misconceptions)
    standing = standings(assessment.misconceptions)

    ranked = sorted(
        (
            step_rank(
                present(step_up(asked, asked.question[name], int(answers[name][1]), sheet, weights)),
                asked.question[name],
                int(answers[name][1]),
                standing,
            ),
            name,
        )
        for name in answers
    )

    assert {"a": 18, "b": 4} == weights
    assert names(assessment.next_steps) == [name for _, name in ranked]
