"""Long text in a terminal through a pager, as git does: `$PAGER`, else `less`, which ends if all fits."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys

from smaudit.files.streams import put


def page(text: str) -> None:
    """Show a text: through a pager on a terminal, else on standard output. Raises as `put` does."""
    pager = _pager() if sys.stdout is not None and sys.stdout.isatty() else []
    if not pager or not _paged(pager, text):
        put(text)


def _pager() -> list[str]:
    """The pager's command; empty where there is none."""
    try:
        wanted = shlex.split(os.environ.get("PAGER", "less"))
    except ValueError:
        return []
    return wanted if wanted and wanted != ["cat"] and shutil.which(wanted[0]) else []


def _paged(pager: list[str], text: str) -> bool:
    """Whether the pager has shown it. Ctrl-C is the pager's own while it runs."""
    surroundings = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        # The pager is the user's own, and gets nothing but the text.
        done = subprocess.run(pager, input=text.encode(), env=surroundings, check=False)  # noqa: S603
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    return done.returncode == 0
