"""What other answers would change."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from smaudit.core.questionnaire import RESERVED, Questionnaire
from smaudit.core.result import Assessment, WhatIf
from smaudit.core.scoring import assess
from smaudit.core.sheet import Sheet


def what_if(
    questionnaire: Questionnaire,
    sheet: Sheet,
    changes: Mapping[str, str],
    assessment: Assessment | None = None,
) -> WhatIf:
    """The assessments of the sheet as it is and with these choices, by question id, at the same depth.

    A choice is an option id, `dont-know` or `not-applicable`. Raises KeyError where a name is unknown.
    """
    for name, choice in changes.items():
        if choice not in {*questionnaire.question[name].levels, *RESERVED}:
            raise KeyError(choice)
    before = assessment or assess(questionnaire, sheet)
    after = assess(questionnaire, sheet.with_choices(changes).with_depth(before.sheet.depth))
    return WhatIf(changes=changes, before=before, after=after, difference=_difference(before, after))


def _difference(before: Assessment, after: Assessment) -> dict[str, Fraction | None]:
    scores = after.scores()
    return {
        name: None if score is None or (now := scores[name]) is None else now - score
        for name, score in before.scores().items()
    }
