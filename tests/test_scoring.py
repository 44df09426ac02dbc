"""The score is exact: golden examples worked by hand, and laws over generated questionnaires."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import oracle_scoring
import pytest
import random_cases
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

from smaudit.core.figures import row
from smaudit.core.questionnaire import Questionnaire
from smaudit.core.result import Assessment, MisconceptionScore, Missing, Sides
from smaudit.core.scoring import answer_status, assess, band_of
from smaudit.core.sheet_rules import read_sheet

F = Fraction


def scored(questionnaire: Questionnaire, answers: Mapping[str, object], **more: object) -> Assessment:
    """The assessment of these answers."""
    sheet = {"schema": "smaudit/sheet/1", "answers": answers, **more}
    return assess(questionnaire, sheet_from(sheet, questionnaire))


def test_the_golden_example_gives_its_scores_bounds_and_coverage(golden: Questionnaire) -> None:
    """G1: every score, bound and coverage is the exact fraction of the worked example."""
    assessment = scored(golden, GOLDEN_ANSWERS)

    a, b = assessment.misconceptions
    overall = assessment.overall
    assert (F(50), F(300, 7), F(400, 7), F(6, 7)) == (a.score, a.worst, a.best, a.coverage)
    assert (F(205, 3), F(1025, 21), F(1625, 21), F(5, 7)) == (b.score, b.worst, b.best, b.coverage)
    assert (F(355, 6), F(275, 6), F(2825, 42)) == (overall.score, overall.worst, overall.best)
    assert ("weak-pull", False, ("strong-pull", "weak-pull")) == (a.band, a.firm, a.could_be)
    assert (0, 0, 2) == (overall.steering.count, overall.steering.least, overall.steering.most)


def test_the_golden_example_gives_its_stances(golden: Questionnaire) -> None:
    """G2: an interval across 50 leaves practice unclear; better practice than belief is named."""
    unclear = scored(golden, GOLDEN_ANSWERS, beliefs={"a": 2})
    without_saying = scored(golden, {**GOLDEN_ANSWERS, "q5": "l3"}, beliefs={"b": 5})

    assert F(75) == present(unclear.misconception("a").belief).score
    assert "practice-unclear" == unclear.misconception("a").stance
    assert F(1625, 21) == without_saying.misconception("b").score
    assert "does-without-saying" == without_saying.misconception("b").stance


def test_the_golden_example_ranks_its_next_steps(golden: Questionnaire) -> None:
    """G8: steps come by gain of the overall per effort, in the exact worked order."""
    steps = scored(golden, GOLDEN_ANSWERS).next_steps

    assert [("q6", F(55, 18)), ("q4", F(5, 2)), ("q1", F(7, 3)), ("q2", F(25, 12))] == [
        (step.question, step.priority) for step in steps
    ]


def test_what_nobody_knows_comes_with_the_width_it_would_remove(golden: Questionnaire) -> None:
    """Of the golden example only Q5 is open: it makes the whole width of the overall's interval."""
    assessment = scored(golden, GOLDEN_ANSWERS)

    overall = assessment.overall
    assert [("q5", present(overall.best) - present(overall.worst))] == [
        (each.question, each.width) for each in assessment.find_out_first
    ]


@pytest.mark.parametrize(
    ("belief", "levels", "stance"),
    [
        (1, "l3", "aligned"),
        (2, "l0", "says-but-does-not-do"),
        (5, "l3", "does-without-saying"),
        (4, "l0", "believed-and-practised"),
        (3, "l0", "undecided"),
        ("dont-know", "l0", None),
    ],
)
def test_belief_beside_practice_gives_each_stance(
    golden: Questionnaire, belief: int | str, levels: str, stance: str | None
) -> None:
    """Both axes are cut at 50; the middle of the belief item is undecided, don't know is no stance."""
    answers = {
        name: levels if name not in {"q2", "q4"} else f"l{int(levels[1]) * 4 // 3}" for name in GOLDEN_ANSWERS
    }

    assert stance == scored(golden, answers, beliefs={"a": belief}).misconception("a").stance


def test_an_alarm_caps_the_band_and_leaves_the_number() -> None:
    """One alarming answer keeps its main misconception at a strong pull, however high the score."""
    data = questionnaire_data([question(f"q{n}", {"a": 5}) for n in range(4)], ["a"])
    data["questions"][0]["options"][0]["alarm"] = True

    assessment = scored(questionnaire_from(data), {"q0": "l0", "q1": "l3", "q2": "l3", "q3": "l3"})

    a = assessment.misconception("a")
    assert (F(75), "strong-pull", ("q0",), True) == (a.score, a.band, a.capped_by, a.firm)
    assert [("q0", "l0", "a")] == [
        (each.question, each.choice, each.misconception) for each in assessment.alarms
    ]
    assert 0 == assessment.overall.steering.count


def test_low_coverage_gives_an_interval_and_names_the_question_that_would_unlock_it() -> None:
    """Below half of the weight there is no point score, in the misconception and in the overall."""
    tiny = questionnaire_from(
        questionnaire_data(
            [question("q0", {"a": 1}), question("q1", {"a": 1}), question("q2", {"a": 3})], ["a"]
        )
    )

    assessment = scored(tiny, {"q0": "l3", "q1": "l3", "q2": "dont-know"})

    a = assessment.misconception("a")
    assert ("not-enough-answers", None, F(40), F(100), "q2") == (a.status, a.score, a.worst, a.best, a.unlock)
    assert (None, 0) == (assessment.overall.score, assessment.overall.counted)


