"""P11: two interviews on one sheet never mix, nor one with what else writes there; the killed hold nothing."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from campaigns.interviews import (
    ANSWERS,
    BEFORE,
    ENTER,
    PATIENCE,
    QUESTIONS,
    Session,
    counter,
    questionnaire_file,
)
from campaigns.plan import Count, Plan, scratch

# Two interviews without a lock, each of which writes what it knows after every answer.
PLAINLY = f"""
import json, pathlib, sys
file = pathlib.Path(sys.argv[1])
answers = json.loads(file.read_text())["answers"]
for number in range(1, {QUESTIONS} + 1):
    answers[f"q{{number}}-{{sys.argv[2]}}"] = input(f"{{number + {BEFORE}}} of about {QUESTIONS}: ")
    file.write_text(json.dumps({{"answers": answers}}))
"""


def pairs(plan: Plan) -> Count:
    """Two interviews started together on one sheet; the one that got it is killed, and a third goes on."""
    count = Count()
    with scratch() as folder:
        asked = questionnaire_file(Path(folder))
        for number in plan.numbers(100, 2):
            sheet = Path(folder) / f"{number}.json"
            answers = {f"q{each}": ANSWERS[each - 1] for each in range(1, 1 + number % 4)}
            sheet.write_text(
                json.dumps({"schema": "smaudit/sheet/1", "company": {"name": "x"}, "answers": answers})
            )
            try:
                count.case(_wrong(asked, sheet, len(answers) + 1))
            except TimeoutError as error:
                count.case(str(error))
            if number % 10 == 0:
                count.control(failed=_plainly_lost(Path(folder) / f"plain-{number}.json"))
    return count


def _wrong(asked: Path, sheet: Path, next_question: int) -> str | None:
    """How two sessions and their successor did otherwise than promised; None where they did as promised."""
    arguments = ("assess", str(sheet), "--questionnaire", str(asked))
    with Session(*arguments) as first, Session(*arguments) as second:
        shown = counter(next_question)
        both = (first, second)
        for _ in range(PATIENCE * 10):
            for session in both:
                session.watch(0.05)
            if sum(shown in session.text() or session.finished() for session in both) == len(both):
                break
        holders = [session for session in both if session.code is None]
        if len(holders) != 1:
            return f"{len(holders)} sessions have the sheet: {[session.code for session in both]}"
        holder, other = holders[0], next(session for session in both if session.code is not None)
        # What it said may come after its end.
        other.watch(0.3)
        if other.code != 11 or "open in" not in other.text():
            return f"exit {other.code}: {other.text()[-200:]!r}"
        holder.answer(next_question)
        holder.kill(signal.SIGKILL)
    with Session(*arguments) as third:
        third.wait(counter(next_question + 1))
        answers = json.loads(sheet.read_bytes())["answers"]
        expected = {f"q{each}": ANSWERS[each - 1] for each in range(1, next_question + 1)}
        return None if answers == expected else f"on disk {answers}"


def _plainly_lost(sheet: Path) -> bool:
    """Whether two plain interviews on one file lose answers."""
    sheet.write_text('{"answers": {}}')
    program = (sys.executable, "-c", PLAINLY)
    with (
        Session(str(sheet), "one", program=program) as one,
        Session(str(sheet), "two", program=program) as two,
    ):
        for number in range(1, QUESTIONS + 1):
            for session in (one, two):
                # One of them may have broken by now, on what the other has half written.
                if not session.finished():
                    session.wait(counter(number))
                    session.type(b"x" + ENTER)
        one.ended()
        two.ended()
    try:
        return len(json.loads(sheet.read_text())["answers"]) < 2 * QUESTIONS
    except ValueError:
        return True


def _edited(sheet: Path) -> None:
    """An editor that writes in place."""
    data = json.loads(sheet.read_bytes())
    sheet.write_text(json.dumps({**data, "remark": "edited"}))


def _synced(sheet: Path) -> None:
    """A program that puts another copy in place, as those do that keep folders the same."""
    sheet.with_name("copy").write_bytes(sheet.read_bytes())
    _edited(sheet.with_name("copy"))
    sheet.with_name("copy").replace(sheet)


def _removed(sheet: Path) -> None:
    sheet.unlink()


def _linked(sheet: Path) -> None:
    other = sheet.with_name("other.json")
    other.write_bytes(sheet.read_bytes())
    sheet.unlink()
    sheet.symlink_to(other)


def _fifo(sheet: Path) -> None:
    sheet.unlink()
    os.mkfifo(sheet)


CHANGES = (_edited, _synced, _removed, _linked, _fifo)


def changed(plan: Plan) -> Count:
    """A sheet edited, exchanged or removed between two answers; the control writes what it knows."""
    count = Count()
    for number in plan.numbers(50, 2):
        change, at = CHANGES[number % len(CHANGES)], 1 + number % (QUESTIONS - 1)
        with scratch() as folder:
            try:
                count.case(_overwritten(Path(folder), change, at))
            except TimeoutError as error:
                count.case(str(error))
        if number % 5 == 0:
            with scratch() as folder:
                count.control(failed=_plainly_overwritten(Path(folder) / "plain.json", at))
    return count


def _overwritten(folder: Path, change: Callable[[Path], None], at: int) -> str | None:
    """How an interview did otherwise than promised after a change behind answer `at`; None where it did not."""
    asked, sheet = questionnaire_file(folder), folder / "s.json"
    with Session("assess", str(sheet), "--questionnaire", str(asked)) as session:
        session.begin()
        for number in range(1, at + 1):
            session.answer(number)
        change(sheet)
        before = _lasting(folder)
        session.answer(at + 1)
        session.kill(signal.SIGTERM)
        if session.text().count("s-2.json") < 3 or _lasting(folder) != before:
            return f"{change.__name__}: {_lasting(folder)}, {session.text()[-300:]!r}"
    answers = json.loads((folder / "s-2.json").read_bytes())["answers"]
    expected = {f"q{each}": ANSWERS[each - 1] for each in range(1, at + 2)}
    return None if answers == expected else f"{change.__name__}: beside stands {answers}"


def _lasting(folder: Path) -> dict[str, tuple[int, bytes]]:
    """What the interview may not change."""
    return {
        path.name: (path.lstat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in folder.iterdir()
        if path.suffix == ".json" and path.name != "s-2.json"
    }


def _plainly_overwritten(sheet: Path, at: int) -> bool:
    sheet.write_text('{"answers": {}}')
    with Session(str(sheet), "one", program=(sys.executable, "-c", PLAINLY)) as one:
        for number in range(1, at + 1):
            one.wait(counter(number))
            one.type(b"x" + ENTER)
        one.wait(counter(at + 1))
        _edited(sheet)
        one.type(b"x" + ENTER)
        one.wait(counter(at + 2) if at + 2 <= QUESTIONS else counter(QUESTIONS))
        one.watch(0.2)
        return "edited" not in sheet.read_text()


PARTS = {"pairs": pairs, "changed": changed}
