"""The form as a command and as a file: what it asks and refuses, its size, what may run."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from conftest import question as made
from conftest import questionnaire_data, questionnaire_from
from form_support import form_file
from page_support import HOSTILE, languages

from smaudit.core.form import asked_in, rules, started
from smaudit.core.questionnaire import Questionnaire
from smaudit.files.words import load_phrases
from smaudit.interview.form import form_of
from smaudit.report.draw import form as page

MOST = {
    "quick": 90_000,
    "department": 90_000,
    "department.ar": 90_000,
    "all": 120_000,
    "again": 120_000,
    "all.ar": 150_000,
}
"""Bytes: the quick check and what one department is asked; the whole in English and in Arabic."""


@pytest.fixture(scope="module")
def asked() -> Questionnaire:
    """A questionnaire in which departments know different things, and a fact is needed for one question."""
    yes_no = [{"id": "yes", "text": "Yes"}, {"id": "no", "text": "No"}]
    return questionnaire_from(
        questionnaire_data(
            [
                made("sales-only", {"a": 1}, ask=["sales"]),
                made("for-all", {"b": 1}),
                made("legal-only", {"a": 1}, ask=["legal"], applies_if={"shop": ["yes"]}),
                made("second", {"a": 1}, ask=["legal", "sales"], depth="full"),
            ],
            departments=[
                {"id": "sales", "name": "Sales"},
                {"id": "sailing", "name": "Boats"},
                {"id": "legal", "name": "Lawyers"},
            ],
            profile=[{"id": "shop", "text": "A shop?", "options": yes_no}],
            contradictions=[
                {"id": "c1", "if": {"sales-only": ["l0"], "legal-only": ["l0"]}, "text": "Both?"},
                {"id": "c2", "if": {"sales-only": ["l0"], "shop": ["no"]}, "text": "No shop?"},
            ],
        )
    )


@pytest.mark.parametrize(
    ("depth", "department", "names"),
    [
        ("full", None, ["sales-only", "for-all", "legal-only", "second"]),
        ("quick", None, ["sales-only", "for-all", "legal-only"]),
        ("full", "sales", ["sales-only", "for-all", "second"]),
        ("quick", "legal", ["for-all", "legal-only"]),
        ("full", "sailing", ["for-all"]),
    ],
)
def test_a_department_is_asked_what_it_would_know(
    asked: Questionnaire, depth: Any, department: str | None, names: list[str]
) -> None:
    """What names nobody to ask is for everybody; the order and the depth stay."""
    assert names == [each.id for each in asked_in(asked, depth, department).questions]


def test_contradictions_need_no_facts_of_what_is_not_asked(asked: Questionnaire) -> None:
    """A contradiction goes with its questions, and with it the facts that only it needs."""
    found = {name: rules(asked_in(asked, "full", name)) for name in (None, "sales", "sailing")}

    assert {None: ["c1", "c2"], "sales": ["c2"], "sailing": []} == {
        name: [each for each, _ in rule["contradictions"]] for name, rule in found.items()
    }
    assert [["shop"], []] == [rule["sections"][0][0][3] for name, rule in found.items() if name]


def test_a_form_is_made_for_a_department_named_as_people_name_it(smaudit: Any, tmp_path: Any) -> None:
    """Its id, its name, or how one of them begins, in any case; the page says whom it is for."""
    found = {}
    for name in ("customer-service", "CUSTOMER SERVICE", "cust"):
        done = smaudit("form", "-o", "form.html", "--department", name, "--company", "Tidewell & Sons")
        assert (0, b"Saved: form.html\n") == (done.returncode, done.stderr)
        found[name] = (tmp_path / "form.html").read_text("utf-8")

    assert 1 == len(set(found.values()))
    assert "<bdi>Tidewell &amp; Sons</bdi></strong> · Customer service" in found["cust"]


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--department", "nobody"], "--department: nobody is not one department. There are: management,"),
        (["--department", "people"], "Saved"),
        (["--department", "s"], "--department: s is not one department. There are: social-team, sales."),
        (["--company", "  "], "--company takes the name of a company, of at most 2000 characters."),
        (["--company", "x" * 2001], "--company takes the name of a company, of at most 2000 characters."),
        (["--depth", "deep"], "--depth takes one of: quick, full."),
        (["-o", "form.docx"], "The ending of form.docx names no format. There are: .html"),
    ],
)
def test_what_cannot_be_made_is_said_in_a_sentence(smaudit: Any, arguments: list[str], part: str) -> None:
    """A department that there is not, that could be several or that nobody asks; a company without a name."""
    output = [] if "-o" in arguments else ["-o", "form.html"]

    done = smaudit("form", *output, *arguments)

    assert (0 if part == "Saved" else 2, b"") == (done.returncode, done.stdout)
    assert part in done.stderr.decode()


def test_a_department_that_nobody_asks_gets_no_form(smaudit: Any, tmp_path: Any) -> None:
    """A form without a question is none; the way out is said."""
    data = questionnaire_data(
        [made("only", {"a": 1, "b": 1}, ask=["sales"])],
        departments=[{"id": "sales", "name": "Sales"}, {"id": "legal", "name": "Lawyers"}],
    )
    (tmp_path / "own.json").write_text(json.dumps(data))

    done = smaudit("form", "-o", "form.html", "--questionnaire", "own.json", "--department", "Lawyers")

    assert (2, False) == (done.returncode, (tmp_path / "form.html").exists())
    assert [
        "smaudit: There is no question that Lawyers would be asked.",
        "Leave out --department, or take --depth full.",
    ] == done.stderr.decode().splitlines()


def test_what_a_form_holds_cannot_end_the_script_it_stands_in(asked: Questionnaire) -> None:
    """No sign of markup and no end of a line that only some readers know is left in the data of a page."""
    company = f"{HOSTILE}\u2028\u2029<!--<script>]]>"
    made = form_of(asked, started("full", company, None), load_phrases("en"))

    text = page.as_data(made.data)

    assert set() == set(text) & set("<>&\u2028\u2029\n")
    assert company == json.loads(text)["start"]["company"]["name"]


@pytest.mark.parametrize("language", languages())
def test_the_policy_lets_only_our_script_and_style_run(language: str, tmp_path: Any, shipped: Any) -> None:
    """Two hashes, nothing else, and no attribute that could run or style."""
    from base64 import b64encode
    from hashlib import sha256

    text = form_file(tmp_path / "form.html", shipped, load_phrases(language)).read_text("utf-8")
    policy = re.search('Security-Policy" content="([^"]*)"', text)
    script = re.search("<script>(.*?)</script>", text, re.DOTALL)
    style = re.search("<style>(.*?)</style>", text, re.DOTALL)
    assert policy
    assert script
    assert style
    hashes = [b64encode(sha256(each[1].encode()).digest()).decode() for each in (style, script)]

    assert (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    ) == policy[1]
    assert [] == re.findall(r'<[^>]*\s(?:style|on\w+)=|(?:src|href|action)="(?!data:,)', text)


def test_a_form_is_small_and_the_same_each_time(smaudit: Any, tmp_path: Any) -> None:
    """The quick check and a department's questions are under 90 KB; all that there is, under 150."""
    sizes = {}
    for name, options in {
        "quick": ["--depth", "quick"],
        "all.ar": ["--lang", "ar"],
        "all": [],
        "again": [],
        "department": ["--department", "customer-service"],
        "department.ar": ["--department", "customer-service", "--lang", "ar"],
    }.items():
        assert 0 == smaudit("form", "-o", f"{name}.html", *options).returncode
        sizes[name] = (tmp_path / f"{name}.html").stat().st_size

    assert (tmp_path / "all.html").read_bytes() == (tmp_path / "again.html").read_bytes()
    assert [] == [name for name, size in sizes.items() if size >= MOST[name]]
