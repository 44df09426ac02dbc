"""Long text in a terminal through a pager, as git does: `$PAGER`, else `less`, which ends if all fits."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from contextlib import suppress

from smaudit.files.signals import raising
from smaudit.files.streams import fitting, put


def page(text: str) -> None:
    """Show a text: through a pager on a terminal, else on standard output. Raises as `put` does.

    Raises Signalled where a signal ends the program meanwhile; the pager has then been ended too.
    """
    pager = _pager() if sys.stdout is not None and sys.stdout.isatty() else []
    if not pager or not _paged(pager, text):
        put(text)


def _pager() -> list[str]:
    """The pager's command; empty where there is none, and for one that only copies."""
    try:
        wanted = shlex.split(os.environ.get("PAGER", "less"))
    except ValueError:
        return []
    return wanted if wanted and wanted != ["cat"] and shutil.which(wanted[0]) else []


def _paged(pager: list[str], text: str) -> bool:
    """Whether the pager could be started; what becomes of the text then is its own affair."""
    surroundings = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    shown = fitting(text, sys.stdout).encode(sys.stdout.encoding or "utf-8", "replace")
    try:
        # The pager is the user's own, and gets nothing but the text.
        running = subprocess.Popen(pager, stdin=subprocess.PIPE, env=surroundings)  # noqa: S603
    except OSError:
        return False
    # Ctrl-C is the pager's own while it runs.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        # It may be left before it has read everything.
        with raising("SIGTERM", "SIGHUP"), suppress(BrokenPipeError):
            running.communicate(shown)
    except BaseException:
        # Asked, so that it gives the terminal back as it was.
        running.terminate()
        running.wait()
        raise
    finally:
        signal.signal(signal.SIGINT, before)
    return True
