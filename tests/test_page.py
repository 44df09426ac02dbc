"""The page says all that the report says, asks for nothing from anywhere, and runs nothing anybody typed."""

from __future__ import annotations

import re
from base64 import b64encode
from fractions import Fraction
from hashlib import sha256
from html import escape
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from conftest import Program, present, questionnaire_data, questionnaire_from, sheet_from
from jinja2 import UndefinedError
from page_support import (
    HOSTILE,
    answers,
    example,
    hostile,
    languages,
    leftwards,
    lines,
    report_of,
)

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.sheet import Sheet, written
from smaudit.files.load import as_json
from smaudit.files.words import load_phrases
from smaudit.language.phrases import Phrases
from smaudit.language.text import link, plain, visible
from smaudit.report.blocks import Document, Entries, Entry, Paragraph, Scale, Table
from smaudit.report.draw import html, pictures
from smaudit.report.tell.overview import compose

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"


def page_of(questionnaire: Questionnaire, sheet: Sheet, phrases: Phrases) -> str:
    """The page of a sheet's report."""
    report = report_of(questionnaire, sheet)
    return html.render(compose(report, phrases), phrases)


def parsed(page: str) -> Element:
    """The page as a tree. Raises where it is not valid HTML."""
    tree: Element = html5lib.HTMLParser(strict=True).parse(page)
    return tree


def text_of(element: Element) -> str:
    """The text that an element shows."""
    return " ".join("".join(element.itertext()).split())


def body(page: str) -> Element:
    """What the page shows, without its head."""
    return present(parsed(page).find(f"{XHTML}body"))


@pytest.fixture(scope="module")
def sheets(shipped: Questionnaire) -> dict[str, Sheet]:
    """Sheets that make every part of a report appear, and every part be missing."""
    return {
        "example": example(shipped),
        "hostile": hostile(shipped),
        "worst": example(shipped, (0,)),
        "best": example(shipped, (9,)),
        "unknown": example(shipped, (None,)),
        "empty": Sheet(),
    }


@pytest.fixture(scope="module")
def pages(shipped: Questionnaire, english: Phrases, sheets: dict[str, Sheet]) -> dict[str, str]:
    """The pages of these sheets, and one from right to left."""
    found = {name: page_of(shipped, sheet, english) for name, sheet in sheets.items()}
    return {**found, "leftwards": page_of(shipped, sheets["example"], leftwards())}


PAGES = ("example", "hostile", "worst", "best", "unknown", "empty", "leftwards")


@pytest.mark.parametrize("name", ["example", "hostile", "worst", "best", "unknown", "empty"])
def test_everything_of_the_report_is_on_the_page_in_its_order(
    name: str, pages: dict[str, str], sheets: dict[str, Sheet], shipped: Questionnaire, english: Phrases
) -> None:
    """No text of the report is missing from the page, and none stands before one that comes earlier."""
    document = compose(report_of(shipped, sheets[name]), english)
    shown, at = text_of(body(pages[name])), 0
    for content in lines(document.blocks):
        wanted = " ".join(plain(content).split())
        found = shown.find(wanted, at)
        assert found >= 0, wanted
        at = found + len(wanted)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_valid_html(name: str, pages: dict[str, str]) -> None:
    """A strict parser of HTML finds no error, whatever was typed."""
    assert parsed(pages[name]).tag == f"{XHTML}html"


@pytest.mark.parametrize("name", PAGES)
def test_the_page_refers_to_nothing_outside_but_the_sources(name: str, pages: dict[str, str]) -> None:
    """Addresses stand in links only, and those lead to the sources and tell them nothing."""
    for element in parsed(pages[name]).iter():
        for attribute, value in element.attrib.items():
            if "//" in value or "url(" in value:
                assert ("a", "href") == (element.tag.removeprefix(XHTML), attribute)
                assert re.match("https?://", value)
                assert element.get("rel") == "noreferrer"
    style = present(parsed(pages[name]).findtext(f".//{XHTML}style"))
    assert [] == re.findall(r"url\(|@import|//", style)


