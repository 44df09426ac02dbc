"""A saved file is the old one or the whole new one, and nothing else is touched."""

from __future__ import annotations

import errno
import json
import os
import random
import resource
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from conftest import present

from smaudit.errors import Exit, SmauditError
from smaudit.files.names import safe_stem
from smaudit.files.save import save, save_new, sweep

KILLS = 30
SYSTEM_CALLS = ("open", "write", "fstat", "fsync", "close", "chown", "chmod", "replace")

SAVING_FOR_EVER = """
import json, sys
from pathlib import Path
from smaudit.files.save import save
for number in range(10**9):
    save(Path(sys.argv[1]), json.dumps({"number": number, "filling": "x" * 50_000}).encode())
    print(number, flush=True)
"""


def names(folder: Path) -> set[str]:
    """Return the names of all there is in a folder."""
    return {path.name for path in folder.iterdir()}


def failure(path: Path, data: bytes = b"new") -> str:
    """Return the phrase with which the bytes cannot be saved."""
    with pytest.raises(SmauditError) as caught:
        save(Path(path), data)
    assert Exit.NOT_WRITTEN == caught.value.exit_code
    return caught.value.message.phrase


def saved(path: Path) -> bool:
    """Return whether the file could be saved."""
    try:
        save(path, b"new")
    except SmauditError:
        return False
    return True


