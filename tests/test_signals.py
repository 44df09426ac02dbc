"""What a signal does: the process dies by it, what is written is whole or not there, nothing stays behind."""

from __future__ import annotations

import fcntl
import os
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pexpect
import pytest
from conftest import ROOT, present

from smaudit.commands.app import main
from smaudit.errors import Exit
from smaudit.files.signals import held_back, raising
from smaudit.planning import solver

pytestmark = pytest.mark.usefixtures("heard")
EXAMPLE = ROOT / "examples" / "harbour-coffee.json"
SMAUDIT = [sys.executable, "-m", "smaudit"]
NAMES = ["SIGINT", "SIGTERM", "SIGHUP"]


def started(*command: str | Path, cwd: Path, **options: Any) -> subprocess.Popen[bytes]:
    """A program that waits for the rest of its standard input, of which it has read what there was."""
    running = subprocess.Popen(
        command,
        cwd=cwd,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )
    os.write(present(running.stdin).fileno(), b"{")
    until = time.monotonic() + 30
    while struct.unpack("i", fcntl.ioctl(present(running.stdin), termios.FIONREAD, b"\0" * 4))[0]:
        assert time.monotonic() < until
        time.sleep(0.01)
    return running


@pytest.mark.parametrize("name", NAMES)
def test_a_command_dies_by_the_signal_itself(name: str, tmp_path: Path) -> None:
    """Its parent sees a program that was stopped, and not one that ended with a number of its own."""
    running = started(*SMAUDIT, "report", "-", "-o", "r.html", cwd=tmp_path)
    running.send_signal(getattr(signal, name))

    assert (b"", b"") == running.communicate(timeout=30)
    assert (-getattr(signal, name), []) == (running.returncode, list(tmp_path.iterdir()))


def test_one_interrupt_stops_the_loop_of_a_shell(tmp_path: Path) -> None:
    """Ctrl-C at the first of three sheets: the second is not begun."""
    loop = f'for n in 1 2 3; do "{sys.executable}" -m smaudit report - -o $n.html; echo next; done; echo over'
    shell = started("bash", "-c", loop, cwd=tmp_path, start_new_session=True)
    os.killpg(shell.pid, signal.SIGINT)

    assert (b"", b"") == shell.communicate(timeout=30)
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["SIGINT", "SIGHUP"])
def test_what_is_ignored_stays_ignored(name: str, tmp_path: Path) -> None:
    """In the background of a script, or under nohup, a command goes on."""
    signal.signal(getattr(signal, name), signal.SIG_IGN)
    running = started(*SMAUDIT, "report", "-", "--format", "json", cwd=tmp_path)
    running.send_signal(getattr(signal, name))
    running.communicate(b'"schema": "smaudit/sheet/1", "answers": {}}', timeout=30)

    assert Exit.DONE == running.returncode


WITHIN = """
import signal, sys
import {module} as module
real = module.{name}
def struck(*arguments, **options):
    signal.raise_signal(signal.{signal})
    return real(*arguments, **options)
module.{name} = struck
sys.argv = ["smaudit", *sys.argv[1:]]
from smaudit.__main__ import main
main()
"""


