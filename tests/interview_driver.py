"""Runs an interview in a terminal of its own for the tests: `interview_driver.py SHEET [--plain]`."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

from interview_support import PHRASES, small_questionnaire

from smaudit.core.sheet import Sheet, written
from smaudit.core.sheet_rules import read_sheet
from smaudit.errors import Exit, Signalled
from smaudit.interview import interview, open_prompter
from smaudit.interview.offer import ask_name, offer


def main() -> int:
    """Ask, save after every answer, and say on stdout how it ended."""

    def leave(number: int, _: object) -> None:
        raise Signalled(Exit(128 + number))

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGHUP, leave)
    file, questionnaire = Path(sys.argv[1]), small_questionnaire()
    sheet = Sheet()
    if file.exists():
        sheet = read_sheet(json.loads(file.read_text("utf-8")), questionnaire).sheet or sheet

    def save(changed: Sheet) -> None:
        file.write_text(json.dumps(written(changed)), "utf-8")

    prompter = open_prompter(PHRASES, plain="--plain" in sys.argv)
    try:
        interview(questionnaire, sheet, PHRASES, prompter, save=save, today="2026-11-23")
        name = ask_name(prompter, PHRASES, f"harbour.{offer(prompter, PHRASES, opens=False)}")
    except KeyboardInterrupt:
        ended, code = "interrupted", 130
    except EOFError:
        ended, code = "end of input", 130
    except Signalled as signalled:
        ended, code = signalled.exit_code.name, int(signalled.exit_code)
    else:
        ended, code = f"saved as {name}", 0
    sys.stdout.write(f"ENDED: {ended}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