def mode(path: Path) -> int:
    """Return the permissions of a file."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def plain_user_folder() -> Iterator[Path]:
    """Return a folder of the unprivileged user the test then runs as: root may do everything."""
    if os.geteuid():
        with tempfile.TemporaryDirectory() as own:
            yield Path(own)
        return
    folder = Path(tempfile.mkdtemp())
    os.chown(folder, 65534, 65534)
    os.seteuid(65534)
    try:
        yield folder
    finally:
        os.seteuid(0)
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()


@pytest.mark.slow
def test_kill_at_any_moment(tmp_path: Path) -> None:
    """Fault 1: after kill -9 the file holds the last save that was acknowledged, or the one after it."""
    target = tmp_path / "sheet.json"
    dice = random.Random(1)  # noqa: S311
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", SAVING_FOR_EVER, target], stdout=subprocess.PIPE
        ) as child:
            present(child.stdout).readline()
            time.sleep(dice.random() / 20)
            child.kill()
            done = [0, *map(int, present(child.stdout).read().split())][-1]
        assert json.loads(target.read_bytes())["number"] in (done, done + 1)


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
@pytest.mark.parametrize("is_new", [True, False])
def test_failure_of_every_system_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, is_new: bool
) -> None:
    """Faults 2, 4: whichever call fails, the file is the old or the new one and no temporary file stays."""
    target = tmp_path / "sheet.json"
    count, failed_at = 0, 0
    ends: list[bool] = []

    def failing(call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            # A file handle that cannot be closed is closed all the same.
            if count == failed_at and call is os.close:
                call(*arguments)
            if count == failed_at:
                raise OSError(code, os.strerror(code))
            return call(*arguments, **options)

        return called

    while not ends or failed_at <= count:
        failed_at, count = failed_at + 1, 0
        for path in tmp_path.iterdir():
            path.unlink()
        if not is_new:
            target.write_bytes(b"old")
        with monkeypatch.context() as patch:
            for name in SYSTEM_CALLS:
                patch.setattr(os, name, failing(getattr(os, name)))
            is_done = saved(target)
        ends.append(is_done)
        left = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        old = {} if is_new else {"sheet.json": b"old"}
        assert left == {"sheet.json": b"new"} if is_done else left == old
    assert (True, True) == (False in ends, ends[-1])


def test_disk_full(tmp_path: Path) -> None:
    """Fault 4: a disk without room leaves the old file as it was, says so, and the next save succeeds."""
    target = tmp_path / "sheet.json"
    target.write_bytes(b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        assert "error.disk-full" == failure(target, b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (b"old", {"sheet.json"}) == (target.read_bytes(), names(tmp_path))
    save(target, b"x" * 5000)
    assert b"x" * 5000 == target.read_bytes()


def test_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C within a save leaves the old file and nothing beside it."""
    target = tmp_path / "sheet.json"
    target.write_bytes(b"old")

    def interrupted(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save(target, b"new")
    assert (b"old", {"sheet.json"}) == (target.read_bytes(), names(tmp_path))


def test_places_where_nothing_can_be_written(tmp_path: Path) -> None:
    """Faults 5, 20: each reason has its own words, and a write-protected file is left alone."""
    (tmp_path / "protected").write_bytes(b"old")
    (tmp_path / "protected").chmod(0o444)
    expected = {
        "none/a.json": "error.folder-missing",
        "protected/a.json": "error.folder-missing",
        ".": "error.target-is-folder",
        "protected": "error.file-read-only",
        "x" * 300: "error.name-too-long",
        "a\0b": "error.not-written",
        "/dev/full": "error.disk-full",
    }
    assert expected == {name: failure(tmp_path / name) for name in expected}
    assert b"old" == (tmp_path / "protected").read_bytes()


def test_folder_that_may_not_be_written(plain_user_folder: Path) -> None:
    """Fault 5: in a folder without permission the file stays, even if it could be written in place."""
    target = plain_user_folder / "sheet.json"
    target.write_bytes(b"old")
    plain_user_folder.chmod(0o555)
    try:
        assert ("error.write-denied", b"old") == (failure(target), target.read_bytes())
    finally:
        plain_user_folder.chmod(0o755)


def test_links(tmp_path: Path) -> None:
    """Faults 17, 22: a link that was named stays, and its target is replaced; a hard link is parted."""
    (tmp_path / "folder").mkdir()
    target, link, twin = tmp_path / "folder" / "sheet.json", tmp_path / "link", tmp_path / "twin"
    target.write_bytes(b"old")
    link.symlink_to(target)
    twin.hardlink_to(target)
    save(link, b"new")
    assert (True, b"new", b"old") == (link.is_symlink(), target.read_bytes(), twin.read_bytes())
    target.unlink()
    save(link, b"again")
    assert (True, b"again") == (link.is_symlink(), target.read_bytes())


def test_devices_and_pipes(tmp_path: Path) -> None:
    """Fault 18: a device or a FIFO is written to and never replaced by a file."""
    fifo, null = tmp_path / "fifo", tmp_path / "null"
    os.mkfifo(fifo)
    null.symlink_to("/dev/null")
    received = []
    reader = threading.Thread(target=lambda: received.append(fifo.read_bytes()))
    reader.start()
    save(fifo, b"new")
    reader.join()
    save(null, b"new")
    assert ([b"new"], True, True) == (received, fifo.is_fifo(), Path("/dev/null").is_char_device())


def test_a_fifo_that_nobody_reads(tmp_path: Path) -> None:
    """A FIFO without a reader is not waited for: that is said soon, and nothing is in its place."""
    os.mkfifo(tmp_path / "fifo")
    start = time.perf_counter()

    assert "error.nobody-reads" == failure(tmp_path / "fifo")
    assert (True, True) == ((tmp_path / "fifo").is_fifo(), time.perf_counter() - start < 2)


def test_standard_output_that_is_a_file(tmp_path: Path) -> None:
    """Fault 18: /dev/stdout that the shell appends to a file keeps what was in it."""
    log = tmp_path / "log"
    log.write_bytes(b"before ")
    code = (
        "from pathlib import Path; from smaudit.files.save import save; save(Path('/dev/stdout'), b'after')"
    )
    with log.open("ab") as output:
        subprocess.run([sys.executable, "-c", code], stdout=output, check=True)
    assert b"before after" == log.read_bytes()


def busy(*_: object) -> NoReturn:
    """Fail as the renaming of a mounted file does."""
    raise OSError(errno.EBUSY, "")


def test_mounted_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fault 19: a file that is a mount of its own is written in place, a copy beside it meanwhile."""
    target = tmp_path / "sheet.json"
    target.write_bytes(b"old and longer")
    monkeypatch.setattr(os, "replace", busy)
    save(target, b"new")
    assert (b"new", {"sheet.json"}) == (target.read_bytes(), names(tmp_path))

    def full(_handle: int, _length: int) -> None:
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(os, "ftruncate", full)
    assert "error.copy-kept" == failure(target, b"newer")
    (copy,) = tmp_path.glob("smaudit-copy-*.json")
    os.utime(copy, (0, 0))
    sweep(tmp_path)
    assert b"newer" == copy.read_bytes()


def test_permissions(tmp_path: Path) -> None:
    """Fault 21: a private file is its owner's alone, others follow the umask, an old mode is kept."""
    for name in ("private", "ordinary", "old"):
        (tmp_path / "old").touch()
        (tmp_path / "old").chmod(0o640)
        save(tmp_path / name, b"new", private=name != "ordinary")
    new = save_new(tmp_path, "new", ".json", b"new", private=True)
    umask = os.umask(0)
    os.umask(umask)
    modes = [mode(tmp_path / name) for name in ("private", "ordinary", "old", new.name)]
    assert [0o600, 0o666 & ~umask, 0o640, 0o600] == modes


def test_new_files_never_replace(tmp_path: Path) -> None:
    """Faults 17, 24: a file of our own naming goes beside what is there, link or file, also all at once."""
    (tmp_path / "a.md").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "a-2.md").write_bytes(b"old")
    paths = []
    workers = [
        threading.Thread(target=lambda: paths.append(save_new(tmp_path, "a", ".md", b"new")))
        for _ in range(8)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert {f"a-{number}.md" for number in range(3, 11)} == {path.name for path in paths}
    assert (b"old", False) == ((tmp_path / "a-2.md").read_bytes(), (tmp_path / "elsewhere").exists())


def test_new_file_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new file that cannot be filled is not left behind empty."""
    monkeypatch.setattr(os, "write", lambda *_: 0)
    with pytest.raises(SmauditError) as caught:
        save_new(tmp_path, "a", ".md", b"new")
    assert ("error.not-written", set()) == (caught.value.message.phrase, names(tmp_path))


def test_sweep(tmp_path: Path) -> None:
    """Fault 2: only old temporary files of our own making are removed, and a missing folder is no error."""
    for name in (".smaudit-0123abcd.tmp", ".smaudit-other.tmp", "sheet.json", ".smaudit-fffffff1.tmp"):
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (0, 0))
    (tmp_path / ".smaudit-00000000.tmp").write_bytes(b"")
    (tmp_path / ".smaudit-11111111.tmp").symlink_to("sheet.json")
    os.utime(tmp_path / ".smaudit-11111111.tmp", (0, 0), follow_symlinks=False)
    sweep(tmp_path)
    sweep(tmp_path / "none")
    expected = {".smaudit-other.tmp", "sheet.json", ".smaudit-00000000.tmp", ".smaudit-11111111.tmp"}
    assert expected == names(tmp_path)


@pytest.mark.parametrize(
    ("company", "expected"),
    [
        ("Harbour Coffee", "harbour-coffee-2026-11-23"),
        ("قهوة الميناء", "قهوة-الميناء-2026-11-23"),
        ("株式会社", "株式会社-2026-11-23"),
        ("A\u0308cme  Straße & Söhne!", "äcme-strasse-söhne-2026-11-23"),
        ("../../etc/passwd", "etc-passwd-2026-11-23"),
        ("-rf .bashrc", "rf-bashrc-2026-11-23"),
        ("a\0b\u202ec\ud800d\u200be\nf", "abcde-f-2026-11-23"),
        ("… ", "company-2026-11-23"),
        ("", "company-2026-11-23"),
        ("x" * 300, "x" * 49 + "-2026-11-23"),
    ],
)
def test_names(company: str, expected: str) -> None:
    """Fault 23: a company's name in any script becomes one plain name within the folder."""
    assert expected == safe_stem(company, "2026-11-23")


@pytest.mark.slow
def test_names_within_bounds() -> None:
    """Fault 23: whatever is typed, the name is bounded, not reserved, and can be written in the folder."""
    assert ["company-con", "company-com1"] == [safe_stem("CON", ""), safe_stem("COM1", "/")]
    dice = random.Random(23)  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(500):
            company, date = (
                "".join(chr(int(dice.random() ** 4 * 0x110000)) for _ in range(99)) for _ in "ab"
            )
            stem = safe_stem(company, date)
            assert len(stem) <= 60
            assert len(stem.encode()) <= 150
            assert Path(folder) == save_new(Path(folder), stem, ".json", b"").parent


def test_reader_that_goes_away(tmp_path: Path) -> None:
    """When a FIFO's reader goes away, BrokenPipeError is passed on: it has an exit code of its own."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    threading.Timer(0.1, os.close, [reader]).start()
    with pytest.raises(BrokenPipeError):
        save(fifo, b"x" * 1_000_000)


def test_the_folder_is_synced_after_the_new_name_stands_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the new file outlives a power cut: first its content, then its name."""
    synced, fsync = [], os.fsync

    def noted(handle: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        synced.append(("folder", names(tmp_path)) if is_folder else "file")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", noted)

    save(tmp_path / "a.json", b"new")

    assert ["file", ("folder", {"a.json"})] == synced