def test_fewer_than_two_rated_questions_of_its_own_give_no_score() -> None:
    """Answers that only touch a misconception do not make a score for it."""
    tiny = questionnaire_from(
        questionnaire_data(
            [question("q0", {"a": 2}), question("q1", {"a": 1, "b": 2}), question("q2", {"b": 2})]
        )
    )

    answers = {"q0": "l3", "q1": "l3", "q2": "l0"}

    a = scored(tiny, answers).misconception("a")
    assert ("too-few-apply", None, None, None, None) == (a.status, a.score, a.worst, a.best, a.side)
    assert "scored" == scored(tiny, answers).misconception("b").status


def test_unknown_questions_of_its_own_apply() -> None:
    """Too few apply only where knowing everything would not make a score; then nothing is to be found out."""
    questions = [two("q0", {"a": 2}), two("q1", {"a": 2}), two("q2", {"a": 1, "b": 2}), two("q3", {"b": 2})]
    tiny = questionnaire_from(questionnaire_data(questions))

    known = scored(tiny, {"q0": "l1", "q1": "dont-know", "q2": "not-applicable"})
    excused = scored(tiny, {"q0": "l1", "q1": "dont-know", "q2": "not-applicable", "q3": "dont-know"})

    assert "not-enough-answers" == known.misconception("a").status
    assert "too-few-apply" == known.misconception("b").status
    assert ["q1"] == [each.question for each in excused.find_out_first if each.width]


def test_too_much_marked_as_not_applicable_gives_a_score_without_a_band() -> None:
    """More than a third of the weight excused by the respondent leaves the number and takes the band."""
    tiny = questionnaire_from(questionnaire_data([question(f"q{n}", {"a": 1}) for n in range(5)], ["a"]))

    some = scored(tiny, {"q0": "not-applicable", "q1": "l3", "q2": "l3", "q3": "l3", "q4": "l3"})
    much = scored(tiny, {"q0": "not-applicable", "q1": "not-applicable", "q2": "l3", "q3": "l3", "q4": "l3"})
    all_ = scored(tiny, dict.fromkeys([f"q{n}" for n in range(5)], "not-applicable"))

    assert (F(100), "let-go") == (some.misconceptions[0].score, some.misconceptions[0].band)
    assert (F(100), None) == (much.misconceptions[0].score, much.misconceptions[0].band)
    assert ("not-applicable", 0) == (all_.misconceptions[0].status, all_.overall.counted)


def test_what_the_profile_rules_out_needs_no_reason_and_takes_no_band() -> None:
    """A question that cannot apply leaves both sums and does not count as excused by the respondent."""
    fact = {"id": "size", "text": "?", "options": [{"id": "one", "text": "1"}, {"id": "more", "text": "2"}]}
    questions = [
        question(f"q{n}", {"a": 1}, applies_if={"size": ["more"]} if n < 2 else {}) for n in range(4)
    ]
    tiny = questionnaire_from(questionnaire_data(questions, ["a"], profile=[fact]))

    assessment = scored(tiny, {"q2": "l3", "q3": "l3"}, company={"profile": {"size": "one"}})

    a = assessment.misconception("a")
    assert (F(100), "let-go", F(1), F(0)) == (a.score, a.band, a.coverage, a.not_applicable_share)
    assert ["ruled-out", "ruled-out", "rated", "rated"] == [each.status for each in a.questions]


def test_depth_decides_which_questions_count() -> None:
    """A quick check is no full sheet with holes; without a depth the deepest answered question decides."""
    data = questionnaire_data(
        [question(f"q{n}", {"a": 1}, depth="full" if n > 1 else "quick") for n in range(4)], ["a"]
    )
    tiny = questionnaire_from(data)
    quick = {"q0": "l3", "q1": "l3"}

    assert F(1) == scored(tiny, quick).misconceptions[0].coverage
    assert F(3, 4) == scored(tiny, {**quick, "q2": "l3"}).misconceptions[0].coverage
    assert F(1, 2) == scored(tiny, quick, depth="full").misconceptions[0].coverage


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (0, "in-charge"),
        (F(2499, 100), "in-charge"),
        (25 - F(1, 10**30), "in-charge"),
        (25, "strong-pull"),
        (50, "weak-pull"),
        (75, "let-go"),
        (100, "let-go"),
    ],
)
def test_a_score_on_an_edge_belongs_to_the_upper_band(score: Fraction | int, band: str) -> None:
    """Bands are closed below and decided on the exact fraction."""
    assert band == band_of(F(score))


# The rules at their thresholds and ties. Questions have two levels, worth 0 and 1, unless said otherwise.


def two(name: str, weights: Mapping[str, int], **more: Any) -> Data:
    """A question of two levels: l0 is worth 0, l1 is worth 1."""
    return question(name, weights, 2, **more)


def of_a(
    questions: Sequence[Data], answers: Mapping[str, object], rules: Data | None = None, **more: object
) -> MisconceptionScore:
    """The score of `a`, of these questions and answers."""
    asked = questionnaire_from(questionnaire_data(questions, ["a"], rules=rules or {}))
    return scored(asked, answers, **more).misconception("a")


