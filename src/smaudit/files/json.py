"""JSON, read strictly: nothing twice, no number that is none, nothing deep, and no more than fits."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, NamedTuple

from smaudit.errors import Message, Place, Problem, Refused
from smaudit.files.limits import MAX_DEPTH, MAX_NODES, is_text, refused
from smaudit.files.lines import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_STRING = re.compile(r'"(?:[^"\\]+|\\.)*+"?', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
_MAX_DIGITS = 20


class _Unfit(NamedTuple):
    """Stands where a number stood that cannot be taken."""

    phrase: str


class _Doubled(dict[str, object]):
    """An object in which a key stands twice."""


DOUBTFUL = object()
"""Stands for the values of a text that asks for a closer look."""


def glance(data: bytes) -> object:
    """Return the values of a JSON text that shows at a glance that nothing in it is refused, else `DOUBTFUL`.

    They are what `build` makes of it, in a fraction of the time: the parser that pydantic brings is strict,
    but takes the last of two values with one key. No key stood twice if there are as many colons as keys and
    within texts.
    """
    from pydantic_core import from_json  # no command pays for it that reads no file

    if data[:1] not in (b"{", b"[") or (len(data) > MAX_NODES and sum(map(data.count, _MARKS)) >= MAX_NODES):
        return DOUBTFUL
    if _MINUS_NOTHING.search(data):
        return DOUBTFUL
    try:
        root = from_json(data, cache_strings="keys")
    except ValueError:
        return DOUBTFUL
    colons = data.count(b":")
    keys = _keys(root)
    # Where a backslash stands, a colon of a text may have been written in another way.
    once = keys == colons or (keys is not None and b"\\" not in data and repr(root).count(":") == colons)
    return root if once else DOUBTFUL


_MINUS_NOTHING = re.compile(rb"-0(?![0-9.eE])")
_MARKS = (b",", b":", b"[", b"{")
_TOO_LARGE = 10**_MAX_DIGITS


def _keys(root: object) -> int | None:
    """Count the keys; None for values that are too deep, or a number that needs a closer look."""
    level: list[Any] = [root]
    keys = depth = 0
    while level:
        depth += 1
        inner: list[Any] = []
        for each in level:
            keys += len(each) if type(each) is dict else 0
            for value in each.values() if type(each) is dict else each:
                kind = type(value)
                if kind is dict or kind is list:
                    inner.append(value)
                elif kind is float or (kind is int and abs(value) >= _TOO_LARGE):
                    return None
        level = inner
    return keys if depth <= MAX_DEPTH else None


def build(text: str, file: str) -> object:
    """Return the values of a JSON text; raise Refused naming every doubled key and unfit value."""
    _check_bounds(text, file)
    try:
        root = json.loads(
            text,
            parse_int=_whole,
            parse_float=_fraction,
            parse_constant=_constant,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise _broken(file, text, error) from None
    flaws = list(_flaws(root))
    if flaws:
        raise Refused(file, _problems(flaws, text))
    return root


_SPARE_COMMA = re.compile(r",\s*[],}]")


def _broken(file: str, text: str, error: json.JSONDecodeError) -> Refused:
    """Tell a text that ends early, and a comma with nothing behind it, from the rest."""
    if _ends_early(text, error):
        return refused(file, "problem.json-cut", error.lineno)
    # Some parsers stop at the comma, others at what follows it.
    for at in (len(text[: error.pos].rstrip()) - 1, error.pos):
        if at >= 0 and _SPARE_COMMA.match(text, at):
            return refused(file, "problem.json-comma", text.count("\n", 0, at) + 1)
    return refused(file, "problem.json-syntax", error.lineno, column=error.colno)


def _ends_early(text: str, error: json.JSONDecodeError) -> bool:
    """Whether the text is right up to its end: all that is wrong is that there is no more of it."""
    rest = text[error.pos :].rstrip()
    is_in_text = error.msg.startswith("Unterminated string")
    is_in_escape = error.msg.startswith("Invalid \\uXXXX") and len(rest) <= len("u0041")
    return is_in_text or is_in_escape or any(word.startswith(rest) for word in ("true", "false", "null", "-"))


def _check_bounds(text: str, file: str) -> None:
    """Refuse by a linear scan what would cost the parser its stack or the machine its memory."""
    bare = _STRING.sub("", text)
    # Each key and value but the first follows one of these.
    if 1 + sum(map(bare.count, ",:[{")) > MAX_NODES:
        raise refused(file, "problem.too-many-values", None, limit=MAX_NODES)
    depth = 0
    for match in _BRACKET.finditer(bare):
        depth += 1 if match[0] in "[{" else -1
        if depth > MAX_DEPTH:
            line = bare.count("\n", 0, match.start()) + 1
            raise refused(file, "problem.too-deep", line, limit=MAX_DEPTH)
        # The parser will stop here too, at the end of the outermost.
        if depth <= 0:
            break


def _whole(digits: str) -> int | Decimal | _Unfit:
    """Return the number; what is written as -0, which no int is, as what writes it so again."""
    if digits == "-0":
        return Decimal(digits)
    fits = len(digits.lstrip("-")) <= _MAX_DIGITS
    return int(digits) if fits else _Unfit("problem.number-too-long")


def _fraction(digits: str) -> Decimal | _Unfit:
    """Return the number exactly. An exponent of thousands would later be written out as as many digits."""
    try:
        number = Decimal(digits)
    except InvalidOperation:
        return _Unfit("problem.number-too-long")
    _, figures, exponent = number.as_tuple()
    fits = isinstance(exponent, int) and abs(exponent) <= _MAX_DIGITS and len(figures) <= _MAX_DIGITS
    return number if fits else _Unfit("problem.number-too-long")


def _constant(_name: str) -> _Unfit:
    return _Unfit("problem.not-a-number")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _Doubled(found)


def _flaws(root: object) -> Iterator[tuple[Place, str]]:
    """Yield the place and the phrase of everything in the values that is refused."""
    waiting: list[tuple[Place, object]] = [((), root)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, _Unfit):
            yield place, value.phrase
        elif isinstance(value, str) and not is_text(value):
            yield place, "problem.not-text"
        elif isinstance(value, dict):
            if isinstance(value, _Doubled):
                yield place, "problem.duplicate-key"
            if not all(map(is_text, value)):
                yield place, "problem.not-text"
            waiting.extend(((*place, key), inner) for key, inner in reversed(value.items()))
        elif isinstance(value, list):
            waiting.extend(((*place, at), value[at]) for at in reversed(range(len(value))))


def _problems(flaws: list[tuple[Place, str]], text: str) -> list[Problem]:
    lines = lines_of(text.encode("utf-8", errors="replace"))
    others = [
        Problem(place, Message(phrase), lines.line(place))
        for place, phrase in flaws
        if phrase != "problem.duplicate-key"
    ]
    return sorted([*lines.doubled, *others], key=lambda problem: problem.line or 0)
