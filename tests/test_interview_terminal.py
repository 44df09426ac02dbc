"""The interview in a real terminal: what is seen there, and how the terminal is left."""

from __future__ import annotations

import codecs
import json
import os
import re
import select
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from signal import Signals
from typing import Any

import pexpect
import pyte
import pytest
from interview_support import DATA

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent
DOWN, ENTER = "\x1b[B", "\r"
MARKS = re.compile("[\u200f\u2067-\u2069]")


class Terminal:
    """The driver in a terminal of its own, whose screen can be read."""

    def __init__(
        self,
        *arguments: str,
        program: tuple[str, ...] = (str(HERE / "interview_driver.py"),),
        columns: int = 80,
        rows: int = 24,
        cwd: Path | None = None,
        **environment: str,
    ) -> None:
        command = f'trap : INT; stty -g; "$0" "$@"; echo code=$?; stty -g; echo {"="}END'
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.sent = b""
        path = os.pathsep.join([str(HERE.parent / "src"), os.environ.get("PYTHONPATH", "")])
        self._child = pexpect.spawn(
            "sh",
            ["-c", command, sys.executable, *program, *arguments],
            cwd=cwd,
            dimensions=(rows, columns),
            env={**os.environ, "TERM": "xterm", "PYTHONPATH": path, **environment},
        )

    def wait(self, text: str) -> str:
        """Wait until the screen shows this text, wrapped or not, and give all it shows in one line."""
        until = time.monotonic() + 10
        while text not in (shown := self.shown()):
            assert time.monotonic() < until, f"{text!r} is not shown, but:\n{shown}"
            try:
                self._take(0.1)
            except OSError:
                until = 0.0
        return shown

    def wait_for_prompt(self, hint: str) -> str:
        """Wait until a prompt is there that was not there before, with these words in its last line."""
        before, until = self.sent, time.monotonic() + 10
        while self._take(0.05) or self.sent == before or hint not in self.shown():
            assert time.monotonic() < until, self.shown()
        return self.shown()

    def settle(self) -> None:
        """Wait until nothing more is written: the next prompt is there."""
        with suppress(OSError):
            self._take(2)
            while self._take(0.15):
                pass

    def _take(self, seconds: float) -> bool:
        """Take in what is written within so long."""
        if not select.select([self._child.child_fd], [], [], seconds)[0]:
            return False
        data = os.read(self._child.child_fd, 65536)
        self.sent += data
        # pyte leaves the rest of a line out after a mark that takes no cell.
        self._stream.feed(MARKS.sub("", self._decoder.decode(data)))
        return True

    def shown(self) -> str:
        """What the screen shows, without the ends of its lines."""
        return " ".join(" ".join(self._screen.display).split())

    def edges(self) -> set[int]:
        """The columns in which the lines of the screen that are in Arabic end."""
        lines = [self._screen.buffer[row] for row in range(self._screen.lines)]
        cells = [[line[column].data for column in range(self._screen.columns)] for line in lines]
        arabic = [line for line in cells if re.search("[\u0621-\u064a]", "".join(line))]
        return {max(at for at, cell in enumerate(line) if cell.strip()) for line in arabic}

    def type(self, keys: str) -> None:
        """Type these keys."""
        self._child.send(keys)

    def kill(self, number: int) -> None:
        """Send a signal to the driver, not to its shell."""
        shell = self._child.pid
        children = Path(f"/proc/{shell}/task/{shell}/children").read_text("ascii")
        os.kill(int(children.split()[0]), number)

    def finish(self) -> tuple[str, str, int]:
        """Wait for the end; give the settings of the terminal before and after, and the exit code."""
        self.wait("=END")
        lines = self.sent.decode(errors="replace").split("\r\n")
        code = next(int(line[5:]) for line in lines if re.fullmatch(r"code=\d+", line))
        return lines[0], lines[-3] if lines[-1] == "" else lines[-2], code


