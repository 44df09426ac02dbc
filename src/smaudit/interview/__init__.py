"""The interview: asks a questionnaire on a terminal. Nothing outside this package uses questionary.

`open_prompter` imports it only where it is needed: the plain prompter does without.
"""

from __future__ import annotations

import os
import sys

from smaudit.core.route import complete
from smaudit.interview.counting import minutes, standing
from smaudit.interview.prompter import Prompter
from smaudit.interview.session import interview
from smaudit.language.phrases import Phrases

__all__ = ["Prompter", "complete", "interview", "minutes", "open_prompter", "standing"]

_DUMB = frozenset({"dumb", "unknown"})


def open_prompter(phrases: Phrases, *, plain: bool) -> Prompter:
    """The prompter for this terminal: with a pointer to move, or with numbered lines.

    Numbered lines are asked for by `plain` or SMAUDIT_PLAIN, and used where the terminal can do no more.
    """
    if not (plain or os.environ.get("SMAUDIT_PLAIN") or _is_simple()):
        from smaudit.interview.terminal.prompts import open_terminal

        terminal = open_terminal(phrases)
        if terminal is not None:
            return terminal
    from smaudit.interview.plain import PlainPrompter

    return PlainPrompter(phrases)


def _is_simple() -> bool:
    """Whether the terminal cannot move its cursor, or is none."""
    term = os.environ.get("TERM", "" if os.name == "posix" else "windows")
    return not term or term.lower() in _DUMB or not (sys.stdin.isatty() and sys.stderr.isatty())
