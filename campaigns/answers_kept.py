"""P1: an acknowledged answer is never lost, whatever kills the program and wherever a call fails."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from campaigns.interviews import ANSWERS, ENTER, NAIVE, QUESTIONS, Session, counter, questionnaire_file
from campaigns.plan import Count, Plan, scratch
from smaudit.files.save import save

FILLING = "x" * 20_000
Saving = Callable[[Path, dict[str, object]], None]


def _ours(path: Path, data: dict[str, object]) -> None:
    save(path, json.dumps(data).encode(), private=True)


def _plainly(path: Path, data: dict[str, object]) -> None:
    with path.open("w") as file:
        json.dump(data, file)


def kills(plan: Plan) -> Count:
    """Kill -9 at a random moment of a process that saves one answer after the other."""
    count = Count()
    with scratch() as folder:
        for number in plan.numbers(2000, 30):
            wait = plan.dice(number).random() / 50
            count.case(_killed(Path(folder) / "sheet.json", _ours, wait))
            if number % 10 == 0:
                count.control(failed=_killed(Path(folder) / "plain.json", _plainly, wait) is not None)
    return count


def _killed(path: Path, saving: Saving, wait: float) -> str | None:
    """How the file is wrong after a kill `wait` seconds after its first save; None where it is right."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        _save_for_ever(path, saving, theirs)
    os.close(theirs)
    told = os.read(ours, 1)
    time.sleep(wait)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while piece := os.read(ours, 65536):
        told += piece
    os.close(ours)
    done = len(told)
    try:
        found = json.loads(path.read_bytes())["answers"]
    except (OSError, ValueError):
        return f"unreadable after {done} answers"
    return None if found in (done, done + 1) else f"{done} answers acknowledged, {found} on disk"


def _save_for_ever(path: Path, saving: Saving, acknowledge: int) -> None:
    """In the child: save the number of answers, and acknowledge each save with a byte."""
    number = 0
    try:
        while True:
            number += 1
            saving(path, {"answers": number, "filling": FILLING})
            os.write(acknowledge, b"+")
    finally:
        os._exit(1)


# The process whose system calls fail. The first save has been acknowledged; the second is the one to disturb.
ONE_SAVE = """
import json, os, sys
from pathlib import Path
from smaudit.errors import SmauditError
from smaudit.files.save import save, save_new
path, how = Path(sys.argv[1]), sys.argv[2]
new = b'{"answers": 2}'
os.write(1, b"begin")
try:
    if how == "replace":
        save(path, new, private=True)
    elif how == "new":
        save_new(path.parent, "new", ".json", new, private=True)
    else:
        with path.open("wb") as file:
            file.write(new)
except (SmauditError, OSError):
    os.write(1, b"refused")
else:
    os.write(1, b"saved")
"""
CALL = re.compile(r"^(\w+)\(", re.MULTILINE)


def calls(plan: Plan) -> Count:
    """Kill, EIO and ENOSPC at every system call of one save, of a file that is there and of a new one."""
    count = Count()
    with scratch() as folder:
        for how in ("replace", "new", "plain"):
            disturbances = [
                (call, number, fault)
                for call, number in _calls_of(Path(folder), how)
                for fault in ("signal=KILL", "error=EIO", "error=ENOSPC")
            ]
            for call, number, fault in plan.some(disturbances, 6):
                if time.monotonic() > plan.until:
                    break
                wrong = _disturbed(Path(folder), how, f"{call}:{fault}:when={number}")
                if how == "plain":
                    count.control(failed=wrong is not None)
                else:
                    count.case(wrong)
    return count


def _start(folder: Path) -> Path:
    for left in folder.iterdir():
        left.unlink()
    path = folder / "sheet.json"
    path.write_bytes(b'{"answers": 1}')
    return path


def _traced(path: Path, how: str, *options: str) -> subprocess.CompletedProcess[bytes]:
    command = ["strace", "-o", "/dev/stderr", *options, sys.executable, "-c", ONE_SAVE, str(path), how]
    surroundings = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, capture_output=True, check=False, env=surroundings)


