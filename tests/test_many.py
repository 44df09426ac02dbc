"""The page about many sheets: its commands run as they stand, and its columns are those there are."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from smaudit.core.questionnaire import Questionnaire
from smaudit.errors import Exit
from smaudit.report.data.portfolio import table_schema

PAGE = (ROOT / "docs" / "many.md").read_text("utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
SCRIPT = Path(sys.executable).parent
COMPANIES = ("harbour-coffee", "tidewell-valves", "rowan-dental")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_does_what_it_says(tmp_path: Path, command: str) -> None:
    """Each line runs as it stands, beside a folder of sheets and the same in lines."""
    (tmp_path / "clients").mkdir()
    found = []
    for name in COMPANIES:
        shutil.copy(ROOT / "examples" / f"{name}.json", tmp_path / "clients")
        found.append(json.loads((tmp_path / "clients" / f"{name}.json").read_text("utf-8")))
    (tmp_path / "all.jsonl").write_text("".join(json.dumps(each) + "\n" for each in found))

    if "--among" in command:
        command = f"{COMMANDS[0]} && {command}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=tmp_path,
        capture_output=True,
        env={"PATH": f"{SCRIPT}:/usr/bin:/bin", "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        check=False,
    )

    assert Exit.DONE == done.returncode, done.stderr
    if "-o" in command.split():
        assert (tmp_path / command.rsplit(maxsplit=1)[-1]).stat().st_size > 1_000
    elif "--each" in command:
        assert len(COMPANIES) == len(list((tmp_path / "reports").glob("*.md")))
    else:
        assert done.stdout


def test_the_columns_of_the_page_are_those_of_the_table(shipped: Questionnaire) -> None:
    """Each stands there with what it is, in their order; facts and misconceptions once for all."""
    names = [each.id.replace("-", "_") for each in shipped.misconceptions]
    told = re.findall(r"^\| `(.*?)` \| (.*) \|$", PAGE, re.MULTILINE)
    expected: dict[str, str] = {}
    for field in table_schema(shipped)["fields"]:
        name = field["name"]
        for each in names:
            name = re.sub(f"^{each}_", "*_", name)
        if name.startswith("profile_"):
            expected["profile_*"] = "Each fact about the company, as `profile_headcount`."
        else:
            expected.setdefault(name, field["description"])

    assert list(expected.items()) == told