def test_exactly_half_of_the_weight_known_is_enough_for_a_score() -> None:
    """Coverage of one half gives a score; a little less gives an interval only."""
    known = [two("q0", {"a": 1}), two("q1", {"a": 2})]
    answers = {"q0": "l1", "q1": "l1", "q2": "dont-know"}

    half, less = (of_a([*known, two("q2", {"a": weight})], answers) for weight in (3, 4))

    assert (F(1, 2), "scored", F(100)) == (half.coverage, half.status, half.score)
    assert (F(3, 7), "not-enough-answers", None) == (less.coverage, less.status, less.score)


def test_exactly_two_rated_questions_of_its_own_are_enough_for_a_score() -> None:
    """Two of its own that are rated give a score; one, and another that weighs on it, do not."""
    questions = [two("q0", {"a": 1}), two("q1", {"a": 1}), two("q2", {"a": 1, "b": 2})]
    asked = questionnaire_from(questionnaire_data(questions, rules={"min_coverage": "0"}))

    enough = scored(asked, {"q0": "l1", "q1": "l1"}).misconception("a")
    fewer = scored(asked, {"q0": "l1", "q2": "l1"}).misconception("a")

    assert ("scored", "not-enough-answers") == (enough.status, fewer.status)


def test_nothing_rated_is_no_score_whatever_the_rules_allow() -> None:
    """With no threshold at all a sheet of don't-knows has an interval from 0 to 100 and no score."""
    a = of_a([two("q0", {"a": 1})], {"q0": "dont-know"}, {"min_coverage": "0", "min_rated": 0})

    assert ("not-enough-answers", None, F(0), F(100), F(0)) == (
        a.status,
        a.score,
        a.worst,
        a.best,
        a.coverage,
    )


def test_exactly_a_third_marked_not_applicable_keeps_the_band() -> None:
    """A third of the weight may be excused; a little more takes the band, and what it could be."""
    answers = {"q0": "not-applicable", "q1": "l1", "q2": "l1"}

    third, more = (
        of_a([two("q0", {"a": weight}), two("q1", {"a": 1}), two("q2", {"a": 3})], answers)
        for weight in (2, 3)
    )

    assert (F(1, 3), "let-go", ("let-go",), True) == (
        third.not_applicable_share,
        third.band,
        third.could_be,
        third.firm,
    )
    assert (F(3, 7), None, (), False) == (more.not_applicable_share, more.band, more.could_be, more.firm)


def test_too_much_marked_not_applicable_takes_the_bands_of_an_interval_too() -> None:
    """Without a score and with too much excused, nothing is said of the bands."""
    answers = {"q0": "not-applicable", "q1": "dont-know"}
    a = of_a([two("q0", {"a": 2}), two("q1", {"a": 1}), two("q2", {"a": 1})], {**answers, "q2": "l1"})

    assert ("not-enough-answers", ()) == (a.status, a.could_be)


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize(
    ("weights", "unlocks"),
    [
        ({"q0": {"a": 1}, "q2": {"a": 1}, "q1": {"a": 3, "b": 4}}, "q0"),
        ({"q0": {"a": 1}, "q1": {"a": 2}}, "q1"),
        ({"q0": {"a": 2}, "q1": {"a": 2}}, "q0"),
    ],
    ids=["its own before a heavier one", "the heaviest of its own", "the first of equals"],
)
def test_the_question_that_unlocks_is_its_own_then_the_heaviest_then_the_first(
    weights: Data, unlocks: str, mirrored: bool
) -> None:
    """One of its own counts towards the two that a score needs; a heavier one towards the half."""
    called = {"a": "b", "b": "a"} if mirrored else {"a": "a", "b": "b"}
    questions = [
        two(name, {called[each]: weight for each, weight in weighs.items()})
        for name, weighs in (*weights.items(), ("rated", {"a": 1, "b": 2}))
    ]
    asked = questionnaire_from(questionnaire_data(questions))

    assert unlocks == scored(asked, {"rated": "l1"}).misconception(called["a"]).unlock


def test_only_an_open_question_unlocks() -> None:
    """What is rated or does not apply is not named, and where there is a score nothing is."""
    questions = [two(f"q{n}", {"a": 9 - n}) for n in range(3)]

    lacking = of_a(questions, {"q0": "l1", "q1": "not-applicable"})
    enough = of_a(questions, {"q0": "l1", "q1": "l0"})

    assert ("q2", None) == (lacking.unlock, enough.unlock)


@pytest.mark.parametrize(
    ("known", "stance"),
    [("l0", "practice-unclear"), ("l1", "aligned")],
    ids=["from 0 to exactly 50", "from exactly 50 to 100"],
)
def test_practice_is_unclear_where_the_bounds_lie_on_both_sides_of_50(known: str, stance: str) -> None:
    """A best of exactly 50 could be free of it; a worst of exactly 50 is."""
    a = of_a(
        [two("q0", {"a": 1}), two("q1", {"a": 1})],
        {"q0": known, "q1": "dont-know"},
        {"min_rated": 1},
        beliefs={"a": 1},
    )

    assert (F(50), stance) == (a.best if known == "l0" else a.worst, a.stance)


