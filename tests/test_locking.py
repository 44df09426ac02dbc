"""One session per sheet, and no lock that outlives its session."""

from __future__ import annotations

import fcntl
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import present

from smaudit.errors import Exit, SmauditError
from smaudit.files.session import SheetLock

HOLDING = """
import sys
from pathlib import Path
from smaudit.files.session import SheetLock
with SheetLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
COUNTING = """
import sys, time
from pathlib import Path
from smaudit.errors import SmauditError
from smaudit.files.session import SheetLock
sheet = Path(sys.argv[1])
done = 0
while done < 50:
    try:
        with SheetLock(sheet):
            number = int(sheet.read_text())
            sheet.write_text(str(number + 1))
            done += 1
    except SmauditError:
        time.sleep(0.0005)
"""


def start(code: str, sheet: Path) -> subprocess.Popen[bytes]:
    """Run code that is given the sheet in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", code, sheet], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def names(folder: Path) -> set[str]:
    """Return the names of all there is in a folder."""
    return {path.name for path in folder.iterdir()}


def refusal(sheet: Path) -> SmauditError:
    """Return the error with which the sheet cannot be held."""
    with pytest.raises(SmauditError) as caught, SheetLock(sheet):
        pass
    return caught.value


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Return a sheet that holds a number."""
    path = tmp_path / "sheet.json"
    path.write_text("0")
    return path


def test_second_session(sheet: Path) -> None:
    """Fault 6: a second session is told which process has the sheet and since when, through a link too."""
    link = sheet.with_name("link")
    link.symlink_to(sheet)
    with start(HOLDING, sheet) as holder:
        present(holder.stdout).readline()
        for name in (sheet, link):
            error = refusal(name)
            assert ("error.sheet-open", Exit.IN_USE) == (error.message.phrase, error.exit_code)
            assert holder.pid == error.message.values["pid"]
            assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", str(error.message.values["since"]))
        present(holder.stdin).close()
    assert {"sheet.json", "link"} == names(sheet.parent)
    with SheetLock(sheet):
        assert Exit.IN_USE == refusal(sheet).exit_code


def test_killed_session(sheet: Path) -> None:
    """Fault 7: a session that was killed holds nothing."""
    with start(HOLDING, sheet) as holder:
        present(holder.stdout).readline()
        holder.kill()
    with SheetLock(sheet):
        assert os.getpid() == refusal(sheet).message.values["pid"]
    assert {"sheet.json"} == names(sheet.parent)


def test_never_two_at_once(sheet: Path) -> None:
    """Fault 6: sessions that come and go all the time never hold the sheet together, and none is lost."""
    workers = [start(COUNTING, sheet) for _ in range(4)]
    assert [0] * 4 == [worker.wait(timeout=30) for worker in workers]
    for worker in workers:
        present(worker.stdin).close()
        present(worker.stdout).close()
    assert ("200", {"sheet.json"}) == (sheet.read_text(), names(sheet.parent))


def test_odd_contents_of_the_lock(sheet: Path) -> None:
    """What stands in a lock file is shown only if it is a process and a time."""
    with SheetLock(sheet):
        sheet.with_name(".sheet.json.lock").write_text("\x1b[31m1 2026-11-23 14:02\n")
        assert "error.sheet-open-somewhere" == refusal(sheet).message.phrase


@pytest.mark.parametrize("kind", ["symlink", "hardlink"])
def test_planted_lock(sheet: Path, kind: str) -> None:
    """A link that somebody put in the place of the lock file has no other file emptied or removed."""
    victim, lock = sheet.with_name("victim"), sheet.with_name(".sheet.json.lock")
    victim.write_text("mine")
    lock.symlink_to(victim) if kind == "symlink" else lock.hardlink_to(victim)
    assert (Exit.NOT_WRITTEN, "mine") == (refusal(sheet).exit_code, victim.read_text())


def test_places_without_a_lock(tmp_path: Path) -> None:
    """Where no lock file can be made the sheet is not opened, and the reason is told."""
    for path, phrase in {
        tmp_path / "none" / "a.json": "error.folder-missing",
        Path("/proc/a.json"): None,
    }.items():
        error = refusal(path)
        assert Exit.NOT_WRITTEN == error.exit_code
        assert phrase in (None, error.message.phrase)


def test_long_name(tmp_path: Path) -> None:
    """A sheet whose name is as long as a name can be is locked like any other."""
    sheet = tmp_path / ("x" * 255)
    with SheetLock(sheet):
        assert Exit.IN_USE == refusal(sheet).exit_code
    assert set() == names(tmp_path)


def test_a_lock_on_a_file_that_was_just_removed_is_no_lock(
    sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who locks the file that the holder before took away as it let go locks the one that stands there."""
    lock_file, flock = sheet.with_name(f".{sheet.name}.lock"), fcntl.flock
    calls: list[int] = []

    def late(handle: int, how: int) -> None:
        if not calls:
            lock_file.unlink()
        calls.append(how)
        flock(handle, how)

    monkeypatch.setattr(fcntl, "flock", late)

    with SheetLock(sheet):
        assert lock_file.exists()
        assert "error.sheet-open" == refusal(sheet).message.phrase
