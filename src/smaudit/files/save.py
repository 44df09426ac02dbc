"""Writing a file so that it is the old one or the whole new one, whatever happens in between."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import re
import stat
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from smaudit.errors import CopyKept, NotWritten, SmauditError
from smaudit.files.places import shown_path
from smaudit.files.signals import held_back
from smaudit.files.unchanged import unchanged

_NEW = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_PRIVATE = 0o600
_ORDINARY = 0o666
_STREAMS = ("/dev/stdout", "/dev/stderr")
_STREAM_FOLDERS = ("/dev/fd/", "/proc/self/fd/")

_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0)
_PATIENCE_SECONDS, _PAUSE_SECONDS = 1, 0.02

_TEMP = re.compile(r"\.smaudit-[0-9a-f]{8}\.tmp")
_STRAY_AFTER_SECONDS = 24 * 60 * 60

FAILURES = {
    errno.ENOENT: "folder-missing",
    errno.ENOTDIR: "folder-missing",
    errno.EISDIR: "target-is-folder",
    errno.ENXIO: "nobody-reads",
    errno.EACCES: "write-denied",
    errno.EPERM: "write-denied",
    errno.EROFS: "disk-read-only",
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
    errno.EFBIG: "disk-full",
    errno.ENAMETOOLONG: "name-too-long",
}


def save(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file at once: until the last step the old one stands, after it the new one.

    A link is followed, and the file it names replaced. A new file is readable by its owner only if
    `private`; an existing one keeps its mode. A device or a FIFO is written straight. Raises
    SmauditError (exit 5), and BrokenPipeError when a FIFO's reader has gone.
    """
    try:
        if is_stream(path):
            _append(path, data)
        else:
            _replace(Path(os.path.realpath(path)), data, private=private)
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        raise not_written(path, error) from error


def save_over(path: Path, data: bytes, known: Collection[str]) -> None:
    """Replace a file that still is what it was: an ordinary one, no link, whose SHA-256 is one of `known`.

    Its mode is kept. Raises ChangedError where it is anything else, SmauditError (exit 5) where that fails.
    """
    try:
        with unchanged(path, known):
            pass
        # Once more in the last moment, when the new bytes are on the disk: that takes longest.
        _replace(path, data, private=True, guard=lambda: unchanged(path, known))
    except (OSError, ValueError) as error:
        raise not_written(path, error) from error


def save_new(
    folder: Path, stem: str, suffix: str, data: bytes, *, private: bool = False, first: int = 1
) -> Path:
    """Write a file that was not there before and return its path; never overwrites, follows no link.

    Tries `stem.md`, `stem-2.md`, `stem-3.md` for the suffix `.md`, from the number `first` on. Raises
    SmauditError (exit 5).
    """
    for path in _names(folder, stem, suffix, first):
        with contextlib.suppress(FileExistsError):
            _fill_new(path, data, private=private)
            return path
    raise AssertionError


def save_as(path: Path, data: bytes) -> None:
    """Write a file under a name that is not taken yet. Raises SmauditError (exit 5), also where it is."""
    try:
        _fill_new(path, data, private=False)
    except FileExistsError:
        raise NotWritten("error.exists", "hint.exists", file=shown_path(path)) from None


