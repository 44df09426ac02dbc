"""The entry point: `--version` without imports, signals, and every exit code."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code (`errors.Exit`)."""
    if sys.argv[1:] == ["--version"] and sys.stdout is not None and _version_printed():
        return
    _prepare()
    from smaudit.commands import app
    from smaudit.files.streams import leave

    leave(app.main(sys.argv[1:]))


def _prepare() -> None:
    """Set up the process; what is called from Python keeps the settings of its caller."""
    import gc
    import signal

    # Ctrl-C ends the process itself, so that a shell stops its loop; where it is ignored it stays so.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    # Start-up makes many objects and hardly any rubbish; looking for it every 700 objects costs a tenth.
    gc.set_threshold(50_000)


def _version_printed() -> bool:
    """Print the version, the one result that pays for no import; False where it cannot be written."""
    from smaudit import __version__

    try:
        print(f"smaudit {__version__}", flush=True)  # noqa: T201 - as above
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
