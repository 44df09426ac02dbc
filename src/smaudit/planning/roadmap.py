"""The roadmap: the one list of what to do that every report of a sheet shows.

Its goal is that every misconception is clearly free and no alarm stands. It has the cheapest ways out of
faults that lead there, and always a way out of each alarm and of the costliest faulty answer of each
misconception that steers; where ways out do not suffice, the cheapest of all steps; where nothing does, what
leads nearest. A list of fewer than six entries is filled, while faults remain, with the ways out that gain
most per effort.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from smaudit.core.insight import costs_most, whole
from smaudit.core.questionnaire import Questionnaire
from smaudit.core.result import FREE_FROM, OVERALL, STEERS_BELOW, Assessment, MisconceptionScore, Plan
from smaudit.core.sheet import Sheet
from smaudit.planning.choice import effort_of, for_targets
from smaudit.planning.ladders import Ladder, Scene, in_the_way, scene_of
from smaudit.planning.order import in_order
from smaudit.planning.plan import made, reaches
from smaudit.planning.solver import NODE_CAP

FEWEST = 6
"""So many entries a roadmap has while there are that many ways out (a convention)."""


def free_at(score: MisconceptionScore) -> Fraction | None:
    """The score at which a misconception is clearly free: it rounds to 55, and its worst is at least 50."""
    if score.score is None or not score.coverage:
        return None
    return max(FREE_FROM - Fraction(1, 2), STEERS_BELOW / score.coverage)


def roadmap(
    questionnaire: Questionnaire,
    sheet: Sheet,
    assessment: Assessment | None = None,
    *,
    node_cap: int = NODE_CAP,
) -> Plan:
    """The roadmap of a sheet; without steps where nothing is scored. Bounded as `plan` is."""
    scene = scene_of(questionnaire, sheet, assessment)
    goals = {each.id: goal for each in scene.assessment.misconceptions if (goal := free_at(each)) is not None}
    find_out = tuple(_find_out(scene))
    if not goals:
        return made(
            scene,
            {},
            "unreachable",
            scene.before,
            "free",
            find_out=find_out,
            stands_in_the_way=in_the_way(scene, [OVERALL]),
        )
    lacking = {name: goal for name, goal in goals.items() if not reaches(scene.before[name], goal)}
    always = _always(scene)
    if not lacking and not scene.assessment.alarms:
        return replace(_further(scene, goals, always), find_out=find_out)
    return replace(_towards(scene, goals, lacking, always, node_cap), find_out=find_out)


def _towards(
    scene: Scene,
    goals: Mapping[str, Fraction],
    lacking: Mapping[str, Fraction],
    always: Mapping[str, int],
    node_cap: int,
) -> Plan:
    """The plan for a goal that is not reached yet."""
    ladders = _within_reach(scene, lacking)
    most = {name: scene.most(name, ladders) for name in goals}
    missed = [name for name, goal in lacking.items() if not reaches(most[name], goal)]
    nearest = {name: _within(goal, most[name]) for name, goal in lacking.items()}
    heights, bound = for_targets(scene, ladders, nearest, always, node_cap)
    effort = effort_of(scene, heights)
    beyond = _filled(scene, heights)
    heights = {**heights, **dict.fromkeys(beyond, 1)}
    return made(
        scene,
        {**goals, **nearest},
        "reached",
        scene.after(heights),
        "free",
        effort=effort_of(scene, heights),
        steps=in_order(scene, heights, goals, costliest=_costliest(scene), beyond=beyond),
        optimal=effort == bound,
        bound=bound,
        most=most if missed else {},
        stands_in_the_way=in_the_way(scene, missed) if missed else (),
    )


def _within(goal: Fraction, most: Fraction | None) -> Fraction:
    return goal if most is None else min(goal, most)


def _within_reach(scene: Scene, lacking: Mapping[str, Fraction]) -> Sequence[Ladder]:
    """The ways out of faults where they reach the goal, else all ladders."""
    ways = [
        replace(ladder, rungs=ladder.rungs[: max(1, ladder.out_of_alarm())])
        for ladder in scene.ladders
        if ladder.is_way_out
    ]
    enough = all(reaches(scene.most(name, ways), goal) for name, goal in lacking.items())
    # An alarm on an option without a fault is left by its own steps.
    others = [each for each in scene.ladders if not each.is_way_out and each.out_of_alarm()]
    return [*ways, *others] if enough and (ways or not lacking) else scene.ladders


def _always(scene: Scene) -> dict[str, int]:
    """The steps that belong to every roadmap: out of each alarm, and out of what costs most."""
    alarms = {ladder.question: ladder.out_of_alarm() for ladder in scene.ladders}
    return {**dict.fromkeys(_costliest(scene), 1), **_only(alarms)}


def _only(heights: Mapping[str, int]) -> dict[str, int]:
    return {name: height for name, height in heights.items() if height}


def _costliest(scene: Scene) -> set[str]:
    """Of each misconception that steers, the faulty answer with a way out that loses most points."""
    ways = {ladder.question for ladder in scene.ladders if ladder.is_way_out}
    found = set[str]()
    for score in scene.assessment.misconceptions:
        if score.side == "steers" and score.score is not None:
            names = (each.id for each in costs_most(scene.questionnaire, score) if each.id in ways)
            found.update(list(names)[:1])
    return found


def _filled(scene: Scene, heights: Mapping[str, int]) -> list[str]:
    """The ways out that fill a short list, those that gain most per effort first."""
    left = [each for each in scene.ladders if each.is_way_out and not heights.get(each.question)]
    left.sort(key=lambda each: (-each.rungs[0].step.priority, each.question))
    lacking = max(0, FEWEST - len(_only(heights)))
    return [each.question for each in left if each.rungs[0].step.gain][:lacking]


def _further(scene: Scene, goals: Mapping[str, Fraction], always: Mapping[str, int]) -> Plan:
    """Where all are free: the remaining ways out of faults, then what else gains most, up to six entries."""
    ways = [ladder.question for ladder in scene.ladders if ladder.is_way_out]
    others = [each for each in scene.ladders if not each.is_way_out and each.rungs[0].step.gain]
    others.sort(
        key=lambda each: (
            -whole(2 * each.rungs[0].step.gain),
            each.rungs[0].step.effort,
            each.rungs[0].level,
            each.question,
        )
    )
    more = [each.question for each in others][: max(0, FEWEST - len(ways))]
    heights = {**dict.fromkeys([*ways, *more], 1), **always}
    return made(
        scene,
        goals,
        "already-reached",
        scene.after(heights),
        "further",
        effort=effort_of(scene, heights),
        steps=in_order(scene, heights, [OVERALL], beyond=[*ways, *more]),
        bound=0,
        prove=scene.assessment.without_evidence,
    )


def _find_out(scene: Scene) -> Iterable[str]:
    """The unknown answers that could change a side, by the range that each removes."""
    wavering = {each.id for each in scene.assessment.misconceptions if _may_change(each)}
    for each in scene.assessment.find_out_first:
        weights = scene.questionnaire.question[each.question].weights
        if any(weights.get(name) for name in wavering):
            yield each.question


def _may_change(score: MisconceptionScore) -> bool:
    """Whether the unknown answers of a misconception could put it on another side."""
    if score.worst is None or score.best is None or score.capped_by:
        return False
    return score.score is None or score.worst < STEERS_BELOW <= score.best