@held_back()
def save_all_new(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write many private files that were not there, each under its name when all are on the disk.

    One wait for the disk serves all of them. Never overwrites. Raises SmauditError (exit 5), also where there
    is a file of a name; those before it stay.
    """
    waiting: dict[str, Path] = {}
    name = ""
    try:
        for name, data in files.items():
            temp = folder / f".smaudit-{os.urandom(4).hex()}.tmp"
            handle = os.open(temp, _NEW, _PRIVATE)
            waiting[name] = temp
            try:
                write_all(handle, data)
            finally:
                os.close(handle)
        if hasattr(os, "sync"):
            os.sync()
        for name, temp in waiting.items():
            _name(temp, folder / name)
        _sync_folder(folder)
    except (OSError, ValueError) as error:
        raise not_written(folder / name, error) from error
    finally:
        for temp in waiting.values():
            with contextlib.suppress(OSError):
                temp.unlink()


def _name(temp: Path, path: Path) -> None:
    """Give a file a further name. Raises SmauditError (exit 5) where there is one of that name."""
    try:
        os.link(temp, path)
    except FileExistsError:
        raise NotWritten("error.exists", "hint.exists", file=shown_path(path)) from None
    except OSError:
        # A file system without links.
        _fill_new(path, temp.read_bytes(), private=True)


def free_name(stem: str, suffix: str) -> str:
    """A name that no file here has yet: `stem.md`, else `stem-2.md` and so on."""
    return next(str(each) for each in _names(Path(), stem, suffix, 1) if not os.path.lexists(each))


def _names(folder: Path, stem: str, suffix: str, first: int) -> Iterator[Path]:
    for number in itertools.count(first):
        yield folder / (f"{stem}{suffix}" if number == 1 else f"{stem}-{number}{suffix}")


@held_back()
def _fill_new(path: Path, data: bytes, *, private: bool) -> None:
    """Make a file and fill it. Raises FileExistsError where there is one, SmauditError (exit 5)."""
    try:
        os.close(os.open(path, _NEW, _PRIVATE if private else _ORDINARY))
    except FileExistsError:
        raise
    except (OSError, ValueError) as error:
        raise not_written(path, error) from error
    # The name is ours from here on, so that filling it may replace it.
    try:
        save(path, data, private=private)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def sweep(folder: Path) -> None:
    """Remove the temporary files that killed saves of this user left behind more than a day ago."""
    oldest = time.time() - _STRAY_AFTER_SECONDS
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _TEMP.fullmatch(entry.name) and _is_own_stray(entry.stat(follow_symlinks=False), oldest):
                with contextlib.suppress(OSError):
                    Path(entry.path).unlink()


def not_written(path: Path, error: OSError | ValueError) -> SmauditError:
    """Return what to tell about a failure to write `path` (exit 5)."""
    code = error.errno if isinstance(error, OSError) else None
    name = FAILURES.get(code or 0, "not-written")
    return NotWritten(
        f"error.{name}",
        f"hint.{name}",
        file=shown_path(path),
        folder=shown_path(_plain(path.parent)),
        code=errno.errorcode.get(code or 0, "?"),
    )


def _plain(folder: Path) -> Path:
    """A folder by a name that says which one it is, where it is only a dot or two."""
    return folder if folder.name.strip(".") else Path(os.path.abspath(folder))  # noqa: PTH100 - links stay


def _is_own_stray(found: os.stat_result, oldest: float) -> bool:
    is_own = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    return is_own and stat.S_ISREG(found.st_mode) and found.st_mtime < oldest


def is_stream(path: Path) -> bool:
    """Whether the path leads to something that bytes are sent to, and that must not be renamed over."""
    name = os.path.abspath(path)  # noqa: PTH100  # a link must not be followed here
    # Behind these may be a file that the shell opened to append to.
    if name in _STREAMS or name.startswith(_STREAM_FOLDERS):
        return True
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "")
    return not stat.S_ISREG(mode)


def _append(path: Path, data: bytes) -> None:
    handle = _opened_to_append(path)
    try:
        write_all(handle, data)
    finally:
        os.close(handle)


def _opened_to_append(path: Path) -> int:
    """Open a device, or a pipe whose reader gets a moment to open it. Raises OSError (ENXIO) without one."""
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            handle = os.open(path, os.O_WRONLY | os.O_APPEND | _WITHOUT_WAITING)
        except OSError as error:
            if error.errno != errno.ENXIO or time.monotonic() > give_up:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            os.set_blocking(handle, True)
            return handle


@held_back()
def _replace(
    target: Path,
    data: bytes,
    *,
    private: bool,
    guard: Callable[[], AbstractContextManager[None]] = contextlib.nullcontext,
) -> None:
    temp, handle = begun_beside(target, private=private)
    try:
        try:
            _write_whole(handle, data)
        finally:
            os.close(handle)
        with guard():
            take_place(temp, target)
    except BaseException:
        temp.unlink(missing_ok=True)
        raise


def begun_beside(target: Path, *, private: bool = False) -> tuple[Path, int]:
    """A new temporary file beside the one it will take the place of, and its handle, open for writing.

    Raises NotWritten (exit 5) where the old one may not be written, OSError where none can be made.
    """
    old = _old(target)
    # Short, because the target's own name may be as long as a name can be.
    temp = target.with_name(f".smaudit-{os.urandom(4).hex()}.tmp")
    return temp, os.open(temp, _NEW, _PRIVATE if private or old else _ORDINARY)


def take_place(temp: Path, target: Path) -> None:
    """Put a file that is written and closed in place of another, or where there is none.

    Owner and mode stay those of the old one. Raises OSError, SmauditError (exit 5).
    """
    old = _old(target)
    if old:
        _take_owner_and_mode(temp, old)
    if _rename(temp, target):
        _sync_folder(target.parent)
    else:
        _overwrite(target, temp.read_bytes(), temp)


def _old(target: Path) -> os.stat_result | None:
    """The file that is there already. Raises NotWritten (exit 5) where it may not be written."""
    old = target.stat() if target.exists() else None
    # The bits are asked as well, because everything is permitted to root.
    if old and not (old.st_mode & 0o222 and os.access(target, os.W_OK)):
        raise NotWritten("error.file-read-only", "hint.file-read-only", file=shown_path(target))
    return old


def _take_owner_and_mode(temp: Path, old: os.stat_result) -> None:
    """As far as the file system has them: one that knows no owners and modes refuses to change any."""
    # Who saves as root for somebody must not take the file away from them.
    with contextlib.suppress(OSError, AttributeError):
        os.chown(temp, old.st_uid, old.st_gid)
    with contextlib.suppress(OSError):
        temp.chmod(old.st_mode & 0o777)


def _rename(temp: Path, target: Path) -> bool:
    """Put the new file in place of the old. False when the old one cannot be moved: a mount of its own."""
    try:
        temp.replace(target)
    except OSError as error:
        if error.errno == errno.EBUSY:
            return False
        raise
    return True


def _overwrite(target: Path, data: bytes, temp: Path) -> None:
    """Write into a file that cannot be replaced, with a whole copy beside it until that is done.

    The copy has a name that `sweep` leaves alone, since it may be all there is after a crash.
    """
    copy = target.with_name(f"smaudit-copy-{temp.stem[-8:]}{target.suffix}")
    temp.rename(copy)
    _sync_folder(copy.parent)
    try:
        handle = os.open(target, os.O_WRONLY | getattr(os, "O_BINARY", 0))
        try:
            write_all(handle, data)
            os.ftruncate(handle, len(data))
            sync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise CopyKept(
            "error.copy-kept",
            "hint.copy-kept",
            file=shown_path(target),
            copy=shown_path(copy),
        ) from error
    with contextlib.suppress(OSError):
        copy.unlink()


def _write_whole(handle: int, data: bytes) -> None:
    write_all(handle, data)
    if os.fstat(handle).st_size != len(data):
        raise OSError(errno.EIO, "")
    sync(handle)


def write_all(handle: int, data: bytes) -> None:
    """Write all of the data to an open file. Raises OSError."""
    rest = memoryview(data)
    while rest:
        written = os.write(handle, rest)
        if not written:
            raise OSError(errno.EIO, "")
        rest = rest[written:]


def sync(handle: int) -> None:
    """Wait until the bytes are on the disk, on file systems that can tell."""
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL):
            raise


def _sync_folder(folder: Path) -> None:
    """Have the new name outlive a power cut where the system can; the file itself is written by now."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
