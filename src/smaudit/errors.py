"""What can go wrong, as data: nothing here prints, and no sentence stands here.

An error names a phrase of `data/phrases.en.yaml` and the values that fill it, so that
it can be said in any language at the one place that shows errors.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from typing import ClassVar, NamedTuple

Place = tuple[str | int, ...]
"""Where in a file something stands: keys and positions from the top, e.g. `("answers", "training")`."""
MOST_TOLD = 20
"""So many problems of a file are told; the rest is counted."""


Value = str | int | tuple[str, ...]
"""What fills a phrase: text, a whole number, or names to be listed as each language lists them."""


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
    values: Mapping[str, Value] = {}


class Problem(NamedTuple):
    """One thing wrong in a file: where it is, and what is allowed there.

    `message` never carries an answer or a note: only names, rules and what is allowed.
    """

    place: Place
    message: Message
    line: int | None = None


class SmauditError(Exception):
    """Something a person can mend: a phrase for what is wrong, and one for the way out.

    A class for each family, to be caught by; `str()` is the sentence in English, for logs and traces. It can
    be pickled, and so comes back whole from another process.
    """

    exit_code: ClassVar[Exit] = Exit.BUG

    def __init__(self, phrase: str, hint: str | None = None, **values: Value) -> None:
        super().__init__(phrase)
        self.message = Message(phrase, values)
        self.hint = Message(hint, values) if hint else None

    def __str__(self) -> str:
        from smaudit.files.words import in_english

        return in_english(self)

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return _again, (type(self), self.args, vars(self))


def _again(kind: type[SmauditError], arguments: tuple[object, ...], found: dict[str, object]) -> SmauditError:
    """An error as it was pickled; the values of its phrases are no arguments that could be given again."""
    error = kind.__new__(kind, *arguments)
    vars(error).update(found)
    return error


class Usage(SmauditError):
    """What was asked for cannot be done: an option, a name, a format, or where the result should go."""

    exit_code = Exit.USAGE


class NotReadable(SmauditError):
    """A file, a pipe or standard input that cannot be read."""

    exit_code = Exit.USAGE


class NotFound(NotReadable):
    """There is no file of this name."""


class Refused(SmauditError):
    """A file that can be read and is not a valid sheet or questionnaire; carries every problem found."""

    exit_code = Exit.REFUSED

    def __init__(self, file: str, problems: Sequence[Problem], hint: str | None = "hint.refused") -> None:
        super().__init__("error.refused", hint, file=file, count=len(problems))
        self.problems = tuple(problems)


class TableRefused(Refused):
    """A table that can be read and cannot be scored: columns are missing, or hold something else."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        SmauditError.__init__(self, "error.table-refused", "hint.table-refused", count=len(problems))
        self.problems = tuple(problems)


class NotTogether(SmauditError):
    """Sheets that cannot be compared: of different companies, or one given twice."""

    exit_code = Exit.REFUSED


class NotWritten(SmauditError):
    """A file or standard output that could not be written."""

    exit_code = Exit.NOT_WRITTEN


class CopyKept(NotWritten):
    """A file that could not be written whole; all that it should hold is in a copy beside it."""


class InUse(SmauditError):
    """A sheet that another session has open."""

    exit_code = Exit.IN_USE


class Broken(SmauditError):
    """A bug of ours, a damaged installation, or a lack of memory."""


class Signalled(BaseException):
    """A signal asks the program to end; raised where it arrives, so that all is given back on the way."""

    def __init__(self, exit_code: Exit) -> None:
        super().__init__(exit_code.name)
        self.exit_code = exit_code
