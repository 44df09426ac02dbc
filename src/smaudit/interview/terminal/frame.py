"""The layout of a prompt: what is asked, a list or a line to type in, and what the keys do.

Everything is wrapped again before every drawing, so a terminal that changes its width stays readable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from prompt_toolkit.filters import to_filter
from prompt_toolkit.formatted_text import OneStyleAndTextTuple, StyleAndTextTuples
from prompt_toolkit.layout import AnyContainer, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.layout.dimension import Dimension
from questionary import Separator
from questionary.prompts.common import InquirerControl

from smaudit.interview.prompter import Paragraph, Progress
from smaudit.interview.terminal import rows, screen
from smaudit.interview.terminal.prompter import Terminal
from smaudit.interview.terminal.selection import Notice, Selection

POINTER = "› "
HANGING = 2
"""The second line of an option is set in further, so that it does not look like another option."""
_LINE_ROWS = 3
"""A line to type in may grow to this many rows before what stands above it gives way."""


class Frame:
    """What stands around a list or a line: what is asked above it, and a hint below."""

    def __init__(
        self,
        terminal: Terminal,
        progress: Progress | None,
        asked: Sequence[Paragraph],
        keys: Callable[[], Sequence[str]],
    ) -> None:
        """Frame a prompt; where what stands above leaves too little room, it is written once, to stay.

        `keys` gives what the keys do now; `notice`, where it is set, is said instead.
        """
        self.notice: Callable[[], Notice] = lambda: ""
        self.terminal = terminal
        self._progress = progress
        self._asked = asked
        self._outside = False
        self._keys = keys
        self.arrange()
        if self.share(rows.LEAST).head < len(self.head):
            terminal.write(self.head)
            self._outside = True
            self.arrange()

    def arrange(self, _: object = None) -> None:
        """Wrap what stands around for the terminal as it is now."""
        self.head = [] if self._outside else self.terminal.head(self._progress, self._asked)
        told = self.notice()
        self.hint = self.terminal.notice(told) if told else self.terminal.hint(self._keys())

    def share(self, body: int) -> rows.Rows:
        """The rows of each part, for a body that wants so many."""
        return rows.share(self.terminal.rows, len(self.head), body, len(self.hint))

    def gap(self, text: Callable[[], StyleAndTextTuples]) -> Window:
        """The row above or below the body; on a very low terminal there is none."""
        return _window(text, lambda: self.share(1).gap)

    def around(self, body: Sequence[AnyContainer], height: Callable[[], int], focused: Window) -> Layout:
        """The layout with this body; `height` says how many rows it wants."""
        styled = self.terminal.styled
        head = _window(lambda: styled(self.head), lambda: self.share(height()).head)
        hint = _window(lambda: styled(self.hint), lambda: self.share(height()).hint)
        return Layout(HSplit([head, *body, hint]), focused_element=focused)


class Listing:
    """A numbered list that scrolls by whole options, and says how many are out of sight; or help instead."""

    def __init__(
        self,
        frame: Frame,
        control: InquirerControl,
        selection: Selection,
        texts: Sequence[str],
        help_: Sequence[Paragraph],
    ) -> None:
        """Show these texts, of headings and options, for the choices of the control."""
        self._frame = frame
        self._control = control
        self._selection = selection
        self._texts = texts
        self._help = help_
        self._help_lines: list[screen.Fragments] = []
        self._headings = [isinstance(choice, Separator) for choice in control.choices]
        self._marks = self._numbers()
        self._wrapped: list[list[str]] = []
        self._heights: list[int] = []
        self._part = rows.Part(0, 0, 0, 0)
        control.text = self._drawn
        self.arrange()

    def arrange(self, _: object = None) -> None:
        """Wrap the list for the terminal as it is now, and find the part of it that shows."""
        self._frame.arrange()
        terminal = self._frame.terminal
        self._help_lines = terminal.laid_out(self._help)
        room = terminal.room - len(POINTER) - max(map(len, self._marks))
        self._wrapped = [
            [""] * is_heading + screen.hanging(terminal.shown(text), room, HANGING)
            for text, is_heading in zip(self._texts, self._headings, strict=True)
        ]
        self._heights = [len(lines) for lines in self._wrapped]
        body = self._frame.share(self._wanted()).body
        if self._selection.is_helping:
            self._selection.furthest = max(0, len(self._help_lines) - body)
            self._selection.scrolled = min(self._selection.scrolled, self._selection.furthest)
            return
        pointed = self._control.pointed_at
        self._part = rows.part(self._part.first, self._heights, self._headings, pointed, body)

    def _numbers(self) -> list[str]:
        """What stands before each text: the number of an option, none before a heading."""
        phrases, count = self._frame.terminal.phrases, len(self._headings) - sum(self._headings)
        width, number, marks = len(phrases.number(count)), 0, []
        for is_heading in self._headings:
            number += not is_heading
            marks.append("" if is_heading else f"{phrases.number(number):>{width}} ")
        return marks

    def _wanted(self) -> int:
        """How many rows the list, or the help in its place, would take."""
        return len(self._help_lines) if self._selection.is_helping else sum(self._heights)

    def _drawn(self) -> StyleAndTextTuples:
        """The whole list: headings, and options with the pointer, and the cursor, before one of them."""
        if self._selection.is_helping:
            return self._helping()
        terminal, tokens = self._frame.terminal, list[OneStyleAndTextTuple]()
        indent = " " * max(map(len, self._marks))
        for number, (lines, is_heading) in enumerate(zip(self._wrapped, self._headings, strict=True)):
            is_pointed = number == self._selection.at
            has_cursor = number == self._control.pointed_at
            style = f"class:{'separator' if is_heading else 'highlighted' if is_pointed else 'text'}"
            for row, line in enumerate(lines):
                has_pointer = is_pointed and not row
                mark = terminal.shown(POINTER) if has_pointer else " " * len(POINTER)
                counted = "" if is_heading else indent if row else self._marks[number]
                before, after = terminal.around(mark + counted + line)
                tokens.append(("", f"\n{before}" if tokens else before))
                tokens += [("[SetCursorPosition]", "")] * (has_cursor and not row)
                tokens += [("class:pointer", mark), ("class:accent", counted), (style, line + after)]
        return tokens

    def _helping(self) -> StyleAndTextTuples:
        """The help, with the cursor where it is scrolled to."""
        tokens = list[OneStyleAndTextTuple]()
        for number, line in enumerate(self._help_lines):
            tokens += [("", "\n")] * bool(number)
            tokens += [("[SetCursorPosition]", "")] * (number == self._selection.scrolled)
            tokens += self._frame.terminal.styled([line])
        return tokens

    def layout(self) -> Layout:
        """The list in its frame."""
        self._control.focusable = to_filter(True)  # noqa: FBT003 - so that the cursor stands at the pointer
        window = Window(
            self._control,
            height=lambda: Dimension.exact(self._frame.share(self._wanted()).body),
            get_vertical_scroll=lambda _: (
                self._selection.scrolled if self._selection.is_helping else self._part.row
            ),
            allow_scroll_beyond_bottom=True,
        )
        above = self._frame.gap(lambda: self._hidden("above", self._out_of_sight()[0]))
        below = self._frame.gap(lambda: self._hidden("below", self._out_of_sight()[1]))
        return self._frame.around([above, window, below], self._wanted, window)

    def _out_of_sight(self) -> tuple[int, int]:
        """How many options, or lines of help, are hidden above and below."""
        if self._selection.is_helping:
            return self._selection.scrolled, self._selection.furthest - self._selection.scrolled
        return self._part.above, self._part.below

    def _hidden(self, where: Literal["above", "below"], count: int) -> StyleAndTextTuples:
        """How many options are out of sight at one end."""
        terminal = self._frame.terminal
        text = terminal.shown(terminal.words(f"interview.more.{where}", count=count)) if count else ""
        text = " " * len(POINTER) + text
        before, after = terminal.around(text)
        return [("class:accent", before + text + after)]


def line_layout(frame: Frame, prompt: Layout) -> Layout:
    """A line to type in, in its frame."""
    empty: StyleAndTextTuples = []
    body = [frame.gap(lambda: empty), prompt.container, frame.gap(lambda: empty)]
    return frame.around(body, lambda: _LINE_ROWS, prompt.current_window)


def _window(text: Callable[[], StyleAndTextTuples], height: Callable[[], int]) -> Window:
    return Window(FormattedTextControl(text), height=lambda: Dimension.exact(height()))
