"""Several people of one company: the golden examples, and the laws by trying every settlement."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import oracle_team
import pytest
from conftest import (
    GOLDEN,
    GOLDEN_ANSWERS,
    present,
    question,
    questionnaire_data,
    questionnaire_from,
    sheet_from,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.scoring import assess
from smaudit.core.sheet import Answer, Sheet
from smaudit.core.team import strangers, team
from smaudit.core.team_agreed import agreed
from smaudit.core.team_house import House
from smaudit.core.team_result import DisputedQuestion, Team, UnknownQuestion

F = Fraction
SEEDS = st.integers(0, 2**32)


def read(asked: Questionnaire, answers: dict[str, Any], department: str | None = None, **more: Any) -> Sheet:
    """A sheet with these answers, of somebody in this department."""
    data = {"schema": "smaudit/sheet/1", "answers": answers, **more}
    if department:
        data.setdefault("respondent", {})["department"] = department
    found: Sheet = sheet_from(data, asked)
    return found


def small(seed: int) -> tuple[Questionnaire, list[Sheet]]:
    """A small questionnaire, and the sheets of a team."""
    asked, sheets = oracle_team.case(seed)
    read_ = questionnaire_from(asked)
    return read_, [sheet_from(each, read_) for each in sheets]


def with_people(data: dict[str, Any], ask: dict[str, list[str]]) -> Questionnaire:
    """A questionnaire with two departments, and these to be asked; both of them of every other question."""
    both = ["marketing", "service"]
    questions = [{**each, "ask": ask.get(each["id"], both)} for each in data["questions"]]
    departments = [{"id": name, "name": name.title()} for name in both]
    found: Questionnaire = questionnaire_from({**data, "departments": departments, "questions": questions})
    return found


def test_two_who_differ_on_one_question_give_the_worked_range() -> None:
    """T1: the lowest answer makes the worst, the highest the best; settling it removes the worked width."""
    asked = with_people(GOLDEN, {})
    found = team(
        asked,
        [read(asked, GOLDEN_ANSWERS, "marketing"), read(asked, {**GOLDEN_ANSWERS, "q2": "l3"}, "service")],
    )

    a, b = found.misconceptions
    assert (F(300, 7), F(500, 7), None) == (a.worst, a.best, a.score)
    assert (F(1025, 21), F(1625, 21), F(205, 3)) == (b.worst, b.best, b.score)
    assert (F(275, 6), F(3125, 42), None) == (found.overall.worst, found.overall.best, found.overall.score)
    assert [("q2", F(50, 7), "l1", "l3", "marketing")] == [
        (each.question, each.removes, each.lowest, each.highest, each.first) for each in found.disputed
    ]
    assert [("q5", 2)] == [(each.question, each.answered) for each in found.nobody_knows]
    assert not found.overall.at_most


def test_one_who_says_not_applicable_and_one_who_is_asked_alone_give_the_worked_range() -> None:
    """T2: Q5 is of service alone and settled; Q3 is in or out, whichever makes the end."""
    asked = with_people(GOLDEN, {"q5": ["service"]})
    found = team(
        asked,
        [
            read(asked, GOLDEN_ANSWERS, "marketing"),
            read(asked, {**GOLDEN_ANSWERS, "q3": "l1", "q5": "l3"}, "service"),
        ],
    )

    a, b = found.misconceptions
    assert (F(325, 6), F(400, 7)) == (a.worst, a.best)
    assert (F(1825, 27), F(1625, 21)) == (b.worst, b.best)
    assert (F(6575, 108), F(2825, 42)) == (found.overall.worst, found.overall.best)
    assert [("q3", F(4825, 756), True)] == [
        (each.question, each.removes, each.may_not_apply) for each in found.disputed
    ]
    assert () == found.nobody_knows
    assert found.overall.at_most


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_every_settlement_lies_within_the_range_and_the_ends_are_reached(seed: int) -> None:
    """A misconception's ends are the lowest and highest of all settlements; the overall's may be wider."""
    asked, sheets = small(seed)
    found, tried = team(asked, sheets), oracle_team.tried(asked, sheets)

    for each in found.misconceptions:
        ends = tried.ends[each.id]
        assert (
            min((low for low, _ in ends), default=None),
            max((high for _, high in ends), default=None),
        ) == (
            each.worst,
            each.best,
        )
        assert (True in tried.scored[each.id]) == (each.status in {"scored", "depends"})
        assert (False in tried.scored[each.id]) == (each.status != "scored")
        assert each.may_not_apply == (False in tried.applies[each.id] and each.status != "not-applicable")
    overall = found.overall
    assert bool(tried.overall) == (overall.worst is not None)
    for low, high in tried.overall:
        assert present(overall.worst) <= low <= high <= present(overall.best)
    if tried.overall and not overall.at_most:
        assert (min(tried.overall)[0], max(high for _, high in tried.overall)) == (
            overall.worst,
            overall.best,
        )


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_what_settling_removes_is_the_width_now_less_the_widest_that_is_left(seed: int) -> None:
    """Each settlement of a question is tried: none leaves a wider range than the promise says."""
    asked, sheets = small(seed)
    found = team(asked, sheets)
    width = _width(found)

    judged: list[DisputedQuestion | UnknownQuestion] = [*found.disputed, *found.nobody_knows]
    for each in judged:
        choices = [
            choice for choice in oracle_team.possible(asked, sheets)[each.question] if choice != "dont-know"
        ] or list(asked.question[each.question].levels)
        widths = [
            _width(team(asked, [*sheets, _settling(asked, each.question, choice)])) for choice in choices
        ]
        if each.question in {q.question for q in found.disputed if q.facts}:
            continue
        assert max(F(), width - max(widths)) == each.removes


def _width(found: Team) -> Fraction:
    if found.overall.worst is None or found.overall.best is None:
        return F()
    return found.overall.best - found.overall.worst


def _settling(asked: Questionnaire, name: str, choice: str | None) -> Sheet:
    return read(asked, {name: choice}, settled={name: []})


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.integers(1, 4))
def test_copies_of_one_sheet_give_its_assessment(seed: int, times: int) -> None:
    """However often one sheet is counted, it is that sheet: scores, ends, overall, alarms."""
    asked, sheets = small(seed)
    found, alone = team(asked, sheets[:1] * times), assess(asked, sheets[0])

    counted = [each for each in alone.misconceptions if _enough_apply(asked, sheets[0], each.id)]
    for each in counted:
        same = found.misconception(each.id)
        assert (each.status, each.score, each.worst, each.best) == (
            same.status,
            same.score,
            same.worst,
            same.best,
        )
    assert (alone.overall.score, alone.overall.worst, alone.overall.best, alone.overall.counted) == (
        found.overall.score,
        found.overall.worst,
        found.overall.best,
        found.overall.counted_least,
    )
    assert () == found.disputed
    assert () == found.facts
    assert alone.alarms == tuple(each[:3] for each in found.alarms)


def _enough_apply(asked: Questionnaire, sheet: Sheet, name: str) -> bool:
    """Whether so many questions of its own apply as a score needs."""
    own = [each for each in asked.questions if each.main == name and each.applies_to(sheet.company.profile)]
    applying = sum(sheet.choice(each.id) != "not-applicable" for each in own)
    return applying >= asked.rules.min_rated


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_the_sheets_changes_nothing(seed: int, draw: Any) -> None:
    """Shuffled, the same document, with names and without."""
    asked, sheets = small(seed)
    shuffled = draw.sample(sheets, len(sheets))

    assert team(asked, sheets) == team(asked, shuffled)
    assert team(asked, sheets, anonymous=True) == team(asked, shuffled, anonymous=True)
    assert agreed(asked, sheets) == agreed(asked, shuffled)


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_another_respondent_never_narrows_a_range_but_by_knowing_more(seed: int) -> None:
    """Unless knowing replaces not knowing, an asked one those who were not, or a fact becomes known."""
    asked, sheets = small(seed)
    before, after = House.of(asked, sheets[:-1]) if sheets[1:] else None, House.of(asked, sheets)
    if before is None or before.facts.keys() != after.facts.keys():
        return
    for old, new in zip(before.standings, after.standings, strict=True):
        if old.heard != new.heard or (new.levels and not old.levels and old.state != "not-applicable"):
            return
        if old.state == "unknown" and not before.counted[before.standings.index(old)][1]:
            return

    for old_reach, new_reach in zip(before.reaches, after.reaches, strict=True):
        if old_reach.worst is not None:
            assert present(new_reach.worst) <= old_reach.worst
            assert present(new_reach.best) >= present(old_reach.best)
    if before.ends.worst is not None:
        assert present(after.ends.worst) <= before.ends.worst
        assert present(after.ends.best) >= present(before.ends.best)


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.randoms(use_true_random=False))
def test_with_everything_settled_the_result_is_the_assessment_of_the_agreed_sheet(
    seed: int, draw: Any
) -> None:
    """Facts are settled, then what is still disputed; the sheets and the agreement say what it says alone."""
    asked, sheets = small(seed)
    facts = {name: draw.choice(options) for name, options in House.of(asked, sheets).facts.items()}
    base = read(asked, {}, company={"profile": facts}, settled={each: [] for each in facts or ["q0"]})
    house = House.of(asked, [*sheets, base])
    agreement = agreed(asked, [*sheets, base])
    for standing in house.standings:
        if standing.state == "disputed":
            name = standing.question.id
            choices = [
                each for each in oracle_team.possible(asked, [*sheets, base])[name] if each != "dont-know"
            ]
            agreement = agreement.with_answer(name, Answer(choice=draw.choice(choices)))
            agreement = agreement.model_copy(update={"settled": {**agreement.settled, name: ()}})
    if not agreement.settled:
        return

    found, alone = team(asked, [*sheets, agreement]), assess(asked, agreement)

    assert () == found.disputed
    assert () == found.facts
    assert (alone.overall.score, alone.overall.worst, alone.overall.best) == (
        found.overall.score,
        found.overall.worst,
        found.overall.best,
    )


HOUSE: dict[str, Any] = {
    **questionnaire_data(
        [
            question("q0", {"a": 2}, ask=["service"]),
            question("q1", {"a": 1}),
            question("q2", {"a": 1}, applies_if={"shop": ["yes"]}),
            question("q3", {"b": 1}, depth="full"),
            question("q4", {"b": 3}, depth="full"),
        ],
    ),
    "departments": [{"id": name, "name": name} for name in ("marketing", "service", "board")],
    "profile": [
        {"id": "shop", "text": "?", "options": [{"id": "yes", "text": "y"}, {"id": "no", "text": "n"}]}
    ],
}


@pytest.fixture
def house() -> Questionnaire:
    """A questionnaire in which service knows q0, anybody the rest, and q2 hangs on a fact."""
    found: Questionnaire = questionnaire_from(HOUSE)
    return found


def full(*levels: int) -> dict[str, str]:
    """The answers q0, q1, … at these levels."""
    return {f"q{number}": f"l{level}" for number, level in enumerate(levels)}


def test_who_was_not_asked_is_shown_and_does_not_count(house: Questionnaire) -> None:
    """Service is believed on q0; what marketing says beside it is shown as not counting."""
    found = team(house, [read(house, full(3, 1), "marketing"), read(house, full(0, 1), "service")])
    both = team(
        house,
        [
            read(house, full(3, 1), "marketing"),
            read(house, full(0, 1), "service"),
            read(house, full(1, 1), "service"),
        ],
    )

    assert () == found.disputed
    assert F(100, 9) == found.misconception("a").score
    assert [("marketing", "l3", False), ("service", "l0", True), ("service", "l1", True)] == [
        (each.department, each.choice, each.counts) for each in both.disputed[0].voices
    ]


def test_where_none_of_those_asked_answered_others_count_and_it_is_said(house: Questionnaire) -> None:
    """Without service q0 is what others say; with its don't know it is unknown, and others might know."""
    without = team(house, [read(house, full(3, 1), "marketing"), read(house, full(1, 1), "board")])
    unknown = team(
        house, [read(house, full(3, 1), "marketing"), read(house, {"q0": "dont-know", "q1": "l1"}, "service")]
    )

    assert (("q0",), "others") == (without.not_asked, without.disputed[0].heard)
    q0 = unknown.nobody_knows[0]
    assert ("q0", ("service",), (), ("marketing",), 1) == (
        q0.question,
        q0.ask,
        q0.not_heard,
        q0.others,
        q0.answered,
    )
    assert () == unknown.not_asked


