"""The entry point: `--version` without imports, signals, and every exit code."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code (`errors.Exit`)."""
    if sys.argv[1:] == ["--version"] and sys.stdout is not None and _version_printed():
        return
    from smaudit.commands import app
    from smaudit.files.streams import leave

    leave(app.main(sys.argv[1:]))


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
