"""What every plan of a sheet starts from: its scores, its ladders, and what stands in the way."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from smaudit.core.questionnaire import Question, Questionnaire
from smaudit.core.result import OVERALL, Assessment, NextStep, Obstacle
from smaudit.core.scoring import answer_status, assess
from smaudit.core.sheet import Sheet
from smaudit.core.steps import rated_weights, step_up


@dataclass(frozen=True)
class Rung:
    """A step that could be taken: up from `level` of its question."""

    question: Question
    level: int
    step: NextStep

    def points(self, name: str) -> Fraction:
        """What the step adds to the overall or to the misconception of this name, in points of 100."""
        return self.step.gain if name == OVERALL else self.step.gains.get(name, Fraction())

    @property
    def leaves_alarm(self) -> bool:
        """Whether the step leaves an option that is an alarm."""
        return self.question.options[self.level].alarm

    @property
    def leads_to(self) -> int:
        """The level that it leads to."""
        return self.question.levels[self.step.to]

    @property
    def is_way_out(self) -> bool:
        """Whether it leads from a faulty option to one without a fault."""
        options = self.question.options
        return bool(options[self.level].fault) and not options[self.leads_to].fault


@dataclass(frozen=True)
class Ladder:
    """The steps of one question that can be taken one after the other, from the answer given upwards."""

    question: str
    rungs: tuple[Rung, ...]

    @property
    def is_way_out(self) -> bool:
        """Whether its first step leads out of a fault."""
        return self.rungs[0].is_way_out

    @property
    def main(self) -> str:
        """The id of the misconception that the question weighs on most."""
        return self.rungs[0].question.main

    def effort(self, height: int) -> int:
        """What the first `height` steps cost."""
        return sum(rung.step.effort for rung in self.rungs[:height])

    def points(self, name: str, height: int) -> Fraction:
        """What the first `height` steps add to the overall or a misconception, in points of 100."""
        return sum((rung.points(name) for rung in self.rungs[:height]), Fraction())

    def out_of_alarm(self) -> int:
        """How many steps lead from an alarm to an answer that is none; 0 without an alarm, or a way out."""
        alarms = [rung.leaves_alarm for rung in self.rungs]
        height = alarms.index(False) if False in alarms else len(alarms)
        if not height:
            return 0
        last = self.rungs[height - 1]
        return 0 if last.question.options[last.leads_to].alarm else height


@dataclass(frozen=True)
class Scene:
    """A sheet with its assessment and its ladders; `before` are the scores, of the overall too."""

    questionnaire: Questionnaire
    sheet: Sheet
    assessment: Assessment
    before: Mapping[str, Fraction | None]
    ladders: tuple[Ladder, ...]

    def most(self, name: str, ladders: Collection[Ladder] | None = None) -> Fraction | None:
        """The score 0..100 at the top of these ladders, or of all; None where there is no score."""
        before = self.before[name]
        if before is None:
            return None
        taken = self.ladders if ladders is None else ladders
        return before + sum((ladder.points(name, len(ladder.rungs)) for ladder in taken), Fraction())

    def after(self, heights: Mapping[str, int]) -> dict[str, Fraction | None]:
        """The scores with so many steps of each ladder taken; gains add up exactly."""
        taken = [(ladder, heights.get(ladder.question, 0)) for ladder in self.ladders]
        return {
            name: score
            if score is None
            else score + sum((ladder.points(name, height) for ladder, height in taken), Fraction())
            for name, score in self.before.items()
        }

    @property
    def marks_faults(self) -> bool:
        """Whether the questionnaire marks faulty options at all."""
        return any(option.fault for question in self.questionnaire.questions for option in question.options)


def scene_of(questionnaire: Questionnaire, sheet: Sheet, assessment: Assessment | None = None) -> Scene:
    """What a plan of this sheet starts from; its assessment is made where it is not handed over."""
    assessment = assessment or assess(questionnaire, sheet)
    found = ladders(questionnaire, sheet, assessment)
    return Scene(questionnaire, sheet, assessment, assessment.scores(), found)


def ladders(questionnaire: Questionnaire, sheet: Sheet, assessment: Assessment) -> tuple[Ladder, ...]:
    """The ladder of every rated question that has one; a missing step ends it."""
    weights = rated_weights(assessment.misconceptions)
    found = (
        Ladder(question.id, tuple(_rungs(questionnaire, question, sheet, weights)))
        for question in questionnaire.at(assessment.sheet.depth)
        if answer_status(question, sheet) == "rated"
    )
    return tuple(ladder for ladder in found if ladder.rungs)


def _rungs(
    questionnaire: Questionnaire, question: Question, sheet: Sheet, weights: Mapping[str, int]
) -> Iterator[Rung]:
    level = question.levels[sheet.choice(question.id) or ""]
    while step := step_up(questionnaire, question, level, sheet, weights):
        yield Rung(question, level, step)
        level = question.levels[step.to]


def in_the_way(scene: Scene, missed: Collection[str]) -> tuple[Obstacle, ...]:
    """The questions that no step takes to their top, of these misconceptions; of all for the overall."""
    return tuple(dict.fromkeys(_in_the_way(scene, missed)))


def _in_the_way(scene: Scene, missed: Collection[str]) -> Iterator[Obstacle]:
    tops = {ladder.question: ladder.rungs[-1].leads_to for ladder in scene.ladders}
    for misconception in scene.assessment.misconceptions:
        if misconception.id not in missed and OVERALL not in missed:
            continue
        for answer in misconception.questions:
            if answer.status in {"dont-know", "unanswered", "not-applicable"}:
                yield Obstacle(answer.id, answer.status)
            elif answer.status == "rated" and misconception.score is not None:
                question = scene.questionnaire.question[answer.id]
                level = max(question.levels[answer.choice or ""], tops.get(answer.id, 0))
                if question.values[level] < question.values[-1]:
                    yield Obstacle(answer.id, "left-out" if answer.id in scene.sheet.ruled_out else "no-step")
