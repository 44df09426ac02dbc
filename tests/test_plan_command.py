"""The plan command: the golden examples, every order and contradiction, the formats, and what is said."""

from __future__ import annotations

import csv
import io
import json
import re
import signal
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from conftest import (
    GOLDEN,
    GOLDEN_ANSWERS,
    ROOT,
    Data,
    Program,
    question,
    questionnaire_data,
    questionnaire_from,
    sheet_from,
)
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from smaudit.commands.app import main as run
from smaudit.core.questionnaire import Questionnaire
from smaudit.core.subject import Subject
from smaudit.files.load import load_questionnaire, load_sheet
from smaudit.files.streams import Surface
from smaudit.files.words import load_phrases
from smaudit.language.phrases import Phrases
from smaudit.planning import assess, plan, roadmap
from smaudit.planning import solver as cheapest
from smaudit.report.blocks import Heading
from smaudit.report.data.csv import guarded
from smaudit.report.data.plan_csv import COLUMNS
from smaudit.report.draw.text import render
from smaudit.report.results import Planned
from smaudit.report.tell.plan import compose, roadmap_blocks
from smaudit.report.words import Words

EXAMPLES = ("harbour-coffee", "tidewell-valves", "rowan-dental")


@pytest.fixture
def planned(smaudit: Program, tmp_path: Path) -> Callable[..., Any]:
    """Plan for the golden sheet with these options; the document of the JSON, or what was printed."""
    (tmp_path / "tiny.yaml").write_text(json.dumps(GOLDEN))
    (tmp_path / "sheet.json").write_text(
        json.dumps({"schema": "smaudit/sheet/1", "company": {"name": "Acme"}, "answers": GOLDEN_ANSWERS})
    )

    def call(*options: object, sheet: str = "sheet.json", form: str | None = "json", **more: Any) -> Any:
        arguments = ("--format", form) if form else ()
        done = smaudit("plan", sheet, "--questionnaire", "tiny.yaml", *arguments, *options, **more)
        return json.loads(done.stdout) if form == "json" and done.returncode == 0 else done

    return call


def text_of(
    questions: list[Data],
    answers: dict[str, str],
    targets: Mapping[str, float],
    *,
    misconceptions: tuple[str, ...] = ("a", "b"),
    rules: Data | None = None,
    unit: str = "hours",
    **orders: object,
) -> str:
    """The plan of a small questionnaire in English, on lines as wide as they like."""
    questionnaire = questionnaire_from(
        questionnaire_data(
            questions, misconceptions, rules=rules or {"min_rated": 0, "min_coverage": 0},
            departments=[{"id": "sales", "name": "Sales"}, {"id": "support", "name": "Support"}],
            effort={"unit": unit},
        )
    )  # fmt: skip
    sheet = sheet_from({"schema": "smaudit/sheet/1", "answers": answers, **orders}, questionnaire)
    subject = Subject(questionnaire, sheet, assess(questionnaire, sheet))
    aimed = {name: Fraction(score) for name, score in targets.items()}
    told = Planned(subject, plan(questionnaire, sheet, aimed) if aimed else roadmap(questionnaire, sheet))
    phrases = load_phrases("en")
    drawn = render(compose(told, phrases), phrases, Surface(88))
    return " ".join(drawn.split())


@pytest.mark.parametrize(
    ("options", "effort"),
    [
        (["a=75", "b=75"], 7),
        (["b=75"], 3),
        (["a=80", "b=90"], 13),
        (["a=100", "b=100"], 21),
    ],
)
def test_the_golden_efforts(planned: Callable[..., Any], options: list[str], effort: int) -> None:
    """The efforts of the golden example G9 are what the command prints, proven."""
    document = planned(*(part for each in options for part in ("--target", each)))

    assert ("reached", effort, effort, True) == tuple(
        document[name] for name in ("status", "effort", "bound", "optimal")
    )


def test_the_golden_plan_is_told_whole(planned: Callable[..., Any]) -> None:
    """A ≥ 75 and B ≥ 75: two steps, both exactly at 75, with gains, waves and running scores."""
    document = planned("--target", "a=75", "--target", "b=75")

    steps = [(each["question"], each["from"], each["to"], each["wave"]) for each in document["steps"]]
    assert [("q1", "l2", "l3", None), ("q2", "l1", "l2", None)] == steps
    assert {"a": 75.0, "b": 75.0} == document["targets"]
    assert {"overall": 59.166667, "a": 50.0, "b": 68.333333} == document["before"]
    assert {"overall": 75.0, "a": 75.0, "b": 75.0} == document["after"]
    assert document["after"] == document["steps"][-1]["running"]
    assert [5, 2] == [each["effort"] for each in document["steps"]]