def struck(name: str, place: str, *arguments: str, cwd: Path) -> CompletedProcess[bytes]:
    """The program, struck by a signal at the moment when it calls a function of its own."""
    module, _, function = place.rpartition(".")
    code = WITHIN.format(signal=name, module=module, name=function)
    return subprocess.run([sys.executable, "-c", code, *arguments], cwd=cwd, capture_output=True, check=False)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "place", ["smaudit.core.questionnaire_rules.read_questionnaire", "smaudit.lint.rules.lint"]
)
def test_a_flawless_file_is_never_called_broken(name: str, place: str, tmp_path: Path) -> None:
    """A signal while a file is examined ends the program, and is not taken for a fault of the file."""
    done = struck(name, place, "check", str(ROOT / "data" / "misconceptions.yaml"), cwd=tmp_path)

    assert (-getattr(signal, name), b"", b"") == (done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("name", NAMES)
def test_a_report_is_whole_or_not_there(name: str, tmp_path: Path) -> None:
    """While the plan is made nothing is written yet; while the file is written it is written to its end."""
    (tmp_path / "before").mkdir()
    (tmp_path / "within").mkdir()
    report = ["report", str(EXAMPLE), "--lang", "en", "-q", "-o"]
    assert 0 == main([*report, str(tmp_path / "whole.html")])

    before = struck(
        name, "smaudit.planning.solver.good_multipliers", *report, "r.html", cwd=tmp_path / "before"
    )
    within = struck(name, "os.fsync", *report, "r.html", cwd=tmp_path / "within")

    assert [-getattr(signal, name)] * 2 == [before.returncode, within.returncode]
    assert [] == list((tmp_path / "before").iterdir())
    assert ["r.html"] == [each.name for each in (tmp_path / "within").iterdir()]
    assert (tmp_path / "whole.html").read_bytes() == (tmp_path / "within" / "r.html").read_bytes()


def test_a_report_with_an_interrupt_is_none_also_when_called_from_python(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only `plan` makes do with what was found so far."""
    monkeypatch.setattr(solver, "good_multipliers", lambda *_: signal.raise_signal(signal.SIGINT))

    assert Exit.INTERRUPTED == main(["report", str(EXAMPLE), "-o", str(tmp_path / "r.html")])
    assert ([], "") == (list(tmp_path.iterdir()), capsys.readouterr().err)


def test_a_command_leaves_the_handlers_of_its_caller(tmp_path: Path) -> None:
    """Called from Python, in a server say, a command takes no signal away from the program around it."""
    before = [signal.getsignal(getattr(signal, name)) for name in NAMES]
    main(["plan", str(EXAMPLE), "-q", "-o", str(tmp_path / "plan.md")])

    assert before == [signal.getsignal(getattr(signal, name)) for name in NAMES]


def test_what_is_held_back_takes_effect_afterwards() -> None:
    """Within it nothing is interrupted, also where it is entered twice; at the end a signal is not lost."""
    done = []
    with pytest.raises(KeyboardInterrupt), raising(), held_back():  # noqa: PT012 - what is done until then
        with held_back():
            signal.raise_signal(signal.SIGINT)
            done.append("inner")
        done.append("outer")

    assert ["inner", "outer"] == done


def in_a_terminal(cwd: Path) -> pexpect.spawn[str]:
    """A shell with job control, at its prompt."""
    shell = pexpect.spawn(
        "bash",
        ["--norc", "--noprofile", "-i"],
        cwd=cwd,
        env={**os.environ, "PS1": "ready> ", "TERM": "xterm", "LANG": "C.UTF-8", "SMAUDIT_LANG": "en"},
        encoding="utf-8",
        dimensions=(40, 100),
        timeout=20,
    )
    shell.expect("ready> ")
    return shell


@pytest.mark.slow
@pytest.mark.parametrize("options", ["", "--plain"])
def test_ctrl_z_stops_the_interview_and_fg_goes_on(options: str, tmp_path: Path) -> None:
    """At a list, at a line and with numbers; the answers so far are there, and no lock stays at the end."""
    shell = in_a_terminal(tmp_path)
    shell.sendline(f'"{sys.executable}" -m smaudit assess s.json {options}')
    for shown, answer in (("How thorough", "1\r"), ("company called", "Harbour\r")):
        shell.expect(shown)
        time.sleep(0.5)
        shell.send("\x1a")
        shell.expect("Stopped")
        shell.expect("ready> ")
        shell.sendline("fg")
        shell.expect("smaudit")
        time.sleep(0.5)
        shell.send(answer)
    shell.expect("Harbour")
    time.sleep(0.5)
    shell.send("\x03")
    shell.expect("smaudit assess s.json")
    shell.expect("ready> ")
    shell.sendline("echo code=$?")
    shell.expect("code=130")
    shell.close()

    assert ["s.json"] == sorted(each.name for each in tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize("options", ["", "--plain"])
def test_ctrl_c_in_an_interview_stops_the_loop_of_an_interactive_shell(options: str, tmp_path: Path) -> None:
    """At a prompt Ctrl-C is a key and no signal: the program dies by the signal all the same."""
    shell = in_a_terminal(tmp_path)
    shell.sendline(f'for n in a b; do "{sys.executable}" -m smaudit assess $n.json {options}; done')
    shell.expect("How thorough")
    time.sleep(0.5)
    shell.send("\x03")
    shell.expect("ready> ")
    shell.sendline("echo code=$?")
    shell.expect("code=130")
    shell.close()

    assert [] == list(tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "place", ["smaudit.files.session.load_sheet", "smaudit.files.session.lock", "os.fsync"]
)
def test_an_interview_that_is_struck_leaves_no_lock_and_no_broken_sheet(
    name: str, place: str, tmp_path: Path
) -> None:
    """While the sheet is locked, read or saved: what is saved is whole, and the sheet is not refused."""
    (tmp_path / "s.json").write_text('{"schema": "smaudit/sheet/1", "company": {"name": "x"}, "answers": {}}')
    module, _, function = place.rpartition(".")
    code = WITHIN.format(signal=name, module=module, name=function)
    interview = pexpect.spawn(
        sys.executable,
        ["-c", code, "assess", "s.json", "--lang", "en"],
        cwd=tmp_path,
        env={**os.environ, "TERM": "xterm"},
        encoding="utf-8",
        timeout=20,
    )
    if place == "os.fsync":
        interview.expect("How thorough")
        time.sleep(0.5)
        interview.send("1\r")
    interview.expect(pexpect.EOF)
    interview.close()

    assert getattr(signal, name) == interview.signalstatus
    assert ["s.json"] == [each.name for each in tmp_path.iterdir()]
    assert "refused" not in present(interview.before)
    assert Exit.DONE == main(["check", str(tmp_path / "s.json"), "-q"])


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [[], ["acme.json"]], ids=["no file", "a new file"])
def test_an_interview_that_is_left_before_the_first_answer_claims_no_sheet(
    arguments: list[str], tmp_path: Path
) -> None:
    """Nothing was saved, also where the file to begin was named: it is not there."""
    interview = pexpect.spawn(
        sys.executable,
        ["-m", "smaudit", "assess", *arguments, "--plain", "--lang", "en"],
        cwd=tmp_path,
        env={**os.environ, "TERM": "xterm"},
        encoding="utf-8",
        timeout=20,
    )
    interview.expect("How thorough")
    time.sleep(0.5)
    interview.send("\x03")
    interview.expect(pexpect.EOF)
    interview.close()

    assert (
        "Nothing was saved yet" in present(interview.before),
        "are saved" in present(interview.before),
    ) == (True, False)
    assert [] == list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_check_that_is_stopped_at_any_moment_finds_no_fault() -> None:
    """Stopped at any moment, `check` of the built-in questionnaire says nothing, or that all is well."""
    for delay in range(12):
        running = subprocess.Popen(
            [*SMAUDIT, "check", "--quiet", str(ROOT / "data" / "misconceptions.yaml"), "--lang", "en"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        time.sleep(0.05 + delay * 0.05)
        running.send_signal(signal.SIGTERM)
        told = running.communicate(timeout=20)[1]
        assert (b"", True) == (told, running.returncode in {0, -signal.SIGTERM}), delay


@pytest.mark.slow
def test_a_report_that_is_stopped_at_any_moment_is_the_same_report_or_none(tmp_path: Path) -> None:
    """Ctrl-C while a page is made and saved leaves the whole page or nothing, and no temporary file."""
    whole = tmp_path / "whole.html"
    subprocess.run([*SMAUDIT, "report", str(EXAMPLE), "-q", "-o", str(whole)], check=True)
    for number in range(10):
        page = tmp_path / f"{number}.html"
        running = subprocess.Popen([*SMAUDIT, "report", str(EXAMPLE), "-q", "-o", str(page)])
        time.sleep(0.15 + number * 0.05)
        running.send_signal(signal.SIGINT)
        running.wait(timeout=20)
        assert not page.exists() or page.read_bytes() == whole.read_bytes()
    assert [] == list(tmp_path.glob(".smaudit*"))
