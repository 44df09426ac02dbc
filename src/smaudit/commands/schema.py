"""`smaudit schema`: the JSON Schema of a file format."""

from __future__ import annotations

from typing import Annotated

import typer

from smaudit.commands.options import LanguageOption


def schema(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    lang: LanguageOption = None,  # noqa: ARG001 - read before the command begins
) -> None:
    """Print the JSON Schema of a file format."""
    from smaudit.files.load import as_json
    from smaudit.files.streams import put
    from smaudit.report.data.json import schema as of

    put(as_json(of(name)).decode())
