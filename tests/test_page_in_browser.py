"""The page in a real browser: readable for everybody, at any width, asking for nothing, running nothing."""

from __future__ import annotations

import pytest
from browser_support import AXE, Opened, browser, needs_axe, needs_browser
from page_support import example, hostile, languages, leftwards, report_of

from smaudit.files.words import load_phrases
from smaudit.report.draw import html
from smaudit.report.tell.overview import compose

__all__ = ["browser"]
WIDTHS = (320, 768, 1600)
SCHEMES = ("light", "dark")
LEFTWARDS = "leftwards"

pytestmark = [pytest.mark.slow, needs_browser]


@pytest.fixture(scope="module")
def files(tmp_path_factory, shipped):
    """The pages as files: one in every language, one from right to left, one with hostile text."""
    folder = tmp_path_factory.mktemp("pages")
    wanted = {language: (example(shipped), load_phrases(language)) for language in languages()}
    wanted[LEFTWARDS] = (example(shipped), leftwards())
    wanted["hostile"] = (hostile(shipped), load_phrases("en"))
    made = {}
    for name, (sheet, phrases) in wanted.items():
        report = report_of(shipped, sheet)
        made[name] = folder / f"{name}.html"
        made[name].write_text(html.render(compose(report, phrases), report.subject, phrases), "utf-8")
    return made


@needs_axe
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", [*languages(), LEFTWARDS])
def test_axe_finds_no_violation(name, scheme, browser, files):
    """In every language, light and dark, on a phone and on a wall, the page is accessible and fits."""
    with Opened(browser, files[name], color_scheme=scheme) as opened:
        # Folded text is checked as well.
        opened.measured("document.querySelectorAll('details').forEach(each => each.open = true)")
        opened.measured(AXE.read_text("utf-8"))
        for width in WIDTHS:
            opened.page.set_viewport_size({"width": width, "height": 900})
            found = opened.measured("axe.run({resultTypes: ['violations']})")["violations"]
            assert [] == [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("name", [*languages(), LEFTWARDS, "hostile"])
def test_the_page_asks_for_nothing_runs_nothing_and_never_scrolls_sideways(name, browser, files):
    """The file itself is all that is read; the console stays silent; the page is as wide as the window."""
    with Opened(browser, files[name]) as opened:
        widths = {}
        for width in WIDTHS:
            opened.page.set_viewport_size({"width": width, "height": 900})
            widths[width] = opened.measured("document.documentElement.scrollWidth")
        assert {width: width for width in WIDTHS} == widths
        assert [files[name].as_uri()] == opened.asked
        assert [] == opened.said


def test_the_policy_stops_what_slips_through(browser, files, tmp_path):
    """A script that came into the page all the same would not run."""
    broken = tmp_path / "broken.html"
    page = files["en"].read_text("utf-8")
    broken.write_text(page.replace("</main>", "<script>document.title = 'run'</script></main>"), "utf-8")
    with Opened(browser, broken) as opened:
        assert "run" != opened.page.title()
        assert ["Content Security Policy" in said for said in opened.said] == [True]


def test_answers_unfold_without_scripts(browser, files):
    """With scripts off, a click shows the answers of a part, and another one hides them."""
    with Opened(browser, files["en"], java_script_enabled=False) as opened:
        folded = opened.page.locator("details").first
        shown = folded.locator("li").first
        assert not shown.is_visible()
        folded.locator("summary").click()
        assert shown.is_visible()


def test_folded_answers_are_printed(browser, files):
    """On paper every folded part is open, and what only helps on screen is gone."""
    with Opened(browser, files["en"]) as opened:
        opened.page.emulate_media(media="print")
        assert all(height > 10 for height in opened.boxes("details .entries", "height"))
        assert not opened.page.locator("nav").is_visible()


def test_dark_surroundings_do_not_make_a_dark_print(browser, files):
    """Paper stays white."""
    with Opened(browser, files["en"], color_scheme="dark") as opened:
        colour = "getComputedStyle(document.documentElement).backgroundColor"
        assert "rgb(255, 255, 255)" != opened.measured(colour)
        opened.page.emulate_media(media="print")
        assert "rgb(255, 255, 255)" == opened.measured(colour)


def test_scales_run_with_the_language(browser, files):
    """Zero is at the side where the language begins to read, in the drawing and in its words."""
    found = {}
    for name in ("en", LEFTWARDS):
        with Opened(browser, files[name]) as opened:
            starts = (opened.boxes(".tick", "x"), opened.boxes("li:first-child > .poles > span", "x")[:2])
            found[name] = [each == sorted(each) for each in starts]
    assert {"en": [True, True], LEFTWARDS: [False, False]} == found
