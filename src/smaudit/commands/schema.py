"""`smaudit schema`: the JSON Schema of a file format."""

from __future__ import annotations

from typing import Annotated

import typer

from smaudit.commands.options import LanguageOption, QuestionnaireOption


def schema(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    lang: LanguageOption = None,  # noqa: ARG001 - read before the command begins
    questionnaire: QuestionnaireOption = None,
) -> None:
    """Print the JSON Schema of a file format, or the Table Schema of a portfolio's columns."""
    from smaudit.files.load import as_json
    from smaudit.files.streams import put
    from smaudit.report.data.json import TABLES
    from smaudit.report.data.json import schema as of

    if name not in TABLES:
        put(as_json(of(name)).decode())
        return
    from smaudit.files.load import load_questionnaire
    from smaudit.report.data.portfolio import table_schema

    put(as_json(table_schema(load_questionnaire(questionnaire))).decode())
