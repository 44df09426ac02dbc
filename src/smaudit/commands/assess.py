"""The assess command: interview in a terminal, saved after every answer; else the report at once."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from smaudit.commands.report import format_for, rendered, subject_of, write_report
from smaudit.core.scoring import assess as scored
from smaudit.core.sheet import Sheet
from smaudit.core.subject import Subject
from smaudit.errors import Exit, SmauditError
from smaudit.files.load import load_questionnaire
from smaudit.files.names import safe_stem
from smaudit.files.outputs import check_output
from smaudit.files.read import check_stdin
from smaudit.files.save import sweep
from smaudit.files.session import SheetFile
from smaudit.files.streams import put, surface_for, tell
from smaudit.files.words import load_phrases, shown_language
from smaudit.language.direction import readable
from smaudit.language.phrases import Phrases

if TYPE_CHECKING:
    from smaudit.core.questionnaire import Depth, Questionnaire
    from smaudit.interview import Prompter


def assess(  # noqa: PLR0913 - one parameter an option of the command
    sheet: str | None,
    *,
    depth: str | None,
    language: str | None,
    questionnaire: str | None,
    report: str | None,
    plain: bool,
    no_input: bool,
    colour: str,
    quiet: bool,
) -> None:
    """Go on with a sheet, or begin one, and report it. Raises SmauditError as the other commands do."""
    if report is not None:
        format_for(None, report)
        check_output(report, (sheet, questionnaire))
    check_stdin({"SHEET": sheet, "--questionnaire": questionnaire})
    from smaudit.interview import complete

    asked = load_questionnaire(questionnaire, shown_language(language))
    may_ask = not no_input and _has_terminal()
    if sheet == "-" or (sheet is not None and (Path(sheet).exists() or not may_ask)):
        subject = subject_of(sheet, asked)
        if not may_ask or sheet == "-" or complete(asked, subject.sheet):
            _report(subject, report, language=language, colour=colour, quiet=quiet)
            return
    elif not may_ask:
        raise SmauditError("error.no-terminal", Exit.USAGE, "hint.no-terminal")
    _ask(sheet, asked, depth, report, language=language, numbered=plain, colour=colour, quiet=quiet)


def _has_terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _report(subject: Subject, report: str | None, *, language: str | None, colour: str, quiet: bool) -> None:
    put(rendered(subject, "text", language, surface_for(colour)))
    if report is not None:
        write_report(subject, None, report, language=language, anonymous=False, colour="never", quiet=quiet)


def _ask(  # noqa: PLR0913 - one call, from assess
    sheet: str | None,
    questionnaire: Questionnaire,
    depth: str | None,
    report: str | None,
    *,
    language: str | None,
    numbered: bool,
    colour: str,
    quiet: bool,
) -> None:
    from smaudit.interview import interview, open_prompter

    phrases = load_phrases(language)
    with SheetFile(Path(sheet) if sheet is not None else None) as file, _way_on(file, phrases, language):
        # Read again under the lock: another session may have gone on with it until now.
        begun = file.load(questionnaire)
        if file.path is not None:
            sweep(file.path.parent)
        start = begun or Sheet()
        if depth is not None:
            start = start.with_depth(cast("Depth", depth))
        prompter = open_prompter(phrases, plain=numbered)
        today = date.today().isoformat()  # noqa: DTZ011 - the day where the respondent is
        answered = interview(questionnaire, start, phrases, prompter, save=file.save, today=today)
        answered = answered.from_file(file.sha256, start.gone)
        subject = Subject(questionnaire, answered, scored(questionnaire, answered))
    _report(subject, report, language=language, colour=colour, quiet=quiet)
    _say_moved(file, phrases)
    if report is None:
        _offer(subject, prompter, phrases, language)


@contextmanager
def _way_on(file: SheetFile, phrases: Phrases, language: str | None) -> Iterator[None]:
    """Say how to go on where the interview is left before its end."""
    try:
        yield
    except SmauditError:
        raise
    except BaseException:
        _say_moved(file, phrases)
        if file.path is None:
            tell("\n" + phrases.text("left.nothing-saved") + "\n", phrases.direction)
        else:
            name = str(file.path)
            command = ["smaudit", "assess", f"./{name}" if name.startswith("-") else name]
            command += ["--lang", language] if language else []
            phrase = "left.saved" if file.is_saved else "left.last-not-saved"
            tell("\n" + phrases.text(phrase, command=shlex.join(command)) + "\n", phrases.direction)
        raise


def _say_moved(file: SheetFile, phrases: Phrases) -> None:
    """Say once more, at the end, that the answers are not in the file that was opened."""
    if file.moved is not None:
        tell("\n" + readable(phrases.said(file.moved), phrases.direction) + "\n", phrases.direction)


def _offer(subject: Subject, prompter: Prompter, phrases: Phrases, language: str | None) -> None:
    """At the foot of the report: save one to share, under a free name or another one."""
    from smaudit.interview import offer_to_save
    from smaudit.report.tell.overview import in_short

    summary = readable(in_short(subject, phrases), phrases.direction)
    sheet = subject.sheet
    name = free_name(safe_stem(sheet.company.name or "", sheet.date or ""), ".md")
    while (chosen := offer_to_save(prompter, phrases, name, summary)) is not None:
        try:
            _save_new_report(subject, chosen, language)
        except SmauditError as error:
            tell(readable(phrases.said(error.message), phrases.direction) + "\n", phrases.direction)
        else:
            return


def _save_new_report(subject: Subject, file: str, language: str | None) -> None:
    """Save a report under a name that is not taken. Raises SmauditError (exit 5) where it is."""
    if os.path.lexists(file):
        raise SmauditError("error.exists", Exit.NOT_WRITTEN, "hint.exists", file=file)
    write_report(subject, None, file, language=language, anonymous=False, colour="never", quiet=False)


def free_name(stem: str, suffix: str) -> str:
    """A name that no file here has yet: `stem.md`, else `stem-2.md` and so on."""
    name, number = stem + suffix, 2
    while os.path.lexists(name):
        name, number = f"{stem}-{number}{suffix}", number + 1
    return name