def test_a_fact_on_which_they_differ_comes_first_and_disputes_what_hangs_on_it(house: Questionnaire) -> None:
    """Who says that there is no shop was not asked q2: it is in or out until the fact is settled."""
    yes, no = ({"profile": {"shop": option}} for option in ("yes", "no"))
    found = team(
        house,
        [read(house, full(0, 0, 3), "service", company=yes), read(house, full(0, 0), "board", company=no)],
    )

    assert [("shop", ("q2",), [("service", "yes"), ("board", "no")])] == [
        (each.fact, each.behind, [(voice.department, voice.choice) for voice in each.voices])
        for each in found.facts
    ]
    a = found.misconception("a")
    assert (F(0), F(25), ("q2",)) == (a.worst, a.best, a.disputed)
    assert [("shop", True)] == [(each.id, each.is_fact) for each in present(found.meeting).items]
    assert found.facts[0].removes == _width(found)


def test_what_was_settled_overrides_what_anybody_says(house: Questionnaire) -> None:
    """An agreement counts for what it settled, a fact or an answer; for the rest people count before it."""
    sheets = [
        read(house, full(0, 0, 3), "service", company={"profile": {"shop": "yes"}}),
        read(house, full(2, 0), "service", company={"profile": {"shop": "no"}}),
    ]
    settled = read(
        house,
        {"q0": "l1", "q1": "l3"},
        company={"profile": {"shop": "no"}},
        settled={"q0": [{"department": "service", "choice": "l0"}], "shop": []},
    )

    found = team(house, [*sheets, settled])

    assert ((), ()) == (found.disputed, found.facts)
    assert {"shop": "no"} == found.profile
    assert F(200, 9) == found.misconception("a").score
    assert [False, False, True] == [each.agreement for each in found.respondents]


