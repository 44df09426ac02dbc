"""Pasted text that a terminal does not mark as pasted, or whose end never comes; no more of it than is kept.

prompt_toolkit takes such text key by key and keeps all of it for each key, to undo it: some hundred thousand
characters cost it minutes and gigabytes. While it waits for the end of a paste, it hears no Ctrl-C.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import groupby
from select import select
from typing import Any

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyPress
from prompt_toolkit.keys import Keys

_FAST = 4
"""So many characters read at once were not typed by hand."""
_PAUSE_SECONDS = 0.03
"""What comes so soon after a part of a paste belongs to it."""
_ENDS = frozenset({Keys.ControlM, Keys.ControlJ})
_INTERRUPT = "\x03"


class Limited:
    """A line to type in that takes so many characters, and no steps back."""

    def __init__(self, line: Buffer, most: int) -> None:
        """Limit this line; `lost` counts what it did not take."""
        self.lost = 0
        insert = line.insert_text

        def insert_text(data: str, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - handed on
            taken = data[: max(0, most - len(line.text))]
            self.lost += len(data) - len(taken)
            insert(taken, *arguments, **options)

        line.insert_text = insert_text  # type: ignore[method-assign]
        line.save_to_undo_stack = lambda clear_redo_stack=True: None  # type: ignore[method-assign]  # noqa: ARG005


@contextmanager
def gathered(keyboard: Input, *, takes_text: bool) -> Iterator[None]:
    """Read characters that come together as one paste, and hear Ctrl-C within a paste that does not end.

    Ends of lines within it belong to it: they must not answer this prompt, nor what follows them the next.
    Only after a single line, at a prompt that takes text, is the last end of a line an Enter.
    """
    read = keyboard.read_keys

    def read_keys() -> list[KeyPress]:
        found = read()
        if any(map(_is_paste, _runs(found))):
            while _has_more(keyboard) and (more := read()):
                found += more
        return [*_together(found, takes_text=takes_text), *_interrupted(keyboard)]

    keyboard.read_keys = read_keys  # type: ignore[method-assign]
    try:
        yield
    finally:
        keyboard.read_keys = read  # type: ignore[method-assign]


def _together(keys: Iterable[KeyPress], *, takes_text: bool) -> Iterator[KeyPress]:
    is_behind_escape = False
    for run in _runs(keys):
        if not _is_paste(run):
            # The rest of a sequence that the library does not know: no digit of it was typed.
            yield from run if takes_text or not is_behind_escape else ()
            is_behind_escape = run[-1].key is Keys.Escape
            continue
        text = "".join("\n" if each.key in _ENDS else each.data for each in run)
        yield KeyPress(Keys.BracketedPaste, text.rstrip("\n"))
        is_one_line = "\n" not in text.rstrip("\n").lstrip("\n")
        if takes_text and is_one_line and text.endswith("\n"):
            yield run[-1]


def _runs(keys: Iterable[KeyPress]) -> list[list[KeyPress]]:
    """The keys in runs: of characters and ends of lines, and of all others."""
    return [list(group) for _, group in groupby(keys, lambda each: _is_text(each) or each.key in _ENDS)]


def _is_paste(run: list[KeyPress]) -> bool:
    """Whether so much was read at once, or text behind an end of a line, that nobody typed it."""
    signs = "".join("t" if _is_text(each) else "\n" for each in run)
    return signs.count("t") >= _FAST or "t\n" in signs.rstrip("\n")


def _has_more(keyboard: Input) -> bool:
    """Whether more comes at once. Not known where the keyboard is no file."""
    with suppress(OSError, ValueError, NotImplementedError):
        return bool(select([keyboard.fileno()], [], [], _PAUSE_SECONDS)[0])
    return False


def _is_text(pressed: KeyPress) -> bool:
    """Whether a key is a character, and not one that does something."""
    return not isinstance(pressed.key, Keys) and pressed.key == pressed.data and pressed.key.isprintable()


def _interrupted(keyboard: Input) -> Iterator[KeyPress]:
    """Ctrl-C, where the parser holds it back because it takes it for a part of what is pasted."""
    parser = getattr(keyboard, "vt100_parser", None)
    held_back = getattr(parser, "_paste_buffer", "") if getattr(parser, "_in_bracketed_paste", False) else ""
    if parser is not None and _INTERRUPT in held_back:
        parser.reset()
        yield KeyPress(Keys.ControlC, _INTERRUPT)
