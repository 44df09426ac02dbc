"""One chart for a slide: all that it says is text, nothing leaves its frame, and shapes differ too."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from conftest import ROOT, Program
from hypothesis import given
from hypothesis import strategies as st
from page_support import HOSTILE, example, hostile, report_of

from smaudit.core.questionnaire import Questionnaire
from smaudit.core.sheet import Sheet
from smaudit.core.subject import Subject
from smaudit.files.words import load_phrases
from smaudit.language.direction import Direction
from smaudit.language.phrases import Phrases
from smaudit.language.text import line, value, visible
from smaudit.planning import assess, roadmap
from smaudit.report.blocks import Chart, Document, Scale, Scales, Stair, Staircase
from smaudit.report.draw import html, stairs, svg
from smaudit.report.draw.vector import wrapped
from smaudit.report.results import Planned

ENGLISH = load_phrases("en")
SVG = "{http://www.w3.org/2000/svg}"
PLAIN = {f"{SVG}{each}" for each in ("svg", "title", "desc", "rect", "line", "circle", "text")}
LONG = (
    "Internationale Gesellschaft für die Förderung nachhaltiger Lieferketten im Nahrungsmittelhandel mbH" * 2
)


def parsed(chart: Chart, phrases: Phrases) -> ET.Element:
    """The picture of a chart, read as XML."""
    return ET.fromstring(svg.render(chart, phrases))  # noqa: S314 - made here


def said(root: ET.Element) -> str:
    """All that is written in a picture, without marks of direction and without breaks."""
    return re.sub("[\u2067-\u2069\\s]", "", "".join(root.itertext()))


def planned(questionnaire: Questionnaire, sheet: Sheet) -> Planned:
    """The roadmap of a sheet."""
    assessment = assess(questionnaire, sheet)
    return Planned(Subject(questionnaire, sheet, assessment), roadmap(questionnaire, sheet, assessment))


def charts(questionnaire: Questionnaire, sheet: Sheet, phrases: Phrases) -> list[ET.Element]:
    """Both pictures of a sheet: its scales and its staircase."""
    told = (report_of(questionnaire, sheet), planned(questionnaire, sheet))
    return [parsed(each.chart(phrases), phrases) for each in told]


def named(text: str, *, drawn: Scales | Staircase | None = None) -> Chart:
    """A chart in which this text stands wherever there are words."""
    words = value(text)
    scale = Scale(words, words, words, Fraction(1), Fraction(2), Fraction(9), Fraction(60), "steers", words)
    default = Scales((scale,))
    return Chart(words, words, drawn or default, (words, words, words), words, words, (words,))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_chart_stands_alone_and_says_what_it_shows(shipped: Questionnaire, language: str) -> None:
    """No style sheet, no script, no address; a title, a description of every row, a size, a language."""
    phrases = load_phrases(language)
    for root in charts(shipped, example(shipped), phrases):
        assert PLAIN >= {each.tag for each in root.iter()}
        assert set() == {"style", "href", "onload"} & {name for each in root.iter() for name in each.attrib}
        assert ("1280", "720", "img", language) == tuple(
            root.get(name) for name in ("width", "height", "role", "lang")
        )
        title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert description is not None
        assert (root.get("aria-labelledby") or "").split() == [title.get("id"), description.get("id")]
        assert "Harbour Coffee" in (title.text or "")
    rows = (charts(shipped, example(shipped), phrases)[0].findtext(f"{SVG}desc") or "").splitlines()
    assert len(shipped.misconceptions) == len(rows) - 2


@given(st.one_of(st.text(), st.sampled_from([HOSTILE, "</text><script>", "\ufffe\uffff", '" onload="x'])))
def test_nothing_that_was_typed_becomes_markup(text: str) -> None:
    """Whatever a name is, the picture is XML of the same few elements, with the name as text in it."""
    stair = Stair(value(text), 3, Fraction(70), value(text), value(text))
    staircase = Staircase(Fraction(9), value(text), (stair,), value(text), value(text), value(text))
    for drawn in (None, staircase):
        root = parsed(named(text, drawn=drawn), ENGLISH)
        assert PLAIN >= {each.tag for each in root.iter()}
        assert set() == {name for each in root.iter() for name in each.attrib if name.startswith("on")}
        kept = re.sub("[\ufffe\uffff\\s\u2067-\u2069]", "", visible(text))
        assert kept in re.sub("[\ufffd\u2067-\u2069\\s]", "", root.findtext(f"{SVG}title") or "") or (
            "\ufffd" in text
        )


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", [LONG[:130], "w" * 130, "株" * 130])
def test_a_long_name_stays_in_the_frame(shipped: Questionnaire, language: str, name: str) -> None:
    """Every line of words and every mark is within 1280 by 720, and the title is not cut."""
    sheet = example(shipped)
    company = sheet.company.model_copy(update={"name": name})
    phrases = load_phrases(language)
    for root in charts(shipped, sheet.model_copy(update={"company": company}), phrases):
        heights = [float(each.get("y") or 0) for each in root.findall(f"{SVG}text")]
        assert (True, True) == (min(heights) > 0, max(heights) < 720)
        title = said(root)
        assert name.replace(" ", "") in title


def test_marks_differ_by_shape_and_words_say_the_side(shipped: Questionnaire, english: Phrases) -> None:
    """A disc for what is done, a ring for what is said; the row says its side in words."""
    root = charts(shipped, example(shipped), english)[0]
    filled = [each.get("fill") for each in root.iter(f"{SVG}circle")]
    assert filled.count("#ffffff") == sum(
        each.get("stroke-width") == "2.5" for each in root.iter(f"{SVG}circle")
    )
    assert "steersyou" in said(root)
    assert "tooclosetocall(46to54)" in said(root)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_worst_is_first_and_low_scores_are_where_reading_begins(
    shipped: Questionnaire, direction: Direction
) -> None:
    """Down the picture discs of one side go away from 0, at the left in English and else at the right."""
    phrases = load_phrases("en" if direction == "ltr" else "ar")
    root = charts(shipped, example(shipped), phrases)[0]
    discs = [each for each in root.iter(f"{SVG}circle") if each.get("fill") == "#9a3812"]
    along = [float(each.get("cx") or 0) for each in discs]
    assert along == sorted(along, reverse=direction == "rtl")
    down = [float(each.get("cy") or 0) for each in discs]
    assert down == sorted(down)


def test_a_sheet_without_a_score_has_a_chart_too(shipped: Questionnaire, english: Phrases) -> None:
    """It says that nothing can be said yet, and draws no disc and no stair."""
    scales, staircase = charts(shipped, Sheet(), english)
    assert [] == list(scales.iter(f"{SVG}circle"))
    assert "Therearenotenoughanswersyet" in said(scales)
    assert "nothingtoplanfrom" in said(staircase)


@given(st.lists(st.integers(0, 90), min_size=1, max_size=60))
def test_stairs_are_as_wide_as_their_effort(efforts: list[int]) -> None:
    """Together they fill the room; each has its share of it, and without any effort all are as wide."""
    made = tuple(Stair((), each, Fraction(50), ()) for each in efforts)
    ends = stairs.places(Staircase(Fraction(), (), made, (), (), ()))
    widths = [right - left for left, right in pairwise(ends)]
    whole = stairs.SPAN - stairs.NOW
    shares = [each / sum(efforts) if sum(efforts) else 1 / len(efforts) for each in efforts]
    assert pytest.approx([whole * each for each in shares], abs=1e-6) == widths


def test_a_step_that_has_no_room_for_its_name_is_counted(english: Phrases) -> None:
    """Of thirty steps twenty-six are named, and the rest are told by number."""
    made = tuple(Stair(line(f"Step of {each}"), 1, Fraction(each), line("1")) for each in range(30))
    root = parsed(named("x", drawn=Staircase(Fraction(), (), made, (), (), ())), english)
    assert "26.Stepof25" in said(root)
    assert "…and4moresteps" in said(root)


@pytest.mark.parametrize("name", ["harbour-coffee", "tidewell-valves", "rowan-dental"])
def test_the_page_and_the_slide_have_the_same_staircase(
    smaudit: Program, name: str, english: Phrases
) -> None:
    """The plan's page draws it with words for who cannot see it, and only where there are steps."""
    sheet = str(ROOT / "examples" / f"{name}.json")
    page = smaudit("plan", sheet, "--format", "html").stdout.decode()
    assert 1 == page.count('<figure class="staircase">')
    found = re.search(r'role="img" aria-label="([^"]+)"', page)
    assert found
    assert f'<title id="t">{found[1]}</title>' in smaudit("plan", sheet, "--format", "svg").stdout.decode()
    assert "staircase" not in html.render(Document((), ()), english)


