"""Errors and problems in words: what is wrong, each problem in a line with its place, and the way out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smaudit.errors import MOST_TOLD, Problem, Refused, SmauditError
from smaudit.language.direction import readable
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line

MOST_LINES = 8
"""On so many lines a kind of problem is shown to be; the rest is counted."""


def told(error: SmauditError, phrases: Phrases) -> str:
    """An error as the lines that are shown for it, and the way out."""
    lines = error_lines(error, phrases)
    if error.hint:
        lines.append(readable(phrases.said(error.hint), phrases.direction))
    return "\n".join(lines) + "\n"


def error_lines(error: SmauditError, phrases: Phrases, *, whole: bool = False) -> list[str]:
    """An error as the lines that are shown for it; `whole` has every problem among them, however many."""
    first, *rest = sentences(error, phrases, whole=whole)
    return [f"smaudit: {first}", *rest]


def sentences(error: SmauditError, phrases: Phrases, *, whole: bool = False) -> Iterator[str]:
    """What is wrong, in a line; and a line for each problem of a file."""
    yield readable(sentence(error, phrases), phrases.direction)
    if isinstance(error, Refused):
        yield from problem_lines(error.problems, phrases, whole=whole)


def sentence(error: SmauditError, phrases: Phrases) -> Line:
    """What is wrong."""
    message = error.message
    if message.values.get("file") == "-":
        message = message._replace(values={**message.values, "file": phrases.text("note.standard-input")})
    return phrases.said(message)


def problem_lines(problems: Sequence[Problem], phrases: Phrases, *, whole: bool = False) -> list[str]:
    """A line for each problem: where it is, what is wrong, and what is allowed there."""
    told = problems if whole else problems[:MOST_TOLD]
    lines = ["  " + _problem(each, phrases, phrases.said(each.message)) for each in told]
    if len(problems) > len(told):
        lines.append("  " + phrases.shown("error.more", count=len(problems) - len(told)))
    return lines


def kind_lines(problems: Sequence[Problem], phrases: Phrases) -> list[str]:
    """A line for each kind of problem: the first in full, and on which lines the others are."""
    kinds: dict[str, list[Problem]] = {}
    for each in problems:
        kinds.setdefault(each.message.phrase, []).append(each)
    return [
        "  " + _problem(first, phrases, _and_others(first, rest, phrases)) for first, *rest in kinds.values()
    ]


def _and_others(first: Problem, rest: Sequence[Problem], phrases: Phrases) -> Line:
    said = phrases.said(first.message)
    if not rest:
        return said
    lines = tuple(dict.fromkeys(str(each.line) for each in rest))[:MOST_LINES]
    phrase = "check.alike" if len(rest) <= MOST_LINES else "check.alike-many"
    return phrases.line(phrase, said=said, count=len(rest), lines=lines)


def first_problem(problem: Problem, phrases: Phrases) -> Line:
    """One problem of a file in words, with its place and without its line."""
    said = phrases.said(problem.message)
    place = _place(problem, phrases)
    return (*phrases.line("error.place", place=place), *said) if place else said


def _place(problem: Problem, phrases: Phrases) -> str:
    # A person counts list entries from one.
    return phrases.text("error.within").join(
        str(part + 1 if isinstance(part, int) else part) for part in problem.place
    )


def _problem(problem: Problem, phrases: Phrases, said: Line) -> str:
    place = _place(problem, phrases)
    line = phrases.shown("error.line", number=str(problem.line)) if problem.line else ""
    where = phrases.shown("error.place", place=place) if place else ""
    return line + where + readable(said, phrases.direction)
