"""On which line of a text a value stands: a second, slower pass, made only after a problem was found."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from smaudit.errors import Message, Place, Problem
from smaudit.files.encoding import decoded
from smaudit.files.limits import MAX_DEPTH
from smaudit.files.places import shown_name
from smaudit.files.yaml_events import BrokenYamlError, events, line_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_JSON_TOKEN = re.compile(r'"(?:[^"\\]+|\\.)*+"?|[\[\]{}]|[^\s\[\]{},:"]+', re.DOTALL)

# What is met on the way through a text: "{", "[", "end" or "scalar", its text, its line from 1.
_Step = tuple[str, str, int]


@dataclass(frozen=True)
class Lines:
    """Where everything in a text stands. `doubled` is one problem for each key that repeats another."""

    places: Mapping[Place, int]
    doubled: tuple[Problem, ...]

    def line(self, place: Place) -> int | None:
        """Return the line, from 1, of a key path, or of its deepest part that exists."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.places:
                return self.places[place[:length]]
        return None


def lines_of(data: bytes) -> Lines:
    """Return the lines of all places of a JSON or YAML text, as far as it can be read; never raises.

    A value under a key is in the line of the key, a missing value in that of its deepest parent.
    """
    text = decoded(data, "replace")
    return _followed(_json_steps(text) if text.lstrip()[:1] in ("{", "[") else _yaml_steps(text))


@dataclass
class _Open:
    """A container the pass is inside of."""

    place: Place
    is_mapping: bool
    keys: dict[str, int] = field(default_factory=dict)
    key: str | None = None
    key_line: int = 0
    length: int = 0

    def awaits_key(self) -> bool:
        return self.is_mapping and self.key is None

    def next_value(self, line: int) -> tuple[Place, int]:
        """Return the place and the line of the value that begins now."""
        if self.key is not None:
            place, line = (*self.place, self.key), self.key_line
            self.key = None
            return place, line
        self.length += 1
        return (*self.place, self.length - 1), line


def _followed(steps: Iterable[_Step]) -> Lines:
    places: dict[Place, int] = {}
    doubled: list[Problem] = []
    inside: list[_Open] = []
    for kind, text, line in steps:
        if kind == "end":
            if not inside:
                break
            inside.pop()
        elif inside and inside[-1].awaits_key():
            here = inside[-1]
            here.key, here.key_line = text, line
            if text in here.keys:
                values: dict[str, str | int] = {
                    "key": shown_name(text),
                    "first": here.keys[text],
                    "second": line,
                }
                doubled.append(Problem((*here.place, text), Message("problem.duplicate-key", values), line))
            here.keys.setdefault(text, line)
        else:
            place, at = inside[-1].next_value(line) if inside else ((), line)
            places.setdefault(place, at)
            if kind != "scalar":
                if len(inside) == MAX_DEPTH:
                    break
                inside.append(_Open(place, is_mapping=kind == "{"))
    return Lines(places, tuple(doubled))


def _json_steps(text: str) -> Iterator[_Step]:
    line, counted = 1, 0
    for match in _JSON_TOKEN.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        token = match[0]
        if token in ("{", "["):
            yield token, "", line
        elif token in ("}", "]"):
            yield "end", "", line
        else:
            yield "scalar", _unquoted(token), line


def _unquoted(token: str) -> str:
    try:
        return str(json.loads(token, parse_int=str)) if token.startswith('"') else token
    except ValueError:
        return token


def _yaml_steps(text: str) -> Iterator[_Step]:
    from yaml import events as kinds  # slow to import, and not needed for JSON

    names: dict[type, str] = {
        kinds.MappingStartEvent: "{",
        kinds.SequenceStartEvent: "[",
        kinds.MappingEndEvent: "end",
        kinds.SequenceEndEvent: "end",
        kinds.ScalarEvent: "scalar",
    }
    try:
        for event in events(text):
            name = names.get(type(event))
            if name:
                yield name, getattr(event, "value", ""), line_in(event)
    except BrokenYamlError:
        return
