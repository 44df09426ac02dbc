"""The prompter of numbered lines, for screen readers and for terminals that cannot move their cursor."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from select import select
from typing import Any, TextIO

from smaudit.files.streams import fitting
from smaudit.interview import typed
from smaudit.interview.prompter import Choose, Key, Paragraph, Reply, Write
from smaudit.interview.terminal import screen
from smaudit.language.direction import readable, turned
from smaudit.language.phrases import Phrases

COMMANDS = {Key.BACK: "b", Key.NOTE: "n", Key.EVIDENCE: "e"}
_HELP = ("?", "؟")
_PAUSE_SECONDS = 0.03
"""Lines that come so soon after another were pasted with it."""
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
        commands = {key.value: self._letter(key.value) for key in COMMANDS}
        help_ = self._letter("help")
        self.say([Paragraph(self._words("interview.plain.keys", help=help_, **commands))])

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
            given, is_pasted = self._read(prompt)
            if is_pasted:
                self.say([Paragraph(self._words("interview.notice.pasted"))])
            elif not given and chosen is not None:
                return Reply(Key.ENTER, chosen)
            elif place := typed.number(given, count):
                return Reply(Key.ENTER, values[place - 1])
            elif ask.help and given in _HELP:
                self.say([Paragraph(), *ask.help, Paragraph()])
            elif given.lower() in commands:
                return Reply(commands[given.lower()], chosen or "")
            else:
                self.say([Paragraph(self._again(ask, count))])

    def _again(self, ask: Choose, count: int) -> str:
        """What can be typed here, to who typed something else."""
        names = [key.value for key in ask.keys]
        names = [*names[:1], *(["help"] if ask.help else []), *names[1:]]
        if not names:
            return self._words("interview.plain.again-number", count=count)
        letters = self._phrases.row([self._letter(name) for name in names], "or")
        return self._words("interview.plain.again", count=count, commands=letters)

    def write(self, ask: Write) -> Reply:
        """Ask for a line of text. Enter keeps the earlier text; pasted lines are one where it has to be."""
        self.say([Paragraph(), *self._where(ask), *ask.head])
        prompt = self._prompt(ask)
        while True:
            given, _ = self._read(prompt)
            text = typed.tidied(given, lines=ask.lines)
            if ask.help and text in _HELP:
                self.say([Paragraph(), *ask.help, Paragraph()])
                continue
            if text in self._commands([Key.BACK]):
                return Reply(Key.BACK, "")
            if not text and ask.text:
                text = ask.text
            elif text == _EMPTY and ask.text:
                text = ""
            wrong = typed.problem(text, needed=ask.needed, most=ask.most)
            if wrong is None:
                return Reply(Key.ENTER, text)
            self.say([Paragraph(readable(self._phrases.said(wrong), self._phrases.direction))])

    def _prompt(self, ask: Write) -> str:
        """What stands before the text, with the way to help where there is any."""
        prompt = self._prompt_alone(ask)
        if not ask.help:
            return prompt
        return self._words("interview.plain.with-help", prompt=prompt, help=self._letter("help"))

    def _prompt_alone(self, ask: Write) -> str:
        if ask.text:
            return self._words("interview.plain.write-again", text=ask.text, empty=_EMPTY)
        if ask.most is not None:
            return self._words("interview.plain.number-or-skip", most=ask.most)
        return self._words("interview.plain.write" if ask.needed else "interview.plain.write-or-skip")

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

    def _read(self, prompt: str) -> tuple[str, bool]:
        """What was typed, tidied, and whether it was several lines at once. Raises EOFError at the end."""
        self._output.write(screen.shown(prompt, self._encoding) + " ")
        self._output.flush()
        lines = [self._line()]
        if not self._keyboard.isatty():
            # What is typed shows by itself, and ends the line; what comes from a file does neither.
            self._output.write("\n")
        while lines[-1] and self._has_more():
            lines.append(self._line())
        if not lines[0]:
            raise EOFError
        # Lines without text are Enter, held down.
        texts = [text for text in map(typed.tidied, lines) if text]
        return "\n".join(texts), len(texts) > 1

    def _line(self) -> str:
        """A line as it comes; empty at the end."""
        # Read as bytes where that can be: a byte that is no character must not end the reading.
        source = getattr(self._keyboard, "buffer", None)
        if source is None:
            return self._keyboard.readline()
        line: str = source.readline().decode(self._keyboard.encoding or "utf-8", "surrogateescape")
        return line

    def _has_more(self) -> bool:
        """Whether another line comes at once from a terminal: a paste, which must not answer what is next."""
        with suppress(OSError, ValueError):
            return self._keyboard.isatty() and bool(select([self._keyboard], [], [], _PAUSE_SECONDS)[0])
        return False

    def _commands(self, keys: Sequence[Key]) -> dict[str, Key]:
        """What can be typed instead of an answer: the letters of this language, and always the English."""
        commands = {COMMANDS[key]: key for key in keys}
        return commands | {self._letter(key.value).lower(): key for key in keys}

    def _letter(self, name: str) -> str:
        return self._words(f"interview.plain.letter.{name}")

    def _words(self, key: str, /, **values: Any) -> str:  # noqa: ANN401 - what fills a phrase
        return self._phrases.shown(key, **values)
