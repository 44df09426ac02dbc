"""One session per sheet: a lock the system itself lets go of, even after kill -9."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import stat
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

from smaudit.errors import Exit, SmauditError
from smaudit.files.places import shown_path
from smaudit.files.save import not_written

if TYPE_CHECKING:
    from types import TracebackType

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_LONGEST_NAME_BYTES = 240
_HOLDER = re.compile(r"([0-9]{1,10}) ([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2})\n")
_HOLDER_BYTES = 100
# Windows locks bytes, and nobody else can read a locked one: lock one far behind the text.
_LOCKED_BYTE = 1 << 20


class SheetLock:
    """Holds a sheet while in the `with` block.

    Entering raises SmauditError: exit 11 when another session holds the sheet, with its process id
    and the time it began if they can be read; exit 5 when no lock file can be made beside it.
    """

    def __init__(self, sheet: Path) -> None:
        self._sheet = sheet
        self._path = _lock_path(sheet)
        self._handle: int | None = None

    def __enter__(self) -> Self:
        try:
            self._handle = self._acquired()
        except (OSError, ValueError) as error:
            raise not_written(self._sheet, error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._handle is not None:
            _release(self._handle, self._path)
            self._handle = None

    def _acquired(self) -> int:
        while True:
            handle = os.open(self._path, _FLAGS, 0o600)
            try:
                _lock(handle, self._sheet)
                # Else the holder before has just removed the file, and a newer one may stand there.
                if _is_still(self._path, handle):
                    _write_holder(handle)
                    return handle
            except BaseException:
                os.close(handle)
                raise
            os.close(handle)


def _lock_path(sheet: Path) -> Path:
    target = Path(os.path.realpath(sheet))
    name = target.name
    if len(os.fsencode(name)) > _LONGEST_NAME_BYTES:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()
    return target.with_name(f".{name}.lock")


def _lock(handle: int, sheet: Path) -> None:
    try:
        if sys.platform == "win32":
            os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK):
            raise _open_elsewhere(handle, sheet) from None
        raise


def _is_still(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.lstat(path), os.fstat(handle))
    except FileNotFoundError:
        return False


def _write_holder(handle: int) -> None:
    found = os.fstat(handle)
    # Somebody may have linked a file of ours to this name, to have it emptied.
    if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
        raise OSError(errno.EPERM, "")
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, f"{os.getpid()} {time.strftime('%Y-%m-%d %H:%M')}\n".encode())


def _open_elsewhere(handle: int, sheet: Path) -> SmauditError:
    os.lseek(handle, 0, os.SEEK_SET)
    holder = _HOLDER.fullmatch(os.read(handle, _HOLDER_BYTES).decode("ascii", errors="replace"))
    file = shown_path(sheet)
    if not holder:
        return SmauditError("error.sheet-open-somewhere", Exit.IN_USE, "hint.sheet-open", file=file)
    return SmauditError(
        "error.sheet-open", Exit.IN_USE, "hint.sheet-open", file=file, pid=int(holder[1]), since=holder[2]
    )


def _release(handle: int, path: Path) -> None:
    """Remove the file while it is still held, so that nobody can be waiting with a lock on it."""
    with contextlib.suppress(OSError):
        if _is_still(path, handle):
            path.unlink()
    os.close(handle)
    # Windows removes no open file; there it succeeds only once nobody else has it open either.
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            path.unlink()
