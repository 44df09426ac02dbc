"""A questionnaire of one's own speaks in its own words: nothing is left of the built-in one's subject."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from conftest import ROOT, Program, present, questionnaire_data, questionnaire_from
from conftest import question as asked

from smaudit.core.compare_many import Comparisons, row_of
from smaudit.core.form import asked_in, started
from smaudit.core.questionnaire import Questionnaire
from smaudit.core.questionnaire_rules import read_questionnaire
from smaudit.core.result import QuestionnaireName
from smaudit.core.subject import Subject
from smaudit.core.team import team
from smaudit.errors import Exit
from smaudit.files.load import load_questionnaire, load_sheet
from smaudit.files.streams import Surface
from smaudit.files.words import load_phrases
from smaudit.interview.form import form_of
from smaudit.language.translation import text_hash, texts
from smaudit.language.vocabulary import speaking
from smaudit.planning import assess, plan_for_budget, what_if
from smaudit.planning.plan import plan
from smaudit.planning.then import compare
from smaudit.report.draw.formats import Kind, formats_of
from smaudit.report.results import Compared, ComparedMany, Planned, Report, Teamed, Tried

DATA = ROOT / "tests" / "data"
OWN = ("software-security", "digital-offices")
ITS_SUBJECT = {
    "en": r"social|misconception|steer|article|posts?\b|follower|free of|marketing",
    "ar": "اجتماعي|خاطئ|مفاهيم|مفهوم|وجّه|المقال|تحرر|متحرر|تسويق",
}
"""What is said of the built-in questionnaire's subject, and of no other's."""
READ = ("text", "markdown", "html", "csv")
CHANGED = {"software-security": ("reviews", "all"), "digital-offices": ("answers", "yes")}


def _told(form: str, data: bytes) -> str:
    """The text in a result that a person gets to see."""
    if form == "xlsx":
        openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
        book = openpyxl.load_workbook(io.BytesIO(data))
        return "\n".join(str(cell.value) for page in book for line in page for cell in line if cell.value)
    if form == "pdf":
        pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    if form != "html":
        return data.decode()
    page = _Page()
    page.feed(data.decode())
    return "\n".join(page.words)


class _Page(HTMLParser):
    """The words of a page, and those in the data of a form; there the keys are names of fields."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._within = "data" if given.get("type") == "application/json" else tag
        self.words += [given[name] or "" for name in ("aria-label", "title", "alt") if name in given]

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - as the parser calls it
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == "data":
            self.words += _values(json.loads(data))
        elif self._within not in {"style", "script"}:
            self.words.append(data)


def _values(data: object) -> list[str]:
    if isinstance(data, str):
        return [data]
    inner = data.values() if isinstance(data, Mapping) else data if isinstance(data, list) else ()
    return [each for value in inner for each in _values(value)]


def _of(name: str, language: str) -> Questionnaire:
    return load_questionnaire(DATA / f"{name}.yaml", language)


def _sheets(name: str, folder: Path) -> tuple[str, str]:
    """A sheet of this questionnaire, and one four months later with one answer changed, as files."""
    then = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    question, option = CHANGED[name]
    now = {**then, "date": "2026-09-01", "answers": {**then["answers"], question: option}}
    for file, sheet in (("then.json", then), ("now.json", now)):
        (folder / file).write_text(json.dumps(sheet), "utf-8")
    return "then.json", "now.json"


def _results(name: str, language: str, folder: Path) -> dict[str, Any]:
    """One of everything that can be told of this questionnaire, by the name of what it is."""
    own = _of(name, language)
    then, now = (load_sheet(folder / each, own) for each in _sheets(name, folder))
    scored = assess(own, then)
    subject = Subject(own, then, scored)
    phrases = speaking(load_phrases(language), own)
    rows = (row_of(compare(own, [then, now]), ("then.json", "now.json"), None),)
    named = QuestionnaireName(own.id, own.version, own.sha256)
    return {
        "report": Report(subject),
        "plan": Planned(subject, present(scored.roadmap)),
        "far": Planned(subject, plan(own, then, {"overall": 95})),
        "budget": Planned(subject, plan_for_budget(own, then, 6)),
        "what-if": Tried(subject, what_if(own, then, dict([CHANGED[name]]), scored)),
        "team": Teamed(own, team(own, [then, now])),
        "compare": Compared(own, compare(own, [then, now])),
        "many": ComparedMany(own, Comparisons(questionnaire=named, companies=rows, not_compared=())),
        "form": form_of(asked_in(own, "full"), started("full", "Acme", None), phrases),
    }