@pytest.mark.parametrize(
    ("belief", "stances"),
    [
        (2, ("says-but-does-not-do", "aligned")),
        (4, ("believed-and-practised", "does-without-saying")),
        (3, ("undecided", "undecided")),
    ],
)
def test_a_score_of_exactly_50_is_practice_free_of_it(belief: int, stances: tuple[str, str]) -> None:
    """Practice is cut at 50: just below the misconception is practised, on it no more."""
    below, on = (
        of_a(
            [question("q0", {"a": 1}, 3, values=["0", value, "1"])],
            {"q0": "l1"},
            {"min_rated": 1},
            beliefs={"a": belief},
        ).stance
        for value in ("0.49", "0.5")
    )

    assert stances == (below, on)


def test_a_stance_needs_a_belief_and_something_that_applies() -> None:
    """Without a belief, or where nothing applies, there is none; without a score practice is unclear."""
    questions = [two("q0", {"a": 1}), two("q1", {"a": 1})]
    answers = {"q0": "l1", "q1": "l1"}

    assert None is of_a(questions, answers).stance
    assert ("dont-know", None) == of_a(questions, answers, beliefs={"a": "dont-know"}).belief
    assert None is of_a(questions, dict.fromkeys(answers, "not-applicable"), beliefs={"a": 1}).stance
    assert "practice-unclear" == of_a(questions, {"q0": "l1"}, {"min_rated": 2}, beliefs={"a": 1}).stance


def test_agreement_makes_the_score_of_a_belief() -> None:
    """To agree fully, 5, believes in the misconception and is 0; 1 is 100."""
    beliefs = [of_a([two("q0", {"a": 1})], {}, beliefs={"a": answer}).belief for answer in range(1, 6)]

    assert [(1, F(100)), (2, F(75)), (3, F(50)), (4, F(25)), (5, F(0))] == [present(each) for each in beliefs]


def with_values(**values: object) -> tuple[Questionnaire, dict[str, str]]:
    """Misconceptions with a question each, whose middle level has this value; and answers on that level."""
    questions = [
        question(f"q-{name}", {name: 1}, 3, values=["0", value, "1"]) for name, value in values.items()
    ]
    asked = questionnaire_from(questionnaire_data(questions, list(values), rules={"min_rated": 1}))
    return asked, {f"q-{name}": "l1" for name in values}


def test_the_overall_is_the_plain_mean_whatever_the_weights() -> None:
    """Score, bounds and coverage of each misconception count alike, a heavy one and a light one."""
    questions = [two("q0", {"a": 7}), two("q1", {"a": 2}), two("q2", {"b": 3}), two("q3", {"b": 1})]
    asked = questionnaire_from(questionnaire_data(questions, rules={"min_rated": 1}))

    overall = scored(asked, {"q0": "l0", "q1": "dont-know", "q2": "l1"}).overall

    assert (F(50), F(75, 2), (F(200, 9) + 100) / 2, (F(7, 9) + F(3, 4)) / 2) == (
        overall.score,
        overall.worst,
        overall.best,
        overall.coverage,
    )


def test_five_points_are_points_whatever_the_weights() -> None:
    """Among heavy misconceptions the weakest are no more than five points apart either."""
    questions = [
        question(f"q-{name}", {name: weight}, 3, values=["0", value, "1"])
        for name, weight, value in (("a", 30, "0.5"), ("b", 7, "0.55"), ("c", 11, "0.551"))
    ]
    asked = questionnaire_from(questionnaire_data(questions, ["a", "b", "c"], rules={"min_rated": 1}))

    assert ("a", "b") == scored(asked, {f"q-{name}": "l1" for name in "abc"}).overall.weakest


def test_exactly_five_points_from_the_lowest_is_weakest_too() -> None:
    """The weakest are the lowest and those within five points of it, lowest first."""
    asked, answers = with_values(a="0.55", b="0.5", c="0.5500001", d="1")

    assert ("b", "a") == scored(asked, answers).overall.weakest


def test_equally_weak_misconceptions_stand_in_the_order_of_the_file() -> None:
    """Of equal scores the first in the questionnaire comes first, whatever its name."""
    asked, answers = with_values(z="0.5", b="0.5", a="0.52")

    assert ("z", "b", "a") == scored(asked, answers).overall.weakest


def test_what_has_no_score_is_not_among_the_weakest_nor_in_the_mean() -> None:
    """The overall and the weakest are of those that have a score."""
    asked, answers = with_values(a="0.2", b="0.5", c="1")

    overall = scored(asked, {**answers, "q-a": "dont-know"}).overall

    assert (F(75), F(75), F(75), F(1), 2, 3, ("b",)) == (
        overall.score,
        overall.worst,
        overall.best,
        overall.coverage,
        overall.counted,
        overall.of,
        overall.weakest,
    )


def test_a_misconception_at_exactly_50_does_not_steer() -> None:
    """Below 50 it steers: with its score, surely with its best, possibly with its worst."""
    rules = {"min_rated": 1, "min_coverage": "0"}
    questions = [
        question("on", {"a": 4}, 3, values=["0", "0.5", "1"]),
        question("below", {"b": 6}, 3, values=["0", "0.49", "1"]),
        two("half", {"c": 5}),
        two("other-half", {"c": 5}),
        two("low", {"d": 7}),
        two("open", {"d": 7}),
        two("unknown", {"e": 1}),
        two("high", {"f": 3}),
        two("out", {"g": 1}),
    ]
    asked = questionnaire_from(questionnaire_data(questions, list("abcdefg"), rules=rules))
    answers = {"on": "l1", "below": "l1", "half": "l1", "low": "l0", "high": "l1", "out": "not-applicable"}

    steering = scored(asked, answers).overall.steering

    # b and d have scores below 50; the best of d is exactly 50; the worst of c is exactly 50, that of e 0.
    assert (2, 1, 3) == (steering.count, steering.least, steering.most)


