"""What the README says is so: its commands run, its exit codes are the program's, its figures are shown."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Program, present

from smaudit.core.questionnaire import Questionnaire
from smaudit.interview.counting import asked_in_all

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
COMMANDS = [line.split("  #")[0].strip() for block in BLOCKS for line in block.splitlines()]
HERE = [each for each in COMMANDS if "smaudit" in each and "venv" not in each]
SCRIPT = Path(sys.executable).parent


@pytest.mark.parametrize("command", HERE)
def test_a_command_of_the_readme_does_what_it_says(tmp_path: Path, command: str) -> None:
    """Each line runs as it stands, with a shipped example where it says SHEET or FILE."""
    ready = re.sub("SHEET|FILE", "harbour-coffee.json", command.replace("examples/", ""))
    for example in (
        "harbour-coffee",
        "harbour-coffee.february",
        "tidewell-valves",
        "tidewell-valves.service",
    ):
        (tmp_path / f"{example}.json").write_bytes((ROOT / "examples" / f"{example}.json").read_bytes())

    (tmp_path / "answers.csv").write_bytes((ROOT / "examples" / "answers.csv").read_bytes())
    (tmp_path / "clients").mkdir()
    (tmp_path / "clients" / "harbour.json").write_bytes((tmp_path / "harbour-coffee.json").read_bytes())
    done = subprocess.run(
        ["bash", "-c", ready],
        cwd=tmp_path,
        capture_output=True,
        env={"PATH": f"{SCRIPT}:/usr/bin:/bin", "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        check=False,
    )

    # An interview without a terminal says what to use instead.
    expected = 2 if command == "smaudit assess" else 0
    assert (expected, b"") == (done.returncode, done.stderr if expected == 0 and "-o" not in command else b"")


def test_the_figures_of_the_readme_are_those_of_the_example(smaudit: Program, shipped: Questionnaire) -> None:
    """What it quotes of the example is printed for it, and it counts what is asked as the interview does."""
    shown = " ".join(smaudit("report", ROOT / "examples" / "harbour-coffee.json").stdout.decode().split())

    quoted = re.findall(r"(?<= )\*(\S[^*]*steer[^*]*\S)\*", " ".join(README.split()))
    asked = present(re.search(r"That asks about (\d+) things in the quick check", README))[1]
    assert 2 == len(quoted)
    assert ([], asked_in_all(shipped, "quick")) == (
        [each for each in quoted if each not in shown],
        int(asked),
    )


def test_the_readme_sets_up_with_two_commands() -> None:
    """One command installs and runs the main job, one installs and passes the tests."""
    run, test = (
        present(re.search(rf"<!-- {name} -->\n```sh\n(.*?)\n```", README))[1] for name in ("run", "test")
    )

    assert [True, True] == [run.endswith("&& smaudit assess"), test.endswith("&& python -m pytest -n auto")]
    assert [] == [each for each in (run, test) if "\n" in each or "pip install" not in each]


def test_the_readme_is_short() -> None:
    """Whoever begins reads fewer than 120 lines; the rest stands in `docs/`."""
    assert 120 > len(README.splitlines())


def test_every_page_that_the_readme_links_is_there() -> None:
    """No link of the README to a file of the repository leads nowhere."""
    linked = re.findall(r"\]\(((?!http)[^)#]+)", README)

    assert [] == [each for each in linked if not (ROOT / each).exists()]


def test_the_library_example_of_the_readme_prints_what_it_says(tmp_path: Path) -> None:
    """The lines for Python run as they stand and print what their comment promises."""
    code = present(re.search(r"```python\n(.*?)```", README, re.DOTALL))[1]

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)

    assert (present(re.search(r"# (.*)", code))[1] + "\n", b"") == (done.stdout.decode(), done.stderr)


def test_every_public_name_of_the_library_is_there() -> None:
    """What the package promises to export can be imported from it."""
    import smaudit

    assert [] == [name for name in smaudit.__all__ if getattr(smaudit, name, None) is None]
    assert not hasattr(smaudit, "nothing")


@pytest.mark.slow
def test_the_benchmark_of_the_contributing_guide_prints_every_ratio() -> None:
    """The command that the guide names runs, and prints a ratio for each command with a bound."""
    command = present(
        re.search(r"`python (benchmarks/startup\.py)`", (ROOT / "CONTRIBUTING.md").read_text())
    )[1]

    done = subprocess.run(
        [sys.executable, ROOT / command, "1"], capture_output=True, check=False, timeout=120, text=True
    )

    assert (0, "") == (done.returncode, done.stderr)
    assert 5 == len(re.findall(r"\d × .* at most \d", done.stdout))
