"""The check command: every problem of a file, found by the same readers that the other commands use."""

from __future__ import annotations

from smaudit.files.loading import (
    MOST_OF_A_QUESTIONNAIRE,
    is_questionnaire,
    load_phrases,
    load_questionnaire,
    questionnaire_from,
    refused,
    sheet_from,
)
from smaudit.files.locating import lines_of
from smaudit.files.places import shown_path
from smaudit.files.reading import read
from smaudit.linter import lint
from smaudit.output import put, tell
from smaudit.telling import problem_lines


def check(file: str, questionnaire: str | None, *, language: str | None, quiet: bool) -> None:
    """Say ok, or raise Refused (exit 3) with every problem of the sheet or questionnaire."""
    data = read(file, MOST_OF_A_QUESTIONNAIRE)
    if is_questionnaire(data, file):
        _check_questionnaire(data, file, language=language, quiet=quiet)
    else:
        sheet_from(data, file, load_questionnaire(questionnaire).questionnaire)
    if not quiet:
        put(load_phrases(language).text("check.ok") + "\n")


def _check_questionnaire(data: bytes, file: str, *, language: str | None, quiet: bool) -> None:
    """Tell every warning. Raises Refused for what makes scores undefined, or the content poor."""
    findings = lint(questionnaire_from(data, file).questionnaire)
    line = lines_of(data).line
    warnings = [each.problem._replace(line=line(each.problem.place)) for each in findings if each.warning]
    if warnings and not quiet:
        phrases = load_phrases(language)
        heading = phrases.text("lint.warnings", file=shown_path(file), count=len(warnings))
        tell("\n".join([heading, *problem_lines(warnings, phrases)]) + "\n")
    errors = [each.problem for each in findings if not each.warning]
    if errors:
        raise refused(file, data, errors)
