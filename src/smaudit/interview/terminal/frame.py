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

POINTER = "› "
HANGING = 2
"""The second line of an option is set in further, so that it does not look like another option."""
_LINE_ROWS = 3
"""A line to type in may grow to this many rows before what stands above it gives way."""


class Frame:
    """What stands around a list or a line: what is asked above it, and a hint below."""

    def __init__(
        self, terminal: Terminal, progress: Progress | None, asked: Sequence[Paragraph], keys: Sequence[str]
    ) -> None:
        """Frame a prompt; where what stands above leaves too little room, it is written once, to stay."""
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
        self.hint = self.terminal.hint(self._keys)

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
    """A list with a pointer that scrolls by whole options, and says how many are out of sight."""

    def __init__(self, frame: Frame, control: InquirerControl, texts: Sequence[str]) -> None:
        """Show these texts, of headings and options, for the choices of the control."""
        self._frame = frame
        self._control = control
        self._texts = texts
        self._headings = [isinstance(choice, Separator) for choice in control.choices]
        self._wrapped: list[list[str]] = []
        self._heights: list[int] = []
        self._part = rows.Part(0, 0, 0, 0)
        control.text = self._drawn
        self.arrange()

    def arrange(self, _: object = None) -> None:
        """Wrap the list for the terminal as it is now, and find the part of it that shows."""
        self._frame.arrange()
        terminal = self._frame.terminal
        room = terminal.room - len(POINTER)
        self._wrapped = [
            [""] * is_heading + screen.hanging(terminal.shown(text), room, HANGING)
            for text, is_heading in zip(self._texts, self._headings, strict=True)
        ]
        self._heights = [len(lines) for lines in self._wrapped]
        pointed, body = self._control.pointed_at, self._frame.share(sum(self._heights)).body
        self._part = rows.part(self._part.first, self._heights, self._headings, pointed, body)

    def _drawn(self) -> StyleAndTextTuples:
        """The whole list: headings, and options with the pointer, and the cursor, before one of them."""
        terminal, tokens = self._frame.terminal, list[OneStyleAndTextTuple]()
        for number, (lines, is_heading) in enumerate(zip(self._wrapped, self._headings, strict=True)):
            is_pointed = number == self._control.pointed_at
            style = f"class:{'separator' if is_heading else 'highlighted' if is_pointed else 'text'}"
            for row, line in enumerate(lines):
                has_pointer = is_pointed and not row
                mark = terminal.shown(POINTER) if has_pointer else " " * len(POINTER)
                before, after = terminal.around(mark + line)
                tokens.append(("", f"\n{before}" if tokens else before))
                tokens += [("[SetCursorPosition]", "")] * has_pointer
                tokens += [("class:pointer", mark), (style, line + after)]
        return tokens

    def layout(self) -> Layout:
        """The list in its frame."""
        self._control.focusable = to_filter(True)  # noqa: FBT003 - so that the cursor stands at the pointer
        window = Window(
            self._control,
            height=lambda: Dimension.exact(self._frame.share(sum(self._heights)).body),
            get_vertical_scroll=lambda _: self._part.row,
            allow_scroll_beyond_bottom=True,
        )
        above = self._frame.gap(lambda: self._hidden("above", self._part.above))
        below = self._frame.gap(lambda: self._hidden("below", self._part.below))
        return self._frame.around([above, window, below], lambda: sum(self._heights), window)

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
