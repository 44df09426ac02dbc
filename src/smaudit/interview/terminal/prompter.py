"""A terminal to write on: its size, its encoding, and lines laid out for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from prompt_toolkit import print_formatted_text
from prompt_toolkit.formatted_text import FormattedText, StyleAndTextTuples
from prompt_toolkit.output import Output
from prompt_toolkit.styles import Style

from smaudit.interview.prompter import Paragraph, Progress
from smaudit.interview.terminal import screen
from smaudit.language.direction import beside
from smaudit.language.phrases import Phrases

STYLE = Style(
    [
        ("strong", "bold"),
        ("accent", "fg:ansicyan"),
        ("pointer", "fg:ansicyan bold"),
        ("highlighted", "bold"),
        ("question", "fg:ansicyan bold"),
        ("separator", "bold"),
        ("answer", "nobold fg:default"),
    ]
)
HINTS = (
    *("choose", "back", "help", "help-ends", "scroll", "note", "evidence"),
    *("accept", "keep", "skip", "back-from-text"),
)
"""What the keys can do at a prompt."""


@dataclass(frozen=True)
class Terminal:
    """Where prompts are drawn, and the words of the program there."""

    output: Output
    phrases: Phrases

    @property
    def room(self) -> int:
        """The width that text is set in."""
        return screen.measure(self.output.get_size().columns, self.phrases.direction)

    @property
    def rows(self) -> int:
        """How many rows the terminal has."""
        return self.output.get_size().rows

    @property
    def encoding(self) -> str:
        """The encoding of what is written there."""
        return self.output.encoding() or "utf-8"

    def shown(self, text: str) -> str:
        """The text as the terminal can show it."""
        return screen.shown(text, self.encoding)

    def words(self, key: str, /, **values: int) -> str:
        """A phrase."""
        return self.phrases.shown(key, **values)

    def laid_out(self, paragraphs: Iterable[Paragraph]) -> list[screen.Fragments]:
        """The lines of paragraphs."""
        return screen.laid_out(paragraphs, self.room, self.encoding)

    def head(self, progress: Progress | None, paragraphs: Sequence[Paragraph]) -> list[screen.Fragments]:
        """The lines above a list or a line to type in: where the interview is, and what is asked."""
        lines = self.laid_out([Paragraph()])
        if progress:
            lines += screen.progress_lines(progress, self.room, self.encoding)
            lines += self.laid_out([Paragraph()])
        return lines + self.laid_out(paragraphs)

    def hint(self, keys: Iterable[str]) -> list[screen.Fragments]:
        """The lines that say what the keys do."""
        parts = [self.words(f"interview.hint.{key}") for key in keys]
        return screen.joined(parts, self.words("list.fact"), self.room, self.encoding)

    def notice(self, notice: str) -> list[screen.Fragments]:
        """The lines that say what the keys do, to who pressed one that does nothing."""
        return self.laid_out([Paragraph(self.words(f"interview.notice.{notice}"), "strong")])

    def around(self, text: str) -> tuple[str, str]:
        """What stands before and after a line: the margin, or what sets it at the right."""
        has_isolates = "utf" in self.encoding.lower()
        columns = self.output.get_size().columns
        return beside(text, columns, self.phrases.direction, has_isolates=has_isolates)

    def styled(self, lines: Iterable[screen.Fragments]) -> StyleAndTextTuples:
        """Lines as prompt_toolkit draws them."""
        tokens: StyleAndTextTuples = []
        for number, line in enumerate(lines):
            before, after = self.around("".join(text for _, text in line))
            tokens.append(("", f"\n{before}" if number else before))
            tokens += [(f"class:{style}" if style else "", text) for style, text in line]
            tokens.append(("", after))
        return tokens

    def write(self, lines: Iterable[screen.Fragments]) -> None:
        """Write lines that stay."""
        for line in lines:
            print_formatted_text(
                FormattedText(self.styled([line])),
                output=self.output,
                style=STYLE,
                include_default_pygments_style=False,
            )
