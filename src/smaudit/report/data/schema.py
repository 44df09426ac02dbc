"""The JSON Schema of a format: of a result from the annotations of its type, of a file from its model.

What a field of a model is for stands beneath it, and is read from there only when its schema is printed:
pydantic's own descriptions would cost every command a tenth of its time.
"""

from __future__ import annotations

import ast
import inspect
import sys
import types
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from smaudit.core.result import Range

if TYPE_CHECKING:
    from smaudit.core.fields import Model

_NAMES = {
    str: "string",
    bool: "boolean",
    int: "integer",
    Fraction: "number",
    float: "number",
    type(None): "null",
}
_MAPPING = ("additionalProperties", "object")


def schema_of_file(model: type[Model]) -> dict[str, Any]:
    """The schema of a file, with the texts that stand beneath the fields of its model and of the parts."""
    found = model.model_json_schema(by_alias=True)
    told = dict(_told(ast.parse(inspect.getsource(sys.modules[model.__module__]))))
    for name, record in {**found.get("$defs", {}), model.__name__: found}.items():
        fields = record["properties"]
        for field in fields:
            fields[field] = {"description": told[name, field], **fields[field]}
    return found


def _told(module: ast.Module) -> Iterator[tuple[tuple[str, str], str]]:
    """What stands beneath each field of the classes of a module, by class and field."""
    for record in module.body:
        for field, below in pairwise(record.body if isinstance(record, ast.ClassDef) else ()):
            match field, below:
                case (
                    ast.AnnAssign(target=ast.Name(id=name)),
                    ast.Expr(value=ast.Constant(value=str(text))),
                ) if isinstance(record, ast.ClassDef):
                    yield (record.name, name.rstrip("_")), text


def schema_of(result: type) -> dict[str, Any]:
    """The schema of a result's document, with the schemas of its parts beside it."""
    parts: dict[str, dict[str, Any]] = {}
    found = _record(result, parts)
    return {**found, "$defs": dict(sorted(parts.items()))} if parts else found


def _record(record: type, parts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """An object with all fields of a record, each required; more may be added under the same version."""
    fields = {
        name.rstrip("_"): _schema(hint, parts)
        for name, hint in get_type_hints(record, include_extras=True).items()
    }
    told = (record.__doc__ or "").partition("\n\n")[0]
    return {
        "title": record.__name__,
        "description": " ".join(told.split()),
        "type": "object",
        "properties": fields,
        "required": list(fields),
    }


def _schema(hint: Any, parts: dict[str, dict[str, Any]]) -> dict[str, Any]:  # noqa: ANN401 - any annotation
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _described(_schema(inner[0], parts), inner[1:])
    if origin is Literal:
        return {"const": inner[0]} if len(inner) == 1 else {"enum": list(inner)}
    if origin in {Union, types.UnionType}:
        return {"anyOf": [_schema(each, parts) for each in inner]}
    if origin in {tuple, Mapping}:
        name, kind, held = ("items", "array", inner[0]) if origin is tuple else (*_MAPPING, inner[1])
        return {"type": kind, name: _schema(held, parts)}
    if hint not in _NAMES and hint.__name__ not in parts:
        parts[hint.__name__] = _record(hint, parts)
    return {"type": _NAMES[hint]} if hint in _NAMES else {"$ref": f"#/$defs/{hint.__name__}"}


def _described(found: dict[str, Any], said: tuple[object, ...]) -> dict[str, Any]:
    for each in said:
        if isinstance(each, str):
            found = {"description": each, **found}
        elif isinstance(each, Range):
            ends = {"minimum": each.least, "maximum": each.most}
            found = {**found, **{name: end for name, end in ends.items() if end is not None}}
    return found
