"""Pasted text that a terminal does not mark as pasted, or whose end never comes; no more of it than is kept.

prompt_toolkit takes such text key by key and keeps all of it for each key, to undo it: some hundred thousand
characters cost it minutes and gigabytes. While it waits for the end of a paste, it hears no Ctrl-C.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyPress
from prompt_toolkit.keys import Keys

_FAST = 4
"""So many characters read at once were not typed by hand."""
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
def gathered(keyboard: Input) -> Iterator[None]:
    """Read characters that come together as one paste, and hear Ctrl-C within a paste that does not end."""
    read = keyboard.read_keys

    def read_keys() -> list[KeyPress]:
        return [*_together(read()), *_interrupted(keyboard)]

    keyboard.read_keys = read_keys  # type: ignore[method-assign]
    try:
        yield
    finally:
        keyboard.read_keys = read  # type: ignore[method-assign]


def _together(keys: Iterable[KeyPress]) -> Iterator[KeyPress]:
    for is_text, group in groupby(keys, _is_text):
        run = list(group)
        if is_text and len(run) >= _FAST:
            yield KeyPress(Keys.BracketedPaste, "".join(each.data for each in run))
        else:
            yield from run


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
