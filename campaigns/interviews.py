"""Interviews in a terminal of their own, for the campaigns that kill, cross or count them."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from typing import Self

QUESTIONS = 6
BEFORE = 1
"""So many prompts stand before the first question, and are counted too."""
ANSWERS = ["l0", "l1", "l0", "l1", "l0", "l1"]
"""What is chosen at each question."""
DOWN, ENTER = b"\x1b[B", b"\r"
PATIENCE = 30
ESCAPES = re.compile(rb"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|\x1b[=>]|\x1b\][^\x07]*\x07")

# An interview as one writes it first: everything is asked, then saved.
NAIVE = f"""
import json, sys
answers = [input(f"{{number + {BEFORE}}} of about {QUESTIONS}: ") for number in range(1, {QUESTIONS} + 1)]
json.dump(answers, open(sys.argv[1], "w"))
"""


def questionnaire_file(folder: Path) -> Path:
    """A questionnaire of six questions, whose best answers are never chosen (they ask for evidence)."""
    options = [{"id": f"l{level}", "text": f"Level {level}"} for level in range(3)]
    data = {
        "schema": "smaudit/questionnaire/1",
        "id": "six",
        "version": "1",
        "title": "Six questions",
        "misconceptions": [{"id": "one", "title": "One"}],
        "questions": [
            {"id": f"q{number}", "text": f"What is {number}?", "weights": {"one": 1}, "options": options}
            for number in range(1, QUESTIONS + 1)
        ],
    }
    path = folder / "six.json"
    path.write_text(json.dumps(data))
    return path


def counter(question: int) -> str:
    """What the counter shows at a question."""
    return f"{question + BEFORE} of about"


class Session:
    """A program in a terminal of 100 columns; leaving the `with` block ends it."""

    def __init__(self, *arguments: str, program: tuple[str, ...] = (), **environment: str) -> None:
        """Start `smaudit` with these arguments, or another program."""
        command = [*(program or (sys.executable, "-m", "smaudit")), *arguments]
        surroundings = {**os.environ, "TERM": "xterm", "LANG": "C.UTF-8", "COLUMNS": "100", **environment}
        self.sent = b""
        self.code: int | None = None
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        self.before = termios.tcgetattr(theirs)
        self.pid = os.fork()
        if not self.pid:
            _become(theirs, ours, command, surroundings)
        # Kept open, so that what the program left the terminal like can be looked at.
        self._screen, self._keyboard = theirs, ours

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.code is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self.ended()
        os.close(self._keyboard)
        os.close(self._screen)

    @property
    def after(self) -> list[object]:
        """The settings of the terminal as they are now."""
        return termios.tcgetattr(self._screen)

    def text(self) -> str:
        """All that was written so far, without what moves the cursor."""
        return ESCAPES.sub(b"", self.sent).decode(errors="replace")

    def watch(self, seconds: float) -> None:
        """Take in what is written for so long."""
        until = time.monotonic() + seconds
        while (rest := until - time.monotonic()) > 0:
            if select.select([self._keyboard], [], [], rest)[0] and not self._take():
                return

    def wait(self, text: str) -> None:
        """Wait until this has been written. Raises TimeoutError where it is not, within half a minute."""
        until = time.monotonic() + PATIENCE
        while text not in self.text():
            if time.monotonic() > until:
                raise TimeoutError(f"{text!r} not in {self.text()[-500:]!r}")
            if select.select([self._keyboard], [], [], 0.2)[0]:
                self._take()

    def type(self, keys: str | bytes) -> None:
        """Type these keys."""
        os.write(self._keyboard, keys.encode() if isinstance(keys, str) else keys)

    def begin(self, company: str = "Harbour") -> None:
        """Answer what stands before the first question."""
        self.wait("company called")
        self.type(company.encode() + ENTER)

    def key(self, question: int) -> None:
        """Choose the answer of a question."""
        self.wait(counter(question))
        self.type(DOWN * (2 if ANSWERS[question - 1] == "l1" else 1) + ENTER)

    def shows_question(self, number: int) -> bool:
        """Whether a question, or what comes after the last, has been shown."""
        return (counter(number) if number <= QUESTIONS else "Your answers") in self.text()

    def answer(self, question: int) -> None:
        """Choose the answer of a question, and wait until it is acknowledged by the next prompt."""
        self.key(question)
        self.wait(counter(question + 1) if question < QUESTIONS else "Your answers")

    def finish(self) -> None:
        """From the review to the end of the program, without a report."""
        self.wait("go on")
        self.type(DOWN + ENTER)
        self.wait("What else did you notice?")
        self.type(ENTER)
        self.wait("Your guess will stand beside")
        self.type(b"0" + ENTER)
        self.leave()

    def leave(self) -> None:
        """From the result to the end of the program, without a report."""
        self.wait("What now?")
        self.type(b"6" + ENTER)
        self.ended()

    def kill(self, number: int) -> int:
        """Send a signal and wait for the end; gives the exit code, negative for a signal that killed."""
        os.kill(self.pid, number)
        return self.ended()

    def finished(self) -> bool:
        """Whether the program has ended by itself."""
        if self.code is None:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.code = os.waitstatus_to_exitcode(status)
        return self.code is not None

    def ended(self) -> int:
        """Wait for the end, half a minute at most, and give the exit code. Raises TimeoutError."""
        until = time.monotonic() + PATIENCE
        while not self.finished():
            self.watch(0.02)
            if time.monotonic() > until:
                raise TimeoutError(f"still there: {self.text()[-500:]!r}")
        self.watch(0.01)
        return self.code or 0

    def _take(self) -> bool:
        try:
            piece = os.read(self._keyboard, 65536)
        except OSError:
            return False
        self.sent += piece
        return bool(piece)


def _become(screen: int, keyboard: int, command: list[str], surroundings: dict[str, str]) -> None:
    """In the child: take the terminal as one's own and become the program."""
    try:
        os.close(keyboard)
        os.setsid()
        fcntl.ioctl(screen, termios.TIOCSCTTY, 0)
        for number in range(3):
            os.dup2(screen, number)
        # A campaign that runs in the background, or with nohup, has these ignored, and so would this have.
        for number in (signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        os.execvpe(command[0], command, surroundings)
    finally:
        os._exit(127)
