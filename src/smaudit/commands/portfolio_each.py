"""One report a sheet, of many: what is up to date is skipped, and nothing that is not ours is replaced."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from smaudit import __version__
from smaudit.errors import NotWritten, SmauditError

if TYPE_CHECKING:
    from smaudit.commands.portfolio_rows import Made
    from smaudit.commands.run import Run
    from smaudit.core.questionnaire import Questionnaire
    from smaudit.report.draw.formats import Format

_LIST = ".smaudit-reports.jsonl"
"""What was written here and from what, a line a report: so that it is known again, also after a kill."""


class Each:
    """The reports that go into a folder."""

    def __init__(
        self,
        run: Run,
        folder: str,
        format_: Format,
        questionnaire: str | None,
        *,
        by_sheet: bool,
        anonymous: bool,
    ) -> None:
        """Begin; the folder is made where it is missing. Raises SmauditError (exit 5) where it cannot be."""
        self._run, self._folder, self._format, self._file = run, Path(folder), format_, questionnaire
        self._by_sheet, self._anonymous = by_sheet, anonymous
        self._words: dict[str | None, tuple[Run, Questionnaire]] = {}
        self._taken: set[str] = set()
        self.written = self.skipped = self.failed = 0
        _made(self._folder)
        self._known = dict(_lines(self._folder / _LIST))

    def write(self, made: Made, data: bytes) -> None:
        """Write the report of a sheet, unless the one that is there was made from the same."""
        if made.subject is None:
            return
        name = self._name(made)
        path, stamp = self._folder / name, self._stamp(made, data)
        if self._known.get(name) == stamp and path.is_file():
            self.skipped += 1
            return
        try:
            self._save(path, name, self._drawn(made), stamp)
        except SmauditError as error:
            from smaudit.language.error_text import error_lines

            self.failed += 1
            self._run.tell_lines(error_lines(error, self._run.phrases))
        else:
            self.written += 1

    def _name(self, made: Made) -> str:
        """The name of a report: that of its sheet, with a number where two would be called the same."""
        row = Path(made.shown.rpartition(":")[0] or made.shown) if made.line else Path(made.shown)
        stem = f"{row.stem}-{made.line}" if made.line else row.stem
        stem = "sheets" + stem if stem.startswith("-") else stem
        name, number = f"{stem}{self._format.ending}", 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{stem}-{number}{self._format.ending}"
        self._taken.add(name.casefold())
        return name

    def _stamp(self, made: Made, data: bytes) -> str:
        """What a report was made from: the sheet, the questionnaire, the program and what was asked of it."""
        run, words = self._in_words(made)
        parts = (__version__, words.sha256, run.phrases.language, run.digits, self._format.name)
        asked = json.dumps([*map(str, parts), self._anonymous, made.row.depth])
        return sha256(asked.encode() + sha256(data).digest()).hexdigest()

    def _in_words(self, made: Made) -> tuple[Run, Questionnaire]:
        """The run and the questionnaire in the language of a report, else in that of the run."""
        language = made.row.language if self._by_sheet else None
        if language not in self._words:
            run = replace(self._run, lang=language) if language else self._run
            try:
                _ = run.phrases
            except SmauditError:
                run = self._run
            self._words[language] = run, run.questionnaire(self._file)
        return self._words[language]

    def _drawn(self, made: Made) -> bytes:
        from smaudit.report.results import Report

        run, words = self._in_words(made)
        if made.subject is None:
            raise TypeError(made)
        subject = made.subject._replace(questionnaire=words)
        report = Report(subject.anonymous() if self._anonymous else subject)
        surface = run.surface._replace(is_file=True, is_screen=False, colour=False)
        drawn = self._format.draw(report, run.phrases if self._format.in_words else None, surface)
        return drawn if isinstance(drawn, bytes) else drawn.encode()

    def _save(self, path: Path, name: str, drawn: bytes, stamp: str) -> None:
        """Write a report. Raises NotWritten (exit 5), also where a file stands there that is not ours."""
        from smaudit.files.outputs import write
        from smaudit.files.save import not_written

        if name not in self._known and path.exists():
            same = False
            with suppress(OSError):
                same = path.read_bytes() == drawn
            if not same:
                raise NotWritten("error.exists", "hint.exists", file=str(path))
        else:
            write(drawn, str(path))
        self._known[name] = stamp
        try:
            with (self._folder / _LIST).open("a", encoding="utf-8") as file:
                file.write(json.dumps([name, stamp]) + "\n")
        except OSError as error:
            raise not_written(self._folder / _LIST, error) from error

    def tell(self) -> None:
        """Say how many were written, were up to date, and failed."""
        self._run.tell("note.reports", count=self.written, folder=str(self._folder))
        if self.skipped:
            self._run.tell("note.reports-skipped", count=self.skipped)


def _made(folder: Path) -> None:
    from smaudit.files.save import not_written

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(folder / "report", error) from error


def _lines(path: Path) -> list[tuple[str, str]]:
    """The reports that were written before; a line that was cut off counts for nothing."""
    found: list[tuple[str, str]] = []
    with suppress(OSError, UnicodeDecodeError):
        for line in path.read_text("utf-8").splitlines():
            with suppress(ValueError, TypeError):
                name, stamp = json.loads(line)
                found.append((str(name), str(stamp)))
    return found
