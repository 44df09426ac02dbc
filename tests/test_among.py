"""`report --among`: a place among others is a range, of a collection that is named, and never of a few."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Program, present, sheet_from
from hypothesis import given, settings
from hypothesis import strategies as st
from test_portfolio_rows import SHIPPED, answered

from smaudit.core.among import FEWEST, Other, among
from smaudit.core.result import OVERALL
from smaudit.core.scoring import assess
from smaudit.core.sheet import Sheet
from smaudit.errors import Exit

HARBOUR = ROOT / "examples" / "harbour-coffee.json"


@pytest.fixture
def scores(tmp_path: Path, smaudit: Program) -> Path:
    """A table of thirty sheets of the quick check, ten of the full one, and the sheet itself."""
    folder = tmp_path / "clients"
    folder.mkdir()
    for number in range(40):
        data = answered(SHIPPED, number)
        data |= {"depth": "quick" if number < 30 else "full", "date": f"2026-03-{number % 28 + 1:02}"}
        data["company"] = {**data["company"], "name": f"Company {number}", "id": None}
        (folder / f"{number:02}.json").write_text(json.dumps(data))
    shutil.copy(HARBOUR, folder)
    done = smaudit("portfolio", "clients", "--no-steps", "-o", "scores.csv")
    assert Exit.DONE == done.returncode
    return tmp_path / "scores.csv"


def test_a_place_is_a_range_among_equals(smaudit: Program, scores: Path) -> None:
    """Only those of the same depth count, the own company not; the collection and its dates are named."""
    found = json.loads(smaudit("report", HARBOUR, "--among", scores, "--format", "json").stdout)["among"]
    places = {each["id"]: each for each in found["places"]}

    assert (30, 10) == (found["sheets"], found["left_out"])
    assert ("2026-03-01", "2026-03-28", "quick") == (found["first"], found["last"], found["depth"])
    assert OVERALL in places
    for each in places.values():
        assert FEWEST <= each["of"] <= 30
        assert 0 <= each["least"] <= each["most"] <= each["of"]


@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_report_says_what_the_collection_is_not(
    smaudit: Program, scores: Path, format_: str, language: str
) -> None:
    """A heading, the number of sheets, their dates, and that they are no sample of companies."""
    more = ("--format", format_, "--lang", language)
    shown = " ".join(smaudit("report", HARBOUR, "--among", scores, *more).stdout.decode().split())

    words = (
        ("Among 30 others", "no sample of companies") if language == "en" else ("ولا تمثل عينة من الشركات",)
    )
    assert [] == [each for each in words if each not in shown]


def test_json_lines_say_the_same(smaudit: Program, scores: Path) -> None:
    """The table may be CSV or JSON lines."""
    smaudit("portfolio", "clients", "--no-steps", "-o", "scores.jsonl")
    one, other = (
        smaudit("report", HARBOUR, "--among", each, "--format", "json").stdout
        for each in (scores, "scores.jsonl")
    )

    assert one == other


def test_among_few_nothing_is_said(smaudit: Program, scores: Path) -> None:
    """Below twenty comparable sheets there is no place, and the report says so."""
    lines = scores.read_text("utf-8-sig").splitlines(keepends=True)
    scores.write_text("".join(lines[:20]))
    found = json.loads(smaudit("report", HARBOUR, "--among", scores, "--format", "json").stdout)["among"]
    shown = smaudit("report", HARBOUR, "--among", scores).stdout.decode()

    assert (19, []) == (found["sheets"], found["places"])
    assert "Among fewer than 20 comparable sheets a place says nothing." in " ".join(shown.split())


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "{}", "status\nscored\n", '"'])
def test_what_is_no_table_of_scores_is_told(smaudit: Program, tmp_path: Path, text: str) -> None:
    """Exit 2 and the command that makes one, whatever stands in the file."""
    (tmp_path / "other.csv").write_text(text)
    done = smaudit("report", HARBOUR, "--among", "other.csv")

    assert (Exit.USAGE, b"") == (done.returncode, done.stdout)
    assert b"smaudit portfolio" in done.stderr


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.integers(0, 100), min_size=FEWEST, max_size=40))
def test_every_settlement_lies_within_the_range(seed: int, scores: list[int]) -> None:
    """Whatever the unknown answers are, as many stand lower as the range says."""
    data = answered(SHIPPED, seed)
    sheet = sheet_from({**data, "questionnaire": None, "depth": "full"}, SHIPPED)
    others = [other(score) for score in scores]
    places = {each.id: each for each in among(assess(SHIPPED, sheet), None, others).places}
    for settled in (_settled(sheet, 0), _settled(sheet, -1)):
        for each in assess(SHIPPED, settled).misconceptions:
            if each.id in places:
                lower = sum(one < present(each.score) for one in scores)
                assert places[each.id].least <= lower <= places[each.id].most


def other(score: float) -> Other:
    """A sheet with this score everywhere."""
    everywhere = dict.fromkeys((OVERALL, *SHIPPED.misconception), float(score))
    return Other("", "", "", "full", SHIPPED.id, SHIPPED.version, 5, everywhere)


def _settled(sheet: Sheet, option: int) -> Sheet:
    """The sheet with the lowest (0) or highest (-1) option wherever nobody knew or was heard."""
    unknown = [each for each in SHIPPED.questions if sheet.choice(each.id) in {None, "dont-know"}]
    return sheet.with_choices({each.id: each.options[option].id for each in unknown})