def _calls_of(folder: Path, how: str) -> list[tuple[str, int]]:
    """The system calls of a save: each name with its number among all of that name in the process."""
    trace = _traced(_start(folder), how).stderr.decode(errors="replace")
    before, _, rest = trace.partition('write(1, "begin"')
    made = [*CALL.findall(before), "write"]
    during = CALL.findall(rest.partition('write(1, "saved"')[0].partition("\n")[2])
    found = []
    for call in during:
        made.append(call)
        found.append((call, made.count(call)))
    return found


def _disturbed(folder: Path, how: str, disturbance: str) -> str | None:
    path = _start(folder)
    said = _traced(path, how, "-e", f"inject={disturbance}").stdout
    written = folder / "new.json" if how == "new" else path
    # What was killed within its first save has acknowledged nothing, and may leave an empty file.
    before = b"" if how == "new" else b'{"answers": 1}'
    found = written.read_bytes() if written.exists() else b""
    kept = found == b'{"answers": 2}' or (b"saved" not in said and found == before)
    return None if kept else f"{how}, {disturbance}: {said!r}, {found!r}"


def interviews(plan: Plan) -> Count:
    """Interviews in a real terminal, killed up to 400 ms after a key, resumed to the end."""
    count = Count()
    with scratch() as folder:
        asked = questionnaire_file(Path(folder))
        for number in plan.numbers(300, 3):
            sheet = Path(folder) / f"{number}.json"
            try:
                count.case(_interrupted(plan, number, asked, sheet))
            except TimeoutError as error:
                count.case(f"case {number}: {error}")
            if number % 10 == 0:
                count.control(failed=_plain_interview(plan, number, Path(folder) / f"plain-{number}.json"))
    return count


SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)


def _interrupted(plan: Plan, number: int, asked: Path, sheet: Path) -> str | None:
    """How an interview that was killed once lost an answer; None where it is all there at the end."""
    dice = plan.dice(number)
    kill_at, wait, name = dice.randint(1, QUESTIONS), dice.random() * 0.4, SIGNALS[number % len(SIGNALS)]
    case = f"{name.name} {wait * 1000:.0f} ms after the key of question {kill_at}"
    with Session("assess", str(sheet), "--questionnaire", str(asked)) as session:
        session.begin()
        for question in range(1, kill_at):
            session.answer(question)
        session.key(kill_at)
        session.watch(wait)
        acknowledged = kill_at if session.shows_question(kill_at + 1) else kill_at - 1
        session.kill(name)
    try:
        answers = json.loads(sheet.read_bytes())["answers"]
    except (OSError, ValueError) as error:
        return f"{case}: {type(error).__name__}"
    if [answers.get(f"q{each}") for each in range(1, acknowledged + 1)] != ANSWERS[:acknowledged]:
        return f"{case}: {acknowledged} acknowledged, on disk {answers}"
    with Session("assess", str(sheet), "--questionnaire", str(asked)) as session:
        for question in range(len(answers) + 1, QUESTIONS + 1):
            session.answer(question)
        if len(answers) < QUESTIONS:
            session.finish()
        else:
            # A sheet in which nothing is open is gone over.
            session.wait("Show the result")
            session.type(b"1" + ENTER)
            session.leave()
    answers = json.loads(sheet.read_bytes())["answers"]
    at_the_end = [answers.get(f"q{each}") for each in range(1, QUESTIONS + 1)]
    return None if at_the_end == ANSWERS else f"{case}: at the end {answers}"


def _plain_interview(plan: Plan, number: int, sheet: Path) -> bool:
    """Whether a plain interview, which saves when it is over, loses what it had asked."""
    dice = plan.dice(number)
    kill_at, wait = dice.randint(2, QUESTIONS - 1), dice.random() * 0.4
    with Session(str(sheet), program=(sys.executable, "-c", NAIVE)) as session:
        for question in range(1, kill_at + 1):
            session.wait(counter(question))
            session.type("1\n")
        session.watch(wait)
        session.kill(SIGNALS[number % len(SIGNALS)])
    return not sheet.exists()


PARTS = {"kills": kills, "calls": calls, "interviews": interviews}