def test_every_json_is_valid_against_the_printed_schema(
    smaudit: Program, planned: Callable[..., Any]
) -> None:
    """Plans of every status, for a budget, for nothing and a what-if: the schemas know them all."""
    schemas = {name: json.loads(smaudit("schema", name).stdout) for name in ("plan", "what-if")}
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    for options in (
        [],
        ["--target", "75"],
        ["--target", "5"],
        ["--target", "a=100", "--without", "q1"],
        ["--budget", "4"],
    ):
        assert [] == list(Draft202012Validator(schemas["plan"]).iter_errors(planned(*options)))
    empty = planned(sheet="-", stdin=b"{}")
    tried = planned("--what-if", "q2=l2")

    assert [] == list(Draft202012Validator(schemas["plan"]).iter_errors(empty))
    assert [] == list(Draft202012Validator(schemas["what-if"]).iter_errors(tried))
    assert [] != list(Draft202012Validator(schemas["plan"]).iter_errors({**empty, "steps": [{}]}))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--target", "nan"], "--target takes a number from 0 to 100, or NAME=NUMBER; nan is neither."),
        (["--target", "101"], "--target takes a number from 0 to 100, or NAME=NUMBER; 101 is neither."),
        (["--target", "-1"], "--target takes a number from 0 to 100, or NAME=NUMBER; -1 is neither."),
        (["--target", "a="], "--target takes a number from 0 to 100, or NAME=NUMBER; a= is neither."),
        (["--target", "x=50"], "--target: there is no score of x. There are: overall, a, b."),
        (["--target", "75", "--target", "80"], "--target is given twice for overall."),
        (["--budget", "3", "--target", "75"], "--budget and --target do not go together."),
        (["--budget", "3.5"], "--budget takes a whole number from 0 on; 3.5 is none."),
        (["--budget", "-1"], "--budget takes a whole number from 0 on; -1 is none."),
        (["--budget", "3", "--for", "x"], "--for: there is no score of x. There are: overall, a, b."),
        (["--for", "a"], "--for goes only with --budget."),
        (["--what-if", "q1"], "--what-if takes QUESTION=OPTION; q1 is no such pair."),
        (["--what-if", "q1="], "--what-if takes QUESTION=OPTION; q1= is no such pair."),
        (["--what-if", "x=l1"], "--what-if: there is no question x."),
        (
            ["--what-if", "q1=x"],
            "--what-if: q1 has no option x. There are: l0, l1, l2, l3, dont-know, not-applicable.",
        ),
        (["--what-if", "q1=l1", "--what-if", "q1=l2"], "--what-if is given twice for q1."),
        (["--what-if", "q1=l1", "--budget", "3"], "--what-if and --budget do not go together."),
        (["--what-if", "q1=l1", "--target", "3"], "--what-if and --target do not go together."),
        (["--what-if", "q1=l1", "--without", "q1"], "--what-if and --without do not go together."),
        (["--what-if", "q1=l1", "--effort", "e.json"], "--what-if and --effort do not go together."),
        (["--what-if", "q1=l1", "-o", "plan.csv"], "--what-if and csv do not go together."),
        (["--without", "x"], "--without: there is no question x."),
        (["--effort", "nowhere.json"], "There is no file nowhere.json."),
        (
            ["--format", "docx"],
            "There is no format docx. There are: text, markdown, html, pdf, svg, json, csv.",
        ),
        (
            ["-o", "plan.docx"],
            "The ending of plan.docx names no format. There are: .txt, .md, .html, .pdf, .svg, .json, .csv.",
        ),
        (["--color", "blue"], "--color takes one of: auto, always, never."),
    ],
)
def test_an_order_that_cannot_be_followed_is_exit_2_with_one_line(
    planned: Callable[..., Any], options: list[str], said: str
) -> None:
    """What is wrong is said in a sentence, with a hint at most, and nothing is printed."""
    done = planned(*options, form=None)

    lines = done.stderr.decode().splitlines()
    assert (2, b"", f"smaudit: {said}") == (done.returncode, done.stdout, lines[0])
    assert len(lines) <= 2