def steps() -> list[tuple[list[str], str]]:
    """What every prompt of a quick interview shows whole, and the keys to answer it."""
    questions = {each["id"]: each for each in DATA["questions"]}

    def shows(question: str) -> list[str]:
        return [questions[question]["text"], *(option["text"] for option in questions[question]["options"])]

    return [
        (["How thorough should it be?", "Quick: about 14 questions", "Full: about 16 questions"], "1\r"),
        (["2 of about 14 · about 4 minutes left", "What is the company called?"], "Harbour Café" + ENTER),
        (["Which part of the company do you answer for?", "1 Pilots", "2 Harbour office"], "1\r"),
        (["4 of about 14", "A The sea is flat.", "B The sea is round.", "Don't know"], "1\r"),
        (["5 of about 14", "A The sea has its price.", "B The sea costs nothing."], "1\r"),
        (["6 of about 14", *shows("horizon"), "Does not apply to us"], DOWN + DOWN + DOWN + ENTER),
        (["What shows this?", "The log of the last month."], "the log" + ENTER),
        (["7 of about 14", "How many boats do you have?", "One", "Several"], DOWN + DOWN + ENTER),
        (["8 of about 14", *shows("fleet")], "1\r"),
        (["9 of about 14", *shows("dues")], "1\r"),
        (["10 of about 14", *shows("storm")], "1\r"),
        (["Your answers. Choose one to change it.", "They are right: go on"], "1\r"),
        (["Which other misconceptions about social media do you meet?"], ENTER),
        (["How many of them steer your company?", "· The sea is flat", "Your guess will stand"], "0\r"),
        (["What now?", "1 Save a page for the browser (.html)", "Done"], "1\r"),
        (["Under which name?", "harbour.html"], ENTER),
    ]


@pytest.mark.parametrize("columns", [80, 40])
def test_a_quick_interview_shows_every_word(tmp_path: Path, columns: int) -> None:
    """At 80 and at 40 columns every question and option is on the screen whole, with its keys below."""
    sheet = tmp_path / "sheet.json"
    terminal = Terminal(str(sheet), columns=columns)
    for texts, keys in steps():
        for text in texts:
            terminal.wait(text)
        shown = terminal.shown()
        assert [] == [text for text in texts if text not in shown]
        terminal.type(keys)
    before, after, code = terminal.finish()
    assert (before, 0) == (after, code)
    assert "ENDED: saved as harbour.html" in terminal.shown()
    answers = json.loads(sheet.read_text("utf-8"))
    assert "Harbour Café" == answers["company"]["name"]
    assert {"choice": "level-2", "evidence": "the log"} == answers["answers"]["horizon"]


@pytest.mark.parametrize(
    ("leave", "ended", "code"),
    [
        ("\x03", "interrupted", 130),
        ("\x04", "end of input", 130),
        (signal.SIGINT, "interrupted", 130),
        (signal.SIGTERM, "TERMINATED", 143),
        (signal.SIGHUP, "HANGUP", 129),
    ],
)
@pytest.mark.parametrize("at", ["a list", "a line"])
def test_the_terminal_is_given_back(
    tmp_path: Path, leave: str | Signals, ended: str, code: int, at: str
) -> None:
    """Ctrl-C, Ctrl-D and signals leave a list and a line of text with the terminal as it was."""
    terminal = Terminal(str(tmp_path / "sheet.json"))
    terminal.wait("How thorough should it be?")
    if at == "a line":
        terminal.type("1" + ENTER)
        terminal.wait("What is the company called?")
        terminal.type("Harb")
        terminal.wait("› Harb")
    if isinstance(leave, str):
        terminal.type(leave)
    else:
        terminal.kill(leave)
    before, after, left = terminal.finish()
    assert (before, code) == (after, left)
    assert f"ENDED: {ended}" in terminal.shown()
    assert "Traceback" not in terminal.shown()
    assert b"\x1b[?25h" in terminal.sent
    assert terminal.sent.count(b"\x1b[?2004h") == terminal.sent.count(b"\x1b[?2004l")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_terminal_that_lacks_signs_shows_others(tmp_path: Path, encoding: str) -> None:
    """On a terminal without UTF-8 the pointer is a `>`, and nothing breaks."""
    terminal = Terminal(str(tmp_path / "sheet.json"), PYTHONIOENCODING=encoding)
    terminal.type(DOWN)
    terminal.wait("› 1 Quick" if encoding == "utf-8" else "> 1 Quick")
    terminal.type(ENTER)
    terminal.wait("What is the company called?")
    terminal.type("\x04")
    assert 130 == terminal.finish()[2]