def test_sheets_of_different_depths_are_compared_at_the_lower_one(house: Questionnaire) -> None:
    """A quick sheet among full ones: only what the quick check asks counts."""
    found = team(house, [read(house, full(0, 0, 0, 0, 0), "service"), read(house, full(0, 1, 0), "board")])

    assert ("quick", ["full", "quick"]) == (found.depth, [each.depth for each in found.respondents])
    assert "not-applicable" == found.misconception("b").status


def test_an_answer_that_may_be_unknown_or_not_apply_can_take_a_score_away() -> None:
    """Most of the weight is disputed between not applicable and nobody knows: there may be a score."""
    asked = questionnaire_from(
        questionnaire_data(
            [question("q0", {"a": 1}), question("q1", {"a": 1}), question("q2", {"a": 3})], ["a"]
        )
    )
    answers = {"q0": "l0", "q1": "l0"}

    found = team(
        asked, [read(asked, {**answers, "q2": "dont-know"}), read(asked, {**answers, "q2": "not-applicable"})]
    )

    assert ("depends", F(0), F(60)) == (
        found.misconception("a").status,
        found.overall.worst,
        found.overall.best,
    )
    assert (0, 1) == (found.overall.counted_least, found.overall.counted_most)


@pytest.mark.parametrize(
    ("first", "second", "side"),
    [
        (full(0, 1), full(0, 2), "steers"),
        (full(3, 0), full(3, 3), "free"),
        (full(0, 0), full(3, 3), "open"),
        (full(1, 2), full(1, 3), "open"),
    ],
)
def test_a_side_is_claimed_only_where_every_settlement_has_it(
    first: dict[str, str], second: dict[str, str], side: str
) -> None:
    """Below 46 and from 55 on, as printed, whatever is settled; else it is open."""
    asked = questionnaire_from(
        questionnaire_data([question("q0", {"a": 2}), question("q1", {"a": 1})], ["a"])
    )

    assert side == team(asked, [read(asked, first), read(asked, second)]).misconception("a").side


