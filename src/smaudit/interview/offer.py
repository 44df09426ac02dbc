"""The offer at the foot of the report: to save it under a name."""

from __future__ import annotations

from dataclasses import replace

from smaudit.interview.prompter import Choose, Key, Option, Paragraph, Prompter, Write
from smaudit.language import Phrases


def offer_to_save(prompter: Prompter, phrases: Phrases, name: str) -> str | None:
    """Offer to save a report under this name; give the name to save under, or None to leave it."""
    words = phrases.text
    options = tuple(
        Option(choice, words(f"interview.offer.{choice}")) for choice in ("take", "rename", "leave")
    )
    ask = Choose((Paragraph(words("interview.offer.question", name=name), "strong"),), options, "take")
    while True:
        reply = prompter.choose(ask)
        if reply.key is Key.BACK or reply.value == "leave":
            return None
        if reply.value == "take":
            return name
        head = (Paragraph(words("interview.offer.name"), "strong"),)
        typed = prompter.write(Write(head, name, needed=True))
        if typed.key is Key.ENTER:
            return typed.value
        ask = replace(ask, chosen="rename")
