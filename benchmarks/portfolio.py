"""How long a table of many sheets takes, beside `json.loads` of the same bytes, and how much memory.

    python benchmarks/portfolio.py [SHEETS ...]        1,000 and 10,000 by default

The sheets are those of `benchmarks/scoring.py`, every fifth answer with a note. Printed, for each number of
sheets, is the processor time for one in microseconds, from the least of five for each hundred, and what it is
in times of `json.loads`; then the most memory that the whole command takes, in a process of its own.

    check       from the bytes to what a row needs of a flawless sheet, without a model
    row         that and the row, as `smaudit portfolio --no-steps` has it
    as a sheet  what the other commands do: the model, and the row of it
"""

import gc
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from scoring import AT_ONCE, generated, seconds

from smaudit.core.figures import row
from smaudit.core.portfolio_row import scored
from smaudit.files.load import load_questionnaire, sheet_from
from smaudit.files.many import given_in

ROUNDS = 5
# As the command has it (`__main__.py`).
gc.set_threshold(50_000)


def main() -> None:
    """Print the times and the memory."""
    questionnaire = load_questionnaire()
    for count in [int(each) for each in sys.argv[1:]] or [1_000, 10_000]:
        files = [generated(questionnaire, seed) for seed in range(count)]
        measured: dict[str, Callable[[Any], object]] = {
            "json.loads": json.loads,
            "check": lambda data: given_in(data, "s.json", questionnaire),
            "row": lambda data: scored(questionnaire, given_in(data, "s.json", questionnaire)),
            "as a sheet": lambda data: row(questionnaire, sheet_from(data, "s.json", questionnaire)),
        }
        taken = dict.fromkeys(measured, 0.0)
        for start in range(0, count, AT_ONCE):
            some = files[start : start + AT_ONCE]
            for name, work in measured.items():
                taken[name] += min(seconds(work, some) for _ in range(ROUNDS))
        print(f"{count} sheets of {sum(map(len, files)) // count} bytes on average")
        for name, total in taken.items():
            print(f"  {name:12} {1e6 * total / count:7.1f} µs {total / taken['json.loads']:6.2f} x")
        for format_ in ("csv", "jsonl"):
            print(f"  {format_}: {memory(files, format_):.0f} MB at most")


def memory(files: list[bytes], format_: str) -> float:
    """The most memory, in megabytes, of the command on these sheets."""
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(files):
            (Path(folder) / f"{number}.json").write_bytes(data)
        command = [sys.executable, "-m", "smaudit", "portfolio", folder, "--no-steps", "--format", format_]
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit(child.returncode)
        return used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