def test_nothing_that_was_typed_becomes_part_of_the_page(pages: dict[str, str]) -> None:
    """Hostile text is shown as it was typed, and adds no element, attribute, style or address."""
    tree = parsed(pages["hostile"])
    elements = {element.tag.removeprefix(XHTML) for element in tree.iter() if isinstance(element.tag, str)}
    assert set() == elements & {"script", "img", "iframe", "object", "embed", "form", "base"}
    attributes = {name for element in tree.iter() for name in element.attrib}
    assert set() == {name for name in attributes if name.startswith("on") or name in {"style", "src"}}
    addresses = [element.get("href", "") for element in tree.iter(f"{XHTML}a")]
    assert [] == [each for each in addresses if "javascript" in each or "example.com" in each]
    shown = text_of(body(pages["hostile"]))
    # The name, the remark, and a note and an evidence of every answer.
    assert shown.count(" ".join(visible(HOSTILE).split())) > 70


@pytest.mark.parametrize("name", PAGES)
def test_the_policy_allows_the_style_of_the_page_and_nothing_else(name: str, pages: dict[str, str]) -> None:
    """The content security policy forbids everything but this very style and the empty icon."""
    tree = parsed(pages[name])
    style = present(tree.findtext(f".//{XHTML}style"))
    policy = present(tree.find(f".//{XHTML}meta[@http-equiv='Content-Security-Policy']")).get("content")
    hashed = b64encode(sha256(style.encode()).digest()).decode()
    assert (
        f"default-src 'none'; style-src 'sha256-{hashed}'; img-src data:; base-uri 'none'; form-action 'none'"
        == policy
    )
    assert [] == [element for element in tree.iter() if "style" in element.attrib]


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_small(name: str, pages: dict[str, str], sheets: dict[str, Sheet]) -> None:
    """A page stays under 150 KB beside what somebody typed, which is not the page's doing."""
    typed = sum(
        len(escape(each.note or "") + escape(each.evidence or ""))
        for each in sheets.get(name, Sheet()).answers.values()
    )
    assert len(pages[name].encode()) - typed < 150_000


def test_the_same_sheet_gives_the_same_page(
    pages: dict[str, str], sheets: dict[str, Sheet], shipped: Questionnaire, english: Phrases
) -> None:
    """No clock and no chance is in a page."""
    assert pages["example"] == page_of(shipped, sheets["example"], english)


def test_a_name_that_a_template_lacks_is_an_error() -> None:
    """A misspelt name in a template stops the page, and never leaves a gap in it."""
    with pytest.raises(UndefinedError):
        html.environment().from_string("{{ missing }}").render()


def test_only_addresses_of_the_web_become_links(english: Phrases) -> None:
    """A link that leads anywhere but to the web is shown as text."""
    addresses = ("https://a.example/", "javascript:alert(1)", "data:text/html,x")
    entries = tuple(Entry(link(each)) for each in addresses)
    page = html.render(Document((), (Entries(entries),)), english)
    assert ["https://a.example/"] == [each.get("href") for each in parsed(page).iter(f"{XHTML}a")]


def test_language_and_direction_are_those_of_the_phrases(pages: dict[str, str]) -> None:
    """The page names its language, its direction and its digits."""
    named = [parsed(pages[name]).attrib for name in ("example", "leftwards")]
    assert [
        {"lang": "en", "dir": "ltr"},
        {"lang": "ar", "dir": "rtl", "class": "own-digits"},
    ] == named


def test_names_and_numbers_are_isolated(pages: dict[str, str]) -> None:
    """Names and signed numbers stand apart from the direction of the words around them."""
    isolated = {text_of(element) for element in body(pages["leftwards"]).iter(f"{XHTML}bdi")}
    assert "Harbour Coffee" in isolated
    assert any(text.startswith("+") for text in isolated)


def test_a_scale_shows_what_is_done_and_what_is_said(pages: dict[str, str]) -> None:
    """A point for the score and a ring for the belief, each only where there is one; a key once."""
    classes = [element.get("class") for element in body(pages["example"]).iter(f"{SVG}circle")]
    assert {"said"} < {each.split()[0] for each in classes if each}
    empty = [element.get("class") for element in body(pages["empty"]).iter(f"{SVG}circle")]
    assert [] == empty
    keys = [each for each in body(pages["example"]).iter(f"{XHTML}p") if "key" in (each.get("class") or "")]
    assert 1 == len(keys)


def test_any_questionnaire_has_a_page(english: Phrases) -> None:
    """A questionnaire without topics, poles, beliefs or sources has a page as well."""
    tiny = questionnaire_from(
        questionnaire_data(
            [
                {
                    "id": f"q{number}",
                    "text": f"{number}?",
                    "weights": {"a": 1, "b": 1},
                    "options": [{"id": "no", "text": "No"}, {"id": "yes", "text": "Yes"}],
                }
                for number in range(3)
            ]
        )
    )
    sheet = sheet_from({"schema": "smaudit/sheet/1", "answers": answers(tiny, (0, 1))}, tiny)
    assert "steers this company" in text_of(body(page_of(tiny, sheet, english)))


