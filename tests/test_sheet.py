"""A sheet file is read strictly, kept whole, and refused with every problem at once."""

from __future__ import annotations

import copy
import difflib
import json
from collections.abc import Callable
from typing import Any

import pytest
from conftest import GOLDEN, Data, present, question, questionnaire_data, questionnaire_from, sheet_from
from hypothesis import given, settings
from hypothesis import strategies as st

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.sheet import SCHEMA, Answer, Guess, Sheet, anonymous, written
from smaudit.core.sheet_rules import plain_sheet, read_closely, read_sheet
from smaudit.errors import Refused
from smaudit.files.load import load_sheet, sheet_bytes
from smaudit.files.load import sheet_from as sheet_from_bytes

WITH_PEOPLE = {
    **GOLDEN,
    "departments": [{"id": "sales", "name": "Sales"}],
    "profile": [
        {"id": "size", "text": "?", "options": [{"id": "one", "text": "1"}, {"id": "two", "text": "2"}]}
    ],
}


@pytest.fixture
def asked() -> Questionnaire:
    """A questionnaire with departments and a profile."""
    return questionnaire_from(WITH_PEOPLE)


DATES_OF_OTHER_FORMS: tuple[object, ...] = ("2026-1-5", "26/11/2026", "2026-11-23T10:00:00Z", 20261123)
NO_DATES: tuple[object, ...] = (
    "2026-02-30",
    "5/6/2026",
    "٢٠٢٦-١١-٢٣",
    "",
    2026.5,
    True,
    [2026, 11, 23],
    {},
)
FAULTS: list[tuple[Data, tuple[str | int, ...], str]] = [
    ({"answers": {"q1": "l9"}}, ("answers", "q1"), "unknown-option"),
    ({"answers": {"q9": "l1"}}, ("answers", "q9"), "unknown-question"),
    *(
        ({"answers": {"q1": wrong}}, ("answers", "q1"), "unknown-option")
        for wrong in (True, 2, ["l1"], "Level 1")
    ),
    ({"answers": {"q1": {"choice": "The first, " * 9}}}, ("answers", "q1"), "unknown-option"),
    ({"answers": {"Q_1": "l1"}}, ("answers", "Q_1"), "unknown-question"),
    ({"answers": {"q_1": 2}}, ("answers", "q_1"), "misspelt"),
    ({"answers": {"q1": {"choice": "l1", "comment": "x"}}}, ("answers", "q1", "comment"), "unknown-field"),
    ({"answers": {"q1": {"note": 5}}}, ("answers", "q1", "note"), "text-needed"),
    ({"answers": []}, ("answers",), "mapping-needed"),
    ({"beliefs": {"a": 6}}, ("beliefs", "a"), "belief-needed"),
    ({"beliefs": {"c": 1}}, ("beliefs", "c"), "unknown-question"),
    ({"company": {"profile": {"size": "ten"}}}, ("company", "profile", "size"), "unknown-option"),
    ({"company": {"profile": {"age": "ten"}}}, ("company", "profile", "age"), "unknown-question"),
    ({"respondent": {"department": "it"}}, ("respondent", "department"), "unknown-option"),
    ({"guess": {"steering": 3}}, ("guess", "steering"), "too-large"),
    ({"guess": {"most": "z"}}, ("guess", "most"), "unknown-option"),
    ({"company": {"profile": {"size": "Only one"}}}, ("company", "profile", "size"), "unknown-option"),
    ({"company": {"profile": {"Size": "one"}}}, ("company", "profile", "Size"), "misspelt"),
    ({"respondent": {"department": "Sales"}}, ("respondent", "department"), "unknown-option"),
    ({"guess": {"most": "The first"}}, ("guess", "most"), "unknown-option"),
    ({"efforts": {"Q_1": 3}}, ("efforts", "Q_1"), "unknown-question"),
    ({"settled": {"q9": []}}, ("settled", "q9"), "unknown-question"),
    ({"settled": {"q1": ["l1"]}}, ("settled", "q1", 0), "mapping-needed"),
    ({"settled": {"q1": [{"choice": "l1", "why": "x"}]}}, ("settled", "q1", 0, "why"), "unknown-field"),
    ({"settled": {"q1": [{}] * 1001}}, ("settled", "q1"), "too-many"),
    ({"company": {"id": ""}}, ("company", "id"), "text-empty"),
    *(({"date": date}, ("date",), "date-form") for date in DATES_OF_OTHER_FORMS),
    *(({"date": date}, ("date",), "date-needed") for date in NO_DATES),
    ({"depth": "deep"}, ("depth",), "one-of-needed"),
    ({"questionnaire": {"id": "other"}}, ("questionnaire", "id"), "other-questionnaire"),
    ({"schema": "smaudit/sheet/9"}, ("schema",), "one-of-needed"),
]


