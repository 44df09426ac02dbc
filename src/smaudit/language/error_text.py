"""Errors and problems in words: what is wrong, each problem in a line with its place, and the way out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smaudit.errors import MOST_TOLD, Problem, Refused, SmauditError
from smaudit.language.direction import readable
from smaudit.language.phrases import Phrases


def told(error: SmauditError, phrases: Phrases) -> str:
    """An error as the lines that are shown for it."""
    lines = list(sentences(error, phrases))
    lines[0] = f"smaudit: {lines[0]}"
    if error.hint:
        lines.append(readable(phrases.said(error.hint), phrases.direction))
    return "\n".join(lines) + "\n"


def sentences(error: SmauditError, phrases: Phrases) -> Iterator[str]:
    """What is wrong, in a line; and a line for each problem of a file."""
    message = error.message
    if message.values.get("file") == "-":
        message = message._replace(values={**message.values, "file": phrases.text("note.standard-input")})
    yield readable(phrases.said(message), phrases.direction)
    if isinstance(error, Refused):
        yield from problem_lines(error.problems, phrases)


def problem_lines(problems: Sequence[Problem], phrases: Phrases) -> list[str]:
    """A line for each problem: where it is, what is wrong, and what is allowed there."""
    lines = ["  " + _problem(each, phrases) for each in problems[:MOST_TOLD]]
    if len(problems) > MOST_TOLD:
        lines.append("  " + phrases.shown("error.more", count=len(problems) - MOST_TOLD))
    return lines


def _problem(problem: Problem, phrases: Phrases) -> str:
    # A person counts list entries from one.
    place = phrases.text("error.within").join(
        str(part + 1 if isinstance(part, int) else part) for part in problem.place
    )
    line = phrases.shown("error.line", number=str(problem.line)) if problem.line else ""
    where = phrases.shown("error.place", place=place) if place else ""
    return line + where + readable(phrases.said(problem.message), phrases.direction)
