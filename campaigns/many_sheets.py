"""P6: one bad sheet costs one line: thousands of sheets, hostile ones of ten kinds among them."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from subprocess import CompletedProcess

from campaigns.plan import Count, Plan, scratch
from smaudit.core.questionnaire import Questionnaire
from smaudit.files.load import load_questionnaire

BAD = 100
"""One in so many sheets is hostile."""
KINDS = ("fifo", "bomb", "deep", "huge", "doubled", "folder", "link", "nan", "latin", "vanished")


def sheets(plan: Plan) -> Count:
    """A folder with hostile files among the sheets; the same rows for the others as without them, each named."""
    count = Count()
    questionnaire = load_questionnaire()
    wanted = plan.cases or (4000 if plan.full else 1000)
    hostile = max(len(KINDS), wanted // BAD)
    with scratch() as folder:
        clean, mixed = Path(folder) / "clean", Path(folder) / "mixed"
        clean.mkdir()
        mixed.mkdir()
        good = _good(questionnaire, clean, mixed, plan, wanted - hostile)
        bad = [_spoil(mixed, number) for number in range(hostile)]
        expected = _rows(_run(clean).stdout)
        done = _run(mixed)
        found = _rows(done.stdout)
        said = done.stderr.decode(errors="replace")
        count.control(failed=_plainly(mixed, len(good)))
    for name in good:
        same = expected.get(name) == found.get(name)
        count.case(None if same else f"{name} is not as it is without the hostile ones")
    for name, kind in bad:
        row = found.get(name, {})
        named = row.get("status") in {"refused", "unreadable"} and name in said
        count.case(None if named else f"{kind}: {name} is not named")
    count.case(None if done.returncode == 3 else f"the exit code is {done.returncode}")
    return count


def _good(questionnaire: Questionnaire, clean: Path, mixed: Path, plan: Plan, wanted: int) -> list[str]:
    names = []
    for number in range(wanted):
        dice = plan.dice(number)
        answers = {
            each.id: dice.choice([*each.levels, "dont-know", "not-applicable"])
            for each in questionnaire.questions
        }
        name = f"{number:05}.json"
        data = json.dumps({"schema": "smaudit/sheet/1", "depth": "full", "answers": answers})
        (clean / name).write_text(data)
        (mixed / name).write_text(data)
        names.append(name)
    return names


def _spoil(folder: Path, number: int) -> tuple[str, str]:
    """Put one hostile file among the sheets; give its name and its kind."""
    kind = KINDS[number % len(KINDS)]
    path = folder / f"{number * BAD:05}-{kind}.json"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to(folder.parent / "nowhere")
    elif kind == "vanished":
        # Behind all others, so that it is there when they are listed, and gone when it is read.
        path = folder / f"99999-{number}-{kind}.json"
        path.write_text("{}")
    else:
        path.write_bytes(_BYTES[kind])
    return path.name, kind


_HEAD = b'{"schema": "smaudit/sheet/1", "answers": '
_BYTES = {
    "bomb": _HEAD + b"{" + b",".join(b'"a%d": {}' % each for each in range(40_000)) + b"}}",
    "deep": b"[" * 100_000,
    "huge": b" " * (2 << 20),
    "doubled": _HEAD + b'{"training": "dont-know", "training": "dont-know"}}',
    "nan": _HEAD + b'{"training": NaN}}',
    "latin": _HEAD + b'{}, "remark": "caf\xe9"}',
}


def _run(folder: Path) -> CompletedProcess[bytes]:
    """The table of a folder; when its head is written, the sheets are listed, and some of them vanish."""
    command = [sys.executable, "-m", "smaudit", "portfolio", ".", "--no-steps", "--format", "csv"]
    child = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0)
    if child.stdout is None:
        raise OSError
    head = child.stdout.read(1)
    for each in folder.glob("*-vanished.json"):
        each.unlink()
    rest, said = child.communicate(timeout=600)
    return CompletedProcess(command, child.returncode, head + rest, said)


def _rows(table: bytes) -> dict[str, dict[str, str]]:
    found = csv.DictReader(io.StringIO(table.decode(), newline=""))
    return {row["file"].removeprefix("./"): row for row in found}


_PLAIN = """
import json, sys
from pathlib import Path
for path in sorted(Path(sys.argv[1]).glob("*.json")):
    print(path.name, len(json.loads(path.read_text())["answers"]), flush=True)
"""
_PATIENCE_SECONDS = 3


def _plainly(folder: Path, good: int) -> bool:
    """Whether a plain loop loses sheets: it ends at the first odd file, or hangs at it."""
    command = [sys.executable, "-c", _PLAIN, str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE_SECONDS, check=False)
    except subprocess.TimeoutExpired as hung:
        return (hung.stdout or b"").count(b"\n") < good
    return done.stdout.count(b"\n") < good


PARTS = {"sheets": sheets}