def test_a_sheet_and_efforts_cannot_both_be_standard_input(planned: Callable[..., Any]) -> None:
    """Only one of them can be read from there."""
    done = planned("--effort", "-", sheet="-", stdin=b"{}", form=None)

    assert (2, b"smaudit: SHEET - and --effort - do not go together.\n") == (done.returncode, done.stderr)


def test_a_question_that_does_not_count_cannot_be_tried(smaudit: Program, tmp_path: Path) -> None:
    """A what-if on a question of the full check says so where the sheet is a quick one."""
    (tmp_path / "sheet.json").write_bytes((ROOT / "examples" / "harbour-coffee.json").read_bytes())

    quick = {each.id for each in load_questionnaire().at("quick")}
    full = next(each for each in load_questionnaire().questions if each.id not in quick)
    counted = smaudit("plan", "sheet.json", "--what-if", f"{full.id}={full.options[1].id}")

    assert (2, f"smaudit: --what-if: {full.id} does not count for this sheet.\n") == (
        counted.returncode,
        counted.stderr.decode(),
    )


def test_what_if_is_what_assessing_again_gives(
    smaudit: Program, planned: Callable[..., Any], tmp_path: Path
) -> None:
    """Before is the report of the sheet, after that of the sheet with the other answers, and both add up."""
    tried = planned("--what-if", "q2=l2", "--what-if", "q5=l1")
    (tmp_path / "other.json").write_text(
        json.dumps(
            {"schema": "smaudit/sheet/1", "company": {"name": "Acme"},
             "answers": {**GOLDEN_ANSWERS, "q2": "l2", "q5": "l1"}}
        )
    )  # fmt: skip
    reports = [
        json.loads(smaudit("report", name, "--questionnaire", "tiny.yaml", "--format", "json").stdout)
        for name in ("sheet.json", "other.json")
    ]

    assert {**reports[0], "roadmap": None} == tried["before"]
    assert reports[1]["misconceptions"] == tried["after"]["misconceptions"]
    assert reports[1]["overall"] == tried["after"]["overall"]
    assert {"overall": -2.619048, "a": 4.761905, "b": -10.0} == tried["difference"]


def test_what_if_is_told_with_signs(planned: Callable[..., Any]) -> None:
    """The text has the changes, the overall and each misconception with its difference."""
    told = planned("--what-if", "q2=l2", "--what-if", "q5=l1", form="text").stdout.decode()

    assert "If 2 answers were different:" in told
    assert "The overall score would go from 59 to 57 (-2.6)." in told
    assert re.search(r"^A +50 +55 +\+4\.8 ", told, re.MULTILINE)
    assert re.search(r"^B +68 +58 +-10\.0 ", told, re.MULTILINE)
    same = planned("--what-if", "q2=l1", form="text").stdout.decode()
    assert "The overall score would stay at 59." in same


def test_own_efforts_of_a_file_go_before_those_of_the_sheet(
    planned: Callable[..., Any], tmp_path: Path
) -> None:
    """The sheet's field counts, the file's effort counts more, and the words say whose efforts they are."""
    (tmp_path / "own.json").write_text(
        json.dumps({"schema": "smaudit/sheet/1", "answers": GOLDEN_ANSWERS, "efforts": {"q6": 9, "q4": 4}})
    )
    (tmp_path / "efforts.json").write_text('{"q4": 20}')

    from_sheet = planned("--target", "b=75", sheet="own.json")
    from_file = planned("--target", "b=75", "--effort", "efforts.json", sheet="own.json")
    told = planned("--target", "b=75", sheet="own.json", form="text").stdout.decode()

    assert [("q4", 4)] == [(each["question"], each["effort"]) for each in from_sheet["steps"]]
    assert [("q1", 5)] == [(each["question"], each["effort"]) for each in from_file["steps"]]
    assert "by your own effort estimates where you gave any" in " ".join(told.split())
    assert "by the questionnaire's effort estimates" in " ".join(
        planned("--target", "b=75", form="text").stdout.decode().split()
    )