def test_numbered_lines_ask_the_same(tmp_path: Path) -> None:
    """The plain prompter asks a whole interview with numbers, and gives the same sheet."""
    sheet = tmp_path / "sheet.json"
    typed = [
        "1",
        "Harbour Café",
        "1",
        "1",
        "b",
        "",
        "1",
        "x",
        "n",
        "ask Ann",
        "?",
        "3",
        "the log",
        "2",
        "1",
        "1",
    ]
    typed += ["b", "", "4", "a reason", "1", "", "9", "2", "3", "3", "other.md"]
    terminal = Terminal(str(sheet), "--plain", rows=200)
    terminal.wait("1 to 2:")
    for each in typed:
        terminal.type(each + "\n")
        terminal.settle()
    before, after, code = terminal.finish()
    assert (before, 0) == (after, code), terminal.shown()
    assert b"\x1b" not in terminal.sent
    assert "Please type a number from 1 to 5, or b, ?, n or e." in terminal.shown()
    assert "1 to 6 [1]:" in terminal.shown()
    answers = json.loads(sheet.read_text("utf-8"))["answers"]
    assert {"choice": "level-2", "note": "ask Ann", "evidence": "the log"} == answers["horizon"]
    assert {"choice": "not-applicable", "note": "a reason"} == answers["storm"]
    guess = {"steering": 2, "most": "calm"}
    assert guess == json.loads(sheet.read_text("utf-8"))["guess"]
    assert "Please type a number from 0 to 3, or nothing." in terminal.shown()


def test_a_paste_of_lines_answers_nothing_with_numbers(tmp_path: Path) -> None:
    """In a list it is refused, at a line it is one text; the next prompt is not answered."""
    terminal = Terminal(str(tmp_path / "sheet.json"), "--plain", rows=100)
    terminal.wait("1 to 2:")
    terminal.type("1\n2\n")
    terminal.wait("What was pasted is not taken here.")
    terminal.type("1\n")
    terminal.wait("What is the company called?")
    terminal.settle()
    terminal.type("Harbour\n2\n")
    terminal.wait("✓ Harbour 2")
    terminal.settle()
    assert terminal.shown().endswith("1 to 3:")
    terminal.type("\x03")
    terminal.finish()


@pytest.mark.parametrize("variable", ["TERM", "SMAUDIT_PLAIN"])
def test_a_simple_terminal_gets_numbered_lines(tmp_path: Path, variable: str) -> None:
    """TERM=dumb and SMAUDIT_PLAIN ask with numbered lines, without a single escape sequence."""
    surroundings: Any = {variable: "dumb"}
    terminal = Terminal(str(tmp_path / "sheet.json"), **surroundings)
    terminal.wait("1 to 2:")
    terminal.type("\x03")
    assert 130 == terminal.finish()[2]
    assert b"\x1b" not in terminal.sent


@pytest.mark.parametrize("columns", [80, 40])
def test_an_interview_in_arabic_is_set_at_the_right(tmp_path: Path, columns: int) -> None:
    """From the first prompt to the saved report every line ends in one column, with the pointer there."""
    terminal = Terminal(
        "assess", "--lang", "ar", program=("-m", "smaudit"), columns=columns, cwd=tmp_path, LANG="C.UTF-8"
    )
    edge = {columns - 4}
    terminal.wait("مساعدة")
    assert edge == terminal.edges()
    terminal.type("1" + ENTER)
    terminal.wait("ما اسم الشركة؟")
    terminal.type("Harbour" + ENTER)
    for number in range(200):
        shown = terminal.wait_for_prompt("Enter")
        if "ماذا الآن؟" in shown:
            break
        assert edge == terminal.edges(), (number, shown)
        terminal.type("1" + ENTER)
    terminal.type("1" + ENTER)
    terminal.wait("بأي اسم؟")
    terminal.type(ENTER)
    terminal.wait_for_prompt("Enter")
    terminal.type("6" + ENTER)
    before, after, code = terminal.finish()

    (report,) = tmp_path.glob("harbour-*.html")
    assert (before, 0) == (after, code)
    assert 'dir="rtl"' in report.read_text("utf-8")
    (sheet,) = tmp_path.glob("harbour-*.json")
    assert columns == 40 or f"smaudit plan {sheet.name} --lang ar" in terminal.shown()
