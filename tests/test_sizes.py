"""How long the examples' reports are: in words, in bytes, and in signs that only markdown needs."""

from __future__ import annotations

import re

import pytest
from test_examples import COMPANIES, EXAMPLES

OF_VERSION_1 = {"harbour-coffee": 5137, "tidewell-valves": 6462}
"""Words before the appendix under the first version of the questionnaire."""
MOST_BYTES = {"": 130_000, ".ar": 145_000}
"""Arabic letters take two bytes each."""
MOST_ESCAPES = 9


@pytest.mark.parametrize(("name", "before"), OF_VERSION_1.items())
def test_a_report_has_at_most_three_fifths_of_the_words_it_had(name: str, before: int) -> None:
    """Nothing is told twice before the appendix: it has at most 60 % of the words of version 1."""
    text = (EXAMPLES / f"{name}.txt").read_text("utf-8")
    told, _, appendix = text.partition("\nEverything else you could do\n")

    assert appendix
    assert len(told.split()) <= 0.6 * before


@pytest.mark.parametrize("name", COMPANIES)
@pytest.mark.parametrize("language", ["", ".ar"])
def test_a_page_is_small_enough_to_mail(name: str, language: str) -> None:
    """With its style, its drawings and all its studies a page stays small."""
    assert (EXAMPLES / f"{name}{language}.html").stat().st_size < MOST_BYTES[language]


@pytest.mark.parametrize("name", COMPANIES)
@pytest.mark.parametrize("language", ["", ".ar"])
def test_markdown_is_read_as_text_too(name: str, language: str) -> None:
    """Hardly a sign is escaped, so that a report may be mailed as it is."""
    text = (EXAMPLES / f"{name}{language}.md").read_text("utf-8")

    assert len(re.findall(r"\\(?!\n)", text)) <= MOST_ESCAPES
