"""How much of a campaign is run, and what came of it."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

Item = TypeVar("Item")
MOST_SHOWN = 5


@dataclass(frozen=True)
class Plan:
    """The size of a run. `cases` overrides the size of every part; after `until` no part begins another case."""

    full: bool
    seed: int = 1
    cases: int | None = None
    until: float = float("inf")

    def numbers(self, full: int, quick: int) -> Iterator[int]:
        """The numbers of the cases to be run, from 0."""
        for number in range(self.cases or (full if self.full else quick)):
            if time.monotonic() > self.until:
                return
            yield number

    def some(self, everything: list[Item], quick: int) -> list[Item]:
        """All of a list, or as many as fit a smaller run, spread over the list."""
        most = self.cases or (len(everything) if self.full else quick)
        if most >= len(everything):
            return everything
        return [everything[number * len(everything) // most] for number in range(most)]

    def dice(self, number: int = 0) -> random.Random:
        """Chance that is the same in every run with this seed."""
        return random.Random(self.seed * 1_000_003 + number)  # noqa: S311 - nothing is kept secret by it


@dataclass
class Count:
    """Cases and failures of one part, the program's and those of plain code."""

    cases: int = 0
    failed: int = 0
    control_cases: int = 0
    control_failed: int = 0
    notes: list[str] = field(default_factory=list)

    def case(self, problem: str | None) -> None:
        """Count a case; `problem` says how the promise was broken."""
        self.cases += 1
        if problem:
            self.failed += 1
            if len(self.notes) < MOST_SHOWN:
                self.notes.append(problem)

    def control(self, *, failed: bool) -> None:
        """Count a case of the plain code."""
        self.control_cases += 1
        self.control_failed += failed

    @property
    def holds(self) -> bool:
        """Whether the promise was kept each time, and the plain code shows that it could have been broken."""
        return bool(self.cases) and not self.failed and bool(self.control_failed)


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder for the files of one part."""
    return tempfile.TemporaryDirectory(prefix="campaign-")


def counts(part: str, count: Count) -> str:
    """The line that is printed for a part."""
    control = f"{count.control_failed} of {count.control_cases}"
    return f"{part:<22}{count.cases:>9}{count.failed:>8}   {control}"


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


ROOT = Path(__file__).resolve().parent.parent
