"""The entry point: `--version` without imports, signals, and every exit code."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code (`errors.Exit`)."""
    if sys.argv[1:] == ["--version"]:
        from smaudit import __version__

        print(f"smaudit {__version__}")  # noqa: T201 - the one result that pays for no import
        return
    from smaudit.output import leave
    from smaudit.running import run

    leave(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