@pytest.mark.parametrize(("part", "place", "phrase"), FAULTS)
def test_one_fault_is_one_problem_at_its_place(
    asked: Questionnaire, part: Data, place: tuple[str, ...], phrase: str
) -> None:
    """Each unknown name and wrong type is named where it stands."""
    found = read_sheet({"schema": SCHEMA, "answers": {}, **part}, asked)

    assert [(place, f"problem.{phrase}")] == [(p.place, p.message.phrase) for p in found.problems]


def test_every_problem_is_listed_with_what_is_allowed(asked: Questionnaire) -> None:
    """Wrong shapes do not hide wrong names; the allowed options stand beside."""
    data = {"schema": SCHEMA, "answers": {"q1": "l9", "q2": 3, "q8": "l0"}, "date": "soon", "depth": "deep"}

    found = read_sheet(data, asked)

    assert {("answers", "q1"), ("answers", "q2"), ("answers", "q8"), ("date",), ("depth",)} == {
        problem.place for problem in found.problems
    }
    by_place = {problem.place: problem.message.values for problem in found.problems}
    assert ("l0", "l1", "l2", "l3", "dont-know", "not-applicable") == by_place["answers", "q1"]["allowed"]


def test_no_problem_carries_an_answer(asked: Questionnaire) -> None:
    """What is wrong is said without repeating what was written there."""
    secret = "breach in 2023"
    data = {
        "schema": SCHEMA,
        "answers": {"q1": secret, "q2": {"note": [secret]}},
        "remark": {"x": secret},
        "date": secret,
    }

    found = read_sheet(data, asked)

    assert 4 == len(found.problems)
    assert secret not in repr(found.problems)


def test_a_bare_object_of_choices_is_a_sheet(asked: Questionnaire) -> None:
    """Scripts may give questions and choices alone."""
    assert "l2" == sheet_from({"q1": "l2", "q2": {"choice": "l1"}}, asked).choice("q1")


def test_nothing_and_absent_are_unanswered(asked: Questionnaire) -> None:
    """null, an object without a choice, and no entry are the same: not answered yet."""
    sheet = sheet_from({"schema": SCHEMA, "answers": {"q1": None, "q2": {"note": "later"}}}, asked)

    assert [None, None, None] == [sheet.choice(name) for name in ("q1", "q2", "q3")]


def test_a_sheet_of_an_earlier_version_still_loads_and_what_is_gone_is_named(asked: Questionnaire) -> None:
    """Answers to questions and options of another version are kept, listed and not scored."""
    data = {
        "questionnaire": {"id": "tiny", "version": "0"},
        "schema": SCHEMA,
        "answers": {"q1": "l2", "old": "x", "q2": "x"},
    }

    found = read_sheet(data, asked)

    assert ((), ("old", "q2")) == (found.problems, found.gone)
    assert {"q1": "l2", "old": "x", "q2": "x"} == written(present(found.sheet))["answers"]


def test_what_is_answered_anew_is_gone_no_more(asked: Questionnaire) -> None:
    """Each change names as gone what its own file would: not what was answered anew, all else as before."""
    data = {
        "questionnaire": {"id": "tiny", "version": "0"},
        "schema": SCHEMA,
        "company": {"profile": {"size": "ten"}},
        "respondent": {"department": "it"},
        "guess": {"most": "z"},
        "answers": {"q1": "x", "q2": "x", "old": "x"},
    }
    sheet = load_sheet(data, asked)
    changes = [
        sheet.with_remark("nothing new"),
        sheet.with_answer("q1", sheet.answers["q1"].with_note("the same choice")),
        sheet.with_answer("q1", Answer(choice="l2")),
        sheet.with_choices({"q1": "l1", "q2": "dont-know"}),
        sheet.with_fact("size", "two"),
        sheet.with_department("sales"),
        sheet.with_guess(Guess(most="a")),
    ]

    assert {"q1", "q2", "old", "size", "department", "most"} == set(sheet.gone)
    assert [load_sheet(written(each), asked).gone for each in changes] == [each.gone for each in changes]


@pytest.mark.parametrize("belief", [0, 6, True, "none", None, 2.0])
def test_a_belief_that_is_none_never_enters_a_sheet(belief: Any) -> None:
    """A belief is 1 to 5 or dont-know: anything else would score below 0 or above 100."""
    with pytest.raises(ValueError, match="1 to 5"):
        Sheet(beliefs={"a": belief})
    with pytest.raises(ValueError, match="1 to 5"):
        Sheet().with_belief("a", belief)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.text(st.characters(codec="utf-8"), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.text(st.characters(codec="utf-8"), min_size=1, max_size=12), JSON, max_size=4))
