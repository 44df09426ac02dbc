"""The events of a YAML text, and one exception in place of the many the parser throws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml


class BrokenYamlError(Exception):
    """The text is not YAML that is read: a phrase that says how, and the line, from 1."""

    def __init__(self, phrase: str, line: int) -> None:
        super().__init__(phrase)
        self.phrase = phrase
        self.line = line


def events(text: str) -> Iterator[Any]:
    """Yield the parser's events as they are read; raise BrokenYamlError where the text breaks."""
    import yaml  # slow to import, and not needed for JSON

    event = None
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            yield event
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = min(mark.line + 1, text.count("\n") + 1) if mark else 1
        raise BrokenYamlError(_phrase(text, line, error.problem or ""), line) from None
    except yaml.reader.ReaderError as error:
        line = text.encode().count(b"\n", 0, error.position) + 1
        raise BrokenYamlError("problem.control-character", line) from None
    # Seen on damaged files: not every failure of the parser is a YAMLError.
    except (yaml.YAMLError, AttributeError, LookupError, ValueError, TypeError, RecursionError):
        raise BrokenYamlError("problem.yaml-syntax", line_in(event) if event else 1) from None


def line_in(event: yaml.Event) -> int:
    """Return the line, from 1, at which an event begins."""
    return event.start_mark.line + 1 if event.start_mark else 1


def _phrase(text: str, line: int, problem: str) -> str:
    """Tell the two most frequent mistakes, and the parser's own limit, from the rest."""
    lines = text.split("\n")
    here = lines[line - 1] if line <= len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return "problem.yaml-tab"
    if problem.startswith("mapping values are not allowed"):
        return "problem.yaml-colon"
    # libyaml from 0.2.6 on stops at a depth of 1,000, before our own limit sees an event.
    if problem == "exceeded maximum nesting depth":
        return "problem.too-deep"
    return "problem.yaml-syntax"
