"""How often pure chance is called chance, and a real rise is found: what the noise of `compare` is worth.

    python benchmarks/retest.py [PAIRS] [SEED]

For each depth so many pairs of generated sheets of the built-in questionnaire (2,000 if nothing is said). A
company has a tendency, and each answer is drawn around it; one in twenty is not known, one in thirty does not
apply, and what the facts rule out is left out. Printed are shares of all misconceptions with a score:

retest     the same company asked twice: one answer in five is one option off, up or down (at an end inwards),
           and a coin decides on which date. Called within the noise is whatever is neither risen nor fallen;
           and by the noise alone, without what overlapping ranges hide.
one-sided  the same with all that is off on the later date. At the ends of a scale this is more than chance:
           the answers drift inwards.
rise       all answers to the questions of one misconception go up by one option, nothing else changes; of
           companies that know these answers and have room above each. Found is what is called risen. A second
           figure has the later sheet answered with one in five off as well.
"""

import random
import sys
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import NamedTuple

from smaudit.core.compare import compare
from smaudit.core.compare_result import Move
from smaudit.core.questionnaire import Depth, Question, Questionnaire
from smaudit.core.sheet import Sheet
from smaudit.core.sheet_rules import read_sheet
from smaudit.files.load import load_questionnaire

OFF, UNKNOWN, EXCUSED = 1 / 5, 1 / 20, 1 / 30
Answers = dict[str, str]


class Figures(NamedTuple):
    """Shares 0..1 at one depth: of misconceptions, and of overalls."""

    within: float
    within_noise: float
    within_overall: float
    one_sided: float
    found: float
    found_with_noise: float
    usual_noise: float
    usual_noise_overall: float


def main() -> None:
    """Print the figures of both depths."""
    pairs, seed = (int(sys.argv[at]) if len(sys.argv) > at else usual for at, usual in ((1, 400), (2, 1)))
    questionnaire = load_questionnaire()
    for depth in ("quick", "full"):
        found = measured(questionnaire, depth, pairs, seed)
        print(f"{depth}: {pairs} retests: {_share(found.within)} within the noise")
        print(f"  by the noise alone {_share(found.within_noise)}, overall {_share(found.within_overall)}")
        print(f"  one-sided: {_share(found.one_sided)}")
        print(f"  {pairs} rises: {_share(found.found)} found", end="")
        print(f", {_share(found.found_with_noise)} with one answer in five off")
        print(f"  noise in the middle: ±{found.usual_noise:.1f}, overall ±{found.usual_noise_overall:.1f}")


def _share(part: float) -> str:
    return f"{100 * part:.1f} %"


