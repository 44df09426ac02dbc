"""Then and now: a change is taken apart exactly, and only what was asked the same is a change in practice."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from conftest import (
    GOLDEN,
    GOLDEN_ANSWERS,
    Data,
    present,
    question,
    questionnaire_data,
    questionnaire_from,
    sheet_from,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from random_cases import case

from smaudit.core.compare import compare
from smaudit.core.compare_moves import root
from smaudit.core.compare_result import ChangedAnswer, Comparison, Interval, Move
from smaudit.core.history import digests
from smaudit.core.questionnaire import Questionnaire
from smaudit.core.result import PlannedStep
from smaudit.core.scoring import assess
from smaudit.core.sheet import Sheet

SEEDS = st.integers(0, 10**6)


def made(questionnaire: Questionnaire, answers: Data, version: str | None = "1", **more: Any) -> Sheet:
    """A sheet with these answers, made for a version of the questionnaire."""
    name = {"id": questionnaire.id} | ({"version": version} if version else {})
    return sheet_from(
        {"schema": "smaudit/sheet/1", "questionnaire": name, "answers": answers, **more}, questionnaire
    )


def golden_pair(questionnaire: Questionnaire) -> tuple[Sheet, Sheet]:
    """The golden example, and the same with one answer raised and one that was unknown."""
    return (
        made(questionnaire, GOLDEN_ANSWERS),
        made(questionnaire, {**GOLDEN_ANSWERS, "q2": "l2", "q5": "l1"}),
    )


def found(interval: Interval, name: str) -> ChangedAnswer:
    """What changed of a question."""
    return next(each for each in interval.answers if each.question == name)


def moves(interval: Interval) -> Iterator[Move]:
    """How every misconception moved, and the overall."""
    yield from (*interval.misconceptions, interval.overall)


def pair_of(seed: int) -> tuple[Questionnaire, Sheet, Sheet]:
    """A random questionnaire and two random sheets of it: other answers, facts, depths and versions."""
    asked, one = case(seed)
    draw = random.Random(seed)  # noqa: S311 - repeatable, not secret
    other = {**one, "answers": dict(one["answers"])}
    for each in asked["questions"]:
        chance = draw.random()
        if chance < 0.3:
            other["answers"][each["id"]] = draw.choice(each["options"])["id"]
        elif chance < 0.45:
            other["answers"][each["id"]] = draw.choice(["dont-know", "not-applicable", None])
    if draw.random() < 0.3:
        other["company"] = {"profile": {"size": draw.choice(["one", "few", "many"])}}
    if draw.random() < 0.3:
        other["depth"] = draw.choice(["quick", "full"])
    for sheet in (one, other):
        sheet["questionnaire"] = {"id": "made-up", "version": draw.choice(["1", "1", "0"])}
    questionnaire = questionnaire_from(asked)
    return questionnaire, sheet_from(one, questionnaire), sheet_from(other, questionnaire)


def test_the_golden_example_is_taken_apart_as_it_was_by_hand(golden: Questionnaire) -> None:
    """A 50 to 1150/21 is +25/3 in practice and -25/7 in counting; B changed in counting alone, by -10."""
    a, b = (whole := compare(golden, golden_pair(golden)).whole).misconceptions

    assert (Fraction(50), Fraction(1150, 21)) == (a.then.score, a.now.score)
    assert (Fraction(25, 3), Fraction(-25, 7)) == (a.matched, a.composition)
    assert (Fraction(205, 3), Fraction(175, 3)) == (b.then.score, b.now.score)
    assert (Fraction(0), Fraction(-10)) == (b.matched, b.composition)
    assert {"a": Fraction(-25, 7), "b": Fraction(-10)} == found(whole, "q5").points
    assert (("knowing", "practice"), ("q5",)) == (
        (found(whole, "q5").kind, found(whole, "q2").kind),
        whole.known_now,
    )


def test_the_noise_of_the_golden_example_is_that_worked_out_by_hand(golden: Questionnaire) -> None:
    """Of A: four fifths of the sum of (100·w/6)²·δ² over the three questions, and its root."""
    a = compare(golden, golden_pair(golden)).whole.misconceptions[0]
    square = Fraction(4, 5) * (
        Fraction(50) ** 2 * Fraction(1, 9)
        + Fraction(100, 3) ** 2 * Fraction(1, 16)
        + Fraction(50, 3) ** 2 * (Fraction(1, 4) + Fraction(1, 16)) / 2
    )

    assert root(square) == a.noise
    assert ("within-noise", ("q5",), Fraction(100, 7)) == (a.verdict, a.open, a.hidden)


@given(SEEDS)
@settings(deadline=None, max_examples=150)
def test_practice_and_counting_add_up_to_the_difference(seed: int) -> None:
    """Exactly, for each misconception and the overall; and so do the items of each."""
    questionnaire, then, now = pair_of(seed)

    whole = compare(questionnaire, [then, now]).whole

    for each in moves(whole):
        if each.difference is not None:
            assert each.difference == (each.matched or 0) + present(each.composition)
    for each in whole.misconceptions:
        if each.difference is not None:
            points = [(item.kind, item.points.get(each.id, Fraction())) for item in whole.answers]
            assert (each.matched or 0) == sum(part for kind, part in points if kind == "practice")
            assert each.composition == sum(part for kind, part in points if kind != "practice")
    if whole.overall.difference is not None:
        items = sum((item.overall or Fraction() for item in whole.answers), Fraction())
        assert whole.overall.difference == items + sum(each.points for each in whole.joined)


@given(SEEDS)
@settings(deadline=None, max_examples=100)
def test_the_scores_are_those_of_the_assessment(seed: int) -> None:
    """At the lower depth of both, each date is what the report of its sheet says."""
    questionnaire, *sheets = pair_of(seed)

    comparison = compare(questionnaire, sheets)

    for name in ("then", "now"):
        sheet = sheets[name == "now"].with_depth(comparison.depth)
        expected = [each.score for each in assess(questionnaire, sheet).misconceptions]
        assert expected == [getattr(each, name).score for each in comparison.whole.misconceptions]


@given(SEEDS)
@settings(deadline=None, max_examples=60)
def test_the_same_sheet_twice_changes_nothing(seed: int) -> None:
    """No move, no item, no alarm that came or went, whatever the sheet."""
    questionnaire, sheet, _ = pair_of(seed)
    named = {"questionnaire": {"id": "made-up", "version": "1"}}
    sheet = sheet.model_copy(
        update={"questionnaire": present(sheet.questionnaire).model_validate(named["questionnaire"])}
    )

    whole = compare(questionnaire, [sheet, sheet]).whole

    assert ((), (), (), (), ()) == (
        whole.answers,
        whole.known_now,
        whole.unknown_now,
        whole.facts,
        whole.joined,
    )
    assert {"stays"} >= {each.change for each in whole.alarms}
    assert {"unchanged", "no-score", "nothing-matched"} >= {each.verdict for each in moves(whole)}
    assert {0, None} >= {each.difference for each in moves(whole)}


@given(SEEDS)
@settings(deadline=None, max_examples=100)
def test_swapping_the_dates_turns_every_sign(seed: int) -> None:
    """Differences, practice, counting and every item; the noise stays, and rising becomes falling."""
    questionnaire, then, now = pair_of(seed)
    turned = {"risen": "fallen", "fallen": "risen"}

    forth, back = (compare(questionnaire, pair).whole for pair in ([then, now], [now, then]))

    for one, other in zip(moves(forth), moves(back), strict=True):
        for name in ("difference", "matched", "composition"):
            before, after = getattr(one, name), getattr(other, name)
            assert (before is None) == (after is None)
            assert before is None or before == -after
        assert (one.noise, turned.get(one.verdict, one.verdict)) == (other.noise, other.verdict)
    for item in forth.answers:
        mirrored = found(back, item.question)
        assert {name: -points for name, points in item.points.items()} == mirrored.points
        assert (item.then, item.now) == (mirrored.now, mirrored.then)
    assert (forth.known_now, forth.unknown_now) == (back.unknown_now, back.known_now)


WORDED = questionnaire_data(
    [question(f"q{number}", {"a": 2, "b": 1} if number % 2 else {"b": 2}) for number in range(6)],
    version="2",
    rules={"min_rated": 1},
)


def before_the_change(**changed: Data) -> Questionnaire:
    """Version 1 of the same questionnaire, in which some questions were others."""
    questions = [each | changed.get(each["id"], {}) for each in WORDED["questions"]]
    return questionnaire_from(WORDED | {"questions": questions, "version": "1"})


ALL = {f"q{number}": f"l{number % 4}" for number in range(6)}


@pytest.mark.parametrize("known", ["text", "digest"])
def test_a_change_of_words_alone_is_neither_practice_nor_noise_but_named(known: str) -> None:
    """The same answers before and after a question was put in other words: 0 points, and its name."""
    asked, old = questionnaire_from(WORDED), before_the_change(q1={"text": "q1, put otherwise?"})
    sheets = [made(asked, ALL, "1"), made(asked, ALL, "2")]

    whole = (
        compare(asked, sheets, earlier=[old])
        if known == "text"
        else compare(asked, sheets, history={"1": digests(old)})
    ).whole

    assert [("q1", "reworded")] == [(each.question, each.kind) for each in whole.answers]
    assert ("q1",) == whole.versions.reworded
    assert [0, 0, 0] == [each.matched for each in moves(whole)]
    assert [0, 0, 0] == [each.composition for each in moves(whole)]
    assert 5 == whole.same
    a = whole.misconceptions[0]
    assert present(a.noise) > 0
    assert 2 == a.questions


def test_an_option_that_nobody_chose_may_change_its_words() -> None:
    """Where the texts are known, what is asked and the two answers decide; where digests are, all of it."""
    options = [dict(each) for each in WORDED["questions"][1]["options"]]
    options[3]["text"] = "other words"
    asked, old = questionnaire_from(WORDED), before_the_change(q1={"options": options})
    sheets = [made(asked, ALL, "1"), made(asked, ALL, "2")]

    assert () == compare(asked, sheets, earlier=[old]).whole.versions.reworded
    assert ("q1",) == compare(asked, sheets, history={"1": digests(old)}).whole.versions.reworded


@pytest.mark.parametrize("part", [{"text": "other words"}, {"value": "1/2"}])
def test_an_answer_that_was_chosen_in_other_words_is_not_matched(part: Data) -> None:
    """Its text, or what it is worth, is another in the earlier version."""
    options = [dict(each) for each in WORDED["questions"][1]["options"]]
    options[1].update(part)
    asked, old = questionnaire_from(WORDED), before_the_change(q1={"options": options})

    whole = compare(asked, [made(asked, ALL, "1"), made(asked, ALL, "2")], earlier=[old]).whole

    assert ("q1",) == whole.versions.reworded


def test_without_any_text_questions_are_matched_by_their_ids_and_it_is_said() -> None:
    """A version that nobody knows, or a sheet that names none."""
    asked = questionnaire_from(WORDED)
    for version in ("0", None):
        versions = compare(asked, [made(asked, ALL, version), made(asked, ALL, "2")]).whole.versions
        assert ("not-compared", tuple(ALL)) == (versions.texts, versions.not_compared)

    same = compare(asked, [made(asked, ALL, "0"), made(asked, ALL, "0")]).whole.versions
    assert ("same-version", ()) == (same.texts, same.not_compared)


def test_a_question_that_is_new_is_counting_and_said_to_be_new() -> None:
    """It was not unknown then: it was not asked."""
    asked = questionnaire_from(WORDED)
    old = questionnaire_from(WORDED | {"questions": WORDED["questions"][:5], "version": "1"})
    then = {name: choice for name, choice in ALL.items() if name != "q5"}

    whole = compare(asked, [made(asked, then, "1"), made(asked, ALL, "2")], earlier=[old]).whole

    assert (("q5",), (), "question") == (whole.versions.added, whole.known_now, found(whole, "q5").kind)


def test_a_question_and_an_option_that_are_no_more_are_named() -> None:
    """The question among what was dropped, the option as an answer that is gone."""
    asked = questionnaire_from(WORDED)
    questions = [*WORDED["questions"], question("q9", {"a": 1})]
    options = [*WORDED["questions"][0]["options"], {"id": "l9", "text": "more"}]
    questions[0] = questions[0] | {"options": options}
    old = questionnaire_from(WORDED | {"questions": questions, "version": "1"})
    then = made(asked, {**ALL, "q0": "l9", "q9": "l1"}, "1").from_file("", ("q0", "q9"))

    whole = compare(asked, [then, made(asked, ALL, "2")], earlier=[old]).whole

    assert (("q9",), "option", "gone") == (
        whole.versions.dropped,
        found(whole, "q0").kind,
        found(whole, "q0").then.status,
    )


SIZE = {
    "id": "size",
    "text": "?",
    "options": [{"id": "one", "text": "1"}, {"id": "more", "text": "2"}],
}


def test_facts_that_changed_are_named_with_what_hangs_on_them() -> None:
    """A question that a fact rules out, and one that it puts in other words, are counting."""
    questions = [dict(each) for each in WORDED["questions"]]
    questions[0]["applies_if"] = {"size": ["more"]}
    questions[1]["wording"] = [{"if": {"size": ["one"]}, "text": "alone?"}]
    asked = questionnaire_from(WORDED | {"questions": questions, "profile": [SIZE]})
    sheets = [made(asked, ALL, "2", company={"profile": {"size": size}}) for size in ("one", "more")]

    whole = compare(asked, sheets).whole

    assert [("size", "one", "more", ("q0", "q1"))] == [tuple(each) for each in whole.facts]
    assert {"q0": "facts", "q1": "wording"} == {each.question: each.kind for each in whole.answers}
    assert () == whole.versions.reworded


ALARMING = questionnaire_from(
    questionnaire_data(
        [
            question("q1", {"a": 1}),
            question("q2", {"a": 1}, depth="full"),
            question("q3", {"a": 1}),
            question("q4", {"a": 1}),
        ],
        ["a"],
        rules={"min_rated": 1},
    )
)
for _each in ALARMING.questions:
    object.__setattr__(_each.options[0], "alarm", True)


@pytest.mark.parametrize(
    ("then", "now", "change"),
    [
        ("l0", "l0", "stays"),
        ("l0", "l1", "gone"),
        ("l1", "l0", "new"),
        ("dont-know", "l0", "seen-now"),
        ("l0", "dont-know", "not-known"),
        ("l0", None, "not-known"),
        ("l0", "not-applicable", "not-applicable"),
    ],
)
def test_an_alarm_is_gone_only_where_it_was_answered_again(then: str, now: str | None, change: str) -> None:
    """What is not known, not asked or does not apply now is called that."""
    sheets = [made(ALARMING, {"q1": choice, "q3": "l1", "q4": "l1"}) for choice in (then, now)]

    assert [("q1", change)] == [
        (each.question, each.change) for each in compare(ALARMING, sheets).whole.alarms
    ]


def test_an_alarm_whose_question_a_quick_check_leaves_out_is_not_asked_any_more() -> None:
    """Whatever the depth of the comparison, the alarms of the fuller sheet are looked at."""
    then = made(ALARMING, {"q1": "l1", "q2": "l0", "q3": "l1"}, depth="full")
    now = made(ALARMING, {"q1": "l1", "q2": "l1", "q3": "l1"}, depth="quick")

    assert ["not-asked"] == [each.change for each in compare(ALARMING, [then, now]).whole.alarms]
    assert ["seen-now"] == [each.change for each in compare(ALARMING, [now, then]).whole.alarms]


def test_an_alarm_of_a_question_that_is_put_otherwise_is_not_called_gone() -> None:
    """Whether it is over, or only asked about in other words, nobody can tell."""
    asked, old = questionnaire_from(WORDED), before_the_change(q1={"text": "q1, put otherwise?"})
    object.__setattr__(asked.question["q1"].options[0], "alarm", True)
    sheets = [made(asked, {**ALL, "q1": "l0"}, "1"), made(asked, ALL, "2")]

    assert ["asked-otherwise"] == [each.change for each in compare(asked, sheets, earlier=[old]).whole.alarms]


def step(name: str, from_: str, to: str) -> PlannedStep:
    """A step of a plan."""
    return PlannedStep(
        question=name,
        from_=from_,
        to=to,
        way=(from_,),
        effort=1,
        gain=Fraction(),
        gains={},
        owner=None,
        wave=1,
        by=None,
        alike=False,
        running={},
        reason="alarm",
        serves="a",
    )


def test_the_steps_of_the_earlier_plan_are_shown_claimed_or_open() -> None:
    """By the answers now, with evidence or without; what cannot be told is not called open."""
    asked = questionnaire_from(WORDED)
    then = {f"q{number}": "l1" for number in range(6)}
    now = {
        "q0": {"choice": "l2", "evidence": "the list"},
        "q1": {"choice": "l3", "evidence": " "},
        "q2": "l1",
        "q3": "dont-know",
        "q4": "not-applicable",
        "q5": "l1",
    }
    steps = [step(name, "l1", "l2") for name in then]

    whole = compare(asked, [made(asked, then, "2"), made(asked, now, "2")], planned=[steps]).whole

    assert ["shown", "claimed", "open", "not-known", "not-asked", "open"] == [
        each.state for each in whole.steps
    ]


def test_nothing_matched_is_no_change_in_practice_and_the_items_still_add_up() -> None:
    """Everything is counting, item by item."""
    asked = questionnaire_from(WORDED)
    sheets = [
        made(asked, {"q0": "l1", "q1": "l1", "q2": "l0"}, "2"),
        made(asked, {"q3": "l2", "q4": "l3", "q5": "l1"}, "2"),
    ]
    data = WORDED | {"rules": {"min_rated": 1, "min_coverage": "0"}}

    whole = compare(questionnaire_from(data), sheets).whole

    b = whole.misconceptions[1]
    assert ("nothing-matched", None) == (b.verdict, b.matched)
    assert (
        b.difference == b.composition == sum(each.points["b"] for each in whole.answers if "b" in each.points)
    )


def test_what_open_questions_could_hide_is_no_progress() -> None:
    """Beyond the noise, with ranges that overlap: not called risen."""
    asked = questionnaire_from(
        questionnaire_data([question(f"q{each}", {"a": 1}) for each in range(8)], ["a"])
    )
    low = {f"q{each}": "l1" for each in range(6)}
    high = {f"q{each}": "l2" for each in range(6)}

    verdicts = [
        compare(asked, [made(asked, {**low, **more}), made(asked, {**high, **more})]).whole.misconceptions[0]
        for more in ({}, {"q6": "l1", "q7": "l1"})
    ]

    assert ["ranges-overlap", "risen"] == [each.verdict for each in verdicts]
    assert [False, True] == [each.is_drawn for each in verdicts]
    assert (Fraction(50), 2) == (verdicts[0].hidden, len(verdicts[0].open))


def test_a_misconception_with_a_score_on_one_date_only_is_itemised_in_the_overall(
    golden: Questionnaire,
) -> None:
    """What joined or left is a deviation from the mean of the others, and all adds up."""
    then = made(golden, GOLDEN_ANSWERS)
    now = made(golden, {"q1": "dont-know", "q2": "dont-know", "q4": "l3", "q5": "l1", "q6": "l2"})

    whole = compare(golden, [then, now]).whole

    assert [("a", False)] == [(each.id, each.has_joined) for each in whole.joined]
    assert "no-score" == whole.misconceptions[0].verdict
    assert whole.overall.difference == present(whole.overall.matched) + present(whole.overall.composition)


def test_each_date_stands_against_the_one_before_and_the_last_against_the_first(
    golden: Questionnaire,
) -> None:
    """Five dates make four intervals and one whole; practice adds up where all is matched."""
    answers = [{**GOLDEN_ANSWERS, "q2": f"l{level}"} for level in (0, 1, 3, 2, 4)]

    comparison = compare(golden, [made(golden, each) for each in answers])

    assert [(0, 1), (1, 2), (2, 3), (3, 4)] == [(each.then, each.now) for each in comparison.intervals]
    assert (0, 4) == (comparison.whole.then, comparison.whole.now)
    parts = [each.misconceptions[0].matched or 0 for each in comparison.intervals]
    assert comparison.whole.misconceptions[0].matched == sum(parts)


def test_without_names_nothing_that_was_typed_is_left(golden: Questionnaire) -> None:
    """Neither the company, nor who answered, nor evidence; that there is some stays."""
    answers = {**GOLDEN_ANSWERS, "q2": {"choice": "l2", "evidence": "secret"}}
    people: dict[str, Any] = {"company": {"name": "secret"}, "respondent": {"name": "secret"}}
    sheets = [made(golden, GOLDEN_ANSWERS, **people), made(golden, answers, **people)]

    comparison: Comparison = compare(golden, sheets, anonymous=True)

    assert "secret" not in str(comparison.to_dict())
    assert found(comparison.whole, "q2").now.with_evidence


def test_what_is_no_pair_of_sheets_is_refused(golden: Questionnaire) -> None:
    """One sheet, sheets of two companies, and what is no sheet at all."""
    one = made(golden, GOLDEN_ANSWERS, company={"name": "Acme"})
    other = made(golden, GOLDEN_ANSWERS, company={"name": "Apex"})

    for sheets in ([one], [one, other]):
        with pytest.raises(ValueError, match="sheets"):
            compare(golden, sheets)
    with pytest.raises(TypeError):
        compare(golden, [GOLDEN, GOLDEN])  # type: ignore[list-item]
