"""The page on writing a questionnaire of one's own: its example, its commands and its claims are true."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest
import yaml
from conftest import ROOT, Program
from markdown_it import MarkdownIt

from smaudit.errors import Exit

PAGE = ROOT / "docs" / "your-own-questionnaire.md"
BLOCKS = [token for token in MarkdownIt().parse(PAGE.read_text()) if token.type == "fence"]
FILES = {block.info.split()[1]: block.content for block in BLOCKS if len(block.info.split()) > 1}


def commands() -> Iterator[tuple[list[str], str]]:
    """Each command of the page with the output it is shown with."""
    for block in BLOCKS:
        if block.info == "console":
            for shown in block.content.split("$ ")[1:]:
                command, _, output = shown.partition("\n")
                yield shlex.split(command), output


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that the page has one save."""
    for name, content in FILES.items():
        (tmp_path / name).write_text(content)
    return tmp_path


@pytest.fixture
def changed(folder: Path) -> Path:
    """The same folder after the change of version that the page describes."""
    data = yaml.safe_load(FILES["own.yaml"])
    data["version"] = "1.1"
    data["questions"] = [each for each in data["questions"] if each["id"] != "when-they-leave"]
    data["questions"].append(yaml.safe_load(FILES["question.yaml"]))
    (folder / "own.yaml").write_text(yaml.safe_dump(data, sort_keys=False))
    return folder


def assessed(smaudit: Program, sheet: str = "acme.json") -> tuple[int, Any]:
    """The assessment of a sheet against the page's questionnaire."""
    result = smaudit("report", sheet, "--questionnaire", "own.yaml", "--format", "json")
    return result.returncode, json.loads(result.stdout) if result.stdout else None


def test_the_commands_of_the_page_run_as_shown(smaudit: Program, folder: Path) -> None:
    """Every command succeeds without a message; where the page shows what is printed, that is printed."""
    for words, shown in commands():
        program, *arguments = words[: words.index(">")] if ">" in words else words

        result = smaudit(*arguments)

        expected = shown or result.stdout.decode()
        said = f"Saved: {arguments[-1]}\n".encode() if "-o" in arguments else b""
        assert ("smaudit", Exit.DONE, expected, said) == (
            program,
            result.returncode,
            result.stdout.decode(),
            result.stderr,
        )
        if ">" in words:
            (folder / words[-1]).write_bytes(result.stdout)

    assert {*FILES, "blank.json", "acme.md", "start.yaml"} == {path.name for path in folder.iterdir()}


def test_the_example_is_asked_in_a_terminal(folder: Path) -> None:
    """The interview that the page names begins with the example's title."""
    command = ["-m", "smaudit", "assess", "new.json", "--questionnaire", "own.yaml"]
    terminal = pexpect.spawn(sys.executable, command, cwd=folder, timeout=30, encoding="utf-8")
    try:
        assert 0 == terminal.expect_exact("Do followers count?")
    finally:
        terminal.close(force=True)


def test_the_blank_sheet_names_questions_answers_and_version(smaudit: Program, folder: Path) -> None:
    """The template holds every question of the questionnaire, what is allowed, and the version."""
    blank = json.loads(smaudit("template", "--questionnaire", folder / "own.yaml").stdout)

    asked = yaml.safe_load(FILES["own.yaml"])["questions"]
    assert [each["id"] for each in asked] == list(blank["answers"])
    assert [[option["id"] for option in each["options"]] for each in asked] == [
        list(blank["allowed"]["answers"][each["id"]]["options"]) for each in asked
    ]
    assert {"id": "follower-count", "version": "1.0"} == blank["questionnaire"]


@pytest.mark.usefixtures("folder")
def test_the_score_is_the_one_on_the_page(smaudit: Program) -> None:
    """Acme is at 62.5, between 50 and 70."""
    code, found = assessed(smaudit)

    overall = found["overall"]
    assert (Exit.DONE, 62.5, 50, 70) == (code, overall["score"], overall["worst"], overall["best"])


@pytest.mark.usefixtures("folder")
def test_every_report_names_version_and_file(smaudit: Program) -> None:
    """The version and the hash of the questionnaire stand in the report and in its JSON."""
    _, found = assessed(smaudit)
    report = smaudit(
        "report", "acme.json", "--questionnaire", "own.yaml", "--format", "markdown"
    ).stdout.decode()

    assert "1.0" == found["questionnaire"]["version"]
    assert found["questionnaire"]["sha256"] in report


@pytest.mark.usefixtures("changed")
def test_the_changed_questionnaire_is_good_too(smaudit: Program) -> None:
    """The change that the page describes leaves nothing for the linter."""
    result = smaudit("check", "own.yaml")

    assert (Exit.DONE, b"ok\n", b"") == (result.returncode, result.stdout, result.stderr)