def measured(questionnaire: Questionnaire, depth: Depth, pairs: int, seed: int) -> Figures:
    """The figures at one depth, the same for the same seed."""
    draw = random.Random(f"{depth} {seed}")  # noqa: S311 - repeatable, not secret
    retests = [_retest(questionnaire, depth, draw) for _ in range(pairs)]
    one_sided = [_retest(questionnaire, depth, draw, to_then=0) for _ in range(pairs)]
    rises = [_rise(questionnaire, depth, draw) for _ in range(pairs)]
    moves = [each for _, own in retests for each in own]
    overalls = [each for each, _ in retests]
    counts = Counter(name for own in rises for name, is_so in zip(("rise", "off"), own, strict=True) if is_so)
    drifted = [each for _, own in one_sided for each in own]
    return Figures(
        one_sided=_mean([not each.is_real for each in drifted]),
        within=_mean([not each.is_real for each in moves]),
        within_noise=_mean([_is_noise(each) for each in moves]),
        within_overall=_mean([_is_noise(each) for each in overalls]),
        found=counts["rise"] / len(rises),
        found_with_noise=counts["off"] / len(rises),
        usual_noise=sorted(float(each.noise or 0) for each in moves)[len(moves) // 2],
        usual_noise_overall=sorted(float(each.noise or 0) for each in overalls)[len(overalls) // 2],
    )


def _mean(found: list[bool]) -> float:
    return sum(found) / len(found)


def _is_noise(move: Move) -> bool:
    return abs(move.matched or Fraction()) <= (move.noise or Fraction())


def _retest(
    questionnaire: Questionnaire, depth: Depth, draw: Random, *, to_then: float = 1 / 2
) -> tuple[Move, list[Move]]:
    """The moves between two sheets of a company; of what is off, this share is on the earlier date."""
    facts, answers = _company(questionnaire, depth, draw)
    off = _off(questionnaire, answers, draw)
    turned = {name for name in answers if draw.random() < to_then}
    then, now = (
        _sheet(
            questionnaire,
            depth,
            facts,
            {name: first[name] if name in turned else other[name] for name in first},
        )
        for first, other in ((off, answers), (answers, off))
    )
    found = compare(questionnaire, [then, now]).whole
    return found.overall, [each for each in found.misconceptions if each.matched is not None]


def _rise(questionnaire: Questionnaire, depth: Depth, draw: Random) -> tuple[bool, bool]:
    """Whether a rise of one option in all questions of a misconception is found; and with answers off."""
    facts, answers = _company(questionnaire, depth, draw)
    name = draw.choice(questionnaire.misconceptions).id
    own = [each for each in questionnaire.at(depth) if each.weights.get(name) and each.applies_to(facts)]
    for each in own:
        answers[each.id] = each.options[min(_level(each, draw.random(), draw), len(each.options) - 2)].id
    up = answers | {each.id: each.options[each.levels[answers[each.id]] + 1].id for each in own}
    then = _sheet(questionnaire, depth, facts, answers)
    verdicts = [
        next(
            each for each in compare(questionnaire, [then, now]).whole.misconceptions if each.id == name
        ).verdict
        for now in (
            _sheet(questionnaire, depth, facts, up),
            _sheet(questionnaire, depth, facts, _off(questionnaire, up, draw)),
        )
    ]
    return verdicts[0] == "risen", verdicts[1] == "risen"


def _company(questionnaire: Questionnaire, depth: Depth, draw: Random) -> tuple[dict[str, str], Answers]:
    """The facts of a company and its answers, around a tendency of its own."""
    facts = {each.id: draw.choice(each.names) for each in questionnaire.profile}
    tendency, answers = draw.random(), Answers()
    for question in questionnaire.at(depth):
        if question.applies_to(facts):
            chance = draw.random()
            if chance < UNKNOWN:
                answers[question.id] = "dont-know"
            elif chance < UNKNOWN + EXCUSED:
                answers[question.id] = "not-applicable"
            else:
                answers[question.id] = question.options[_level(question, tendency, draw)].id
    return facts, answers


def _level(question: Question, tendency: float, draw: Random) -> int:
    return sum(draw.random() < tendency for _ in question.options[1:])


def _off(questionnaire: Questionnaire, answers: Answers, draw: Random) -> Answers:
    """The same answers, one in five of them one option off."""
    found = dict(answers)
    for name, choice in answers.items():
        question = questionnaire.question[name]
        if choice in question.levels and draw.random() < OFF:
            level = question.levels[choice]
            near = [each for each in (level - 1, level + 1) if 0 <= each < len(question.options)]
            found[name] = question.options[draw.choice(near)].id
    return found


def _sheet(
    questionnaire: Questionnaire, depth: Depth, facts: Mapping[str, str], answers: Mapping[str, str]
) -> Sheet:
    data = {
        "schema": "smaudit/sheet/1",
        "questionnaire": {"id": questionnaire.id, "version": questionnaire.version},
        "depth": depth,
        "company": {"name": "Generated", "profile": dict(facts)},
        "answers": dict(answers),
    }
    found = read_sheet(data, questionnaire)
    if found.sheet is None or found.problems:
        raise ValueError(found.problems)
    return found.sheet


if __name__ == "__main__":
    main()
