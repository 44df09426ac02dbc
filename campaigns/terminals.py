"""P8: the terminal is given back as it was, however the program ends."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

from campaigns.interviews import ANSWERS, QUESTIONS, Session, questionnaire_file
from campaigns.plan import Count, Plan, scratch

# The program with a bug that strikes on a signal, in the midst of whatever it is doing.
CRASHING = """
import signal, sys
def strike(*_):
    raise ZeroDivisionError("a bug")
signal.signal(signal.SIGUSR1, strike)
from smaudit.commands.app import main as run
sys.exit(run(sys.argv[1:]))
"""
PLAINLY = """
import questionary
questionary.select("Pick", ["one", "two"]).ask() if {list} else questionary.text("Pick").ask()
"""
ENDS: dict[str, tuple[int | str, int]] = {
    "INT": (signal.SIGINT, 130),
    "TERM": (signal.SIGTERM, 143),
    "HUP": (signal.SIGHUP, 129),
    "Ctrl-C": ("\x03", 130),
    "Ctrl-D": ("\x04", 130),
    "a crash": (signal.SIGUSR1, 70),
}
PROMPTS = {
    "line": "company called",
    "list": "Question 3 of",
    "review": "Your answers",
    "numbers": "Question 3 of",
}


def ends(plan: Plan) -> Count:
    """Signals, keys and a crash at each kind of prompt, ten times."""
    count = Count()
    with scratch() as folder:
        asked = questionnaire_file(Path(folder))
        cases = [(prompt, end) for _ in range(10) for prompt in PROMPTS for end in ENDS]
        for number, (prompt, end) in enumerate(plan.some(cases, 4)):
            try:
                count.case(_wrong(asked, Path(folder) / f"{number}.json", prompt, end))
            except TimeoutError as error:
                count.case(f"{end} at the {prompt}: {error}")
        for number in plan.numbers(10, 1):
            count.control(failed=_plainly_wrong(is_list=bool(number % 2)))
    return count


def _wrong(asked: Path, sheet: Path, prompt: str, end: str) -> str | None:
    """How the terminal or the exit code is otherwise than it should be; None where both are right."""
    if prompt != "line":
        answered = QUESTIONS - 1 if prompt == "review" else 2
        answers = {f"q{number + 1}": ANSWERS[number] for number in range(answered)}
        sheet.write_text(
            json.dumps({"schema": "smaudit/sheet/1", "company": {"name": "x"}, "answers": answers})
        )
    options = ["--plain"] if prompt == "numbers" else []
    program = (sys.executable, "-c", CRASHING)
    with Session(
        "assess",
        str(sheet),
        "--questionnaire",
        str(asked),
        *options,
        program=program,
        TMPDIR=str(sheet.parent),
    ) as session:
        if prompt == "review":
            session.answer(QUESTIONS)
        session.wait(PROMPTS[prompt])
        # The text is there before the prompt listens.
        session.watch(0.15)
        how, expected = ENDS[end]
        if isinstance(how, str):
            session.type(how)
            code = session.ended()
        else:
            code = session.kill(how)
        case = f"{end} at the {prompt}"
        if session.after != session.before:
            return f"{case}: settings changed"
        if session.sent.count(b"\x1b[?2004h") != session.sent.count(b"\x1b[?2004l"):
            return f"{case}: bracketed paste stays on"
        if session.sent.rfind(b"\x1b[?25l") > session.sent.rfind(b"\x1b[?25h"):
            return f"{case}: the cursor stays hidden"
        if b"Traceback" in session.sent:
            return f"{case}: a traceback"
        return None if code == expected else f"{case}: exit {code}"


def _plainly_wrong(*, is_list: bool) -> bool:
    """Whether a prompt as it comes leaves the terminal changed by TERM."""
    with Session(program=(sys.executable, "-c", PLAINLY.replace("{list}", str(is_list)))) as session:
        session.wait("Pick")
        session.watch(0.15)
        session.kill(signal.SIGTERM)
        return session.after != session.before


PARTS = {"ends": ends}
