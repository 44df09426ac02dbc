"""What a report is about."""

from typing import NamedTuple

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.result import Assessment
from smaudit.core.sheet import Sheet, anonymous


class Subject(NamedTuple):
    """What a report is about: a sheet, the questionnaire it was read with, and its assessment."""

    questionnaire: Questionnaire
    sheet: Sheet
    assessment: Assessment

    def anonymous(self) -> "Subject":
        """The same without names, notes, evidence and the hash of the sheet."""
        return self._replace(sheet=anonymous(self.sheet), assessment=self.assessment.anonymous())
