"""How an interview ends: the result on one screen, what can be done with it, and where everything is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from smaudit.commands.report import reported
from smaudit.errors import SmauditError
from smaudit.report.draw.formats import FORMATS, format_for

if TYPE_CHECKING:
    from smaudit.commands.run import Run
    from smaudit.core.subject import Subject
    from smaudit.interview import Prompter

_ENDINGS = {"html": ".html", "pdf": ".pdf", "markdown": ".md"}


@dataclass
class Ending:
    """The end of one interview: what was found, the file of the answers, and the commands that go on.

    saved  the reports that were saved, in order
    """

    subject: Subject
    sheet: str
    change: str
    next: str
    run: Run
    saved: list[str] = field(default_factory=list)

    def show(self) -> None:
        """Print the first page of the report, and where the answers are."""
        self.run.deliver(self.run.drawn(reported(self.subject, short=True), FORMATS[0]))
        self.run.tell_lines(["", *self._answers()])

    def offer(self, prompter: Prompter) -> None:
        """Offer what can be done with the result until nothing more is wanted."""
        from smaudit.files.pager import page
        from smaudit.interview.offer import offer

        chosen = ""
        while chosen != "done":
            chosen = offer(prompter, self.run.phrases, opens=self._page is not None and _opens())
            if chosen in _ENDINGS:
                self._save(prompter, _ENDINGS[chosen])
            elif chosen == "open":
                _open(str(self._page))
            elif chosen == "read":
                page(str(self.run.drawn(reported(self.subject), FORMATS[0])))
            elif chosen == "plan":
                page(_plan(self.subject, self.run))

    def save(self, file: str) -> None:
        """Write the report to the file that was named beforehand; its ending decides the format."""
        chosen, to_file = format_for(None, file, "report"), replace(self.run, output=file, colour="never")
        to_file.deliver(to_file.drawn(reported(self.subject), chosen))
        self.saved.append(file)

    @contextmanager
    def told(self) -> Iterator[None]:
        """Say at the end, however it comes, where each file is and what can come next."""
        try:
            yield
        finally:
            words = self.run.phrases
            reports = [words.shown("ended.report", file=each) for each in self.saved]
            after = words.shown("ended.next", command=self.next)
            self.run.tell_lines(["", *self._answers(), *reports, after])

    @property
    def _page(self) -> str | None:
        """The last page that was saved."""
        return next((each for each in reversed(self.saved) if each.lower().endswith(".html")), None)

    def _answers(self) -> list[str]:
        """Where the answers are and how to change them: in one line where that is room for."""
        from smaudit.files.streams import width

        words = self.run.phrases
        file, change = (
            words.shown("ended.answers", file=self.sheet),
            words.shown("ended.change", command=self.change),
        )
        together = f"{file}   {change}"
        return [together] if len(together) <= width() else [file, change]

    def _save(self, prompter: Prompter, ending: str) -> None:
        """Ask for a name and save a report under it; where that fails, say why and ask again with it."""
        from smaudit.files.names import safe_stem
        from smaudit.files.save import free_name
        from smaudit.interview.offer import ask_name

        sheet = self.subject.sheet
        name: str | None = free_name(safe_stem(sheet.company.name or "", sheet.date or ""), ending)
        while (name := ask_name(prompter, self.run.phrases, str(name))) is not None:
            try:
                self.saved.append(self._save_new(name))
            except SmauditError as error:
                self.run.tell_message(error.message)
            else:
                return

    def _save_new(self, typed: str) -> str:
        """Save a report under a name that is not taken. Raises SmauditError (exit 2 and 5)."""
        from smaudit.files.outputs import write_new

        try:
            file = str(Path(typed).expanduser())
        except RuntimeError:
            # There is nobody of that name here: it is the name of a file.
            file = typed
        chosen = format_for(None, file, "report")
        to_file = replace(self.run, output=file, colour="never")
        write_new(to_file.drawn(reported(self.subject), chosen), file)
        self.run.tell("note.saved", file=file)
        return file


def _plan(subject: Subject, run: Run) -> str:
    """The steps in order, as `smaudit plan` prints them."""
    from smaudit.planning import roadmap
    from smaudit.report.results import Planned

    found = roadmap(subject.questionnaire, subject.sheet, subject.assessment)
    return str(run.drawn(Planned(subject, found), FORMATS[0]))


def _opens() -> bool:
    """Whether this system can show a page: it has a browser, and a screen to show it on."""
    import webbrowser

    needs_screen = os.name == "posix" and sys.platform != "darwin"
    if needs_screen and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))):
        return False
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


def _open(file: str) -> None:
    import webbrowser

    webbrowser.open(Path(file).resolve().as_uri())
