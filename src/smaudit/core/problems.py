"""The base of every model of a file, and the way from pydantic's errors to problems a person can mend.

All problems of a file are found at once: what has the wrong shape is taken out and named,
and what is left is still checked by the rules of the model.
"""

import copy
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from pydantic import ValidationError

from smaudit.core.fields import ADDRESS, DATE, SLUG, Model
from smaudit.errors import Message, Place, Problem, Value


class Reading(NamedTuple):
    """What could be read of a file's data, and every problem of its shape.

    `model` is None where nothing can be read; else it lacks the parts that `problems` name.
    """

    model: Any
    problems: tuple[Problem, ...]
    taken_out: Mapping[Place, frozenset[int]]

    def place(self, place: Place) -> Place:
        """Where a place of `model` is in the file: list entries that were taken out are counted again."""
        original: Place = ()
        for part in place:
            number = part
            if isinstance(number, int):
                for gap in sorted(self.taken_out.get(original, ())):
                    number += gap <= number
            original = (*original, number)
        return original

    def explained(self) -> frozenset[Place]:
        """The places that have a problem only because something within them was taken out."""
        return _around(self.problems)


def validated(model: type[Model], data: object) -> Reading:
    """Read `data` as `model`, with all problems of shape.

    What is at fault is taken out and the rest read again, so that it can still be checked.
    """
    try:
        return Reading(model.model_validate(data), (), {})
    except ValidationError as error:
        problems = _problems(error, model)
    places = {problem.place for problem in problems}
    for cut in (places, {_entry(place) for place in places}):
        rest, taken_out = copy.deepcopy(data), dict[Place, frozenset[int]]()
        try:
            _take_out(rest, cut, taken_out)
            return Reading(model.model_validate(rest), problems, taken_out)
        except (KeyError, IndexError, TypeError, ValidationError):
            continue
    return Reading(None, problems, {})


def _entry(place: Place) -> Place:
    """The outermost list entry around a place: what is left when the place itself cannot be spared."""
    for length, part in enumerate(place, start=1):
        if isinstance(part, int):
            return place[:length]
    return place


def _take_out(data: Any, places: set[Place], taken_out: dict[Place, frozenset[int]]) -> None:  # noqa: ANN401
    """Take the values at these places out of `data`, in place.

    Raises KeyError, IndexError or TypeError where one is not there to take: something required is missing.
    """
    for place in sorted(places, key=lambda place: [str(part).zfill(9) for part in place], reverse=True):
        if any(place[:length] in places for length in range(len(place))):
            continue
        parent, last = _at(data, place[:-1]), place[-1]
        del parent[last]
        if isinstance(last, int):
            taken_out[place[:-1]] = taken_out.get(place[:-1], frozenset()) | {last}


def _at(data: Any, place: Place) -> Any:  # noqa: ANN401 - any JSON
    for part in place:
        data = data[part]
    return data


def _problems(error: ValidationError, model: type[Model]) -> tuple[Problem, ...]:
    found = [_problem(each, model) for each in error.errors(include_url=False, include_input=False)]
    around = _around(found)
    # A list whose entries are at fault themselves does not count as too short as well.
    return tuple(
        problem
        for problem in found
        if problem.message.phrase != "problem.too-few" or problem.place not in around
    )


def _around(problems: Iterable[Problem]) -> frozenset[Place]:
    """The places within which there is a problem; found once, since a file may have thousands."""
    return frozenset(problem.place[:length] for problem in problems for length in range(len(problem.place)))


def _problem(error: Any, model: type[Model]) -> Problem:  # noqa: ANN401 - pydantic's ErrorDetails
    kind = error["type"]
    place = tuple(part for part in error["loc"] if part not in _INNER)
    values: dict[str, Value] = {}
    context = error.get("ctx", {})
    phrase = _PHRASES.get(kind, "problem.invalid")
    if kind == "string_pattern_mismatch":
        phrase = _PATTERNS[str(context["pattern"])]
    if kind == "extra_forbidden":
        values = {"allowed": tuple(allowed_fields(model, place[:-1]))}
    elif kind == "date_form":
        values = {"meant": str(context["meant"])}
    elif kind == "literal_error":
        # pydantic lists them in an English sentence.
        values = {"allowed": tuple(re.findall(r"'([^']*)'", str(context["expected"])))}
    return Problem(place, Message(phrase, values))


_INNER = frozenset({"[key]"})
_PHRASES = {
    "missing": "problem.missing",
    "extra_forbidden": "problem.unknown-field",
    "string_type": "problem.text-needed",
    "string_too_short": "problem.text-empty",
    "string_too_long": "problem.too-long",
    "int_type": "problem.whole-number-needed",
    "greater_than_equal": "problem.too-small",
    "less_than_equal": "problem.too-large",
    "bool_type": "problem.true-or-false-needed",
    "model_type": "problem.mapping-needed",
    "dict_type": "problem.mapping-needed",
    "mapping_type": "problem.mapping-needed",
    "tuple_type": "problem.list-needed",
    "too_short": "problem.too-few",
    "too_long": "problem.too-many",
    "literal_error": "problem.one-of-needed",
    "share": "problem.share-needed",
    "date": "problem.date-needed",
    "date_form": "problem.date-form",
    "belief": "problem.belief-needed",
    "answer": "problem.slug-needed",
    "string_unicode": "problem.not-text",
}
_PATTERNS = {
    SLUG: "problem.slug-needed",
    DATE: "problem.date-needed",
    ADDRESS: "problem.address-needed",
}


def allowed_fields(model: type[Model], place: Place) -> list[str]:
    """The fields that the model knows at this place, in its order; found in its JSON Schema."""
    schema = _schema(model)
    node: dict[str, Any] = schema
    for part in place:
        node = _resolve(schema, node)
        if isinstance(part, int):
            node = node.get("items", {})
        else:
            node = node.get("properties", {}).get(part) or node.get("additionalProperties") or {}
    return list(_resolve(schema, node).get("properties", {}))


@cache
def _schema(model: type[Model]) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True)


def _resolve(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    for branch in (node, *node.get("anyOf", ())):
        found: dict[str, Any] = branch
        if "$ref" in branch:
            found = schema["$defs"][branch["$ref"].rsplit("/", 1)[1]]
        if "properties" in found:
            return found
    return node