def test_only_reports_and_plans_have_a_chart(smaudit: Program) -> None:
    """Any other is told which formats there are, with exit code 2."""
    sheets = [str(ROOT / "examples" / f"tidewell-valves{each}.json") for each in ("", ".service")]
    refused = smaudit("team", *sheets, "-o", "team.svg")
    assert (2, True) == (refused.returncode, b".html" in refused.stderr)
    tried = smaudit("plan", sheets[0], "--what-if", "training=trained-yearly", "--format", "svg")
    assert 2 == tried.returncode


def test_the_command_writes_the_chart(smaudit: Program, tmp_path: Path) -> None:
    """`-o chart.svg` saves what `--format svg` prints; without names with `--anonymous`."""
    sheet = str(ROOT / "examples" / "harbour-coffee.json")
    saved = smaudit("report", sheet, "-o", "chart.svg")
    printed = smaudit("report", sheet, "--format", "svg")
    assert (0, 0) == (saved.returncode, printed.returncode)
    assert b"Harbour" in printed.stdout
    assert b"Harbour" not in smaudit("report", sheet, "--format", "svg", "--anonymous").stdout
    assert printed.stdout == (tmp_path / "chart.svg").read_bytes()


@given(st.text(max_size=200), st.integers(60, 900), st.integers(1, 4))
def test_wrapped_text_is_all_there_or_ends_with_three_dots(text: str, width: int, most: int) -> None:
    """No line is lost without a sign, and there are never more lines than asked for."""
    found = wrapped(value(text), "ltr", width, 15, most)
    whole = re.sub("\\s", "", visible(text))
    shown = re.sub("[\\s\u2068\u2069]", "", "".join(found))
    assert len(found) <= most
    assert shown == re.sub("[\u2068\u2069]", "", whole) or shown.endswith("…")


def test_hostile_sheets_have_charts(shipped: Questionnaire, english: Phrases) -> None:
    """Text that would act anywhere stands in the picture as text."""
    for root in charts(shipped, hostile(shipped), english):
        assert PLAIN >= {each.tag for each in root.iter()}
        assert "<script>alert(1)</script>" in said(root)
