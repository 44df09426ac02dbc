"""`smaudit assess` in a real terminal: how an interview begins, ends, and is come back to."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from interview_support import DATA
from test_interview_terminal import DOWN, ENTER, Terminal

pytestmark = pytest.mark.slow
ANSWERS = {"horizon": "level-0", "fleet": "level-0", "dues": "dont-know", "storm": "level-0"}
SHEET: dict[str, Any] = {
    "schema": "smaudit/sheet/1",
    "questionnaire": {"id": "small", "version": "1.0.0"},
    "depth": "quick",
    "company": {"name": "Harbour", "profile": {"size": "level-1"}},
    "respondent": {"department": "office"},
    "date": "2026-11-25",
    "language": "en",
    "beliefs": {"flat": 1, "free": 1},
    "guess": {"steering": 2, "most": "flat"},
    "remark": "",
    "answers": ANSWERS,
}
"""A finished quick sheet that leaves one question not known."""
BEGUN = {key: value for key, value in SHEET.items() if key not in {"guess", "remark"}} | {
    "answers": {"horizon": "level-0"}
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a finished sheet, and the questionnaire outside of it."""
    (tmp_path / "small.yaml").write_text(json.dumps(DATA), "utf-8")
    here = tmp_path / "here"
    here.mkdir()
    put(here / "done.json", SHEET)
    return here


def put(path: Path, sheet: dict[str, Any]) -> None:
    """A sheet in a file."""
    path.write_text(json.dumps(sheet), "utf-8")


def kept(path: Path) -> Any:
    """What a sheet holds now."""
    return json.loads(path.read_text("utf-8"))


def assess(folder: Path, *arguments: str, columns: int = 120, rows: int = 40, **environment: str) -> Terminal:
    """`smaudit assess` in a terminal of its own, in this folder."""
    surroundings = {
        "SMAUDIT_LANG": "en",
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "PAGER": "cat",
        **environment,
    }
    return Terminal(
        *("assess", *arguments, "--questionnaire", "../small.yaml"),
        program=("-m", "smaudit"),
        columns=columns,
        rows=rows,
        cwd=folder,
        **{**surroundings, **environment},
    )


def test_a_finished_sheet_opens_on_its_answers_and_takes_what_is_known_now(folder: Path) -> None:
    """What was not known stands first; answered, it is saved, and the result shown."""
    terminal = assess(folder, "done.json")
    terminal.wait("Harbour · all 14 answered · 1 not known")
    shown = terminal.wait("1 Show the result")
    assert "2 Go on to the full check: 1 more question Not known yet 3 Harbour dues: Don't know" in shown
    terminal.type("3" + ENTER)
    terminal.wait("Who pays the harbour dues?")
    terminal.type("2" + ENTER)
    terminal.wait("Harbour dues: Those who are caught")
    assert "level-1" == kept(folder / "done.json")["answers"]["dues"]
    terminal.type("1" + ENTER)
    terminal.wait("What now?")
    terminal.type("6" + ENTER)
    assert 0 == terminal.finish()[2]


@pytest.mark.parametrize("arguments", [[], ["--depth", "full"]])
def test_a_finished_quick_sheet_goes_on_to_the_full_check(folder: Path, arguments: list[str]) -> None:
    """From the list of answers, and by the option; only what is new is asked, and the list comes again."""
    terminal = assess(folder, "done.json", *arguments)
    if not arguments:
        terminal.wait("Go on to the full check")
        terminal.type("2" + ENTER)
    terminal.wait("Do you sail at night?")
    terminal.type("1" + ENTER)
    terminal.wait("Which lamps burn while you sail at night?")
    terminal.type("1" + ENTER)
    terminal.wait("Lamps: None")
    terminal.type("1" + ENTER)
    terminal.wait("What now?")
    terminal.type("6" + ENTER)
    terminal.finish()
    sheet = kept(folder / "done.json")
    assert ("full", "level-0", SHEET["guess"]) == (sheet["depth"], sheet["answers"]["lamps"], sheet["guess"])


def test_an_unfinished_sheet_among_others_is_offered(folder: Path) -> None:
    """Without a name the sheets of the folder are there to choose from, unfinished ones first."""
    put(folder / "begun.json", {**BEGUN, "company": {"name": "Quay", "profile": {"size": "level-1"}}})
    yesterday = time.time() - 24 * 60 * 60
    os.utime(folder / "begun.json", (yesterday, yesterday))
    terminal = assess(folder)
    shown = terminal.wait("Begin a new sheet")
    assert "1 Quay, 7 of 14 answered, yesterday 2 Harbour, all 14 answered, today" in shown
    terminal.type("1" + ENTER)
    terminal.wait("Quay · 7 of 14 answered")
    terminal.wait("Who counts the boats?")
    terminal.type("1" + ENTER)
    terminal.wait("Who pays the harbour dues?")
    assert "level-0" == kept(folder / "begun.json")["answers"]["fleet"]
    terminal.type("\x03")
    terminal.wait("smaudit assess begun.json --questionnaire ../small.yaml")
    assert 130 == terminal.finish()[2]


