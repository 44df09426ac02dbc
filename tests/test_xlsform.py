"""The form as an XLSForm: pyxform takes it, it asks as the questionnaire would, in every language."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from conftest import ROOT, questionnaire_from
from form_support import awkward, hostile_questionnaire
from page_support import HOSTILE, languages

from smaudit.core.form import asked_in, started
from smaudit.core.questionnaire import Depth, Questionnaire
from smaudit.errors import Usage
from smaudit.files.load import load_questionnaire
from smaudit.files.words import load_phrases
from smaudit.interview.form import form_of
from smaudit.report.draw import xlsform

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
pyxform = pytest.importorskip("pyxform.xls2xform", reason="pyxform is not installed")

Cases = list[Mapping[str, str]]


def made(
    asked: Questionnaire, depth: Depth = "full", company: str | None = None, department: str | None = None
) -> bytes:
    """The XLSForm of a questionnaire in one language."""
    start = started(depth, company, department)
    words = load_phrases("en")
    return xlsform.render([(words, form_of(asked_in(asked, depth, department), start, words))])


class Compiled:
    """An XLSForm as pyxform compiles it: when each row is shown, and what is calculated."""

    def __init__(self, book: bytes) -> None:
        done = pyxform.convert(BytesIO(book), file_type=".xlsx")
        self.warnings: list[str] = done.warnings
        self.xform: str = done.xform
        root = ET.fromstring(done.xform)  # noqa: S314 - of our own making
        binds = [each for each in root.iter() if each.tag.endswith("}bind")]
        self.binds = {each.attrib["nodeset"].removeprefix("/data/"): each.attrib for each in binds}

    def shown(self, name: str, given: Mapping[str, str]) -> bool:
        """Whether a row is shown where these rows have these values."""
        condition = self.binds[name].get("relevant", "true()")
        python = re.sub(r"/data/(\w+)", lambda row: repr(given.get(row[1], "")), condition)
        python = re.sub(r"(?<![=!])=(?!=)", "==", python).replace("true()", "True")
        return bool(eval(python))  # noqa: S307 - conditions of our own making


def row(name: str) -> str:
    """The name of the row of an id."""
    return re.sub("^(?=[0-9])", "_", name.replace("-", "_"))


def profiles(asked: Questionnaire, many: int = 300) -> Cases:
    """Profiles of companies, some of it not known; of the rest some was skipped in so many words."""
    dice = random.Random(asked.id)  # noqa: S311 - no secret
    return [
        {fact.id: dice.choice(fact.names) for fact in asked.profile if dice.random() < 3 / 4}
        for _ in range(many)
    ]


@pytest.mark.parametrize("which", ["shipped", "awkward"])
def test_who_is_asked_what_follows_the_profile(which: str, shipped: Questionnaire) -> None:
    """On random profiles: a question is shown where it applies, in the one wording that fits."""
    asked = shipped if which == "shipped" else awkward()
    form = Compiled(made(asked))
    for number, facts in enumerate(profiles(asked)):
        skipped = {row(fact.id): "-" for fact in asked.profile if number % 2}
        given = skipped | {row(name): option for name, option in facts.items()}
        for question in asked.questions:
            fits = [
                all(facts.get(fact) in allowed for fact, allowed in each.if_.items())
                for each in question.wording
            ]
            here = fits.index(True) + 1 if True in fits else 0
            names = (
                [f"{row(question.id)}_{place}" for place in range(len(fits) + 1)]
                if fits
                else [row(question.id)]
            )
            expected = [question.applies_to(facts) and place == here for place in range(len(names))]
            assert expected == [form.shown(each, given) for each in names], (question.id, facts)


def test_an_answer_is_in_the_column_of_its_question_whatever_its_wording(shipped: Questionnaire) -> None:
    """A question with several wordings is calculated from whichever of them was shown."""
    form = Compiled(made(shipped))
    worded = [each for each in shipped.questions if each.wording]

    assert worded
    for each in worded:
        rows = [f"/data/{row(each.id)}_{place}" for place in range(len(each.wording) + 1)]
        calculated = form.binds[row(each.id)]["calculate"]
        assert rows == sorted(re.findall(r"/data/\w+", calculated))
    assert {row(each.id) for each in shipped.questions} <= set(form.binds)


def test_a_reason_and_evidence_are_asked_for_where_the_answer_calls_for_them(shipped: Questionnaire) -> None:
    """Why something does not apply, and what shows the best answer; else neither."""
    form, asked = Compiled(made(shipped)), shipped.questions[0]
    best, reason, evidence = asked.options[-1].id, f"{row(asked.id)}_reason", f"{row(asked.id)}_evidence"

    assert [(True, False), (False, True), (False, False)] == [
        (form.shown(reason, given), form.shown(evidence, given))
        for given in ({row(asked.id): answer} for answer in ("not-applicable", best, "dont-know"))
    ]


def test_the_command_writes_every_language_the_one_that_was_asked_for_first(
    smaudit: Any, tmp_path: Path
) -> None:
    """Labels of all rows and choices in each language; options as the questionnaire has them."""
    done = smaudit("form", "-o", "form.xlsx", "--lang", "ar", "--department", "legal")
    assert (0, b"") == (done.returncode, done.stdout)
    book = openpyxl.load_workbook(tmp_path / "form.xlsx")
    tables = {name: [list(line) for line in book[name].values] for name in ("survey", "choices", "settings")}
    labels = {load_phrases(code).name: f"label::{load_phrases(code).name} ({code})" for code in languages()}

    assert ["survey", "choices", "settings"] == book.sheetnames
    assert labels[load_phrases("ar").name].partition("::")[2] in tables["settings"][1]
    for name in ("survey", "choices"):
        head, *lines = tables[name]
        assert set(labels.values()) == {each for each in head if each.startswith("label::")}
        told = [line for line in lines if line[head.index("name")] and "calculate" not in line]
        assert [] == [line for line in told for each in labels.values() if not line[head.index(each)]]
    for code in languages():
        asked = load_questionnaire(None, code)
        column = tables["choices"][0].index(labels[load_phrases(code).name])
        texts = {line[column] for line in tables["choices"]}
        known = [each for each in asked.questions if "legal" in each.ask]
        assert [] == [option.id for each in known for option in each.options if option.text not in texts]


def test_what_is_settled_is_not_asked(shipped: Questionnaire) -> None:
    """The company and the department of a form are in every answer, whatever quotes its name has."""
    name = """L'Oréal "Paris" ${company}"""
    form = Compiled(made(shipped, "quick", name, "legal"))
    calculated = form.binds["company"]["calculate"]

    parts = re.findall(r"""'([^']*)'|"([^"]*)\"""", calculated)
    assert name.replace("${", "$\u2060{") == "".join(one or other for one, other in parts)
    assert "'legal'" == form.binds["department"]["calculate"]


