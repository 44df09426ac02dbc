"""The page for scripts: its commands run as they stand, and its exit codes are those there are."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, present

from smaudit.errors import Exit

PAGE = (ROOT / "docs" / "scripts.md").read_text("utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines()]
WORKFLOW = yaml.safe_load(present(re.search(r"<!-- workflow -->\n```yaml\n(.*?)```", PAGE, re.DOTALL))[1])
COMMANDS += [
    step["run"] for step in WORKFLOW["jobs"]["compare"]["steps"] if step.get("run", "").startswith("smaudit")
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two sheets of one company, and a folder of clients."""
    (tmp_path / "clients").mkdir()
    for name in ("harbour-coffee.json", "harbour-coffee.february.json"):
        shutil.copy(ROOT / "examples" / name, tmp_path)
        shutil.copy(ROOT / "examples" / name, tmp_path / "clients")
    return tmp_path


def run(command: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """The command as a shell runs it."""
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        capture_output=True,
        env={"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_does_what_it_says(folder: Path, command: str) -> None:
    """Each line runs as it stands, the step of the workflow too."""
    done = run(command, folder)

    assert (0, False) == (done.returncode, b"Traceback" in done.stderr), done.stderr


def test_the_exit_codes_of_the_page_are_all_there_are() -> None:
    """The table names every exit code of the program, and no other."""
    rows = re.findall(r"^\| ([\d, ]+) \|", PAGE, re.MULTILINE)

    assert sorted(Exit) == sorted(int(code) for row in rows for code in row.split(","))


@pytest.mark.slow
def test_the_makefile_makes_what_is_missing_and_no_more(folder: Path) -> None:
    """A page for each sheet; made again, there is nothing to do."""
    (folder / "Makefile").write_text(
        present(re.search(r"<!-- Makefile -->\n```make\n(.*?)```", PAGE, re.DOTALL))[1]
    )

    first, second = run("make", folder), run("make", folder)

    assert (0, 0) == (first.returncode, second.returncode), first.stderr
    made = {each.name for each in (folder / "pages").iterdir()}
    assert {"harbour-coffee.html", "harbour-coffee.february.html"} == made
    assert b"smaudit" not in second.stdout
