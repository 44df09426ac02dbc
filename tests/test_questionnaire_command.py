"""`smaudit questionnaire`: what it prints is the questionnaire, to begin one's own from or to read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import GOLDEN, ROOT, Program, questionnaire_from
from hypothesis import given
from hypothesis import strategies as some

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.questionnaire_data import written
from smaudit.errors import Exit
from smaudit.files.load import load_questionnaire
from smaudit.files.read import parse
from smaudit.files.yaml_text import as_yaml

SHEET = ROOT / "examples" / "tidewell-valves.json"


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("ending", [".yaml", ".json"])
def test_what_is_printed_is_the_questionnaire(
    smaudit: Program, tmp_path: Path, language: str, ending: str
) -> None:
    """A printed file passes the check without a warning and holds exactly what the original does."""
    done = smaudit("questionnaire", "-o", f"own{ending}", "--lang", language, "--quiet")
    checked = smaudit("check", f"own{ending}", "--lang", "en")

    assert (Exit.DONE, b"", b"ok\n", b"") == (done.returncode, done.stderr, checked.stdout, checked.stderr)
    assert written(load_questionnaire(None, language)) == written(
        load_questionnaire(tmp_path / f"own{ending}")
    )


def test_a_printed_copy_gives_the_same_assessment(smaudit: Program, tmp_path: Path) -> None:
    """A sheet scored with the YAML on standard output has the scores of the built-in one, file hash apart."""
    (tmp_path / "own.yaml").write_bytes(smaudit("questionnaire").stdout)

    built_in, own = (
        json.loads(smaudit("report", SHEET, "--format", "json", *options).stdout)
        for options in ([], ["--questionnaire", "own.yaml"])
    )

    for each in (built_in, own):
        del each["questionnaire"]["sha256"], each["roadmap"]["questionnaire"]["sha256"]
    assert built_in == own


def test_a_file_of_ones_own_is_printed_too(smaudit: Program, tmp_path: Path) -> None:
    """With --questionnaire it prints that file; a part of it with --depth; never over a questionnaire."""
    (tmp_path / "tiny.yaml").write_text(json.dumps(GOLDEN))

    whole = smaudit("questionnaire", "--questionnaire", "tiny.yaml", "--format", "json")
    over = smaudit("questionnaire", "-o", "tiny.yaml")

    read = questionnaire_from(json.loads(whole.stdout))
    assert written(questionnaire_from(GOLDEN)) == written(read)
    assert (Exit.USAGE, GOLDEN) == (over.returncode, json.loads((tmp_path / "tiny.yaml").read_text()))
    quick = questionnaire_from(parse(smaudit("questionnaire", "--depth", "quick").stdout, "-"))
    assert {"quick"} == {each.depth for each in quick.questions}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_to_be_read_has_every_question_and_option(
    smaudit: Program, shipped: Questionnaire, language: str
) -> None:
    """The page names every question, option and fact in either language; it has no script and no form."""
    asked = load_questionnaire(None, language)

    page = smaudit("questionnaire", "--format", "html", "--lang", language).stdout.decode()

    told = page.replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&")
    texts = [option.text for each in asked.questions for option in each.options]
    texts += [option.text for each in asked.profile for option in each.options]
    texts += [text for each in asked.questions for text in (each.name, each.text, each.why) if text]
    assert [] == [each for each in texts if each not in told]
    assert ("<script" in page, "<form" in page) == (False, False)
    assert len(asked.questions) == page.count("<h3")


def test_what_is_to_be_read_is_markdown_too(smaudit: Program, tmp_path: Path) -> None:
    """By its ending a file is markdown, YAML or JSON; another ending is refused with those that there are."""
    smaudit("questionnaire", "-o", "read.md")
    refused = smaudit("questionnaire", "-o", "read.docx")

    assert (tmp_path / "read.md").read_text().startswith("# Five misconceptions about social media\n")
    assert (Exit.USAGE, True) == (refused.returncode, b".md, .html, .pdf, .yaml, .json" in refused.stderr)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_to_be_read_is_a_pdf(smaudit: Program, tmp_path: Path, language: str) -> None:
    """The PDF is made in either language."""
    done = smaudit("questionnaire", "-o", "read.pdf", "--lang", language)

    assert (Exit.DONE, b"%PDF") == (done.returncode, (tmp_path / "read.pdf").read_bytes()[:4])


WORDS = some.text(some.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=60)


@given(
    some.lists(
        some.one_of(WORDS, some.sampled_from(["no", "null", "1", "0.5", "1/3", "~", "2026-11-26", "..."]))
    )
)
def test_any_text_comes_back_from_yaml_as_it_was(texts: list[str]) -> None:
    """Whatever a text looks like, a number, a date, a word of YAML, it is read as the same text."""
    data = {"schema": "smaudit/questionnaire/1", "texts": texts}

    read = parse(as_yaml(data).encode(), "own.yaml")

    assert {**data, "ends_with": "..."} == read


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("effort: 16", "effort: 8", True),
        ("version: 2.0.0", 'version: "2.0.0-acme"', False),
        ("id: social-media-misconceptions", "id: acme", False),
        ("", "", False),
    ],
)
def test_a_changed_copy_of_the_built_in_one_is_named(
    smaudit: Program, tmp_path: Path, old: str, new: str, changed: bool
) -> None:
    """On the first page, in both languages, and in the JSON; with another id or version it is none."""
    text = smaudit("questionnaire").stdout.decode()
    (tmp_path / "own.yaml").write_text(text.replace(old, new, 1))
    (tmp_path / "bare.json").write_text('{"training": "brand-only"}')
    asked = ["bare.json", "--questionnaire", "own.yaml"]

    found = json.loads(smaudit("report", *asked, "--format", "json").stdout)["questionnaire"]["changed"]

    pages = [
        " ".join(smaudit("report", *asked, "--lang", each).stdout.decode().split()) for each in ("en", "ar")
    ]
    told = ["changed weights or texts" in pages[0], "بأوزان أو نصوص معدَّلة" in pages[1]]
    assert (changed, [changed, changed]) == (found, told)


def test_a_copy_in_another_language_is_not_changed(smaudit: Program, tmp_path: Path) -> None:
    """What is printed in Arabic has the texts of the Arabic one."""
    smaudit("questionnaire", "--lang", "ar", "-o", "own.yaml")

    done = smaudit("report", SHEET, "--questionnaire", "own.yaml", "--format", "json")

    assert json.loads(done.stdout)["questionnaire"]["changed"] is False
