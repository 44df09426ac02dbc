"""Where a sheet stands among others that were collected: a range of places, and of what collection.

Only sheets that were asked the same are comparable: the same questionnaire and version, the same depth, and
for the overall the same number of misconceptions with a score. They are no sample of companies; of fewer than
`FEWEST` nothing is said.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from smaudit.core.questionnaire import Depth
from smaudit.core.result import OVERALL, Among, Assessment, Place, rounded

FEWEST = 20
"""Among fewer a place says nothing (a convention)."""


class Other(NamedTuple):
    """Another sheet of a collection: what it was asked, and its scores by name, as they stand in its row."""

    company: str
    company_id: str
    date: str
    depth: str
    questionnaire: str
    version: str
    counted: int
    scores: Mapping[str, float]


class Standing(NamedTuple):
    """The score of one name with its bounds."""

    name: str
    worst: Fraction
    best: Fraction


def among(assessment: Assessment, company_id: str | None, others: Iterable[Other]) -> Among:
    """Where a sheet stands among others; its own company is left out, by key or by name."""
    asked, sheet, overall = assessment.questionnaire, assessment.sheet, assessment.overall
    every = [each for each in others if not _is_own(each, sheet.company, company_id)]
    alike = [
        each
        for each in every
        if (each.questionnaire, each.version, each.depth) == (asked.id, asked.version, sheet.depth)
        and each.scores
    ]
    days = sorted(each.date for each in alike if each.date)
    depth: Depth = sheet.depth
    places: list[Place] = []
    if overall.worst is not None and overall.best is not None:
        equal = [each.scores[OVERALL] for each in alike if each.counted == overall.counted]
        places += _place(Standing(OVERALL, overall.worst, overall.best), equal)
    for score in assessment.misconceptions:
        if score.score is not None and score.worst is not None and score.best is not None:
            scores = [each.scores[score.id] for each in alike if score.id in each.scores]
            places += _place(Standing(score.id, score.worst, score.best), scores)
    return Among(
        sheets=len(alike),
        left_out=len(every) - len(alike),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        depth=depth,
        places=tuple(places),
    )


def _is_own(other: Other, company: str | None, company_id: str | None) -> bool:
    if company_id and other.company_id:
        return other.company_id == company_id
    return bool(company) and other.company.casefold() == str(company).casefold()


def _place(standing: Standing, scores: Sequence[float]) -> Iterable[Place]:
    """The place of one score, where enough others have one; equals do not stand lower."""
    if len(scores) < FEWEST:
        return
    worst, best = rounded(standing.worst), rounded(standing.best)
    yield Place(
        id=standing.name,
        of=len(scores),
        least=sum(each < worst for each in scores),
        most=sum(each < best for each in scores),
    )
