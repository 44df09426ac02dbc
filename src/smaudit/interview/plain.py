"""The prompter of numbered lines, for screen readers and for terminals that cannot move their cursor."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from typing import Any, TextIO

from smaudit.files.streams import fitting
from smaudit.interview import typed
from smaudit.interview.prompter import Choose, Key, Paragraph, Reply, Write
from smaudit.interview.terminal import screen
from smaudit.language.direction import readable, turned
from smaudit.language.phrases import Phrases

COMMANDS = {Key.BACK: "b", Key.HELP: "?", Key.NOTE: "n", Key.EVIDENCE: "e"}
_EMPTY = "-"
"""Typed instead of a text, takes the earlier text away."""


class PlainPrompter:
    """Asks with numbered lines and reads lines; writes to stderr and reads stdin."""

    def __init__(
        self, phrases: Phrases, keyboard: TextIO | None = None, output: TextIO | None = None
    ) -> None:
        """Read and write these, by default the process's own stdin and stderr."""
        self._phrases = phrases
        self._keyboard = keyboard or sys.stdin
        self._output = output or sys.stderr
        self._encoding = self._output.encoding or "ascii"

    def explain(self) -> None:
        """Say what can be typed."""
        commands = {key.value: self._letter(key) for key in COMMANDS}
        self.say([Paragraph(self._words("interview.plain.keys", **commands))])

    def say(self, paragraphs: Sequence[Paragraph]) -> None:
        """Show paragraphs that stay."""
        columns, direction = shutil.get_terminal_size().columns, self._phrases.direction
        is_turned = direction == "rtl" and self._output.isatty()
        for line in screen.laid_out(paragraphs, screen.measure(columns, direction), self._encoding):
            text = "".join(text for _, text in line).rstrip()
            self._output.write(fitting(turned(text, columns) if is_turned else text, self._output) + "\n")
        self._output.flush()

    def done(self, asked: Paragraph, answer: str) -> None:  # noqa: ARG002 - what was asked stands above
        """Keep the answer on the screen."""
        self.say([Paragraph(answer, mark="✓ ")])

    def choose(self, ask: Choose) -> Reply:
        """Ask with numbered lines."""
        values = [option.value for option in ask.options]
        chosen = ask.chosen if ask.chosen in values else None
        self.say(self._numbered(ask))
        count = len(values)
        prompt = self._words("interview.plain.choose", count=count)
        if chosen is not None:
            prompt = self._words("interview.plain.choose-again", count=count, chosen=values.index(chosen) + 1)
        commands = self._commands(ask.keys)
        while True:
            given = self._read(prompt)
            if not given and chosen is not None:
                return Reply(Key.ENTER, chosen)
            if given.isdecimal() and len(given) < 5 and 0 < int(given) <= count:  # noqa: PLR2004
                return Reply(Key.ENTER, values[int(given) - 1])
            if given.lower() in commands:
                return Reply(commands[given.lower()], chosen or "")
            letters = self._phrases.row([self._letter(key) for key in ask.keys], "or")
            self.say([Paragraph(self._words("interview.plain.again", count=count, commands=letters))])

    def write(self, ask: Write) -> Reply:
        """Ask for a line of text. Enter keeps the earlier text."""
        self.say([Paragraph(), *self._where(ask), *ask.head])
        prompt = self._words("interview.plain.write")
        if ask.text:
            prompt = self._words("interview.plain.write-again", text=ask.text, empty=_EMPTY)
        elif not ask.needed:
            prompt = self._words("interview.plain.write-or-skip")
        while True:
            text = self._read(prompt)
            if text in self._commands([Key.BACK]):
                return Reply(Key.BACK, "")
            if not text and ask.text:
                text = ask.text
            elif text == _EMPTY and ask.text:
                text = ""
            wrong = typed.problem(text, needed=ask.needed)
            if wrong is None:
                return Reply(Key.ENTER, text)
            self.say([Paragraph(readable(self._phrases.said(wrong), self._phrases.direction))])

    def _numbered(self, ask: Choose) -> list[Paragraph]:
        lines = [Paragraph(), *self._where(ask), *ask.head]
        for number, option in enumerate(ask.options, start=1):
            lines += [Paragraph(option.heading)] if option.heading else []
            mark = self._words("interview.plain.number", number=number)
            lines.append(Paragraph(option.text, mark=f"{mark} "))
        return lines

    def _where(self, ask: Choose | Write) -> list[Paragraph]:
        """Where the interview is, in words: a bar would be read out sign by sign."""
        return [Paragraph(ask.progress.text)] if ask.progress else []

    def _read(self, prompt: str) -> str:
        """A line as it was typed, tidied. Raises EOFError at the end of the input."""
        self._output.write(screen.shown(prompt, self._encoding) + " ")
        self._output.flush()
        # Read as bytes where that can be: a byte that is no character must not end the reading.
        source = getattr(self._keyboard, "buffer", None)
        if source is None:
            given = self._keyboard.readline()
        else:
            given = source.readline().decode(self._keyboard.encoding or "utf-8", "surrogateescape")
        if not self._keyboard.isatty():
            # What is typed shows by itself, and ends the line; what comes from a file does neither.
            self._output.write("\n")
        if not given:
            raise EOFError
        return typed.tidied(given)

    def _commands(self, keys: Sequence[Key]) -> dict[str, Key]:
        """What can be typed instead of an answer: the letters of this language, and always the English."""
        commands = {COMMANDS[key]: key for key in keys}
        if Key.HELP in keys:
            commands["؟"] = Key.HELP
        return commands | {self._letter(key).lower(): key for key in keys}

    def _letter(self, key: Key) -> str:
        return self._words(f"interview.plain.letter.{key.value}")

    def _words(self, key: str, /, **values: Any) -> str:  # noqa: ANN401 - what fills a phrase
        return self._phrases.shown(key, **values)