def test_fields_that_this_version_does_not_know_are_kept(extra: Data) -> None:
    """Whatever stands at the top of a sheet beside what we know comes back unchanged from load and save."""
    asked = questionnaire_from(WITH_PEOPLE)
    known = {field.alias or name for name, field in Sheet.model_fields.items()}
    extra = {name: value for name, value in extra.items() if name not in known}
    data = {**extra, "schema": SCHEMA, "answers": {"q1": {"choice": "l2", "note": "n"}, "q2": "l1"}}

    saved = json.loads(sheet_bytes(sheet_from_bytes(json.dumps(data).encode(), "x.json", asked)))

    assert data == saved


def test_a_sheet_is_json_because_yaml_cut_short_is_still_yaml(asked: Questionnaire) -> None:
    """A YAML text is no sheet, so that no sheet can lose answers without a word."""
    with pytest.raises(Refused) as refused:
        sheet_from_bytes(b"schema: smaudit/sheet/1\nanswers: {}\n", "x.yaml", asked)

    assert ["problem.sheet-is-json"] == [problem.message.phrase for problem in refused.value.problems]


def test_an_anonymous_sheet_scores_the_same_and_says_less(asked: Questionnaire) -> None:
    """Names, notes, evidence, the remark and unknown fields go; choices and departments stay."""
    sheet = sheet_from(
        {
            "schema": SCHEMA,
            "company": {"name": "Harbour Coffee", "profile": {"size": "one"}},
            "respondent": {"name": "Ann", "department": "sales"},
            "answers": {"q1": {"choice": "l2", "note": "secret", "evidence": "secret"}},
            "remark": "secret",
            "reviewer": "secret",
        },
        asked,
    )

    assert {
        "schema": SCHEMA,
        "company": {"profile": {"size": "one"}},
        "respondent": {"department": "sales"},
        "answers": {"q1": "l2"},
    } == written(anonymous(sheet))


def test_the_depth_is_the_deepest_that_an_answer_needs() -> None:
    """Without a depth of its own a sheet with one full answer is a full sheet."""
    tiny = questionnaire_from(
        questionnaire_data([question("q0", {"a": 1}), question("q1", {"a": 1}, depth="full")], ["a"])
    )

    assert ["quick", "full", "quick"] == [
        sheet_from(data, tiny).depth_for(tiny)
        for data in (
            {"q0": "l1"},
            {"q1": "dont-know"},
            {"schema": SCHEMA, "depth": "quick", "answers": {"q1": "l1"}},
        )
    ]


@pytest.mark.parametrize(
    "number", ["0.12345678901234567", "1.50", "1E+2", "-0.0", "-0", "0", "12345678.000000001"]
)
def test_a_number_that_we_do_not_understand_is_kept_digit_for_digit(
    asked: Questionnaire, number: str
) -> None:
    """A number in an unknown field is written as it was read, and not rounded to a float."""
    data = f'{{"schema": "smaudit/sheet/1", "answers": {{}}, "x": [{number}]}}'

    saved = sheet_bytes(sheet_from_bytes(data.encode(), "x.json", asked)).decode()

    assert number == saved.partition("[")[2].partition("]")[0].strip()


def test_unknown_fields_keep_their_order(asked: Questionnaire) -> None:
    """Fields that this version does not know come back in their order, also one that holds null."""
    data = '{"schema": "smaudit/sheet/1", "answers": {}, "z": null, "a": 1, "m": {}}'

    saved = json.loads(sheet_bytes(sheet_from_bytes(data.encode(), "x.json", asked)))

    assert ["z", "a", "m"] == [name for name in saved if name in data and len(name) == 1]


