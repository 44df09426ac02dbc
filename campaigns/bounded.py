"""P5: any file is scored or refused, within 2 seconds and 200 MB; only the documented exit codes."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from campaigns.bombs import QUESTIONNAIRE, SHEET, bombs, command_for, write_all
from campaigns.materials import PHRASES
from campaigns.plan import ROOT, Count, Plan, scratch
from smaudit.core.questionnaire import Questionnaire
from smaudit.core.result import Assessment
from smaudit.core.sheet import Sheet
from smaudit.core.subject import Subject
from smaudit.errors import Refused
from smaudit.files.load import load_questionnaire, questionnaire_from, sheet_from
from smaudit.files.streams import Surface
from smaudit.language.error_text import told
from smaudit.planning import assess
from smaudit.report.data.json import dumped
from smaudit.report.draw.formats import format_for
from smaudit.report.results import Report

SECONDS, MEGABYTES = 2, 200
EXITS = {0, 1, 3}


def costs(plan: Plan) -> Count:
    """Bombs, each read by the command line in a process of its own; the control is PyYAML and json, then printed."""
    count = Count()
    with scratch() as folder:
        files = write_all(Path(folder), bombs())
        for file in plan.some(files, 6):
            for check in (False, True):
                command = [sys.executable, "-m", "smaudit", *command_for(file, check)]
                count.case(_cost(command, EXITS, f"{file.name}, check: {check}"))
        for name in PLAINLY[: None if plan.full else 2]:
            command = [sys.executable, "-c", PLAIN_READER, str(Path(folder) / name)]
            count.control(failed=_cost(command, {0}, "") is not None)
    return count


PLAINLY = ("deep-lists.yaml", "deep-objects.json", "aliases.yaml", "merges.yaml", "keys.yaml", "digits.json")
PLAIN_READER = """
import json, sys, yaml
from pathlib import Path
text = Path(sys.argv[1]).read_text()
data = json.loads(text) if sys.argv[1].endswith(".json") else yaml.load(text, yaml.CSafeLoader)
print(len(repr(data)))
"""


def _cost(command: list[str], allowed: set[int], case: str) -> str | None:
    """What a command costs beyond what it may: processor time, memory, another exit code."""
    launched = [sys.executable, "-S", "-c", LAUNCHER, *command]
    status, seconds, kilobytes = subprocess.run(
        launched, capture_output=True, check=True, text=True
    ).stdout.split()
    code, megabytes = os.waitstatus_to_exitcode(int(status)), int(kilobytes) / 1024
    right = code in allowed and float(seconds) <= SECONDS and megabytes <= MEGABYTES
    return None if right else f"{case}: exit {code}, {seconds} s, {megabytes:.0f} MB"


LAUNCHER = """
import os, resource, sys
child = os.fork()
if not child:
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in range(3):
            os.dup2(nowhere, number)
        resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.execvp(sys.argv[1], sys.argv[1:])
    finally:
        os._exit(127)
