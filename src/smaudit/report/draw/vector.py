"""The markup of vector graphics, and how wide text is: nothing wraps text there but who writes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from smaudit.language.direction import Direction, closed, readable
from smaudit.language.text import Line

INK, SOFT, RUST, TEAL = "#14202b", "#4d5a66", "#9a3812", "#0a5d66"
RANGE, STAIR, BELOW, CLOSE, BASE, PAPER = "#8497a6", "#d3dce3", "#f8eee8", "#e9e5e2", "#c3ccd4", "#ffffff"
"""What is seen where no style sheet is: a page recolours them by class."""

_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_WIDE_LETTERS = frozenset("MWmw@%—…")
_ISOLATES = "\u2067\u2068\u2069"
_LONG = 24
"""Letters; a longer word is broken wherever its line ends."""


def element(name: str, *inner: str, **attributes: object) -> str:
    """An element with markup in it, its attributes escaped.

    In their names `_` stands for `-`, and one at the end for nothing.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(_number(found))}"'
        for key, found in attributes.items()
        if found is not None
    )
    return f"<{name}{written}>{''.join(inner)}</{name}>" if inner else f"<{name}{written}/>"


def escaped(text: str) -> str:
    """Text as it stands in markup, without the few characters that no XML may have."""
    return escape(_NOT_XML.sub("\ufffd", text))


def _number(found: object) -> str:
    return f"{found:.2f}".rstrip("0").rstrip(".") if isinstance(found, float) else str(found)


def written(said: str, x: float | str, y: float, size: float, direction: Direction, **more: object) -> str:
    """A line of text at a place, which may be `12%`, anchored where reading begins unless told otherwise.

    Some programs know no direction of text in a picture: marks in the text say it to all of them, and the
    ends at which it is anchored change sides here.
    """
    anchor = more.pop("text_anchor", "start")
    if direction == "rtl":
        said = f"\u2067{said}\u2069"
        anchor = {"start": "end", "end": "start"}.get(str(anchor), anchor)
    return element("text", escaped(said), x=x, y=y, font_size=size, text_anchor=anchor, **more)


def text_width(text: str, size: float) -> float:
    """About how wide text is, in the unit of its size: rather too much than too little."""
    from wcwidth import wcwidth

    total = 0.0
    for sign in text:
        cells = wcwidth(sign)
        if sign not in _ISOLATES and cells > 0:
            total += 1.05 if cells > 1 else 0.88 if sign in _WIDE_LETTERS else 0.7 if sign.isupper() else 0.54
    return total * size


def wrapped(content: Line, direction: Direction, width: float, size: float, most: int) -> list[str]:
    """The content in lines no wider than this; the last of so many ends with `…` where more would follow."""
    words = [part for word in readable(content, direction).split() for part in _parts(word)]
    lines: list[str] = []
    for word, is_new in words:
        joined = f"{lines[-1]}{' ' if is_new else ''}{word}" if lines else word
        if lines and text_width(joined, size) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    kept = lines[:most]
    if len(lines) > most:
        while kept[-1] and text_width(kept[-1] + "…", size) > width:
            kept[-1] = kept[-1][:-1]
        kept[-1] = kept[-1].rstrip() + "…"
    return list(closed(kept))


def _parts(word: str) -> Sequence[tuple[str, bool]]:
    """A word, or where it is too long for any line its letters one by one, each with whether it begins."""
    if len(word) <= _LONG:
        return ((word, True),)
    return tuple((sign, number == 0) for number, sign in enumerate(word))
