"""How long a questionnaire takes: an estimate from the words to read and a pause to think."""

from __future__ import annotations

from smaudit.core.questionnaire import Depth, Questionnaire

WORDS_A_MINUTE = 200
PAUSE_ALONE = 10
"""Seconds to think about one question alone."""
PAUSE_MEETING = 75
"""Seconds to talk about one question in a meeting."""
FINE_UP_TO = 10
"""Up to so many minutes the estimate is given to the minute, beyond that in steps of five."""


def minutes(questionnaire: Questionnaire, depth: Depth, *, meeting: bool) -> int:
    """The minutes that the questions of this depth take, rounded up."""
    questions = questionnaire.at(depth)
    words = sum(
        len(text.split())
        for question in questions
        for text in (question.text, *(option.text for option in question.options))
    )
    pause = PAUSE_MEETING if meeting else PAUSE_ALONE
    needed = max(1, -(-(words * 60 // WORDS_A_MINUTE + pause * len(questions)) // 60))
    return needed if needed <= FINE_UP_TO else -(-needed // 5) * 5