_, status, used = os.wait4(child, 0)
print(status, round(used.ru_utime + used.ru_stime, 2), used.ru_maxrss)
"""
"""Becomes the command, with an end to what it may take; small, since a process inherits the peak of its parent."""


def plans(plan: Plan) -> Count:
    """Questionnaires made to keep the planner busy, each planned for; the control tries every choice."""
    count = Count()
    with scratch() as folder:
        for name, (asked, answers) in plan.some(list(_mazes().items()), 2):
            paths = [Path(folder) / f"{name}.{kind}.json" for kind in ("questionnaire", "sheet")]
            for path, data in zip(paths, (asked, answers), strict=True):
                path.write_text(json.dumps(data))
            ordered = [
                sys.executable,
                "-m",
                "smaudit",
                "plan",
                str(paths[1]),
                "--questionnaire",
                str(paths[0]),
            ]
            for order in ([], ["--target", "60"], ["--budget", "60"]):
                count.case(_cost([*ordered, *order, "--format", "json"], EXITS, f"{name} {order}"))
        command = [sys.executable, "-c", EVERY_CHOICE, str(paths[0]), str(paths[1])]
        count.control(failed=_cost(command, {0}, "") is not None)
    return count


EVERY_CHOICE = """
import json, sys
from itertools import product
asked, given = (json.loads(open(name).read()) for name in sys.argv[1:])
ways = [range(len(each["options"])) for each in asked["questions"]]
print(min(sum(each) for each in product(*ways) if sum(each) >= len(ways)))
"""


def _mazes() -> dict[str, tuple[dict[str, object], dict[str, str]]]:
    """Questionnaires with sheets, by name: many ties, many levels, wide numbers, many misconceptions."""
    return {
        "ties": _maze(60, 4, 5, efforts=(2,), heaviest=1),
        "levels": _maze(30, 30, 5),
        "wide": _maze(150, 3, 5, unlike=True),
        "wide-many": _maze(120, 3, 40, unlike=True, share=0.2),
        "heavy": _maze(38, 4, 5, efforts=tuple(range(900, 1000)), heaviest=1_000_000),
        "many": _maze(100, 5, 20),
        "fifty": _maze(60, 4, 50, heaviest=1_000_000),
        "built-in-like": _maze(40, 6, 5, efforts=(1, 2, 4, 8, 16, 24, 40)),
    }


def _maze(
    size: int,
    levels: int,
    misconceptions: int,
    *,
    efforts: tuple[int, ...] = (1, 2, 3, 5, 8),
    heaviest: int = 9,
    unlike: bool = False,
    share: float = 1.0,
) -> tuple[dict[str, object], dict[str, str]]:
    """A questionnaire and a sheet of low answers; `unlike` values have denominators with little in common."""
    dice = random.Random(size * levels)  # noqa: S311 - cases, no secrets
    names = [f"m{number}" for number in range(misconceptions)]
    questions = []
    for number in range(size):
        options: list[dict[str, object]] = [{"id": f"l{level}", "text": "t"} for level in range(levels)]
        for level, option in enumerate(options[:-1]):
            option["step"] = {"text": "s", "effort": dice.choice(efforts)}
            if unlike and level:
                whole = dice.randrange(10**8, 10**9) | 1
                option["value"] = f"{whole * level // (levels - 1)}/{whole}"
        if unlike:
            options[0]["value"], options[-1]["value"] = "0", "1"
        weights = {name: dice.randint(1, heaviest) for name in names if dice.random() < share}
        weights[names[number % misconceptions]] = heaviest
        questions.append({"id": f"q{number}", "text": f"{number}?", "weights": weights, "options": options})
    asked: dict[str, object] = {
        "schema": "smaudit/questionnaire/1",
        "id": "maze",
        "version": "1",
        "title": "t",
        "misconceptions": [{"id": name, "title": name} for name in names],
        "questions": questions,
    }
    return asked, {f"q{number}": dice.choice(["l0", "l0", "l1"]) for number in range(size)}


def mutants(plan: Plan) -> Count:
    """Damaged sheets and questionnaires, read, scored and reported, or refused; the control is yaml.safe_load and some sums."""
    count = Count()
    asked = load_questionnaire()
    page = (ROOT / "docs" / "your-own-questionnaire.md").read_text("utf-8")
    small = page.partition("```yaml own.yaml\n")[2].partition("```")[0].encode()
    originals: list[tuple[bytes, Callable[[bytes], None]]] = [
        (SHEET, lambda data: _used(data, Subject(asked, *_sheet(data, asked)))),
        (small, _asked),
        (json.dumps(yaml.safe_load(small)).encode(), _asked),
    ]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    signal.signal(signal.SIGALRM, _too_long)
    for number in plan.numbers(100_000, 300):
        dice = plan.dice(number)
        original, use = originals[number % 3] if number % 500 else (QUESTIONNAIRE, _asked)
        data = damaged(dice, original)
        count.case(_wrong(use, data))
        if number % 5 == 0 or not plan.full:
            count.control(failed=_escapes(data))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before
    count.case(None if grown <= MEGABYTES else f"grown by {grown:.0f} MB")
    return count


def _sheet(data: bytes, asked: Questionnaire) -> tuple[Sheet, Assessment]:
    loaded = sheet_from(data, "sheet.json", asked)
    return loaded, assess(asked, loaded)


def _used(data: bytes, subject: Subject) -> None:
    dumped(subject.assessment)
    if len(data) % 10 == 0:
        format_for("text", None, "report").draw(Report(subject), PHRASES, Surface(80))


def _asked(data: bytes) -> None:
    asked = questionnaire_from(data, "own.yaml")
    best = {question.id: question.options[-1].id for question in asked.questions}
    _used(
        data,
        Subject(asked, *_sheet(json.dumps({"schema": "smaudit/sheet/1", "answers": best}).encode(), asked)),
    )


def _wrong(use: Callable[[bytes], None], data: bytes) -> str | None:
    start = time.process_time()
    signal.alarm(10)
    try:
        use(data)
    except Refused as refused:
        told(refused, PHRASES)
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        return f"{type(error).__name__}: {error}, for {data[:300]!r}"
    finally:
        signal.alarm(0)
    taken = time.process_time() - start
    return None if taken <= SECONDS else f"{taken:.1f} s for {data[:300]!r}"


def _escapes(data: bytes) -> bool:
    """Whether a damaged file gets past the errors that a plain reader expects."""
    try:
        read = yaml.safe_load(data)
        sum(len(question["options"]) for question in read.get("questions", ()))
        sum(len(answer) for answer in read.get("answers", {}).values())
    except yaml.YAMLError:
        return False
    except Exception:  # noqa: BLE001 - this is what is counted
        return True
    return False


def _too_long(*_: object) -> None:
    raise TimeoutError


PIECES = (
    b"", b"{", b"}", b"[", b"]", b"'", b'"', b"\\", b": ", b",", b"\t", b"\n", b"&a ", b"*a ", b"!!", b"\n- ", b"%", b"\x85",
    b"null", b"true", b"-1", b"1e999", b"NaN", b"0", b"9" * 30, b"\xff", b"\xef\xbb\xbf", b"\\ud800", b"\\u0000", b"\x1b",
    "\u202e".encode(), b"<<: ", b"? ", b"| ", b"---\n", b"...\n", b"#", b"{}", b"[]", b'""', b"2026-13-45", b"1/0", b"12:30:01",
    b"0x_", b"0b_", b"._", b"!!int x", b"!!timestamp x", b"= ",
)  # fmt: skip


def damaged(dice: random.Random, data: bytes) -> bytes:
    """The bytes with one to four pieces put in, taken out, doubled, moved or exchanged."""
    for _ in range(dice.randint(1, 4)):
        at, length = dice.randrange(len(data) + 1), dice.choice((0, 1, 1, 2, 5, 20, 100))
        kind = dice.randrange(5)
        if kind == 0:
            new = dice.choice(PIECES)
        elif kind == 1:
            new = bytes([dice.randrange(256)])
        elif kind == 2:
            new = data[at : at + length] * 2
        elif kind == 3:
            other = dice.randrange(len(data) + 1)
            new = data[other : other + length]
        else:
            new, (at, length) = dice.choice(PIECES), _value(dice, data)
        data = data[:at] + new + data[at + length :]
    return data


def _value(dice: random.Random, data: bytes) -> tuple[int, int]:
    """Where a value stands: from behind a colon to the end of it."""
    at = data.find(b": ", dice.randrange(len(data) + 1)) + 2
    ends = [end for end in (data.find(mark, at) for mark in (b",", b"\n", b"}")) if end >= 0]
    return at, (min(ends) - at if ends else 0)


PARTS = {"bombs": costs, "plans": plans, "mutants": mutants}
