"""`smaudit import`: tables as form tools export them become sheets, and nothing is guessed or overwritten."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT, Program, present
from table_support import (
    LANGUAGES,
    answered,
    as_csv,
    as_lines,
    as_workbook,
    expected,
    respondents,
    texts,
    words,
)

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.table_columns import matched
from smaudit.files.load import load_questionnaire, load_sheet

GOOGLE = {
    "en": ("Timestamp", "Email Address", "What is the company called?", "Department"),
    "ar": ("طابع زمني", "عنوان البريد الإلكتروني", "ما اسم الشركة؟", "القسم"),
}


def google(asked: Questionnaire, many: int = 3) -> list[dict[str, str]]:
    """Responses as Google Forms keeps them."""
    moment, mail, company, department = GOOGLE[asked.language]
    return [
        {
            moment: f"{13 + number}/11/2026 10:15:32",
            mail: "someone@example.com",
            company: f"Acme {number}",
            department: asked.departments[number].name,
            **texts(asked, each),
        }
        for number, each in enumerate(respondents(asked, many, 1))
    ]


def sheets_in(folder: Path) -> list[dict[str, str]]:
    """What the sheets of a folder say, in the order of their names."""
    return [answered(load_sheet(each)) for each in sorted(folder.glob("*.json"))]


def state(folder: Path) -> dict[Path, tuple[bytes, int]]:
    """What the files of a folder hold, and when they were written."""
    return {each: (each.read_bytes(), each.stat().st_mtime_ns) for each in folder.iterdir()}


def left_open(folder: Path) -> list[list[str]]:
    """What was not understood, row by row."""
    text = (folder / "not-understood.csv").read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["comma", "semicolon", "tab", "utf-16", "bom", "sep", "jsonl", "xlsx"])
def test_every_export_gives_the_answers_that_were_given(
    smaudit: Program, tmp_path: Path, form: str, language: str
) -> None:
    """The same answers from every kind of file, in both languages, with company, department and day."""
    asked = load_questionnaire(None, language)
    rows = google(asked)
    name = {"tab": "t.tsv", "jsonl": "t.jsonl", "xlsx": "t.xlsx"}.get(form, "t.csv")
    divider = {"semicolon": ";", "sep": ";", "tab": "\t"}.get(form, ",")
    encoding = {"utf-16": "utf-16", "bom": "utf-8-sig"}.get(form, "utf-8")
    if form == "xlsx":
        as_workbook(tmp_path / name, rows)
    else:
        text = as_lines(rows) if form == "jsonl" else as_csv(rows, divider)
        (tmp_path / name).write_bytes((("sep=;\r\n" if form == "sep" else "") + text).encode(encoding))

    done = smaudit("import", name, "--yes", "--lang", language)

    assert 0 == done.returncode, done.stderr.decode()
    assert [expected(each) for each in respondents(asked, 3, 1)] == sheets_in(tmp_path / "sheets")
    first = load_sheet(min((tmp_path / "sheets").glob("*.json")))
    assert ("Acme 0", asked.departments[0].id, "2026-11-13", "full") == (
        first.company.name,
        first.respondent.department,
        first.date,
        first.depth,
    )
    assert {GOOGLE[language][1]: "someone@example.com"} == (first.model_extra or {})["imported"]


def test_the_forms_own_export_is_read_by_its_ids(
    smaudit: Program, tmp_path: Path, shipped: Questionnaire
) -> None:
    """KoboToolbox exports names and values of our XLSForm: `_` for `-`, a column for each wording."""
    rows = []
    for person in respondents(shipped, 2, 3):
        row = {"start": "2026-11-23T10:00:00.000+03:00", "company": "Acme", "department": "legal"}
        row |= {name.replace("-", "_"): option for name, option in person.facts.items()}
        for each in shipped.questions:
            name, choice = each.id.replace("-", "_"), person.answers.get(each.id, "")
            if each.wording:
                row |= {f"{name}_{number}": "" for number in range(len(each.wording) + 1)}
                row[f"{name}_1"] = choice
            row |= {name: choice, f"{name}_reason": "", f"{name}_evidence": "A list"}
        rows.append(
            {**row, "belief_it_is_free": "4", "guess": "-", "_submission_time": "2026-11-24T08:01:02"}
        )
    (tmp_path / "kobo.csv").write_text(as_csv(rows))

    done = smaudit("import", "kobo.csv", "--yes", "-o", "out")

    assert 0 == done.returncode, done.stderr.decode()
    assert not (tmp_path / "out" / "not-understood.csv").exists()
    names = [tmp_path / "out" / f"acme-legal-2026-11-24{more}.json" for more in ("", "-2")]
    assert [expected(each) for each in respondents(shipped, 2, 3)] == [answered(load_sheet(n)) for n in names]
    sheet = load_sheet(names[0])
    assert ({"it-is-free": 4}, "A list", None) == (
        sheet.beliefs,
        sheet.answers[shipped.questions[0].id].evidence,
        sheet.guess,
    )


def test_a_cell_that_is_not_understood_is_left_open_and_listed(smaudit: Program, tmp_path: Path) -> None:
    """With its row, its question and its text; no spreadsheet takes that text for a formula."""
    other = "=Other: we meet on Mondays"
    (tmp_path / "t.csv").write_text(as_csv([{"training": other, "routing": "dont-know"}]))

    done = smaudit("import", "t.csv", "--yes")

    assert 0 == done.returncode
    assert [{"routing": "dont-know"}] == sheets_in(tmp_path / "sheets")
    assert [["2", "training", "training", "'" + other, "unknown"]] == left_open(tmp_path / "sheets")


def test_columns_of_one_question_agree_or_are_left_open(smaudit: Program, tmp_path: Path) -> None:
    """What says the same twice counts once; where two columns contradict each other, both are listed."""
    first = (
        "training,Training\r\nall-subjects,all-subjects\r\nall-subjects,trained-yearly\r\n,all-subjects\r\n"
    )
    (tmp_path / "t.csv").write_text(first)

    smaudit("import", "t.csv", "--yes")

    assert [{"training": "all-subjects"}, {"training": "all-subjects"}] == sheets_in(tmp_path / "sheets")
    assert ["contrary", "contrary", "no-answer"] == [each[-1] for each in left_open(tmp_path / "sheets")]


def test_a_row_in_which_cells_could_be_shifted_is_not_read(smaudit: Program, tmp_path: Path) -> None:
    """A row with a cell too many or too few is listed as a whole, the others are written, and it exits 3."""
    (tmp_path / "t.csv").write_text(
        "training,routing\r\ndont-know\r\n,dont-know,dont-know\r\n,\r\n\r\ndont-know,dont-know,\r\n"
    )

    done = smaudit("import", "t.csv", "--yes")

    assert 3 == done.returncode
    assert [["2", "damaged"], ["3", "damaged"]] == [
        [row, why] for row, *_, why in left_open(tmp_path / "sheets")
    ]
    assert [{"training": "dont-know", "routing": "dont-know"}] == sheets_in(tmp_path / "sheets")


def test_the_same_table_twice_gives_the_same_sheets(smaudit: Program, tmp_path: Path) -> None:
    """The second time it says that they are there and the same; not a byte is touched."""
    rows = google(load_questionnaire())
    nonsense = dict.fromkeys(rows[0], "nonsense") | {"Timestamp": "5/5/26"}
    (tmp_path / "t.csv").write_text(as_csv([*rows, nonsense]))
    smaudit("import", "t.csv", "--yes")
    kept = state(tmp_path / "sheets")

    again = smaudit("import", "t.csv")

    assert (0, True) == (again.returncode, b"There already and the same, in sheets: 3" in again.stderr)
    assert kept == state(tmp_path / "sheets")


def test_nothing_is_overwritten(smaudit: Program, tmp_path: Path) -> None:
    """Where a file of a name holds something else, nothing is written at all."""
    (tmp_path / "t.csv").write_text("Company,training\r\nAcme,dont-know\r\nApex,dont-know\r\n")
    (tmp_path / "sheets").mkdir()
    (tmp_path / "sheets" / "apex.json").write_text("mine")

    done = smaudit("import", "t.csv", "--yes")

    assert (5, ["apex.json"]) == (done.returncode, [each.name for each in (tmp_path / "sheets").iterdir()])


def test_without_a_terminal_and_without_yes_it_shows_and_refuses(smaudit: Program, tmp_path: Path) -> None:
    """What was understood is shown, then how to go on; nothing is written."""
    (tmp_path / "t.csv").write_text("Company,training,Shoe size\r\nAcme,dont-know,43\r\n")

    done = smaudit("import", "t.csv")

    assert (2, True, True) == (done.returncode, b"Shoe size" in done.stdout, b"--yes" in done.stderr)
    assert not (tmp_path / "sheets").exists()


def test_a_sheet_is_full_if_a_question_of_the_full_depth_was_a_column(
    smaudit: Program, tmp_path: Path, shipped: Questionnaire
) -> None:
    """Whether anybody answered it or not."""
    quick = shipped.at("quick")[0].id
    deeper = next(each.id for each in shipped.questions if each.depth == "full")
    (tmp_path / "q.csv").write_text(f"{quick}\r\ndont-know\r\n")
    (tmp_path / "f.csv").write_text(f"{quick},{deeper}\r\ndont-know,\r\n")

    for name in ("q", "f"):
        smaudit("import", f"{name}.csv", "--yes", "-o", name)

    assert ["quick", "full"] == [
        json.loads((tmp_path / n / "answers.json").read_text())["depth"] for n in "qf"
    ]


def test_a_ready_reason_does_not_apply_and_is_the_note(
    smaudit: Program, tmp_path: Path, shipped: Questionnaire
) -> None:
    """As in the interview, where such a reason is kept as the note."""
    question = next(each for each in shipped.questions if each.not_applicable)
    reason = question.not_applicable[0].text
    (tmp_path / "t.csv").write_text(as_csv([{question.text: reason}]))

    smaudit("import", "t.csv", "--yes")

    (file,) = (tmp_path / "sheets").glob("*.json")
    answer = load_sheet(file).answers[question.id]
    assert ("not-applicable", reason) == (answer.choice, answer.note)


def test_a_map_says_what_codes_are(smaudit: Program, tmp_path: Path) -> None:
    """LimeSurvey's codes: the command writes a start, a person completes it, and it is read with it."""
    (tmp_path / "lime.csv").write_text(
        '"id","submitdate","Q01","Q02"\r\n"1","2026-11-23 10:00:00","A1","x"\r\n'
    )
    refused = smaudit("import", "lime.csv", "--yes")
    begun = smaudit("import", "lime.csv", "--map", "map.yaml")
    start = (tmp_path / "map.yaml").read_text()
    again = smaudit("import", "lime.csv", "--map", "map.yaml", "--yes", "-o", "none")
    whole = start.replace('"Q01": keep', '"Q01": training').replace(
        "cells: {}", "cells: {Q01: {A1: all-subjects}}"
    )
    (tmp_path / "map.yaml").write_text(whole.replace('"Q02": keep', '"Q02": ignore'))
    done = smaudit("import", "lime.csv", "--map", "map.yaml", "--yes")

    assert (3, 0, 3, 0) == (refused.returncode, begun.returncode, again.returncode, done.returncode)
    assert b"--map new.yaml" in refused.stderr
    assert [{"training": "all-subjects"}] == sheets_in(tmp_path / "sheets")
    (file,) = (tmp_path / "sheets").glob("*.json")
    assert ("2026-11-23", {"id": "1"}) == (load_sheet(file).date, json.loads(file.read_text())["imported"])


