"""The check command: every problem of a file, found by the same readers that the other commands use."""

from __future__ import annotations

from pathlib import Path

from smaudit.files.lines import lines_of
from smaudit.files.load import (
    MOST_OF_A_QUESTIONNAIRE,
    is_questionnaire,
    is_translation,
    load_questionnaire,
    questionnaire_from,
    refused,
    sheet_from,
    translation_from,
)
from smaudit.files.places import shown_path
from smaudit.files.read import check_stdin, read
from smaudit.files.streams import put, tell
from smaudit.files.words import load_phrases
from smaudit.language.error_text import problem_lines
from smaudit.language.translation import gaps
from smaudit.lint.rules import lint


def check(file: str, questionnaire: str | None, *, language: str | None, quiet: bool) -> None:
    """Say ok, or raise Refused (exit 3) with every problem of the sheet, questionnaire or translation."""
    check_stdin({"FILE": file, "--questionnaire": questionnaire})
    data = read(file, MOST_OF_A_QUESTIONNAIRE)
    if is_translation(data, file):
        _check_translation(data, file, questionnaire)
    elif is_questionnaire(data, file):
        _check_questionnaire(data, file, language=language, quiet=quiet)
    else:
        sheet_from(data, file, load_questionnaire(questionnaire))
    if not quiet:
        put(load_phrases(language).text("check.ok") + "\n")


def _check_translation(data: bytes, file: str, questionnaire: str | None) -> None:
    """Raise Refused for every text that is missing, stale or superfluous."""
    original = load_questionnaire(questionnaire or _original(file))
    found = gaps(original, translation_from(data, file, original))
    if found:
        raise refused(file, data, found, "hint.translation")


def _original(file: str) -> str | None:
    """What a translation stands beside: `own.yaml` for `own.ar.yaml`; None for the built-in questionnaire."""
    path = Path(file)
    beside = path.with_name(Path(path.stem).stem + path.suffix)
    return str(beside) if beside != path and beside.is_file() else None


def _check_questionnaire(data: bytes, file: str, *, language: str | None, quiet: bool) -> None:
    """Tell every warning. Raises Refused for what makes scores undefined, or the content poor."""
    findings = lint(questionnaire_from(data, file))
    line = lines_of(data).line
    warnings = [each.problem._replace(line=line(each.problem.place)) for each in findings if each.warning]
    if warnings and not quiet:
        phrases = load_phrases(language)
        heading = phrases.shown("lint.warnings", file=shown_path(file), count=len(warnings))
        tell("\n".join([heading, *problem_lines(warnings, phrases)]) + "\n", phrases.direction)
    errors = [each.problem for each in findings if not each.warning]
    if errors:
        raise refused(file, data, errors)
