"""The JSON Schema of every file format, from the very types that read and write them."""

from __future__ import annotations

from typing import Any

from smaudit.errors import Exit, SmauditError

NAMES = ("sheet", "assessment", "questionnaire", "plan", "what-if")


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a format. Raises SmauditError (exit 2) for an unknown name."""
    found = _schema(name)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def _schema(name: str) -> dict[str, Any]:
    from pydantic import TypeAdapter

    if name == "sheet":
        from smaudit.core.sheet import Sheet

        return Sheet.model_json_schema(by_alias=True)
    if name == "questionnaire":
        from smaudit.core.questionnaire import Questionnaire

        return Questionnaire.model_json_schema(by_alias=True)
    if name == "assessment":
        from smaudit.report.data.shapes import AssessmentDocument

        return TypeAdapter(AssessmentDocument).json_schema()
    if name == "plan":
        from smaudit.report.data.shapes import PlanDocument

        return TypeAdapter(PlanDocument).json_schema()
    if name == "what-if":
        from smaudit.report.data.shapes import WhatIfDocument

        return TypeAdapter(WhatIfDocument).json_schema()
    raise SmauditError("error.unknown-schema", Exit.USAGE, name=name, allowed=", ".join(NAMES))