def test_a_paragraph_is_a_label_only_where_all_of_it_is_strong(english: Phrases) -> None:
    """An empty paragraph and a plain one are shown as they are."""
    blocks = (Paragraph(()), Paragraph(english.line("page.contents")))
    page = html.render(Document((), blocks), english)
    assert ["", "Contents"] == [text_of(each) for each in body(page).iter(f"{XHTML}p")]


def test_a_scale_is_mirrored_for_languages_from_right_to_left() -> None:
    """What lies a quarter from the left in one direction lies a quarter from the right in the other."""
    scale = Scale((), (), (), Fraction(10), Fraction(25), Fraction(40), Fraction(75), "steers", ())
    there = present(pictures.scale_picture(scale, "ltr"))
    back = present(pictures.scale_picture(scale, "rtl"))
    assert (10, 30, 25, 75, "steers") == (there.left, there.width, there.point, there.said, there.side)
    assert (60, 30, 75, 25, "steers") == (back.left, back.width, back.point, back.said, back.side)
    sides = [("steers", 0, 45), ("open", 45, 10), ("free", 55, 45)]
    assert sides == [(each.side, each.left, each.width) for each in pictures.segments("ltr")]
    assert [55, 45, 0] == [each.left for each in pictures.segments("rtl")]
    assert [50, 50] == [pictures.middle("ltr"), pictures.middle("rtl")]


def test_a_scale_without_a_range_has_no_picture() -> None:
    """Nothing is drawn where nothing is known; a range without a score is drawn without a point."""
    assert pictures.scale_picture(Scale((), (), (), None, None, None, None, None, ()), "ltr") is None
    pointless = present(
        pictures.scale_picture(Scale((), (), (), Fraction(1), None, Fraction(9), None, "open", ()), "ltr")
    )
    assert pointless.point is None


def test_all_bars_are_to_the_same_measure() -> None:
    """The longest bar of all tables fills its room, and the others are in proportion to it."""
    tables = tuple(Table((), (), bars=tuple(map(Fraction, bars))) for bars in ((4, 2), (8, 1)))
    largest = pictures.longest_bar(tables)
    bars = [bar for table in tables for bar in table.bars]
    assert [50.0, 25.0, 100.0, 12.5] == [pictures.share(bar, largest) for bar in bars]
    assert 0.0 == pictures.share(Fraction(), pictures.longest_bar(()))


def test_the_command_writes_the_page(smaudit: Program, tmp_path: Path, sheets: dict[str, Sheet]) -> None:
    """`-o report.html` saves what `--format html` prints, in UTF-8 whatever the terminal's encoding."""
    (tmp_path / "sheet.json").write_bytes(as_json(written(sheets["example"])))
    saved = smaudit("report", "sheet.json", "-o", "report.html")
    printed = smaudit("report", "sheet.json", "--format", "html", env={"PYTHONIOENCODING": "latin-1"})
    assert (0, 0) == (saved.returncode, printed.returncode)
    assert (tmp_path / "report.html").read_bytes() == printed.stdout
    assert "“".encode() in printed.stdout


def test_an_anonymous_page_names_nobody(smaudit: Program, tmp_path: Path, sheets: dict[str, Sheet]) -> None:
    """`--anonymous` leaves names and notes out of the page, its title included."""
    (tmp_path / "sheet.json").write_bytes(as_json(written(sheets["example"])))
    smaudit("report", "sheet.json", "-o", "report.html", "--anonymous")
    page = (tmp_path / "report.html").read_text("utf-8")
    assert ("Harbour" in page, "Young people" in page) == (False, False)


def test_every_word_of_the_page_is_in_every_language() -> None:
    """Each language has the words that only the page needs."""
    for language in languages():
        assert "page.key" in load_phrases(language).by_key, language


@pytest.mark.parametrize("name", ["example", "leftwards"])
def test_without_its_style_a_page_still_shows_its_drawings(pages: dict[str, str], name: str) -> None:
    """Mail and wikis drop styles: whatever is drawn says its own colour, or all of it would be black."""
    drawn = [each for kind in ("rect", "circle", "line") for each in body(pages[name]).iter(f"{SVG}{kind}")]

    bare = [each.attrib for each in drawn if not {"fill", "stroke"} & set(each.attrib)]
    assert (True, []) == (bool(drawn), bare)