def test_an_alarm_makes_it_steer_and_a_disputed_one_keeps_it_from_being_free() -> None:
    """All say the alarm: it steers. One says it: open, however high the rest is."""
    data = questionnaire_data([question("q0", {"a": 1}), question("q1", {"a": 9})], ["a"])
    data["questions"][0]["options"][0]["alarm"] = True
    asked = questionnaire_from(data)
    bad, good = read(asked, full(0, 3), "x"), read(asked, full(1, 3), "x")

    assert ("steers", False) == _side_and_dispute(team(asked, [bad, bad]))
    assert ("open", True) == _side_and_dispute(team(asked, [bad, good]))
    assert "free" == team(asked, [good, good]).misconception("a").side


def _side_and_dispute(found: Team) -> tuple[str | None, bool]:
    return found.misconception("a").side, found.alarms[0].disputed


def test_each_department_has_its_picture_on_what_all_of_them_answered(house: Questionnaire) -> None:
    """q2 was left blank by one: it is in no picture. Two of one department have a range, nobody a mean."""
    found = team(
        house,
        [
            read(house, full(3, 3, 0), "marketing"),
            read(house, full(0, 3), "service"),
            read(house, full(3, 0), "service"),
        ],
    )

    assert [("marketing", 1, F(100), F(100), 2), ("service", 2, F(0), F(100), 2)] == [
        (each.department, each.respondents, *each.misconceptions[0][1:]) for each in found.pictures
    ]
    assert 2 == found.basis.common


