"""What a report is about."""

from typing import NamedTuple

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.result import Assessment
from smaudit.core.sheet import Sheet
from smaudit.core.sheet import anonymous as without_names


class Subject(NamedTuple):
    """What a report is about: a sheet with its assessment, and hashes by which anyone can score it again."""

    questionnaire: Questionnaire
    sheet: Sheet
    assessment: Assessment
    questionnaire_sha256: str
    sheet_sha256: str | None
    gone: tuple[str, ...] = ()

    def anonymous(self) -> "Subject":
        """The same without names, notes and evidence, and without the hash that leads back to the file."""
        return self._replace(sheet=without_names(self.sheet), sheet_sha256=None)
