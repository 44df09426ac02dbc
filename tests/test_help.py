"""The page of `--help`: its examples run, its defaults are said, its groups are those of the README."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Program
from test_readme import README

from smaudit.commands.help import COMMANDS, GROUPS
from smaudit.commands.help_page import EXAMPLES
from smaudit.errors import Exit

TYPED = [each for examples in EXAMPLES.values() for each in examples]
BELOW = {"report harbour-coffee.json --format json --fail-under 60"}
ASKING = {"assess", EXAMPLES["assess"][2], EXAMPLES["team"][1], EXAMPLES["import"][0]}
"""They ask in a terminal, and a test has none."""


@pytest.mark.parametrize("typed", TYPED)
def test_an_example_of_the_help_works(smaudit: Program, tmp_path: Path, typed: str) -> None:
    """In a folder with the example sheets each runs as it stands; what needs a terminal says so."""
    for given in (*(ROOT / "examples").glob("*.json"), ROOT / "examples" / "answers.csv"):
        shutil.copy(given, tmp_path)
    (tmp_path / "clients").mkdir()
    shutil.copy(ROOT / "examples" / "rowan-dental.json", tmp_path / "clients")

    done = smaudit(*shlex.split(typed))

    expected = Exit.USAGE if typed in ASKING else Exit.DONE
    # The example scores below 60; a comparison of it has not fallen.
    assert (Exit.BELOW if typed in BELOW else expected) == done.returncode
    if typed == EXAMPLES["import"][0]:
        assert (True, True) == (done.stdout.startswith(b"What"), b"--yes" in done.stderr)
        return
    assert (typed in ASKING, b"") == (
        not done.stdout and "-o" not in typed,
        done.stdout if typed in ASKING else b"",
    )
    assert b"--help" not in done.stderr


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_help_of_a_command_begins_with_two_or_three_examples(smaudit: Program, language: str) -> None:
    """In either language they stand above what the command is for."""
    for name in COMMANDS:
        page = re.sub(
            "[\u2068\u2069]",
            "",
            smaudit(name, "--help", "--lang", language, env={"COLUMNS": "200"}).stdout.decode(),
        )
        found = re.findall(r"^- smaudit (.*)$", page, re.MULTILINE)

        assert list(EXAMPLES[name]) == found
        assert 2 <= len(found) <= 3
        assert page.index(f"- smaudit {found[0]}") < 120
        assert all(each.startswith(name) for each in found)


def test_the_help_says_its_defaults(smaudit: Program) -> None:
    """What is so without an option is told beside it, for the command at hand."""
    said = {
        name: " ".join(smaudit(name, "--help").stdout.decode().split())
        for name in ("form", "report", "assess")
    }

    of_form = ("else html.", "full without it.", "then the locale.", "instead of standard output;")
    assert [] == [each for each in of_form if each not in said["form"]]
    of_report = ("else text.", "auto without it.", "which is taken without it.")
    assert [] == [each for each in of_report if each not in said["report"]]
    assert "without it, you choose" in said["assess"]


def test_the_readme_groups_the_commands_as_the_help_does(smaudit: Program) -> None:
    """The same groups with the same commands in the same order."""
    block = README[README.index("## Commands") :].split("```")[1]
    groups = {
        heading: tuple(dict.fromkeys(re.findall(r"^smaudit (\S+)", body, re.MULTILINE)))
        for heading, body in re.findall(r"^# (.*)\n((?:smaudit.*\n)+)", block, re.MULTILINE)
    }
    page = smaudit("--help").stdout.decode()

    assert list(GROUPS.values()) == list(groups.values())
    assert [
        heading.lower() for heading in re.findall("^(Every.*|With.*|Many.*|For.*)$", page, re.MULTILINE)
    ] == list(groups)
