"""A sheet for an earlier version suggests answers by `was`; nothing of it counts before it is confirmed."""

from __future__ import annotations

from typing import Any

from conftest import question, questionnaire_data, questionnaire_from, sheet_from
from hypothesis import given
from hypothesis import strategies as st

from smaudit.core.earlier import suggested_facts, suggestions
from smaudit.core.questionnaire import Questionnaire
from smaudit.core.sheet import Made, Sheet
from smaudit.core.tally import answer_status


def _with_was(name: str, *earlier: tuple[str, ...], was: tuple[str, ...] = ()) -> dict[str, Any]:
    """A question with options l0, l1, … whose earlier ids are given, level by level."""
    made: dict[str, Any] = question(name, {"a": 1}, len(earlier), was=list(was))
    for option, ids in zip(made["options"], earlier, strict=True):
        option["was"] = list(ids)
    return made


def _profile() -> list[dict[str, Any]]:
    """A fact that kept its id and one that did not."""
    return [
        {
            "id": "size",
            "text": "How many?",
            "options": [
                {"id": "one", "text": "1"},
                {"id": "2-to-9", "text": "2 to 9", "was": ["2-9"]},
                {"id": "10-plus", "text": "more"},
            ],
        },
        {
            "id": "pays-for",
            "text": "What for?",
            "was": ["pays", "buys"],
            "options": [
                {"id": "nothing", "text": "-", "was": ["not"]},
                {"id": "ads", "text": "ads", "was": ["does"]},
            ],
        },
    ]


NOW = questionnaire_from(
    questionnaire_data(
        [
            _with_was("kept", ("none", "few"), (), ("all",)),
            _with_was("new-name", ("low",), ("high",), was=("old-name",)),
            _with_was("owned", ("nobody-knows",), ("by-us",), was=("accounts",)),
            _with_was("locked", ("one-password",), ("two-steps",), was=("accounts",)),
            _with_was(
                "merged", ("no-hours", "no-budget"), ("some-hours",), ("budget",), was=("hours", "money")
            ),
            _with_was("fresh", (), ()),
        ],
        ["a"],
        version="2",
        profile=_profile(),
    )
)


def _sheet(answers: dict[str, str], version: str = "1", **profile: str) -> Sheet:
    data = {
        "schema": "smaudit/sheet/1",
        "questionnaire": {"id": "tiny", "version": version},
        "company": {"profile": profile},
        "answers": answers,
    }
    read: Sheet = sheet_from(data, NOW)
    return read


def test_an_option_that_was_renamed_is_suggested() -> None:
    """The question kept its id, which need not stand in its `was`; two options became one."""
    assert [{"kept": "l0"}, {"kept": "l0"}] == [
        suggestions(NOW, _sheet({"kept": option})) for option in ("none", "few")
    ]


def test_a_question_that_was_renamed_is_suggested() -> None:
    """The earlier answer stands under the earlier id of the question."""
    assert {"new-name": "l1"} == suggestions(NOW, _sheet({"old-name": "high"}))


def test_a_question_that_was_split_is_told_apart_by_the_option() -> None:
    """Each option of the earlier question leads to the one of the two that asks it now."""
    assert {"owned": "l0"} == suggestions(NOW, _sheet({"accounts": "nobody-knows"}))
    assert {"locked": "l1"} == suggestions(NOW, _sheet({"accounts": "two-steps"}))


def test_of_two_answers_to_what_is_one_question_now_the_lower_is_suggested() -> None:
    """Where both were answered, only the lower level is true of both."""
    assert {"merged": "l1"} == suggestions(NOW, _sheet({"hours": "some-hours", "money": "budget"}))
    assert {"merged": "l2"} == suggestions(NOW, _sheet({"money": "budget"}))


def test_what_has_no_successor_is_asked_again() -> None:
    """An option that nothing was, not knowing and not applicable suggest nothing."""
    for answer in ("in-between", "dont-know", "not-applicable"):
        assert {} == suggestions(NOW, _sheet({"old-name": answer}))


def test_an_answer_that_still_counts_is_not_suggested_over() -> None:
    """What the sheet answers as it is asked now stays, be it only that nobody knows."""
    for answer in ("l0", "dont-know", "not-applicable"):
        assert {} == suggestions(NOW, _sheet({"old-name": "high", "new-name": answer}))


def test_a_sheet_of_this_version_gets_no_suggestion() -> None:
    """Only what was made for another version has earlier answers."""
    sheet = Sheet.model_validate({"answers": {"old-name": "high"}, "company": {"profile": {"pays": "does"}}})
    ours = sheet.begun(Made(id="tiny", version="2"), "2026-11-26", "en", None)

    assert [{}, {}, {}, {}] == [
        found(NOW, each) for each in (sheet, ours) for found in (suggestions, suggested_facts)
    ]


def test_facts_are_suggested_by_their_earlier_ids_too() -> None:
    """An option under another id, a fact under another id; none where two earlier facts disagree."""
    assert {"size": "2-to-9", "pays-for": "ads"} == suggested_facts(NOW, _sheet({}, size="2-9", pays="does"))
    assert {} == suggested_facts(NOW, _sheet({}, pays="does", buys="not"))
    assert {} == suggested_facts(NOW, _sheet({}, **{"pays-for": "nothing", "pays": "does"}))


EARLIER = {
    name: tuple(
        dict.fromkeys(chosen for each in NOW.questions for option in each.options for chosen in option.was)
    )
    for name in ("kept", "old-name", "accounts", "hours", "money", "fresh")
}


@given(st.fixed_dictionaries({}, optional={name: st.sampled_from(each) for name, each in EARLIER.items()}))
def test_suggestions_can_be_confirmed_and_are_scored_only_then(answers: dict[str, str]) -> None:
    """Every suggestion is an option of its question; until it is taken, the question counts as unanswered."""
    sheet = _sheet(answers)
    found = suggestions(NOW, sheet)

    before = {name: answer_status(NOW.question[name], sheet) for name in found}
    after = {name: answer_status(NOW.question[name], sheet.with_choices(found)) for name in found}

    assert {"unanswered"} >= set(before.values())
    assert {"rated"} >= set(after.values())
    assert {} == suggestions(NOW, sheet.with_choices(found))


def test_the_shipped_questionnaire_suggests_nothing_for_its_own_sheets(shipped: Questionnaire) -> None:
    """A sheet in which every question has its lowest option needs no suggestion, whatever its version."""
    answers = {each.id: each.options[0].id for each in shipped.questions}
    data = {
        "schema": "smaudit/sheet/1",
        "questionnaire": {"id": shipped.id, "version": "0"},
        "answers": answers,
    }

    assert {} == suggestions(shipped, sheet_from(data, shipped))
