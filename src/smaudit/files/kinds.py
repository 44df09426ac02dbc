"""What a file is, by the name it gives its own kind (`smaudit/sheet/1`), and what to say of a wrong one."""

from __future__ import annotations

import re

from smaudit.errors import Message, Problem, Refused
from smaudit.files.places import shown_path
from smaudit.files.read import is_json

_NAME = r"smaudit/([a-z-]+)/[0-9]"
_IN_JSON = re.compile(rf'(?<!\\)"schema"\s*:\s*"{_NAME}')
_IN_YAML = re.compile(rf"^[\"']?schema[\"']?\s*:\s*[\"']?{_NAME}", re.MULTILINE)
_WRONG = {
    "sheet": "problem.is-sheet",
    "questionnaire": "problem.is-questionnaire",
    "translation": "problem.is-translation",
    **dict.fromkeys(
        ("assessment", "plan", "what-if", "team", "comparison", "comparisons", "portfolio", "check"),
        "problem.is-result",
    ),
    **dict.fromkeys(
        ("portfolio-row", "portfolio-answer"),
        "problem.is-result",
    ),
}


def kinds_in(text: str) -> set[str]:
    """Every kind that a JSON or YAML text names, read or not, whole or broken."""
    return set((_IN_JSON if is_json(text) else _IN_YAML).findall(text))


def kind_of(content: object) -> str | None:
    """The kind that the values of a file name: `sheet`, `questionnaire`, `assessment` …; None for no name."""
    name = content.get("schema") if isinstance(content, dict) else None
    found = re.match(_NAME, name) if isinstance(name, str) else None
    return found[1] if found else None


def check_kind(kind: str | None, wanted: str, file: str) -> None:
    """Raise Refused for a file of another kind than is wanted, with the way to use it; None passes."""
    if kind != wanted and kind in _WRONG:
        raise Refused(shown_path(file), [Problem((), Message(_WRONG[kind]))], None)
