"""What an earlier sheet was to do, and how sheets compare once that is known."""

from __future__ import annotations

from collections.abc import Iterable

from smaudit.core.compare import compare as compare_dates
from smaudit.core.compare_result import Comparison
from smaudit.core.compare_texts import History
from smaudit.core.questionnaire import Questionnaire
from smaudit.core.result import PlannedStep
from smaudit.core.sheet import Sheet
from smaudit.planning.roadmap import roadmap


def steps_then(questionnaire: Questionnaire, sheet: Sheet) -> tuple[PlannedStep, ...]:
    """The steps of the roadmap that the report of a sheet has. No roadmap is kept: it is made again."""
    return roadmap(questionnaire, sheet).steps


def compare(
    questionnaire: Questionnaire,
    sheets: Iterable[Sheet],
    *,
    earlier: Iterable[Questionnaire] = (),
    history: History | None = None,
    anonymous: bool = False,
) -> Comparison:
    """What changed from sheet to sheet, and from the first to the last, with what became of each roadmap.

    Takes and raises what `smaudit.core.compare.compare` does.
    """
    sheets = tuple(sheets)
    is_sound = isinstance(questionnaire, Questionnaire) and all(isinstance(each, Sheet) for each in sheets)
    planned = [steps_then(questionnaire, each) for each in sheets[:-1]] if is_sound else []
    return compare_dates(
        questionnaire, sheets, planned=planned, earlier=earlier, history=history, anonymous=anonymous
    )
