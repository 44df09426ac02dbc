"""One question before something is done: whether it shall be."""

from __future__ import annotations

from smaudit.interview.prompter import Choose, Option, Paragraph, Prompter
from smaudit.language.phrases import Phrases


def is_agreed(prompter: Prompter, phrases: Phrases, sheets: int, folder: str) -> bool:
    """Whether the sheets are to be written. Raises KeyboardInterrupt and EOFError where it is left."""
    question = phrases.shown("import.ask.question", count=sheets, folder=folder)
    options = tuple(Option(each, phrases.shown(f"import.ask.{each}")) for each in ("write", "leave"))
    reply = prompter.choose(Choose((Paragraph(question, "strong"),), options, keys=()))
    return reply.value == "write"
