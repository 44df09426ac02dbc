"""Which sheet an interview goes on with: those of the folder, a name that was mistyped, or a new one."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest
from interview_support import PHRASES, small_questionnaire
from test_interview_flow import DONE, START, Script, run

from smaudit.core.sheet import Sheet, written
from smaudit.files.nearby import near, sheets_in
from smaudit.interview.beginning import NEW, offer_meant, offer_sheets

TODAY = dt.date(2026, 11, 26)


def put(folder: Path, name: str, sheet: Sheet, *, days: int) -> Path:
    """A sheet in a file that was written so many days before TODAY."""
    path, time = folder / name, dt.datetime.combine(TODAY - dt.timedelta(days), dt.time(12)).timestamp()
    path.write_text(json.dumps(written(sheet)), "utf-8")
    os.utime(path, (time, time))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A finished sheet of today, unfinished ones of yesterday and long ago, and other files."""
    begun = run(*START, "level-0")[0]
    put(tmp_path, "done.json", run(*DONE)[0], days=0)
    put(tmp_path, "begun.json", begun, days=1)
    put(tmp_path, "quay.json", begun.with_company("Quay"), days=400)
    (tmp_path / "broken.json").write_text('{"schema": "smaudit/sheet/1", "answers": {"horizon": 7}}')
    (tmp_path / "other.json").write_text("[1, 2]")
    (tmp_path / "result.json").write_text('{"schema": "smaudit/assessment/1"}')
    return tmp_path


def offered(folder: Path, *replies: str) -> tuple[Path | None, Script]:
    """What is chosen of the sheets of a folder, and what was asked."""
    script, asked = Script(list(replies)), small_questionnaire()
    return offer_sheets(script, PHRASES, asked, sheets_in(folder, asked), TODAY), script


def test_unfinished_sheets_of_the_folder_are_offered_first(folder: Path) -> None:
    """Each with its company, how far it is and when; the file's name where two would read the same."""
    chosen, script = offered(folder, "0")

    assert folder / "begun.json" == chosen
    assert [
        "Harbour, 6 of 14 answered, yesterday · begun.json",
        "Quay, 6 of 14 answered, 22 October 2025",
        "Harbour, all 13 answered, today · done.json",
        "Begin a new sheet",
    ] == [each.text for each in script.events[-1][1].options]


def test_a_new_sheet_can_be_begun_beside_others(folder: Path) -> None:
    """The last entry; none is selected at first."""
    chosen, script = offered(folder, NEW)

    assert (None, [None]) == (chosen, script.chosen)


def test_a_folder_without_sheets_asks_nothing(tmp_path: Path) -> None:
    """Somebody's first interview begins at once."""
    (tmp_path / "package.json").write_text("{}")
    chosen, script = offered(tmp_path)

    assert (None, []) == (chosen, script.events)


@pytest.mark.parametrize(
    ("name", "meant"),
    [("begum.json", "begun.json"), ("qay.json", "quay.json"), ("resul.json", None), ("new.json", None)],
)
def test_a_name_that_is_not_there_may_be_meant_for_another(
    folder: Path, name: str, meant: str | None
) -> None:
    """A sheet with a name that is nearly the same, and nothing else."""
    assert (folder / meant if meant else None) == near(folder / name)


@pytest.mark.parametrize(("reply", "opened"), [("meant", True), (NEW, False)])
def test_the_near_name_is_opened_or_the_new_one_begun(folder: Path, reply: str, opened: bool) -> None:
    """Whoever mistyped a name is asked, and nobody's answers seem lost."""
    script, meant = Script([reply]), folder / "quay.json"

    assert (meant if opened else None) == offer_meant(script, PHRASES, "qay.json", meant)
    assert ["There is no qay.json. Did you mean quay.json?"] == script.asked