def test_an_alarm_caps_only_the_bands_above() -> None:
    """A strong pull is what an alarm leaves at most; where the misconception is in charge it stays so."""
    data = questionnaire_data([two("q0", {"a": 1}), two("q1", {"a": 3}), two("q2", {"a": 4})], ["a"])
    data["questions"][0]["options"][0]["alarm"] = True
    asked = questionnaire_from(data)

    def bands(q1: str, q2: str) -> tuple[object, ...]:
        a = scored(asked, {"q0": "l0", "q1": q1, "q2": q2}).misconception("a")
        return a.score, a.band, a.could_be, a.firm

    assert (0, "in-charge", ("in-charge",), True) == bands("l0", "l0")
    assert (F(175, 2), "strong-pull", ("strong-pull",), True) == bands("l1", "l1")
    assert (0, "in-charge", ("in-charge", "strong-pull"), False) == bands("l0", "dont-know")


@pytest.mark.parametrize(("main", "other"), ["ab", "ba"])
def test_an_alarm_caps_its_main_misconception_only(main: str, other: str) -> None:
    """Another misconception that the question weighs on keeps its band."""
    data = questionnaire_data([two("q0", {main: 2, other: 1}), two("q1", {other: 9})], rules={"min_rated": 1})
    data["questions"][0]["options"][1]["alarm"] = True

    assessment = scored(questionnaire_from(data), {"q0": "l1", "q1": "l1"})

    assert [(("q0",), "strong-pull"), ((), "let-go")] == [
        (each.capped_by, each.band) for each in map(assessment.misconception, (main, other))
    ]


def test_what_nobody_knows_is_ordered_by_the_width_it_would_remove() -> None:
    """The widest comes first; equals keep the order of the file; what is known or excused is not there."""
    questions = [two(name, {"a": weight}) for name, weight in (("q0", 1), ("q1", 3), ("q2", 1), ("q3", 3))]
    questions += [two("q4", {"a": 9}), two("q5", {"a": 9}), two("q6", {"b": 8, "a": 1}), two("q7", {"b": 1})]
    asked = questionnaire_from(questionnaire_data(questions))

    answers = {"q0": "dont-know", "q4": "l1", "q5": "not-applicable", "q7": "l1"}
    found = scored(asked, answers).find_out_first

    assert ["q6", "q1", "q3", "q0", "q2"] == [each.question for each in found]


def test_the_width_is_the_mean_over_what_applies() -> None:
    """The share of its weight in each misconception that applies, divided by how many apply."""
    questions = [two("q0", {"a": 1, "b": 1}), two("q1", {"a": 3}), two("q2", {"b": 1}), two("q3", {"c": 1})]
    asked = questionnaire_from(questionnaire_data(questions, ["a", "b", "c"], rules={"min_rated": 1}))

    found = scored(asked, {"q1": "l1", "q2": "l0", "q3": "not-applicable"}).find_out_first

    assert [("q0", F(100, 4) / 2 + F(100, 2) / 2)] == [(each.question, each.width) for each in found]


def test_shares_are_of_the_questions_that_count() -> None:
    """Unknown is don't know or blank; what the profile rules out does not count; the commonest level does."""
    fact = {"id": "size", "text": "?", "options": [{"id": "one", "text": "1"}, {"id": "more", "text": "2"}]}
    questions = [question(f"q{n}", {"a": 1}, 3) for n in range(9)]
    questions.append(two("out", {"a": 1}, applies_if={"size": ["more"]}))
    answers = {"q0": "l0", "q1": "l2", "q2": "l1", "q3": "l1", "q4": "l1", "q5": "l0"}
    answers |= {"q6": "not-applicable", "q7": "dont-know", "out": "l1"}
    asked = questionnaire_from(questionnaire_data(questions, ["a"], profile=[fact]))

    shares = scored(asked, answers, company={"profile": {"size": "one"}}).shares

    assert (F(2, 9), F(1, 9), F(3, 6)) == (shares.dont_know, shares.not_applicable, shares.one_level)


def test_an_empty_sheet_has_shares_and_no_score() -> None:
    """Nothing rated: all is unknown, and no level is the commonest."""
    questions = [two("q0", {"a": 1}), two("q1", {"a": 1})]
    assessment = scored(questionnaire_from(questionnaire_data(questions, ["a"])), {})

    assert (F(1), F(0), F(0)) == (
        assessment.shares.dont_know,
        assessment.shares.not_applicable,
        assessment.shares.one_level,
    )
    assert (None, 0, 1, ()) == (
        assessment.overall.score,
        assessment.overall.steering.count,
        assessment.overall.steering.most,
        assessment.overall.weakest,
    )


def test_only_the_best_answer_asks_for_evidence_and_only_an_excuse_for_a_reason() -> None:
    """Spaces are no evidence and no reason; what is given for another answer is not asked for."""
    questions = [question(f"q{n}", {"a": 1}, 3) for n in range(7)]
    answers = {
        "q0": "l2",
        "q1": {"choice": "l2", "evidence": " "},
        "q2": {"choice": "l2", "evidence": "seen"},
        "q3": "l1",
        "q4": {"choice": "not-applicable", "note": " \n"},
        "q5": {"choice": "not-applicable", "note": "no shop"},
        "q6": "dont-know",
    }

    assessment = scored(questionnaire_from(questionnaire_data(questions, ["a"])), answers)

    assert (("q0", "q1"), ("q4",)) == (assessment.without_evidence, assessment.without_reason)


