"""Long text on a terminal goes through a pager as git's does; `--plain` is words alone."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pexpect
import pytest
from conftest import ROOT, Program

from smaudit.errors import Exit

SHEET = ROOT / "examples" / "harbour-coffee.json"
DRAWN = set("═─━│█▬●○◆")


@pytest.fixture
def pager(tmp_path: Path) -> Path:
    """A pager that says that it was there, and keeps what it read."""
    made = tmp_path / "pager"
    made.write_text(f"#!/bin/sh\ncat > {tmp_path}/read\necho PAGED\n")
    made.chmod(0o755)
    return made


def on_a_terminal(folder: Path, pager: str | None, *arguments: str) -> pexpect.spawn[str]:
    """The program on a terminal of its own, with this pager."""
    env = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "xterm", "HOME": str(folder)}
    env |= {"PAGER": pager} if pager is not None else {}
    program = ["-m", "smaudit", *arguments]
    return pexpect.spawn(sys.executable, program, cwd=folder, env=env, encoding="utf-8", timeout=30)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "paged"),
    [
        (("report", str(SHEET), "--full"), True),
        (("plan", str(SHEET)), True),
        (("report", str(SHEET)), False),
        (("report", str(SHEET), "--format", "json"), False),
    ],
)
def test_what_is_long_goes_through_the_pager(
    pager: Path, tmp_path: Path, arguments: tuple[str, ...], paged: bool
) -> None:
    """The whole report and the plan as text, and nothing else."""
    terminal = on_a_terminal(tmp_path, str(pager), *arguments)
    terminal.expect(pexpect.EOF)
    terminal.close()

    assert (Exit.DONE, paged) == (terminal.exitstatus, "PAGED" in str(terminal.before))
    if paged:
        assert "Harbour Coffee" in (tmp_path / "read").read_text()


@pytest.mark.slow
@pytest.mark.parametrize("pager", ["", "cat", "no-such-pager-anywhere"])
def test_without_a_pager_it_is_shown_straight(tmp_path: Path, pager: str) -> None:
    """Where PAGER is empty or only copies, and where there is none of that name."""
    terminal = on_a_terminal(tmp_path, pager, "plan", str(SHEET))
    terminal.expect(pexpect.EOF)
    terminal.close()

    assert (Exit.DONE, True) == (terminal.exitstatus, "Harbour Coffee" in str(terminal.before))


@pytest.mark.slow
def test_a_pager_that_is_left_early_ends_the_command_well(tmp_path: Path) -> None:
    """The text is not shown again, and there is no word about a broken pipe."""
    leaving = tmp_path / "leaving"
    leaving.write_text("#!/bin/sh\nhead -c 10 > /dev/null\nexit 3\n")
    leaving.chmod(0o755)

    terminal = on_a_terminal(tmp_path, str(leaving), "report", str(SHEET), "--full")
    terminal.expect(pexpect.EOF)
    terminal.close()

    assert (Exit.DONE, "") == (terminal.exitstatus, str(terminal.before).strip())


@pytest.mark.slow
def test_a_signal_ends_the_pager_too(tmp_path: Path) -> None:
    """TERM asks the pager to end, and the program dies by it; Ctrl-C is the pager's own."""
    waiting = tmp_path / "waiting"
    waiting.write_text(
        f"#!/bin/sh\ntrap 'echo ended > {tmp_path}/ended; exit 0' TERM\ntrap 'echo heard' INT\n"
        "cat > /dev/null\necho WAITING\nwhile :; do sleep 0.1; done\n"
    )
    waiting.chmod(0o755)

    terminal = on_a_terminal(tmp_path, str(waiting), "plan", str(SHEET))
    terminal.expect("WAITING")
    terminal.send("\x03")
    terminal.expect("heard")
    terminal.kill(signal.SIGTERM)
    terminal.expect(pexpect.EOF)
    terminal.close()

    assert (signal.SIGTERM, "ended\n") == (terminal.signalstatus, (tmp_path / "ended").read_text())


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", ["harbour-coffee", "tidewell-valves", "sorrel-market"])
def test_a_plain_report_is_words_alone(smaudit: Program, name: str, language: str) -> None:
    """No scale, no rule and no table is drawn, and every word of the report is there."""
    sheet = ROOT / "examples" / f"{name}.json"
    drawn, plain = (
        smaudit(
            "report", sheet, "--full", "--lang", language, *options, env={"COLUMNS": "200"}
        ).stdout.decode()
        for options in ([], ["--plain"])
    )

    assert set() == DRAWN & set(plain)
    assert "  " not in "\n".join(line.strip() for line in plain.splitlines())
    lines = [line.strip() for line in drawn.splitlines() if len(line) > 100 and "  " not in line.strip()]
    flat = " ".join(plain.split())
    assert [] == [line for line in lines if " ".join(line.split()[1:-1]) not in flat]


def test_plain_is_for_text(smaudit: Program) -> None:
    """With another format it is refused; to a file it is written as on the screen."""
    other = smaudit("report", SHEET, "--plain", "--format", "html")
    written = smaudit("report", SHEET, "--plain", "-o", "report.txt")

    assert (Exit.USAGE, True, Exit.DONE) == (other.returncode, b"--plain" in other.stderr, written.returncode)