def test_every_problem_of_an_effort_file_is_told(planned: Callable[..., Any], tmp_path: Path) -> None:
    """Unknown questions, efforts below 1 and words are all listed with their lines, exit 3."""
    (tmp_path / "efforts.json").write_text('{"q1": 0,\n "q2": "much",\n "nope": 3,\n "q4": 1.5}')

    done = planned("--effort", "efforts.json", form=None)

    lines = done.stderr.decode().splitlines()
    assert (3, b"", "smaudit: efforts.json was refused: 4 problems.") == (
        done.returncode,
        done.stdout,
        lines[0],
    )
    assert {"  line 1: q1", "  line 2: q2", "  line 3: nope", "  line 4: q4"} == {
        ":".join(line.split(":")[:2]) for line in lines[1:5]
    }
    (tmp_path / "list.json").write_text("[1]")
    (tmp_path / "words.json").write_text("q1: 3\n")
    assert [3, 3] == [planned("--effort", name, form=None).returncode for name in ("list.json", "words.json")]


@pytest.mark.parametrize(
    "sheet", [{"efforts": {"q1": 0}}, {"efforts": {"x": 1}}, {"ruled_out": ["x"]}, {"ruled_out": "q1"}]
)
def test_efforts_and_what_is_ruled_out_of_a_sheet_are_checked(
    planned: Callable[..., Any], tmp_path: Path, sheet: Data
) -> None:
    """A sheet with an effort below 1, or an unknown question, is refused."""
    (tmp_path / "bad.json").write_text(json.dumps({"schema": "smaudit/sheet/1", "answers": {}, **sheet}))

    assert 3 == planned(sheet="bad.json", form=None).returncode


def test_what_is_ruled_out_stays_as_it_is(planned: Callable[..., Any], tmp_path: Path) -> None:
    """--without and the field ruled_out give the same plan, which works around the question."""
    (tmp_path / "ruled.json").write_text(
        json.dumps({"schema": "smaudit/sheet/1", "answers": GOLDEN_ANSWERS, "ruled_out": ["q6"]})
    )

    by_option = planned("--target", "b=75", "--without", "q6")
    by_field = planned("--target", "b=75", sheet="ruled.json")

    assert ["q4"] == [each["question"] for each in by_option["steps"]]
    assert by_option["steps"] == by_field["steps"]


def test_out_of_reach_says_the_most_and_what_stands_in_the_way(planned: Callable[..., Any]) -> None:
    """The most there is, and each question in the way with the reason."""
    document = planned("--target", "a=100", "--without", "q1")
    told = " ".join(planned("--target", "a=100", "--without", "q1", form="text").stdout.decode().split())

    assert ("unreachable", 0, [], None) == tuple(document[n] for n in ("status", "effort", "steps", "bound"))
    assert {"a": 83.333333} == document["most"]
    in_the_way = [(each["question"], each["status"]) for each in document["stands_in_the_way"]]
    assert [("q1", "left-out"), ("q3", "not-applicable"), ("q5", "dont-know")] == in_the_way
    assert "The steps there are do not lead that far." in told
    assert "“A” gets to 83 at most; the goal is 100." in told
    assert "q1? It was ruled out." in told
    assert "q5? Nobody knew the answer, so no step can start from it." in told


def test_reached_already_is_said(planned: Callable[..., Any]) -> None:
    """A target below the score has an empty plan and a sentence."""
    document = planned("--target", "a=50", "--target", "40.5")
    told = " ".join(planned("--target", "a=50", "--target", "40.5", form="text").stdout.decode().split())

    assert ("already-reached", 0, []) == (document["status"], document["effort"], document["steps"])
    assert "The goal: “A” at 50 and the overall score at 40.5." in told
    assert "That is reached already, and nothing has to be done for it." in told


def test_a_budget_buys_the_most(planned: Callable[..., Any]) -> None:
    """The best for an effort of 5 is said to be the best, and one for nothing buys nothing."""
    document = planned("--budget", "5", "--for", "a")
    told = " ".join(planned("--budget", "5", "--for", "a", form="text").stdout.decode().split())
    nothing = " ".join(planned("--budget", "0", form="text").stdout.decode().split())

    assert (5, None, 5, True) == tuple(document[name] for name in ("budget", "bound", "effort", "optimal"))
    assert document["after"]["a"] == document["ceiling"] == document["targets"]["a"]
    assert "The goal: the most for “A” within effort 5, alarms first." in told
    assert ", takes “A” from 50 to 67." in told
    assert "No other set of steps within this effort gets further, once the alarms are left." in told
    assert "Nothing can be gained for this effort." in nothing


