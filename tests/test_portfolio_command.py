"""`smaudit portfolio`: many sheets as a table, what is refused as a row, what is kept when ended."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Data, Program
from jsonschema import Draft202012Validator

from smaudit.errors import Exit
from smaudit.report.data.json import schema

EXAMPLES = ROOT / "examples"
COMPANIES = ("harbour-coffee", "rowan-dental", "sorrel-market", "tidewell-valves")


@pytest.fixture
def clients(tmp_path: Path) -> Path:
    """A folder with four sheets, one of them in a folder within."""
    folder = tmp_path / "clients"
    (folder / "valves").mkdir(parents=True)
    for name in COMPANIES:
        below = folder / "valves" if name == "tidewell-valves" else folder
        shutil.copy(EXAMPLES / f"{name}.json", below)
    return folder


def rows(text: bytes | str) -> list[dict[str, str]]:
    """The rows of a CSV, by the names of its columns."""
    written = text if isinstance(text, str) else text.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(written, newline="")))


def in_lines(folder: Path, *more: object) -> bytes:
    """The sheets of a folder as JSON lines, with more lines behind them."""
    found = [json.loads(each.read_text("utf-8")) for each in sorted(folder.rglob("*.json"))]
    return b"".join(json.dumps(each).encode() + b"\n" for each in (*found, *more))


def numbers(found: list[dict[str, str]]) -> list[list[str]]:
    """What is in the rows beside where they came from."""
    away = {"file", "line", "key"}
    return [[cell for name, cell in row.items() if name not in away] for row in found]


def test_a_folder_becomes_a_table_in_a_fixed_order(smaudit: Program, clients: Path) -> None:
    """A row a sheet, those of the folders within behind; a spreadsheet sees by its mark that it is UTF-8."""
    done = smaudit("portfolio", "clients", "-o", "scores.csv")
    written = (clients.parent / "scores.csv").read_bytes()

    assert (Exit.DONE, b"", b"Saved: scores.csv\n") == (done.returncode, done.stdout, done.stderr)
    assert written.startswith(b"\xef\xbb\xbffile,line,status,")
    assert [f"clients/{each}.json" for each in (*COMPANIES[:3], "valves/tidewell-valves")] == [
        each["file"] for each in rows(written)
    ]
    assert written == smaudit("portfolio", "clients", "--format", "csv").stdout.join([b"\xef\xbb\xbf", b""])


def test_the_first_step_is_that_of_the_roadmap(smaudit: Program, clients: Path) -> None:
    """The same question and option as first in the plan; with --no-steps none, and all else the same."""
    with_steps, without = (
        rows(smaudit("portfolio", clients, "--format", "csv", *more).stdout) for more in ((), ("--no-steps",))
    )
    for row, bare in zip(with_steps, without, strict=True):
        steps = json.loads(smaudit("plan", row["file"], "--format", "json").stdout)["steps"]
        first = (steps[0]["question"], steps[0]["to"]) if steps else ("", "")
        assert first == (row["first_step"], row["first_step_to"])
        assert {**row, "first_step": "", "first_step_to": ""} == bare


def test_files_patterns_lines_and_standard_input_give_the_same_rows(smaudit: Program, clients: Path) -> None:
    """However sheets come, what is computed is the same, and a file named twice counts once."""
    more = ("--format", "csv", "--no-steps")
    expected = numbers(rows(smaudit("portfolio", "clients", *more).stdout))
    lines = in_lines(clients)
    (clients.parent / "all.jsonl").write_bytes(b"\n" + lines.replace(b"\n", b"\r\n"))
    files = sorted(clients.rglob("*.json"))

    assert expected == numbers(rows(smaudit("portfolio", *files, files[0], *more).stdout))
    assert expected == numbers(rows(smaudit("portfolio", "clients/**/*.json", *more).stdout))
    assert expected == numbers(rows(smaudit("portfolio", "all.jsonl", *more).stdout))
    assert expected == numbers(rows(smaudit("portfolio", "-", *more, stdin=lines).stdout))


def test_a_refused_sheet_is_a_row_and_named_and_the_rest_is_done(smaudit: Program, clients: Path) -> None:
    """Exit 3 after everything else was done; each says why in the table and on standard error."""
    (clients / "aa.json").write_text('{"schema": "smaudit/sheet/1", "answers": {"training": "never"}}')
    (clients / "bb.json").mkdir()
    (clients / "cc.json").symlink_to("nowhere")
    os.mkfifo(clients / "dd.json")

    done = smaudit("portfolio", "clients", "--format", "csv", "--no-steps")
    found = {Path(each["file"]).name: each for each in rows(done.stdout)}
    said = done.stderr.decode()

    assert (Exit.REFUSED, 8) == (done.returncode, len(found))
    assert ("refused", "unknown-option", "1") == tuple(
        found["aa.json"][n] for n in ("status", "why", "problems")
    )
    assert found["aa.json"]["message"].startswith("answers → training: There is no such option.")
    assert ["folder", "not-found", "not-a-file"] == [found[f"{n}.json"]["why"] for n in ("bb", "cc", "dd")]
    assert [] == [name for name in ("aa", "bb", "cc", "dd") if f"clients/{name}.json" not in said]
    assert said.endswith("4 of 8 were refused or could not be read; each is a row that says why.\n")
    assert "9.2702" == found["harbour-coffee.json"]["overall_score"]


def test_a_line_that_is_no_sheet_is_named_by_its_number(smaudit: Program, clients: Path) -> None:
    """File and line in the message and in the row; the lines behind it are read."""
    lines = b"nonsense\n\n" + in_lines(clients) + b"x" * (1 << 20) + b"yz\n" + b'{"training": "dont-know"}'
    (clients.parent / "all.jsonl").write_bytes(lines)

    done = smaudit("portfolio", "all.jsonl", "--format", "jsonl", "--no-steps")
    found = [json.loads(each) for each in done.stdout.splitlines()]

    assert Exit.REFUSED == done.returncode
    assert [1, 3, 4, 5, 6, 7, 8] == [each["line"] for each in found]
    assert ["refused", *["scored"] * 2, "not-scored", "scored", "refused", "not-scored"] == [
        each["status"] for each in found
    ]
    assert ["sheet-is-json", "too-big"] == [each["why"] for each in found if each["why"]]
    assert b"smaudit: all.jsonl:1 was refused" in done.stderr


def test_json_lines_are_as_their_schema_says(smaudit: Program, clients: Path) -> None:
    """Each line is a document of its own, refused ones too, and each answer is one with --answers."""
    (clients / "bad.json").write_text("{}x")
    for name, more in (("portfolio-row", ()), ("portfolio-answer", ("--answers",))):
        validator = Draft202012Validator(schema(name))
        lines = smaudit("portfolio", "clients", "--format", "jsonl", "--no-steps", *more).stdout.splitlines()
        assert [] == [each.message for line in lines for each in validator.iter_errors(json.loads(line))]


def test_the_table_schema_has_the_columns_of_the_table(smaudit: Program, clients: Path) -> None:
    """Name by name and in their order, each described; numbers are numbers."""
    fields = json.loads(smaudit("schema", "portfolio-table").stdout)["fields"]
    found = rows(smaudit("portfolio", "clients", "--format", "csv").stdout)

    assert [each["name"] for each in fields] == list(found[0])
    assert [] == [each["name"] for each in fields if not each.get("description")]
    for each in fields:
        cells = [row[each["name"]] for row in found if row[each["name"]]]
        casts: dict[str, Any] = {"integer": int, "number": float, "string": str}
        assert cells == [cell for cell in cells if casts[each["type"]](cell) is not None]
        allowed = each.get("constraints", {}).get("enum")
        assert [] == [cell for cell in cells if allowed and cell not in allowed]


def test_every_answer_can_be_a_row(smaudit: Program, clients: Path) -> None:
    """As many rows as questions count; the choice and the level of each."""
    found = rows(smaudit("portfolio", "clients/harbour-coffee.json", "--answers", "--format", "csv").stdout)
    sheet: Data = json.loads((clients / "harbour-coffee.json").read_text("utf-8"))
    given = {
        name: each if isinstance(each, str) else each["choice"] for name, each in sheet["answers"].items()
    }

    assert given == {each["question"]: each["choice"] for each in found if each["choice"]}
    assert {"rated", "dont-know", "ruled-out"} == {each["status"] for each in found}


def test_no_cell_is_a_formula(smaudit: Program, clients: Path) -> None:
    """What a company is called is text in a spreadsheet too."""
    sheet = json.loads((clients / "harbour-coffee.json").read_text("utf-8"))
    sheet["company"] |= {"name": "=cmd()", "id": "@a;=b"}
    (clients / "harbour-coffee.json").write_text(json.dumps(sheet))
    row = rows(smaudit("portfolio", clients / "harbour-coffee.json", "--format", "csv", "--no-steps").stdout)[
        0
    ]

    assert ("'=cmd()", "'@a;'=b", "'@a;'=b") == (row["company"], row["company_id"], row["key"])


def test_all_are_comparable_at_the_quick_depth(smaudit: Program, clients: Path) -> None:
    """With --depth quick every sheet is scored by the questions of the quick check alone."""
    found = rows(smaudit("portfolio", "clients", "--depth", "quick", "--format", "csv", "--no-steps").stdout)
    plainly = rows(smaudit("portfolio", "clients", "--format", "csv", "--no-steps").stdout)

    assert {"quick"} == {each["depth"] for each in found}
    assert {"quick", "full"} == {each["depth"] for each in plainly}


def test_without_names_nothing_is_left_of_them(smaudit: Program, clients: Path) -> None:
    """Neither company, nor key, nor file."""
    done = smaudit("portfolio", "clients", "--anonymous", "--format", "csv", "--no-steps")

    assert [] == [each for each in (b"Harbour", b"harbour", b"clients") if each in done.stdout]


def test_a_gate_names_the_files_that_miss_it(smaudit: Program, clients: Path) -> None:
    """Exit 1 after the table; refused ones come before that."""
    done = smaudit("portfolio", "clients", "--fail-under", "32", "--format", "csv", "--no-steps")

    assert (Exit.BELOW, 4) == (done.returncode, len(rows(done.stdout)))
    assert [True, True, True, False] == [f"{each}.json".encode() in done.stderr for each in COMPANIES]
    (clients / "bad.json").write_text("")
    assert Exit.REFUSED == smaudit("portfolio", "clients", "--max-steering", "0", "--no-steps").returncode


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nowhere"], Exit.USAGE, b"There is no file nowhere."),
        (["empty"], Exit.USAGE, b"There is no sheet in empty."),
        (["clients", "-o", "clients/valves/tidewell-valves.json"], Exit.USAGE, b"valves.json"),
        (["clients", "-o", "scores.doc"], Exit.USAGE, b".csv"),
        (["clients", "-o", "away/scores.csv"], Exit.NOT_WRITTEN, b"away"),
        (["clients", "--depth", "deep"], Exit.USAGE, b"quick"),
        (["-", "--questionnaire", "-"], Exit.USAGE, b"--questionnaire -"),
    ],
)
def test_a_mistake_is_told_before_any_work(
    smaudit: Program, clients: Path, arguments: list[str], code: Exit, words: bytes
) -> None:
    """A line that says what is wrong, nothing on standard output, and no sheet was touched."""
    (clients.parent / "empty").mkdir()
    before = {each: each.read_bytes() for each in clients.rglob("*.json")}
    done = smaudit("portfolio", *arguments)

    assert (code, b"") == (done.returncode, done.stdout)
    assert words in done.stderr
    assert before == {each: each.read_bytes() for each in clients.rglob("*.json")}


def test_a_result_never_takes_the_place_of_a_sheet(smaudit: Program, clients: Path) -> None:
    """Neither of one that was found in a folder, nor of another."""
    (clients / "valves" / "table.csv").write_bytes((clients / "harbour-coffee.json").read_bytes())
    done = smaudit("portfolio", "clients", "-o", "clients/valves/table.csv")

    assert Exit.USAGE == done.returncode
    assert b"smaudit/sheet/1" in (clients / "valves" / "table.csv").read_bytes()


@pytest.mark.slow
def test_what_is_done_is_kept_when_it_is_ended_and_it_ends_by_the_signal(
    tmp_path: Path, clients: Path
) -> None:
    """A part has a name of its own, the old table stands, and the same command makes the whole one."""
    source = (clients / "rowan-dental.json").read_bytes()
    for number in range(200):
        (clients / f"{number:03}.json").write_bytes(source)
    old = tmp_path / "scores.csv"
    old.write_text("old")
    command = [sys.executable, "-m", "smaudit", "portfolio", "clients", "-o", "scores.csv"]
    child = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, preexec_fn=_heard)  # noqa: PLW1509
    until = time.monotonic() + 20
    while not list(tmp_path.glob(".smaudit-*.tmp")) and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.5)
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=20)

    assert -signal.SIGINT == child.returncode
    assert "old" == old.read_text()
    part = (tmp_path / "scores.partial.csv").read_text("utf-8-sig")
    assert f"{len(rows(part))} rows are kept in scores.partial.csv".encode() in said
    assert 0 < len(rows(part)) < 204
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert old.read_text("utf-8-sig").startswith(part.rstrip("\n"))
    assert [] == list(tmp_path.glob(".smaudit-*"))


def _heard() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_waiting_for_standard_input_can_be_ended(tmp_path: Path) -> None:
    """Ctrl-C ends it though no line comes, and the process dies by the signal."""
    command = [sys.executable, "-m", "smaudit", "portfolio", "-", "--format", "csv"]
    child = subprocess.Popen(
        command,
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=_heard,  # noqa: PLW1509
    )
    assert child.stdout is not None
    assert child.stdout.read(5) == b"file,"
    child.send_signal(signal.SIGINT)

    assert -signal.SIGINT == child.wait(timeout=10)
    child.communicate()
