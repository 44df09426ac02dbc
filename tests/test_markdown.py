"""The markdown report shows any text as text."""

from __future__ import annotations

import re
from itertools import groupby

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt

from smaudit.language.phrases import Phrases
from smaudit.language.text import line, strong, value, visible
from smaudit.report.blocks import Block, Document, Entries, Entry, Fold, Heading, Paragraph, Table
from smaudit.report.draw.markdown import render

READER = MarkdownIt("gfm-like", {"html": True, "linkify": True})
HOSTILE = [
    "\n# Overall score: 100",
    "a | b",
    "![x](http://e.com/b.png)",
    "[x](javascript:alert(1))",
    "<script>alert(1)</script>",
    "<!-- hidden",
    "http://evil.example/x",
    "www.evil.example",
    "mail@evil.example",
    "*bold* _under_ ~~gone~~ `code`",
    "- list",
    "+ list",
    "1. list",
    "1) list",
    "> quote",
    "# heading",
    "===",
    "---",
    "    code",
    "```",
    "&lt;b&gt; &#x3c;",
    "\\",
    "a\\",
    "$x$",
    ":smile:",
    "[^1]",
    "[x]: http://e.com",
    "**",
    "_",
    "|---|",
]


def texts(markdown: str) -> tuple[str, list[str | tuple[str, str]]]:
    """The texts that a reader of the markdown sees, and every token that is not plain structure."""
    seen: list[str] = []
    odd: list[str | tuple[str, str]] = []
    for token in READER.parse(markdown):
        if token.type in {"html_block", "code_block", "fence", "hr"}:
            odd.append(token.content or token.type)
        for child in token.children or ():
            is_address = child.type == "code_inline" and "@" in child.content
            if child.type in {"text", "text_special", "softbreak"} or is_address:
                seen.append(child.content)
            elif child.type not in {"strong_open", "strong_close", "hardbreak"}:
                odd.append((child.type, child.content))
    return "".join(seen), odd


def bare(text: str) -> str:
    """The text without blanks, which markdown may change, and without the marks that isolate it."""
    return "".join(text.translate({0x2068: None, 0x2069: None}).split())


@settings(max_examples=400, deadline=None)
@given(
    st.text(max_size=40) | st.text("#*_[]()!<>|`~\\-+=.&:$@/ 1a\n", max_size=20) | st.sampled_from(HOSTILE)
)
@example("http://a.b")
def test_whatever_was_typed_is_read_back_as_text_and_nothing_else(english: Phrases, text: str) -> None:
    """In every place that user text takes, markdown's reader finds that text and no markup of its making."""
    shown = visible(text)
    places: dict[str, Block] = {
        "paragraph": Paragraph(value(text)),
        "after words": Paragraph(line("Note: ", value(text))),
        "strong": Paragraph(strong(value(text))),
        "heading": Heading(2, value(text)),
        "title": Entries((Entry(value(text)),)),
        "numbered": Entries((Entry(value(text)),), numbered=True),
        "below": Entries((Entry(line("x"), (value(text), line("y"))),)),
        "cell": Table((line("c"), value(text)), ((value(text), line("z")),)),
    }
    for place, block in places.items():
        read, odd = texts(render(Document(line("t"), (block,)), english))

        assert [] == odd, place
        expected = {"after words": f"Note: {shown}", "below": f"x{shown}y", "cell": f"c{shown}{shown}z"}
        assert bare(expected.get(place, shown)) == bare(read), place


MAIL = LinkifyIt(options={"fuzzy_link": False, "fuzzy_ip": False})


@settings(max_examples=400, deadline=None)
@given(st.text("@.:aé-+_'0` \u2068مx", max_size=20) | st.sampled_from(["jo@acme.example", "xmpp:a@b.co"]))
@example("jo@acme.example")
@example("mailto:jo@acme.example")
@example("é@b.co+1a@acme.example.")
@example("(jo+x@acme.example), j.o@acme.example")
def test_no_address_becomes_a_link_once_its_signs_are_read(english: Phrases, typed: str) -> None:
    """GitHub looks for addresses in what it has read, where an escaped sign is like any other."""
    read = READER.parse(render(Document(line("t"), (Paragraph(value(typed)),)), english))
    runs = [
        "".join(child.content for child in group)
        for token in read
        for is_text, group in groupby(token.children or (), lambda child: child.type.startswith("text"))
        if is_text
    ]

    assert [] == [
        run
        for run in runs
        if MAIL.test(run) or re.search(r"[A-Za-z0-9.+_-]@[A-Za-z0-9._-]*\.[A-Za-z0-9]", run)
    ]


def test_a_name_with_an_at_sign_is_no_address(english: Phrases) -> None:
    """It stays in the letters around it."""
    assert "Social\\@Ogilvy" in render(Document(line("t"), (Paragraph(value("Social@Ogilvy")),)), english)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_page_folds_has_a_heading_here(english: Phrases, text: str) -> None:
    """Word and other programs lose the words of a fold; a heading is kept by all of them."""
    written = render(Document(line("t"), (Fold(value(text), (Paragraph(line("in")),)),)), english)

    assert ["<h3>", False] == [MarkdownIt("gfm-like").render(written)[:4], "<details" in written]
