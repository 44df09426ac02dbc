"""The schemas of the results: what nonsense they refuse; the cases come from the schemas themselves."""

import copy
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from smaudit import assess, load_questionnaire, load_sheet, plan
from smaudit.planning import what_if
from smaudit.report.data.json import schema

SHEET = Path(__file__).parent.parent / "examples" / "harbour-coffee.json"
RESULTS = ("assessment", "plan", "what-if")


@pytest.fixture(scope="module")
def documents():
    """One result of each kind, as plain data."""
    questionnaire, sheet = load_questionnaire(), load_sheet(SHEET)
    return {
        "assessment": assess(questionnaire, sheet).to_dict(),
        "plan": plan(questionnaire, sheet, {"overall": 50}).to_dict(),
        "what-if": what_if(questionnaire, sheet, {"training": "dont-know"}).to_dict(),
    }


def parts(node, root, place=()):
    """Every place of a schema with what it holds, references followed; `*` stands for a list or a mapping."""
    if "$ref" in node:
        node = root["$defs"][node["$ref"].rpartition("/")[2]]
    for branch in node.get("anyOf", ()):
        yield from parts(branch, root, place)
    yield place, node
    for name, inner in node.get("properties", {}).items():
        yield from parts(inner, root, (*place, name))
    for key in ("items", "additionalProperties"):
        if isinstance(node.get(key), dict):
            yield from parts(node[key], root, (*place, "*"))


def with_nonsense(found, place, nonsense):
    """The document with nonsense at a place; None where this document has nothing there."""
    document = copy.deepcopy(found)
    parent, last = document, place[-1]
    for step in place[:-1]:
        parent = next(iter(_inside(parent)), None) if step == "*" else (parent or {}).get(step)
    if not parent or (last != "*" and parent.get(last) is None):
        return None
    key = (0 if isinstance(parent, list) else next(iter(parent))) if last == "*" else last
    parent[key] = nonsense
    return document


def _inside(found):
    return found.values() if isinstance(found, dict) else found or ()


@pytest.mark.parametrize("name", RESULTS)
def test_every_closed_set_and_every_range_refuses_nonsense(name, documents):
    """A word outside its set and a number past its ends are refused, wherever they stand."""
    of = schema(name)
    validator, document = Draft202012Validator(of), documents[name]
    assert validator.is_valid(document)

    tried = 0
    for place, node in parts(of, of):
        nonsense = [{"const": "banana", "enum": "purple"}[key] for key in ("const", "enum") if key in node]
        nonsense += [node[key] + by for key, by in (("minimum", -1), ("maximum", 1)) if key in node]
        for each in nonsense:
            wrong = with_nonsense(document, place, each)
            if wrong is not None:
                tried += 1
                assert not validator.is_valid(wrong), (place, each)
    assert tried > 20


@pytest.mark.parametrize("name", RESULTS)
def test_every_field_is_described(name):
    """No field of a result is left without a word on what it is, and the schema has a name of its own."""
    of = schema(name)
    records = [of, *of["$defs"].values()]
    undescribed = [
        (record["title"], field)
        for record in records
        for field, found in record["properties"].items()
        if "description" not in found
    ]

    assert ([], f"urn:smaudit:{name}:1") == (undescribed, of["$id"])
    assert [] == [each["title"] for each in records if not each["description"]]
    json.dumps(of)


@pytest.mark.parametrize("name", RESULTS)
def test_a_field_that_is_missing_is_refused(name, documents):
    """Every field of a result is always there."""
    validator = Draft202012Validator(schema(name))
    for field in documents[name]:
        assert not validator.is_valid({key: each for key, each in documents[name].items() if key != field})
