"""A plan as a table for task trackers: RFC 4180, one row a step; no cell is taken for a formula."""

from __future__ import annotations

from collections.abc import Iterator

from smaudit.core.result import OVERALL, rounded
from smaudit.language.phrases import Phrases
from smaudit.language.text import plain
from smaudit.report.data import csv
from smaudit.report.data.csv import guarded
from smaudit.report.results import Planned
from smaudit.report.words import Words

COLUMNS = (
    "wave",
    "by",
    "step",
    "to_do",
    "question",
    "title",
    "from",
    "to",
    "owner",
    "effort",
    "gain",
    "overall",
    "metric",
    "evidence",
)
"""The header; wave 1 is the first week, 2 the first quarter, 3 later; by is a date, YYYY-MM-DD."""


def render(planned: Planned, phrases: Phrases) -> str:
    """The steps of a plan, in their order; numbers are plain, with a point, in any language."""
    words = Words(planned.subject.questionnaire, planned.subject.sheet, phrases)
    return csv.written([COLUMNS, *_rows(planned, words)])


def _rows(planned: Planned, words: Words) -> Iterator[tuple[str | int | float, ...]]:
    for number, step in enumerate(planned.plan.steps, start=1):
        question = words.worded(step.question)
        yield (
            step.wave or "",
            step.by or "",
            number,
            guarded(" ".join(plain(words.step(step.question, option)) for option in step.way)),
            guarded(step.question),
            guarded(plain(words.question(step.question))),
            guarded(plain(words.option(step.question, step.from_))),
            guarded(plain(words.option(step.question, step.to))),
            guarded(plain(words.departments([step.owner])) if step.owner else ""),
            step.effort,
            rounded(step.gain),
            rounded(step.running[OVERALL]),
            guarded(plain(words.metric(question))),
            guarded(plain(words.content(question.evidence or ""))),
        )
