"""P4: reading a file runs nothing, opens nothing else, and calls nobody; seen from outside, with strace."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from campaigns.bombs import CORPUS, SHEET, bombs, command_for, write_all
from campaigns.plan import ROOT, Count, Plan, scratch

WATCHED = "execve,execveat,fork,vfork,clone,clone3,openat,open,unlink,rename,socket,connect,bind,sendto"
NAME = re.compile(r'"((?:[^"\\]|\\.)*)"')
PLAIN_READER = """
import sys, yaml
from pathlib import Path
yaml.unsafe_load(Path(sys.argv[1]).read_text())
"""
NAMED = str(ROOT / "examples" / "harbour-coffee.json")
"""The sheet that a questionnaire is tried with, named beside it."""
SOME_BOMBS = (
    "run.yaml",
    "new.yaml",
    "name.yaml",
    "include.yaml",
    "path.yaml",
    "url.yaml",
    "aliases.yaml",
    "nan.json",
)


def traces(plan: Plan) -> Count:
    """Every file of the corpus, read by a command under strace; the control loads what a file says to load."""
    count = Count()
    with scratch() as name:
        folder = Path(name)
        (folder / "yaml.py").write_text("raise SystemExit('run from the folder of the sheet')\n")
        (folder / "harmless.json").write_bytes(SHEET)
        written = write_all(
            folder, {each: data for each, data in bombs().items() if plan.full or each in SOME_BOMBS}
        )
        files = [*written, *CORPUS] if plan.full else written[:3]
        usual = _calls(_smaudit("report", str(folder / "harmless.json")), folder)
        usual |= _calls(_smaudit("check", str(folder / "harmless.json")), folder)
        usual |= _calls(_smaudit("check", str(ROOT / "data" / "misconceptions.yaml")), folder)
        count.case(
            _beyond({call for call in usual if call.startswith(("socket", "connect", "fork"))}, folder)
        )
        for file in plan.some(files, 3):
            for check in (False, True):
                calls = _calls(_smaudit(*command_for(file, check)), folder)
                count.case(_beyond(calls - usual, file))
        for file in (folder / "run.yaml", folder / "new.yaml"):
            calls = _calls([sys.executable, "-P", "-c", PLAIN_READER, str(file)], folder)
            count.control(failed=any(call.startswith("execve") and "python" not in call for call in calls))
    return count


def _smaudit(*arguments: str) -> list[str]:
    # As the installed command starts: without the current folder among the places of modules.
    return [sys.executable, "-P", "-m", "smaudit", *arguments]


def _calls(command: list[str], folder: Path) -> set[str]:
    """What the command asks of the system: each call that is watched, with the name of the file in it."""
    trace = folder / "trace"
    surroundings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    strace = ["strace", "-f", "-qq", "-s", "300", "-e", f"trace={WATCHED}", "-o", str(trace)]
    subprocess.run([*strace, *command], capture_output=True, check=False, cwd=folder, env=surroundings)
    found = set()
    for call, rest in re.findall(r"^\d+ +(\w+)\((.*)$", trace.read_text(errors="replace"), re.MULTILINE):
        names = NAME.findall(rest)
        found.add(f"{call} {names[0] if names else rest.split(')')[0]}")
    return found


def _beyond(calls: set[str], file: Path) -> str | None:
    """What was asked of the system beyond the file itself and the program's own parts."""
    own = (str(ROOT / "src"), str(ROOT / "data"), sys.prefix, sys.base_prefix, os.path.realpath(sys.prefix))
    beyond = []
    for call in sorted(calls):
        kind, _, name = call.partition(" ")
        is_own = kind in {"openat", "open"} and (name.startswith(own) or name in {str(file), NAMED})
        is_translation = name.startswith(str(file.with_suffix(""))) and name.endswith(file.suffix)
        if not (is_own or is_translation):
            beyond.append(call)
    return f"{file.name}: {beyond}" if beyond else None


PARTS = {"traces": traces}