@cache
def _all_made(name: str, *forms: str) -> dict[str, str]:
    """What a person sees of every result in these formats, by its name, its language and its format."""
    found = {}
    for language in ITS_SUBJECT:
        phrases = speaking(load_phrases(language), _of(name, language))
        with TemporaryDirectory() as folder:
            results = _results(name, language, Path(folder))
        for made, told in results.items():
            kind: Kind = "form" if made == "form" else told.kind
            for form in formats_of(kind):
                if form.name in forms and (form.name != "pdf" or made in {"report", "compare"}):
                    drawn = form.draw(told, phrases, Surface(80, is_file=True))
                    data = drawn.encode() if isinstance(drawn, str) else drawn
                    found[f"{made}.{language}.{form.name}"] = _told(form.name, data)
    return found


def _leaks(found: Mapping[str, str]) -> dict[str, list[str]]:
    """What is told of the built-in one's subject, by file."""
    return {
        file: said
        for file, text in found.items()
        if (said := re.findall(f".*(?:{ITS_SUBJECT[file.split('.')[1]]}).*", text, re.IGNORECASE))
    }


@pytest.mark.parametrize("name", OWN)
def test_nothing_that_is_made_speaks_of_the_built_in_ones_subject(name: str) -> None:
    """Reports, plans, teams, comparisons and forms, in both languages: not a word of social media."""
    assert {} == _leaks(_all_made(name, *READ))


@pytest.mark.slow
def test_no_pdf_does() -> None:
    """The same in the format that takes longest."""
    pytest.importorskip("typst", reason="typst is not installed: pip install smaudit[pdf]")

    assert {} == _leaks(_all_made(OWN[0], "pdf"))


@pytest.mark.parametrize("name", OWN)
def test_its_title_stands_in_all_that_is_made(name: str) -> None:
    """Whoever finds a page knows which questionnaire it is of; a table to paste is of a plan."""
    found = _all_made(name, *READ)

    lacking = [file for file, text in found.items() if _of(name, "en").title not in " ".join(text.split())]
    assert ["plan.en.csv", "far.en.csv", "budget.en.csv"] == [each for each in lacking if ".en." in each]


@pytest.mark.parametrize("name", OWN)
def test_points_and_days_are_given_no_meaning_in_hours(name: str) -> None:
    """Where efforts are no hours, nothing is said of hours."""
    found = _all_made(name, *READ)

    assert [] == [
        line
        for file, text in found.items()
        for line in re.findall(r".*(?:\d hours?|ساعة|ساعات).*", text)
        if not file.startswith("form") and "Opening" not in line
    ]


@pytest.mark.parametrize("name", OWN)
def test_every_command_speaks_in_these_words(smaudit: Program, tmp_path: Path, name: str) -> None:
    """They are set where a command reads its questionnaire: each of them does."""
    then, now = _sheets(name, tmp_path)
    commands = {
        "report.en.txt": ["report", then, "--full"],
        "plan.en.txt": ["plan", then],
        "team.en.txt": ["team", then, now],
        "compare.en.txt": ["compare", then, now],
        "form.en.html": ["form"],
        "form.en.xlsx": ["form"],
        "form.ar.xlsx": ["form", "--lang", "ar"],
        "assess.en.txt": ["assess", then, "--no-input"],
    }
    found = {}
    for file, command in commands.items():
        to = ["-o", file] if command[0] != "assess" else []
        result = smaudit(*command, "--questionnaire", DATA / f"{name}.yaml", *to)
        assert Exit.DONE == result.returncode, result.stderr.decode()
        data = (tmp_path / file).read_bytes() if to else result.stdout
        found[file] = _told(file.rpartition(".")[2], data)

    assert {} == _leaks(found)