def test_a_map_with_a_name_that_there_is_not_is_refused(smaudit: Program, tmp_path: Path) -> None:
    """Every problem at once, with the line and what was meant."""
    (tmp_path / "t.csv").write_text("Q1,Q2\r\ndont-know,x\r\n")
    (tmp_path / "m.yaml").write_text(
        "columns:\n  Q1: trainin\n  Q2: zebra\ncells:\n  training: {x: nothing}\n"
    )

    done = smaudit("import", "t.csv", "--map", "m.yaml", "--yes")

    said = done.stderr.decode()
    assert (3, True, True) == (done.returncode, "3 problems" in said, "line 2: columns → Q1" in said)
    assert "training" in said


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("t.csv", b"", "empty"),
        ("t.csv", b"training\r\n", "no row"),
        ("t.csv", b"a,b\r\n1,2\r\n", "--map new.yaml"),
        ("t.csv", b"<html><table>", "web page"),
        ("t.csv", b"training\r\n\xff\xfe\x00", "UTF-8"),
        ("t.csv", b't"raining,"x"y\r\n1,2\r\n', "--map new.yaml"),
        ("t.csv", b'training,routing\r\n"dont-know"x,dont-know\r\n', "quotation mark"),
        ("t.xlsx", b"training\r\ndont-know\r\n", "damaged"),
        ("t.xlsx", b"PK\x03\x04 and nothing more", "damaged"),
        ("t.xlsx", b"\xd0\xcf\x11\xe0 old", "password"),
        ("t.jsonl", b'{"Shoe size": 43}\n', "--map new.yaml"),
    ],
)
def test_what_is_no_table_is_refused_in_words(
    smaudit: Program, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    """One line that says what is wrong and what to do; no sheet, no folder."""
    (tmp_path / name).write_bytes(content)

    done = smaudit("import", name, "--yes")

    assert (3, True) == (done.returncode, says in done.stderr.decode()), done.stderr.decode()
    assert not (tmp_path / "sheets").exists()


def test_a_text_of_two_options_is_understood_where_the_company_decides(
    smaudit: Program, tmp_path: Path, shipped: Questionnaire
) -> None:
    """One option is told to companies with a bot as another is to all others; of those it is that one."""
    question = shipped.question["automatic-answers"]
    text = next(each.text for each in question.options if each.id == "answers-read")
    rows = [{"automatic": fact, question.text: text, "routing": "dont-know"} for fact in ("fixed", "ai", "")]
    (tmp_path / "t.csv").write_text(as_csv(rows))

    smaudit("import", "t.csv", "--yes")

    files = [tmp_path / "sheets" / f"answers{more}.json" for more in ("", "-2", "-3")]
    assert ["answers-read", None, None] == [load_sheet(each).choice(question.id) for each in files]
    assert [["3", "ambiguous"], ["4", "ambiguous"]] == [
        [row, why] for row, *_, why in left_open(tmp_path / "sheets")
    ]


def test_the_commands_and_the_map_of_the_page_do_what_it_says(smaudit: Program, tmp_path: Path) -> None:
    """A start of a map is written where there is none; with the map that the page shows a table is read."""
    page = (ROOT / "docs" / "colleagues.md").read_text("utf-8").partition("## Answers from any form tool")[2]
    commands = [
        line for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL) for line in block.splitlines()
    ]
    plain, mapped = (each.split()[1:] for each in commands if each.startswith("smaudit import"))
    (tmp_path / "answers.csv").write_text("Q01,Branch,Email Address\r\nA1,North,a@example.com\r\n")

    refused, begun = smaudit(*plain, "--yes"), smaudit(*mapped)
    start = (tmp_path / "columns.yaml").read_text()
    (tmp_path / "columns.yaml").write_text(present(re.search(r"```yaml\n(.*?)```", page, re.DOTALL))[1])
    done = smaudit(*mapped, "--yes")

    assert (3, 0, 0) == (refused.returncode, begun.returncode, done.returncode), done.stderr.decode()
    assert '"Branch": keep' in start
    (file,) = (tmp_path / "sheets").glob("*.json")
    assert {"training": "all-subjects"} == answered(load_sheet(file))
    assert {"Branch": "North"} == json.loads(file.read_text())["imported"]