def test_a_new_sheet_is_begun_beside_others(folder: Path) -> None:
    """The last entry of the list; what is there stays as it is."""
    terminal = assess(folder)
    terminal.wait("2 Begin a new sheet")
    terminal.type("2" + ENTER)
    terminal.wait("How thorough should it be?")
    terminal.type("\x03")
    terminal.finish()
    assert SHEET == kept(folder / "done.json")


def test_a_mistyped_name_is_asked_about(folder: Path) -> None:
    """And nothing is begun where another sheet was meant."""
    terminal = assess(folder, "doen.json")
    terminal.wait("There is no doen.json. Did you mean done.json?")
    terminal.type("1" + ENTER)
    terminal.wait("Show the result")
    terminal.type("\x03")
    terminal.finish()
    assert not (folder / "doen.json").exists()


def test_a_new_name_is_said(folder: Path) -> None:
    """Nobody takes a typing error for a loss."""
    terminal = assess(folder, "quay.json")
    terminal.wait("There is no quay.json yet; a new sheet begins there.")
    terminal.type("\x03")
    terminal.wait("Nothing was saved yet.")
    terminal.finish()


def test_a_sheet_of_an_earlier_version_is_taken_over_where_that_is_said(folder: Path) -> None:
    """Its answers are offered, kept with their notes, and the rest is asked."""
    data = json.loads(json.dumps(DATA))
    data["version"], data["questions"][2]["was"] = "2.0.0", ["toll"]
    data["questions"][2]["options"][1]["was"] = ["some"]
    (folder / ".." / "small.yaml").write_text(json.dumps(data), "utf-8")
    answers = {**ANSWERS, "toll": {"choice": "some", "note": "ask Ann"}}
    del answers["dues"]
    put(folder / "done.json", {**SHEET, "answers": answers})
    terminal = assess(folder, "done.json")
    terminal.wait("1 answer was given to an earlier version of the questions.")
    terminal.type("1" + ENTER)
    terminal.wait("Show the result")
    assert {"choice": "level-1", "note": "ask Ann"} == kept(folder / "done.json")["answers"]["dues"]
    terminal.type("\x03")
    terminal.finish()


def test_a_sheet_that_changed_meanwhile_is_left_as_it_is(folder: Path) -> None:
    """The answers go on in a file beside it, which the last lines name."""
    terminal = assess(folder, "done.json")
    terminal.wait("Harbour dues: Don't know")
    put(folder / "done.json", {**SHEET, "remark": "by somebody else"})
    terminal.type("3" + ENTER)
    terminal.wait("Who pays the harbour dues?")
    terminal.type("1" + ENTER)
    terminal.wait("your answers are in done-2.json")
    terminal.wait("Show the result")
    terminal.type("1" + ENTER)
    terminal.wait("What now?")
    terminal.type("6" + ENTER)
    terminal.finish()
    assert "smaudit plan done-2.json" in terminal.shown()
    found = kept(folder / "done.json"), kept(folder / "done-2.json")
    assert ("by somebody else", "level-0") == (found[0]["remark"], found[1]["answers"]["dues"])


def test_the_result_ends_on_one_screen_with_where_everything_is(folder: Path) -> None:
    """The first page, the files, what can be done; a name that fails stays in the line; ~ is home."""
    terminal = assess(folder, "done.json")
    terminal.wait("Show the result")
    terminal.type("1" + ENTER)
    shown = terminal.wait("What now?")
    for text in ("Answers: done.json", "Change them: smaudit assess done.json", "What to do, in order"):
        assert text in shown
    assert b"SHA-256" not in terminal.sent
    terminal.type("1" + ENTER)
    terminal.wait("› harbour-2026-11-25.html")
    terminal.type("\x15nowhere/page.html" + ENTER)
    terminal.wait("The folder nowhere does not exist.")
    terminal.wait("› nowhere/page.html")
    terminal.type("\x15~/page.html" + ENTER)
    terminal.wait("Saved: ")
    assert (folder / "page.html").read_bytes().startswith(b"<!DOCTYPE html>")
    terminal.type("6" + ENTER)
    before, after, code = terminal.finish()
    assert (before, 0) == (after, code)
    shown = terminal.shown()
    assert "page.html" in shown.split("Report: ")[1]
    assert "smaudit plan done.json --questionnaire ../small.yaml" in shown


def test_a_saved_page_is_opened_where_the_system_can(folder: Path) -> None:
    """Offered once there is one; the browser gets the address of the file."""
    browser = folder / "browser"
    browser.write_text('#!/bin/sh\necho "$1" > opened\n')
    browser.chmod(0o755)
    terminal = assess(folder, "done.json", BROWSER=str(browser))
    terminal.wait("Show the result")
    terminal.type("1" + ENTER)
    shown = terminal.wait("What now?")
    assert "Open the page" not in shown
    terminal.type("1" + ENTER)
    terminal.wait("Under which name?")
    terminal.type(ENTER)
    terminal.wait("1 Open the page that was saved")
    terminal.type("1" + ENTER)
    terminal.wait_for_prompt("What now?")
    terminal.type("7" + ENTER)
    terminal.finish()
    assert (folder / "opened").read_text().strip().endswith("/here/harbour-2026-11-25.html")


