"""What reading and scoring a sheet of the built-in questionnaire costs, beside what it is measured against.

    python benchmarks/scoring.py [SHEETS]

Sheets are made up and seeded (1,000 unless said otherwise), all of full depth. The things compared take turns
a hundred sheets each, and every hundred is done seven times. Printed is the processor time for one sheet in
microseconds, from the least of the seven: other programs only ever add to it.

    assessment   the whole assessment, beside the same in plain fractions (`tests/oracle_scoring.py`)
    row          the figures of a row of a table alone
    read         from the bytes of a file to a checked sheet, beside `json.loads` of the same bytes
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
import oracle_scoring

from smaudit.core.figures import row
from smaudit.core.questionnaire import Questionnaire
from smaudit.core.scoring import assess
from smaudit.files.load import load_questionnaire, sheet_from

AT_ONCE, ROUNDS = 100, 7


def main() -> None:
    """Print a line for each thing, and how two pairs of them compare."""
    questionnaire = load_questionnaire()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    files = [generated(questionnaire, seed) for seed in range(count)]
    sheets = [sheet_from(data, "sheet.json", questionnaire) for data in files]
    measured: dict[str, tuple[Callable[[Any], object], list[Any]]] = {
        "assessment": (lambda sheet: assess(questionnaire, sheet), sheets),
        "in fractions": (lambda sheet: oracle_scoring.assess(questionnaire, sheet), sheets),
        "row": (lambda sheet: row(questionnaire, sheet), sheets),
        "read": (lambda data: sheet_from(data, "sheet.json", questionnaire), files),
        "json.loads": (json.loads, files),
    }
    taken = dict.fromkeys(measured, 0.0)
    for start in range(0, count, AT_ONCE):
        least = dict.fromkeys(measured, float("inf"))
        for _ in range(ROUNDS):
            for name, (work, on) in measured.items():
                least[name] = min(least[name], seconds(work, on[start : start + AT_ONCE]))
        for name, best in least.items():
            taken[name] += best
    print(f"{count} sheets of {sum(map(len, files)) // count} bytes on average")
    for name, total in taken.items():
        print(f"{name:14} {1e6 * total / count:8.1f} µs")
    print(f"assessment: {taken['in fractions'] / taken['assessment']:.1f} times as quick as in fractions")
    print(f"read: {taken['read'] / taken['json.loads']:.2f} times json.loads")


def seconds(work: Callable[[Any], object], on: Iterable[Any]) -> float:
    """The processor time of the work on everything."""
    start = time.process_time()
    for each in on:
        work(each)
    return time.process_time() - start


def generated(questionnaire: Questionnaire, seed: int) -> bytes:
    """The bytes of a sheet, the same for the same seed: a tenth unknown, every fifth answer with a note."""
    draw = random.Random(seed)  # noqa: S311 - repeatable, not secret
    answers: dict[str, object] = {}
    for question in questionnaire.questions:
        kind = draw.random()
        choice = draw.choice(question.options).id
        choice = "dont-know" if kind < 0.07 else "not-applicable" if kind < 0.1 else choice  # noqa: PLR2004
        noted = {"choice": choice, "note": "Counted for the last four weeks."}
        answers[question.id] = noted if draw.random() < 0.2 else choice  # noqa: PLR2004
    sheet = {
        "schema": "smaudit/sheet/1",
        "questionnaire": {"id": questionnaire.id, "version": questionnaire.version},
        "depth": "full",
        "company": {
            "name": "Harbour Coffee",
            "profile": {fact.id: draw.choice(fact.options).id for fact in questionnaire.profile},
        },
        "respondent": {"name": "Ann", "department": draw.choice(questionnaire.departments).id},
        "date": "2026-11-23",
        "language": "en",
        "beliefs": {each.id: draw.randint(1, 5) for each in questionnaire.misconceptions},
        "guess": {"steering": 3, "most": questionnaire.misconceptions[0].id},
        "answers": answers,
    }
    return json.dumps(sheet, indent=2).encode()


if __name__ == "__main__":
    main()