@pytest.mark.usefixtures("changed")
def test_an_old_sheet_scores_and_lists_what_is_gone(smaudit: Program) -> None:
    """A sheet of an earlier version is scored; a question that is gone is named, a new one unanswered."""
    code, found = assessed(smaudit)
    report = smaudit(
        "report", "acme.json", "--questionnaire", "own.yaml", "--format", "markdown"
    ).stdout.decode()

    overall = found["overall"]
    states = {each["id"]: each["status"] for each in found["misconceptions"][0]["questions"]}
    assert (Exit.DONE, 66.666667, 40, 80) == (code, overall["score"], overall["worst"], overall["best"])
    assert "unanswered" == states["whose-posts"]
    assert "when-they-leave" not in states
    assert "when-they-leave" in report


@pytest.mark.parametrize("version", ["1.1", None])
def test_an_unknown_question_of_the_same_version_is_refused(
    smaudit: Program, changed: Path, version: str | None
) -> None:
    """In a sheet of this version, or of none, a question that is not there is a typing error."""
    sheet = json.loads(FILES["acme.json"])
    sheet["questionnaire"] = {"id": "follower-count"} | ({"version": version} if version else {})
    (changed / "acme.json").write_text(json.dumps(sheet))

    result = smaudit("report", "acme.json", "--questionnaire", "own.yaml")

    assert (Exit.REFUSED, b"") == (result.returncode, result.stdout)
    assert b"when-they-leave" in result.stderr


def test_a_sheet_for_another_questionnaire_is_refused(smaudit: Program, folder: Path) -> None:
    """A sheet that names another questionnaire is not scored with this one."""
    sheet = json.loads(FILES["acme.json"]) | {"questionnaire": {"id": "other", "version": "1.0"}}
    (folder / "acme.json").write_text(json.dumps(sheet))

    result = smaudit("report", "acme.json", "--questionnaire", "own.yaml")

    assert (Exit.REFUSED, b"") == (result.returncode, result.stdout)


@pytest.mark.parametrize(("written", "score"), [("1/3", 58.333333), ("0.33", 58.25)])
def test_a_value_can_be_a_fraction_or_a_decimal(
    smaudit: Program, folder: Path, written: str, score: float
) -> None:
    """What the page says about values holds: 1/3 and 0.33 are read exactly."""
    text = FILES["own.yaml"].replace(
        'text: Nothing.\n        step: {text: "Check',
        f'text: Nothing.\n        value: {written}\n        step: {{text: "Check',
    )
    (folder / "own.yaml").write_text(text)

    _, found = assessed(smaudit)

    assert score == found["overall"]["score"]


def test_an_alarm_keeps_the_misconception_in_the_lower_bands(smaudit: Program, folder: Path) -> None:
    """With the alarm chosen, and all else at its best, the band is strong-pull."""
    best = {each["id"]: each["options"][-1]["id"] for each in yaml.safe_load(FILES["own.yaml"])["questions"]}
    (folder / "acme.json").write_text(json.dumps(best | {"how-won": "paid-to-follow"}))

    _, found = assessed(smaudit)

    assert "strong-pull" == found["misconceptions"][0]["band"]


def test_its_own_words_stand_in_its_report(smaudit: Program, folder: Path) -> None:
    """With the line of words that the page shows, and answers at their worst, a report begins as it says."""
    data = yaml.safe_load(FILES["own.yaml"])
    worst = {each["id"]: each["options"][0]["id"] for each in data["questions"]}
    (folder / "own.yaml").write_text(FILES["own.yaml"] + FILES["words.yaml"])
    (folder / "acme.json").write_text(json.dumps(worst))

    told = smaudit("report", "acme.json", "--questionnaire", "own.yaml").stdout.decode()

    assert "1 of 1 practices not yet in place" == told.partition("\n")[0]
    assert "`1 of 1 practices not yet in place`" in PAGE.read_text()


@pytest.mark.parametrize(("answer", "score"), [("always", 80.0), ("sometimes", 90.0), ("never", 100.0)])
def test_a_scale_is_turned_round_as_the_page_says(
    smaudit: Program, folder: Path, answer: str, score: float
) -> None:
    """With all else at its best, `always` is the worst answer to what asks the other way round."""
    best = dict.fromkeys(("agenda", "end", "notes", "start"), "always")
    (folder / "acme.json").write_text(json.dumps({**best, "by-habit": answer}))

    assert b"ok\n" == smaudit("check", "agreement.yaml").stdout
    found = smaudit("report", "acme.json", "--questionnaire", "agreement.yaml", "--format", "json")
    told = smaudit("plan", "acme.json", "--questionnaire", "agreement.yaml").stdout.decode()

    assert score == json.loads(found.stdout)["overall"]["score"]
    step = {"always": "Cancel the next one", "sometimes": "Ask before each meeting", "never": ""}[answer]
    assert step in told


def test_the_schema_of_questionnaires_is_printed(smaudit: Program) -> None:
    """The command that the page names prints a JSON Schema."""
    result = smaudit("schema", "questionnaire")

    assert Exit.DONE == result.returncode
    assert "properties" in json.loads(result.stdout)