def test_without_a_target_the_goal_is_to_be_clearly_free() -> None:
    """At 55 and without an alarm; where that is so, what gains most beyond; then what to show, or nothing."""
    questions = [question("q1", {"a": 1}, 5, efforts=dict.fromkeys(range(4), 1)), question("q2", {"b": 1}, 5)]
    told = [text_of(questions, {"q1": level, "q2": "l4"}, {}) for level in ("l0", "l3", "l4")]

    free = "this company is clearly free of every misconception, at 55 or more, and no alarm stands."
    assert f"The goal: {free}" in told[0]
    assert "1 step, 1 hour by the questionnaire's effort estimates." in told[1]
    assert "This is what gains most beyond that." in told[1]
    assert "No step is left" in told[2]
    assert "Worth doing now: show what stands behind these 2 answers." in told[2]
    assert "There is no score yet" in text_of(questions, {}, {}, rules={"min_rated": 1})


def test_a_goal_out_of_reach_is_lowered_and_explained() -> None:
    """The plan goes as far as it can, says how far, and what stands in the way with whom to ask."""
    questions = [
        question("q1", {"a": 1}, 3, efforts={0: 1, 1: 1}),
        question("q2", {"a": 2}, 2),
        question("q3", {"b": 1}, 2, efforts={0: 1}),
        question("q4", {"a": 1}, 2, ask=["sales", "support"]),
    ]
    told = text_of(questions, {"q1": "l0", "q2": "l0", "q3": "l0", "q4": "dont-know"}, {})

    assert "2 steps lead as near as there is a way, 3 hours in all" in told
    assert "“A” gets to 33 and not to 55: the steps there are lead no further." in told
    assert "q2? The questionnaire has no step that leads further here." in told
    assert "q4? Nobody knew the answer, so no step can start from it. Ask: Sales and Support." in told
    assert "1 answer is missing." in told


def test_what_could_change_a_side_is_to_be_found_out_first() -> None:
    """The unknown answers of a misconception whose range crosses 50, with whom to ask."""
    questions = [
        question("q1", {"a": 1}, 3, efforts={0: 1, 1: 1}),
        question("q2", {"a": 1}, 2, ask=["support"]),
    ]
    told = text_of(questions, {"q1": "l1", "q2": "dont-know"}, {}, misconceptions=("a",))

    assert "Find out first: 1 unknown answer could change which misconceptions steer you." in told
    assert "1. q2? Ask: Support." in told


def test_an_alarm_comes_first_and_one_that_stays_is_told() -> None:
    """The roadmap leads out of an alarm before all else; a plan for a target warns of one it leaves."""
    questions = [
        question("q1", {"a": 1}, 2, efforts={0: 1}),
        question("q2", {"a": 1, "b": 4}, 3, efforts={0: 8, 1: 1}),
        question("q3", {"a": 5}, 2, efforts={0: 1}),
    ]
    questions[1]["options"][0]["alarm"] = True
    answers = {"q1": "l0", "q2": "l0", "q3": "l0"}

    natural, aimed = text_of(questions, answers, {}), text_of(questions, answers, {"a": 60})

    assert "1. raise q2 from 0" in natural
    assert "Why: an alarm comes before everything else, and this is the way out of it." in natural
    assert "! An alarm stays with this plan: q2?." in aimed
    assert "The way out: raise q2 from 0" in aimed


def test_waves_number_through_and_say_what_they_bring() -> None:
    """Small steps make the first week, larger ones the quarter, with their dates, and the numbers go on."""
    questions = [
        question("q1", {"a": 1}, 2, efforts={0: 4}),
        question("q2", {"a": 1}, 2, efforts={0: 24}),
        question("q3", {"a": 1}, 3, efforts={0: 80, 1: 40}),
    ]
    answers = {"q1": "l0", "q2": "l0", "q3": "l0"}
    told = text_of(questions, answers, {"a": 100}, misconceptions=("a",), date="2026-11-26")
    undated = text_of(questions, answers, {"a": 100}, misconceptions=("a",))

    assert "First week, by 3 December 2026" in told
    assert "1 step, 4 hours; average from 0 to 33. 1. raise q1 from 0" in told
    assert "First quarter, by 25 February 2027" in told
    assert "1 step, 24 hours; average from 33 to 67. 2. raise q2 from 0" in told
    assert "Later ═════ 1 step, 120 hours; average from 67 to 100." in told
    assert "3. raise q3 from 0 Then: raise q3 from 1" in told
    assert "First week ══════════ 1 step" in undated


