"""How much is asked, how far one is, how long it takes: one source, and the same in every language."""

from __future__ import annotations

import pytest
from conftest import sheet_from
from interview_support import small_questionnaire

from smaudit.core.questionnaire import DEPTHS, Depth, Questionnaire
from smaudit.core.route import Stop, route
from smaudit.core.sheet import Sheet
from smaudit.files.load import load_questionnaire
from smaudit.interview.counting import asked_in_all, count_at, minutes, standing


def test_everything_that_is_asked_is_counted() -> None:
    """Depth, company, department, two beliefs, a fact, four questions of which one hangs on it, four ends."""
    assert 14 == asked_in_all(small_questionnaire(), "quick")
    assert 16 == asked_in_all(small_questionnaire(), "full")


@pytest.mark.parametrize(("boats", "total"), [("level-0", 13), ("level-1", 14)])
def test_the_number_follows_what_the_facts_decide(boats: str, total: int) -> None:
    """One boat leaves the fleet out, several leave it in; before that it counts by half, rounded up."""
    sheet = Sheet().with_depth("quick").with_fact("size", boats)
    assert total == count_at(small_questionnaire(), sheet, Stop("company")).total


def test_the_count_goes_up_by_one_from_stop_to_stop() -> None:
    """From none behind to one before the end, while the minutes fall to one."""
    asked, sheet = small_questionnaire(), Sheet().with_depth("quick").with_fact("size", "level-1")
    counts = [count_at(asked, sheet, stop) for stop in route(asked, sheet, frozenset())]
    assert list(range(len(counts))) == [each.done for each in counts]
    assert {len(counts)} == {each.total for each in counts}
    assert (True, 1) == (counts[0].minutes > 1, counts[-1].minutes)
    assert sorted((each.minutes for each in counts), reverse=True) == [each.minutes for each in counts]


def test_a_sheet_from_a_file_stands_at_the_first_thing_it_leaves_open() -> None:
    """What was answered further on does not count as behind."""
    data = {
        "schema": "smaudit/sheet/1",
        "depth": "quick",
        "company": {"name": "x"},
        "answers": {"storm": "level-0"},
    }
    assert 3 == standing(small_questionnaire(), sheet_from(data, small_questionnaire())).done


@pytest.mark.parametrize("depth", DEPTHS)
def test_the_numbers_are_the_same_in_every_language(shipped: Questionnaire, depth: Depth) -> None:
    """They hang on what is asked and not on its words."""
    arabic = load_questionnaire(None, "ar")
    for meeting in (False, True):
        assert minutes(shipped, depth, meeting=meeting) == minutes(arabic, depth, meeting=meeting)
    assert asked_in_all(shipped, depth) == asked_in_all(arabic, depth)
