"""What is offered below the result: a report to save, to read here, the steps in order, or nothing more."""

from __future__ import annotations

from typing import Literal, cast, get_args

from smaudit.interview.prompter import Choose, Key, Option, Paragraph, Prompter, Write
from smaudit.language.phrases import Phrases

Offer = Literal["open", "html", "pdf", "markdown", "read", "plan", "done"]
"""`open` shows a page that was just saved; the next three save one, each in its format."""


def offer(prompter: Prompter, phrases: Phrases, *, opens: bool) -> Offer:
    """Ask what to do with the result; `opens` says whether there is a page that the system can show."""
    offers = [each for each in get_args(Offer) if opens or each != "open"]
    options = tuple(Option(each, phrases.shown(f"interview.offer.{each}")) for each in offers)
    head = (Paragraph(phrases.shown("interview.offer.question"), "strong"),)
    return cast(Offer, prompter.choose(Choose(head, options, keys=())).value)


def ask_name(prompter: Prompter, phrases: Phrases, name: str) -> str | None:
    """The name to save a report under, with this one written in; None to go back."""
    head = (Paragraph(phrases.shown("interview.offer.name"), "strong"),)
    help_ = (Paragraph(phrases.shown("interview.help.file")),)
    typed = prompter.write(Write(head, name, needed=True, help=help_))
    return typed.value if typed.key is Key.ENTER else None
