"""The example companies: their sheets are good, and the reports beside them are what smaudit makes of them.

After a change of content or wording, write the reports anew with

    SMAUDIT_REFRESH=1 python -m pytest tests/test_examples.py
"""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

import pytest
from conftest import ROOT, Program

from smaudit.core.questionnaire import DONT_KNOW, NOT_APPLICABLE, Questionnaire
from smaudit.core.scoring import assess
from smaudit.core.sheet import Sheet
from smaudit.errors import Exit
from smaudit.files.load import load_sheet
from smaudit.files.places import EXAMPLE

EXAMPLES = ROOT / "examples"
COMPANIES = ("harbour-coffee", "tidewell-valves", "rowan-dental", "sorrel-market")
FORMATS = (
    (".assessment.json", "report", "json"),
    (".plan.json", "plan", "json"),
    (".txt", "report", "text"),
    (".md", "report", "markdown"),
    (".html", "report", "html"),
    (".svg", "report", "svg"),
    (".plan.txt", "plan", "text"),
    (".plan.md", "plan", "markdown"),
    (".plan.csv", "plan", "csv"),
    (".plan.html", "plan", "html"),
    (".plan.svg", "plan", "svg"),
)


def ending(of_english: str, language: str) -> str:
    """The ending of a report in a language: `.plan.ar.md` for `.plan.md`; JSON is the same in all."""
    stem, dot, last = of_english.rpartition(".")
    return of_english if language == "en" else f"{stem}.{language}{dot}{last}"


ENDINGS = tuple(
    (ending(of_english, language), command, format_, language)
    for of_english, command, format_ in FORMATS
    for language in (("en",) if format_ == "json" else ("en", "ar"))
)
REPORTS = [(name, *each) for name in COMPANIES for each in ENDINGS]
HOUSE = [f"tidewell-valves{each}.json" for each in ("", ".service", ".owner")]
"""Three sheets of one company."""
TEAM = [
    (f"tidewell-valves{ending(f'.team{last}', language)}", format_, language)
    for last, format_ in ((".json", "json"), (".txt", "text"), (".md", "markdown"), (".html", "html"))
    for language in (("en",) if format_ == "json" else ("en", "ar"))
]


DATES = [f"harbour-coffee{each}.json" for each in ("", ".february", ".may")]
"""Three sheets of one company, of different dates."""
COMPARED = [
    (f"harbour-coffee{ending(f'.{name}{last}', language)}", count, format_, language)
    for name, count in (("compare", 2), ("dates", 3))
    for last, format_ in ((".json", "json"), (".txt", "text"), (".md", "markdown"), (".html", "html"))
    for language in (("en",) if format_ == "json" else ("en", "ar"))
    if count == 2 or format_ in {"text", "html"}
]


@pytest.mark.parametrize(("name", "ending", "command", "format_", "language"), REPORTS)
def test_the_reports_are_those_of_the_sheets(
    smaudit: Program, name: str, ending: str, command: str, format_: str, language: str
) -> None:
    """Each report and plan in the folder is, byte for byte, what the command prints for its sheet."""
    stored = EXAMPLES / f"{name}{ending}"

    whole = ["--full"] if (command, format_) == ("report", "text") else []
    result = smaudit(command, EXAMPLES / f"{name}.json", "--format", format_, "--lang", language, *whole)

    if os.environ.get("SMAUDIT_REFRESH"):
        stored.write_bytes(result.stdout)
    assert (Exit.DONE, stored.read_bytes(), b"") == (result.returncode, result.stdout, result.stderr)


@pytest.mark.parametrize(("name", "format_", "language"), TEAM)
def test_what_a_house_says_is_what_its_sheets_say(
    smaudit: Program, name: str, format_: str, language: str
) -> None:
    """What three people of one company say is, byte for byte, what the command prints for their sheets."""
    sheets = [EXAMPLES / each for each in HOUSE]

    result = smaudit("team", *sheets, "--format", format_, "--lang", language)

    if os.environ.get("SMAUDIT_REFRESH"):
        (EXAMPLES / name).write_bytes(result.stdout)
    assert (Exit.DONE, (EXAMPLES / name).read_bytes(), b"") == (
        result.returncode,
        result.stdout,
        result.stderr,
    )


@pytest.mark.parametrize(("name", "count", "format_", "language"), COMPARED)
def test_then_and_now_is_what_the_sheets_of_these_dates_say(
    smaudit: Program, name: str, count: int, format_: str, language: str
) -> None:
    """What changed between two dates, and three, is byte for byte what the command prints for the sheets."""
    sheets = [EXAMPLES / each for each in DATES[:count]]

    result = smaudit("compare", *sheets, "--format", format_, "--lang", language)

    if os.environ.get("SMAUDIT_REFRESH"):
        (EXAMPLES / name).write_bytes(result.stdout)
    assert (Exit.DONE, (EXAMPLES / name).read_bytes(), b"") == (
        result.returncode,
        result.stdout,
        result.stderr,
    )


def test_the_folder_holds_nothing_else() -> None:
    """Every file among the examples is a sheet or a report of the companies that are tested."""
    expected = {
        f"{name}{ending}" for name in COMPANIES for ending in (".json", *(each[0] for each in ENDINGS))
    }

    expected |= {*HOUSE, *(name for name, _, _ in TEAM)}
    expected |= {*DATES, *(name for name, *_ in COMPARED), "harbour-coffee.ar.json", "answers.csv"}
    assert expected == {path.name for path in EXAMPLES.iterdir()}


