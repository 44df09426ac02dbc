"""What people really type: names in every script and pictures of several signs stay as they were typed."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest
from conftest import GOLDEN_ANSWERS, present, sheet_from
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.subject import Subject
from smaudit.files.streams import Surface
from smaudit.interview.typed import problem, tidied
from smaudit.language.direction import readable
from smaudit.language.phrases import Phrases
from smaudit.language.text import line, plain, value, visible
from smaudit.planning import assess
from smaudit.report.blocks import Document, Paragraph
from smaudit.report.data.csv import guarded
from smaudit.report.data.json import dumped
from smaudit.report.draw import markdown, text
from smaudit.report.draw.formats import format_for
from smaudit.report.results import Report
from smaudit.report.words import Words

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from campaigns.materials import names, shown, steering

NAMES = [pytest.param(name, id=f"{script}-{number}") for number, (script, name) in enumerate(names())]
FLAG = "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in "gbsct") + "\U000e007f"


def unmarked(written: str) -> str:
    """The text without the isolates around it."""
    return re.sub("[\u2067-\u2069]", "", written)


@pytest.fixture
def subject(golden: Questionnaire) -> Callable[[str], Subject]:
    """A scored sheet of a company with this name."""

    def made(name: str) -> Subject:
        data = {"schema": "smaudit/sheet/1", "company": {"name": name}, "answers": GOLDEN_ANSWERS}
        sheet = sheet_from(data, golden)
        return Subject(golden, sheet, assess(golden, sheet))

    return made


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_shown_as_it_was_typed(
    name: str, subject: Callable[[str], Subject], english: Phrases
) -> None:
    """In text, markdown, a page, JSON, a table and what becomes a PDF."""
    asked, wide = subject(name), Surface(10_000)
    document = Document(line("t"), (Paragraph(value(name)),))
    drawn = {
        each: format_for(each, None, "report").draw(Report(asked), english, wide) for each in ("text", "html")
    }
    page = html5lib.parse(drawn["html"], namespaceHTMLElements=False)
    found = {
        "text": unmarked(str(drawn["text"])),
        "html": unmarked(" ".join(page.find("body").itertext())),
        "title": unmarked(page.find("head/title").text),
        "markdown": unmarked(MarkdownIt("gfm-like").render(markdown.render(document, english))),
        "narrow": unmarked(text.render(document, english, Surface(40))).replace("\n", " "),
        "table": next(csv.reader(io.StringIO(guarded(plain(value(name)))))),
        "pdf": [unmarked(readable(value(name), "ltr"))],
    }
    found["markdown"] = "".join(html5lib.parseFragment(found["markdown"]).itertext())

    assert name == visible(name)
    assert [] == [where for where, read in found.items() if name not in read]
    assert name == json.loads(dumped(asked.assessment))["sheet"]["company"]


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        pytest.param("Kaffee\u00adhaus", "Kaffeehaus", id="soft hyphen"),
        pytest.param("شركة\u200f (ABC)", "شركة (ABC)", id="right-to-left mark"),
        pytest.param("\u200eABC\u061c", "ABC", id="marks at the ends"),
        pytest.param("\ufeffABC\u2060D\u200b", "ABCD", id="byte order mark, word joiner, empty space"),
        pytest.param("\u202a+49 170 1\u202c", "+49 170 1", id="number copied from a telephone"),
        pytest.param("\u2068a \u2067b\u2069\u2069", "a b", id="isolates that match"),
        pytest.param(" \u180eᠠ\u180e\u180e", " ᠠ\u180e", id="separators of vowels that separate none"),
        pytest.param("a \u200d\u200cb\u200d\u200dc", "a b\u200dc", id="joiners that join nothing"),
    ],
)
def test_what_does_nothing_here_is_dropped(typed: str, seen: str) -> None:
    """Marks that come with pasted text are not shown as codes."""
    assert seen == visible(typed)


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        pytest.param("\u202egpj.exe", r"\u{202e}gpj.exe", id="override"),
        pytest.param("\u202da\u202cb", r"\u{202d}a\u{202c}b", id="override that is closed"),
        pytest.param("a\u2069b\u2067", r"a\u{2069}b\u{2067}", id="isolates without their other half"),
        pytest.param("\u2068a\u202cb\u2069", r"a\u{202c}b", id="end of another kind"),
        pytest.param("x\U000e0041", r"x\u{e0041}", id="tag without a flag"),
        pytest.param(
            FLAG[:-1], "\U0001f3f4" + "".join(rf"\u{{{ord(tag):x}}}" for tag in FLAG[1:-1]), id="no end"
        ),
        pytest.param(FLAG[0] + "\U000e0061" * 9 + FLAG[-1], None, id="longer than any region"),
    ],
)
def test_what_would_hide_or_turn_text_is_shown_by_its_code(typed: str, seen: str | None) -> None:
    """Nothing that steers reaches a terminal or a page, and a reader sees that it was there."""
    assert visible(typed).isprintable()
    assert seen in {None, visible(typed)}


@given(
    st.text(
        st.one_of(
            st.characters(),
            st.sampled_from("\u200c\u200d\u202a\u202c\u202e\u2066\u2067\u2068\u2069\u200f a👨م\x1b" + FLAG),
        )
    )
)
def test_text_is_shown_as_a_plain_rule_would(typed: str) -> None:
    """Sign by sign, by other code: nothing steers, and showing it again changes nothing but isolates."""
    assert shown(typed) == visible(typed)
    assert set() == steering(visible(typed)) | (set("\u2067\u2068\u2069") & set(visible(typed)))


def test_deep_nests_of_marks_take_no_longer_than_long_ones() -> None:
    """Each sign is looked at a few times, however they are nested."""
    assert "" == visible("\u2068" * 100_000 + "\u2069" * 100_000)


def test_json_gives_back_every_character(subject: Callable[[str], Subject]) -> None:
    """What a terminal would obey is escaped, and means the same."""
    every = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    company = "".join(every)
    assessment = subject("x").assessment
    written = dumped(replace(assessment, sheet=assessment.sheet._replace(company=company)))

    assert company == json.loads(written)["sheet"]["company"]
    assert {"\n"} == {
        sign for sign in written if unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp", "Co"}
    }


@pytest.mark.parametrize("typed", ["\u200f", " \u200d\u200b ", "\u2068\u2069"])
def test_a_name_in_which_nothing_is_seen_is_none(
    typed: str, subject: Callable[[str], Subject], english: Phrases
) -> None:
    """The interview asks for it again, and a report speaks of this company."""
    asked = subject(typed)

    assert "interview.typed.needed" == present(problem(tidied(typed), needed=True)).phrase
    assert (
        english.line("report.this-company.within")
        == Words(asked.questionnaire, asked.sheet, english).company()
    )
