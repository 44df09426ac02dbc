"""`portfolio --each`: a report a sheet, what is up to date skipped, nothing replaced that is not ours."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Program

from smaudit.errors import Exit

EXAMPLES = ROOT / "examples"


@pytest.fixture
def clients(tmp_path: Path) -> Path:
    """Two sheets, of which one was answered in Arabic, and a third of the same name in a folder within."""
    folder = tmp_path / "clients"
    (folder / "more").mkdir(parents=True)
    shutil.copy(EXAMPLES / "harbour-coffee.json", folder)
    shutil.copy(EXAMPLES / "harbour-coffee.json", folder / "more")
    sheet = json.loads((EXAMPLES / "harbour-coffee.json").read_text("utf-8"))
    (folder / "arabic.json").write_text(json.dumps({**sheet, "language": "ar"}))
    return folder


def test_each_sheet_has_its_report_in_its_own_language(smaudit: Program, clients: Path) -> None:
    """The same bytes as `report` writes; two of one name get a number; a damaged one is named."""
    (clients / "bad.json").write_text("{")
    done = smaudit("portfolio", "clients", "--each", "reports", "--format", "markdown", "--lang", "sheet")
    reports = clients.parent / "reports"

    assert (Exit.REFUSED, b"") == (done.returncode, done.stdout)
    assert ["arabic.md", "harbour-coffee-2.md", "harbour-coffee.md"] == sorted(
        each.name for each in reports.glob("*.md")
    )
    assert b"3 reports were written in reports." in done.stderr
    for name, language in (("arabic", "ar"), ("harbour-coffee", "en")):
        more = ("--format", "markdown", "--lang", language)
        whole = smaudit("report", clients / f"{name}.json", *more).stdout
        assert whole == (reports / f"{name}.md").read_bytes()


def test_what_is_up_to_date_is_skipped(smaudit: Program, clients: Path) -> None:
    """A second time nothing is written; after a change only what it touches."""
    command = ("portfolio", "clients", "--each", "reports", "--format", "markdown")
    smaudit(*command)
    before = {each: each.stat().st_mtime_ns for each in (clients.parent / "reports").glob("*.md")}
    again = smaudit(*command)
    assert b"0 reports were written in reports.\n3 were up to date." in again.stderr
    assert before == {each: each.stat().st_mtime_ns for each in before}

    sheet = clients / "arabic.json"
    sheet.write_text(sheet.read_text().replace('"ar"', '"en"'))
    (clients.parent / "reports" / "harbour-coffee.md").unlink()
    done = smaudit(*command)
    assert b"2 reports were written in reports.\nOne was up to date." in done.stderr


def test_a_file_that_is_not_ours_stays(smaudit: Program, clients: Path) -> None:
    """Whatever stands under the name of a report and was not written as one: exit 5, and the rest is done."""
    (clients.parent / "reports").mkdir()
    other = clients.parent / "reports" / "arabic.html"
    other.write_text("mine")
    done = smaudit("portfolio", "clients", "--each", "reports")

    assert (Exit.NOT_WRITTEN, "mine") == (done.returncode, other.read_text())
    assert b"arabic.html" in done.stderr
    assert 3 == len(list((clients.parent / "reports").glob("*.html")))


def test_the_language_of_a_sheet_needs_reports(smaudit: Program, clients: Path) -> None:
    """`--lang sheet` without --each is told."""
    done = smaudit("portfolio", "clients", "--lang", "sheet")

    assert (Exit.USAGE, b"") == (done.returncode, done.stdout)
    assert b"--each" in done.stderr
