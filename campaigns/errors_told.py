"""P9: an error is a few lines with a way out; it shows no answers, no trace, and has the exit code of its kind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from campaigns.bombs import SHEET, bombs
from campaigns.plan import Count, Plan, scratch

CANARY = "breach-in-2023"
LONGEST = 400
"""Bytes of a line."""
MOST_LINES = 24
"""One that says what is wrong, at most 20 problems and how many more there are, and the way out."""


def faults(plan: Plan) -> Count:
    """Each fault that can be made on a command line; the control checks the same files with plain pydantic."""
    count = Count()
    with scratch() as name:
        folder = Path(name)
        cases = _faults(folder)
        for arguments, code, options in plan.some(cases, 6):
            count.case(_wrong(folder, arguments, code, options))
        for file in plan.some(["value.json", "type.json"], 1):
            count.control(failed=_plainly_told(folder / file))
    return count


Case = tuple[list[str], int, dict[str, Any]]


def _faults(folder: Path) -> list[Case]:
    """The arguments, the exit code that is due, and how standard input and output are."""
    sheets = _sheets()
    for file, data in {**sheets, **bombs()}.items():
        (folder / file).write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
    (folder / "good.json").write_bytes(SHEET)
    (folder / "a-folder").mkdir()
    os.mkfifo(folder / "fifo.json")
    (folder / "closed").mkdir(mode=0o555)
    (folder / "kept.md").write_text("kept")
    (folder / "kept.md").chmod(0o444)
    (folder / "sparse.json").touch()
    os.truncate(folder / "sparse.json", 50 << 30)
    cases: list[Case] = [([command, file], 3, {}) for file in sheets for command in ("check", "report")]
    cases += [(["check", file], 3, {}) for file in bombs() if file not in SOUND]
    for file in (
        "missing.json",
        "a-folder",
        "fifo.json",
        "/dev/zero",
        "x" * 300,
        "good.json/x",
        "none/x.json",
    ):
        cases += [([command, file], 2, {}) for command in ("check", "report")]
    cases += [
        (["check", "sparse.json"], 3, {}),
        (["report", "good.json", "-o", "kept.md"], 5, {}),
        (["report", "good.json", "-o", "none/x.md"], 5, {}),
        (["report", "good.json", "-o", "a-folder/"], 2, {}),
        (["report", "good.json", "-o", "a-folder.md/x.md"], 5, {}),
        (["report", "good.json", "-o", "x" * 300 + ".md"], 5, {}),
        (["report", "good.json", "-o", "x.doc"], 2, {}),
        (["report", "good.json", "--format", "doc"], 2, {}),
        (["report", "good.json"], 5, {"stdout": "/dev/full"}),
        (["report", "good.json", "--format", "json"], 5, {"stdout": "/dev/full"}),
        (["report", "good.json"], 5, {"closed": 1}),
        (["check", "good.json"], 5, {"closed": 1}),
        (["check", "-"], 2, {"closed": 0}),
        (["check", "-"], 3, {}),
        (["report", "good.json", "--fail-under", "x"], 2, {}),
        (["report", "good.json", "--fail-under", "101"], 2, {}),
        (["report", "good.json", "--fail-under", "nobody=1"], 2, {}),
        (["report", "good.json", "--fail-under", "99"], 1, {}),
        (["report", "good.json", "--lang", "tlh"], 2, {}),
        (["report", "good.json", "--color", "mauve"], 2, {}),
        (["report"], 2, {}),
        (["report", "good.json", "--nonsense"], 2, {}),
        (["nonsense"], 2, {}),
        (["explain", "nonsense"], 2, {}),
        (["schema", "nonsense"], 2, {}),
        (["plan", "good.json", "--target", "nobody=3"], 2, {}),
        (["plan", "good.json", "--target", "high"], 2, {}),
        (["assess"], 2, {}),
        (["assess", "missing.json"], 2, {}),
        (["assess", "--depth", "shallow"], 2, {}),
        (["report", "good.json", "--questionnaire", "good.json"], 3, {}),
        (["report", "good.json", "--questionnaire", "missing.yaml"], 2, {}),
    ]
    return cases


SOUND = frozenset({"numbers.json", "notes.json", "spaces.json"})


def _sheets() -> dict[str, object]:
    """Sheets with a canary in what was answered, each with another fault."""
    answers = {"training": {"choice": "dont-know", "note": CANARY, "evidence": CANARY}}
    sound = {"schema": "smaudit/sheet/1", "company": {"name": CANARY}, "remark": CANARY, "answers": answers}

    def with_(**changes: object) -> dict[str, object]:
        return {**sound, **changes}

    whole = json.dumps(sound).encode()
    return {
        "value.json": with_(answers={**answers, "reply-coverage": CANARY}),
        "type.json": with_(answers={**answers, "reply-coverage": {"choice": [CANARY]}}),
        "note.json": with_(answers={"training": {"choice": "dont-know", "note": [CANARY]}}),
        "name.json": with_(company={"name": {CANARY: CANARY}, "profile": CANARY}),
        "long.json": with_(remark=CANARY * 3000),
        "fact.json": with_(company={"profile": {"headcount": CANARY}}),
        "belief.json": with_(beliefs={"it-is-free": CANARY}),
        "guess.json": with_(guess={"steering": CANARY, "most": CANARY}),
        "date.json": with_(date=CANARY),
        "day.json": with_(date="2026-13-45"),
        "language.json": with_(language=[CANARY]),
        "depth.json": with_(depth=CANARY),
        "schema.json": with_(schema=CANARY),
        "other.json": with_(questionnaire={"id": "another"}),
        "department.json": with_(respondent={"name": CANARY, "department": "no-such"}),
        "answers.json": with_(answers=[CANARY]),
        "empty.json": b"",
        "cut.json": whole[:-5],
        "latin.json": whole.replace(b"breach", b"br\xe9ach"),
        "wide.json": whole.decode().encode("utf-16"),
        "doubled.json": whole[:-1] + b', "remark": "' + CANARY.encode() + b'"}',
        "nan.json": whole[:-1] + b', "x": NaN}',
        "surrogate.json": whole[:-1] + b', "x": "\\ud800"}',
        "yaml.json": b"schema: smaudit/sheet/1\nremark: " + CANARY.encode(),
        "list.json": b"[1]",
        "comma.json": whole[:-1] + b",}",
        "control.json": whole[:-1] + b', "x": "' + CANARY.encode() + b'\x01"}',
    }


def _wrong(folder: Path, arguments: list[str], code: int, options: dict[str, Any]) -> str | None:
    """How the program tells a fault otherwise than promised; None where it does as promised."""
    command: list[str] | str = [sys.executable, "-m", "smaudit", *arguments]
    closing: Callable[[], None] | None = None
    if "closed" in options:
        closing = lambda: os.close(options["closed"])  # noqa: E731 - passed on at once
    with Path(options.get("stdout", os.devnull)).open("wb") as stdout:
        done = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, check=False,
            timeout=30, preexec_fn=closing, env={**os.environ, "LANG": "C.UTF-8"},
        )  # fmt: skip
    said = done.stderr.decode(errors="replace")
    case = f"{' '.join(arguments)[:80]}, {options or ''}"
    lines = said.splitlines()
    longest = max((len(line.encode()) for line in lines), default=0)
    if done.returncode != code:
        return f"{case}: exit {done.returncode}, not {code}: {said[:200]}"
    if not lines or "Traceback" in said or len(lines) > MOST_LINES or longest > LONGEST:
        return f"{case}: {len(lines)} lines, the longest {longest} bytes: {said[:100]}"
    if CANARY in said.replace(" ".join(arguments), ""):
        return f"{case}: shows an answer"
    return None


def _plainly_told(file: Path) -> bool:
    """Whether pydantic's own words for what is wrong in a sheet show an answer."""
    from pydantic import BaseModel, ValidationError

    class Plain(BaseModel):
        answers: dict[str, int]

    try:
        Plain.model_validate_json(file.read_bytes())
    except ValidationError as error:
        return CANARY in str(error)
    return False


PARTS = {"faults": faults}
