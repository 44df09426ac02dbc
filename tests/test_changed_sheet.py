"""A sheet that changes while it is being answered: what was put in its place is never overwritten."""

from __future__ import annotations

import errno
import fcntl
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Literal, NoReturn

import pytest
from conftest import present

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.sheet import Company, Sheet
from smaudit.errors import Exit, SmauditError
from smaudit.files import flock
from smaudit.files.load import sheet_bytes
from smaudit.files.session import SheetFile

NOTHING_LIKE_IT = (errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EINVAL, errno.ENOLCK)
MINE, THEIRS = Sheet(company=Company(name="Mine")), Sheet(company=Company(name="Theirs"))


def company(path: Path) -> str:
    """Whose sheet stands in a file."""
    return str(json.loads(path.read_bytes())["company"]["name"])


def _edited(sheet: Path) -> None:
    sheet.write_bytes(sheet_bytes(THEIRS))


def _edited_at_the_same_time_to_the_same_size(sheet: Path) -> None:
    before = sheet.stat()
    sheet.write_bytes(sheet.read_bytes().replace(b"Begun", b"Edits"))
    os.utime(sheet, ns=(before.st_atime_ns, before.st_mtime_ns))


def _replaced(sheet: Path) -> None:
    sheet.with_name("new").write_bytes(sheet_bytes(THEIRS))
    sheet.with_name("new").rename(sheet)


def _linked_elsewhere(sheet: Path) -> None:
    other = sheet.with_name("other.json")
    other.write_bytes(sheet.read_bytes())
    sheet.unlink()
    sheet.symlink_to(other)


def _removed(sheet: Path) -> None:
    sheet.unlink()


def _fifo(sheet: Path) -> None:
    sheet.unlink()
    os.mkfifo(sheet)


def _folder(sheet: Path) -> None:
    sheet.unlink()
    sheet.mkdir()


def _emptied(sheet: Path) -> None:
    sheet.write_bytes(b"")


