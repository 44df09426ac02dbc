"""The texts by which a table's headings and cells are understood: exactly, or not at all.

A text stands for what it was a label or an id of, in any language and any wording, whatever its case, spaces,
punctuation and digits. A text that could be two things is understood as neither.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Kind = Literal[
    "question",
    "reason",
    "evidence",
    "note",
    "fact",
    "belief",
    "company",
    "company-id",
    "department",
    "name",
    "date",
    "guess",
    "most",
    "remark",
]
ABOUT_A_QUESTION: tuple[Kind, ...] = ("reason", "evidence", "note")
SINGLE: tuple[Kind, ...] = ("company", "company-id", "department", "name", "guess", "most", "remark")
"""What there is once in a sheet, and has no id."""
NOTHING = ""
"""The choice of an option that gives no answer, such as that one would rather not say."""


class Target(NamedTuple):
    """What a column is: the answers to one question, the company's name …; the id where the kind needs one.

    The id of a date says which of several moments it is.
    """

    kind: Kind
    id: str = ""

    @property
    def name(self) -> str:
        """What a map calls it: `training`, `training-reason`, `belief-it-is-free`, `company`."""
        if self.kind in {"question", "fact"}:
            return self.id
        if self.kind in ABOUT_A_QUESTION:
            return f"{self.id}-{self.kind}"
        return f"{self.kind}-{self.id}" if self.kind == "belief" else self.kind


class _Signs(dict[int, str]):
    """What a character is compared as: punctuation and controls as a space, digits as 0 to 9."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if category[0] in "PZ" or category == "Cc":
            compared = " "
        elif category == "Cf":
            compared = ""
        else:
            compared = str(unicodedata.decimal(character, character))
        self[code] = compared
        return compared


_SIGNS = _Signs()


def normal(text: str) -> str:
    """The text as it is compared: NFKC, without case, punctuation, double spaces and unseen characters."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.translate(_SIGNS).split())


@dataclass
class Vocabulary:
    """All texts that are understood, as they are compared, each with everything that it could be.

    headings  what a column with this heading could be
    choices   by column, which options a cell with this text could be: ids, reserved ids, or `NOTHING`
    own       by question, the same for its own texts alone, without those of its wordings
    reasons   by question, the ready reasons why it does not apply
    labels    of each column the text that a person would look for
    """

    headings: dict[str, set[Target]] = field(default_factory=dict)
    choices: dict[Target, dict[str, set[str]]] = field(default_factory=dict)
    own: dict[Target, dict[str, set[str]]] = field(default_factory=dict)
    reasons: dict[Target, set[str]] = field(default_factory=dict)
    labels: dict[Target, str] = field(default_factory=dict)

    def add_headings(self, target: Target, texts: Iterable[str | None]) -> None:
        """Understand these headings as this."""
        for text in texts:
            if compared := normal(text or ""):
                self.headings.setdefault(compared, set()).add(target)
                self.labels.setdefault(target, str(text))

    def add_choices(self, target: Target, option: str, texts: Iterable[str | None]) -> None:
        """Understand these cells in the columns of the target as an option."""
        known = self.choices.setdefault(target, {})
        for text in texts:
            if compared := normal(text or ""):
                known.setdefault(compared, set()).add(option)

    def add_own(self, target: Target, option: str, text: str) -> None:
        """Note which text an option has where no wording fits the company."""
        self.own.setdefault(target, {}).setdefault(normal(text), set()).add(option)

    def add_reason(self, target: Target, option: str, text: str) -> None:
        """Understand a ready reason as the option that it is a reason of."""
        self.add_choices(target, option, [text])
        self.reasons.setdefault(target, set()).add(normal(text))

    @property
    def names(self) -> Mapping[str, Target]:
        """Every column by what a map calls it."""
        return {target.name: target for target in self.labels}