def test_beliefs_are_counted_and_never_averaged(house: Questionnaire) -> None:
    """How many said what, by misconception; none where nobody was asked."""
    found = team(house, [read(house, {}, beliefs={"a": each}) for each in (2, 5, 5, "dont-know")])

    assert [("a", {"2": 1, "5": 2, "dont-know": 1})] == [(each.id, each.answers) for each in found.beliefs]


def test_a_meeting_takes_the_five_that_remove_most_and_says_how_long_it_takes() -> None:
    """Six are disputed: five are on the agenda, who stands lowest speaks first, half an hour is enough."""
    data = questionnaire_data([question(f"q{n}", {"a": n + 1}) for n in range(6)], ["a"])
    asked = questionnaire_from({**data, "departments": HOUSE["departments"]})
    found = team(asked, [read(asked, full(*[3] * 6), "marketing"), read(asked, full(*[0] * 6), "board")])

    assert 6 == len(found.disputed)
    assert (30, 28) == (present(found.meeting).minutes, present(found.meeting).closing)
    assert [(3, "q5", "board"), (8, "q4", "board")] == [
        (each.minute, each.id, each.first) for each in present(found.meeting).items[:2]
    ]


def test_without_names_a_department_of_one_is_another_department(house: Questionnaire) -> None:
    """Two of marketing keep their department; service and the board are one without a name."""
    people = [("marketing", 3), ("marketing", 2), ("service", 0), ("board", 1)]
    sheets = [
        read(
            house,
            {"q0": {"choice": f"l{level}", "note": f"secret {level}"}, "q1": f"l{level}"},
            name,
            company={"name": "Acme", "id": "acme-1"},
            date="2026-11-23",
            respondent={"name": f"Jo {level}"},
        )
        for name, level in people
    ]

    found = team(house, sheets, anonymous=True)

    assert [("marketing", 2), (None, 2)] == [(each.department, each.respondents) for each in found.pictures]
    text = str(found.to_dict())
    for word in ("secret", "Jo", "Acme", "acme", "2026-11-23", "service'", "board"):
        assert word not in text.replace("'ask'", ""), word
    q1 = next(each for each in found.disputed if each.question == "q1")
    assert [("marketing", "l2"), ("marketing", "l3"), (None, "l0"), (None, "l1")] == [
        (each.department, each.choice) for each in q1.voices
    ]


def test_one_hidden_respondent_takes_the_smallest_department_along(house: Questionnaire) -> None:
    """A group without a name that held one person would be that person's name."""
    people = ["marketing"] * 3 + ["service"] * 2 + ["board"]
    found = team(house, [read(house, full(1, 1), each) for each in people], anonymous=True)

    assert [("marketing", 3), (None, 3)] == [(each.department, each.respondents) for each in found.pictures]


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        ({"name": "Acme Ltd"}, {"name": "ACME  ltd "}, True),
        ({"name": "Acme"}, {"name": "Apex"}, False),
        ({"name": "Acme", "id": "1"}, {"name": "Apex", "id": "1"}, True),
        ({"name": "Acme", "id": "1"}, {"name": "Acme", "id": "2"}, False),
        ({"name": "Acme", "id": "1"}, {"name": "Acme"}, True),
        ({"name": "Acme"}, {}, True),
    ],
)
def test_companies_are_told_by_id_where_both_have_one_else_by_name(
    house: Questionnaire, first: dict[str, str], second: dict[str, str], *, is_one: bool
) -> None:
    """Case and spaces make no other company; a sheet without a name is of any."""
    sheets = [read(house, {}, company=first), read(house, {}, company={}), read(house, {}, company=second)]

    assert (None if is_one else (0, 2)) == strangers(sheets)
    if not is_one:
        with pytest.raises(ValueError, match=r"sheets\[0\] and sheets\[2\]"):
            team(house, sheets)
