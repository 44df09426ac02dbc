"""The page about then and now: its commands run as they stand, and its figures are measured."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from conftest import ROOT
from test_compare_command import write_own

from smaudit.core.questionnaire import Questionnaire

PAGE = (ROOT / "docs" / "then-and-now.md").read_text("utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
SCRIPT = Path(sys.executable).parent


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_does_what_it_says(tmp_path: Path, command: str) -> None:
    """Each line runs as it stands, beside the sheets of the example and a questionnaire of one's own."""
    sheets = sorted((ROOT / "examples").glob("harbour-coffee*.json"))
    for each in sheets:
        (tmp_path / each.name).write_bytes(each.read_bytes())
    write_own(tmp_path)
    for folder, sheet in (("june", "harbour-coffee.json"), ("november", "harbour-coffee.february.json")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "harbour.json").write_bytes((tmp_path / sheet).read_bytes())

    done = subprocess.run(
        ["bash", "-c", command],
        cwd=tmp_path,
        capture_output=True,
        env={"PATH": f"{SCRIPT}:/usr/bin:/bin", "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        check=False,
    )

    assert (0, b"") == (done.returncode, b"" if "-o" in command else done.stderr)
    if "-o" in command:
        assert (tmp_path / command.rsplit(maxsplit=1)[-1]).stat().st_size > 10_000
    if "--format json" in command:
        assert "smaudit/comparison/1" == json.loads(done.stdout)["schema"]


def measure() -> ModuleType:
    """The script that measures."""
    found = importlib.util.spec_from_file_location("retest", ROOT / "benchmarks" / "retest.py")
    assert found is not None
    assert found.loader is not None
    made = importlib.util.module_from_spec(found)
    sys.modules["retest"] = made
    found.loader.exec_module(made)
    return made


def test_chance_is_called_chance_and_a_rise_is_found(shipped: Questionnaire) -> None:
    """A smaller run of the measurement, at both depths: at least 92 % and 94 %."""
    script = measure()

    for depth in ("quick", "full"):
        found = script.measured(shipped, depth, 60, 7)
        assert (depth, True) == (depth, found.within >= 0.92)
        assert (depth, True) == (depth, found.found >= 0.94)


@pytest.mark.slow
def test_the_figures_of_the_page_are_those_that_are_measured() -> None:
    """The whole measurement, as the page quotes it."""
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "retest.py"], capture_output=True, check=True, text=True
    )
    rows = re.findall(r"^\| [a-z ].* \| (±?[\d.]+)(?: %)? \| (±?[\d.]+)(?: %)? \|$", PAGE, re.MULTILINE)

    for at, printed in enumerate(re.split(r"^full: ", done.stdout, flags=re.MULTILINE)):
        assert [row[at] for row in rows] == re.findall(r"±?\d+\.\d", printed)
