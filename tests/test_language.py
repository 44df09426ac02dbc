"""Words in one language, and text made fit to be shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smaudit.language.digits import DIGITS
from smaudit.language.direction import isolated
from smaudit.language.phrases import Phrases
from smaudit.language.text import Piece, plain, value, visible

TINY = {
    "name": "Tiny",
    "direction": "ltr",
    "plural": {"zero": "n = 0", "one": "n = 1"},
    "phrases": {
        "found": {
            "zero": "none in {place}",
            "one": "{count} in {place}",
            "other": "{count} in all of {place}",
        },
        "list": {"between": ", ", "last": " and ", "or": " or "},
        "number": {"point": ","},
        "group": {"other": {"name": "deep"}},
    },
}


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"])))
def test_text_without_such_characters_is_shown_as_it_is(text: str) -> None:
    """Letters, marks, numbers, punctuation and symbols of every script pass unchanged."""
    assert text == visible(text)


def test_what_steers_is_shown_by_its_code_and_line_ends_as_spaces() -> None:
    """A reader sees that something was there."""
    assert r"a\u{1b}[31mb \u{202e}c d" == visible("a\x1b[31mb\n\u202ec\td")


def test_every_piece_is_fit_to_be_shown() -> None:
    """No line can carry text that has not been made visible."""
    assert r"\u{9b}2J" == plain(value("\x9b2J"))


@pytest.mark.parametrize(("count", "said"), [(0, "none in X"), (1, "1 in X"), (7, "7 in all of X")])
def test_a_phrase_with_forms_takes_the_form_for_its_count(count: int, said: str) -> None:
    """The plural rule is data of the language."""
    assert said == Phrases("xx", TINY).text("found", count=count, place="X")


def test_a_value_is_never_read_as_a_phrase() -> None:
    """Braces in what a user typed fill nothing and run nothing."""
    assert "1 in {count} {0.__class__}" == Phrases("xx", TINY).text(
        "found", count=1, place="{count} {0.__class__}"
    )


def test_a_row_ends_with_the_word_for_and() -> None:
    """Items in a row read as in a sentence; alternatives end with the word for or."""
    phrases = Phrases("xx", TINY)

    assert ["", "a", "a and b", "a, b or c"] == [
        plain(phrases.row(())),
        plain(phrases.row(["a"])),
        plain(phrases.row(["a", "b"])),
        plain(phrases.row(["a", "b", "c"], "or")),
    ]


def test_numbers_take_the_digits_and_the_point_of_the_language() -> None:
    """Rounded half up, in the digits asked for."""
    from fractions import Fraction

    assert ["2,5", "3", "٣", "-1"] == [
        Phrases("xx", TINY).number(Fraction(5, 2), 1),
        Phrases("xx", TINY).number(Fraction(5, 2)),
        Phrases("xx", TINY, DIGITS["arabic"]).number(3),
        Phrases("xx", TINY).number(-1),
    ]


def test_what_rounds_to_nothing_has_no_sign() -> None:
    """−0.04 is 0.0 and −0.5 is −1: a minus before nothing would mean something."""
    from fractions import Fraction

    numbers = Phrases("xx", TINY)

    assert ["0,0", "0", "-0,1", "-1"] == [
        numbers.number(Fraction(-4, 100), 1),
        numbers.number(Fraction(-4, 10)),
        numbers.number(Fraction(-5, 100), 1),
        numbers.number(Fraction(-1, 2)),
    ]


def test_a_group_may_have_a_member_named_like_a_plural_form() -> None:
    """Only a mapping of nothing but forms is one phrase in several forms."""
    assert "deep" == Phrases("xx", TINY).text("group.other.name")


def test_only_what_was_filled_in_and_runs_the_other_way_is_isolated() -> None:
    """A name in Arabic inside English is kept together; the program's own words need nothing."""
    assert ["\u2068مقهى\u2069", "مقهى", "Cafe", "\u2068Cafe\u2069", "72"] == [
        isolated(Piece("مقهى", value=True), "ltr"),
        isolated(Piece("مقهى"), "ltr"),
        isolated(Piece("Cafe", value=True), "ltr"),
        isolated(Piece("Cafe", value=True), "rtl"),
        isolated(Piece("72", value=True), "rtl"),
    ]
