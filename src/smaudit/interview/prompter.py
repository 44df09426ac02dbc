"""What the interview asks of a terminal: the only thing that it knows about one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal, Protocol

Style = Literal["", "strong", "faint", "accent"]


class Key(Enum):
    """How a prompt was left."""

    ENTER = "enter"
    BACK = "back"
    HELP = "help"
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
    """A prompt with options, of which `chosen` is selected at first; `keys` also leave it."""

    head: tuple[Paragraph, ...]
    options: tuple[Option, ...]
    chosen: str | None = None
    keys: tuple[Key, ...] = (Key.BACK,)
    progress: Progress | None = None


@dataclass(frozen=True)
class Write:
    """A prompt for one line of text, which begins with the earlier text."""

    head: tuple[Paragraph, ...]
    text: str = ""
    needed: bool = False
    progress: Progress | None = None


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