def test_points_are_no_time() -> None:
    """Where efforts are points there are no waves, and no sentence about weeks."""
    questions = [question("q1", {"a": 1}, 2, efforts={0: 4})]
    told = text_of(questions, {"q1": "l0"}, {}, misconceptions=("a",), unit="points")

    assert "q1? · effort 4 · +100 points" in told
    assert [] == [word for word in ("week", "hour", "quarter") if word in told.split("And then")[0]]


def test_a_step_says_what_to_show_for_it() -> None:
    """Evidence and metric stand with the entry of their question."""
    more: Data = {"evidence": "A list.", "metric": {"text": "Share", "target": "all"}}
    questions = [question("q1", {"a": 1}, 3, efforts={0: 1, 1: 1}, **more)]
    told = text_of(questions, {"q1": "l0"}, {"a": 100}, misconceptions=("a",))

    assert 1 == told.count("What to show for it: A list.")
    assert "How you will see it: Share (aim: all)" in told


def test_a_search_cut_short_tells_its_distance(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], heard: None
) -> None:
    """Ctrl-C during the search prints the best plan so far with what is proven, exit 0."""
    sheet = str(ROOT / "examples" / "tidewell-valves.json")
    arguments = ["plan", sheet, "--target", "80", "--target", "instant-roi=70", "--target", "it-is-free=85"]
    run([*arguments, "--format", "json"])
    best = json.loads(capsys.readouterr().out)

    def interrupted(*_: object) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(cheapest, "good_multipliers", interrupted)
    assert 0 == run([*arguments, "--format", "json"])
    cut = json.loads(capsys.readouterr().out)
    assert 0 == run([*arguments, "--lang", "en"])
    told = " ".join(capsys.readouterr().out.split())

    assert (False, "reached") == (cut["optimal"], cut["status"])
    assert cut["bound"] <= best["effort"] <= cut["effort"]
    assert f"by these estimates no plan needs less than {cut['bound']} hour" in told


HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "  =cmd", "\u00a0=x", "＝1", "＋1", "－1", "＠x",
    " ＝1", "\u3000@x", '"=1',
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    """What a spreadsheet would run gets an apostrophe before it, and no cell has a line end."""
    assert guarded(text).startswith("'")
    assert {"\r", "\n"}.isdisjoint(guarded(text))


def test_no_part_of_a_cell_is_taken_for_a_formula_either() -> None:
    """Where the comma stands in numbers, Excel divides rows at semicolons; plain words stay as they are."""
    assert "Do this;'=HYPERLINK(1);' ＠x; and that" == guarded("Do this;=HYPERLINK(1); ＠x; and that")


@given(st.text(st.sampled_from("ab '\";\t\r\n=+-@＝＠ ")) | st.text())
def test_a_guarded_cell_keeps_its_text(text: str) -> None:
    """But for the apostrophe and line ends, nothing is lost, and plain words stay as they are."""
    cell = guarded(text)

    assert re.sub(r"[\r\n]+", " ", text).replace("'", "") == cell.replace("'", "")
    assert not any(re.match(r"[\s\"]*[=+\-@＝＋－＠]", each) for each in re.split("[;\t]", cell))
    assert cell == text or re.search(r"[\s=+\-@＝＋－＠]", text)