@pytest.mark.parametrize(("key", "told"), [("4", "SHA-256"), ("5", "Harbour")])
def test_the_whole_report_and_the_plan_can_be_read_here(folder: Path, key: str, told: str) -> None:
    """Through the pager, where there is one; then the menu is there again."""
    terminal = assess(folder, "done.json")
    terminal.wait("Show the result")
    terminal.type("1" + ENTER)
    terminal.wait("What now?")
    before = len(terminal.sent)
    terminal.type(key + ENTER)
    terminal.settle()
    text = " ".join(terminal.sent[before:].decode().split())
    assert told in text
    terminal.type("6" + ENTER)
    assert 0 == terminal.finish()[2]


def test_twenty_times_enter_records_nothing_that_was_not_chosen(folder: Path) -> None:
    """At every prompt of an interview; what may be skipped is skipped, and nothing else is kept."""
    terminal = assess(folder, "new.json")
    sheet = folder / "new.json"
    prompts = [
        ("How thorough should it be?", "1" + ENTER, {}),
        ("What is the company called?", "Harbour" + ENTER, {}),
        ("Which part of the company do you answer for?", "2" + ENTER, {}),
        ("A The sea is flat.", "2" + ENTER, {}),
        ("A The sea has its price.", "2" + ENTER, {}),
        ("Of the last ten ships", "1" + ENTER, {}),
        ("How many boats do you have?", "2" + ENTER, {"horizon": "level-0"}),
        ("Who counts the boats?", "1" + ENTER, {"horizon": "level-0"}),
    ]
    for shown, answer, answers in prompts:
        terminal.wait(shown)
        terminal.settle()
        terminal.type(ENTER * 20)
        terminal.settle()
        terminal.wait(shown)
        found = kept(sheet) if sheet.exists() else {"answers": {}}
        assert answers == found["answers"]
        terminal.type(answer)
    terminal.wait("Who pays the harbour dues?")
    terminal.type("\x03")
    terminal.finish()
    assert {"horizon": "level-0", "fleet": "level-0"} == kept(sheet)["answers"]


@pytest.mark.parametrize("bracketed", [True, False])
def test_a_paste_never_answers_the_next_prompt(folder: Path, bracketed: bool) -> None:
    """Neither in a list nor in a line, with brackets or without."""
    terminal = assess(folder, "new.json")
    text = "Harbour\r2\r1\r"
    pasted = f"\x1b[200~{text}\x1b[201~" if bracketed else text
    terminal.wait("How thorough should it be?")
    terminal.settle()
    terminal.type(pasted)
    terminal.wait("What was pasted is not taken here.")
    terminal.type("1" + ENTER)
    terminal.wait("What is the company called?")
    terminal.settle()
    terminal.type(pasted)
    terminal.settle()
    assert not (folder / "new.json").exists()
    terminal.type(ENTER)
    terminal.wait("Which part of the company do you answer for?")
    assert "Harbour 2 1" == kept(folder / "new.json")["company"]["name"]
    terminal.type("\x03")
    terminal.finish()


@pytest.mark.parametrize("leave", ["\x03", "\x04", "\x02"])
def test_a_note_that_was_typed_is_kept_however_it_is_left(folder: Path, leave: str) -> None:
    """By Ctrl-C, by Ctrl-D, and by going back."""
    put(folder / "begun.json", BEGUN)
    terminal = assess(folder, "begun.json")
    terminal.wait("Who counts the boats?")
    terminal.type("\x0e")
    terminal.wait("Your note")
    terminal.type("ask Ann")
    terminal.wait("› ask Ann")
    terminal.type(leave)
    if leave == "\x02":
        terminal.wait("Note: ask Ann")
        terminal.type("\x03")
    terminal.finish()
    assert {"note": "ask Ann"} == kept(folder / "begun.json")["answers"]["fleet"]


def test_help_and_keys_work_at_every_list(folder: Path) -> None:
    """? stands in place of the options and is closed by ?; a dead key says what does."""
    terminal = assess(folder, "new.json", columns=40, rows=24)
    terminal.wait("How thorough should it be?")
    terminal.type("x")
    terminal.wait("That key does nothing here.")
    terminal.type("?")
    shown = terminal.wait("? closes this")
    assert ("not about what it says that it does." in shown, "Quick" in shown) == (True, False)
    terminal.type("?")
    terminal.wait("1 Quick")
    terminal.type(DOWN + ENTER)
    terminal.wait("What is the company called?")
    terminal.type("\x03")
    terminal.finish()


def test_the_opening_has_nine_lines(folder: Path) -> None:
    """What it is, what comes of it, how long, that nothing leaves the machine, and the keys."""
    terminal = assess(folder, "new.json")
    terminal.wait("How thorough should it be?")
    lines = terminal.sent.decode().split("There is no new.json yet")[1].split("1 of about")[0]
    assert lines.count("\n") <= 9 + 2
