"""The program's phrases in the vocabulary of a questionnaire: its title, and what it calls what it scores."""

from __future__ import annotations

from dataclasses import replace

from smaudit.core.questionnaire import BUILT_IN, Questionnaire, Vocabulary
from smaudit.language.phrases import Phrases
from smaudit.language.text import Line, Piece

WORDS = ("one", "many", "steers", "open", "free", "low", "high")
"""The words that a questionnaire may have of its own."""


def speaking(phrases: Phrases, questionnaire: Questionnaire) -> Phrases:
    """The phrases as they are said of this questionnaire.

    Of one of somebody's own nothing is said about social media (the set `own`). Where it does not speak of
    misconceptions, its words stand in place of that word and of steering (the set `areas`).
    """
    if questionnaire.id == BUILT_IN:
        return phrases
    foreign = questionnaire.language != phrases.language
    words: dict[str, Line] = {"word_title": (Piece(questionnaire.title, value=foreign),)}
    if questionnaire.is_of_misconceptions:
        return phrases.speaking(("own",), words)
    for name in WORDS:
        words[f"word_{name}"] = _word(phrases, questionnaire.words, name, foreign=foreign)
    for name in ("one", "many", "open"):
        first, *rest = words[f"word_{name}"]
        begun = replace(first, text=first.text[:1].upper() + first.text[1:])
        words[f"word_{name}_begins"] = (begun, *rest)
    return phrases.speaking(("areas", "own"), words)


def _word(phrases: Phrases, own: Vocabulary | None, name: str, *, foreign: bool) -> Line:
    """The questionnaire's own word, isolated where it is in another language; else the usual one."""
    text: str | None = getattr(own, name) if own else None
    return (Piece(text, value=foreign),) if text else phrases.line(f"areas.word.{name}")
