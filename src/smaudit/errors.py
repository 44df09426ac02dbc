"""What can go wrong, as data: nothing here prints, and no sentence stands here.

An error names a phrase of `data/phrases.yaml` and the values that fill it, so that
it can be said in any language at the one place that shows errors.
"""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

Place = tuple[str | int, ...]
"""Where in a file something stands: keys and positions from the top, e.g. `("answers", "training")`."""
MOST_TOLD = 20
"""So many problems of a file are told; the rest is counted."""


class Exit(IntEnum):
    """The exit codes of the command line; each has one meaning."""

    DONE = 0
    BELOW = 1
    USAGE = 2
    REFUSED = 3
    NOT_WRITTEN = 5
    IN_USE = 11
    BUG = 70
    HANGUP = 129
    INTERRUPTED = 130
    TERMINATED = 143
    BROKEN_PIPE = 141


class Message(NamedTuple):
    """A phrase by its key (`error.not-found`) and the values that fill it."""

    phrase: str
    values: Mapping[str, str | int] = {}


class Problem(NamedTuple):
    """One thing wrong in a file: where it is, and what is allowed there.

    `message` never carries an answer or a note: only names, rules and what is allowed.
    """

    place: Place
    message: Message
    line: int | None = None


class SmauditError(Exception):
    """Something a person can mend: a phrase for what is wrong, one for the way out, an exit code."""

    def __init__(self, phrase: str, exit_code: Exit, hint: str | None = None, **values: str | int) -> None:
        super().__init__(phrase)
        self.message = Message(phrase, values)
        self.hint = Message(hint, values) if hint else None
        self.exit_code = exit_code


class Refused(SmauditError):  # noqa: N818 - what happened to the file
    """A file that can be read and is not a valid sheet or questionnaire; carries every problem found."""

    def __init__(self, file: str, problems: Sequence[Problem], hint: str | None = "hint.refused") -> None:
        super().__init__("error.refused", Exit.REFUSED, hint, file=file, count=len(problems))
        self.problems = tuple(problems)


class Signalled(BaseException):
    """A signal asks the program to end; raised where it arrives, so that all is given back on the way."""

    def __init__(self, exit_code: Exit) -> None:
        super().__init__(exit_code.name)
        self.exit_code = exit_code
