"""Which phrases the code names, and what each call fills in: read from the syntax tree, nothing is run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

GAP = re.compile(r"\{([a-z_]+)\}")
SPEAKING = frozenset({"line", "text", "shown", "say", "tell", "words", "_words"})
"""They take a key and, by keyword, what fills the phrase."""

ERRORS = frozenset({"Usage", "NotReadable", "NotFound", "NotWritten", "CopyKept", "InUse", "Broken"}) | {
    "NotTogether"
}
"""They take a key, one for the way out, and by keyword what fills both."""
PASSED = frozenset({"key", "phrase", "hint"})
"""The names of parameters that are a key."""
_FILES = (".css", ".j2", ".js", ".typ", ".yaml")
"""Names of files look like keys, but for their endings."""


@dataclass(frozen=True)
class Spoken:
    """A call that names phrases: where, which (a gap in a key is `{}`), and what it fills, None if unseen.

    `offered` is filled in as well, by what is called, whether or not a phrase has a place for it.
    """

    where: str
    keys: frozenset[str]
    filled: frozenset[str] | None
    offered: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Named:
    """What the code names: every literal key, every key that is built, every call that speaks."""

    literal: frozenset[str]
    built: frozenset[str]
    spoken: tuple[Spoken, ...]
    passed_on: frozenset[str]
    """The functions that get their key from whoever calls them."""


def named_in(folder: Path, groups: frozenset[str]) -> Named:
    """What the modules below a folder name, given the first parts of all keys (`error`, `report`)."""
    modules = [_Module(path, folder, groups) for path in sorted(folder.rglob("*.py"))]
    keys = frozenset(chain.from_iterable(module.keys for module in modules))
    keys |= frozenset(chain.from_iterable(_in_template(path) for path in folder.rglob("*.j2")))
    return Named(
        frozenset(key for key in keys if "{}" not in key),
        frozenset(key for key in keys if "{}" in key),
        tuple(chain.from_iterable(module.spoken for module in modules)),
        frozenset(chain.from_iterable(module.passed_on for module in modules)),
    )


def _in_template(path: Path) -> Iterator[str]:
    for key, rest in re.findall(r'say\("([a-z.-]+)"( ~)?', path.read_text("utf-8")):
        yield f"{key}{{}}" if rest else key


class _Module:
    """One module: its keys and its speaking calls."""

    def __init__(self, path: Path, folder: Path, groups: frozenset[str]) -> None:
        self.name = str(path.relative_to(folder))
        self._key = re.compile(rf"({'|'.join(groups)})\.[a-z0-9.{{}}-]+")
        tree = ast.parse(path.read_text("utf-8"))
        documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        documented |= {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr)
            for part in node.values
            if isinstance(part, ast.Constant)
        }
        self.keys = {
            key
            for node in ast.walk(tree)
            if id(node) not in documented and (key := self._written(node)) is not None
        }
        self.passed_on: set[str] = set()
        self.spoken = [found for scope in _scopes(tree) for found in self._calls(scope)]

    def _written(self, node: ast.AST) -> str | None:
        """The key that a literal is; None for any other text."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        elif isinstance(node, ast.JoinedStr):
            text = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
            )
        else:
            return None
        return text if self._key.fullmatch(text) and not text.endswith(_FILES) else None

    def _calls(self, scope: ast.FunctionDef) -> Iterator[Spoken]:
        for node in ast.walk(scope):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = _keywords(node, scope)
            if name in SPEAKING and node.args:
                said = getattr(node.args[0], "value", None)
                # Whatever it looks like: a key without its group is found to be none.
                if (
                    isinstance(node.func, ast.Attribute)
                    and isinstance(said, str)
                    and re.search("[a-z]", said)
                ):
                    self.keys.add(said)
                yield from self._spoken(node, node.args[:1], scope, given)
            elif name in ERRORS:
                yield from self._spoken(node, node.args[:2], scope, given)
            elif name == "_misused":
                hint = node.args[2:] or [ast.Constant("hint.usage")]
                yield from self._spoken(node, [*node.args[:1], *hint], scope, given, frozenset({"help"}))
            elif name == "refused":
                yield from self._spoken(node, node.args[1:2], scope, given)
            elif name == "Refused":
                offered = frozenset({"file", "count"})
                yield from self._spoken(node, node.args[2:], scope, frozenset(), offered)
            elif name == "Message":
                filled = _filled(node.args[1], scope) if len(node.args) > 1 else frozenset()
                yield from self._spoken(node, node.args[:1], scope, filled)

    def _spoken(
        self,
        call: ast.Call,
        named: list[ast.expr],
        scope: ast.FunctionDef,
        filled: frozenset[str] | None,
        offered: frozenset[str] = frozenset(),
    ) -> Iterator[Spoken]:
        keys: set[str] = set()
        for each in named:
            for value in _values(each, scope):
                key = self._written(value)
                if key is not None:
                    keys.add(key)
                elif isinstance(value, ast.Name) and value.id in PASSED & _arguments(scope):
                    self.passed_on.add(f"{self.name}:{scope.name}")
        if keys:
            yield Spoken(f"{self.name}:{call.lineno}", frozenset(keys), filled, offered)


def _scopes(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Every function and method; those inside another belong to it."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef):
            yield from (each for each in node.body if isinstance(each, ast.FunctionDef))


def _arguments(scope: ast.FunctionDef) -> set[str]:
    return {node.arg for node in ast.walk(scope) if isinstance(node, ast.arg)}


def _values(node: ast.expr, scope: ast.FunctionDef) -> Iterator[ast.expr]:
    """What an expression may be: both sides of a choice, and what a name of the function stands for."""
    if isinstance(node, ast.IfExp):
        yield from _values(node.body, scope)
        yield from _values(node.orelse, scope)
        return
    assigned = list(_assigned(node.id, scope)) if isinstance(node, ast.Name) else []
    for each in assigned:
        yield from _values(each, scope)
    if not assigned:
        yield node


def _assigned(name: str, scope: ast.FunctionDef) -> Iterator[ast.expr]:
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(getattr(each, "id", "") == name for each in targets):
                yield node.value


def _keywords(call: ast.Call, scope: ast.FunctionDef) -> frozenset[str] | None:
    """The names of a call's keywords; None where some are handed on unseen."""
    found: set[str] = set()
    for each in call.keywords:
        more = _filled(each.value, scope) if each.arg is None else {each.arg}
        if more is None:
            return None
        found |= more
    return frozenset(found)


def _filled(node: ast.expr, scope: ast.FunctionDef) -> frozenset[str] | None:
    """The keys of a mapping that is written here or assigned in the function; None for any other."""
    found: set[str] = set()
    for value in _values(node, scope):
        if not isinstance(value, ast.Dict):
            return None
        for key, inner in zip(value.keys, value.values, strict=True):
            more = _filled(inner, scope) if key is None else frozenset({str(getattr(key, "value", ""))})
            if more is None:
                return None
            found |= more
    return frozenset(found)
