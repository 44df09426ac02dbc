"""What every plan of a sheet starts from: its scores, its ladders, and what stands in the way."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.result import OVERALL, Assessment
from smaudit.core.scoring import assess
from smaudit.core.sheet import Answer, Sheet
from smaudit.planning.order import Ladder, ladders

InTheWay = Literal["dont-know", "unanswered", "not-applicable", "no-step", "left-out"]
"""Why a question cannot be raised: `no-step` from its answer or one above, `left-out` by the sheet."""


@dataclass(frozen=True)
class Obstacle:
    """A question that keeps a misconception, or the overall through it, from its target."""

    question: str
    status: InTheWay
    misconception: str


@dataclass(frozen=True)
class Scene:
    """A sheet with its assessment and its ladders; `before` are the scores, of the overall too."""

    questionnaire: Questionnaire
    sheet: Sheet
    assessment: Assessment
    before: Mapping[str, Fraction | None]
    ladders: tuple[Ladder, ...]

    def most(self, name: str) -> Fraction | None:
        """The score 0..100 at the top of all ladders; None where there is no score."""
        before = self.before[name]
        if before is None:
            return None
        return before + sum((ladder.points(name, len(ladder.rungs)) for ladder in self.ladders), Fraction())

    def after(self, heights: Mapping[str, int]) -> dict[str, Fraction | None]:
        """The scores with so many steps of each ladder taken, as the report has them."""
        changes = {
            ladder.question: ladder.rungs[heights[ladder.question] - 1].step.to
            for ladder in self.ladders
            if heights.get(ladder.question)
        }
        return assess(self.questionnaire, with_choices(self.sheet, changes)).scores()


def scene_of(questionnaire: Questionnaire, sheet: Sheet) -> Scene:
    """What a plan of this sheet starts from."""
    assessment = assess(questionnaire, sheet)
    found = ladders(questionnaire, sheet, assessment)
    return Scene(questionnaire, sheet, assessment, assessment.scores(), found)


def with_choices(sheet: Sheet, changes: Mapping[str, str]) -> Sheet:
    """The sheet with these choices, by question id; notes and evidence stay."""
    answers = {
        name: sheet.answers.get(name, Answer()).model_copy(update={"choice": choice})
        for name, choice in changes.items()
    }
    return sheet.model_copy(update={"answers": {**sheet.answers, **answers}})


def in_the_way(scene: Scene, missed: Collection[str]) -> Iterator[Obstacle]:
    """The questions below their top that no step takes there, by misconception; of all for the overall."""
    tops = {ladder.question: ladder.rungs[-1].level + 1 for ladder in scene.ladders}
    for misconception in scene.assessment.misconceptions:
        if misconception.id not in missed and OVERALL not in missed:
            continue
        for answer in misconception.questions:
            if answer.status in {"dont-know", "unanswered", "not-applicable"}:
                yield Obstacle(answer.id, answer.status, misconception.id)
            elif answer.status == "rated" and misconception.score is not None:
                question = scene.questionnaire.question[answer.id]
                level, top = question.levels[answer.choice or ""], len(question.options) - 1
                if max(level, tops.get(answer.id, 0)) < top:
                    status: InTheWay = "left-out" if answer.id in scene.sheet.ruled_out else "no-step"
                    yield Obstacle(answer.id, status, misconception.id)
