"""The page in a real browser: readable for everybody, at any width, asking for nothing, running nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from browser_support import AXE, Opened, browser, needs_axe, needs_browser
from conftest import present
from page_support import dates_of, example, hostile, house_of, languages, leftwards, report_of

from smaudit.core.questionnaire import Questionnaire
from smaudit.files.words import load_phrases
from smaudit.report.draw import html
from smaudit.report.results import Planned
from smaudit.report.tell.overview import compose

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["browser"]
WIDTHS = (320, 768, 1600)
SCHEMES = ("light", "dark")
LEFTWARDS = "leftwards"
HOUSES = ("house", "house-ar")
"""The page of several people, in English and in Arabic."""
DATES = {"then-and-now": ("en", 2), "then-and-now-ar": ("ar", 2), "dates": ("en", 4), "dates-ar": ("ar", 4)}
"""Pages of two dates and of four."""
PLANS = {"plan": "en", "plan.ar": "ar"}
"""Pages with a staircase, by language."""

pytestmark = [pytest.mark.slow, needs_browser]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, shipped: Questionnaire) -> dict[str, Path]:
    """The pages as files: one in every language, one from right to left, one with hostile text."""
    folder = tmp_path_factory.mktemp("pages")
    wanted = {language: (example(shipped), load_phrases(language)) for language in languages()}
    wanted[LEFTWARDS] = (example(shipped), leftwards())
    wanted["hostile"] = (hostile(shipped), load_phrases("en"))
    made = {}
    for name, (sheet, phrases) in wanted.items():
        report = report_of(shipped, sheet)
        made[name] = folder / f"{name}.html"
        made[name].write_text(html.render(compose(report, phrases), phrases), "utf-8")
    for name, phrases in zip(HOUSES, (load_phrases("en"), load_phrases("ar")), strict=True):
        made[name] = folder / f"{name}.html"
        made[name].write_text(html.render(house_of(shipped).compose(phrases), phrases), "utf-8")
    for name, language in PLANS.items():
        phrases = load_phrases(language)
        subject = report_of(shipped, example(shipped)).subject
        plan = present(subject.assessment.roadmap)
        made[name] = folder / f"{name}.html"
        made[name].write_text(html.render(Planned(subject, plan).compose(phrases), phrases), "utf-8")
    for name, (language, count) in DATES.items():
        phrases = load_phrases(language)
        made[name] = folder / f"{name}.html"
        made[name].write_text(html.render(dates_of(shipped, count).compose(phrases), phrases), "utf-8")
    return made


@needs_axe
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", [*languages(), LEFTWARDS, *HOUSES, *PLANS, *DATES])
def test_axe_finds_no_violation(
    name: str, scheme: Literal["light", "dark"], browser: Browser, files: dict[str, Path]
) -> None:
    """In every language, light and dark, on a phone and on a wall, the page is accessible and fits."""
    with Opened(browser, files[name], color_scheme=scheme) as opened:
        # Folded text is checked as well.
        opened.measured("document.querySelectorAll('details').forEach(each => each.open = true)")
        opened.measured(AXE.read_text("utf-8"))
        for width in WIDTHS:
            opened.page.set_viewport_size({"width": width, "height": 900})
            found = opened.measured("axe.run({resultTypes: ['violations']})")["violations"]
            assert [] == [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("name", [*languages(), LEFTWARDS, "hostile", *HOUSES, *PLANS, *DATES])
def test_the_page_asks_for_nothing_runs_nothing_and_never_scrolls_sideways(
    name: str, browser: Browser, files: dict[str, Path]
) -> None:
    """The file itself is all that is read; the console stays silent; the page is as wide as the window."""
    with Opened(browser, files[name]) as opened:
        widths = {}
        for width in WIDTHS:
            opened.page.set_viewport_size({"width": width, "height": 900})
            widths[width] = opened.measured("document.documentElement.scrollWidth")
        assert {width: width for width in WIDTHS} == widths
        assert [files[name].as_uri()] == opened.asked
        assert [] == opened.said


def test_the_policy_stops_what_slips_through(
    browser: Browser, files: dict[str, Path], tmp_path: Path
) -> None:
    """A script that came into the page all the same would not run."""
    broken = tmp_path / "broken.html"
    page = files["en"].read_text("utf-8")
    broken.write_text(page.replace("</main>", "<script>document.title = 'run'</script></main>"), "utf-8")
    with Opened(browser, broken) as opened:
        assert "run" != opened.page.title()
        assert ["Content Security Policy" in said for said in opened.said] == [True]


def test_answers_unfold_without_scripts(browser: Browser, files: dict[str, Path]) -> None:
    """With scripts off, a click shows the answers of a part, and another one hides them."""
    with Opened(browser, files["en"], java_script_enabled=False) as opened:
        folded = opened.page.locator("details").first
        shown = folded.locator("li").first
        assert not shown.is_visible()
        folded.locator("summary").click()
        assert shown.is_visible()


def test_folded_answers_are_printed(browser: Browser, files: dict[str, Path]) -> None:
    """On paper every folded part is open, and what only helps on screen is gone."""
    with Opened(browser, files["en"]) as opened:
        opened.page.emulate_media(media="print")
        assert all(height > 10 for height in opened.boxes("details .entries", "height"))
        assert not opened.page.locator("nav").is_visible()


def test_dark_surroundings_do_not_make_a_dark_print(browser: Browser, files: dict[str, Path]) -> None:
    """Paper stays white."""
    with Opened(browser, files["en"], color_scheme="dark") as opened:
        colour = "getComputedStyle(document.documentElement).backgroundColor"
        assert "rgb(255, 255, 255)" != opened.measured(colour)
        opened.page.emulate_media(media="print")
        assert "rgb(255, 255, 255)" == opened.measured(colour)


def test_scales_run_with_the_language(browser: Browser, files: dict[str, Path]) -> None:
    """Zero is at the side where the language begins to read, in the drawing and in its words."""
    found = {}
    for name in ("en", LEFTWARDS):
        with Opened(browser, files[name]) as opened:
            bands = opened.boxes(".first .scales > li:first-child .band", "x")
            starts = (bands, opened.boxes("li:first-child > .poles > span:not(.unseen)", "x")[:2])
            found[name] = [each == sorted(each) for each in starts]
    assert {"en": [True, True], LEFTWARDS: [False, False]} == found
