"""Whether a file still is what it was when it was last read or written."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from smaudit.files.flock import lock

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    # Else a FIFO in its place would be waited for.
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_NO_FILE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EMLINK, errno.ENXIO)
"""What opening answers where there is no ordinary file: nothing, a link, a socket."""
_TRIES, _PAUSE_SECONDS = 50, 0.01
"""Whoever else has locked the file itself is waited for half a second, and then no longer."""
_PIECE = 1 << 16


class ChangedError(Exception):
    """The file is no longer what it was: it was edited, exchanged or removed."""


@contextlib.contextmanager
def unchanged(path: Path, known: Collection[str]) -> Iterator[None]:
    """While in the block, the path leads to an ordinary file, no link, whose SHA-256 is one of these.

    Its bytes are compared, not its times: what was only touched has not changed, and what was edited within
    one tick of the clock has. Other sessions wait meanwhile, where the file system has locks. Raises
    ChangedError where it is anything else, OSError where it cannot be read.
    """
    with _opened(path) as handle:
        for _ in range(_TRIES):
            if lock(handle) != "taken":
                break
            time.sleep(_PAUSE_SECONDS)
        # Looked at after the waiting: whoever had it may have put another file in its place.
        if not is_still(path, handle) or _digest(handle) not in known:
            raise ChangedError
        yield


def digest(path: Path) -> str:
    """The SHA-256 of an ordinary file. Raises as `unchanged` does."""
    with _opened(path) as handle:
        return _digest(handle)


def is_still(path: Path, handle: int) -> bool:
    """Whether the path still leads to this open file."""
    try:
        return os.path.samestat(os.lstat(path), os.fstat(handle))
    except FileNotFoundError:
        return False


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    try:
        handle = os.open(path, _FLAGS)
    except OSError as error:
        if error.errno in _NO_FILE:
            raise ChangedError from error
        raise
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise ChangedError
        yield handle
    finally:
        os.close(handle)


def _digest(handle: int) -> str:
    found = hashlib.sha256()
    while piece := os.read(handle, _PIECE):
        found.update(piece)
    return found.hexdigest()
