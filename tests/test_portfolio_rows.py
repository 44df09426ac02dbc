"""The row of a sheet in a table of many: equal to its assessment, and what is refused is refused as ever."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from typing import Any

import pytest
import random_cases
from conftest import GOLDEN, GOLDEN_ANSWERS, ROOT, Data, present, questionnaire_from
from hypothesis import given, settings
from hypothesis import strategies as st

from smaudit.core.given import given as given_of
from smaudit.core.given import known_in, plain
from smaudit.core.portfolio_row import cells_of, decimal, names_of, scored
from smaudit.core.questionnaire import DEPTHS, Questionnaire
from smaudit.core.result import rounded
from smaudit.core.scoring import assess
from smaudit.core.sheet import Sheet
from smaudit.core.sheet_rules import read_sheet
from smaudit.errors import Refused
from smaudit.files.load import load_questionnaire, sheet_from
from smaudit.files.many import given_in

SEEDS = st.integers(0, 2**32)
OWN = [ROOT / "campaigns" / "corpus" / "questionnaire" / f"{name}.yaml" for name in ("own", "ends", "tiny")]
"""Three questionnaires of somebody else's."""


def answered(questionnaire: Questionnaire, seed: int) -> Data:
    """The data of a sheet for a questionnaire, with something of everything, the same for the same seed."""
    draw = random.Random(seed)  # noqa: S311 - repeatable, not secret
    answers: Data = {}
    for each in questionnaire.questions:
        choice = draw.choice([*each.levels, *each.levels, "dont-know", "not-applicable", None])
        added = {
            part: draw.choice(["seen: twice", " ", "ن"])
            for part in ("note", "evidence")
            if draw.random() < 0.2
        }
        if draw.random() < 0.9:
            answers[each.id] = {"choice": choice, **added} if added else choice
    data: Data = {
        "schema": "smaudit/sheet/1",
        "questionnaire": {"id": questionnaire.id, "version": draw.choice([questionnaire.version, "0"])},
        "company": {
            "profile": {
                fact.id: draw.choice(fact.names) for fact in questionnaire.profile if draw.random() < 0.8
            }
        },
        "beliefs": {each.id: draw.choice([1, 5, "dont-know"]) for each in questionnaire.misconceptions},
        "date": draw.choice(["2026-11-23", None]),
        "answers": answers,
    }
    if draw.random() < 0.7:
        data["depth"] = draw.choice(DEPTHS)
    if draw.random() < 0.5:
        data["company"] |= {"name": "Acme: \\ 1", "id": "a-1"}
    return data


def as_a_row(questionnaire: Questionnaire, sheet: Sheet) -> Data:
    """What the assessment of a sheet has of each number in its row."""
    found = assess(questionnaire, sheet)
    numbers: Data = json.loads(json.dumps(found.to_dict()))
    overall, basis, sides = numbers["overall"], numbers["basis"], numbers["overall"]["sides"]
    return {
        "company": numbers["sheet"]["company"],
        "department": numbers["sheet"]["respondent"]["department"],
        "date": numbers["sheet"]["date"],
        "depth": numbers["sheet"]["depth"],
        "questionnaire": numbers["questionnaire"]["id"],
        "made_for": numbers["sheet"]["made_for"],
        "scored_with": numbers["questionnaire"]["version"],
        "language": numbers["sheet"]["language"],
        "profile": numbers["sheet"]["profile"],
        **{name: basis[name] for name in ("answered", "with_evidence", "claimed", "dont_know", "unanswered")},
        "not_applicable": basis["not_applicable"],
        "gone": len(numbers["gone"]),
        "counted": overall["counted"],
        "of": overall["of"],
        "overall": [overall[name] for name in ("score", "worst", "best")],
        **{name: sides[name] for name in ("steers", "open", "free", "least", "most")},
        "alarms": [each["question"] for each in numbers["alarms"]],
        "misconceptions": [
            [each[name] for name in ("id", "status", "score", "worst", "best", "side")]
            for each in numbers["misconceptions"]
        ],
    }


def check(questionnaire: Questionnaire, data: object) -> None:
    """The row from the bytes of a sheet, quick and slow, at both depths, is that of its assessment."""
    raw = json.dumps(data, ensure_ascii=False).encode()
    sheet = sheet_from(raw, "s.json", questionnaire)
    quick, slow = given_in(raw, "s.json", questionnaire), given_of(sheet, questionnaire)
    assert slow == quick._replace(choices={**quick.choices})
    for depth in (None, *DEPTHS):
        row = scored(questionnaire, quick, depth).row
        expected = as_a_row(questionnaire, sheet.with_depth(depth) if depth else sheet)
        actual = json.loads(json.dumps({name: getattr(row, name) for name in expected}))
        assert expected == actual


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_a_row_is_the_assessment_of_its_sheet(seed: int) -> None:
    """Every column of a random sheet of the built-in questionnaire is equal to what `assess` says."""
    questionnaire = SHIPPED
    check(questionnaire, answered(questionnaire, seed))


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_a_row_of_another_questionnaire_is_so_too(seed: int) -> None:
    """The same for three questionnaires of somebody else's, and for random ones of every shape."""
    for questionnaire in FOREIGN:
        check(questionnaire, answered(questionnaire, seed))
    asked, sheet = random_cases.case(seed)
    check(questionnaire_from(asked), sheet)


