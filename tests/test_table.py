"""Tables as files: every sentence about one belongs to a file; hostile ones cost neither time nor memory."""

from __future__ import annotations

import datetime as dt
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from table_support import as_csv, as_workbook, respondents, texts, words

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.table_columns import matched, understood
from smaudit.core.table_days import Days
from smaudit.errors import Refused
from smaudit.files.column_map import load_map
from smaudit.files.table import LIMITS, Table, load_table
from smaudit.files.words import load_phrases
from smaudit.report.data.imported import map_start

SHEET = "xl/worksheets/sheet1.xml"
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(path: Path, sheet: str = "", *more: tuple[str, bytes]) -> None:
    """A spreadsheet whose only sheet has this XML, with other parts."""
    as_workbook(path, [{"training": "dont-know"}])
    with zipfile.ZipFile(path) as old:
        parts = {each: old.read(each) for each in old.namelist()}
    parts |= {SHEET: sheet.encode()} if sheet else {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in {**parts, **dict(more)}.items():
            new.writestr(name, data)


def rows(*cells: str) -> str:
    """The XML of a sheet with these rows."""
    return f'<worksheet xmlns="{SPACE}"><sheetData>{"".join(cells)}</sheetData></worksheet>'


def inline(place: str, text: str) -> str:
    """The XML of a cell with a text of its own."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def load(path: Path) -> Table:
    """The table of a file, as the command reads it."""
    return load_table(str(path), lambda headings: understood(headings, words(), {}))


def two_sheets(path: Path) -> None:
    """Answers in two sheets of a spreadsheet."""
    import openpyxl

    book = openpyxl.Workbook()
    for page in (book.active, book.create_sheet("second")):
        assert page is not None
        page.append(["training"])
        page.append(["dont-know"])
    book.save(path)


TABLES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "problem.table-old-or-locked": ("t.xlsx", lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0")),
    "problem.table-damaged": ("t.xlsx", lambda path: workbook(path, "<worksheet>")),
    "problem.table-quotes": ("t.csv", lambda path: path.write_text('training\n"a"b\n')),
    "problem.table-too-large": (
        "t.csv",
        lambda path: path.write_text("training\n" + "dont-know\n" * (LIMITS.rows + 1)),
    ),
    "problem.table-sheets": ("t.xlsx", two_sheets),
    "problem.table-no-rows": ("t.csv", lambda path: path.write_text("training\n")),
    "problem.table-no-column": ("t.csv", lambda path: path.write_text("a\n1\n")),
    "problem.table-unknown-name": ("m.yaml", lambda path: path.write_text("columns: {a: zebra}\n")),
    "problem.table-heading-twice": (
        "m.yaml",
        lambda path: path.write_text("columns: {a b: training, A-B: routing}\n"),
    ),
}
"""For each sentence a file that leads to it."""


@pytest.mark.parametrize(("phrase", "name", "make"), [(key, *case) for key, case in TABLES.items()])
def test_a_table_leads_to_the_sentence_about_it(
    tmp_path: Path, phrase: str, name: str, make: Callable[[Path], object]
) -> None:
    """Tables, and the maps that say what their columns are."""
    from smaudit.commands.import_ import read_table

    make(tmp_path / name)
    read = load_map if name == "m.yaml" else read_table
    with pytest.raises(Refused) as raised:
        read(str(tmp_path / name), words())

    assert [phrase] == [each.message.phrase for each in raised.value.problems]


def test_cells_of_a_spreadsheet_are_read_as_they_are_shown(tmp_path: Path) -> None:
    """Whole numbers without a point, moments as dates, truth in English, texts as they stand."""
    moment = dt.datetime(2026, 11, 23, 10, 15, 32)  # noqa: DTZ001 - cells have no zone
    row = {"a": 3, "b": 2.5, "c": moment, "d": moment.date(), "e": True, "f": " x\ny ", "g": None, "h": "z"}
    as_workbook(tmp_path / "t.xlsx", [row])

    table = load(tmp_path / "t.xlsx")

    assert tuple("abcdefgh") == table.headings
    assert ("3", "2.5", "2026-11-23 10:15:32", "2026-11-23", "TRUE", " x\ny ", "", "z") == table.rows[0].cells


def test_what_other_programs_write_into_spreadsheets_is_read(tmp_path: Path) -> None:
    """Texts of their own, in several styles, spoken aloud, escaped; rows and cells without their place."""
    styled = '<c t="inlineStr"><is><r><t>dont</t></r><r><t>-know</t></r><rPh><t>aloud</t></rPh></is></c>'
    page = rows(f"<row>{inline('A1', 'a_x000D_')}{inline('C1', 'c')}</row>", "<row/>", f"<row>{styled}</row>")
    workbook(tmp_path / "t.xlsx", page)

    table = load(tmp_path / "t.xlsx")

    assert (("a\r", "", "c"), 3, ("dont-know", "", "")) == (table.headings, *table.rows[0])


@pytest.mark.parametrize(
    ("sheet", "phrase"),
    [
        (rows(f'<row r="1">{inline("XFD1", "far")}</row>'), "problem.table-too-large"),
        (rows('<row r="1"><c r="A1" t="s"><v>999</v></c></row>'), "problem.table-damaged"),
        (rows('<row r="1"><c r="A1"><v>one</v></c></row>'), "problem.table-damaged"),
        ('<!DOCTYPE x [<!ENTITY e "e">]>' + rows("<row/>"), "problem.table-damaged"),
    ],
)
def test_a_hostile_spreadsheet_is_refused(tmp_path: Path, sheet: str, phrase: str) -> None:
    """A cell in the last column, a text that there is not, a word for a number, a kind of document."""
    workbook(tmp_path / "t.xlsx", sheet)

    with pytest.raises(Refused) as raised:
        load(tmp_path / "t.xlsx")

    assert phrase == raised.value.problems[0].message.phrase


def bomb(path: Path) -> None:
    """A spreadsheet of some hundred kilobytes that unpacks to 200 MB."""
    workbook(path, rows(*["<row><c t='inlineStr'><is><t>training</t></is></c></row>"] * 3_500_000))


def shared_bomb(path: Path) -> None:
    """A text of a million characters in eighty thousand cells."""
    text = f'<sst xmlns="{SPACE}"><si><t>{"x" * 1_000_000}</t></si></sst>'.encode()
    page = rows(*["<row><c t='s'><v>0</v></c><c t='s'><v>0</v></c></row>"] * 40_000)
    workbook(path, page, ("xl/sharedStrings.xml", text))


def wide(path: Path) -> None:
    """Sixty-three million commas."""
    path.write_bytes(b"training" + b"," * (63 << 20))


def unclosed(path: Path) -> None:
    """A quotation mark that is never closed."""
    path.write_bytes(b'training\n"' + b"x\n" * (30 << 20))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "name"),
    [(bomb, "t.xlsx"), (shared_bomb, "t.xlsx"), (wide, "t.csv"), (unclosed, "t.csv")],
)
def test_a_bomb_is_refused_soon_and_within_little_memory(
    tmp_path: Path, make: Callable[[Path], None], name: str
) -> None:
    """Within 5 s of computing and 600 MB of addresses, whatever it unpacks to; no trace, no sheet."""
    make(tmp_path / name)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    limited = f"ulimit -v 600000; exec '{sys.executable}' -m smaudit import {name} --yes"

    done = subprocess.run(["bash", "-c", limited], cwd=tmp_path, capture_output=True, check=False)

    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert 3 == done.returncode, done.stderr.decode()
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 5
    assert not (tmp_path / "sheets").exists()


@pytest.mark.slow
def test_two_thousand_rows_take_a_fifth_of_ten_seconds_and_the_start(
    tmp_path: Path, shipped: Questionnaire
) -> None:
    """Computing of the whole command, from the table to the sheets; ten thousand are measured by hand."""
    people = respondents(shipped, 200, 7)
    (tmp_path / "t.csv").write_text(as_csv([texts(shipped, people[n % 200]) for n in range(2_000)]))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)

    command = [sys.executable, "-m", "smaudit", "import", "t.csv", "--yes", "-q"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)

    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (0, 2_000) == (done.returncode, len(list((tmp_path / "sheets").glob("*.json"))))
    assert after.ru_utime - before.ru_utime < 3


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["23/11/2026 10:15:32", "5/11/2026 09:00:00"], ["2026-11-23", "2026-11-05"]),
        (["11/23/2026", "11/5/2026 9:00 AM"], ["2026-11-23", "2026-11-05"]),
        (["5/11/2026"], [None]),
        (["23/11/2026", "11/23/2026", "5/6/2026"], ["2026-11-23", "2026-11-23", None]),
        (["٢٣/١١/٢٠٢٦ ١٠:١٥:٣٢"], ["2026-11-23"]),
        (["2026/11/23 10:15:32 AM GMT+3", "2026-11-23T10:00:00.000+03:00"], ["2026-11-23"] * 2),
        (["23.11.2026 10:15", "yesterday", "31/2/2026"], ["2026-11-23", None, None]),
    ],
)
def test_a_day_is_read_where_its_column_leaves_no_doubt(cells: list[str], days: list[str | None]) -> None:
    """One program writes all moments of a table in one order; where no cell shows it, none is guessed."""
    read = Days(cells)

    assert days == [read.day(each) for each in cells]


def test_a_start_of_a_map_is_a_map(tmp_path: Path) -> None:
    """Whatever the headings are: long, with quotes, colons, ends of lines, Arabic; and it changes nothing."""
    odd = ['a "b": c', "x\ny", "???", "ا" * 1_100, "tab\there\u2028\x85", "😀", "# no", "trainin"]
    columns = matched(["training", *odd], words(), {})
    (tmp_path / "m.yaml").write_text(map_start(columns, words(), load_phrases("ar"), "t.csv"))

    found = load_map(str(tmp_path / "m.yaml"), words())

    again = matched(["training", *odd], words(), found.columns)
    assert [each.target for each in columns] == [each.target for each in again]


def test_a_spreadsheet_under_another_ending_is_read_as_what_it_is(tmp_path: Path) -> None:
    """Mail programs and people rename files; what is in them cannot be mistaken."""
    as_workbook(tmp_path / "t.xlsx", [{"training": "dont-know"}])
    (tmp_path / "t.csv").write_bytes((tmp_path / "t.xlsx").read_bytes())

    assert load(tmp_path / "t.xlsx") == load(tmp_path / "t.csv")
