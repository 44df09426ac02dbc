"""The offer at the foot of the report: to save it under a name."""

from __future__ import annotations

from dataclasses import replace

from smaudit.interview.prompter import Choose, Key, Option, Paragraph, Prompter, Write
from smaudit.language.phrases import Phrases

CHOICES = ("take", "rename", "leave")


def offer_to_save(prompter: Prompter, phrases: Phrases, name: str, in_short: str = "") -> str | None:
    """Offer to save a report under this name; give the name to save under, or None to leave it.

    `in_short` says the result once more above the offer: the report has scrolled by.
    """
    options = tuple(Option(choice, phrases.shown(f"interview.offer.{choice}")) for choice in CHOICES)
    head = (Paragraph(phrases.shown("interview.offer.question", name=name), "strong"),)
    ask = Choose((Paragraph(in_short), *head) if in_short else head, options)
    while True:
        reply = prompter.choose(ask)
        if reply.key is Key.BACK or reply.value == "leave":
            return None
        if reply.value == "take":
            return name
        typed = prompter.write(
            Write((Paragraph(phrases.shown("interview.offer.name"), "strong"),), name, needed=True)
        )
        if typed.key is Key.ENTER:
            return typed.value
        ask = replace(ask, chosen="rename")