SHIPPED = load_questionnaire()
FOREIGN = [load_questionnaire(each) for each in OWN]


def test_the_golden_example_has_its_row(golden: Questionnaire) -> None:
    """The figures that were worked out by hand stand in the cells, rounded to six places."""
    data = {"schema": "smaudit/sheet/1", "depth": "quick", "answers": GOLDEN_ANSWERS}
    row = scored(golden, given_in(json.dumps(data).encode(), "g.json", golden)).row
    cells = dict(zip(names_of(golden), cells_of(row, golden), strict=True))

    assert (50.0, 42.857143, 57.142857) == (cells["a_score"], cells["a_worst"], cells["a_best"])
    assert (68.333333, 48.809524, 77.380952) == (cells["b_score"], cells["b_worst"], cells["b_best"])
    assert (59.166667, 45.833333, 67.261905) == tuple(row.overall)


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_decimal_is_that_of_the_fraction(part: int, whole: int) -> None:
    """Whole numbers are rounded as the JSON of an assessment rounds fractions."""
    assert rounded(Fraction(part, whole)) == decimal(part, whole)


PLACES: list[tuple[Any, ...]] = [
    ("schema",),
    ("questionnaire",),
    ("questionnaire", "id"),
    ("questionnaire", "version"),
    ("depth",),
    ("company",),
    ("company", "id"),
    ("company", "name"),
    ("company", "profile"),
    ("company", "profile", "headcount"),
    ("respondent",),
    ("respondent", "department"),
    ("respondent", "name"),
    ("date",),
    ("language",),
    ("beliefs",),
    ("beliefs", "it-is-free"),
    ("guess",),
    ("guess", "steering"),
    ("guess", "most"),
    ("answers",),
    ("answers", "training"),
    ("answers", "training", "choice"),
    ("answers", "training", "note"),
    ("answers", "training", "evidence"),
    ("answers", "nonsense"),
    ("efforts",),
    ("ruled_out",),
    ("settled",),
    ("remark",),
    ("x-own",),
]
VALUES: list[Any] = [
    None, True, False, 0, 1, 3, 6, -1, 51, 1.5, "", " ", "x", "nonsense", "dont-know", "quick", "A",
    "2026-11-23", "2026-02-30", "23.11.2026", "٢٠٢٦-11-23", [], {}, ["training"], {"training": 3},
    {"choice": "watched"}, {"id": 2}, {"id": "social-media-misconceptions"}, {"steering": 6}, {"nonsense": 1},
    "y" * 201, "y" * 20_001, 10**21,
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES, ids=".".join)
def test_the_quick_look_takes_and_refuses_what_the_close_one_does(place: tuple[str, ...]) -> None:
    """Whatever stands at any place of a sheet: the same row, or the same problems word for word."""
    for value in VALUES:
        data: Data = {
            **answered(SHIPPED, 3),
            "guess": {"steering": 2, "most": "it-is-free"},
            "respondent": {"name": "Jo", "department": "management"},
        }
        data["answers"]["training"] = {"choice": "dont-know"}
        inside = data
        for part in place[:-1]:
            inside = inside[part]
        inside[place[-1]] = value
        raw = json.dumps(data).encode()

        assert (value, outcome(raw, quick=False)) == (value, outcome(raw, quick=True))


def outcome(raw: bytes, *, quick: bool) -> object:
    """What becomes of the bytes of a sheet: what a row needs of it, or every problem."""
    try:
        if quick:
            return given_in(raw, "s.json", SHIPPED)
        return given_of(sheet_from(raw, "s.json", SHIPPED), SHIPPED)
    except Refused as error:
        return error.problems


@pytest.mark.parametrize(
    "raw",
    [
        b'{"schema": "smaudit/sheet/1", "answers": {"training": "dont-know", "training": "watched"}}',
        b'{"schema": "smaudit/sheet/1", "remark": "\\u003a", "answers": {"training": null, "training": 1}}',
        b'{"schema": "smaudit/sheet/1", "remark": ":", "answers": {}, "answers": {}}',
        b'{"schema": "smaudit/sheet/1", "guess": {"steering": -0}, "answers": {}}',
        b'{"schema": "smaudit/sheet/1", "answers": {"training": NaN}}',
        b'\xef\xbb\xbf{"schema": "smaudit/sheet/1", "answers": {"training": "dont-know"}}',
        b'{"schema": "smaudit/sheet/1", "answers": {}, "remark": "\xff"}',
        b'{"training": "dont-know"}',
        b"[" * 100,
        b"",
    ],
)
def test_what_the_parser_would_let_through_is_seen(raw: bytes) -> None:
    """Doubled keys, odd numbers, other encodings: as the one reader of sheets has it."""
    assert outcome(raw, quick=False) == outcome(raw, quick=True)


def test_nearly_all_sheets_are_seen_at_a_glance() -> None:
    """What the interview writes needs no closer look."""
    for seed in range(30):
        data = {**answered(SHIPPED, seed)}
        data["answers"] = {name: each for name, each in data["answers"].items() if each is not None}
        assert present(plain(data, known_in(SHIPPED)))
        assert () == read_sheet(data, SHIPPED).problems
    assert GOLDEN["id"] == "tiny"
