"""Questionnaires, their translations and sheets from files to models, and sheets back to bytes."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from hashlib import sha256
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.questionnaire_data import written as plain_data
from smaudit.core.questionnaire_rules import read_questionnaire
from smaudit.core.sheet import Sheet, written
from smaudit.core.sheet_rules import read_sheet
from smaudit.errors import Message, Problem, Refused
from smaudit.files.json import DOUBTFUL, glance
from smaudit.files.kinds import check_kind, kind_of, kinds_in
from smaudit.files.limits import MOST_OF_A_QUESTIONNAIRE, MOST_OF_A_SHEET
from smaudit.files.lines import lines_of
from smaudit.files.places import data_path, shown_path
from smaudit.files.read import is_json, parse, read, text_of
from smaudit.language.codes import code_of, from_exact_to_broad

if TYPE_CHECKING:
    from smaudit.language.digits import Digits
    from smaudit.language.translation import Translation


def load_questionnaire(
    path: str | PathLike[str] | None = None, language: str | None = None, digits: Digits | None = None
) -> Questionnaire:
    """The questionnaire of a file, or the program's own; in a language if its translation stands beside it.

    For `pt-BR` the translation into `pt` serves where there is none nearer.
    `digits` are those that the numbers of a translation are written in; as they stand, if None.

    The hash is that of the file itself, whichever the language. Raises SmauditError (exit 2) where a file
    cannot be read, Refused (exit 3) with every problem in it, ValueError for a language that is no code.
    """
    file = _name(path) if path is not None else str(data_path("misconceptions.yaml"))
    code = code_of(language) if isinstance(language, str) else None
    if code is None and language is not None:
        message = f"A language is a code like en or pt-BR, not {language!r}."
        raise ValueError(message)
    loaded = questionnaire_from(read(file, MOST_OF_A_QUESTIONNAIRE), file)
    if path is not None and _is_changed(loaded):
        loaded = loaded.from_file(loaded.sha256, changed=True)
    beside = _translation_beside(file, code, loaded.language) if code is not None else None
    if beside is None:
        return loaded
    from smaudit.language.translation import in_digits, translated

    questionnaire = translated(loaded, load_translation(str(beside), loaded))
    return (in_digits(questionnaire, digits) if digits else questionnaire).from_file(
        loaded.sha256, changed=loaded.changed
    )


def _is_changed(questionnaire: Questionnaire) -> bool:
    """Whether a questionnaire bears the name of the built-in one, but asks or weighs something else."""
    original = load_questionnaire()
    named = (questionnaire.id, questionnaire.version) == (original.id, original.version)
    if not named or questionnaire.sha256 == original.sha256:
        return False
    if questionnaire.language != original.language:
        # What `smaudit questionnaire` prints in another language is no change.
        original = load_questionnaire(None, questionnaire.language)
    return plain_data(questionnaire) != plain_data(original)


def _translation_beside(file: str, code: str, original: str) -> Path | None:
    """The translation that serves a language, `own.pt-BR.yaml` or `own.pt.yaml`; None for the original."""
    for each in from_exact_to_broad(code) if file != "-" else ():
        beside = Path(file).with_suffix(f".{each}{Path(file).suffix}")
        if each == original or beside.is_file():
            return None if each == original else beside
    return None


def _name(source: str | PathLike[str]) -> str:
    if isinstance(source, str | PathLike):
        return os.fspath(source)
    message = f"A path is needed, as text or a Path, not {type(source).__name__}."
    raise TypeError(message)


def load_translation(path: str, questionnaire: Questionnaire) -> Translation:
    """The translation of a questionnaire in a file. Raises as `load_questionnaire` does."""
    return translation_from(read(path, MOST_OF_A_QUESTIONNAIRE), path, questionnaire)


def translation_from(data: bytes, file: str, questionnaire: Questionnaire) -> Translation:
    """The translation in the bytes of a file. Raises Refused with every problem in it."""
    return translation_in(Opened(data, file, parse(data, file)), questionnaire)


def questionnaire_from(data: bytes, file: str) -> Questionnaire:
    """The questionnaire in the bytes of a file. Raises Refused with every problem in it."""
    return questionnaire_in(Opened(data, file, parse(data, file)))


class Opened(NamedTuple):
    """A file that was read and parsed once: its bytes, the name to show, its plain values."""

    data: bytes
    file: str
    content: object

    @property
    def kind(self) -> str | None:
        """What the file calls itself: `sheet`, `questionnaire`, `translation` …; None where it does not."""
        return kind_of(self.content)


def translation_in(opened: Opened, questionnaire: Questionnaire) -> Translation:
    """The translation in a file that is open. Raises Refused with every problem in it."""
    from smaudit.language.translation import read_translation

    translation, problems = read_translation(opened.content, questionnaire)
    if problems or translation is None:
        raise refused(opened.file, opened.data, problems)
    return translation


def questionnaire_in(opened: Opened) -> Questionnaire:
    """The questionnaire in a file that is open. Raises Refused with every problem in it."""
    check_kind(opened.kind, "questionnaire", opened.file)
    questionnaire, problems = read_questionnaire(opened.content)
    if problems or questionnaire is None:
        raise refused(opened.file, opened.data, problems)
    return questionnaire.from_file(sha256(opened.data).hexdigest())


def sheet_in(opened: Opened, questionnaire: Questionnaire) -> Sheet:
    """The sheet in a file that is open. Raises Refused with every problem in it."""
    check_kind(opened.kind, "sheet", opened.file)
    found = read_sheet(opened.content, questionnaire)
    if found.problems or found.sheet is None:
        raise refused(opened.file, opened.data, found.problems)
    return found.sheet.from_file(sha256(opened.data).hexdigest(), found.gone)


def load_sheet(
    source: str | PathLike[str] | Mapping[str, Any], questionnaire: Questionnaire | None = None
) -> Sheet:
    """The sheet of a file (`-`: standard input), or one given as plain data, read against its questionnaire.

    Without one, the program's own. Raises SmauditError (exit 2) where the file cannot be read, Refused
    (exit 3) with every problem in it, TypeError for a source of another type.
    """
    asked = load_questionnaire() if questionnaire is None else questionnaire
    if not isinstance(asked, Questionnaire):
        message = f"A Questionnaire is needed, as it is loaded, not {type(asked).__name__}."
        raise TypeError(message)
    if isinstance(source, Mapping):
        found = read_sheet(dict(source), asked)
        if found.problems or found.sheet is None:
            raise Refused("{…}", found.problems)
        return found.sheet.from_file("", found.gone)
    file = _name(source)
    return sheet_from(read(file, MOST_OF_A_SHEET), file, asked)


def sheet_from(data: bytes, file: str, questionnaire: Questionnaire) -> Sheet:
    """The sheet in the bytes of a file. Raises Refused with every problem in it."""
    content = glance(data)
    if content is DOUBTFUL:
        check_json(data, file)
        content = parse(data, file)
    return sheet_in(Opened(data, file, content), questionnaire)


def check_json(data: bytes, file: str) -> None:
    """Raise Refused for the bytes of a sheet that are not meant to be JSON."""
    text = text_of(data, file)
    if not is_json(text):
        check_kind(min(kinds_in(text), default=None), "sheet", file)
        # YAML that was cut short is still YAML: a sheet of it could lose answers without a word.
        raise Refused(shown_path(file), [Problem((), Message("problem.sheet-is-json"))])


def sheet_bytes(sheet: Sheet) -> bytes:
    """The sheet as the bytes of its file. Raises UnicodeEncodeError for text that is no Unicode."""
    return as_json(written(sheet))


def as_json(data: object) -> bytes:
    """Plain data as the bytes of a JSON file."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=2, default=_number)
    return _NUMBER.sub(r"\1", text).encode() + b"\n"


# What no text can hold, half a surrogate pair, stands around a number on its way through the encoder.
_NUMBER = re.compile('"\ud800([-+.E0-9]+)\ud800"')


def _number(number: object) -> str:
    """A number of a field we do not know, kept digit for digit: a float would round it."""
    if isinstance(number, Decimal):
        return f"\ud800{number}\ud800"
    raise TypeError


def refused(file: str, data: bytes, problems: Iterable[Problem], hint: str = "hint.refused") -> Refused:
    """The refusal of a file, with the line of each problem."""
    line = lines_of(data).line
    found = [each._replace(line=each.line or line(each.place)) for each in problems]
    return Refused(shown_path(file), found, hint)
