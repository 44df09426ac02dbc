"""Plain data as YAML that this program, and every other, reads as the same data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from smaudit.core.questionnaire_data import Number
from smaudit.files.yaml import END, ENDS_WITH

_COLUMNS = 110


class _Writer(yaml.SafeDumper):
    """Blocks throughout, lists under their key; nothing is an alias, because readers here refuse them."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - as PyYAML has it
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, indentless=False)


def _plain(writer: _Writer, number: Number) -> yaml.Node:
    """A number without quotes; `1/3` needs none either."""
    tag = "tag:yaml.org,2002:float" if "." in number else "tag:yaml.org,2002:str"
    return writer.represent_scalar(tag, str(number))


_Writer.add_representer(Number, _plain)


def as_yaml(data: Mapping[str, Any]) -> str:
    """The data as a YAML file that announces its last line, so that a copy that was cut off is noticed."""
    marked = {"schema": data["schema"], ENDS_WITH: END, **data}
    text: str = yaml.dump(marked, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=_COLUMNS)
    return f"{text}{END}\n"
