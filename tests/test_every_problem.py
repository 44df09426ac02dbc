"""Every sentence about a problem of a file belongs to a file that has the problem."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Data, Program
from polars import read_csv
from test_table import TABLES

from smaudit import table
from smaudit.errors import Problem, Refused
from smaudit.files.efforts import load_efforts
from smaudit.files.limits import MOST_OF_A_SHEET
from smaudit.files.load import (
    load_questionnaire,
    load_sheet,
    load_translation,
    questionnaire_from,
)
from smaudit.language.phrases import Phrases
from smaudit.language.translation import gaps

SHEET: Data = {"schema": "smaudit/sheet/1", "answers": {}}
ASKED: Data = {
    "schema": "smaudit/questionnaire/1",
    "id": "tiny",
    "version": "1",
    "title": "Tiny",
    "misconceptions": [{"id": "a", "title": "A"}],
    "questions": [
        {
            "id": "q",
            "text": "?",
            "weights": {"a": 1},
            "options": [{"id": "l0", "text": "0"}, {"id": "l1", "text": "1", "alarm": False}],
        }
    ],
}
SECOND = {**ASKED["questions"][0], "id": "r"}
FACT: Data = {"id": "size", "text": "?", "options": [{"id": "one", "text": "1"}, {"id": "two", "text": "2"}]}
TINY = json.dumps(ASKED).encode()


def sheet(**more: object) -> bytes:
    """A sheet for the tiny questionnaire."""
    return json.dumps({**SHEET, **more}).encode()


def asked(**more: object) -> bytes:
    """The tiny questionnaire with other parts."""
    return json.dumps({**ASKED, **more}).encode()


def question(**more: object) -> bytes:
    """The tiny questionnaire with another question."""
    return asked(questions=[{**ASKED["questions"][0], **more}])


def translation(texts: Data, **more: object) -> bytes:
    """A translation of the tiny questionnaire."""
    data = {"schema": "smaudit/translation/1", "id": "tiny", "language": "xx"}
    return json.dumps({**data, "texts": texts, **more}).encode()


PROBLEMS = {
    "missing": ("sheet", b'{"answers": {}}'),
    "column-not-text": ("table", b"answer_q\n1\n"),
    "column-taken": ("table", b"answer_q,Steers\nl0,x\n"),
    "unknown-field": ("sheet", sheet(respondent={"role": "x"})),
    "text-empty": ("questionnaire", asked(title="")),
    "text-needed": ("sheet", sheet(remark=5)),
    "slug-needed": ("questionnaire", asked(id="Tiny One")),
    "whole-number-needed": ("sheet", sheet(efforts={"q": "three"})),
    "too-small": ("sheet", sheet(efforts={"q": 0})),
    "too-large": ("sheet", sheet(guess={"steering": 9})),
    "true-or-false-needed": (
        "questionnaire",
        question(options=[{"id": "l0", "text": "0", "alarm": "no"}, {"id": "l1", "text": "1"}]),
    ),
    "mapping-needed": ("sheet", sheet(company="Harbour")),
    "list-needed": ("sheet", sheet(ruled_out="q")),
    "too-few": ("questionnaire", asked(misconceptions=[])),
    "too-many": ("questionnaire", asked(misconceptions=[{"id": f"m{n}", "title": "M"} for n in range(51)])),
    "too-long": ("sheet", sheet(remark="x" * 20_001)),
    "one-of-needed": ("sheet", sheet(depth="deep")),
    "share-needed": ("questionnaire", asked(rules={"min_coverage": "50 %"})),
    "translates-other": ("translation", translation({}, id="other")),
    "translation-missing": ("translation", translation({})),
    "translation-stale": ("translation", translation({"title": {"text": "T", "of": "0" * 8}})),
    "translation-superfluous": ("translation", translation({"bogus": {"text": "T", "of": "0" * 8}})),
    "date-form": ("sheet", sheet(date="26/11/2026")),
    "date-needed": ("sheet", sheet(date="5/6/2026")),
    "address-needed": ("questionnaire", asked(source={"title": "t", "url": "www.example.org"})),
    "belief-needed": ("sheet", sheet(beliefs={"a": 6})),
    "no-weight": ("questionnaire", asked(misconceptions=[{"id": n, "title": "A"} for n in ("a", "b")])),
    "weightless": ("questionnaire", question(weights={"a": 0})),
    "repeated-id": ("questionnaire", asked(questions=ASKED["questions"] * 2)),
    "id-taken": ("questionnaire", question(id="department")),
    "unknown-id": ("questionnaire", question(weights={"a": 1, "c": 1})),
    "scale-and-options": (
        "questionnaire",
        asked(scales={"s": FACT["options"]}, questions=[{**ASKED["questions"][0], "scale": "s"}]),
    ),
    "needs-scale": ("questionnaire", question(reversed=True)),
    "too-few-options": ("questionnaire", question(options=[{"id": "l0", "text": "0"}])),
    "reserved-id": ("questionnaire", asked(misconceptions=[{"id": "overall", "title": "A"}])),
    "values-fall": (
        "questionnaire",
        question(options=[{"id": n, "text": n, "value": v} for n, v in (("l0", "1"), ("l1", "0"))]),
    ),
    "unknown-question": ("sheet", sheet(answers={"training": "l0"})),
    "unknown-question-of-many": ("sheet of many", sheet(answers={"x": "l0"})),
    "misspelt": ("sheet of many", sheet(answers={"reply_coverage": "x"})),
    "unknown-option": ("sheet", sheet(answers={"q": 2})),
    "other-questionnaire": ("sheet", sheet(questionnaire={"id": "other"})),
    "efforts-are-json": ("efforts", b"q: 3\n"),
    "sheet-is-json": ("sheet", b"q: l0\n"),
    "web-page": ("sheet", b"<!DOCTYPE html><html><body>Sign in</body></html>"),
    "is-sheet": ("questionnaire", sheet()),
    "is-questionnaire": ("sheet", TINY),
    "is-translation": ("sheet", translation({})),
    "is-result": ("sheet", b'{"schema": "smaudit/assessment/1"}'),
    "empty": ("sheet", b" \n"),
    "too-big": ("sheet", sheet(anything="x" * MOST_OF_A_SHEET)),
    "not-utf8": ("sheet", b'{"schema": "smaudit/sheet/1", "remark": "Caf\xe9"}'),
    "not-text": ("sheet", b'{"schema": "smaudit/sheet/1", "answers": {}, "remark": "\\ud800"}'),
    "control-character": ("questionnaire", b"title: a\x07b\n"),
    "too-deep": ("sheet", b"[" * 40 + b"]" * 40),
    "too-many-values": ("sheet", b"[" + b"0," * 20_000 + b"0]"),
    "duplicate-key": ("sheet", b'{"schema": "smaudit/sheet/1", "answers": {}, "answers": {}}'),
    "key-not-text": ("questionnaire", b"1: a\n"),
    "json-cut": ("sheet", b'{"schema": "smaudit/sheet/1", "answers": {'),
    "json-comma": ("sheet", b'{"schema": "smaudit/sheet/1", "answers": {},\n}'),
    "json-syntax": ("sheet", b'{"schema": "smaudit/sheet/1" "answers": {}}'),
    "not-a-number": ("sheet", b'{"schema": "smaudit/sheet/1", "answers": {}, "x": NaN}'),
    "number-too-long": ("sheet", b'{"schema": "smaudit/sheet/1", "answers": {}, "x": ' + b"9" * 21 + b"}"),
    "yaml-syntax": ("questionnaire", b'title: "x\n'),
    "yaml-tab": ("questionnaire", b"a:\n\tb: 1\n"),
    "yaml-cut": ("questionnaire", b'ends_with: "..."\nid: tiny\n'),
    "yaml-colon": ("questionnaire", b"title: a: b\n"),
    "yaml-alias": ("questionnaire", b"title: *name\n"),
    "yaml-anchor": ("questionnaire", b"title: &name x\n"),
    "yaml-tag": ("questionnaire", b"title: !name x\n"),
    "yaml-directive": ("questionnaire", b"%YAML 1.2\n---\ntitle: x\n"),
    "yaml-documents": ("questionnaire", b"title: x\n---\ntitle: y\n"),
}
"""What reads the file, and the file."""


def problems(kind: str, file: Path) -> tuple[Problem, ...]:
    """What is told of a file where it is read as this kind."""
    try:
        if kind == "questionnaire":
            load_questionnaire(file)
        elif kind == "translation":
            original = questionnaire_from(TINY, "tiny.json")
            return gaps(original, load_translation(str(file), original))
        elif kind == "table":
            table(read_csv(file), questionnaire_from(TINY, "tiny.json"))
        elif kind == "efforts":
            load_efforts(str(file), load_questionnaire())
        else:
            load_sheet(file, None if kind == "sheet of many" else questionnaire_from(TINY, "tiny.json"))
    except Refused as refusal:
        return refusal.problems
    return ()


@pytest.mark.parametrize(("name", "kind", "data"), [(name, *case) for name, case in PROBLEMS.items()])
def test_a_file_leads_to_the_sentence_about_its_problem(
    tmp_path: Path, english: Phrases, name: str, kind: str, data: bytes
) -> None:
    """The sentence can be filled in with what the problem carries."""
    file = tmp_path / "file"
    file.write_bytes(data)

    found = [problem.message for problem in problems(kind, file)]

    assert f"problem.{name}" in [message.phrase for message in found]
    assert all(english.said(message) for message in found)


def test_every_sentence_about_a_problem_has_such_a_file(english: Phrases) -> None:
    """A sentence that nothing leads to is wrong or not needed.

    But for the one that stands in for what a later pydantic may find. Files of phrases have their own test,
    and so have tables and their maps.
    """
    known = {key.removeprefix("problem.") for key in english.by_key if key.startswith("problem.")}

    tables = {name for name in known if name.startswith("table-")}
    assert tables == {problem.removeprefix("problem.") for problem in TABLES}
    assert known - tables == {"invalid", "digits-needed", "plural-rule-needed", *PROBLEMS}


@pytest.mark.parametrize("name", [name for name, (kind, _) in PROBLEMS.items() if kind.startswith("sheet")])
def test_check_and_report_say_the_same_of_a_sheet(smaudit: Program, tmp_path: Path, name: str) -> None:
    """In the same words, with the same exit code; what says that it is something else is checked as that."""
    (tmp_path / "s.json").write_bytes(PROBLEMS[name][1])
    (tmp_path / "tiny.json").write_bytes(TINY)
    asked = [] if PROBLEMS[name][0] == "sheet of many" else ["--questionnaire", "tiny.json"]

    checked, reported = smaudit("check", "s.json", *asked), smaudit("report", "s.json", *asked)

    if name in {"is-questionnaire", "is-translation"}:
        assert b"problem" not in reported.stdout
    else:
        assert (checked.returncode, checked.stderr.decode()) == (
            reported.returncode,
            reported.stderr.decode(),
        )