@pytest.mark.parametrize("name", COMPANIES)
def test_the_sheets_are_good_and_complete(smaudit: Program, name: str) -> None:
    """Each sheet passes the check, and every question that applies to the company has an answer."""
    assert b"ok\n" == smaudit("check", EXAMPLES / f"{name}.json").stdout


@pytest.mark.parametrize("name", DATES)
def test_the_sheets_of_later_dates_are_good_too(smaudit: Program, name: str) -> None:
    """Each passes the check."""
    assert b"ok\n" == smaudit("check", EXAMPLES / name).stdout


@pytest.fixture(scope="module")
def sheets(shipped: Questionnaire) -> dict[str, Sheet]:
    """The sheets of the companies, by name."""
    return {name: load_sheet(str(EXAMPLES / f"{name}.json"), shipped) for name in COMPANIES}


def test_the_sheets_show_what_a_report_can_show(shipped: Questionnaire, sheets: dict[str, Sheet]) -> None:
    """Both depths, alarms, all sides, a duty of secrecy, and one of which nearly nothing is known."""
    found = {name: assess(shipped, sheet) for name, sheet in sheets.items()}

    stances = {each.stance for each in found["tidewell-valves"].misconceptions}
    assert ["quick", "full", "full", "full"] == [found[name].sheet.depth for name in COMPANIES]
    assert 3 == len(found["harbour-coffee"].alarms)
    assert ["account-ownership"] == [each.question for each in found["tidewell-valves"].alarms]
    assert "says-but-does-not-do" in stances
    assert {"steers", "open", "free"} == {each.side for each in found["rowan-dental"].misconceptions}
    assert "health" == sheets["rowan-dental"].company.profile["secrecy"]
    assert (0, 29) == (found["sorrel-market"].overall.counted, found["sorrel-market"].basis.dont_know)
    assert all(not each.without_reason for each in found.values())


def test_every_sheet_is_answered_and_two_have_reasons(
    shipped: Questionnaire, sheets: dict[str, Sheet]
) -> None:
    """Every applicable question is answered; some do not know something, two excuse one."""
    for name, sheet in sheets.items():
        depth = sheet.depth_for(shipped)
        asked = {each.id for each in shipped.at(depth) if each.applies_to(sheet.company.profile)}

        assert (name, asked) == (name, set(sheet.answers))

    choices = {name: [each.choice for each in sheet.answers.values()] for name, sheet in sheets.items()}
    assert [1, 0, 1, 29] == [choices[name].count(DONT_KNOW) for name in COMPANIES]
    assert [0, 1, 1, 0] == [choices[name].count(NOT_APPLICABLE) for name in COMPANIES]


@pytest.mark.parametrize(
    "options", [["--format", "json"], ["--full"], ["--anonymous", "--format", "markdown"]]
)
def test_the_example_is_reported_as_its_sheet_is(smaudit: Program, options: list[str]) -> None:
    """Without a sheet at hand --example gives, byte for byte, the report of the shipped company."""
    of_sheet = smaudit("report", EXAMPLES / "harbour-coffee.json", *options)

    of_example = smaudit("report", "--example", *options)

    assert (Exit.DONE, of_sheet.stdout, b"") == (of_example.returncode, of_example.stdout, of_example.stderr)


def test_the_example_in_arabic_says_the_same_answers(smaudit: Program, tmp_path: Path) -> None:
    """In Arabic it has a name and notes of its own, and the scores of the English one; -o works as ever."""
    of_sheet = smaudit("report", EXAMPLES / "harbour-coffee.ar.json", "--lang", "ar", "--full")

    of_example = smaudit("report", "--example", "--lang", "ar", "--full")
    smaudit("report", "--example", "--lang", "ar", "-o", "page.html")

    assert (of_sheet.stdout, b"ok\n") == (
        of_example.stdout,
        smaudit("check", EXAMPLES / "harbour-coffee.ar.json").stdout,
    )
    assert "مقهى المرفأ" in (tmp_path / "page.html").read_text()
    scores = [
        json.loads(smaudit("report", EXAMPLES / f"harbour-coffee{each}.json", "--format", "json").stdout)
        for each in ("", ".ar")
    ]
    assert scores[0]["misconceptions"] == scores[1]["misconceptions"]


def test_the_wheel_brings_the_examples() -> None:
    """Each sheet that --example may show is put into the wheel, where the program looks for it."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        brought = tomllib.load(file)["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]

    expected = {
        f"examples/{name}": f"smaudit/data/{name}" for name in (f"{EXAMPLE}.json", f"{EXAMPLE}.ar.json")
    }
    assert expected == {name: to for name, to in brought.items() if name.startswith("examples")}


def test_a_gate_that_the_example_misses_is_told(smaudit: Program) -> None:
    """A gate holds for the example as for a sheet, and a sheet beside it is refused."""
    missed = smaudit("report", "--example", "--fail-under", "60")
    both = smaudit("report", "--example", EXAMPLES / "harbour-coffee.json")
    neither = smaudit("report")

    assert [Exit.BELOW, Exit.USAGE, Exit.USAGE] == [each.returncode for each in (missed, both, neither)]
    assert (b"smaudit report --example" in neither.stderr, b"" == both.stdout) == (True, True)
