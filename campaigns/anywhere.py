"""P13: it works where you are: any encoding, any width, any terminal, a pipe, a full disk, a closed output."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from functools import cache
from itertools import product

from campaigns.materials import bare
from campaigns.plan import ROOT, Count, Plan

SHEET = str(ROOT / "examples" / "harbour-coffee.json")
ENCODINGS: dict[str, dict[str, str]] = {
    "utf-8": {"LANG": "C.UTF-8"},
    "C": {"LC_ALL": "C"},
    "POSIX": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "ascii": {"LANG": "C.UTF-8", "PYTHONIOENCODING": "ascii"},
    "cp1252": {"LANG": "C.UTF-8", "PYTHONIOENCODING": "cp1252"},
    "cp437": {"LANG": "C.UTF-8", "PYTHONIOENCODING": "cp437"},
    "cp1256": {"LANG": "C.UTF-8", "PYTHONIOENCODING": "cp1256"},
}
WIDTHS = (20, 24, 40, 80, 120, 200)
TERMS = ("xterm-256color", "dumb", None)
OUTPUTS = ("pipe", "terminal", "/dev/full", "closed")
COMMANDS: dict[str, tuple[list[str], int]] = {
    "report": (["report", SHEET], 0),
    "arabic": (["report", SHEET, "--lang", "ar"], 0),
    "markdown": (["report", SHEET, "--format", "markdown"], 0),
    "plan": (["plan", SHEET, "--target", "60"], 0),
    "explain": (["explain", "reply-coverage"], 0),
    "help": (["--help"], 0),
    "version": (["--version"], 0),
    "refused": (["check", str(ROOT / "pyproject.toml")], 3),
    "no terminal": (["assess"], 2),
}
PLAINLY = """
from rich.table import Table
from rich.console import Console
table = Table("Question", "“Answer”", "Points ✓", "…")
table.add_row("How many of the comments got a reply?", "Fewer than a third", "3 – 4", "customer service")
Console().print(table)
"""
NOTHING_ON_STDOUT = {"refused", "no terminal"}


def cells(plan: Plan) -> Count:
    """Each command under each encoding, width, kind of terminal and kind of output; the control prints a table."""
    count = Count()
    everything = list(product(ENCODINGS, WIDTHS, TERMS, OUTPUTS, COMMANDS))
    plan.dice().shuffle(everything)
    for number in plan.numbers(len(everything), 10):
        if number >= len(everything):
            break
        encoding, width, term, output, command = everything[number]
        count.case(_wrong(encoding, width, term, output, command))
        if number % 40 == 0:
            surroundings = _surroundings(("ascii", "cp1252", "utf-8")[number // 40 % 3], 20, None)
            code, written, _ = _run([sys.executable, "-c", PLAINLY], surroundings, "pipe")
            count.control(failed=code != 0 or "customer service" not in " ".join(written.split()))
    return count


def _surroundings(encoding: str, width: int, term: str | None) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    return {**kept, **ENCODINGS[encoding], "COLUMNS": str(width)} | ({"TERM": term} if term else {})


def _wrong(encoding: str, width: int, term: str | None, output: str, command: str) -> str | None:
    arguments, expected = COMMANDS[command]
    if output in {"/dev/full", "closed"} and command not in NOTHING_ON_STDOUT:
        expected = 5
    surroundings = _surroundings(encoding, width, term)
    code, written, said = _run([sys.executable, "-m", "smaudit", *arguments], surroundings, output)
    case = f"{command}, {encoding}, {width} columns, TERM={term}, {output}"
    if code != expected or "Traceback" in said + written:
        return f"{case}: exit {code}: {(said or written)[-200:]!r}"
    if (output == "pipe" and "\x1b" in written) or (term == "dumb" and "\x1b[" in written):
        return f"{case}: escape sequences"
    if output == "pipe" and command in {"report", "arabic", "plan", "explain"} and encoding == "utf-8":
        squeezed = bare(written)
        lost = [word for word in _words(command) if word not in squeezed]
        return f"{case}: lost {lost[:5]}" if lost else None
    return None


@cache
def _words(command: str) -> frozenset[str]:
    """The words of a command's output at 200 columns."""
    surroundings = _surroundings("utf-8", 200, None)
    _, written, _ = _run([sys.executable, "-m", "smaudit", *COMMANDS[command][0]], surroundings, "pipe")
    return frozenset(re.findall(r"[^\W\d_]{2,}", written))


def _run(command: list[str], surroundings: dict[str, str], output: str) -> tuple[int, str, str]:
    """The exit code, and what was written to standard output and to standard error."""
    if output == "terminal":
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.PIPE, env=surroundings
        ) as child:
            os.close(theirs)
            written = b""
            try:
                while piece := os.read(ours, 65536):
                    written += piece
            except OSError:
                pass
            said = child.stderr.read() if child.stderr else b""
        os.close(ours)
        return child.returncode, written.decode(errors="replace"), said.decode(errors="replace")
    closing = (lambda: os.close(1)) if output == "closed" else None
    stdout = os.open("/dev/full", os.O_WRONLY) if output == "/dev/full" else subprocess.PIPE
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, env=surroundings, check=False,
            preexec_fn=closing, timeout=60,
        )  # fmt: skip
    finally:
        if stdout != subprocess.PIPE:
            os.close(stdout)
    return (
        done.returncode,
        (done.stdout or b"").decode(errors="replace"),
        done.stderr.decode(errors="replace"),
    )


PARTS = {"cells": cells}
