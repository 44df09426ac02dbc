"""`smaudit team --settle SHEET`: what was disputed is agreed on in a terminal, and saved as a sheet."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from smaudit.errors import SmauditError, Usage

if TYPE_CHECKING:
    from smaudit.commands.run import Run
    from smaudit.core.questionnaire import Questionnaire
    from smaudit.core.sheet import Sheet
    from smaudit.files.session import SheetFile


def check_settling(file: str, others: Iterable[str | None]) -> None:
    """Raise SmauditError (exit 2) without a terminal, and where the file is one of those that are read."""
    from smaudit.files.outputs import check_apart

    check_apart(file, others)
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr)):
        raise Usage("error.no-terminal")


def settled(
    name: str,
    questionnaire: Questionnaire,
    sheets: Sequence[Sheet],
    run: Run,
    *,
    plain: bool,
    anonymous: bool,
) -> Sheet:
    """Have what is disputed settled, saving after every agreement; give the sheet that was agreed on.

    Raises SmauditError: exit 2 where the file is somebody's own sheet, exit 11 where it is open elsewhere.
    """
    from datetime import date

    from smaudit.core.team_agreed import agreement
    from smaudit.files.places import shown_path
    from smaudit.files.session import SheetFile
    from smaudit.files.signals import held_back, raising
    from smaudit.interview import open_prompter
    from smaudit.interview.settling import settle

    with raising(), SheetFile(Path(name)) as file, _way_on(file, run):
        earlier = file.load(questionnaire)
        if earlier is not None and not earlier.settled:
            raise Usage("error.not-an-agreement", "hint.not-an-agreement", file=shown_path(name))
        today = date.today().isoformat()  # noqa: DTZ011 - the day where they meet
        with held_back():
            start = agreement(questionnaire, sheets, earlier, run.phrases.language, today)
        found = settle(
            questionnaire,
            sheets,
            start,
            run.phrases,
            open_prompter(run.phrases, plain=plain),
            save=file.save,
            anonymous=anonymous,
        )
    if file.sha256:
        run.tell("note.saved", file=str(file.path))
    else:
        run.tell("left.nothing-settled")
    return found.from_file(file.sha256, found.gone)


@contextmanager
def _way_on(file: SheetFile, run: Run) -> Iterator[None]:
    """Say how to go on where the settling is left before its end."""
    try:
        yield
    except SmauditError:
        raise
    except BaseException:
        # A new file may have a name before it is there.
        left = run.phrases.text("left.settled", file=str(file.path)) if file.sha256 else ""
        run.tell_lines(["", left or run.phrases.text("left.nothing-settled")])
        raise
