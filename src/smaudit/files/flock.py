"""The system's own locks on files, which it lets go of even after kill -9; not every file system has them."""

from __future__ import annotations

import errno
from typing import Literal

try:
    import fcntl
except ImportError:  # a system without them
    fcntl = None  # type: ignore[assignment]

Lock = Literal["held", "taken", "none"]
_TAKEN = (errno.EWOULDBLOCK, errno.EACCES)


def lock(handle: int) -> Lock:
    """Lock an open file without waiting: `held` by us, `taken` by others, `none` where there are no locks."""
    if fcntl is None:
        return "none"
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Network and user-space file systems refuse with ENOTSUP, ENOLCK, ENOSYS, EINVAL or EBADF.
        return "taken" if error.errno in _TAKEN else "none"
    return "held"