CONTRADICTORY = questionnaire_data(
    [
        two("q0", {"a": 1}),
        two("q1", {"a": 1}, applies_if={"size": ["more"]}),
        two("late", {"a": 1}, depth="full"),
    ],
    ["a"],
    departments=[{"id": "sales", "name": "Sales"}, {"id": "board", "name": "Board"}],
    profile=[
        {"id": "size", "text": "?", "options": [{"id": "one", "text": "1"}, {"id": "more", "text": "2"}]},
        {"id": "age", "text": "?", "options": [{"id": "new", "text": "1"}, {"id": "old", "text": "2"}]},
    ],
    contradictions=[
        {"id": "young", "text": "?", "if": {"q1": ["not-applicable"], "age": ["new"]}},
        {"id": "both", "text": "?", "if": {"q0": ["l1"], "q1": ["l0", "dont-know"]}},
        {"id": "who", "text": "?", "if": {"q0": ["l0"], "size": ["one"], "department": ["sales"]}},
        {"id": "deep", "text": "?", "if": {"late": ["l1"]}},
    ],
)


@pytest.mark.parametrize(
    ("answers", "more", "found"),
    [
        ({"q0": "l1", "q1": "dont-know"}, {}, [("both", ("q0", "q1"))]),
        ({"q0": "l1", "q1": "l1"}, {}, []),
        ({"q0": "l1"}, {}, []),
        ({"q0": "l1", "q1": "l0"}, {"company": {"profile": {"size": "one"}}}, []),
        (
            {"q0": "l0"},
            {"company": {"profile": {"size": "one"}}, "respondent": {"department": "sales"}},
            [("who", ("q0",))],
        ),
        ({"q0": "l0"}, {"company": {"profile": {"size": "one"}}, "respondent": {"department": "board"}}, []),
        ({"q0": "l0"}, {"respondent": {"department": "sales"}}, []),
        ({"q1": "not-applicable"}, {"company": {"profile": {"age": "new"}}}, [("young", ("q1",))]),
        ({"late": "l1"}, {}, [("deep", ("late",))]),
        ({"late": "l1"}, {"depth": "quick"}, []),
    ],
    ids=[
        "met",
        "one not",
        "one blank",
        "ruled out",
        "people",
        "another",
        "no fact",
        "fact",
        "full",
        "not asked",
    ],
)
def test_a_contradiction_is_found_where_all_that_it_names_is_given(
    answers: dict[str, str],
    more: Data,
    found: list[tuple[str, tuple[str, ...]]],
) -> None:
    """Every question, fact and department must fit; what is not asked or ruled out says nothing."""
    assessment = scored(questionnaire_from(CONTRADICTORY), answers, **more)

    assert found == [tuple(each) for each in assessment.contradictions]


SIZE = {"id": "size", "text": "?", "options": [{"id": "one", "text": "1"}, {"id": "more", "text": "2"}]}


@pytest.mark.parametrize(
    ("profile", "status"),
    [({"size": "one"}, "ruled-out"), ({"size": "more"}, "rated"), ({}, "rated")],
    ids=["ruled out", "left in", "not said"],
)
def test_the_profile_rules_out_only_what_it_says(profile: dict[str, str], status: str) -> None:
    """A question that depends on a fact counts where the fact allows it, and where nobody gave it."""
    asked = questionnaire_from(
        questionnaire_data([two("q0", {"a": 1}, applies_if={"size": ["more"]})], ["a"], profile=[SIZE])
    )
    sheet = sheet_from(
        {"schema": "smaudit/sheet/1", "answers": {"q0": "l1"}, "company": {"profile": profile}}, asked
    )

    assert status == assess(asked, sheet).misconceptions[0].questions[0].status
    assert status == answer_status(asked.questions[0], sheet)


def test_an_option_of_an_earlier_version_counts_as_unanswered() -> None:
    """It is kept in the sheet, and neither scored nor shown as what was chosen."""
    asked = questionnaire_from(questionnaire_data([two("q0", {"a": 1}), two("q1", {"a": 1})], ["a"]))
    made = {"questionnaire": {"id": "tiny", "version": "0"}, "schema": "smaudit/sheet/1"}
    sheet = present(read_sheet({**made, "answers": {"q0": "gone", "q1": "l1"}}, asked).sheet)

    first, _ = assess(asked, sheet).misconceptions[0].questions

    assert ("unanswered", None) == (first.status, first.choice)
    assert "unanswered" == answer_status(asked.questions[0], sheet)


def test_the_row_of_the_golden_example_has_its_figures(golden: Questionnaire) -> None:
    """G1 again: what a table of many sheets needs, without the rest of the assessment."""
    figures = row(golden, sheet_from(GOLDEN_ANSWERS, golden))

    assert [
        ("scored", F(50), F(300, 7), F(400, 7), F(6, 7)),
        ("scored", F(205, 3), F(1025, 21), F(1625, 21), F(5, 7)),
    ] == list(map(tuple, figures.misconceptions))
    overall = scored(golden, GOLDEN_ANSWERS).overall
    assert figures.overall == overall._replace(sides=Sides(), missing=Missing())


