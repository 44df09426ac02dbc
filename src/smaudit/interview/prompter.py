"""What the interview asks of a terminal: the only thing that it knows about one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal, Protocol

Style = Literal["", "strong", "faint", "accent"]


class Key(Enum):
    """How a prompt was left."""

    ENTER = "enter"
    BACK = "back"
    NOTE = "note"
    EVIDENCE = "evidence"


@dataclass(frozen=True)
class Paragraph:
    """Text to be wrapped; lines after the first are set in by the width of the mark in front."""

    text: str = ""
    style: Style = ""
    mark: str = ""


@dataclass(frozen=True)
class Progress:
    """Where the interview is: in words, and as a share for a bar."""

    text: str
    done: int
    total: int


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen; the heading stands above it and cannot be."""

    value: str
    text: str
    heading: str = ""


@dataclass(frozen=True)
class Choose:
    """A prompt with options; `keys` also leave it.

    chosen  what was answered before, selected at first; None where nothing is
    help    what is shown instead of the options while it is asked for
    """

    head: tuple[Paragraph, ...]
    options: tuple[Option, ...]
    chosen: str | None = None
    keys: tuple[Key, ...] = (Key.BACK,)
    progress: Progress | None = None
    help: tuple[Paragraph, ...] = ()


@dataclass(frozen=True)
class Write:
    """A prompt for text, which begins with the earlier text.

    lines  whether what is pasted keeps its ends of lines; else it becomes one line
    help   what is shown above an empty line while it is asked for
    most  the largest number that can be typed, where it is a number from 0 on and no text
    kept  gets what has been typed where the prompt is left by a signal, Ctrl-C or Ctrl-D
    """

    head: tuple[Paragraph, ...]
    text: str = ""
    needed: bool = False
    progress: Progress | None = None
    most: int | None = None
    kept: Callable[[str], None] | None = None
    lines: bool = False
    help: tuple[Paragraph, ...] = ()


@dataclass(frozen=True)
class Reply:
    """What came of a prompt: the key that left it, and the option pointed at or the text typed by then."""

    key: Key
    value: str


class Prompter(Protocol):
    """Asks and tells on a terminal. Ctrl-C raises KeyboardInterrupt, Ctrl-D and a closed input EOFError."""

    def explain(self) -> None:
        """Say how to answer here: which keys or words do what."""

    def say(self, paragraphs: Sequence[Paragraph]) -> None:
        """Show paragraphs that stay."""

    def choose(self, ask: Choose) -> Reply:
        """Ask for one of several options."""

    def write(self, ask: Write) -> Reply:
        """Ask for a line of text; a reply with ENTER is fit to be kept."""

    def done(self, asked: Paragraph, answer: str) -> None:
        """Keep on the screen what was asked and what was answered."""
