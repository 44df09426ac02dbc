"""Keeps every answer on disk, and the interview going where the disk does not play along."""

from __future__ import annotations

from collections.abc import Callable

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.route import has_depths
from smaudit.core.sheet import Made, Sheet, written
from smaudit.core.sheet_rules import read_sheet
from smaudit.errors import Message, SmauditError
from smaudit.interview.prompter import Paragraph, Prompter
from smaudit.interview.prompts import PromptWords
from smaudit.language.phrases import Phrases

Save = Callable[[Sheet], Message | None]
"""Writes a sheet; gives what there is to say about where. Raises SmauditError where it cannot be written."""


def begun(questionnaire: Questionnaire, sheet: Sheet, phrases: Phrases, today: str) -> Sheet:
    """The sheet with what is known before the first prompt.

    A sheet with answers that only an earlier version of the questionnaire knew stays one of that version:
    they could not be read again otherwise.
    """
    depth = sheet.depth
    if depth is None and not has_depths(questionnaire):
        depth = "quick" if questionnaire.at("quick") else "full"
    date = sheet.date or today
    made = Made(id=questionnaire.id, version=questionnaire.version)
    current = sheet.begun(made, date, phrases.language, depth)
    if not read_sheet(written(current), questionnaire).problems:
        return current
    return sheet.begun(sheet.questionnaire or made, date, phrases.language, depth)


class Keeper:
    """Saves a sheet after each answer, from the company's name on: the file is named after it."""

    def __init__(self, words: PromptWords, prompter: Prompter, save: Save) -> None:
        self._words = words
        self._prompter = prompter
        self._save = save
        self._unsaved: Sheet | None = None
        self._failed: SmauditError | None = None

    def keep(self, sheet: Sheet) -> None:
        """Save the sheet; where that fails, say why and keep it for the next try."""
        if not sheet.company.name:
            return
        try:
            said = self._save(sheet)
        except SmauditError as error:
            self._say(error)
            self._failed, self._unsaved = error, sheet
        else:
            if said is not None:
                self._prompter.say([Paragraph(), Paragraph(self._words.said(said), "strong")])
            if self._failed:
                self._prompter.say([Paragraph(self._words.text("interview.saved-again"))])
            self._failed = self._unsaved = None

    def try_again(self) -> None:
        """Try once more on the way out of an interview; why it failed has been said before."""
        try:
            self.finish()
        except SmauditError:
            return

    def finish(self) -> None:
        """Save what could not be saved so far. Raises SmauditError where it still cannot."""
        if self._unsaved is not None:
            self._save(self._unsaved)

    def _say(self, error: SmauditError) -> None:
        """Say what keeps the answer from being saved; once for the same reason."""
        if self._failed and self._failed.message == error.message:
            return
        said = [error.message, *([error.hint] if error.hint else [])]
        lines = [Paragraph(self._words.said(message), "strong") for message in said]
        self._prompter.say([Paragraph(), *lines, Paragraph(self._words.text("interview.not-saved"))])