def test_an_answer_is_shown_as_it_counts() -> None:
    """Points and what is lost make the weight's share; what is unknown or excused has neither."""
    fact = {"id": "size", "text": "?", "options": [{"id": "one", "text": "1"}, {"id": "more", "text": "2"}]}
    questions = [
        question("q0", {"a": 2}, 3),
        two("q1", {"a": 1}),
        two("q2", {"a": 1}),
        two("q3", {"a": 1}),
        two("q4", {"a": 1}),
        two("q5", {"a": 1}, applies_if={"size": ["more"]}),
    ]
    asked = questionnaire_from(questionnaire_data(questions, ["a"], profile=[fact]))
    answers = {"q0": "l1", "q1": "l1", "q2": "not-applicable", "q3": "dont-know", "q5": "l1"}

    a = scored(asked, answers, company={"profile": {"size": "one"}}).misconception("a")

    assert [
        ("q0", "rated", "l1", F(1, 2), 2, F(100, 3), F(100, 3)),
        ("q1", "rated", "l1", 1, 1, F(100, 3), 0),
        ("q2", "not-applicable", "not-applicable", None, 1, None, None),
        ("q3", "dont-know", "dont-know", None, 1, None, None),
        ("q4", "unanswered", None, None, 1, None, None),
        ("q5", "ruled-out", None, None, 1, None, None),
    ] == [tuple(each) for each in a.questions]


# Generated questionnaires: two misconceptions, some cross-loading, declared and even values.
LEVELS = st.integers(2, 6)


