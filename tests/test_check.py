"""`smaudit check` of many files, of long lists of problems, and as data for scripts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Program, question, questionnaire_data
from jsonschema import Draft202012Validator

from smaudit.core.dates import meant
from smaudit.errors import MOST_TOLD, Exit
from smaudit.report.data.json import schema

SHEET: dict[str, Any] = {"schema": "smaudit/sheet/1", "answers": {"training": "dont-know"}}


def written(folder: Path, name: str, data: object) -> str:
    """Write a file as JSON, or YAML by its name, and give that."""
    text = json.dumps(data, indent=1) if name.endswith(".json") else yaml.safe_dump(data, sort_keys=False)
    (folder / name).write_text(text)
    return name


def poor(count: int) -> dict[str, Any]:
    """A questionnaire with so many misconceptions, each of which lacks all that is worth having."""
    names = [f"m{number}" for number in range(count)]
    return questionnaire_data([question(f"q-{name}", {name: 1}) for name in names], names)


def test_of_many_files_each_is_named_and_all_are_checked(smaudit: Program, tmp_path: Path) -> None:
    """A missing and a refused file cost no more than themselves; the exit code says that there were some."""
    good = [written(tmp_path, name, SHEET) for name in ("a.json", "z.json")]
    bad = written(tmp_path, "bad.json", {**SHEET, "depth": "deep"})

    result = smaudit("check", good[0], bad, "none.json", good[1])

    assert Exit.REFUSED == result.returncode
    assert b"a.json: ok\nz.json: ok\n" == result.stdout
    assert [
        "smaudit: bad.json was refused: 1 problem.",
        "  line 6: depth: Only this is allowed here: quick, full.",
        "smaudit: There is no file none.json.",
        "Mend these and try again.",
        "Check the spelling, and the folder you are in.",
    ] == result.stderr.decode().splitlines()


def test_many_files_without_a_problem_are_done(smaudit: Program, tmp_path: Path) -> None:
    """Exit 0, a line for each; a file named twice is checked once."""
    names = [written(tmp_path, name, SHEET) for name in ("a.json", "b.json")]

    result = smaudit("check", *names, "a.json")

    assert (Exit.DONE, b"a.json: ok\nb.json: ok\n", b"") == (result.returncode, result.stdout, result.stderr)


def test_a_questionnaire_that_is_refused_is_said_once(smaudit: Program, tmp_path: Path) -> None:
    """It is no fault of the sheets that are checked against it."""
    names = [written(tmp_path, name, SHEET) for name in ("a.json", "b.json")]
    (tmp_path / "own.yaml").write_text("title: a\n")

    result = smaudit("check", *names, "--questionnaire", "own.yaml")

    assert (Exit.REFUSED, b"") == (result.returncode, result.stdout)
    assert 1 == result.stderr.count(b"own.yaml was refused")


def test_all_problems_are_told_on_demand(smaudit: Program, tmp_path: Path) -> None:
    """Without --all the first twenty, and how to see the rest."""
    count = MOST_TOLD + 5
    sheet = {**SHEET, "answers": {f"q{number}": "x" for number in range(count)}}
    written(tmp_path, "s.json", sheet)

    some, every = smaudit("check", "s.json"), smaudit("check", "s.json", "--all")

    assert (Exit.REFUSED, Exit.REFUSED) == (some.returncode, every.returncode)
    assert (MOST_TOLD, count) == (some.stderr.count(b" answers "), every.stderr.count(b" answers "))
    assert [
        "  and 5 more.",
        "Mend these and try again.",
        "Every one of them: smaudit check --all",
    ] == some.stderr.decode().splitlines()[-3:]
    assert b"--all" not in every.stderr


def test_warnings_of_one_kind_are_one_line(smaudit: Program, tmp_path: Path) -> None:
    """The first in full, and on which lines the others are; with --all each on its own."""
    written(tmp_path, "own.yaml", poor(12))

    some = smaudit("check", "own.yaml").stderr.decode().splitlines()
    every = smaudit("check", "own.yaml", "--all").stderr.decode().splitlines()

    warned = some[: some.index("smaudit: own.yaml was refused: 72 problems.")]
    assert ["own.yaml: 48 warnings.", 4] == [warned[0], len(warned) - 1]
    assert warned[1].startswith("  line 6: misconceptions → 1 → belief: m0 has no belief item")
    assert warned[1].endswith("holds in 11 other places: lines 8, 10, 12, 14, 16, 18, 20, 22 and more.")
    assert 12 == sum("has no belief item" in line for line in every)


def test_the_rule_that_keeps_a_score_from_existing_is_named(smaudit: Program, tmp_path: Path) -> None:
    """Beside how many questions are asked for; without them, or another rule, there is never a score."""
    written(tmp_path, "own.yaml", poor(1))
    written(tmp_path, "s.json", {"schema": "smaudit/sheet/1", "answers": {"q-m0": "l1"}})

    told = smaudit("check", "own.yaml").stderr.decode()
    reported = smaudit("report", "s.json", "--questionnaire", "own.yaml", "--format", "json").stdout

    assert "m0 can never have a score: min_rated in rules asks for 2 answers" in told
    assert [None] == [each["score"] for each in json.loads(reported)["misconceptions"]]


def test_problems_as_data_have_file_line_key_and_sentence(smaudit: Program, tmp_path: Path) -> None:
    """Valid against its schema; with the same exit codes, and nothing beside it on standard error."""
    names = [
        written(tmp_path, "own.yaml", poor(1)),
        written(tmp_path, "s.json", {**SHEET, "depth": "deep"}),
        written(tmp_path, "ok.json", SHEET),
        "none.json",
    ]

    result = smaudit("check", *names, "--format", "json")
    found = json.loads(result.stdout)

    assert (Exit.REFUSED, b"") == (result.returncode, result.stderr)
    Draft202012Validator(schema("check")).validate(found)
    assert [
        {"file": "own.yaml", "kind": "questionnaire", "refused": True},
        {"file": "s.json", "kind": "sheet", "refused": True},
        {"file": "ok.json", "kind": "sheet", "refused": False},
        {"file": "none.json", "kind": None, "refused": True},
    ] == found["files"]
    assert {
        "file": "s.json",
        "line": 6,
        "place": ["depth"],
        "key": "problem.one-of-needed",
        "level": "error",
        "message": "Only this is allowed here: quick, full.",
    } in found["problems"]
    assert {"error", "warning"} == {each["level"] for each in found["problems"] if each["file"] == "own.yaml"}
    assert ["error.not-found"] == [each["key"] for each in found["problems"] if each["file"] == "none.json"]


@pytest.mark.parametrize(("name", "code"), [("ok.json", 0), ("bad.json", 3), ("none.json", 2)])
def test_one_file_as_data_keeps_its_exit_code(smaudit: Program, tmp_path: Path, name: str, code: int) -> None:
    """As without --format: 2 for a file that cannot be read, 3 for one that is refused."""
    written(tmp_path, "ok.json", SHEET)
    written(tmp_path, "bad.json", {**SHEET, "depth": "deep"})

    assert code == smaudit("check", name, "--format", "json").returncode


def test_answers_that_no_longer_count_are_told_where_they_stand(smaudit: Program, tmp_path: Path) -> None:
    """An earlier version's answers are no error; each is a warning with its line and place."""
    made = {"id": "social-media-misconceptions", "version": "0.1"}
    answers = {"reply-coverage": "another", "dropped": "x", "training": "dont-know"}
    written(tmp_path, "s.json", {**SHEET, "questionnaire": made, "answers": answers})

    result = smaudit("check", "s.json", "--format", "json")

    found = json.loads(result.stdout)["problems"]
    assert Exit.DONE == result.returncode
    assert [
        ("check.gone", "warning", ["answers", "dropped"], 5),
        ("check.gone", "warning", ["answers", "reply-coverage"], 4),
    ] == sorted((each["key"], each["level"], each["place"], each["line"]) for each in found)


@pytest.mark.parametrize(
    ("written_as", "expected"),
    [
        ("2026/11/26", "2026-11-26"),
        ("2026-1-6", "2026-01-06"),
        ("20261126", "2026-11-26"),
        ("2026-11-26T10:00:00Z", "2026-11-26"),
        ("26.11.2026", "2026-11-26"),
        ("5. 6. 2026", "2026-06-05"),
        ("26/11/2026", "2026-11-26"),
        ("11/26/2026", "2026-11-26"),
        ("6/6/2026", "2026-06-06"),
        ("26 Nov 2026", "2026-11-26"),
        ("November 26, 2026", "2026-11-26"),
        ("5/6/2026", None),
        ("26.11.26", None),
        ("31.11.2026", None),
        ("26 Foo 2026", None),
        ("tomorrow", None),
        ("٢٦/١١/٢٠٢٦", None),
        ("1" * 100, None),
    ],
)
def test_the_day_that_a_date_in_another_form_means(written_as: str, expected: str | None) -> None:
    """It is told where it can be one day only."""
    assert expected == meant(written_as)
