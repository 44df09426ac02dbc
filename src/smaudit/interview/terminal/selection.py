"""What is pointed at in a list: nothing at first, so that nobody answers by holding Enter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from questionary import Separator
from questionary.prompts.common import InquirerControl

Notice = Literal["", "list", "choose-first", "no-number", "no-note", "pasted", "help", "line"]
"""What is said of a key that does nothing here."""


class Selection:
    """The entry that arrows and digits point at, and whether help stands in place of the list."""

    def __init__(self, control: InquirerControl, *, is_chosen: bool) -> None:
        """Begin at the entry of the control, if it was chosen before; else at none."""
        self._control = control
        self._is_chosen = is_chosen
        self._typed = ""
        self.entries = [at for at, choice in enumerate(control.choices) if not isinstance(choice, Separator)]
        self.notice: Notice = ""
        self.is_helping = False
        self.scrolled = self.furthest = 0

    @property
    def at(self) -> int | None:
        """The place of the entry pointed at among headings and entries; None for none."""
        return self._control.pointed_at if self._is_chosen else None

    @property
    def value(self) -> str:
        """The value of the entry pointed at; empty for none."""
        return str(self._control.get_pointed_at().value) if self._is_chosen else ""

    def hint(self, notice: Notice) -> None:
        """Say what the keys do here, until the next key that does something."""
        self.notice, self._typed = notice, ""

    def move(self, place: Callable[[int, int], int], first: Literal["top", "bottom"] = "top") -> None:
        """Point at another entry, by its number from 0 and that of the last; or scroll the help."""
        self.hint("")
        if self.is_helping:
            self.scrolled = max(0, min(self.furthest, place(self.scrolled, self.furthest)))
            return
        last = len(self.entries) - 1
        if self.at is None:
            number = 0 if first == "top" else last
        else:
            number = max(0, min(last, place(self.entries.index(self.at), last)))
        self._point(number)

    def type_digit(self, digit: str) -> None:
        """Point at the entry of a number; a second digit at once makes a number of two."""
        count = len(self.entries)
        both, alone = int(self._typed + digit), int(digit)
        number = both if 1 <= both <= count else alone
        if not 1 <= number <= count:
            self.hint("no-number")
            return
        self.notice = ""
        self._point(number - 1)
        self._typed = str(number)

    def toggle_help(self) -> None:
        """Show the help in place of the list, or the list again."""
        self.hint("")
        self.is_helping, self.scrolled = not self.is_helping, 0

    def _point(self, number: int) -> None:
        self._is_chosen = True
        self._control.pointed_at = self.entries[number]
