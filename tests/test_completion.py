"""What a shell offers on the tab key: commands, options, values, names, and only sheets for a sheet."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pexpect
import pytest
from conftest import GOLDEN, ROOT, Program
from typer.completion import get_completion_script  # type: ignore[attr-defined]

from smaudit.core.questionnaire import Questionnaire
from smaudit.errors import Exit
from smaudit.report.data.json import SCHEMAS

SCRIPT = Path(sys.executable).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two sheets, one of them below, a questionnaire, and files that are neither."""
    sheet = (ROOT / "examples" / "harbour-coffee.json").read_text()
    (tmp_path / "harbour.json").write_text(sheet)
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "our sheet.json").write_text(sheet)
    (tmp_path / "tiny.json").write_text(json.dumps(GOLDEN))
    (tmp_path / "hotel.json").write_text('{"schema": "smaudit/plan/1"}')
    (tmp_path / "house.txt").write_text("no sheet")
    return tmp_path


def in_zsh(smaudit: Program, line: str, folder: Path) -> str:
    """What zsh is told to offer for a line."""
    env = {"_SMAUDIT_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line}
    return smaudit(env=env, cwd=folder).stdout.decode()


def in_bash(smaudit: Program, words: Sequence[str], folder: Path, **env: str) -> list[str]:
    """What bash is offered for words; the last is begun."""
    asked = {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    done = smaudit(env={"_SMAUDIT_COMPLETE": "complete_bash", **asked, **env}, cwd=folder)
    assert (Exit.DONE, b"") == (done.returncode, done.stderr)
    return done.stdout.decode().splitlines()


OFFERED = {
    "smaudit rep": ["report"],
    "smaudit report h": ["harbour.json"],
    "smaudit report be": [r"below/our\ sheet.json"],
    "smaudit report --format ": ["text", "markdown", "html", "pdf", "svg", "json"],
    "smaudit report --format = j": ["json"],
    "smaudit form --format ": ["html", "xlsx"],
    "smaudit assess --depth ": ["quick", "full"],
    "smaudit plan x --color a": ["auto", "always"],
    "smaudit plan x --lang ": ["en", "ar"],
    "smaudit --lang a": ["ar"],
    "smaudit plan x --digits ": ["western", "arabic"],
    "smaudit plan x --for it": ["it-is-free"],
    "smaudit plan x --target it": ["it-is-free=55"],
    "smaudit plan x --target it-is-free =": ["55"],
    "smaudit plan x --without train": ["training"],
    "smaudit plan x --what-if training = tr": ["trained-yearly"],
    "smaudit form --department sa": ["sales"],
    "smaudit explain it": ["it-is-free"],
    "smaudit schema c": [each for each in SCHEMAS if each.startswith("c")],
    "smaudit report x --questionnaire t": ["tiny.json"],
    "smaudit plan x --questionnaire tiny.json --without q": ["q1", "q2", "q3", "q4", "q5", "q6"],
    "smaudit plan x --questionnaire tiny.json --what-if q1": ["q1=l0", "q1=l1", "q1=l2", "q1=l3"],
    "smaudit team harbour.json be": [r"below/our\ sheet.json"],
    "smaudit report h.json --an": ["--anonymous"],
    "smaudit report -o ": [],
    "smaudit nonsense --x": [],
    "smaudit plan x --questionnaire broken --without q": [],
}
"""By the words as bash hands them over, what it is offered."""


@pytest.mark.parametrize("line", OFFERED)
def test_each_place_is_offered_what_can_stand_there(smaudit: Program, folder: Path, line: str) -> None:
    """Values of options, names of the questionnaire that is given, and of files those that fit."""
    assert OFFERED[line] == in_bash(smaudit, line.split(" "), folder)


def test_every_question_has_each_of_its_options_offered(
    smaudit: Program, folder: Path, shipped: Questionnaire
) -> None:
    """Also where options come from a scale; an open quote is no hindrance."""
    for question in shipped.questions[::9]:
        words = ["smaudit", "plan", "x", "--what-if", question.id, "="]
        assert list(question.levels) == in_bash(smaudit, words, folder)
    begun = in_bash(smaudit, ["smaudit", "plan", "x", "--what-if", ""], folder)
    assert [f"{each.id}=" for each in shipped.questions] == begun
    assert ["below/our sheet.json"] == in_bash(smaudit, ["smaudit", "report", '"below/ou'], folder)


def test_zsh_and_fish_are_told_what_each_is_for(smaudit: Program, folder: Path) -> None:
    """In the language of the surroundings; names have their titles where the questionnaire speaks it."""
    fish = {"_SMAUDIT_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    arabic = {"SMAUDIT_LANG": "ar", "_TYPER_COMPLETE_ARGS": "smaudit check"}

    assert "'it-is-free:Social media is free'" in in_zsh(smaudit, "smaudit explain it", folder)
    assert "-S ''" in in_zsh(smaudit, "smaudit plan x --what-if ", folder)
    assert ("_files\n", "") == (
        in_zsh(smaudit, "smaudit report x -o ", folder),
        in_zsh(smaudit, "smaudit report zebra", folder),
    )
    assert "check\tيجد كل مشكلة" in smaudit(env={**fish, **arabic}).stdout.decode()


@pytest.mark.parametrize(("line", "code"), [("smaudit report zebra", 0), ("smaudit report x -o ", 2)])
def test_fish_falls_back_on_files_only_for_files(smaudit: Program, line: str, code: int) -> None:
    """Where a sheet is needed and there is none, it is offered nothing."""
    asked = {"_TYPER_COMPLETE_FISH_ACTION": "is-args", "_TYPER_COMPLETE_ARGS": line}

    assert code == smaudit(env={"_SMAUDIT_COMPLETE": "complete_fish", **asked}).returncode


def surroundings() -> dict[str, str]:
    """Where a shell finds this program and nothing of ours is set."""
    return {"PATH": f"{SCRIPT}:/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "dumb", "HOME": "/nonexistent"}


def script_for(shell: str) -> str:
    """What --install-completion puts in place."""
    return str(get_completion_script(prog_name="smaudit", complete_var="_SMAUDIT_COMPLETE", shell=shell))


@pytest.mark.slow
def test_bash_completes_a_line(folder: Path) -> None:
    """In a real bash, on the tab key: a command, a sheet with a space in it, what stands behind =."""
    shell = pexpect.spawn(
        "bash", ["--norc", "-i"], cwd=folder, env=surroundings(), encoding="utf-8", timeout=30, echo=True
    )
    shell.sendline("PS1='ready> '; bind 'set enable-bracketed-paste off'")
    (folder / "complete.sh").write_text(script_for("bash"))
    shell.sendline(". ./complete.sh; echo sour''ced")
    shell.expect("sourced")
    for typed, whole in (
        ("smaudit rep", "smaudit report "),
        ("smaudit report h", "smaudit report harbour.json "),
        ("smaudit report be", r"smaudit report below/our\ sheet.json "),
        ("smaudit plan x --what-if training=tr", "smaudit plan x --what-if training=trained-yearly "),
    ):
        shell.send("\x15" + typed + "\t")
        shell.expect_exact(whole)
    shell.close(force=True)


@pytest.mark.slow
def test_zsh_completes_a_line(folder: Path) -> None:
    """In a real zsh: a sheet, and what stands behind =."""
    (folder / ".zshrc").write_text(
        f"PS1='ready> '\nautoload -Uz compinit; compinit -u -D\n{script_for('zsh')}\n"
    )
    shell = pexpect.spawn(
        "zsh",
        ["-i"],
        cwd=folder,
        env={**surroundings(), "ZDOTDIR": str(folder)},
        encoding="utf-8",
        timeout=30,
        dimensions=(24, 120),
    )
    shell.expect_exact("ready> ")
    for typed, whole in (
        ("smaudit report h", "smaudit report harbour.json "),
        ("smaudit plan x --what-if training=tr", "smaudit plan x --what-if training=trained-yearly "),
    ):
        shell.send("\x15" + typed + "\t")
        shell.expect_exact(whole)
    shell.close(force=True)


@pytest.mark.slow
def test_fish_completes_a_line(folder: Path) -> None:
    """A real fish offers a sheet and no other file, and an option's values with its name."""
    (folder / "complete.fish").write_text(script_for("fish"))
    lines = ("smaudit report h", "smaudit report --format=js", "smaudit report zebra")
    asked = "; ".join(f"complete -C '{line}'" for line in lines)

    done = subprocess.run(
        ["fish", "--no-config", "-c", f"source complete.fish; {asked}"],
        cwd=folder,
        env={**surroundings(), "HOME": str(folder)},
        capture_output=True,
        check=True,
        timeout=60,
    )

    assert ["harbour.json", "--format=json"] == [each.strip() for each in done.stdout.decode().splitlines()]