def test_the_csv_is_a_row_a_step_with_hostile_text_disarmed(smaudit: Program, tmp_path: Path) -> None:
    """The header, numbers as numbers, text with a guard, and no line end within a cell."""
    data = questionnaire_data(
        [
            question("q1", {"a": 1}, 2, efforts={0: 2}, title="=HYPERLINK(1)", evidence="line one\nline two"),
            question("q2", {"a": 2}, 2, efforts={0: 5}, title='say "x", y', metric={"text": "-2+3"}),
        ],
        ("a",),
        rules={"min_rated": 0},
        effort={"unit": "hours"},
    )
    data["questions"][0]["options"][0]["text"] = "@cmd"
    data["questions"][0]["options"][1]["text"] = " ＝1"
    (tmp_path / "tiny.yaml").write_text(json.dumps(data))
    (tmp_path / "sheet.json").write_text('{"q1": "l0", "q2": "l0"}')

    done = smaudit("plan", "sheet.json", "--questionnaire", "tiny.yaml", "--target", "100", "--format", "csv")
    rows = list(csv.reader(io.StringIO(done.stdout.decode("utf-8"), newline="")))

    assert (0, b"") == (done.returncode, done.stderr)
    assert list(COLUMNS) == rows[0]
    assert ["1", "2"] == [row[2] for row in rows[1:]]
    expected = ["1", "", "1", "raise q1 from 0", "q1", "'=HYPERLINK(1)", "'@cmd", "' ＝1", "", "2",
                "33.333333", "33.333333", "", "line one line two"]  # fmt: skip
    assert expected == rows[1]
    assert ["1", "2", "q2", 'say "x", y', "5", "66.666667", "100.0", "'-2+3"] == [
        rows[2][each] for each in (0, 2, 4, 5, 9, 10, 11, 12)
    ]
    assert 3 == done.stdout.count(b"\r\n") == done.stdout.count(b"\n")


def test_a_csv_is_utf_8_in_any_terminal(smaudit: Program, tmp_path: Path) -> None:
    """A table has one encoding whatever the output; a file has a mark, for Excel, and a pipe none."""
    sheet = ROOT / "examples" / "tidewell-valves.json"

    piped = smaudit("plan", sheet, "--format", "csv", env={"PYTHONIOENCODING": "ascii"}).stdout
    saved = smaudit("plan", sheet, "-o", "plan.csv", "--lang", "en")

    assert (b"", b"Saved: plan.csv\n") == (saved.stdout, saved.stderr)
    assert b"\xef\xbb\xbf" + piped == (tmp_path / "plan.csv").read_bytes()
    assert len(json.loads(smaudit("plan", sheet, "--format", "json").stdout)["steps"]) + 1 == piped.count(
        b"\r\n"
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_roadmap_is_one_list(smaudit: Program, name: str) -> None:
    """The plan is the report's roadmap, to the byte; a step of one rung is the report's next step."""
    sheet = ROOT / "examples" / f"{name}.json"
    report, document = (
        json.loads(smaudit(command, sheet, "--format", "json").stdout) for command in ("report", "plan")
    )
    assert report["roadmap"] == document

    reported = {each["question"]: each for each in report["next_steps"]}
    for options in ([], ["--target", "75"], ["--target", "instant-roi=75"], ["--budget", "25"]):
        steps = json.loads(smaudit("plan", sheet, *options, "--format", "json").stdout)["steps"]
        assert steps
        for step in steps:
            same = ("from", "owner", *(("to", "effort", "gain", "gains") if len(step["way"]) == 1 else ()))
            assert [reported[step["question"]][key] for key in same] == [step[key] for key in same]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_roadmap_of_a_report_is_the_plan(shipped: Questionnaire, english: Phrases, name: str) -> None:
    """The section of a report has the steps of the plan, in the same words and order; the first page too."""
    loaded = load_sheet(str(ROOT / "examples" / f"{name}.json"), shipped)
    subject = Subject(shipped, loaded, assess(shipped, loaded))
    planned = Planned(subject, roadmap(shipped, loaded))
    blocks = list(roadmap_blocks(planned, Words(shipped, loaded, english)))
    listed = [entry.title[0].text for block in blocks for entry in getattr(block, "items", ())]
    stored = (ROOT / "examples" / f"{name}.plan.md").read_text(encoding="utf-8")
    page = (ROOT / "examples" / f"{name}.md").read_text(encoding="utf-8").split("\n## ")[0]

    first = blocks[0]
    assert isinstance(first, Heading)
    assert "Roadmap" == first.content[0].text
    numbered = r"^\d+\. \*\*(.*)\*\*\\$"
    assert [*listed] == re.findall(numbered, stored, re.MULTILINE)
    assert listed[:3] == re.findall(numbered, page, re.MULTILINE)


def test_anonymous_leaves_out_names(planned: Callable[..., Any]) -> None:
    """No company in any format, and the same steps."""
    named, nameless = planned(), planned("--anonymous")

    assert (named["steps"], None) == (nameless["steps"], nameless["sheet"]["company"])
    assert b"Acme" not in planned("--anonymous", form="markdown").stdout
    assert b"Acme" in planned(form="markdown").stdout
