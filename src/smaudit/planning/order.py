"""In which order to take the steps of a plan, in which wave, and why.

First the way out of each alarm, the question that weighs most on its misconception first. Then by gain of the
overall per effort, ways out of faults before refinements; but among the first six entries (seven, where
alarms take so many) each misconception that steers or is open has one, if a step serves it, and among the
first three no topic stands twice while another waits. All numbers here are conventions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from smaudit.core.insight import whole
from smaudit.core.result import OVERALL, PlannedStep, Reason
from smaudit.core.steps import standings
from smaudit.planning.choice import Heights
from smaudit.planning.ladders import Ladder, Scene
from smaudit.planning.waves import in_waves

FIRST_FEW, FIRST_FEW_WITH_ALARMS = 6, 7
"""Among so many entries each misconception that steers or is open is served."""
NO_TOPIC_TWICE = 3
"""Among so many entries no topic stands twice while another waits; an alarm does not use up its topic."""
ALIKE = 2
"""Two neighbours whose gains per effort differ by less than this factor may change places."""


@dataclass(frozen=True)
class Entry:
    """What is done about one question: the first `height` steps of its ladder."""

    ladder: Ladder
    height: int

    @property
    def effort(self) -> int:
        """What its steps cost together."""
        return self.ladder.effort(self.height)

    def points(self, name: str) -> Fraction:
        """What its steps add to the overall or a misconception."""
        return self.ladder.points(name, self.height)

    @property
    def priority(self) -> Fraction:
        """Gain of the overall per unit of effort."""
        return self.points(OVERALL) / self.effort

    @property
    def owner(self) -> str | None:
        """Who takes its first step."""
        return self.ladder.rungs[0].step.owner

    @property
    def is_alarm(self) -> bool:
        """Whether it leaves an option that is an alarm."""
        return self.ladder.rungs[0].leaves_alarm


def in_order(
    scene: Scene,
    heights: Heights,
    targets: Collection[str],
    *,
    costliest: Collection[str] = (),
    beyond: Collection[str] = (),
) -> tuple[PlannedStep, ...]:
    """The steps of a plan, one entry a question, in the order to take them.

    `targets` are the names it is made for; `costliest` the questions that belong to it because they cost
    most, `beyond` those that it could do without.
    """
    entries = [
        Entry(ladder, heights[ladder.question]) for ladder in scene.ladders if heights.get(ladder.question)
    ]
    ordered = _ordered(scene, entries)
    scored = [each.id for each in scene.assessment.misconceptions if each.score is not None]
    served = [name for name in scored if name in targets and OVERALL not in targets] or scored
    return tuple(_planned(scene, ordered, served, costliest, beyond))


def _ordered(scene: Scene, entries: Sequence[Entry]) -> list[Entry]:
    standing = standings(scene.assessment.misconceptions)
    by_points = scene.marks_faults

    def rank(entry: Entry) -> tuple[Any, ...]:
        rung = entry.ladder.rungs[0]
        ties = standing[entry.ladder.main], rung.level, entry.effort, entry.ladder.question
        if entry.ladder.is_way_out or not by_points:
            return 0, -entry.priority, *ties
        # Gain per hour would only rank the smallness of refinements.
        return 1, -whole(2 * entry.points(OVERALL)), entry.effort, *ties

    alarms = sorted(
        (each for each in entries if each.is_alarm),
        key=lambda each: (-each.ladder.rungs[0].question.weights[each.ladder.main], rank(each)),
    )
    waiting = sorted((each for each in entries if not each.is_alarm), key=rank)
    return [*alarms, *_spread(scene, alarms, waiting)]


def _spread(scene: Scene, alarms: Sequence[Entry], waiting: Sequence[Entry]) -> Iterator[Entry]:
    """The entries that wait, the best first, but for what must be among the first few."""
    heavy = [each.id for each in scene.assessment.misconceptions if each.side in {"steers", "open"}]
    placed, left = list(alarms), list(waiting)
    few = (
        FIRST_FEW if len(alarms) + len(_unserved(heavy, placed, left)) <= FIRST_FEW else FIRST_FEW_WITH_ALARMS
    )
    topics: set[str] = set()
    while left:
        due = _unserved(heavy, placed, left)
        able = left
        if due and len(placed) + len(due) >= few > len(placed):
            first = [name for name in due if not any(each.points(name) for each in placed)] or due
            able = [each for each in left if _serves(each, first, left)]
        if len(placed) < NO_TOPIC_TWICE:
            able = [each for each in able if each.ladder.main not in topics] or able
        best = able[0]
        topics.add(best.ladder.main)
        left.remove(best)
        placed.append(best)
        yield best


def _unserved(heavy: Sequence[str], placed: Sequence[Entry], left: Sequence[Entry]) -> list[str]:
    """The misconceptions that no entry placed has as its topic, and that one of those left would serve."""
    topics = {each.ladder.main for each in placed}
    return [
        name
        for name in heavy
        if name not in topics
        and (
            any(each.ladder.main == name for each in left)
            or (not any(each.points(name) for each in placed) and any(each.points(name) for each in left))
        )
    ]


def _serves(entry: Entry, names: Collection[str], left: Sequence[Entry]) -> bool:
    """Whether an entry serves one of these: as its topic, or beside it where no other has it as its topic."""
    return any(
        entry.ladder.main == name
        or (entry.points(name) > 0 and not any(each.ladder.main == name for each in left))
        for name in names
    )


def _planned(
    scene: Scene,
    entries: Sequence[Entry],
    served: Sequence[str],
    costliest: Collection[str],
    beyond: Collection[str],
) -> Iterator[PlannedStep]:
    running = {name: score for name, score in scene.before.items() if score is not None}
    waves = in_waves(scene, entries)
    for number, (entry, (wave, by)) in enumerate(zip(entries, waves, strict=True)):
        running = {name: score + entry.points(name) for name, score in running.items()}
        before = entries[number - 1] if number and waves[number - 1][0] == wave else None
        rungs = entry.ladder.rungs[: entry.height]
        yield PlannedStep(
            question=entry.ladder.question,
            from_=rungs[0].step.from_,
            to=rungs[-1].step.to,
            way=tuple(rung.step.from_ for rung in rungs),
            effort=entry.effort,
            gain=entry.points(OVERALL),
            gains={name: entry.points(name) for name in rungs[0].step.gains},
            owner=entry.owner,
            wave=wave,
            by=by,
            alike=before is not None and _alike(before, entry),
            running=running,
            reason=_reason(entry, entries[number:], costliest, beyond),
            serves=max(served, key=entry.points),
        )


def _alike(before: Entry, entry: Entry) -> bool:
    if before.is_alarm or entry.is_alarm:
        return False
    low, high = sorted((before.priority, entry.priority))
    return high < ALIKE * low


def _reason(
    entry: Entry, from_here: Sequence[Entry], costliest: Collection[str], beyond: Collection[str]
) -> Reason:
    if entry.is_alarm:
        return "alarm"
    if entry.ladder.question in costliest:
        return "costliest"
    if entry.ladder.question in beyond:
        return "beyond-goal"
    most = max(each.priority for each in from_here)
    return "best-gain-per-effort" if entry.priority == most else "needed-for-target"
