"""What a signal does: the process dies by it, a file is whole or not there, and nothing is left behind."""

import os
import signal
import subprocess
import sys
import time

import pytest
from conftest import ROOT

EXAMPLE = ROOT / "examples" / "harbour-coffee.json"
SMAUDIT = [sys.executable, "-m", "smaudit"]


@pytest.fixture
def listening():
    """Signals that a background job was told to ignore are heard again by what is started here."""
    before = {name: signal.signal(name, signal.SIG_DFL) for name in (signal.SIGINT, signal.SIGHUP)}
    yield
    for name, handler in before.items():
        signal.signal(name, handler)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_command_dies_by_the_signal_itself(name, listening, tmp_path):
    """A shell sees a program that was stopped, not one that ended with a number of its own."""
    number = getattr(signal, name)
    running = subprocess.Popen(
        [*SMAUDIT, "report", "-", "-o", "r.html"], stdin=subprocess.PIPE, cwd=tmp_path, stderr=subprocess.PIPE
    )
    time.sleep(1)
    running.send_signal(number)

    assert (b"", -number) == (running.communicate(timeout=20)[1], running.returncode)
    assert [] == list(tmp_path.iterdir())


def test_one_interrupt_stops_the_loop_of_a_shell(listening, tmp_path):
    """`for f in …; do smaudit report …; done` ends at one Ctrl-C, and makes no further report."""
    loop = (
        f'for n in 1 2 3; do "{sys.executable}" -m smaudit report "{EXAMPLE}" -q -o $n.html; done; echo over'
    )
    shell = subprocess.Popen(
        ["bash", "-c", loop],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    time.sleep(0.4)
    os.killpg(shell.pid, signal.SIGINT)

    assert b"" == shell.communicate(timeout=30)[0]
    assert not (tmp_path / "2.html").exists()


def test_a_flawless_file_is_never_called_broken(listening):
    """Stopped at any moment, `check` of the built-in questionnaire says nothing, or that all is well."""
    for delay in range(12):
        running = subprocess.Popen(
            [*SMAUDIT, "check", str(ROOT / "data" / "misconceptions.yaml"), "--lang", "en"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        time.sleep(0.05 + delay * 0.05)
        running.send_signal(signal.SIGTERM)
        told = running.communicate(timeout=20)[1]
        assert (b"", True) == (told, running.returncode in {0, -signal.SIGTERM}), delay


def test_a_report_that_is_stopped_is_the_same_report_or_none(listening, tmp_path):
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
