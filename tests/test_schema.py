"""The schemas of every format: what nonsense they refuse; the cases come from the schemas themselves."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Data
from jsonschema import Draft202012Validator

from smaudit import Assessment, assess, compare, load_questionnaire, load_sheet, plan, team
from smaudit.core.compare_many import Comparisons, NotCompared, row_of
from smaudit.core.given import given
from smaudit.core.portfolio import Gathering
from smaudit.core.portfolio_answers import AnswerRow, answers_of
from smaudit.core.portfolio_row import SheetRow, refused, scored
from smaudit.core.questionnaire import Efforts, Questionnaire
from smaudit.core.result import Among, Place, QuestionnaireName, plain
from smaudit.core.sheet import Sheet
from smaudit.errors import Message, Problem, Refused
from smaudit.files.words import load_phrases
from smaudit.planning import plan_for_budget, what_if
from smaudit.report.data.json import SCHEMAS, schema
from smaudit.report.data.problems import Checked, found_in

ROOT = Path(__file__).parent.parent
SHEET = ROOT / "examples" / "harbour-coffee.json"
HOUSE = [ROOT / "examples" / f"tidewell-valves{each}.json" for each in ("", ".service", ".owner")]
RESULTS = tuple(each for each in SCHEMAS if each not in {"sheet", "questionnaire"})
NONSENSE: dict[str, Callable[[Any], object]] = {
    "const": lambda _: "banana",
    "enum": lambda _: "purple",
    "minimum": lambda least: least - 1,
    "maximum": lambda most: most + 1,
    "pattern": lambda _: "\n",
}
FULL_SHEET = {
    "schema": "smaudit/sheet/1",
    "questionnaire": {"id": "social-media-misconceptions", "version": "1.0.0"},
    "depth": "quick",
    "company": {"id": "acme-1", "name": "Acme", "profile": {"size": "small"}},
    "respondent": {"name": "Jo", "department": "sales"},
    "date": "2026-11-23",
    "language": "en",
    "beliefs": {"it-is-free": 2},
    "guess": {"steering": 2, "most": "it-is-free"},
    "answers": {"training": "dont-know"},
    "efforts": {"training": 3},
    "ruled_out": ["training"],
    "settled": {"training": [{"department": "sales", "name": "Jo", "choice": "dont-know", "note": "so"}]},
}
STEP = {"text": "Do.", "effort": 1, "owner": "a", "owner_small": "a"}
FULL_OPTION = {
    "id": "never",
    "text": "Never.",
    "fault": "grip",
    "costs": "it was left",
    "was": ["no"],
    "step": STEP,
}
FULL_QUESTIONNAIRE = {
    "ends_with": "...",
    "source": {"title": "A page", "url": "https://example.org/"},
    "rules": {"min_rated": 2},
    "one_person": {"size": ["small"]},
    "sources": [{"id": "a", "claim": "So.", "year": 2020, "url": "https://example.org/", "direction": "for"}],
    "effort": {"unit": "hours"},
    "words": {"one": "area", "many": "areas"},
    "departments": [{"id": "a", "name": "A", "applies_if": {"size": ["small"]}}],
    "profile": [
        {
            "id": "size",
            "text": "How big?",
            "was": ["weight"],
            "options": [{"id": "small", "text": "Small.", "was": ["tiny"]}, {"id": "big", "text": "Big."}],
        }
    ],
    "scales": {"often": [FULL_OPTION]},
    "contradictions": [{"id": "a", "if": {"b": ["c"]}, "text": "No.", "was": ["z"]}],
}
FULL_QUESTION = {
    "id": "a",
    "text": "How often?",
    "weights": {"it-is-free": 1},
    "depth": "quick",
    "ask": ["sales"],
    "applies_if": {"size": ["small"]},
    "wording": [{"if": {"size": ["small"]}, "text": "Often?", "options": {"never": "Never."}}],
    "scale": "often",
    "reversed": True,
    "at": {"a": {"step": STEP, "alarm": True, "fault": "grip", "costs": "much"}},
    "options": [{**FULL_OPTION, "id": "b"}],
    "not_applicable": [{"id": "none-yet", "text": "None yet."}],
    "was": ["old"],
}


@pytest.fixture(scope="module")
def documents() -> Data:
    """Documents of each format that have, together, something at every place of its schema."""
    asked, sheet = load_questionnaire(), load_sheet(SHEET)
    unknown = [each.id for each in asked.at("quick") if each.main == "instant-roi"]
    february = load_sheet(SHEET.with_suffix(".february.json"), asked)
    file = yaml.safe_load((ROOT / "data" / "misconceptions.yaml").read_text(encoding="utf-8"))
    shown = {**file, **FULL_QUESTIONNAIRE}
    hours = asked.model_copy(update={"effort": Efforts(unit="hours")})
    problem = Problem(("answers", 0), Message("problem.empty"), 3)
    refused = Checked("a", None, Refused("a", [problem]), (problem,))
    shown["misconceptions"] = [{**file["misconceptions"][0], "sources": ["a"], "further": ["a"]}]
    return {
        "sheet": [FULL_SHEET],
        "questionnaire": [{**shown, "questions": [FULL_QUESTION]}, file],
        "assessment": [planned.to_dict() for planned in planned_assessments(asked, sheet)],
        "plan": [
            plan(hours, sheet, {"overall": 50}).to_dict(),
            plan(asked, sheet.with_orders({}, ("training",)), {"overall": 100}).to_dict(),
            plan_for_budget(asked, sheet, 5).to_dict(),
        ],
        "what-if": [
            replace(what_if(asked, sheet, {"training": "dont-know"}), before=planned, after=planned).to_dict()
            for planned in planned_assessments(asked, sheet)
        ],
        "team": [
            team(asked, [load_sheet(each) for each in HOUSE]).to_dict(),
            team(asked, [load_sheet(HOUSE[0])]).to_dict(),
            team(asked, [load_sheet({"training": each}) for each in ("dont-know", "watched")]).to_dict(),
        ],
        "comparison": [
            compare(asked, [sheet, february]).to_dict(),
            compare(
                asked,
                [
                    load_sheet({"training": "watched", "complaint-ending": "no-reply"}),
                    load_sheet({"training": "dont-know"}),
                ],
            ).to_dict(),
            in_words_of_another_company(asked, sheet, february),
            compare(asked, [sheet, february.with_choices(dict.fromkeys(unknown, "dont-know"))]).to_dict(),
        ],
        "comparisons": [comparisons(asked, sheet, february)],
        "portfolio": [picture(asked, sheet)],
        "portfolio-row": list(map(plain, rows(asked, sheet)[0])),
        "portfolio-answer": list(map(plain, rows(asked, sheet)[1])),
        "check": [found_in([Checked("s.json", "sheet"), refused], load_phrases("en")).to_dict()],
    }


def planned_assessments(asked: Questionnaire, sheet: Sheet) -> list[Assessment]:
    """Assessments with the roadmap, and with other plans in its place, which fill other places."""
    hours = asked.model_copy(update={"effort": Efforts(unit="hours")})
    among = Among(30, 1, "2026-01-01", "2026-02-01", "quick", (Place("overall", 30, 1, 2),))
    found = replace(assess(hours, sheet), among=among)
    return [
        found,
        replace(found, roadmap=plan(hours, sheet.with_orders({}, ("training",)), {"overall": 100})),
        replace(found, roadmap=plan_for_budget(hours, sheet, 5)),
    ]


def in_words_of_another_company(asked: Questionnaire, then: Sheet, now: Sheet) -> Data:
    """A comparison in which a fact, and with it a question, is another."""
    return compare(asked, [then, now.with_fact("headcount", "10-to-49")]).to_dict()


def comparisons(asked: Questionnaire, then: Sheet, now: Sheet) -> Data:
    """Then and now of one company, and a sheet that stands alone."""
    row = row_of(compare(asked, [then, now]), ("a.json", "a.json"), "key")
    left = (NotCompared("then", "b.json", "refused", 3),)
    name = QuestionnaireName(asked.id, asked.version, asked.sha256)
    return Comparisons(questionnaire=name, companies=(row,), not_compared=left).to_dict()


def picture(asked: Questionnaire, sheet: Sheet) -> Data:
    """The picture of a few sheets, by a fact, and of one that was refused."""
    gathering = Gathering(asked, "headcount")
    made = scored(asked, given(sheet, asked))
    for _ in range(5):
        gathering.add(made.row._replace(first_step="training", line=1), made)
    gathering.add(refused("refused", why="empty", problems=1, message="No."), None)
    return gathering.portfolio().to_dict()


def rows(asked: Questionnaire, sheet: Sheet) -> tuple[list[SheetRow], list[AnswerRow]]:
    """The rows of a sheet in a file of JSON lines, and of its answers."""
    found = given(sheet, asked)
    made = scored(asked, found)
    row = made.row._replace(line=1)
    steps = row._replace(file="a", first_step="training", first_step_to="watched", key="a")
    return [steps, refused("refused", why="empty", problems=1, message="No.")], list(
        answers_of(row, made, found)
    )


def parts(node: Data, root: Data, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Data]]:
    """Every place of a schema with what it holds, references followed; `*` stands for a list or a mapping."""
    if "$ref" in node:
        node = root["$defs"][node["$ref"].rpartition("/")[2]]
    for branch in node.get("anyOf", ()):
        yield from parts(branch, root, place)
    yield place, node
    for name, inner in node.get("properties", {}).items():
        yield from parts(inner, root, (*place, name))
    for inner in (node.get("items"), node.get("additionalProperties"), *_by_pattern(node)):
        if isinstance(inner, dict):
            yield from parts(inner, root, (*place, "*"))


def _by_pattern(node: Data) -> Iterable[Any]:
    patterns: Data = node.get("patternProperties", {})
    return patterns.values()


def with_nonsense(found: object, place: tuple[str, ...], nonsense: object) -> Any:
    """The document with nonsense at a place; None where this document has nothing there."""
    document: Any = copy.deepcopy(found)
    parent, last = document, place[-1]
    for step in place[:-1]:
        parent = next(iter(_inside(parent)), None) if step == "*" else (parent or {}).get(step)
    if not parent or (last != "*" and parent.get(last) is None):
        return None
    key = (0 if isinstance(parent, list) else next(iter(parent))) if last == "*" else last
    parent[key] = nonsense
    return document


def _inside(found: Data | list[Any] | None) -> Iterable[Any]:
    return found.values() if isinstance(found, dict) else found or ()


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_closed_set_and_every_range_refuses_nonsense(name: str, documents: Data) -> None:
    """A word outside its set and a number past its ends are refused at every place there is for one."""
    of = schema(name)
    validator = Draft202012Validator(of)
    assert [] == [error.message for each in documents[name] for error in validator.iter_errors(each)]

    untried, accepted = [], []
    for place, node in parts(of, of):
        for key in NONSENSE.keys() & node.keys():
            tries = (with_nonsense(each, place, NONSENSE[key](node[key])) for each in documents[name])
            wrong = next((each for each in tries if each is not None), None)
            if wrong is None:
                untried.append((place, key))
            elif validator.is_valid(wrong):
                accepted.append((place, key))
    assert ([], []) == (untried, accepted)


@pytest.mark.parametrize(
    ("name", "place", "nonsense"),
    [
        ("assessment", ("misconceptions", "*", "band"), "purple"),
        ("assessment", ("misconceptions", "*", "status"), "?"),
        ("assessment", ("misconceptions", "*", "stance"), "undecided-ish"),
        ("assessment", ("misconceptions", "*", "questions", "*", "status"), "?"),
        ("assessment", ("misconceptions", "*", "coverage"), 1.5),
        ("assessment", ("overall", "score"), 1000),
        ("assessment", ("overall", "counted"), -1),
        ("assessment", ("sheet", "depth"), "deep"),
        ("plan", ("status",), "maybe"),
        ("plan", ("effort",), -1),
        ("plan", ("targets", "*"), 1000),
        ("plan", ("steps", "*", "wave"), 4),
        ("plan", ("goal",), "glory"),
        ("assessment", ("misconceptions", "*", "side"), "left"),
        ("assessment", ("misconceptions", "*", "says"), "?"),
        ("plan", ("steps", "*", "reason"), "whim"),
        ("plan", ("steps", "*", "running", "*"), 1000),
        ("plan", ("stands_in_the_way", "*", "status"), "?"),
        ("plan", ("ceiling",), 1000),
        ("what-if", ("after", "misconceptions", "*", "band"), "purple"),
        ("what-if", ("difference", "*"), 1000),
        ("sheet", ("depth",), "deep"),
        ("questionnaire", ("questions", "*", "depth"), "deep"),
    ],
)
def test_what_was_taken_before_is_refused(
    name: str, place: tuple[str, ...], nonsense: float | str, documents: Data
) -> None:
    """A set that is opened is noticed, which the cases from the schema would leave out with it."""
    tries = (with_nonsense(each, place, nonsense) for each in documents[name])
    wrong = next(each for each in tries if each is not None)

    assert not Draft202012Validator(schema(name)).is_valid(wrong)


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_name_of_a_schema_is_the_only_one_it_takes(name: str) -> None:
    """Each document says which format it is, in the one word that its schema takes."""
    assert f"smaudit/{name}/1" == schema(name)["properties"]["schema"]["const"]


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_is_described(name: str) -> None:
    """No field of a format is left without a word on what it is, and the schema has a name of its own."""
    of = schema(name)
    undescribed = [
        (*place, field)
        for place, node in parts(of, of)
        for field, found in node.get("properties", {}).items()
        if not found.get("description")
    ]

    assert ([], f"urn:smaudit:{name}:1") == (undescribed, of["$id"])
    assert [] == [each["title"] for each in (of, *of.get("$defs", {}).values()) if not each["description"]]


@pytest.mark.parametrize("name", RESULTS)
def test_a_field_that_is_missing_is_refused(name: str, documents: Data) -> None:
    """Every field of a result is always there."""
    validator = Draft202012Validator(schema(name))
    for field in documents[name][0]:
        assert not validator.is_valid({key: each for key, each in documents[name][0].items() if key != field})
