"""The assessment of a sheet with its roadmap: all that a report tells, and the whole of its JSON."""

from __future__ import annotations

from dataclasses import replace

from smaudit.core import scoring
from smaudit.core.questionnaire import Questionnaire
from smaudit.core.result import Assessment
from smaudit.core.sheet import Sheet
from smaudit.planning.roadmap import roadmap


def assess(questionnaire: Questionnaire, sheet: Sheet) -> Assessment:
    """Score a sheet against the questionnaire it was read with, and plan what to do. Same input, same result.

    An answer that the questionnaire does not know counts as none: `load_sheet` refuses such sheets. Raises
    TypeError where these are no questionnaire and sheet.
    """
    assessment = scoring.assess(questionnaire, sheet)
    return replace(assessment, roadmap=roadmap(questionnaire, sheet, assessment))
