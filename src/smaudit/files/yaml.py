"""YAML, read as data: one pass over the parser's events checks and builds at once.

A scalar without quotes is nothing (`null`, `~` or empty), `true`, `false` or a whole number; all
else (`no`, `1.10`, `010`, `12:30`, a date) is text exactly as written. What makes YAML a language
(aliases, anchors, tags, directives, merging, several documents) is refused. PyYAML's own loading is
not used: it turns `no` into False, keeps the last of two equal keys, and its fast form crashes on
deep nesting.

YAML that was cut off at the end of a line is still YAML. So a file can announce its last line with
`ends_with: "..."` near its top: without that line it is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from smaudit.errors import Place, Refused
from smaudit.files.limits import MAX_DEPTH, MAX_NODES, is_text, refused
from smaudit.files.lines import lines_of
from smaudit.files.yaml_events import BrokenYamlError, events, line_in

if TYPE_CHECKING:
    import yaml

_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,18})").fullmatch
_NUMBER_STARTS = frozenset("-0123456789")
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)
ENDS_WITH, END = "ends_with", "..."
"""The key that announces the last line of a file, and that line: YAML's own mark for the end."""


def build(text: str, file: str) -> object:
    """Return the values of a YAML text; raise Refused, with the line, for what is not plain data."""
    directive = _DIRECTIVE.search(text)
    # Not left to the parser: many of them cost it time that grows with their square.
    if directive:
        raise refused(file, "problem.yaml-directive", text.count("\n", 0, directive.start()) + 1)
    builder = _Builder(file)
    try:
        _drive(builder, text)
    except BrokenYamlError as error:
        raise refused(file, error.phrase, error.line, limit=MAX_DEPTH) from None
    if builder.has_doubled_keys:
        raise Refused(file, lines_of(text.encode()).doubled)
    if not builder.documents:
        raise refused(file, "problem.empty", None)
    if isinstance(builder.root, dict) and builder.root.get(ENDS_WITH) == END and not builder.is_ended:
        raise refused(file, "problem.yaml-cut", text.count("\n") + 1)
    return builder.root


def _drive(builder: _Builder, text: str) -> None:
    """Hand each event to the builder. The order of the questions is the order of frequency."""
    from yaml import events as kinds  # slow to import, and not needed for JSON

    scalar, mapping, sequence = kinds.ScalarEvent, kinds.MappingStartEvent, kinds.SequenceStartEvent
    ends = (kinds.MappingEndEvent, kinds.SequenceEndEvent)
    for event in events(text):
        kind = type(event)
        if kind is scalar:
            builder.scalar(event)
        elif kind is mapping:
            builder.start_mapping(event)
        elif kind in ends:
            builder.end()
        elif kind is sequence:
            builder.start_list(event)
        elif kind is kinds.AliasEvent:
            raise builder.refused(event, "problem.yaml-alias")
        elif kind is kinds.DocumentStartEvent:
            builder.document(event)
        elif kind is kinds.DocumentEndEvent:
            builder.is_ended = bool(event.explicit)


class _Builder:
    """The values built so far: the mapping or the list being filled, and those around it."""

    __slots__ = (
        "around",
        "documents",
        "file",
        "has_doubled_keys",
        "is_ended",
        "items",
        "key",
        "mapping",
        "nodes",
        "root",
    )

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: object = None
        self.mapping: dict[str, object] | None = None
        self.items: list[object] | None = None
        self.key: str | None = None
        self.around: list[tuple[dict[str, object] | None, list[object] | None, str | None]] = []
        self.nodes = 0
        self.documents = 0
        self.has_doubled_keys = False
        self.is_ended = False

    def document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            raise self.refused(event, "problem.yaml-documents")

    def scalar(self, event: yaml.ScalarEvent) -> None:
        self.check(event)
        text, style = event.value, event.style
        if style == '"' and not is_text(text):
            raise self.refused(event, "problem.not-text")
        value = text if style else _plain(text)
        if self.mapping is not None and self.key is None:
            self.take_key(event, value, self.mapping)
        else:
            self.put(value)

    def start_mapping(self, event: yaml.MappingStartEvent) -> None:
        inner: dict[str, object] = {}
        self.enter(event, inner)
        self.mapping, self.items, self.key = inner, None, None

    def start_list(self, event: yaml.SequenceStartEvent) -> None:
        inner: list[object] = []
        self.enter(event, inner)
        self.mapping, self.items, self.key = None, inner, None

    def enter(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent, inner: object) -> None:
        self.check(event)
        if self.mapping is not None and self.key is None:
            raise self.refused(event, "problem.key-not-text")
        if len(self.around) == MAX_DEPTH:
            raise self.refused(event, "problem.too-deep", limit=MAX_DEPTH)
        self.around.append((self.mapping, self.items, self.key))
        self.put(inner)

    def end(self) -> None:
        self.mapping, self.items, _ = self.around.pop()

    def check(self, event: yaml.ScalarEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        """Refuse a value that has a label or a type of its own, and one too many."""
        if event.anchor is not None:
            raise self.refused(event, "problem.yaml-anchor")
        if event.tag is not None:
            raise self.refused(event, "problem.yaml-tag")
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self.refused(event, "problem.too-many-values", limit=MAX_NODES)

    def take_key(self, event: yaml.ScalarEvent, key: object, mapping: dict[str, object]) -> None:
        # Other readers take << without quotes as "insert the keys of that mapping here".
        if not isinstance(key, str) or (key == "<<" and not event.style):
            raise self.refused(event, "problem.key-not-text")
        if key in mapping:
            self.has_doubled_keys = True
        self.key = key

    def put(self, value: object) -> None:
        if self.mapping is not None and self.key is not None:
            self.mapping[self.key] = value
            self.key = None
        elif self.items is not None:
            self.items.append(value)
        else:
            self.root = value

    def refused(self, event: yaml.Event, phrase: str, **values: str | int) -> Refused:
        return refused(self.file, phrase, line_in(event), self.place(), **values)

    def place(self) -> Place:
        """Return the key path of the value that is about to be put."""
        # A list further out already holds the container that is open inside it.
        outer = (len(items) - 1 if items else key for _, items, key in self.around)
        here = len(self.items) if self.items is not None else self.key
        return tuple(step for step in (*outer, here) if step is not None)


def _plain(text: str) -> object:
    """Return what a scalar without quotes stands for."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMBER_STARTS and _WHOLE_NUMBER(text):
        return int(text)
    return text
