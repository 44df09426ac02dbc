"""What a script reads: any result as JSON text, and the JSON Schema of every file format.

A result is its own document (`core/result.py`); so is its schema, made from the very types.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from smaudit.errors import Usage

if TYPE_CHECKING:
    from smaudit.core.compare_many import Comparisons
    from smaudit.core.compare_result import Comparison
    from smaudit.core.portfolio import Portfolio
    from smaudit.core.result import Assessment, Plan, WhatIf
    from smaudit.core.team_result import Team
    from smaudit.report.data.problems import Check

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def dumped(result: Assessment | Plan | WhatIf | Team | Comparison | Comparisons | Portfolio | Check) -> str:
    """A result as JSON text with a line end; characters that a terminal would obey are escaped."""
    text = json.dumps(result.to_dict(), ensure_ascii=False, allow_nan=False, indent=2)
    return escaped(text) + "\n"


def escaped(text: str) -> str:
    """JSON text in which the characters that a terminal would obey are escaped."""
    return _UNSEEN.sub(_escaped, text)


_UNSEEN = re.compile(r"[^\n\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u05ff\u0620-\u06dc\u4e00-\u9fff]")


def _escaped(match: re.Match[str]) -> str:
    character = match.group()
    if unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}:
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a format. Raises SmauditError (exit 2) for an unknown name."""
    if name not in SCHEMAS:
        raise Usage("error.unknown-schema", name=name, allowed=(*SCHEMAS, *TABLES))
    return {"$schema": _DRAFT, "$id": f"urn:smaudit:{name}:1", **_schema(name)}


def _schema(name: str) -> Mapping[str, Any]:
    from importlib import import_module

    from smaudit.report.data.schema import schema_of, schema_of_file

    module, record = _HOMES[name]
    found = getattr(import_module(module), record)
    return schema_of_file(found) if name in {"sheet", "questionnaire"} else schema_of(found)


_HOMES = {
    "sheet": ("smaudit.core.sheet", "Sheet"),
    "assessment": ("smaudit.core.result", "Assessment"),
    "questionnaire": ("smaudit.core.questionnaire", "Questionnaire"),
    "plan": ("smaudit.core.result", "Plan"),
    "what-if": ("smaudit.core.result", "WhatIf"),
    "team": ("smaudit.core.team_result", "Team"),
    "comparison": ("smaudit.core.compare_result", "Comparison"),
    "comparisons": ("smaudit.core.compare_many", "Comparisons"),
    "portfolio": ("smaudit.core.portfolio", "Portfolio"),
    "portfolio-row": ("smaudit.core.portfolio_row", "SheetRow"),
    "portfolio-answer": ("smaudit.core.portfolio_answers", "AnswerRow"),
    "check": ("smaudit.report.data.problems", "Check"),
}
"""The module and the type of each: only the one that is asked for is imported."""
SCHEMAS = tuple(_HOMES)
TABLES = ("portfolio-table",)
"""What describes the columns of a table, as a Frictionless Table Schema."""
