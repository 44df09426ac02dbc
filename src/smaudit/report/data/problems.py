"""What `smaudit check` found, as data for scripts: every problem with its file, line, place and sentence."""

# Annotations are no strings here: the schema is read from them.

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal, NamedTuple

from smaudit import __version__
from smaudit.core.result import Count, plain
from smaudit.errors import Place, Problem, Refused, SmauditError
from smaudit.language import text
from smaudit.language.error_text import sentence
from smaudit.language.phrases import Phrases

Kind = Literal["sheet", "questionnaire", "translation"]
Level = Literal["error", "warning"]


class Checked(NamedTuple):
    """What was found in one file: what it is, why it is refused, and what may be left as it is."""

    file: str
    kind: Kind | None
    error: SmauditError | None = None
    warnings: tuple[Problem, ...] = ()


class FileFound(NamedTuple):
    """A file that was looked at."""

    file: Annotated[str, "Its name as it was given."]
    kind: Annotated[Kind | None, "What it is; null where that could not be told."]
    refused: Annotated[bool, "Whether it has an error, or could not be read."]


class ProblemFound(NamedTuple):
    """One thing that is wrong in a file."""

    file: Annotated[str, "The name of the file as it was given."]
    line: Annotated[Count | None, "Its line, from 1; null where it has none."]
    place: Annotated[tuple[str | int, ...], "Keys and positions, from 0, on the way to it."]
    key: Annotated[str, "The kind of problem."]
    level: Annotated[Level, "An error has the file refused, a warning has not."]
    message: Annotated[str, "What is wrong and what to do, in the language that was asked for."]


class Check(NamedTuple):
    """What is wrong in some files."""

    schema: Annotated[Literal["smaudit/check/1"], "The format."]
    smaudit: Annotated[str, "The version of the program."]
    files: Annotated[tuple[FileFound, ...], "Each file, in the order they were given."]
    problems: Annotated[tuple[ProblemFound, ...], "All that was found, file by file."]

    def to_dict(self) -> dict[str, Any]:
        """The JSON document `smaudit/check/1` as plain data."""
        found: dict[str, Any] = plain(self)
        return found


def found_in(checked: Iterable[Checked], phrases: Phrases) -> Check:
    """What was found in these files, in words of one language."""
    each = tuple(checked)
    files = tuple(FileFound(one.file, one.kind, one.error is not None) for one in each)
    problems = tuple(problem for one in each for problem in _problems(one, phrases))
    return Check("smaudit/check/1", __version__, files, problems)


def _problems(checked: Checked, phrases: Phrases) -> Iterator[ProblemFound]:
    error = checked.error
    if isinstance(error, Refused):
        for each in error.problems:
            yield _problem(checked.file, each, "error", phrases)
    elif error is not None:
        nowhere: Place = ()
        said = text.plain(sentence(error, phrases))
        yield ProblemFound(checked.file, None, nowhere, error.message.phrase, "error", said)
    for each in checked.warnings:
        yield _problem(checked.file, each, "warning", phrases)


def _problem(file: str, problem: Problem, level: Level, phrases: Phrases) -> ProblemFound:
    said = text.plain(phrases.said(problem.message))
    return ProblemFound(file, problem.line, problem.place, problem.message.phrase, level, said)