def test_what_the_page_says_is_understood_is(smaudit: Program, tmp_path: Path) -> None:
    """What stands for not knowing and for not applying, in both languages; what is not asked is no answer."""
    said = ["I don\u2019t know", "I do not know.", "DOES NOT APPLY", "Not applicable", "لا أعرف", "لا ينطبق"]
    lines = "".join(f"{each},dont-know\r\n" for each in [*said, "N/A"])
    (tmp_path / "t.csv").write_text("training,routing\r\n" + lines)

    smaudit("import", "t.csv", "--yes")

    found = sorted((tmp_path / "sheets").glob("*.json"), key=lambda file: (len(file.name), file.name))
    expected_ = [*["dont-know"] * 2, *["not-applicable"] * 2, "dont-know", "not-applicable", None]
    assert expected_ == [load_sheet(each).choice("training") for each in found]
    assert [["8", "N/A", "unknown"]] == [
        [row, text, why] for row, _, _, text, why in left_open(tmp_path / "sheets")
    ]


def test_every_column_of_our_own_form_is_understood(smaudit: Program, tmp_path: Path) -> None:
    """By its name and by its label in each language; but for what is asked in the same words everywhere."""
    smaudit("form", "-o", "form.xlsx")
    head, *lines = openpyxl.load_workbook(tmp_path / "form.xlsx")["survey"].values
    uses: dict[str, set[str]] = {}
    for name in [each for each in map(str, head) if each == "name" or each.startswith("label::")]:
        texts_ = [str(line[head.index(name)]) for line in lines if line[head.index(name)]]
        uses[name] = {each.use for each in matched(texts_, words(), {})}

    assert {"understood"} == uses.pop("name")
    assert [{"understood", "ambiguous"}] * len(LANGUAGES) == list(uses.values())
