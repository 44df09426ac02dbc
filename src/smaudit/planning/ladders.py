"""What every plan of a sheet starts from: its scores, its ladders, and what stands in the way."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.result import OVERALL, Assessment, Obstacle
from smaudit.core.scoring import assess
from smaudit.core.sheet import Sheet
from smaudit.planning.order import Ladder, ladders


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
        return assess(self.questionnaire, self.sheet.with_choices(changes)).scores()


def scene_of(questionnaire: Questionnaire, sheet: Sheet, assessment: Assessment | None = None) -> Scene:
    """What a plan of this sheet starts from; its assessment is made where it is not handed over."""
    assessment = assessment or assess(questionnaire, sheet)
    found = ladders(questionnaire, sheet, assessment)
    return Scene(questionnaire, sheet, assessment, assessment.scores(), found)


def in_the_way(scene: Scene, missed: Collection[str]) -> tuple[Obstacle, ...]:
    """The questions that no step takes to their top, of these misconceptions; of all for the overall."""
    return tuple(dict.fromkeys(_in_the_way(scene, missed)))


def _in_the_way(scene: Scene, missed: Collection[str]) -> Iterator[Obstacle]:
    tops = {ladder.question: ladder.rungs[-1].level + 1 for ladder in scene.ladders}
    for misconception in scene.assessment.misconceptions:
        if misconception.id not in missed and OVERALL not in missed:
            continue
        for answer in misconception.questions:
            if answer.status in {"dont-know", "unanswered", "not-applicable"}:
                yield Obstacle(answer.id, answer.status)
            elif answer.status == "rated" and misconception.score is not None:
                question = scene.questionnaire.question[answer.id]
                level, top = question.levels[answer.choice or ""], len(question.options) - 1
                if max(level, tops.get(answer.id, 0)) < top:
                    yield Obstacle(answer.id, "left-out" if answer.id in scene.sheet.ruled_out else "no-step")
