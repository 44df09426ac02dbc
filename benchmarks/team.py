"""How long a team takes: forty subsidiaries with four departments each, in one loop.

    python benchmarks/team.py [SUBSIDIARIES]

The sheets are of the built-in questionnaire, in full, generated and seeded: each department answers with one
of the options, in one of twelve don't know or not applicable, and one fact in ten is a department's own.
Printed: the median and the longest time in milliseconds. Reading is not timed.
"""

import random
import statistics
import sys
import time

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.sheet import Sheet
from smaudit.core.sheet_rules import read_sheet
from smaudit.core.team import team
from smaudit.files.load import load_questionnaire

OWN_FACTS = 0.1
"""The share of facts on which a department may say otherwise."""
DEPARTMENTS = ("management", "marketing", "customer-service", "people-who-reply")


def main() -> None:
    """Print the times."""
    questionnaire = load_questionnaire()
    houses = [generated(questionnaire, seed) for seed in range(int(sys.argv[1]) if len(sys.argv) > 1 else 40)]
    times = [timed(questionnaire, sheets) for sheets in houses]
    sys.stdout.write(f"{len(times)} teams: median {statistics.median(times):.0f} ms, ")
    sys.stdout.write(f"longest {max(times):.0f} ms\n")


def timed(questionnaire: Questionnaire, sheets: list[Sheet]) -> float:
    """The milliseconds that a team took."""
    start = time.perf_counter()
    team(questionnaire, sheets)
    return 1000 * (time.perf_counter() - start)


def generated(questionnaire: Questionnaire, seed: int) -> list[Sheet]:
    """The sheets of one company, the same for the same seed."""
    draw = random.Random(seed)  # noqa: S311 - repeatable, not secret
    facts = {each.id: draw.choice(each.names) for each in questionnaire.profile}
    sheets = []
    for department in DEPARTMENTS:
        others = {
            each.id: draw.choice(each.names) for each in questionnaire.profile if draw.random() < OWN_FACTS
        }
        answers = {
            each.id: draw.choices(
                [draw.choice(list(each.levels)), "dont-know", "not-applicable"], weights=[22, 1, 1]
            )[0]
            for each in questionnaire.questions
        }
        data = {
            "schema": "smaudit/sheet/1",
            "depth": "full",
            "company": {"name": "Generated", "profile": {**facts, **others}},
            "respondent": {"department": department},
            "answers": answers,
        }
        found = read_sheet(data, questionnaire)
        if found.sheet is None or found.problems:
            raise ValueError(found.problems)
        sheets.append(found.sheet)
    return sheets


if __name__ == "__main__":
    main()
