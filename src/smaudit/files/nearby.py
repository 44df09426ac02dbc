"""The sheets of a folder: for who comes back and does not remember the name of the file."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from smaudit.errors import SmauditError
from smaudit.files.kinds import kinds_in
from smaudit.files.limits import MOST_OF_A_SHEET
from smaudit.files.load import sheet_from
from smaudit.files.read import read

if TYPE_CHECKING:
    from smaudit.core.questionnaire import Questionnaire
    from smaudit.core.sheet import Sheet

_MOST_READ = 200
"""So many files of a folder are looked into, the latest first: a folder of thousands has no short answer."""
_ALIKE = 0.75


class Nearby(NamedTuple):
    """A sheet of a folder, and the day on which it was written last."""

    path: Path
    sheet: Sheet
    day: dt.date


def sheets_in(folder: Path, questionnaire: Questionnaire) -> tuple[Nearby, ...]:
    """The sheets of a folder that can be read with this questionnaire, the latest first."""
    return tuple(_read(folder, questionnaire))


def near(path: Path) -> Path | None:
    """The sheet beside a path that is not there whose name is most like it; None where none is close."""
    from difflib import get_close_matches

    with contextlib.suppress(OSError, ValueError):
        stems = {each.stem: each.name for each in _candidates(path.parent)}
        for stem in get_close_matches(path.stem, stems, cutoff=_ALIKE):
            with contextlib.suppress(SmauditError):
                found = path.with_name(stems[stem])
                if "sheet" in kinds_in(read(str(found), MOST_OF_A_SHEET).decode("utf-8", "replace")):
                    return found
    return None


def _read(folder: Path, questionnaire: Questionnaire) -> Iterator[Nearby]:
    for path in _candidates(folder):
        # Whatever else lies in the folder is nobody's business here.
        with contextlib.suppress(SmauditError, OSError):
            data = read(str(path), MOST_OF_A_SHEET)
            if "sheet" in kinds_in(data.decode("utf-8", "replace")):
                written = dt.date.fromtimestamp(path.stat().st_mtime)  # noqa: DTZ012 - the day where one is
                yield Nearby(path, sheet_from(data, str(path), questionnaire), written)


def _candidates(folder: Path) -> list[Path]:
    """The latest JSON files of a folder that are no larger than a sheet may be."""
    found = []
    with contextlib.suppress(OSError):
        for path in folder.glob("*.json"):
            with contextlib.suppress(OSError):
                seen = path.stat()
                if path.is_file() and seen.st_size <= MOST_OF_A_SHEET:
                    found.append((-seen.st_mtime, path.name, path))
    return [path for _, _, path in sorted(found)[:_MOST_READ]]