def test_hostile_words_stay_words(shipped: Questionnaire) -> None:
    """No formula in any cell, no reference to a row in any text; pyxform takes the form all the same."""
    data = yaml.safe_load((ROOT / "data" / "misconceptions.yaml").read_text("utf-8"))
    data.pop("ends_with")
    asked = questionnaire_from(hostile_questionnaire(data, "=1+1 ${headcount} ${nothing} " + HOSTILE))
    book = made(asked, company="=cmd|' /C calc'!A0")
    cells = [cell for sheet in openpyxl.load_workbook(BytesIO(book)) for line in sheet for cell in line]

    assert {"s", "n"} >= {cell.data_type for cell in cells}
    assert any(str(cell.value).startswith("=1+1") for cell in cells)
    assert [] == Compiled(book).warnings


def test_the_same_form_has_the_same_bytes(shipped: Questionnaire) -> None:
    """Nothing of the moment or the machine is in the file."""
    one = made(shipped, "quick")

    assert one == made(shipped, "quick")
    assert b"20" + b"26-" not in one


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has not installed it is told, and pointed to the page that needs nothing."""
    monkeypatch.setattr(xlsform, "find_spec", lambda _: None)

    with pytest.raises(Usage) as raised:
        xlsform.require()

    assert ("error.no-forms", "hint.no-forms") == (
        raised.value.message.phrase,
        raised.value.hint and raised.value.hint.phrase,
    )