# What may stand in any place of a sheet, right or wrong.
ODD = st.sampled_from(
    [
        None,
        True,
        0,
        1,
        3,
        6,
        -1,
        1001,
        "",
        "l1",
        "l9",
        "q1",
        "a",
        "one",
        "sales",
        "quick",
        "dont-know",
        "not-applicable",
        "2026-11-23",
        "2026-02-30",
        "Not a slug",
        "x" * 20_001,
        [],
        {},
        ["q1"],
        {"q1": "l1"},
        {"choice": "l1"},
        {"choice": "l9"},
        {"choice": None, "note": "n"},
        {"note": 5},
        {"id": "tiny"},
        {"name": "Ann", "department": "sales"},
        {"profile": {"size": "two"}},
        {"steering": 2, "most": "b"},
    ]
)
WHOLE = {
    "schema": SCHEMA,
    "questionnaire": {"id": "tiny", "version": "1"},
    "depth": "full",
    "company": {"id": "7", "name": "Harbour Coffee", "profile": {"size": "one"}},
    "respondent": {"name": "Ann", "department": "sales"},
    "date": "2026-11-23",
    "language": "en",
    "beliefs": {"a": 2, "b": "dont-know"},
    "guess": {"steering": 1, "most": "a"},
    "answers": {"q1": "l2", "q2": None, "q3": {"choice": "not-applicable", "note": "n", "evidence": "e"}},
    "efforts": {"q1": 3},
    "ruled_out": ["q2"],
    "settled": {"q2": [{"department": "sales", "name": "Ann", "choice": "l1", "note": "n"}], "size": []},
    "remark": "r",
    "reviewer": {"kept": [1]},
}


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_what_is_plain_is_what_a_closer_look_reads(data: st.DataObject) -> None:
    """A sheet with anything odd anywhere is read at once only where the model and the rules read the same."""
    asked = questionnaire_from(WITH_PEOPLE)
    sheet = copy.deepcopy(WHOLE)
    for _ in range(data.draw(st.integers(0, 2))):
        inside = data.draw(st.sampled_from([sheet, *(v for v in sheet.values() if isinstance(v, dict))]))
        names = [*inside, "schema", "answers", "q9", "note", "size", "1"]
        name = data.draw(st.sampled_from(names))
        if data.draw(st.booleans()):
            inside[name] = copy.deepcopy(data.draw(ODD))
        else:
            inside.pop(name, None)

    plain, closely = plain_sheet(sheet, asked), read_closely(sheet, asked)

    if plain is not None:
        assert ((), ()) == (closely.problems, closely.gone)
        assert closely.sheet == plain
        assert repr(closely.sheet) == repr(plain)
        assert written(closely.sheet) == written(plain)
    assert closely == read_sheet(sheet, asked)


def test_a_whole_sheet_is_plain(asked: Questionnaire) -> None:
    """Every part of a sheet that is as it should be is read without a closer look."""
    assert read_closely(WHOLE, asked).sheet == plain_sheet(WHOLE, asked)


def test_two_sheets_share_no_changeable_part(asked: Questionnaire) -> None:
    """What is put into the answers of one sheet does not appear in another, nor in what it was read from."""
    data = copy.deepcopy(WHOLE)
    one, two = (present(plain_sheet(data, asked)) for _ in range(2))
    one.answers["q9"] = one.answers["q1"]  # type: ignore[index]  # what the type forbids is tried

    assert (WHOLE, "q9" in two.answers) == (data, False)


def test_half_a_character_in_plain_data_is_told_as_in_a_file(asked: Questionnaire) -> None:
    """From Python a sheet may hold what no file can."""
    (problem,) = read_sheet({"schema": SCHEMA, "answers": {}, "remark": "\ud800"}, asked).problems

    assert "problem.not-text" == problem.message.phrase


def test_close_names_are_looked_for_in_what_is_told_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of five hundred unknown names in a sheet for nine hundred questions, twenty are looked at closely."""
    compared: list[int] = []

    def counting(name: str, names: list[str], **options: Any) -> list[str]:
        compared.append(len(names))
        return close(name, names, **options)

    close: Callable[..., list[str]] = difflib.get_close_matches
    monkeypatch.setattr(difflib, "get_close_matches", counting)
    many = questionnaire_from(
        questionnaire_data([question(f"number-{n:03}", {"a": 1}) for n in range(900)], ["a"])
    )

    found = read_sheet({"schema": SCHEMA, "answers": {f"numbre-{n:03}": "l0" for n in range(500)}}, many)

    assert [100] * 20 == compared
    assert ["problem.misspelt"] * 20 + ["problem.unknown-question-of-many"] * 480 == [
        problem.message.phrase for problem in found.problems
    ]
    meant = found.problems[3].message.values["meant"]
    assert isinstance(meant, tuple)
    assert "number-003" == meant[0]


def test_the_problems_of_shape_count_among_those_that_are_told(
    asked: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind twenty values of a wrong kind no close name is looked for: it would not be told."""
    monkeypatch.setattr(difflib, "get_close_matches", lambda *_, **__: pytest.fail("looked"))
    wrong = {f"b{n}": "much" for n in range(20)}

    found = read_sheet({"schema": SCHEMA, "beliefs": wrong, "answers": {"q11x": "l0"}}, asked)

    assert (21, "problem.unknown-question") == (len(found.problems), found.problems[-1].message.phrase)


def test_what_an_earlier_version_asked_is_not_compared(
    asked: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that is gone is no problem, and nothing like it is looked for."""
    monkeypatch.setattr(difflib, "get_close_matches", lambda *_, **__: pytest.fail("looked"))
    data = {"questionnaire": {"id": "tiny", "version": "0"}, "schema": SCHEMA, "answers": {"q11": "l0"}}

    assert ("q11",) == read_sheet(data, asked).gone