Case = tuple[Questionnaire, dict[str, str | None]]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A questionnaire of four to nine questions and answers, some unknown or not applicable."""
    questions, answers = [], {}
    for number in range(draw(st.integers(4, 9))):
        levels = draw(LEVELS)
        weights = draw(
            st.tuples(st.integers(0, 12), st.integers(0, 12))
            .filter(any)
            .map(lambda pair: {"a": pair[0], "b": pair[1]})
        )
        values = None
        if draw(st.booleans()):
            parts = draw(st.lists(st.integers(0, 60), min_size=levels, max_size=levels))
            values = [f"{part}/60" for part in sorted(parts)]
        questions.append(
            question(
                f"q{number}", weights, levels, values=values, efforts=dict.fromkeys(range(levels - 1), 2)
            )
        )
        answers[f"q{number}"] = draw(
            st.sampled_from(
                [f"l{level}" for level in range(levels)] * 2 + ["dont-know", "not-applicable", None]
            )
        )
    data = questionnaire_data(questions, rules={"min_rated": 0, "min_coverage": 0, "max_not_applicable": 1})
    for name in ("a", "b"):
        if not any(each["weights"].get(name) for each in questions):
            data["questions"][0]["weights"][name] = 1
    return questionnaire_from(data), answers


LAWS = settings(max_examples=60, deadline=None)


@LAWS
@given(cases())
def test_bounds_enclose_the_score_and_are_as_wide_as_what_is_unknown(case: Case) -> None:
    """Lo ≤ S ≤ Hi, Hi − Lo = 100(1 − C), and C·S = Lo; also for the overall."""
    assessment = scored(*case)

    for each in assessment.misconceptions:
        if each.score is not None:
            worst, best, coverage = present(each.worst), present(each.best), present(each.coverage)
            assert worst <= each.score <= best
            assert 100 * (1 - coverage) == best - worst
            assert worst == coverage * each.score
    overall = assessment.overall
    if overall.score is not None:
        assert present(overall.worst) <= overall.score <= present(overall.best)


@LAWS
@given(cases())
def test_the_bounds_are_what_the_unknown_would_make_at_worst_and_at_best(case: Case) -> None:
    """Every unknown at the bottom gives exactly the worst, at the top exactly the best."""
    questionnaire, answers = case
    bounds = [(each.worst, each.best) for each in scored(questionnaire, answers).misconceptions]
    low, high = (
        {
            name: (
                f"l{at * (len(questionnaire.question[name].options) - 1)}"
                if choice in {"dont-know", None}
                else choice
            )
            for name, choice in answers.items()
        }
        for at in (0, 1)
    )
    # The declared values may begin above 0 or end below 1: then the bounds are wider than the levels allow.
    spans_all = all(each.values[0] == 0 and each.values[-1] == 1 for each in questionnaire.questions)

    for (worst, best), at_low, at_high in zip(
        bounds,
        scored(questionnaire, low).misconceptions,
        scored(questionnaire, high).misconceptions,
        strict=True,
    ):
        if worst is not None:
            assert worst <= present(at_low.score)
            assert present(at_high.score) <= present(best)
            if spans_all:
                assert (worst, best) == (at_low.score, at_high.score)


@LAWS
@given(cases(), st.data())
def test_raising_a_level_never_lowers_a_score(case: Case, data: st.DataObject) -> None:
    """A better answer to any question lowers no score and no bound."""
    questionnaire, answers = case
    raisable = [
        name
        for name, choice in answers.items()
        if choice in questionnaire.question[name].levels
        and choice != questionnaire.question[name].options[-1].id
    ]
    if not raisable:
        return
    name = data.draw(st.sampled_from(raisable))
    raised = {**answers, name: f"l{int(present(answers[name])[1:]) + 1}"}

    before, after = scored(questionnaire, answers), scored(questionnaire, raised)
    for low, high in zip(before.misconceptions, after.misconceptions, strict=True):
        if low.score is not None:
            assert (low.score, low.worst, low.best) <= (high.score, high.worst, high.best)


@LAWS
@given(cases())
def test_lost_points_add_up_to_what_is_missing_from_100(case: Case) -> None:
    """Question by question, points earned make the score and points lost make 100 − S, exactly."""
    for each in scored(*case).misconceptions:
        if each.score is not None:
            rated = [answer for answer in each.questions if answer.status == "rated"]
            assert each.score == sum(present(answer.points) for answer in rated)
            assert 100 - each.score == sum(present(answer.lost) for answer in rated)


@LAWS
@given(cases(), st.integers(2, 9), st.randoms(use_true_random=False))
def test_scaled_weights_and_another_order_change_nothing(case: Case, factor: int, random: Random) -> None:
    """Scaling all weights of one misconception, or asking in another order, leaves every number."""
    questionnaire, answers = case
    scaled = [
        each.model_copy(
            update={"weights": {n: w * (factor if n == "a" else 1) for n, w in each.weights.items()}}
        )
        for each in questionnaire.questions
    ]
    random.shuffle(scaled)
    other = questionnaire.model_copy(update={"questions": tuple(scaled)})
    other.__dict__.pop("question", None)

    def numbers(assessment: Assessment) -> list[tuple[Fraction | None, ...]]:
        return [(each.score, each.worst, each.best, each.coverage) for each in assessment.misconceptions]

    assert numbers(scored(questionnaire, answers)) == numbers(scored(other, answers))


@LAWS
@given(cases())
def test_dropping_what_is_not_applicable_changes_nothing(case: Case) -> None:
    """A not-applicable question could as well not stand in the questionnaire."""
    questionnaire, answers = case
    kept = tuple(each for each in questionnaire.questions if answers[each.id] != "not-applicable")
    other = questionnaire.model_copy(update={"questions": kept})
    other.__dict__.pop("question", None)
    left = {name: choice for name, choice in answers.items() if choice != "not-applicable"}

    def numbers(assessment: Assessment) -> list[tuple[Fraction | None, ...]]:
        return [(each.score, each.worst, each.best) for each in assessment.misconceptions]

    assert numbers(scored(questionnaire, answers)) == numbers(scored(other, left))


@LAWS
@given(cases())
def test_a_steps_gain_is_what_taking_it_changes(case: Case) -> None:
    """The gain of every next step is exactly the rise of the overall when that answer alone is raised."""
    questionnaire, answers = case
    before = scored(questionnaire, answers)

    for step in before.next_steps:
        after = scored(questionnaire, {**answers, step.question: step.to})
        if before.overall.score is not None:
            assert step.gain == present(after.overall.score) - before.overall.score


def test_the_golden_example_leaves_its_data_alone() -> None:
    """Assessing twice gives the same result: nothing is changed on the way."""
    questionnaire = questionnaire_from(GOLDEN)

    assert scored(questionnaire, GOLDEN_ANSWERS) == scored(questionnaire, GOLDEN_ANSWERS)


def plain(result: Any, like: object) -> object:
    """What a result says, as plain data: the parts that another result like it has."""
    if hasattr(like, "_fields"):
        return {name: plain(getattr(result, name), getattr(like, name)) for name in like._fields}
    if isinstance(like, tuple):
        return [plain(one, other) for one, other in zip(result, like, strict=True)]
    return result


SEEDS = [range(300), pytest.param(range(300, 5000), marks=pytest.mark.slow)]


@pytest.mark.parametrize("seeds", SEEDS, ids=["some", "many"])
def test_whole_numbers_give_what_plain_fractions_give(seeds: range) -> None:
    """Of made-up questionnaires and sheets, assessment and row do not differ from the sums in fractions."""
    for seed in seeds:
        asked, answered = random_cases.case(seed)
        questionnaire = questionnaire_from(asked)
        sheet = sheet_from(answered, questionnaire)

        expected = oracle_scoring.assess(questionnaire, sheet)
        figures = row(questionnaire, sheet)

        assert (seed, plain(expected, expected)) == (
            seed,
            plain(assess(questionnaire, sheet), expected),
        )
        assert plain(expected.overall, expected.overall) == plain(figures.overall, expected.overall)
        assert [
            (each.status, each.score, each.worst, each.best, each.coverage)
            for each in expected.misconceptions
        ] == list(map(tuple, figures.misconceptions))


def test_a_copy_with_other_content_is_counted_by_what_it_holds(golden: Questionnaire) -> None:
    """What was made to count with a questionnaire is not taken for a copy with other questions or rules."""
    assess_golden = scored(golden, GOLDEN_ANSWERS)
    heavier = golden.questions[0].model_copy(update={"weights": {"a": 300, "b": 1}})
    other = golden.model_copy(update={"questions": (heavier, *golden.questions[1:])})
    stricter = golden.model_copy(update={"rules": golden.rules.model_copy(update={"min_rated": 9})})

    assert assess_golden.overall.score != scored(other, GOLDEN_ANSWERS).overall.score
    assert 0 == scored(stricter, GOLDEN_ANSWERS).overall.counted
    assert assess_golden == scored(golden, GOLDEN_ANSWERS)