CHANGES = (
    _edited, _edited_at_the_same_time_to_the_same_size, _emptied, _replaced, _linked_elsewhere, _removed,
    _fifo, _folder,
)  # fmt: skip


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A sheet that was begun."""
    path = tmp_path / "s.json"
    path.write_bytes(sheet_bytes(Sheet(company=Company(name="Begun"))))
    return path


@pytest.fixture
def opened(sheet: Path, shipped: Questionnaire) -> Iterator[SheetFile]:
    """The sheet as a session has it open, after one answer."""
    with SheetFile(sheet) as file:
        file.load(shipped)
        assert file.save(Sheet(company=Company(name="Begun"), remark="x")) is None
        yield file


def state(folder: Path) -> dict[str, tuple[int, bytes | Literal[False]]]:
    """What each name in a folder is, and its bytes."""
    return {
        path.name: (path.lstat().st_mode, path.is_file() and path.read_bytes())
        for path in folder.iterdir()
        if path.suffix == ".json"
    }


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_was_put_in_its_place_stays(
    opened: SheetFile, sheet: Path, change: Callable[[Path], None]
) -> None:
    """Edited, exchanged, linked, removed: it stays so, the answers go on beside, and it is said."""
    change(sheet)
    changed = state(sheet.parent)

    said = present(opened.save(MINE))

    beside = sheet.with_name("s-2.json")
    after = state(sheet.parent)
    assert after.pop("s-2.json") is not None
    assert (changed, "Mine", beside) == (after, company(beside), opened.path)
    assert said == opened.moved
    assert ("left.sheet-changed", str(sheet), str(beside)) == (said.phrase, *said.values.values())
    assert 0o600 == beside.stat().st_mode & 0o777
    assert opened.save(MINE.with_remark("more")) is None

    _edited(beside)
    assert opened.save(MINE) is not None
    assert ("Theirs", "Mine") == (company(beside), company(sheet.with_name("s-3.json")))


def test_what_was_only_touched_has_not_changed(opened: SheetFile, sheet: Path) -> None:
    """Other times, another inode, another mode: the same answers stand there, and saving goes on in place."""
    os.utime(sheet, (0, 0))
    assert opened.save(THEIRS) is None
    sheet.with_name("copy").write_bytes(sheet.read_bytes())
    sheet.with_name("copy").rename(sheet)
    sheet.chmod(0o640)

    assert opened.save(MINE) is None
    assert ("Mine", 0o640) == (company(sheet), sheet.stat().st_mode & 0o777)


def test_a_sheet_that_appears_before_the_first_save(tmp_path: Path, shipped: Questionnaire) -> None:
    """A sheet that was not there when its name was given, and is when the first answer comes, stays."""
    with SheetFile(tmp_path / "s.json") as file:
        assert file.load(shipped) is None
        _edited(tmp_path / "s.json")
        assert file.save(MINE) is not None

    assert ("Theirs", "Mine") == (company(tmp_path / "s.json"), company(tmp_path / "s-2.json"))


def test_a_link_is_followed_once(tmp_path: Path, sheet: Path, shipped: Questionnaire) -> None:
    """A link that was given is followed to its sheet; one turned elsewhere meanwhile leads nobody astray."""
    link, other = tmp_path / "link.json", tmp_path / "other.json"
    other.write_bytes(sheet_bytes(THEIRS))
    link.symlink_to(sheet)
    with SheetFile(link) as file:
        file.load(shipped)
        link.unlink()
        link.symlink_to(other)
        file.save(MINE)

    assert ("Mine", "Theirs") == (company(sheet), company(other))


def test_two_sessions_whose_lock_was_removed(sheet: Path, shipped: Questionnaire) -> None:
    """Without the file of the lock a second session gets in; each keeps its own answers all the same."""
    with SheetFile(sheet) as first:
        first.load(shipped)
        (sheet.parent / ".s.json.lock").unlink()
        with SheetFile(sheet) as second:
            second.load(shipped)
            assert second.save(THEIRS) is None
            assert first.save(MINE) is not None
            assert second.save(THEIRS.with_remark("x")) is None

    assert ("Theirs", "Mine") == (company(sheet), company(sheet.with_name("s-2.json")))
    assert {"s.json", "s-2.json"} == {path.name for path in sheet.parent.iterdir()}


def test_an_interrupted_save_is_not_taken_for_a_change(
    opened: SheetFile, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C right after the file was replaced: the next save knows its own bytes."""
    with monkeypatch.context() as patch:
        patch.setattr("smaudit.files.save._sync_folder", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            opened.save(THEIRS)
    assert "Theirs" == company(sheet)

    assert opened.save(MINE) is None


def test_a_failed_save_is_tried_again_in_place(
    opened: SheetFile, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is no change of the sheet: once there is room, the answers are where they were."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", _failing(errno.ENOSPC))
        with pytest.raises(SmauditError) as caught:
            opened.save(MINE)
    assert (Exit.NOT_WRITTEN, False) == (caught.value.exit_code, opened.is_saved)

    assert (None, True) == (opened.save(MINE), opened.is_saved)
    assert "Mine" == company(sheet)


def _failing(code: int) -> Callable[..., NoReturn]:
    def fail(*_: object, **__: object) -> NoReturn:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize("code", NOTHING_LIKE_IT)
@pytest.mark.parametrize(("module", "call"), [(os, "chmod"), (os, "chown"), (fcntl, "flock")], ids=str)
def test_file_systems_that_refuse(
    sheet: Path,
    shipped: Questionnaire,
    monkeypatch: pytest.MonkeyPatch,
    module: ModuleType,
    call: str,
    code: int,
) -> None:
    """Shares and FUSE folders know no modes, owners or locks: saving goes on, and nothing stays behind."""
    monkeypatch.setattr(module, call, _failing(code))

    with SheetFile(sheet) as file:
        file.load(shipped)
        for remark in ("one", "two"):
            assert file.save(MINE.with_remark(remark)) is None

    assert "two" == json.loads(sheet.read_bytes())["remark"]
    assert {"s.json"} == {path.name for path in sheet.parent.iterdir()}


@pytest.mark.parametrize("code", [errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL])
def test_file_systems_that_cannot_wait_for_the_disk(
    sheet: Path, shipped: Questionnaire, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """Where a file or a folder cannot be waited for, it is written all the same."""
    monkeypatch.setattr(os, "fsync", _failing(code))

    with SheetFile(sheet) as file:
        file.load(shipped)
        assert file.save(MINE) is None

    assert "Mine" == company(sheet)


def test_no_locks_and_two_sessions(
    sheet: Path, shipped: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system has no locks at all, each of two sessions still keeps its own answers."""
    monkeypatch.setattr(flock, "fcntl", None)
    with SheetFile(sheet) as first, SheetFile(sheet) as second:
        for file in (first, second):
            file.load(shipped)
        assert first.save(MINE) is None
        assert second.save(THEIRS) is not None

    assert ("Mine", "Theirs") == (company(sheet), company(sheet.with_name("s-2.json")))


def test_a_full_disk_at_the_start_leaves_no_lock(sheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the lock cannot be written into, its empty file does not stay behind."""
    monkeypatch.setattr(os, "ftruncate", _failing(errno.ENOSPC))

    with pytest.raises(SmauditError) as caught, SheetFile(sheet):
        pass

    assert "error.disk-full" == caught.value.message.phrase
    assert {"s.json"} == {path.name for path in sheet.parent.iterdir()}
