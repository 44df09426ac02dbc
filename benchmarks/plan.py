"""How long a plan takes: 38 questions, generated and seeded, with one, two and five targets.

    python benchmarks/plan.py [SHEETS]

Every sheet (200 of them unless said otherwise) has five misconceptions and questions of three to five levels,
with a main weight of 4 to 12 and up to two side weights of 1 to 6, efforts of 1, 2, 3, 5 or 8, and one answer
in twelve missing; each target is 75. Printed for each number of targets: sheets that had something to plan,
the median, the 90th percentile and the longest time in milliseconds, and how many plans were not proven
optimal within the node cap. Reading is not timed.
"""

import random
import statistics
import sys
import time
from fractions import Fraction

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.questionnaire_rules import read_questionnaire
from smaudit.core.result import Plan
from smaudit.core.sheet import Sheet
from smaudit.core.sheet_rules import read_sheet
from smaudit.planning import plan

MISCONCEPTIONS = tuple("abcde")
QUESTIONS = 38
EFFORTS = (1, 2, 3, 5, 8)
TARGET = Fraction(75)


def main() -> None:
    """Print one line for each number of targets."""
    sheets = [generated(seed) for seed in range(int(sys.argv[1]) if len(sys.argv) > 1 else 200)]
    sys.stdout.write("targets  planned  median ms  90 % ms  longest ms  not proven\n")
    for count in (1, 2, 5):
        measured = [timed(*sheet, dict.fromkeys(MISCONCEPTIONS[:count], TARGET)) for sheet in sheets]
        planned = [each for each in measured if each[0].status == "reached"]
        times = sorted(1000 * seconds for _, seconds in planned)
        sys.stdout.write(
            f"{count:7}  {len(times):7}  {statistics.median(times):9.1f}"
            f"  {statistics.quantiles(times, n=10)[-1]:7.1f}  {times[-1]:10.1f}"
            f"  {sum(not found.optimal for found, _ in planned):10}\n"
        )


def timed(questionnaire: Questionnaire, sheet: Sheet, targets: dict[str, Fraction]) -> tuple[Plan, float]:
    """The plan, and the seconds it took."""
    start = time.perf_counter()
    found = plan(questionnaire, sheet, targets)
    return found, time.perf_counter() - start


def generated(seed: int) -> tuple[Questionnaire, Sheet]:
    """A questionnaire and a sheet, the same for the same seed."""
    draw = random.Random(seed)  # noqa: S311 - repeatable, not secret
    questions, answers = [], {}
    for number in range(QUESTIONS):
        name, levels = f"q{number:02}", draw.randint(3, 5)
        side = draw.sample(MISCONCEPTIONS, draw.randint(0, 2))
        main_weight = {MISCONCEPTIONS[number % 5]: draw.randint(4, 12)}
        options = [
            {"id": f"l{level}", "text": "t", "step": {"text": "s", "effort": draw.choice(EFFORTS)}}
            for level in range(levels - 1)
        ]
        questions.append(
            {
                "id": name,
                "text": name,
                "weights": {each: draw.randint(1, 6) for each in side} | main_weight,
                "options": [*options, {"id": "top", "text": "t"}],
            }
        )
        chosen = options[int(draw.random() ** 1.3 * (levels - 1))]["id"]
        answers[name] = draw.choices([chosen, "dont-know", "not-applicable"], weights=[22, 1, 1])[0]
    questionnaire, problems = read_questionnaire(
        {
            "schema": "smaudit/questionnaire/1",
            "id": "generated",
            "version": "1",
            "title": "t",
            "misconceptions": [{"id": name, "title": name} for name in MISCONCEPTIONS],
            "questions": questions,
        }
    )
    sheet = (
        read_sheet({"schema": "smaudit/sheet/1", "answers": answers}, questionnaire).sheet
        if questionnaire
        else None
    )
    if problems or questionnaire is None or sheet is None:
        raise SystemExit(problems)
    return questionnaire, sheet


if __name__ == "__main__":
    main()
