"""What a report is about."""

from typing import NamedTuple

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.result import Assessment
from smaudit.core.sheet import Sheet


class Subject(NamedTuple):
    """What a report is about: a sheet with its assessment, and hashes by which anyone can score it again."""

    questionnaire: Questionnaire
    sheet: Sheet
    assessment: Assessment
    questionnaire_sha256: str
    sheet_sha256: str
    gone: tuple[str, ...] = ()
