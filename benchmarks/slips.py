"""How often a slip turns the finding round: what the band between steers and free is worth.

    python benchmarks/slips.py [SHEETS] [SEED]

For each depth so many generated sheets of the built-in questionnaire (2,000 if nothing is said); then one
answer in five slips by one option, up or down. Of all misconceptions with a side before and after, printed
are the shares of which

turned     one that steered is called free, or the reverse: the report says the opposite
crossed    the score went to the other side of 50, which a single line would have called the opposite
moved      the side is another one, to or from too close to call
counted    of the sheets: the number in the headline is another one
"""

import random
import sys
from collections import Counter
from random import Random

from smaudit.core.questionnaire import Depth, Questionnaire
from smaudit.core.result import STEERS_BELOW, Assessment
from smaudit.core.scoring import assess
from smaudit.core.sheet import Sheet
from smaudit.core.sheet_rules import read_sheet
from smaudit.files.load import load_questionnaire

SLIPS = 0.2
"""Of all answers, how many slip."""
UNKNOWN = 0.05
"""Of all answers, how many are not known."""


def main(sheets: int, seed: int) -> None:
    """Print the shares for both depths."""
    depths: tuple[Depth, ...] = ("quick", "full")
    for depth in depths:
        found = shares(depth, sheets, seed)
        print(f"{depth}: " + ", ".join(f"{name} {100 * share:.1f} %" for name, share in found.items()))


def shares(depth: Depth, sheets: int, seed: int) -> dict[str, float]:
    """The shares 0..1 by name."""
    asked, draw = load_questionnaire(), random.Random(seed)  # noqa: S311 - repeatable, not secret
    found = Counter[str]()
    for _ in range(sheets):
        sheet = _sheet(asked, depth, draw)
        before, after = assess(asked, sheet), assess(asked, _slipped(asked, sheet, depth, draw))
        for then, now in zip(before.misconceptions, after.misconceptions, strict=True):
            if then.score is not None and now.score is not None:
                found["both"] += 1
                found["turned"] += {then.side, now.side} == {"steers", "free"}
                found["crossed"] += (then.score < STEERS_BELOW) != (now.score < STEERS_BELOW)
                found["moved"] += then.side != now.side
        found["counted"] += _steering(before) != _steering(after)
    both = {name: found[name] / found["both"] for name in ("turned", "crossed", "moved")}
    return both | {"counted": found["counted"] / sheets}


def _steering(assessment: Assessment) -> int:
    return assessment.overall.sides.steers


def _sheet(asked: Questionnaire, depth: Depth, draw: Random) -> Sheet:
    """A company with a tendency, its answers drawn around it."""
    profile = {fact.id: draw.choice(fact.names) for fact in asked.profile}
    lean = draw.choice((0.6, 1.0, 1.6))
    answers = {}
    for question in asked.at(depth):
        if question.applies_to(profile):
            options = question.options
            level = min(int(draw.random() ** lean * len(options)), len(options) - 1)
            answers[question.id] = "dont-know" if draw.random() < UNKNOWN else options[level].id
    data = {
        "schema": "smaudit/sheet/1",
        "depth": depth,
        "company": {"profile": profile},
        "answers": answers,
    }
    sheet = read_sheet(data, asked).sheet
    if sheet is None:
        raise ValueError(data)
    return sheet


def _slipped(asked: Questionnaire, sheet: Sheet, depth: Depth, draw: Random) -> Sheet:
    changes = {}
    for question in asked.at(depth):
        level = question.levels.get(sheet.choice(question.id) or "")
        if level is not None and draw.random() < SLIPS:
            to = level + draw.choice((-1, 1))
            changes[question.id] = question.options[min(max(to, 0), len(question.options) - 1)].id
    return sheet.with_choices(changes)


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(*(given + [2000, 1][len(given) :]))