@pytest.mark.parametrize("name", OWN)
def test_explanations_and_gates_do_not_either(smaudit: Program, tmp_path: Path, name: str) -> None:
    """What `explain` shows, and what is said where a gate is missed or a name is unknown."""
    sheet, _ = _sheets(name, tmp_path)
    own = ["--questionnaire", DATA / f"{name}.yaml"]
    questionnaire = load_questionnaire(DATA / f"{name}.yaml")
    ids = [None, questionnaire.misconceptions[0].id, questionnaire.questions[0].id, "no-such-name"]
    found = {}
    for language in ITS_SUBJECT:
        spoken = [*own, "--lang", language]
        for number, each in enumerate(ids):
            told = smaudit("explain", *([each] if each else []), *spoken)
            found[f"{number}.{language}"] = (told.stdout + told.stderr).decode()
        missed = smaudit("report", sheet, "--max-steering", "0", *spoken)
        found[f"gate.{language}"] = missed.stderr.decode()
        unknown = smaudit("report", sheet, "--fail-under", "nobody=1", *spoken)
        found[f"name.{language}"] = unknown.stderr.decode()
        assert (Exit.BELOW, Exit.USAGE) == (missed.returncode, unknown.returncode)

    assert {} == _leaks(found)


def _headline(smaudit: Program, own: Path, sheet: Path, language: str = "en") -> str:
    told = smaudit("report", sheet, "--questionnaire", own, "--lang", language)
    return told.stdout.decode().partition("\n")[0]


def test_a_maturity_model_speaks_of_a_line_and_a_workbook_as_it_says(smaudit: Program) -> None:
    """Without words of its own what is scored is an area below or above the line."""
    first, second = (_headline(smaudit, DATA / f"{name}.yaml", DATA / f"{name}.json") for name in OWN)

    assert ("1 of 2 areas below the line", "1 of 2 attributes not yet met; 1 undecided") == (first, second)


def _of_beliefs(**more: Any) -> Questionnaire:
    data = questionnaire_data([asked("q1", {"a": 1}), asked("q2", {"b": 1})], **more)
    for each in data["misconceptions"]:
        each["belief"] = {"holds": "Yes.", "rejects": "No."}
    return questionnaire_from(data)


def test_one_with_beliefs_speaks_of_misconceptions_unless_it_has_words() -> None:
    """What one believes is a misconception; but what a file says about itself comes first."""
    english = load_phrases("en")

    bare = speaking(english, _of_beliefs())
    worded = speaking(english, _of_beliefs(words={"one": "habit", "many": "habits"}))

    assert "2 of 3 misconceptions steer X" == bare.text("report.headline.steer", count=2, of=3, company="X")
    assert "X: Tiny" == bare.text("report.title", company="X")
    assert "2 of 3 habits below the line" == worded.text("report.headline.steer", count=2, of=3, company="X")


def test_a_part_of_the_interview_has_its_title_unless_that_gives_the_answer_away() -> None:
    """What is believed is named after the questions; an area has nothing to hide."""
    areas = questionnaire_from(questionnaire_data([asked("q1", {"a": 1}), asked("q2", {"b": 1})]))

    assert ("A", None) == (areas.section("a"), _of_beliefs().section("a"))


def test_a_word_is_no_sentence() -> None:
    """What stands within other sentences is short, and both of its forms are needed."""
    data = questionnaire_data([asked("q1", {"a": 1, "b": 1})], words={"one": "x" * 81})

    _, problems = read_questionnaire(data)

    assert {("words", "one"): "problem.too-long", ("words", "many"): "problem.missing"} == {
        each.place: each.message.phrase for each in problems
    }


def test_its_words_are_translated_with_its_texts(smaudit: Program, tmp_path: Path) -> None:
    """A translation has them by their paths; what it lacks is shown as it was written, set apart."""
    own = tmp_path / "own.yaml"
    own.write_text((DATA / "digital-offices.yaml").read_text("utf-8"), "utf-8")
    originals = texts(load_questionnaire(own))
    lines = [
        f'  words.{name}: {{of: "{text_hash(originals[f"words.{name}"])}", text: "{text}"}}'
        for name, text in (("many", "السمات"), ("steers", "غير محققة"), ("open", "غير محسومة"))
    ]
    head = "schema: smaudit/translation/1\nid: digital-offices\nlanguage: ar\ntexts:\n"
    (tmp_path / "own.ar.yaml").write_text(head + "\n".join(lines) + "\n", "utf-8")

    found = _headline(smaudit, own, DATA / "digital-offices.json", "ar")

    assert "السمات: 1 من أصل 2 غير محققة؛ و1 غير محسومة" == found


def test_the_built_in_one_says_what_it_always_said(shipped: Questionnaire) -> None:
    """Its phrases are those of the program, and no others."""
    english = load_phrases("en")

    assert speaking(english, shipped) is english
