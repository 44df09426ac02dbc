"""One session per sheet: a lock beside it, and a look at what it holds before each answer is saved."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import stat
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from smaudit.errors import CopyKept, InUse, Message, NotReadable, SmauditError
from smaudit.files.flock import lock
from smaudit.files.load import load_sheet, sheet_bytes
from smaudit.files.names import safe_stem
from smaudit.files.places import shown_path
from smaudit.files.save import not_written, save_new, save_over
from smaudit.files.signals import held_back
from smaudit.files.unchanged import ChangedError, digest, is_still

if TYPE_CHECKING:
    from types import TracebackType

    from smaudit.core.questionnaire import Questionnaire
    from smaudit.core.sheet import Sheet

_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_LONGEST_NAME_BYTES = 240
_HOLDER = re.compile(r"([0-9]{1,10}) ([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2})\n")
_HOLDER_BYTES = 100


class SheetLock:
    """Holds a sheet while in the `with` block, where the file system has locks.

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
                if is_still(self._path, handle):
                    self._write_holder(handle)
                    return handle
            except BaseException:
                os.close(handle)
                raise
            os.close(handle)

    def _write_holder(self, handle: int) -> None:
        try:
            _write_holder(handle)
        except OSError:
            # The disk is full, say: what is of no use to anybody does not stay behind.
            with contextlib.suppress(OSError):
                if os.fstat(handle).st_nlink == 1 and is_still(self._path, handle):
                    self._path.unlink()
            raise


class SheetFile:
    """The file of a sheet that is being answered: this session's alone, and never replaced unseen.

    Where something else is found in its place (it was edited, exchanged or removed meanwhile), that is left
    as it is, and the answers go on in a new file beside it. `moved` says so then; `path` is the new file.
    """

    def __init__(self, path: Path | None) -> None:
        """Take a file to go on with or to begin; without one it is named after company and date."""
        self.path = path
        self.sha256 = ""
        self.is_saved = True
        self.moved: Message | None = None
        # A link is followed once: what it leads to later is not what was opened.
        self._target = Path(os.path.realpath(path)) if path is not None else None
        # The SHA-256 of what the file may hold: what was read from it or written to it last.
        self._known: frozenset[str] = frozenset()
        self._lock: SheetLock | None = None

    def __enter__(self) -> Self:
        """Lock the file if it has a name. Raises SmauditError (exit 11) where another session has it open."""
        if self.path is not None:
            try:
                with held_back():
                    self._hold(self.path)
            except BaseException:
                # A signal that came meanwhile: what is not entered is not left either.
                self._let_go()
                raise
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the file."""
        with held_back():
            self._let_go()

    def load(self, questionnaire: Questionnaire) -> Sheet | None:
        """The sheet in the file, None where there is no file yet. Raises as `load_sheet` does."""
        if self.path is None or not self.path.exists():
            return None
        if not self.path.is_file():
            file = shown_path(self.path)
            raise NotReadable("error.not-a-file", "hint.not-a-file", file=file)
        with held_back():
            loaded = load_sheet(str(self.path), questionnaire)
        self.sha256, self._known = loaded.sha256, frozenset([loaded.sha256])
        return loaded

    def save(self, sheet: Sheet) -> Message | None:
        """Write the sheet, readable by its owner alone; say if it had to be written to another file.

        Raises SmauditError (exit 5) where that fails.
        """
        self.is_saved = False
        with held_back():
            data = sheet_bytes(sheet)
            new = hashlib.sha256(data).hexdigest()
            said = self._replace(data, new) if self._known else self._begin(sheet, data)
            self.sha256, self._known, self.is_saved = new, frozenset([new]), True
        return said

    def _replace(self, data: bytes, new: str) -> Message | None:
        target = self._target
        assert target is not None  # noqa: S101 - what was read or written has a name
        # From here on the file may hold the new bytes, also when this is interrupted.
        self._known |= {new}
        try:
            save_over(target, data, self._known)
        except ChangedError:
            # Its number goes up from the first name: after s-2.json comes s-3.json.
            stem = re.sub(r"-[0-9]+$", "", target.stem) if self.moved else target.stem
            return self._move(save_new(target.parent, stem, target.suffix, data, private=True, first=2))
        except CopyKept:
            # What is half written was written by us.
            self._known |= {digest(target)}
            raise
        return None

    def _begin(self, sheet: Sheet, data: bytes) -> Message | None:
        """Make the file, which nobody else may have made meanwhile."""
        wanted = self._target
        if wanted is None:
            stem = safe_stem(sheet.company.name or "", sheet.date or date.today().isoformat())  # noqa: DTZ011
            self._take(save_new(Path(), stem, ".json", data, private=True))
            return None
        new = save_new(wanted.parent, wanted.stem, wanted.suffix, data, private=True)
        return None if new == wanted else self._move(new)

    def _move(self, new: Path) -> Message:
        """Leave the file that is no longer ours for one beside it."""
        old = str(self.path)
        self._let_go()
        self._take(new)
        self.moved = Message("left.sheet-changed", {"file": old, "new": str(self.path)})
        return self.moved

    def _take(self, new: Path) -> None:
        """Have a new file of this session be the sheet's."""
        self._target = Path(os.path.realpath(new))
        here = self.path.parent if self.path is not None else Path()
        self.path = here / new.name if Path(os.path.realpath(here)) == self._target.parent else new
        # Nobody can have it open yet. Where that is not so, every save looks before it writes.
        with contextlib.suppress(SmauditError):
            self._hold(self._target)

    def _hold(self, path: Path) -> None:
        held = SheetLock(path)
        held.__enter__()
        self._lock = held

    def _let_go(self) -> None:
        if self._lock is not None:
            self._lock.__exit__(None, None, None)
            self._lock = None


def _lock_path(sheet: Path) -> Path:
    target = Path(os.path.realpath(sheet))
    name = target.name
    if len(os.fsencode(name)) > _LONGEST_NAME_BYTES:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()
    return target.with_name(f".{name}.lock")


def _lock(handle: int, sheet: Path) -> None:
    """Lock where the file system can: where not, what is saved is still looked at first (`SheetFile`)."""
    if lock(handle) == "taken":
        raise _open_elsewhere(handle, sheet)


def _write_holder(handle: int) -> None:
    found = os.fstat(handle)
    # Somebody may have linked a file of ours to this name, to have it emptied.
    if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
        raise OSError(errno.EPERM, "")
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, f"{os.getpid()} {time.strftime('%Y-%m-%d %H:%M')}\n".encode())


def _open_elsewhere(handle: int, sheet: Path) -> InUse:
    os.lseek(handle, 0, os.SEEK_SET)
    holder = _HOLDER.fullmatch(os.read(handle, _HOLDER_BYTES).decode("ascii", errors="replace"))
    file = shown_path(sheet)
    if not holder:
        return InUse("error.sheet-open-somewhere", "hint.sheet-open", file=file)
    return InUse("error.sheet-open", "hint.sheet-open", file=file, pid=int(holder[1]), since=holder[2])


def _release(handle: int, path: Path) -> None:
    """Remove the file while it is still held, so that nobody can be waiting with a lock on it."""
    with contextlib.suppress(OSError):
        if is_still(path, handle):
            path.unlink()
    os.close(handle)
