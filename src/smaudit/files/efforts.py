"""A company's own efforts from a file: a JSON object of question ids and whole numbers."""

from __future__ import annotations

from collections.abc import Mapping

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.sheet_rules import read_efforts
from smaudit.errors import Message, Problem, Refused
from smaudit.files.limits import MOST_OF_A_SHEET
from smaudit.files.load import refused
from smaudit.files.places import shown_path
from smaudit.files.read import is_json, parse, read, text_of


def load_efforts(path: str, questionnaire: Questionnaire) -> Mapping[str, int]:
    """The effort, 1 or more, of each step of a question, by question id.

    Raises SmauditError (exit 2) where the file cannot be read, Refused (exit 3) with every problem in it.
    """
    data = read(path, MOST_OF_A_SHEET)
    if not is_json(text_of(data, path)):
        raise Refused(shown_path(path), [Problem((), Message("problem.efforts-are-json"))], "hint.efforts")
    found = read_efforts(parse(data, path), questionnaire)
    if found.problems or found.sheet is None:
        raise refused(path, data, found.problems, "hint.efforts")
    return found.sheet.efforts
