"""Outputs that are inputs: every way to name a file once more, for every command that writes a result."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

from campaigns.bombs import QUESTIONNAIRE, SHEET
from campaigns.plan import Count, Plan, scratch

INPUTS = {"sheet.json": SHEET, "own.yaml": QUESTIONNAIRE, "efforts.json": b'{"reply-coverage": 2}\n'}


def _symlink(name: str) -> str:
    Path("symlink.json").symlink_to(name)
    return "symlink.json"


def _hard_link(name: str) -> str:
    os.link(name, "hard-link.json")
    return "hard-link.json"


def _link_to_link(name: str) -> str:
    Path("first").symlink_to(name)
    Path("second.json").symlink_to(Path("first").absolute())
    return "second.json"


def _other_folder(name: str) -> str:
    Path("way").symlink_to(Path.cwd())
    return f"way/{name}"


WAYS: dict[str, Callable[[str], str]] = {
    "name": str, "dot": lambda name: f"./{name}", "parent": lambda name: f"sub/../{name}",
    "absolute": lambda name: str(Path(name).absolute()), "symlink": _symlink, "hard link": _hard_link,
    "link to link": _link_to_link, "folder": _other_folder, "fd": lambda name: f"/proc/self/cwd/{name}",
}  # fmt: skip
COMMANDS = {
    "report": ("report", "sheet.json", "--format", "text", "-o"),
    "plan": ("plan", "sheet.json", "--effort", "efforts.json", "--format", "text", "-o"),
    "assess": ("assess", "sheet.json", "--no-input", "--report"),
}
SKIPPED = {("report", "efforts.json"), ("assess", "efforts.json"), ("assess", "own.yaml")}


def inputs(plan: Plan) -> Count:
    """Each input named as the output in nine ways; the control reads what it needs and writes."""
    count = Count()
    home = Path.cwd()
    try:
        for (command, arguments), input_, (way, again) in plan.some(
            list(product(COMMANDS.items(), INPUTS, WAYS.items())), 9
        ):
            # Only plan reads efforts, and assess takes the format from the ending.
            if (command, input_) in SKIPPED:
                continue
            with scratch() as folder:
                os.chdir(folder)
                Path("sub").mkdir()
                for name, data in INPUTS.items():
                    Path(name).write_bytes(data)
                output = again(input_)
                code = _run(*arguments, output, "--questionnaire", "own.yaml")
                destroyed = [name for name, data in INPUTS.items() if Path(name).read_bytes() != data]
                wrong = code != 2 or destroyed
                count.case(f"{command} {input_} {way}: exit {code}, {destroyed}" if wrong else None)
                Path(output).write_text("a report")
                count.control(failed=Path(input_).read_bytes() != INPUTS[input_])
                os.chdir(home)
    finally:
        os.chdir(home)
    return count


def _run(*arguments: str) -> int:
    command = [sys.executable, "-m", "smaudit", *arguments]
    return subprocess.run(command, capture_output=True, check=False, timeout=30).returncode
